"""Workers that leave after their last query, as they do in turn all the time."""

from __future__ import annotations

import asyncio
from pathlib import Path

from query_service.jobs import QueryJob
from query_service.media_types import FORMATS
from query_service.settings import ServiceSettings
from query_service.workers.plan import Plan
from query_service.workers.pool import PoolEvents, WorkerPool
from query_service.workers.spool import SpoolSpace
from tests.served import BASE, write_snapshot

_JSON = next(format_ for format_ in FORMATS if format_.key == "json")
_CLIENTS, _QUERIES = 4, 40


class _Seen(PoolEvents):
    def __init__(self) -> None:
        self.lost: list[str] = []

    def worker_lost(self, why: str) -> None:
        self.lost.append(why)

    def zygote_lost(self) -> None:
        self.lost.append("zygote")

    def query_done(self, client: str, seconds: float) -> None:
        """Not of interest."""


def test_a_worker_that_leaves_takes_no_query_with_it(tmp_path: Path) -> None:
    """Each leaves after two queries, so that many are given one that they do not see any more."""
    settings = ServiceSettings(workers=2)
    plan = Plan(
        snapshot=write_snapshot(tmp_path / "snapshot"),
        show_private=False,
        in_memory=True,
        query_seconds=settings.query_seconds,
        query_memory_bytes=settings.query_memory_bytes,
        max_answer_bytes=settings.max_answer_bytes,
        spool_dir=tmp_path,
        jobs_per_worker=2,
    )
    seen = _Seen()

    async def ask(pool: WorkerPool, client: str) -> int:
        answered = 0
        for number in range(_QUERIES):
            query = f"ASK {{ FILTER({number} < {_QUERIES}) }} # {client}"
            answer = pool.submit(QueryJob(query, _JSON, BASE, f"{BASE}v"), client, "pages")
            try:
                await answer.settle()
                answered += b"true" in await answer.read_all()
            finally:
                answer.close()
        return answered

    async def run() -> list[int]:
        pool = WorkerPool(plan, settings, SpoolSpace(settings.max_spool_bytes), seen)
        await pool.start()
        try:
            return await asyncio.gather(*(ask(pool, f"client {number}") for number in range(_CLIENTS)))
        finally:
            await pool.close()

    assert asyncio.run(run()) == [_QUERIES] * _CLIENTS
    assert "retired" in seen.lost
    assert set(seen.lost) == {"retired"}
