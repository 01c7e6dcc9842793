"""Coverage: three values with their denominators, in agreement with the graph, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError
from pyoxigraph import QuerySolutions, Store

from query_service.coverage.facts import DIMENSIONS
from query_service.coverage.matrix import coverage, coverage_cell
from query_service.coverage.output import render_cell, render_coverage
from query_service.coverage.question import DIMENSION_NAMES, FORMAT_NAMES, Counted, CoverageQuestion, DimensionName, format_of
from query_service.coverage.records import Cell, CellDetail, Coverage
from query_service.errors import MalformedRequest, NotAcceptable, UnknownItem
from query_service.snapshot import Snapshot, read_snapshot
from tests.checkout import run_ipg
from tests.served import VERSION, write_snapshot

FORMULA = "=HYPERLINK(A1)"
RATIONALE = "Neighbours of the first town meet on Fridays."
#: Two practices reviewed, one in two countries; one that nobody reviewed; a principle to which only a conclusion leads.
SMALL = f"""
BASE <https://w3id.org/ipg/>
PREFIX ipg: <ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>

<graph/ontology> {{
  ipg:contributesTo owl:propertyChainAxiom ( ipg:implements ipg:elaborates ) .
  ipg:implementsPrinciple rdfs:subPropertyOf ipg:contributesTo .
}}
<graph/vocabulary> {{
  <id/place/est> skos:inScheme <id/scheme/places> ; skos:prefLabel "Estonia"@en .
  <id/place/est-valga> skos:inScheme <id/scheme/places> ; skos:broader <id/place/est> ; skos:prefLabel "Valga"@en .
  <id/place/fra> skos:inScheme <id/scheme/places> ; skos:prefLabel "France"@en .
  <id/place/ukr> skos:inScheme <id/scheme/places> ; skos:prefLabel "Ukraine"@en .
  <id/target-group/migrants> skos:inScheme <id/scheme/target-groups> ; skos:prefLabel "Migrants"@en .
  <id/target-group/refugees> skos:inScheme <id/scheme/target-groups> ; skos:broader <id/target-group/migrants> ;
    skos:prefLabel "Refugees"@en .
  <id/theme/culture> skos:inScheme <id/scheme/themes> ; skos:prefLabel "Culture"@en .
  <id/theme/culture/sport> skos:inScheme <id/scheme/themes> ; skos:broader <id/theme/culture> ; skos:prefLabel "Sport"@en .
}}
<graph/source/first> {{
  <id/document/first> a ipg:SourceDocument ; skos:prefLabel "First document"@en .
  <id/framework/eu-cbp-2004> a ipg:Framework ; skos:prefLabel "Principles"@en ; ipg:status ipg:Adopted ;
    ipg:adoptedAs "14615/04" ; dcterms:issued "2004-11-19" ; dcterms:source <id/document/first> .
  <id/framework/notes> a ipg:Framework ; skos:prefLabel "Conclusions"@en .
  <id/framework/unread> a ipg:Framework ; skos:prefLabel "Unread"@en .
  <id/principle/cbp-2> a ipg:Principle, ipg:Provision ; skos:prefLabel "Second"@en ; skos:notation "2" ;
    dcterms:isPartOf <id/framework/eu-cbp-2004> .
  <id/principle/cbp-10> a ipg:Principle, ipg:Provision ; skos:prefLabel "Tenth"@en ; skos:notation "10" ;
    dcterms:isPartOf <id/framework/eu-cbp-2004> .
  <id/principle/cbp-3> a ipg:Principle, ipg:Provision ; skos:prefLabel "{FORMULA}"@en ; skos:notation "3" ;
    dcterms:isPartOf <id/framework/eu-cbp-2004> .
  <id/conclusion/7> a ipg:Conclusion, ipg:Provision ; skos:prefLabel "Seventh"@en ; skos:notation "7" ;
    dcterms:isPartOf <id/framework/notes> ; ipg:handbookEdition <id/framework/eu-handbook-2004> .
  <id/conclusion/8> a ipg:Conclusion, ipg:Provision ; skos:prefLabel "Eighth"@en ; skos:notation "8" ;
    dcterms:isPartOf <id/framework/notes> .
  <id/principle/agreed-1> a ipg:Principle, ipg:Provision ; skos:prefLabel "Agreed"@en ; skos:notation "1" ;
    dcterms:isPartOf <id/framework/unread> .
  <id/conclusion/7> ipg:elaborates <id/principle/cbp-3> .
  <id/practice/two> a ipg:Practice ; skos:prefLabel "Two countries"@en ; dcterms:source <id/document/first> ;
    ipg:country <id/place/est>, <id/place/fra> ; ipg:startYear 2015 .
  <id/practice/one> a ipg:Practice ; skos:prefLabel "One country"@en ; dcterms:source <id/document/first> ;
    ipg:country <id/place/est> ; ipg:targetGroup <id/target-group/refugees> .
  <id/practice/new> a ipg:Practice ; skos:prefLabel "New"@en ; dcterms:source <id/document/first> ;
    ipg:country <id/place/ukr>, <id/place/fra> ; ipg:startYear 2024 .
  <id/passage/first/a> dcterms:source <id/document/first> ; ipg:passageHash "00ff" ;
    oa:hasSelector <id/passage/first/a/position> .
  <id/passage/first/a/position> oa:start 12 ; oa:end 34 .
}}
<graph/curated> {{
  <id/practice/two> ipg:reviewedFor <id/framework/eu-cbp-2004>, <id/framework/notes> ;
    ipg:primaryPrinciple <id/principle/cbp-2> ;
    ipg:implementsPrinciple <id/principle/cbp-2>, <id/principle/cbp-10> ;
    ipg:implements <id/principle/cbp-2>, <id/principle/cbp-10>, <id/conclusion/7> ; dcterms:subject <id/theme/culture/sport> .
  <id/practice/one> ipg:reviewedFor <id/framework/eu-cbp-2004>, <id/framework/notes> ;
    ipg:primaryPrinciple <id/principle/cbp-10> ; ipg:implementsPrinciple <id/principle/cbp-10> ;
    ipg:implements <id/principle/cbp-10> ; dcterms:subject <id/theme/culture> .
  <id/link/a> a ipg:Link ; owl:annotatedSource <id/practice/two> ; owl:annotatedProperty ipg:implements ;
    owl:annotatedTarget <id/principle/cbp-2> ; ipg:strength ipg:Primary ; ipg:basis ipg:EditorialJudgement ;
    ipg:reviewState ipg:JudgedByModel ; ipg:rationale "{RATIONALE}"@en ; sssom:confidence 0.75 ;
    ipg:evidence <id/passage/first/a> .
  <id/link/b> a ipg:Link ; owl:annotatedSource <id/practice/two> ; owl:annotatedProperty ipg:implements ;
    owl:annotatedTarget <id/conclusion/7> ; ipg:basis ipg:EditorialJudgement ; ipg:reviewState ipg:JudgedByModel ;
    ipg:rationale "The club does what the conclusion asks."@en ; ipg:evidence <id/passage/first/a> .
}}
<graph/inferred> {{
  <id/practice/two> ipg:contributesTo <id/principle/cbp-2>, <id/principle/cbp-3>, <id/principle/cbp-10> .
  <id/practice/one> ipg:contributesTo <id/principle/cbp-10> .
}}
"""
Ask = Callable[..., Coverage]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return read_snapshot(write_snapshot(tmp_path_factory.mktemp("coverage") / "snapshot", SMALL))


@pytest.fixture(scope="module")
def real(home: Path) -> Snapshot:
    return read_snapshot(home / "current")


def ask(
    snapshot: Snapshot, by: DimensionName = "country", counted: Counted = "asserted", framework: str = "eu-cbp-2004"
) -> Coverage:
    return coverage(snapshot, CoverageQuestion(framework=framework, by=by, counted=counted))


def cells_of(report: Coverage) -> dict[tuple[str, str], tuple[str, int, int]]:
    """Status, practices found and practices reviewed, by number of the provision and key of the column."""
    return {
        (row.notation, column.key): (cell.status.removeprefix("ipg:"), cell.found, cell.reviewed)
        for row in report.rows
        for column, cell in zip(report.columns, row.cells, strict=True)
    }


# Counting


def test_cells_have_three_values_and_denominators(small: Snapshot) -> None:
    report = ask(small)
    assert [row.notation for row in report.rows] == ["2", "3", "10"]
    assert [(column.key, column.practices, column.reviewed) for column in report.columns] == [
        ("est", 2, 2),
        ("fra", 2, 1),
        ("ukr", 1, 0),
    ]
    assert cells_of(report) == {
        ("2", "est"): ("Evidenced", 1, 2),
        ("2", "fra"): ("Evidenced", 1, 1),
        ("2", "ukr"): ("NotReviewed", 0, 0),
        ("3", "est"): ("ReviewedNoneFound", 0, 2),
        ("3", "fra"): ("ReviewedNoneFound", 0, 1),
        ("3", "ukr"): ("NotReviewed", 0, 0),
        ("10", "est"): ("Evidenced", 2, 2),
        ("10", "fra"): ("Evidenced", 1, 1),
        ("10", "ukr"): ("NotReviewed", 0, 0),
    }


def test_a_practice_in_two_countries_counts_in_each_and_once_in_all(small: Snapshot) -> None:
    report = ask(small)
    assert (report.practices, report.reviewed) == (3, 2)
    assert [(row.total.found, row.total.reviewed) for row in report.rows] == [(1, 2), (0, 2), (2, 2)]
    assert any("counts in each and once in all: 1 of 2 do" in note for note in report.notes)


def test_primary_principles_alone_and_what_follows(small: Snapshot) -> None:
    assert [row.total.found for row in ask(small, counted="primary").rows] == [1, 0, 1]
    inferred = ask(small, counted="inferred")
    assert [row.total.found for row in inferred.rows] == [1, 1, 2]
    assert inferred.links == {"inferred": 3, "ipg:JudgedByModel": 1}


def test_columns_are_the_concepts_and_what_is_not_stated(small: Snapshot) -> None:
    assert [(c.key, c.practices) for c in ask(small, "target-group").columns] == [
        ("migrants", 1),
        ("refugees", 1),
        ("not-stated", 2),
    ]
    assert [(c.key, c.reviewed) for c in ask(small, "theme").columns] == [("culture", 2), ("not-stated", 0)]
    assert [(c.key, c.reviewed) for c in ask(small, "sub-theme").columns] == [("culture/sport", 1), ("not-stated", 1)]
    assert [(c.key, c.reviewed) for c in ask(small, "year").columns] == [("2015", 1), ("2024", 0), ("not-stated", 1)]
    assert [(c.key, c.title) for c in ask(small, "document").columns] == [("first", "First document")]


def test_a_framework_for_which_no_practice_was_read_is_not_reviewed(small: Snapshot) -> None:
    report = ask(small, framework="framework/unread")
    assert not report.coded
    assert report.reviewed == 0
    assert {cell.status for row in report.rows for cell in (*row.cells, row.total)} == {"ipg:NotReviewed"}
    conclusions = ask(small, framework="notes")
    assert conclusions.coded
    assert [(row.edition, row.total.found, row.total.reviewed) for row in conclusions.rows] == [
        ("framework/eu-handbook-2004", 1, 2),
        (None, 0, 2),
    ]


def test_edition_and_documents_are_named(small: Snapshot) -> None:
    report = ask(small)
    assert report.dataset_version == VERSION
    assert (report.framework.status, report.framework.adopted_as, report.framework.issued) == (
        "ipg:Adopted",
        "14615/04",
        "2004-11-19",
    )
    assert [document.title for document in report.framework.documents] == ["First document"]
    assert [(source.path, source.practices, source.reviewed) for source in report.sources] == [("document/first", 3, 2)]


def test_what_leads_nowhere_is_refused(small: Snapshot) -> None:
    with pytest.raises(MalformedRequest, match="Only the Common Basic Principles can be primary"):
        ask(small, counted="primary", framework="notes")
    with pytest.raises(MalformedRequest, match="leads to principles only"):
        ask(small, counted="inferred", framework="notes")
    with pytest.raises(UnknownItem, match="one of eu-cbp-2004, notes, unread"):
        ask(small, framework="eu-cbp-2005")
    with pytest.raises(ValidationError):
        CoverageQuestion.model_validate({"by": "weather"})


# One cell


def test_a_cell_lists_its_practices_with_rationale(small: Snapshot) -> None:
    detail = coverage_cell(small, CoverageQuestion(), "cbp-2", "est")
    assert [finding.practice.path for finding in detail.found] == ["practice/two"]
    assert detail.found[0].primary
    (reason,) = detail.found[0].reasons
    assert reason.link is not None
    assert (reason.link.rationale, reason.link.confidence, reason.link.passages[0].start) == (RATIONALE, 0.75, 12)
    assert [item.path for item in detail.without] == ["practice/one"]
    assert coverage_cell(small, CoverageQuestion(), "2", "France").not_reviewed[0].path == "practice/new"


def test_an_inferred_practice_tells_by_way_of_what(small: Snapshot) -> None:
    detail = coverage_cell(small, CoverageQuestion(counted="inferred"), "cbp-3", "place/fra")
    (reason,) = detail.found[0].reasons
    assert reason.through is not None
    assert (reason.through.path, reason.then) == ("conclusion/7", "ipg:elaborates")
    assert not detail.found[0].primary
    assert b"by way of  Seventh (conclusion/7)" in render_cell(detail, "text")


def test_names_of_rows_and_columns_that_are_not_there(small: Snapshot) -> None:
    with pytest.raises(UnknownItem, match="did you mean est"):
        coverage_cell(small, CoverageQuestion(), "cbp-2", "Estonai")
    with pytest.raises(MalformedRequest, match="principle/cbp-2 to principle/cbp-10"):
        coverage_cell(small, CoverageQuestion(), "conclusion/7", "est")
    assert coverage_cell(small, CoverageQuestion(by="sub-theme"), "2", "sport").column.key == "culture/sport"


# Formats


def table_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_every_row_of_the_table_has_its_denominator_edition_and_version(small: Snapshot) -> None:
    rows = table_of(render_coverage(ask(small), "csv"))
    assert len(rows) == 3 * (3 + 1)
    assert {row["dataset_version"] for row in rows} == {VERSION}
    assert {row["edition"] for row in rows} == {"printed as adopted, adopted as 14615/04, dated 2004-11-19"}
    by_cell = {(row["notation"], row["column"]): row for row in rows}
    assert by_cell["2", "est"]["status"] == "evidenced"
    assert by_cell["3", "est"]["status"] == "reviewed, none found"
    assert by_cell["2", "ukr"]["status"] == "not reviewed"
    assert (by_cell["10", "all"]["practices_found"], by_cell["10", "all"]["practices_reviewed"]) == ("2", "2")


def test_formulas_are_neutralised_unless_raw(small: Snapshot) -> None:
    report = ask(small)
    assert f"'{FORMULA}" in {row["provision_title"] for row in table_of(render_coverage(report, "csv"))}
    assert FORMULA in {row["provision_title"] for row in table_of(render_coverage(report, "csv", raw=True))}
    for raw, shown in ((False, f"'{FORMULA}"), (True, FORMULA)):
        book = load_workbook(io.BytesIO(render_coverage(report, "xlsx", raw=raw)))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert shown in {cell.value for cell in cells}
        assert "f" not in {cell.data_type for cell in cells}


texts = st.text(min_size=1, max_size=12) | st.sampled_from(["=1", "+1", "-1", "@a", "\t=1", "\r1", "'=1"])


@given(title=texts, column=texts)
@settings(deadline=None)
def test_no_title_becomes_a_formula(title: str, column: str) -> None:
    report = made(title, column)
    for row in table_of(render_coverage(report, "csv")):
        assert not row["provision_title"].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert row["provision_title"].removeprefix("'") == title.removeprefix("'")
    (row, _) = table_of(render_coverage(report, "csv", raw=True))
    assert (row["provision_title"], row["column_title"]) == (title, column)
    assert load_workbook(io.BytesIO(render_coverage(report, "xlsx"))).sheetnames == ["Matrix", "Cells", "Notes"]


def made(title: str, column: str) -> Coverage:
    """A report of one cell."""
    cell = {"status": "ipg:Evidenced", "found": 1, "reviewed": 2}
    return Coverage.model_validate_json(
        json.dumps(
            {
                "dataset_version": VERSION,
                "framework": {
                    "path": "framework/f", "title": "F", "status": None, "adopted_as": None, "issued": None, "documents": []
                },
                "by": "type",
                "counted": "asserted",
                "coded": True,
                "links": {},
                "practices": 2,
                "reviewed": 2,
                "in_several": 0,
                "sources": [],
                "columns": [{"key": "c", "path": None, "title": column, "practices": 2, "reviewed": 2}],
                "rows": [
                    {
                        "path": "principle/p", "iri": "https://w3id.org/ipg/id/principle/p", "notation": "1", "title": title,
                        "edition": None, "cells": [cell], "total": cell,
                    }
                ],
                "notes": [],
            }
        )
    )  # fmt: skip


def sheet_of(data: bytes, name: str) -> Worksheet:
    sheet = load_workbook(io.BytesIO(data))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_workbook_has_matrix_cells_and_notes(small: Snapshot) -> None:
    data = render_coverage(ask(small), "xlsx")
    matrix = list(sheet_of(data, "Matrix").iter_rows(values_only=True))
    assert matrix[0][2:] == ("Estonia", "France", "Ukraine", "all")
    assert matrix[1][1:] == ("practices reviewed", 2, 1, 0, 2)
    assert matrix[2] == ("2", "Second", 1, 1, "not reviewed", 1)
    assert matrix[3][2:] == (0, 0, "not reviewed", 0)
    notes = dict(row for row in sheet_of(data, "Notes").iter_rows(values_only=True) if row[0] != "Note")
    assert notes["Dataset version"] == VERSION
    assert notes["Practices"] == "2 of 3 practices reviewed"
    assert {"A number", "none found", "not reviewed"} <= set(notes)


@pytest.mark.parametrize("by", DIMENSION_NAMES)
def test_the_text_has_version_denominator_and_width(small: Snapshot, by: DimensionName) -> None:
    text = render_coverage(ask(small, by), "text").decode()
    assert VERSION in text
    assert "2 of 3 practices reviewed" in text
    assert DIMENSIONS[by].words in text
    assert max(map(len, text.splitlines())) <= 130


def test_the_text_shows_the_three_values(small: Snapshot) -> None:
    lines = render_coverage(ask(small), "text").decode().splitlines()
    assert [line.split() for line in lines if line.startswith(("Estonia", "France", "Ukraine", "all "))] == [
        ["Estonia", "2", "1", "0", "2"],
        ["France", "1", "1", "0", "1"],
        ["Ukraine", "0", "?", "?", "?"],
        ["all", "2", "1", "0", "2"],
    ]


def test_what_is_fewer_stands_across(small: Snapshot) -> None:
    lines = render_coverage(ask(small, "year", framework="notes"), "text").decode().splitlines()
    assert any(line.split() == ["reviewed", "7", "8"] for line in lines)
    lines = render_coverage(ask(small, "document"), "text").decode().splitlines()
    assert any(line.split() == ["practices", "reviewed", "2", "2"] for line in lines)
    assert "A     First document" in lines


@pytest.mark.parametrize("counted", ["asserted", "primary", "inferred"])
def test_json_is_the_model(small: Snapshot, counted: Counted) -> None:
    report = ask(small, counted=counted)
    assert Coverage.model_validate_json(render_coverage(report, "json")) == report
    detail = coverage_cell(small, CoverageQuestion(counted=counted), "cbp-2", "fra")
    assert CellDetail.model_validate_json(render_cell(detail, "json")) == detail


def test_the_cell_in_each_format(small: Snapshot) -> None:
    detail = coverage_cell(small, CoverageQuestion(), "cbp-2", "est")
    text = re.sub(r"\s+", " ", render_cell(detail, "text").decode())
    assert RATIONALE in text
    assert "evidenced, 1 of 2 practices reviewed" in text
    rows = table_of(render_cell(detail, "csv"))
    assert [(row["practice"], row["result"], row["rationale"]) for row in rows] == [
        ("practice/two", "found", RATIONALE),
        ("practice/one", "reviewed, not found", ""),
    ]
    assert sheet_of(render_cell(detail, "xlsx"), "Practices").max_row == 3
    empty = coverage_cell(small, CoverageQuestion(by="level"), "cbp-2", "not-stated")
    assert empty.cell.reviewed == 2
    with pytest.raises(NotAcceptable, match="cannot be drawn"):
        render_cell(detail, "svg")


SVG = "{http://www.w3.org/2000/svg}"


def test_the_figure_tells_values_apart_without_colour(small: Snapshot) -> None:
    report = ask(small)
    data = render_coverage(report, "svg")
    root = fromstring(data)  # noqa: S314 - what we drew ourselves
    words = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert {"Estonia", "France", "Ukraine", "all", "practices reviewed", "not reviewed", "reviewed, none found"} <= set(words)
    assert any(VERSION in line and "2 of 3 practices reviewed" in line for line in words)
    hatched = [
        path for path in root.iter(f"{SVG}path") if "url(#" in (path.get("style") or "") and "fill" in (path.get("style") or "")
    ]
    assert len(hatched) == 3 + 1  # the cells of Ukraine and the legend
    assert data == render_coverage(report, "svg")
    assert render_coverage(report, "png").startswith(b"\x89PNG")


# The real snapshot


def absence(snapshot: Snapshot, dimension: str) -> dict[tuple[str, str], tuple[str, int, int]]:
    """The cells of graph/absence by provision and place or level."""
    base = snapshot.manifest.base
    found = Store.read_only(str(snapshot.store)).query(
        f"PREFIX ipg: <{base}ontology#> SELECT ?provision ?place ?status ?found ?reviewed WHERE {{"
        f" GRAPH <{base}graph/absence> {{ ?cell a ipg:CoverageCell ; ipg:forProvision ?provision ; ipg:{dimension} ?place ;"
        " ipg:coverageStatus ?status ; ipg:practicesFound ?found ; ipg:practicesReviewed ?reviewed } }"
    )
    assert isinstance(found, QuerySolutions)
    rows = [[value.value for value in row] for row in found]
    return {
        (row[0].removeprefix(f"{base}id/"), row[1].removeprefix(f"{base}id/")): (
            row[2].removeprefix(f"{base}ontology#"),
            int(row[3]),
            int(row[4]),
        )
        for row in rows
    }


@pytest.mark.parametrize(("by", "dimension"), [("country", "forCountry"), ("level", "forLevel")])
def test_the_matrix_agrees_with_the_cells_of_the_graph(real: Snapshot, by: DimensionName, dimension: str) -> None:
    report = ask(real, by)
    laid_out = {
        (row.path, column.path): (cell.status.removeprefix("ipg:"), cell.found, cell.reviewed)
        for row in report.rows
        for column, cell in zip(report.columns, row.cells, strict=True)
        if column.path
    }
    stored = absence(real, dimension)
    assert stored == laid_out if report.coded else not stored


@pytest.mark.parametrize("framework", ["eu-cbp-2004", "eu-handbook-conclusions-2007", "coe-interaction-2011", "coe-skills-2011"])
def test_figures_fit_each_other(real: Snapshot, framework: str) -> None:
    for by in ("country", "theme", "year"):
        report = ask(real, by, framework=framework)
        assert sum(source.practices for source in report.sources) == report.practices == 92
        assert sum(source.reviewed for source in report.sources) == report.reviewed
        for row in report.rows:
            assert all(fits(cell) for cell in (*row.cells, row.total))
            assert [cell.reviewed for cell in row.cells] == [column.reviewed for column in report.columns]
            assert max(cell.found for cell in row.cells) <= row.total.found <= sum(cell.found for cell in row.cells)


def fits(cell: Cell) -> bool:
    status = "Evidenced" if cell.found else "ReviewedNoneFound" if cell.reviewed else "NotReviewed"
    return cell.found <= cell.reviewed and cell.status == f"ipg:{status}"


def test_each_reviewed_practice_has_one_primary_principle(real: Snapshot) -> None:
    report = ask(real, counted="primary")
    assert sum(row.total.found for row in report.rows) == report.reviewed
    asserted, inferred = ask(real), ask(real, counted="inferred")
    for one, more, most in zip(report.rows, asserted.rows, inferred.rows, strict=True):
        assert one.total.found <= more.total.found <= most.total.found


def test_every_practice_of_a_cell_has_a_reason(real: Snapshot) -> None:
    for counted in ("asserted", "inferred"):
        detail = coverage_cell(real, CoverageQuestion(counted=counted), "cbp-7", "esp")
        assert len(detail.found) == detail.cell.found
        assert all(finding.reasons for finding in detail.found)
        assert all(reason.link and reason.link.passages for finding in detail.found for reason in finding.reasons)


def test_a_figure_of_all_countries_can_be_drawn(real: Snapshot) -> None:
    report = ask(real)
    root = fromstring(render_coverage(report, "svg"))  # noqa: S314 - what we drew ourselves
    words = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert {column.title for column in report.columns} <= words
    assert len(report.columns) >= 28


# The command


def test_the_command_writes_the_format_that_the_file_says(home: Path, tmp_path: Path) -> None:
    for name in ("matrix.csv", "matrix.png"):
        result = run_ipg("coverage", "--by", "level", "--output", tmp_path / name, IPG_HOME=home)
        assert result.returncode == 0, result.stderr
        assert result.stdout == ""
    assert table_of((tmp_path / "matrix.csv").read_bytes())[0]["by"] == "level"
    assert (tmp_path / "matrix.png").read_bytes().startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["matrix.csv", "matrix.png"]


def test_the_command_prints_a_table(home: Path) -> None:
    result = run_ipg("coverage", "--cell", "cbp-1", "est", "--format", "json", IPG_HOME=home)
    assert CellDetail.model_validate_json(result.stdout).column.title == "Estonia"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--primary", "--inferred"], 2, "not both"),
        (["--by", "weather"], 2, "country"),
        (["--output", "matrix.doc"], 2, "does not end in a known format"),
        (["--framework", "eu-cbp-2005"], 1, "one of coe-agreed-principles-2010"),
        (["--cell", "cbp-1", "atlantis"], 1, "No column by country"),
    ],
)
def test_wrong_usage_says_what_to_mend(home: Path, arguments: list[str], status: int, message: str) -> None:
    result = run_ipg("coverage", *arguments, IPG_HOME=home)
    assert result.returncode == status
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_every_format_has_an_ending() -> None:
    endings = ("txt", "csv", "json", "xlsx", "svg", "png")
    assert [format_of(Path(f"matrix.{ending}")) for ending in endings] == list(FORMAT_NAMES)
    assert format_of(Path("matrix.doc")) is None
