"""Shared fixtures: the documents where they are found, and a count of the tests that needed them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from filelock import FileLock

from query_service.snapshot import Snapshot, read_snapshot
from tests.browsing import browser, find_browser, scriptless, visit
from tests.checkout import run_ipg
from tests.deviations import pytest_pyfunc_call
from tests.engines import engine_to_tire, find_virtuoso, published_engines, real_engine, remote_engine, small_published
from tests.served import running, serving
from tests.sharing import in_turn, pytest_xdist_auto_num_workers, pytest_xdist_make_scheduler

__all__ = [
    "browser",
    "engine_to_tire",
    "published_engines",
    "pytest_pyfunc_call",
    "pytest_xdist_auto_num_workers",
    "pytest_xdist_make_scheduler",
    "real_engine",
    "remote_engine",
    "scriptless",
    "small_published",
    "visit",
]

ROOT = Path(__file__).parent.parent


def _sources_folder() -> Path | None:
    folder = Path(os.environ.get("IPG_SOURCES") or ROOT / "data" / "sources")
    return folder if any(folder.glob("*.txt")) else None


def _conformance_folder() -> Path | None:
    folder = os.environ.get("IPG_CONFORMANCE")
    return Path(folder) if folder and Path(folder, "w3c-rdf-tests").is_dir() else None


def _rapper() -> Path | None:
    found = shutil.which("rapper")
    return Path(found) if found else None


def _sssom() -> Path | None:
    found = shutil.which("sssom", path=Path(sys.prefix) / "sssom" / "bin") or shutil.which("sssom")
    return Path(found) if found else None


def _npm() -> Path | None:
    found = shutil.which("npm")
    return Path(found) if found and shutil.which("node") else None


def _client() -> Path | None:
    found = ROOT / "query_service" / "static" / "client" / "sparql.js"
    return found if found.is_file() else None


# Marker, what its tests need, where that is found, how to have them run.
_NEEDS: tuple[tuple[str, str, Callable[[], Path | None], str], ...] = (
    ("sources", "the documents", _sources_folder, "set IPG_SOURCES or fill data/sources"),
    ("conformance", "the conformance data of others", _conformance_folder, "set IPG_CONFORMANCE"),
    ("raptor", "the client rapper", _rapper, "make system-deps"),
    ("sssom", "the client sssom", _sssom, "make test installs it in an environment of its own"),
    ("virtuoso", "the engine Virtuoso", find_virtuoso, "make system-deps"),
    ("browser", "the browser Chromium", find_browser, "make system-deps"),
    ("node", "node and npm", _npm, "make system-deps"),
    ("client", "the scripts of pages", _client, "make test builds them where Node.js is to be had"),
)
_NEEDING: pytest.StashKey[dict[str, int]] = pytest.StashKey()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests out that need what is not there, of which the closing lines say how many; put the others in order."""
    items[:] = in_turn(items)
    counts = config.stash.setdefault(_NEEDING, {})
    long = [item for item in items if item.get_closest_marker("thorough")]
    counts["thorough"] = len(long)
    if long and not os.environ.get("IPG_TEST_ALL"):
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    for marker, _, find, _ in _NEEDS:
        needing = [item for item in items if item.get_closest_marker(marker)]
        counts[marker] = len(needing)
        if needing and find() is None:
            config.hook.pytest_deselected(items=needing)
            items[:] = [item for item in items if item not in needing]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts to the process that prints the closing lines, where tests run in several."""
    output: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["needing"] = session.config.stash.get(_NEEDING, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the counts of a process that is done; each has looked at all tests, so that they are the same in all."""
    counts = node.config.stash.setdefault(_NEEDING, {})
    counts.update(getattr(node, "workeroutput", {}).get("needing", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests needed the documents and other data, and whether they ran."""
    counts = config.stash.get(_NEEDING, {})
    state = "run" if os.environ.get("IPG_TEST_ALL") else "not run: make test-all"
    terminalreporter.write_line(f"tests that take minutes: {counts.get('thorough', 0)} ({state})")
    for marker, what, find, remedy in _NEEDS:
        state = "run" if find() else f"not run: {remedy}"
        terminalreporter.write_line(f"tests that need {what}: {counts.get(marker, 0)} ({state})")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sources_dir() -> Path:
    """Folder of the documents; only for tests marked ``sources``."""
    folder = _sources_folder()
    assert folder is not None, "mark the test with @pytest.mark.sources"
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a snapshot built from this checkout, with the documents where they are; tests leave it as it is."""
    if built := os.environ.get("IPG_TEST_HOME"):  # to save the time of a build while one test is being written
        return Path(built)
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the processes that share the tests share what is built too
        shared = shared.parent
    folder, sources = shared / "home", _sources_folder()
    with FileLock(shared / "home.lock"):
        if not (folder / "current").exists():
            result = run_ipg("build", IPG_HOME=folder, **({"IPG_SOURCES": sources} if sources else {}))
            assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    return folder


@pytest.fixture(scope="session")
def served(home: Path) -> Iterator[str]:
    """Address of the service that ``ipg serve`` runs over the built snapshot."""
    sources = _sources_folder()
    with serving(IPG_HOME=home, **({"IPG_SOURCES": sources} if sources else {})) as address:
        yield address


@pytest.fixture(scope="session")
def built(home: Path) -> Snapshot:
    """The built snapshot."""
    return read_snapshot(home / "current")


@pytest.fixture(scope="module")
def built_client(built: Snapshot) -> Iterator[httpx.Client]:
    """A client of the service over the built snapshot, in this process."""
    with running(built.folder) as client:
        yield client


@pytest.fixture(scope="session")
def sssom() -> Path:
    """The client sssom; only for tests marked ``sssom``."""
    client = _sssom()
    assert client is not None, "mark the test with @pytest.mark.sssom"
    return client


@pytest.fixture(scope="session")
def conformance_dir() -> Path:
    """Folder of the conformance data; only for tests marked ``conformance``."""
    folder = _conformance_folder()
    assert folder is not None, "mark the test with @pytest.mark.conformance"
    return folder
