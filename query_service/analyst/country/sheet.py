"""All that the documents say of one country, on a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from pydantic import Field

from query_service.analyst.country.findings import Finding, FrameworkFindings, find_in, frameworks_in
from query_service.analyst.country.places import chapters_of, find_country, named_country, practices_in
from query_service.analyst.country.tallies import Narrowing, Tally, explorer_url, tallies_of
from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import PageFile, PageRecord, files_of
from query_service.analyst.things import Text, Thing
from query_service.pages import Site

__all__ = ["ActorShown", "Chapter", "CountrySheet", "Entry", "PracticeShown", "entries_of", "make_sheet", "show_practices"]

_FORMS: Final = ("csv", "xlsx", "json")
#: Roles of organisations in a practice, with the property that states them.
_ROLES: Final = (("lead", "ipg:leadActor"), ("partner", "ipg:partner"), ("funder", "ipg:funder"))


class Entry(PageRecord):
    """Where a document describes something."""

    document: Named
    section: str = Field(description="printed section titles")
    start: int = Field(description="first character of the entry")
    end: int = Field(description="character after the last one")
    url: str = Field(description="where the passage is described")


class PracticeShown(PageRecord):
    """A practice of the country."""

    item: Named
    summary: Text | None
    levels: tuple[Named, ...]
    types: tuple[Named, ...]
    targets: tuple[Named, ...]
    themes: tuple[Named, ...]
    principles: tuple[Named, ...] = Field(description="principles that it carries out, the primary one first")
    leads: tuple[Named, ...]
    funders: tuple[Named, ...]
    funding: tuple[str, ...] = Field(description="funding as printed, and programmes named")
    start: str = Field(description="year in which it began, as printed; empty where none is")
    end: str = Field(description="year in which it ended, as printed; empty where none is")
    ongoing: str = Field(description="true, false, or empty where that is not stated")
    evidence: tuple[Named, ...]
    countries: tuple[Named, ...] = Field(description="other countries in which it runs")
    entry: Entry | None


class ActorShown(PageRecord):
    """An organisation that takes part in practices of the country, or is based there."""

    item: Named
    kinds: tuple[Named, ...]
    is_based: bool = Field(description="whether it is based in the country")
    roles: tuple[tuple[str, tuple[Named, ...]], ...] = Field(description="its roles (lead, partner, funder), each with practices")


class Chapter(PageRecord):
    """A chapter on the country that describes no practice."""

    item: Named
    summary: Text | None
    mentions: tuple[Named, ...] = Field(description="organisations and programmes that it names")
    entry: Entry | None


class Mention(PageRecord):
    """A statement on the country that is no practice."""

    text: str = Field(description="why it is made, in English")
    target: Named
    url: str = Field(description="record of the link")


class CountrySheet(PageRecord):
    """The context of ``country.html``."""

    site: Site
    country: Named
    key: str
    code: str
    matches: tuple[str, ...] = Field(description="the same country elsewhere, by IRI")
    version: str
    practices: tuple[PracticeShown, ...]
    all_practices: int = Field(description="practices of the whole graph")
    chapters: tuple[Chapter, ...]
    mentions: tuple[Mention, ...]
    findings: tuple[Finding, ...] = Field(description="the principles")
    frameworks: tuple[FrameworkFindings, ...]
    tallies: tuple[Tally, ...]
    actors: tuple[ActorShown, ...]
    places: tuple[Named, ...] = Field(description="places within the country that practices name")
    explorer: str | None = Field(description="where its practices can be narrowed")
    compare: str = Field(description="where it can be compared with others")
    files: tuple[PageFile, ...]
    overlay: str = Field(description="where own practices can be laid over the graph")


def make_sheet(view: View, name: str) -> CountrySheet:
    """The sheet of a country.

    :param name: its key, e.g. ``est``.
    :raises UnknownItem: when the graph has no such country.
    """
    country = find_country(view, name)
    practices = practices_in(view, country.path)
    entries = entries_of(view)
    return CountrySheet(
        site=view.site,
        country=named_country(view, country),
        key=country.key,
        code=country.first("skos:notation"),
        matches=country.paths("skos:exactMatch"),
        version=view.analysis.version,
        practices=show_practices(view, practices, country),
        all_practices=len(view.things.practices),
        chapters=tuple(_chapter(view, chapter, entries) for chapter in chapters_of(view, country.path)),
        mentions=tuple(_mentions(view, country)),
        findings=find_in(view, practices, country.key),
        frameworks=frameworks_in(view, practices),
        tallies=tallies_of(view, country.key, practices, Narrowing()),
        actors=tuple(_actors(view, country, practices)),
        places=_places(view, country, practices),
        explorer=explorer_url(view, country.key, Narrowing(), {}),
        compare=view.urls.at("compare", item=f"country/{country.key}"),
        files=files_of(view, f"country/{country.key}", {}, _FORMS),
        overlay=view.urls.at("overlay"),
    )


def entries_of(view: View) -> dict[str, Entry]:
    """Where each practice and chapter is described, by path."""
    return {
        view.things.path(row["item"]): Entry(
            document=namer_of(view).item(view.things.path(row["document"])),
            section=row.get("section", ""),
            start=int(row["start"]),
            end=int(row["end"]),
            url=view.urls.page(row["passage"]),
        )
        for row in view.analysis.source.rows("list_entries")
    }


def show_practices(view: View, practices: Sequence[Thing], country: Thing) -> tuple[PracticeShown, ...]:
    """Practices of a country as pages show them."""
    entries = entries_of(view)
    return tuple(_practice(view, practice, country, entries.get(practice.path)) for practice in practices)


def _practice(view: View, practice: Thing, country: Thing, entry: Entry | None) -> PracticeShown:
    namer = namer_of(view)

    def named(name: str) -> tuple[Named, ...]:
        return namer.items(practice.paths(name))

    primary = practice.paths("ipg:primaryPrinciple")
    principles = (*primary, *(path for path in practice.paths("ipg:implementsPrinciple") if path not in primary))
    return PracticeShown(
        item=namer.item(practice.path),
        summary=practice.summary(view.language),
        levels=named("ipg:governanceLevel"),
        types=named("ipg:practiceType"),
        targets=named("ipg:targetGroup"),
        themes=named("dcterms:subject"),
        principles=namer.items(principles),
        leads=named("ipg:leadActor"),
        funders=named("ipg:funder"),
        funding=tuple(value.text for name in ("ipg:fundingAsPrinted", "ipg:fundingProgramme") for value in practice.values(name)),
        start=practice.first("ipg:startYear"),
        end=practice.first("ipg:endYear"),
        ongoing=practice.first("ipg:ongoing"),
        evidence=named("ipg:evidenceType"),
        countries=namer.items(path for path in practice.paths("ipg:country") if path != country.path),
        entry=entry,
    )


def _chapter(view: View, chapter: Thing, entries: dict[str, Entry]) -> Chapter:
    namer = namer_of(view)
    return Chapter(
        item=namer.item(chapter.path),
        summary=chapter.summary(view.language),
        mentions=namer.items(chapter.paths("ipg:mentions")),
        entry=entries.get(chapter.path),
    )


def _mentions(view: View, country: Thing) -> Iterator[Mention]:
    """What link records say of the country itself."""
    for link in view.things.links.values():
        if country.path in link.paths("owl:annotatedSource"):
            target = view.things.path(link.first("owl:annotatedTarget"))
            url = view.urls.page(link.iri)
            yield Mention(text=link.first("ipg:rationale"), target=namer_of(view).item(target), url=url)


def _actors(view: View, country: Thing, practices: Sequence[Thing]) -> Iterator[ActorShown]:
    """Organisations with a role in the practices, by role; then those that are only based in the country."""
    namer = namer_of(view)
    roles: dict[str, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for role, name in _ROLES:
        for practice in practices:
            for actor in practice.paths(name):
                roles[actor][role].append(namer.item(practice.path))
    actors = view.things.of("ipg:Actor")
    within = {country.path, *(place.path for place in _within(view, country))}
    based = {path for path, actor in actors.items() if within.intersection(actor.paths("ipg:basedIn"))}
    order = [role for role, _ in _ROLES]
    for path in sorted(
        roles.keys() | based,
        key=lambda path: (min((order.index(role) for role in roles.get(path, ())), default=len(order)), _title(view, path)),
    ):
        known = actors.get(path)
        yield ActorShown(
            item=namer.item(path),
            kinds=namer.items(known.paths("ipg:actorKind")) if known else (),
            is_based=path in based,
            roles=tuple((role, tuple(roles[path][role])) for role in order if role in roles.get(path, ())),
        )


def _title(view: View, path: str) -> str:
    return view.things.title(path, view.language).text.casefold()


def _within(view: View, country: Thing) -> tuple[Thing, ...]:
    return tuple(place for place in view.things.of("ipg:Place").values() if country.path in place.paths("skos:broader"))


def _places(view: View, country: Thing, practices: Sequence[Thing]) -> tuple[Named, ...]:
    named = {path for practice in practices for path in practice.paths("dcterms:spatial")}
    return namer_of(view).items(place.path for place in _within(view, country) if place.path in named)
