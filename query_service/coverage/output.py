"""A coverage as text, CSV, JSON, workbook and figure: the same cells in each, with denominators, edition and dataset version."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from query_service.cells import neutralise
from query_service.coverage.plot import draw_coverage
from query_service.coverage.question import CoverageFormat
from query_service.coverage.records import CellDetail, Coverage
from query_service.coverage.tables import TableRow, cell_rows, matrix_rows
from query_service.coverage.text import render_cell_text, render_text
from query_service.coverage.workbook import render_cell_workbook, render_workbook
from query_service.errors import NotAcceptable

__all__ = ["render_cell", "render_coverage"]


def render_coverage(report: Coverage, form: CoverageFormat, *, raw: bool = False) -> bytes:
    """Write a matrix.

    :param raw: leave cells of tables as they are, also those that a spreadsheet program would run.
    """
    if form == "text":
        return render_text(report).encode()
    if form == "csv":
        return _csv(list(matrix_rows(report)), raw=raw)
    if form == "json":
        return (report.model_dump_json(indent=2) + "\n").encode()
    if form == "xlsx":
        return render_workbook(report, raw=raw)
    return draw_coverage(report, form)


def render_cell(detail: CellDetail, form: CoverageFormat, *, raw: bool = False) -> bytes:
    """Write one cell with its practices; parameters as :func:`render_coverage`.

    :raises NotAcceptable: for a figure: one cell has none.
    """
    if form == "text":
        return render_cell_text(detail).encode()
    if form == "csv":
        return _csv(list(cell_rows(detail)), raw=raw)
    if form == "json":
        return (detail.model_dump_json(indent=2) + "\n").encode()
    if form == "xlsx":
        return render_cell_workbook(detail, raw=raw)
    raise NotAcceptable(
        "One cell cannot be drawn.", found=form, expected="text, csv, json or xlsx", mend="leave --cell out to draw the matrix"
    )


def _csv(rows: Sequence[TableRow], *, raw: bool) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.writer(table)  # RFC 4180: line ends are CR LF
    if rows:
        writer.writerow(rows[0])
        writer.writerows(_safe(row.values(), raw=raw) for row in rows)
    return table.getvalue().encode()


def _safe(values: Iterable[str | float], *, raw: bool) -> list[str | float]:
    return [neutralise(value) if isinstance(value, str) and not raw else value for value in values]
