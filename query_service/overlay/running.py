"""Has files of own practices read by a process that is killed at its deadline, one file at a time."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from typing import Final

from pydantic import ValidationError

from query_service.errors import Busy, EngineFailure, TooLarge
from query_service.overlay.records import Checked, Work
from query_service.settings import ServiceSettings

__all__ = ["Runner"]

_log = logging.getLogger(__name__)

#: Time that somebody waits for a turn, and after which the next try may have one.
_PATIENCE: Final = 5
#: Status of :mod:`query_service.overlay.__main__` for too little memory; the kernel ends a process for it, too.
_OUT_OF_MEMORY: Final = frozenset({7, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT})


class Runner:
    """Reads files, one at a time.

    :param settings: limits.
    :ivar turn: held while a file is read.
    """

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self.turn = asyncio.Lock()

    async def check(self, work: Work, raw: bytes) -> Checked:
        """Read, check and compare a file.

        :raises Busy: when others' files are being read.
        :raises TooLarge: when it takes more time or memory than a file may.
        """
        try:
            await asyncio.wait_for(self.turn.acquire(), _PATIENCE)
        except TimeoutError:
            raise Busy(
                "Another file is being read.", mend="send the file again after some seconds", retry_after=_PATIENCE
            ) from None
        try:
            return await self._run(work, raw)
        finally:
            self.turn.release()

    async def _run(self, work: Work, raw: bytes) -> Checked:
        settings = self._settings
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "query_service.overlay",
            str(settings.upload_memory_bytes),
            str(settings.upload_seconds),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # it could quote the file
            start_new_session=True,  # a Ctrl-C for the service is not for this process: it ends with the task below
        )
        given = work.model_dump_json().encode() + b"\n" + raw
        try:
            told, _ = await asyncio.wait_for(process.communicate(given), settings.upload_seconds)
        except TimeoutError:
            raise _too_long(settings) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return _read(process.returncode, told, settings)


def _read(status: int | None, told: bytes, settings: ServiceSettings) -> Checked:
    if status == -signal.SIGXCPU:
        raise _too_long(settings)
    if status in _OUT_OF_MEMORY:
        raise TooLarge(
            "The file needs more memory than one file may take.",
            expected=f"at most {settings.upload_memory_bytes} bytes",
            mend="send fewer practices, or take pictures and formatting out of the workbook",
        )
    try:
        if status == 0:
            return Checked.model_validate_json(told)
    except ValidationError:
        pass
    _log.error("the process that reads files of own practices ended with status %s", status)
    raise EngineFailure("a file could not be read")


def _too_long(settings: ServiceSettings) -> TooLarge:
    return TooLarge(
        "The file takes longer than one file may.",
        expected=f"at most {settings.upload_seconds:g} seconds",
        mend="send fewer practices at a time",
    )
