"""Headers and conditions that answers have in common."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from werkzeug.http import parse_etags

from query_service.errors import problem_of

__all__ = ["AnswerHeaders", "common_headers", "entity_tag", "not_modified", "preflight", "problem_response", "tag_matches"]

_MAX_AGE: Final = "86400"
_KEPT_BY_304: Final = ("Cache-Control", "ETag")


def common_headers(version: str) -> dict[str, str]:
    """Headers of every answer, errors included: any page may read it, and it says which dataset version gave it."""
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Allow, Content-Length, ETag, IPG-Dataset-Version, Link, Retry-After",
        "IPG-Dataset-Version": version,
        "Vary": "Accept",
        "X-Content-Type-Options": "nosniff",
    }


class AnswerHeaders:
    """ASGI middleware: adds headers to every answer, and leaves the body out of those to HEAD.

    :param app: the application.
    :param headers: headers to add where an answer does not set them.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body" and scope["method"] == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, send_with_headers)


def problem_response(error: Exception, headers: Mapping[str, str] | None = None) -> Response:
    """Answer that tells of an error (RFC 9457)."""
    problem = problem_of(error)
    return JSONResponse(
        problem.body,
        status_code=problem.status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type="application/problem+json",
    )


def preflight(methods: Sequence[str]) -> Response:
    """Answer to OPTIONS, also a browser's question before a request from another site."""
    allowed = ", ".join(methods)
    return Response(
        status_code=204,
        headers={
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": _MAX_AGE,
        },
    )


def entity_tag(*parts: object) -> str:
    """Strong entity tag of what is wholly determined by these parts (RFC 9110, 8.8.3)."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def tag_matches(request: Request, tag: str | None, *, exists: bool) -> bool:
    """Whether ``If-None-Match`` says that the client has this answer (RFC 9110, 13.1.2); it is weighed for GET and HEAD.

    :param tag: entity tag of the answer.
    :param exists: whether the answer is known to exist; ``*`` matches only then.
    """
    header = request.headers.get("if-none-match")
    if tag is None or header is None or request.method not in {"GET", "HEAD"}:
        return False
    tags = parse_etags(header)
    return exists if tags.star_tag else tags.contains_weak(tag)


def not_modified(headers: Mapping[str, str]) -> Response:
    """Answer 304 with the headers that it must repeat (RFC 9110, 15.4.5)."""
    return Response(status_code=304, headers={name: value for name, value in headers.items() if name in _KEPT_BY_304})
