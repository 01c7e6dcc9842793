"""One request and its answer as ASGI messages: conditions, codings, whole answers and such that are still being written."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from query_service.answers import matches_tag
from query_service.compression import Encoder, choose_coding, encode_whole, make_encoder, refuses_identity
from query_service.errors import MalformedRequest, ServiceError, TooLarge
from query_service.settings import ServiceSettings
from query_service.workers.spool import Answer

__all__ = ["HOLD_BYTES", "Exchange", "read_body"]

#: Most bytes of an answer, and seconds, that are held back before the status goes out.
HOLD_BYTES: Final = 1024**2
_HOLD_SECONDS: Final = 0.05
#: Whether a client has left is looked after only where there is time to save.
_SECONDS_BEFORE_WATCHING: Final = 0.02
# Any cache may keep it, and asks each time whether the dataset has changed; the entity tag makes that cheap.
_REVALIDATED: Final = "public, no-cache"
_ONLY_WITH_CONTENT: Final = frozenset({"Content-Type", "Content-Length"})


class Exchange:
    """One request and its answer.

    :param version: dataset version.
    :param content_type: of the answer.
    :param tag: entity tag of the answer as it is, without a coding; none where answers differ each time.
    :ivar coding: content coding that the client takes.
    :ivar headers: headers of the answer so far.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, version: str, content_type: str, tag: str | None) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._tag = tag
        asked = Headers(scope=scope)
        self._known = asked.get("if-none-match") if scope["method"] in {"GET", "HEAD"} else None
        # A client of HTTP 1.0 knows the end of an answer only by its length.
        self._is_old = scope["http_version"] == "1.0"
        accepted = asked.get("accept-encoding")
        self.coding = choose_coding(accepted)
        self._must_encode = refuses_identity(accepted)
        self.headers = {
            "IPG-Dataset-Version": version,
            "Content-Type": content_type,
            "Cache-Control": _REVALIDATED if tag else "no-store",
        }

    def announce(self, max_rows: int | None, url: str) -> None:
        """Say that answers with more rows than this are refused."""
        if max_rows is not None:
            self.headers["IPG-Max-Rows"] = str(max_rows)
            self.headers["Link"] = f'<{url}?format=ttl>; rel="service-desc"; title="at most {max_rows} rows"'

    def is_known(self, *, exists: bool) -> bool:
        """Whether the client has this answer already (RFC 9110, 13.1.2).

        :param exists: whether the answer is known to exist; ``*`` matches only then.
        """
        if self._tag is None or self._known is None:
            return False
        codings = [self.coding, None] if self.coding else [None]
        known = [coding for coding in codings if matches_tag(self._known, self._tag_of(coding), exists=exists)]
        if known:
            self.headers["ETag"] = f'"{self._tag_of(known[0])}"'
        return bool(known)

    async def settle(self, answer: Answer) -> None:
        """Wait until the status can go out.

        :raises ServiceError: when there will be no answer, or nobody waits for it.
        """
        hold: tuple[int | None, float | None] = (None, None) if self._is_old else (HOLD_BYTES, _HOLD_SECONDS)
        if not await answer.settle(hold[0], hold[1], _SECONDS_BEFORE_WATCHING):
            await self._unless_gone(answer.settle(*hold))

    async def _unless_gone(self, doing: Coroutine[Any, Any, object]) -> None:
        """Do something while the client is there.

        :raises MalformedRequest: when it leaves before that is done.
        """
        done, gone = asyncio.ensure_future(doing), asyncio.ensure_future(self._leave())
        try:
            await asyncio.wait({done, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not done.done():
                raise MalformedRequest("The client did not wait for the answer.")
            done.result()
        finally:
            done.cancel()
            gone.cancel()
            await asyncio.gather(done, gone, return_exceptions=True)

    async def _leave(self) -> None:
        """Wait until the client is gone."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def send_not_modified(self) -> None:
        """Answer 304 (RFC 9110, 15.4.5)."""
        await self._start(304, without=_ONLY_WITH_CONTENT)
        await self._send({"type": "http.response.body", "body": b""})

    async def send_whole(self, body: bytes, coding: str | None) -> None:
        """Send a whole answer that is in this coding."""
        self._set_coding(coding)
        self.headers["Content-Length"] = str(len(body))
        await self._start(200)
        await self._send({"type": "http.response.body", "body": body})

    def encode(self, body: bytes) -> bytes | None:
        """A whole answer in the coding that the client takes; none where it is sent as it is."""
        return encode_whole(self.coding, body, always=self._must_encode)

    async def send_plain(self, body: bytes) -> None:
        """Send a whole answer, in the coding that the client takes where that is worth it."""
        encoded = await run_in_threadpool(self.encode, body)
        await self.send_whole(body if encoded is None else encoded, None if encoded is None else self.coding)

    async def send_pieces(self, answer: Answer) -> None:
        """Send an answer as it is written; one that breaks off is left without its end."""
        coding = None if self._is_old else self.coding  # whose length is not known before it is coded
        encoder = make_encoder(coding) if coding else None
        self._set_coding(coding)
        if answer.is_whole and encoder is None:
            self.headers["Content-Length"] = str(answer.size)
        await self._start(200)
        if self._scope["method"] != "HEAD":
            try:
                await self._unless_gone(self._send_all(answer, encoder))
            except ServiceError:
                return  # without a last message the server closes the connection: the client sees that it is cut off
        await self._send({"type": "http.response.body", "body": encoder.finish() if encoder else b""})

    async def _send_all(self, answer: Answer, encoder: Encoder | None) -> None:
        async for piece in answer.pieces():
            body = await _encode(encoder, piece)
            await self._send({"type": "http.response.body", "body": body, "more_body": True})

    def _tag_of(self, coding: str | None) -> str:
        return f"{self._tag}-{coding}" if coding else str(self._tag)

    def _set_coding(self, coding: str | None) -> None:
        if coding:
            self.headers["Content-Encoding"] = coding
        if self._tag:
            self.headers["ETag"] = f'"{self._tag_of(coding)}"'

    async def _start(self, status: int, without: Collection[str] = ()) -> None:
        headers = [
            (name.lower().encode(), value.encode("latin-1")) for name, value in self.headers.items() if name not in without
        ]
        await self._send({"type": "http.response.start", "status": status, "headers": headers})


async def _encode(encoder: Encoder | None, piece: bytes) -> bytes:
    return piece if encoder is None else await run_in_threadpool(encoder.encode, piece)


async def read_body(receive: Receive, settings: ServiceSettings) -> bytes:
    """Body of a request.

    :raises MalformedRequest: when it ends early or does not arrive in time.
    :raises TooLarge: when it is longer than the service reads.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(settings.client_seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise MalformedRequest("The request ended before its body did.")
                body += message.get("body", b"")
                if len(body) > settings.max_body_bytes:
                    raise TooLarge(
                        "The request body is too long.",
                        expected=f"at most {settings.max_body_bytes} bytes",
                        mend="split the query, or raise IPG_MAX_BODY_BYTES",
                    )
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise MalformedRequest("The body of the request did not arrive in time.") from None
