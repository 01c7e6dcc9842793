"""The example queries on the web: their list as page, JSON and RDF, and each as a plain address that gives its rows."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from query_service.answers import entity_tag, preflight, problem_response
from query_service.delivery import Asked, Document, deliver
from query_service.errors import MethodNotAllowed, ServiceError
from query_service.examples.graph import render_examples
from query_service.examples.known import Known, KnownExamples
from query_service.examples.listing import render_examples_page, render_listing
from query_service.examples.named_queries import bind_parameters, find_query
from query_service.examples.named_request import parse_named_request
from query_service.exchange import Exchange
from query_service.generations import Generation
from query_service.jobs import QueryJob
from query_service.language import choose_reading
from query_service.media_types import FORMATS, Choice, Kind, choose_format
from query_service.pages import page_headers
from query_service.publishing import Publishing
from query_service.query_limits import QueryLimits, check_query
from query_service.query_text import QueryText
from query_service.rates import client_key

__all__ = ["ExamplesRoute"]

_METHODS: Final = ("GET", "HEAD", "OPTIONS")
_WELL_KNOWN: Final = "/.well-known/sparql-examples"
_GRAPH_FORMS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})
_BY_KEY: Final = {format_.key: format_ for format_ in FORMATS}
_LISTING: Final = frozenset({"application/json"})


class ExamplesRoute:
    """The routes ``/examples``, ``/examples/{key}`` and ``/.well-known/sparql-examples``.

    :param publishing: what all routes share.
    :param known: what datasets say of their examples.
    """

    def __init__(self, publishing: Publishing, known: KnownExamples) -> None:
        self._publishing = publishing
        self._address = publishing.address
        self._answering = publishing.answering
        self._known = known
        self._limits = QueryLimits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            method = scope["method"]
            if method == "OPTIONS":
                await preflight(_METHODS)(scope, receive, send)
                return
            if method not in _METHODS:
                raise MethodNotAllowed(f"{method} is not allowed here.", found=method, expected=", ".join(_METHODS))
            await self._respond(scope, receive, send)
        except ServiceError as error:
            await problem_response(error)(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_key(scope["client"][0] if scope.get("client") else None)
        self._answering.rates.admit(client)
        generation = await self._publishing.generations.current()
        known = await self._known.of(generation)
        accept = ", ".join(Headers(scope=scope).getlist("accept")) or None
        asked = parse_named_request(scope["query_string"])
        path = scope["path"].rstrip("/")
        if path == "/examples" or path.startswith(_WELL_KNOWN):
            choice = _choose_listing(accept, asked.formats, prefers_graph=path.startswith(_WELL_KNOWN))
            if choice.format.kind is Kind.PAGE:
                await self._send_page(Asked(scope, receive, send), known, generation)
                return
            exchange = self._exchange(scope, receive, send, generation, choice, "listing")
            await self._list(known, generation, choice, exchange)
            return
        query = find_query(known.queries, path.removeprefix("/examples/"))
        text = bind_parameters(query, asked.values, known.items)
        check_query(QueryText(text), self._limits)
        choice = choose_format([Kind.GRAPH if query.form in _GRAPH_FORMS else Kind.ROWS], accept, asked.formats)
        exchange = self._exchange(scope, receive, send, generation, choice, text)
        if exchange.is_known(exists=False):
            await exchange.send_not_modified()
            return
        job = QueryJob(
            text, choice.format, f"{self._address}/sparql", generation.link, max_rows=self._answering.settings.max_rows
        )
        await self._answering.answer(generation, job, self._tag(generation, choice, text), client, exchange)

    def _exchange(
        self, scope: Scope, receive: Receive, send: Send, generation: Generation, choice: Choice, what: str
    ) -> Exchange:
        tag = self._tag(generation, choice, what)
        return Exchange(scope, receive, send, generation.version, choice.content_type, tag)

    def _tag(self, generation: Generation, choice: Choice, what: str) -> str:
        return entity_tag("example", generation.version, self._address, len(generation.graphs), choice.media_type, what)

    async def _send_page(self, asked: Asked, known: Known, generation: Generation) -> None:
        site = await self._publishing.site(generation, asked)
        tag = self._publishing.tag(generation, "examples", *(str(part) for part in choose_reading(asked)))

        async def make() -> bytes:
            return await run_in_threadpool(render_examples_page, known.queries, self._address, site)

        page = Document("text/html; charset=utf-8", tag, make, page_headers(site))
        await deliver(asked, self._answering, generation.version, page)

    async def _list(self, known: Known, generation: Generation, choice: Choice, exchange: Exchange) -> None:
        if exchange.is_known(exists=True):
            await exchange.send_not_modified()
            return
        if choice.media_type in _LISTING:
            body = render_listing(known.queries, self._address, generation.version)
        else:
            body = render_examples(known.triples, f"{self._address}/sparql", choice.format, generation.pool.prefixes)
        await exchange.send_plain(body)


def _choose_listing(accept: str | None, words: tuple[str, ...], *, prefers_graph: bool) -> Choice:
    """A page, JSON or RDF. JSON is a list for programs, and JSON-LD is RDF."""
    if words == ("json",):
        return Choice(_BY_KEY["json"], "application/json")
    kinds = [Kind.GRAPH] if prefers_graph else [Kind.PAGE, Kind.GRAPH]
    return choose_format(kinds, accept, words)
