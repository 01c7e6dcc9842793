"""The web application over one snapshot: routes, errors and what all answers carry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from query_service.answers import AnswerHeaders, common_headers, preflight, problem_response
from query_service.endpoint import SparqlEndpoint
from query_service.engine import Engine
from query_service.errors import MethodNotAllowed, NotFound, NotReady, ServiceError
from query_service.settings import ServiceSettings
from query_service.snapshot import read_snapshot

__all__ = ["create_app"]

_Handler = Callable[[Request], Awaitable[Response]]

_QUERY_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_READ_METHODS: Final = ("GET", "HEAD", "OPTIONS")


def create_app(settings: ServiceSettings, snapshot_dir: Path) -> FastAPI:
    """Build the application over a snapshot.

    :param settings: settings of the service; the port must be the one really served.
    :param snapshot_dir: folder of the snapshot, or a link to it, which is followed now and not again.
    :raises SnapshotUnusable: when the snapshot cannot be served.
    """
    snapshot = read_snapshot(snapshot_dir)
    engine = Engine(snapshot, show_private=settings.is_local)
    endpoint = SparqlEndpoint(settings, snapshot, engine)
    headers = common_headers(snapshot.version)

    async def health(_: Request) -> Response:
        """Tell that the process answers."""
        return JSONResponse({"status": "ok"})

    async def readiness(_: Request) -> Response:
        """Tell whether queries can be answered."""
        if not await run_in_threadpool(engine.is_ready):
            raise NotReady("The engine does not answer.")
        return JSONResponse({"status": "ready", "version": snapshot.version})

    async def failure(_: Request, error: Exception) -> Response:
        """Answer to what nobody expected; it is sent from outside the middleware, so it brings its headers."""
        return problem_response(error, headers)

    app = FastAPI(
        title="Integration Policy Graph",
        version=snapshot.version,
        openapi_url=None,
        redirect_slashes=False,  # the redirect would repeat the Host header
        exception_handlers={ServiceError: _tell_error, HTTPException: _tell_http_error, Exception: failure},
    )
    app.add_middleware(AnswerHeaders, headers=headers)
    for path in ("/sparql", "/sparql/"):
        _add_route(app, path, endpoint.respond, _QUERY_METHODS)
    _add_route(app, "/healthz", health, _READ_METHODS)
    _add_route(app, "/readyz", readiness, _READ_METHODS)
    return app


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
