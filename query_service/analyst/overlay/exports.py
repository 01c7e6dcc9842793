"""Own practices beside the dataset as tables that leave the page: CSV, workbook and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.overlay.records import Overlay, Own, Standing
from query_service.cells import neutralise
from query_service.coverage.words import STATUS_WORDS
from query_service.overlay.columns import COLUMN_NAMES, COLUMNS
from query_service.overlay.records import Remark
from query_service.workbook import Book, Value

__all__ = ["write_csv", "write_json", "write_template_csv", "write_template_workbook", "write_workbook"]

_BETWEEN: Final = "; "
_WHAT: Final = (
    "Suggested by a program from likeness of words, asserted and reviewed by nobody. A practice may fit nothing of what is "
    "listed. A provision for which nothing of yours is suggested is not thereby missing from your work, and what was not found "
    "in the documents of the dataset may exist all the same."
)
_ACCEPTED: Final = {
    "title": "needed",
    "country": "English, French or German names or three-letter codes; several between semicolons",
    "type": "a label of the dataset, e.g. project, policy, law; several between semicolons",
    "area": "a label of the dataset, e.g. education, anti-discrimination; several between semicolons",
    "duration": "as you would print it",
    "purpose": "needed; in English, since it is compared with English texts",
    "stimulus": "compared too, in English",
    "process": "compared too, in English",
    "impact": "compared too, in English",
}


def write_json(overlay: Overlay) -> bytes:
    """The overlay as JSON."""
    return (overlay.model_dump_json(indent=1) + "\n").encode()


def write_csv(view: View, overlay: Overlay) -> bytes:
    """One row for each suggestion (RFC 4180)."""
    return _csv(list(_suggestions(view, overlay)), raw=view.raw)


def write_workbook(view: View, overlay: Overlay) -> bytes:
    """Suggestions, provisions with both sides, gaps, the practices as they were sent, and notes."""
    book = Book(raw=view.raw)
    principles = next(series for series in overlay.series if series.series == "principles")
    book.table("Suggestions", list(_suggestions(view, overlay)))
    book.table("Principles", [_standing_row(overlay, standing) for standing in principles.standings])
    standings = [standing for series in overlay.series for standing in series.gaps]
    book.table("Nothing suggested", [_standing_row(overlay, standing) for standing in standings])
    book.table("Your practices", [_own_row(practice) for practice in overlay.practices])
    if overlay.left_out or overlay.remarks:
        book.table("Remarks", [_remark_row(remark) for remark in (*overlay.left_out, *overlay.remarks)])
    book.notes(
        [
            ("Shows", f"{len(overlay.practices)} practices of a file beside the Integration Policy Graph"),
            ("Basis", _WHAT),
            ("Dataset version", overlay.dataset_version),
            ("Licence of the dataset", overlay.licence),
            ("Dataset", view.things.facts.dataset),
            ("How it was made", view.things.facts.provenance),
            ("Suggested per practice", f"the first {overlay.top} of each series, by likeness; there is always a first"),
            ("Your practices", "stay yours; nothing of the file was kept"),
        ]
    )
    return book.bytes()


def write_template_csv(*, raw: bool) -> bytes:
    """The empty template: a header."""
    _ = raw
    return (",".join(COLUMN_NAMES) + "\r\n").encode()


def write_template_workbook(*, raw: bool) -> bytes:
    """The empty template as a workbook, with a sheet that says what goes where."""
    book = Book(raw=raw)
    book.table("Practices", [dict.fromkeys(COLUMN_NAMES, "")])
    book.table(
        "How to fill it in",
        [
            {
                "column": column.name,
                "called": column.label,
                "accepted": f"{_ACCEPTED.get(column.name, 'a text')}; at most {column.most} characters",
                "example": column.example,
            }
            for column in COLUMNS
        ],
    )
    return book.bytes()


def _suggestions(view: View, overlay: Overlay) -> Iterator[Mapping[str, Value]]:
    standings = {standing.provision.path: standing for series in overlay.series for standing in series.standings}
    for practice in overlay.practices:
        for series in practice.series:
            for told in series.suggestions:
                standing = standings[told.provision.path]
                yield {
                    "practice": practice.title,
                    "practice_iri": practice.iri,
                    "row": practice.row,
                    "series": series.series,
                    "rank": told.rank,
                    "provision": standing.provision.title,
                    "notation": told.notation,
                    "provision_iri": told.provision.iri,
                    "basis": told.basis,
                    "score": told.score,
                    "words": _BETWEEN.join(told.words),
                    "like": _BETWEEN.join(reason.item.title for reason in told.reasons),
                    "like_iris": _BETWEEN.join(reason.item.iri for reason in told.reasons),
                    "in_dataset": STATUS_WORDS[standing.ours.status],
                    "in_dataset_found": standing.ours.found,
                    "in_dataset_reviewed": standing.ours.reviewed,
                    "dataset_version": overlay.dataset_version,
                    "dataset_licence": overlay.licence,
                    "trace": "; ".join(
                        view.urls.at("trace", start=reason.item.path, end=told.provision.path)
                        for reason in told.reasons
                        if reason.relation == "implements"
                    ),
                }


def _standing_row(overlay: Overlay, standing: Standing) -> Mapping[str, Value]:
    titles = {practice.number: practice.title for practice in overlay.practices}
    row: dict[str, Value] = {
        "notation": standing.notation,
        "provision": standing.provision.title,
        "provision_iri": standing.provision.iri,
        "under": _BETWEEN.join(item.title for item in standing.under),
        "in_dataset": STATUS_WORDS[standing.ours.status],
        "in_dataset_found": standing.ours.found,
        "in_dataset_reviewed": standing.ours.reviewed,
    }
    for told, cell in zip(overlay.countries, standing.countries, strict=True):
        row[f"in_{told.country.path.rpartition('/')[2]}"] = STATUS_WORDS[cell.status]
        row[f"in_{told.country.path.rpartition('/')[2]}_found"] = cell.found
        row[f"in_{told.country.path.rpartition('/')[2]}_reviewed"] = cell.reviewed
    row |= {
        "yours_suggested": len(standing.own),
        "yours": _BETWEEN.join(titles[beside.number] for beside in standing.own),
        "dataset_version": overlay.dataset_version,
    }
    return row


def _own_row(practice: Own) -> Mapping[str, Value]:
    cells = {"title": practice.title, **practice.cells}
    return {"row": practice.row, "iri": practice.iri, **{name: cells.get(name, "") for name in COLUMN_NAMES}}


def _remark_row(remark: Remark) -> Mapping[str, Value]:
    return {
        "row": remark.row or "",
        "column": remark.column,
        "remark": remark.kind,
        "found": remark.found,
        "expected": remark.expected,
        "near": _BETWEEN.join(remark.near),
    }


def _csv(rows: Sequence[Mapping[str, Value]], *, raw: bool) -> bytes:
    file = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow({key: cell if raw or not isinstance(cell, str) else neutralise(cell) for key, cell in row.items()})
    return file.getvalue().encode()
