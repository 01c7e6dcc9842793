"""The zygote as the front sees it: started, asked for workers, heard, and started again when it is lost."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
from typing import Final, NamedTuple, Protocol

from query_service.errors import NotReady
from query_service.workers.plan import Plan
from query_service.workers.wire import decode_error, pair_of_sockets, receive_message, send_message

__all__ = ["Begun", "Newborn", "Nursery", "NurseryEvents", "begin_zygote"]

_log = logging.getLogger(__name__)

_SECONDS_TO_START: Final = 120
_SECONDS_TO_END: Final = 5
#: Between a zygote that was lost and the next: doubled each time until one is ready.
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 5.0


class Newborn(NamedTuple):
    """A worker that was forked.

    :ivar number: of the process.
    :ivar channel: descriptor of our end of the conversation.
    :ivar process: descriptor of the process, which no other process can take over as it could a number.
    :ivar lifeline: descriptor of a pipe; the worker ends when this end is closed.
    """

    number: int
    channel: int
    process: int
    lifeline: int


class Begun(NamedTuple):
    """A zygote that was started; it ends when its conversation is closed.

    :ivar control: our end of the conversation.
    """

    process: subprocess.Popen[bytes]
    control: socket.socket


class NurseryEvents(Protocol):
    """Whoever wants workers."""

    def zygote_ready(self) -> None:
        """Workers can be asked for."""

    def zygote_lost(self) -> None:
        """The zygote was lost, and with it what it was asked for."""

    def worker_born(self, newborn: Newborn) -> None:
        """A worker that was asked for is there."""

    def worker_unborn(self) -> None:
        """A worker that was asked for could not be forked."""

    def worker_exited(self, number: int, status: int) -> None:
        """A worker has ended, with this status; below zero it is the signal that ended it."""


def begin_zygote(plan: Plan) -> Begun:
    """Start a zygote, which loads its store while others do something else."""
    ours, theirs = pair_of_sockets()
    with theirs:
        command = [sys.executable, "-m", "query_service.workers.zygote", str(theirs.fileno())]
        process = subprocess.Popen(  # noqa: S603 - our own module
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
        )
    send_message(ours, plan.as_message())
    return Begun(process, ours)


class Nursery:
    """One zygote after the other.

    :param plan: what they are told.
    :param events: who hears of workers.
    :param begun: the first zygote, if it was begun already, which saves the time of loading the store.
    :ivar prefixes: prefixes that the ontology declares.
    """

    def __init__(self, plan: Plan, events: NurseryEvents, begun: Begun | None = None) -> None:
        self._plan = plan
        self._begun = begun
        self._events = events
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready: asyncio.Future[None] | None = None
        self._written: asyncio.Future[bool] | None = None
        self._pause = _FIRST_PAUSE
        self._is_closed = False
        self.prefixes: dict[str, str] = {}

    async def start(self) -> None:
        """Start the first zygote, and wait until it is ready.

        :raises ServiceError: when the snapshot cannot be served.
        """
        self._loop = asyncio.get_running_loop()
        self._ready = self._loop.create_future()
        self._start_process()
        await asyncio.wait_for(self._ready, _SECONDS_TO_START)

    async def close(self) -> None:
        """End the zygote."""
        self._is_closed = True
        self._let_go()
        if self._process:
            await asyncio.to_thread(self._process.wait, _SECONDS_TO_END)

    @property
    def is_there(self) -> bool:
        """Whether there is a zygote to talk to."""
        return self._control is not None

    def ask_for_worker(self) -> bool:
        """Ask for one more worker; whether there is anybody to ask."""
        if self._control is None or self._is_closed:
            return False
        try:
            send_message(self._control, {"do": "fork"})
        except OSError:
            return False
        return True

    async def write(self, method: str, graph: str | None, format_key: str, body: bytes) -> bool:
        """Change the store from which workers are forked; whether the graph was there before.

        :raises ServiceError: when the body is not RDF, or there is no zygote.
        """
        if self._control is None:
            raise NotReady("The engine is being started.", retry_after=1)
        self._written = self._loop.create_future()
        beside = os.memfd_create("body")
        try:
            os.write(beside, body)
            message = {"do": "write", "method": method, "graph": graph, "format": format_key}
            send_message(self._control, message, [beside])
        finally:
            os.close(beside)
        return await self._written

    def _start_process(self) -> None:
        self._process, control = self._begun or begin_zygote(self._plan)
        self._begun = None
        control.setblocking(False)
        self._control = control
        self._loop.add_reader(control, self._hear, control)

    def _hear(self, control: socket.socket) -> None:
        while self._control is control:
            try:
                message = receive_message(control)
            except BlockingIOError:
                return
            except OSError:
                message = None
            if message is None:
                self._lose()
                return
            self._take_in(*message)

    def _take_in(self, message: dict[str, object], descriptors: list[int]) -> None:
        match message:
            case {"ready": {"prefixes": dict(prefixes)}}:
                self.prefixes, self._pause = prefixes, _FIRST_PAUSE
                if self._ready and not self._ready.done():
                    self._ready.set_result(None)
                self._events.zygote_ready()
            case {"born": int(number)}:
                self._events.worker_born(Newborn(number, *descriptors))
            case {"unborn": _}:
                self._events.worker_unborn()
            case {"exited": int(number), "status": int(status)}:
                self._events.worker_exited(number, status)
            case {"failed": dict(values)}:
                error = decode_error(values)
                _log.error("the zygote cannot start: %s", error)
                if self._ready and not self._ready.done():
                    self._ready.set_exception(error)
            case {"written": bool(existed)} if self._written:
                self._written.set_result(existed)
            case {"refused": dict(values)} if self._written:
                self._written.set_exception(decode_error(values))

    def _lose(self) -> None:
        self._let_go()
        if self._is_closed:
            return
        if self._ready and not self._ready.done():
            self._ready.set_exception(NotReady("The engine could not be started."))
        if self._ready and self._ready.exception():
            return
        _log.error("the zygote was lost; it is started again")
        if self._process:
            self._process.poll()
        self._loop.call_later(self._pause, self._start_again)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        self._events.zygote_lost()

    def _start_again(self) -> None:
        if not self._is_closed and self._control is None:
            self._start_process()

    def _let_go(self) -> None:
        if self._control:
            self._loop.remove_reader(self._control)
            self._control.close()
            self._control = None
        if self._written and not self._written.done():
            self._written.set_exception(NotReady("The engine was lost."))
