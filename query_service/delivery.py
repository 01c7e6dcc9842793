"""A whole document sent as one answer: conditions, codings and what is kept, for all routes that make documents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from query_service.answering import Answering
from query_service.compression import encode_whole
from query_service.exchange import Exchange
from query_service.workers.spool import Answer

__all__ = ["LONG", "Asked", "Document", "deliver", "redirect"]

#: For what never changes at its address but with the dataset: any cache may keep it for a day.
LONG: Final = "public, max-age=86400"


class Asked(NamedTuple):
    """A request as the server passes it."""

    scope: Scope
    receive: Receive
    send: Send

    @property
    def headers(self) -> Headers:
        """Its headers."""
        return Headers(scope=self.scope)

    @property
    def accept(self) -> str | None:
        """All its ``Accept`` headers as one; none where there is none."""
        return ", ".join(self.headers.getlist("accept")) or None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Parameters of its query string, in order, empty ones too."""
        return parse_qsl(self.scope["query_string"].decode("utf-8", "replace"), keep_blank_values=True)

    @property
    def path(self) -> str:
        """Its path as it was sent, without the slash before it."""
        raw = self.scope.get("raw_path") or self.scope["path"].encode()
        return str(raw.decode("latin-1")).removeprefix("/")


@dataclass(frozen=True)
class Document:
    """What is to be sent.

    :param content_type: value of ``Content-Type``.
    :param tag: strong entity tag, of everything that decides its bytes.
    :param make: makes its bytes.
    :param headers: further headers.
    :param changed: since when it is as it is; none where that is not known.
    """

    content_type: str
    tag: str
    make: Callable[[], Awaitable[bytes]]
    headers: Mapping[str, str] = field(default_factory=dict)
    changed: datetime | None = None


async def deliver(asked: Asked, answering: Answering, version: str, document: Document) -> None:
    """Answer a request with a document, or with 304 where the client has it.

    :raises ServiceError: when it cannot be made; nothing has been sent then.
    """
    exchange = Exchange(*asked, version, document.content_type, document.tag)
    exchange.headers |= document.headers
    if document.changed:
        exchange.headers["Last-Modified"] = format_datetime(document.changed.astimezone(UTC), usegmt=True)
    if exchange.is_known(exists=False):
        await exchange.send_not_modified()
        return
    body = await _made(answering, document)
    if exchange.is_known(exists=True) or _is_unchanged(asked.headers, document.changed):
        exchange.headers.setdefault("ETag", f'"{document.tag}"')
        await exchange.send_not_modified()
        return
    encoded = await _encoded(answering, document.tag, exchange.coding, body)
    await exchange.send_whole(body if encoded is None else encoded, None if encoded is None else exchange.coding)


async def redirect(asked: Asked, version: str, location: str, headers: Mapping[str, str]) -> None:
    """Answer 303 (RFC 9110, 15.4.4): what was asked for is no document, and another address has one on it."""
    sent = {"Location": location, "Content-Length": "0", "Cache-Control": "public, no-cache", "IPG-Dataset-Version": version}
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in (sent | {**headers}).items()]
    await asked.send({"type": "http.response.start", "status": 303, "headers": raw})
    await asked.send({"type": "http.response.body", "body": b""})


async def _made(answering: Answering, document: Document) -> bytes:
    if kept := answering.cache.get(document.tag):
        answer = kept.keep()
        try:
            return await answer.read_all()
        finally:
            answer.close()
    body = await document.make()
    answering.cache.put(document.tag, Answer.of(body))
    return body


async def _encoded(answering: Answering, tag: str, coding: str | None, body: bytes) -> bytes | None:
    key = f"{tag}-{coding}"
    if kept := answering.cache.get(key):
        return kept.body
    encoded = await run_in_threadpool(encode_whole, coding, body)
    if encoded is not None:
        answering.cache.put(key, Answer.of(encoded))
    return encoded


def _is_unchanged(headers: Headers, changed: datetime | None) -> bool:
    """Whether ``If-Modified-Since`` says that the client has this; ``If-None-Match`` goes before it (RFC 9110, 13.1.3)."""
    since = headers.get("if-modified-since")
    if changed is None or since is None or "if-none-match" in headers:
        return False
    try:
        told = parsedate_to_datetime(since)
    except ValueError:
        return False
    return told.tzinfo is not None and changed.replace(microsecond=0) <= told
