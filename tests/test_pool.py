"""Workers that are killed, crash or hang, zygotes that are lost: no request is, and nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from query_service.errors import MemoryExceeded, NotReady, QueryTooComplex, QueueFull
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS
from query_service.settings import ServiceSettings
from query_service.workers.plan import Plan
from query_service.workers.pool import WorkerPool
from query_service.workers.spool import SpoolSpace
from tests.front import ENDLESS, Front, begins_and_never_ends, front, numbers, request, sent_by_hand, wait_until
from tests.served import write_snapshot

NESTED = "SELECT ({}1{} AS ?x) {{}}".format("(" * 10_000, ")" * 10_000)
_THIRD = f"VALUES ?a {{ {numbers(60)} }} VALUES ?b {{ {numbers(60)} }} VALUES ?c {{ {numbers(60)} }}"
#: Some tenths of a second of work.
SOME_WORK = f"SELECT (COUNT(*) + {{mark}} AS ?n) {{{{ {_THIRD.replace('{', '{{').replace('}', '}}')} }}}}"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the small snapshot."""
    return write_snapshot(tmp_path_factory.mktemp("pool") / "snapshot")


@pytest.fixture
def served(snapshot: Path) -> Iterator[Front]:
    """A service of its own for each test, since they do it harm."""
    with front(snapshot, query_seconds=20, workers=3, workers_per_client=3, max_queue=500, cache_bytes=0) as running:
        yield running


def under_load(served: Front, harm: Callable[[], None], requests: int = 90) -> list[httpx.Response]:
    """Ask many questions, do harm once some are answered, and give the answers."""
    with ThreadPoolExecutor(8) as clients:
        asked = [clients.submit(served.ask, SOME_WORK.format(mark=mark)) for mark in range(requests)]
        wait_until(asked[requests // 6].done, "the first answers")
        harm()
        return [answer.result() for answer in asked]


def check_all(answers: list[httpx.Response]) -> None:
    assert [(answer.status_code, answer.text) for answer in answers] == [
        (200, f"n\r\n{60**3 + mark}\r\n") for mark in range(len(answers))
    ]


def test_workers_killed_under_load_lose_no_request(served: Front) -> None:
    def harm() -> None:
        # While the front is stopped, or it would give work to the next before that is killed too.
        os.kill(served.process.pid, signal.SIGSTOP)
        subprocess.run(["kill", "-9", *map(str, served.workers())], check=False, stderr=subprocess.DEVNULL)
        os.kill(served.process.pid, signal.SIGCONT)

    check_all(under_load(served, harm))
    assert served.figure("ipg_workers_lost_total") >= 3
    assert served.process.poll() is None


def test_a_zygote_killed_under_load_loses_no_request(served: Front) -> None:
    (lost,) = served.zygotes()

    def harm() -> None:
        os.kill(lost, signal.SIGKILL)

    check_all(under_load(served, harm))
    wait_until(lambda: served.zygotes() not in ([], [lost]), "another zygote")
    assert served.figure("ipg_zygotes_lost_total") == 1
    assert served.ask("ASK {}").text == "true"


def test_readiness_tells_when_all_engines_are_gone_and_when_they_are_back(served: Front) -> None:
    (zygote,) = served.zygotes()
    workers = served.workers()
    os.kill(zygote, signal.SIGSTOP)  # so that it does not replace them before it is lost
    for worker in workers:
        os.kill(worker, signal.SIGKILL)

    def readiness() -> int:
        return httpx.get(f"{served.address}/readyz", timeout=30).status_code

    wait_until(lambda: readiness() == 503, "readiness to be lost")
    os.kill(zygote, signal.SIGKILL)
    wait_until(lambda: readiness() == 200, "readiness to be found")
    assert httpx.get(f"{served.address}/healthz").status_code == 200
    assert served.ask("ASK {}").text == "true"


def test_a_query_that_is_retried_waits_no_longer_than_others(snapshot: Path) -> None:
    with front(snapshot, query_seconds=2, workers=1) as served, ThreadPoolExecutor(1) as clients:
        asked = clients.submit(served.ask, ENDLESS)
        wait_until(served.busy_workers, "the query to be at work")
        (zygote,) = served.zygotes()
        workers = served.workers()
        os.kill(zygote, signal.SIGSTOP)  # nobody will ever take up the query
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        answer = asked.result(timeout=60)
        os.kill(zygote, signal.SIGKILL)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0


def test_a_query_whose_client_left_is_not_retried(served: Front) -> None:
    (zygote,) = served.zygotes()
    with sent_by_hand(served.port, ENDLESS):
        wait_until(served.busy_workers, "the query to be at work")
        workers = served.workers()
        os.kill(zygote, signal.SIGSTOP)  # so that the front does not learn yet why the worker is gone
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        wait_until(lambda: served.figure("ipg_queries_at_work") == 0, "the front to notice")
    time.sleep(1)  # the front decides after half a second
    os.kill(zygote, signal.SIGCONT)
    wait_until(lambda: served.figure("ipg_workers_lost_total", why="outside") >= 1, "the loss to be noted")
    wait_until(lambda: len(served.workers()) == 5, "other workers")
    assert not served.busy_workers()
    assert served.figure("ipg_spool_bytes") == 0


def test_a_client_who_leaves_ends_the_work(served: Front) -> None:
    with served.client() as client, pytest.raises(httpx.ReadTimeout):
        client.post("/sparql", data={"query": ENDLESS}, timeout=1)
    wait_until(lambda: served.figure("ipg_workers_lost_total", why="abandoned") == 1, "the work to be ended")
    wait_until(lambda: not served.busy_workers(), "nothing to be at work", 5)


def test_a_client_who_leaves_an_answer_half_read_ends_the_work(served: Front) -> None:
    with served.client() as client, client.stream("POST", "/sparql", data={"query": begins_and_never_ends()}) as answer:
        pieces = answer.iter_raw()  # the answer is closed when this is forgotten
        assert next(pieces)
        wait_until(served.busy_workers, "the query to be at work")
    wait_until(lambda: served.figure("ipg_workers_lost_total", why="abandoned") == 1, "the work to be ended", 10)
    wait_until(lambda: served.spool_files() == 0, "the file to be gone")
    assert served.figure("ipg_spool_bytes") == 0


def test_readiness_is_not_lost_while_all_workers_are_busy(snapshot: Path) -> None:
    with (
        front(snapshot, query_seconds=9, workers=1, workers_per_client=1, max_queue=0) as served,
        ThreadPoolExecutor(12) as clients,
    ):
        asked = clients.submit(served.ask, ENDLESS)
        wait_until(served.busy_workers, "the query to be at work")
        ready = clients.map(lambda _: httpx.get(f"{served.address}/readyz", timeout=30).status_code, range(40))
        assert set(ready) == {200}
        assert not asked.done()


# The pool itself, without the check of the text that stands before it -------------------------------------------------


class Losses:
    """Counts what a pool tells of."""

    def __init__(self) -> None:
        self.lost: list[str] = []

    def worker_lost(self, why: str) -> None:
        self.lost.append(why)

    def zygote_lost(self) -> None:
        self.lost.append("zygote")

    def query_done(self, client: str, seconds: float) -> None:
        pass


def with_pool(snapshot: Path, work: Callable[[WorkerPool, Losses], Awaitable[None]], **settings: object) -> None:
    """Do something with a pool of workers."""
    chosen = ServiceSettings.model_validate({"workers": 1, "query_seconds": 20, **settings})
    plan = Plan(
        snapshot=snapshot,
        show_private=False,
        in_memory=True,
        query_seconds=chosen.query_seconds,
        query_memory_bytes=chosen.query_memory_bytes,
        max_answer_bytes=chosen.max_answer_bytes,
        spool_dir=chosen.spool_folder,
    )

    async def run() -> None:
        losses = Losses()
        pool = WorkerPool(plan, chosen, SpoolSpace(chosen.max_spool_bytes), losses)
        await pool.start()
        try:
            await work(pool, losses)
        finally:
            await pool.close()

    asyncio.run(run())


def job(query: str) -> QueryJob:
    return QueryJob(query, FORMATS[0], "http://example.org/", "http://example.org/v")


def test_a_query_that_ends_its_worker_is_answered_and_never_run_again(snapshot: Path) -> None:
    async def work(pool: WorkerPool, losses: Losses) -> None:
        with pytest.raises(QueryTooComplex):
            await pool.submit(job(NESTED), "a").settle()
        assert losses.lost == ["crash"]
        for client in ("a", "b"):
            with pytest.raises(QueryTooComplex):
                pool.submit(job(NESTED), client)
        assert losses.lost == ["crash"]
        answer = pool.submit(job("ASK {}"), "a")
        await answer.settle()
        assert b"true" in await answer.read_all()

    with_pool(snapshot, work)


def test_a_query_that_takes_all_memory_is_never_run_again(snapshot: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{step}, ?x{step}) AS ?x{step + 1})" for step in range(40))
    bomb = f'SELECT ?x40 {{ BIND("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" AS ?x0) {doubled} }}'

    async def work(pool: WorkerPool, losses: Losses) -> None:
        for _ in range(2):
            with pytest.raises(MemoryExceeded):
                await pool.submit(job(bomb), "a").settle()
        assert losses.lost == ["memory"]

    with_pool(snapshot, work, query_memory_bytes=64 * 1024**2)


def test_a_pool_that_is_closed_leaves_nobody_waiting(snapshot: Path) -> None:
    async def work(pool: WorkerPool, losses: Losses) -> None:
        answers = [pool.submit(job(ENDLESS), client) for client in ("a", "b", "c")]
        waiting = [asyncio.ensure_future(answer.settle()) for answer in answers]
        await asyncio.sleep(0.2)
        await pool.close()
        ended = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)
        assert [type(end) for end in ended] == [NotReady] * 3
        with pytest.raises(NotReady):
            pool.submit(job("ASK {}"), "a")

    with_pool(snapshot, work)


def test_a_full_queue_turns_away_who_has_most_in_it(snapshot: Path) -> None:
    async def work(pool: WorkerPool, losses: Losses) -> None:
        greedy = [pool.submit(job(f"{ENDLESS} LIMIT {mark}"), "greedy") for mark in range(1, 5)]
        with pytest.raises(QueueFull):
            pool.submit(job(f"{ENDLESS} LIMIT 9"), "greedy")
        modest = pool.submit(job("ASK {}"), "modest")
        with pytest.raises(QueueFull):
            await greedy[-1].settle()
        for answer in greedy[:3]:
            answer.close()
        await modest.settle()
        assert b"true" in await modest.read_all()

    with_pool(snapshot, work, max_queue=3)


def test_nothing_waits_where_no_queue_is_wanted(snapshot: Path) -> None:
    with front(snapshot, query_seconds=3, workers=1, max_queue=0) as served, ThreadPoolExecutor(1) as clients:
        asked = clients.submit(served.ask, ENDLESS)
        wait_until(served.busy_workers, "the query to be at work")
        answer = request(served.port, "SELECT (1 AS ?x) {}", own_address="127.0.0.2")
        assert answer.status == 503
        assert answer.headers["retry-after"] == "1"
        assert b"queue-full" in answer.body
        assert asked.result().status_code == 504
        assert served.ask("SELECT (1 AS ?x) {}").status_code == 200
