"""The answer while a worker writes it: a small one goes back in one message, a longer one to a file without a name.

The front reads the file while it grows, so that a client who reads slowly holds no worker, and closes it when the
client has it; then nothing is left of it, also when worker or front are killed.
"""

from __future__ import annotations

import errno
import os
import socket
import tempfile
from pathlib import Path
from time import monotonic
from typing import Final

from query_service.errors import AnswerTooLarge, NoSpace
from query_service.workers.wire import LONGEST_PACKET, send_done, send_progress, send_whole

__all__ = ["SpoolWriter"]

_PIECE: Final = 64 * 1024
#: Seconds after which what there is goes out, although a piece is not full: half of what may be held back.
_PATIENCE: Final = 0.025
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


class SpoolWriter:
    """Where a worker writes one answer.

    :param channel: to the front.
    :param folder: folder of the file.
    :param max_bytes: most bytes of the answer.
    """

    def __init__(self, channel: socket.socket, folder: Path, max_bytes: int) -> None:
        self._channel = channel
        self._folder = folder
        self._max_bytes = max_bytes
        self._pieces = bytearray()
        self._file: int | None = None
        self._written = 0
        self._flushed_at = 0.0

    def write(self, data: bytes) -> int:
        """Take a piece.

        :raises AnswerTooLarge: when the answer is longer than answers may be.
        :raises NoSpace: when the disk is full.
        """
        if not self._flushed_at:
            self._flushed_at = monotonic()
        self._pieces += data
        if self._written + len(self._pieces) > self._max_bytes:
            raise AnswerTooLarge(
                "The answer is too large.",
                expected=f"at most {self._max_bytes} bytes",
                mend="ask for less, e.g. with LIMIT; the whole dataset can be downloaded",
            )
        if len(self._pieces) >= _PIECE or monotonic() - self._flushed_at > _PATIENCE:
            self._spill()
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces go out by size and time."""

    def end(self) -> None:
        """Say that the answer is whole.

        :raises NoSpace: when the disk is full.
        """
        if self._file is None and len(self._pieces) < LONGEST_PACKET:
            send_whole(self._channel, bytes(self._pieces))
            return
        self._spill()
        send_done(self._channel, self._written)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _spill(self) -> None:
        handed_over = None
        try:
            if self._file is None:
                with tempfile.TemporaryFile(dir=self._folder, buffering=0) as file:
                    self._file = handed_over = os.dup(file.fileno())
            view = memoryview(self._pieces)
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            if error.errno in _FULL:
                raise NoSpace("There is no room for the answer now.", mend="try again later", retry_after=10) from None
            raise
        self._written += len(self._pieces)
        self._pieces = bytearray()
        self._flushed_at = monotonic()
        send_progress(self._channel, self._written, handed_over)
