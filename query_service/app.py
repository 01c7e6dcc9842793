"""The web application: routes, errors, what all answers carry, and the engines that live as long as it does."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from query_service.analyst.routes import AnalystRequests, analyst_router
from query_service.answer_cache import AnswerCache
from query_service.answering import Answering
from query_service.answers import AnswerHeaders, preflight, problem_response
from query_service.delivery import Asked
from query_service.doors import open_doors
from query_service.errors import MalformedRequest, MethodNotAllowed, NotFound, ServiceError, UrlTooLong
from query_service.failures import failure_response
from query_service.generations import Generations
from query_service.history import History
from query_service.metrics import METRICS_TYPE, Metrics
from query_service.observation import Observation
from query_service.publishing import Publishing
from query_service.rates import RateLimiter
from query_service.readiness import check_readiness
from query_service.settings import ServiceSettings
from query_service.workers.nursery import Begun

__all__ = ["create_app"]

_log = logging.getLogger(__name__)

_Handler = Callable[[Request], Awaitable[Response]]

_READ_METHODS: Final = ("GET", "HEAD", "OPTIONS")
#: Share of the room for answers that are read which answers that are only kept may take.
_KEPT: Final = 4


def create_app(
    settings: ServiceSettings,
    snapshot_dir: Path,
    *,
    begun: Begun | None = None,
    history: History | None = None,
    write_log: Callable[[str], None] | None = None,
    is_writable: bool = False,
) -> FastAPI:
    """Build the application over a snapshot; its engines start and stop with its lifespan.

    :param settings: settings of the service; the port must be the one really served.
    :param snapshot_dir: folder of the snapshot, or a link to it; when the link is pointed elsewhere, that is served.
    :param begun: a zygote over the snapshot, if it was begun already.
    :param history: the past of the dataset; that of the ledger of releases by default.
    :param write_log: takes a line of JSON per request.
    :param is_writable: whether graphs may be written, for test suites: only on the own machine.
    """
    metrics = Metrics()
    rates = RateLimiter(settings.rate_requests, settings.rate_query_seconds)
    generations = Generations(settings, snapshot_dir, metrics, rates.charge, begun)
    kept_on_disk = settings.max_spool_bytes // _KEPT if settings.cache_bytes else 0
    answering = Answering(settings, AnswerCache(settings.cache_bytes, kept_on_disk), rates, metrics)
    _watch_gauges(metrics, generations, answering)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """Run the engines while the application runs."""
        try:
            await generations.start()
        except ServiceError as error:
            app.state.start_error = error  # for whoever runs the server, which only logs it
            raise
        try:
            yield
        finally:
            answering.cache.clear()
            await generations.close()

    opened = open_doors(settings, generations, answering, history=history, is_writable=is_writable)

    def surround(framework: ASGIApp) -> ASGIApp:
        """Put around the framework what all answers need; the first named is the first asked."""
        doors = _FrontDoor(AnalystRequests(framework), opened.door, settings.max_body_bytes)
        return Observation(AnswerHeaders(doors, lambda: generations.version), metrics, write_log)

    app = _Application(
        surround,
        title="Integration Policy Graph",
        description="Pages for analysts, as HTML, JSON, CSV or workbook; SPARQL and linked data follow standards of their own.",
        version=package_version("integration-policy-graph"),
        docs_url=None,  # its scripts come from elsewhere
        redoc_url=None,
        redirect_slashes=False,  # the redirect would repeat the Host header
        lifespan=lifespan,
        exception_handlers={
            ServiceError: _tell_error,
            RequestValidationError: _invalid_teller(opened.publishing),
            HTTPException: _http_error_teller(opened.publishing),
            Exception: _tell_error,
        },
    )
    app.include_router(analyst_router(opened.desk))
    _add_operations(app, generations, metrics)
    return app


class _Application(FastAPI):
    """FastAPI with something around its own layers, which cost more than a kept answer does.

    :param surround: puts it there.
    """

    def __init__(self, surround: Callable[[ASGIApp], ASGIApp], **named: Any) -> None:
        self._surround = surround
        super().__init__(**named)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on without the detour that frameworks take to each layer."""
        if self.middleware_stack is None or scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self.middleware_stack(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """The layers that a request goes through."""
        return self._surround(super().build_middleware_stack())


class _FrontDoor:
    """Paths with an application of their own go there, all others to the framework.

    :param max_query_bytes: longest query string of a URL.
    """

    def __init__(self, app: ASGIApp, doors: Callable[[str], ASGIApp | None], max_query_bytes: int) -> None:
        self._app = app
        self._doors = doors
        self._max_query_bytes = max_query_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_http = scope["type"] == "http"
        if is_http and len(scope["query_string"]) > self._max_query_bytes:
            await problem_response(_url_too_long(self._max_query_bytes))(scope, receive, send)
            return
        door = self._doors(scope["path"]) if is_http else None
        if door is None:
            await self._app(scope, receive, send)
            return
        try:
            await door(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - what nobody expected
            _log.exception("a request failed")
            await problem_response(error)(scope, receive, send)


def _url_too_long(most: int) -> UrlTooLong:
    return UrlTooLong(
        "The query in the URL is too long.",
        expected=f"at most {most} bytes after the question mark",
        mend="send it by POST, unescaped as application/sparql-query, or raise IPG_MAX_BODY_BYTES",
    )


def _add_operations(app: FastAPI, generations: Generations, metrics: Metrics) -> None:
    async def health(_: Request) -> Response:
        """Tell that the process answers."""
        return JSONResponse({"status": "ok"})

    async def readiness(_: Request) -> Response:
        """Tell whether queries can be answered."""
        await check_readiness(generations)
        return JSONResponse({"status": "ready", "version": generations.version})

    async def figures(_: Request) -> Response:
        """Tell the figures."""
        return Response(metrics.render(), headers={"Content-Type": METRICS_TYPE, "Cache-Control": "no-store"})

    _add_route(app, "/healthz", health, _READ_METHODS)
    _add_route(app, "/readyz", readiness, _READ_METHODS)
    _add_route(app, "/metrics", figures, _READ_METHODS)


def _watch_gauges(metrics: Metrics, generations: Generations, answering: Answering) -> None:
    metrics.watch("ipg_spool_bytes", "Bytes on disk of answers being read or kept", lambda: generations.space.used)
    metrics.watch("ipg_cache_memory_bytes", "Bytes of answers kept in memory", lambda: answering.cache.bytes_in_memory)
    metrics.watch("ipg_cache_disk_bytes", "Bytes of answers kept on disk", lambda: answering.cache.bytes_on_disk)
    metrics.watch("ipg_queries_waiting", "Queries that wait for a worker", lambda: generations.waiting)
    metrics.watch("ipg_queries_at_work", "Queries that are being answered", lambda: generations.at_work)


def _add_route(app: FastAPI, path: str, handler: _Handler, methods: tuple[str, ...]) -> None:
    async def respond(request: Request) -> Response:
        return preflight(methods) if request.method == "OPTIONS" else await handler(request)

    app.add_route(path, respond, methods=list(methods))


def _invalid_teller(publishing: Publishing) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def tell(request: Request, error: Exception) -> Response:
        """Answer to a parameter that cannot be read, in the form asked for."""
        asked = Asked(request.scope, request.receive, request._send)
        problems = error.errors() if isinstance(error, RequestValidationError) else []
        first = problems[0] if problems else {"loc": ("",), "msg": str(error)}
        told = MalformedRequest(
            f"The parameter {'.'.join(map(str, first['loc'][1:])) or 'of the request'} cannot be read: {first['msg']}.",
            found=str(first.get("input", ""))[:200],
        )
        return failure_response(asked, told, await publishing.site(await publishing.generations.current(), asked))

    return tell


async def _tell_error(_: Request, error: Exception) -> Response:
    return problem_response(error)


def _http_error_teller(publishing: Publishing) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def tell(request: Request, error: Exception) -> Response:
        """Answer to what the router refuses, in the form asked for."""
        if not isinstance(error, HTTPException):
            raise TypeError(type(error))
        if error.status_code == 405:
            allowed = (error.headers or {}).get("Allow", "")
            told: ServiceError = MethodNotAllowed(
                f"{request.method} is not allowed here.", found=request.method, expected=allowed
            )
        else:
            told = NotFound(f"There is nothing at {request.url.path}.", found=request.url.path)
        asked = Asked(request.scope, request.receive, request._send)
        try:
            site = await publishing.site(await publishing.generations.current(), asked)
        except ServiceError:
            return problem_response(told, error.headers)
        return failure_response(asked, told, site)

    return tell
