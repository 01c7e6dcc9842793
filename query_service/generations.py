"""Which snapshot answers: the one in service, taken up anew when it changes, and older ones that are asked for by version.

A change loses no request: the new workers are ready before they are asked, and the old ones finish what they have.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from query_service.errors import NotReady, ServiceError, SnapshotUnusable, UnknownVersion
from query_service.metrics import Metrics
from query_service.settings import ServiceSettings
from query_service.snapshot import GraphEntry, Snapshot, read_snapshot
from query_service.workers.nursery import Begun
from query_service.workers.plan import plan_of
from query_service.workers.pool import PoolEvents, WorkerPool
from query_service.workers.spool import SpoolSpace

__all__ = ["Generation", "Generations"]

_log = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS: Final = 1.0


class Generation:
    """A snapshot and the workers that answer over it.

    :param snapshot: the snapshot.
    :param pool: its workers.
    :param address: URL of the service.
    """

    def __init__(self, snapshot: Snapshot, pool: WorkerPool, address: str, *, show_private: bool) -> None:
        self.snapshot = snapshot
        self.pool = pool
        self._address = address
        hidden = frozenset() if show_private else snapshot.private_graphs
        #: Graphs that can be queried.
        self.graphs: tuple[GraphEntry, ...] = tuple(
            graph for graph in snapshot.manifest.graphs.values() if graph.iri not in hidden
        )
        self._edits = 0

    @property
    def version(self) -> str:
        """Version of the dataset, as every answer carries it; edits in test mode are counted behind it."""
        return f"{self.snapshot.version}.{self._edits}" if self._edits else self.snapshot.version

    @property
    def link(self) -> str:
        """URL of the dataset version."""
        return f"{self._address}/snapshot/{self.version}"

    def count_edit(self) -> None:
        """Note that the dataset was changed, which happens in test mode only."""
        self._edits += 1

    async def close(self) -> None:
        """End the workers once they have finished what they have."""
        await self.pool.drain()
        await self.pool.close()


class Generations:
    """The generation in service, and those of pinned versions.

    :param settings: settings of the service.
    :param where: the snapshot in service, or a link to it that may be pointed elsewhere.
    :param begun: a zygote over that snapshot, if it was begun already.
    """

    def __init__(
        self,
        settings: ServiceSettings,
        where: Path,
        metrics: Metrics,
        charge: Callable[[str, float], None],
        begun: Begun | None = None,
    ) -> None:
        self._settings = settings
        self._where = where
        self._begun = begun
        self._metrics = metrics
        self._events = _Events(metrics, charge)
        self.space = SpoolSpace(settings.max_spool_bytes)
        self._current: Generation | None = None
        self._pinned: OrderedDict[str, asyncio.Task[Generation]] = OrderedDict()
        self._watching: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._refused: Path | None = None

    async def start(self) -> None:
        """Start the generation in service, and watch for the next.

        :raises SnapshotUnusable: when the snapshot cannot be served.
        """
        self._current = await self._make(read_snapshot(self._where))
        self._metrics.serve_version(self._current.version)
        self._watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """End all workers."""
        if self._watching:
            self._watching.cancel()
        pinned = [task.result() for task in self._pinned.values() if task.done() and not task.exception()]
        for generation in [*pinned, *([self._current] if self._current else [])]:
            await generation.pool.close()
        ending = list(self._closing)
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def current(self) -> Generation:
        """The generation in service.

        :raises NotReady: before the start.
        """
        if self._current is None:
            raise NotReady("The service is being started.", retry_after=1)
        return self._current

    @property
    def version(self) -> str:
        """Version of the dataset in service."""
        return self._current.version if self._current else ""

    @property
    def waiting(self) -> int:
        """Queries that wait for a worker."""
        return self._current.pool.waiting if self._current else 0

    @property
    def at_work(self) -> int:
        """Queries that are being answered."""
        return self._current.pool.at_work if self._current else 0

    async def pinned(self, version: str) -> Generation:
        """The generation of a version.

        :raises UnknownVersion: when there is none.
        :raises SnapshotUnusable: when it cannot be served.
        """
        current = await self.current()
        if version in {current.version, current.snapshot.version}:
            return current
        task = self._pinned.get(version)
        if task is None:
            snapshot = self.find(version)
            task = self._pinned[version] = asyncio.create_task(self._make(snapshot))
            while len(self._pinned) > max(1, self._settings.pinned_versions):
                self._retire_later(self._pinned.popitem(last=False)[1])
        self._pinned.move_to_end(version)
        try:
            return await asyncio.shield(task)
        except ServiceError:
            self._pinned.pop(version, None)
            raise

    def find(self, version: str) -> Snapshot:
        """A snapshot that is held here, by its version.

        :raises UnknownVersion: when there is none.
        """
        for folder in sorted(self._where.resolve().parent.glob("*/manifest.json")):
            try:
                snapshot = read_snapshot(folder.parent)
            except SnapshotUnusable:
                continue
            if snapshot.version == version:
                return snapshot
        raise UnknownVersion(
            f"There is no version {version}.", found=version, mend=f"the version in service is {self.version}, at /sparql"
        )

    async def _make(self, snapshot: Snapshot) -> Generation:
        settings = self._settings
        begun, self._begun = self._begun, None
        pool = WorkerPool(plan_of(settings, snapshot), settings, self.space, self._events, begun)
        try:
            await pool.start()
        except ServiceError:
            await pool.close()
            raise
        return Generation(snapshot, pool, settings.address, show_private=settings.shows_private)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            try:
                await self._look()
            except Exception:  # noqa: BLE001 - the one in service goes on
                _log.exception("the new snapshot was not taken up")

    async def _look(self) -> None:
        """Take up the snapshot in service if it is another one."""
        current = await self.current()
        folder = self._where.resolve()
        if folder in {current.snapshot.folder, self._refused}:
            return
        try:
            following = await self._make(read_snapshot(self._where))
        except ServiceError as error:
            _log.error("the snapshot %s cannot be served, the one before goes on: %s", folder, error)
            if isinstance(error, SnapshotUnusable):  # else it may go better the next time
                self._refused = folder
            self._metrics.swap("refused")
            return
        self._current = following
        self._metrics.serve_version(following.version)
        self._metrics.swap("taken-up")
        self._close_later(current)

    def keep(self, task: asyncio.Task[None]) -> None:
        """Have something end with the service, if it does not end before."""
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _close_later(self, generation: Generation) -> None:
        self.keep(asyncio.create_task(generation.close()))

    def _retire_later(self, task: asyncio.Task[Generation]) -> None:
        def retire(done: asyncio.Task[Generation]) -> None:
            if not done.cancelled() and not done.exception():
                self._close_later(done.result())

        task.add_done_callback(retire)


class _Events(PoolEvents):
    def __init__(self, metrics: Metrics, charge: Callable[[str, float], None]) -> None:
        self._metrics = metrics
        self._charge = charge

    def worker_lost(self, why: str) -> None:
        self._metrics.worker_lost(why)

    def zygote_lost(self) -> None:
        self._metrics.zygote_lost()

    def query_done(self, client: str, seconds: float) -> None:
        self._charge(client, seconds)
        self._metrics.query_done(seconds)
