"""Things dereferenced: to which document they lead, what it holds, and what its headers say."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib
from jinja2 import Environment, PackageLoader, meta
from pydantic import BaseModel
from pyld import jsonld
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib.compare import isomorphic

from query_service.discovery.document_pages import DocumentPage
from query_service.discovery.home_page import HomePage
from query_service.failures import FailurePage
from query_service.history import Departure
from query_service.linked_data.item_page import ItemPage
from query_service.linked_data.json_ld import compact_triples
from query_service.representations import DATA_SUFFIXES
from query_service.snapshot import read_snapshot
from query_service.urls import SUFFIXES
from tests.engines import PublishedEngine
from tests.linked import VERSION, WORDING, write_linked_snapshot
from tests.served import running

BASE = "https://w3id.org/ipg/"
GONE = f"{BASE}id/practice/left"
PUBLISHED = datetime(2026, 11, 1, 12, 30, 15, tzinfo=UTC)
PUBLIC = "https://data.example.org/kg"
PRACTICE = "practice/citizen-coin"
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
}


class Past:
    """A ledger with one release and one item that left."""

    async def published(self, version: str, /) -> datetime | None:
        return PUBLISHED if version == VERSION else None

    async def departure(self, iri: str, /) -> Departure | None:
        return Departure("0.0.9", PUBLISHED, "it was entered twice") if iri == GONE else None


@pytest.fixture(scope="module")
def snapshot(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_linked_snapshot(root, tmp_path_factory.mktemp("linked"))
    (folder / "context.jsonld").write_bytes((root / "ontology" / "context.jsonld").read_bytes())
    return folder


@pytest.fixture(scope="module")
def client(snapshot: Path) -> Iterator[httpx.Client]:
    """As the public sees the service."""
    with running(snapshot, public_url=PUBLIC, history=Past()) as found:
        yield found


@pytest.fixture(scope="module")
def own(snapshot: Path) -> Iterator[httpx.Client]:
    """As the holder of the documents sees it on the own machine."""
    with running(snapshot) as found:
        yield found


@pytest.mark.parametrize(
    ("accept", "leads"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "page"),
        ("text/turtle", "ttl"),
        ("*/*", "ttl"),
        ("application/ld+json;q=0.5, text/turtle;q=0.4", "jsonld"),
        ("application/json", "json"),
        ("text/turtle;q=0, application/rdf+xml", "rdf"),
        ("application/n-triples, text/html;q=0.9", "nt"),
        ("application/trig", "trig"),
        ("text/*;q=0.3, application/trig;q=0.2", "ttl"),
        ("application/n-quads", "?format=nq"),
    ],
)
def test_a_thing_leads_to_what_is_accepted(client: httpx.Client, accept: str, leads: str) -> None:
    answer = client.get(f"/id/{PRACTICE}", headers={"Accept": accept})
    assert answer.status_code == 303
    where = f"{PUBLIC}/page/id/{PRACTICE}" if leads == "page" else f"{PUBLIC}/data/id/{PRACTICE}"
    assert answer.headers["Location"] == where + {"page": "", "?format=nq": leads}.get(leads, f".{leads}")
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("suffix", [*DATA_SUFFIXES, "html"])
def test_endings_and_format_win_over_accept(client: httpx.Client, suffix: str) -> None:
    accept = {"Accept": "text/html" if suffix != "html" else "text/turtle"}
    leads = f"{PUBLIC}/page/id/{PRACTICE}" if suffix == "html" else f"{PUBLIC}/data/id/{PRACTICE}.{suffix}"
    for path in (f"/id/{PRACTICE}.{suffix}", f"/id/{PRACTICE}?format={suffix}", f"/id/{PRACTICE}.{suffix}?format=nt"):
        assert client.get(path, headers=accept).headers["Location"] == leads, path


@pytest.mark.parametrize("suffix", sorted(set(SUFFIXES) - {*DATA_SUFFIXES, "html"}))
def test_tables_of_one_thing_are_refused_with_what_there_is(client: httpx.Client, suffix: str) -> None:
    answer = client.get(f"/id/{PRACTICE}.{suffix}")
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["expected"]


def test_406_lists_what_there_is(client: httpx.Client) -> None:
    answer = client.get(f"/id/{PRACTICE}", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert {"text/html", "text/turtle", "application/ld+json"} <= {word.strip(" ,") for word in answer.json()["expected"].split()}


def triples_of(client: httpx.Client, path: str, suffix: str) -> set[Triple]:
    answer = client.get(f"/data/{path}.{suffix}")
    assert answer.status_code == 200, answer.text
    return {quad.triple for quad in parse(answer.content, FORMATS[suffix])}


def test_all_formats_say_the_same(client: httpx.Client, snapshot: Path) -> None:
    expected = triples_of(client, f"id/{PRACTICE}", "nt")
    for suffix in FORMATS:
        assert triples_of(client, f"id/{PRACTICE}", suffix) == expected, suffix
    context = json.loads((snapshot / "context.jsonld").read_text(encoding="utf-8"))
    for suffix in ("jsonld", "json"):
        told = client.get(f"/data/id/{PRACTICE}.{suffix}").json()
        assert told["@context"] == f"{PUBLIC}/context.jsonld"
        found = parse(json.dumps(told | context), RdfFormat.JSON_LD)
        assert {quad.triple for quad in found} == expected, suffix


def test_json_reads_as_plain_json(client: httpx.Client) -> None:
    told = client.get(f"/data/id/{PRACTICE}.json").json()
    assert told["id"] == f"{BASE}id/{PRACTICE}"
    assert told["type"] == "Practice"
    assert told["prefLabel"]["en"] == "Citizen Coin"
    assert f"{BASE}id/principle/cbp-9" in told["implements"]
    assert not [key for key in told if "://" in key]


def test_a_description_holds_what_is_around_the_thing(client: httpx.Client) -> None:
    found = {(t.subject.value, t.predicate.value, t.object.value) for t in triples_of(client, f"id/{PRACTICE}", "nt")}  # type: ignore[union-attr]
    item, ipg = f"{BASE}id/{PRACTICE}", f"{BASE}ontology#"
    assert (item, f"{ipg}implements", f"{BASE}id/principle/cbp-9") in found
    assert (f"{BASE}id/principle/cbp-9", "http://www.w3.org/2004/02/skos/core#prefLabel", "Participation") in found
    assert (f"{BASE}id/link/l0", f"{ipg}rationale", "Volunteers in Bradford earn coins.") in found
    assert (f"{BASE}id/passage/cdadi-2024-39/a/position", "http://www.w3.org/ns/oa#start", "12") in found
    document = f"{PUBLIC}/data/id/{PRACTICE}"
    assert (document, "http://www.w3.org/2002/07/owl#versionInfo", VERSION) in found
    incoming = triples_of(client, "id/principle/cbp-9", "nt")
    assert any(t.subject == NamedNode(item) and t.object == NamedNode(f"{BASE}id/principle/cbp-9") for t in incoming)


def test_named_graphs_are_kept_where_the_format_has_them(client: httpx.Client) -> None:
    quads = list(parse(client.get(f"/data/id/{PRACTICE}.trig").content, RdfFormat.TRIG))
    graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode) and q.subject.value.endswith(PRACTICE)}
    assert {f"{BASE}graph/curated", f"{BASE}graph/source/cdadi-2024-39", f"{BASE}graph/inferred"} <= graphs
    # The default graph is the union of them, as at the endpoint, for clients that look nowhere else.
    default = {q.triple for q in quads if q.graph_name == DefaultGraph()}
    named = {q.triple for q in quads if q.graph_name != DefaultGraph()}
    assert named < default
    assert {triple.subject.value for triple in default - named} == {f"{PUBLIC}/data/id/{PRACTICE}"}
    as_quads = parse(client.get(f"/data/id/{PRACTICE}?format=nq").content, RdfFormat.N_QUADS)
    assert set(as_quads) == set(quads)


def test_nothing_private_is_told(client: httpx.Client, own: httpx.Client) -> None:
    passage = "id/passage/cdadi-2024-39/a"
    for who in (client, own):
        assert WORDING not in who.get(f"/data/{passage}.trig").text
        for name in ("text", "suggested"):
            assert who.get(f"/data/graph/{name}.ttl").status_code == 404
            assert who.get(f"/page/graph/{name}").status_code == 404
            assert who.get(f"/graph/{name}").status_code == 404
        assert who.get(f"/id/{passage.removeprefix('id/')}/quote").status_code == 404
    assert WORDING not in client.get(f"/page/{passage}").text
    assert WORDING in own.get(f"/page/{passage}").text
    assert "/quote" not in own.get(f"/page/{passage}").text
    assert client.get("/page/id/conclusion/10").text.count("Choices Programme") == 0


def test_a_graph_is_told_as_a_whole(client: httpx.Client, snapshot: Path) -> None:
    entry = read_snapshot(snapshot).manifest.graphs["curated"]
    quads = list(parse(client.get("/data/graph/curated.trig").content, RdfFormat.TRIG))
    assert sum(q.graph_name == NamedNode(entry.iri) for q in quads) == entry.triples
    assert {q.subject.value for q in quads if q.graph_name == DefaultGraph()} == {f"{PUBLIC}/data/graph/curated"}
    assert client.get("/graph/curated.ttl").headers["Location"] == f"{PUBLIC}/data/graph/curated.ttl"


def test_the_ontology_is_told_as_a_whole(client: httpx.Client) -> None:
    assert client.get("/ontology", headers={"Accept": "text/turtle"}).headers["Location"] == f"{PUBLIC}/data/ontology.ttl"
    graph = rdflib.Graph().parse(data=client.get("/data/ontology.ttl").content, format="turtle")
    assert (rdflib.URIRef(f"{BASE}ontology#Practice"), rdflib.RDF.type, rdflib.OWL.Class) in graph
    module = rdflib.Graph().parse(data=client.get("/data/ontology/practices.ttl").content, format="turtle")
    assert (rdflib.URIRef(f"{BASE}ontology#Practice"), rdflib.RDF.type, rdflib.OWL.Class) in module
    assert client.get("/ontology/practices/0.1.0").status_code == 303
    assert client.get("/page/ontology/practices/0.1.0").status_code == 200


@pytest.mark.parametrize(
    "path", [f"/data/id/{PRACTICE}.ttl", f"/data/id/{PRACTICE}.json", f"/page/id/{PRACTICE}", "/catalog", "/"]
)
def test_conditions(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    assert first.headers["Last-Modified"] == "Sun, 01 Nov 2026 12:30:15 GMT"
    for condition in ({"If-None-Match": tag}, {"If-None-Match": "*"}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = client.get(path, headers=condition)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag), condition
    assert client.get(path, headers={"If-None-Match": '"other"', "If-Modified-Since": first.headers["Last-Modified"]}).is_success
    assert client.get(path, headers={"If-Modified-Since": "Sun, 01 Nov 2026 12:30:14 GMT"}).status_code == 200
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == first.headers["Content-Length"]
    assert client.options(path).headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert client.post(path).status_code == 405


def test_tags_differ_by_format_and_coding(client: httpx.Client) -> None:
    tags = {client.get(f"/data/id/{PRACTICE}.{suffix}").headers["ETag"] for suffix in DATA_SUFFIXES}
    tags.add(client.get(f"/page/id/{PRACTICE}").headers["ETag"])
    for coding in ("gzip", "zstd"):
        answer = client.get(f"/data/id/{PRACTICE}.ttl", headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        tags.add(answer.headers["ETag"])
    assert len(tags) == len(DATA_SUFFIXES) + 3


def test_no_date_is_told_that_is_not_known(own: httpx.Client) -> None:
    assert "Last-Modified" not in own.get(f"/page/id/{PRACTICE}").headers


def test_a_host_header_is_never_repeated(client: httpx.Client) -> None:
    for path in (f"/id/{PRACTICE}", f"/page/id/{PRACTICE}", f"/data/id/{PRACTICE}.ttl", "/", "/catalog.ttl", "/sitemap.xml"):
        answer = client.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.text + str(answer.headers), path
        assert "127.0.0.1" not in answer.text + str(answer.headers), path


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/problem+json"),
        ("*/*", "application/problem+json"),
    ],
)
@pytest.mark.parametrize(("path", "status"), [("practice/none", 404), ("practice/left", 410)])
def test_what_is_not_there_is_told_in_the_format_asked_for(
    client: httpx.Client, accept: str, media_type: str, path: str, status: int
) -> None:
    for address in (f"/id/{path}", f"/data/id/{path}"):
        answer = client.get(address, headers={"Accept": accept})
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, media_type), address
        assert path in answer.text
        assert ("it was entered twice" in answer.text) is (status == 410)
    assert client.get(f"/page/id/{path}", headers={"Accept": accept}).status_code == status


def test_links_of_headers(client: httpx.Client) -> None:
    page = client.get(f"/page/id/{PRACTICE}").headers["Link"]
    assert f'<{BASE}id/{PRACTICE}>; rel="cite-as"' in page
    assert f'<{PUBLIC}/data/id/{PRACTICE}.ttl>; rel="describedby"; type="text/turtle"' in page
    assert f'<{PUBLIC}/>; rel="collection"; type="text/html"' in page
    assert '<https://schema.org/AboutPage>; rel="type"' in page
    data = client.get(f"/data/id/{PRACTICE}.ttl").headers["Link"]
    assert f'<{BASE}id/{PRACTICE}>; rel="describes"' in data


def test_pages_run_and_fetch_nothing(client: httpx.Client) -> None:
    answer = client.get(f"/page/id/{PRACTICE}")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert "unsafe" not in policy
    scripts = [script for script in answer.text.split("<script")[1:] if not script.startswith(' type="module" src="')]
    assert [script.startswith(' type="application/ld+json"') for script in scripts] == [True]
    told = json.loads(scripts[0].split(">", 1)[1].split("</script>")[0])
    assert (told["@type"], told["@id"], told["name"]) == ("Project", f"{BASE}id/{PRACTICE}", "Citizen Coin")
    assert "Volunteers in Bradford earn coins." in answer.text
    assert "characters 12 to 345" in answer.text
    assert " style=" not in answer.text


def test_texts_of_the_graph_end_nothing_on_a_page() -> None:
    """Whatever a label says, it stays a text; JSON-LD inside a page too."""
    template = Environment(loader=PackageLoader("query_service"), autoescape=True)
    assert template.autoescape is True
    context: dict[str, Any] = {"@context": {"id": "@id", "t": {"@id": "https://e.org/t", "@container": "@language"}}}
    triples = [Triple(NamedNode("https://e.org/a"), NamedNode("https://e.org/t"), Literal("</script>", language="en"))]
    told = json.loads(compact_triples(triples, "https://e.org/a", json.dumps(context).encode(), "https://e.org/c"))
    assert told == {"@context": "https://e.org/c", "id": "https://e.org/a", "t": {"en": "</script>"}}


def test_nothing_but_the_context_is_fetched() -> None:
    """A context that leads elsewhere is refused; what pyLD raises tells of our refusal."""
    context = json.dumps({"@context": "https://e.org/other"}).encode()
    triples = [Triple(NamedNode("https://e.org/a"), NamedNode("https://e.org/t"), Literal("x"))]
    with pytest.raises(jsonld.JsonLdError):
        compact_triples(triples, "https://e.org/a", context, "https://e.org/c")


@pytest.mark.parametrize(
    ("name", "record"),
    [("item.html", ItemPage), ("home.html", HomePage), ("document.html", DocumentPage), ("failure.html", FailurePage)],
)
def test_templates_use_what_their_record_documents(name: str, record: type[BaseModel]) -> None:
    environment = Environment(loader=PackageLoader("query_service"), autoescape=True)
    used: set[str] = set()
    for part in (name, "layout.html"):
        source, _, _ = environment.loader.get_source(environment, part)  # type: ignore[union-attr]
        used |= meta.find_undeclared_variables(environment.parse(source))
    tools = {"_", "link", "static", "lang", "languages"}
    assert used - tools - {"coverage", "item_parts", "parts"} == set(
        record.model_fields
    )  # blocks do not see that the template imports it
    assert all(field.description for field in record.model_fields.values())


@pytest.mark.raptor
def test_rapper_reads_what_is_told(client: httpx.Client, tmp_path: Path) -> None:
    expected = len(triples_of(client, f"id/{PRACTICE}", "nt"))
    for suffix, parser in (("ttl", "turtle"), ("nt", "ntriples"), ("rdf", "rdfxml"), ("trig", "trig")):
        file = tmp_path / f"item.{suffix}"
        file.write_bytes(client.get(f"/data/id/{PRACTICE}.{suffix}").content)
        done = subprocess.run(["rapper", "-q", "-i", parser, "-o", "ntriples", str(file)], capture_output=True, check=True)
        assert len(set(done.stdout.splitlines())) == expected, suffix


DESCRIBED = (
    "id/principle/cbp-9",
    "id/recommendation/guide-1.1",
    "id/practice/integration-area-programme",
    "id/passage/assess-2015/criteria-integration/accessibility",
    "ontology/evidence",
    "graph/absence",
)


def test_another_engine_tells_the_same(real_engine: PublishedEngine) -> None:
    with (
        running(real_engine.snapshot.folder, public_url=PUBLIC) as ours,
        running(real_engine.snapshot.folder, public_url=PUBLIC, sparql_endpoint=real_engine.url) as theirs,
    ):
        assert theirs.get("/sitemap.xml").content == ours.get("/sitemap.xml").content
        for path in DESCRIBED:
            told = [rdflib.Graph().parse(data=who.get(f"/data/{path}.nt").content, format="nt") for who in (ours, theirs)]
            assert isomorphic(*told), path
            assert theirs.get(f"/page/{path}").status_code == 200, path
        assert theirs.get("/id/practice/none").status_code == 404
