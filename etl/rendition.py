"""A document's text rendition, and the bookkeeping that accounts for every line of it.

Positions are Unicode code points of the decoded rendition, start inclusive, end exclusive
(Web Annotation Data Model, TextPositionSelector).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl.errors import ExtractionError, SourceError, UnaccountedLines

__all__ = ["Line", "LineLedger", "Rendition", "digest_passage", "normalise_passage"]


def normalise_passage(text: str) -> str:
    """Normalise a passage before hashing: Unicode NFC, runs of white space to one space, ends stripped."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def digest_passage(text: str) -> str:
    """SHA-256 of the normalised passage, as 64 hexadecimal digits."""
    return hashlib.sha256(normalise_passage(text).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rendition.

    :ivar number: counted from 1.
    :ivar start: offset of its first code point.
    :ivar text: the line without its line break.
    """

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Offset just after its last code point, line break excluded."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether it holds nothing but white space."""
        return not self.text.strip()


@dataclass(frozen=True)
class Rendition:
    """The text of one document as a file holds it.

    :ivar document: slug of the document.
    :ivar name: file name, for messages.
    :ivar text: the decoded text; line breaks as in the file.
    :ivar sha256: SHA-256 of the file's bytes.
    """

    document: str
    name: str
    text: str
    sha256: str
    lines: tuple[Line, ...] = field(repr=False)

    @classmethod
    def read(cls, document: str, path: Path) -> Rendition:
        """Read a rendition from a UTF-8 file.

        :raises SourceError: when the file cannot be read or is not UTF-8.
        """
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise SourceError(
                str(path),
                f"cannot be read ({error.strerror})",
                "a readable text file",
                "check the path and its permissions, or run without the document",
            ) from error
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            raise SourceError(
                f"{path}: line {line}",
                f"byte 0x{raw[error.start]:02x} at offset {error.start} is not UTF-8",
                "UTF-8 text",
                "save the file as UTF-8 and try again",
            ) from error
        return cls.from_text(document, path.name, text, hashlib.sha256(raw).hexdigest())

    @classmethod
    def from_text(cls, document: str, name: str, text: str, sha256: str | None = None) -> Rendition:
        """Make a rendition of text in memory; the hash is of its UTF-8 bytes unless given."""
        lines: list[Line] = []
        offset = 0
        for number, raw in enumerate(text.split("\n"), start=1):
            lines.append(Line(number, offset, raw.removesuffix("\r")))
            offset += len(raw) + 1
        return cls(document, name, text, sha256 or hashlib.sha256(text.encode()).hexdigest(), tuple(lines))

    def passage(self, start: int, end: int) -> str:
        """Text between two offsets.

        :raises ExtractionError: when the offsets lie outside the text or are out of order.
        """
        if not 0 <= start < end <= len(self.text):
            raise ExtractionError(
                self.name, f"offsets {start}..{end}", f"0 <= start < end <= {len(self.text)}", "extract the document again"
            )
        return self.text[start:end]

    def where(self, line: Line) -> str:
        """Name a line for a message, e.g. ``001_x.txt: line 12``."""
        return f"{self.name}: line {line.number}"


class LineLedger:
    """Accounts for every line of a rendition: each is used once or ignored for a stated reason.

    An extractor claims what it reads; :meth:`close` fails on what is left, so that nothing of a document is lost
    without a word.
    """

    def __init__(self, rendition: Rendition) -> None:
        self._rendition = rendition
        self._claims: dict[int, str] = {}

    def use(self, lines: Line | Iterable[Line], purpose: str) -> None:
        """Claim lines for a purpose; blank lines need no claim.

        :raises ExtractionError: when a line was already claimed for another purpose.
        """
        for line in [lines] if isinstance(lines, Line) else lines:
            if line.blank:
                continue
            before = self._claims.get(line.number)
            if before is not None:
                raise ExtractionError(
                    self._rendition.where(line),
                    f"read as {purpose!r}, but already read as {before!r}",
                    "each line to be read once",
                    "correct the extractor or the manifest's headings",
                )
            self._claims[line.number] = purpose

    def ignore(self, lines: Line | Iterable[Line], reason: str) -> None:
        """Leave lines out of the graph, saying why."""
        self.use(lines, f"ignored: {reason}")

    def purpose(self, line: Line) -> str | None:
        """What a line was claimed for, or None."""
        return self._claims.get(line.number)

    def ignored(self) -> dict[str, int]:
        """Number of lines left out, by reason."""
        counts: dict[str, int] = {}
        for purpose in self._claims.values():
            if purpose.startswith("ignored: "):
                reason = purpose.removeprefix("ignored: ")
                counts[reason] = counts.get(reason, 0) + 1
        return dict(sorted(counts.items()))

    def leftovers(self) -> Iterator[Line]:
        """Lines that are neither blank nor claimed."""
        return (line for line in self._rendition.lines if not line.blank and line.number not in self._claims)

    def close(self) -> None:
        """Check that every line is accounted for.

        :raises UnaccountedLines: naming the first leftovers.
        """
        left = list(self.leftovers())
        if left:
            shown = "; ".join(f"line {line.number}: {line.text.strip()[:60]!r}" for line in left[:5])
            raise UnaccountedLines(
                self._rendition.name,
                f"{len(left)} line(s) that no rule uses: {shown}",
                "every line used, or ignored with a reason in the manifest",
                "declare the new heading, field or ignored line in the document's manifest",
            )
