"""Five practices of somebody's own, made up for tests, and files that hold them or do harm."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from openpyxl import Workbook, load_workbook

__all__ = ["FIVE", "HOSTILE", "LONG_CELLS", "as_csv", "as_workbook", "read_workbook", "rewritten"]

_HEAD: Final = (
    "title",
    "country",
    "locality",
    "type",
    "area",
    "duration",
    "purpose",
    "stimulus",
    "process",
    "impact",
    "references",
)
#: Two of them name countries of the dataset in other languages, one names none; one has no area.
FIVE: Final[Sequence[Mapping[str, str]]] = (
    {
        "title": "Language café in the library",
        "country": "Estonia",
        "type": "project",
        "area": "education",
        "duration": "2019 - 2021",
        "purpose": "Newcomers and their neighbours meet and practise the language together.",
        "process": "Volunteers of the town library host a table every Friday evening and invite people of all origins.",
    },
    {
        "title": "Advisory council of migrants",
        "country": "Deutschland",
        "type": "policy",
        "area": "education",
        "purpose": "Migrant associations advise the city council on housing, schools and its yearly budget.",
        "process": "Elected members meet monthly with the councillors; their opinions are published and answered.",
    },
    {
        "title": "First months programme",
        "country": "Autriche",
        "type": "project",
        "purpose": "New arrivals learn the language and get to know institutions, history and values of the country.",
        "process": "Courses in the mornings with child care, tests after three months, and visits to offices and courts.",
    },
    {
        "title": "Mentors at work",
        "country": "Atlantis",
        "type": "project",
        "area": "education",
        "purpose": "Experienced employees accompany job seekers with a refugee background and have their skills recognised.",
        "process": "Companies name mentors, the chamber assesses qualifications, and both report on who found employment.",
    },
    {
        "title": "Monitoring report",
        "country": "SWE",
        "type": "project",
        "area": "education",
        "purpose": "The region publishes yearly indicators on integration and evaluates its policies with them.",
        "process": "Statistics on employment, education and housing are compared over the years and discussed in public.",
    },
)


def as_csv(rows: Sequence[Mapping[str, str]] = FIVE, delimiter: str = ",", head: Sequence[str] = _HEAD) -> bytes:
    """Practices as CSV.

    :param head: names of the columns, in the order of the template.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows([row.get(name, "") for name in _HEAD] for row in rows)
    return file.getvalue().encode()


def as_workbook(rows: Sequence[Mapping[str, str]] = FIVE, change: Callable[[Workbook], None] | None = None) -> bytes:
    """Practices as a workbook.

    :param change: what is done to it before it is saved.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(_HEAD))
    for row in rows:
        sheet.append([row.get(name) for name in _HEAD])
    if change:
        change(book)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rewritten(workbook: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced, or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry.filename, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return file.getvalue()


_SHEET: Final = "xl/worksheets/sheet1.xml"
_SPACE: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LAUGHS: Final = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_CELL: Final = f'<worksheet {_SPACE}><sheetData><row><c t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'
_BOMB: Final = f"<!DOCTYPE x [<!ENTITY l0 'lol'>{_LAUGHS}]>" + _CELL % "&l9;"
_OUTSIDE: Final = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + _CELL % "&e;"


def _rows(count: int) -> bytes:
    """A sheet of this many rows with one cell each, which packs to almost nothing."""
    line = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    return f"<worksheet {_SPACE}><sheetData>{line * count}</sheetData></worksheet>".encode()


def _far() -> bytes:
    """A sheet that says that it is as large as a sheet can be, and has a cell in its last corner."""
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    return f'<worksheet {_SPACE}><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData></worksheet>'.encode()


def _long(rows: int, length: int) -> bytes:
    """A sheet of rows with one cell of this length each, no two of them the same."""
    cells = (f'<row><c t="inlineStr"><is><t>{n}{"x" * length}</t></is></c></row>' for n in range(rows))
    return f"<worksheet {_SPACE}><sheetData>{''.join(cells)}</sheetData></worksheet>".encode()


#: A workbook that is small, and large in memory.
LONG_CELLS: Final = rewritten(as_workbook(), {_SHEET: _long(150, 800_000)})
#: Files that cannot be used, with what the page says of each.
HOSTILE: Final[Mapping[str, tuple[bytes, str]]] = {
    "nothing": (b"", "The file is empty."),
    "blanks": (b" \r\n \n", "The file is empty."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "neither CSV nor an XLSX workbook"),
    "a page": (b"<!doctype html><title>x</title>", "None of the names of columns"),
    "an old workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "workbook of the old kind"),
    "a workbook with macros": (rewritten(as_workbook(), {"xl/vbaProject.bin": b"x"}), "holds macros"),
    "half a workbook": (as_workbook()[:3000], "cannot be read"),
    "an archive": (rewritten(as_workbook(), {"xl/workbook.xml": b""}), "cannot be read"),
    "another archive": (b"PK\x03\x04" + bytes(60), "cannot be read"),
    "a bomb": (rewritten(as_workbook(), {"xl/media/image1.png": bytes(200 * 1024**2)}), "unpacks to 2"),
    "a million rows": (rewritten(as_workbook(), {_SHEET: _rows(1_000_000)}), "unpacks to"),
    "many rows": (rewritten(as_workbook(), {_SHEET: _rows(5_000)}), "more than 200 practices"),
    "a row far away": (rewritten(as_workbook(), {_SHEET: _far()}), "There is no column"),
    "a thousand laughs": (rewritten(as_workbook(), {_SHEET: _BOMB.encode()}), "cannot be read (EntitiesForbidden)"),
    "a file of the machine": (rewritten(as_workbook(), {_SHEET: _OUTSIDE.encode()}), "cannot be read (EntitiesForbidden)"),
    "zeros": (as_csv().replace(b"project", b"pro\0ject", 1), "a character of value zero"),
    "another encoding": (as_csv().decode().encode("latin-1"), "Row 2: A byte (0xE9) is not UTF-8."),
    "an open quotation": (as_csv() + b'"open', "breaks off or is not well formed"),
    "no header": (b"one,two\nthree,four\n", "None of the names of columns stands in the first row, which reads: one; two."),
    "no title": (b"country,purpose\nx,y\n", "There is no column \u201cTitle\u201d."),
    "a column twice": (b"title,purpose,Purpose\nx,y,z\n", "This column stands twice."),
    "only a header": (b"title,purpose\n", "There is no practice below the header."),
    "too many": (as_csv([{**FIVE[0], "title": f"Practice {n}"} for n in range(201)]), "more than 200 practices"),
}


def read_workbook(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    """Sheets of a workbook by title, as rows."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
