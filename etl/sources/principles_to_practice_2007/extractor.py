"""Read "From principles to practice" into records: principles, headings, conclusions, related ranges."""

from __future__ import annotations

import re
from pathlib import Path

from etl.actors import Gazetteer
from etl.citations import find_citations
from etl.errors import ExtractionError
from etl.manifest import check_counts, load_manifest
from etl.reading import LineReader, find_mentions
from etl.records import DocumentRecords, Heading, PrintedLink, ProvisionRecord
from etl.rendition import Rendition
from etl.sources.principles_to_practice_2007.facts import (
    HeadingFacts,
    PrincipleFacts,
    PrinciplesManifest,
    RelatedRange,
)

__all__ = ["extract"]

_PRINCIPLES = "framework/eu-cbp-2004"
_CONCLUSIONS = "framework/eu-handbook-conclusions-2007"
_NUMBER = re.compile(r"(?P<dash>- )?(?P<number>\d+)(?P<mark>\*\*)? \S")
_RANGE = re.compile(r"- (?P<range>\d+(?:-\d+)?) on (?P<subject>.+)")
#: A provision's printed name is kept up to this many words; longer ones are sentences of its text.
_NAME_WORDS = 12


def extract(rendition: Rendition, gazetteer: Gazetteer) -> DocumentRecords:
    """Read the document.

    :raises ExtractionError: when it has not the structure that its manifest declares.
    """
    manifest = load_manifest(Path(__file__).with_name("manifest.toml"), PrinciplesManifest)
    reader = LineReader(rendition, manifest)
    _read_contents(reader, manifest)
    _read_introduction(reader, manifest)
    provisions: list[ProvisionRecord] = []
    links: list[PrintedLink] = []
    for facts in manifest.principles:
        provisions.append(_read_principle(reader, facts))
        for heading in facts.headings:
            provisions += _read_heading(reader, manifest, facts, heading)
        for related in facts.related:
            links += _read_related(reader, manifest, facts, related)
    reader.keep_section(manifest.imprint, until="")
    records = DocumentRecords(
        document=rendition.document,
        rendition_sha256=rendition.sha256,
        rendition_length=len(rendition.text),
        passages=reader.close(),
        provisions=tuple(sorted(provisions, key=lambda item: item.kind != "principle")),
        headings=_headings(manifest),
        instruments=manifest.instruments,
        citations=find_citations(rendition, reader.book, manifest.citations),
        links=tuple(links),
        mentions=find_mentions(reader, gazetteer),
        ignored=reader.ledger.ignored(),
    )
    check_counts(rendition, records, manifest)
    return records


def _read_contents(reader: LineReader, manifest: PrinciplesManifest) -> None:
    reader.keep_sections(manifest.front, until=re.compile(r"CBP 1\b"))
    for facts in manifest.principles:
        key = f"cbp-{facts.number}/in-contents"
        reader.keep(key, reader.begin(f"CBP {facts.number} {facts.title_in_contents_begins}"), "list-item", ("Contents",))
        for heading in facts.headings:
            lines = reader.expect(heading.heading_in_contents)
            reader.keep(f"{heading.concept}/in-contents", lines, "list-item", ("Contents", f"CBP {facts.number}"))


def _read_introduction(reader: LineReader, manifest: PrinciplesManifest) -> None:
    top = (manifest.introduction[0].heading or "",)
    reader.keep_sections(manifest.introduction, until=re.compile(r"1\. "))
    for facts in manifest.principles:
        lines = reader.begin(f"{facts.number}. {facts.title_in_list_begins}")
        lines += reader.take(f"the rest of item {facts.number}", facts.lines_in_list - 1)
        reader.keep(f"cbp-{facts.number}/in-list", lines, "list-item", top)
    reader.keep_sections(manifest.after_list, until="CBP 1", above=top)


def _read_principle(reader: LineReader, facts: PrincipleFacts) -> ProvisionRecord:
    key, section = f"cbp-{facts.number}", (f"CBP {facts.number}",)
    reader.keep(f"{key}/heading", reader.expect(f"CBP {facts.number}"), "heading", section)
    title = reader.peek()
    reader.keep(key, reader.begin(facts.title_begins), "statement", section)
    if reader.peek() == facts.opening:
        raise reader.fail(f"the explanation of CBP {facts.number}")
    reader.keep(f"{key}/explanation", reader.take("an explanation"), "explanation", section)
    opening = reader.expect(facts.opening) + (reader.expect(facts.opening_second) if facts.opening_second else [])
    reader.keep(f"{key}/opening", opening, "paragraph", section)
    return ProvisionRecord(
        path=facts.path,
        kind="principle",
        framework=_PRINCIPLES,
        notation=str(facts.number),
        official_name=title if len(title.split()) <= _NAME_WORDS else None,
        passages=(key, f"{key}/explanation", f"{key}/in-list", f"{key}/in-contents"),
    )


def _read_heading(
    reader: LineReader, manifest: PrinciplesManifest, principle: PrincipleFacts, facts: HeadingFacts
) -> list[ProvisionRecord]:
    section = (f"CBP {principle.number}", facts.printed)
    reader.keep(facts.concept, reader.expect(facts.printed), "heading", section)
    edition = manifest.editions[facts.edition]
    provisions = []
    for number in range(facts.conclusions[0], facts.conclusions[1] + 1):
        as_printed = _read_conclusion(reader, manifest, number, section)
        provisions.append(
            ProvisionRecord(
                path=f"conclusion/{number}",
                kind="conclusion",
                framework=_CONCLUSIONS,
                notation=str(number),
                passages=(f"conclusion-{number}",),
                heading=facts.concept,
                elaborates=principle.path,
                edition=edition.framework,
                edition_confidence=edition.confidence,
                edition_reason=edition.reason if edition.framework else None,
                as_printed=as_printed,
            )
        )
    return provisions


def _read_conclusion(reader: LineReader, manifest: PrinciplesManifest, number: int, section: tuple[str, ...]) -> str | None:
    """Keep the passage of a conclusion; gives its number as printed where it bears a mark."""
    marks = manifest.conclusions
    dash = "" if number in marks.without_dash else "- "
    mark = "**" if number in marks.asterisks else ""
    found = _NUMBER.match(reader.peek())
    if not found or (found["dash"] or "", int(found["number"]), found["mark"] or "") != (dash, number, mark):
        raise reader.fail(f"conclusion {number}, printed {dash + str(number) + mark!r}, under {section[-1]!r}")
    lines = reader.take(f"conclusion {number}")
    if number in marks.broken:
        headings = {heading.printed for heading in manifest.headings}
        if _NUMBER.match(reader.peek()) or reader.peek() in headings:
            raise reader.fail(f"the rest of conclusion {number}, which the end of a page breaks")
        lines += reader.take(f"the rest of conclusion {number}")
    reader.keep(f"conclusion-{number}", lines, "statement", section)
    return f"{number}{mark}" if mark else None


def _read_related(
    reader: LineReader, manifest: PrinciplesManifest, principle: PrincipleFacts, facts: RelatedRange
) -> list[PrintedLink]:
    number = principle.related.index(facts) + 1
    lines, found = reader.match(_RANGE, f"the range {facts.printed} on {facts.subject_printed}")
    if (found["range"], found["subject"]) != (facts.printed, facts.subject_printed):
        raise ExtractionError(
            reader.rendition.where(lines[0]),
            f"range {found['range']} on {found['subject']}",
            f"{facts.printed} on {facts.subject_printed}",
            "compare the document with its manifest",
        )
    key = f"cbp-{principle.number}/related/{number}"
    reader.keep(key, lines, "list-item", (f"CBP {principle.number}",))
    right = manifest.below(facts.heading)
    numbering = f"{right[0]}-{right[-1]}" if len(right) > 1 else str(right[0])
    if (facts.corrected or facts.printed) != numbering:
        raise ExtractionError(
            reader.rendition.where(lines[0]),
            f"range {facts.corrected or facts.printed}",
            f"{numbering}, the conclusions under {facts.heading}",
            "correct 'corrected' in the manifest",
        )
    return [
        PrintedLink(
            source=f"conclusion/{conclusion}",
            property="relatedTo",
            target=principle.path,
            passages=(key,),
            as_printed=facts.printed if facts.corrected else None,
        )
        for conclusion in right
    ]


def _headings(manifest: PrinciplesManifest) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            concept=heading.concept, printed=heading.printed, under=facts.path, parent=heading.parent, passage=heading.concept
        )
        for facts in manifest.principles
        for heading in facts.headings
    )
