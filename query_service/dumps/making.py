"""Dumps for the web: made once by a process of their own when they are first asked for, then read as plain files."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from query_service.dumps.listing import DumpEntry, read_listing
from query_service.dumps.records import CHECKSUMS, dumps_folder
from query_service.errors import NotReady
from query_service.generations import Generation
from query_service.snapshot import Snapshot

__all__ = ["DumpMaker"]

_log = logging.getLogger(__name__)


class DumpMaker:
    """Has dumps made, each only once however many ask.

    :param keep: takes tasks that must end with the service.
    """

    def __init__(self, keep: Callable[[asyncio.Task[None]], None]) -> None:
        self._keep = keep
        self._making: dict[Path, asyncio.Task[None]] = {}

    async def listing(self, generation: Generation) -> Sequence[DumpEntry]:
        """Files of a generation, which are made if they are not there; none where the snapshot does not say enough for them."""
        try:
            return list((await self.entries(generation.snapshot)).values())
        except NotReady as error:
            _log.warning("there are no dumps to list: %s", error)
            return []

    async def listing_at_hand(self, generation: Generation) -> Sequence[DumpEntry]:
        """The same, if they are there; they are made meanwhile if not, and nobody waits."""
        return list((await self.entries_at_hand(generation.snapshot)).values())

    async def entries(self, snapshot: Snapshot) -> dict[str, DumpEntry]:
        """Files of a snapshot by name.

        :raises NotReady: when they cannot be made.
        """
        folder = dumps_folder(snapshot)
        if not await run_in_threadpool((folder / CHECKSUMS).exists):
            await self._make(snapshot)
        return {entry.name: entry for entry in await run_in_threadpool(read_listing, folder)}

    async def entries_at_hand(self, snapshot: Snapshot) -> dict[str, DumpEntry]:
        """Files of a snapshot that are there already; if there are none, they are made meanwhile."""
        if await run_in_threadpool((dumps_folder(snapshot) / CHECKSUMS).exists):
            return await self.entries(snapshot)
        if snapshot.folder not in self._making:
            task = asyncio.ensure_future(self._make(snapshot))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return {}

    async def _make(self, snapshot: Snapshot) -> None:
        task = self._making.get(snapshot.folder)
        if task is None:
            task = self._making[snapshot.folder] = asyncio.create_task(_run(snapshot.folder))
            task.add_done_callback(lambda _: self._making.pop(snapshot.folder, None))
            self._keep(task)
        await asyncio.shield(task)


async def _run(folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "query_service.dumps",
        str(folder),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # a Ctrl-C for the service is not for this process: it ends with the task below
    )
    try:
        _, told = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        last = told.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise NotReady("The dumps could not be made.", found=last, mend="run `ipg export`, which says why")
