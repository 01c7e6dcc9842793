"""A small snapshot as the build writes one, and a live server over it, for the tests of the endpoint."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import httpx
import uvicorn
from fastapi import FastAPI
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

from query_service.app import create_app
from query_service.history import History
from query_service.server import bind, configure
from query_service.settings import ServiceSettings
from tests.checkout import clean_environment

__all__ = ["BASE", "DATA", "PRIVATE", "VERSION", "live_server", "running", "serving", "write_snapshot"]

BASE = "https://w3id.org/ipg/"
VERSION = "0.1.0+0123456789ab"
DATA = """
PREFIX ipg: <https://w3id.org/ipg/ontology#>
PREFIX graph: <https://w3id.org/ipg/graph/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

graph:ontology {
  ipg:p sh:prefix "ipg" ; sh:namespace "https://w3id.org/ipg/ontology#"^^xsd:anyURI .
  ipg:q sh:prefix "skos" ; sh:namespace "http://www.w3.org/2004/02/skos/core#"^^xsd:anyURI .
}
<https://w3id.org/ipg/graph/source/first> {
  <https://w3id.org/ipg/id/principle/cbp-1> a ipg:Principle ; skos:notation "1" ;
    skos:prefLabel "Integration"@en, "Intégration"@fr .
  <https://w3id.org/ipg/id/actor/city> a ipg:Actor .
}
<https://w3id.org/ipg/graph/source/second> {
  <https://w3id.org/ipg/id/practice/a> a ipg:Practice ; ipg:startYear 2008 ; ipg:ongoing true ;
    skos:prefLabel "a < b & \\"c\\", d\\n\\te"@en .
  <https://w3id.org/ipg/id/actor/city> a ipg:Actor .
}
"""
PRIVATE = """
PREFIX graph: <https://w3id.org/ipg/graph/>
graph:text { <https://w3id.org/ipg/id/passage/p> <http://www.w3.org/ns/oa#exact> "printed words" . }
"""


def write_snapshot(folder: Path, public: str = DATA, private: str = PRIVATE) -> Path:
    """Write a snapshot from two texts in TriG."""
    folder.mkdir(parents=True)
    store = Store(str(folder / "store"))
    store.bulk_load(public, RdfFormat.TRIG)
    names = {graph.value: True for graph in store.named_graphs()}
    merged = {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in store}
    store.bulk_load(private, RdfFormat.TRIG)
    names = {graph.value: graph.value in names for graph in store.named_graphs()}
    graphs = {
        iri.removeprefix(f"{BASE}graph/"): {
            "iri": iri,
            "triples": sum(1 for quad in store if quad.graph_name.value == iri),
            "public": is_public,
            "in_default": is_public,
            "sha256": "",
        }
        for iri, is_public in sorted(names.items())
    }
    store.bulk_extend(merged)
    store.flush()
    manifest = {
        "format": 1,
        "version": VERSION,
        "base": BASE,
        "graphs": graphs,
        "default_graph": {"triples": len(merged)},
        "files": {},
        "built_with": "a key that the service does not know",
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@contextmanager
def live_server(snapshot: Path, *, is_writable: bool = False, **settings: object) -> Iterator[str]:
    """Serve a snapshot on a free port of this machine; gives the address."""
    chosen = ServiceSettings.model_validate({"port": 0, **settings})
    with bind(chosen) as listening:
        chosen = chosen.model_copy(update={"port": listening.getsockname()[1]})
        with _served(create_app(chosen, snapshot, is_writable=is_writable), chosen, listening):
            yield f"http://127.0.0.1:{chosen.port}"


@contextmanager
def serving(*arguments: str | Path, **settings: str | Path) -> Iterator[str]:
    """Run ``ipg serve`` in a process of its own on a free port of this machine; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ipg", "serve", *map(str, arguments)]
    environment = clean_environment(IPG_PORT=str(port), **settings)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        address = f"http://127.0.0.1:{port}"
        deadline = monotonic() + 60
        try:
            while process.poll() is None and not _is_ready(address) and monotonic() < deadline:
                sleep(0.1)
            if process.poll() is not None:
                raise AssertionError(f"the service did not start: {process.communicate()[0]}")
            assert _is_ready(address), "no answer in 60 s"
            yield address
        finally:
            process.terminate()


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").is_success
    except httpx.HTTPError:
        return False


@contextmanager
def running(snapshot: Path, *, history: History | None = None, **settings: object) -> Iterator[httpx.Client]:
    """A client of the service over a snapshot; answers name the default address, whatever the port."""
    chosen = ServiceSettings.model_validate({"workers": 2, **settings})
    with bind(ServiceSettings(port=0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        plain = {"Accept-Encoding": "identity", "User-Agent": "tests"}
        with (
            _served(create_app(chosen, snapshot, history=history), chosen, listening),
            httpx.Client(base_url=address, headers=plain, timeout=60) as client,
        ):
            yield client


@contextmanager
def _served(app: FastAPI, settings: ServiceSettings, listening: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(configure(app, settings))
    thread = threading.Thread(target=_run, args=(server, listening))
    thread.start()
    try:
        deadline = monotonic() + 60
        while not server.started and thread.is_alive() and monotonic() < deadline:
            sleep(0.01)
        if error := getattr(app.state, "start_error", None):
            raise error
        assert server.started, "the server did not start"
        yield
    finally:
        server.should_exit = True
        thread.join(20)


def _run(server: uvicorn.Server, listening: socket.socket) -> None:
    with suppress(SystemExit):  # how uvicorn says that the application did not start
        server.run(sockets=[listening])
