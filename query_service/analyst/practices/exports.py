"""The result as files: a table for a report as CSV and as workbook, and JSON. Each holds all practices found and says which."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from query_service.analyst.naming import Named
from query_service.analyst.practices.report import PracticeTold
from query_service.analyst.practices.result import Result
from query_service.cells import neutralise
from query_service.workbook import Book, Value

__all__ = ["COLUMNS", "Column", "write_csv", "write_json", "write_workbook"]

#: Between the values of one cell, as in the tables of the dumps.
_SEPARATOR: Final = " | "
#: Columns of the workbook that are wider than others.
_WIDTHS: Final = {
    "title": 50,
    "lead": 34,
    "principles": 60,
    "primary_principle": 44,
    "section": 44,
    "summary": 60,
    "rationale": 80,
}


class Column(NamedTuple):
    """A column of the table.

    :ivar name: for programs; the heading for people is the message ``column-`` with this name.
    :ivar cell: its value for a practice; ``None`` stands for what the document does not state.
    """

    name: str
    cell: Callable[[PracticeTold, Result], Value | None]


def _names(items: Iterable[Named]) -> str | None:
    return _SEPARATOR.join(item.title.replace(_SEPARATOR, " / ") for item in items) or None


def _iris(items: Iterable[Named]) -> str | None:
    return _SEPARATOR.join(item.iri for item in items) or None


def _bodies(told: PracticeTold, result: Result) -> str | None:
    """The kind of body of each lead, in the order of the leads."""
    without = result.view.reading.words("practice-not-stated")
    return _SEPARATOR.join(lead.kind.title if lead.kind else without for lead in told.leads) or None


def _principles(told: PracticeTold, result: Result) -> str | None:
    mark = result.view.reading.words("practice-primary-mark")
    marked = (f"{item.full}{f' ({mark})' if item == told.primary else ''}" for item in told.principles)
    return _SEPARATOR.join(marked) or None


def _ongoing(told: PracticeTold, result: Result) -> str | None:
    words, years = result.view.reading.words, told.years
    if years.ongoing is None:
        return None
    return words("practice-ongoing-as-of", date=years.ongoing_as_of) if years.ongoing else words("practice-not-ongoing")


#: What a report needs first, then what traces and cites it.
COLUMNS: Final = (
    Column("title", lambda told, _: told.title),
    Column("country", lambda told, _: _names(told.countries)),
    Column("places", lambda told, _: _names(told.places)),
    Column("level", lambda told, _: _names(told.levels)),
    Column("lead", lambda told, _: _names(told.leads)),
    Column("body", _bodies),
    Column("funder", lambda told, _: _names(told.funders)),
    Column("primary_principle", lambda told, _: told.primary.full if told.primary else None),
    Column("principles", _principles),
    Column("document", lambda told, _: told.document.full if told.document else None),
    Column("section", lambda told, _: told.section or None),
    Column("start_year", lambda told, _: told.years.start),
    Column("end_year", lambda told, _: told.years.end),
    Column("ongoing", _ongoing),
    Column("duration", lambda told, _: told.years.duration or None),
    Column("type", lambda told, _: _names(told.types)),
    Column("area", lambda told, _: _names(told.areas)),
    Column("target_groups", lambda told, _: _names(told.target_groups)),
    Column("themes", lambda told, _: _names(told.themes)),
    Column("partners", lambda told, _: _names(told.partners)),
    Column("run_at", lambda told, _: _names(told.run_at)),
    Column("paid_at", lambda told, _: _names(told.paid_at)),
    Column("evidence_type", lambda told, _: _names(told.evidence_type)),
    Column("summary", lambda told, _: told.summary),
    Column("provisions", lambda told, _: _SEPARATOR.join(item.full for item in told.provisions) or None),
    Column("page", lambda told, _: told.page),
    Column("iri", lambda told, _: told.iri),
    Column("country_iris", lambda told, _: _iris(told.countries)),
    Column("level_iris", lambda told, _: _iris(told.levels)),
    Column("lead_iris", lambda told, _: _iris(told.leads)),
    Column("body_iris", lambda told, _: _iris(lead.kind for lead in told.leads if lead.kind)),
    Column("funder_iris", lambda told, _: _iris(told.funders)),
    Column("primary_principle_iri", lambda told, _: told.primary.iri if told.primary else None),
    Column("principle_iris", lambda told, _: _iris(told.principles)),
    Column("document_iri", lambda told, _: told.document.iri if told.document else None),
    Column("provision_iris", lambda told, _: _iris(told.provisions)),
    Column("link_iris", lambda told, result: _SEPARATOR.join(link.iri for link in result.links[told.iri]) or None),
)


def _about(result: Result) -> dict[str, Value]:
    """What every line says of the whole, so that a line that is copied elsewhere can still be traced."""
    return {
        "filter": result.filter_in_words,
        "found": len(result.selection.entries),
        "of": result.selection.total,
        "dataset_version": result.view.analysis.version,
        "licence": result.view.site.licence or "",
        "address": result.address,
    }


def write_csv(result: Result) -> bytes:
    """The table as CSV (RFC 4180) with names of columns for programs.

    What the document does not state is blank. A result without practices has one line that says so.
    """
    about = _about(result)
    rows = [[column.cell(told, result) for column in COLUMNS] for told in result.practices]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*(column.name for column in COLUMNS), *about])
    for row in rows or [[None] * len(COLUMNS)]:
        writer.writerow([_plain(cell, raw=result.view.raw) for cell in (*row, *about.values())])
    return file.getvalue().encode()


def _plain(cell: Value | None, *, raw: bool) -> Value:
    if isinstance(cell, str) and not raw:
        return neutralise(cell)
    return "" if cell is None else cell


def write_workbook(result: Result) -> bytes:
    """The table as a workbook with headings in the language of the page, the links with their reasons, and notes."""
    words, about = result.view.reading.words, _about(result)
    book = Book(raw=result.view.raw)
    without = words("practice-not-stated")

    def cells(told: PracticeTold) -> dict[str, Value]:
        found = {words(f"column-{column.name}"): column.cell(told, result) for column in COLUMNS}
        return {name: without if cell is None else cell for name, cell in found.items()}

    version = words("column-dataset_version")
    rows = [cells(told) | {version: about["dataset_version"]} for told in result.practices]
    none = {words("column-title"): words("practice-none-found")}
    widths = {words(f"column-{name}"): width for name, width in _WIDTHS.items()}
    book.table(words("sheet-practices"), rows or [none], widths)
    book.table(words("sheet-links"), [row for told in result.practices for row in _link_rows(told, result)] or [none], widths)
    book.notes(
        [
            *((words(f"column-{name}"), str(value)) for name, value in about.items()),
            (words("note-several"), words("note-several-text", separator=_SEPARATOR.strip())),
            (words("practice-not-stated"), words("note-not-stated-text")),
            (words("note-judged"), words("note-judged-text")),
            (words("note-absence"), words("note-absence-text")),
        ]
    )
    return book.bytes()


def _link_rows(told: PracticeTold, result: Result) -> Iterable[dict[str, Value]]:
    words, term = result.view.reading.words, result.namer.term
    for link in result.links[told.iri]:
        yield {
            words("column-title"): told.title,
            words("column-provision"): link.provision.full,
            words("column-strength"): term(link.strength),
            words("column-rationale"): link.rationale,
            words("column-confidence"): "" if link.confidence is None else link.confidence,
            words("column-basis"): term(link.basis),
            words("column-review"): term(link.review_state),
            words("column-judged_by"): _names(link.judged_by) or "",
            words("column-evidence"): _SEPARATOR.join(link.evidence),
            words("column-iri"): told.iri,
            words("column-provision_iris"): link.provision.iri,
            words("column-link_iris"): link.iri,
            words("column-dataset_version"): result.view.analysis.version,
        }


def write_json(result: Result) -> bytes:
    """The result with its filter, what each facet would leave, and every practice with its links and their reasons."""
    view, selection = result.view, result.selection
    told: dict[str, Any] = {
        "address": result.address,
        "dataset": view.things.facts.dataset,
        "dataset_version": view.analysis.version,
        "licence": view.site.licence,
        "filter": {
            "words": result.filter_in_words,
            "parameters": {one.parameter: [key for key, _ in one.values] for one in result.filters},
        },
        "found": len(selection.entries),
        "of": selection.total,
        "facets": {name: dict(sorted(counts.items())) for name, counts in selection.counts.items()},
        "practices": [
            told.model_dump(mode="json") | {"links": [link.model_dump(mode="json") for link in result.links[told.iri]]}
            for told in result.practices
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
