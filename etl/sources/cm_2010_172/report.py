"""The committee's report: numbered paragraphs, and the states that declared interest in a working group."""

from __future__ import annotations

import re

from etl.errors import ExtractionError
from etl.identifiers import Iso3
from etl.reading import LineReader
from etl.records import PrintedLink
from etl.rendition import normalise_passage
from etl.sources.cm_2010_172.facts import InterestFacts, ReportFacts, ReportSection

__all__ = ["find_interest", "read_report"]

_STATES = re.compile(r"participating in the working group: (?P<states>.+)\.$")
_ITEM = re.compile(r"(?:-|\([ivx]+\)) ")


def read_report(reader: LineReader, facts: ReportFacts) -> None:
    """Read the report: a passage per heading, numbered paragraph and item of a paragraph.

    :raises ExtractionError: when a heading, number or count of lines is not as declared.
    """
    path: list[tuple[int, str]] = []
    for section in facts.sections:
        while path and path[-1][0] >= section.level:
            path.pop()
        title = section.label or section.heading or section.key
        path.append((section.level, title))
        printed = tuple(label for _, label in path)
        reader.keep(section.key, reader.expect(section.heading or ""), "heading", printed)
        _read_paragraphs(reader, facts, section, printed)


def _read_paragraphs(reader: LineReader, facts: ReportFacts, section: ReportSection, printed: tuple[str, ...]) -> None:
    if section.paragraphs is None:
        return
    first, last = section.paragraphs
    left = section.lines
    for number in range(first, last + 1):
        lines = reader.begin(f"{number}. ")
        while (left - len(lines)) > (last - number) and not reader.peek().startswith(f"{number + 1}. "):
            if not (_ITEM.match(reader.peek()) or reader.peek().startswith(facts.broken_lines)):
                raise reader.fail(f"paragraph {number + 1}, an item of paragraph {number}, or a line declared to continue it")
            lines += reader.take(f"paragraph {number}")
        left -= len(lines)
        key = reader.keep(f"report/{number}", lines, "paragraph", printed)
        items = [line for line in lines if _ITEM.match(normalise_passage(line.text))]
        for place, line in enumerate(items, start=1):
            reader.keep_part(f"{key}/{place}", [line], key)
    if left:
        raise reader.fail(f"{section.lines} lines under {section.heading!r}, of which {left} are missing")


def find_interest(reader: LineReader, facts: InterestFacts, states: dict[str, Iso3]) -> list[PrintedLink]:
    """States that declared interest in a working group, as links from place to group.

    :raises ExtractionError: when the list is not there, names a state the manifest does not know, or has another length.
    """
    where = f"{reader.rendition.name}: passage {facts.list}"
    found = _STATES.search(normalise_passage(reader.book.text(facts.list)))
    names = re.split(r", | and ", found["states"]) if found else []
    if len(names) != facts.states:
        raise ExtractionError(where, f"lists {len(names)} states", str(facts.states), "compare the document with its manifest")
    for name in names:
        if name not in states:
            raise ExtractionError(where, f"unknown state {name!r}", "a state of [states]", "add it to the manifest")
    return [
        PrintedLink(
            source=f"place/{states[name].lower()}",
            property="declaredInterestIn",
            target=facts.group,
            passages=(facts.list, facts.set_up),
        )
        for name in names
    ]
