"""What is noted of each request: figures, and a line of JSON, neither of which tells who asked or what."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from query_service.metrics import Metrics

__all__ = ["Observation", "route_of"]

#: First segments of paths that are counted apart; what else clients ask for is counted as one.
_ROUTES: Final = frozenset(
    {"sparql", "store", "snapshot", "healthz", "readyz", "metrics", "examples", "id", "graph", "page", "data", "ontology"}
)


def route_of(path: str) -> str:
    """The route of a path, by which requests are counted: few names, whatever clients ask for."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    if first == "snapshot" and path.rstrip("/").endswith("/sparql"):
        return "/snapshot/{version}/sparql"
    return f"/{first}" if first in _ROUTES or not first else "other"


class Observation:
    """ASGI middleware: counts and notes each request.

    :param app: the application.
    :param metrics: where requests are counted.
    :param write: takes a line, without its end; none to write no line.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, write: Callable[[str], None] | None) -> None:
        self._app = app
        self._metrics = metrics
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size, is_whole, version = perf_counter(), 0, 0, False, ""

        async def note(message: Message) -> None:
            nonlocal status, size, is_whole, version
            if message["type"] == "http.response.start":
                status = message["status"]
                version = next((value for name, value in message["headers"] if name == b"ipg-dataset-version"), b"").decode()
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
                is_whole = not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            seconds, route = perf_counter() - began, route_of(scope["path"])
            self._metrics.request(route, scope["method"], status, seconds, size, is_whole=is_whole)
            if self._write:
                line = {
                    "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    "route": route,
                    "method": scope["method"],
                    "status": status,
                    "seconds": round(seconds, 4),
                    "bytes": size,
                    "whole": is_whole,
                    "version": version,
                }
                self._write(json.dumps(line))
