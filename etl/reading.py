"""Read a document line by line, in order: what is read becomes a passage, and every line is accounted for.

For documents whose structure a manifest can declare in full. Whatever does not come where it was declared stops the
reading with the line's number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from etl.actors import Gazetteer
from etl.errors import ExtractionError
from etl.identifiers import ItemPath, PassageKey
from etl.manifest import Manifest, ignore_declared
from etl.passages import PassageBook
from etl.records import Mention, Passage, Record
from etl.rendition import Line, LineLedger, Rendition, normalise_passage

__all__ = ["LineReader", "SectionFacts", "find_mentions"]

_MEND = "compare the document with its manifest; where the document is right, correct the manifest"
#: How list items begin in the documents: dash, dot, roman or arabic number.
_ITEM = re.compile(r"\s*(?:[-·•]|\((?:i|ii|iii|iv|v|vi)\)|[IVX]+\.|\d+\.?)\s")


class SectionFacts(Record):
    """A section of plain text: its printed heading and how many lines stand below it.

    :ivar key: passage key of the heading; its lines are ``{key}/1``, ``{key}/2`` and so on.
    :ivar heading: whole heading line as printed; None where the lines have none.
    :ivar label: shorter form of the heading for the section path, where it is long.
    :ivar level: depth of the heading, 1 outermost.
    :ivar broken: numbers of those that a page break cuts in two: the two halves count, and are a passage, as one.
    """

    key: PassageKey
    heading: str | None = None
    label: str | None = None
    level: Annotated[int, Field(ge=1, le=4)] = 1
    lines: Annotated[int, Field(ge=0)]
    broken: tuple[int, ...] = ()


class LineReader:
    """A cursor over the lines of a document that are neither blank nor ignored by its manifest."""

    def __init__(self, rendition: Rendition, manifest: Manifest) -> None:
        self.rendition = rendition
        self.book = PassageBook(rendition)
        self.ledger = LineLedger(rendition)
        ignore_declared(rendition, self.ledger, manifest)
        self._lines = [line for line in rendition.lines if not line.blank and self.ledger.purpose(line) is None]
        self._at = 0
        self._kept: list[PassageKey] = []

    def peek(self) -> str:
        """Next line, normalised; empty at the end."""
        return normalise_passage(self._lines[self._at].text) if self._at < len(self._lines) else ""

    def fail(self, expected: str) -> ExtractionError:
        """Error for the next line, which is not what was expected."""
        if self._at >= len(self._lines):
            return ExtractionError(self.rendition.name, "the text ends", expected, _MEND)
        return ExtractionError(self.rendition.where(self._lines[self._at]), f"{self.peek()[:70]!r}", expected, _MEND)

    def take(self, expected: str, count: int = 1) -> list[Line]:
        """Take the next lines, whatever they hold.

        :raises ExtractionError: when the text ends before.
        """
        if self._at + count > len(self._lines):
            raise self.fail(expected)
        self._at += count
        return self._lines[self._at - count : self._at]

    def expect(self, printed: str) -> list[Line]:
        """Take the next line, which must read so.

        :raises ExtractionError: when it reads otherwise.
        """
        if self.peek() != normalise_passage(printed):
            raise self.fail(repr(printed))
        return self.take(printed)

    def begin(self, opening: str) -> list[Line]:
        """Take the next line, which must begin so.

        :raises ExtractionError: when it begins otherwise.
        """
        if not self.peek().startswith(opening):
            raise self.fail(f"a line that begins {opening!r}")
        return self.take(opening)

    def match(self, pattern: re.Pattern[str], expected: str) -> tuple[list[Line], re.Match[str]]:
        """Take the next line, whose normalised text must match from its start.

        :raises ExtractionError: when it does not.
        """
        found = pattern.match(self.peek())
        if found is None:
            raise self.fail(expected)
        return self.take(expected), found

    def keep(self, key: PassageKey, lines: Sequence[Line], kind: str, section: tuple[str, ...] = ()) -> PassageKey:
        """Make taken lines a passage and account for them."""
        self.ledger.use(lines, key)
        self._kept.append(key)
        return self.book.add_lines(key, lines, kind=kind, section=section)

    def keep_part(self, key: PassageKey, lines: Sequence[Line], whole: PassageKey) -> PassageKey:
        """Make some lines of a passage a passage of their own, of the same section."""
        return self.book.add_lines(key, lines, kind="list-item", section=self.book.get(whole).section, part_of=whole)

    def keep_section(self, facts: SectionFacts, until: str | re.Pattern[str], above: tuple[str, ...] = ()) -> list[PassageKey]:
        """Read a section: its heading, then as many lines as declared, each a passage.

        :param until: the heading that follows (whole, or how it begins), so that one that comes too early is named.
        :param above: titles of the sections around it.
        :raises ExtractionError: when heading or number of lines is not as declared.
        """
        section = above
        if facts.heading:
            section = (*above, facts.label or facts.heading)
            self.keep(facts.key, self.expect(facts.heading), "heading", section)
        keys = []
        for number in range(1, facts.lines + 1):
            wanted = f"line {number} of {facts.lines} below {facts.heading or facts.key!r}"
            if self._comes(until):
                raise self.fail(wanted)
            kind = "list-item" if _ITEM.match(self.peek()) else "paragraph"
            taken = self.take(wanted, 2 if number in facts.broken else 1)
            keys.append(self.keep(f"{facts.key}/{number}", taken, kind, section))
        return keys

    def _comes(self, heading: str | re.Pattern[str]) -> bool:
        if isinstance(heading, str):
            return self.peek() == normalise_passage(heading)
        return heading.match(self.peek()) is not None

    def keep_sections(self, sections: Sequence[SectionFacts], until: str | re.Pattern[str], above: tuple[str, ...] = ()) -> None:
        """Read sections in order; deeper ones stand below the last higher one."""
        path: list[tuple[int, str]] = []
        for number, facts in enumerate(sections):
            while path and path[-1][0] >= facts.level:
                path.pop()
            following = next((after.heading for after in sections[number + 1 :] if after.heading), until)
            self.keep_section(facts, following, (*above, *(title for _, title in path)))
            if facts.heading:
                path.append((facts.level, facts.label or facts.heading))

    def close(self) -> tuple[Passage, ...]:
        """All passages, once every line is accounted for.

        :raises UnaccountedLines: when lines are left.
        """
        self.ledger.close()
        return self.book.close()

    @property
    def kept(self) -> tuple[PassageKey, ...]:
        """Keys of the passages that account for lines, in document order."""
        return tuple(self._kept)


def find_mentions(reader: LineReader, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Organisations named anywhere in a document that has been read, each with the smallest passages that name it.

    Forms may hold in one document only (by its slug) or in one passage (slug and key, joined by hyphens).
    """
    document = reader.rendition.document
    scoped = {entry for actor in gazetteer.actors.values() for entry in (*actor.entries, *actor.printed_in)}
    passages = reader.book.close()
    printed: dict[ItemPath, str] = {}
    where: dict[ItemPath, dict[PassageKey, None]] = {}
    for key in reader.kept:
        whole = reader.book.get(key)
        entry = f"{document}-{key.replace('/', '-')}"
        for sighting in gazetteer.find(reader.book.text(key), entry if entry in scoped else document):
            path, start = f"actor/{sighting.actor}", whole.start + sighting.start
            inside = [p for p in passages if p.start <= start < p.end]
            smallest = min(inside, key=lambda passage: passage.end - passage.start)
            printed.setdefault(path, sighting.printed)
            where.setdefault(path, {})[smallest.key] = None
    return tuple(Mention(actor=path, printed=printed[path], passages=tuple(where[path])) for path in sorted(printed))
