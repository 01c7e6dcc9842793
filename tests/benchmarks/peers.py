"""Servers that the benchmark compares, each over the same snapshot: how they are started, asked and stopped.

A peer whose program is missing, or that does not start, is named as not run; the others are measured without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar, Final
from urllib.parse import quote, urlencode

import httpx

from tests.benchmarks.processes import Tree, free_port, front_of, start_tree

__all__ = ["BARE", "SERVICE", "CannotRun", "Oxigraph", "OxigraphInMemory", "Peer", "Place", "Service", "all_peers"]

SERVICE: Final = "service"
#: The peer that the aims compare with, and whose answers the others' are compared with.
BARE: Final = "oxigraph"
_SECONDS_TO_START: Final = 90
_LOOK_SECONDS: Final = 0.005


class CannotRun(Exception):
    """A peer that cannot be run here, with the reason."""


@dataclass(frozen=True)
class Place:
    """What peers are started over.

    :ivar work: folder of this run; each peer has one of its own in it.
    :ivar cache: folder kept from run to run, for programs that are not of the project.
    :ivar home: home of the snapshot, a copy.
    :ivar store: its store.
    :ivar quads: all its quads in N-Quads; ``triples`` those of its default graph in N-Triples.
    :ivar default_graph: name of the default graph where an engine must have one.
    """

    work: Path
    cache: Path
    home: Path
    store: Path
    quads: Path
    triples: Path
    default_graph: str

    def folder(self, name: str) -> Path:
        """A new folder of a peer."""
        return Path(mkdtemp(prefix=f"{name.replace(' ', '-')}-", dir=self.work))


class Peer(ABC):
    """A server with a query endpoint."""

    name: ClassVar[str]
    what: ClassVar[str]

    def __init__(self, place: Place) -> None:
        self.place = place
        self.trees: list[Tree] = []
        self.front = 0
        self.port = free_port()
        self.command: list[str] = []
        self.start_seconds = 0.0

    @property
    @abstractmethod
    def endpoint(self) -> str:
        """URL of the query endpoint."""

    @property
    def probe(self) -> str:
        """URL that answers 200 as soon as the peer can be asked."""
        return self.url("ASK { ?subject ?property ?value }")

    @abstractmethod
    def version(self) -> str:
        """Version of the program.

        :raises CannotRun: when it is not there.
        """

    @abstractmethod
    def start(self) -> None:
        """Start it over the snapshot; it answers when this returns.

        :raises CannotRun: when it does not.
        """

    def url(self, query: str) -> str:
        """URL that asks a query."""
        return f"{self.endpoint}?{urlencode({'query': query}, quote_via=quote)}"

    def stop(self) -> None:
        """Stop all that was started, the server proper first, then what it stands on."""
        for tree in self.trees:
            tree.stop()
        self.trees = []

    def launch(self, command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
        """Start the server proper and wait for its first answer.

        :raises CannotRun: when it ends, or is silent for too long.
        """
        self.command, log = command, folder / "output.txt"
        began = time.perf_counter()
        tree = start_tree(command, environment or dict(os.environ), log, folder)
        self.trees.insert(0, tree)
        with httpx.Client(timeout=10) as client:
            while True:
                try:
                    if client.get(self.probe).status_code == 200:
                        break
                except httpx.HTTPError:
                    pass
                if tree.process.poll() is not None or time.perf_counter() - began > _SECONDS_TO_START:
                    raise CannotRun(f"it did not start: {_last_line(log)}")
                time.sleep(_LOOK_SECONDS)
        self.start_seconds = time.perf_counter() - began
        self.front = front_of(tree, self.port)


class Service(Peer):
    """This project's service."""

    name = SERVICE
    what = "this project: `ipg serve` with its own engine, settings as they come"

    def __init__(self, place: Place, **settings: str) -> None:
        super().__init__(place)
        self._settings = settings

    @property
    def endpoint(self) -> str:
        """``/sparql``."""
        return f"http://127.0.0.1:{self.port}/sparql"

    @property
    def probe(self) -> str:
        """``/readyz``."""
        return f"http://127.0.0.1:{self.port}/readyz"

    def version(self) -> str:
        """Version of the project."""
        return version("integration-policy-graph")

    def start(self) -> None:
        """Start ``ipg serve``."""
        self.serve(self.place.folder(self.name))

    def serve(self, folder: Path) -> None:
        """Start ``ipg serve`` with its settings."""
        self.launch([sys.executable, "-m", "ipg", "serve"], folder, self.environment())

    def environment(self) -> dict[str, str]:
        """The environment without settings of the caller, where the checkout is found, and the settings of this peer."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("IPG_") or name == "IPG_SOURCES"}
        checkout = str(Path(__file__).parents[2])
        ours = {"IPG_HOME": str(self.place.home), "IPG_PORT": str(self.port), "PYTHONPATH": checkout}
        return kept | ours | self._settings


class Oxigraph(Peer):
    """Oxigraph's own server over the store of the snapshot."""

    name = BARE
    what = "`oxigraph serve-read-only` over a copy of the same store, on disk"

    def __init__(self, place: Place, *options: str) -> None:
        super().__init__(place)
        self._options = options

    @property
    def endpoint(self) -> str:
        """``/query``."""
        return f"http://127.0.0.1:{self.port}/query"

    def program(self) -> str:
        """The server's program.

        :raises CannotRun: when it is not there.
        """
        found = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
        if not found:
            raise CannotRun("there is no program oxigraph; it comes with the development dependencies")
        return found

    def version(self) -> str:
        """What ``oxigraph --version`` says."""
        return _output([self.program(), "--version"]).split()[-1]

    def start(self) -> None:
        """Start it over a copy of the store, which it never shares with another process."""
        folder = self.place.folder(self.name)
        shutil.copytree(self.place.store, folder / "store")
        bind = f"127.0.0.1:{self.port}"
        command = [self.program(), "serve-read-only", "--location", str(folder / "store"), "--bind", bind, *self._options]
        self.launch(command, folder)


class OxigraphInMemory(Oxigraph):
    """Oxigraph's own server with the quads of the snapshot in memory."""

    name = "oxigraph in memory"
    what = "`oxigraph serve` without a location, the same quads loaded into memory"

    def start(self) -> None:
        """Start it empty and load the quads through its graph store."""
        self.launch([self.program(), "serve", "--bind", f"127.0.0.1:{self.port}"], self.place.folder(self.name))
        quads = self.place.quads.read_bytes()
        store = f"http://127.0.0.1:{self.port}/store"
        httpx.post(store, content=quads, headers={"Content-Type": "application/n-quads"}, timeout=120).raise_for_status()


def all_peers() -> list[type[Peer]]:
    """All peers, in the order of the report."""
    from tests.benchmarks.other_peers import OTHERS  # noqa: PLC0415 - these build on the classes above

    return [Service, Oxigraph, OxigraphInMemory, *OTHERS]


def _output(command: list[str]) -> str:
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return result.stdout.strip() or result.stderr.strip()


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
