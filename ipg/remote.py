"""Another SPARQL endpoint, asked so that a part of an answer never passes for the whole.

SELECT and ASK are asked for as JSON, and graphs in a format of RDF; both are parsed to their end before anything is
written. The checks are those of the service in front of other engines (:mod:`query_service.remote.replies`).
"""

from __future__ import annotations

from contextlib import AbstractContextManager, closing
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from query_service.jobs import QueryJob
from query_service.media_types import Kind
from query_service.query_text import QueryText
from query_service.rdf_output import serialise_triples
from query_service.remote.http import HttpClient, Reply, without_credentials
from query_service.remote.replies import check_reply, count_whole, in_standard_form, is_virtuoso
from query_service.remote.rewriting import rows_behind
from query_service.results import Sink

__all__ = ["RemoteEndpoint"]

_ROWS: Final = ("application/sparql-results+json", "application/json")
_GRAPHS: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_ACCEPT: Final = {
    Kind.ROWS: f"{_ROWS[0]}, application/json;q=0.5",
    Kind.GRAPH: "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.3",
}
_ROW_FORMATS: Final = {
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
#: Seconds for an endpoint to think and to answer.
_SECONDS: Final = 600


class RemoteEndpoint:
    """A SPARQL endpoint elsewhere.

    :param url: its address, with user and password where it needs them.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._where = without_credentials(url)
        self.version: str | None = None
        self.prefixes: dict[str, str] = {}

    def answer(self, job: QueryJob, out: Sink) -> None:
        """Write the whole answer to a query.

        :raises NotReady: when the endpoint cannot be reached or has no room.
        :raises QueryRejected: when it refuses the query, or leaves rows out.
        :raises TimeExceeded: when it gives up, or answers with a part of what there is.
        :raises EngineLost: when its answer is not whole.
        :raises EngineFailure: when it fails, or answers in another format.
        """
        # Only questions of our own have another base than the endpoint's address.
        text = job.query if job.base == self._url else f"BASE <{job.base}>\n{job.query}"
        kind, key = job.format.kind, job.format.key
        with closing(HttpClient()) as client, self._send(client, text, _ACCEPT[kind]) as reply:
            self.version = reply.headers.get("ipg-dataset-version")
            out.write(self._rows(reply, text, key) if kind is Kind.ROWS else self._graph(client, reply, text, key))

    def _send(self, client: HttpClient, text: str, accept: str) -> AbstractContextManager[Reply]:
        return client.send("POST", self._url, seconds=_SECONDS, form={"query": text}, headers={"Accept": accept})

    def _rows(self, reply: Reply, text: str, key: str) -> bytes:
        check_reply(reply, self._where, _ROWS)
        if is_virtuoso(reply):
            with in_standard_form(reply, is_ask=QueryText(text).form == "ASK") as mended:
                return self._write_rows(mended, key)
        return self._write_rows(reply, key)

    def _write_rows(self, reply: Reply, key: str) -> bytes:
        count_whole(reply, self._where, None)
        reply.body.seek(0)
        if key == "json":
            return reply.body.read()
        return parse_query_results(reply.body, QueryResultsFormat.JSON).serialize(format=_ROW_FORMATS[key]) or b""

    def _graph(self, client: HttpClient, reply: Reply, text: str, key: str) -> bytes:
        check_reply(reply, self._where, tuple(_GRAPHS))
        format_ = _GRAPHS[reply.media_type]
        count_whole(reply, self._where, format_, self._where)
        if is_virtuoso(reply) and (rows := rows_behind(QueryText(text))):
            # It cuts graphs in silence, and rows with a word.
            with self._send(client, rows, _ROWS[0]) as behind:
                check_reply(behind, self._where, _ROWS)
        reply.body.seek(0)
        quads = parse(reply.body, format_, base_iri=self._where)
        return serialise_triples((quad.triple for quad in quads), key, self.prefixes)
