"""The page on a comparison: what can be chosen, and what was chosen side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import Field

from query_service.analyst.comparing.countries import CountriesCompared, compare_countries
from query_service.analyst.comparing.frameworks import FrameworksCompared, compare_frameworks
from query_service.analyst.comparing.items import ItemsCompared, compare_items
from query_service.analyst.comparing.question import (
    FEWEST,
    MOST,
    CompareAsked,
    Kind,
    Subjects,
    find_narrowing,
    find_subjects,
)
from query_service.analyst.country.findings import provisions_of
from query_service.analyst.country.places import countries, practices_in
from query_service.analyst.desk import View
from query_service.analyst.page_parts import Choice, PageFile, PageRecord, files_of
from query_service.analyst.things import Text, Thing
from query_service.errors import ServiceError
from query_service.pages import Site

__all__ = ["ComparePage", "make_compare_page", "make_failed_page"]

_FORMS: Final = ("csv", "xlsx", "json")


class ComparePage(PageRecord):
    """The context of ``compare.html``."""

    site: Site
    version: str
    kind: Kind | None = Field(description="what is compared, or was begun to be chosen")
    chosen: tuple[str, ...] = Field(description="values of what is chosen")
    country_fields: tuple[tuple[Choice, ...], ...] = Field(description="choices of each field for a country")
    themes: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    principles: tuple[Choice, ...]
    frameworks_to_choose: tuple[Choice, ...]
    item_fields: tuple[str, ...] = Field(description="what stands in each field for a provision or practice")
    items_to_choose: tuple[Choice, ...]
    countries: CountriesCompared | None
    frameworks: FrameworksCompared | None
    items: ItemsCompared | None
    files: tuple[PageFile, ...]
    problem: str = Field(description="why nothing can be compared; empty where something is or nothing was asked")
    expected: str
    mend: str


def make_compare_page(view: View, asked: CompareAsked) -> ComparePage:
    """What was chosen side by side; the choice alone where fewer than two were.

    :raises ServiceError: as :func:`find_subjects` and :func:`find_narrowing` do.
    """
    narrowing = find_narrowing(view, asked)
    subjects = find_subjects(view, asked.item)
    things, kind = subjects.things, subjects.kind
    is_enough = len(things) >= FEWEST
    query = {"item": [_value(subjects, thing) for thing in things]} | {
        name: [value] for name, value in narrowing._asdict().items() if value
    }
    return _page(
        view,
        asked,
        subjects,
        countries=compare_countries(view, things, narrowing) if is_enough and kind == "country" else None,
        frameworks=compare_frameworks(view, things) if is_enough and kind == "framework" else None,
        items=compare_items(view, things) if is_enough and kind in {"provision", "practice"} else None,
        files=files_of(view, "compare", query, _FORMS) if is_enough else (),
    )


def make_failed_page(view: View, asked: CompareAsked, error: ServiceError) -> ComparePage:
    """The choice, with what went wrong.

    :raises ServiceError: when the dataset cannot be asked now.
    """
    return _page(view, asked, Subjects(None, ()), error=error)


def _value(subjects: Subjects, thing: Thing) -> str:
    return f"country/{thing.key}" if subjects.kind == "country" else thing.path


def _page(
    view: View,
    asked: CompareAsked,
    subjects: Subjects,
    *,
    countries: CountriesCompared | None = None,
    frameworks: FrameworksCompared | None = None,
    items: ItemsCompared | None = None,
    files: tuple[PageFile, ...] = (),
    error: ServiceError | None = None,
) -> ComparePage:
    chosen = tuple(_value(subjects, thing) for thing in subjects.things)
    of_items = subjects.kind in {"provision", "practice"}
    typed = tuple(name for name in asked.item if error) or (chosen if of_items else ())
    return ComparePage(
        site=view.site,
        version=view.analysis.version,
        kind=subjects.kind,
        chosen=chosen,
        country_fields=_country_fields(view, chosen if subjects.kind == "country" else ()),
        themes=_concepts(view, "theme", asked.theme),
        areas=_concepts(view, "area", asked.area),
        principles=_principles(view, asked.principle),
        frameworks_to_choose=tuple(
            Choice(value=path, text=view.things.title(path, view.language), chosen=path in chosen)
            for path in view.things.of("ipg:Framework")
        ),
        item_fields=(*typed, *[""] * MOST)[:MOST],
        items_to_choose=_items(view),
        countries=countries,
        frameworks=frameworks,
        items=items,
        files=files,
        problem=error.detail if error else "",
        expected=error.expected if error else "",
        mend=error.mend if error else "",
    )


def _country_fields(view: View, chosen: Sequence[str]) -> tuple[tuple[Choice, ...], ...]:
    known = [
        (f"country/{key}", _with_number(view, country.title(view.language), len(practices_in(view, country.path))))
        for key, country in countries(view).items()
    ]
    return tuple(
        tuple(Choice(value=value, text=text, chosen=value == one) for value, text in known)
        for one in (*chosen, *[""] * MOST)[:MOST]
    )


def _with_number(view: View, text: Text, practices: int) -> Text:
    return Text(f"{text.text} ({view.reading.words('coverage-practices-in', count=practices)})", text.language)


def _concepts(view: View, name: str, chosen: str) -> tuple[Choice, ...]:
    """Concepts that practices can be narrowed to; parts of a theme stand below it."""
    wanted = view.things.path(chosen.strip()).removeprefix(f"{name}/")
    found = [path for path in view.things.of("skos:Concept") if path.startswith(f"{name}/")]
    if name != "theme":
        found.sort(key=lambda path: view.things.title(path, view.language).text.casefold())
    return tuple(
        Choice(value=path.partition("/")[2], text=view.things.title(path, view.language), chosen=path == f"{name}/{wanted}")
        for path in found
    )


def _principles(view: View, chosen: str) -> tuple[Choice, ...]:
    wanted = view.things.path(chosen.strip()).removeprefix("principle/")
    return tuple(
        Choice(value=one.key, text=_numbered(view, one), chosen=one.key == wanted)
        for one in provisions_of(view, "framework/eu-cbp-2004")
    )


def _numbered(view: View, thing: Thing) -> Text:
    title = thing.title(view.language)
    return Text(f"{thing.first('skos:notation')} {title.text}".strip(), title.language)


def _items(view: View) -> tuple[Choice, ...]:
    """Provisions and practices by path, with their titles."""
    found = []
    for items in (view.things.provisions, view.things.practices):
        for path, thing in items.items():
            found.append(Choice(value=path, text=_numbered(view, thing)))
    return tuple(found)
