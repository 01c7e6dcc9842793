"""Workbooks (XLSX): the one place that writes them.

Text is stored as text, which no spreadsheet program runs; what would be a formula is neutralised as well, so that it
stays harmless when the sheet is saved in another format.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from query_service.cells import neutralise

__all__ = ["Book", "Value"]

Value = str | int | float
#: Zero reads "none found" and stays a number.
_FOUND_FORMAT: Final = '0;-0;"none found"'
_WIDTHS: Final = {"provision_title": 50, "practice_title": 50, "rationale": 80, "then_rationale": 80, "framework_title": 40}
_WIDTH: Final = 18
#: The earliest time that a ZIP archive can say (APPNOTE.TXT, 4.4.6).
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


class Book:
    """A workbook in which every text is text."""

    def __init__(self, *, raw: bool) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 - heavy, and needed for this one format

        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._raw = raw

    def table(self, title: str, rows: Sequence[Mapping[str, Value]], widths: Mapping[str, int] | None = None) -> None:
        """A sheet with a header and one line per row.

        :param widths: widths of columns by their names, where they are not those of the tables that all tools write.
        """
        sheet = self._sheet(title, [list(rows[0] if rows else ()), *(list(row.values()) for row in rows)])
        for place, name in enumerate(rows[0] if rows else ()):
            sheet.column_dimensions[_letter(place)].width = (widths or _WIDTHS).get(name, _WIDTH)
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
        """The workbook as a file: the same bytes for the same content, whenever it is written."""
        file = io.BytesIO()
        self._book.save(file)
        return _without_clock(file.getvalue())

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


def _without_clock(workbook: bytes) -> bytes:
    """A workbook that does not say when it was written, which the library would have it do in two places."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", content, flags=re.DOTALL)
            new.writestr(zipfile.ZipInfo(entry.filename, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
