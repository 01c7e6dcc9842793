"""Turn lines into passages.

A passage is one stretch of the document. Where a footnote stands inside a field or a paragraph, that is cut in two: the
first stretch has the key of the whole, the next ones add ``/part-2`` and so on, and the footnote has a passage of its
own between them. A page break alone does not cut a paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from etl.errors import ExtractionError
from etl.identifiers import PassageKey
from etl.passages import PassageBook
from etl.records import Footnote, TemplateField
from etl.rendition import Line, LineLedger
from etl.sources.assess_2015.layout import FootnoteLines, Layout

__all__ = ["PassageWriter"]

Kind = Literal["entry", "field", "paragraph", "heading", "list-item", "footnote", "explanation", "statement", "section"]


class PassageWriter:
    """Writes passages of one document and claims the lines read.

    :ivar layout: tells paragraphs and footnotes apart.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.book = PassageBook(layout.rendition)
        self.ledger = LineLedger(layout.rendition)

    def write_stretches(
        self,
        key: PassageKey,
        lines: Sequence[Line],
        section: tuple[str, ...],
        *,
        kind: Kind,
        parents: Sequence[PassageKey] = (),
        field: TemplateField | None = None,
    ) -> tuple[PassageKey, ...]:
        """Write lines as one passage, or as one for each stretch between footnotes; gives their keys in order.

        :raises ExtractionError: when there are no lines.
        """
        if not lines:
            raise ExtractionError(
                f"{self.layout.rendition.name}: {key}",
                f"nothing stands below the heading {section[-1]!r}",
                "text below each heading and label",
                "compare the document with its manifest",
            )
        keys = []
        for number, piece in enumerate(self.layout.stretches(lines), start=1):
            facts = {"section": section, "kind": kind, "part_of": self._parent(parents, piece), "field": field}
            keys.append(self.book.add_lines(key if number == 1 else f"{key}/part-{number}", piece, **facts))
        return tuple(keys)

    def write_paragraphs(
        self,
        parents: Sequence[PassageKey],
        lines: Sequence[Line],
        section: tuple[str, ...],
        *,
        prose: bool,
        field: TemplateField | None = None,
        explains: bool = False,
    ) -> tuple[PassageKey, ...]:
        """Write the paragraphs of stretches written before, numbered below the key of the first.

        :param parents: the stretches.
        :param prose: whether every line must belong to a sentence; otherwise each line is a value of its own.
        :param explains: whether list items are questions and the rest explains them; else all count together.
        """
        groups = self.layout.paragraphs(lines) if prose else [[line] for line in lines]
        if prose:
            self.layout.check_prose(groups)
        keys: list[PassageKey] = []
        count: Counter[str] = Counter()
        for group in groups:
            item = group[0].text.strip().startswith("- ")
            kind: Kind = "list-item" if item else "explanation" if explains else "paragraph"
            prefix = "" if not explains else "question-" if item else "explanation-"
            count[prefix] += 1
            key = f"{parents[0]}/{prefix}{count[prefix]}"
            keys += self.write_stretches(key, group, section, kind=kind, parents=parents, field=field)
        return tuple(keys)

    def write_footnote(self, note: FootnoteLines, section: tuple[str, ...], entry: PassageKey | None = None) -> Footnote:
        """Write a footnote apart from the text that calls it."""
        key = f"{entry}/footnote-{note.number}" if entry else f"footnote-{note.number}"
        self.ledger.use(note.lines, f"footnote {note.number}")
        self.book.add_lines(key, note.lines, section=section, kind="footnote", part_of=entry)
        return Footnote(number=note.number, passage=key)

    def _parent(self, parents: Sequence[PassageKey], lines: Sequence[Line]) -> PassageKey | None:
        for key in parents:
            parent = self.book.get(key)
            if parent.start <= lines[0].start and lines[-1].start < parent.end:
                return key
        return None
