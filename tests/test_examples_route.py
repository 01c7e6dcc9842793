"""The example queries on the web: their list in every format, each by its address, with other values, and errors that help."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from query_service.media_types import Kind, formats_of
from tests.served import BASE, DATA, VERSION, running, write_snapshot

ADDRESS = "http://127.0.0.1:8000"
EXAMPLES = '''
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX id: <https://w3id.org/ipg/id/>
PREFIX example: <https://w3id.org/ipg/id/example/>
<https://w3id.org/ipg/graph/examples> {
  example:labels-of-one-practice a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ;
    rdfs:comment "Which <labels> has it?"@en, "Quels noms ?"@fr, "Welche Namen?"@de ; schema:keywords "practice" ;
    schema:result <https://w3id.org/ipg/id/example/labels-of-one-practice/answer> ;
    sh:parameter <https://w3id.org/ipg/id/example/labels-of-one-practice/practice> ;
    sh:select """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?practice ?label { VALUES ?practice { <https://w3id.org/ipg/id/practice/a> } ?practice skos:prefLabel ?label }""" .
  <https://w3id.org/ipg/id/example/labels-of-one-practice/practice> sh:name "practice" ;
    sh:defaultValue id:practice\\/a ; sh:description "the practice"@en .
  <https://w3id.org/ipg/id/example/labels-of-one-practice/answer> dcterms:date "2026-11-02"^^xsd:date ; schema:numberOfItems 1 .

  example:practices-since-a-year a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ; rdfs:comment "Which since then?"@en ;
    sh:parameter <https://w3id.org/ipg/id/example/practices-since-a-year/year> ;
    sh:select """PREFIX ipg: <https://w3id.org/ipg/ontology#>
SELECT ?practice { VALUES ?year { 2000 } ?practice ipg:startYear ?start FILTER(?start >= ?year) }""" .
  <https://w3id.org/ipg/id/example/practices-since-a-year/year> sh:name "year" ; sh:defaultValue 2000 .

  example:practices-and-labels-as-a-graph a sh:SPARQLExecutable, sh:SPARQLConstructExecutable ; rdfs:comment "As a graph?"@en ;
    sh:construct """PREFIX ipg: <https://w3id.org/ipg/ontology#>
CONSTRUCT WHERE { ?practice a ipg:Practice ; ?p ?o }""" .
}
<https://w3id.org/ipg/graph/source/second> {
  id:practice\\/b a <https://w3id.org/ipg/ontology#Practice> ; skos:prefLabel "Another"@en .
  id:place\\/a skos:prefLabel "A place"@en .
}
'''
PRACTICE = "/examples/labels-of-one-practice"
YEAR = "/examples/practices-since-a-year"
GRAPH = "/examples/practices-and-labels-as-a-graph"
WELL_KNOWN = "/.well-known/sparql-examples"
RDF = {
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
    """A client of the service over the small snapshot with examples."""
    with running(write_snapshot(tmp_path_factory.mktemp("examples") / "snapshot", DATA + EXAMPLES)) as client:
        yield client


def column(answer: httpx.Response, name: str) -> list[str]:
    assert answer.status_code == 200, answer.text
    return sorted(row[name] for row in csv.DictReader(io.StringIO(answer.text)))


# The list --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/examples", "/examples/"])
def test_the_list_is_a_page_in_a_browser(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (
        "script-src" in answer.headers["Content-Security-Policy"]
        or "default-src 'none'" in answer.headers["Content-Security-Policy"]
    )
    assert "Which &lt;labels&gt; has it?" in answer.text
    assert "<labels>" not in answer.text
    assert f'action="{ADDRESS}{PRACTICE}"' in answer.text
    assert VERSION in answer.text
    assert "VALUES ?practice { <https://w3id.org/ipg/id/practice/a> }" in unescape(answer.text)
    assert "1 row expected. Last checked on 2026-11-02." in answer.text


@pytest.mark.parametrize("asked", [{"headers": {"Accept": "application/json"}}, {"params": {"format": "json"}}])
def test_the_list_for_programs(client: httpx.Client, asked: dict[str, dict[str, str]]) -> None:
    answer = client.get("/examples", **asked)  # type: ignore[arg-type]
    assert answer.headers["Content-Type"] == "application/json"
    listed = answer.json()
    assert listed["version"] == VERSION
    assert [example["key"] for example in listed["examples"]] == [
        "labels-of-one-practice",
        "practices-and-labels-as-a-graph",
        "practices-since-a-year",
    ]
    first = listed["examples"][0]
    assert first["url"] == f"{ADDRESS}{PRACTICE}"
    assert first["questions"]["fr"] == "Quels noms ?"
    assert (first["rows"], first["checked"]) == (1, "2026-11-02")
    assert first["parameters"][0]["default"] == f"{BASE}id/practice/a"
    assert client.get(first["url"].removeprefix(ADDRESS)).status_code == 200


@pytest.mark.parametrize("path", ["/examples", WELL_KNOWN, f"{WELL_KNOWN}/"])
@pytest.mark.parametrize("format_", formats_of([Kind.GRAPH]), ids=lambda format_: format_.key)
def test_the_list_as_rdf_names_our_endpoint(client: httpx.Client, path: str, format_: object) -> None:
    key, media_type = format_.key, format_.media_type  # type: ignore[attr-defined]
    by_header = client.get(path, headers={"Accept": media_type})
    by_word = client.get(path, params={"format": key})
    assert by_header.headers["Content-Type"].partition(";")[0] == media_type
    assert by_header.content == by_word.content
    triples = {quad.triple for quad in parse(by_header.content, RDF[key])}
    targets = {(t.subject, t.object) for t in triples if t.predicate == NamedNode("https://schema.org/target")}
    assert {target for _, target in targets} == {NamedNode(f"{ADDRESS}/sparql")}
    assert {example.value.rsplit("/", 1)[1] for example, _ in targets} == {
        "labels-of-one-practice",
        "practices-since-a-year",
        "practices-and-labels-as-a-graph",
    }
    assert any(t.predicate.value == "http://www.w3.org/ns/shacl#select" for t in triples)


def test_the_well_known_list_is_turtle_unless_asked_otherwise(client: httpx.Client) -> None:
    assert client.get(WELL_KNOWN).headers["Content-Type"].startswith("text/turtle")
    assert client.get("/examples", headers={"Accept": "text/html, */*;q=0.8"}).headers["Content-Type"].startswith("text/html")
    assert client.get(WELL_KNOWN, headers={"Accept": "text/html"}).status_code == 406


# One example -----------------------------------------------------------------------------------------------------------


def test_an_example_in_every_format_of_rows(client: httpx.Client) -> None:
    expected = 'a < b & "c", d\n\te'
    for word, media_type, format_ in (
        ("json", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("xml", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
    ):
        for answer in (client.get(PRACTICE, params={"format": word}), client.get(PRACTICE, headers={"Accept": media_type})):
            assert answer.headers["Content-Type"].partition(";")[0] == media_type
            assert answer.headers["IPG-Dataset-Version"] == VERSION
            solutions = parse_query_results(answer.content, format_)
            assert isinstance(solutions, QuerySolutions)
            assert [(row["practice"].value, row["label"].value, row["label"].language) for row in solutions] == [
                (f"{BASE}id/practice/a", expected, "en")
            ]
    assert column(client.get(PRACTICE, params={"format": "csv"}), "label") == [expected]
    assert json.loads(client.get(PRACTICE).content)["head"]["vars"] == ["practice", "label"]


def test_an_example_is_what_the_endpoint_answers_to_its_query(client: httpx.Client) -> None:
    listed = client.get("/examples", params={"format": "json"}).json()["examples"]
    for example in listed:
        word = "nt" if example["form"] == "CONSTRUCT" else "csv"
        asked = client.get("/sparql", params={"query": example["text"], "format": word})
        assert client.get(f"/examples/{example['key']}", params={"format": word}).content == asked.content


@pytest.mark.parametrize("format_", formats_of([Kind.GRAPH]), ids=lambda format_: format_.key)
def test_an_example_that_gives_a_graph(client: httpx.Client, format_: object) -> None:
    answer = client.get(GRAPH, params={"format": format_.key})  # type: ignore[attr-defined]
    assert len(list(parse(answer.content, RDF[format_.key]))) == 6  # type: ignore[attr-defined]


def test_the_name_of_the_file_is_understood(client: httpx.Client) -> None:
    assert client.get(PRACTICE.replace("-", "_")).content == client.get(PRACTICE).content


@pytest.mark.parametrize("value", ["b", "practice/b", f"{BASE}id/practice/b", " B "])
def test_an_item_by_key_path_and_iri(client: httpx.Client, value: str) -> None:
    assert column(client.get(PRACTICE, params={"practice": value, "format": "csv"}), "label") == ["Another"]


def test_a_number(client: httpx.Client) -> None:
    assert column(client.get(YEAR, params={"year": "2008", "format": "csv"}), "practice") == [f"{BASE}id/practice/a"]
    assert column(client.get(YEAR, params={"year": "2009", "format": "csv"}), "practice") == []
    assert column(client.get(YEAR, params={"year": "", "format": "csv"}), "practice") == [f"{BASE}id/practice/a"]


@pytest.mark.parametrize(
    ("target", "status", "kind", "told"),
    [
        (f"{PRACTICE}?country=b", 400, "malformed-request", "no parameter 'country'"),
        (f"{GRAPH}?year=2000", 400, "malformed-request", "no parameter 'year'"),
        (f"{PRACTICE}?practice=a&practice=b", 400, "malformed-request", "given twice"),
        (f"{PRACTICE}?practice=nothing", 404, "unknown-item", "No item is called"),
        (f"{PRACTICE}?practice=place/a", 400, "malformed-request", "such as practice/a"),
        (f"{YEAR}?year=MMVIII", 400, "malformed-request", "whole number"),
        (f"{YEAR}?year=2008.5", 400, "malformed-request", "whole number"),
        (f"{PRACTICE}?practice=%FF", 400, "malformed-request", "UTF-8"),
        (f"{PRACTICE}?format=ttl", 406, "not-acceptable", "format=csv"),
        (f"{GRAPH}?format=csv", 406, "not-acceptable", "format=ttl"),
        ("/examples?format=docx", 406, "not-acceptable", "format=ttl"),
        ("/examples/labels-of-one-practise", 404, "not-found", "did you mean labels-of-one-practice"),
        ("/examples/practices", 404, "not-found", "practices-since-a-year"),
        ("/examples/zzzz", 404, "not-found", "list of examples"),
        ("/examples/labels-of-one-practice/more", 404, "not-found", "No example query"),
    ],
)
def test_what_cannot_be_asked_says_why(client: httpx.Client, target: str, status: int, kind: str, told: str) -> None:
    answer = client.get(target)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["type"].endswith(f"/{kind}")
    assert told in " ".join(str(value) for value in problem.values())
    assert answer.headers["IPG-Dataset-Version"] == VERSION


@pytest.mark.parametrize(
    "value",
    [
        "a> } } #",
        f"{BASE}id/practice/a> }} ?x ?label ?y . FILTER(true) #",
        '1 } SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } #"',
        "2000 } ?s ?p ?o #",
        "a\u2028b",
        "a\x00",
        "?practice",
        "<urn:x>",
        "practice/a\n}",
        "../../a",
    ],
)
@pytest.mark.parametrize(("path", "name"), [(PRACTICE, "practice"), (YEAR, "year")])
def test_a_value_is_never_a_part_of_the_query(client: httpx.Client, path: str, name: str, value: str) -> None:
    answer = client.get(path, params={name: value})
    assert answer.status_code in {400, 404}
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("key", ["%3Cscript%3E", "..%2F..%2Fsparql", "a%00b", "%E2%80%A8", "x" * 5000])
def test_a_strange_name_finds_nothing(client: httpx.Client, key: str) -> None:
    answer = client.get(f"/examples/{key}")
    assert answer.status_code == 404
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# HTTP ------------------------------------------------------------------------------------------------------------------

ADDRESSES = ["/examples", "/examples?format=json", f"{WELL_KNOWN}?format=jsonld", f"{PRACTICE}?practice=b&format=csv", GRAPH]


@pytest.mark.parametrize("target", ADDRESSES)
def test_head_and_what_is_known_already(client: httpx.Client, target: str) -> None:
    answer = client.get(target)
    tag = answer.headers["ETag"]
    head = client.head(target)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", tag)
    assert head.headers["Content-Length"] == str(len(answer.content))
    known = client.get(target, headers={"If-None-Match": tag})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", tag)
    assert client.get(target, headers={"If-None-Match": '"other"'}).status_code == 200


def test_tags_tell_answers_apart(client: httpx.Client) -> None:
    targets = [*ADDRESSES, PRACTICE, f"{PRACTICE}?format=csv", f"{PRACTICE}?practice=b", f"{WELL_KNOWN}?format=nt"]
    assert len({client.get(target).headers["ETag"] for target in targets}) == len(targets)


def test_nothing_can_be_sent_there(client: httpx.Client) -> None:
    for target in ("/examples", PRACTICE, WELL_KNOWN):
        answer = client.post(target, data={"practice": "b"})
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        allowed = client.options(target)
        assert (allowed.status_code, allowed.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_answers_keep_to_the_most_rows(tmp_path: Path) -> None:
    with running(write_snapshot(tmp_path / "snapshot", DATA + EXAMPLES), max_rows=1) as client:
        assert client.get(YEAR).status_code == 200
        assert client.get(GRAPH).json()["type"].endswith("/answer-too-large")
