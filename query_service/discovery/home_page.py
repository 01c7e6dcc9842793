"""The front page: what this is, a search, the frameworks, the coverage at a glance, what is new, and ways in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.coverage.glance import Glance, coverage_at_a_glance
from query_service.analyst.desk import View
from query_service.analyst.things import Thing
from query_service.dataset_facts import DatasetFacts
from query_service.dumps.listing import DumpEntry
from query_service.errors import ServiceError
from query_service.linked_data.values import Value
from query_service.pages import Site, WayIn
from query_service.releases.history import Release
from query_service.releases.page import ReleasePart, release_part
from query_service.urls import Urls

__all__ = ["FrameworkPart", "Group", "HomePage", "Novelty", "build_home"]

#: Ways in by kind of reader; what is not among the doors of every page is a path below the address.
_GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "analysts": (),
    "researchers": ("sparql", "examples", "ontology"),
    "programs": ("catalog", "void", "dumps", "ldes", "feed", "releases", "shapes", "context", "openapi", "sitemap"),
}
_MORE: Final = {"search": "search", "context": "context.jsonld", "sitemap": "sitemap.xml", "openapi": "openapi.json"}
_FOR_PROGRAMS: Final = frozenset({"context", "sitemap", "openapi"})


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Group(_Record):
    """Ways in for one kind of reader."""

    key: str = Field(description="analysts, researchers or programs")
    ways: tuple[WayIn, ...] = Field(description="where they begin")


class FrameworkPart(_Record):
    """A framework."""

    title: Value = Field(description="its title, which leads to its page")
    provisions: int = Field(description="provisions that it has here")
    drawn_from: int = Field(description="conclusions of another framework that come from it")
    practices: int = Field(description="practices with a link to one of its provisions")
    reviewed: int = Field(description="practices that were reviewed for it: the denominator; 0 says that nothing is known")
    status: str = Field(description="whether it is printed as a draft or as adopted; empty where nothing says")
    adopted_as: str = Field(description="number under which it was adopted; may be empty")


class Novelty(_Record):
    """The newest release."""

    release: ReleasePart = Field(description="what it did")
    is_served: bool = Field(description="whether its version is the one in service")


class HomePage(_Record):
    """Context of ``home.html``."""

    site: Site = Field(description="what all pages have in common")
    figures: tuple[tuple[str, int], ...] = Field(description="messages with how many there are of what they name")
    frameworks: tuple[FrameworkPart, ...] = Field(description="frameworks that it holds")
    glance: Glance | None = Field(description="the coverage at a glance; none where it cannot be had")
    novelty: Novelty | None = Field(description="the newest release; none where nothing was published")
    groups: tuple[Group, ...] = Field(description="ways in, by kind of reader")
    schema_org: str = Field(description="the dataset in terms of schema.org, as JSON-LD that a page can embed")


def build_home(
    view: View, facts: DatasetFacts, dumps: Sequence[DumpEntry], newest: Release | None, items: frozenset[str]
) -> HomePage:
    """The front page; in a thread.

    :param dumps: files that can be had at this service.
    :param newest: the newest release.
    :param items: IRIs of what has a page.
    """
    novelty = newest and Novelty(
        release=release_part(newest, view.urls, items), is_served=newest.record.version == view.analysis.version
    )
    return HomePage(
        site=view.site,
        figures=_figures(view),
        frameworks=_frameworks(view),
        glance=_glance(view),
        novelty=novelty,
        groups=_groups(view.site, view.urls),
        schema_org=_schema_org(view.urls, facts, view.site, dumps),
    )


def _glance(view: View) -> Glance | None:
    """The coverage; a dataset that holds none still has a front page."""
    try:
        return coverage_at_a_glance(view)
    except ServiceError:
        return None


def _figures(view: View) -> tuple[tuple[str, int], ...]:
    try:
        things = view.things
        counts = (
            ("home-practices", len(things.practices)),
            ("home-provisions", len(things.provisions)),
            ("home-links", len(things.links)),
            ("home-documents", len(things.of("ipg:SourceDocument"))),
        )
    except ServiceError:
        return ()
    return tuple((message, count) for message, count in counts if count)


def _frameworks(view: View) -> tuple[FrameworkPart, ...]:
    try:
        frameworks = view.things.of("ipg:Framework")
        counts = view.analysis.kept("home frameworks", lambda: _count(view))
    except ServiceError:
        return ()
    found = [_framework(view, path, thing, counts) for path, thing in frameworks.items()]
    return tuple(sorted(found, key=lambda part: (-part.reviewed, -part.practices, -part.provisions, part.title.text)))


class _Counts(NamedTuple):
    """What is counted by framework."""

    provisions: Counter[str]
    practices: Counter[str]
    reviewed: Counter[str]
    editions: Counter[str]


def _count(view: View) -> _Counts:
    things = view.things
    practices = things.practices.values()
    belongs = {path: thing.paths("dcterms:isPartOf") for path, thing in things.provisions.items()}
    return _Counts(
        provisions=Counter(framework for frameworks in belongs.values() for framework in frameworks),
        practices=Counter(
            framework
            for practice in practices
            for framework in {one for provision in practice.paths("ipg:implements") for one in belongs.get(provision, ())}
        ),
        reviewed=Counter(framework for practice in practices for framework in practice.paths("ipg:reviewedFor")),
        editions=Counter(edition for thing in things.provisions.values() for edition in thing.paths("ipg:handbookEdition")),
    )


def _framework(view: View, path: str, thing: Thing, counts: _Counts) -> FrameworkPart:
    title = thing.title(view.language)
    status = thing.first("ipg:status")
    return FrameworkPart(
        title=Value(text=title.text, language=title.language, url=view.urls.page(thing.iri)),
        provisions=counts.provisions[path],
        drawn_from=counts.editions[path],
        practices=counts.practices[path],
        reviewed=counts.reviewed[path],
        status=view.things.facts.label(status, view.language) if status else "",
        adopted_as=thing.first("ipg:adoptedAs"),
    )


def _groups(site: Site, urls: Urls) -> tuple[Group, ...]:
    named = {way.key: way for way in site.ways}
    for key, path in _MORE.items():
        words = site.reading.words
        named[key] = WayIn(
            key=key, name=words(f"way-{key}"), url=urls.at(path), what=words(f"way-{key}-what"), is_page=key not in _FOR_PROGRAMS
        )
    found = []
    for group, keys in _GROUPS.items():
        ways: Iterable[WayIn] = (named[key] for key in keys if key in named)
        found.append(Group(key=group, ways=(*site.pages, named["search"]) if group == "analysts" else tuple(ways)))
    return tuple(found)


def _schema_org(urls: Urls, facts: DatasetFacts, site: Site, dumps: Sequence[DumpEntry]) -> str:
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": site.dataset_title,
        "description": facts.description or site.dataset_title,
        "url": urls.at(),
        "version": site.version,
    }
    if facts.iri:
        told |= {"@id": facts.iri, "identifier": facts.iri}
    if site.licence:
        told["license"] = site.licence
    files = [
        {"@type": "DataDownload", "encodingFormat": entry.media_type, "contentUrl": urls.dump(entry.name), "name": entry.title}
        for entry in dumps
        if entry.graph is None
    ]
    if files:
        told["distribution"] = files
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
