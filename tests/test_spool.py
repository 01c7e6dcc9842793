"""Answers on disk: what a full disk does, that nothing stays behind, and what is held back before the status goes out."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from query_service.errors import NoSpace
from query_service.workers.spool import Answer, SpoolSpace
from query_service.workers.spool_writer import SpoolWriter
from query_service.workers.wire import pair_of_sockets
from tests.front import MILLION, begins_and_never_ends, front, numbers, request, wait_until
from tests.served import write_snapshot

#: 280 bytes a row in JSON, so that a million take 280 MB.
WIDE = MILLION.replace("SELECT ?a ?b {", f'SELECT * {{ BIND("{"x" * 100}" AS ?c)')
#: Some 5 MB.
LONG = f"SELECT ?a ?b {{ VALUES ?a {{ {numbers(600)} }} VALUES ?b {{ {numbers(1000)} }} }}"
MEGABYTE = 1024**2


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the small snapshot."""
    return write_snapshot(tmp_path_factory.mktemp("spool") / "snapshot")


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for a megabyte: a file system of its own where that may be made, else nothing but its limit."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True)
    yield folder
    if made.returncode == 0:
        subprocess.run(["umount", "-l", folder], check=True)


def is_small(folder: Path) -> bool:
    return os.statvfs(folder).f_blocks * os.statvfs(folder).f_frsize <= MEGABYTE


def test_a_full_disk_is_an_error_and_the_service_goes_on(snapshot: Path, tiny_disk: Path) -> None:
    room = {} if is_small(tiny_disk) else {"max_spool_bytes": MEGABYTE}
    with front(snapshot, spool_dir=tiny_disk, query_seconds=60, **room) as served:
        for coding in ("identity", "gzip", "zstd"):
            answer = request(served.port, MILLION, Accept="text/csv", **{"Accept-Encoding": coding})
            assert answer.status == 503 or not answer.is_whole
            if answer.status == 503:
                assert b"/no-space" in answer.body
                assert int(answer.headers["retry-after"]) > 0
        old = request(served.port, MILLION, version="1.0", Accept="text/csv")
        assert (old.status, old.is_whole) == (503, True)
        for mark in range(20):
            assert served.ask(f"SELECT ({mark} AS ?x) {{}}").text == f"x\r\n{mark}\r\n"
        assert served.figure("ipg_spool_bytes") == 0
        assert not list(tiny_disk.iterdir())


def fill(out: SpoolWriter) -> None:
    """Write two megabytes."""
    for _ in range(32):
        out.write(b"x" * 65536)


def test_a_writer_tells_of_a_full_disk(tiny_disk: Path) -> None:
    if not is_small(tiny_disk):  # a limit on the size of files is another way to run out of room
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        assert before[0] > MEGABYTE
        return
    ours, theirs = pair_of_sockets()
    with ours, theirs:
        out = SpoolWriter(theirs, tiny_disk, 100 * MEGABYTE)
        with pytest.raises(NoSpace):
            fill(out)
        out.close()
    assert not list(tiny_disk.iterdir())


def test_no_room_for_more_answers_is_an_error_until_others_are_read(snapshot: Path) -> None:
    with front(snapshot, max_spool_bytes=7 * MEGABYTE, cache_bytes=0, query_seconds=60) as served:
        with served.client() as client, client.stream("POST", "/sparql", data={"query": LONG}) as slow:
            pieces = slow.iter_raw()
            assert next(pieces)
            wait_until(lambda: served.figure("ipg_queries_at_work") == 0, "the first answer to be written")
            assert served.figure("ipg_spool_bytes") > 4 * MEGABYTE
            answer = request(served.port, f"{LONG} LIMIT 599999", Accept="text/csv")
            assert answer.status == 503 or not answer.is_whole
            assert served.ask("ASK {}").text == "true"
            assert sum(map(len, pieces)) > 4 * MEGABYTE
        wait_until(lambda: served.figure("ipg_spool_bytes") == 0, "the room to be given back")
        assert request(served.port, f"{LONG} LIMIT 599998", Accept="text/csv").is_whole


def test_a_slow_reader_holds_no_worker(snapshot: Path) -> None:
    def ask_others() -> None:
        for mark in range(10):
            assert served.ask(f"SELECT ({mark} AS ?x) {{}}").text == f"x\r\n{mark}\r\n"

    with front(snapshot, workers=1, workers_per_client=1, query_seconds=60) as served:
        served.read_while(ask_others, MILLION)


def test_nothing_of_an_answer_stays_behind(snapshot: Path, tmp_path: Path) -> None:
    with front(snapshot, spool_dir=tmp_path, cache_bytes=0, query_seconds=60) as served:
        assert served.ask(LONG).status_code == 200
        wait_until(lambda: served.spool_files() == 0, "the file to be closed")
        assert not list(tmp_path.iterdir())
        with pytest.raises(httpx.RemoteProtocolError):
            served.read_while(served.kill_workers, begins_and_never_ends())
        wait_until(lambda: served.spool_files() == 0, "the file to be closed")
        assert not list(tmp_path.iterdir())
        with pytest.raises(httpx.RemoteProtocolError):
            served.read_while(served.process.kill, begins_and_never_ends())
    assert not list(tmp_path.iterdir())


def test_what_is_there_goes_out_while_the_worker_is_still_at_work(snapshot: Path) -> None:
    with front(snapshot, query_seconds=60) as served, served.client() as client:
        for rows, least in ((150, 100_000), (1000, 2 * MEGABYTE)):  # the first goes out by time, the second by size
            with client.stream("POST", "/sparql", data={"query": begins_and_never_ends(rows)}) as answer:
                assert answer.status_code == 200
                received, pieces = 0, answer.iter_raw()  # the answer is closed when the pieces are forgotten
                for piece in pieces:
                    received += len(piece)
                    if received >= least:
                        break
                assert served.figure("ipg_queries_at_work") == 1
            wait_until(lambda: served.figure("ipg_queries_at_work") == 0, "the work to be ended")


def test_a_long_export_needs_no_memory_of_the_front(snapshot: Path) -> None:
    with front(snapshot, query_seconds=120, client_seconds=120) as served, served.client() as client:
        headers = {"Accept": "application/sparql-results+json"}
        assert served.ask(LONG, **headers).status_code == 200  # what is loaded once is loaded
        before, most, received = served.kilobytes(), 0, 0
        with client.stream("POST", "/sparql", data={"query": WIDE}, headers=headers) as answer:
            for piece in answer.iter_raw():
                if received // (8 * MEGABYTE) != (received + len(piece)) // (8 * MEGABYTE):
                    most = max(most, served.kilobytes())
                received += len(piece)
        assert received > 170_000_000
        assert max(most, served.kilobytes()) - before < 64 * 1024


def test_many_long_answers_at_once_are_all_whole(snapshot: Path) -> None:
    def ask(mark: int) -> int:
        with served.client(f"127.0.0.{mark + 2}") as client:
            return len(client.post("/sparql", data={"query": f"{LONG} LIMIT {500_000 + mark}"}).content.splitlines())

    with front(snapshot, query_seconds=60, workers=3) as served, ThreadPoolExecutor(8) as clients:
        assert list(clients.map(ask, range(8))) == [500_001 + mark for mark in range(8)]


# The room itself -------------------------------------------------------------------------------------------------------


def test_room_is_taken_and_given_back(tmp_path: Path) -> None:
    space = SpoolSpace(100)
    abandoned: list[bool] = []
    answer = Answer(space, lambda: abandoned.append(True))
    with (tmp_path / "file").open("wb") as file:
        assert answer.put_progress(60, os.dup(file.fileno()))
        assert not answer.put_progress(120, None)
        assert space.used == 60
        answer.begin_again()
        assert space.used == 0
        assert answer.put_progress(100, os.dup(file.fileno()))
        answer.keep().close()
        assert not abandoned
        answer.close()
    assert (abandoned, space.used) == ([True], 0)
