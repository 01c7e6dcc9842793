"""Graphs as wholes: what everybody may read, and the cases of the W3C over a service that may be written to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.compare import isomorphic

from query_service.media_types import Format, Kind, formats_of
from tests.served import BASE, VERSION, live_server, running, serving, write_snapshot
from tests.w3c import HT, MF, Cases, send

FIRST = f"{BASE}graph/source/first"
TEXT = f"{BASE}graph/text"
PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "n3": RdfFormat.N3,
}
STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small snapshot."""
    return write_snapshot(tmp_path_factory.mktemp("small") / "snapshot")


@pytest.fixture(scope="module")
def client(snapshot: Path) -> Iterator[httpx.Client]:
    """A client of a public service."""
    with running(snapshot, public_url="https://data.example") as found:
        yield found


# Everybody may read ----------------------------------------------------------------------------------------------------


def test_a_graph_is_read_by_its_name(client: httpx.Client) -> None:
    answer = client.get("/store", params={"graph": FIRST})
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert answer.headers["IPG-Dataset-Version"] == VERSION
    assert len(list(parse(answer.content, RdfFormat.TURTLE))) == 5


def test_the_default_graph_is_the_union_of_what_is_public(client: httpx.Client) -> None:
    answer = client.get("/store?default")
    assert len(list(parse(answer.content, RdfFormat.TURTLE))) == 13
    assert "printed words" not in answer.text


@pytest.mark.parametrize("format_", formats_of([Kind.GRAPH]), ids=lambda format_: format_.key)
def test_a_graph_is_read_in_every_format(client: httpx.Client, format_: Format) -> None:
    answer = client.get("/store", params={"graph": FIRST}, headers={"Accept": format_.media_type})
    assert answer.headers["Content-Type"].partition(";")[0] == format_.media_type
    assert len(list(parse(answer.content, PARSERS[format_.key]))) == 5
    assert client.get("/store", params={"graph": FIRST, "format": format_.key}).content == answer.content


def test_no_format_that_fits_is_told(client: httpx.Client) -> None:
    assert client.get("/store", params={"graph": FIRST}, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("name", ["urn:none", f"{BASE}graph/none", "no iri", TEXT])
def test_a_graph_that_is_not_there_is_not_found_nor_is_one_that_is_hidden(client: httpx.Client, name: str) -> None:
    for method in ("GET", "HEAD"):
        answer = client.request(method, "/store", params={"graph": name})
        assert answer.status_code == 404
        assert "printed words" not in answer.text


def test_the_holder_of_the_documents_reads_their_text(snapshot: Path) -> None:
    with running(snapshot) as holder:
        assert "printed words" in holder.get("/store", params={"graph": TEXT}).text


@pytest.mark.parametrize("query", ["", "?graph=urn:a&graph=urn:b", "?default&graph=urn:a"])
def test_one_graph_must_be_named(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/store{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("query", [f"graph={quote(FIRST)}", "default"])
def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client, query: str) -> None:
    get, head = client.get(f"/store?{query}"), client.head(f"/store?{query}")
    assert head.status_code == 200
    assert head.content == b""
    told = {"content-length", "content-type", "etag", "ipg-dataset-version", "vary"}
    assert {name: get.headers[name] for name in told} == {name: head.headers[name] for name in told}


def test_a_client_that_has_the_graph_is_told_so(client: httpx.Client) -> None:
    tag = client.get("/store", params={"graph": FIRST}).headers["ETag"]
    again = client.get("/store", params={"graph": FIRST}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/store", params={"graph": FIRST, "format": "nt"}, headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag
    assert client.get("/store?default", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nobody_may_write(client: httpx.Client, method: str) -> None:
    for query in ("default", f"graph={quote(FIRST)}"):
        answer = client.request(method, f"/store?{query}", content=b"<urn:a> <urn:b> 1 .")
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert len(list(parse(client.get("/store?default").content, RdfFormat.TURTLE))) == 13


def test_options_say_what_is_allowed(client: httpx.Client) -> None:
    answer = client.options("/store")
    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


# Test mode -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """URL of a store that may be written to."""
    with serving("--test-mode") as address:
        yield f"{address}/store"


def test_a_body_that_is_no_rdf_changes_nothing(store: str) -> None:
    place, turtle = f"{store}?graph=urn:kept", {"Content-Type": "text/turtle"}
    assert httpx.put(place, content="<urn:a> <urn:b> 1 .", headers=turtle).status_code == 201
    broken = httpx.put(place, content="<urn:a>\n<urn:b> .", headers=turtle)
    assert broken.status_code == 400
    assert broken.json()["line"] == 2
    assert httpx.put(place, content="x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert httpx.get(f"{place}&format=nt").text.count("\n") == 1


def test_what_is_written_has_a_version_of_its_own(store: str) -> None:
    place = f"{store}?graph=urn:versioned"
    versions = []
    for number in range(2):
        httpx.put(place, content=f"<urn:a> <urn:b> {number} .", headers={"Content-Type": "text/turtle"})
        answer = httpx.get(place)
        assert f"<urn:b> {number}" in answer.text
        versions.append((answer.headers["IPG-Dataset-Version"], answer.headers["ETag"]))
    assert len(set(versions)) == len({tag for _, tag in versions}) == 2


@pytest.fixture(scope="module")
def cases(conformance_dir: Path) -> Cases:
    """Cases of the Graph Store Protocol."""
    return Cases(conformance_dir / "w3c-rdf-tests", "graph-store-protocol/manifest.ttl")


@pytest.mark.conformance
def test_the_cases_of_the_w3c_pass(cases: Cases, store: str) -> None:
    assert len(cases.by_name) == 13
    for name, case in cases.by_name.items():
        locations: dict[str, str] = {}
        for request in cases.requests(case):
            path = str(cases.graph.value(request, HT.absolutePath)).removeprefix("/gsp")
            if "$" not in path and path:
                httpx.delete(store + path)
        for request in cases.requests(case):
            check(cases, request, store, locations, name)


def check(cases: Cases, request: rdflib.term.Node, store: str, locations: dict[str, str], name: str) -> None:
    """Send one request of a case, and hold the answer against what is expected."""
    url = store + str(cases.graph.value(request, HT.absolutePath)).removeprefix("/gsp")
    for word, value in locations.items():
        url = value if url == f"{store}{word}" else url.replace(word, value)
    answer = send(cases, request, url)
    expected = cases.graph.value(request, HT.resp)
    statuses = {str(status).partition("#")[2] for status in cases.graph.objects(expected, MF.expectedStatus)}
    codes = {STATUSES.get(status, int(status[-3]) if status.endswith("xx") else 0) for status in statuses}
    assert codes & {answer.status_code, answer.status_code // 100}, (name, answer.status_code, answer.text)
    for header, value in cases.headers(expected).items():
        assert answer.headers[header].partition(";")[0] == value.partition(";")[0], name
    if location := cases.graph.value(expected, MF.expectedLocation):
        locations[str(location)] = answer.headers["Location"]
    if body := cases.body(expected):
        found, wanted = (rdflib.Graph().parse(data, format="turtle", publicID=url) for data in (answer.content, body))
        assert isomorphic(found, wanted), (name, answer.text)


def test_a_public_service_is_never_writable(snapshot: Path) -> None:
    """The app itself has no other methods, whatever the address: only the command line's test mode adds them."""
    with live_server(snapshot) as address:
        assert httpx.put(f"{address}/store?default", content=b"").status_code == 405
