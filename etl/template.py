"""Read practices in the common template from Markdown, CSV or XLSX files.

The template is that of the compendium of 2024: title, type, area of intervention, duration, purpose, stimulus, process,
impact, references; a contribution adds the country, and may add a locality. A file's rows are checked before anything
is kept; every message names the file and the line, row or column.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import Field, ValidationError

from etl.errors import RecordError
from etl.records import Record

__all__ = ["LABELS", "TemplateEntry", "read_markdown", "read_template_file", "render_markdown"]

#: Printed label of each template field, in the order of the template.
LABELS = {
    "country": "Country",
    "locality": "Locality",
    "type": "Type",
    "area": "Area of intervention",
    "duration": "Duration",
    "purpose": "Purpose",
    "stimulus": "Stimulus",
    "process": "Process",
    "impact": "Impact",
    "references": "References",
}
_BY_LABEL = {label.casefold(): name for name, label in LABELS.items()} | {"stimulus/rationale": "stimulus", "title": "title"}
#: A line that looks like a label: a few words and a colon, then white space or the end.
_LABEL_LINE = re.compile(r"^(?:\*\*)?([A-Z][\w /-]{1,40}?)(?:\*\*)?:(?:\*\*)?(?=\s|$)[ \t]*(.*)$")

MAX_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 50_000_000
MAX_ROWS = 1_000

Short = Annotated[str, Field(min_length=1, max_length=300)]
Long = Annotated[str, Field(min_length=1, max_length=20_000)]


class TemplateEntry(Record):
    """One practice as its contributor wrote it.

    :ivar country: names or codes, several separated by semicolons.
    """

    title: Short
    country: Short
    locality: Short | None = None
    type: Short
    area: Short
    duration: Short | None = None
    purpose: Long
    stimulus: Long | None = None
    process: Long | None = None
    impact: Long | None = None
    references: Long | None = None


def read_template_file(path: Path) -> list[TemplateEntry]:
    """Read the practices of a file: one of a Markdown file, one a row of CSV or XLSX.

    :raises RecordError: naming file and line, row or column of what is wrong.
    """
    readers = {".md": _read_markdown, ".csv": _read_csv, ".xlsx": _read_xlsx}
    if path.suffix.lower() not in readers:
        raise RecordError(str(path), f"ends in {path.suffix!r}", "a file ending in .md, .csv or .xlsx", "save it in one of these")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RecordError(
            str(path), f"cannot be read ({error.strerror})", "a readable file", "check path and permissions"
        ) from error
    if len(raw) > MAX_BYTES:
        raise RecordError(str(path), f"has {len(raw)} bytes", f"at most {MAX_BYTES}", "split it")
    return [_validate(where, fields) for where, fields in readers[path.suffix.lower()](path, raw)]


def read_markdown(name: str, text: str) -> TemplateEntry:
    """Read one practice from Markdown text.

    :param name: of the file, for messages.
    :raises RecordError: naming the line of what is wrong.
    """
    return _validate(name, _parse_markdown(name, text))


Row = tuple[str, dict[str, str]]


def _decode(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RecordError(
            f"{path}: line {line}", f"byte 0x{raw[error.start]:02x} is not UTF-8", "UTF-8 text", "save the file as UTF-8"
        ) from error


def _read_markdown(path: Path, raw: bytes) -> Iterator[Row]:
    yield str(path), _parse_markdown(str(path), _decode(path, raw))


def _parse_markdown(name: str, text: str) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    current: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{name}: line {number}"
        label = _LABEL_LINE.match(line)
        if line.startswith("# ") and "title" not in fields:
            fields["title"], current = [line[2:].strip()], None
        elif label:
            current = _field_name(where, label.group(1))
            if current in fields:
                raise RecordError(where, f"field {label.group(1)!r} stands twice", "each field once", "join the two")
            fields[current] = [label.group(2)]
        elif current is not None:
            fields[current].append(line)
        elif line.strip():
            raise RecordError(
                where, f"text outside any field: {line.strip()[:40]!r}", "'# Title', then 'Field: text'", "put it into a field"
            )
    return {field: "\n".join(lines).strip() for field, lines in fields.items()}


def _field_name(where: str, label: str) -> str:
    try:
        return _BY_LABEL[label.strip().casefold()]
    except KeyError:
        known = ", ".join(LABELS.values())
        raise RecordError(
            where,
            f"unknown field {label!r}",
            f"one of: {known}",
            "rename it, or, if it is text, do not end its first words with a colon",
        ) from None


def _read_csv(path: Path, raw: bytes) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_decode(path, raw), newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise RecordError(
            f"{path}: line {reader.line_num}", f"is not CSV: {error}", "comma-separated values (RFC 4180)", "correct the quoting"
        ) from error
    yield from _read_rows(path, rows)


def _read_xlsx(path: Path, raw: bytes) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise RecordError(
                str(path), f"unpacks to {unpacked} bytes", f"at most {MAX_UNPACKED_BYTES}", "remove pictures and empty cells"
            )
        sheet = load_workbook(io.BytesIO(raw), read_only=True, data_only=True).worksheets[0]
        rows = [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2)
        ]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise RecordError(
            str(path), f"is no readable XLSX workbook ({error})", "an .xlsx file", "open it and save it again as .xlsx"
        ) from error
    yield from _read_rows(path, rows)


def _read_rows(path: Path, rows: list[list[str]]) -> Iterator[Row]:
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise RecordError(f"{path}: row 1", "is empty", "the names of the fields", "add a header row: title, country, type, ...")
    if len(rows) > MAX_ROWS + 1:
        raise RecordError(str(path), f"has more than {MAX_ROWS} rows", f"at most {MAX_ROWS}", "split it")
    header = [_column_name(f"{path}: row 1, column {n}", cell) for n, cell in enumerate(rows[0], start=1) if cell.strip()]
    doubled = next((name for name in header if header.count(name) > 1), None)
    if doubled:
        raise RecordError(f"{path}: row 1", f"column {doubled!r} stands twice", "each column once", "remove one")
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(header) :]):
            raise RecordError(
                f"{path}: row {number}", "has more cells than the header", f"{len(header)} cells", "quote cells with commas"
            )
        yield f"{path}: row {number}", {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}


def _column_name(where: str, cell: str) -> str:
    name = cell.strip().casefold()
    return name if name in LABELS or name == "title" else _field_name(where, cell.strip())


def _validate(where: str, fields: dict[str, str]) -> TemplateEntry:
    try:
        return TemplateEntry.model_validate({name: value for name, value in fields.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        raise RecordError(
            f"{where}: {first['loc'][0]}", first["msg"], "see docs/contributing-practices.md", "fill the field"
        ) from error


def render_markdown(entry: TemplateEntry) -> str:
    """Write an entry in the canonical Markdown form, which is also the rendition that its passages point into."""
    return "\n\n".join([f"# {entry.title}", *_render_fields(entry)]) + "\n"


def _render_fields(entry: TemplateEntry) -> Iterable[str]:
    for name, label in LABELS.items():
        value = getattr(entry, name)
        if value:
            yield f"{label}: {_tidy(value)}"


def _tidy(value: str) -> str:
    first, *rest = (line.rstrip() for line in value.replace("\r\n", "\n").split("\n"))
    # A text line that looks like a label is indented, so that reading the Markdown again gives the same fields.
    lines = [first, *(f" {line}" if _LABEL_LINE.match(line) or line.startswith("# ") else line for line in rest)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
