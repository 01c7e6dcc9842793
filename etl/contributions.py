"""Practices that users add: checked, kept as Markdown in the repository, and read like any other document.

::

    data/contributed/{practice}/practice.md   the entry in canonical form: the rendition its passages point into
                                source.toml   its registration: title, contributor, date, hash

The text of a contribution is its contributor's own, so it may stand in the repository; its records are made anew by
each build.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from etl.actors import Gazetteer
from etl.durations import parse_duration
from etl.errors import RecordError
from etl.identifiers import BASE, Iso3, Key, make_slug
from etl.namespaces import expand
from etl.passages import PassageBook
from etl.places import Country, fold_name
from etl.records import DocumentRecords, Locality, Mention, Page, PracticeRecord, PrintedConcept, Record, TemplateField
from etl.registry import RegisteredDocument, load_registry
from etl.rendition import Rendition
from etl.template import LABELS, TemplateEntry, read_markdown, read_template_file, render_markdown
from etl.turtle import read_turtle

__all__ = ["Contribution", "Lookups", "add_practices", "find_contributions", "load_lookups"]

_TEMPLATE: tuple[TemplateField, ...] = ("type", "area", "duration", "purpose", "stimulus", "process", "impact", "references")
_PARTS = re.compile(r"\s*(?:/|;|,| and )\s*")
_LABELS = (expand("skos:prefLabel"), expand("skos:altLabel"))
_ADDRESS = re.compile(r"https?://[^\s<>\"()\[\]]+[^\s<>\"()\[\].,;]")


class Lookups(Record):
    """What printed words of a contribution are looked up in.

    :ivar concepts: concept path by folded label, for each of ``area`` and ``practice-type``.
    """

    countries: dict[Iso3, Country]
    concepts: dict[str, dict[str, str]]


class Contribution(Record):
    """A contributed practice, read."""

    slug: Key
    facts: RegisteredDocument
    records: DocumentRecords


def load_lookups(ontology: Path, countries: dict[Iso3, Country]) -> Lookups:
    """Read the labels of areas and types from the vocabularies."""
    concepts: dict[str, dict[str, str]] = {}
    for kind, file in (("area", "areas.ttl"), ("practice-type", "practice-types.ttl")):
        prefix = f"{BASE}id/{kind}/"
        concepts[kind] = {
            fold_name(quad.object.value): quad.subject.value.removeprefix(f"{BASE}id/")
            for quad in read_turtle([ontology / "vocabularies" / file], "vocabulary")
            if isinstance(quad.object, Literal)
            and isinstance(quad.subject, NamedNode)
            and quad.predicate in _LABELS
            and quad.subject.value.startswith(prefix)
        }
    return Lookups(countries=countries, concepts=concepts)


def add_practices(file: Path, folder: Path, lookups: Lookups, contributor: str, day: date, taken: set[str]) -> list[str]:
    """Check the practices of a file and put each in place; either all are added or none.

    :param folder: ``data/contributed``.
    :param taken: keys of the practices there are.
    :returns: keys of the practices added.
    :raises RecordError: naming file, row or field of what is wrong.
    """
    added: dict[str, tuple[TemplateEntry, str]] = {}
    for entry in read_template_file(file):
        slug = make_slug(entry.title, words=8)
        if slug in taken or slug in added:
            raise RecordError(
                f"{file}: title",
                f"{entry.title!r} gives the key {slug!r}, which is taken",
                "another title",
                "add the place to it",
            )
        markdown = render_markdown(entry)
        _extract(Rendition.from_text(f"contributed-{slug}", f"{file.name}", markdown), slug, lookups, Gazetteer([]))
        added[slug] = entry, markdown
    scratch = folder / ".new"
    shutil.rmtree(scratch, ignore_errors=True)
    for slug, (entry, markdown) in added.items():
        (scratch / slug).mkdir(parents=True)
        rendition = Rendition.from_text(f"contributed-{slug}", "practice.md", markdown)
        (scratch / slug / "practice.md").write_text(markdown, encoding="utf-8")
        (scratch / slug / "source.toml").write_text(
            _registration(slug, entry, rendition.sha256, contributor, day), encoding="utf-8"
        )
    for slug in added:
        (scratch / slug).rename(folder / slug)
    shutil.rmtree(scratch, ignore_errors=True)
    return list(added)


def _registration(slug: str, entry: TemplateEntry, sha256: str, contributor: str, day: date) -> str:
    return (
        f"[contributed-{slug}]\n"
        f'file = "practice.md"\nsha256 = "{sha256}"\n'
        f"title = {_toml(f'Contributed practice: {entry.title}')}\nissuers = [{_toml(contributor)}]\n"
        f'date = "{day.isoformat()}"\nstatus = "contributed"\nlanguage = "en"\nrecorded = "{day.isoformat()}"\n'
    )


def _toml(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", escaped) + '"'


def find_contributions(folder: Path, lookups: Lookups, gazetteer: Gazetteer) -> Iterator[Contribution]:
    """Read all contributed practices.

    :raises RecordError: when one breaks the template or its text differs from its registered hash.
    """
    for place in sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith(".")):
        ((slug, facts),) = load_registry(place / "source.toml").items()
        rendition = Rendition.read(slug, place / facts.file)
        if rendition.sha256 != facts.sha256:
            raise RecordError(
                str(place / facts.file),
                f"has SHA-256 {rendition.sha256}",
                facts.sha256,
                "restore it, or remove the folder and add the practice again",
            )
        yield Contribution(slug=slug, facts=facts, records=_extract(rendition, place.name, lookups, gazetteer))


def _extract(rendition: Rendition, slug: str, lookups: Lookups, gazetteer: Gazetteer) -> DocumentRecords:
    entry = read_markdown(rendition.name, rendition.text)
    book = PassageBook(rendition)
    title = (entry.title,)
    whole = book.add(slug, 0, len(rendition.text), kind="entry", section=title)
    fields = {name: _add_field(book, rendition, slug, name, title) for name in _TEMPLATE if getattr(entry, name)}
    countries = _countries(rendition.name, entry.country, lookups)
    record = PracticeRecord(
        path=f"practice/{slug}",
        document=rendition.document,
        order=1,
        headings=title,
        title=entry.title,
        titles={"en": entry.title},
        chapter="Contributed practices",
        listed_under=lookups.countries[countries[0]].name_en,
        countries=countries,
        localities=_localities(entry, countries[0]),
        types=_concepts(rendition.name, "practice-type", entry.type, lookups),
        type_printed=entry.type,
        areas=_concepts(rendition.name, "area", entry.area, lookups),
        area_printed=entry.area,
        duration=parse_duration(entry.duration, f"{rendition.name}: Duration") if entry.duration else None,
        pages=_pages(book, whole),
        mentions=_mentions(book, fields, gazetteer, slug),
        entry=whole,
        fields=fields,
        not_stated=tuple(name for name in _TEMPLATE if name not in fields),
    )
    return DocumentRecords(
        document=rendition.document,
        rendition_sha256=rendition.sha256,
        rendition_length=len(rendition.text),
        passages=book.close(),
        practices=(record,),
    )


def _add_field(book: PassageBook, rendition: Rendition, slug: str, name: TemplateField, section: tuple[str, ...]) -> str:
    start = rendition.text.index(f"\n{LABELS[name]}: ") + 1
    later = [rendition.text.find(f"\n{label}: ", start) for label in LABELS.values()]
    end = min((position for position in later if position >= 0), default=len(rendition.text))
    return book.add(f"{slug}/{name}", start, end, kind="field", section=section, part_of=slug, field=name)


def _countries(where: str, printed: str, lookups: Lookups) -> tuple[Iso3, ...]:
    names = {fold_name(country.name_en): iso3 for iso3, country in lookups.countries.items()}
    found = []
    for part in (part.strip() for part in printed.split(";") if part.strip()):
        iso3 = part.upper() if part.upper() in lookups.countries else names.get(fold_name(part))
        if iso3 is None:
            near = difflib.get_close_matches(fold_name(part), names, n=3)
            hint = (
                f"perhaps {', '.join(lookups.countries[names[name]].name_en for name in near)}"
                if near
                else "see data/countries.tsv"
            )
            raise RecordError(
                f"{where}: Country", f"unknown country {part!r}", "an English name or ISO 3166-1 alpha-3 code", hint
            )
        found.append(iso3)
    return tuple(dict.fromkeys(found))


def _localities(entry: TemplateEntry, country: Iso3) -> tuple[Locality, ...]:
    if entry.locality is None:
        return ()
    path = f"place/{country.lower()}-{make_slug(entry.locality)}"
    return (Locality(path=path, printed=entry.locality, kind="other", country=country),)


def _concepts(where: str, kind: str, printed: str, lookups: Lookups) -> tuple[PrintedConcept, ...]:
    labels: Mapping[str, str] = lookups.concepts[kind]
    if fold_name(printed) in labels:
        return (PrintedConcept(concept=labels[fold_name(printed)], printed=printed),)
    found = []
    for part in _PARTS.split(printed):
        concept = labels.get(fold_name(part))
        if concept is None:
            near = difflib.get_close_matches(fold_name(part), labels, n=3) or sorted(labels)[:5]
            label = "Area of intervention" if kind == "area" else "Type"
            raise RecordError(
                f"{where}: {label}",
                f"unknown value {part!r}",
                f"a label of ontology/vocabularies/{kind}s.ttl",
                f"perhaps: {'; '.join(near)}",
            )
        found.append(PrintedConcept(concept=concept, printed=part))
    return tuple(found)


def _pages(book: PassageBook, whole: str) -> tuple[Page, ...]:
    found = dict.fromkeys(match.group() for match in _ADDRESS.finditer(book.text(whole)))
    return tuple(Page(iri=address, printed=address, passage=whole) for address in found)


def _mentions(book: PassageBook, fields: Mapping[TemplateField, str], gazetteer: Gazetteer, slug: str) -> tuple[Mention, ...]:
    seen: dict[str, tuple[str, list[str]]] = {}
    for key in fields.values():
        for sighting in gazetteer.find(book.text(key), entry=slug):
            _, keys = seen.setdefault(sighting.actor, (sighting.printed, []))
            if key not in keys:
                keys.append(key)
    return tuple(
        Mention(actor=f"actor/{actor}", printed=printed, passages=tuple(keys)) for actor, (printed, keys) in seen.items()
    )
