"""Questions that the tools ask of a snapshot: the files of ``queries/``, with values bound to their variables.

The queries name the project's own terms relative to the base of the snapshot (``PREFIX ipg: <ontology#>``), so that they
hold for a snapshot that was built for another base. A variable to which a value is bound must be projected.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from pyoxigraph import BlankNode, NamedNode, QuerySolutions, Variable

from query_service.engine import open_store
from query_service.query_files import query_text
from query_service.snapshot import Snapshot

__all__ = ["Lookups", "Row", "Source", "source_of"]

#: Values by variable, without those that are not bound; IRIs and literals as their text.
Row = dict[str, str]


class Source(Protocol):
    """A dataset that can be asked: a snapshot on this machine, or the one that a service serves."""

    @property
    def version(self) -> str:
        """Version of the dataset."""

    @property
    def base(self) -> str:
        """Base of its IRIs, with a slash at its end."""

    def rows(self, name: str, **values: str) -> list[Row]:
        """Answers to a query of ``queries/``; parameters as :meth:`Lookups.rows`."""


def source_of(dataset: Snapshot | Source, show: Collection[str] = ()) -> Source:
    """What answers the questions of a tool.

    :param show: names of graphs that are not public and that are looked into; what a service shows is for it to say.
    :raises SnapshotUnusable: when the store of a snapshot cannot be opened.
    """
    return Lookups(dataset, show) if isinstance(dataset, Snapshot) else dataset


class Lookups:
    """The store of a snapshot and the questions asked of it.

    :param snapshot: the snapshot.
    :param show: names of graphs that are not public and that GRAPH may see, e.g. ``text``.
    :raises SnapshotUnusable: when the store cannot be opened.
    """

    def __init__(self, snapshot: Snapshot, show: Collection[str] = ()) -> None:
        self._store = open_store(snapshot)
        self.version = snapshot.version
        self.base = snapshot.manifest.base
        graphs = snapshot.manifest.graphs.items()
        self._graphs: list[NamedNode | BlankNode] = [
            NamedNode(graph.iri) for name, graph in graphs if graph.public or name in show
        ]

    def rows(self, name: str, **values: str) -> list[Row]:
        """Answers to a query.

        :param name: of its file, without ``.rq``.
        :param values: IRIs by the variable that they are bound to.
        :raises ValueError: when a value is no IRI.
        """
        solutions = self._store.query(
            query_text(name),
            base_iri=self.base,
            named_graphs=self._graphs,
            substitutions={Variable(variable): NamedNode(iri) for variable, iri in values.items()},
        )
        if not isinstance(solutions, QuerySolutions):
            raise TypeError(f"{name}.rq is a query for rows")
        names = [variable.value for variable in solutions.variables]
        return [{name: solution[name].value for name in names if solution[name] is not None} for solution in solutions]
