"""Split the lines of an entry into paragraphs, list items, tables and footnotes.

Lines are joined only where the rendition runs them on, or where the manifest declares that a paragraph continues after a
page break. Footnotes that stand between the two halves of a paragraph keep them apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from etl.errors import ExtractionError
from etl.rendition import Line, LineLedger, Rendition

__all__ = ["Block", "FootnoteBlock", "Reader", "plain_text"]

_LIST_ITEM = re.compile(r"^\s*(?:[-•✓]|\d+\.)\s")
_ADDRESS = re.compile(r"^\s*<?https?://")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FOOTNOTE = re.compile(rf"^\s*([{_SUPERSCRIPTS}]+)\s")
#: A line that looks like the label of a field: up to 60 characters and a colon that opens no address or number.
_LABEL = re.compile(r"^([A-Z][^.:]{1,60}?)\s*:(?=\s|$)")


def plain_text(text: str) -> str:
    """Text without marks of emphasis, escapes and footnote marks, with single spaces: for looking things up, never kept."""
    return " ".join(re.sub(rf"[*\\{_SUPERSCRIPTS}]", "", text).split())


@dataclass
class Block:
    """A paragraph, list item or table of an entry.

    :ivar start: offset of its text, after a field's label.
    :ivar broken: whether a footnote stands between it and the block before.
    """

    start: int
    end: int
    kind: Literal["paragraph", "list-item"]
    broken: bool = False

    def text(self, rendition: Rendition) -> str:
        """Its wording, for reading facts from it only."""
        return rendition.text[self.start : self.end]


@dataclass(frozen=True)
class FootnoteBlock:
    """A footnote and its printed number."""

    number: str
    line: Line


@dataclass
class Reader:
    """Reads the lines below one heading.

    :ivar false_labels: words before a colon that are no label, as often as they stand there.
    :ivar continuations: first words of lines that continue a paragraph.
    """

    rendition: Rendition
    ledger: LineLedger
    owner: str
    false_labels: Sequence[str] = ()
    continuations: Sequence[str] = ()
    footnotes: list[FootnoteBlock] = field(default_factory=list)
    _labels_met: Counter[str] = field(default_factory=Counter)
    _continued: set[str] = field(default_factory=set)
    _last: Line | None = None
    _broken: bool = False

    def content(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Lines of text: footnotes are set aside, and what they or lines left out break off is remembered."""
        for line in lines:
            if line.blank:
                continue
            footnote = _FOOTNOTE.match(line.text)
            if footnote:
                number = "".join(str(unicodedata.digit(mark)) for mark in footnote[1])
                self.footnotes.append(FootnoteBlock(number, line))
                self.ledger.use(line, f"footnote of {self.owner}")
            if footnote or self.ledger.purpose(line) is not None:
                self._broken = True
            else:
                yield line

    def label_of(self, line: Line) -> str | None:
        """What looks like a label at the start of a line and is not declared to be none."""
        match = _LABEL.match(line.text)
        if match and match[1] in self.false_labels:
            self._labels_met[match[1]] += 1
            return None
        return match[1] if match else None

    def refuse_label(self, line: Line, label: str) -> ExtractionError:
        """The error for a label that is neither a field's nor declared to be none."""
        return ExtractionError(
            self.rendition.where(line),
            f"{label + ':'!r} in {self.owner} looks like the label of a field",
            "a label of the template or a declared false label",
            "declare it under labels in etl/sources/cdadi_2024_39/manifest.toml, or as one of the entry's false_labels",
        )

    def add(self, blocks: list[Block], line: Line, start: int | None = None) -> None:
        """Add a line to the blocks of a field: to the last one where it runs on, else as a new one."""
        self.ledger.use(line, self.owner)
        begins_field = start is not None
        continues = self._continues(line, begins_field=begins_field, has_block=bool(blocks))
        if blocks and not begins_field and not self._broken and (continues or self._runs_on(line)):
            blocks[-1].end = line.end
        else:
            kind: Literal["paragraph", "list-item"] = "list-item" if _LIST_ITEM.match(line.text) else "paragraph"
            blocks.append(Block(line.start if start is None else start, line.end, kind, self._broken and bool(blocks)))
        self._last, self._broken = line, False

    def _runs_on(self, line: Line) -> bool:
        """Whether a line belongs to the line just above it: an address below its title, or rows of one table."""
        if self._last is None or line.number != self._last.number + 1:
            return False
        return bool(_ADDRESS.match(line.text)) or (line.text.startswith("|") and self._last.text.startswith("|"))

    def _continues(self, line: Line, *, begins_field: bool, has_block: bool) -> bool:
        words = next((words for words in self.continuations if line.text.startswith(words)), None)
        if words is not None and has_block and not begins_field:
            self._continued.add(words)
            return True
        if not begins_field and line.text[:1].islower() and not _ADDRESS.match(line.text):
            raise ExtractionError(
                self.rendition.where(line),
                f"{line.text[:40]!r} in {self.owner} looks like the rest of a paragraph that a page break cut",
                "a declared continuation",
                "declare its first words as continuations of the entry in entries.toml",
            )
        return False

    def close(self) -> None:
        """Check that everything declared was met.

        :raises ExtractionError: naming what was not, or was met another number of times.
        """
        missing = [words for words in self.continuations if words not in self._continued]
        if missing or Counter(self.false_labels) != self._labels_met:
            declared = Counter(self.false_labels)
            labels = sorted((declared - self._labels_met) | (self._labels_met - declared))
            raise ExtractionError(
                f"{self.rendition.name}: {self.owner}",
                f"not as often as declared: continuations {missing}, false labels {labels}",
                "each declared one in the text",
                "compare the entry with entries.toml",
            )
