"""A coverage as a workbook (XLSX): the matrix, its cells as rows, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from query_service.coverage.records import CellDetail, Coverage
from query_service.coverage.tables import cell_rows, matrix_rows
from query_service.coverage.words import (
    ALL,
    STATUS_WORDS,
    cell_heading,
    denominator_of,
    edition_of,
    heading_of,
    printed_in,
    provisions_of,
    review_of,
    sources_of,
)
from query_service.workbook import Book, Value

__all__ = ["render_cell_workbook", "render_workbook"]

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def render_workbook(report: Coverage, *, raw: bool = False, more: Mapping[str, str] = _NOTHING) -> bytes:
    """The matrix as a workbook.

    :param raw: leave text as it is, also where a spreadsheet program would take it for a formula.
    :param more: what else the notes are to say, by name.
    """
    book = Book(raw=raw)
    _write_matrix(book, report)
    book.table("Cells", list(matrix_rows(report)))
    book.notes(
        [
            ("Shows", heading_of(report)),
            ("Dataset version", report.dataset_version),
            ("Edition", edition_of(report.framework)),
            ("Printed in", printed_in(report.framework)),
            ("Provisions", provisions_of(report)),
            ("Practices", denominator_of(report)),
            ("Practices by document", sources_of(report)),
            ("Links counted", review_of(report)),
            *_values(),
            *(("Note", note) for note in report.notes),
            *more.items(),
        ]
    )
    return book.bytes()


def render_cell_workbook(detail: CellDetail, *, raw: bool = False, more: Mapping[str, str] = _NOTHING) -> bytes:
    """One cell as a workbook; parameters as :func:`render_workbook`."""
    book = Book(raw=raw)
    book.table("Practices", list(cell_rows(detail)))
    book.notes(
        [
            ("Shows", cell_heading(detail)),
            ("Dataset version", detail.dataset_version),
            ("Edition", edition_of(detail.framework)),
            ("Printed in", printed_in(detail.framework)),
            *(("Note", note) for note in detail.notes),
            *more.items(),
        ]
    )
    return book.bytes()


def _values() -> list[tuple[str, str]]:
    words = STATUS_WORDS
    return [
        ("A number", f"{words['ipg:Evidenced']}: so many practices were found among those reviewed"),
        ("none found", f"{words['ipg:ReviewedNoneFound']}: the number in the cell is 0"),
        ("not reviewed", f"{words['ipg:NotReviewed']}: nothing is known; dotted"),
    ]


def _write_matrix(book: Book, report: Coverage) -> None:
    rows: list[list[Value]] = [
        ["", heading_of(report), *(column.title for column in report.columns), ALL],
        ["", "practices reviewed", *(column.reviewed for column in report.columns), report.reviewed],
    ]
    for row in report.rows:
        cells = (*row.cells, row.total)
        values: list[Value] = [STATUS_WORDS[cell.status] if cell.status == "ipg:NotReviewed" else cell.found for cell in cells]
        rows.append([row.notation, row.title, *values])
    book.matrix("Matrix", rows)
