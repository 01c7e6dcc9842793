"""Answers that are kept: within their bounds, never wrong, never failed ones, and asked for once by many."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_service.answer_cache import AnswerCache
from query_service.workers.spool import Answer
from tests.front import ENDLESS, MILLION, Front, begins_and_never_ends, front, numbers, request
from tests.served import write_snapshot

_CUBE = f"VALUES ?a {{ {numbers(110)} }} VALUES ?b {{ {numbers(110)} }} VALUES ?c {{ {numbers(110)} }}"
SLOW = f"SELECT (COUNT(*) AS ?n) {{ {_CUBE} }}"
MEGABYTE = 1024**2


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the small snapshot."""
    return write_snapshot(tmp_path_factory.mktemp("cache") / "snapshot")


@pytest.fixture(scope="module")
def served(snapshot: Path) -> Iterator[Front]:
    """A service that keeps little."""
    with front(snapshot, cache_bytes=200_000, max_spool_bytes=80 * MEGABYTE, workers=3, query_seconds=60) as running:
        yield running


def queries_run(served: Front) -> float:
    return served.figure("ipg_query_seconds_count")


def test_a_known_answer_is_told_without_running_the_query(served: Front) -> None:
    with served.client() as client:
        query = {"query": SLOW}
        answer = client.get("/sparql", params=query)
        before = queries_run(served), served.figure("ipg_cache_total")
        for known in (answer.headers["ETag"], f"W/{answer.headers['ETag']}", f'"other", {answer.headers["ETag"]}'):
            again = client.get("/sparql", params=query, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == answer.headers["ETag"]
            assert again.headers["IPG-Dataset-Version"] == answer.headers["IPG-Dataset-Version"]
            assert "Vary" in again.headers
            assert "Content-Length" not in again.headers
        assert (queries_run(served), served.figure("ipg_cache_total")) == before
        other = client.get("/sparql", params=query, headers={"If-None-Match": '"other"'})
        assert (other.status_code, other.content) == (200, answer.content)
        assert queries_run(served) == before[0]


def test_the_same_question_asked_by_many_at_once_is_run_once(served: Front) -> None:
    query = SLOW.replace("AS ?n", "AS ?many")
    before = queries_run(served)
    with ThreadPoolExecutor(20) as clients:
        answers = list(clients.map(lambda own: served.ask(query, f"127.0.0.{own}"), range(2, 22)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, f"many\r\n{110**3}\r\n")}
    assert queries_run(served) == before + 1
    assert served.figure("ipg_cache_total", result="shared") >= 1


def test_an_answer_that_may_differ_is_never_shared(served: Front) -> None:
    for expression in ("RAND()", "STRUUID()", "BNODE()"):
        query = f"SELECT ({expression} AS ?x) {{ VALUES ?a {{ {numbers(2000)} }} }}"
        with ThreadPoolExecutor(8) as clients:
            answers = list(clients.map(lambda own, text=query: served.ask(text, f"127.0.0.{own}"), range(2, 10)))
        assert all(answer.status_code == 200 and "ETag" not in answer.headers for answer in answers)
        assert len({answer.text for answer in answers}) == len(answers)
    before = queries_run(served)
    for _ in range(3):
        assert served.ask("SELECT (NOW() AS ?x) {}").headers["Cache-Control"] == "no-store"
    assert queries_run(served) == before + 3


def test_what_is_kept_keeps_within_its_bounds(served: Front) -> None:
    for mark in range(40):  # 40 times 20 kB in memory
        text = f"SELECT ?a ({mark} AS ?m) {{ VALUES ?a {{ {numbers(3000)} }} }}"
        assert served.ask(text).text.count("\r\n") == 3001
        assert served.figure("ipg_cache_memory_bytes") <= 200_000
    assert served.figure("ipg_cache_memory_bytes") > 50_000
    for mark in range(6):  # 6 times 8 MB on disk, of which 20 MB may be kept
        assert served.ask(f"{MILLION} LIMIT {999_990 + mark}").status_code == 200
        assert served.figure("ipg_cache_disk_bytes") <= 20 * MEGABYTE
    assert served.figure("ipg_cache_disk_bytes") > 4 * MEGABYTE
    assert served.spool_files() <= 2
    before = queries_run(served)
    body = served.ask(f"{MILLION} LIMIT 999995").content
    assert queries_run(served) == before
    assert body.count(b"\r\n") == 999_996


def test_an_answer_that_failed_is_not_kept(snapshot: Path) -> None:
    with front(snapshot, query_seconds=1.5) as served:
        for _ in range(2):
            before = queries_run(served)
            assert served.ask(ENDLESS).status_code == 504
            broken = request(served.port, begins_and_never_ends(), Accept="text/csv")
            assert broken.status == 504 or not broken.is_whole
            assert queries_run(served) == before + 2
        assert served.figure("ipg_cache_disk_bytes") == 0
        assert served.figure("ipg_cache_memory_bytes") == 0
        assert served.figure("ipg_spool_bytes") == 0


def test_nothing_is_kept_where_nothing_may_be(snapshot: Path) -> None:
    with front(snapshot, cache_bytes=0) as served:
        for _ in range(2):
            before = queries_run(served)
            assert served.ask("ASK {}").text == "true"
            assert queries_run(served) == before + 1
        assert served.figure("ipg_cache_memory_bytes") == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3000)), max_size=60), st.integers(0, 8000))
def test_the_cache_holds_no_more_than_it_may_and_gives_what_was_put(puts: list[tuple[int, int]], most: int) -> None:
    cache = AnswerCache(most, 0)
    sizes: dict[str, int] = {}
    for key, size in puts:
        tag = f"{key}"
        if cache.get(tag) is None:
            sizes[tag] = size
        cache.put(tag, Answer.of(b"x" * size))
        assert cache.bytes_in_memory <= most
        assert cache.bytes_on_disk == 0
        for known, length in sizes.items():
            kept = cache.get(known)
            assert kept is None or kept.body == b"x" * length
    cache.clear()
    assert cache.bytes_in_memory == 0
