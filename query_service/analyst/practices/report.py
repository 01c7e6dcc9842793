"""One practice as a report needs it: who runs and pays for it, where, at which level, by which principles, and its source."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import View
from query_service.analyst.naming import Named, Namer, natural
from query_service.analyst.practices.catalogue import Entry
from query_service.analyst.things import Thing, Things
from query_service.ordering import LEVELS

__all__ = ["Lead", "PracticeTold", "Years", "tell_practice"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Lead(Named):
    """An organisation that runs a practice."""

    kind: Named | None = Field(description="what kind of body it is")


class Years(_Record):
    """From when to when, as printed; never computed."""

    start: int | None = Field(description="year printed as the beginning; null where none is stated")
    end: int | None = Field(description="year printed as the end; null where none is stated")
    ongoing: bool | None = Field(description="whether the document says that it goes on; null where it does not say")
    ongoing_as_of: str = Field(description="date of the document that says so; else empty")
    duration: str = Field(description="duration as printed; else empty")


class PracticeTold(_Record):
    """A practice in a report."""

    iri: str = Field(description="IRI of the practice")
    page: str = Field(description="URL of its page")
    title: str = Field(description="title, in the language asked for, else in English")
    title_language: str = Field(description="language of the title")
    summary: str = Field(description="our summary")
    summary_language: str = Field(description="language of the summary")
    countries: tuple[Named, ...] = Field(description="countries in which it runs")
    places: tuple[Named, ...] = Field(description="places within countries")
    levels: tuple[Named, ...] = Field(description="levels of government that run or pay for it")
    run_at: tuple[Named, ...] = Field(description="levels of those who run it")
    paid_at: tuple[Named, ...] = Field(description="levels of those who pay for it")
    leads: tuple[Lead, ...] = Field(description="organisations that run it; none where the document names none")
    partners: tuple[Named, ...] = Field(description="organisations that take part")
    funders: tuple[Named, ...] = Field(description="organisations and programmes that pay for it")
    principles: tuple[Named, ...] = Field(description="Common Basic Principles that it implements, the primary one first")
    primary: Named | None = Field(description="the primary one of them")
    contributes_to: tuple[Named, ...] = Field(description="principles that it contributes to, by inference")
    target_groups: tuple[Named, ...] = Field(description="whom it is for")
    themes: tuple[Named, ...] = Field(description="themes")
    areas: tuple[Named, ...] = Field(description="areas of intervention")
    types: tuple[Named, ...] = Field(description="types of practice")
    evidence_type: tuple[Named, ...] = Field(description="on what the document rests the results")
    years: Years = Field(description="from when to when")
    document: Named | None = Field(description="document that prints it")
    section: str = Field(description="path of its section, as printed")
    provisions: tuple[Named, ...] = Field(description="all provisions that it implements")


def tell_practice(view: View, namer: Namer, entry: Entry) -> PracticeTold:
    """Put a practice into words."""
    thing, things = entry.thing, view.things
    title, summary = thing.title(namer.language), thing.summary(namer.language)
    primary = thing.paths("ipg:primaryPrinciple")
    countries = thing.paths("ipg:country")
    return PracticeTold(
        iri=thing.iri,
        page=view.urls.page(thing.iri),
        title=title.text,
        title_language=title.language,
        summary=summary.text if summary else "",
        summary_language=summary.language if summary else "",
        countries=namer.by_title(countries),
        places=namer.by_title(path for path in thing.paths("dcterms:spatial") if not _is_country(path, things)),
        levels=_levels(namer, thing.paths("ipg:governanceLevel")),
        run_at=_levels(namer, thing.paths("ipg:runsAtLevel")),
        paid_at=_levels(namer, thing.paths("ipg:fundedAtLevel")),
        leads=tuple(_lead(namer, things, path) for path in thing.paths("ipg:leadActor")),
        partners=namer.by_title(thing.paths("ipg:partner")),
        funders=namer.by_title(thing.paths("ipg:funder")),
        principles=_primary_first(namer, thing.paths("ipg:implementsPrinciple"), primary),
        primary=namer.item(primary[0]) if primary else None,
        contributes_to=namer.provisions(thing.paths("ipg:contributesTo")),
        target_groups=namer.by_title(thing.paths("ipg:targetGroup")),
        themes=namer.by_title(thing.paths("dcterms:subject")),
        areas=namer.by_title(thing.paths("ipg:areaOfIntervention")),
        types=namer.by_title(thing.paths("ipg:practiceType")),
        evidence_type=namer.by_title(thing.paths("ipg:evidenceType")),
        years=_tell_years(thing),
        document=next(iter(namer.by_title(thing.paths("dcterms:source"))), None),
        section=entry.standing.section if entry.standing else "",
        provisions=namer.provisions(thing.paths("ipg:implements")),
    )


def _tell_years(practice: Thing) -> Years:
    """From when to when a practice runs, as its document prints it."""
    start, end, ongoing = (practice.first(f"ipg:{name}") for name in ("startYear", "endYear", "ongoing"))
    return Years(
        start=int(start) if start else None,
        end=int(end) if end else None,
        ongoing=ongoing == "true" if ongoing else None,
        ongoing_as_of=practice.first("ipg:ongoingAsOf"),
        duration=practice.first("ipg:durationText"),
    )


def _is_country(path: str, things: Things) -> bool:
    place = things.of("ipg:Place").get(path)
    return place is None or place.first("ipg:placeKind") == "country"


def _levels(namer: Namer, paths: Iterable[str]) -> tuple[Named, ...]:
    order = {f"level/{key}": place for place, key in enumerate(LEVELS)}
    return namer.items(sorted(paths, key=lambda path: order.get(path, len(order))))


def _lead(namer: Namer, things: Things, path: str) -> Lead:
    actor = things.of("ipg:Actor").get(path)
    kinds = namer.by_title(actor.paths("ipg:actorKind")) if actor else ()
    return Lead(**dict(namer.item(path)), kind=kinds[0] if kinds else None)


def _primary_first(namer: Namer, paths: tuple[str, ...], primary: tuple[str, ...]) -> tuple[Named, ...]:
    return namer.items(sorted(paths, key=lambda path: (path not in primary, natural(path))))
