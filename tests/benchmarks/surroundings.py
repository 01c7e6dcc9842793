"""What a run is made on and over: the machine, the versions, a copy of the snapshot and its dumps for other engines."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, RdfFormat, Store

from query_service.errors import SnapshotUnusable
from query_service.snapshot import Snapshot, read_snapshot
from tests.benchmarks.figures import Machine
from tests.benchmarks.load import require_wrk
from tests.benchmarks.peers import CannotRun, Place, Service

__all__ = ["describe_machine", "find_versions", "prepare_place"]

_LIBRARIES: Final = ("pyoxigraph", "oxigraph", "uvicorn", "uvloop", "httptools", "fastapi", "starlette")
_BUILD_SECONDS: Final = 900


def describe_machine() -> Machine:
    """This machine, without any name of it."""
    information = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    processor = re.search(r"^model name\s*: (.+)$", information, re.MULTILINE)
    return Machine(
        processor=processor[1] if processor else platform.machine(),
        cores=len(os.sched_getaffinity(0)),
        memory_bytes=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        kernel=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        load_before=round(os.getloadavg()[0], 2),
    )


def find_versions() -> dict[str, str]:
    """Versions of the load generator and of the libraries that bear on the figures.

    :raises CannotRun: without the load generator.
    """
    return {"wrk": require_wrk()} | {library: version(library) for library in _LIBRARIES}


def prepare_place(work: Path, home: Path) -> tuple[Place, Snapshot]:
    """Copy the snapshot in service, bring it up to date, and write its quads for engines that load them.

    :raises CannotRun: when there is no snapshot.
    """
    try:
        source = read_snapshot(home / "current")
    except SnapshotUnusable as error:
        raise CannotRun(f"{error}") from None
    ours = work / "home"
    shutil.copytree(source.folder, ours / "snapshots" / source.folder.name)
    (ours / "current").symlink_to(Path("snapshots") / source.folder.name)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ipg-benchmarks"
    cache.mkdir(parents=True, exist_ok=True)
    place = Place(work, cache, ours, Path(), work / "quads.nq", work / "default.nt", f"{source.manifest.base}graph/default")
    _bring_up_to_date(place)
    snapshot = read_snapshot(ours / "current")
    store = Store.read_only(str(snapshot.store))
    store.dump(str(place.quads), RdfFormat.N_QUADS)
    store.dump(str(place.triples), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return Place(work, cache, ours, snapshot.store, place.quads, place.triples, place.default_graph), snapshot


def _bring_up_to_date(place: Place) -> None:
    """Build in the copy, so that no start of the service includes a build; nothing happens when nothing changed."""
    command = [sys.executable, "-m", "ipg", "build"]
    environment = Service(place).environment()
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_BUILD_SECONDS, check=False)
    if result.returncode:
        raise CannotRun(f"`ipg build` failed: {(result.stderr or result.stdout).strip()[-300:]}")
