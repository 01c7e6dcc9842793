"""Read one entry of the compendium into a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from etl.actors import Gazetteer
from etl.errors import ExtractionError
from etl.identifiers import PassageKey
from etl.records import (
    TEMPLATE_FIELDS,
    Duration,
    Footnote,
    Locality,
    Mention,
    Page,
    PracticeRecord,
    PrintedConcept,
    TemplateField,
)
from etl.rendition import Line
from etl.sources.assess_2015.bodies import find_named, find_with_role
from etl.sources.assess_2015.layout import Region
from etl.sources.assess_2015.manifest import AssessManifest, DeclaredEntry
from etl.sources.assess_2015.passages import PassageWriter

__all__ = ["EntryReader"]

_ADDRESS = re.compile(r"https?://[^\s<>]+")
#: Fields written in sentences; the others hold values that the manifest declares.
_PROSE: frozenset[TemplateField] = frozenset({"monitored", "context", "objectives", "activities", "challenges"})


@dataclass
class _Field:
    """A field while it is read: its lines, and the passages that came of them."""

    name: TemplateField
    section: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    stretches: tuple[PassageKey, ...] = ()
    paragraphs: tuple[PassageKey, ...] = ()

    @property
    def values(self) -> list[str]:
        """Its lines without white space at the ends."""
        return [line.text.strip() for line in self.lines]


class EntryReader:
    """Reads one entry.

    :param entry: what the manifest declares of it.
    :param region: its heading and lines.
    """

    def __init__(
        self, writer: PassageWriter, manifest: AssessManifest, gazetteer: Gazetteer, entry: DeclaredEntry, region: Region
    ) -> None:
        self._writer, self._manifest, self._gazetteer = writer, manifest, gazetteer
        self._entry, self._region = entry, region
        self._chapter = next(section for section in manifest.sections if section.slug == entry.section)
        self._heading = " ".join(entry.heading_lines)
        self._section = (*manifest.section_path(entry.section), entry.listed_under, entry.titles["en"])
        self._fields: dict[TemplateField, _Field] = {}
        self._criteria: list[str] = []

    def read(self, order: int) -> PracticeRecord:
        """Read the entry; ``order`` is its position in the document.

        :raises ExtractionError: when a label, value, organisation or criterion is not as declared.
        """
        entry = self._entry
        self._write_heading()
        for part in self._split_fields():
            self._write_field(part)
        footnotes = tuple(self._writer.write_footnote(note, self._section, entry.slug) for note in self._region.footnotes)
        unstated = self._unstated()
        type_printed, types = self._read_type()
        group_printed, groups = self._read_target_group()
        duration_key = self._write_duration()
        keys = {name: part.stretches[0] for name, part in self._fields.items() if name not in unstated}
        return PracticeRecord(
            path=f"practice/{entry.slug}",
            document=self._manifest.document,
            order=order,
            headings=(self._heading,),
            title=self._check_titles(),
            titles=entry.titles,
            monitoring=entry.template == "monitoring",
            chapter=self._chapter.heading,
            listed_under=entry.listed_under,
            countries=(entry.country,),
            localities=tuple(self._read_localities()),
            types=types,
            type_printed=type_printed,
            target_groups=groups,
            target_group_printed=group_printed,
            duration=Duration(**entry.duration.model_dump(exclude={"field"})) if entry.duration else None,
            funding=self._read_funding(),
            criteria=tuple(f"criterion/{entry.template}-{key}" for key in self._criteria),
            pages=tuple(self._read_pages(footnotes)),
            mentions=tuple(self._read_mentions()),
            footnotes=footnotes,
            entry=entry.slug,
            fields=keys | ({"duration": duration_key} if duration_key else {}),
            not_stated=unstated,
        )

    def _fail(
        self, where: str, found: str, expected: str, mend: str = "compare the document with its manifest"
    ) -> ExtractionError:
        return ExtractionError(f"{self._writer.layout.rendition.name}: {self._entry.slug}: {where}", found, expected, mend)

    def _write_heading(self) -> None:
        slug, head = self._entry.slug, self._region.head
        noted = [line for note in self._region.footnotes for line in note.lines]
        last = max([*head, *self._region.body, *noted], key=lambda line: line.number)
        self._writer.book.add_lines(slug, [head[0], last], section=self._section, kind="entry")
        self._writer.book.add_lines(f"{slug}/heading", head[1:], section=self._section, kind="heading", part_of=slug)
        self._writer.ledger.use(head, f"heading of {slug}")

    def _check_titles(self) -> str:
        for title in self._entry.titles.values():
            if title not in self._heading:
                raise self._fail("titles", f"{title!r} is not in the heading", self._heading, "correct the title in the manifest")
        return self._entry.titles["en"]

    def _split_fields(self) -> list[_Field]:
        """Cut the entry at its labels, which must be those of its template, in that order."""
        labels, template = self._manifest.labels, self._manifest.templates[self._entry.template]
        groups = {label for label in template if label not in TEMPLATE_FIELDS}
        found: list[str] = []
        parts: list[_Field] = []
        for line in self._region.body:
            text = line.text.strip()
            if text in groups or text in labels:
                self._writer.ledger.use(line, f"label {text!r}")
                found.append(labels.get(text, text))
                if text in labels:
                    parts.append(_Field(labels[text], (*self._section, text)))
            elif not parts or found[-1] in groups:
                raise self._fail(f"line {line.number}", f"{text[:60]!r} stands before any field", f"one of {sorted(labels)}")
            else:
                parts[-1].lines.append(line)
        expected = [label for label in template if label not in self._entry.absent]
        if found != expected:
            for part in parts:  # a label that the manifest does not know is named rather than the one missing
                if part.name in _PROSE:
                    self._writer.layout.check_prose(self._writer.layout.paragraphs(part.lines))
            raise self._fail("labels", ", ".join(found), ", ".join(expected))
        return parts

    def _write_field(self, part: _Field) -> None:
        self._fields[part.name] = part
        available = self._is_available(part)
        part.stretches = self._writer.write_stretches(
            f"{self._entry.slug}/{part.name}",
            part.lines,
            part.section,
            kind="field" if available else "statement",
            parents=[self._entry.slug],
            field=part.name,
        )
        if part.name == "criteria":
            part.paragraphs = tuple(self._write_criteria(part))
            return
        self._writer.ledger.use(part.lines, f"field {part.name} of {self._entry.slug}")
        if available:
            part.paragraphs = self._writer.write_paragraphs(
                part.stretches, part.lines, part.section, prose=part.name in _PROSE, field=part.name
            )

    def _is_available(self, part: _Field) -> bool:
        return not set(part.values) <= set(self._manifest.not_available)

    def _write_criteria(self, part: _Field) -> Iterator[PassageKey]:
        headings = self._manifest.criterion_headings[self._entry.template]
        runs: list[tuple[str, list[Line]]] = []
        for line in part.lines:
            text = line.text.strip()
            if text in headings:
                runs.append((text, []))
                self._writer.ledger.use(line, f"criterion {text!r}")
            elif not runs:
                raise self._fail(
                    f"line {line.number}", f"{text[:60]!r} stands before any criterion", f"one of {sorted(headings)}"
                )
            else:
                runs[-1][1].append(line)
                self._writer.ledger.use(line, f"criteria of {self._entry.slug}")
        for text, lines in runs:
            for criterion in headings[text]:
                self._criteria.append(criterion)
                yield from self._write_criterion(part, criterion, text, lines)
        if tuple(self._criteria) != self._entry.criteria:
            raise self._fail("criteria", ", ".join(self._criteria), ", ".join(self._entry.criteria))

    def _write_criterion(self, part: _Field, criterion: str, heading: str, lines: Sequence[Line]) -> tuple[PassageKey, ...]:
        section = (*part.section, heading)
        stretches = self._writer.write_stretches(
            f"{self._entry.slug}/criteria/{criterion}", lines, section, kind="section", parents=part.stretches, field="criteria"
        )
        return self._writer.write_paragraphs(stretches, lines, section, prose=True, field="criteria")

    def _unstated(self) -> tuple[TemplateField, ...]:
        """Fields of the template that the entry leaves out or gives as not available, and the duration where it has none."""
        unavailable = {name for name, part in self._fields.items() if not self._is_available(part)}
        missing = unavailable | set(self._entry.absent) | (set() if self._entry.duration else {"duration"})
        return tuple(name for name in self._template_fields() if name in missing)

    def _template_fields(self) -> Iterator[TemplateField]:
        template = (*self._manifest.templates[self._entry.template], "duration")
        names: tuple[TemplateField, ...] = TEMPLATE_FIELDS  # type: ignore[assignment]
        return (name for name in names if name in template)

    def _read_type(self) -> tuple[str | None, tuple[PrintedConcept, ...]]:
        if "type" not in self._fields:
            concept = self._chapter.type
            return None, (PrintedConcept(concept=concept, printed=self._chapter.heading),) if concept else ()
        printed = self._one_value("type", list(self._manifest.types))
        return printed, tuple(PrintedConcept(concept=concept, printed=printed) for concept in self._manifest.types[printed])

    def _read_target_group(self) -> tuple[str | None, tuple[PrintedConcept, ...]]:
        """Concepts of the printed group; a field that answers in sentences names none."""
        if "focus" in self._fields:
            self._one_value("focus", self._manifest.focuses)
        part = self._fields["target-group"]
        if part.values[0] not in self._manifest.target_groups:
            self._writer.layout.check_prose(self._writer.layout.paragraphs(part.lines))
            return None, ()
        printed = self._one_value("target-group", list(self._manifest.target_groups))
        return printed, tuple(PrintedConcept(concept=key, printed=printed) for key in self._manifest.target_groups[printed])

    def _one_value(self, name: TemplateField, known: Sequence[str]) -> str:
        values = self._fields[name].values
        if len(values) != 1 or values[0] not in known:
            raise self._fail(
                name, "; ".join(values)[:80], f"one of {sorted(known)}", "add the value to the manifest if it is right"
            )
        return values[0]

    def _read_funding(self) -> tuple[str, ...]:
        values, expected = self._fields["funding"].values, [line.printed for line in self._entry.funding]
        if values != expected:
            raise self._fail("funding", "; ".join(values)[:120], "; ".join(expected))
        return tuple(values)

    def _text(self, name: TemplateField) -> str:
        return "\n".join(self._writer.book.text(key) for key in self._fields[name].stretches)

    def _read_localities(self) -> Iterator[Locality]:
        for place in self._entry.localities:
            if place.printed not in self._text(place.field):
                raise self._fail(place.field, f"does not name {place.printed}", "the places that the manifest declares")
            yield Locality(path=place.path, printed=place.printed, kind=place.kind, country=self._entry.country)

    def _write_duration(self) -> PassageKey | None:
        """Point at the phrase about the practice's own time, which stands in another field."""
        duration, book = self._entry.duration, self._writer.book
        if duration is None:
            return None
        part = self._fields[duration.field]
        hits = [key for key in part.stretches if duration.printed in book.text(key)]
        years = {str(year) for year in (duration.start_year, duration.end_year) if year}
        if len(hits) != 1 or not all(year in duration.printed for year in years):
            raise self._fail(duration.field, "does not print the time declared", repr(duration.printed))
        start = book.get(hits[0]).start + book.text(hits[0]).index(duration.printed)
        key = f"{self._entry.slug}/duration"
        end = start + len(duration.printed)
        return book.add(key, start, end, section=part.section, kind="statement", part_of=hits[0], field="duration")

    def _read_pages(self, footnotes: Sequence[Footnote]) -> Iterator[Page]:
        """Addresses of the website field, and those in footnotes that are about the practice."""
        part = self._fields["website"]
        for key in part.paragraphs:
            addresses = _ADDRESS.findall(self._writer.book.text(key))
            if not addresses:
                raise self._fail("website", f"no address in {key}", "an address in each line")
            yield from (Page(iri=address, printed=address, passage=key) for address in addresses)
        with_page = {note.number for note in self._manifest.footnotes if note.page}
        for note in footnotes:
            if note.number in with_page:
                for address in _ADDRESS.findall(self._writer.book.text(note.passage)):
                    yield Page(iri=address, printed=address, passage=note.passage)

    def _read_mentions(self) -> Iterator[Mention]:
        """Organisations with the role a field states, then those that the text only names."""
        enacting, funding = self._fields["enacting-entity"].paragraphs, self._fields["funding"].paragraphs
        roles = list(find_with_role(self._writer, self._gazetteer, self._entry, enacting, funding))
        yield from roles
        paragraphs = [key for part in self._fields.values() for key in part.paragraphs]
        with_role = {mention.actor for mention in roles}
        named = find_named(self._writer, self._gazetteer, paragraphs, self._entry.slug)
        yield from (mention for mention in named if mention.actor not in with_role)
