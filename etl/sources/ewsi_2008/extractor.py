"""Extract the briefing on the European Web Site on Integration (April 2008): its themes, and facts about the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from etl.actors import Gazetteer
from etl.citations import CitationFacts, find_citations
from etl.errors import ExtractionError
from etl.identifiers import PassageKey, make_slug
from etl.manifest import Manifest, check_counts, load_manifest
from etl.reading import LineReader, SectionFacts, find_mentions
from etl.records import DocumentRecords, Instrument, Record, SiteFact, Text, ThemeRecord
from etl.rendition import Rendition

__all__ = ["BriefingManifest", "DeclaredTheme", "extract"]

_THEME = re.compile(r"- \*(?P<name>[^*]+)\* \((?P<topics>[^()]+)\)$")


class DeclaredTheme(Record):
    """A theme in its place: its name as printed and the number of its sub-topics."""

    heading: Text
    topics: Annotated[int, Field(ge=1)]


class BriefingManifest(Manifest):
    """Outline, themes and facts of the briefing.

    :ivar sections: sections before the themes.
    :ivar thematic: section whose list holds the themes.
    :ivar closing: sections after the themes.
    """

    sections: tuple[SectionFacts, ...]
    thematic: SectionFacts
    themes: tuple[DeclaredTheme, ...]
    closing: tuple[SectionFacts, ...]
    facts: tuple[SiteFact, ...]
    instruments: tuple[Instrument, ...]
    citations: tuple[CitationFacts, ...]


def extract(rendition: Rendition, gazetteer: Gazetteer) -> DocumentRecords:
    """Read the document into records.

    :param gazetteer: the register of organisations; it must hold those that the facts name.
    :raises ExtractionError: when the document has not the structure that the manifest declares.
    """
    manifest = load_manifest(Path(__file__).with_name("manifest.toml"), BriefingManifest)
    reader = LineReader(rendition, manifest)
    reader.keep_sections((*manifest.sections, manifest.thematic), until=_THEME)
    themes = [theme for declared in manifest.themes for theme in _read_theme(reader, manifest, declared)]
    reader.keep_sections(manifest.closing, until="")
    records = DocumentRecords(
        document=rendition.document,
        rendition_sha256=rendition.sha256,
        rendition_length=len(rendition.text),
        passages=reader.close(),
        themes=tuple(themes),
        facts=tuple(_check_fact(reader, gazetteer, fact) for fact in manifest.facts),
        instruments=manifest.instruments,
        citations=find_citations(rendition, reader.book, manifest.citations),
        mentions=find_mentions(reader, gazetteer),
        ignored=reader.ledger.ignored(),
    )
    check_counts(rendition, records, manifest)
    return records


def _read_theme(reader: LineReader, manifest: BriefingManifest, declared: DeclaredTheme) -> Iterator[ThemeRecord]:
    """Read a line of the list: a theme, and in brackets its sub-topics, each a passage of exactly its words."""
    lines, found = reader.match(_THEME, f"the theme {declared.heading!r} with its sub-topics in brackets")
    topics = found["topics"].split(", ")
    if found["name"] != declared.heading or len(topics) != declared.topics:
        raise ExtractionError(
            reader.rendition.where(lines[0]),
            f"{found['name']!r} with {len(topics)} sub-topics",
            f"{declared.heading!r} with {declared.topics}",
            "compare the document with its manifest",
        )
    slug = make_slug(declared.heading)
    line, path = f"themes/{slug}", f"theme/{slug}"
    reader.keep(line, lines, "list-item", reader.book.get(manifest.thematic.key).section)
    passage = _keep_words(reader, line, "name", declared.heading, found.start("name"))
    yield ThemeRecord(path=path, printed=declared.heading, passage=passage)
    position = found.start("topics")
    for topic in topics:
        key = make_slug(topic)
        passage = _keep_words(reader, line, key, topic, position)
        yield ThemeRecord(path=f"{path}/{key}", printed=topic, parent=path, passage=passage)
        position += len(topic)


def _keep_words(reader: LineReader, line: PassageKey, key: str, words: str, after: int) -> PassageKey:
    """Make a passage of some words of a line, the first that stand at an offset in it or after."""
    whole = reader.book.get(line)
    start = whole.start + reader.book.text(line).index(words, after)
    return reader.book.add(f"{line}/{key}", start, start + len(words), kind="list-item", section=whole.section, part_of=line)


def _check_fact(reader: LineReader, gazetteer: Gazetteer, fact: SiteFact) -> SiteFact:
    """Find a fact's value again in its passage, and the organisation it names in the register."""
    text = reader.book.text(fact.passage)
    named = {f"actor/{hit.actor}" for hit in gazetteer.find(text, reader.rendition.document) if hit.printed == fact.value}
    if fact.value not in text or (fact.actor and fact.actor not in named):
        raise ExtractionError(
            f"{reader.rendition.name}: passage {fact.passage}",
            f"does not print {fact.value!r}" + (f", or the register does not know it as {fact.actor}" if fact.actor else ""),
            f"the fact {fact.property!r} that the manifest declares",
            "compare the document with its manifest, and the form with data/curation/actors/",
        )
    return fact
