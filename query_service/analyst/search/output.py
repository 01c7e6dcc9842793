"""A search as JSON, CSV and workbook: all hits, each with its IRI, and the version that was searched."""

from __future__ import annotations

import csv
import io
from typing import Final

from query_service.analyst.search.records import FoundItem, Named, SearchAnswer
from query_service.cells import neutralise
from query_service.workbook import Book, Value

__all__ = ["COLUMNS", "render_csv", "render_json", "render_workbook"]

#: Columns of the table, one row for each hit.
COLUMNS: Final = (
    "rank", "kind", "title", "title_language", "iri", "url", "score", "exact", "matched_words", "about", "frameworks",
    "framework_iris", "countries", "country_iris", "excerpt", "query", "searched", "strict", "dataset_version", "licence",
)  # fmt: skip
_BETWEEN: Final = "; "


def render_json(answer: SearchAnswer) -> bytes:
    """Write an answer as JSON."""
    return (answer.model_dump_json(indent=1) + "\n").encode()


def render_csv(answer: SearchAnswer, *, raw: bool) -> bytes:
    """Write the hits as CSV (RFC 4180), with its header also where there is none.

    :param raw: leave cells as they are, also those that a spreadsheet program would run.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for hit in answer.hits:
        cells = _row(answer, hit).values()
        writer.writerow([neutralise(cell) if isinstance(cell, str) and not raw else cell for cell in cells])
    return table.getvalue().encode()


def render_workbook(answer: SearchAnswer, *, raw: bool) -> bytes:
    """Write the hits as a workbook, with a sheet on what was searched; parameters as :func:`render_csv`."""
    book = Book(raw=raw)
    if answer.hits:
        book.table("Hits", [_row(answer, hit) for hit in answer.hits])
    besides = _BETWEEN.join(
        f"{one.words}: {one.text}" + (f" ({one.language})" if one.language else "") for one in answer.expanded
    )
    book.notes(
        [
            ("Query", answer.query),
            ("Searched", answer.searched),
            ("Strict", "yes" if answer.strict else "no"),
            ("Looked for besides", besides or "nothing"),
            ("Read as", _BETWEEN.join(answer.mended) or "written"),
            ("Words", "some of them: nothing has all" if answer.any_word else "all that the query asks for"),
            ("Hits", str(answer.total)),
            ("Address", answer.url),
            ("Dataset version", answer.dataset_version),
            ("Licence", answer.licence),
            ("Note", "What is not found here is not in this dataset; that does not say that it does not exist."),
        ]
    )
    return book.bytes()


def _row(answer: SearchAnswer, hit: FoundItem) -> dict[str, Value]:
    values: dict[str, Value] = {
        "rank": hit.rank,
        "kind": hit.kind,
        "title": hit.title,
        "title_language": hit.title_language,
        "iri": hit.iri,
        "url": hit.url,
        "score": hit.score,
        "exact": "yes" if hit.exact else "no",
        "matched_words": _BETWEEN.join(hit.matched_words),
        "about": _titles(hit.about),
        "frameworks": _titles(hit.frameworks),
        "framework_iris": _BETWEEN.join(one.iri for one in hit.frameworks),
        "countries": _titles(hit.countries),
        "country_iris": _BETWEEN.join(one.iri for one in hit.countries),
        "excerpt": hit.excerpt,
        "query": answer.query,
        "searched": answer.searched,
        "strict": "yes" if answer.strict else "no",
        "dataset_version": answer.dataset_version,
        "licence": answer.licence,
    }
    return {column: values[column] for column in COLUMNS}


def _titles(named: tuple[Named, ...]) -> str:
    return _BETWEEN.join(one.title for one in named)
