"""The answer to a request without a query: what the endpoint is and can do, and what the dataset holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store

from query_service.media_types import FORMATS, Format, Kind, formats_of
from query_service.service_description import GEO_FUNCTIONS
from tests.served import BASE, DATA, VERSION, live_server, running, serving, write_snapshot

ADDRESS = "https://data.example"
HEAD = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX owl: <http://www.w3.org/2002/07/owl#> """
METADATA = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX void: <http://rdfs.org/ns/void#>
<https://w3id.org/ipg/graph/metadata> {
  <https://w3id.org/ipg/id/dataset/d> a dcat:Dataset, void:Dataset ; void:triples 9 ;
    void:classPartition <https://w3id.org/ipg/id/dataset/d/class/c> ; void:subset <https://w3id.org/ipg/id/dataset/d/links/l> .
  <https://w3id.org/ipg/id/dataset/d/class/c> a void:Dataset ;
    void:class <https://w3id.org/ipg/ontology#Practice> ; void:entities 1 .
  <https://w3id.org/ipg/id/dataset/d/links/l> a void:Linkset ; void:triples 2 .
  <https://w3id.org/ipg/id/figure/1> a <https://w3id.org/ipg/ontology#AgreementFigure> .
}
"""
PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "n3": RdfFormat.N3,
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a public service over a snapshot that describes itself."""
    snapshot = write_snapshot(tmp_path_factory.mktemp("described") / "snapshot", DATA + METADATA)
    with running(snapshot, public_url=ADDRESS) as found:
        yield found


@pytest.fixture
def described(client: httpx.Client) -> Store:
    """The description."""
    return read(client.get("/sparql", headers={"Accept": "text/turtle"}), RdfFormat.TURTLE)


def read(answer: httpx.Response, format_: RdfFormat) -> Store:
    assert answer.status_code == 200, answer.text
    store = Store()
    store.load(answer.content, format_)
    return store


def values(store: Store, query: str) -> list[str]:
    rows = store.query(HEAD + query)
    assert isinstance(rows, QuerySolutions)
    return sorted(row[0].value for row in rows)


def holds(store: Store, pattern: str) -> bool:
    found = store.query(f"{HEAD}ASK {{ {pattern} }}")
    assert isinstance(found, QueryBoolean)
    return bool(found)


def test_the_endpoint_is_named_as_it_is_called(described: Store) -> None:
    assert values(described, "SELECT ?e { ?s a sd:Service ; sd:endpoint ?e }") == [f"{ADDRESS}/sparql"]


def test_formats_are_those_of_the_table(described: Store) -> None:
    told = {iri.removeprefix("http://www.w3.org/ns/formats/") for iri in values(described, "SELECT ?f { ?s sd:resultFormat ?f }")}
    assert told == {format_.w3c for format_ in FORMATS if format_.kind is not Kind.PAGE}


def test_languages_and_features_are_exact(described: Store) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert values(described, "SELECT ?l { ?s sd:supportedLanguage ?l }") == [f"{sd}SPARQL11Query", f"{sd}SPARQLQuery"]
    assert values(described, "SELECT ?v { ?s sd:supportedVersion ?v }") == ["http://www.w3.org/ns/sparql#version-1.1"]
    assert values(described, "SELECT ?f { ?s sd:feature ?f }") == [f"{sd}UnionDefaultGraph"]


def test_each_public_graph_is_named_and_counted(described: Store) -> None:
    graphs = values(
        described, "SELECT ?g { ?s sd:defaultDataset/sd:namedGraph [ a sd:NamedGraph ; sd:name ?g ; sd:graph/void:triples ?n ] }"
    )
    assert graphs == [f"{BASE}graph/{name}" for name in ("metadata", "ontology", "source/first", "source/second")]
    assert values(described, "SELECT ?v { ?d a sd:Dataset ; owl:versionInfo ?v ; sd:defaultGraph ?g }") == [VERSION]


def test_a_private_graph_is_no_part_of_a_union(tmp_path: Path) -> None:
    with running(write_snapshot(tmp_path / "snapshot")) as holder:
        store = read(holder.get("/sparql?format=ttl"), RdfFormat.TURTLE)
    assert holds(store, f"?g sd:name <{BASE}graph/text>")
    assert not holds(store, "?s sd:feature sd:UnionDefaultGraph")


def test_functions_that_are_told_are_answered(described: Store, client: httpx.Client) -> None:
    told = values(described, "SELECT ?f { ?s sd:extensionFunction ?f . ?f a sd:Function }")
    assert len(told) == len(GEO_FUNCTIONS)
    square = '"POLYGON((0 0,0 1,1 1,1 0,0 0))"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    metre = "<http://www.opengis.net/def/uom/OGC/1.0/metre>"
    point = '"POINT(1 1)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    ways = [f"{point}, {point}, {metre}", square, f"{square}, {square}", f"{square}, {metre}", f"{square}, {square}, 'T********'"]
    for function in told:
        calls = " UNION ".join(f"{{ BIND(<{function}>({way}) AS ?value) }}" for way in ways)
        answer = client.post("/sparql", data={"query": f"ASK {{ {calls} FILTER(BOUND(?value)) }}"})
        assert answer.json()["boolean"] is True, function


@pytest.mark.parametrize("format_", formats_of([Kind.GRAPH]), ids=lambda format_: format_.key)
def test_the_dataset_is_described_with_the_service(client: httpx.Client, format_: Format) -> None:
    answer = client.get("/sparql", headers={"Accept": format_.media_type})
    store = read(answer, PARSERS[format_.key])
    whole = f"<{BASE}id/dataset/d>"
    assert holds(store, f"{whole} void:classPartition [ void:class <{BASE}ontology#Practice> ; void:entities 1 ]")
    assert holds(store, f"{whole} void:subset [ a void:Linkset ; void:triples 2 ]")
    assert values(store, "SELECT ?e { ?d void:sparqlEndpoint ?e }") == [f"{ADDRESS}/sparql"]
    assert holds(store, f"{whole} void:sparqlEndpoint ?endpoint")
    assert not holds(store, f"?figure a <{BASE}ontology#AgreementFigure>")
    assert client.get("/sparql", headers={"Accept": format_.media_type}).content == answer.content


def test_what_is_told_can_be_queried(client: httpx.Client) -> None:
    query = f"{HEAD}ASK {{ ?d void:classPartition/void:class <{BASE}ontology#Practice> }}"
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is True


def test_the_dataset_is_asked_once_for_each_format(client: httpx.Client) -> None:
    headers = {"Accept": "application/n-triples"}
    first = client.get("/sparql", headers=headers)
    before = client.get("/metrics").text
    again = client.get("/sparql", headers=headers)
    known = client.get("/sparql", headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert again.content == first.content
    assert (known.status_code, known.content) == (304, b"")
    ran = [line for line in before.splitlines() if line.startswith("ipg_query_seconds_count")]
    assert ran
    assert ran == [line for line in client.get("/metrics").text.splitlines() if line.startswith("ipg_query_seconds_count")]


def test_a_long_description_is_compressed(client: httpx.Client) -> None:
    plain = client.get("/sparql?format=nt")
    packed = client.get("/sparql?format=nt", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.content == plain.content


def test_head_and_old_versions_are_described_too(tmp_path: Path) -> None:
    with live_server(write_snapshot(tmp_path / "snapshot", DATA + METADATA)) as address:
        url = f"{address}/snapshot/{VERSION}/sparql"
        store = read(httpx.get(f"{url}?format=ttl"), RdfFormat.TURTLE)
        assert (
            values(store, "SELECT ?e { ?s sd:endpoint ?e }") == values(store, "SELECT ?e { ?s void:sparqlEndpoint ?e }") == [url]
        )
        head = httpx.head(f"{url}?format=ttl")
        assert (head.status_code, head.content) == (200, b"")


def test_figures_that_no_longer_hold_are_left_out() -> None:
    with serving("--test-mode") as address:
        assert "void#triples" in httpx.get(f"{address}/sparql?format=nt").text
        httpx.put(f"{address}/store?default", content="<urn:a> <urn:b> 1 .", headers={"Content-Type": "text/turtle"})
        assert "void#triples" not in httpx.get(f"{address}/sparql?format=nt").text
