"""The pages on coverage: the figures of the tool and of the graph, in three values, down to reasons and passages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import fromstring

import httpx
import pytest

from query_service.coverage.matrix import coverage, coverage_cell
from query_service.coverage.question import DIMENSION_NAMES, Counted, CoverageQuestion, DimensionName
from query_service.snapshot import Snapshot, read_snapshot
from tests.analyst_pages import ask, csv_rows, page, sheets, text_of, with_class
from tests.browsing import Visit

FRAMEWORKS = (
    "eu-cbp-2004",
    "eu-handbook-conclusions-2007",
    "coe-interaction-2011",
    "coe-skills-2011",
    "coe-guide-2011",
    "coe-agreed-principles-2010",
)
LOOKS = {"evidenced": "ipg:Evidenced", "none-found": "ipg:ReviewedNoneFound", "not-reviewed": "ipg:NotReviewed"}


@pytest.fixture(scope="session")
def snapshot(home: Path) -> Snapshot:
    return read_snapshot(home / "current")


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_data_is_what_the_tool_finds_for_every_dimension(served: str, snapshot: Snapshot, framework: str) -> None:
    for by in DIMENSION_NAMES:
        expected = coverage(snapshot, CoverageQuestion(framework=framework, by=by))
        told = httpx.get(f"{served}/coverage.json", params={"framework": framework, "by": by}, timeout=60).json()
        assert told.items() >= json.loads(expected.model_dump_json()).items()


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_page_shows_what_the_tool_finds(served: str, snapshot: Snapshot, framework: str) -> None:
    dimensions: tuple[DimensionName, ...] = DIMENSION_NAMES if framework == "eu-cbp-2004" else ("level",)
    for by in dimensions:
        expected = coverage(snapshot, CoverageQuestion(framework=framework, by=by))
        shown = page(served, f"/coverage?framework={framework}&by={by}")
        matrix = with_class(shown, "matrix")[0]
        rows = matrix.findall(".//tbody/tr")
        assert len(rows) == len(expected.rows)
        for row, line in zip(rows, expected.rows, strict=True):
            cells = [*with_class(row, "cell")]
            assert len(cells) == len(expected.columns) + 1
            for cell, figure in zip(cells, (*line.cells, line.total), strict=True):
                look = (cell.get("class") or "").removeprefix("cell ")
                assert LOOKS[look] == figure.status
                assert text_of(cell).split(":")[0] == ("?" if look == "not-reviewed" else str(figure.found))
        heads = [text_of(head) for head in with_class(matrix, "denominator", "span")]
        assert heads[1:] == [str(column.reviewed) for column in expected.columns] + [str(expected.reviewed)]


@pytest.mark.parametrize("counted", get_args(Counted))
def test_what_is_counted_can_be_chosen(served: str, snapshot: Snapshot, counted: Counted) -> None:
    told = httpx.get(f"{served}/coverage.json", params={"counted": counted}, timeout=60).json()
    assert told["rows"] == json.loads(coverage(snapshot, CoverageQuestion(counted=counted)).model_dump_json())["rows"]


@pytest.mark.parametrize(("by", "property_"), [("country", "forCountry"), ("level", "forLevel")])
def test_cells_are_those_of_the_graph(served: str, by: DimensionName, property_: str) -> None:
    query = f"""SELECT ?provision ?column ?found ?reviewed ?status {{ ?cell a ipg:CoverageCell ; ipg:forProvision ?provision ;
      ipg:{property_} ?column ; ipg:practicesFound ?found ; ipg:practicesReviewed ?reviewed ; ipg:coverageStatus ?status }}"""
    of_graph = {
        (row["provision"].rpartition("/id/")[2], row["column"].rpartition("/")[2]): (
            int(row["found"]),
            int(row["reviewed"]),
            "ipg:" + row["status"].rpartition("#")[2],
        )
        for row in ask(served, query)
    }
    told = httpx.get(f"{served}/coverage.json", params={"by": by}, timeout=60).json()
    of_page = {
        (row["path"], column["key"]): (cell["found"], cell["reviewed"], cell["status"])
        for row in told["rows"]
        for column, cell in zip(told["columns"], row["cells"], strict=True)
        if column["path"]
    }
    assert of_page == of_graph
    assert of_graph


def test_page_prints_version_edition_denominators_and_limits(served: str) -> None:
    text = text_of(page(served, "/coverage").find(".//main"))
    version = httpx.get(f"{served}/readyz").json()["version"]
    for words in (version, "adopted as 14615/04", "92 of 92", "82 of 82", "10 of 10", "209 judged by model", "does not exist"):
        assert words in text
    assert "outside every denominator" in text
    unread = text_of(page(served, "/coverage?framework=coe-agreed-principles-2010").find(".//main"))
    assert "Practices were not read for this framework" in unread
    assert "0 of 92" in unread


def test_every_cell_leads_to_its_practices(served: str, snapshot: Snapshot) -> None:
    shown = page(served, "/coverage")
    links = [cell.get("href") or "" for cell in with_class(with_class(shown, "matrix")[0], "cell", "a")]
    assert len(links) == 11 * 31
    some = [link for link in links if link.endswith("=est")]
    assert len(some) == 11
    for link in some:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        detail = coverage_cell(snapshot, CoverageQuestion(), asked["provision"], asked["column"])
        cell = page(served, f"/coverage/cell?{urlsplit(link).query}")
        titles = [text_of(section.find("h3/a")) for section in with_class(cell, "found", "section")]
        assert titles == [finding.practice.title for finding in detail.found]
        text = text_of(cell.find(".//main"))
        assert all(item.title in text for item in detail.without)
        for finding in detail.found:
            for reason in finding.reasons:
                assert reason.link is not None
                assert reason.link.rationale in text
                assert all(f"characters {at.start} to {at.end}" in text for at in reason.link.passages)


def test_inferred_cell_tells_through_what(served: str, snapshot: Snapshot) -> None:
    question = CoverageQuestion(counted="inferred")
    detail = coverage_cell(snapshot, question, "cbp-9", "esp")
    through = {reason.through.title for finding in detail.found for reason in finding.reasons if reason.through}
    text = text_of(page(served, "/coverage/cell?counted=inferred&provision=cbp-9&column=esp").find(".//main"))
    assert through
    assert all(title in text for title in through)


def test_cell_without_practices_says_what_would_change_it(served: str) -> None:
    none = text_of(page(served, "/coverage/cell?provision=cbp-2&column=est").find(".//main"))
    assert "Reviewed, none found" in none
    assert "8 practices reviewed without it" in none
    assert "does not say that nothing of the kind exists" in none
    nothing = text_of(page(served, "/coverage/cell?provision=cbp-2&column=can").find(".//main"))
    assert "Not reviewed" in nothing
    assert "the documents have none" in nothing
    unread = text_of(
        page(served, "/coverage/cell?framework=coe-agreed-principles-2010&provision=agreed-1&column=est").find(".//main")
    )
    assert "8 practices not reviewed" in unread


def test_downloads_of_the_matrix_hold_its_figures(served: str, snapshot: Snapshot) -> None:
    expected = coverage(snapshot, CoverageQuestion())
    rows = csv_rows(served, "/coverage.csv")
    assert len(rows) == 11 * 32
    assert {row["dataset_version"] for row in rows} == {snapshot.version}
    assert {row["licence"] for row in rows} == {"https://creativecommons.org/licenses/by/4.0/"}
    by_cell = {(row["provision"], row["column"]): row for row in rows}
    for line in expected.rows:
        for column, cell in zip(expected.columns, line.cells, strict=True):
            row = by_cell[line.path, column.key]
            assert (int(row["practices_found"]), int(row["practices_reviewed"])) == (cell.found, cell.reviewed)
            assert row["provision_iri"] == line.iri
    book = sheets(served, "/coverage.xlsx")
    assert list(book) == ["Matrix", "Cells", "Notes"]
    assert [row[-1] for row in book["Matrix"][2:]] == [line.total.found for line in expected.rows]
    assert ["licence", "https://creativecommons.org/licenses/by/4.0/"] in book["Notes"]
    drawing = httpx.get(f"{served}/coverage?format=svg", timeout=120)
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert fromstring(drawing.text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own
    assert snapshot.version in drawing.text


def test_downloads_of_a_cell_hold_reasons_and_no_wording(served: str, snapshot: Snapshot) -> None:
    query = "provision=cbp-9&column=est"
    told = httpx.get(f"{served}/coverage/cell.json?{query}", timeout=60).json()
    assert told.items() >= json.loads(coverage_cell(snapshot, CoverageQuestion(), "cbp-9", "est").model_dump_json()).items()
    assert not [at for one in told["found"] for why in one["reasons"] for at in why["link"]["passages"] if at["wording"]]
    rows = csv_rows(served, f"/coverage/cell.csv?{query}")
    assert [row["result"] for row in rows].count("reviewed, not found") == 7
    assert all(row["practice_iri"].startswith("https://w3id.org/ipg/id/practice/") for row in rows)
    assert len(sheets(served, f"/coverage/cell.xlsx?{query}")["Practices"]) == len(rows) + 1


def test_answers_are_kept_and_asked_again_cheaply(served: str) -> None:
    first = httpx.get(f"{served}/coverage?by=level", headers={"Accept": "text/html"})
    again = httpx.get(f"{served}/coverage?by=level", headers={"Accept": "text/html", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert first.headers["IPG-Dataset-Version"] in first.text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("?by=planet", 400, "country"),
        ("?frame=eu-cbp-2004", 400, "frame"),
        ("?framework=nothing", 404, "eu-cbp-2004"),
        ("?framework=coe-skills-2011&counted=primary", 400, "counted=asserted"),
        ("?framework=coe-skills-2011&counted=inferred", 400, "counted=asserted"),
        ("/cell?provision=cbp-9&column=estt", 404, "est"),
        ("/cell?provision=conclusion/1&column=est", 400, "framework="),
        ("/cell?provision=nothing-at-all&column=est", 404, "path"),
        ("/cell?provision=cbp-9", 400, "column"),
        ("?format=pdf", 406, "csv"),
    ],
)
def test_bad_questions_are_answered_with_a_way_out(served: str, query: str, status: int, words: str) -> None:
    answer = httpx.get(f"{served}/coverage{query}", headers={"Accept": "application/json"}, timeout=60)
    assert answer.status_code == status
    assert words in answer.text
    told = httpx.get(f"{served}/coverage{query}", headers={"Accept": "text/html"}, timeout=60)
    assert told.status_code == status


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_pages_are_read_in_three_languages(served: str, language: str) -> None:
    for path in (
        "/coverage?",
        "/coverage?by=year&",
        "/coverage?by=theme&counted=inferred&",
        "/coverage?framework=eu-handbook-conclusions-2007&by=evidence-type&",
        "/coverage?framework=coe-guide-2011&by=document&",
        "/coverage/cell?provision=cbp-9&column=est&",
        "/coverage/cell?provision=cbp-9&column=dnk&",
        "/coverage/cell?by=area&provision=cbp-9&column=not-stated&counted=primary&",
    ):
        shown = page(served, f"{path}lang={language}")
        assert shown.get("lang") == language
        links = [link.get("href") or "" for link in with_class(shown, "cell", "a")]
        assert all(f"lang={language}" in link for link in links)


@pytest.mark.browser
def test_heads_stay_in_sight_while_cells_are_scrolled(visit: Visit) -> None:
    shown = visit.open("/coverage?framework=eu-handbook-conclusions-2007")
    shown.evaluate("document.querySelector('.matrix').scrollTo(400, 2000)")
    box = shown.locator(".matrix").bounding_box()
    assert box is not None
    head = shown.locator(".matrix thead th").first.bounding_box()
    assert head is not None
    assert abs(head["x"] - box["x"]) < 3
    assert abs(head["y"] - box["y"]) < 3
    side = shown.locator(".matrix tbody th").nth(30).bounding_box()
    assert side is not None
    assert abs(side["x"] - box["x"]) < 3


@pytest.mark.browser
def test_another_matrix_and_a_cell_are_reached_without_scripts(scriptless: Visit) -> None:
    shown = scriptless.open("/coverage?lang=fr")
    shown.get_by_label("Cadre").select_option("coe-interaction-2011")
    shown.get_by_label("Selon", exact=True).select_option("level")
    shown.get_by_role("button", name="Afficher").click()
    assert "framework=coe-interaction-2011" in shown.url
    assert "lang=fr" in shown.url
    assert shown.locator(".matrix tbody tr").count() == 9
    shown.locator(".matrix a.cell.evidenced").first.click()
    assert "/coverage/cell?" in shown.url
    assert shown.locator("section.found").count() >= 1
