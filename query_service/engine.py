"""Queries over the store of a snapshot.

Facts about pyoxigraph 0.5.13 on which this rests: solutions belong to the thread that made them, and touching them in
another aborts the process; a dataset given to a query replaces FROM and FROM NAMED; triples that stand in two graphs
of a merged default graph are counted twice; queries cannot be stopped.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Final

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
)

from query_service.datasets import asked_dataset, graph_nodes
from query_service.errors import (
    EngineFailure,
    NotAcceptable,
    QueryRejected,
    QuerySyntax,
    ServiceError,
    SnapshotUnusable,
)
from query_service.jobs import QueryJob
from query_service.media_types import Kind
from query_service.query_text import QueryText
from query_service.rdf_output import serialise_triples
from query_service.results import finish_graph, finish_rows
from query_service.snapshot import Snapshot
from query_service.syntax_errors import PADDING, explain_syntax_error

__all__ = ["Engine", "open_store"]

_log = logging.getLogger(__name__)

_ROW_FORMATS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_PREFIX: Final = NamedNode("http://www.w3.org/ns/shacl#prefix")
_NAMESPACE: Final = NamedNode("http://www.w3.org/ns/shacl#namespace")
_MERGED_KEPT: Final = 4


def open_store(snapshot: Snapshot) -> Store:
    """Open the store of a snapshot to read; the one place that does.

    :raises SnapshotUnusable: when the store cannot be opened.
    """
    try:
        return Store.read_only(str(snapshot.store))
    except OSError as error:
        raise SnapshotUnusable(f"the store {snapshot.store} cannot be opened", found=str(error), mend="run `ipg build`") from None


class Engine:
    """The store of one snapshot, opened to read.

    :param snapshot: the snapshot.
    :param show_private: whether graphs that are not public can be queried.
    :raises SnapshotUnusable: when the store cannot be opened.
    """

    def __init__(self, snapshot: Snapshot, *, show_private: bool) -> None:
        self._store = open_store(snapshot)
        self._hidden = frozenset() if show_private else snapshot.private_graphs
        self.graphs = tuple(graph for graph in snapshot.manifest.graphs.values() if graph.iri not in self._hidden)
        self.prefixes = self._read_prefixes()
        self._merge = lru_cache(maxsize=_MERGED_KEPT)(self._merge_graphs)

    def is_ready(self) -> bool:
        """Whether the store answers."""
        try:
            next(self._store.quads_for_pattern(None, None, None, None), None)
        except (OSError, RuntimeError):  # what RocksDB finds wrong comes as either
            _log.exception("the store does not answer")
            return False
        return True

    def answer(self, job: QueryJob) -> bytes:
        """Run a query and serialise its whole answer, both in the calling thread.

        :raises MalformedRequest: when the query or the IRI of a graph is not valid.
        :raises NotAcceptable: when the answer cannot be written in the format asked for.
        :raises EngineFailure: when the engine fails.
        """
        outcome = self._run(job)
        # Raised here, outside any handler: the traceback of the engine's own error would carry the solutions into the
        # thread that ends up holding it, and dropping them there is an error.
        if isinstance(outcome, ServiceError):
            raise outcome
        return outcome

    def _run(self, job: QueryJob) -> bytes | ServiceError:
        query = QueryText(job.query)
        try:
            return self._evaluate(job, query)
        except ServiceError as error:
            return error.with_traceback(None)
        except SyntaxError:
            return self._explain(job, query)
        except RuntimeError as error:
            if "custom function" in str(error):
                return QueryRejected(f"{error}.", mend="use the functions of SPARQL 1.1 and the casts of XML Schema")
            _log.exception("the engine failed")
        except OSError as error:
            if "RDF 1.2" in str(error):
                return NotAcceptable(f"{error}.", mend="ask for Turtle (format=ttl)")
            _log.exception("the engine failed")
        except Exception:  # noqa: BLE001 - whatever it is, its traceback must stay in this thread
            _log.exception("the engine failed")
        return EngineFailure("the engine failed")

    def _evaluate(self, job: QueryJob, query: QueryText) -> bytes:
        key = job.format.key
        result = self._query(job, query)
        if isinstance(result, QueryTriples) is not (job.format.kind is Kind.GRAPH):
            raise QueryRejected("The form of the query could not be told.", mend="write a blank after each keyword")
        if isinstance(result, QueryTriples):
            return finish_graph(serialise_triples(result, key, self.prefixes), key)
        return finish_rows(result.serialize(format=_ROW_FORMATS[key]) or b"", key, job.link)

    def _query(self, job: QueryJob, query: QueryText) -> QuerySolutions | QueryBoolean | QueryTriples:
        asked = asked_dataset(job, query, self._hidden)
        if asked is None:
            if not self._hidden:
                return self._store.query(job.query, base_iri=job.base)
            shown = graph_nodes([graph.iri for graph in self.graphs])
            return self._store.query(job.query, base_iri=job.base, default_graph=DefaultGraph(), named_graphs=[*shown])
        store, graphs = self._store, graph_nodes(asked.default)
        if len(graphs) > 1:
            store = self._merge(asked.default, asked.named)
        return store.query(
            job.query,
            base_iri=job.base,
            default_graph=[DefaultGraph()] if len(graphs) > 1 else [*graphs],
            named_graphs=[*graph_nodes(asked.named)],
        )

    def _merge_graphs(self, default: tuple[str, ...], named: tuple[str, ...]) -> Store:
        """A store in memory whose default graph is the set union of several graphs."""
        store = Store()
        for graph in graph_nodes(default):
            quads = self._store.quads_for_pattern(None, None, None, graph)
            store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        for graph in graph_nodes(named):
            store.bulk_extend(self._store.quads_for_pattern(None, None, None, graph))
        return store

    def _explain(self, job: QueryJob, query: QueryText) -> ServiceError:
        try:
            self._store.query(job.query + PADDING, base_iri=job.base)
        except SyntaxError as error:
            return explain_syntax_error(str(error), query, self.prefixes)
        return QuerySyntax("The query is not valid SPARQL.")

    def _read_prefixes(self) -> dict[str, str]:
        """Prefixes that the ontology declares (``sh:declare``), in alphabetical order."""
        prefixes = {}
        for declared in self._store.quads_for_pattern(None, _PREFIX, None, DefaultGraph()):
            for of in self._store.quads_for_pattern(declared.subject, _NAMESPACE, None, DefaultGraph()):
                if isinstance(declared.object, Literal) and isinstance(of.object, Literal):
                    prefixes[declared.object.value] = of.object.value
        return dict(sorted(prefixes.items()))
