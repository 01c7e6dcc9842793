"""``ipg publish``: what an engine holds afterwards is what the snapshot holds, whatever was there, and whatever breaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from query_service.errors import NotReady, ServiceError, SnapshotUnusable, StartError
from query_service.remote.contents import GraphContent, read_contents
from query_service.remote.engine import RemoteEngine
from query_service.remote.http import HttpClient
from query_service.remote.publish import publish
from query_service.remote.target import Addresses, Target
from query_service.snapshot import Snapshot, read_snapshot
from tests.checkout import run_ipg
from tests.engines import METADATA, PublishedEngine, RunningEngine, quiet, start_engine
from tests.served import BASE, DATA, VERSION, write_snapshot

BLANK = """
GRAPH <https://w3id.org/ipg/graph/ontology> {
  <https://w3id.org/ipg/ontology#a> <http://www.w3.org/2002/07/owl#unionOf> (<http://a/b> "c" 3) .
}
"""
STALE = f"<{BASE}graph/old>"


@pytest.fixture(params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningEngine]:
    folder = tmp_path / "engine"
    folder.mkdir()
    with start_engine(request.param, folder) as running:
        yield running


@contextmanager
def target_of(engine: RunningEngine) -> Iterator[Target]:
    client = HttpClient(engine.user, engine.password)
    try:
        yield Target(engine.addresses, client)
    finally:
        client.close()


def graphs_in(engine: RunningEngine) -> set[str]:
    with target_of(engine) as target:
        return {iri for iri in target.graphs() if iri.startswith(BASE)}


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return read_snapshot(write_snapshot(tmp_path / "snapshot", DATA + METADATA + BLANK))


WAYS: dict[str, dict[str, Any]] = {"both": {}, "update alone": {"store": None}, "graph store alone": {"update": None}}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_snapshot_is_published_whole_and_alone(engine: RunningEngine, snapshot: Snapshot, way: str) -> None:
    with target_of(engine) as target:
        target.update([f"INSERT DATA {{ GRAPH {STALE} {{ <a:b> <a:c> <a:d> }} }}"])
        target.update([f"INSERT DATA {{ GRAPH <{BASE}graph/text> {{ <a:b> <a:c> 'printed words' }} }}"])
        target.update(["INSERT DATA { GRAPH <http://example.org/theirs> { <a:b> <a:c> <a:d> } }"])
    addresses = replace(engine.addresses, **WAYS[way])
    published = publish(snapshot, addresses, quiet, user=engine.user, password=engine.password)
    assert all(graph.loaded for graph in published)
    assert published[-1].iri == f"{BASE}graph/metadata"
    public = {graph.iri for graph in snapshot.manifest.graphs.values() if graph.public}
    assert graphs_in(engine) == public | {f"{BASE}graph/default"}
    assert {graph.iri: graph.triples for graph in published if "default" not in graph.iri} == {
        graph.iri: graph.triples for graph in snapshot.manifest.graphs.values() if graph.public
    }
    with target_of(engine) as target:
        assert "http://example.org/theirs" in target.graphs()
        for content in read_contents(snapshot):
            assert target.read(content.iri).values == content.values
    again = publish(snapshot, addresses, quiet, user=engine.user, password=engine.password)
    assert not any(graph.loaded for graph in again)


def content(*objects: str) -> GraphContent:
    turtle = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> <a:b> <a:c> " + ", ".join(objects)
    quads = parse(f"{turtle} .", RdfFormat.TURTLE)
    return GraphContent("a:g", frozenset(Triple(quad.subject, quad.predicate, quad.object) for quad in quads))


def test_numbers_are_compared_by_value() -> None:
    sent, back = content('"007"^^xsd:integer', "1.50", '"1"^^xsd:boolean'), content("7", "1.5", "true")
    assert (sent.values, sent.sha256) != (back.values, back.sha256)
    assert sent.values == back.values
    assert content('"1"').values != content("1").values
    assert content("1.5").values != content("1.50001").values


def test_a_new_version_takes_the_place_of_the_old(engine: RunningEngine, snapshot: Snapshot, tmp_path: Path) -> None:
    publish(snapshot, engine.addresses, quiet, user=engine.user, password=engine.password)
    newer = DATA.replace('"Integration"@en', '"Inclusion"@en') + METADATA.replace(VERSION, "0.2.0+aaaaaaaaaaaa")
    folder = write_snapshot(tmp_path / "newer", newer)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(VERSION, "0.2.0+aaaaaaaaaaaa"), encoding="utf-8")
    second = read_snapshot(folder)
    published = publish(second, engine.addresses, quiet, user=engine.user, password=engine.password)
    loaded = {graph.iri.removeprefix(f"{BASE}graph/") for graph in published if graph.loaded}
    assert loaded == {"default", "metadata", "ontology", "source/first"}
    old = RemoteEngine([engine.addresses.query], snapshot.manifest, 10, prefixes={})
    new = RemoteEngine([engine.addresses.query], second.manifest, 10, prefixes={})
    assert (old.is_ready(), new.is_ready()) == (False, True)
    old.close()
    new.close()


def test_a_run_that_was_broken_off_is_taken_up(engine: RunningEngine, snapshot: Snapshot) -> None:
    contents = read_contents(snapshot)
    first = contents[0]
    with target_of(engine) as target:
        staged = replace(first, iri=f"{first.iri}/staging-{VERSION}")
        target.put(staged)
        half = replace(contents[1], iri=f"{contents[1].iri}/staging-{VERSION}", triples=frozenset([*contents[1].triples][:1]))
        target.put(half)
        target.put(replace(contents[2], iri=f"{contents[2].iri}/staging-0.0.1+older"))
    reader = RemoteEngine([engine.addresses.query], snapshot.manifest, 10, prefixes={})
    assert not reader.is_ready()
    publish(snapshot, engine.addresses, quiet, user=engine.user, password=engine.password)
    assert reader.is_ready()
    reader.close()
    assert not [iri for iri in graphs_in(engine) if "staging" in iri]


@pytest.mark.thorough  # the fixtures of other tests publish it too, and look at counts and hashes
def test_the_built_snapshot_arrives_to_the_byte(real_engine: PublishedEngine) -> None:
    running = real_engine.engine
    published = publish(real_engine.snapshot, running.addresses, quiet, user=running.user, password=running.password)
    assert sum(graph.rewritten for graph in published) == 0
    assert not any(graph.loaded for graph in published)


def test_the_command_tells_what_was_published(engine: RunningEngine, snapshot: Snapshot) -> None:
    addresses = engine.addresses
    urls = ["--to", addresses.query, "--update-url", addresses.update or "", "--graph-store", addresses.store or ""]
    settings = {"IPG_PUBLISH_USER": engine.user or "", "IPG_PUBLISH_PASSWORD": engine.password or ""}
    result = run_ipg("publish", *urls, "--snapshot", snapshot.folder, **settings)
    assert result.returncode == 0, result.stderr
    assert f"{VERSION} is published" in result.stdout
    assert f"<{BASE}graph/default>" in result.stdout
    assert "same SHA-256" in result.stdout
    if engine.password:
        refused = run_ipg("publish", *urls, "--snapshot", snapshot.folder, **{**settings, "IPG_PUBLISH_PASSWORD": "wrong"})
        assert refused.returncode == 1
        assert "IPG_PUBLISH_PASSWORD" in refused.stderr
        assert "wrong" not in refused.stderr


def test_what_cannot_be_published_is_said(snapshot: Snapshot, tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9/query"
    with pytest.raises(StartError, match="no address to write to"):
        publish(snapshot, Addresses(nowhere), quiet)
    with pytest.raises(NotReady, match="cannot be reached"):
        publish(snapshot, Addresses(nowhere, store="http://127.0.0.1:9/store"), quiet)
    nameless = read_snapshot(write_snapshot(tmp_path / "nameless"))
    with pytest.raises(SnapshotUnusable, match="cannot be published"):
        read_contents(nameless)
    spoilt = snapshot.manifest.graphs["ontology"].model_copy(update={"sha256": "0" * 64})
    manifest = snapshot.manifest.model_copy(update={"graphs": {**snapshot.manifest.graphs, "ontology": spoilt}})
    with pytest.raises(ServiceError, match="not what its manifest describes"):
        read_contents(replace(snapshot, manifest=manifest))
    result = run_ipg("publish", "--to", nowhere, "--graph-store", nowhere, "--snapshot", snapshot.folder)
    assert (result.returncode, "cannot be reached" in result.stderr) == (1, True)
    assert run_ipg("publish", "--to", nowhere).returncode == 2
