"""The routes of pages for analysts; each module of a page adds its own."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.types import ASGIApp, Receive, Scope, Send

from query_service.analyst.about import add_routes as add_about
from query_service.analyst.comparing import routes as comparing
from query_service.analyst.country import routes as country
from query_service.analyst.coverage import routes as coverage
from query_service.analyst.desk import Desk
from query_service.analyst.network import routes as network
from query_service.analyst.overlay.routes import add_routes as add_overlay
from query_service.analyst.practices import routes as practices
from query_service.analyst.provisions import listing as provisions
from query_service.analyst.search.route import add_routes as add_search
from query_service.analyst.tracing import routes as tracing
from query_service.answers import preflight
from query_service.urls import split_suffix

__all__ = ["AnalystRequests", "analyst_router", "is_analyst_page"]

#: First segments of the paths of these pages.
_SEGMENTS: Final = frozenset(
    {"about", "compare", "country", "coverage", "network", "overlay", "practice", "principle", "search", "trace"}
)
_READ: Final = ("GET", "HEAD", "OPTIONS")
_UPLOADED: Final = (*_READ, "POST")


def is_analyst_page(path: str) -> bool:
    """Whether a path is one of these routes."""
    return split_suffix(path)[0].strip("/").partition("/")[0] in _SEGMENTS


def analyst_router(desk: Desk) -> APIRouter:
    """All routes of pages for analysts.

    :param desk: what they share.
    """
    router = APIRouter()
    for page in (comparing, country, coverage, network, practices, provisions, tracing):
        page.add_routes(router, desk)
    for add_routes in (add_about, add_overlay, add_search):
        add_routes(router, desk)
    return router


class AnalystRequests:
    """ASGI middleware for what the router leaves open: ``/coverage.csv`` is ``/coverage?format=csv``, HEAD is answered as GET
    is, whose body is left out further on, and OPTIONS is answered for browsers that ask before a page elsewhere does.

    :param app: the application with the routes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http" and is_analyst_page(scope["path"]):
            if scope["method"] == "OPTIONS":
                await preflight(_UPLOADED if scope["path"].startswith("/overlay") else _READ)(scope, receive, send)
                return
            if scope["method"] == "HEAD":
                scope = {**scope, "method": "GET"}
            path, suffix = split_suffix(scope["path"])
            if suffix:
                query = b"&".join(filter(None, (urlencode({"format": suffix}).encode(), scope["query_string"])))
                scope = {**scope, "path": path, "raw_path": path.encode(), "query_string": query}
        await self._app(scope, receive, send)
