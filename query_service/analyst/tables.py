"""Rows as the tables that leave a page: CSV and workbooks, safe in spreadsheets unless cells are wanted as they are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from query_service.analyst.desk import View
from query_service.cells import neutralise
from query_service.workbook import Book, Value

__all__ = ["Row", "about_data", "as_csv", "as_json", "as_workbook"]

#: Values by the name of their column, in the order of the columns.
Row = Mapping[str, Value]


def about_data(view: View, what: str) -> dict[str, str]:
    """What every file says of itself.

    :param what: what it holds.
    """
    address = f"{view.site.home.rstrip('/')}/{view.reading.here}"
    return {
        "what": what,
        "dataset": view.site.dataset_title,
        "dataset_version": view.analysis.version,
        "licence": view.site.licence or "",
        "address": address,
        "provenance": next((dataset.first("dcterms:provenance") for dataset in view.things.of("dcat:Dataset").values()), ""),
    }


def as_csv(view: View, rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    """Rows as CSV (RFC 4180); each carries the dataset version and its licence.

    :param columns: names of the columns, for a table without rows too.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*columns, "dataset_version", "licence"])
    ends = [view.analysis.version, view.site.licence or ""]
    for row in rows:
        cells: Iterable[Value] = [*(row.get(name, "") for name in columns), *ends]
        writer.writerow([cell if view.raw or not isinstance(cell, str) else neutralise(cell) for cell in cells])
    return file.getvalue().encode()


def as_workbook(view: View, what: str, sheets: Mapping[str, Sequence[Row]], notes: Mapping[str, str] | None = None) -> bytes:
    """Rows as a workbook, with a sheet of notes that says what it is, of which version and under which licence.

    :param what: what it holds.
    :param sheets: rows by the title of their sheet.
    :param notes: more to be said.
    """
    book = Book(raw=view.raw)
    book.notes((about_data(view, what) | dict(notes or {})).items())
    for title, rows in sheets.items():
        book.table(title, rows)
    return book.bytes()


def as_json(view: View, what: str, content: Mapping[str, Any]) -> bytes:
    """Content as JSON, with what it is, its version and licence before it."""
    return (json.dumps(about_data(view, what) | dict(content), ensure_ascii=False, indent=1) + "\n").encode()
