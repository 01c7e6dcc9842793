"""From the root URL to everything: front page, VoID, catalogue, shapes, context, licence, sitemap, robots.txt."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, parse
from pyshacl import validate
from rdflib.namespace import DCAT, DCTERMS, RDF, SH, VOID
from SPARQLWrapper import JSON, SPARQLWrapper

from query_service.dataset_facts import DatasetFacts
from query_service.discovery.catalogue import describe_catalogue
from query_service.discovery.sitemap import cut_sitemap, render_sitemap_index
from query_service.discovery.void import describe_void
from query_service.dumps.export import cached_dumps
from query_service.dumps.listing import DumpEntry, read_listing
from query_service.errors import problem_kinds
from query_service.rdf_output import serialise_triples
from query_service.snapshot import Snapshot, read_snapshot
from query_service.urls import Urls
from tests.served import running

BASE = "https://w3id.org/ipg/"
ADDRESS = "http://127.0.0.1:8000"
URLS = Urls(ADDRESS, BASE)
DATASET = rdflib.URIRef(f"{BASE}id/dataset/integration-policy-graph")
LICENCE = rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
FORMATS = {
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "json": RdfFormat.JSON_LD,
}
#: Files of the profile that stand on their own; the others only import from the web.
DCAT_AP = ("shapes.ttl", "range.ttl", "shapes_recommended.ttl", "mdr-vocabularies.shape.ttl", "deprecateduris.ttl")


@pytest.fixture(scope="module")
def snapshot(home: Path) -> Snapshot:
    return read_snapshot(home / "current")


@pytest.fixture(scope="module")
def dumps(snapshot: Snapshot) -> tuple[DumpEntry, ...]:
    return read_listing(cached_dumps(snapshot))


@pytest.fixture(scope="module")
def client(snapshot: Snapshot) -> Iterator[httpx.Client]:
    with running(snapshot.folder) as found:
        yield found


@pytest.fixture(scope="module")
def facts(client: httpx.Client, snapshot: Snapshot) -> DatasetFacts:
    """What the dataset says of itself, as the service tells it."""
    catalogue = read(client, "/catalog.ttl")
    titles = {
        str(title.language): str(title)
        for title in catalogue.objects(DATASET, DCTERMS.title)
        if isinstance(title, rdflib.Literal)
    }
    description = str(catalogue.value(DATASET, DCTERMS.description))
    return DatasetFacts(snapshot.version, iri=str(DATASET), licence=str(LICENCE), titles=titles, description=description)


def read(client: httpx.Client, path: str) -> rdflib.Graph:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.content, format="turtle")


@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void", "/shapes"])
def test_documents_say_the_same_in_every_format(client: httpx.Client, root: Path, path: str) -> None:
    expected = len(read(client, f"{path}.ttl"))
    context = json.loads((root / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    for suffix, name in FORMATS.items():
        answer = client.get(f"{path}.{suffix}")
        body = json.dumps(answer.json() | context) if name == RdfFormat.JSON_LD and "@context" in answer.json() else answer.text
        assert len(list(parse(body, name))) == expected, suffix
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'href="{ADDRESS}{path}.ttl"' in page.text


def test_void_says_where_everything_is(client: httpx.Client, dumps: tuple[DumpEntry, ...], facts: DatasetFacts) -> None:
    void = read(client, "/.well-known/void.ttl")
    assert void.value(DATASET, VOID.sparqlEndpoint) == rdflib.URIRef(f"{ADDRESS}/sparql")
    assert (rdflib.URIRef(f"{ADDRESS}/.well-known/void"), RDF.type, VOID.DatasetDescription) in void
    assert list(void.objects(DATASET, VOID.exampleResource))
    assert list(void.objects(DATASET, VOID.classPartition))
    moved = client.get("/void")
    assert (moved.status_code, moved.headers["Location"]) == (303, f"{ADDRESS}/.well-known/void")
    added = rdflib.Graph().parse(data=serialise_triples(describe_void(URLS, facts, dumps), "nt", {}), format="nt")
    assert len(set(added.objects(DATASET, VOID.dataDump))) == 6
    assert len(set(added.objects(rdflib.URIRef(f"{BASE}graph/curated"), VOID.dataDump))) == 6
    assert {str(dump).rsplit("/", 1)[1] for dump in added.objects(None, VOID.dataDump)} <= {entry.name for entry in dumps}


def test_the_catalogue_describes_each_file(dumps: tuple[DumpEntry, ...], facts: DatasetFacts, home: Path) -> None:
    graph = catalogue_graph(facts, dumps)
    folder = cached_dumps(read_snapshot(home / "current"))
    by_url = {str(graph.value(file, DCAT.downloadURL)): file for file in graph.subjects(DCAT.downloadURL)}
    assert set(by_url) == {URLS.dump(entry.name) for entry in dumps}
    for entry in dumps:
        file = by_url[URLS.dump(entry.name)]
        assert graph.value(file, DCTERMS.license) == LICENCE
        assert int(str(graph.value(file, DCAT.byteSize))) == (folder / entry.name).stat().st_size
        checksum = graph.value(file, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == entry.sha256
        assert str(graph.value(file, DCAT.mediaType)).endswith(entry.media_type)
    service = graph.value(None, RDF.type, DCAT.DataService)
    assert graph.value(service, DCAT.endpointURL) == rdflib.URIRef(f"{ADDRESS}/sparql")


def catalogue_graph(facts: DatasetFacts, dumps: tuple[DumpEntry, ...]) -> rdflib.Graph:
    triples = describe_catalogue(URLS, facts, dumps)
    return rdflib.Graph().parse(data=serialise_triples(triples, "nt", {}), format="nt")


@pytest.mark.conformance
@pytest.mark.parametrize("files", ["with files", "as served"])
def test_the_catalogue_conforms_to_dcat_ap(
    conformance_dir: Path, client: httpx.Client, facts: DatasetFacts, dumps: tuple[DumpEntry, ...], files: str
) -> None:
    graph = catalogue_graph(facts, dumps) if files == "with files" else read(client, "/catalog.ttl")
    shapes = rdflib.Graph()
    for name in DCAT_AP:
        shapes.parse(conformance_dir / "dcat-ap-3.0.1" / name, format="turtle")
    conforms, report, text = validate(graph, shacl_graph=shapes, advanced=True)
    assert isinstance(report, rdflib.Graph)
    # What the profile only recommends is a warning: we know of no contact, place or period to tell.
    severities = {report.value(result, SH.resultSeverity) for result in report.objects(None, SH.result)}
    assert conforms or severities <= {SH.Warning}, text


def test_shapes_and_context_are_those_of_the_snapshot(client: httpx.Client, snapshot: Snapshot) -> None:
    shapes = rdflib.Graph().parse(snapshot.folder / "shapes.nt", format="nt")
    assert len(read(client, "/shapes.ttl")) == len(shapes)
    answer = client.get("/context.jsonld")
    assert answer.content == (snapshot.folder / "context.jsonld").read_bytes()
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert "max-age" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_front_page_leads_on(client: httpx.Client) -> None:
    answer = client.get("/")
    for path in ("catalog", ".well-known/void", "sparql", "examples", "ontology", "shapes", "licence", "sitemap.xml"):
        assert f'href="{ADDRESS}/{path}"' in answer.text, path
    assert "Common Basic Principles on Integration (EU, 2004)" in answer.text
    assert "no person has reviewed" in answer.text
    assert f'<{DATASET}>; rel="cite-as"' in answer.headers["Link"]
    assert f'<{LICENCE}>; rel="license"' in answer.headers["Link"]
    assert f'<{ADDRESS}/catalog.ttl>; rel="describedby"; type="text/turtle"' in answer.headers["Link"]
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text)
    assert json.loads(script)["@type"] == "Dataset"
    assert str(LICENCE) in client.get("/licence").text


def test_the_sitemap_lists_every_page(client: httpx.Client, snapshot: Snapshot) -> None:
    listed = {element.text for element in ET.fromstring(client.get("/sitemap.xml").content).iter() if element.tag.endswith("loc")}  # noqa: S314
    assert client.get("/robots.txt").text.endswith(f"Sitemap: {ADDRESS}/sitemap.xml\n")
    assert {URLS.page(iri) for iri in minted(snapshot)} <= listed
    assert not [address for address in listed if "graph/text" in str(address)]


def minted(snapshot: Snapshot) -> set[str]:
    """IRIs of everything public under our base that something is said of, without fragments."""
    quads = (quad for quad in _quads(snapshot))
    subjects = (getattr(quad.subject, "value", "") for quad in quads)
    return {iri.partition("#")[0] for iri in subjects if iri.startswith(BASE)}


def _quads(snapshot: Snapshot) -> Iterator[Quad]:
    yield from parse((snapshot.folder / "dataset.nq").read_bytes(), RdfFormat.N_QUADS)


def test_long_sitemaps_are_cut() -> None:
    parts = cut_sitemap([f"{ADDRESS}/page/{number}" for number in range(5)], 2)
    assert [len(part) for part in parts] == [2, 2, 1]
    assert render_sitemap_index([f"{ADDRESS}/sitemap/1.xml"]).count(b"<sitemap>") == 1


def test_kinds_of_problems_have_pages(client: httpx.Client) -> None:
    for name, (status, title) in problem_kinds().items():
        answer = client.get(f"/problem/{name}")
        assert answer.status_code == 200
        assert title in answer.text
        assert str(status) in answer.text
    assert client.get("/problem/none").status_code == 404


def test_a_client_finds_the_endpoint_by_void(client: httpx.Client) -> None:
    void = read(client, "/.well-known/void.ttl")
    endpoint = str(void.value(DATASET, VOID.sparqlEndpoint)).replace(ADDRESS, str(client.base_url).rstrip("/"))
    asked = SPARQLWrapper(endpoint, returnFormat=JSON)
    asked.setQuery(f"SELECT ?title WHERE {{ <{DATASET}> <{DCTERMS.title}> ?title }}")
    found = asked.queryAndConvert()
    assert isinstance(found, dict)
    assert len(found["results"]["bindings"]) == 3
