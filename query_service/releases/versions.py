"""Versions of the dataset: which were published, which were withdrawn, which are held here, and what left the graph."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from query_service.errors import ServiceError, UnknownVersion, VersionNotHeld, Withdrawn
from query_service.generations import Generation, Generations
from query_service.history import Departure
from query_service.releases.history import History, Release, read_history
from query_service.snapshot import Snapshot

__all__ = ["Versions"]

_log = logging.getLogger(__name__)

_Signature = tuple[tuple[str, int, int], ...]


class Versions:
    """The ledger of releases beside the snapshots that are here.

    :param folder: the ledger; none where nothing is ever published.
    """

    def __init__(self, folder: Path | None, generations: Generations) -> None:
        self._folder = folder
        self._generations = generations
        self._history: History | None = None
        self._signature: _Signature = ()
        self._reading = asyncio.Lock()

    async def history(self) -> History:
        """All releases; a release that is published while the service runs is taken up.

        :raises LedgerUnusable: when the ledger cannot be read, and never could.
        """
        signature = await run_in_threadpool(_sign, self._folder)
        async with self._reading:
            if self._history is None or signature != self._signature:
                await self._read(signature)
            return self._history or History()

    async def _read(self, signature: _Signature) -> None:
        try:
            self._history = await run_in_threadpool(read_history, self._folder)
        except ServiceError:
            if self._history is None:
                raise
            _log.exception("the ledger of releases is no longer usable; what was read before goes on")
        self._signature = signature

    async def published(self, version: str, /) -> datetime | None:
        """When a version was published last; none where that is not recorded."""
        release = (await self.history()).of_version(version)
        return release.record.published if release else None

    async def departure(self, iri: str, /) -> Departure | None:
        """Since when and why an item is no longer in the graph; none for one that is, or that never was.

        :param iri: of the item, below the base of the snapshot in service.
        """
        history = await self.history()
        if not history.releases:
            return None
        base = (await self._generations.current()).snapshot.manifest.base
        shipped = history.releases[-1].record.base
        gone = history.departures.get(shipped + iri.removeprefix(base) if iri.startswith(base) else iri)
        return Departure(gone.version, gone.published, gone.reason) if gone else None

    async def pinned(self, version: str) -> Generation:
        """The generation of a version, for queries.

        :raises UnknownVersion: when there never was one.
        :raises Withdrawn: when it is no longer published; says why.
        :raises VersionNotHeld: when it was published, and is not on this machine.
        """
        release = await self.release(version)
        try:
            return await self._generations.pinned(version)
        except UnknownVersion as error:
            raise _not_held(release) if release else error from None

    async def snapshot(self, version: str) -> Snapshot:
        """The snapshot of a version; raises what :meth:`pinned` raises."""
        release = await self.release(version)
        current = await self._generations.current()
        if version == current.snapshot.version:
            return current.snapshot
        try:
            return await run_in_threadpool(self._generations.find, version)
        except UnknownVersion as error:
            raise _not_held(release) if release else error from None

    async def release(self, version: str) -> Release | None:
        """The last release of a version, if it was published.

        :raises Withdrawn: when it is no longer published.
        """
        release = (await self.history()).of_version(version)
        if release and (told := release.record.withdrawn):
            raise Withdrawn(
                f"Version {version} was withdrawn on {told.on.date().isoformat()}: {told.reason}",
                found=version,
                mend="the versions that are published are listed in /feed.atom",
            )
        return release


def _not_held(release: Release) -> VersionNotHeld:
    record = release.record
    return VersionNotHeld(
        f"Version {record.version} was published on {record.published.date().isoformat()} and is not held on this machine.",
        found=record.version,
        mend=f"who runs the service can bring it back: `ipg publish --restore {record.version}`; its items stand in /ldes",
    )


def _sign(folder: Path | None) -> _Signature:
    """What changes whenever a file of the ledger does."""
    files = sorted(folder.glob("[0-9]*/*")) if folder else []
    return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
