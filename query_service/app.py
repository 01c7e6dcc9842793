"""The web application: routes, errors, what all answers carry, and the engines that live as long as it does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from query_service.answer_cache import AnswerCache
from query_service.answering import Answering
from query_service.answers import AnswerHeaders, common_headers, preflight, problem_response
from query_service.dumps.route import DumpsRoute
from query_service.endpoint import SparqlEndpoint
from query_service.errors import MethodNotAllowed, NotFound, ServiceError
from query_service.examples_route import ExamplesRoute
from query_service.generations import Generations
from query_service.graph_store import GraphStore
from query_service.metrics import METRICS_TYPE, Metrics
from query_service.observation import Observation
from query_service.rates import RateLimiter
from query_service.readiness import check_readiness
from query_service.releases.route import ReleasesRoute
from query_service.releases.versions import Versions
from query_service.settings import ServiceSettings

__all__ = ["create_app"]

_Handler = Callable[[Request], Awaitable[Response]]

_READ_METHODS: Final = ("GET", "HEAD", "OPTIONS")
#: Share of the room for answers that are read which answers that are only kept may take.
_KEPT: Final = 4
_PINNED_DOORS: Final = 16


def create_app(
    settings: ServiceSettings,
    snapshot_dir: Path,
    *,
    write_log: Callable[[str], None] | None = None,
    is_writable: bool = False,
) -> FastAPI:
    """Build the application over a snapshot; its engines start and stop with its lifespan.

    :param settings: settings of the service; the port must be the one really served.
    :param snapshot_dir: folder of the snapshot, or a link to it; when the link is pointed elsewhere, that is served.
    :param write_log: takes a line of JSON per request.
    :param is_writable: whether graphs may be written, for test suites: only on the own machine.
    """
    metrics = Metrics()
    rates = RateLimiter(settings.rate_requests, settings.rate_query_seconds)
    generations = Generations(settings, snapshot_dir, metrics, rates.charge)
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

    async def failure(_: Request, error: Exception) -> Response:
        """Answer to what nobody expected; it is sent from outside the middleware, so it brings its headers."""
        return problem_response(error, common_headers(generations.version))

    app = FastAPI(
        title="Integration Policy Graph",
        openapi_url=None,
        redirect_slashes=False,  # the redirect would repeat the Host header
        lifespan=lifespan,
        exception_handlers={ServiceError: _tell_error, HTTPException: _tell_http_error, Exception: failure},
    )
    # The last added is the first asked.
    versions = Versions(settings.releases_dir, generations)
    app.add_middleware(_FrontDoor, doors=_doors(settings, generations, versions, answering, is_writable=is_writable))
    app.add_middleware(AnswerHeaders, version=lambda: generations.version)
    app.add_middleware(Observation, metrics=metrics, write=write_log)
    _add_operations(app, generations, metrics)
    return app


def _doors(
    settings: ServiceSettings, generations: Generations, versions: Versions, answering: Answering, *, is_writable: bool
) -> Callable[[str], ASGIApp | None]:
    """The plain applications that answer some paths before the framework sees them."""
    main = SparqlEndpoint(f"{settings.address}/sparql", generations.current, answering)
    store = GraphStore(f"{settings.address}/store", generations, answering, is_writable=is_writable)
    examples = ExamplesRoute(settings.address, generations, answering)
    doors: dict[str, ASGIApp] = {"/sparql": main, "/sparql/": main, "/store": store, "/store/": store}
    released = ReleasesRoute(settings.address, generations, versions, answering)
    held = DumpsRoute(settings.address, generations, versions, answering)
    doors |= dict.fromkeys(("/ldes", "/ldes/", "/feed.atom"), released)
    doors |= dict.fromkeys(("/dumps", "/dumps/"), held)
    doors |= dict.fromkeys(("/examples", "/examples/", "/.well-known/sparql-examples"), examples)

    @lru_cache(_PINNED_DOORS)
    def pinned(version: str) -> SparqlEndpoint:
        return SparqlEndpoint(f"{settings.address}/snapshot/{version}/sparql", lambda: versions.pinned(version), answering)

    below: dict[str, ASGIApp] = {
        "/examples/": examples,
        "/.well-known/sparql-examples/": examples,
        "/ldes/": released,
        "/dumps/": held,
    }
    below |= {"/snapshot/": held} | ({"/store/": store} if is_writable else {})

    def door(path: str) -> ASGIApp | None:
        if found := doors.get(path):
            return found
        version = path.removeprefix("/snapshot/").removesuffix("/sparql")
        if path == f"/snapshot/{version}/sparql" and "/" not in version:
            return pinned(version)
        return next((route for start, route in below.items() if path.startswith(start)), None)

    return door


class _FrontDoor:
    """ASGI middleware: paths with an application of their own go there, all others to the framework."""

    def __init__(self, app: ASGIApp, doors: Callable[[str], ASGIApp | None]) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._doors(scope["path"]) if scope["type"] == "http" else None
        await (door or self._app)(scope, receive, send)


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


async def _tell_error(_: Request, error: Exception) -> Response:
    return problem_response(error)


async def _tell_http_error(request: Request, error: Exception) -> Response:
    """Answer to what the router refuses, in the body that all errors have."""
    if not isinstance(error, HTTPException):
        raise TypeError(type(error))
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        told: ServiceError = MethodNotAllowed(f"{request.method} is not allowed here.", found=request.method, expected=allowed)
    else:
        told = NotFound(f"There is nothing at {request.url.path}.", found=request.url.path)
    return problem_response(told, error.headers)
