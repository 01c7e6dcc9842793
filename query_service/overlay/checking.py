"""A table of own practices checked, row by row: what can be compared, what is left out, and what else is to be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from query_service.overlay.columns import COLUMN_NAMES, COLUMNS, NEEDED
from query_service.overlay.records import OwnPractice, Remark
from query_service.overlay.sheets import Line, UnreadableFile

__all__ = ["Table", "known_names"]

_SHOWN: Final = 80
_MOST: Final = {column.name: column.most for column in COLUMNS}
_ASKED: Final = tuple(column.name for column in COLUMNS if column.asked and column.name not in NEEDED)


def known_names(labels: Mapping[str, str]) -> dict[str, str]:
    """Names that a header may have, in small letters, with the columns they stand for.

    :param labels: those beside the names of the template and its printed labels.
    """
    printed = {column.label.casefold(): column.name for column in COLUMNS}
    return {**{name.casefold(): column for name, column in labels.items()}, **printed, **{name: name for name in COLUMN_NAMES}}


class Table:
    """A table, checked.

    :ivar practices: what can be compared.
    :ivar left_out: why rows are not among them.
    :ivar remarks: what else there is to know.
    :param lines: rows that are not empty, the header first.
    :param names: as of :func:`known_names`.
    :raises UnreadableFile: when nothing of it can be used.
    """

    def __init__(self, lines: Sequence[Line], names: Mapping[str, str]) -> None:
        self.practices: list[OwnPractice] = []
        self.left_out: list[Remark] = []
        self.remarks: list[Remark] = []
        self._titles: dict[str, int] = {}
        self._columns = self._read_header(lines[0], names)
        for line in lines[1:]:
            self._read_row(line)
        if not self.practices and not self.left_out:
            raise UnreadableFile(Remark(kind="no-practice", row=lines[0].number))

    def _read_header(self, header: Line, names: Mapping[str, str]) -> list[str | None]:
        printed = [cell.strip() for cell in header.cells]
        columns = [names.get(cell.casefold()) for cell in printed]
        known = [column for column in columns if column]
        if not known:
            raise UnreadableFile(Remark(kind="no-header", row=header.number, found=_cut("; ".join(filter(None, printed)))))
        for needed in NEEDED:
            if needed not in known:
                near = get_close_matches(needed, [cell.casefold() for cell in printed if cell], n=1)
                raise UnreadableFile(Remark(kind="no-column", row=header.number, expected=needed, near=tuple(near)))
        doubled = next((cell for cell, column in zip(printed, columns, strict=True) if column and known.count(column) > 1), None)
        if doubled:
            raise UnreadableFile(Remark(kind="doubled-column", row=header.number, column=doubled))
        for cell, column in zip(printed, columns, strict=True):
            if cell and not column:
                near = [names[name] for name in get_close_matches(cell.casefold(), names, n=1)]
                self.remarks.append(Remark(kind="unknown-column", row=header.number, column=_cut(cell), near=tuple(near)))
        return columns

    def _read_row(self, line: Line) -> None:
        width = len(self._columns)
        cells = {column: cell.strip() for column, cell in zip(self._columns, line.cells, strict=False) if column}
        failures = list(self._failures(line, cells, width))
        if failures:
            self.left_out += failures
            return
        self._titles[cells["title"].casefold()] = line.number
        for column in _ASKED:
            if not cells.get(column):
                self.remarks.append(Remark(kind="missing-cell", row=line.number, column=column))
        for place in line.missing:
            if place < width and (name := self._columns[place]):
                self.remarks.append(Remark(kind="no-value", row=line.number, column=name))
        self.practices.append(OwnPractice(row=line.number, **{column: cell for column, cell in cells.items() if cell}))

    def _failures(self, line: Line, cells: Mapping[str, str], width: int) -> Iterator[Remark]:
        if any(cell.strip() for cell in line.cells[width:]):
            yield Remark(kind="more-cells", row=line.number, found=str(len(line.cells)), expected=str(width))
        without_value = {self._columns[place] for place in line.missing if place < width}
        for column in NEEDED:
            if not cells.get(column):
                yield Remark(kind="no-value" if column in without_value else "empty-cell", row=line.number, column=column)
        for column, cell in cells.items():
            if len(cell) > _MOST[column]:
                yield Remark(kind="too-long", row=line.number, column=column, found=str(len(cell)), expected=str(_MOST[column]))
        title = cells.get("title", "")
        if title.casefold() in self._titles:
            first = str(self._titles[title.casefold()])
            yield Remark(kind="same-title", row=line.number, column="title", found=_cut(title), expected=first)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
