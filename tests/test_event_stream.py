"""``/ldes`` and ``/feed.atom``: a reader who follows them holds the dataset, and fetches nothing twice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from pyoxigraph import Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from pyshacl import validate
from rdflib import Graph

from etl.identifiers import BASE
from etl.releases.publish import publish_release, withdraw_release
from etl.snapshot import canonical_nquads, read_public
from tests.npm import install_client
from tests.released import FIRST, SECOND, THIRD, day, quads, release, write_version
from tests.served import live_server, running

HERE = Path(__file__).parent / "ldes_client"
ATOM = "{http://www.w3.org/2005/Atom}"
FORMATS = {"application/trig": RdfFormat.TRIG, "application/n-quads": RdfFormat.N_QUADS, "application/ld+json": RdfFormat.JSON_LD}
TREE, LDES, DCT = "https://w3id.org/tree#", "https://w3id.org/ldes#", "http://purl.org/dc/terms/"
ROOT = "http://127.0.0.1:8000/ldes"


class Published(NamedTuple):
    """A service over releases."""

    client: httpx.Client
    ledger: Path
    home: Path
    versions: list[str]

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Published]:
    home, ledger = tmp_path / "home", tmp_path / "ledger"
    versions = release(home, ledger, FIRST, SECOND)
    with running(home / "current", releases_dir=ledger, workers=1) as client:
        yield Published(client, ledger, home, versions)


def read(response: httpx.Response) -> list[Quad]:
    assert response.status_code == 200, response.text
    return list(parse(response.content, format=FORMATS[response.headers["content-type"]]))


def objects(told: list[Quad], subject: str, predicate: str) -> set[str]:
    return {q.object.value for q in told if q.subject.value == subject and q.predicate.value == predicate}  # type: ignore[union-attr]


def test_the_root_says_how_the_stream_is_to_be_read(published: Published) -> None:
    told = read(published.get("/ldes"))
    stream = f"{ROOT}#stream"
    assert objects(told, stream, f"{TREE}view") == {ROOT}
    assert objects(told, stream, f"{LDES}timestampPath") == {"http://www.w3.org/ns/prov#generatedAtTime"}
    assert objects(told, stream, f"{LDES}versionOfPath") == {f"{DCT}isVersionOf"}
    assert objects(told, stream, f"{LDES}pollingInterval") == {"86400"}
    assert objects(told, stream, f"{LDES}versionDeleteObject") == {"https://www.w3.org/ns/activitystreams#Delete"}
    relations = objects(told, ROOT, f"{TREE}relation")
    bounds = {(*objects(told, r, f"{TREE}node"), *objects(told, r, f"{TREE}value")) for r in relations}
    assert bounds == {(f"{ROOT}/1/1", "2026-01-02T12:00:00Z"), (f"{ROOT}/2/1", "2026-01-03T12:00:00Z")}
    assert len(relations) == 4, "two bounds for each page"


def test_a_member_is_an_item_with_the_graphs_that_state_it(published: Published) -> None:
    told = read(published.get("/ldes/2/1"))
    name = f"{BASE}ldes/2/1#id/practice/a"
    about = [quad for quad in told if quad.subject == NamedNode(name)]
    said = [q for q in about if isinstance(q.graph_name, DefaultGraph)]
    own = {Quad(NamedNode(f"{BASE}id/practice/a"), q.predicate, q.object, q.graph_name) for q in about if q not in said}
    assert own == {quad for quad in quads(SECOND) if quad.subject == NamedNode(f"{BASE}id/practice/a")}
    assert objects(said, name, "http://www.w3.org/ns/adms#versionNotes") == {"Reason 2."}
    assert objects(said, name, "http://www.w3.org/2002/07/owl#versionInfo") == {published.versions[1]}


def test_what_left_leaves_a_member_with_the_reason_and_nothing_else(published: Published) -> None:
    told = read(published.get("/ldes/2/1"))
    name = f"{BASE}ldes/2/1#id/practice/b"
    about = [quad for quad in told if quad.subject == NamedNode(name)]
    assert objects(about, name, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type") == {
        "https://www.w3.org/ns/activitystreams#Delete"
    }
    assert all(isinstance(quad.graph_name, DefaultGraph) for quad in about)
    assert len(about) == 5


@pytest.mark.parametrize("page", ["/ldes/1/1", "/ldes/2/1"])
def test_members_keep_to_the_shape_of_the_stream(published: Published, page: str) -> None:
    def graph(path: str) -> Graph:
        triples = [quad for quad in read(published.get(path)) if isinstance(quad.graph_name, DefaultGraph)]
        return Graph().parse(data=canonical_nquads(triples), format="nt")

    members, shapes = graph(page), graph("/ldes")
    shapes.update(f"INSERT {{ <{ROOT}#member> <http://www.w3.org/ns/shacl#targetObjectsOf> <{TREE}member> }} WHERE {{}}")
    conforms, _, text = validate(members, shacl_graph=shapes)
    assert conforms, text
    members.update("DELETE WHERE { ?member <http://www.w3.org/ns/adms#versionNotes> ?reason }")
    assert not validate(members, shacl_graph=shapes)[0], "the shape looks at every member"


@pytest.mark.parametrize("path", ["/ldes", "/ldes/1/1"])
def test_all_formats_say_the_same(published: Published, path: str) -> None:
    said = [canonical_nquads(read(published.get(path, accept=media_type))) for media_type in FORMATS]
    assert said[0] == said[1] == said[2]
    assert canonical_nquads(read(published.get(f"{path}?format=nq", accept="text/html"))) == said[0]


def test_a_format_without_graphs_is_refused_with_what_there_is(published: Published) -> None:
    refused = published.get("/ldes/1/1", accept="text/turtle")
    assert refused.status_code == 406
    assert "application/trig" in refused.json()["expected"]


def test_closed_pages_are_kept_and_the_root_is_asked_again(published: Published) -> None:
    page, root = published.get("/ldes/1/1"), published.get("/ldes")
    assert "immutable" in page.headers["cache-control"]
    assert page.headers["last-modified"] == "Fri, 02 Jan 2026 12:00:00 GMT"
    assert objects(read(page), f"{ROOT}/1/1", f"{LDES}immutable") == {"true"}
    assert "no-cache" in root.headers["cache-control"]
    for response, path in ((page, "/ldes/1/1"), (root, "/ldes")):
        again = published.get(path, if_none_match=response.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
        other = published.get(path, accept="application/n-quads")
        assert other.headers["etag"] != response.headers["etag"]
        head = published.client.head(path)
        assert (head.content, head.headers["etag"]) == (b"", response.headers["etag"])


def test_a_release_is_taken_up_and_old_pages_stay_as_they_were(published: Published) -> None:
    before = {path: published.get(path) for path in ("/ldes", "/ldes/1/1", "/ldes/2/1")}
    assert published.get("/ldes/3/1").status_code == 404
    publish_release(published.ledger, write_version(published.home, quads(THIRD)), published=day(9), note="Back.")
    after = {path: published.get(path) for path in before}
    assert after["/ldes"].headers["etag"] != before["/ldes"].headers["etag"]
    for path in ("/ldes/1/1", "/ldes/2/1"):
        assert (after[path].content, after[path].headers["etag"]) == (before[path].content, before[path].headers["etag"])
    assert read(published.get("/ldes/3/1"))


def test_a_copy_of_the_ledger_gives_the_same_stream(published: Published, tmp_path: Path) -> None:
    """History is in the ledger alone: not in snapshots, clocks or the order in which a machine did things."""
    paths = ("/ldes", "/ldes/1/1", "/ldes/2/1", "/feed.atom")
    shutil.copytree(published.ledger, tmp_path / "clone")
    with running(write_version(tmp_path / "other", quads(FIRST)), releases_dir=tmp_path / "clone", workers=1) as other:
        for path in paths:
            assert other.get(path).content == published.get(path).content


@pytest.mark.parametrize("path", ["/ldes/0/1", "/ldes/1/2", "/ldes/1", "/ldes/1/1/1", "/ldes/x/1", "/ldes/9999999/1"])
def test_pages_that_are_not_there(published: Published, path: str) -> None:
    missing = published.get(path)
    assert missing.status_code == 404
    assert missing.headers["content-type"] == "application/problem+json"


def test_without_releases_the_stream_is_empty_and_there_is_no_feed(tmp_path: Path) -> None:
    with running(write_version(tmp_path / "home", quads(FIRST)), releases_dir=tmp_path / "none", workers=1) as client:
        told = read(client.get("/ldes"))
        assert not objects(told, ROOT, f"{TREE}relation")
        assert client.get("/feed.atom").status_code == 404


def test_the_stream_follows_the_base_of_the_snapshot(tmp_path: Path) -> None:
    base = "https://data.example.org/policy/"
    release(tmp_path / "home", tmp_path / "ledger", FIRST)
    with running(write_version(tmp_path / "moved", quads(FIRST), base), releases_dir=tmp_path / "ledger", workers=1) as client:
        assert BASE not in client.get("/ldes/1/1?format=nq").text
        assert f"{base}ldes/1/1#id/practice/a" in client.get("/ldes/1/1?format=nq").text


def test_the_feed_tells_people_what_changed(published: Published) -> None:
    """The elements that RFC 4287 requires, once each, and the newest release first."""
    withdraw_release(published.ledger, published.versions[0], reason="Wrong attribution.", on=day(5))
    response = published.get("/feed.atom")
    assert response.headers["content-type"] == "application/atom+xml"
    feed = ET.fromstring(response.content)  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    assert [len(feed.findall(ATOM + name)) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{BASE}ldes/2/1", f"{BASE}ldes/1/1"]
    for entry in entries:
        assert [len(entry.findall(ATOM + name)) for name in ("title", "updated", "published", "content")] == [1, 1, 1, 1]
    told = entries[0].findtext(f"{ATOM}content") or ""
    assert "To be left out" in told
    assert "A and B" in told
    assert "Reason 2." in told
    assert "Wrong attribution." in (entries[1].findtext(f"{ATOM}content") or "")
    assert feed.findtext(f"{ATOM}updated") == entries[1].findtext(f"{ATOM}updated") == "2026-01-06T12:00:00Z"
    assert published.get("/feed.atom", if_none_match=response.headers["etag"]).status_code == 304


# A client that nobody here wrote


@pytest.fixture(scope="module")
def runner() -> Path:
    """The client, installed as its lock file says; what was installed before is used again."""
    install_client(HERE)
    return HERE / "replicate.js"


def follow(runner: Path, address: str, state: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """New members, and the addresses asked."""
    node = shutil.which("node")
    assert node is not None
    command = [node, str(runner), f"{address}/ldes", str(state)]
    result = subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert {request["status"] for request in told["requests"]} == {200}
    return told["members"], [request["url"] for request in told["requests"]]


def keep(held: dict[str, list[Quad]], members: list[dict[str, Any]]) -> None:
    """Keep the newest version of each item, as a reader of the stream would."""
    for member in sorted(members, key=lambda member: str(member["timestamp"])):
        name = NamedNode(member["id"])
        some = list(parse(member["quads"].encode(), format=RdfFormat.N_QUADS))
        (item,) = objects(some, name.value, f"{DCT}isVersionOf")
        held[item] = [
            Quad(NamedNode(item) if q.subject == name else q.subject, q.predicate, q.object, q.graph_name)
            for q in some
            if not isinstance(q.graph_name, DefaultGraph)
        ]


@pytest.mark.node
def test_an_independent_client_holds_the_dump_and_then_fetches_the_change_alone(home: Path, tmp_path: Path, runner: Path) -> None:
    """Full replication, a run without change, and one after a change, over the whole dataset."""
    first = list(read_public(home / "current"))
    ledger, state, held = tmp_path / "ledger", tmp_path / "state", dict[str, list[Quad]]()
    publish_release(ledger, home / "current", published=day(1), note="First release.")
    coin, gone = NamedNode(f"{BASE}id/practice/citizen-coin"), NamedNode(f"{BASE}id/practice/choices-programme")
    curated = NamedNode(f"{BASE}graph/curated")
    note = NamedNode("http://www.w3.org/2004/02/skos/core#editorialNote")
    second = [*(quad for quad in first if quad.subject != gone), Quad(coin, note, Literal("Read again.", language="en"), curated)]
    with live_server(home / "current", releases_dir=ledger, workers=1) as address:
        members, asked = follow(runner, address, state)
        keep(held, members)
        assert canonical_nquads(quad for some in held.values() for quad in some) == canonical_nquads(first)
        assert len(members) == len(held)
        assert len(asked) == 2 + -(-len(members) // 250), "the root twice, and each page once"
        assert follow(runner, address, state) == ([], [f"{address}/ldes"] * 2)

        publish_release(
            ledger,
            write_version(tmp_path / "home", second),
            published=day(2),
            note="One read again.",
            reasons={gone.value: "Ended."},
        )
        members, asked = follow(runner, address, state)
        assert {member["id"] for member in members} == {
            f"{BASE}ldes/2/1#id/practice/{name}" for name in ("citizen-coin", "choices-programme")
        }
        assert sorted(set(asked)) == [f"{address}/ldes", f"{address}/ldes/2/1"]
        keep(held, members)
        assert canonical_nquads(quad for some in held.values() for quad in some) == canonical_nquads(Dataset(second))
        assert follow(runner, address, state)[0] == []
