"""Read one entry of the compendium into a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from etl.actors import Gazetteer
from etl.errors import ExtractionError
from etl.identifiers import ConceptPath, PassageKey
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
from etl.sources.assess_2015.layout import Region, blank_calls
from etl.sources.assess_2015.manifest import AssessManifest, DeclaredEntry
from etl.sources.assess_2015.passages import PassageWriter

__all__ = ["EntryReader", "find_named"]

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
    """Reads the entry in a region.

    :param region: heading and lines of the entry.
    :param section: titles of the sections around it, as printed.
    :param type_of_section: practice type that the section's title states for its entries.
    """

    def __init__(
        self,
        writer: PassageWriter,
        manifest: AssessManifest,
        gazetteer: Gazetteer,
        region: Region,
        section: tuple[str, ...],
        type_of_section: ConceptPath | None,
    ) -> None:
        assert isinstance(region.declared, DeclaredEntry)  # noqa: S101 - tells the type checker which region this is
        self._entry = region.declared
        self._writer, self._manifest, self._gazetteer, self._region = writer, manifest, gazetteer, region
        self._type_of_section = type_of_section
        self._chapter = section[-1]
        self._heading = " ".join(self._entry.heading_lines)
        self._section = (*section, self._entry.listed_under, self._heading)
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
            chapter=self._chapter,
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

    def _fail(self, where: str, found: str, expected: str, mend: str = "compare the document with its manifest") -> ExtractionError:
        return ExtractionError(f"{self._writer.layout.rendition.name}: {self._entry.slug}: {where}", found, expected, mend)

    def _write_heading(self) -> None:
        slug, head = self._entry.slug, self._region.head
        last = max([*self._region.body, *(line for note in self._region.footnotes for line in note.lines)], key=lambda x: x.number)
        self._writer.book.add_lines(slug, [head[0], last], section=self._section, kind="entry")
        self._writer.book.add_lines(f"{slug}/heading", head[1:], section=self._section, kind="heading", part_of=slug)
        self._writer.ledger.use(head, f"heading of {slug}")

    def _check_titles(self) -> str:
        for title in self._entry.titles.values():
            if title not in self._heading:
                raise self._fail("titles", f"{title!r} is not in the heading", self._heading, "correct the title in the manifest")
        return self._entry.titles["en"]

    def _split_fields(self) -> list[_Field]:
        labels, template = self._manifest.labels, self._manifest.templates[self._entry.template]
        groups = {label for label in template if label not in TEMPLATE_FIELDS}
        found: list[str] = []
        parts: list[_Field] = []
        for line in self._region.body:
            text = line.text.strip()
            if text in groups or text in labels:
                found.append(labels.get(text, text))
                self._writer.ledger.use(line, f"label {text!r}")
                if text in labels:
                    group = next(label for label in reversed(found) if label in groups) if groups & set(found) else self._heading
                    parts.append(_Field(labels[text], (*self._section, group, text)))
            elif not parts or (found[-1] in groups):
                raise self._fail(f"line {line.number}", f"{text[:60]!r} stands before any field", f"one of the labels {sorted(labels)}")
            else:
                parts[-1].lines.append(line)
        expected = [label for label in template if label not in self._entry.absent]
        if found != expected:
            raise self._fail("labels", ", ".join(found), ", ".join(expected))
        return parts

    def _write_field(self, part: _Field) -> None:
        self._fields[part.name] = part
        key = f"{self._entry.slug}/{part.name}"
        if not part.lines:
            raise self._fail(part.name, "a label without text", "text below each label")
        unavailable = part.values[0] in self._manifest.not_available
        part.stretches = self._writer.write_stretches(
            key, part.lines, part.section, kind="statement" if unavailable else "field", parents=[self._entry.slug], field=part.name
        )
        if part.name == "criteria":
            part.paragraphs = tuple(self._write_criteria(part))
            return
        self._writer.ledger.use(part.lines, f"field {part.name} of {self._entry.slug}")
        if not unavailable:
            part.paragraphs = self._writer.write_paragraphs(
                part.stretches, part.lines, part.section, prose=part.name in _PROSE, field=part.name
            )

    def _write_criteria(self, part: _Field) -> Iterator[PassageKey]:
        headings = self._manifest.criterion_headings[self._entry.template]
        runs: list[tuple[str, list[Line]]] = []
        for line in part.lines:
            text = line.text.strip()
            if text in headings:
                runs.append((text, []))
                self._writer.ledger.use(line, f"criterion {text!r}")
            elif not runs:
                raise self._fail(f"line {line.number}", f"{text[:60]!r} stands before any criterion", f"one of {sorted(headings)}")
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
        if not lines:
            raise self._fail(f"criterion {heading}", "a heading without text", "text below each criterion")
        section = (*part.section, heading)
        stretches = self._writer.write_stretches(
            f"{self._entry.slug}/criteria/{criterion}", lines, section, kind="section", parents=part.stretches, field="criteria"
        )
        return self._writer.write_paragraphs(stretches, lines, section, prose=True, field="criteria")

    def _unstated(self) -> tuple[TemplateField, ...]:
        """Fields of the template that the entry leaves out or gives as not available, and the duration where it has none."""
        unavailable = {name for name, part in self._fields.items() if part.values[0] in self._manifest.not_available}
        missing = unavailable | set(self._entry.absent) | (set() if self._entry.duration else {"duration"})
        return tuple(name for name in self._template_fields() if name in missing)

    def _template_fields(self) -> Iterator[TemplateField]:
        template = (*self._manifest.templates[self._entry.template], "duration")
        names: tuple[TemplateField, ...] = TEMPLATE_FIELDS  # type: ignore[assignment]
        return (name for name in names if name in template)

    def _read_type(self) -> tuple[str | None, tuple[PrintedConcept, ...]]:
        if "type" not in self._fields:
            concept = self._type_of_section
            return None, (PrintedConcept(concept=concept, printed=self._chapter),) if concept else ()
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
            raise self._fail(name, "; ".join(values)[:80], f"one of {sorted(known)}", "add the value to the manifest if it is right")
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
        if part.values[0] not in self._manifest.not_available:
            for key in part.paragraphs:
                addresses = _ADDRESS.findall(self._writer.book.text(key))
                if not addresses:
                    raise self._fail("website", "a line without an address", "an address in each line")
                yield from (Page(iri=address, printed=address, passage=key) for address in addresses)
        with_page = {note.number for note in self._manifest.footnotes if note.page}
        for note in footnotes:
            if note.number in with_page:
                for address in _ADDRESS.findall(self._writer.book.text(note.passage)):
                    yield Page(iri=address, printed=address, passage=note.passage)

    def _read_mentions(self) -> Iterator[Mention]:
        """Organisations with the role a field states, then those that the text only names."""
        roles = list(self._read_roles())
        yield from roles
        paragraphs = [key for part in self._fields.values() for key in part.paragraphs]
        with_role = {mention.actor for mention in roles}
        named = find_named(self._writer, self._gazetteer, paragraphs, self._entry.slug)
        yield from (mention for mention in named if mention.actor not in with_role)

    def _read_roles(self) -> Iterator[Mention]:
        bodies, used = self._fields["enacting-entity"], set[PassageKey]()
        for body in self._entry.bodies:
            keys = self._sightings(bodies, body.actor, body.printed)
            if body.kind and not self._writer.book.text(keys[0]).startswith(body.kind):
                raise self._fail("enacting-entity", f"no {body.kind!r} before {body.printed}", "the kind as printed")
            used.update(keys)
            yield Mention(
                actor=f"actor/{body.actor}", printed=body.printed, role=body.role, kind_printed=body.kind, passages=keys
            )
        if used != set(bodies.paragraphs):
            raise self._fail("enacting-entity", "a paragraph names no organisation declared", "each to name one")
        funding = self._fields["funding"]
        for line in self._entry.funding:
            for funder in line.funders:
                keys = self._sightings(funding, funder.actor, funder.printed)
                yield Mention(actor=f"actor/{funder.actor}", printed=funder.printed, role="funder", passages=keys)

    def _sightings(self, part: _Field, actor: str, printed: str) -> tuple[PassageKey, ...]:
        """Paragraphs of a field in which the register's form of an organisation stands."""
        book, slug = self._writer.book, self._entry.slug
        keys = tuple(
            key
            for key in part.paragraphs
            if any((hit.actor, hit.printed) == (actor, printed) for hit in self._gazetteer.find(blank_calls(book.text(key)), slug))
        )
        if not keys:
            raise self._fail(
                part.name,
                f"{printed!r} is not found as {actor}",
                "the organisations that the manifest declares, each with this form in the register",
                "add the form to the actor in data/curation/actors/, or compare the document with its manifest",
            )
        return keys


def find_named(
    writer: PassageWriter, gazetteer: Gazetteer, keys: Sequence[PassageKey], entry: str | None = None
) -> Iterator[Mention]:
    """Registered organisations in passages, one mention each, in the order of their first form."""
    found: dict[str, tuple[str, list[PassageKey]]] = {}
    for key in keys:
        for hit in gazetteer.find(blank_calls(writer.book.text(key)), entry):
            passages = found.setdefault(hit.actor, (hit.printed, []))[1]
            if key not in passages:
                passages.append(key)
    for actor, (printed, passages) in found.items():
        yield Mention(actor=f"actor/{actor}", printed=printed, passages=tuple(passages))
