"""Find the headings of the body and hold them against the table of contents.

A heading that moved, changed, is missing or stands in another order is an error: everything below it would be given to
the wrong entry.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from etl.errors import ExtractionError
from etl.rendition import Line, LineLedger, Rendition
from etl.sources.cdadi_2024_39.model import Declarations, EntryFacts

__all__ = ["Outlined", "check_contents", "fold_heading", "read_outline", "take_lines"]

_ROW = re.compile(r"^\|(?P<title>.*?)\|(?P<page>[^|]*)\|$")


@dataclass(frozen=True)
class Outlined:
    """A heading of the body and the lines below it, up to the next heading.

    :ivar chapter: the chapter heading it stands under, itself for a chapter.
    :ivar under: the heading between chapter and entry, itself for such a heading.
    """

    kind: Literal["introduction", "chapter", "under", "entry", "canada"]
    printed: str
    chapter: str
    under: str
    entry: EntryFacts | None
    heading: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Expected:
    kind: Literal["introduction", "chapter", "under", "entry", "canada"]
    printed: str
    chapter: str = ""
    under: str = ""
    entry: EntryFacts | None = None


def fold_heading(text: str) -> str:
    """Letters and digits of a heading in lower case: no mark-up, leaders, quotes or spaces."""
    plain = re.sub(r"<[^>]+>", "", html.unescape(text))
    return "".join(mark for mark in plain.casefold() if mark.isalnum())


def _expected(declared: Declarations) -> Iterator[_Expected]:
    yield _Expected("introduction", declared.manifest.introduction)
    chapter = under = ""
    for entry in declared.entries:
        if entry.chapter != chapter:
            chapter, under = entry.chapter, ""
            yield _Expected("chapter", chapter, chapter)
        if entry.under != under:
            under = entry.under
            yield _Expected("under", under, chapter, under)
        yield _Expected("entry", entry.heading, chapter, under, entry)
    last = declared.manifest.chapter
    yield _Expected("chapter", last.chapter, last.chapter)
    yield _Expected("canada", last.heading, last.chapter, last.under)


def read_outline(rendition: Rendition, declared: Declarations, body: Sequence[Line], ledger: LineLedger) -> tuple[Outlined, ...]:
    """Headings of the body in their declared order, each with the lines below it.

    :param body: the lines from the heading of the introduction to the end.
    :raises ExtractionError: at the first heading that is not the one expected there.
    """
    expected = list(_expected(declared))
    known = {item.printed for item in expected}
    found = [line for line in body if line.text.strip() in known]
    for number, item in enumerate(expected):
        line = found[number] if number < len(found) else None
        if line is None or line.text.strip() != item.printed:
            raise ExtractionError(
                rendition.where(line) if line else rendition.name,
                f"heading {line.text.strip()!r}" if line else "the body ends before all headings were found",
                f"heading {item.printed!r} as number {number + 1} of the outline",
                "if the document moved or renamed a heading, correct etl/sources/cdadi_2024_39/entries.toml",
            )
    if len(found) > len(expected):
        raise ExtractionError(
            rendition.where(found[len(expected)]), "a heading after the last one", "no heading", "declare it in entries.toml"
        )
    ledger.use(found, "heading")
    first = body[0].number
    ends = [line.number for line in found[1:]] + [body[-1].number + 1]
    return tuple(
        Outlined(
            item.kind,
            item.printed,
            item.chapter,
            item.under,
            item.entry,
            line,
            tuple(body[line.number + 1 - first : end - first]),
        )
        for item, line, end in zip(expected, found, ends, strict=True)
    )


def check_contents(rendition: Rendition, outline: Sequence[Outlined], rows: Sequence[Line]) -> None:
    """Check that every line of the table of contents is a heading of the body, in the same order.

    :raises ExtractionError: at the first line that differs in more than marks and case and is not declared to.
    """
    titles: list[tuple[Line, str]] = []
    for line in rows:
        match = _ROW.match(line.text.strip())
        if not match:
            raise ExtractionError(
                rendition.where(line), f"{line.text.strip()[:60]!r}", "a row of the table of contents", "correct the manifest"
            )
        if match["page"].strip().isdigit():
            titles.append((line, match["title"].strip()))
    for number, item in enumerate(outline):
        printed = item.entry.in_contents if item.entry and item.entry.in_contents else item.printed
        line, title = titles[number] if number < len(titles) else (rows[-1], "")
        if fold_heading(title) != fold_heading(printed):
            raise ExtractionError(
                rendition.where(line),
                f"the table of contents has {title!r}",
                f"{printed!r}, as the body",
                "compare the two; if only the wording differs, declare in_contents for the entry in entries.toml",
            )
    if len(titles) > len(outline):
        line, title = titles[len(outline)]
        raise ExtractionError(
            rendition.where(line), f"the table of contents has {title!r}", "no further line", "declare the entry"
        )


def take_lines(rendition: Rendition, lines: Sequence[Line], declared: Sequence[str], what: str) -> None:
    """Check that the lines that are not blank are exactly the declared ones.

    :raises ExtractionError: naming the first that differs.
    """
    found = [line for line in lines if not line.blank]
    for number, printed in enumerate(declared):
        line = found[number] if number < len(found) else lines[-1]
        if line.text.strip() != printed:
            raise ExtractionError(
                rendition.where(line), f"{line.text.strip()!r}", f"{printed!r} ({what})", "compare the document with its manifest"
            )
    if len(found) > len(declared):
        raise ExtractionError(rendition.where(found[len(declared)]), "a further line", f"the end of the {what}", "declare it")
