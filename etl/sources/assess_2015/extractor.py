"""Extract the compendium of promising practices of the ASSESS project (March 2015).

Its ten entries follow one of two templates, for monitoring and for integration; the annex lists the criteria of both
sets. A passage is one stretch of the document: where a footnote stands inside a field or a paragraph, the text goes on
in a passage of its own, with the key of the first and ``/part-2`` (see :mod:`etl.sources.assess_2015.passages`). A record
names the first stretch of a field; the others are found by field and entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from etl.actors import Gazetteer
from etl.citations import find_citations
from etl.errors import ExtractionError
from etl.identifiers import Key, PassageKey
from etl.manifest import check_counts, ignore_declared, load_manifest
from etl.records import DocumentRecords, PracticeRecord, PrintedCriterion
from etl.rendition import Line, Rendition
from etl.sources.assess_2015.bodies import find_named
from etl.sources.assess_2015.entries import EntryReader
from etl.sources.assess_2015.layout import Region, read_layout
from etl.sources.assess_2015.manifest import AssessManifest, CriterionSet, DeclaredEntry, DeclaredSection
from etl.sources.assess_2015.passages import PassageWriter

__all__ = ["extract"]

_CONTENTS_LINE = re.compile(r"(?:<i>)?(?P<heading>.+?)(?:</i>)?\t\d+")


def extract(rendition: Rendition, gazetteer: Gazetteer) -> DocumentRecords:
    """Read the document into records.

    :param gazetteer: the register of organisations; it must hold those that the manifest names in fields.
    :raises ExtractionError: when the document has not the structure that the manifest declares.
    """
    manifest = load_manifest(Path(__file__).with_name("manifest.toml"), AssessManifest)
    layout = read_layout(rendition, manifest)
    writer = PassageWriter(layout)
    prose = [_read_front(writer, manifest, layout.front)]
    practices: list[PracticeRecord] = []
    criteria: list[PrintedCriterion] = []
    for region in layout.regions:
        declared = region.declared
        if isinstance(declared, DeclaredEntry):
            practices.append(EntryReader(writer, manifest, gazetteer, declared, region).read(len(practices) + 1))
        elif declared.criteria:
            criteria += _read_criteria(writer, manifest, region, declared, declared.criteria)
        else:
            prose += _read_section(writer, manifest, region, declared)
    ignore_declared(rendition, writer.ledger, manifest)
    writer.ledger.close()
    records = DocumentRecords(
        document=manifest.document,
        rendition_sha256=rendition.sha256,
        rendition_length=len(rendition.text),
        passages=writer.book.close(),
        criteria=tuple(criteria),
        instruments=manifest.instruments,
        citations=find_citations(rendition, writer.book, manifest.citations),
        mentions=tuple(find_named(writer, gazetteer, prose, manifest.document)),
        practices=tuple(practices),
        ignored=writer.ledger.ignored(),
    )
    check_counts(rendition, records, manifest)
    return records


def _read_front(writer: PassageWriter, manifest: AssessManifest, lines: tuple[Line, ...]) -> PassageKey:
    """Read the title page, and compare the contents with the outline."""
    texts = [line.text.strip() for line in lines]
    size = manifest.title_page_lines
    if texts[size : size + 1] != [manifest.contents_heading]:
        raise ExtractionError(
            writer.layout.rendition.name,
            f"{manifest.contents_heading!r} does not follow a title page of {size} lines",
            "the title page that the manifest declares",
            "compare the document with its manifest",
        )
    title_page, contents = lines[:size], lines[size:]
    found = [match["heading"] if (match := _CONTENTS_LINE.fullmatch(text)) else text for text in texts[size + 1 :]]
    expected = [section.heading for section in manifest.sections]
    if found != expected:
        raise ExtractionError(
            f"{writer.layout.rendition.name}: contents",
            "; ".join(sorted(set(found) ^ set(expected))) or "another order",
            "the headings that the manifest declares, in their order",
            "compare the contents with the manifest",
        )
    writer.ledger.use(title_page, "title page")
    writer.ledger.ignore(contents, "table of contents, compared with the headings")
    return writer.book.add_lines("title-page", title_page, kind="section")


def _read_section(
    writer: PassageWriter, manifest: AssessManifest, region: Region, declared: DeclaredSection
) -> tuple[PassageKey, ...]:
    """Read the text below a section's heading, before its first entry; some sections have none."""
    writer.ledger.use(region.head, f"heading of {declared.slug}")
    writer.ledger.use(region.body, f"section {declared.slug}")
    path = manifest.section_path(declared.slug)
    paragraphs: tuple[PassageKey, ...] = ()
    if region.body:
        stretches = writer.write_stretches(declared.slug, region.body, path, kind="section")
        paragraphs = writer.write_paragraphs(stretches, region.body, path, prose=True)
    for note in region.footnotes:
        writer.write_footnote(note, path)
    return paragraphs


def _read_criteria(
    writer: PassageWriter, manifest: AssessManifest, region: Region, declared: DeclaredSection, name: CriterionSet
) -> Iterator[PrintedCriterion]:
    """Read one set of the annex: per criterion its guiding questions, and what explains them."""
    headings = manifest.criterion_headings[name]
    path = manifest.section_path(declared.slug)
    runs: list[tuple[str, list[Line]]] = []
    writer.ledger.use(region.head, f"heading of {declared.slug}")
    for line in region.body:
        text = line.text.strip()
        if text in headings:
            runs.append((text, []))
        elif runs:
            runs[-1][1].append(line)
        writer.ledger.use([line] if runs else [], f"criteria of {declared.slug}")
    printed = [headings[text] for text, _ in runs]
    expected = [(key,) for key in dict.fromkeys(key for keys in headings.values() for key in keys)]
    if printed != expected:
        raise ExtractionError(
            f"{writer.layout.rendition.name}: {declared.slug}",
            ", ".join("/".join(keys) for keys in printed),
            ", ".join(key for (key,) in expected),
            "compare the annex with the criteria that the manifest declares",
        )
    for text, lines in runs:
        (key,) = headings[text]
        yield _read_criterion(writer, name, key, text, (declared.slug, (*path, text)), lines)
    for note in region.footnotes:
        writer.write_footnote(note, path)


def _read_criterion(
    writer: PassageWriter, name: CriterionSet, key: Key, printed: str, place: tuple[Key, tuple[str, ...]], lines: list[Line]
) -> PrintedCriterion:
    slug, section = place
    stretches = writer.write_stretches(f"{slug}/{key}", lines, section, kind="section")
    paragraphs = writer.write_paragraphs(stretches, lines, section, prose=True, explains=True)
    questions = sum(writer.book.get(paragraph).kind == "list-item" for paragraph in paragraphs)
    return PrintedCriterion(path=f"criterion/{name}-{key}", printed=printed, set=name, questions=questions, passage=stretches[0])
