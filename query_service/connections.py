"""Connections of clients who take their time: each is cut off that keeps the service waiting for longer than it may."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["protocol_with_patience"]


class _PatientProtocol(HttpToolsProtocol):
    """HTTP 1.1 in which the head of a request must arrive, and what is sent must be taken, within a time.

    The body of a request is awaited by whoever reads it. What uvicorn 0.54 does not limit itself is limited here.
    """

    seconds: float

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

    def on_headers_complete(self) -> None:
        self._head_timer = _stop(self._head_timer)
        super().on_headers_complete()

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


def protocol_with_patience(seconds: float) -> type[asyncio.Protocol]:
    """The HTTP protocol for a server.

    :param seconds: longest time for the head of a request, and for a client to take what is sent.
    """
    return type("PatientProtocol", (_PatientProtocol,), {"seconds": seconds})
