"""Read the chapter on Canada: no practice, but sections of text that name programmes, laws and bodies."""

from __future__ import annotations

from etl.errors import ExtractionError
from etl.identifiers import PassageKey
from etl.records import PracticeRecord
from etl.sources.cdadi_2024_39.blocks import Block, Reader, plain_text
from etl.sources.cdadi_2024_39.entry import EntryReader
from etl.sources.cdadi_2024_39.model import SectionFacts
from etl.sources.cdadi_2024_39.naming import find_mentions
from etl.sources.cdadi_2024_39.outline import Outlined

__all__ = ["read_canada"]


def read_canada(entries: EntryReader, outlined: Outlined, order: int) -> tuple[PracticeRecord, dict[PassageKey, str]]:
    """Read the chapter: its record, and the texts that it may name things in, by passage.

    :raises ExtractionError: when its sections are not those declared.
    """
    manifest = entries.declared.manifest
    facts = manifest.chapter
    reader = Reader(entries.rendition, entries.ledger, facts.slug, facts.false_labels, facts.continuations)
    section = (outlined.chapter,)
    stretches = _sections(reader, facts.sections, outlined)
    reader.close()
    texts = entries.open_entry(outlined, facts.slug, section)
    for declared, heading, blocks in stretches:
        whole = f"{facts.slug}/{declared.key}"
        start = (heading or blocks[0]).start
        path = (*section, *([declared.printed] if declared.printed else []))
        entries.book.add(whole, start, blocks[-1].end, kind="section", section=path, part_of=facts.slug)
        if heading:
            entries.book.add(f"{whole}/heading", heading.start, heading.end, kind="heading", section=path, part_of=whole)
        for number, block in enumerate(blocks, start=1):
            texts[entries.add_block(f"{whole}/{number}", block, path, whole)] = plain_text(block.text(entries.rendition))
    footnotes = entries.add_footnotes(reader, facts.slug, section, texts)
    record = PracticeRecord(
        path=f"chapter/{facts.slug}",
        document=manifest.document,
        order=order,
        headings=(outlined.printed,),
        title=outlined.printed,
        titles={"en": outlined.printed},
        chapter=outlined.chapter,
        listed_under=facts.under,
        countries=(facts.country,),
        pages=entries.pages(texts),
        mentions=find_mentions(entries.gazetteer, texts, facts.slug),
        footnotes=footnotes,
        entry=facts.slug,
        fields={},
    )
    return record, texts


def _sections(
    reader: Reader, declared: tuple[SectionFacts, ...], outlined: Outlined
) -> list[tuple[SectionFacts, Block | None, list[Block]]]:
    stretches: list[tuple[SectionFacts, Block | None, list[Block]]] = [(declared[0], None, [])]
    for line in reader.content(outlined.lines):
        label = reader.label_of(line)
        if label is not None:
            raise reader.refuse_label(line, label)
        if line.text.strip() in {section.printed for section in declared}:
            following = declared[len(stretches)] if len(stretches) < len(declared) else None
            if following is None or line.text.strip() != following.printed:
                raise ExtractionError(
                    reader.rendition.where(line),
                    f"section {line.text.strip()!r}",
                    repr(following.printed) if following else "no further section",
                    "correct the sections of the chapter in manifest.toml",
                )
            reader.ledger.use(line, reader.owner)
            stretches.append((following, Block(line.start, line.end, "paragraph"), []))
        else:
            reader.add(stretches[-1][2], line)
    empty = [facts.key for facts, _, blocks in stretches if not blocks]
    if empty or len(stretches) < len(declared):
        raise ExtractionError(
            reader.rendition.name,
            f"{len(stretches)} sections, without text: {empty}",
            f"{len(declared)} with text",
            "correct manifest.toml",
        )
    return stretches
