"""Peers that are not of the project or its dependencies, and the service with each engine behind it.

rdflib-endpoint is installed once into an environment of its own, because its dependencies are not the project's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import ClassVar, Final

from tests.benchmarks.peers import CannotRun, Oxigraph, Peer, Place, Service
from tests.benchmarks.processes import free_port

__all__ = ["OTHERS", "RdflibEndpoint", "Virtuoso"]

_RDFLIB_ENDPOINT: Final = ("rdflib-endpoint[cli]==0.6.3", "oxrdflib==0.5.0", "rdflib==7.6.0", "pyoxigraph==0.5.13")
_VIRTUOSO_SETTINGS: Final = Path(__file__).parent / "virtuoso.ini"
_SECONDS: Final = 300
_PUBLISH_SECONDS: Final = 150


class RdflibEndpoint(Peer):
    """rdflib-endpoint over Oxigraph, with the triples of the default graph."""

    name = "rdflib-endpoint"
    what = "`rdflib-endpoint serve --store Oxigraph`, the triples of the default graph in memory"

    @property
    def endpoint(self) -> str:
        """``/``."""
        return f"http://127.0.0.1:{self.port}/"

    def version(self) -> str:
        """The version that is pinned here; installed when it is not there yet."""
        self.program()
        return _RDFLIB_ENDPOINT[0].rpartition("=")[2]

    def program(self) -> str:
        """The server's program, in an environment of its own.

        :raises CannotRun: when it cannot be installed.
        """
        folder = self.place.cache / "-".join(_RDFLIB_ENDPOINT[0].split("==")).replace("[cli]", "")
        program, python = folder / "bin" / "rdflib-endpoint", str(folder / "bin" / "python")
        if not program.is_file():
            commands = [[sys.executable, "-m", "venv", str(folder)], [python, "-m", "pip", "install", "-q", *_RDFLIB_ENDPOINT]]
            for command in commands:
                result = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
                if result.returncode:
                    raise CannotRun(f"it cannot be installed: {result.stderr.strip().splitlines()[-1]}")
        return str(program)

    def start(self) -> None:
        """Start it with the triples."""
        folder = self.place.folder(self.name)
        address = ["--host", "127.0.0.1", "--port", str(self.port)]
        self.launch([self.program(), "serve", *address, "--store", "Oxigraph", *map(str, self.files())], folder)

    def files(self) -> list[Path]:
        """Files that are loaded."""
        return [self.place.triples]


class Virtuoso(Peer):
    """Virtuoso, with the triples of the default graph as a graph that each request names."""

    name = "virtuoso"
    what = "Virtuoso from Debian's packages; each request names the graph with the triples of the default graph"
    names_graph = True

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.sql_port = free_port()

    @property
    def endpoint(self) -> str:
        """``/sparql``."""
        return f"http://127.0.0.1:{self.port}/sparql"

    def url(self, query: str) -> str:
        """URL that asks a query, of the graph that stands for the default graph."""
        graph = f"&default-graph-uri={self.place.default_graph}" if self.names_graph else ""
        return super().url(query) + graph

    def version(self) -> str:
        """What the program says of itself."""
        if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
            raise CannotRun("there is no program virtuoso-t and isql-vt; `make system-deps` installs them")
        text = subprocess.run(["virtuoso-t", "-?"], capture_output=True, text=True, timeout=60, check=False)
        return next(line.split("Version")[1].split()[0] for line in (text.stdout + text.stderr).split("\n") if "Version" in line)

    def start(self) -> None:
        """Load the triples, and start it anew over them, so that the time to start is that of a loaded server."""
        folder = self.configured()
        self.launch(self.arguments(folder), folder)
        shutil.copy(self.place.triples, folder / "default.nt")
        self.sql(f"ld_dir('{folder}', 'default.nt', '{self.place.default_graph}'); rdf_loader_run(); checkpoint; shutdown;")
        self.trees.pop(0).process.wait(60)
        self.launch(self.arguments(folder), folder)

    def configured(self) -> Path:
        """A new folder with its settings."""
        folder = self.place.folder(self.name)
        settings = _VIRTUOSO_SETTINGS.read_text(encoding="utf-8")
        values = {"folder": str(folder), "http": str(self.port), "sql": str(self.sql_port), "cores": str(os.cpu_count() or 1)}
        for name, value in values.items():
            settings = settings.replace(f"{{{name}}}", value)
        (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
        return folder

    def arguments(self, folder: Path) -> list[str]:
        """Its command line."""
        return ["virtuoso-t", "+configfile", str(folder / "virtuoso.ini"), "+foreground"]

    def sql(self, statements: str) -> None:
        """Have it run statements."""
        command = ["isql-vt", f"127.0.0.1:{self.sql_port}", "dba", "dba", f"exec={statements}"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        if "Error" in result.stdout + result.stderr:
            raise CannotRun(f"it does not load: {(result.stdout + result.stderr).strip()[:200]}")


class _WritableOxigraph(Oxigraph):
    name = "engine oxigraph"

    def start(self) -> None:
        folder = self.place.folder(self.name)
        bind = f"127.0.0.1:{self.port}"
        self.launch([self.program(), "serve", "--location", str(folder / "store"), "--bind", bind], folder)


class _WritableRdflibEndpoint(RdflibEndpoint):
    name = "engine rdflib-endpoint"

    def files(self) -> list[Path]:
        """The triples of the default graph in the graph of that name, and no other graph: they would be merged."""
        graph, published = f" <{self.place.default_graph}> .\n", self.place.work / "published.nq"
        lines = self.place.triples.read_text(encoding="utf-8").split("\n")
        published.write_text("".join(line.removesuffix(" .") + graph for line in lines if line), encoding="utf-8")
        return [published]


class _WritableVirtuoso(Virtuoso):
    name = "engine virtuoso"
    names_graph = False

    def start(self) -> None:
        folder = self.configured()
        self.launch(self.arguments(folder), folder)


class _Remote(Service):
    """The service over an engine into which ``ipg publish`` loaded the snapshot, or which has its graphs from the start."""

    engine: ClassVar[type[Peer]]
    #: Options of ``ipg publish`` with paths of the engine, and its user; none where nothing is published.
    addresses: ClassVar[dict[str, str]]
    user: ClassVar[dict[str, str]] = {}

    def version(self) -> str:
        """Of the engine."""
        return f"{super().version()} over {self.engine(self.place).version()}"

    def start(self) -> None:
        """Start the engine, publish the snapshot to it, and start the service over it."""
        engine = self.engine(self.place)
        folder = self.place.folder(self.name)
        try:
            engine.start()
            base = engine.endpoint.rpartition("/")[0]
            options = [word for option, path in self.addresses.items() for word in (option, base + path)]
            if options:
                self._publish(["--to", engine.endpoint, *options])
            self._settings["IPG_SPARQL_ENDPOINT"] = engine.endpoint
            self.serve(folder)
            self.command = [*engine.command, "&&", "IPG_SPARQL_ENDPOINT=ENGINE", *self.command]
        finally:
            self.trees += engine.trees  # also of one that did not start, so that it is stopped

    def _publish(self, options: list[str]) -> None:
        command = [sys.executable, "-m", "ipg", "publish", *options]
        environment = self.environment() | self.user
        try:
            result = subprocess.run(
                command, env=environment, capture_output=True, text=True, timeout=_PUBLISH_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise CannotRun(f"`ipg publish` was not done after {_PUBLISH_SECONDS} s") from None
        if result.returncode:
            raise CannotRun(f"`ipg publish` failed: {' '.join((result.stderr or result.stdout).split())[:300]}")


class OverOxigraph(_Remote):
    """The service over Oxigraph's server."""

    name = "service over oxigraph"
    what = "the service with `oxigraph serve` behind it, which holds what `ipg publish` wrote"
    engine = _WritableOxigraph
    addresses: ClassVar[dict[str, str]] = {"--update-url": "/update", "--graph-store": "/store"}


class OverRdflibEndpoint(_Remote):
    """The service over rdflib-endpoint, which is not published to: it decodes %2F in what updates send (0.6.3)."""

    name = "service over rdflib-endpoint"
    what = "the service with `rdflib-endpoint serve` behind it, which read the published default graph from a file"
    engine = _WritableRdflibEndpoint
    addresses: ClassVar[dict[str, str]] = {}


class OverVirtuoso(_Remote):
    """The service over Virtuoso."""

    name = "service over virtuoso"
    what = "the service with Virtuoso behind it, which holds what `ipg publish` wrote"
    engine = _WritableVirtuoso
    addresses: ClassVar[dict[str, str]] = {"--update-url": "/sparql-auth", "--graph-store": "/sparql-graph-crud-auth"}
    user: ClassVar[dict[str, str]] = {"IPG_PUBLISH_USER": "dba", "IPG_PUBLISH_PASSWORD": "dba"}


OTHERS: Final[list[type[Peer]]] = [RdflibEndpoint, Virtuoso, OverOxigraph, OverRdflibEndpoint, OverVirtuoso]
