"""The page on one practice: what its document states, why it is linked to which provision, what follows, and what is like it."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import View
from query_service.analyst.naming import Named, Namer, namer_of
from query_service.analyst.practices.actors import Figure, Role, read_figures, read_roles
from query_service.analyst.practices.catalogue import catalogue_of
from query_service.analyst.practices.links import LinkTold, tell_links
from query_service.analyst.practices.passages import Passages, PassageShown
from query_service.analyst.practices.report import PracticeTold, tell_practice
from query_service.analyst.practices.similar import KINDS, most_like
from query_service.analyst.practices.template_fields import FieldShown, read_fields
from query_service.analyst.practices.tile_map import SmallTile, country_name, small_map
from query_service.analyst.practices.tiles import TILES
from query_service.analyst.things import Text, Thing
from query_service.linked_data.item_page import ItemPage
from query_service.linked_data.page_makers import Told
from query_service.pages import Site, render_page

__all__ = ["PracticePage", "write_practice"]

#: Properties by which what a practice implements leads on to a principle, with the message that says so.
_LEADS_ON: Final = (("ipg:elaborates", "follows-elaborates"), ("ipg:supports", "follows-supports"))


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkShown(_Record):
    """A link to a provision, with why."""

    told: LinkTold = Field(description="the link")
    framework: Named | None = Field(description="framework of the provision")
    strength: str = Field(description="primary or secondary, in words")
    basis: str = Field(description="on what it rests, in words")
    review: str = Field(description="who has reviewed it, in words")
    passages: tuple[PassageShown, ...] = Field(description="where its evidence stands")
    trace: str = Field(description="URL of the paths between practice and provision")
    record: str = Field(description="URL of the page on the record of the link")


class Through(_Record):
    """A provision by which a principle follows."""

    provision: Named = Field(description="a provision that the practice implements")
    words: str = Field(description="what it does to the principle")


class Follows(_Record):
    """A principle to which the practice contributes by inference."""

    principle: Named = Field(description="the principle")
    through: tuple[Through, ...] = Field(description="provisions by which it follows")
    trace: str = Field(description="URL of the paths between practice and principle")


class Shared(_Record):
    """What two practices share, of one kind."""

    name: str = Field(description="message of its name")
    items: tuple[Named, ...] = Field(description="what is shared")


class SimilarShown(_Record):
    """A practice that is like this one."""

    practice: Named = Field(description="the practice")
    countries: tuple[Named, ...] = Field(description="where it runs")
    points: int = Field(description="what is shared, counted")
    shared: tuple[Shared, ...] = Field(description="what is shared, by kind")


class PracticePage(_Record):
    """Context of ``practice.html``."""

    site: Site = Field(description="what all pages have in common")
    item: ItemPage = Field(description="the page that every item has")
    practice: PracticeTold = Field(description="the practice in short")
    names: tuple[Text, ...] = Field(description="titles in other languages, and headings as printed")
    is_monitoring: bool = Field(description="whether it monitors integration instead of working for it")
    tiles: tuple[SmallTile, ...] = Field(description="map of the countries in which it runs; none where no tile is theirs")
    map_label: str = Field(description="the map in words")
    fields: tuple[FieldShown, ...] = Field(description="fields of the template")
    roles: tuple[Role, ...] = Field(description="organisations with their roles")
    mentioned: tuple[Named, ...] = Field(description="organisations that are named without a role")
    programmes: tuple[str, ...] = Field(description="funding programmes, as printed")
    figures: tuple[Figure, ...] = Field(description="numbers that the document gives as results")
    transfer: tuple[PassageShown, ...] = Field(description="passages that say it can be or was taken over elsewhere")
    addresses: tuple[str, ...] = Field(description="addresses of the web that the entry prints, unchecked")
    links: tuple[LinkShown, ...] = Field(description="provisions that it implements, the primary one first")
    reviewed_for: tuple[Named, ...] = Field(description="frameworks for which it was read")
    follows: tuple[Follows, ...] = Field(description="principles that follow by inference and are not linked")
    similar: tuple[SimilarShown, ...] = Field(description="practices that share most with it")
    entry: tuple[PassageShown, ...] = Field(description="where the whole entry stands")
    citation: str = Field(description="how to cite this page")
    trace: str = Field(description="URL of all paths from it")
    explorer: str = Field(description="URL of the explorer")


def write_practice(view: View, told: Told) -> bytes:
    """The page on a practice.

    :param told: what is said of it.
    :raises ServiceError: when the dataset cannot be asked now.
    """
    things, namer = view.things, namer_of(view)
    path = things.path(told.description.iri)
    # A dataset whose ontology declares no prefixes cannot be asked by the names of properties.
    thing = things.practices.get(path) if things.facts.prefixes else None
    if thing is None:
        return render_page("item.html", told.page)
    entry = next(one for one in catalogue_of(view.analysis).entries if one.thing is thing)
    practice = tell_practice(view, namer, entry)
    passages = Passages(told, things, view.urls, namer)
    countries = [place.partition("/")[2] for place in thing.paths("ipg:country")]
    placed = {tile.key for tile in TILES}
    page = PracticePage(
        site=view.site,
        item=told.page,
        practice=practice,
        names=_other_names(thing, practice.title),
        is_monitoring=any(value.text.endswith("#MonitoringPractice") for value in thing.values("rdf:type")),
        tiles=small_map(countries) if placed & {*countries} else (),
        map_label=", ".join(country_name(view, namer, key) for key in countries),
        fields=read_fields(thing, passages, namer),
        roles=read_roles(things, thing, passages, namer),
        mentioned=_mentioned(thing, namer),
        programmes=tuple(value.text for value in thing.values("ipg:fundingProgramme")),
        figures=read_figures(things, thing, passages),
        transfer=passages.of(value.text for value in thing.values("ipg:transferabilityEvidence")),
        addresses=tuple(value.text for value in thing.values("foaf:page")),
        links=tuple(_link(view, namer, passages, path, link) for link in tell_links(view, namer, thing)),
        reviewed_for=namer.by_title(thing.paths("ipg:reviewedFor")),
        follows=_follows(view, namer, thing),
        similar=_similar(view, namer, thing),
        entry=passages.of([entry.standing.passage]) if entry.standing else (),
        citation=_citation(view, practice),
        trace=_trace(view, path),
        explorer=view.urls.at("practice"),
    )
    return render_page("practice.html", page)


def _other_names(thing: Thing, title: str) -> tuple[Text, ...]:
    values = (*thing.values("skos:prefLabel"), *thing.values("skos:altLabel"))
    return tuple(dict.fromkeys(Text(value.text, value.language) for value in values if value.text != title))


def _mentioned(thing: Thing, namer: Namer) -> tuple[Named, ...]:
    with_role = {path for name in ("ipg:leadActor", "ipg:partner", "ipg:funder") for path in thing.paths(name)}
    return namer.by_title(path for path in thing.paths("ipg:mentions") if path not in with_role)


def _link(view: View, namer: Namer, passages: Passages, practice: str, link: LinkTold) -> LinkShown:
    provision = view.things.provisions.get(link.provision.path)
    frameworks = provision.paths("dcterms:isPartOf") if provision else ()
    return LinkShown(
        told=link,
        framework=namer.item(frameworks[0]) if frameworks else None,
        strength=namer.term(link.strength),
        basis=namer.term(link.basis),
        review=namer.term(link.review_state),
        passages=passages.of(link.evidence),
        trace=_trace(view, practice, link.provision.path),
        record=view.urls.page(link.iri),
    )


def _follows(view: View, namer: Namer, thing: Thing) -> tuple[Follows, ...]:
    implemented = [view.things.provisions[path] for path in thing.paths("ipg:implements") if path in view.things.provisions]
    linked = {*thing.paths("ipg:implementsPrinciple")}
    found = []
    for principle in namer.provisions(path for path in thing.paths("ipg:contributesTo") if path not in linked):
        through = [
            Through(provision=namer.item(provision.path), words=namer.words(message))
            for provision in implemented
            for property_, message in _LEADS_ON
            if principle.path in provision.paths(property_)
        ]
        found.append(Follows(principle=principle, through=tuple(through), trace=_trace(view, thing.path, principle.path)))
    return tuple(found)


def _similar(view: View, namer: Namer, thing: Thing) -> tuple[SimilarShown, ...]:
    in_order = dict.fromkeys((name for name, _, _ in KINDS), namer.by_title) | {KINDS[0][0]: namer.provisions}
    return tuple(
        SimilarShown(
            practice=namer.item(one.practice.path),
            countries=namer.by_title(one.practice.paths("ipg:country")),
            points=one.points,
            shared=tuple(Shared(name=name, items=in_order[name](one.shared[name])) for name, _, _ in KINDS if one.shared[name]),
        )
        for one in most_like(thing, view.things.practices)
    )


def _trace(view: View, start: str, end: str = "") -> str:
    return view.urls.at(
        f"trace?{urlencode({'start': start, 'end': end} if end else {'start': start}, safe='/', quote_via=quote)}"
    )


def _citation(view: View, practice: PracticeTold) -> str:
    return view.reading.words(
        "practice-citation",
        title=practice.title,
        dataset=view.site.dataset_title,
        version=view.analysis.version,
        iri=practice.iri,
        document=practice.document.full if practice.document else "",
        section=practice.section,
    )
