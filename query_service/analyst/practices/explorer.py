"""The page of the explorer: a record of which each field is a key of its template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import FORM_TYPES
from query_service.analyst.naming import natural
from query_service.analyst.practices.catalogue import fold
from query_service.analyst.practices.facets import FACETS, NOT_STATED, Facet
from query_service.analyst.practices.question import PAGE_SIZE, SORTS, VIEWS
from query_service.analyst.practices.report import PracticeTold
from query_service.analyst.practices.result import Result
from query_service.analyst.practices.tile_map import TileMap, build_map
from query_service.analyst.practices.timeline import Timeline, build_timeline
from query_service.ordering import LEVELS
from query_service.pages import Site, render_page

__all__ = ["DOWNLOADS", "ExplorerPage", "write_page"]

#: Formats of the result, the preferred first.
DOWNLOADS: Final = ("xlsx", "csv", "json", "ttl", "jsonld", "nt", "rdf", "trig")
#: Facets that stand open before anything is chosen: the short ones that most questions begin with.
_OPEN: Final = frozenset({"level", "body", "principle"})


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Record):
    """A value of a facet."""

    key: str = Field(description="value of the parameter")
    label: str = Field(description="its name")
    language: str = Field(description="language of the name")
    count: int = Field(description="practices that choosing it alone in its facet would leave")
    is_chosen: bool = Field(description="whether it is chosen")
    depth: int = Field(description="1 for part of the value above it")


class FacetShown(_Record):
    """A facet with its values."""

    name: str = Field(description="name of the parameter")
    label: str = Field(description="its name")
    options: tuple[Option, ...] = Field(description="its values")
    chosen: int = Field(description="how many are chosen")
    is_open: bool = Field(description="whether its values are shown at once")


class Chip(_Record):
    """A choice that has been made."""

    name: str = Field(description="name of the facet")
    label: str = Field(description="the value")
    url: str = Field(description="the question without it")


class Way(_Record):
    """A link to the same result in another view, order or format, or to another part of it."""

    name: str = Field(description="word for it")
    url: str = Field(description="address")
    media_type: str = Field(default="", description="media type, of a file")
    is_current: bool = Field(default=False, description="whether it is what is shown")


class ExplorerPage(_Record):
    """Context of ``practices.html``."""

    site: Site = Field(description="what all pages have in common")
    found: int = Field(description="practices found")
    total: int = Field(description="practices that there are")
    words: str = Field(description="words asked for")
    view: str = Field(description="how the result is shown")
    order: str = Field(description="its order")
    sort: str = Field(description="the order, if one was chosen")
    orders: tuple[str, ...] = Field(description="orders that there are")
    facets: tuple[FacetShown, ...] = Field(description="facets")
    chips: tuple[Chip, ...] = Field(description="choices that have been made")
    cleared: str = Field(description="the question without any of them")
    views: tuple[Way, ...] = Field(description="views")
    downloads: tuple[Way, ...] = Field(description="files of the result")
    practices: tuple[PracticeTold, ...] = Field(description="practices of this page of a list or table")
    first: int = Field(description="number of the first of them, from 1")
    pages: tuple[Way, ...] = Field(description="pages of the list or table; none where there is one")
    map: TileMap | None = Field(description="the map, where it is asked for")
    timeline: Timeline | None = Field(description="the timeline, where it is asked for")


def write_page(result: Result) -> bytes:
    """The page on a result."""
    question, urls = result.question, result.view.urls
    found = len(result.selection.entries)
    shown, first, pages = _paged(result)
    page = ExplorerPage(
        site=result.view.site,
        found=found,
        total=result.selection.total,
        words=question.q.strip(),
        view=question.view,
        order=question.order,
        sort=question.sort or "",
        orders=SORTS,
        facets=tuple(_facet(result, facet) for facet in FACETS),
        chips=tuple(_chips(result)),
        cleared=urls.at(question.cleared().path()),
        views=tuple(
            Way(
                name=view,
                url=urls.at(question.model_copy(update={"view": view, "page": 1}).path()),
                is_current=view == question.view,
            )
            for view in VIEWS
        ),
        downloads=tuple(
            Way(name=form, url=urls.at(question.path(form=form)), media_type=FORM_TYPES[form].partition(";")[0])
            for form in DOWNLOADS
        ),
        practices=shown,
        first=first,
        pages=pages,
        map=build_map(result) if question.view == "map" else None,
        timeline=build_timeline(result.practices) if question.view == "timeline" else None,
    )
    return render_page("practices.html", page)


def _paged(result: Result) -> tuple[tuple[PracticeTold, ...], int, tuple[Way, ...]]:
    """Practices of the page asked for, else of the last, the number of the first of them, and the way to the others."""
    question = result.question
    if question.view not in {"list", "table"}:
        return (), 1, ()
    count = max(1, -(-len(result.practices) // PAGE_SIZE))
    here = min(question.page, count)
    begin = (here - 1) * PAGE_SIZE
    ways = [
        Way(
            name=str(page),
            url=result.view.urls.at(question.model_copy(update={"page": page}).path()),
            is_current=page == here,
        )
        for page in range(1, count + 1)
    ]
    return result.practices[begin : begin + PAGE_SIZE], begin + 1, tuple(ways if count > 1 else ())


def _chips(result: Result) -> Sequence[Chip]:
    question, urls = result.question, result.view.urls
    return [
        Chip(
            name=one.name,
            label=label,
            url=urls.at(
                (
                    question.model_copy(update={"q": "", "page": 1})
                    if one.parameter == "q"
                    else question.toggled(one.parameter, key)
                ).path()
            ),
        )
        for one in result.filters
        for key, label in one.values
    ]


def _facet(result: Result, facet: Facet) -> FacetShown:
    chosen, counts = result.question.chosen(facet.name), result.selection.counts[facet.name]
    options = [_option(result, facet, key, counts[key], is_chosen=key in chosen) for key in {*counts, *chosen}]
    if facet.order in {"levels", "numbers"}:
        rest = result.known[facet.name] - {option.key for option in options}
        options += [_option(result, facet, key, 0, is_chosen=False) for key in rest]
    options.sort(key=lambda option: _place(result, facet, option))
    return FacetShown(
        name=facet.name,
        label=result.view.reading.words(f"facet-{facet.name}"),
        options=tuple(options),
        chosen=len(chosen),
        is_open=bool(chosen) or facet.name in _OPEN,
    )


def _option(result: Result, facet: Facet, key: str, count: int, *, is_chosen: bool) -> Option:
    label = result.value(facet, key)
    depth = int(facet.order == "tree" and "/" in key)
    return Option(key=key, label=label.text, language=label.language, count=count, is_chosen=is_chosen, depth=depth)


def _place(result: Result, facet: Facet, option: Option) -> tuple[object, ...]:
    """Where a value stands among those of its facet; what is not stated comes last."""
    key = option.key
    order: object = fold(option.label)
    if facet.order == "levels":
        order = LEVELS.index(key) if key in LEVELS else len(LEVELS)
    elif facet.order == "numbers":
        order = natural(facet.path(key))
    elif facet.order == "latest":
        order = -int(key) if key.isdecimal() else 0
    elif facet.order == "tree":
        whole = key.partition("/")[0]
        order = (fold(result.value(facet, whole).text), option.depth, fold(option.label))
    return (key == NOT_STATED, order)
