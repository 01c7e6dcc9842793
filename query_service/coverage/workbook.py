"""A coverage as a workbook (XLSX): the matrix, its cells as rows, and notes. The one place that writes workbooks.

Text is stored as text, which no spreadsheet program runs; what would be a formula is neutralised as well, so that it
stays harmless when the sheet is saved in another format.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from query_service.cells import neutralise
from query_service.coverage.records import CellDetail, Coverage
from query_service.coverage.tables import TableRow, cell_rows, matrix_rows
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

__all__ = ["render_cell_workbook", "render_workbook"]

Value = str | int | float
#: Zero reads "none found" and stays a number.
_FOUND_FORMAT: Final = '0;-0;"none found"'
_WIDTHS: Final = {"provision_title": 50, "practice_title": 50, "rationale": 80, "then_rationale": 80, "framework_title": 40}
_WIDTH: Final = 18


def render_workbook(report: Coverage, *, raw: bool = False) -> bytes:
    """The matrix as a workbook.

    :param raw: leave text as it is, also where a spreadsheet program would take it for a formula.
    """
    book = _Book(raw=raw)
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
        ]
    )
    return book.bytes()


def render_cell_workbook(detail: CellDetail, *, raw: bool = False) -> bytes:
    """One cell as a workbook; parameters as :func:`render_workbook`."""
    book = _Book(raw=raw)
    book.table("Practices", list(cell_rows(detail)))
    book.notes(
        [
            ("Shows", cell_heading(detail)),
            ("Dataset version", detail.dataset_version),
            ("Edition", edition_of(detail.framework)),
            ("Printed in", printed_in(detail.framework)),
            *(("Note", note) for note in detail.notes),
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


def _write_matrix(book: _Book, report: Coverage) -> None:
    rows: list[list[Value]] = [
        ["", heading_of(report), *(column.title for column in report.columns), ALL],
        ["", "practices reviewed", *(column.reviewed for column in report.columns), report.reviewed],
    ]
    for row in report.rows:
        cells = (*row.cells, row.total)
        values: list[Value] = [STATUS_WORDS[cell.status] if cell.status == "ipg:NotReviewed" else cell.found for cell in cells]
        rows.append([row.notation, row.title, *values])
    book.matrix("Matrix", rows)


class _Book:
    """A workbook in which every text is text."""

    def __init__(self, *, raw: bool) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 - heavy, and needed for this one format

        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._raw = raw

    def table(self, title: str, rows: Sequence[TableRow]) -> None:
        """A sheet with a header and one line per row."""
        sheet = self._sheet(title, [list(rows[0] if rows else ()), *(list(row.values()) for row in rows)])
        for place, name in enumerate(rows[0] if rows else ()):
            sheet.column_dimensions[_letter(place)].width = _WIDTHS.get(name, _WIDTH)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions

    def notes(self, pairs: Iterable[tuple[str, str]]) -> None:
        """A sheet of names and texts."""
        from openpyxl.styles import Alignment  # noqa: PLC0415

        sheet = self._sheet("Notes", [list(pair) for pair in pairs])
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 110
        for (cell,) in sheet.iter_rows(min_col=2, max_col=2):
            cell.alignment = Alignment(wrap_text=True, vertical="top")

    def matrix(self, title: str, rows: Sequence[Sequence[Value]]) -> None:
        """A sheet with two lines of headers and two columns of labels; the three values differ in more than colour."""
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

        sheet = self._sheet(title, rows)
        for cell in sheet[1]:
            cell.alignment = Alignment(text_rotation=90 if cell.column > 2 else 0, wrap_text=True, vertical="bottom")
            cell.font = Font(bold=True)
        for line in sheet.iter_rows(min_row=3, min_col=3):
            for cell in line:
                cell.alignment = Alignment(horizontal="center")
                if isinstance(cell.value, str):
                    cell.fill = PatternFill("gray125")
                else:
                    cell.number_format = _FOUND_FORMAT
                    cell.font = Font(bold=bool(cell.value))
        sheet.row_dimensions[1].height = 160
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 6, 72
        for place in range(2, len(rows[0])):
            sheet.column_dimensions[_letter(place)].width = 12
        sheet.freeze_panes = "C3"

    def bytes(self) -> bytes:
        """The workbook as a file."""
        file = io.BytesIO()
        self._book.save(file)
        return file.getvalue()

    def _sheet(self, title: str, rows: Sequence[Sequence[Value]]) -> Any:  # openpyxl has no types
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

        sheet = self._book.create_sheet(title)
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                cell = sheet.cell(line, place)
                if isinstance(value, str):
                    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
                    cell.value = text if self._raw else neutralise(text)
                    cell.data_type = "s"  # openpyxl takes text that begins with "=" for a formula
                else:
                    cell.value = value
        return sheet


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return str(get_column_letter(place + 1))
