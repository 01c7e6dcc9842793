"""Read the draft compendium CDADI(2024)39.

Keys of its passages:

- ``title-page``, ``introduction``, ``introduction/{n}``, ``introduction/footnote-{n}``
- ``{chapter}`` and ``{chapter}/{country}``: the headings above the entries
- ``{slug}``: an entry from its heading to its last line, its own footnotes included, reviewers' comments never
- ``{slug}/heading``, ``{slug}/footnote-{n}``
- ``{slug}/{field}``: the text of a field without its label. Where a footnote interrupts a field, the passage ends before
  it and ``{slug}/{field}-part-2`` goes on after it. A label that merges two fields gives both the same stretch.
- ``{slug}/{field}/{n}``: its paragraphs, list items and tables, counted through all parts; not for fields of one value.
  A paragraph that a page break cuts is one passage, unless footnotes stand between its halves.
- ``canada``, ``canada/{section}``, ``canada/{section}/heading``, ``canada/{section}/{n}``
"""

from __future__ import annotations

from etl.actors import Gazetteer
from etl.errors import ExtractionError
from etl.identifiers import make_slug
from etl.manifest import check_counts, ignore_declared
from etl.passages import PassageBook
from etl.records import Citation, DocumentRecords, Instrument, Mention, PracticeRecord, SiteFact
from etl.rendition import Line, LineLedger, Rendition
from etl.sources.cdadi_2024_39.blocks import Reader, plain_text
from etl.sources.cdadi_2024_39.canada import read_canada
from etl.sources.cdadi_2024_39.entry import EntryReader
from etl.sources.cdadi_2024_39.model import CompendiumManifest, Declarations, InstrumentFacts, load_declarations
from etl.sources.cdadi_2024_39.naming import CitationFinder, find_mentions
from etl.sources.cdadi_2024_39.outline import Outlined, check_contents, read_outline, take_lines

__all__ = ["extract"]


def extract(rendition: Rendition, gazetteer: Gazetteer) -> DocumentRecords:
    """Read the records of the compendium.

    :raises ExtractionError: when the document has not the structure that its manifest declares.
    """
    declared = load_declarations()
    manifest, ledger, book = declared.manifest, LineLedger(rendition), PassageBook(rendition)
    ignore_declared(rendition, ledger, manifest)
    outline = _read_front(rendition, declared, ledger, book)
    finder = CitationFinder(declared.references.instruments, declared.references.cross_references)
    facts, mentions, citations = _read_introduction(rendition, manifest, outline[0], ledger, book, gazetteer, finder)
    reader = EntryReader(rendition, declared, ledger, book, gazetteer)
    practices: list[PracticeRecord] = []
    for outlined in outline[1:]:
        if outlined.kind == "chapter":
            book.add_lines(make_slug(outlined.chapter), [outlined.heading], kind="heading")
        elif outlined.kind == "under":
            key = f"{make_slug(outlined.chapter)}/{make_slug(outlined.under)}"
            book.add_lines(key, [outlined.heading], kind="heading", section=(outlined.chapter,))
        else:
            order = len(practices) + 1
            entry = outlined.entry
            record, texts = reader.read(outlined, entry, order) if entry else read_canada(reader, outlined, order)
            practices.append(record)
            citations += finder.find(record.path, texts)
    finder.close(rendition.name)
    ledger.close()
    records = DocumentRecords(
        document=manifest.document,
        rendition_sha256=rendition.sha256,
        rendition_length=len(rendition.text),
        passages=book.close(),
        facts=facts,
        instruments=tuple(_instrument(instrument) for instrument in declared.references.instruments),
        citations=tuple(citations),
        mentions=mentions,
        practices=tuple(practices),
        ignored=ledger.ignored(),
    )
    check_counts(rendition, records, manifest)
    return records


def _read_front(rendition: Rendition, declared: Declarations, ledger: LineLedger, book: PassageBook) -> tuple[Outlined, ...]:
    """Read title page, contents and the headings of the body, and hold the last two against each other."""
    manifest, lines = declared.manifest, rendition.lines
    contents = _find(rendition, manifest.contents)
    body = _find(rendition, manifest.introduction)
    title_page = [line for line in lines[: contents.number - 1] if not line.blank]
    take_lines(rendition, title_page, manifest.title_page, "title page")
    ledger.use(title_page, "title page")
    book.add_lines("title-page", title_page, kind="heading")
    rows = [line for line in lines[contents.number : body.number - 1] if not line.blank]
    ledger.use([contents, *rows], "table of contents, checked against the body")
    outline = read_outline(rendition, declared, lines[body.number - 1 :], ledger)
    check_contents(rendition, outline, rows)
    return outline


def _find(rendition: Rendition, heading: str) -> Line:
    for line in rendition.lines:
        if line.text.strip() == heading:
            return line
    raise ExtractionError(
        rendition.name, "a heading is missing", repr(heading), "if the document renamed it, correct manifest.toml"
    )


def _read_introduction(
    rendition: Rendition,
    manifest: CompendiumManifest,
    outlined: Outlined,
    ledger: LineLedger,
    book: PassageBook,
    gazetteer: Gazetteer,
    finder: CitationFinder,
) -> tuple[tuple[SiteFact, ...], tuple[Mention, ...], list[Citation]]:
    """Read the introduction: its paragraphs, footnote, declared areas, bodies and instruments."""
    reader = Reader(rendition, ledger, "the introduction")
    section = (outlined.printed,)
    texts: dict[str, str] = {}
    lines = list(reader.content(outlined.lines))
    whole = book.add("introduction", lines[0].start, lines[-1].end, kind="section", section=section)
    for number, line in enumerate(lines, start=1):
        ledger.use(line, reader.owner)
        key = book.add_lines(f"introduction/{number}", [line], kind="paragraph", section=section, part_of=whole)
        texts[key] = plain_text(line.text)
    for footnote in reader.footnotes:
        key = book.add_lines(f"introduction/footnote-{footnote.number}", [footnote.line], kind="footnote", section=section)
        texts[key] = plain_text(footnote.line.text)
    source = f"document/{manifest.document}"
    return _declared_areas(rendition, manifest, texts), find_mentions(gazetteer, texts, ""), list(finder.find(source, texts))


def _declared_areas(rendition: Rendition, manifest: CompendiumManifest, texts: dict[str, str]) -> tuple[SiteFact, ...]:
    """Areas of intervention that the introduction lists, each found in the same paragraph after the one before."""
    first = manifest.declared_areas[0].printed
    key = next((key for key, text in texts.items() if f" {first}" in text), "")
    facts: list[SiteFact] = []
    position = 0
    for area in manifest.declared_areas:
        position = texts.get(key, "").find(area.printed, position)
        if position < 0:
            raise ExtractionError(
                f"{rendition.name}: introduction",
                "an area of intervention is not listed",
                repr(area.printed),
                "correct manifest.toml",
            )
        position += len(area.printed)
        facts.append(SiteFact(property="area-of-intervention", value=area.printed, passage=key))
    return tuple(facts)


def _instrument(facts: InstrumentFacts) -> Instrument:
    return Instrument(path=f"instrument/{facts.slug}", printed=facts.name, reference=facts.reference, year=facts.year)
