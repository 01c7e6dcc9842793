"""Read CM(2010)172 into records, part by part in the order of the print."""

from __future__ import annotations

from pathlib import Path

from etl.actors import Gazetteer
from etl.citations import find_citations
from etl.errors import ExtractionError
from etl.manifest import check_counts, load_manifest
from etl.reading import LineReader, find_mentions
from etl.records import DocumentRecords
from etl.rendition import Rendition, normalise_passage
from etl.sources.cm_2010_172.facts import NoteFacts, ReportManifest
from etl.sources.cm_2010_172.guide import read_guide
from etl.sources.cm_2010_172.recommendations import (
    read_agreed,
    read_glossary,
    read_interaction,
    read_skills,
    repeat_interaction,
)
from etl.sources.cm_2010_172.report import find_interest, read_report

__all__ = ["extract"]


def extract(rendition: Rendition, gazetteer: Gazetteer) -> DocumentRecords:
    """Read the document.

    :raises ExtractionError: when it has not the structure that its manifest declares.
    """
    manifest = load_manifest(Path(__file__).with_name("manifest.toml"), ReportManifest)
    reader = LineReader(rendition, manifest)
    reader.keep_section(manifest.front, until=manifest.report.sections[0].heading or "")
    read_report(reader, manifest.report)
    reader.keep_sections(manifest.agenda, until=manifest.interaction.appendix)
    measures = read_interaction(reader, manifest.interaction)
    guidelines, headings = read_skills(reader, manifest.skills)
    glossary = read_glossary(reader, manifest.glossary, manifest.skills.appendix)
    recommendations, questions = read_guide(reader, manifest.guide, manifest.agreed.appendix)
    guide = manifest.guide.front[0].heading or ""
    principles = read_agreed(reader, manifest.agreed, guide)
    repeat_interaction(reader, manifest.interaction, guide)
    for note in manifest.notes:
        _read_note(reader, note)
    records = DocumentRecords(
        document=rendition.document,
        rendition_sha256=rendition.sha256,
        rendition_length=len(rendition.text),
        passages=reader.close(),
        provisions=(*measures, *guidelines, *recommendations, *principles),
        questions=tuple(questions),
        headings=tuple(headings),
        glossary=glossary,
        instruments=manifest.instruments,
        citations=find_citations(rendition, reader.book, manifest.citations),
        links=tuple(link for facts in manifest.interest for link in find_interest(reader, facts, manifest.states)),
        mentions=find_mentions(reader, gazetteer),
        ignored=reader.ledger.ignored(),
    )
    check_counts(rendition, records, manifest)
    return records


def _read_note(reader: LineReader, facts: NoteFacts) -> None:
    """Keep a footnote, and check that the text calls it where the manifest says."""
    reader.keep(f"note-{facts.number}", reader.begin(f"Note {facts.number} "), "footnote", ("Notes",))
    if facts.called not in normalise_passage(reader.book.text(facts.passage)):
        raise ExtractionError(
            f"{reader.rendition.name}: passage {facts.passage}",
            f"does not call footnote {facts.number}",
            repr(facts.called),
            "compare the document with its manifest",
        )
