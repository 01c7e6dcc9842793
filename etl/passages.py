"""Collect the passages of one document while it is being read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from etl.errors import ExtractionError
from etl.identifiers import PassageKey
from etl.records import Passage
from etl.rendition import Line, Rendition, digest_passage

__all__ = ["PassageBook"]


class PassageBook:
    """The passages found so far; keys are unique, offsets lie in the rendition, white space at the ends is cut off."""

    def __init__(self, rendition: Rendition) -> None:
        self._rendition = rendition
        self._passages: dict[str, Passage] = {}

    def add(self, key: PassageKey, start: int, end: int, **facts: Any) -> PassageKey:
        """Add a passage by offsets; ``facts`` are the other fields of :class:`etl.records.Passage`.

        :raises ExtractionError: when the key is taken or the stretch is empty.
        """
        text = self._rendition.text[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        if key in self._passages:
            raise ExtractionError(self._rendition.name, f"two passages with key {key!r}", "unique keys", "make the keys differ")
        if start >= end:
            raise ExtractionError(
                self._rendition.name, f"passage {key!r} is empty", "text", "compare the document with its manifest"
            )
        digest = digest_passage(self._rendition.passage(start, end))
        self._passages[key] = Passage(key=key, start=start, end=end, sha256=digest, **facts)
        return key

    def add_lines(self, key: PassageKey, lines: Sequence[Line], **facts: Any) -> PassageKey:
        """Add the passage from the first to the last of some lines."""
        return self.add(key, lines[0].start, lines[-1].end, **facts)

    def get(self, key: PassageKey) -> Passage:
        """Passage with a key; KeyError where there is none."""
        return self._passages[key]

    def text(self, key: PassageKey) -> str:
        """Wording of a passage, for parsing only: it never goes into a record."""
        passage = self._passages[key]
        return self._rendition.passage(passage.start, passage.end)

    def close(self) -> tuple[Passage, ...]:
        """All passages in document order."""
        return tuple(sorted(self._passages.values(), key=lambda p: (p.start, -p.end, p.key)))
