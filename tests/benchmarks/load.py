"""Load of many clients, made with wrk; each keeps its connection and asks again as soon as it has its answer."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tests.benchmarks.figures import LoadFigures
from tests.benchmarks.mix import MixQuery
from tests.benchmarks.peers import CannotRun, Peer
from tests.benchmarks.processes import Tree, watch_memory

__all__ = ["Load", "require_wrk", "settle"]

_SCRIPT: Final = Path(__file__).parent / "load.lua"
#: Each run has this many serial numbers of its own.
_SERIALS: Final = 100_000_000
_TIMEOUT_SECONDS: Final = 30
_FIGURES: Final = "FIGURES "
_GROWTH: Final = 1.01
_IDLE_SHARE: Final = 0.1
_SETTLE_SECONDS: Final = 5.0


def require_wrk() -> str:
    """Version of wrk.

    :raises CannotRun: when it is not there.
    """
    if not shutil.which("wrk"):
        raise CannotRun("there is no program wrk; `make system-deps` installs it")
    text = subprocess.run(["wrk", "--version"], capture_output=True, text=True, timeout=10, check=False).stdout
    return text.split("[")[0].removeprefix("wrk").strip()


class Load:
    """Makes loads; no two cold ones ask the same text.

    :param work: folder for lists of requests.
    """

    def __init__(self, work: Path) -> None:
        self._work = work
        self._runs = 0

    def serial(self) -> int:
        """First of many numbers that no request has had before."""
        self._runs += 1
        return self._runs * _SERIALS

    def measure(
        self, peer: Peer, kind: str, queries: Sequence[MixQuery], sizes: Mapping[str, int] | None, clients: int, seconds: int
    ) -> LoadFigures:
        """Ask a peer for some seconds.

        :param sizes: bytes of the right answer to each text, when the load is hot; None when it is cold.
        """
        requests = self._write(peer, queries, sizes)
        serial = "-" if sizes is not None else str(self.serial())
        command = ["wrk", f"-t{clients}", f"-c{clients}", f"-d{seconds}s", f"--timeout={_TIMEOUT_SECONDS}s", "-s", str(_SCRIPT)]
        command += [peer.endpoint, "--", str(requests), serial, str(clients)]
        settle(peer.trees)
        before = _cpu(peer)
        with watch_memory(peer.trees, peer.front) as peak:
            result = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
        after = _cpu(peer)
        line = next((line for line in result.stdout.split("\n") if line.startswith(_FIGURES)), None)
        if line is None:
            raise CannotRun(f"wrk failed: {(result.stderr or result.stdout).strip()[-200:]}")
        found = json.loads(line.removeprefix(_FIGURES))
        return LoadFigures(
            peer=peer.name,
            kind=kind,
            hot=sizes is not None,
            clients=clients,
            cpu_seconds=round(after[0] - before[0], 2),
            front_cpu_seconds=round(after[1] - before[1], 2),
            peak_bytes=peak.whole,
            front_peak_bytes=peak.front or 0,
            **_counted(found),
        )

    def _write(self, peer: Peer, queries: Sequence[MixQuery], sizes: Mapping[str, int] | None) -> Path:
        lines = []
        for query in queries:
            url = urlsplit(peer.url(query.text if sizes is None else query.plain))
            size = "-" if sizes is None else str(sizes.get(query.plain, "-"))
            lines.append(f"{query.kind}\t{query.accept}\t{size}\t{url.path}?{url.query}\n")
        file = self._work / "requests.tsv"
        file.write_text("".join(lines), encoding="utf-8")
        return file


def settle(trees: Sequence[Tree]) -> None:
    """Wait until a peer rests: what clients gave up may still be worked on."""
    deadline = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < deadline:
        before = sum(tree.cpu_seconds() for tree in trees)
        time.sleep(0.1)
        if sum(tree.cpu_seconds() for tree in trees) - before <= _IDLE_SHARE * 0.1:
            return


def _cpu(peer: Peer) -> tuple[float, float]:
    return sum(tree.cpu_seconds() for tree in peer.trees), peer.trees[0].seconds_of(peer.front)


def _counted(found: dict[str, Any]) -> dict[str, Any]:
    """Figures of what the script counted; a bucket of latency is one per cent wide."""
    classes: dict[str, dict[int, int]] = defaultdict(dict)
    every: dict[int, int] = defaultdict(int)
    for key, count in found["buckets"].items():
        kind, bucket = key.split(" ")
        classes[kind][int(bucket)] = count
        every[int(bucket)] += count
    failures = {f"status {key.split(' ')[1]}": 0 for key in found["failed"]}
    for key, count in found["failed"].items():
        failures[f"status {key.split(' ')[1]}"] += count
    lost = {"another length": found["wrong_size"], "time-out": found["timeout"], "incomplete": found["read"]}
    lost |= {"no connection": found["connect"], "not sent": found["write"]}
    answers = sum(every.values()) - sum(failures.values()) - found["wrong_size"]
    return {
        "seconds": found["seconds"],
        "answers": answers,
        "failures": failures | {name: count for name, count in lost.items() if count},
        "per_second": round(answers / found["seconds"], 1),
        "p50_ms": _percentile(every, 0.5),
        "p99_ms": _percentile(every, 0.99),
        "classes": {kind: (_percentile(seen, 0.5), _percentile(seen, 0.99)) for kind, seen in sorted(classes.items())},
    }


def _percentile(buckets: Mapping[int, int], share: float) -> float | None:
    """Milliseconds within which a share of the answers came."""
    wanted, so_far = share * sum(buckets.values()), 0
    for bucket in sorted(buckets):
        so_far += buckets[bucket]
        if so_far >= wanted:
            return round(float(_GROWTH ** (bucket + 0.5)) / 1000, 3)
    return None
