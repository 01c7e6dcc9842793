"""The route ``/sparql``: a request becomes an operation, the operation a query job, its result an answer."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from query_service.answers import entity_tag, not_modified, tag_matches
from query_service.engine import Engine
from query_service.errors import MalformedRequest, TooLarge
from query_service.jobs import QueryJob
from query_service.media_types import Choice, Kind, choose_format
from query_service.protocol import QueryOperation, parse_operation
from query_service.query_limits import QueryLimits, check_query
from query_service.query_text import QueryText
from query_service.service_description import describe_service
from query_service.settings import ServiceSettings
from query_service.snapshot import Snapshot
from query_service.usage_page import PAGE_POLICY, render_usage_page

__all__ = ["SparqlEndpoint"]

# Any cache may keep it, and asks each time whether the dataset has changed; the entity tag makes that cheap.
_REVALIDATED: Final = "public, no-cache"
_GRAPH_FORMS: Final = {"CONSTRUCT", "DESCRIBE"}


class SparqlEndpoint:
    """SPARQL 1.1 Protocol, queries only, over one snapshot.

    :param settings: settings of the service, with the port that it really has.
    :param snapshot: the snapshot.
    :param engine: the engine over its store.
    """

    def __init__(self, settings: ServiceSettings, snapshot: Snapshot, engine: Engine) -> None:
        self._settings = settings
        self._snapshot = snapshot
        self._engine = engine
        self._url = f"{settings.address}/sparql"
        self._link = f"{settings.address}/snapshot/{snapshot.version}"

    async def respond(self, request: Request) -> Response:
        """Answer a request.

        :raises ServiceError: what the client is to be told.
        """
        body = await self._read_body(request) if request.method == "POST" else b""
        # All else runs in one thread: scanning, evaluating and serialising would each hold up the other clients.
        return await run_in_threadpool(self._respond, request, body)

    async def _read_body(self, request: Request) -> bytes:
        body = bytearray()
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > self._settings.max_body_bytes:
                    raise TooLarge(
                        "The request body is too long.",
                        expected=f"at most {self._settings.max_body_bytes} bytes",
                        mend="split the query, or raise IPG_MAX_BODY_BYTES",
                    )
        except ClientDisconnect:
            raise MalformedRequest("The request ended before its body did.") from None
        return bytes(body)

    def _respond(self, request: Request, body: bytes) -> Response:
        operation = parse_operation(request.method, request.scope["query_string"], request.headers.get("content-type"), body)
        accept = ", ".join(request.headers.getlist("accept")) or None
        if operation.query is None:
            return self._describe(request, choose_format([Kind.GRAPH, Kind.PAGE], accept, operation.formats))
        query = QueryText(operation.query)
        check_query(query, QueryLimits())
        kind = Kind.GRAPH if query.form in _GRAPH_FORMS else Kind.ROWS
        # Without a form it is no query: whatever the client accepts, what it needs to know is the syntax error.
        choice = choose_format([kind], accept, operation.formats) if query.form else choose_format([kind], None)
        return self._answer(request, operation, choice, is_repeatable=query.is_repeatable)

    def _answer(self, request: Request, operation: QueryOperation, choice: Choice, *, is_repeatable: bool) -> Response:
        query = operation.query or ""
        datasets = operation.default_graphs, operation.named_graphs
        tag = self._tag(query, *datasets, choice.media_type) if is_repeatable else None
        headers = {"Content-Type": choice.content_type, "Cache-Control": _REVALIDATED if tag else "no-store"}
        if tag:
            headers["ETag"] = f'"{tag}"'
        if tag_matches(request, tag, exists=False):
            return not_modified(headers)
        body = self._engine.answer(QueryJob(query, choice.format, self._url, self._link, *datasets))
        if tag_matches(request, tag, exists=True):
            return not_modified(headers)
        return Response(body, headers=headers)

    def _describe(self, request: Request, choice: Choice) -> Response:
        tag = self._tag(None, choice.media_type)
        headers = {"Content-Type": choice.content_type, "Cache-Control": _REVALIDATED, "ETag": f'"{tag}"'}
        if tag_matches(request, tag, exists=True):
            return not_modified(headers)
        if choice.format.kind is Kind.PAGE:
            headers["Content-Security-Policy"] = PAGE_POLICY
            return Response(render_usage_page(self._url, self._snapshot.version), headers=headers)
        return Response(describe_service(self._url, self._snapshot, self._engine, choice.format), headers=headers)

    def _tag(self, *parts: object) -> str:
        """Entity tag within this snapshot, as served at this address with these graphs."""
        return entity_tag(self._snapshot.version, self._url, len(self._engine.graphs), *parts)
