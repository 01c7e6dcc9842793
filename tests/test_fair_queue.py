"""Clients take turns, whatever one of them sends."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from query_service.workers.fair_queue import FairQueue
from tests.front import ENDLESS, Front, front, numbers, wait_until
from tests.served import write_snapshot

CLIENTS = st.sampled_from(["a", "b", "c"])
SHARE = 2
_FOURTH = f"VALUES ?a {{ {numbers(60)} }} VALUES ?b {{ {numbers(60)} }} VALUES ?c {{ {numbers(60)} }}"


class QueueModel(RuleBasedStateMachine):
    """The queue beside a plain list of what waits, a list of what is at work, and the order of turns."""

    def __init__(self) -> None:
        super().__init__()
        self.queue: FairQueue[int] = FairQueue(SHARE)
        self.waiting: list[tuple[str, int]] = []
        self.at_work: list[str] = []
        self.turns: list[str] = []
        self.put_so_far = 0

    def _line(self, client: str) -> list[int]:
        return [item for of, item in self.waiting if of == client]

    def _forget_who_does_not_wait(self) -> None:
        self.turns = [client for client in self.turns if self._line(client)]

    @rule(client=CLIENTS, first=st.booleans())
    def put(self, client: str, *, first: bool) -> None:
        self.put_so_far += 1
        self.queue.put(client, self.put_so_far, first=first)
        entry = (client, self.put_so_far)
        self.waiting = [entry, *self.waiting] if first else [*self.waiting, entry]
        if client not in self.turns:
            self.turns.append(client)

    @rule()
    def take(self) -> None:
        able = [client for client in self.turns if self.at_work.count(client) < SHARE]
        if not able:
            assert self.queue.take() is None
            return
        client = able[0]
        item = self._line(client)[0]
        assert self.queue.take() == (client, item)
        self.waiting.remove((client, item))
        self.at_work.append(client)
        self.turns.remove(client)
        self.turns.append(client)
        self._forget_who_does_not_wait()

    @precondition(lambda self: self.at_work)
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        client = data.draw(st.sampled_from(self.at_work))
        self.queue.finish(client)
        self.at_work.remove(client)

    @rule(divisor=st.integers(2, 4))
    def remove(self, divisor: int) -> None:
        removed = self.queue.remove(lambda item: item % divisor == 0)
        assert sorted(removed) == sorted(item for _, item in self.waiting if item % divisor == 0)
        self.waiting = [(client, item) for client, item in self.waiting if item % divisor]
        self._forget_who_does_not_wait()

    @precondition(lambda self: self.waiting)
    @rule()
    def remove_last(self) -> None:
        item = self.queue.remove_last()
        client = next(of for of, waiting in self.waiting if waiting == item)
        assert self._line(client)[-1] == item
        assert len(self._line(client)) == max(len(self._line(other)) for other in self.turns)
        self.waiting.remove((client, item))
        self._forget_who_does_not_wait()

    @invariant()
    def nothing_is_lost(self) -> None:
        assert len(self.queue) == len(self.waiting)
        assert self.queue.at_work == len(self.at_work)
        assert all(self.at_work.count(client) <= SHARE for client in self.at_work)


TestQueue = QueueModel.TestCase


def test_an_empty_queue_has_no_last() -> None:
    with pytest.raises(IndexError):
        FairQueue[int](1).remove_last()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A service with two workers, of which one client may have one."""
    snapshot = write_snapshot(tmp_path_factory.mktemp("fair") / "snapshot")
    with front(snapshot, workers=2, workers_per_client=1, max_queue=30, query_seconds=60) as running:
        yield running


def test_one_client_with_many_queries_does_not_starve_another(served: Front) -> None:
    with ThreadPoolExecutor(60) as clients:
        many = [
            clients.submit(served.ask, f"SELECT (COUNT(*) + {mark} AS ?n) {{ {_FOURTH} }}", "127.0.0.2") for mark in range(50)
        ]
        wait_until(lambda: any(answer.done() for answer in many), "some to be turned away or answered")
        for mark in range(10):
            other = served.ask(f"SELECT ({mark} AS ?n) {{}}", "127.0.0.3")
            assert (other.status_code, other.text) == (200, f"n\r\n{mark}\r\n")
        answers = [answer.result() for answer in many]
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) <= {200, 503}  # how many wait at once depends on how fast they come
    assert statuses.count(200) >= 30
    for mark, answer in enumerate(answers):
        if answer.status_code == 200:
            assert answer.text == f"n\r\n{60**3 + mark}\r\n"
        else:
            assert answer.json()["type"].endswith("/queue-full")
            assert int(answer.headers["Retry-After"]) >= 1


def test_one_client_never_has_more_than_its_share_at_work(served: Front) -> None:
    with ThreadPoolExecutor(3) as clients, served.client("127.0.0.2") as client:
        asked = [
            clients.submit(client.post, "/sparql", data={"query": f"{ENDLESS} LIMIT {mark}"}, timeout=3) for mark in (1, 2, 3)
        ]
        wait_until(served.busy_workers, "the first to be at work")
        assert served.figure("ipg_queries_at_work") == 1
        assert served.ask("ASK {}", "127.0.0.3").text == "true"
        assert all(answer.exception() for answer in asked)
    wait_until(lambda: served.figure("ipg_queries_waiting") == 0, "those who left to be forgotten")
    wait_until(lambda: not served.busy_workers(), "nothing to be at work")
