"""The pages on countries: figures with denominators, gaps told from what nobody reviewed, and sheets on paper."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from query_service.coverage.matrix import coverage
from query_service.coverage.question import CoverageQuestion
from query_service.coverage.records import Coverage
from query_service.snapshot import read_snapshot
from tests.analyst_pages import ask, csv_rows, page, sheets, text_of
from tests.browsing import Visit

WITHOUT = {"can", "dnk", "ukr"}
STATUSES = {"ipg:Evidenced": "evidenced", "ipg:ReviewedNoneFound": "reviewed, none found", "ipg:NotReviewed": "not reviewed"}


@pytest.fixture(scope="session")
def by_country(home: Path) -> Coverage:
    return coverage(read_snapshot(home / "current"), CoverageQuestion())


def test_list_counts_what_the_graph_counts(served: str, by_country: Coverage) -> None:
    query = "SELECT ?country (COUNT(?practice) AS ?n) { ?practice a ipg:Practice ; ipg:country ?country } GROUP BY ?country"
    of_graph = {row["country"].rpartition("/")[2]: int(row["n"]) for row in ask(served, query)}
    rows = {row["country"]: row for row in csv_rows(served, "/country.csv")}
    assert {key: int(row["practices"]) for key, row in rows.items() if key not in WITHOUT} == of_graph
    assert rows.keys() == of_graph.keys() | WITHOUT
    for place, column in enumerate(by_country.columns):
        statuses = [row.cells[place].status for row in by_country.rows]
        row = rows[column.key]
        assert int(row["practices_reviewed"]) == column.reviewed
        assert int(row["principles_evidenced"]) == statuses.count("ipg:Evidenced")
        assert int(row["principles_reviewed_none_found"]) == statuses.count("ipg:ReviewedNoneFound")
        assert int(row["principles_not_reviewed"]) == statuses.count("ipg:NotReviewed")


def test_countries_without_practices_are_told_apart(served: str) -> None:
    shown = page(served, "/country")
    table = [text_of(row.find("th")) for row in shown.findall(".//tbody/tr")]
    assert len(table) == 28
    assert not {"Canada", "Denmark", "Ukraine"} & set(table)
    text = text_of(shown.find(".//main"))
    assert "Countries without practices" in text
    assert "Canada ? not reviewed: no practice described; a chapter describes its context" in text


def test_sheet_of_every_country_agrees_with_the_coverage(served: str, by_country: Coverage) -> None:
    for place, column in enumerate(by_country.columns):
        rows = {row["provision"]: row for row in csv_rows(served, f"/country/{column.key}.csv")}
        for line in by_country.rows:
            cell, row = line.cells[place], rows[line.path]
            assert (int(row["practices_found"]), int(row["practices_reviewed"])) == (cell.found, cell.reviewed)
            assert row["status"] == STATUSES[cell.status]
            assert len([one for one in row["practices"].split("; ") if one]) == cell.found


def test_all_frameworks_agree_with_their_coverage(served: str, home: Path) -> None:
    snapshot = read_snapshot(home / "current")
    rows = httpx.get(f"{served}/country/ita.json").json()["frameworks"]
    assert len(rows) == 6
    for row in rows:
        report = coverage(snapshot, CoverageQuestion(framework=row["framework"].partition("/")[2]))
        place = next(place for place, column in enumerate(report.columns) if column.key == "ita")
        statuses = [line.cells[place].status for line in report.rows]
        assert row["provisions"] == len(statuses)
        assert row["evidenced"] == statuses.count("ipg:Evidenced")
        assert row["reviewed_none_found"] == statuses.count("ipg:ReviewedNoneFound")
        assert row["not_reviewed"] == statuses.count("ipg:NotReviewed")
        assert row["practices_reviewed"] == report.columns[place].reviewed


@pytest.mark.parametrize(
    ("by", "property_"),
    [
        ("level", "ipg:governanceLevel"),
        ("type", "ipg:practiceType"),
        ("target", "ipg:targetGroup"),
        ("funder", "ipg:funder"),
        ("lead", "ipg:leadActor"),
        ("evidence", "ipg:evidenceType"),
        ("area", "ipg:areaOfIntervention"),
        ("document", "dcterms:source"),
        ("start", "ipg:startYear"),
    ],
)
def test_counts_are_those_of_the_graph(served: str, by: str, property_: str) -> None:
    query = f"""SELECT ?value (COUNT(DISTINCT ?practice) AS ?n) {{
      ?practice a ipg:Practice ; ipg:country id:place\\/esp ; {property_} ?value }} GROUP BY ?value"""
    of_graph = {row["value"]: int(row["n"]) for row in ask(served, query)}
    rows = [row for row in httpx.get(f"{served}/country/esp.json").json()["counts"] if row["by"] == by]
    assert {row["value_iri"] or row["value"]: row["practices"] for row in rows if row["value"] != "not-stated"} == of_graph
    assert {row["of_practices"] for row in rows} == {23}
    stating = f"""SELECT (COUNT(DISTINCT ?practice) AS ?n) {{
      ?practice a ipg:Practice ; ipg:country id:place\\/esp . FILTER NOT EXISTS {{ ?practice {property_} ?value }} }}"""
    unstated = sum(row["practices"] for row in rows if row["value"] == "not-stated")
    assert unstated == int(ask(served, stating)[0]["n"])


def test_sheet_tells_gaps_from_what_nobody_reviewed(served: str) -> None:
    shown = page(served, "/country/est")
    gaps = next(element for element in shown.iter("ul") if element.get("id") == "gap-principles")
    assert [text_of(item).split()[0] for item in gaps] == ["2", "11"]
    text = text_of(shown.find(".//main"))
    assert "A gap is something that was not found in these documents" in text
    after = text.partition("Not reviewed: nothing is known")[2]
    assert after.startswith(" Practices were not read for")
    assert "8 of the 92 practices of the graph run here" in text


def test_organisations_have_kinds_and_roles(served: str) -> None:
    query = """PREFIX cv: <http://data.europa.eu/m8g/> SELECT ?actor ?role (COUNT(DISTINCT ?practice) AS ?n) {
      ?practice ipg:country id:place\\/est . ?part ipg:participatesIn ?practice ; ipg:participant ?actor ; cv:role ?role }
      GROUP BY ?actor ?role"""
    of_graph = {(row["actor"], row["role"].rpartition("/")[2]): int(row["n"]) for row in ask(served, query)}
    rows = httpx.get(f"{served}/country/est.json").json()["organisations"]
    assert {(row["organisation_iri"], row["role"]): len(row["practices"].split("; ")) for row in rows if row["role"]} == of_graph
    assert all(row["kinds"] for row in rows)


def test_canada_is_outside_every_denominator(served: str) -> None:
    text = text_of(page(served, "/country/can").find(".//main"))
    assert "outside every denominator" in text
    assert "No document describes a practice here" in text
    told = httpx.get(f"{served}/country/can.json").json()
    assert told["practices"] == []
    assert {row["status"] for row in told["principles"]} == {"not reviewed"}
    assert [row["chapter"] for row in told["context"]] == ["chapter/canada"]


def test_what_links_say_of_a_country_is_shown(served: str) -> None:
    assert "Also said of it" in text_of(page(served, "/country/dnk").find(".//main"))


@pytest.mark.parametrize(("asked", "near"), [("estonia", "Estonia"), ("deutschland", "Germany"), ("eston", "Estonia")])
def test_unknown_country_is_told_with_near_names(served: str, asked: str, near: str) -> None:
    shown = page(served, f"/country/{asked}", 404)
    links = next(element for element in shown.iter("ul") if element.get("id") == "near")
    assert near in [text_of(item) for item in links]
    plain = httpx.get(f"{served}/country/{asked}", headers={"Accept": "application/json"})
    assert plain.status_code == 404
    assert near in plain.json()["mend"]


def test_code_is_read_in_any_case(served: str) -> None:
    assert text_of(page(served, "/country/EST").find(".//h1")) == "Estonia"


def test_downloads_are_whole(served: str) -> None:
    version = httpx.get(f"{served}/readyz").json()["version"]
    book = sheets(served, "/country/est.xlsx")
    assert list(book) == ["Notes", "Practices", "Principles", "Frameworks", "Counts", "Organisations", "Context"]
    assert ["dataset_version", version] in book["Notes"]
    assert len(book["Practices"]) == 9
    assert len(book["Principles"]) == 12
    told = httpx.get(f"{served}/country/est.json").json()
    assert told["dataset_version"] == version
    assert told["licence"].startswith("https://creativecommons.org/")
    assert told["country"]["iri"] == "https://w3id.org/ipg/id/place/est"
    assert len(told["practices"]) == 8
    assert all(row["document"] and row["section"] and row["end_character"] > row["start_character"] for row in told["practices"])
    assert sheets(served, "/country.xlsx")["Countries"][0][0] == "country"
    assert len(httpx.get(f"{served}/country.json").json()["countries"]) == 31


@pytest.mark.parametrize(("language", "name"), [("en", "Estonia"), ("fr", "Estonie"), ("de", "Estland")])
def test_names_come_in_three_languages(served: str, language: str, name: str) -> None:
    assert text_of(page(served, f"/country/est?lang={language}").find(".//h1")) == name
    for path in ("/country", "/country/can", "/country/dnk", "/country/ukr", "/country/and"):
        assert page(served, f"{path}?lang={language}").get("lang") == language
    assert page(served, f"/country/estland?lang={language}", 404).get("lang") == language


@pytest.mark.browser
def test_sheet_is_printed_without_what_paper_cannot_do(visit: Visit) -> None:
    shown = visit.open("/country/est")
    shown.emulate_media(media="print", color_scheme="dark")
    for hidden in ("header.top nav.pages", "form.find", "nav.no-print", "ul.downloads"):
        assert not shown.locator(hidden).first.is_visible()
    for kept in ("h1", "#principles", "#gaps", "section.practice", "ul.findings a.cell.evidenced"):
        assert shown.locator(kept).first.is_visible()
    ink = shown.locator("ul.findings a.cell.evidenced").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert ink == "rgb(255, 255, 255)"
    assert shown.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert len(shown.pdf(format="A4")) > 10_000


@pytest.mark.browser
def test_gaps_of_a_country_are_found_by_clicks(scriptless: Visit, by_country: Coverage) -> None:
    """Task 3: principles for which no practice of a country was found, told from what nobody reviewed."""
    shown = scriptless.open("/")
    shown.get_by_role("navigation").get_by_role("link", name="Countries", exact=True).click()
    shown.get_by_role("link", name="Croatia", exact=True).click()
    shown.get_by_role("link", name="Gaps", exact=True).click()
    place = next(place for place, column in enumerate(by_country.columns) if column.key == "hrv")
    missing = [row.notation for row in by_country.rows if row.cells[place].status == "ipg:ReviewedNoneFound"]
    assert [text.split()[0] for text in shown.locator("#gap-principles li").all_inner_texts()] == missing
    assert "Practices were not read for" in shown.locator("#not-reviewed + ul").inner_text()
    shown.locator("#gap-principles a").first.click()
    assert "none found" in shown.locator("p.lead").inner_text()
    assert "5 practices reviewed without it" in shown.locator("main").inner_text()
