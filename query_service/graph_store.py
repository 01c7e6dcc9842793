"""Graphs as wholes: the SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

Everybody may read. Writing exists for test suites alone, on the own machine, over a store in memory that is gone with
the process.
"""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from typing import Final
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from werkzeug.http import parse_options_header

from query_service.answering import Answering
from query_service.answers import entity_tag, preflight, problem_response
from query_service.errors import MalformedRequest, MethodNotAllowed, NotFound, ServiceError, UnsupportedMediaType
from query_service.exchange import Exchange, read_body
from query_service.generations import Generation, Generations
from query_service.jobs import QueryJob
from query_service.media_types import Kind, choose_format, formats_of
from query_service.rates import client_key

__all__ = ["GraphStore"]

_READ: Final = ("GET", "HEAD", "OPTIONS")
_WRITE: Final = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
_ALL_TRIPLES: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_UNPARSED: Final = "nt"


class GraphStore:
    """The route ``/store``.

    :param url: absolute URL of the route; below it stand graphs named by their URL.
    :param is_writable: whether graphs may be written.
    """

    def __init__(self, url: str, generations: Generations, answering: Answering, *, is_writable: bool) -> None:
        self._url = url
        self._generations = generations
        self._answering = answering
        self._methods = _WRITE if is_writable else _READ
        self._is_writable = is_writable
        self._writing = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            method = scope["method"]
            if method == "OPTIONS":
                await preflight(self._methods)(scope, receive, send)
            elif method not in self._methods:
                raise MethodNotAllowed(f"{method} is not allowed here.", found=method, expected=", ".join(self._methods))
            elif method in {"GET", "HEAD"}:
                await self._read(scope, receive, send)
            else:
                await (await self._write(scope, receive))(scope, receive, send)
        except ServiceError as error:
            await problem_response(error)(scope, receive, send)

    async def _read(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_key(scope["client"][0] if scope.get("client") else None)
        self._answering.rates.admit(client)
        generation = await self._generations.current()
        graph = self._graph(scope)
        headers = Headers(scope=scope)
        words = [value for name, value in _pairs(scope) if name == "format"]
        choice = choose_format([Kind.GRAPH], ", ".join(headers.getlist("accept")) or None, words)
        if graph is not None and not await self._exists(generation, graph):
            raise NotFound("There is no such graph.", found=graph, mend="the service description at /sparql lists the graphs")
        graphs = (graph,) if graph else ()
        job = QueryJob(_ALL_TRIPLES, choice.format, graph or self._url, generation.link, graphs)
        tag = entity_tag(generation.version, self._url, len(generation.graphs), graph, choice.media_type)
        exchange = Exchange(scope, receive, send, generation.version, choice.content_type, tag)
        if exchange.is_known(exists=True):
            await exchange.send_not_modified()
        else:
            await self._answering.answer(generation, job, tag, client, exchange)

    async def _exists(self, generation: Generation, graph: str) -> bool:
        if self._is_writable:
            async with self._writing:
                return await generation.pool.write("HEAD", graph, _UNPARSED, b"")
        return any(known.iri == graph for known in generation.graphs)

    def _graph(self, scope: Scope) -> str | None:
        """IRI of the graph that a request names; none for the default graph.

        :raises MalformedRequest: when it names none, or several.
        """
        below = scope["path"].rstrip("/").removeprefix("/store")
        named = [value for name, value in _pairs(scope) if name == "graph"]
        wants_default = any(name == "default" for name, _ in _pairs(scope))
        if below:
            named.append(self._url + below)
        if len(named) + wants_default != 1:
            raise MalformedRequest(
                "The request names no graph, or several.", expected="one graph=IRI, or default", mend="add ?graph=IRI or ?default"
            )
        return named[0] if named else None

    async def _write(self, scope: Scope, receive: Receive) -> Response:
        generation = await self._generations.current()
        body = await read_body(receive, self._answering.settings)
        method, location = scope["method"], None
        if method == "POST" and not scope["query_string"] and scope["path"].rstrip("/") == "/store":
            graph: str | None = f"{self._url}/{uuid4()}"
            location = graph
        else:
            graph = self._graph(scope)
        parts = [("", b"")] if method == "DELETE" else _parts(Headers(scope=scope).get("content-type"), body)
        async with self._writing:
            existed = True
            for content_type, part in parts:
                key = _format_key(content_type) if method != "DELETE" else _UNPARSED
                existed = await generation.pool.write(method, graph, key, part) and existed
                generation.count_edit()
        if method == "DELETE" and not existed:
            raise NotFound("There is no such graph.", found=graph or "")
        return Response(status_code=204 if existed else 201, headers={"Location": location} if location else None)


def _pairs(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("utf-8", "replace"), keep_blank_values=True)


def _parts(content_type: str | None, body: bytes) -> list[tuple[str | None, bytes]]:
    """Bodies in a body: one, or those of a form with files (section 5.5 of the protocol)."""
    if parse_options_header(content_type)[0].lower() != "multipart/form-data":
        return [(content_type, body)]
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    payloads = [(part.get_content_type(), part.get_payload(decode=True)) for part in message.walk() if not part.is_multipart()]
    return [(type_, payload) for type_, payload in payloads if isinstance(payload, bytes)]


def _format_key(content_type: str | None) -> str:
    media_type = parse_options_header(content_type)[0].lower()
    for format_ in formats_of([Kind.GRAPH]):
        if media_type in format_.media_types:
            return format_.key
    known = ", ".join(format_.media_type for format_ in formats_of([Kind.GRAPH]))
    raise UnsupportedMediaType("The body is of no RDF type.", found=content_type or "no Content-Type", expected=known)
