"""Tables of practices, provisions, links, organisations and coverage, as CSV with its metadata and as a workbook.

A cell with several values has them in order, between them :data:`SEPARATOR`. Beside IRIs of items stand their labels in
English, French and German, in the same order; where an item has none in French or German, the English one stands there.
A text that exists in no such language leaves its cell blank.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from query_service.cells import neutralise
from query_service.dumps.columns import TABLES, Column, Table
from query_service.dumps.records import DumpFile, file_name
from query_service.item_facts import LANGUAGES, ItemFacts, Value
from query_service.snapshot import Snapshot
from query_service.workbook import Book

__all__ = ["SEPARATOR", "table_files"]

#: Between the values of one cell (``separator`` in https://www.w3.org/TR/tabular-metadata/#cells).
SEPARATOR: Final = " | "
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Field(NamedTuple):
    """One column as it is written: a column of the recipe, in one language where there are several."""

    name: str
    column: Column
    language: str | None = None

    @property
    def many(self) -> bool:
        if not self.column.property:
            return False
        return self.column.kind in {"items", "users"} or (self.column.kind == "values" and self.column.datatype in _LISTED)

    @property
    def datatype(self) -> str:
        return "anyURI" if self.column.kind in {"items", "users"} and not self.language else self.column.datatype


#: Datatypes of which an item may have several values; of numbers, dates and truth values it has one.
_LISTED: Final = {"string", "anyURI"}


def table_files(snapshot: Snapshot, facts: ItemFacts) -> Iterator[DumpFile]:
    """Files of all tables: CSV for spreadsheets, CSV with cells as they are, metadata of both, and one workbook."""
    sheets = {table: _rows(table, facts) for table in TABLES}
    for table, rows in sheets.items():
        for raw in (False, True):
            name = file_name(snapshot, f"-{table.name}{'-raw' if raw else ''}.csv")
            title = f"{table.titles[0]}{', cells as they are' if raw else ', safe in spreadsheets'}"
            yield DumpFile(name, _csv(rows, raw=raw), title, "tables", "text/csv")
            about = json.dumps(_metadata(snapshot, facts, table, name, raw=raw), ensure_ascii=False, indent=1) + "\n"
            # The place where readers of CSV on the Web look (https://www.w3.org/TR/tabular-data-model/#standard-file-metadata).
            yield DumpFile(
                f"{name}-metadata.json", about.encode(), f"{title}: metadata (CSVW)", "tables", "application/csvm+json"
            )
    book = _workbook(snapshot, facts, sheets)
    yield DumpFile(file_name(snapshot, "-tables.xlsx"), book, "All tables as a workbook", "tables", _XLSX)


def _fields(table: Table) -> Iterator[_Field]:
    yield _Field(table.key, Column(table.key, "", "values", (table.key,) * 3, "IRI of the item", "anyURI"))
    for column in table.columns:
        if column.kind != "text":
            yield _Field(column.name, column)
        if column.kind not in {"values", "classes"}:
            for language in LANGUAGES:
                yield _Field(f"{column.name}_{language}", column, language)


def _rows(table: Table, facts: ItemFacts) -> list[dict[str, str]]:
    users = facts.uses(table.of) if any(column.kind == "users" for column in table.columns) else {}
    fields = list(_fields(table))
    rows = []
    for item, values in facts.members(table.of).items():
        cells = {}
        for field in fields[1:]:
            there = users.get(item, {}) if field.column.kind == "users" else values
            cells[field.name] = SEPARATOR.join(_cell(field, there.get(facts.expand(field.column.property), ()), facts))
        rows.append({table.key: item, **cells})
    return rows


def _cell(field: _Field, values: tuple[Value, ...], facts: ItemFacts) -> Iterator[str]:
    for value in values:
        if field.column.kind == "text":
            if value.language == field.language:
                yield _line(value.text)
        elif field.column.kind == "classes":
            name = facts.compact(value.text)
            if name.startswith("ipg:") and name != "ipg:Provision":
                yield name
        elif field.language:
            yield _line(facts.label(value.text, field.language))
        else:
            yield _line(value.text)


def _line(text: str) -> str:
    """A text that does not look like several values."""
    return text.replace(SEPARATOR, " / ")


def _csv(rows: list[dict[str, str]], *, raw: bool) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)  # its line ends are those of RFC 4180
    writer.writerow(rows[0] if rows else ())
    writer.writerows([cell if raw else neutralise(cell) for cell in row.values()] for row in rows)
    return file.getvalue().encode()


def _metadata(snapshot: Snapshot, facts: ItemFacts, table: Table, name: str, *, raw: bool) -> Mapping[str, Any]:
    safe = "" if raw else " An apostrophe stands before what a spreadsheet would run as a formula."
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": _in_languages(table.titles),
        "dc:description": table.note + safe,
        "dc:license": {"@id": facts.licence},
        "dc:provenance": facts.provenance,
        "dc:isPartOf": {"@id": facts.dataset},
        "schema:version": snapshot.version,
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {
            "columns": [_describe(field, facts) for field in _fields(table)],
            "primaryKey": table.key,
            "aboutUrl": f"{{+{table.key}}}",
        },
    }


def _describe(field: _Field, facts: ItemFacts) -> dict[str, Any]:
    column = field.column
    described: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "rdfs:label": _in_languages(column.titles),
        "dc:description": _note(field),
        "datatype": field.datatype,
    }
    if field.language and column.kind == "text":
        described["lang"] = field.language
    if field.many:
        described["separator"] = SEPARATOR
    if column.property and not field.language and column.kind != "users":
        described["propertyUrl"] = facts.expand(column.property)
    if not column.property:
        described["required"] = True
    return described


def _note(field: _Field) -> str:
    if field.language and field.column.kind != "text":
        return f"{field.column.note}: label, language {field.language}, else English"
    return field.column.note + (f", language {field.language}" if field.language else "")


def _in_languages(titles: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"@value": title, "@language": language} for language, title in zip(LANGUAGES, titles, strict=True)]


def _workbook(snapshot: Snapshot, facts: ItemFacts, sheets: Mapping[Table, list[dict[str, str]]]) -> bytes:
    book = Book(raw=False)
    book.notes(
        [
            ("Dataset", facts.label(facts.dataset)),
            ("Dataset version", snapshot.version),
            ("Licence", facts.licence),
            ("Provenance", facts.provenance),
            ("Several values", f"stand in one cell with {SEPARATOR.strip()!r} between them"),
            ("Blank cells", "mean that nothing is stated, never that there is none"),
            *((table.titles[0], table.note) for table in sheets),
        ]
    )
    for table, rows in sheets.items():
        numbers = {field.name for field in _fields(table) if field.datatype in {"integer", "decimal"}}
        book.table(table.titles[0], [{n: _number(c) if c and n in numbers else c for n, c in row.items()} for row in rows])
    book.table(
        "Columns",
        [
            {
                "table": table.titles[0],
                "column": field.name,
                "title_en": field.column.titles[0],
                "title_fr": field.column.titles[1],
                "title_de": field.column.titles[2],
                "holds": _note(field),
                "property": field.column.property,
            }
            for table in sheets
            for field in _fields(table)
        ],
    )
    return book.bytes()


def _number(cell: str) -> int | float:
    return float(cell) if "." in cell else int(cell)
