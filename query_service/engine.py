"""Queries over the store of a snapshot.

Facts about pyoxigraph 0.5.13 on which this rests: solutions belong to the thread that made them, and touching them in
another aborts the process; a dataset given to a query replaces FROM and FROM NAMED; triples that stand in two graphs
of a merged default graph are counted twice; queries cannot be stopped.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import IO, Final, cast

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
)

from query_service.datasets import asked_dataset, graph_nodes
from query_service.errors import (
    AnswerTooLarge,
    EngineFailure,
    MemoryExceeded,
    NotAcceptable,
    QueryRejected,
    QuerySyntax,
    ServiceError,
    SnapshotUnusable,
)
from query_service.jobs import QueryJob
from query_service.media_types import Kind
from query_service.query_text import QueryText
from query_service.rdf_output import parse_graph, write_triples
from query_service.results import Sink, finish_graph, finish_rows
from query_service.snapshot import Snapshot
from query_service.syntax_errors import PADDING, explain_syntax_error

__all__ = ["Engine", "explain_syntax", "open_engine", "open_store", "read_prefixes"]

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
_REBUILD: Final = "run `ipg build`"


def open_store(snapshot: Snapshot) -> Store:
    """Open the store of a snapshot to read; the one place that does.

    :raises SnapshotUnusable: when the store cannot be opened.
    """
    try:
        return Store.read_only(str(snapshot.store))
    except OSError as error:
        raise SnapshotUnusable(f"the store {snapshot.store} cannot be opened", found=str(error), mend=_REBUILD) from None


def read_prefixes(store: Store) -> dict[str, str]:
    """Prefixes that the ontology declares (``sh:declare``), in alphabetical order."""
    prefixes = {}
    for declared in store.quads_for_pattern(None, _PREFIX, None, DefaultGraph()):
        for of in store.quads_for_pattern(declared.subject, _NAMESPACE, None, DefaultGraph()):
            if isinstance(declared.object, Literal) and isinstance(of.object, Literal):
                prefixes[declared.object.value] = of.object.value
    return dict(sorted(prefixes.items()))


def open_engine(snapshot: Snapshot, *, show_private: bool, in_memory: bool) -> Engine:
    """Make the engine of a snapshot.

    :param show_private: whether graphs that are not public can be queried.
    :param in_memory: copy the store to memory; else each worker opens it on disk, as RocksDB must be opened after a fork.
    :raises SnapshotUnusable: when the store cannot be opened.
    """
    store = _load_store(snapshot) if in_memory else open_store(snapshot)
    engine = Engine(snapshot, store, show_private=show_private)
    if not in_memory:
        engine.leave_store()
    return engine


def _load_store(snapshot: Snapshot) -> Store:
    """The store of a snapshot in memory.

    Statements are parsed and then added, as a load of the file itself would name blank nodes anew at each start. Measured with
    pyoxigraph 0.5.13: half of the time that a copy of the store on disk takes, and two thirds of the memory.

    :raises SnapshotUnusable: when there are other statements than the manifest counts.
    """
    files = snapshot.statements
    store = Store()
    if not files:  # other people's data, loaded as they are
        store.bulk_extend(open_store(snapshot))
        return store
    try:
        for file in files:
            store.bulk_extend(parse(path=file, format=RdfFormat.N_QUADS, lenient=True))
        for graph in snapshot.manifest.graphs.values():
            if graph.in_default:
                store.update(f"ADD {graph_nodes((graph.iri,))[0]} TO DEFAULT")
    except (OSError, SyntaxError, ValueError) as error:
        raise SnapshotUnusable(f"the snapshot at {snapshot.folder} cannot be loaded", found=str(error), mend=_REBUILD) from None
    if len(store) != snapshot.manifest.quads:
        raise SnapshotUnusable(
            f"the snapshot at {snapshot.folder} is not whole",
            found=f"{len(store):,} statements",
            expected=f"{snapshot.manifest.quads:,}, as the manifest counts",
            mend=_REBUILD,
        )
    return store


class Engine:
    """Queries over the store of one snapshot.

    :param snapshot: the snapshot.
    :param store: its store, or a copy.
    :param show_private: whether graphs that are not public can be queried.
    """

    def __init__(self, snapshot: Snapshot, store: Store, *, show_private: bool) -> None:
        self._snapshot = snapshot
        self._open: Store | None = store
        self._hidden = frozenset() if show_private else snapshot.private_graphs
        self.graphs = tuple(graph for graph in snapshot.manifest.graphs.values() if graph.iri not in self._hidden)
        self.prefixes = read_prefixes(store)
        self._visible = graph_nodes([graph.iri for graph in self.graphs])
        self._merge = lru_cache(maxsize=_MERGED_KEPT)(self._merge_graphs)

    @property
    def _store(self) -> Store:
        if self._open is None:
            self._open = open_store(self._snapshot)
        return self._open

    def leave_store(self) -> None:
        """Close the store; it is opened again when it is needed."""
        self._open = None

    def enter_worker(self) -> None:
        """Open the store, if it is not open, in the process that is to answer.

        :raises SnapshotUnusable: when the store cannot be opened.
        """
        self.is_ready()

    def is_ready(self) -> bool:
        """Whether the store answers."""
        try:
            next(self._store.quads_for_pattern(None, None, None, None), None)
        except (OSError, RuntimeError):  # what RocksDB finds wrong comes as either
            _log.exception("the store does not answer")
            return False
        return True

    def answer(self, job: QueryJob, out: Sink) -> None:
        """Run a query and write its whole answer, in the calling thread.

        :raises MalformedRequest: when the query or the IRI of a graph is not valid.
        :raises AnswerTooLarge: when there are more rows than the job allows.
        :raises NotAcceptable: when the answer cannot be written in the format asked for.
        :raises EngineFailure: when the engine fails.
        """
        error = self._run(job, out)
        # Raised here, outside any handler: the traceback of the engine's own error would carry the solutions into the
        # thread that ends up holding it, and dropping them there is an error.
        if error:
            raise error

    def write(self, method: str, graph: str | None, format_key: str, body: bytes) -> bool:
        """Change one graph of a store in memory, as the SPARQL 1.1 Graph Store HTTP Protocol says; for test suites.

        :param method: ``PUT``, ``POST``, ``DELETE``, or ``HEAD`` to change nothing.
        :param graph: IRI of the graph; none for the default graph.
        :param format_key: key of a graph format in the table of media types.
        :return: whether the graph was there before.
        :raises MalformedRequest: when the IRI or the body is not valid.
        """
        name = DefaultGraph() if graph is None else graph_nodes((graph,))[0]
        existed = graph is None or self._store.contains_named_graph(graph_nodes((graph,))[0])
        quads = parse_graph(body, format_key, graph) if method in {"PUT", "POST"} else []
        if method in {"PUT", "DELETE"}:
            self._store.clear_graph(name)
        if isinstance(name, NamedNode) and method == "DELETE":
            self._store.remove_graph(name)
        elif isinstance(name, NamedNode) and method != "HEAD":
            self._store.add_graph(name)
        self._store.extend(Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads)
        return existed

    def _run(self, job: QueryJob, out: Sink) -> ServiceError | None:
        query = QueryText(job.query)
        try:
            self._evaluate(job, query, out)
        except ServiceError as error:
            return error.with_traceback(None)
        except SyntaxError:
            return explain_syntax(self._store, job, query, self.prefixes)
        except Exception as error:  # noqa: BLE001 - whatever it is, its traceback must stay in this thread
            return _failure_of(error)
        return None

    def _evaluate(self, job: QueryJob, query: QueryText, out: Sink) -> None:
        key = job.format.key
        if job.max_rows is not None:
            self._count(job, query, job.max_rows)
        result = self._query(job, query)
        if isinstance(result, QueryTriples) is not (job.format.kind is Kind.GRAPH):
            raise QueryRejected("The form of the query could not be told.", mend="write a blank after each keyword")
        if isinstance(result, QueryTriples):
            finisher = finish_graph(out, key)
            write_triples(result, finisher, key, self.prefixes)
        else:
            finisher = finish_rows(out, key, job.link)
            result.serialize(cast("IO[bytes]", finisher), format=_ROW_FORMATS[key])
        finisher.end()

    def _count(self, job: QueryJob, query: QueryText, most: int) -> None:
        """Refuse an answer with too many rows before any of it is sent, at the cost of running the query twice."""
        result = self._query(job, query)
        if not isinstance(result, QueryBoolean) and sum(1 for _ in islice(result, most + 1)) > most:
            raise AnswerTooLarge(
                "The answer has too many rows.", expected=f"at most {most} rows", mend="ask for less, e.g. with LIMIT and OFFSET"
            )

    def _query(self, job: QueryJob, query: QueryText) -> QuerySolutions | QueryBoolean | QueryTriples:
        asked = asked_dataset(job, query, self._hidden)
        if asked is None:
            if not self._hidden:
                return self._store.query(job.query, base_iri=job.base)
            # What the store has for default graph holds nothing hidden; GRAPH sees only what is not.
            return self._ask(self._store, job, [DefaultGraph()], self._visible)
        if len(asked.default) > 1:
            return self._ask(self._merge(*asked), job, [DefaultGraph()], graph_nodes(asked.named))
        return self._ask(self._store, job, graph_nodes(asked.default), graph_nodes(asked.named))

    def _ask(
        self, store: Store, job: QueryJob, default: Sequence[DefaultGraph | NamedNode], named: Sequence[NamedNode]
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        return store.query(job.query, base_iri=job.base, default_graph=[*default], named_graphs=[*named])

    def _merge_graphs(self, default: tuple[str, ...], named: tuple[str, ...]) -> Store:
        """A store in memory whose default graph is the set union of several graphs."""
        store = Store()
        for graph in graph_nodes(default):
            quads = self._store.quads_for_pattern(None, None, None, graph)
            store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        for graph in graph_nodes(named):
            store.bulk_extend(self._store.quads_for_pattern(None, None, None, graph))
        return store


def _failure_of(error: Exception) -> ServiceError:
    """What a client is told of an error of the engine's own."""
    if isinstance(error, MemoryError):
        return MemoryExceeded("The query needs more memory than one query may use.", mend="ask for less at a time")
    if isinstance(error, RuntimeError) and "custom function" in str(error):
        return QueryRejected(f"{error}.", mend="use the functions of SPARQL 1.1 and the casts of XML Schema")
    if isinstance(error, OSError) and "RDF 1.2" in str(error):
        return NotAcceptable(f"{error}.", mend="ask for Turtle (format=ttl)")
    _log.error("the engine failed", exc_info=error)
    return EngineFailure("the engine failed")


def explain_syntax(store: Store, job: QueryJob, query: QueryText, prefixes: Mapping[str, str]) -> ServiceError:
    """Say where the query of a job is not valid SPARQL.

    :param store: any store; the query is only parsed.
    """
    try:
        store.query(job.query + PADDING, base_iri=job.base)
    except SyntaxError as error:
        return explain_syntax_error(str(error), query, prefixes)
    return QuerySyntax("The query is not valid SPARQL.")
