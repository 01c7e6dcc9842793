"""The dataset that a service serves, as the tools for analysts ask it: by its workers, never by opening a store."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final

from anyio import from_thread
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from query_service.generations import Generation
from query_service.jobs import QueryJob
from query_service.lookups import Row
from query_service.media_types import FORMATS
from query_service.query_files import query_text
from query_service.snapshot import Snapshot

__all__ = ["ServedSource", "Term"]

Term = NamedNode | BlankNode | Literal

_JSON: Final = next(format_ for format_ in FORMATS if format_.key == "json")
_WHERE: Final = "WHERE {"


class ServedSource:
    """Answers questions of ``queries/`` about one generation, each asked once. To be used in threads of the application alone.

    Wordings are seen where the settings let the graph of wordings be queried.

    :param generation: what is served.
    :param fetch: asks a worker.
    """

    def __init__(self, generation: Generation, fetch: Callable[[Generation, QueryJob], Coroutine[Any, Any, bytes]]) -> None:
        self.version = generation.version
        self.base = generation.snapshot.manifest.base
        self._generation = generation
        self._fetch = fetch
        self._kept: dict[tuple[str, ...], list[Row]] = {}

    def rows(self, name: str, **values: str) -> list[Row]:
        """Answers to a query.

        :param name: of its file, without ``.rq``.
        :param values: IRIs by the variable that they are bound to.
        :raises ServiceError: when it cannot be asked now.
        """
        key = (name, *(part for pair in sorted(values.items()) for part in pair))
        if key not in self._kept:
            self._kept[key] = self._ask(name, values)
        return self._kept[key]

    def terms(self, name: str, **values: str) -> list[dict[str, Term]]:
        """Answers to a query as terms of RDF; asked anew each time. Parameters and errors as :meth:`rows`."""
        solutions = self._solutions(name, values)
        names = [variable.value for variable in solutions.variables]
        return [{name: solution[name] for name in names if solution[name] is not None} for solution in solutions]

    @property
    def public_graphs(self) -> frozenset[str]:
        """IRIs of the graphs that anyone may have."""
        return frozenset(graph.iri for graph in self._generation.graphs if graph.public)

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that the ontology declares."""
        return self._generation.pool.prefixes

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that is served."""
        return self._generation.snapshot

    def _ask(self, name: str, values: Mapping[str, str]) -> list[Row]:
        solutions = self._solutions(name, values)
        names = [variable.value for variable in solutions.variables]
        return [{name: solution[name].value for name in names if solution[name] is not None} for solution in solutions]

    def _solutions(self, name: str, values: Mapping[str, str]) -> QuerySolutions:
        bound = "".join(f" VALUES ?{variable} {{ {NamedNode(iri)} }}" for variable, iri in values.items())
        text = query_text(name).replace(_WHERE, f"{_WHERE}{bound}", 1)
        job = QueryJob(text, _JSON, self.base, self._generation.link)
        solutions = parse_query_results(from_thread.run(self._fetch, self._generation, job), QueryResultsFormat.JSON)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError(f"{name}.rq is a query for rows")
        return solutions
