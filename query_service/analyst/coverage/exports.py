"""Coverages as files that pages offer: what the tool writes, with IRIs, the licence and the address of the page."""

from __future__ import annotations

from query_service.analyst.coverage.cell_page import cell_for_files
from query_service.analyst.coverage.laid_out import kept_coverage
from query_service.analyst.desk import View
from query_service.analyst.tables import about_data, as_csv, as_json
from query_service.coverage.output import render_coverage
from query_service.coverage.question import CoverageFormat, CoverageQuestion
from query_service.coverage.tables import TableRow, cell_rows, matrix_rows
from query_service.coverage.words import cell_heading, heading_of
from query_service.coverage.workbook import render_cell_workbook, render_workbook

__all__ = ["write_cell", "write_coverage"]

_VERSION = "dataset_version"


def write_coverage(view: View, question: CoverageQuestion, form: CoverageFormat) -> bytes:
    """A matrix as a file.

    :raises ServiceError: as :func:`query_service.coverage.matrix.coverage` does.
    """
    report = kept_coverage(view, question)
    if form == "json":
        return as_json(view, heading_of(report), report.model_dump(mode="json"))
    if form == "csv":
        rows = [row | {"provision_iri": view.things.iri(str(row["provision"]))} for row in matrix_rows(report)]
        return as_csv(view, rows, _columns(rows))
    if form == "xlsx":
        return render_workbook(report, raw=view.raw, more=about_data(view, heading_of(report)))
    return render_coverage(report, form)


def write_cell(view: View, question: CoverageQuestion, provision: str, column: str, form: CoverageFormat) -> bytes:
    """A cell as a file; parameters and errors as of :func:`cell_for_files`."""
    detail = cell_for_files(view, question, provision, column)
    if form == "json":
        return as_json(view, cell_heading(detail), detail.model_dump(mode="json"))
    if form == "csv":
        iri = view.things.iri
        rows = [
            row
            | {
                "provision_iri": iri(str(row["provision"])),
                "practice_iri": iri(str(row["practice"])) if row["practice"] else "",
            }
            for row in cell_rows(detail)
        ]
        return as_csv(view, rows, _columns(rows))
    return render_cell_workbook(detail, raw=view.raw, more=about_data(view, cell_heading(detail)))


def _columns(rows: list[TableRow]) -> list[str]:
    """Names of the columns; the version ends every row of a page."""
    return [name for name in rows[0] if name != _VERSION] if rows else []
