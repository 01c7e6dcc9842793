"""The reference of the ontology: what the build gathers, and the pages that the service lays out from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import html5rdf
import httpx
import pytest
import rdflib
from pyoxigraph import Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from etl.errors import OntologyError
from etl.identifiers import BASE, TERMS
from etl.namespaces import PREFIXES
from etl.rebase import move_base
from etl.term_reference import build_reference
from etl.term_reference.constraints import ShapeReader
from etl.term_reference.facts import Facts
from etl.term_reference.questions import read_questions
from etl.turtle import read_turtle
from query_service.dataset_facts import DatasetFacts
from query_service.errors import UnknownItem
from query_service.language import LANGUAGES, Language, Reading
from query_service.ontology_pages import Reference, read_reference, render_ontology_page
from query_service.ontology_pages.drawing import Box, Edge, Row, draw
from query_service.ontology_pages.records import Ref
from query_service.pages import Site, build_site
from query_service.urls import Urls
from tests.served import running, write_snapshot

ROOT = Path(__file__).parent.parent
ADDRESS = "https://data.example"
INDEX = f"{ADDRESS}/page/ontology"
VERSION = "0.1.0+0123456789ab"


def site(language: Language = "en", path: str = "") -> Site:
    """What all pages have in common, at an address without a language."""
    return build_site(Urls(ADDRESS, BASE), DatasetFacts(VERSION), {}, Reading(language, False, path.removeprefix(f"{ADDRESS}/")))


@pytest.fixture(scope="module")
def dataset(home: Path) -> Dataset:
    """The public graphs of the snapshot."""
    return Dataset(parse((home / "current" / "dataset.nq").read_bytes(), format=RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def shapes() -> list[Quad]:
    return list(read_turtle(sorted((ROOT / "shapes").glob("*.ttl")), "shapes"))


@pytest.fixture(scope="module")
def reference(home: Path) -> Reference:
    return read_reference(home / "current")


@pytest.fixture(scope="module")
def pages(reference: Reference) -> dict[str, str]:
    """Every page by its address."""
    terms = {INDEX: None, **{f"{INDEX}/{name}": name for name in reference.by_name}}
    return {path: render_ontology_page(reference, term, ADDRESS, site(path=path)).decode() for path, term in terms.items()}


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[httpx.Client]:
    with running(home / "current", public_url=ADDRESS) as found:
        yield found


def words_of(turtle: str) -> tuple[str, ...]:
    """What the shape ``ipg:S`` asks for."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    reader = ShapeReader(Facts(parse(f"{prefixes}{turtle}", RdfFormat.TURTLE)))
    shape = NamedNode(f"{TERMS}S")
    return (reader.path(shape), *reader.constraints(shape))


def test_every_term_is_in_the_reference_with_its_words(reference: Reference) -> None:
    graph = rdflib.Graph()
    for path in sorted((ROOT / "ontology" / "modules").glob("*.ttl")):
        graph.parse(path)
    defined = {str(term) for term in graph.subjects(rdflib.RDF.type) if str(term).startswith(TERMS)}
    assert {term.iri for term in reference.terms} == defined
    for term in reference.terms:
        node = rdflib.URIRef(term.iri)
        for words, predicate in ((term.labels, rdflib.RDFS.label), (term.definitions, rdflib.SKOS.definition)):
            assert words == {text.language: str(text) for text in graph.objects(node, predicate)}  # type: ignore[attr-defined]
            assert set(words) == set(LANGUAGES)


def test_the_reference_is_the_same_each_time_and_without_the_documents(home: Path, dataset: Dataset, shapes: list[Quad]) -> None:
    built = (home / "current" / "ontology-reference.json").read_text(encoding="utf-8")
    assert build_reference(ROOT, reversed(list(dataset)), reversed(shapes), BASE) == built


def test_nothing_unpublished_is_shown(dataset: Dataset, shapes: list[Quad]) -> None:
    practice = NamedNode(f"{BASE}id/practice/a-first-one")
    hidden = [
        Quad(practice, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(f"{TERMS}Practice"), NamedNode(f"{BASE}graph/{name}"))
        for name in ("text", "suggested")
    ]
    assert build_reference(ROOT, [*dataset, *hidden], shapes, BASE) == build_reference(ROOT, dataset, shapes, BASE)


def test_another_base_is_everywhere(dataset: Dataset, shapes: list[Quad]) -> None:
    other = "http://data.example.org/other/"
    moved = build_reference(ROOT, dataset, shapes, other)
    assert "w3id.org/ipg" not in moved
    # Quads of another base are moved the same way, as those of the snapshot are.
    first = next(quad for quad in move_base(dataset, BASE, other) if quad.subject == NamedNode(f"{other}ontology#Practice"))
    assert isinstance(first.subject, NamedNode)
    assert first.subject.value in moved


def test_a_known_term_has_its_rules_questions_and_examples(reference: Reference) -> None:
    term = reference.by_name["contributesTo"]
    assert {"CQ01", "CQ20", "CQ52", "principles-reached-only-by-inference"} <= set(term.questions)
    assert "ContributesToShape-contributesTo" in term.shapes
    assert [[ref.name for ref in chain] for chain in term.chains] == [
        ["ipg:implements", "ipg:elaborates"],
        ["ipg:implements", "ipg:supports"],
    ]
    practice = reference.by_name["Practice"]
    assert practice.uses == 92
    assert {"EntryShape-order", "PracticeShape"} <= set(practice.shapes)
    assert practice.shown[0].subject.iri == f"{BASE}id/practice/citizen-coin"
    assert reference.by_name["MonitoringPractice"].shapes != ()
    assert reference.by_name["ReviewedByPerson"].unused == "no person has reviewed a link yet"


def test_every_term_has_questions_and_what_data_use_has_examples(reference: Reference) -> None:
    for term in reference.terms:
        assert term.questions, term.name
        assert term.told, term.name
        assert bool(term.shown) == (term.uses > 0), term.name
        assert term.uses or term.unused or term.values, term.name


def test_every_shape_with_a_message_says_what_it_asks(reference: Reference) -> None:
    for shape in reference.shapes:
        assert shape.rule, shape.name
        assert shape.targets, shape.name
        assert shape.constraints or shape.name.endswith("Shape"), shape.name


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("ipg:S sh:path ipg:order ; sh:minCount 1 ; sh:maxCount 1", ("ipg:order", "exactly one value")),
        ("ipg:S sh:path [ sh:inversePath ipg:order ] ; sh:maxCount 0", ("^ipg:order", "no value")),
        ("ipg:S sh:path ( ipg:p [ sh:alternativePath ( ipg:q ipg:r ) ] )", ("ipg:p / (ipg:q | ipg:r)",)),
        ("ipg:S sh:minCount 2 ; sh:maxCount 4 ; sh:nodeKind sh:IRI", ("", "2 to 4 values", "has an IRI")),
        ("ipg:S sh:in ( ipg:a 'b' 3 )", ("", "is one of ipg:a, b, 3")),
        (
            "ipg:S sh:or ( [ sh:path ipg:p ; sh:hasValue ipg:a ] [ sh:not [ sh:path ipg:q ; sh:minCount 1 ] ] )",
            ("", "(ipg:p: includes ipg:a) or (not (ipg:q: at least one value))"),
        ),
        (
            "ipg:S sh:path ipg:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:class ipg:Place ]",
            ("ipg:p", "at least one value for which: is an item of ipg:Place"),
        ),
    ],
)
def test_constraints_are_told_in_words(turtle: str, words: tuple[str, ...]) -> None:
    assert words_of(f"{turtle} .") == words


def test_a_question_without_words_is_refused(tmp_path: Path) -> None:
    (tmp_path / "asked").mkdir()
    (tmp_path / "asked" / "CQ99_nothing.rq").write_text("ASK {}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="CQ99_nothing"):
        list(read_questions(tmp_path, ROOT / "sparql_examples"))


def test_every_page_is_valid_html(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        html5rdf.HTMLParser(strict=True).parse(page)
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), address
        assert page.count("<h1") == 1
        assert '<html lang="en">' in page
        assert '<meta name="viewport"' in page
        assert not re.search(r"<script(?! type=\"module\" src=)|<style|\sstyle=|\son\w+=", page), address


def test_every_term_is_told_in_three_languages(pages: dict[str, str], reference: Reference) -> None:
    for term in reference.terms:
        page = pages[f"{INDEX}/{term.name}"]
        for language in LANGUAGES:
            assert re.search(rf'<dd lang="{language}">[^<]{{10,}}</dd>', page), term.name
        assert f'id="{term.name}"' in pages[INDEX]


def test_every_link_leads_somewhere(pages: dict[str, str], reference: Reference, dataset: Dataset) -> None:
    anchors = {address: set(re.findall(r'\bid="([^"]+)"', page)) for address, page in pages.items()}
    items = {quad.subject.value for quad in dataset if isinstance(quad.subject, NamedNode)}
    shape_names = {shape.name for shape in reference.shapes}
    examples = {question.key for question in reference.questions if question.kind == "example"}
    others = {
        "",
        "shapes",
        "examples",
        "static/icon.svg",
        "static/ontology.css",
        "static/style.css",
        *(page.url.removeprefix(f"{ADDRESS}/") for page in (*site().pages, *site().ways)),
        "licence",
        "page/ontology",
        *(urlsplit(address).path.removeprefix("/") for address in pages),
        *(f"data/ontology.{x}" for x in ("ttl", "jsonld", "nt", "rdf", "trig")),
    }
    for address, page in pages.items():
        for href in re.findall(r'\bhref="([^"]+)"', page):
            target, anchor = urldefrag(href.replace("&amp;", "&"))
            target = target or address
            if target in pages:
                assert not anchor or anchor in anchors[target], f"{address}: {href}"
            elif target.startswith(f"{ADDRESS}/id/"):
                assert BASE + unquote(target.removeprefix(f"{ADDRESS}/")) in items, f"{address}: {href}"
            elif target.startswith(ADDRESS):
                route = urlsplit(target).path.removeprefix("/")
                assert route in others, f"{address}: {href}"
                assert not anchor or anchor in {"shapes": shape_names, "examples": examples}[route], f"{address}: {href}"
            else:
                assert urlsplit(target).scheme in {"http", "https"}
                assert not target.startswith(BASE), f"{address}: {href}"


def test_pages_are_the_same_each_time(pages: dict[str, str], home: Path) -> None:
    again = read_reference(home / "current")
    for name in (None, "Practice", "Passage", "implements"):
        address = f"{INDEX}/{name}" if name else INDEX
        assert render_ontology_page(again, name, ADDRESS, site(path=address)).decode() == pages[address]


def test_a_deprecated_term_says_what_to_use_and_when_it_changed(reference: Reference) -> None:
    old = reference.by_name["partner"].model_copy(
        update={
            "deprecated": True,
            "replaced_by": (Ref(iri=f"{TERMS}leadActor", name="ipg:leadActor", label="lead actor"),),
            "since": "0.2.0",
            "changes": ("0.2.0: added", "0.3.0: <deprecated>"),
        }
    )
    changed = reference.model_copy(update={"terms": tuple(old if t.name == old.name else t for t in reference.terms)})
    page = render_ontology_page(Reference.model_validate(changed.model_dump()), "partner", ADDRESS, site()).decode()
    assert "<strong>Deprecated.</strong> Use" in page
    assert "0.2.0: added; 0.3.0: &lt;deprecated&gt;" in page
    assert "version 0.2.0" in page


def test_since_comes_from_the_change_note(dataset: Dataset, shapes: list[Quad]) -> None:
    note = Literal("0.2.0: added, for a test.", language="en")
    quad = Quad(
        NamedNode(f"{TERMS}partner"), NamedNode(PREFIXES["skos"] + "changeNote"), note, NamedNode(f"{BASE}graph/ontology")
    )
    told = Reference.model_validate(json.loads(build_reference(ROOT, [*dataset, quad], shapes, BASE)))
    assert told.by_name["partner"].since == "0.2.0"
    assert told.by_name["funder"].since == "0.1.0"


def test_an_unknown_term_is_refused(reference: Reference) -> None:
    with pytest.raises(UnknownItem):
        render_ontology_page(reference, "practice", ADDRESS, site())


def test_drawings_show_every_class_and_no_box_covers_another(pages: dict[str, str], reference: Reference) -> None:
    for address, page in pages.items():
        for drawing in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL):
            found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', drawing)
            rects = [tuple(map(float, rect)) for rect in found]
            for (x, y, width, height), (left, top, across, down) in combinations(rects, 2):
                apart = x + width <= left or left + across <= x or y + height <= top or top + down <= y
                assert apart, f"{address}: boxes at {x},{y} and {left},{top}"
    hierarchy = re.findall(r"<svg.*?</svg>", pages[INDEX], flags=re.DOTALL)[0]
    for term in reference.terms:
        if term.kind == "class" and (term.parents or term.children):
            assert f">{term.name}</text>" in hierarchy


def test_a_line_passes_beside_the_boxes_of_the_columns_between() -> None:
    boxes = [Box(key, column, (Row(key),), "class") for key, column in (("left", 0), ("between", 1), ("right", 2))]
    picture = draw("d", "A & B", boxes, [Edge("right", "left", "below"), Edge("right", "between", "below")])
    assert '<title id="d-title">A &amp; B</title>' in picture
    long = re.findall(r'class="line" d="([^"]+)"', picture)[0]
    heights = {float(y) for y in re.findall(r"L[\d.]+,([\d.]+)", long)}
    top, height = next((float(y), float(h)) for y, h in re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', picture)[1:])
    assert all(not top <= y <= top + height for y in heights)


def test_the_service_gives_pages_and_their_style(client: httpx.Client, pages: dict[str, str]) -> None:
    for path in ("/page/ontology", "/page/ontology/Practice"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "unsafe" not in answer.headers["content-security-policy"]
        main = re.compile(r"<main.*</main>", re.DOTALL)
        assert main.findall(re.sub(r"0\.1\.0\+\w{12}", VERSION, answer.text)) == main.findall(pages[ADDRESS + path])
        again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == answer.headers["etag"]
    style = client.get("/static/ontology.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "@media (prefers-color-scheme: dark)" in style.text


def test_the_service_refuses_what_is_not_there(client: httpx.Client, tmp_path: Path) -> None:
    answer = client.get("/page/ontology/Nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.post("/page/ontology").status_code == 405
    assert client.options("/page/ontology").status_code == 204
    with running(write_snapshot(tmp_path / "snapshot")) as bare:
        assert "Integration Policy Graph" in bare.get("/page/ontology").text, "it is told as any thing is"
        (tmp_path / "snapshot" / "ontology-reference.json").write_text("{}", encoding="utf-8")
        assert bare.get("/page/ontology").status_code == 500
