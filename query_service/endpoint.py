"""The route ``/sparql``, as a plain ASGI application: a request becomes a job, the job an answer of a worker.

An answer goes out only when it is whole, or piece by piece while it is written; one that cannot be finished breaks off
without its last chunk, which every client sees as an error.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from query_service.answering import Answering
from query_service.answers import entity_tag, preflight, problem_response
from query_service.dataset_description import read_dataset_description
from query_service.delivery import Asked
from query_service.errors import MethodNotAllowed, ServiceError
from query_service.exchange import Exchange, read_body
from query_service.generations import Generation
from query_service.jobs import QueryJob
from query_service.media_types import Choice, Kind, choose_format
from query_service.protocol import QueryOperation, parse_operation
from query_service.query_limits import QueryLimits, check_query
from query_service.query_page import QueryPageMaker
from query_service.query_text import QueryText
from query_service.rates import client_key
from query_service.service_description import describe_service
from query_service.workers.spool import Answer

__all__ = ["SPARQL_METHODS", "SparqlEndpoint"]

SPARQL_METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
_GRAPH_FORMS: Final = {"CONSTRUCT", "DESCRIBE"}
_PREPARED_BYTES: Final = 8 * 1024**2
_PREPARED_OVERHEAD: Final = 2048


@dataclass(frozen=True)
class _Prepared:
    """A request that was read and checked.

    :ivar job: the job; none asks for the service description.
    :ivar tag: entity tag of the answer as it is, without a coding; none where answers differ each time.
    """

    job: QueryJob | None
    choice: Choice
    tag: str | None


class SparqlEndpoint:
    """SPARQL 1.1 Protocol, queries only, over one dataset.

    :param url: absolute URL of the endpoint.
    :param generation: gives what is served now, or raises why nothing is.
    :param answering: gives the answers.
    :param page: makes the page for who opens it in a browser.
    """

    def __init__(
        self, url: str, generation: Callable[[], Awaitable[Generation]], answering: Answering, page: QueryPageMaker
    ) -> None:
        self._url = url
        self._generation = generation
        self._answering = answering
        self._page = page
        self._settings = answering.settings
        self._limits = QueryLimits()
        self._prepared: LRUCache[tuple[object, ...], _Prepared] = LRUCache(_PREPARED_BYTES, _size_of_prepared)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            await self._respond(scope, receive, send)
        except ServiceError as error:
            await problem_response(error)(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method == "OPTIONS":
            await preflight(SPARQL_METHODS)(scope, receive, send)
            return
        if method not in SPARQL_METHODS:
            raise MethodNotAllowed(f"{method} is not allowed here.", found=method, expected=", ".join(SPARQL_METHODS))
        client = client_key(scope["client"][0] if scope.get("client") else None)
        self._answering.rates.admit(client)
        body = b"" if method in {"GET", "HEAD"} else await read_body(receive, self._settings)
        generation = await self._generation()
        try:
            await self._answer(generation, scope, receive, send, body, client)
        except ServiceError as error:
            # That of the version which was asked, whichever is in service by now.
            await problem_response(error, {"IPG-Dataset-Version": generation.version})(scope, receive, send)

    async def _answer(self, generation: Generation, scope: Scope, receive: Receive, send: Send, body: bytes, client: str) -> None:
        prepared = self._prepare(generation, scope, Headers(scope=scope), body)
        if prepared.choice.format.kind is Kind.PAGE:
            await self._page.send(Asked(scope, receive, send), generation, self._url)
            return
        exchange = Exchange(scope, receive, send, generation.version, prepared.choice.content_type, prepared.tag)
        if prepared.job is None:
            await self._describe(generation, prepared, client, exchange)
            return
        exchange.announce(self._settings.max_rows, self._url)
        if exchange.is_known(exists=False):
            await exchange.send_not_modified()
            return
        await self._answering.answer(generation, prepared.job, prepared.tag, client, exchange)

    def _prepare(self, generation: Generation, scope: Scope, headers: Headers, body: bytes) -> _Prepared:
        """Read and check a request; what was read before need not be read again."""
        accept = ", ".join(headers.getlist("accept")) or None
        method = "POST" if scope["method"] == "QUERY" else scope["method"].replace("HEAD", "GET")
        key = (generation.version, method, scope["query_string"], headers.get("content-type"), body, accept)
        prepared = self._prepared.get(key)
        if prepared is None:
            operation = parse_operation(method, scope["query_string"], headers.get("content-type"), body)
            prepared = self._check(generation, operation, accept)
            if _size_of_key(key) < _PREPARED_BYTES // 8:
                self._prepared[key] = prepared
        return prepared

    def _check(self, generation: Generation, operation: QueryOperation, accept: str | None) -> _Prepared:
        if operation.query is None:
            choice = choose_format([Kind.GRAPH, Kind.PAGE], accept, operation.formats)
            return _Prepared(None, choice, self._tag(generation, None, choice.media_type))
        query = QueryText(operation.query)
        check_query(query, self._limits)
        kind = Kind.GRAPH if query.form in _GRAPH_FORMS else Kind.ROWS
        # Without a form it is no query: whatever the client accepts, what it needs to know is the syntax error.
        choice = choose_format([kind], accept, operation.formats) if query.form else choose_format([kind], None)
        graphs = operation.default_graphs, operation.named_graphs
        job = QueryJob(operation.query, choice.format, self._url, generation.link, *graphs, self._settings.max_rows)
        tag = self._tag(generation, operation.query, *graphs, choice.media_type) if query.is_repeatable else None
        return _Prepared(job, choice, tag)

    def _tag(self, generation: Generation, *parts: str | tuple[str, ...] | None) -> str:
        """Entity tag within this dataset version, as served at this address with these graphs."""
        return entity_tag(generation.version, self._url, len(generation.graphs), *parts)

    async def _describe(self, generation: Generation, prepared: _Prepared, client: str, exchange: Exchange) -> None:
        if exchange.is_known(exists=True):
            await exchange.send_not_modified()
        else:
            await exchange.send_plain(await self._description(generation, prepared, client))

    async def _description(self, generation: Generation, prepared: _Prepared, client: str) -> bytes:
        """The service description, written once for each version and format."""
        cache, tag = self._answering.cache, prepared.tag or ""
        if kept := cache.get(tag):
            return kept.body
        dataset = await read_dataset_description(generation, client)
        own = not self._settings.endpoints
        body = await run_in_threadpool(
            describe_service, self._url, generation, prepared.choice.format, dataset, has_own_engine=own
        )
        cache.put(tag, Answer.of(body))
        return body


def _size_of_key(key: tuple[object, ...]) -> int:
    return _PREPARED_OVERHEAD + sum(len(part) for part in key if isinstance(part, bytes | str))


def _size_of_prepared(prepared: _Prepared) -> int:
    # The query stands in the key, as sent, and in the job.
    return _PREPARED_OVERHEAD + 2 * len(prepared.job.query if prepared.job else "")
