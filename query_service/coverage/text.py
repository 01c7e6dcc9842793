"""A coverage as plain text: what is fewer stands across, under short names, so that the table fits a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final, NamedTuple

from query_service.coverage.records import Cell, CellDetail, Coverage, Finding, Reason
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
from query_service.item_names import Item
from query_service.trace.words import basis_of, say

__all__ = ["render_cell_text", "render_text", "sign"]

_WIDTH: Final = 110
_LABEL: Final = 48
_SHORT: Final = 13


def sign(cell: Cell) -> str:
    """A cell in few characters: the practices found, ``0`` for none among those reviewed, ``?`` where none was reviewed."""
    return "?" if cell.status == "ipg:NotReviewed" else str(cell.found)


def render_text(report: Coverage) -> str:
    """The matrix with what one has to know to read it."""
    head = [
        f"Integration Policy Graph {report.dataset_version}",
        heading_of(report),
        *_entry("edition", f"{edition_of(report.framework)}; printed in {printed_in(report.framework)}"),
        *_entry("provisions", provisions_of(report)),
        *_entry("reviewed", f"{denominator_of(report)}: {sources_of(report)}"),
        *_entry("links", review_of(report)),
        *_entry("cells", _legend()),
    ]
    table = _across_columns(report) if len(report.columns) < len(report.rows) else _across_rows(report)
    notes = [line for note in report.notes for line in wrap(f"- {note}", _WIDTH, subsequent_indent="  ")]
    return "\n".join([*head, "", *table.lines(), "", *notes]) + "\n"


def _legend() -> str:
    words = STATUS_WORDS
    return (
        f"1, 2, ... {words['ipg:Evidenced']}: practices found; 0 {words['ipg:ReviewedNoneFound']}; ? {words['ipg:NotReviewed']}"
    )


class _Table(NamedTuple):
    """Lines of a table, and what its short headers mean.

    :ivar corner: header of the labels.
    :ivar rows: label and cells of each line.
    """

    corner: str
    headers: list[str]
    rows: list[tuple[str, list[str]]]
    key: list[str]

    def lines(self) -> Iterator[str]:
        width = max(len(label) for label in (self.corner, *(label for label, _ in self.rows)))
        cells = list(zip(self.headers, *(row for _, row in self.rows), strict=True))
        widths = [max(map(len, column)) for column in cells]
        for label, row in [(self.corner, self.headers), *self.rows]:
            yield f"{label:<{width}}  " + " ".join(f"{cell:>{size}}" for cell, size in zip(row, widths, strict=True))
        if self.key:
            yield ""
            yield from self.key


def _across_rows(report: Coverage) -> _Table:
    """Provisions across, columns of the dimension down."""
    rows = [
        (_cut(column.title), [str(column.reviewed), *(sign(row.cells[place]) for row in report.rows)])
        for place, column in enumerate(report.columns)
    ]
    rows.append((ALL, [str(report.reviewed), *(sign(row.total) for row in report.rows)]))
    key = [f"{row.notation:<5} {row.title}" for row in report.rows]
    return _Table("", ["reviewed", *(row.notation for row in report.rows)], rows, key)


def _across_columns(report: Coverage) -> _Table:
    """Columns of the dimension across, provisions down."""
    names = _short_names(report)
    rows = [(_cut(f"{row.notation:<3} {row.title}"), [sign(cell) for cell in (*row.cells, row.total)]) for row in report.rows]
    reviewed = [str(column.reviewed) for column in report.columns]
    rows.insert(0, ("practices reviewed", [*reviewed, str(report.reviewed)]))
    pairs = zip(names, report.columns, strict=True)
    key = [f"{name:<5} {column.title}" for name, column in pairs if name != column.title]
    return _Table("", [*names, ALL], rows, key)


def _short_names(report: Coverage) -> list[str]:
    if report.by == "country":
        return [column.key.upper() if column.path else column.title for column in report.columns]
    titles = [column.title for column in report.columns]
    return titles if all(len(title) <= _SHORT for title in titles) else [_letters(place) for place in range(len(titles))]


def _letters(place: int) -> str:
    """A, B, ... Z, AA, AB and so on."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _cut(text: str) -> str:
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"


def render_cell_text(detail: CellDetail) -> str:
    """One cell: the practices found with why each counts, then those in which nothing was found."""
    lines = [f"Integration Policy Graph {detail.dataset_version}", *wrap(cell_heading(detail), _WIDTH)]
    lines += [
        detail.framework.title,
        *_entry("edition", f"{edition_of(detail.framework)}; printed in {printed_in(detail.framework)}"),
    ]
    for number, finding in enumerate(detail.found, 1):
        lines += ["", *_finding(number, finding)]
    lines += _list_of("Reviewed, not found here", detail.without)
    lines += _list_of("Not reviewed", detail.not_reviewed)
    lines += ["", *(line for note in detail.notes for line in wrap(f"- {note}", _WIDTH, subsequent_indent="  "))]
    if detail.found:
        lines += ["", f"Every path and passage: ipg trace {detail.found[0].practice.path} {detail.provision.path}"]
    return "\n".join(lines) + "\n"


def _finding(number: int, finding: Finding) -> Iterator[str]:
    yield f"{number}. {finding.practice.title} ({finding.practice.path})"
    for reason in finding.reasons:
        yield from _reason(reason)


def _reason(reason: Reason) -> Iterator[str]:
    link = reason.link
    if reason.through:
        yield from _entry("by way of", f"{reason.through.title} ({reason.through.path})")
    if link:
        strength = f"{say(link.strength)}; " if link.strength else ""
        yield from _entry("basis", strength + basis_of(link))
        yield from _entry("rationale", link.rationale)
        yield from _entry("evidence", ", ".join(passage.iri for passage in link.passages))
    if reason.then:
        why = f": {reason.then_link.rationale} ({basis_of(reason.then_link)})" if reason.then_link else ""
        yield from _entry("which", say(reason.then) + f" it{why}")


def _list_of(title: str, items: Sequence[Item]) -> list[str]:
    return ["", f"{title}: {len(items)}", *(f"   {item.title} ({item.path})" for item in items)] if items else []


def _entry(name: str, text: str) -> list[str]:
    first = f"   {name:<11}"
    return wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False, break_on_hyphens=False
    )
