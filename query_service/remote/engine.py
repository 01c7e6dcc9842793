"""Queries over another SPARQL engine: the same answers, limits and errors as over our own store.

An answer is read whole and parsed to its end before a byte of it goes on, so that what an engine cut short is an error
or is asked of the next replica. After each answer the engine must still name the version served: while a snapshot is
published, its description goes first and comes last (:mod:`query_service.remote.publish`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from time import monotonic
from typing import IO, Final, cast

from pyoxigraph import (
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from query_service.datasets import AskedDataset, asked_dataset, graph_nodes
from query_service.errors import (
    AnswerTooLarge,
    EngineFailure,
    EngineLost,
    NotAcceptable,
    NotReady,
    QueryRejected,
    QuerySyntax,
    ServiceError,
    TimeExceeded,
)
from query_service.jobs import QueryJob
from query_service.media_types import Kind
from query_service.query_text import QueryText
from query_service.rdf_output import write_triples
from query_service.remote.http import HttpClient, Reply
from query_service.remote.replicas import ROWS_MEDIA_TYPE, Replica, Replicas
from query_service.remote.replies import check_reply, count_whole, in_standard_form
from query_service.remote.rewriting import dataset_form, graph_outside, rows_asked_about, rows_behind, text_to_send
from query_service.results import Finisher, Sink, finish_graph, finish_rows
from query_service.snapshot import Manifest
from query_service.syntax_errors import PADDING, explain_syntax_error

__all__ = ["RemoteEngine"]

_log = logging.getLogger(__name__)

_ROW_FORMATS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_ROWS: Final = (ROWS_MEDIA_TYPE, "application/json")
_TRIPLES: Final = ("application/n-triples", "text/plain")
#: Shortest ``timeout`` that Virtuoso heeds, in milliseconds.
_SHORTEST_TIMEOUT: Final = 1000


class RemoteEngine:
    """Engines that hold a published snapshot, asked over HTTP.

    :param endpoints: their query endpoints; several are replicas of one another.
    :param manifest: description of the snapshot that they must hold.
    :param seconds: longest time of one query, all replicas asked together.
    :param prefixes: prefixes that the ontology declares.
    :param check_seconds: how long it is believed before a query that an engine holds the right version.
    :param retry_seconds: how long an engine that failed is left alone.
    :param max_bytes: most bytes of an engine's answer.
    """

    def __init__(
        self,
        endpoints: Sequence[str],
        manifest: Manifest,
        seconds: float,
        *,
        prefixes: Mapping[str, str],
        check_seconds: float = 30,
        retry_seconds: float = 5,
        max_bytes: int | None = None,
    ) -> None:
        self.graphs = tuple(graph for graph in manifest.graphs.values() if graph.public)
        self.prefixes = dict(prefixes)
        self._manifest = manifest
        self._seconds = seconds
        self._client = HttpClient(max_bytes=max_bytes)
        self._replicas = Replicas(endpoints, manifest, self._client, check_seconds=check_seconds, retry_seconds=retry_seconds)
        self._hidden = frozenset(graph.iri for graph in manifest.graphs.values() if not graph.public)
        self._nothing = Store()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def is_ready(self) -> bool:
        """Whether an engine with the right version can be asked now."""
        return self._replicas.one_is_right(self._seconds)

    def enter_worker(self) -> None:
        """Do nothing: connections are made when they are needed."""

    def answer(self, job: QueryJob, out: Sink) -> None:
        """Write the whole answer to a query, in the calling thread.

        :raises MalformedRequest: when the query or the IRI of a graph is not valid, or the engine cannot run it.
        :raises AnswerTooLarge: when the answer has more rows than may be sent, or than the engine sends.
        :raises NotAcceptable: when the answer cannot be written in the format asked for.
        :raises TimeExceeded: when the time is up.
        :raises NotReady: when no engine can be asked.
        :raises EngineLost: when no engine brought its answer to an end.
        :raises EngineFailure: when every engine failed.
        """
        query = QueryText(job.query)
        self._check_query(job, query)
        asked = asked_dataset(job, query, self._hidden) or self._whole()
        graph_nodes([*asked.default, *asked.named])
        deadline = monotonic() + self._seconds
        last: ServiceError | None = None
        for replica in self._replicas.in_turn(self._seconds):
            try:
                self._answer_from(replica, job, query, asked, out, deadline)
            except NotReady as error:
                self._replicas.set_aside(replica, error)
                last = error
            except (EngineLost, EngineFailure) as error:
                # One query must not close an engine to all others: it is checked again, and left alone if that fails.
                _log.warning("the engine at %s failed: %s", replica.name, error)
                replica.checked_at = None
                last = error
            else:
                return
        raise last or self._replicas.nobody()

    def _check_query(self, job: QueryJob, query: QueryText) -> None:
        """Refuse what is no query; an empty store tells, with line and column, before anything is sent."""
        try:
            # Held by no variable: a traceback would carry it into other threads, in which it must not be dropped.
            makes_graph = isinstance(self._nothing.query(job.query, base_iri=job.base), QueryTriples)
        except SyntaxError:
            raise self._explain(job, query) from None
        except RuntimeError as error:
            if "custom function" in str(error):
                raise QueryRejected(f"{error}.", mend="use the functions of SPARQL 1.1 and the casts of XML Schema") from None
            raise
        if makes_graph is not (job.format.kind is Kind.GRAPH):
            raise QueryRejected("The form of the query could not be told.", mend="write a blank after each keyword")

    def _explain(self, job: QueryJob, query: QueryText) -> ServiceError:
        try:
            self._nothing.query(job.query + PADDING, base_iri=job.base)
        except SyntaxError as error:
            return explain_syntax_error(str(error), query, self.prefixes)
        return QuerySyntax("The query is not valid SPARQL.")

    def _whole(self) -> AskedDataset:
        """What a query sees when nothing is named: the default graph, published as a graph, and every public graph."""
        return AskedDataset((f"{self._manifest.base}graph/default",), tuple(graph.iri for graph in self.graphs))

    def _answer_from(
        self, replica: Replica, job: QueryJob, query: QueryText, asked: AskedDataset, out: Sink, deadline: float
    ) -> None:
        if replica.is_virtuoso:
            _refuse_graph_outside(job, query, asked, f"{self._manifest.base}graph/")
        is_graph = job.format.kind is Kind.GRAPH
        media_types = _TRIPLES if is_graph else _ROWS
        sent = text_to_send(query, job.base)
        if replica.is_virtuoso:
            sent = rows_asked_about(QueryText(sent)) or sent
        form = {"query": sent, **dataset_form(asked, self._manifest.base)}
        seconds = _left(deadline)
        headers = {"Accept": media_types[0]}
        with ExitStack() as within:
            reply = within.enter_context(
                self._client.send("POST", replica.url, seconds=seconds, form=form | _limits(replica, seconds), headers=headers)
            )
            check_reply(reply, replica.name, media_types)
            if replica.is_virtuoso and not is_graph:
                reply = within.enter_context(in_standard_form(reply, is_ask=query.form == "ASK"))
            rows = count_whole(reply, replica.name, RdfFormat.N_TRIPLES if is_graph else None)
            if job.max_rows is not None and rows > job.max_rows:
                raise _too_many(job.max_rows)
            if is_graph and replica.is_virtuoso:
                self._check_rows_behind(replica, form, deadline)
            self._replicas.confirm(replica, _left(deadline))
            self._write(reply, job, out, is_graph=is_graph)

    def _check_rows_behind(self, replica: Replica, form: dict[str, str | list[str]], deadline: float) -> None:
        """See that no row was left out before a graph was made, which Virtuoso does in silence."""
        rows = rows_behind(QueryText(str(form["query"])))
        if rows is None:
            return
        seconds = _left(deadline)
        asked = form | {"query": rows} | _limits(replica, seconds)
        with self._client.send("POST", replica.url, seconds=seconds, form=asked, headers={"Accept": ROWS_MEDIA_TYPE}) as reply:
            check_reply(reply, replica.name, _ROWS)

    def _write(self, reply: Reply, job: QueryJob, out: Sink, *, is_graph: bool) -> None:
        key = job.format.key
        reply.body.seek(0)
        if is_graph:
            _write_graph(reply.body, finish_graph(out, key), key, self.prefixes)
        else:
            _write_rows(reply.body, finish_rows(out, key, job.link), key)


def _limits(replica: Replica, seconds: float) -> dict[str, str | list[str]]:
    """Parameters that have an engine stop in time; only for one whose unit and whose way to say so are known."""
    return {"timeout": str(max(_SHORTEST_TIMEOUT, int(seconds * 1000)))} if replica.is_virtuoso else {}


def _refuse_graph_outside(job: QueryJob, query: QueryText, asked: AskedDataset, ours: str) -> None:
    """Keep from Virtuoso what it would answer wrongly."""
    iri = graph_outside(query, asked, job.base, ours)
    if iri is not None:
        raise QueryRejected(
            "The engine behind this service cannot tell of a graph that the query does not see.",
            found=f"<{iri}>",
            expected="a graph of the dataset",
            mend="name graphs of the dataset alone",
        )


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeExceeded("The query takes longer than it may.", mend="ask for less, or add LIMIT")
    return left


def _triples(body: IO[bytes]) -> Iterator[Triple]:
    return (Triple(quad.subject, quad.predicate, quad.object) for quad in parse(body, RdfFormat.N_TRIPLES))


def _write_rows(body: IO[bytes], finisher: Finisher, key: str) -> None:
    result = parse_query_results(body, QueryResultsFormat.JSON)
    result.serialize(cast("IO[bytes]", finisher), format=_ROW_FORMATS[key])
    finisher.end()


def _write_graph(body: IO[bytes], finisher: Finisher, key: str, prefixes: Mapping[str, str]) -> None:
    try:
        write_triples(_triples(body), finisher, key, prefixes)
    except OSError as error:
        if "RDF 1.2" not in str(error):
            raise
        raise NotAcceptable(f"{error}.", mend="ask for Turtle (format=ttl)") from None
    finisher.end()


def _too_many(most: int) -> AnswerTooLarge:
    return AnswerTooLarge(
        "The answer has more rows than may be sent.",
        expected=f"at most {most} rows",
        mend="ask for less, or in parts with ORDER BY, LIMIT and OFFSET",
    )
