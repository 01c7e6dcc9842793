"""What follows a query without end: how soon the next honest one is answered after the first was given up."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import httpx

from tests.benchmarks.figures import KilledFigures
from tests.benchmarks.peers import Peer

__all__ = ["DEADLINE_SECONDS", "measure_killed"]

DEADLINE_SECONDS: Final = 2
_QUERY: Final = Path(__file__).parent / "endpoint_mix" / "endless.rq"
_HONEST: Final = Path(__file__).parent / "endpoint_mix" / "honest.rq"


def measure_killed(peer: Peer, settings: str, *, times: int) -> KilledFigures:
    """Ask a query without end, and as soon as it is answered or broken off another one, on a connection of its own.

    :param settings: what differs from how the peer comes, for the report.
    """
    statuses, seconds, after = [], [], []
    endless, honest = (file.read_text(encoding="utf-8") for file in (_QUERY, _HONEST))
    with httpx.Client(timeout=30) as client, httpx.Client(timeout=30) as other:
        for number in range(times):
            other.get(peer.url(honest.replace("_SERIAL", f"_{number}")))
            began = time.perf_counter()
            try:
                status = client.get(peer.url(endless.replace("_SERIAL", f"_{number}"))).status_code
            except httpx.HTTPError:
                status = 0
            ended = time.perf_counter()
            other.get(peer.url(honest.replace("_SERIAL", f"_{times + number}"))).raise_for_status()
            after.append(round((time.perf_counter() - ended) * 1000, 2))
            statuses.append(status)
            seconds.append(round(ended - began, 3))
    return KilledFigures(peer=peer.name, settings=settings, statuses=statuses, seconds=seconds, next_ms=after)
