"""Read one entry of the compendium into a record and its passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from etl.actors import Gazetteer
from etl.durations import parse_duration
from etl.errors import ExtractionError
from etl.identifiers import Iso3, PassageKey, make_slug
from etl.passages import PassageBook
from etl.records import Duration, Footnote, Locality, Page, PracticeRecord, PrintedConcept, TemplateField
from etl.rendition import LineLedger, Rendition
from etl.sources.cdadi_2024_39.addresses import find_addresses
from etl.sources.cdadi_2024_39.blocks import Block, Reader, plain_text
from etl.sources.cdadi_2024_39.concepts import ConceptReader
from etl.sources.cdadi_2024_39.fields import read_fields
from etl.sources.cdadi_2024_39.model import Declarations, EntryFacts
from etl.sources.cdadi_2024_39.naming import find_mentions
from etl.sources.cdadi_2024_39.outline import Outlined, fold_heading

__all__ = ["EntryReader"]


@dataclass
class EntryReader:
    """Reads entries; what it finds goes into the passage book, and the lines it reads into the ledger."""

    rendition: Rendition
    declared: Declarations
    ledger: LineLedger
    book: PassageBook
    gazetteer: Gazetteer
    _types: ConceptReader = field(init=False)
    _areas: ConceptReader = field(init=False)

    def __post_init__(self) -> None:
        self._types = ConceptReader(self.declared.lookups.types)
        self._areas = ConceptReader(self.declared.lookups.areas)

    def read(self, outlined: Outlined, entry: EntryFacts, order: int) -> tuple[PracticeRecord, dict[PassageKey, str]]:
        """Read an entry: its record, and the texts that it may name things in, by passage.

        :raises ExtractionError: when the entry is not as declared.
        :raises RecordError: when its duration has no reading.
        """
        manifest = self.declared.manifest
        reader = Reader(self.rendition, self.ledger, entry.slug, entry.false_labels, entry.continuations)
        fields = read_fields(reader, entry, manifest.labels, outlined.lines)
        reader.close()
        texts = self.open_entry(outlined, entry.slug, (outlined.chapter, outlined.under))
        keys = self._add_fields(entry, outlined, fields, texts)
        footnotes = self.add_footnotes(reader, entry.slug, (outlined.chapter, outlined.under), texts)
        values = {name: texts[keys[name]] for name in manifest.single if name in keys}
        self._check_titles(entry, texts)
        record = PracticeRecord(
            path=f"practice/{entry.slug}",
            document=manifest.document,
            order=order,
            headings=(plain_text(entry.heading),),
            title=entry.title,
            titles={entry.language: entry.title, **entry.titles},
            chapter=outlined.chapter,
            listed_under=outlined.under,
            countries=self._countries(entry, texts),
            localities=self._localities(entry, texts),
            type_printed=values.get("type"),
            types=self._concepts(self._types, "type", values, entry),
            area_printed=values.get("area"),
            areas=self._concepts(self._areas, "area", values, entry),
            duration=self._duration(entry, values.get("duration")),
            pages=self.pages(texts),
            mentions=find_mentions(self.gazetteer, texts, entry.slug, entry.parties),
            footnotes=footnotes,
            entry=entry.slug,
            fields=keys,
            not_stated=tuple(name for name in manifest.template if name not in keys),
        )
        return record, texts

    def open_entry(self, outlined: Outlined, slug: str, section: tuple[str, ...]) -> dict[PassageKey, str]:
        """Add the passages of an entry and of its heading.

        :raises ExtractionError: when a line that is left out stands inside the entry.
        """
        lines = [line for line in outlined.lines if not line.blank]
        left_out = [line for line in lines if (self.ledger.purpose(line) or "").startswith("ignored: ")]
        kept = [line for line in lines if line not in left_out]
        if left_out and left_out[0].number < kept[-1].number:
            raise ExtractionError(
                self.rendition.where(left_out[0]),
                f"a line that is left out stands inside {slug}",
                "such lines before or after an entry",
                "let the passage of the entry end before it",
            )
        self.book.add(slug, outlined.heading.start, kept[-1].end, kind="entry", section=section)
        key = self.book.add_lines(f"{slug}/heading", [outlined.heading], kind="heading", section=section, part_of=slug)
        return {key: plain_text(outlined.printed)}

    def _add_fields(
        self,
        entry: EntryFacts,
        outlined: Outlined,
        fields: dict[tuple[TemplateField, ...], list[Block]],
        texts: dict[PassageKey, str],
    ) -> dict[TemplateField, PassageKey]:
        keys: dict[TemplateField, PassageKey] = {}
        section = (outlined.chapter, outlined.under)
        for names, blocks in fields.items():
            number = 0
            for part, stretch in enumerate(_parts(blocks), start=1):
                for name in names:
                    key = f"{entry.slug}/{name}" + (f"-part-{part}" if part > 1 else "")
                    self.book.add(
                        key, stretch[0].start, stretch[-1].end, kind="field", section=section, part_of=entry.slug, field=name
                    )
                    keys.setdefault(name, key)
                name = names[0]
                whole = f"{entry.slug}/{name}" + (f"-part-{part}" if part > 1 else "")
                if name in self.declared.manifest.single:
                    self._check_single(entry, name, blocks)
                    texts[whole] = plain_text(stretch[0].text(self.rendition))
                    continue
                for block in stretch:
                    number += 1
                    texts[self.add_block(f"{entry.slug}/{name}/{number}", block, section, whole, name)] = plain_text(
                        block.text(self.rendition)
                    )
        return keys

    def add_block(
        self, key: PassageKey, block: Block, section: tuple[str, ...], whole: PassageKey, name: TemplateField | None = None
    ) -> PassageKey:
        """Add the passage of a paragraph, list item or table."""
        return self.book.add(key, block.start, block.end, kind=block.kind, section=section, part_of=whole, field=name)

    def _check_single(self, entry: EntryFacts, name: str, blocks: Sequence[Block]) -> None:
        if len(blocks) > 1:
            raise ExtractionError(
                f"{self.rendition.name}: {entry.slug}: {name}",
                f"{len(blocks)} paragraphs",
                "one",
                "compare the entry with the document",
            )

    def add_footnotes(
        self, reader: Reader, slug: str, section: tuple[str, ...], texts: dict[PassageKey, str]
    ) -> tuple[Footnote, ...]:
        """Add the passages of an entry's footnotes.

        :raises ExtractionError: when no text of the entry carries a footnote's mark.
        """
        footnotes: list[Footnote] = []
        for footnote in reader.footnotes:
            mark = footnote.line.text.split()[0]
            if not any(mark in self.book.text(key) for key in texts):
                raise ExtractionError(
                    self.rendition.where(footnote.line),
                    f"footnote {mark} stands in {slug}",
                    f"a text that carries {mark}",
                    "find its owner",
                )
            key = f"{slug}/footnote-{footnote.number}"
            self.book.add_lines(key, [footnote.line], kind="footnote", section=section, part_of=slug)
            footnotes.append(Footnote(number=footnote.number, passage=key))
        texts.update({note.passage: plain_text(self.book.text(note.passage)) for note in footnotes})
        return tuple(footnotes)

    def pages(self, texts: Iterable[PassageKey]) -> tuple[Page, ...]:
        """Web addresses in the order in which they are printed, each once."""
        pages: dict[str, Page] = {}
        for key in texts:
            for address in find_addresses(self.book.text(key), self.declared.lookups.repairs, f"{self.rendition.name}: {key}"):
                page = Page(iri=address.iri, printed=address.printed, repair=address.repair, passage=key)
                pages.setdefault(address.iri, page)
        return tuple(pages.values())

    def _concepts(
        self, concepts: ConceptReader, name: TemplateField, values: dict[TemplateField, str], entry: EntryFacts
    ) -> tuple[PrintedConcept, ...]:
        return concepts.read(values[name], f"{self.rendition.name}: {entry.slug}: {name}") if name in values else ()

    def _duration(self, entry: EntryFacts, printed: str | None) -> Duration | None:
        where = f"{self.rendition.name}: {entry.slug}: duration"
        reading = entry.duration
        if printed is None or reading is None:
            return None if printed is None else parse_duration(printed, where)
        stated = " … ".join(reading.printed) or printed
        years = [str(year) for year in (reading.start_year, reading.end_year) if year]
        missing = [words for words in (*reading.printed, *years) if words not in printed]
        if missing:
            raise ExtractionError(where, f"does not print {missing[0]!r}", "what entries.toml declares", "correct entries.toml")
        if reading.reason is None:
            return parse_duration(stated, where)
        return Duration(printed=stated, start_year=reading.start_year, end_year=reading.end_year, ongoing=reading.ongoing)

    def _countries(self, entry: EntryFacts, texts: dict[PassageKey, str]) -> tuple[Iso3, ...]:
        heading = self.declared.manifest.headings[entry.under]
        self._check_named(entry, texts, (country.printed for country in entry.countries))
        return tuple(dict.fromkeys(code for code in (heading, *(country.iso3 for country in entry.countries)) if code))

    def _localities(self, entry: EntryFacts, texts: dict[PassageKey, str]) -> tuple[Locality, ...]:
        self._check_named(entry, texts, (place.name for place in entry.localities))
        localities: list[Locality] = []
        for place in entry.localities:
            country = place.country or self.declared.manifest.headings[entry.under]
            path = f"place/{country.lower()}-{make_slug(place.name)}"
            localities.append(Locality(path=path, printed=place.name, kind=place.kind, country=country))
        return tuple(localities)

    def _check_named(self, entry: EntryFacts, texts: dict[PassageKey, str], names: Iterable[str]) -> None:
        """Check that places stand in the entry as words; headings print them in capitals."""
        everything = "\n".join(texts.values()).casefold()
        for name in names:
            if not re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", everything):
                raise self._not_printed(entry, "place", name)

    def _check_titles(self, entry: EntryFacts, texts: dict[PassageKey, str]) -> None:
        everything = [fold_heading(text) for text in texts.values()]
        if fold_heading(entry.title) not in fold_heading(entry.heading):
            raise self._not_printed(entry, "title", entry.title)
        for title in entry.titles.values():
            if not any(fold_heading(title) in text for text in everything):
                raise self._not_printed(entry, "title", title)

    def _not_printed(self, entry: EntryFacts, what: str, name: str) -> ExtractionError:
        return ExtractionError(
            f"{self.rendition.name}: {entry.slug}",
            f"does not print the {what} {name!r}",
            "what entries.toml declares",
            "compare the entry with etl/sources/cdadi_2024_39/entries.toml",
        )


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    parts: list[list[Block]] = []
    for block in blocks:
        if block.broken or not parts:
            parts.append([])
        parts[-1].append(block)
    return parts
