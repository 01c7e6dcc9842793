"""Hostile queries beside honest ones: each hostile one is refused or limited, and the honest notice nothing."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx

from tests.front import Front, front
from tests.hostile import HOSTILE, HostileQuery
from tests.served import write_snapshot

#: What the service may answer of a small dataset, where much of what is limited on a large one can be answered.
ACCEPTABLE = {
    "refused": {400, 403, 413},
    "limited": {200, 400, 503, 504},
    "answered": {200, 400, 503, 504},
    "rejected": {200, 400, 413, 503, 504},
}
#: What it may answer of the dataset that it is for, where the work of none of these can be done in the time there is.
LIMITED = {400, 503, 504}
BROKEN_OFF = 0


def attack(served: Front, query: HostileQuery) -> tuple[HostileQuery, int]:
    """Status of the answer to a hostile query; 0 when the transfer broke off."""
    with served.client("127.0.0.66") as client:
        try:
            return query, client.post("/sparql", data={"query": query.text}, headers={"Accept": "*/*"}).status_code
        except httpx.RemoteProtocolError:
            return query, BROKEN_OFF


def test_hostile_queries_are_stopped_and_honest_ones_answered(tmp_path: Path) -> None:
    settings = {"query_seconds": 1.5, "query_memory_bytes": 128 * 1024**2, "workers": 3, "workers_per_client": 2}
    with front(write_snapshot(tmp_path / "snapshot"), **settings) as served, ThreadPoolExecutor(4) as attackers:
        over, honest = Event(), ThreadPoolExecutor(1)

        def ask_on() -> int:
            count = 0
            while not over.is_set():
                answer = served.ask(f"SELECT ?n ({count} AS ?mark) {{ ?s <https://w3id.org/ipg/ontology#startYear> ?n }}")
                assert (answer.status_code, answer.text) == (200, f"n,mark\r\n2008,{count}\r\n")
                count += 1
            return count

        with honest:
            asking = honest.submit(ask_on)
            try:
                seen = list(attackers.map(lambda query: attack(served, query), HOSTILE))
            finally:
                over.set()
            assert asking.result() > 10
        wrong = {query.name: status for query, status in seen if status and status not in ACCEPTABLE[query.outcome]}
        assert not wrong
        assert not [query.name for query, status in seen if status == BROKEN_OFF and query.outcome == "refused"]
        assert Counter(status for _, status in seen)[403] > 10
        assert len(seen) >= 100
        assert served.process.poll() is None
        assert served.ask("ASK {}").text == "true"


def test_what_takes_too_much_of_the_whole_dataset_is_stopped(home: Path) -> None:
    settings = {"query_seconds": 1.0, "query_memory_bytes": 128 * 1024**2, "workers": 2, "workers_per_client": 2}
    limited = [query for query in HOSTILE if query.outcome == "limited"]
    with front(home / "current", **settings) as served, ThreadPoolExecutor(2) as attackers:
        seen = list(attackers.map(lambda query: attack(served, query), limited))
        assert served.ask("ASK {}").text == "true"
    assert len(limited) > 10
    assert not {query.name: status for query, status in seen if status not in LIMITED | {BROKEN_OFF}}
