from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from starlette.requests import Request
from starlette.responses import Response

from query_service.app import create_app
from query_service.engine import Engine, open_engine
from query_service.errors import AddressUnavailable, EngineFailure, NotAcceptable, SnapshotUnusable, problem_of
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS, Format, Kind, formats_of
from query_service.query_text import QueryText
from query_service.results import Finisher, finish_graph, finish_rows
from query_service.server import bind
from query_service.settings import ServiceSettings
from query_service.snapshot import read_snapshot
from tests.served import BASE, DATA, VERSION, live_server, running, write_snapshot

FIRST, SECOND, TEXT = f"{BASE}graph/source/first", f"{BASE}graph/source/second", f"{BASE}graph/text"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a ?type }"
JSON = FORMATS[0]
NUMBERS = " ".join(str(value) for value in range(130))
SLOW = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} VALUES ?c {{ {NUMBERS} }} }}"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the small snapshot."""
    return write_snapshot(tmp_path_factory.mktemp("served") / "snapshot")


@pytest.fixture(scope="module")
def app(snapshot: Path) -> Iterator[httpx.Client]:
    """The application as it runs on one's own machine."""
    with running(snapshot) as client:
        yield client


@pytest.fixture(scope="module")
def public_app(snapshot: Path) -> Iterator[httpx.Client]:
    """The application as it runs behind a public address."""
    with running(snapshot, public_url="https://data.example.org/ipg/") as client:
        yield client


@pytest.fixture
def engine(snapshot: Path) -> Engine:
    """The engine over the small snapshot."""
    return open_engine(read_snapshot(snapshot), show_private=True, in_memory=True)


def call(app: httpx.Client, method: str = "GET", path: str = "/sparql", **more: object) -> httpx.Response:
    return app.request(method, path, **more)  # type: ignore[arg-type]


def query(app: httpx.Client, text: str, accept: str = "text/csv", **parameters: str | list[str]) -> httpx.Response:
    return call(app, params={"query": text, **parameters}, headers={"Accept": accept})


def query_graphs(app: httpx.Client, text: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> httpx.Response:
    """Send a query with graphs named by the request."""
    graphs = {"default-graph-uri": list(default), "named-graph-uri": list(named)}
    return call(app, params={"query": text, **graphs}, headers={"Accept": "text/csv"})


def finished(finish: Callable[..., Finisher], body: bytes, *arguments: str, size: int = 8192) -> bytes:
    """A body as it is after it went through in pieces."""
    out = io.BytesIO()
    finisher = finish(out, *arguments)
    for place in range(0, len(body), size):
        finisher.write(body[place : place + size])
    finisher.end()
    return out.getvalue()


def number(answer: httpx.Response) -> int:
    assert answer.status_code == 200, answer.text
    return int(answer.text.splitlines()[1])


# Answers ---------------------------------------------------------------------------------------------------------------

ROW_PARSERS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
GRAPH_PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "n3": RdfFormat.N3,
}
ODD = 'quote " < & > tab\t line\n return\r é 漢 😀 \u2028'
TERMS: list[Literal | NamedNode] = [
    Literal("Integration", language="en"),
    Literal("Intégration", language="fr-be"),
    Literal("2008", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    Literal("-10", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    Literal("x", datatype=NamedNode("urn:own")),
    Literal(ODD),
    Literal(""),
    NamedNode("http://example.org/a%20b?c=d&e=f#é"),
]
VALUES = [term.value for term in TERMS]
WRITTEN = " ".join(str(term) for term in TERMS)


@pytest.mark.parametrize("format_", formats_of([Kind.ROWS]), ids=lambda format_: format_.key)
def test_rows_keep_every_term_as_it_is(app: httpx.Client, format_: Format) -> None:
    answer = query(app, f"SELECT ?x ?none {{ VALUES ?x {{ {WRITTEN} }} }}", format_.media_type)
    assert answer.headers["Content-Type"].startswith(format_.media_type)
    if format_.key == "csv":
        assert [row[0] for row in csv.reader(io.StringIO(answer.text, newline=""))][1:] == VALUES
        return
    rows = parse_query_results(answer.content, ROW_PARSERS[format_.key])
    assert [solution["x"] for solution in rows] == TERMS  # type: ignore[union-attr]


@pytest.mark.parametrize("format_", formats_of([Kind.GRAPH]), ids=lambda format_: format_.key)
def test_graphs_keep_every_term_as_it_is(app: httpx.Client, format_: Format) -> None:
    answer = query(app, f"CONSTRUCT {{ <urn:s> <urn:p:q> ?x }} {{ VALUES ?x {{ {WRITTEN} }} }}", format_.media_type)
    assert answer.headers["Content-Type"].startswith(format_.media_type)
    assert {quad.object for quad in parse(answer.content, GRAPH_PARSERS[format_.key])} == set(TERMS)


@pytest.mark.parametrize(
    "text", ["SELECT ?x {}", "SELECT * {}", "SELECT * { ?s <urn:none> ?o }", "ASK {}", "ASK { <urn:a> ?p ?o }"]
)
def test_the_version_in_the_head_changes_nothing_else(app: httpx.Client, snapshot: Path, text: str) -> None:
    def plain(format_: QueryResultsFormat) -> bytes:
        result = Store.read_only(str(snapshot / "store")).query(text)
        assert not isinstance(result, QueryTriples)
        return result.serialize(format=format_) or b""

    link = f"http://127.0.0.1:8000/snapshot/{VERSION}"
    found = query(app, text, "application/sparql-results+json").json()
    assert found["head"].pop("link") == [link]
    assert found == json.loads(plain(QueryResultsFormat.JSON))
    tree = ET.fromstring(query(app, text, "application/sparql-results+xml").content)  # noqa: S314
    head = tree[0]
    assert head[-1].tag == "{http://www.w3.org/2005/sparql-results#}link"
    assert head[-1].attrib == {"href": link}
    head.remove(head[-1])
    expected = ET.fromstring(plain(QueryResultsFormat.XML))  # noqa: S314
    assert ET.tostring(tree) == ET.tostring(expected)


@pytest.mark.parametrize(
    "head", [b'{"head":{}', b'{"head":{"vars":["x"]}', b' {\n "head" : {\n  "vars": ["head"] }', b'{"head":{ }']
)
def test_json_heads_of_any_layout_take_the_link(head: bytes) -> None:
    body = head + b',"results":{"bindings":[{"x":{"type":"literal","value":"{\\"head\\":{"}}]}}'
    expected = json.loads(body)
    expected["head"]["link"] = ["http://a/?b&c"]
    for size in (1, 7, len(body)):
        assert json.loads(finished(finish_rows, body, "json", "http://a/?b&c", size=size)) == expected


@pytest.mark.parametrize("head", [b"<head/>", b"<head></head>", b"<head ><variable name='x'/></head >"])
def test_xml_heads_of_any_layout_take_the_link(head: bytes) -> None:
    body = b"<sparql>" + head + b"<results><result>&lt;/head></result></results></sparql>"
    for size in (1, 7, len(body)):
        tree = ET.fromstring(finished(finish_rows, body, "xml", 'http://a/?b&c"', size=size))  # noqa: S314
        assert tree[0][-1].attrib == {"href": 'http://a/?b&c"'}
        assert tree[1][0].text == "</head>"


def test_an_engine_that_changes_its_layout_is_noticed() -> None:
    for key, body in (("json", b'{"results":{}}'), ("xml", b"<sparql/>")):
        with pytest.raises(ValueError, match="head"):
            finished(finish_rows, body, key, "http://a")


def test_ask_has_a_value_in_every_format(app: httpx.Client) -> None:
    assert query(app, "ASK {}", "text/csv").text == "true"
    assert query(app, "ASK { <urn:a> ?p ?o }", "text/tab-separated-values").text == "false"
    assert query(app, "ASK {}", "application/json").json()["boolean"] is True
    assert "<boolean>true</boolean>" in query(app, "ASK {}", "application/xml").text


def test_an_empty_answer_is_whole(app: httpx.Client) -> None:
    none = "SELECT ?s ?o { ?s <urn:none> ?o }"
    assert query(app, none, "text/csv").text == "s,o\r\n"
    assert query(app, none, "text/tab-separated-values").text == "?s\t?o\n"
    assert query(app, none, "application/json").json()["results"] == {"bindings": []}
    assert query(app, "CONSTRUCT { ?s ?p ?o } { ?s <urn:none> ?o . ?s ?p ?o }", "application/n-triples").content == b""


def test_what_xml_cannot_carry_is_refused_and_json_carries_it(app: httpx.Client) -> None:
    for character in ("\\u0000", "\\u001B", "\\uFFFE"):
        text = f'SELECT ("a{character}b" AS ?x) {{}}'
        answer = query(app, text, "application/sparql-results+xml")
        assert answer.status_code == 406
        assert answer.json()["found"] == f"the character U+{character[2:]}"
        value = query(app, text, "application/json").json()["results"]["bindings"][0]["x"]["value"]
        assert value == f"a{chr(int(character[2:], 16))}b"
        assert query(app, f'CONSTRUCT {{ <urn:s> <urn:p> "{character}" }} {{}}', "application/rdf+xml").status_code == 406


def test_rdf_xml_that_would_be_broken_is_refused(app: httpx.Client) -> None:
    answer = query(app, "CONSTRUCT { <urn:s> <http://example.org/1> 2 } {}", "application/rdf+xml")
    assert answer.status_code == 406
    assert "format=ttl" in answer.json()["mend"]
    for size in (1, 5, 100):
        body = b"<a:b xmlns:a='x:y: '>a: b\r</a:b>"
        assert finished(finish_graph, body, "rdf", size=size) == body.replace(b"\r", b"&#13;")
        with pytest.raises(NotAcceptable, match="RDF/XML"):
            finished(finish_graph, b"<a:b><p1: >2</p1:></a:b>", "rdf", size=size)
        with pytest.raises(NotAcceptable, match="XML cannot"):
            finished(finish_graph, "<a:b>\ufffe</a:b>".encode(), "rdf", size=size)


def test_json_ld_without_a_form_for_triple_terms_is_refused(app: httpx.Client) -> None:
    text = "CONSTRUCT { <urn:s> <urn:p> <<( <urn:a> <urn:b> 2 )>> } {}"
    assert query(app, text, "application/ld+json").status_code == 406
    assert query(app, text, "text/turtle").status_code == 200


def test_turtle_uses_the_prefixes_of_the_ontology_and_is_always_the_same(app: httpx.Client, snapshot: Path) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { ?s a ?type ; ?p ?o }"
    turtle = query(app, text, "text/turtle").text
    assert turtle.startswith("@prefix ipg: <https://w3id.org/ipg/ontology#> .\n@prefix skos: ")
    assert "a ipg:Actor" in turtle
    with running(snapshot) as other:
        assert query(other, text, "text/turtle").text == turtle


def test_relative_iris_stand_on_the_endpoint(public_app: httpx.Client) -> None:
    assert query(public_app, "SELECT (<#x> AS ?x) {}").text == "x\r\nhttps://data.example.org/ipg/sparql#x\r\n"


# Datasets --------------------------------------------------------------------------------------------------------------


def test_the_default_graph_is_the_union_counted_once(app: httpx.Client) -> None:
    assert number(query(app, COUNT)) == 3
    assert number(query(app, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?type } }")) == 4


def test_several_default_graphs_are_merged_as_sets(app: httpx.Client) -> None:
    assert number(query_graphs(app, COUNT, default=[FIRST, SECOND, FIRST])) == 3
    prologue = f"PREFIX source: <{BASE}graph/source/>\n"
    froms = f"FROM source:first FROM <{SECOND}> # FROM <urn:x>\nFROM source:first"
    assert number(query(app, f"{prologue}SELECT (COUNT(*) AS ?n) {froms} {{ ?s a ?type }}")) == 3
    named = (
        f"{prologue}SELECT (COUNT(*) AS ?n) FROM <{FIRST}> FROM <{SECOND}> FROM NAMED source:second {{ GRAPH ?g {{ ?s a ?t }} }}"
    )
    assert number(query(app, named)) == 2


def test_the_dataset_of_the_request_replaces_the_others(app: httpx.Client) -> None:
    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?type } }"
    assert number(query_graphs(app, COUNT, default=[FIRST])) == 2
    assert number(query_graphs(app, in_graphs, default=[FIRST])) == 0
    assert number(query_graphs(app, in_graphs, named=[FIRST])) == 2
    assert number(query_graphs(app, COUNT, named=[FIRST])) == 0
    assert number(query_graphs(app, f"SELECT (COUNT(*) AS ?n) FROM <{SECOND}> {{ ?s a ?type }}", default=[FIRST])) == 2
    assert number(query(app, f"SELECT (COUNT(*) AS ?n) FROM <{SECOND}> {{ ?s a ?type }}")) == 2
    assert number(query_graphs(app, COUNT, default=["urn:nowhere"])) == 0


def test_a_graph_needs_an_absolute_iri(app: httpx.Client) -> None:
    for iri in ("source/first", "http://a b", "<http://a>"):
        answer = query_graphs(app, COUNT, default=[iri])
        assert answer.status_code == 400
        assert answer.json()["found"] == iri


HIDDEN_QUERIES = [
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://www.w3.org/ns/oa#exact> ?o } }",
    f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{TEXT}> {{ ?s ?p ?o }} }}",
    f"SELECT (COUNT(*) AS ?n) FROM <{TEXT}> {{ ?s ?p ?o }}",
    f"SELECT (COUNT(*) AS ?n)FROM<{TEXT}>{{ ?s ?p ?o }}",
    f"SELECT (COUNT(*) AS ?n) FROM NAMED <{TEXT}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"PREFIX g: <{BASE}graph/> SELECT (COUNT(*) AS ?n) FROM g:text {{ ?s ?p ?o }}",
    f"BASE <{BASE}graph/> SELECT (COUNT(*) AS ?n) FROM <./x/../text> {{ ?s ?p ?o }}",
]


@pytest.mark.parametrize("text", HIDDEN_QUERIES)
def test_wording_is_for_the_holder_of_the_documents(app: httpx.Client, public_app: httpx.Client, text: str) -> None:
    assert number(query(app, text)) == 1
    assert number(query(public_app, text)) == 0


def test_no_way_of_naming_the_dataset_uncovers_the_wording(public_app: httpx.Client) -> None:
    exact = "?s <http://www.w3.org/ns/oa#exact> ?o"
    everywhere = f"SELECT (COUNT(*) AS ?n) {{ {{ {exact} }} UNION {{ GRAPH ?g {{ {exact} }} }} }}"
    for default, named in (([TEXT], []), ([], [TEXT]), ([TEXT, FIRST], [TEXT]), ([TEXT, FIRST, SECOND], [])):
        assert number(query_graphs(public_app, everywhere, default, named)) == 0
    for text in (f"ASKFROM<{TEXT}>{{ ?s <http://www.w3.org/ns/oa#exact> ?o }}", f"DESCRIBE <{BASE}id/passage/p> FROM <{TEXT}>"):
        answer = query(public_app, text, "*/*")
        assert "printed words" not in answer.text
        assert "true" not in answer.text
    assert number(query(public_app, COUNT)) == 3
    assert "text" not in query(public_app, "SELECT DISTINCT ?g { GRAPH ?g {} }").text


# What is refused -------------------------------------------------------------------------------------------------------

NAMES = "PREFIX ex: <http://127.0.0.1:1/> PREFIX : <http://127.0.0.1:1/> PREFIX service: <http://127.0.0.1:1/>\n"


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }",
        "sErViCe SILENT <http://127.0.0.1:1/> { ?s ?p ?o }",
        "VALUES ?e { <http://127.0.0.1:1/> } LATERAL { SERVICE ?e { ?s ?p ?o } }",
        "FILTER EXISTS { SERVICE ex:x { ?s ?p ?o } }",
        "SERVICEex:x { ?s ?p ?o }",
        "SERVICESILENT:x { ?s ?p ?o }",
        "SERVICE?x{ ?s ?p ?o }",
        "service:x { ?s ?p ?o }",
        "?s ?p 1SERVICE ex:x { ?s ?p ?o }",
        "?s ?p 1.5e3SERVICE ex:x { ?s ?p ?o }",
        "?s ?p trueSERVICE ex:x { ?s ?p ?o }",
        "?s ?p true.SERVICE:x { ?s ?p ?o }",
        "ex:a ex:b ex:.SERVICE ex:x { ?s ?p ?o }",
        "?s ?p ex:a.b.SERVICE ex:x { ?s ?p ?o }",
        "?s ?p ex:a.b.SERVICESILENTex:x.y { ?s ?p ?o }",
        "?s ?p ?o FILTER(?o<2)SERVICE#>\nex:x{ ?s ?p ?o }",
        "?s ?p ?o FILTER(?o<'>' || true) SERVICE ex:x { ?s ?p ?o } #'\n",
        "<a'\\u0041> ?p ?o . SERVICE ex:x { ?s ?p 'o' }",
        "#\rSERVICE # {\n ex:x #\n { ?s ?p ?o }",
        "{ SELECT * { SERVICE ex:x { ?s ?p ?o } } }",
    ],
)
def test_service_is_refused_however_it_is_written(app: httpx.Client, pattern: str) -> None:
    answer = query(app, f"{NAMES}SELECT * {{ {pattern} }}")
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/no-federation")
    line = f"{NAMES}SELECT * {{ {pattern} }}".split("\n")[answer.json()["line"] - 1]
    assert line[answer.json()["column"] - 1 :].lower().startswith("service")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ex:SERVICE 'SERVICE <http://127.0.0.1:1/> { }' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }",
        'SELECT * { ?s ?p """\nSERVICE <x> { ?s ?p ?o }\n""" }',
        "SELECT * { ?s ?p '\\' SERVICE ex:x { ' }",
        "SELECT * { ?s <http://example.org/SERVICE?x{> ?o }".replace("?x{", ""),
        "SELECT * { ?s ?p <service>, <#service>, <http://x/it's#service> . ?s ?p 'service' }",
        "SELECT * { GRAPH service:x { ?s ?p ?o } }",
        "SELECT * FROM service:x FROM NAMED service:y { ?s ?p ?o }",
        "DESCRIBE service:x",
        "SELECT * { ?s service:x ?o ; ex:service ?service . FILTER(?service<3||?o>4) }",
        "SELECT * { ?s ?p ?o . ex:a.SERVICE ex:x ?y }",
        "SELECT * { _:service ?p $service }",
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service }",
    ],
)
def test_the_word_service_is_no_crime(app: httpx.Client, text: str) -> None:
    answer = query(app, NAMES + text, "*/*")
    assert answer.status_code == 200, answer.text


GLUE = st.sampled_from(["", " ", "\n", "#'\n", "#>\n", "\r", "."])
BEFORE = st.sampled_from(
    [
        "", "{}", "?s ?p ?o", "?s ?p 1", "?s ?p 1.5e3", "?s ?p true", "?s ?p ex:", "?s ?p :a.b", "?s ?p 'x'", "?s ?p 'x'@en",
        "?s ?p ''",
        "?s a ?o", "?s ?p <urn:x>", "?s ?p ?o FILTER(?o<3)", "?s ?p ?o FILTER(?o<?x||true)", "?s ?p ?o FILTER('<'<'>')",
        "BIND(1<2 AS ?x)", "VALUES ?x {UNDEF}", "OPTIONAL{?s ?p ?o}", "?s ?p ?o FILTER(1<2&&3>1)", "?s ?p '''a'''", "?s ?p (1)",
    ]
)  # fmt: skip
AFTER = st.sampled_from(["", "?s ?p ?o", "FILTER(1>0)", "#'", "FILTER('>'>'<')"])
WORD = st.sampled_from(["SERVICE", "service", "Service"])
TARGET = st.sampled_from(["<http://127.0.0.1:1/>", "ex:x", ":x", "ex:"])


@settings(max_examples=400, deadline=None)
@given(BEFORE, GLUE, WORD, GLUE, TARGET, GLUE, AFTER)
def test_nothing_that_the_engine_reads_as_service_gets_past(
    before: str, glue: str, word: str, between: str, target: str, last: str, after: str
) -> None:
    text = f"{NAMES}SELECT * {{{before}{glue}{word}{between}{target}{last}{{?s ?p ?o}} {after}\n}}"
    store = Store()
    store.load("<urn:s> <urn:p> 1, 'x', <urn:x>, <http://127.0.0.1:1/>, true .", RdfFormat.TURTLE)
    try:
        solutions = store.query(text, base_iri="http://base.example/")
        assert isinstance(solutions, QuerySolutions)
        list(solutions)
    except OSError:  # the engine was about to connect; to this port it never does
        assert QueryText(text).find_service() is not None
    except (SyntaxError, RuntimeError):
        pass


@pytest.mark.parametrize(
    "piece",
    [
        "<#>",
        "<a#>",
        "<a'#>",
        "<'>",
        "a.",
        "service",
        "service:",
        "service #",
        "service <a ",
        "'''",
        "# ",
        "<",
        "1.",
        "SERVICE SILENT ",
    ],
)
def test_reading_a_hostile_text_comes_to_an_end(piece: str) -> None:
    text = QueryText("ASK {" + piece * (128 * 1024 // len(piece)) + "service")
    text.find_service()
    list(text.dataset_clauses())
    assert text.is_repeatable


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <a> <b> <c> }", "PREFIX a: <urn:a>\ndelete where { ?s ?p ?o }", "LOAD <http://a>", "CLEAR ALL"]
)
def test_an_update_sent_as_a_query_is_named(app: httpx.Client, text: str) -> None:
    answer = query(app, text)
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/read-only")
    assert number(query(app, COUNT)) == 3


@pytest.mark.parametrize(
    ("text", "line", "column", "found"),
    [
        ("SELCT * { ?s ?p ?o }", 1, 1, "SELCT * { ?s ?p ?o }"),
        ("SELECT *\nWHERE ?s ?p ?o", 2, 7, "?s ?p ?o"),
        ("SELECT ?s {\n ?s ?p ?o\n OPTINAL { ?s a ?x }\n}", 3, 2, "OPTINAL { ?s a ?x }"),
        ("SELECT ?s {\r\n ?s ?p ?o FILTER ?o > 3 }", 2, 18, "?o > 3 }"),
        ("SELECT ?s { ?s ?p ?o } ORDER ?s", 1, 30, "?s"),
        ("SELECT ?s { ?s ?p ?o } LIMIT x", 1, 24, "LIMIT x"),
        ("ASK {", 1, 6, "the end of the query"),
        ("ASK { ?s ?p '漢😀' . ?s ?p ?o ?x }", 1, 29, "?x }"),
        ("SELECT * { ?s ?p 'abc }", 1, 24, "the end of the query"),
        ("ASK {}\n}", 2, 1, "}"),
    ],
)
def test_a_syntax_error_says_where(app: httpx.Client, text: str, line: int, column: int, found: str) -> None:
    answer = query(app, text)
    assert answer.status_code == 400
    problem = answer.json()
    assert (problem["line"], problem["column"], problem["found"]) == (line, column, found)
    assert problem["type"].endswith("/query-syntax")


def test_an_undeclared_prefix_is_named_with_the_declaration(app: httpx.Client) -> None:
    problem = query(app, "SELECT * {\n  ?s skos:prefLabel ?o }").json()
    assert (problem["line"], problem["column"], problem["found"]) == (2, 6, "skos:prefLabel")
    assert problem["mend"] == "begin the query with PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    assert query(app, "SELECT * FROM g:a FROM g:b {}").json()["found"] == "g:a"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT (<urn:f>(1) AS ?x) {}", "<urn:f>"),
        ("SELECT ?a ?b { ?a ?p ?o } GROUP BY ?a", "unbound"),
        ("", "empty"),
        (" \n # nothing", "valid SPARQL"),
        ("ASK { ?s <http://a b> ?o }", "IRI"),
        ("VERSION", "valid SPARQL"),
    ],
)
def test_other_bad_queries_say_what_is_wrong(app: httpx.Client, text: str, words: str) -> None:
    answer = query(app, text)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("SELECTASK{}?spo<>:'\"#\\@.;, \n\té😀[]()^1"), max_size=30))
def test_no_text_fails_but_by_an_error_of_ours(text: str) -> None:
    scanned = QueryText(text)
    assert scanned.form in {None, "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
    assert "".join(token.text for token in scanned.tokens).strip() in text or scanned.tokens
    assert scanned.find_service() is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECTDISTINCT?s{}", "SELECT"),
        ("askfrom<urn:x>{}", "ASK"),
        ("BASE<urn:a>PREFIXselect:<urn:b>DESCRIBEselect:a", "DESCRIBE"),
        ("# SELECT\nVERSION '1.2' PREFIX ask: <urn:ask#> CONSTRUCT WHERE {}", "CONSTRUCT"),
        ("{ SELECT }", None),
    ],
)
def test_the_form_of_a_query_is_told_from_its_text(text: str, form: str | None) -> None:
    assert QueryText(text).form == form


def test_glued_keywords_are_answered_as_the_engine_reads_them(app: httpx.Client) -> None:
    assert query(app, "SELECTDISTINCT?t{?s a?t}ORDERBY?t", "text/csv").status_code == 200
    assert query(app, f"PREFIXa:<{BASE}id/actor/>DESCRIBEa:city", "application/n-triples").text.count("\n") == 1


# HTTP ------------------------------------------------------------------------------------------------------------------

ANSWERS: list[tuple[int, str, dict[str, object]]] = [
    (200, "GET", {"params": {"query": "ASK {}"}}),
    (200, "GET", {}),
    (200, "GET", {"headers": {"Accept": BROWSER}}),
    (200, "GET", {"path": "/healthz"}),
    (200, "GET", {"path": "/readyz"}),
    (204, "OPTIONS", {}),
    (400, "GET", {"params": {"query": "ASK {"}}),
    (400, "GET", {"params": {"default-graph-uri": "urn:a"}}),
    (403, "GET", {"params": {"query": "ASK { SERVICE <urn:a> {} }"}}),
    (403, "GET", {"params": {"update": "CLEAR ALL"}}),
    (404, "GET", {"path": "/nothing"}),
    (405, "PUT", {"path": "/sparql"}),
    (405, "POST", {"path": "/readyz"}),
    (406, "GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "text/turtle"}}),
    (413, "POST", {"content": b"x" * 200_000, "headers": {"Content-Type": "application/sparql-query"}}),
    (415, "POST", {"content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}),
]


@pytest.mark.parametrize(("status", "method", "request_"), ANSWERS)
def test_every_answer_says_its_version_and_may_be_read_by_any_page(
    app: httpx.Client, status: int, method: str, request_: dict[str, object]
) -> None:
    answer = call(app, method, **request_)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["IPG-Dataset-Version"] == VERSION
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert {"ETag", "IPG-Dataset-Version", "Allow"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    assert answer.headers["Vary"] == "Accept, Accept-Encoding" + (", Accept-Language" if is_page else "")
    if status >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert {"type", "title", "detail"} <= set(answer.json())
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("status", "request_"), [(status, request_) for status, method, request_ in ANSWERS if method == "GET"])
def test_head_is_get_without_its_body(app: httpx.Client, status: int, request_: dict[str, object]) -> None:
    get, head = call(app, "GET", **request_), call(app, "HEAD", **request_)  # type: ignore[arg-type]
    assert head.status_code == status
    assert head.content == b""
    assert [pair for pair in head.headers.items() if pair[0] != "date"] == [
        pair for pair in get.headers.items() if pair[0] != "date"
    ]
    assert int(head.headers["Content-Length"]) == len(get.content)


def test_methods_are_told(app: httpx.Client) -> None:
    for path, methods in (("/sparql", {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}), ("/healthz", {"GET", "HEAD", "OPTIONS"})):
        assert set(call(app, "DELETE", path).headers["Allow"].split(", ")) == methods
        answer = call(app, "OPTIONS", path, headers={"Origin": "https://a.example", "Access-Control-Request-Method": "POST"})
        assert set(answer.headers["Allow"].split(", ")) == methods
        assert set(answer.headers["Access-Control-Allow-Methods"].split(", ")) == methods
        assert answer.headers["Access-Control-Allow-Headers"] == "*"


def test_a_known_answer_is_not_sent_again(app: httpx.Client) -> None:
    first = query(app, COUNT)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    assert query(app, COUNT).headers["ETag"] == tag
    for value in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        for method in ("GET", "HEAD"):
            answer = call(app, method, params={"query": COUNT}, headers={"Accept": "text/csv", "If-None-Match": value})
            assert answer.status_code == 304
            assert answer.content == b""
            assert (answer.headers["ETag"], answer.headers["Cache-Control"]) == (tag, first.headers["Cache-Control"])
            assert answer.headers["Vary"] == "Accept, Accept-Encoding"
            assert "Content-Type" not in answer.headers
    assert call(app, params={"query": COUNT}, headers={"Accept": "text/csv", "If-None-Match": '"other"'}).status_code == 200


def test_a_known_answer_costs_no_query(snapshot: Path) -> None:
    with running(snapshot, cache_bytes=0) as app:
        tag = query(app, SLOW).headers["ETag"]
        before = queries_run(app)
        assert call(app, params={"query": SLOW}, headers={"Accept": "text/csv", "If-None-Match": tag}).status_code == 304
        assert queries_run(app) == before
        assert query(app, SLOW).status_code == 200
        assert queries_run(app) == before + 1


def test_a_kept_answer_costs_no_query(app: httpx.Client) -> None:
    first = query(app, f"{COUNT} # kept")
    before = queries_run(app)
    again = query(app, f"{COUNT} # kept")
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert queries_run(app) == before


def queries_run(app: httpx.Client) -> float:
    figures = call(app, path="/metrics").text
    return next(float(line.split()[1]) for line in figures.splitlines() if line.startswith("ipg_query_seconds_count "))


def test_tags_differ_where_answers_do(app: httpx.Client, public_app: httpx.Client) -> None:
    answers = [
        query(app, COUNT),
        query(app, f"{COUNT} "),
        query(app, COUNT, "application/json"),
        query(app, COUNT, "application/sparql-results+json"),
        query_graphs(app, COUNT, default=[FIRST]),
        query_graphs(app, COUNT, named=[FIRST]),
        query_graphs(app, COUNT, default=[FIRST, SECOND]),
        query(public_app, COUNT),
        call(app),
        call(app, headers={"Accept": "text/html"}),
    ]
    assert len({answer.headers["ETag"] for answer in answers}) == len(answers)
    posted = call(app, "POST", data={"query": COUNT}, headers={"Accept": "text/csv", "If-None-Match": answers[0].headers["ETag"]})
    assert (posted.status_code, posted.headers["ETag"]) == (200, answers[0].headers["ETag"])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (rand() AS ?x) {}",
        "SELECT (STRUUID #\n () AS ?x) {}",
        "SELECT (BNODE() AS ?x) {}",
        "CONSTRUCT { _:a <urn:p> 1 } {}",
        "CONSTRUCT { [] <urn:p> 1 } {}",
    ],
)
def test_an_answer_that_changes_is_not_tagged(app: httpx.Client, text: str) -> None:
    answer = call(app, params={"query": text}, headers={"If-None-Match": "*"})
    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_error_is_no_known_answer(app: httpx.Client) -> None:
    assert call(app, params={"query": "ASK {"}, headers={"If-None-Match": "*"}).status_code == 400


def test_a_body_over_the_limit_is_not_read_on(snapshot: Path) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield b"x" * 10

    async def post() -> None:
        app = create_app(ServiceSettings(max_body_bytes=30), snapshot)
        async with app.router.lifespan_context(app), in_process(app) as client:
            direct = {"Content-Type": "application/sparql-query"}
            answer = await client.post("/sparql", content=endless(), headers=direct)
            assert answer.status_code == 413
            assert sent < 10
            assert "IPG_MAX_BODY_BYTES" in answer.json()["mend"]
            assert (await client.post("/sparql", content=b"ASK {}", headers=direct)).status_code == 200

    asyncio.run(post())


def get_long(client: httpx.Client, target: str) -> tuple[int, dict[str, str], bytes]:
    """GET by a client that sets no limit to a URL, as httpx does."""
    connection = HTTPConnection(client.base_url.host, client.base_url.port or 80, timeout=30)
    connection.request("GET", target)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_a_url_over_the_limit_is_refused_and_one_below_is_read(snapshot: Path) -> None:
    """Uvicorn itself refuses what is longer than 64 KiB, with a line of plain text."""
    start = "query=ASK%7B%7D%23"
    with running(snapshot, max_body_bytes=100_000) as client:
        for length, expected in ((60_000, 200), (70_000, 200), (100_000, 200), (100_001, 414), (3_000_000, 414)):
            status, headers, body = get_long(client, f"/sparql?{start.ljust(length, 'x')}")
            assert status == expected, (length, body[:200])
            if status == 414:
                problem = json.loads(body)
                assert problem["type"].endswith("/url-too-long")
                assert "at most 100000 bytes" in problem["expected"]
                assert "POST" in problem["mend"]
                assert headers["ipg-dataset-version"] == VERSION
        assert get_long(client, "/" + "x" * 70_000)[0] == 404
        assert get_long(client, "/examples?" + "x" * 100_001)[0] == 414
    with running(snapshot, max_body_bytes=100) as client:
        assert client.get("/sparql", params={"query": "ASK {}" + " " * 100}).status_code == 414
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def in_process(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test", timeout=30)


def test_the_service_answers_others_while_a_query_runs(snapshot: Path) -> None:
    done: list[str] = []

    async def ask(client: httpx.AsyncClient, name: str, path: str, **parameters: str) -> None:
        answer = await client.get(path, params=parameters)
        assert answer.status_code == 200
        done.append(name)

    async def both() -> None:
        app = create_app(ServiceSettings(), snapshot)
        async with app.router.lifespan_context(app), in_process(app) as client:
            heavy = asyncio.create_task(ask(client, "slow", "/sparql", query=SLOW))
            await asyncio.sleep(0.05)
            await asyncio.gather(
                *(ask(client, "quick", "/sparql", query="ASK {}") for _ in range(5)), ask(client, "health", "/healthz")
            )
            await heavy

    asyncio.run(both())
    assert done[-1] == "slow"


# Description and page ----------------------------------------------------------------------------------------------------

SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize("format_", formats_of([Kind.GRAPH]), ids=lambda format_: format_.key)
def test_the_service_describes_itself(public_app: httpx.Client, snapshot: Path, format_: Format) -> None:
    manifest = read_snapshot(snapshot).manifest
    answer = call(public_app, headers={"Accept": format_.media_type})
    assert answer.headers["Content-Type"].startswith(format_.media_type)
    store = Store()
    store.load(answer.content, GRAPH_PARSERS[format_.key])
    prologue = f"PREFIX sd: <{SD}> PREFIX void: <http://rdfs.org/ns/void#> "
    service = "?service a sd:Service ; sd:endpoint <https://data.example.org/ipg/sparql>"
    assert store.query(f"{prologue}ASK {{ {service} ; sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph }}")
    assert not store.query(f"{prologue}ASK {{ ?service sd:feature sd:BasicFederatedQuery }}")
    default = f"{service} ; sd:defaultDataset/sd:defaultGraph/void:triples ?n"
    numbers = [row["n"].value for row in store.query(f"{prologue}SELECT ?n {{ {default} }}")]  # type: ignore[union-attr]
    assert numbers == [str(manifest.default_graph.triples)]
    names = store.query(f"{prologue}SELECT ?g {{ {service} ; sd:defaultDataset/sd:namedGraph/sd:name ?g }}")
    public = {graph.iri for graph in manifest.graphs.values() if graph.public}
    assert {row["g"].value for row in names} == public >= {FIRST, SECOND}  # type: ignore[union-attr]
    formats = store.query(f"{prologue}SELECT ?f {{ {service} ; sd:resultFormat ?f }}")
    assert len(list(formats)) == 11  # type: ignore[arg-type]


def test_the_description_is_true_of_the_holder_s_machine(app: httpx.Client) -> None:
    turtle = call(app).text
    assert f"<{TEXT}>" in turtle
    assert "UnionDefaultGraph" not in turtle
    assert "<http://127.0.0.1:8000/sparql>" in turtle


def test_a_browser_sees_how_to_use_the_endpoint(public_app: httpx.Client) -> None:
    answer = call(public_app, headers={"Accept": BROWSER})
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert VERSION in answer.text
    assert 'action="https://data.example.org/ipg/sparql"' in answer.text
    assert all(format_.media_type in answer.text for format_ in formats_of([Kind.ROWS, Kind.GRAPH]))
    by_word = call(public_app, params={"format": "html"}).text
    assert by_word.partition("<main")[2].partition("<footer")[0] == answer.text.partition("<main")[2].partition("<footer")[0]
    assert (
        call(public_app, params={"format": "ttl"}, headers={"Accept": BROWSER}).headers["Content-Type"].startswith("text/turtle")
    )


# Failures ----------------------------------------------------------------------------------------------------------------


def test_a_failure_tells_nothing_of_the_inside(snapshot: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def boom(_: Request) -> Response:
        raise ValueError("secret")

    app = create_app(ServiceSettings(), snapshot)
    app.add_route("/boom", boom)

    async def ask() -> httpx.Response:
        async with app.router.lifespan_context(app), in_process(app) as client:
            return await client.get("/boom")

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert answer.headers["IPG-Dataset-Version"] == VERSION
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "secret" not in str(problem_of(EngineFailure("secret")).body)
    assert "secret" not in str(problem_of(KeyError("secret")).body)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_store_that_breaks_is_told(tmp_path: Path) -> None:
    big = " ".join(f"<urn:s{value}> <urn:p> {value} ." for value in range(20_000))
    folder = write_snapshot(tmp_path / "snapshot", f"{DATA} graph:big {{ {big} }}")
    with running(folder, store_in_memory=False) as app:
        assert call(app, path="/readyz").status_code == 200
        for file in (folder / "store").glob("*.sst"):
            file.write_bytes(b"\0" * file.stat().st_size)
        answer = query(app, "SELECT * { ?s <urn:p> ?o }")
        assert answer.status_code == 500
        assert str(tmp_path) not in answer.text
        assert call(app, path="/healthz").status_code == 200


def test_many_errors_at_once_harm_nobody(snapshot: Path) -> None:
    queries = ["SELECT (<urn:f>(?o) AS ?x) { ?s ?p ?o }", 'SELECT ("\\u0000" AS ?x) {}', "ASK {", "SELECT * { ?s ?p ?o }"] * 10

    async def all_at_once() -> list[int]:
        app = create_app(ServiceSettings(), snapshot)
        async with app.router.lifespan_context(app), in_process(app) as client:
            answers = await asyncio.gather(*(client.get("/sparql", params={"query": text, "format": "xml"}) for text in queries))
            return [answer.status_code for answer in answers]

    assert asyncio.run(all_at_once()) == [400, 406, 400, 200] * 10


def test_the_engine_refuses_a_format_of_the_other_kind(engine: Engine) -> None:
    with pytest.raises(Exception, match="form of the query"):
        engine.answer(QueryJob("CONSTRUCT {} {}", JSON, "http://a/", "http://a/"), io.BytesIO())
    with pytest.raises(NotAcceptable):
        engine.answer(QueryJob('SELECT ("\\u0001" AS ?x) {}', FORMATS[1], "http://a/", "http://a/"), io.BytesIO())


# Start and stop --------------------------------------------------------------------------------------------------------


def test_a_snapshot_that_cannot_be_served_is_named(tmp_path: Path) -> None:
    def broken(manifest: dict[str, object] | str | None) -> str:
        text = manifest if isinstance(manifest, str) else json.dumps(manifest)
        (folder / "manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(SnapshotUnusable) as caught, running(folder):
            pass
        return str(caught.value)

    with pytest.raises(SnapshotUnusable, match="there is no snapshot"), running(tmp_path / "none"):
        pass
    folder = write_snapshot(tmp_path / "snapshot")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert "the file" in broken("{")
    assert "format" in broken({**manifest, "format": 2})
    assert "version" in broken({**manifest, "version": "a\r\nb"})
    assert "graphs" in broken({key: value for key, value in manifest.items() if key != "graphs"})
    (folder / "store" / "CURRENT").unlink()
    assert "cannot be opened" in broken(manifest)
    (folder / "store").rename(folder / "elsewhere")
    assert "no folder store" in broken(manifest)
    (folder / "manifest.json").unlink()
    with pytest.raises(SnapshotUnusable, match=r"manifest\.json"), running(folder):
        pass


def test_two_snapshots_live_side_by_side(tmp_path: Path) -> None:
    years = "SELECT ?n { ?s <https://w3id.org/ipg/ontology#startYear> ?n }"
    one = write_snapshot(tmp_path / "one")
    two = write_snapshot(tmp_path / "two", DATA.replace("2008", "2009"))
    with running(one) as first, running(two) as second:
        assert number(query(first, years)) == 2008
        assert number(query(second, years)) == 2009


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An environment without settings."""
    for name in list(os.environ):
        if name.startswith("IPG_"):
            monkeypatch.delenv(name)
    return monkeypatch  # type: ignore[return-value]


def test_settings_come_from_the_environment(clean_environment: pytest.MonkeyPatch) -> None:
    assert ServiceSettings().address == "http://127.0.0.1:8000"
    for name, value in {"IPG_HOST": "::1", "IPG_PORT": "9000", "IPG_PUBLIC_URL": "", "IPG_HOME": "/x"}.items():
        clean_environment.setenv(name, value)
    assert ServiceSettings().address == "http://[::1]:9000"
    clean_environment.setenv("IPG_PUBLIC_URL", "https://data.example.org/")
    assert ServiceSettings().address == "https://data.example.org"


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "x"), ("port", 70000), ("public_url", "data.example.org"), ("public_url", "https://a/?b"), ("host", "")],
)
def test_bad_settings_are_named(clean_environment: pytest.MonkeyPatch, name: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        ServiceSettings.model_validate({name: value})
    assert caught.value.errors()[0]["loc"] == (name,)


@pytest.mark.parametrize(
    ("host", "public_url", "is_local", "address"),
    [
        ("127.0.0.1", None, True, "http://127.0.0.1:8000"),
        ("localhost", None, True, "http://localhost:8000"),
        ("127.0.0.1", "https://a.example", False, "https://a.example"),
        ("0.0.0.0", None, False, "http://127.0.0.1:8000"),  # noqa: S104
        ("::", None, False, "http://[::1]:8000"),
        ("data.example.org", None, False, "http://data.example.org:8000"),
    ],
)
def test_only_the_own_machine_is_local(host: str, public_url: str | None, is_local: bool, address: str) -> None:  # noqa: FBT001
    chosen = ServiceSettings(host=host, public_url=public_url)
    assert (chosen.is_local, chosen.address) == (is_local, address)


def test_a_port_in_use_is_named_with_its_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressUnavailable) as caught:
            bind(ServiceSettings(port=port))
    assert str(port) in str(caught.value)
    assert "in use" in str(caught.value)
    assert "IPG_PORT" in str(caught.value)


def test_an_address_that_is_not_ours_is_named_with_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AddressUnavailable, match="IPG_HOST"):
        bind(ServiceSettings(host="192.0.2.1", port=0))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(AddressUnavailable, match=r"no permission(.|\n)*IPG_PORT"):
        bind(ServiceSettings(port=80))


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_when_asked_and_says_so_by_its_status(snapshot: Path, stop: signal.Signals) -> None:
    with bind(ServiceSettings(port=0)) as free:
        port = free.getsockname()[1]
    code = (
        "import sys; from pathlib import Path; from query_service.server import serve;"
        "from query_service.settings import ServiceSettings; serve(ServiceSettings(), Path(sys.argv[1]))"
    )
    environment = {**os.environ, "IPG_PORT": str(port)}
    with subprocess.Popen([sys.executable, "-c", code, str(snapshot)], env=environment, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline and process.poll() is None:
            try:
                assert httpx.get(f"http://127.0.0.1:{port}/readyz").json()["version"] == VERSION
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        process.send_signal(stop)
        _, said = process.communicate(timeout=15)
    assert process.returncode == 0
    assert said == b""


def test_a_request_in_progress_is_answered_before_the_stop(snapshot: Path) -> None:

    async def ask(address: str) -> asyncio.Task[httpx.Response]:
        client = httpx.AsyncClient(timeout=20)
        return asyncio.create_task(client.get(f"{address}/sparql", params={"query": SLOW, "format": "csv"}))

    async def stop_while_asking() -> str:
        with live_server(snapshot) as address:
            asked = await ask(address)
            await asyncio.sleep(0.1)
        return (await asked).text

    assert asyncio.run(stop_while_asking()).splitlines()[1] == str(130**3)
