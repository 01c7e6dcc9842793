"""Bytes of strangers as a table: CSV or a workbook (XLSX), told apart by their content."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from query_service.overlay.records import Remark

__all__ = ["Line", "UnreadableFile", "prepare", "read_sheet"]

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_BYTE_ORDERS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DELIMITERS: Final = (",", ";", "\t")
#: Parts that a workbook of one table has by far not.
_MOST_PARTS: Final = 1000
#: Rows with nothing in them are passed over, but not for ever.
_MOST_EMPTY: Final = 100_000


class Line(NamedTuple):
    """A row that is not empty.

    :ivar number: of the row in the file, from 1.
    :ivar missing: places of cells whose formula has no value.
    """

    number: int
    cells: list[str]
    missing: tuple[int, ...] = ()


class UnreadableFile(Exception):
    """Why a file is no table that can be used."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.kind)
        self.remark = remark


def prepare(raw: bytes) -> None:
    """Load what a file needs to be read, before the process that reads it has little memory left."""
    if raw.startswith(_ZIP):
        import openpyxl  # noqa: F401, PLC0415 - heavy, and only this format needs it


def read_sheet(raw: bytes, names: Collection[str], most_rows: int, unpacked_bytes: int) -> list[Line]:
    """Rows of a file that are not empty; of a workbook, those of its first sheet.

    :param names: names of columns in small letters, by which the delimiter of a CSV is recognised.
    :param most_rows: beside the header.
    :param unpacked_bytes: most bytes that a workbook may unpack to.
    :raises UnreadableFile: when there is no such table in it.
    """
    if not raw.strip():
        raise UnreadableFile(Remark(kind="empty"))
    if raw.startswith(_OLD_OFFICE):
        raise UnreadableFile(Remark(kind="old-excel"))
    lines = _workbook_lines(raw, unpacked_bytes) if raw.startswith(_ZIP) else _csv_lines(raw, names)
    found: list[Line] = []
    for line in lines:
        if any(cell.strip() for cell in line.cells) or line.missing:
            found.append(line)
        if len(found) > most_rows + 1:
            raise UnreadableFile(Remark(kind="too-many-rows", expected=str(most_rows)))
    return found


def _csv_lines(raw: bytes, names: Collection[str]) -> Iterator[Line]:
    text = _decode(raw)
    if "\0" in text:
        raise UnreadableFile(Remark(kind="nul", row=text[: text.index("\0")].count("\n") + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, names), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            yield Line(number, cells)
    except csv.Error as error:
        raise UnreadableFile(Remark(kind="syntax", row=reader.line_num, found=str(error))) from None


def _decode(raw: bytes) -> str:
    encoding = next((name for mark, name in _BYTE_ORDERS.items() if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-8") and _is_text(raw):
            line = raw[: error.start].count(b"\n") + 1
            raise UnreadableFile(Remark(kind="encoding", row=line, found=f"0x{raw[error.start]:02X}")) from None
        raise UnreadableFile(Remark(kind="unknown-file")) from None


def _is_text(raw: bytes) -> bool:
    """Whether bytes may be text in some encoding of Europe: they hold no control characters but those of lines."""
    return not any(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in raw[:4096])


def _delimiter(text: str, names: Collection[str]) -> str:
    """What separates the cells: by which most names of columns are found in the first row, which may be quoted over lines."""

    def known(delimiter: str) -> int:
        try:
            header = next(csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter))
        except (csv.Error, StopIteration):
            return 0
        return sum(cell.strip().casefold() in names for cell in header)

    return max(_DELIMITERS, key=known)


def _workbook_lines(raw: bytes, unpacked_bytes: int) -> Iterator[Line]:
    _look_into(raw, unpacked_bytes)
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only this format needs it

    try:
        values, formulas = (
            load_workbook(io.BytesIO(raw), read_only=True, data_only=is_value, keep_links=False).worksheets[0]
            for is_value in (True, False)
        )
        for sheet in (values, formulas):
            sheet.reset_dimensions()  # what a file says of its size need not be true
        empty = 0
        pairs = zip(values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True)
        for number, (row, written) in enumerate(pairs, 1):
            line = _line(number, row, written)
            empty = empty + 1 if not any(line.cells) and not line.missing else 0
            if empty > _MOST_EMPTY:
                break
            yield line
    except MemoryError:
        raise
    except UnreadableFile:
        raise
    except Exception as error:  # noqa: BLE001 - files of strangers make the library fail in every way it can
        if isinstance(error.__cause__, MemoryError):
            raise error.__cause__ from None
        raise UnreadableFile(Remark(kind="broken-workbook", found=type(error.__cause__ or error).__name__)) from None


def _look_into(raw: bytes, unpacked_bytes: int) -> None:
    """Refuse what is larger than it looks, runs programs, or is no workbook, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:  # the last: archives of a later kind
        raise UnreadableFile(Remark(kind="broken-workbook", found=type(error).__name__)) from None
    names = {part.filename.lower() for part in parts}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("xl/macrosheets/") for name in names):
        raise UnreadableFile(Remark(kind="macros"))
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(Remark(kind="unknown-file"))
    # Unpacking stops where a part says that it ends, so what is said here holds.
    unpacked = sum(part.file_size for part in parts)
    if unpacked > unpacked_bytes or len(parts) > _MOST_PARTS:
        raise UnreadableFile(Remark(kind="unpacked", found=str(unpacked), expected=str(unpacked_bytes)))


def _line(number: int, row: tuple[Any, ...], written: tuple[Any, ...]) -> Line:
    cells = ["" if value is None else str(value) for value in row]
    places = (place for place, value in enumerate(written) if value is not None and not cells[place].strip())
    missing = tuple(place for place in places if not isinstance(written[place], str) or written[place].strip())
    return Line(number, cells, missing)
