"""Example queries asked by name: what the dataset tells of them, and values that never become more than one term."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from etl.example_checks import Check, digest
from etl.examples import read_examples
from etl.graphs.examples import write_examples
from etl.graphs.writer import GraphWriter
from etl.identifiers import BASE
from etl.namespaces import PREFIXES
from etl.rebase import move_base
from query_service.asking import Asking
from query_service.dataset_facts import DatasetFacts
from query_service.engine import open_engine
from query_service.errors import MalformedRequest, NotFound, ServiceError, UnknownItem
from query_service.examples.graph import render_examples
from query_service.examples.listing import example_url, render_examples_page, render_listing
from query_service.examples.named_queries import NamedQuery, bind_parameters, find_query, read_queries
from query_service.examples.named_request import parse_named_request
from query_service.item_names import ItemNames
from query_service.language import Reading
from query_service.media_types import FORMATS, Kind, formats_of
from query_service.pages import Site, build_site
from query_service.query_text import QueryText
from query_service.snapshot import read_snapshot
from query_service.urls import Urls
from tests.served import write_snapshot

ENDPOINT = "http://127.0.0.1:8000/sparql"
HEAD = """# en: Which {0}?
# fr: Quel {0} ?
# de: Welches {0}?
# keywords: test, {0}
# parameter {0} en: the {0}
# parameter {0} fr: le {0}
# parameter {0} de: das {0}
"""
QUERIES = {
    "things_in_a_place": HEAD.format("place")
    + f"SELECT ?thing WHERE {{ VALUES ?place {{ <{BASE}id/place/est> }} # VALUES ?place {{ it }}\n ?thing ?in ?place }}",
    "things_of_a_year": HEAD.format("year") + "SELECT ?s WHERE { VALUES ?year { 2015 } ?s ?p ?year }",
    "things_with_a_word": HEAD.format("word") + 'ASK { VALUES ?word { "= a \' word" } ?s ?p ?word }',
    "all_of_a_place": HEAD.format("place").split("# parameter")[0] + f"DESCRIBE <{BASE}id/place/est>",
}
ITEMS = f"""
PREFIX ipg: <{BASE}ontology#>
PREFIX id: <{BASE}id/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
<{BASE}graph/curated> {{
  <{BASE}id/place/est> a ipg:Place ; skos:prefLabel "Estonia"@en .
  <{BASE}id/place/swe> a ipg:Place ; skos:prefLabel "Sweden"@en .
  <{BASE}id/practice/one> a ipg:Practice ; skos:prefLabel "One"@en ; ipg:country <{BASE}id/place/swe> ; ipg:startYear 2016 .
  <{BASE}ontology/prefixes> sh:declare <{BASE}ontology/prefixes/ipg> .
  <{BASE}ontology/prefixes/ipg> sh:prefix "ipg" ; sh:namespace "{BASE}ontology#" .
}}
"""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Asking:
    """A small snapshot with four examples, written by the writer of the build."""
    folder = tmp_path_factory.mktemp("examples")
    (folder / "topic").mkdir()
    for name, query in QUERIES.items():
        (folder / "topic" / f"{name}.rq").write_text(query, encoding="utf-8")
        (folder / "topic" / f"{name}.csv").write_text("thing\r\na\r\nb\r\n", encoding="utf-8")
    checked = next(example for example in read_examples(folder) if example.key == "things-in-a-place")
    check = Check.model_validate({"on": "2026-11-28", "rows": 2, "sha256": digest(checked)})
    graph = GraphWriter("examples")
    stale = check.model_copy(update={"sha256": "0" * 64})
    write_examples(graph, folder, {checked.key: check, "things-of-a-year": stale})
    quads = Store()
    quads.extend(graph.quads)
    snapshot = write_snapshot(folder / "snapshot", ITEMS + (quads.dump(format=RdfFormat.TRIG) or b"").decode())
    return Asking(open_engine(read_snapshot(snapshot), show_private=True, in_memory=True), BASE)


@pytest.fixture(scope="module")
def triples(asking: Asking) -> list[Triple]:
    return asking.triples("list_examples")


@pytest.fixture(scope="module")
def queries(triples: list[Triple]) -> dict[str, NamedQuery]:
    return read_queries(triples)


@pytest.fixture(scope="module")
def items(asking: Asking) -> ItemNames:
    return ItemNames(asking, BASE)


def test_the_dataset_tells_all_of_its_examples(queries: dict[str, NamedQuery]) -> None:
    assert {key: query.text for key, query in queries.items()} == {name.replace("_", "-"): q for name, q in QUERIES.items()}
    assert list(queries) == sorted(queries)
    place = queries["things-in-a-place"]
    assert list(place.questions) == ["en", "de", "fr"]
    assert (place.form, place.keywords, place.rows) == ("SELECT", ("place", "test"), 2)
    assert place.checked is not None
    assert place.checked.isoformat() == "2026-11-28"
    [parameter] = place.parameters
    assert (parameter.name, parameter.default, parameter.datatype) == ("place", f"{BASE}id/place/est", None)
    assert parameter.descriptions == {"en": "the place", "de": "das place", "fr": "le place"}
    assert queries["things-of-a-year"].parameters[0].datatype == f"{PREFIXES['xsd']}integer"
    assert queries["all-of-a-place"].form == "DESCRIBE"


def test_a_check_of_another_query_or_answer_does_not_count(queries: dict[str, NamedQuery]) -> None:
    assert queries["things-of-a-year"].checked is None


@pytest.mark.parametrize("name", ["things-in-a-place", "things_in_a_place", " Things-In-A-Place "])
def test_an_example_is_found_by_its_name(queries: dict[str, NamedQuery], name: str) -> None:
    assert find_query(queries, name).key == "things-in-a-place"


def test_a_wrong_name_is_answered_with_near_ones(queries: dict[str, NamedQuery]) -> None:
    with pytest.raises(NotFound) as caught:
        find_query(queries, "things-in-place")
    assert "things-in-a-place" in caught.value.mend


@pytest.mark.parametrize("value", ["swe", "SWE", "place/swe", f"{BASE}id/place/swe", " swe "])
def test_an_item_is_bound_by_key_path_or_iri(queries: dict[str, NamedQuery], items: ItemNames, value: str) -> None:
    text = bind_parameters(queries["things-in-a-place"], [("place", value)], items)
    assert text == QUERIES["things_in_a_place"].replace(f"{{ <{BASE}id/place/est> }}", f"{{ <{BASE}id/place/swe> }}")


def test_examples_hold_under_another_base(triples: list[Triple], queries: dict[str, NamedQuery]) -> None:
    other = "https://data.example.org/"
    moved = read_queries(quad.triple for quad in move_base((Quad(*triple) for triple in triples), BASE, other))
    assert {key: query.text for key, query in moved.items()} == {k: q.text.replace(BASE, other) for k, q in queries.items()}
    assert moved["things-in-a-place"].parameters[0].default == f"{other}id/place/est"


def test_an_example_without_values_is_as_it_stands(queries: dict[str, NamedQuery], items: ItemNames) -> None:
    for query in queries.values():
        assert bind_parameters(query, [(parameter.name, " ") for parameter in query.parameters], items) == query.text


@pytest.mark.parametrize(
    ("key", "values", "error", "told"),
    [
        ("things-in-a-place", [("place", "swd")], UnknownItem, "swd"),
        ("things-in-a-place", [("place", "https://example.org/a")], UnknownItem, "example.org"),
        ("things-in-a-place", [("place", "practice/one")], MalformedRequest, "stands for the place"),
        ("things-in-a-place", [("country", "swe")], MalformedRequest, "no parameter 'country'"),
        ("things-in-a-place", [("place", "swe"), ("place", "est")], MalformedRequest, "twice"),
        ("all-of-a-place", [("place", "swe")], MalformedRequest, "no parameter 'place'"),
        ("things-of-a-year", [("year", "MMXV")], MalformedRequest, "whole number"),
        ("things-of-a-year", [("year", "9" * 30)], MalformedRequest, "whole number"),
        ("things-with-a-word", [("word", "\udc80")], MalformedRequest, "not text"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    queries: dict[str, NamedQuery],
    items: ItemNames,
    key: str,
    values: list[tuple[str, str]],
    error: type[ServiceError],
    told: str,
) -> None:
    with pytest.raises(error, match=told):
        bind_parameters(queries[key], values, items)


INJECTIONS = [
    '" } ?a ?b ?c } #',
    "\\",
    '\\"',
    "'''",
    "x\n}",
    '"@en',
    '"^^<x:y>',
    "\u2028",
    "{",
    "<x:y>",
    "\r\n",
    "\0",
    "%22",
    "𝄞",
]


@given(value=st.one_of(st.sampled_from(INJECTIONS), st.text(min_size=1)))
@settings(max_examples=300, deadline=None)
def test_a_text_stays_one_term(queries: dict[str, NamedQuery], items: ItemNames, value: str) -> None:
    query = queries["things-with-a-word"]
    if not value.strip():
        return
    text = bind_parameters(query, [("word", value)], items)
    shown = Store().query(text.replace("ASK {", "SELECT ?word WHERE {").replace("?s ?p ?word", ""))
    assert isinstance(shown, QuerySolutions)
    assert [solution["word"] for solution in shown] == [Literal(value.strip())]
    # Around the term nothing has changed, and the tokens are as many.
    before, after = QueryText(query.text).tokens, QueryText(text).tokens
    assert [(t.kind, t.text) for t in before if t.kind != "string"] == [(t.kind, t.text) for t in after if t.kind != "string"]
    assert len(before) == len(after)


@given(
    name=st.sampled_from(["place", "year"]),
    value=st.one_of(st.sampled_from(INJECTIONS), st.text(min_size=1), st.integers().map(str)),
)
@settings(max_examples=300, deadline=None)
def test_what_is_bound_is_an_item_or_a_number_or_refused(
    queries: dict[str, NamedQuery], items: ItemNames, name: str, value: str
) -> None:
    query = queries["things-in-a-place" if name == "place" else "things-of-a-year"]
    try:
        text = bind_parameters(query, [(name, value)], items)
    except ServiceError:
        return
    default = f"<{BASE}id/place/est>" if name == "place" else "2015"
    before, _, after = query.text.partition(f"{{ {default} }}")
    assert text.startswith(f"{before}{{ ")
    assert text.endswith(f" }}{after}")
    [quad] = parse(f"<x:s> <x:p> {text[len(before) + 2 : -len(after) - 2]} .", RdfFormat.TURTLE)
    assert isinstance(quad.object, NamedNode) == (name == "place")


@pytest.mark.parametrize(
    ("raw", "values", "formats"),
    [
        (b"", (), ()),
        (b"format=csv&place=swe", (("place", "swe"),), ("csv",)),
        (b"place=place%2Fswe&format=csv,json&format=", (("place", "place/swe"),), ("csv", "json")),
        (b"word=a+b%2Bc%2525&word=", (("word", "a b+c%25"), ("word", "")), ()),
    ],
)
def test_a_request_is_decoded_once(raw: bytes, values: tuple[tuple[str, str], ...], formats: tuple[str, ...]) -> None:
    assert parse_named_request(raw) == (values, formats)


@pytest.mark.parametrize("raw", [b"place=%FF", b"place=\xff"])
def test_a_request_that_is_not_utf8_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedRequest, match="not UTF-8"):
        parse_named_request(raw)


# --- Graph ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", formats_of([Kind.GRAPH]), ids=lambda format_: format_.key)
def test_examples_are_written_with_the_address_of_the_endpoint(triples: list[Triple], format_: object) -> None:
    chosen = next(known for known in FORMATS if known is format_)
    body = render_examples(triples, ENDPOINT, chosen, {"sh": PREFIXES["sh"], "schema": PREFIXES["schema"]})
    assert body == render_examples(reversed(triples), ENDPOINT, chosen, {"sh": PREFIXES["sh"], "schema": PREFIXES["schema"]})
    assert body.count(ENDPOINT.encode()) >= 1


def test_editors_find_query_question_prefixes_and_target(triples: list[Triple]) -> None:
    """What the tools of SIB ask for: one row an example and language, the prefixes by two properties, and the target."""
    store = Store()
    store.load(render_examples(triples, ENDPOINT, next(f for f in FORMATS if f.key == "nt"), {}), RdfFormat.N_TRIPLES)
    prologue = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    found = store.query(
        f"""{prologue} SELECT DISTINCT ?e ?question ?query WHERE {{
          ?e a sh:SPARQLExecutable ; rdfs:comment ?question ; sh:select|sh:ask|sh:construct|sh:describe ?query ;
             schema:target <{ENDPOINT}> ; schema:keywords ?word ; sh:prefixes/sh:declare/sh:prefix "ipg" }}"""
    )
    assert isinstance(found, QuerySolutions)
    assert len({(s["e"], s["question"]) for s in found}) == 3 * len(QUERIES)
    assert store.query(f"{prologue} ASK {{ ?e a spex:SPARQLDescribeExecutable ; spex:describe ?query ; sh:describe ?query }}")
    assert not store.query(f"{prologue} ASK {{ ?e ?p ?o FILTER (ISBLANK(?e) || ISBLANK(?o)) }}")
    both = "sh:select|sh:ask|sh:construct|spex:describe"
    assert not store.query(f"{prologue} ASK {{ ?e {both} ?a , ?b FILTER (?a != ?b) }}")


def test_parameters_are_those_of_shacl(triples: list[Triple]) -> None:
    """A parameter of SHACL has one path, whose last part is the name of its variable."""
    said = {
        (t.subject, t.predicate.value.rsplit("#", 1)[1]): t.object
        for t in triples
        if t.predicate.value.startswith(PREFIXES["sh"])
    }
    parameters = [t.object for t in triples if t.predicate.value == f"{PREFIXES['sh']}parameter"]
    assert len(parameters) == 3
    for parameter in parameters:
        assert isinstance(parameter, NamedNode)
        path, name = said[parameter, "path"], said[parameter, "name"]
        assert isinstance(path, NamedNode)
        assert isinstance(name, Literal)
        assert path.value.rsplit("/", 1)[1] == name.value


# --- Listing ----------------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """What stands in the sections on examples."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside |= tag == "section"
        if self._is_inside:
            self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._is_inside &= tag != "section"


def site() -> Site:
    address = "http://127.0.0.1:8000"
    return build_site(Urls(address, "https://w3id.org/ipg/"), DatasetFacts("0.1.0+0123456789ab"), {}, Reading())


def test_page_and_json_list_the_same(queries: dict[str, NamedQuery]) -> None:
    address, version = "http://127.0.0.1:8000", "0.1.0+0123456789ab"
    listed = json.loads(render_listing(queries, address, version))
    assert listed["version"] == version
    page = _Page()
    page.feed(render_examples_page(queries, address, site()).decode())
    assert [attrs["action"] for tag, attrs in page.found if tag == "form"] == [entry["url"] for entry in listed["examples"]]
    names = [attrs["name"] for tag, attrs in page.found if tag == "input"]
    assert names == [parameter["name"] for entry in listed["examples"] for parameter in entry.get("parameters", [])]
    labels = [attrs["for"] for tag, attrs in page.found if tag == "label"]
    assert set(labels) == {attrs["id"] for tag, attrs in page.found if tag in {"input", "select"}}
    assert [NamedQuery.model_validate({k: v for k, v in e.items() if k != "url"}) for e in listed["examples"]] == list(
        queries.values()
    )


def test_a_page_shows_a_query_as_text(queries: dict[str, NamedQuery]) -> None:
    hostile = queries["all-of-a-place"].model_copy(update={"text": "<script>", "questions": {"en": "</h2><b>"}})
    page = render_examples_page({hostile.key: hostile}, "http://127.0.0.1:8000", site())
    assert b"<script>" not in page
    assert b"<b>" not in page


def test_an_address_carries_any_value(queries: dict[str, NamedQuery]) -> None:
    url = example_url("http://127.0.0.1:8000", queries["things-with-a-word"], {"word": "a b&c=d#é", "format": "csv"})
    assert urlsplit(url).path == "/examples/things-with-a-word"
    assert parse_qsl(urlsplit(url).query) == [("word", "a b&c=d#é"), ("format", "csv")]


def test_the_examples_of_this_checkout_name_their_parameters(root: Path) -> None:
    examples = [example for example in read_examples(root / "sparql_examples") if example.parameters]
    assert len(examples) >= 6
    graph = GraphWriter("examples")
    write_examples(graph, root / "sparql_examples", {})
    found = read_queries(quad.triple for quad in graph.quads)
    assert {e.key: [p.name for p in e.parameters] for e in examples} == {
        key: [p.name for p in query.parameters] for key, query in found.items() if query.parameters
    }
    store = Store()
    store.extend(graph.quads)
    assert len(list(parse(store.dump(format=RdfFormat.N_QUADS), RdfFormat.N_QUADS))) == len(graph.quads)
