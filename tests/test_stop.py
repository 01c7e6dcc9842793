"""The service stops when asked, finishing what has begun, and leaves no process behind, however it ends."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.front import ENDLESS, front, numbers, wait_until
from tests.served import write_snapshot

#: Long enough to be seen at work on a busy machine, and over before a stop gives up.
_EDGE = 190
_CUBE = f"VALUES ?a {{ {numbers(_EDGE)} }} VALUES ?b {{ {numbers(_EDGE)} }} VALUES ?c {{ {numbers(_EDGE)} }}"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the small snapshot."""
    return write_snapshot(tmp_path_factory.mktemp("stop") / "snapshot")


def is_running(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
    except OSError:
        return False
    return "State:\tZ" not in status


def test_a_stop_finishes_what_has_begun_and_leaves_no_process(snapshot: Path) -> None:
    with front(snapshot, query_seconds=60) as served, ThreadPoolExecutor(2) as clients:
        processes = [*served.zygotes(), *served.workers()]
        asked = [clients.submit(served.ask, f"SELECT (COUNT(*) + {mark} AS ?n) {{ {_CUBE} }}") for mark in range(2)]
        wait_until(lambda: served.figure("ipg_queries_at_work") == 2, "both to be at work")
        served.process.send_signal(signal.SIGTERM)
        assert [answer.result().text for answer in asked] == [f"n\r\n{_EDGE**3 + mark}\r\n" for mark in range(2)]
        assert served.process.wait(30) == 0
        wait_until(lambda: not any(map(is_running, processes)), "all processes to be gone")


@pytest.mark.parametrize("is_busy", [False, True])
def test_a_front_that_is_killed_leaves_no_process(snapshot: Path, is_busy: bool) -> None:  # noqa: FBT001
    with front(snapshot, query_seconds=60) as served, ThreadPoolExecutor(1) as clients:
        processes = [*served.zygotes(), *served.workers()]
        assert len(processes) >= 3
        asked = clients.submit(served.ask, ENDLESS) if is_busy else None
        if is_busy:
            wait_until(served.busy_workers, "the query to be at work")
        served.process.kill()
        wait_until(lambda: not any(map(is_running, processes)), "all processes to be gone")
        assert asked is None or asked.exception() is not None
