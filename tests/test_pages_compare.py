"""The page of comparisons: figures with denominators, what is shared, reasons and passages; one kind at a time."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from query_service.coverage.matrix import coverage
from query_service.coverage.question import CoverageQuestion
from query_service.coverage.records import Coverage
from query_service.snapshot import Snapshot, read_snapshot
from tests.analyst_pages import ask, csv_rows, page, sheets, text_of, with_class
from tests.browsing import Visit

TWO_COUNTRIES = "item=country/est&item=country/fra"
PRINCIPLES = "item=principle/cbp-1&item=principle/cbp-10"
PRACTICES = "item=practice/choices-programme&item=practice/tallinn-chamber-of-integration"
FRAMEWORKS = "item=framework/eu-cbp-2004&item=framework/coe-agreed-principles-2010"


@pytest.fixture(scope="session")
def snapshot(home: Path) -> Snapshot:
    return read_snapshot(home / "current")


@pytest.fixture(scope="session")
def by_country(snapshot: Snapshot) -> Coverage:
    return coverage(snapshot, CoverageQuestion())


def test_countries_agree_with_the_coverage(served: str, by_country: Coverage) -> None:
    keys = ("est", "fra", "esp", "ita", "can")
    rows = csv_rows(served, "/compare.csv?" + "&".join(f"item=country/{key}" for key in keys))
    found = {(row["country"], row["value"]): row for row in rows if row["by"] == "principle"}
    assert len(found) == 55
    for place, column in enumerate(by_country.columns):
        for line in by_country.rows if column.key in keys else ():
            row, cell = found[column.key, line.path], line.cells[place]
            assert (int(row["practices"]), int(row["of_practices"])) == (cell.found, cell.reviewed)


@pytest.mark.parametrize(
    ("narrowing", "pattern"),
    [
        ("theme=economic-participation", "dcterms:subject/skos:broader* id:theme\\/economic-participation"),
        ("theme=economic-participation/employment", "dcterms:subject id:theme\\/economic-participation\\/employment"),
        ("area=business-and-employment", "ipg:areaOfIntervention/skos:broader* id:area\\/business-and-employment"),
        ("principle=cbp-3", "ipg:implementsPrinciple id:principle\\/cbp-3"),
    ],
)
def test_narrowed_countries_agree_with_the_graph(served: str, narrowing: str, pattern: str) -> None:
    told = httpx.get(f"{served}/compare.json?item=grc&item=esp&item=est&{narrowing}", timeout=60).json()
    for key in ("grc", "esp", "est"):
        chosen = f"?practice a ipg:Practice ; ipg:country id:place\\/{key} ; {pattern} ."
        practices = {row["practice"] for row in ask(served, f"SELECT DISTINCT ?practice {{ {chosen} }}")}
        assert {row["practice_iri"] for row in told["practices"] if row["country"] == key} == practices
        counts = ask(
            served,
            f"SELECT ?p (COUNT(DISTINCT ?practice) AS ?n) {{ {chosen} ?practice ipg:implements ?p . ?p a ipg:Principle ;"
            " dcterms:isPartOf id:framework\\/eu-cbp-2004 } GROUP BY ?p",
        )
        of_graph = {row["p"]: int(row["n"]) for row in counts if "p" in row}
        rows = [row for row in told["principles"] if row["country"] == key]
        assert {row["provision_iri"]: row["practices_found"] for row in rows if row["practices_found"]} == of_graph
        assert {row["practices_reviewed"] for row in rows} == {len(practices)}


def test_no_practice_of_a_choice_is_not_called_unreviewed(served: str) -> None:
    query = "item=est&item=esp&theme=economic-participation"
    text = text_of(page(served, f"/compare?{query}").find(".//main"))
    assert "0 of 8 practices of the country" in text
    assert "2 of 23 practices of the country" in text
    assert "None of the 8 practices of this country is of this choice" in text
    rows = csv_rows(served, f"/compare.csv?{query}")
    assert {row["status"] for row in rows if row["by"] == "principle" and row["country"] == "est"} == {
        "no practice of this choice"
    }


def test_cells_of_countries_lead_to_their_practices(served: str) -> None:
    shown = page(served, f"/compare?{TWO_COUNTRIES}")
    links = [cell.get("href") or "" for cell in with_class(shown, "evidenced", "a")]
    assert f"{served}/practice?country=est&principle=cbp-9" in links
    none = [cell.get("href") or "" for cell in with_class(shown, "none-found", "a")]
    assert f"{served}/coverage/cell?provision=principle%2Fcbp-2&column=est" in none
    narrowed = page(served, "/compare?item=grc&item=esp&area=business-and-employment")
    links = [link.get("href") or "" for link in narrowed.iter("a")]
    both = "area=business-and-employment&area=access-to-job-market"
    assert any(link.startswith(f"{served}/practice?country=esp&{both}") for link in links)


def test_what_countries_share_is_said(served: str, by_country: Coverage) -> None:
    places = [place for place, column in enumerate(by_country.columns) if column.key in {"est", "fra"}]
    both = [row.title for row in by_country.rows if all(row.cells[place].found for place in places)]
    text = text_of(page(served, f"/compare?{TWO_COUNTRIES}").find(".//main"))
    assert f"{len(both)} principles are evidenced in all of them: {'; '.join(both)}" in text
    differing = [row for row in by_country.rows if len({row.cells[place].status for place in places}) > 1]
    assert text.count("they differ") == len(differing)


def test_items_show_summaries_links_reasons_and_passages(served: str) -> None:
    shown = page(served, f"/compare?{PRACTICES}")
    text = text_of(shown.find(".//main"))
    query = """PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT ?reason { ?link a ipg:Link ; ipg:rationale ?reason ;
      owl:annotatedSource id:practice\\/tallinn-chamber-of-integration ; owl:annotatedProperty ipg:implements }"""
    reasons = [row["reason"] for row in ask(served, query)]
    assert reasons
    assert all(" ".join(reason.split()) in text for reason in reasons)
    assert text.count("characters ") > len(reasons)
    assert "They have no value in common" not in text
    assert "Draft Compendium" in text.partition("What they share")[2].partition("Side by side")[0]
    rows = httpx.get(f"{served}/compare.json?{PRACTICES}").json()["links"]
    assert {row["rationale"] for row in rows if row["item"].endswith("tallinn-chamber-of-integration")} >= set(reasons)


def test_items_share_just_what_the_graph_says(served: str) -> None:
    query = "SELECT ?practice { ?practice a ipg:Practice ; ipg:implements id:principle\\/cbp-1, id:principle\\/cbp-10 }"
    both = {row["practice"] for row in ask(served, query)}
    rows = csv_rows(served, f"/compare.csv?{PRINCIPLES}")
    shared = {row["value_iri"] for row in rows if row["feature"] == "practices" and row["in_all"] == "true"}
    assert shared == both
    assert both
    one = {row["value_iri"] for row in rows if row["feature"] == "practices" and row["item"] == "principle/cbp-1"}
    of_one = ask(served, "SELECT ?practice { ?practice a ipg:Practice ; ipg:implements id:principle\\/cbp-1 }")
    assert one == {row["practice"] for row in of_one}


def test_names_are_understood(served: str) -> None:
    for query in (
        "item=cbp-1&item=cbp-10",
        "item=https://w3id.org/ipg/id/principle/cbp-1&item=cbp-10",
        f"{PRINCIPLES}&item=&item=cbp-1",
    ):
        assert httpx.get(f"{served}/compare.json?{query}").json()["compared"] == ["principle/cbp-1", "principle/cbp-10"]
    titled = httpx.get(f"{served}/compare.json", params={"item": ["tallinn chamber of integration", "Programa Escolhas"]}).json()
    assert titled["compared"] == ["practice/tallinn-chamber-of-integration", "practice/choices-programme"]
    assert httpx.get(f"{served}/compare.json?item=EST&item=place/fra").json()["compared"] == ["country/est", "country/fra"]


def test_frameworks_agree_with_their_coverage(served: str, snapshot: Snapshot) -> None:
    query = "item=framework/eu-cbp-2004&item=framework/coe-interaction-2011&item=framework/coe-guide-2011"
    told = httpx.get(f"{served}/compare.json?{query}", timeout=60).json()
    for row in told["frameworks"]:
        report = coverage(snapshot, CoverageQuestion(framework=row["framework"].partition("/")[2]))
        statuses = [line.total.status for line in report.rows]
        assert row["provisions"] == len(statuses)
        assert row["evidenced"] == statuses.count("ipg:Evidenced")
        assert row["reviewed_none_found"] == statuses.count("ipg:ReviewedNoneFound")
        assert row["not_reviewed"] == statuses.count("ipg:NotReviewed")
        found = [
            (one["column_title"], one["provisions_evidenced"], one["practices_reviewed"])
            for one in told["coverage"]
            if one["framework"] == row["framework"] and one["by"] == "country"
        ]
        assert found == [
            (column.title, sum(line.cells[place].found > 0 for line in report.rows), column.reviewed)
            for place, column in enumerate(report.columns)
        ]
    by_status = {row["framework"]: row["status"] for row in told["frameworks"]}
    assert by_status["framework/eu-cbp-2004"] == "adopted"
    assert by_status["framework/coe-interaction-2011"] == "draft"


def test_links_between_frameworks_are_those_of_the_graph(served: str) -> None:
    query = """SELECT ?a ?b { ?a dcterms:isPartOf id:framework\\/coe-agreed-principles-2010 ; ipg:correspondsTo ?b .
      ?b dcterms:isPartOf id:framework\\/eu-cbp-2004 }"""
    of_graph = {(row["a"], row["b"]) for row in ask(served, query)}
    rows = httpx.get(f"{served}/compare.json?{FRAMEWORKS}").json()["links_between_them"]
    assert {(row["source_iri"], row["target_iri"]) for row in rows if row["property"] == "correspondsTo"} == of_graph
    assert of_graph
    assert all(row["match"].startswith("skos:") and row["rationale"] for row in rows)
    text = text_of(page(served, f"/compare?{FRAMEWORKS}").find(".//main"))
    assert all(" ".join(row["rationale"].split()) in text for row in rows)


def test_framework_without_provisions_is_said_to_have_none(served: str) -> None:
    text = text_of(page(served, "/compare?item=framework/eu-handbook-2004&item=framework/eu-handbook-2007").find(".//main"))
    assert "no provisions of its own in the graph" in text
    assert "No link between their provisions is recorded" in text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("item=country/est&item=cbp-3", 400, "not a mixture"),
        (f"{PRINCIPLES}&{PRACTICES}", 400, "one kind"),
        ("item=est&item=fra&item=deu&item=ita&item=esp&item=prt", 400, "No more than 5"),
        ("item=est&item=xyz", 404, "xyz"),
        ("item=est&item=fra&theme=nothing", 404, "economic-participation"),
        ("item=est&item=fra&principle=cbp-12", 404, "cbp-11"),
        ("item=actor/city-of-paris&item=est", 400, "cannot be compared"),
        ("item=cbp-99&item=cbp-1", 404, "cbp-9"),
        ("items=est", 400, "items"),
    ],
)
def test_what_cannot_be_compared_is_told_with_the_form(served: str, query: str, status: int, words: str) -> None:
    answer = httpx.get(f"{served}/compare?{query}", headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert words in answer.text
    shown = page(served, f"/compare?{query}", status)
    if "items=" not in query:
        assert len(list(shown.iter("form"))) == 4
        assert words in text_of(shown.find(".//main"))


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_files_need_two_items(served: str, form: str) -> None:
    answer = httpx.get(f"{served}/compare.{form}?item=country/est")
    assert answer.status_code == 400
    assert "2 to 5 items" in answer.json()["expected"]


def test_workbooks_are_whole(served: str) -> None:
    version = httpx.get(f"{served}/readyz").json()["version"]
    titles = {
        TWO_COUNTRIES: ["Notes", "Principles", "Counts", "Practices"],
        PRINCIPLES: ["Notes", "Features", "Links"],
        FRAMEWORKS: ["Notes", "Frameworks", "Provisions", "Coverage", "Links between them"],
    }
    for query, expected in titles.items():
        book = sheets(served, f"/compare.xlsx?{query}")
        assert list(book) == expected
        assert ["dataset_version", version] in book["Notes"]
        assert all(len(rows) > 1 for rows in book.values())


def test_no_wording_leaves_the_service(served: str) -> None:
    wordings = [quote for quote in page(served, f"/compare?{PRACTICES}").iter("blockquote") if len(text_of(quote)) > 40]
    data = httpx.get(f"{served}/compare.json?{PRACTICES}").text
    assert not [quote for quote in wordings if text_of(quote) in data]


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_pages_are_read_in_three_languages(served: str, language: str) -> None:
    for query in (
        "",
        "item=country/est&",
        "item=country/est&item=country/can&item=country/and&",
        "item=grc&item=esp&item=est&theme=economic-participation&",
        "item=cbp-3&item=conclusion/33&item=skills-1&item=guide-1.1&item=agreed-3&",
        f"{PRACTICES}&item=practice/local-observatories-network&",
        f"{FRAMEWORKS}&item=framework/eu-handbook-2004&item=framework/eu-handbook-conclusions-2007&item=framework/coe-skills-2011&",
    ):
        assert page(served, f"/compare?{query}lang={language}").get("lang") == language


@pytest.mark.browser
def test_two_countries_are_compared_on_employment_by_clicks(scriptless: Visit) -> None:
    """Task 4: compare two countries on employment."""
    shown = scriptless.open("/")
    shown.get_by_role("navigation").get_by_role("link", name="Compare", exact=True).click()
    shown.get_by_label("Country 1").select_option("country/grc")
    shown.get_by_label("Country 2").select_option("country/esp")
    shown.get_by_label("Theme, or a part of one").select_option("economic-participation")
    shown.get_by_role("button", name="Compare countries").click()
    told = httpx.get(shown.url.replace("/compare?", "/compare.json?")).json()
    assert told["compared"] == ["country/grc", "country/esp"]
    assert told["theme"] == "economic-participation"
    row = shown.locator("tr", has_text="Employment as a key to integration").first
    found = {one["country"]: one["practices_found"] for one in told["principles"] if one["provision"] == "principle/cbp-3"}
    assert [int(text) for text in row.locator("a.cell.evidenced").all_inner_texts()] == [found["grc"], found["esp"]]
    assert shown.locator(".side-by-side article").count() == len(told["practices"])


@pytest.mark.browser
def test_countries_are_chosen_in_the_list(scriptless: Visit) -> None:
    shown = scriptless.open("/country?lang=de")
    shown.get_by_label("Estland vergleichen").check()
    shown.get_by_label("Spanien vergleichen").check()
    shown.get_by_role("button", name="Gewählte Länder vergleichen").click()
    assert shown.url.endswith("/compare?lang=de&item=country%2Fest&item=country%2Fesp")
    assert shown.locator(".side-by-side article").count() == 31


def test_figures_lead_to_as_many_practices_as_they_say(served: str) -> None:
    pages = ["/country/est", "/country/aut", "/country/and"]
    pages += [f"/compare?item=grc&item=esp&{one}" for one in ("theme=economic-participation", "area=business-and-employment")]
    pages.append("/compare?item=ita&item=est&principle=cbp-3&theme=economic-participation")
    link = re.compile(
        rf'href="({served}/practice\?[^"]+)"[^>]*>(?:<[^>]+>)*([^<]*)(?:</span>)?</a>(?: <span class="count">(\d+))?'
    )
    wanted: dict[str, set[int]] = {}
    for path in pages:
        text = httpx.get(served + path, headers={"Accept": "text/html"}).text
        for url, shown, count in link.findall(text):
            figure = re.match(r"(\d+) of \d+$", shown.strip())
            if count or figure:
                wanted.setdefault(unescape(url), set()).add(int(count or (figure[1] if figure else 0)))
    assert len(wanted) > 100
    for url, counts in wanted.items():
        assert {httpx.get(url.replace("/practice?", "/practice.json?")).json()["found"]} == counts, url
