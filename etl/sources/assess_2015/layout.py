"""The layout of the compendium: footnotes between paragraphs, regions under headings, paragraphs cut by page breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.errors import ExtractionError
from etl.rendition import Line, Rendition
from etl.sources.assess_2015.manifest import AssessManifest, DeclaredEntry, DeclaredSection

__all__ = ["FootnoteLines", "Layout", "Region", "blank_calls", "read_layout"]

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FOOTNOTE = re.compile(rf"\s*([{_SUPERSCRIPTS}]+)\s+\S")
_SENTENCE_END = re.compile(rf"[.?!)”][{_SUPERSCRIPTS}]*$")
_CALLS = str.maketrans(dict.fromkeys(_SUPERSCRIPTS, " "))
#: A paragraph of fewer words is taken for a label, unless it is an item of a list.
_SHORTEST_PARAGRAPH = 5


def blank_calls(text: str) -> str:
    """Replace footnote calls by spaces: they count as letters of the word before them, and offsets must not move."""
    return text.translate(_CALLS)


def _digits(superscripts: str) -> str:
    return "".join(str(unicodedata.digit(mark)) for mark in superscripts)


@dataclass(frozen=True, slots=True)
class FootnoteLines:
    """A footnote: its number in ordinary digits, and its lines."""

    number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """What stands under one heading, up to the next: a section or an entry.

    :ivar head: the heading's lines; for an entry the country heading is the first.
    :ivar body: its lines without blank ones and footnotes.
    """

    declared: DeclaredSection | DeclaredEntry
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    footnotes: tuple[FootnoteLines, ...]


@dataclass(frozen=True)
class Layout:
    """The regions of the document, and how its paragraphs are told apart.

    :ivar front: lines before the first region.
    """

    rendition: Rendition
    manifest: AssessManifest
    front: tuple[Line, ...]
    regions: tuple[Region, ...]
    footnote_numbers: frozenset[int]

    def stretches(self, lines: Sequence[Line]) -> list[list[Line]]:
        """Cut lines wherever a footnote stands between two of them."""
        pieces: list[list[Line]] = []
        for line in lines:
            if not pieces or any(number in self.footnote_numbers for number in range(pieces[-1][-1].number, line.number)):
                pieces.append([])
            pieces[-1].append(line)
        return pieces

    def paragraphs(self, lines: Sequence[Line]) -> list[list[Line]]:
        """Group lines into paragraphs: one a line, but for those that a page break or a footnote cuts in two."""
        groups: list[list[Line]] = []
        for line in lines:
            if groups and self._goes_on(groups[-1][-1], line):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _goes_on(self, before: Line, line: Line) -> bool:
        ends, text = before.text.strip(), line.text.strip()
        if ends.endswith(self.manifest.broken_after):
            return True
        return not _SENTENCE_END.search(ends) and text[0].islower() and not ends.endswith(self.manifest.unfinished)

    def check_prose(self, paragraphs: Sequence[Sequence[Line]]) -> None:
        """Check that each paragraph is one, so that no heading or label hides among them.

        :raises ExtractionError: naming the line that looks like a label the manifest does not have.
        """
        for lines in paragraphs:
            ends = lines[-1].text.strip()
            words = sum(len(line.text.split()) for line in lines)
            complete = _SENTENCE_END.search(ends) or ends.endswith(self.manifest.unfinished)
            short = words < _SHORTEST_PARAGRAPH and not ends.startswith("- ")
            if short or not complete:
                raise ExtractionError(
                    self.rendition.where(lines[0]),
                    f"{lines[0].text.strip()[:60]!r} is no whole sentence, nor a label that belongs here",
                    "a paragraph, or a declared label in its place",
                    "declare the label, or the paragraph's end under 'unfinished', in the manifest",
                )


def read_layout(rendition: Rendition, manifest: AssessManifest) -> Layout:
    """Find footnotes and headings.

    :raises ExtractionError: when a heading is missing or out of its place, or a footnote is not where it is declared.
    """
    footnotes = list(_read_footnotes(rendition))
    numbers = frozenset(line.number for footnote in footnotes for line in footnote.lines)
    lines = [line for line in rendition.lines if not line.blank and line.number not in numbers]
    heads = list(_find_heads(rendition, manifest, lines))
    regions: list[Region] = []
    for (declared, start, size), following in zip(heads, [*heads[1:], None], strict=True):
        end = following[1] if following else len(lines)
        last = lines[end].number if following else len(rendition.lines) + 1
        inside = tuple(note for note in footnotes if lines[start].number < note.lines[0].number < last)
        regions.append(Region(declared, tuple(lines[start : start + size]), tuple(lines[start + size : end]), inside))
    _check_footnotes(rendition, manifest, regions)
    return Layout(rendition, manifest, tuple(lines[: heads[0][1]]), tuple(regions), numbers)


def _read_footnotes(rendition: Rendition) -> Iterator[FootnoteLines]:
    number, lines = "", list[Line]()
    for line in rendition.lines:
        match = _FOOTNOTE.match(line.text)
        if lines and (match or line.blank):
            yield FootnoteLines(number, tuple(lines))
            lines = []
        if match:
            number, lines = _digits(match.group(1)), [line]
        elif lines:
            lines.append(line)
    if lines:
        yield FootnoteLines(number, tuple(lines))


Head = tuple[DeclaredSection | DeclaredEntry, int, int]


def _find_heads(rendition: Rendition, manifest: AssessManifest, lines: Sequence[Line]) -> Iterator[Head]:
    texts = [line.text.strip() for line in lines]
    position = 0
    for declared, wanted in _declared_heads(manifest):
        size = len(wanted)
        start = next((i for i in range(position, len(texts)) if texts[i : i + size] == wanted), None)
        if start is None:
            where = rendition.where(lines[position - 1]) if position else rendition.name
            raise ExtractionError(
                where,
                f"the heading {' / '.join(wanted)!r} does not follow",
                "headings and entries in the order that the manifest declares",
                "compare the document with its manifest: an entry or heading is missing, changed or moved",
            )
        yield declared, start, size
        position = start + size


def _declared_heads(manifest: AssessManifest) -> Iterator[tuple[DeclaredSection | DeclaredEntry, list[str]]]:
    for section in manifest.sections:
        yield section, [section.heading]
        for entry in manifest.entries:
            if entry.section == section.slug:
                yield entry, [entry.listed_under, *entry.heading_lines]


def _check_footnotes(rendition: Rendition, manifest: AssessManifest, regions: Sequence[Region]) -> None:
    found = [(note.number, region.declared.slug) for region in regions for note in region.footnotes]
    expected = [(note.number, note.within) for note in manifest.footnotes]
    if found != expected:
        raise ExtractionError(
            f"{rendition.name}: footnotes", f"{found}", f"{expected}", "compare the footnotes with those the manifest declares"
        )
    for region in regions:
        text = "\n".join(line.text for line in region.body)
        calls = [_digits(call) for call in re.findall(rf"[{_SUPERSCRIPTS}]+", text)]
        if calls != [note.number for note in region.footnotes]:
            raise ExtractionError(
                f"{rendition.name}: footnotes of {region.declared.slug}",
                f"called: {calls}",
                f"each footnote there called once, in order: {[note.number for note in region.footnotes]}",
                "compare the document with its manifest",
            )
