"""An answer as the front sees it: being written by a worker, whole, or failed.

Bytes that are in its file may be read while it grows; none of them is an answer before all of them are there, and a
reader learns by an error when that will never be.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from time import monotonic
from typing import Final

from starlette.concurrency import run_in_threadpool

from query_service.errors import NoSpace, ServiceError

__all__ = ["Answer", "SpoolSpace"]

_PIECE: Final = 256 * 1024


class SpoolSpace:
    """Room on disk for all answers that are being read or kept.

    :param most: bytes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.used = 0

    def take(self, size: int) -> bool:
        """Take room; whether there was enough."""
        if self.used + size > self._most:
            return False
        self.used += size
        return True

    def give_back(self, size: int) -> None:
        """Give room back."""
        self.used -= size


class Answer:
    """One answer, written once and read by any number of clients.

    :param space: room on disk, from which its file takes.
    :param abandon: called when nobody wants the answer any more before it is whole.
    """

    __slots__ = (
        "_abandon",
        "_begun_at",
        "_file",
        "_readers",
        "_space",
        "_then",
        "_waiters",
        "body",
        "error",
        "is_committed",
        "is_whole",
        "size",
    )

    def __init__(self, space: SpoolSpace, abandon: Callable[[], None]) -> None:
        self._space = space
        self._abandon = abandon
        self._file: int | None = None
        self._waiters: list[asyncio.Future[None]] = []
        self._readers = 1
        self._then: Callable[[], object] | None = None
        self._begun_at: float | None = None
        self.body = b""
        self.size = 0
        self.is_whole = False
        self.error: ServiceError | None = None
        #: Set once a client has been told a status: from then on the answer can only go on or break off.
        self.is_committed = False

    @classmethod
    def of(cls, body: bytes) -> Answer:
        """A whole answer."""
        answer = cls(_NO_SPACE, _do_nothing)
        answer.put_whole(body)
        return answer

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come: the answer is whole, has failed, or nobody wants it."""
        return self.is_whole or self.error is not None or self._readers <= 0

    def when_over(self, then: Callable[[], object]) -> None:
        """Have something done once the answer is over."""
        self._then = then

    @property
    def on_disk(self) -> bool:
        """Whether the answer lies in a file."""
        return self._file is not None

    # Written by the pool ------------------------------------------------------------------------------------------

    def put_whole(self, body: bytes) -> None:
        """Take a whole answer."""
        self.body, self.size, self.is_whole = body, len(body), True
        self._end()

    def put_progress(self, written: int, file: int | None) -> bool:
        """Learn how much of the answer is in its file; whether there is room for it."""
        if file is not None:
            self._file = file
        has_room = self._space.take(written - self.size)
        if has_room:
            self.size = written
        if self._begun_at is None:
            self._begun_at = monotonic()
        self._tell()
        return has_room

    def put_done(self) -> None:
        """Learn that the file is whole."""
        self.is_whole = True
        self._end()

    def put_error(self, error: ServiceError) -> None:
        """Learn that there will be no answer."""
        self.error = error
        self._end()

    def begin_again(self) -> None:
        """Forget what a lost worker had written; only before a client was told a status."""
        self._release()
        self._begun_at = None

    # Read by the endpoint -----------------------------------------------------------------------------------------

    async def settle(
        self, hold_bytes: int | None = None, hold_seconds: float | None = None, patience: float | None = None
    ) -> bool:
        """Wait until the status can go out: the answer is whole, or more of it is there than is to be held back.

        :param hold_bytes: most bytes held back; none to wait for the whole answer, as for the seconds.
        :param hold_seconds: most seconds since its first bytes.
        :param patience: most seconds to wait; none sets no limit.
        :return: whether it can, which is true unless patience ended.
        :raises ServiceError: when there will be no answer.
        """
        give_up = None if patience is None else monotonic() + patience
        while not self.is_whole and (hold_bytes is None or self.size <= hold_bytes):
            self._raise_error()
            held_until = None if self._begun_at is None or hold_seconds is None else self._begun_at + hold_seconds
            now = monotonic()
            if held_until is not None and now >= held_until:
                break
            if give_up is not None and now >= give_up:
                return False
            ends = [end - now for end in (held_until, give_up) if end is not None]
            await self._change(min(ends) if ends else None)
        self._raise_error()
        return True

    async def _change(self, seconds: float | None = None) -> None:
        """Wait until something changes, or for some time. A future costs a tenth of a task with a time-out."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        self._waiters.append(waiter)
        timer = None if seconds is None else loop.call_later(seconds, _wake, waiter)
        try:
            await waiter
        finally:
            if timer:
                timer.cancel()
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    def _tell(self) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            _wake(waiter)

    async def read_all(self) -> bytes:
        """The answer, when it is whole."""
        if self._file is None:
            return self.body
        return await run_in_threadpool(os.pread, self._file, self.size, 0)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The answer, piece by piece, as it is written.

        :raises ServiceError: when the rest will never come; what was read is no answer then.
        """
        if self._file is None and self.is_whole:
            yield self.body
            return
        place = 0
        while True:
            self._raise_error()
            if place < self.size and self._file is not None:
                piece = await run_in_threadpool(os.pread, self._file, min(_PIECE, self.size - place), place)
                if not piece:
                    raise NoSpace("A part of the answer is missing.")
                place += len(piece)
                yield piece
            elif self.is_whole:
                return
            else:
                await self._change()

    def keep(self) -> Answer:
        """Another reader."""
        self._readers += 1
        return self

    def close(self) -> None:
        """One reader less; without any, nothing of the answer is left."""
        self._readers -= 1
        if self._readers > 0:
            return
        if not self.is_whole and self.error is None:
            self._abandon()
        self._end()
        self._release()
        self.body = b""

    def _end(self) -> None:
        self._tell()
        # Answers are kept by the thousand: none may keep its query as well.
        self._abandon = _do_nothing
        then, self._then = self._then, None
        if then:
            then()

    def _release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._space.give_back(self.size)
            self._file = None
        self.size = 0

    def _raise_error(self) -> None:
        if self.error:
            raise self.error


def _do_nothing() -> None:
    """Whoever wrote the answer need not be told."""


_NO_SPACE: Final = SpoolSpace(0)


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
