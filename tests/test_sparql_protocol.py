from __future__ import annotations

import json
import socket
import warnings
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, quote_plus, urlencode

import httpx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import RDFS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from query_service.errors import MalformedRequest, ReadOnly, ServiceError, UnsupportedMediaType
from query_service.protocol import QueryOperation, parse_operation
from tests.served import BASE, VERSION, live_server, write_snapshot
from tests.w3c import HT, MF, UT, Cases, send

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a live endpoint over the small snapshot."""
    with live_server(write_snapshot(tmp_path_factory.mktemp("live") / "snapshot")) as address:
        yield f"{address}/sparql"


# Reading operations -------------------------------------------------------------------------------------------------

QUERIES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: not text.startswith("\ufeff"))
IRIS = st.lists(st.sampled_from(["http://a/%41?x=1&y=2", "urn:é", "http://b/c+d", "http://x/#f"]), unique=True, max_size=3)


@given(QUERIES, IRIS, IRIS, st.lists(st.sampled_from(["ac", "timeout", "using", "Query"]), max_size=2))
def test_the_three_ways_to_send_a_query_say_the_same(query: str, default: list[str], named: list[str], others: list[str]) -> None:
    dataset = [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
    dataset += [(name, "1") for name in others]
    everything = urlencode([*dataset, ("query", query)]).encode()
    half = len(dataset) // 2
    expected = QueryOperation(query, tuple(default), tuple(named))
    assert parse_operation("GET", everything, None, b"ignored") == expected
    assert parse_operation("POST", b"", FORM, everything) == expected
    assert parse_operation("POST", urlencode(dataset).encode(), f"{DIRECT}; charset=UTF-8", query.encode()) == expected
    split = urlencode([*dataset[half:], ("query", query)], quote_via=quote).encode()
    assert parse_operation("POST", urlencode(dataset[:half]).encode(), FORM.upper(), split) == expected


@given(
    st.sampled_from(["GET", "POST"]), st.binary(max_size=60), st.one_of(st.none(), st.text(max_size=40)), st.binary(max_size=60)
)
def test_no_request_breaks_the_reading(method: str, query_string: bytes, content_type: str | None, body: bytes) -> None:
    try:
        operation = parse_operation(method, query_string, content_type, body)
    except ServiceError:
        return
    assert method == "GET" or operation.query is not None


def test_percent_escapes_are_decoded_once() -> None:
    query = "ASK { <http://a/%2541> ?p '%2B+' }"
    assert parse_operation("GET", f"query={quote_plus(query)}".encode(), None, b"").query == query
    assert parse_operation("POST", b"", FORM, f"query={quote(query)}".encode()).query == query


def test_unescaped_utf8_is_read() -> None:
    assert parse_operation("GET", "query=ASK{'é'}".encode(), None, b"").query == "ASK{'é'}"


def test_a_byte_order_mark_is_no_part_of_a_query() -> None:
    assert parse_operation("POST", b"", DIRECT, b"\xef\xbb\xbfASK {}").query == "ASK {}"


def test_empty_graph_fields_of_forms_name_no_graph() -> None:
    assert parse_operation("GET", b"default-graph-uri=&query=ASK{}", None, b"") == QueryOperation("ASK{}")


def test_nothing_asks_for_the_description() -> None:
    assert parse_operation("GET", b"format=ttl", None, b"") == QueryOperation(None, formats=("ttl",))


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body", "error"),
    [
        ("GET", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, b"", MalformedRequest),
        ("POST", b"query=ASK{}", DIRECT, b"ASK{}", MalformedRequest),
        ("POST", b"query=ASK{}", FORM, b"query=ASK{}", MalformedRequest),
        ("POST", b"", FORM, b"", MalformedRequest),
        ("GET", b"default-graph-uri=urn:a", None, b"", MalformedRequest),
        ("GET", b"query=%FF", None, b"", MalformedRequest),
        ("GET", b"query=\xff", None, b"", MalformedRequest),
        ("POST", b"", DIRECT, b"ASK { '\xff' }", MalformedRequest),
        ("POST", b"", f"{DIRECT};charset=UTF-16", "ASK {}".encode("utf-16"), UnsupportedMediaType),
        ("POST", b"", "text/plain", b"ASK {}", UnsupportedMediaType),
        ("POST", b"", None, b"query=ASK{}", UnsupportedMediaType),
        ("POST", b"", "multipart/form-data; boundary=x", b"", UnsupportedMediaType),
        ("GET", b"update=CLEAR%20ALL", None, b"", ReadOnly),
        ("GET", b"query=ASK{}&update=CLEAR%20ALL", None, b"", ReadOnly),
        ("POST", b"", FORM, b"update=CLEAR+ALL", ReadOnly),
        ("POST", b"", "application/sparql-update", b"CLEAR ALL", ReadOnly),
    ],
)
def test_what_is_no_query_operation_is_refused(
    method: str, query_string: bytes, content_type: str | None, body: bytes, error: type[ServiceError]
) -> None:
    with pytest.raises(error) as caught:
        parse_operation(method, query_string, content_type, body)
    assert type(caught.value) is error


# The cases of the W3C ------------------------------------------------------------------------------------------------

PASSING = [
    "query_post_form",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_post",
    "query_dataset_named_graphs_get",
    "query_dataset_full",
    "query_multiple_dataset",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
    "query_post_direct",
    "bad_query_method",
    "bad_multiple_queries",
    "bad_query_wrong_media_type",
    "bad_query_missing_form_type",
    "bad_query_missing_direct_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
    "bad_update_get",
    "bad_multiple_updates",
    "bad_update_wrong_media_type",
    "bad_update_missing_form_type",
    "bad_update_non_utf8",
    "bad_update_syntax",
    "bad_update_dataset_conflict",
]
# These want an update to succeed, and this endpoint only reads: the update itself must be refused.
REFUSED = [
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
]

FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}


@pytest.fixture(scope="module")
def cases(conformance_dir: Path) -> Cases:
    """The protocol cases."""
    return Cases(conformance_dir / "w3c-rdf-tests", "protocol/manifest.ttl")


@pytest.fixture(scope="module")
def w3c_endpoint(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a live server over the graphs that the cases name."""
    graphs = {}
    for data in cases.graph.objects(None, UT.graphData):
        text = cases.file(cases.graph.value(data, UT.graph)).read_text(encoding="utf-8")
        graphs[str(cases.graph.value(data, RDFS.label))] = text
    assert len(graphs) == 3
    trig = "\n".join(f"<{iri}> {{ {triples} }}" for iri, triples in graphs.items())
    with live_server(write_snapshot(tmp_path_factory.mktemp("w3c") / "snapshot", trig, "")) as address:
        yield address


@pytest.mark.conformance
def test_every_case_of_the_w3c_is_accounted_for(cases: Cases) -> None:
    assert set(cases.by_name) == {f"protocol#{name}" for name in (*PASSING, *REFUSED)}
    assert len(PASSING) + len(REFUSED) == 34


@pytest.mark.conformance
@pytest.mark.parametrize("name", PASSING)
def test_w3c_case(name: str, cases: Cases, w3c_endpoint: str) -> None:
    graph = cases.graph
    for request in cases.requests(cases.by_name[f"protocol#{name}"]):
        answer = send(cases, request, w3c_endpoint + str(graph.value(request, HT.absolutePath)))
        expected = graph.value(request, HT.resp)
        statuses = {str(status)[-3:-2] for status in graph.objects(expected, MF.expectedStatus)}
        assert str(answer.status_code)[0] in statuses, answer.text
        if (boolean := graph.value(expected, MF.expectedBoolean)) is not None:
            assert answer.json()["boolean"] is bool(boolean)
        if (format_ := graph.value(expected, MF.expectedFormat)) is not None:
            assert answer.headers["Content-Type"].partition(";")[0] in FORMATS[str(format_)]


@pytest.mark.conformance
@pytest.mark.parametrize("name", REFUSED)
def test_w3c_update_is_refused(name: str, cases: Cases, w3c_endpoint: str) -> None:
    request = cases.requests(cases.by_name[f"protocol#{name}"])[0]
    answer = send(cases, request, w3c_endpoint + str(cases.graph.value(request, HT.absolutePath)))
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/read-only")


# Clients that people use -----------------------------------------------------------------------------------------------

LABELS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?s ?label { ?s skos:prefLabel ?label } ORDER BY ?label"
TYPES = "CONSTRUCT { ?s a ?type } { ?s a ?type }"


def ask_with_sparqlwrapper(endpoint: str, query: str, format_: str, method: str = "GET") -> bytes:
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(format_)
    wrapper.setQuery(query)
    result = wrapper.query()
    with result.response:
        content: bytes = result.response.read()
    return content


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("format_", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(endpoint: str, format_: str, method: str) -> None:
    content = ask_with_sparqlwrapper(endpoint, LABELS, format_, method).decode()
    assert "Intégration" in content
    if format_ == JSON:
        languages = {row["label"]["value"]: row["label"]["xml:lang"] for row in json.loads(content)["results"]["bindings"]}
        assert languages == {"Integration": "en", "Intégration": "fr", 'a < b & "c", d\n\te': "en"}


@pytest.mark.parametrize(
    ("format_", "parser"),
    [(XML, RdfFormat.RDF_XML), (RDFXML, RdfFormat.RDF_XML), (TURTLE, RdfFormat.TURTLE), (JSONLD, RdfFormat.JSON_LD)],
)
def test_sparqlwrapper_reads_graphs(endpoint: str, format_: str, parser: RdfFormat) -> None:
    for query, triples in ((TYPES, 3), (f"DESCRIBE <{BASE}id/actor/city>", 1)):
        content = ask_with_sparqlwrapper(endpoint, query, format_)
        assert len(list(parse(content, parser))) == triples


def test_sparqlwrapper_asks_and_is_told_of_errors(endpoint: str) -> None:
    assert json.loads(ask_with_sparqlwrapper(endpoint, "ASK { ?s ?p ?o }", JSON))["boolean"] is True
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setQuery("SELECT * {")
    with pytest.raises(Exception, match=r"not valid SPARQL"):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format_", ["xml", "json"])
def test_rdflib_store_reads(endpoint: str, method: str, format_: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # rdflib leaves the response to be closed by chance
        graph = rdflib.Graph(SPARQLStore(endpoint, method=method, returnFormat=format_))
        rows = {(str(row[0]), row[1]) for row in graph.query(LABELS)}  # type: ignore[index]
        assert (f"{BASE}id/principle/cbp-1", rdflib.Literal("Intégration", lang="fr")) in rows
        year = list(graph.objects(rdflib.URIRef(f"{BASE}id/practice/a"), rdflib.URIRef(f"{BASE}ontology#startYear")))
        assert year == [rdflib.Literal(2008)]
        assert graph.query("ASK { ?s a <urn:none> }").askAnswer is False


# Over the wire -----------------------------------------------------------------------------------------------------------


def raw(endpoint: str, request: bytes) -> bytes:
    host, _, port = endpoint.removeprefix("http://").partition("/")[0].partition(":")
    answer = b""
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(request)
        while chunk := connection.recv(65536):
            answer += chunk
    return answer


def test_head_leaves_the_connection_in_step(endpoint: str) -> None:
    target = b"/sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n"
    answer = raw(endpoint, b"HEAD " + target + b"\r\nGET " + target + b"Connection: close\r\n\r\n")
    head, get = answer.split(b"HTTP/1.1 200 OK\r\n")[1:]
    assert head.endswith(b"\r\n\r\n")
    assert head.count(b"\r\n\r\n") == 1
    assert json.loads(get.partition(b"\r\n\r\n")[2])["boolean"] is True


def test_a_small_answer_does_not_wait_for_an_acknowledgement(endpoint: str) -> None:
    seconds = []
    with httpx.Client() as client:
        for _ in range(10):
            began = perf_counter()
            assert client.get(f"{endpoint}?query=ASK%7B%7D").status_code == 200
            seconds.append(perf_counter() - began)
    assert min(seconds) < 0.03


def test_a_host_header_is_never_trusted(endpoint: str) -> None:
    answer = httpx.get(endpoint, headers={"Host": "evil.example"})
    assert "evil.example" not in answer.text
    assert f"<{endpoint}>" in answer.text
    assert "evil.example" not in httpx.get(f"{endpoint}?query=ASK%7B%7D", headers={"Host": "evil.example"}).text


def test_a_query_too_long_for_a_url_can_be_posted(endpoint: str) -> None:
    values = " ".join(f"<urn:number:{number}>" for number in range(5000))
    query = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} }}"
    assert len(query) > 65536
    patience = httpx.Timeout(60)  # of an engine of others that takes seconds to read it
    answer = httpx.post(endpoint, data={"query": query}, headers={"Accept": "text/csv"}, timeout=patience)
    if len(urlencode({"query": query})) > 128 * 1024:
        assert answer.status_code == 413
    direct = httpx.post(endpoint, content=query, headers={"Content-Type": DIRECT, "Accept": "text/csv"}, timeout=patience)
    assert direct.text == "n\r\n5000\r\n"


def test_trailing_slash_serves_without_a_redirect(endpoint: str) -> None:
    answer = httpx.get(f"{endpoint}/?query=ASK%7B%7D")
    assert answer.status_code == 200
    assert answer.headers["IPG-Dataset-Version"] == VERSION
