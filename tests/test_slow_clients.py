"""Clients who take their time are cut off, hold no worker, and keep nobody waiting."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic, sleep

import pytest

from tests.front import MILLION, Front, front, sent_by_hand, wait_until
from tests.served import write_snapshot

SECONDS = 2
DIRECT = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A service with little patience and one worker."""
    snapshot = write_snapshot(tmp_path_factory.mktemp("slow") / "snapshot")
    with front(snapshot, client_seconds=SECONDS, workers=1, workers_per_client=1, cache_bytes=0, query_seconds=60) as running:
        yield running


def ends_while_dripping(served: Front, begin: bytes, drip: bytes, count: int = 100) -> bytes:
    """Send a beginning, then a byte now and then, until the other side closes; gives what it said."""
    with socket.create_connection(("127.0.0.1", served.port), 60) as connection:
        connection.sendall(begin)
        connection.settimeout(0.2)
        said = b""
        for _ in range(count):
            try:
                connection.sendall(drip)
                piece = connection.recv(65536)
            except TimeoutError:
                continue
            except (ConnectionResetError, BrokenPipeError):
                return said
            if not piece:
                return said
            said += piece
    pytest.fail("it was never cut off")


def test_a_head_that_arrives_byte_by_byte_is_cut_off(served: Front) -> None:
    assert ends_while_dripping(served, b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX: ", b"a") == b""


def test_a_connection_without_a_request_is_cut_off(served: Front) -> None:
    with socket.create_connection(("127.0.0.1", served.port), 60) as connection:
        assert connection.recv(100) == b""


def test_empty_lines_between_requests_keep_no_connection(served: Front) -> None:
    said = ends_while_dripping(served, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"\r\n")
    assert said.startswith(b"HTTP/1.1 200")
    assert said.count(b"HTTP/1.1") == 1


def test_a_body_that_arrives_byte_by_byte_is_refused_and_then_cut_off(served: Front) -> None:
    said = ends_while_dripping(served, DIRECT + b"Content-Length: 100000\r\n\r\nASK {} #", b"a")
    assert said.startswith(b"HTTP/1.1 400")
    assert b"in time" in said
    assert said.count(b"HTTP/1.1") == 1
    assert served.ask("ASK {}").text == "true"


def test_a_body_for_a_route_that_reads_none_is_cut_off_too(served: Front) -> None:
    said = ends_while_dripping(served, b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", b"a")
    assert said.startswith(b"HTTP/1.1 405")


def test_who_reads_a_byte_a_second_is_cut_off_and_holds_no_worker(served: Front) -> None:
    with sent_by_hand(served.port, MILLION, Accept="application/sparql-results+json") as slow:
        assert slow.recv(1) == b"H"
        wait_until(lambda: served.figure("ipg_queries_at_work") == 0, "the answer to be written")
        for mark in range(5):
            assert served.ask(f"SELECT ({mark} AS ?x) {{}}", "127.0.0.2").text == f"x\r\n{mark}\r\n"
        deadline = monotonic() + 60
        while served.figure("ipg_broken_transfers_total") < 1 and monotonic() < deadline:
            sleep(1)
            slow.recv(1)
        assert served.figure("ipg_broken_transfers_total") == 1
        assert served.figure("ipg_spool_bytes") == 0
        raw = bytearray()
        with suppress(ConnectionResetError):
            while piece := slow.recv(1024 * 1024):  # what the system had taken already
                raw += piece
        assert not raw.endswith(b"0\r\n\r\n")


def test_who_reads_steadily_is_served_to_the_end(served: Front) -> None:
    """Several times the patience in all, but never long without taking something."""
    began = monotonic()
    with sent_by_hand(served.port, f"{MILLION} LIMIT 900000", Accept="text/csv") as steady:
        raw = bytearray()
        while piece := steady.recv(256 * 1024):
            raw += piece
            if monotonic() - began < SECONDS * 2:
                sleep(0.1)
    assert raw.endswith(b"0\r\n\r\n")
