"""The example queries on the web: their list as page, JSON and RDF, and each as a plain address that gives its rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from query_service.answering import Answering
from query_service.answers import entity_tag, preflight, problem_response
from query_service.errors import MethodNotAllowed, ServiceError
from query_service.examples.graph import render_examples
from query_service.examples.listing import render_listing, render_page
from query_service.examples.named_queries import NamedQuery, bind_parameters, find_query, read_queries
from query_service.examples.named_request import parse_named_request
from query_service.exchange import Exchange
from query_service.generations import Generation, Generations
from query_service.item_names import ItemNames
from query_service.jobs import QueryJob
from query_service.lookups import Row
from query_service.media_types import FORMATS, Choice, Kind, choose_format
from query_service.query_limits import QueryLimits, check_query
from query_service.query_text import QueryText
from query_service.rates import client_key
from query_service.usage_page import PAGE_POLICY

__all__ = ["ExamplesRoute"]

_METHODS: Final = ("GET", "HEAD", "OPTIONS")
_WELL_KNOWN: Final = "/.well-known/sparql-examples"
_GRAPH_FORMS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})
_BY_KEY: Final = {format_.key: format_ for format_ in FORMATS}
_LISTING: Final = frozenset({"application/json"})


class _Known(NamedTuple):
    """What a generation says of its examples."""

    version: str
    triples: list[Triple]
    queries: Mapping[str, NamedQuery]
    items: ItemNames


class _Rows:
    """Rows that were asked for before."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def rows(self, _name: str) -> list[Row]:
        """The rows."""
        return self._rows


class ExamplesRoute:
    """The routes ``/examples``, ``/examples/{key}`` and ``/.well-known/sparql-examples``.

    :param address: absolute URL before every route.
    """

    def __init__(self, address: str, generations: Generations, answering: Answering) -> None:
        self._address = address
        self._generations = generations
        self._answering = answering
        self._limits = QueryLimits()
        self._known: _Known | None = None

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
        generation = await self._generations.current()
        known = await self._learn(generation)
        accept = ", ".join(Headers(scope=scope).getlist("accept")) or None
        asked = parse_named_request(scope["query_string"])
        path = scope["path"].rstrip("/")
        if path == "/examples" or path.startswith(_WELL_KNOWN):
            choice = _choose_listing(accept, asked.formats, prefers_graph=path.startswith(_WELL_KNOWN))
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

    async def _list(self, known: _Known, generation: Generation, choice: Choice, exchange: Exchange) -> None:
        if exchange.is_known(exists=True):
            await exchange.send_not_modified()
            return
        if choice.format.kind is Kind.PAGE:
            exchange.headers["Content-Security-Policy"] = PAGE_POLICY
            body = render_page(known.queries, self._address, generation.version)
        elif choice.media_type in _LISTING:
            body = render_listing(known.queries, self._address, generation.version)
        else:
            body = render_examples(known.triples, f"{self._address}/sparql", choice.format, generation.pool.prefixes)
        await exchange.send_plain(body)

    async def _learn(self, generation: Generation) -> _Known:
        """What the generation says of its examples, asked once for each version."""
        known = self._known
        if known is None or known.version != generation.version:
            triples = [quad.triple for quad in parse(await self._ask(generation, "list_examples", "nt"), RdfFormat.N_TRIPLES)]
            rows = _read_rows(await self._ask(generation, "list_items", "json"))
            items = ItemNames(_Rows(rows), generation.snapshot.manifest.base)
            known = self._known = _Known(generation.version, triples, read_queries(triples), items)
        return known

    async def _ask(self, generation: Generation, name: str, key: str) -> bytes:
        base = generation.snapshot.manifest.base
        return await self._answering.fetch(generation, QueryJob(_query_text(name), _BY_KEY[key], base, generation.link))


def _choose_listing(accept: str | None, words: tuple[str, ...], *, prefers_graph: bool) -> Choice:
    """A page, JSON or RDF. JSON is a list for programs, and JSON-LD is RDF."""
    if words == ("json",):
        return Choice(_BY_KEY["json"], "application/json")
    kinds = [Kind.GRAPH] if prefers_graph else [Kind.PAGE, Kind.GRAPH]
    return choose_format(kinds, accept, words)


def _read_rows(body: bytes) -> list[Row]:
    solutions = parse_query_results(body, QueryResultsFormat.JSON)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a query for rows gave none")
    names = [variable.value for variable in solutions.variables]
    return [{name: solution[name].value for name in names if solution[name] is not None} for solution in solutions]


@cache
def _query_text(name: str) -> str:
    return (files("query_service") / "queries" / f"{name}.rq").read_text(encoding="utf-8")
