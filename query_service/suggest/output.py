"""Suggestions as text, JSON and CSV; each says that they are suggestions, and of which dataset version."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from textwrap import wrap
from typing import Final

from query_service.cells import neutralise
from query_service.suggest.records import (
    DraftSuggestions,
    Reason,
    Series,
    SeriesSuggestions,
    SuggestFormat,
    Suggestion,
    Suggestions,
)

__all__ = ["CSV_COLUMNS", "render_suggestions"]

#: Columns of the table: one row per suggestion.
CSV_COLUMNS: Final = (
    "dataset_version", "draft", "series", "rank", "provision", "notation", "title", "basis", "score", "words", "practices",
    "provisions", "notes",
)  # fmt: skip
_WIDTH: Final = 110
_BETWEEN: Final = "; "
_STRENGTHS: Final = {"ipg:Primary": "primary", "ipg:Secondary": "secondary"}


def render_suggestions(found: Suggestions, form: SuggestFormat, *, raw: bool = False) -> str:
    """Write suggestions.

    :param raw: leave cells of a table as they are, also those that a spreadsheet program would run.
    """
    return _render_csv(found, raw=raw) if form == "csv" else _FORMATS[form](found)


def _render_text(found: Suggestions) -> str:
    head = [
        f"Integration Policy Graph {found.dataset_version}",
        *_entry("basis", "suggested by a program (ipg:Suggested), reviewed by nobody; asserted nowhere in the graph", 0),
        *_entry(
            "compared", f"with {found.texts} texts on {found.practices} reviewed practices and {found.provisions} provisions", 0
        ),
        *_entry("score", "likeness of words, 0 to 1, no probability; a practice may fit none of what is listed", 0),
    ]
    blocks = ["\n".join(head), *(block for draft in found.drafts for block in _draft_blocks(draft))]
    return "\n\n".join(blocks) + "\n"


def _draft_blocks(draft: DraftSuggestions) -> Iterator[str]:
    about = f"{draft.title or 'text'} ({draft.words} different words, {draft.known_words} of them known)"
    yield "\n".join([*_entry("draft", about, 0), *(line for note in draft.notes for line in _entry("note", note, 0))])
    for series in draft.series:
        yield "\n".join(_series_lines(series))


def _series_lines(series: SeriesSuggestions) -> Iterator[str]:
    yield f"Suggested {series.series} ({series.framework.title})"
    if not series.suggestions:
        yield "  none: no text on them has a word in common with the draft"
    for suggestion in series.suggestions:
        name = f"{suggestion.provision.title} ({suggestion.provision.path})"
        yield from _entry(f"{suggestion.rank}.", f"{name}: score {suggestion.score:.2f}", 2, 4)
        yield from _entry("words", ", ".join(suggestion.words))
        for reason in suggestion.reasons:
            yield from _entry("like", _say_reason(reason, series.series))


def _say_reason(reason: Reason, series: Series) -> str:
    """What speaks for a suggestion, by how much, and in which words."""
    if reason.relation == "is":
        name = "its own title and summary"
    else:
        strength = f" ({_STRENGTHS[reason.strength]})" if series == "principles" and reason.strength else ""
        name = f"{reason.item.title} ({reason.item.path}), which {reason.relation} it{strength}"
    return f"{name}: {reason.share:.0%} by {', '.join(reason.words)}"


def _entry(name: str, text: str, before: int = 6, room: int = 10) -> list[str]:
    first = f"{' ' * before}{name:<{room}}"
    return wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False, break_on_hyphens=False
    )


def _render_json(found: Suggestions) -> str:
    return found.model_dump_json(indent=2) + "\n"


#: Writer of each format that has no choices.
_FORMATS: Final[dict[SuggestFormat, Callable[[Suggestions], str]]] = {"text": _render_text, "json": _render_json}


def _render_csv(found: Suggestions, *, raw: bool) -> str:
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, CSV_COLUMNS)  # RFC 4180: line ends are CR LF
    writer.writeheader()
    for draft in found.drafts:
        for series in draft.series:
            for suggestion in series.suggestions:
                row = {"dataset_version": found.dataset_version} | _csv_row(draft, series, suggestion)
                writer.writerow({name: cell if raw else neutralise(cell) for name, cell in row.items()})
    return table.getvalue()


def _csv_row(draft: DraftSuggestions, series: SeriesSuggestions, suggestion: Suggestion) -> dict[str, str]:
    practices = [reason.item.path for reason in suggestion.reasons if reason.relation == "implements"]
    provisions = [reason.item.path for reason in suggestion.reasons if reason.relation != "implements"]
    return {
        "draft": draft.title or "text",
        "series": series.series,
        "rank": str(suggestion.rank),
        "provision": suggestion.provision.path,
        "notation": suggestion.notation,
        "title": suggestion.provision.title,
        "basis": suggestion.basis,
        "score": f"{suggestion.score:.4f}",
        "words": _BETWEEN.join(suggestion.words),
        "practices": _BETWEEN.join(practices),
        "provisions": _BETWEEN.join(provisions),
        "notes": _BETWEEN.join(draft.notes),
    }
