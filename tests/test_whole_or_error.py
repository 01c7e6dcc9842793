"""No answer is ever short: it is whole, or an error, or a transfer that every client sees break off."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from query_service.media_types import Format, Kind, formats_of
from tests.front import (
    ENDLESS,
    HUNGRY,
    MILLION,
    Front,
    Received,
    begins_and_never_ends,
    endless_graph,
    front,
    request,
    wait_until,
)
from tests.served import VERSION, write_snapshot

CODINGS = ("identity", "gzip", "zstd")
SECONDS = 1.5


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the small snapshot."""
    return write_snapshot(tmp_path_factory.mktemp("whole") / "snapshot")


@pytest.fixture(scope="module")
def served(snapshot: Path) -> Iterator[Front]:
    """A service with a short time limit."""
    with front(snapshot, query_seconds=SECONDS, workers=4, workers_per_client=4, max_queue=200) as running:
        yield running


def endless(format_: Format) -> str:
    return endless_graph() if format_.kind is Kind.GRAPH else begins_and_never_ends()


def test_a_time_out_after_the_first_bytes_breaks_the_transfer_off_in_every_format_and_coding(served: Front) -> None:
    cases = [(format_, coding) for format_ in formats_of([Kind.ROWS, Kind.GRAPH]) for coding in CODINGS]
    with ThreadPoolExecutor(4) as clients:
        answers = list(
            clients.map(
                lambda case: request(served.port, endless(case[0]), Accept=case[0].media_type, **{"Accept-Encoding": case[1]}),
                cases,
            )
        )
    for (format_, coding), answer in zip(cases, answers, strict=True):
        case = f"{format_.key} {coding}"
        assert answer.headers["ipg-dataset-version"] == VERSION, case
        if answer.status == 200:
            assert not answer.is_whole, case
            assert answer.headers.get("content-encoding", "identity") == coding, case
            assert answer.headers["transfer-encoding"] == "chunked", case
        else:  # this format is written in one piece, or its first bytes were late
            assert (answer.status, answer.is_whole) in {(504, True), (503, True)}, case
            assert b"problem/" in answer.body, case
    assert sum(answer.status == 200 for answer in answers) > len(cases) // 2


def test_a_client_of_http_1_0_gets_an_error_and_no_part(served: Front) -> None:
    def ask(format_: Format) -> Received:
        named = {"Accept": format_.media_type, "Accept-Encoding": "gzip"}
        return request(served.port, endless(format_), version="1.0", **named)

    with ThreadPoolExecutor(4) as clients:
        answers = list(clients.map(ask, formats_of([Kind.ROWS, Kind.GRAPH])))
    assert {(answer.status, answer.is_whole) for answer in answers} == {(504, True)}


@pytest.mark.parametrize("coding", CODINGS)
def test_a_client_of_http_1_0_learns_the_length_of_a_long_answer(served: Front, coding: str) -> None:
    answer = request(served.port, MILLION, version="1.0", Accept="text/csv", **{"Accept-Encoding": coding})
    assert answer.status == 200
    assert "transfer-encoding" not in answer.headers
    assert answer.is_whole
    assert answer.body.count(b"\r\n") == 1_000_001


def test_clients_see_that_a_transfer_broke_off(served: Front) -> None:
    query = begins_and_never_ends(mark=1)
    with served.client() as client, pytest.raises(httpx.RemoteProtocolError):
        client.post("/sparql", data={"query": query})
    for more in ([], ["--compressed"], ["--http1.0"]):
        command = ["curl", "-sS", "-f", *more, "-H", "Accept: text/csv", "--data-urlencode", f"query={query}"]
        done = subprocess.run([*command, f"{served.address}/sparql"], capture_output=True, check=False, timeout=100)
        assert done.returncode in ({22} if more == ["--http1.0"] else {18, 56, 92}), (more, done.stderr)


def test_a_time_out_before_the_first_bytes_is_an_error(served: Front) -> None:
    answer = served.ask(ENDLESS)
    assert answer.status_code == 504
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("/time-exceeded")
    assert answer.headers["IPG-Dataset-Version"] == VERSION
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_time_limit_ends_the_work(served: Front) -> None:
    wait_until(lambda: len(served.workers()) == 6, "all workers: four, one for pages, one to spare")
    before = set(served.workers())
    lost = served.figure("ipg_workers_lost_total", why="deadline")
    assert served.ask(ENDLESS).status_code == 504
    assert served.figure("ipg_workers_lost_total", why="deadline") == lost + 1
    wait_until(lambda: len(before - set(served.workers())) == 1, "the worker to be gone")
    wait_until(lambda: len(served.workers()) == len(before), "another to be there")
    wait_until(lambda: not served.busy_workers(), "nothing to be at work")


def test_a_hungry_query_is_an_error_and_harms_no_other(snapshot: Path) -> None:
    with (
        front(snapshot, query_seconds=60, query_memory_bytes=128 * 1024**2, workers=3) as served,
        ThreadPoolExecutor(8) as clients,
    ):
        hungry = [clients.submit(served.ask, f"{HUNGRY}{mark}") for mark in range(2)]
        answers = [clients.submit(served.ask, f"SELECT ({mark} AS ?x) {{}}", "127.0.0.2") for mark in range(40)]
        assert [answer.result().text for answer in answers] == [f"x\r\n{mark}\r\n" for mark in range(40)]
        for refused in hungry:
            assert refused.result().status_code == 503
            assert refused.result().json()["type"].endswith("/memory-exceeded")
        assert served.process.poll() is None


def test_an_engine_lost_after_the_first_bytes_breaks_the_transfer_off(snapshot: Path) -> None:
    with front(snapshot, query_seconds=60) as served:
        with pytest.raises(httpx.RemoteProtocolError):
            served.read_while(served.kill_workers, begins_and_never_ends())
        assert served.ask("ASK {}").text == "true"
        assert served.figure("ipg_broken_transfers_total") == 1


def test_a_row_cap_is_off_unless_set_and_then_announced_and_an_error(snapshot: Path, served: Front) -> None:
    rows = "SELECT ?a { VALUES ?a { 1 2 3 4 5 6 } }"
    plain = served.ask(rows)
    assert "IPG-Max-Rows" not in plain.headers
    assert "Link" not in plain.headers
    with front(snapshot, max_rows=5) as capped:
        for query in (rows, MILLION):
            for accept in ("text/csv", "application/sparql-results+json"):
                answer = capped.ask(query, Accept=accept)
                assert answer.status_code == 400
                assert answer.json()["type"].endswith("/answer-too-large")
                assert "at most 5 rows" in answer.json()["expected"]
        graph = capped.ask("CONSTRUCT { ?a <urn:p> ?a } { VALUES ?n { 1 2 3 4 5 6 } BIND(IRI(CONCAT('urn:', STR(?n))) AS ?a) }")
        assert graph.status_code in {400, 406}
        few = capped.ask("SELECT ?a { VALUES ?a { 1 2 3 4 5 } }")
        assert few.text.splitlines() == ["a", "1", "2", "3", "4", "5"]
        assert few.headers["IPG-Max-Rows"] == "5"
        assert "at most 5 rows" in few.headers["Link"]


def test_an_answer_over_the_limit_of_bytes_is_never_shown_as_whole(snapshot: Path) -> None:
    with front(snapshot, max_answer_bytes=2 * 1024**2) as served:
        for accept in ("text/csv", "text/tab-separated-values"):
            answer = request(served.port, MILLION, Accept=accept)
            assert answer.status == 400 or not answer.is_whole
        assert served.ask("ASK {}").text == "true"
