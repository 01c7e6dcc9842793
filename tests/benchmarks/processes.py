"""Processor time and memory of a server with all its processes, from ``/proc`` (see proc(5)).

A process belongs to a server when it descends from the one that was started, or is in its session. Processor time is
that of the living and of their ended children that were waited for. Memory of the whole is the proportional set size
(``Pss``), in which a page that several processes share counts once; that of the front is its resident set at its
highest (``VmHWM``), which the kernel keeps, so that no peak falls between two looks.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["MemoryPeak", "Tree", "free_port", "front_of", "start_tree", "watch_memory"]

_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_LOOK_SECONDS: Final = 0.25
_STOP_SECONDS: Final = 15
_LISTENING: Final = "0A"


@dataclass(frozen=True)
class _Stat:
    parent: int
    session: int
    seconds: float


class Tree:
    """A process that was started, in a session of its own, and all that came of it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def pids(self) -> set[int]:
        """Processes alive."""
        return _family(self.process.pid, _all_stats())

    def cpu_seconds(self) -> float:
        """Processor time so far, user and system."""
        stats = _all_stats()
        return sum(stats[pid].seconds for pid in _family(self.process.pid, stats))

    def seconds_of(self, pid: int) -> float:
        """Processor time of one process so far, without its children; none when it has ended."""
        with suppress(OSError):
            fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            return sum(map(int, fields[11:13])) / _TICKS
        return 0.0

    def resident_bytes(self, pid: int) -> int:
        """Resident set of one process now."""
        return _field(pid, "status", "VmRSS")

    def memory_bytes(self) -> int:
        """Proportional set size now."""
        return sum(_field(pid, "smaps_rollup", "Pss") for pid in self.pids())

    def stop(self) -> None:
        """End all processes: asked first, then made to."""
        members = self.pids()
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_STOP_SECONDS)
        stats = _all_stats()
        left = (members | _family(self.process.pid, stats)) & stats.keys()
        for pid in left:
            if stats[pid].session == self.process.pid or stats[pid].parent in members | {1}:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self.process.wait(_STOP_SECONDS)


def start_tree(command: list[str], environment: dict[str, str], log: Path, folder: Path | None = None) -> Tree:
    """Start a server in a session of its own; what it prints goes to a file."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # the tree that is returned ends it
            command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    return Tree(process)


def front_of(tree: Tree, port: int) -> int:
    """The process that listens on a port: the oldest, where others have the socket from it."""
    inodes = set()
    for table in ("tcp", "tcp6"):
        for line in (_PROC / "net" / table).read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    for pid in sorted(tree.pids()):
        for descriptor in _descriptors(pid):
            if descriptor in inodes:
                return pid
    return tree.process.pid


@dataclass
class MemoryPeak:
    """Highest memory seen.

    :ivar whole: bytes of all processes of the trees together.
    :ivar front: bytes of the front, or None when there is none to be told apart.
    """

    whole: int = 0
    front: int | None = None


@contextmanager
def watch_memory(trees: list[Tree], front: int | None) -> Iterator[MemoryPeak]:
    """Look at the memory of servers four times a second until the block ends; the peaks are whole then."""
    peak, done = MemoryPeak(), threading.Event()

    def look() -> None:
        while True:
            peak.whole = max(peak.whole, sum(tree.memory_bytes() for tree in trees))
            if done.wait(_LOOK_SECONDS):
                return

    if front is not None:
        # 5 sets the highest resident set back to the present one.
        with suppress(OSError):
            (_PROC / str(front) / "clear_refs").write_text("5", encoding="ascii")
    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()
        if front is not None:
            peak.front = _field(front, "status", "VmHWM")


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def _all_stats() -> dict[int, _Stat]:
    stats = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                # The name of the command, in parentheses, may hold anything.
                fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                ticks = sum(map(int, fields[11:15]))
                stats[int(folder.name)] = _Stat(int(fields[1]), int(fields[3]), ticks / _TICKS)
    return stats


def _family(root: int, stats: dict[int, _Stat]) -> set[int]:
    found = {pid for pid, stat in stats.items() if root in (pid, stat.session)}
    while more := {pid for pid, stat in stats.items() if stat.parent in found} - found:
        found |= more
    return found


def _field(pid: int, file: str, name: str) -> int:
    """A field in kB of a file of a process, in bytes; nothing when the process has ended."""
    with suppress(OSError):
        found = re.search(rf"^{name}:\s+(\d+) kB", (_PROC / str(pid) / file).read_text(encoding="ascii"), re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    return 0


def _descriptors(pid: int) -> Iterator[str]:
    with suppress(OSError):
        for link in (_PROC / str(pid) / "fd").iterdir():
            with suppress(OSError):
                yield str(link.readlink())
