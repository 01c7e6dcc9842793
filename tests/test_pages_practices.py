"""The explorer of practices and the page on one practice: what they show and hand out is what the graph says."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import rdflib
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pyoxigraph import DefaultGraph, RdfFormat, parse
from rdflib.compare import isomorphic

from query_service.analyst.practices.catalogue import fold
from query_service.analyst.practices.exports import COLUMNS
from query_service.analyst.practices.facets import FACETS, NOT_STATED
from query_service.analyst.practices.question import FACET_NAMES, PracticeQuestion
from query_service.analyst.practices.tiles import TILES
from query_service.language import LANGUAGES, words_of
from tests.browsing import Visit
from tests.served import running

BASE = "https://w3id.org/ipg/"
PREFIXES = (
    f"PREFIX ipg: <{BASE}ontology#> PREFIX id: <{BASE}id/> PREFIX dcterms: <http://purl.org/dc/terms/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX owl: <http://www.w3.org/2002/07/owl#> "
    "PREFIX sssom: <https://w3id.org/sssom/> PREFIX prov: <http://www.w3.org/ns/prov#> "
)
#: Questions with the pattern that says the same in SPARQL; names after a colon are paths below ``id/``.
ASKED: tuple[tuple[dict[str, list[str]], str], ...] = (
    ({}, ""),
    (
        {"level": ["local"], "principle": ["cbp-9"]},
        "; ipg:governanceLevel :level/local ; ipg:implementsPrinciple :principle/cbp-9",
    ),
    ({"country": ["est", "fra"]}, "; ipg:country ?c FILTER (?c IN (:place/est, :place/fra))"),
    ({"body": ["ngo"]}, "; ipg:leadActor/ipg:actorKind :actor-kind/ngo"),
    ({"body": [NOT_STATED]}, "FILTER NOT EXISTS { ?p ipg:leadActor ?any }"),
    ({"primary": ["cbp-6"]}, "; ipg:primaryPrinciple :principle/cbp-6"),
    ({"theme": ["active-citizenship"]}, "; dcterms:subject/skos:broader* :theme/active-citizenship"),
    ({"theme": ["active-citizenship/consultation"]}, "; dcterms:subject :theme/active-citizenship/consultation"),
    ({"start": ["2022", NOT_STATED]}, "OPTIONAL { ?p ipg:startYear ?y } FILTER (!BOUND(?y) || ?y = 2022)"),
    ({"funder": ["european-social-fund"]}, "; ipg:funder :actor/european-social-fund"),
    (
        {"document": ["assess-2015"], "evidence": ["self-reported", "evaluated"]},
        "; dcterms:source :document/assess-2015 ; ipg:evidenceType ?e "
        "FILTER (?e IN (:evidence-type/self-reported, :evidence-type/evaluated))",
    ),
    (
        {"target": ["refugees"], "area": ["education", NOT_STATED]},
        "; ipg:targetGroup :target-group/refugees OPTIONAL { ?p ipg:areaOfIntervention ?a } "
        "FILTER (!BOUND(?a) || ?a = :area/education)",
    ),
    (
        {"type": ["network"], "level": ["european"]},
        "; ipg:practiceType :practice-type/network ; ipg:governanceLevel :level/european",
    ),
)
RDF_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[httpx.Client]:
    with running(home / "current") as served:
        yield served


def ask(client: httpx.Client, query: str) -> list[dict[str, str]]:
    answer = client.post("/sparql", data={"query": PREFIXES + query}, headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == 200, answer.text
    return [{name: cell["value"] for name, cell in row.items()} for row in answer.json()["results"]["bindings"]]


def told(client: httpx.Client, **asked: Any) -> dict[str, Any]:
    answer = client.get("/practice", params={**asked, "format": "json"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


# The question -------------------------------------------------------------------------------------------------------------


def test_every_facet_is_a_parameter() -> None:
    assert {facet.name for facet in FACETS} == set(FACET_NAMES)


def test_what_is_chosen_is_taken_back_by_the_same_step() -> None:
    asked = PracticeQuestion(country=("est",), view="map", page=2)
    more = asked.toggled("country", "fra")
    assert more.path() == "practice?country=est&country=fra&view=map"
    assert more.toggled("country", "fra").country == asked.country
    assert more.cleared().path() == "practice?view=map"
    assert PracticeQuestion(level=("local", "", "local")).level == ("local",)


def test_folding() -> None:
    assert fold("ŁÓDŹ Århus İzmir Straße Reykjavík") == "lodz arhus izmir strasse reykjavik"


@pytest.mark.parametrize(("asked", "pattern"), ASKED)
def test_the_explorer_finds_what_sparql_finds(client: httpx.Client, asked: dict[str, list[str]], pattern: str) -> None:
    written = re.sub(r"(?<=[ (]):([a-z0-9/-]+)", rf"<{BASE}id/\1>", pattern)
    expected = {row["p"] for row in ask(client, f"SELECT DISTINCT ?p WHERE {{ ?p a ipg:Practice {written} }}")}
    found = told(client, **asked)
    assert {practice["iri"] for practice in found["practices"]} == expected
    assert (found["found"], found["of"]) == (len(expected), 92)
    assert found["filter"]["parameters"] == asked


def test_counts_are_what_a_choice_would_leave(client: httpx.Client) -> None:
    under = {"level": ["local"], "country": ["esp", "ita"]}
    counts = told(client, **under)["facets"]
    assert set(counts) == set(FACET_NAMES)
    for facet in ("level", "country", "principle", "body", "evidence"):
        for key, count in counts[facet].items():
            assert told(client, **{**under, facet: [key]})["found"] == count, (facet, key)


def test_words_are_found_whatever_their_case_and_accents(client: httpx.Client) -> None:
    titles = {practice["title"] for practice in told(client, q="REYKJAVIK conference")["practices"]}
    assert [title for title in titles if "Reykjav" in title]
    assert all(fold("Zürich, ÇA") == fold(text) for text in ("zurich, ca", "ZÜRICH, Ça"))
    assert told(client, q="no such words anywhere")["found"] == 0


def test_orders(client: httpx.Client) -> None:
    def years(sort: str) -> list[int | None]:
        return [practice["years"]["start"] for practice in told(client, sort=sort)["practices"]]

    for sort, is_reversed in (("oldest", False), ("latest", True)):
        stated = [year for year in years(sort) if year]
        assert stated == sorted(stated, reverse=is_reversed)
        assert years(sort)[len(stated) :] == [None] * (92 - len(stated))
    titles = [fold(practice["title"]).lstrip("\"'“”„ ") for practice in told(client)["practices"]]
    assert titles == sorted(titles)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("country=xyz", "country=xyz"),
        ("county=est", "county"),
        ("view=globe", "view"),
        ("page=0", "page"),
        ("start=soon", "start=soon"),
    ],
)
def test_what_cannot_be_asked_is_refused(client: httpx.Client, query: str, word: str) -> None:
    for form in ("json", "html"):
        answer = client.get(f"/practice?{query}&format={form}", headers={"Accept": "application/json"})
        assert answer.status_code == 400, query
        assert word in answer.text
    assert client.get("/practice?country=dnk&format=json").json()["found"] == 0


# Files --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_are_named_as_the_graph_names_them(client: httpx.Client, language: str) -> None:
    practices = told(client, country="est", lang=language)["practices"]
    links = [link for practice in practices for link in practice["links"]]
    named = [
        item for one in (*practices, *links) for part in one.values() for item in (part if isinstance(part, list) else [part])
    ]
    items = {item["iri"]: item for item in named if isinstance(item, dict) and "iri" in item and "rationale" not in item}
    assert {f"{BASE}id/place/est", f"{BASE}id/principle/cbp-9", f"{BASE}id/level/local"} <= items.keys()
    for iri, item in items.items():
        assert item.keys() - {"kind"} == {"iri", "url", "title", "language", "short"}
        assert item["url"].endswith(client.build_request("GET", iri.replace(BASE, "/page/")).url.raw_path.decode())
    titles = ask(client, f'SELECT ?i ?t {{ ?i skos:prefLabel ?t FILTER (LANG(?t) = "{language}") }}')
    assert {row["i"]: row["t"] for row in titles if row["i"] in items} == {
        iri: item["title"] for iri, item in items.items() if item["language"] == language
    }


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("query", ["", "?level=local&principle=cbp-9", "?country=dnk"])
def test_the_table_for_a_report(client: httpx.Client, query: str) -> None:
    found = client.get(f"/practice.json{query}").json()
    answer = client.get(f"/practice.csv{query}")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert found["dataset_version"] in answer.headers["Content-Disposition"]
    rows = rows_of(answer.content)
    assert {(row["found"], row["dataset_version"], row["filter"]) for row in rows} == {
        (str(found["found"]), found["dataset_version"], found["filter"]["words"])
    }
    assert [row["iri"] for row in rows if row["iri"]] == [practice["iri"] for practice in found["practices"]]
    book = load_workbook(io.BytesIO(client.get(f"/practice.xlsx{query}").content))
    assert book.sheetnames == ["Practices", "Links with reasons", "Notes"]
    lines = list(book["Practices"].iter_rows(values_only=True))
    links = list(book["Links with reasons"].iter_rows(values_only=True))
    assert len(lines) - 1 == max(1, found["found"])
    if found["found"]:
        assert len(links) - 1 == sum(len(practice["links"]) for practice in found["practices"])
        assert len(lines[0]) == len(COLUMNS) + 1
    else:
        assert lines[1] == ("none found in these documents",)
    notes = dict(book["Notes"].iter_rows(values_only=True))
    assert notes["Filter"] == found["filter"]["words"]
    assert notes["Dataset version"] == found["dataset_version"]
    assert urlsplit(str(notes["Address of this result"])).query == query.removeprefix("?")


def test_a_report_holds_what_it_needs(client: httpx.Client) -> None:
    rows = {row["iri"]: row for row in rows_of(client.get("/practice.csv").content)}
    for row in rows.values():
        assert row["title"]
        assert row["country"]
        assert row["level"]
        assert row["document"]
        assert row["section"]
        assert row["page"].endswith(row["iri"].removeprefix(BASE))
        assert row["principles"].count("(primary)") == 1
        assert row["primary_principle"] in row["principles"]
        assert len(row["lead"].split(" | ")) == len(row["body"].split(" | "))
    coin = rows[f"{BASE}id/practice/citizen-coin"]
    assert coin["principles"].startswith("CBP 9: ")
    assert (coin["lead"], coin["start_year"], coin["end_year"]) == ("", "2018", "")
    assert coin["ongoing"] == "ongoing, as of 2024-11-04"
    assert coin["funder"] == "Bradford for Everyone"
    assert coin["section"] == "FOSTERING MEANINGFUL INTERCULTURAL INTERACTION > UNITED KINGDOM"
    book = load_workbook(io.BytesIO(client.get("/practice.xlsx").content))
    lines = book["Practices"].iter_rows(values_only=True)
    heads = list(next(lines))
    by_iri = {line[heads.index("IRI")]: dict(zip(heads, line, strict=True)) for line in lines}
    assert set(by_iri) == set(rows)
    assert by_iri[coin["iri"]]["Lead"] == "not stated"
    assert by_iri[coin["iri"]]["Start year"] == 2018
    assert not [cell for line in by_iri.values() for cell in line.values() if str(cell).startswith("=")]


def test_cells_that_a_spreadsheet_would_run_are_harmless(client: httpx.Client) -> None:
    safe, raw = client.get("/practice.csv").content, client.get("/practice.csv?raw=1").content
    for row in rows_of(safe):
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert [row["iri"] for row in rows_of(raw)] == [row["iri"] for row in rows_of(safe)]


def test_links_are_told_with_their_reasons(client: httpx.Client) -> None:
    expected = {
        row["l"]: (row["t"], float(row["c"]), row["r"])
        for row in ask(
            client,
            "SELECT ?l ?t ?c ?r { ?l a ipg:Link ; owl:annotatedProperty ipg:implements ; owl:annotatedTarget ?t ; "
            "sssom:confidence ?c ; ipg:rationale ?r }",
        )
    }
    links = [link for practice in told(client)["practices"] for link in practice["links"]]
    assert {link["iri"]: (link["provision"]["iri"], link["confidence"], link["rationale"]) for link in links} == expected
    evidence = Counter(
        row["l"] for row in ask(client, "SELECT ?l ?e { ?l owl:annotatedProperty ipg:implements ; ipg:evidence ?e }")
    )
    assert Counter({link["iri"]: len(link["evidence"]) for link in links}) == evidence
    for practice in told(client)["practices"]:
        assert [link["primary"] for link in practice["links"]].count(True) == 1
        assert practice["links"][0]["primary"]


@pytest.mark.parametrize("key", RDF_FORMATS)
def test_the_result_as_rdf(client: httpx.Client, key: str) -> None:
    query = "country=est&principle=cbp-1"
    answer = client.get(f"/practice.{key}?{query}")
    assert answer.status_code == 200
    found = client.get(f"/practice.json?{query}").json()
    topics, said = set(), set()
    if key == "jsonld":
        text = answer.text.replace(
            json.dumps(answer.json()["@context"]), json.dumps(client.get("/context.jsonld").json()["@context"])
        )
        quads = list(parse(text.encode(), RDF_FORMATS[key]))
    else:
        quads = list(parse(answer.content, RDF_FORMATS[key]))
    for quad in quads:
        said.add((str(quad.subject), quad.predicate.value, str(quad.object)))
        if quad.predicate.value == "http://xmlns.com/foaf/0.1/topic":
            topics.add(str(quad.object).strip("<>"))
            assert str(quad.subject).endswith(f"/practice?{query}>")
    assert topics == {practice["iri"] for practice in found["practices"]}
    values = " ".join(f"<{iri}>" for iri in topics)
    nt = client.post(
        "/sparql",
        data={"query": f"{PREFIXES} CONSTRUCT {{ ?p ?y ?v }} WHERE {{ VALUES ?p {{ {values} }} ?p ?y ?v }}"},
        headers={"Accept": "application/n-triples"},
    )
    expected = {(str(one.subject), one.predicate.value, str(one.object)) for one in parse(nt.content, RdfFormat.N_TRIPLES)}
    assert {one for one in said if one[0].strip("<>") in topics} == expected
    assert any(found["dataset_version"] in value and found["filter"]["words"] in value for _, _, value in said)
    if key == "trig":
        graphs = {str(quad.graph_name) for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}
        assert f"<{BASE}graph/curated>" in graphs
        assert not [graph for graph in graphs if graph.endswith(("/text>", "/suggested>"))]


def test_formats_of_rdf_tell_the_same(client: httpx.Client) -> None:
    graphs = [
        rdflib.Graph().parse(data=client.get(f"/practice.{key}?country=nor").content, format=name)
        for key, name in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"))
    ]
    assert len(graphs[0]) > 100
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[0], graphs[2])


# The page -----------------------------------------------------------------------------------------------------------------


def test_headers(client: httpx.Client) -> None:
    plain = client.get("/practice", headers={"Accept": "text/html"})
    assert "X-Robots-Tag" not in plain.headers
    narrowed = client.get("/practice?country=est", headers={"Accept": "text/html"})
    assert narrowed.headers["X-Robots-Tag"] == "noindex, nofollow"
    again = client.get("/practice?country=est", headers={"Accept": "text/html", "If-None-Match": narrowed.headers["ETag"]})
    assert again.status_code == 304
    assert " style=" not in plain.text
    assert "<script>" not in plain.text


@pytest.mark.parametrize("view", ["list", "table", "map", "timeline"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_views(client: httpx.Client, view: str, language: str) -> None:
    page = client.get(f"/practice?country=est&view={view}&lang={language}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert words_of(language)("practices-found", found=8, total=92) in page.text
    if view != "map":
        assert page.text.count("/page/id/practice/") == 8


def test_a_long_result_has_pages(client: httpx.Client) -> None:
    pages = [client.get(f"/practice?page={page}", headers={"Accept": "text/html"}).text for page in (1, 2, 9)]
    cards = [page.count('<li class="card">') for page in pages]
    assert cards == [50, 42, 42]
    assert len(rows_of(client.get("/practice.csv?page=2").content)) == 92


def test_the_map_has_every_member_state_and_its_name() -> None:
    assert len({tile.key for tile in TILES}) == 46
    assert len({(tile.column, tile.row) for tile in TILES}) == 46
    for language in LANGUAGES:
        assert len({words_of(language)(f"country-{tile.key}") for tile in TILES}) == 46


def test_what_has_no_year_is_listed_as_such(client: httpx.Client) -> None:
    page = client.get("/practice?view=timeline", headers={"Accept": "text/html"}).text
    dated, _, undated = page.partition(words_of("en")("timeline-undated"))
    practices = told(client)["practices"]
    without = {one["page"] for one in practices if not (one["years"]["start"] or one["years"]["end"])}
    assert without
    assert {one["page"] for one in practices if f'href="{one["page"]}"' in undated} == without
    assert dated.count('class="bar ') == len(practices) - len(without)


def test_every_practice_has_its_page(client: httpx.Client) -> None:
    for number, practice in enumerate(told(client)["practices"]):
        language = LANGUAGES[number % len(LANGUAGES)]
        path = practice["iri"].removeprefix(BASE)
        answer = client.get(f"/page/{path}?lang={language}")
        assert answer.status_code == 200, path
        for link in practice["links"]:
            assert client.build_request("GET", link["iri"].replace(BASE, "/page/")).url.path in answer.text
        assert words_of(language)("practice-similar") in answer.text
        assert f"/trace?start={path.removeprefix('id/')}" in answer.text


def test_what_follows_is_told_apart(client: httpx.Client) -> None:
    page = client.get("/page/id/practice/citizen-coin").text
    linked, _, rest = page.partition(words_of("en")("practice-follows"))
    assert "agreed-6" not in linked
    assert "agreed-6" in rest
    assert "Measure 1" in rest


def test_what_the_document_does_not_state_is_said(client: httpx.Client) -> None:
    for row in ask(client, "SELECT ?p ?f { ?p a ipg:Practice ; ipg:notStated ?f } ORDER BY ?p LIMIT 12"):
        page = client.get(row["p"].replace(BASE, "/page/")).text
        after = page.partition(f'href="http://127.0.0.1:8000/page/{row["f"].removeprefix(BASE)}"')[2]
        assert "not stated in the document" in after[:200], row


def test_the_generic_statements_stay(client: httpx.Client) -> None:
    page = client.get("/page/id/practice/citizen-coin").text
    assert "<details" in page
    assert "What is said of it" in page
    assert page.count("<h1") == 1


# By clicks ----------------------------------------------------------------------------------------------------------------


def found_on(page: Page) -> str:
    return page.locator("#found").inner_text()


def count_of(page: Page, facet: str, label: str) -> int:
    option = page.locator(f"#facet-{facet} li", has_text=label).first
    return int(option.locator(".count").inner_text())


@pytest.mark.browser
def test_local_practices_for_principle_9_and_who_runs_them(visit: Visit) -> None:
    """The first task of an analyst, from the front page, without typing an address."""
    page = visit.open("/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Practices", exact=True).click()
    page.get_by_label("Local", exact=True).check()
    page.wait_for_url("**/practice?level=local")
    page.get_by_label("CBP 9: Participation").first.check()
    page.wait_for_url("**/practice?level=local&principle=cbp-9")
    assert found_on(page) == "15 practices of 92"
    assert page.locator("#said").inner_text() == "15 practices of 92"
    assert (count_of(page, "body", "Local public body"), count_of(page, "body", "not stated")) == (5, 5)
    card = page.locator("li.card", has_text="Participatory Budget")
    assert "City of Paris (Local public body)" in card.inner_text()
    assert "not stated in the document" in page.locator("li.card", has_text="Citizen Coin").inner_text()
    visit.check()
    page.get_by_role("link", name="Remove Level of government (runs or pays): Local").click()
    assert found_on(page) == "23 practices of 92"
    assert not page.get_by_label("Local", exact=True).is_checked()
    page.get_by_label("CBP 9: Participation").first.uncheck()
    expect(page.locator("#found")).to_have_text("92 practices of 92")
    page.go_back()
    expect(page.locator("#found")).to_have_text("23 practices of 92")
    page.get_by_role("link", name="Clear all").click()
    assert found_on(page) == "92 practices of 92"
    visit.check()


@pytest.mark.browser
def test_the_same_without_scripts(scriptless: Visit) -> None:
    page = scriptless.open("/practice")
    page.get_by_label("Local", exact=True).check()
    page.get_by_label("CBP 9: Participation").first.check()
    page.get_by_role("button", name="Apply").click()
    assert found_on(page) == "15 practices of 92"
    chosen = {name: values for name, values in parse_qs(urlsplit(page.url).query).items() if name != "sort"}
    assert chosen == {"level": ["local"], "principle": ["cbp-9"]}
    page.get_by_role("link", name="Table").click()
    assert page.locator("table.report tbody tr").count() == 15
    page.get_by_role("link", name="Remove Level of government (runs or pays): Local").click()
    assert found_on(page) == "23 practices of 92"
    page.get_by_role("link", name="Clear all").click()
    assert found_on(page) == "92 practices of 92"


@pytest.mark.browser
def test_the_table_of_a_report_by_clicks(visit: Visit) -> None:
    page = visit.open("/practice")
    page.locator("#facet-country summary").click()
    page.get_by_label("Estonia", exact=True).check()
    page.wait_for_url("**/practice?country=est")
    files = {}
    for name in ("Excel", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("navigation", name="Download all results").get_by_role("link", name=name, exact=True).click()
        files[name] = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename.startswith("ipg-practices-0.")
    rows = rows_of(files["CSV"])
    sheet = load_workbook(io.BytesIO(files["Excel"]))["Practices"]
    lines = list(sheet.iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == [row["title"] for row in rows]
    assert len(rows) == 8
    assert {row["filter"] for row in rows} == {"Country: Estonia"}
    assert list(lines[0][:11]) == [
        "Title",
        "Country",
        "Places",
        "Level of government (runs or pays)",
        "Lead",
        "Kind of body",
        "Funder",
        "Primary principle",
        "Principles",
        "Source document",
        "Section",
    ]


@pytest.mark.browser
def test_the_map_chooses_and_takes_back(visit: Visit) -> None:
    page = visit.open("/practice?view=map")
    page.locator(".tiles").get_by_role("link", name="Estonia: 8 practices").click()
    assert found_on(page) == "8 practices of 92"
    page.locator(".tiles").get_by_role("link", name="Estonia: 8 practices, chosen").click()
    assert found_on(page) == "92 practices of 92"


@pytest.mark.browser
@pytest.mark.sources
def test_a_practice_shows_why_with_its_passages(visit: Visit) -> None:
    page = visit.open("/practice?q=citizen+coin")
    page.get_by_role("link", name="Citizen Coin", exact=True).click()
    assert page.locator("h1").inner_text() == "Citizen Coin"
    first = page.locator("section.reason").first
    assert first.locator("h3").inner_text().startswith("CBP 9: Participation in the democratic process")
    assert "primary principle" in first.inner_text()
    assert "Bradford residents earn digital discount coins" in first.inner_text()
    assert first.locator("blockquote").count() == 4
    assert all(len(text) > 50 for text in first.locator("blockquote").all_inner_texts())
    assert "judged by model" in first.inner_text()
    visit.check()
