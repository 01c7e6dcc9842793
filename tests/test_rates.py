"""Shares of clients: requests and seconds of query time, told apart by addresses that can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from query_service import rates
from query_service.errors import TooManyRequests
from query_service.rates import RateLimiter, client_key
from tests.front import ENDLESS, front
from tests.served import write_snapshot


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the small snapshot."""
    return write_snapshot(tmp_path_factory.mktemp("rates") / "snapshot")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    """The clock of the rates."""
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock()
        patch.setattr(rates, "monotonic", clock)
        yield clock


def refusal(limiter: RateLimiter) -> int | None:
    """Seconds that a client is told to wait; none when its request is admitted."""
    try:
        limiter.admit("a")
    except TooManyRequests as refused:
        return refused.retry_after
    return None


@given(st.integers(1, 50), st.lists(st.floats(0, 100), max_size=200))
def test_a_client_gets_its_share_and_no_more(clock: Clock, share: int, pauses: list[float]) -> None:
    """In any stretch of time no more than the share and what has come back; and never refused with a token left."""
    limiter = RateLimiter(share, None)
    left, admitted = float(share), []
    for pause in pauses:
        clock.now += pause
        left = min(share, left + pause * share / 60)
        seconds = refusal(limiter)
        if seconds is None:
            assert left >= 1 - 1e-6
            left -= 1
            admitted.append(clock.now)
        else:
            assert left < 1 + 1e-6
            assert seconds >= 1
            assert left + seconds * share / 60 >= 1 - 1e-6
    for number, begin in enumerate(admitted):
        for count, end in enumerate(admitted[number:], start=1):
            assert count <= share + (end - begin) * share / 60 + 1e-3
    limiter.admit("another")


@given(st.floats(0.5, 100), st.lists(st.tuples(st.floats(0, 50), st.floats(0, 30)), max_size=60))
def test_seconds_of_queries_are_made_good_by_waiting(clock: Clock, share: float, queries: list[tuple[float, float]]) -> None:
    limiter = RateLimiter(None, share)
    left = share
    for pause, seconds in queries:
        clock.now += pause
        left = min(share, left + pause * share / 60)
        wait = refusal(limiter)
        if wait is None:
            assert left >= -1e-6
        else:
            assert left < 1e-6
            clock.now += wait
            left = min(share, left + wait * share / 60)
            limiter.admit("a")
        limiter.charge("a", seconds)
        left -= seconds


def test_without_settings_there_is_no_limit() -> None:
    limiter = RateLimiter(None, None)
    for _ in range(10_000):
        limiter.admit("a")
        limiter.charge("a", 1000)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::1", "::1", True),
        (None, None, True),
        ("unix", "unix", True),
    ],
)
def test_what_is_one_client(one: str | None, other: str | None, is_same: bool) -> None:  # noqa: FBT001
    assert (client_key(one) == client_key(other)) is is_same


def ask(client: httpx.Client, mark: int, **headers: str) -> httpx.Response:
    return client.get("/sparql", params={"query": f"SELECT ({mark} AS ?x) {{}}"}, headers=headers)


def check_refused(answer: httpx.Response) -> None:
    assert answer.status_code == 429
    assert answer.json()["type"].endswith("/too-many-requests")
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.headers["IPG-Dataset-Version"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_requests_of_one_client_are_counted(snapshot: Path) -> None:
    with front(snapshot, rate_requests=5) as served, served.client() as client, served.client("127.0.0.2") as other:
        statuses = [ask(client, mark).status_code for mark in range(8)]
        assert statuses[:5] == [200] * 5
        assert 429 in statuses[5:]
        while (answer := ask(client, 9)).status_code == 200:
            pass
        check_refused(answer)
        assert ask(other, 1).status_code == 200
        assert client.get("/readyz").status_code == 200
        # A header that anybody can write changes nothing.
        check_refused(ask(client, 9, **{"X-Forwarded-For": "192.0.2.77"}))


def test_seconds_of_queries_are_counted(snapshot: Path) -> None:
    with front(snapshot, rate_query_seconds=0.5, query_seconds=1.5) as served:
        assert served.ask(ENDLESS).status_code == 504
        check_refused(served.ask("ASK {}"))
        assert served.ask("ASK {}", "127.0.0.2").status_code == 200


def test_forwarded_addresses_are_believed_of_trusted_proxies_alone(snapshot: Path) -> None:
    with (
        front(snapshot, rate_requests=2, trusted_proxies="127.0.0.1") as served,
        served.client() as proxy,
        served.client("127.0.0.2") as stranger,
    ):
        for number in range(1, 8):
            assert ask(proxy, number, **{"X-Forwarded-For": f"192.0.2.{number}"}).status_code == 200
        # What a client wrote itself stands before what the proxy added, and is not believed.
        answers = [ask(proxy, number, **{"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.99"}) for number in range(8)]
        assert [answer.status_code for answer in answers[:2]] == [200, 200]
        assert 429 in [answer.status_code for answer in answers]
        answers = [ask(stranger, number, **{"X-Forwarded-For": f"198.51.100.{number}"}) for number in range(8)]
        assert 429 in [answer.status_code for answer in answers]
