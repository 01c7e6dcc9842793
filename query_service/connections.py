"""Connections of clients who take their time: each is cut off that keeps the service waiting for longer than it may."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["protocol_with_patience"]

#: From here on httptools 0.9 takes no URL apart; uvicorn would tell of a request that is not valid.
_LONGEST_URL: Final = 65535
_LONGEST_PATH: Final = 8192


class _PatientProtocol(HttpToolsProtocol):
    """HTTP 1.1 in which the head of a request must arrive, and what is sent must be taken, within a time.

    The body of a request is awaited by whoever reads it. What uvicorn 0.54 does not limit itself is limited here.
    """

    seconds: float
    max_query_bytes: int

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # Neither empty lines before a request nor the rest of a body that nobody reads keep a connection for ever.
        is_idle = self.cycle is None or self.cycle.response_complete
        if is_idle and self.timeout_keep_alive_task is None and not self.transport.is_closing():
            self._await_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_url(self, url: bytes) -> None:
        # What is longer than it may be is seen to be so by its first byte too many.
        self.url = (self.url + url)[: _LONGEST_PATH + self.max_query_bytes + 2]

    def on_headers_complete(self) -> None:
        self._head_timer = _stop(self._head_timer)
        if len(self.url) < _LONGEST_URL:
            super().on_headers_complete()
            return
        path, _, query = self.url.partition(b"?")
        self.url = path[:_LONGEST_PATH]
        super().on_headers_complete()
        self.scope["query_string"] = query  # the application has not begun: its task runs after this callback

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._write_timer is None:
            self._write_timer = self.loop.call_later(self.seconds, self._cut_off)

    def resume_writing(self) -> None:
        self._write_timer = _stop(self._write_timer)
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        # What is still to be sent is sent before the connection closes, but not for ever.
        if self._write_timer is None and self.transport.get_write_buffer_size():
            self._write_timer = self.loop.call_later(self.seconds, self._cut_off)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_timer = _stop(self._head_timer)
        self._write_timer = _stop(self._write_timer)
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self.seconds, self._cut_off)

    def _cut_off(self) -> None:
        self.transport.abort()


def _stop(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """Stop a timer; gives what is to stand in its place."""
    if timer:
        timer.cancel()
    return None


def protocol_with_patience(seconds: float, max_query_bytes: int) -> type[asyncio.Protocol]:
    """The HTTP protocol for a server.

    :param seconds: longest time for the head of a request, and for a client to take what is sent.
    :param max_query_bytes: longest query string that the application reads; of a longer one it gets one byte more.
    """
    return type("PatientProtocol", (_PatientProtocol,), {"seconds": seconds, "max_query_bytes": max_query_bytes})
