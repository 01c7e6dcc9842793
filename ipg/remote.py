"""Another SPARQL endpoint, asked so that a part of an answer never passes for the whole.

SELECT and ASK are asked for as JSON, whose end shows, and written in other formats here. Graphs are asked for as
N-Triples, whose end does not show: there the length that HTTP gives is what counts.
"""

from __future__ import annotations

import re
from typing import Final

import httpx
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from query_service.errors import EngineFailure, NotReady, QueryRejected, ServiceError
from query_service.jobs import QueryJob
from query_service.media_types import Kind
from query_service.rdf_output import serialise_triples
from query_service.results import Sink

__all__ = ["RemoteEndpoint"]

_JSON: Final = "application/sparql-results+json"
_GRAPHS: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_ACCEPT: Final = {
    Kind.ROWS: f"{_JSON}, application/json;q=0.5",
    Kind.GRAPH: "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.3",
}
_ROW_FORMATS: Final = {
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
#: Seconds to connect, and seconds for an endpoint to think.
_TIMEOUT: Final = httpx.Timeout(600, connect=30)
_SHOWN: Final = 500


class RemoteEndpoint:
    """A SPARQL endpoint elsewhere.

    :param url: its address.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.version: str | None = None
        self.prefixes: dict[str, str] = {}

    def answer(self, job: QueryJob, out: Sink) -> None:
        """Write the whole answer to a query.

        :raises NotReady: when the endpoint cannot be reached.
        :raises QueryRejected: when it refuses the query.
        :raises EngineFailure: when it fails, or its answer is not whole or not what was asked for.
        """
        out.write(self._fetch(job))

    def _fetch(self, job: QueryJob) -> bytes:
        # Only questions of our own have another base than the endpoint's address.
        text = job.query if job.base == self._url else f"BASE <{job.base}>\n{job.query}"
        response = self._send(text, _ACCEPT[job.format.kind])
        self.version = response.headers.get("IPG-Dataset-Version")
        try:
            if job.format.kind is Kind.ROWS:
                return self._rows(response, job.format.key)
            return self._graph(response, job.format.key)
        except (SyntaxError, ValueError) as error:
            raise EngineFailure(
                f"{self._url} gave an answer that is broken or cut off.",
                found=str(error),
                mend="ask again, or ask for less",
            ) from None

    def _send(self, text: str, accept: str) -> httpx.Response:
        try:
            response = httpx.post(self._url, data={"query": text}, headers={"Accept": accept}, timeout=_TIMEOUT)
        except httpx.RemoteProtocolError as error:
            raise EngineFailure(
                f"{self._url} broke off its answer.", found=str(error), mend="ask again, or ask for less"
            ) from None
        except httpx.TransportError as error:
            raise NotReady(f"{self._url} does not answer.", found=str(error), mend="check the address") from None
        except httpx.DecodingError as error:
            raise EngineFailure(f"{self._url} gave an answer that cannot be read.", found=str(error)) from None
        if response.status_code != httpx.codes.OK:
            raise self._refusal(response)
        if state := response.headers.get("X-SQL-State"):  # Virtuoso sends it with what it had when its time was up
            raise EngineFailure(
                f"{self._url} gave a part of the answer.", found=response.headers.get("X-SQL-Message", state), mend="ask for less"
            )
        return response

    def _rows(self, response: httpx.Response, key: str) -> bytes:
        found = parse_query_results(response.content, QueryResultsFormat.JSON)
        count = 0
        if isinstance(found, QuerySolutions):  # read to the end: what is broken there is found only so
            count = sum(1 for _ in found)
        most = response.headers.get("X-SPARQL-MaxRows", "")
        if most.isdigit() and 0 < int(most) <= count:
            raise EngineFailure(
                f"{self._url} gives no more than {most} rows, and gave as many.",
                mend="ask for less at a time, with ORDER BY, LIMIT and OFFSET",
            )
        if key == "json":
            return response.content
        return parse_query_results(response.content, QueryResultsFormat.JSON).serialize(format=_ROW_FORMATS[key]) or b""

    def _graph(self, response: httpx.Response, key: str) -> bytes:
        headers = response.headers
        if response.http_version.startswith("HTTP/1") and not {"content-length", "transfer-encoding"} & headers.keys():
            raise EngineFailure(
                f"{self._url} does not tell where its answer ends.", mend="ask SELECT ?s ?p ?o, whose answer shows it"
            )
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in _GRAPHS:
            raise EngineFailure(f"{self._url} answers in a format not asked for.", found=media_type, expected=", ".join(_GRAPHS))
        quads = parse(response.content, _GRAPHS[media_type], base_iri=self._url)
        return serialise_triples((quad.triple for quad in quads), key, self.prefixes)

    def _refusal(self, response: httpx.Response) -> ServiceError:
        detail, notes = _problem(response)
        status = f"{self._url} answers {response.status_code}"
        if response.is_redirect:
            where = response.headers.get("Location", "")
            return NotReady(f"{status}: it has moved.", found=where, mend="name the new address with --endpoint")
        kind = QueryRejected if response.is_client_error else EngineFailure
        return kind(
            f"{status}: {detail}", found=notes.get("found", ""), expected=notes.get("expected", ""), mend=notes.get("mend", "")
        )


def _problem(response: httpx.Response) -> tuple[str, dict[str, str]]:
    """What an error says, with the parts of problem details (RFC 9457); else the beginning of its text."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if isinstance(body, dict) and isinstance(body.get("detail"), str):
        return body["detail"], {name: str(value) for name, value in body.items()}
    text = re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", response.text)).strip()
    return text[:_SHOWN] + ("..." if len(text) > _SHOWN else "") or response.reason_phrase, {}
