"""Engines of others, started for the tests: Oxigraph's server and Virtuoso, each over a published snapshot."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from etl.snapshot import current_snapshot
from query_service.remote.publish import publish
from query_service.remote.target import Addresses
from query_service.snapshot import Snapshot, read_snapshot
from tests.served import BASE, DATA, VERSION, write_snapshot

__all__ = [
    "ENGINES",
    "METADATA",
    "PublishedEngine",
    "RunningEngine",
    "engine_to_tire",
    "find_virtuoso",
    "free_port",
    "published",
    "published_engines",
    "quiet",
    "real_engine",
    "remote_engine",
    "small_published",
    "start_engine",
]

#: The graph that names the version of the small snapshot, which the snapshot of :mod:`tests.served` does not have.
METADATA = f"""
GRAPH <{BASE}graph/metadata> {{
  <{BASE}id/dataset/integration-policy-graph> <http://www.w3.org/2002/07/owl#versionInfo> "{VERSION}" .
}}
"""
_SECONDS_TO_START = 60
_VIRTUOSO_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 8
MaxClientConnections = 8
EnabledGzipContent = 1
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 600
MaxQueryCostEstimationTime = 0
"""


@dataclass(frozen=True)
class RunningEngine:
    """An engine that runs, with the addresses that ``ipg publish`` is told."""

    addresses: Addresses
    process: subprocess.Popen[bytes] = field(repr=False)
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True)
class PublishedEngine:
    """An engine into which a snapshot was published."""

    name: str
    engine: RunningEngine
    snapshot: Snapshot

    @property
    def url(self) -> str:
        """Its query endpoint."""
        return self.engine.addresses.query


class _Quiet:
    def step(self, name: str) -> AbstractContextManager[None]:  # noqa: ARG002 - the name is for who watches
        return nullcontext()


quiet = _Quiet()
"""Progress that nobody watches."""


def find_virtuoso() -> Path | None:
    """The server of Virtuoso, where the operating system has it."""
    found = shutil.which("virtuoso-t")
    return Path(found) if found else None


def free_port() -> int:
    """A port of this machine that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def _running(command: list[str], folder: Path, probe: str) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        deadline = monotonic() + _SECONDS_TO_START
        while monotonic() < deadline:
            assert process.poll() is None, (folder / "output.txt").read_text(encoding="utf-8", errors="replace")
            try:
                httpx.get(probe, timeout=5)
            except httpx.HTTPError:
                sleep(0.1)
            else:
                break
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)


@contextmanager
def _oxigraph(folder: Path, port: int | None = None) -> Iterator[RunningEngine]:
    server = Path(sys.prefix) / "bin" / "oxigraph"
    at = f"http://127.0.0.1:{port or free_port()}"
    command = [str(server), "serve", "--bind", at.removeprefix("http://"), "--timeout-s", "3"]
    with _running(command, folder, f"{at}/query?query=ASK%7B%7D") as process:
        yield RunningEngine(Addresses(f"{at}/query", f"{at}/update", f"{at}/store"), process)


@contextmanager
def _virtuoso(folder: Path, port: int | None = None) -> Iterator[RunningEngine]:
    server = find_virtuoso()
    assert server is not None, "mark the test with @pytest.mark.virtuoso"
    http = port or free_port()
    settings = folder / "settings.ini"
    settings.write_text(_VIRTUOSO_SETTINGS.format(folder=folder, port=free_port(), http=http), encoding="utf-8")
    at = f"http://127.0.0.1:{http}"
    command = [str(server), "+configfile", str(settings), "+foreground"]
    with _running(command, folder, f"{at}/sparql?query=ASK%7B%7D") as process:
        addresses = Addresses(f"{at}/sparql", f"{at}/sparql-auth", f"{at}/sparql-graph-crud-auth")
        yield RunningEngine(addresses, process, "dba", "dba")


ENGINES: dict[str, Callable[[Path, int | None], AbstractContextManager[RunningEngine]]] = {
    "oxigraph": _oxigraph,
    "virtuoso": _virtuoso,
}
_PARAMETERS = ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)]


def start_engine(name: str, folder: Path, port: int | None = None) -> AbstractContextManager[RunningEngine]:
    """Start an engine that holds nothing yet; it is stopped for certain.

    :param folder: an empty folder for its files.
    :param port: where it is to answer; a free one by default.
    """
    return ENGINES[name](folder, port)


@contextmanager
def published(name: str, folder: Path, snapshot: Snapshot) -> Iterator[PublishedEngine]:
    """Start an engine, and publish a snapshot into it."""
    with start_engine(name, folder) as engine:
        publish(snapshot, engine.addresses, quiet, user=engine.user, password=engine.password)
        yield PublishedEngine(name, engine, snapshot)


@pytest.fixture(scope="session")
def small_published(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The small snapshot with the graph that names its version."""
    return read_snapshot(write_snapshot(tmp_path_factory.mktemp("small") / "snapshot", DATA + METADATA))


@pytest.fixture(scope="session")
def published_engines(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str, Snapshot], PublishedEngine]]:
    """Engines with a snapshot each, started and filled once, in whatever order tests ask for them."""
    with ExitStack() as running:
        started: dict[tuple[str, str], PublishedEngine] = {}

        def engine_with(name: str, snapshot: Snapshot) -> PublishedEngine:
            key = name, str(snapshot.folder)
            if key not in started:
                started[key] = running.enter_context(published(name, tmp_path_factory.mktemp("engine"), snapshot))
            return started[key]

        yield engine_with


@pytest.fixture(scope="session", params=_PARAMETERS)
def remote_engine(
    request: pytest.FixtureRequest,
    published_engines: Callable[[str, Snapshot], PublishedEngine],
    small_published: Snapshot,
) -> PublishedEngine:
    """Each engine with the small snapshot; tests leave it as it is."""
    return published_engines(request.param, small_published)


@pytest.fixture(scope="session", params=_PARAMETERS)
def real_engine(
    request: pytest.FixtureRequest, published_engines: Callable[[str, Snapshot], PublishedEngine], home: Path
) -> PublishedEngine:
    """Each engine with the snapshot built from this checkout; tests leave it as it is."""
    folder = current_snapshot(home)
    assert folder is not None
    return published_engines(request.param, read_snapshot(folder))


@pytest.fixture(params=_PARAMETERS)
def engine_to_tire(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, small_published: Snapshot
) -> Iterator[PublishedEngine]:
    """Each engine for one test that leaves it at work: neither ends a query at its own limit of time for certain."""
    with published(request.param, tmp_path_factory.mktemp("engine"), small_published) as engine:
        yield engine
