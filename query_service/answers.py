"""Headers that answers have in common, and the answers that are no results: errors and what browsers ask first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from werkzeug.http import parse_etags

from query_service.errors import problem_of

__all__ = ["AnswerHeaders", "entity_tag", "matches_tag", "preflight", "problem_response"]

_MAX_AGE: Final = "86400"
_EXPOSED: Final = (
    "Accept-Query, Accept-Ranges, Allow, Content-Encoding, Content-Length, Content-Range, ETag, IPG-Dataset-Version, "
    "IPG-Max-Rows, Link, Location, Retry-After"
)
_EVERYWHERE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _EXPOSED,
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept, Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


_VERSION: Final = b"ipg-dataset-version"


class AnswerHeaders:
    """ASGI middleware: adds headers to every answer, errors included, and leaves the body out of those to HEAD.

    Any page may read an answer, and it says which dataset version gave it.

    :param app: the application.
    :param version: gives the dataset version, for answers that do not name one.
    """

    def __init__(self, app: ASGIApp, version: Callable[[], str]) -> None:
        self._app = app
        self._version = version
        self._raw = [(name.lower().encode(), value.encode()) for name, value in _EVERYWHERE.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                given = {name for name, _ in headers}
                headers += [pair for pair in self._raw if pair[0] not in given]
                if _VERSION not in given:
                    headers.append((_VERSION, self._version().encode()))
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, send_with_headers)


def problem_response(error: Exception, headers: Mapping[str, str] | None = None) -> Response:
    """Answer that tells of an error (RFC 9457), and when to try again where that helps."""
    problem = problem_of(error)
    own = {"Cache-Control": "no-store"}
    if "retry_after" in problem.body:
        own["Retry-After"] = str(problem.body["retry_after"])
    if problem.status == 405:
        own["Allow"] = str(problem.body.get("expected", ""))
    return JSONResponse(
        problem.body, status_code=problem.status, headers={**own, **(headers or {})}, media_type="application/problem+json"
    )


def preflight(methods: Sequence[str]) -> Response:
    """Answer to OPTIONS, also a browser's question before a request from another site."""
    allowed = ", ".join(methods)
    headers = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": _MAX_AGE,
    }
    if "QUERY" in methods:
        headers["Accept-Query"] = "application/sparql-query, application/x-www-form-urlencoded"
    return Response(status_code=204, headers=headers)


def entity_tag(*parts: str | int | Sequence[str] | None) -> str:
    """Strong entity tag of what is wholly determined by these parts (RFC 9110, 8.8.3)."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def matches_tag(header: str, tag: str, *, exists: bool) -> bool:
    """Whether ``If-None-Match`` says that the client has this answer (RFC 9110, 13.1.2); it is weighed for GET and HEAD.

    :param header: its value.
    :param tag: entity tag of the answer.
    :param exists: whether the answer is known to exist; ``*`` matches only then.
    """
    tags = parse_etags(header)
    return exists if tags.star_tag else tags.contains_weak(tag)
