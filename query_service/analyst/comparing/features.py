"""What items are told apart by, value by value: what they share, and what only one of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from pydantic import Field

from query_service.analyst.desk import View
from query_service.analyst.naming import namer_of
from query_service.analyst.page_parts import PageRecord
from query_service.analyst.things import Text, Thing

__all__ = ["PRACTICE_FEATURES", "PROVISION_FEATURES", "FeatureRow", "FeatureValue", "feature_rows"]

#: Where the values of a feature come from: a property of the item, or of what leads to the item.
_Reader = Callable[[View, Thing], Iterable[str]]


class FeatureValue(PageRecord):
    """A value of an item."""

    path: str | None = Field(description="path of its item; none for a plain value")
    text: Text
    url: str | None
    items: int = Field(description="how many of the items compared have it")
    shared: bool = Field(description="whether all of them have it")


class FeatureRow(PageRecord):
    """One thing by which items are told apart."""

    name: str = Field(description="what it is, e.g. themes")
    cells: tuple[tuple[FeatureValue, ...], ...] = Field(description="values, one cell per item")
    shared: tuple[FeatureValue, ...] = Field(description="values that all items have")


def _of(*names: str) -> _Reader:
    def read(_view: View, thing: Thing) -> Iterable[str]:
        return [path for name in names for path in thing.paths(name)]

    return read


def _with_kind(name: str, kind: str) -> _Reader:
    def read(_view: View, thing: Thing) -> Iterable[str]:
        return [path for path in thing.paths(name) if path.startswith(f"{kind}/")]

    return read


def _other_provisions(_view: View, thing: Thing) -> Iterable[str]:
    return [path for path in thing.paths("ipg:implements") if not path.startswith("principle/")]


def _uses(kind: str, *names: str) -> _Reader:
    """Items of a kind that lead to the item by one of some properties."""

    def read(view: View, thing: Thing) -> Iterable[str]:
        items = view.things.practices if kind == "practice" else view.things.provisions
        return [path for path, item in items.items() if any(thing.path in item.paths(name) for name in names)]

    return read


#: Features of provisions in the order in which they are shown.
PROVISION_FEATURES: Final[Mapping[str, _Reader]] = {
    "framework": _of("dcterms:isPartOf"),
    "number": _of("skos:notation"),
    "edition": _of("ipg:handbookEdition"),
    "heading": _of("ipg:underHeading"),
    "themes": _of("dcterms:subject"),
    "elaborates": _of("ipg:elaborates"),
    "related": _of("ipg:relatedTo"),
    "supports": _of("ipg:supports"),
    "corresponds": _of("ipg:correspondsTo"),
    "tensions": _of("ipg:inTensionWith", "ipg:limits"),
    "led-to-by": _uses("provision", "ipg:elaborates", "ipg:relatedTo", "ipg:supports", "ipg:correspondsTo"),
    "practices": _uses("practice", "ipg:implements"),
    "documents": _of("dcterms:source"),
}
#: Features of practices in the order in which they are shown.
PRACTICE_FEATURES: Final[Mapping[str, _Reader]] = {
    "countries": _of("ipg:country"),
    "levels": _of("ipg:governanceLevel"),
    "types": _of("ipg:practiceType"),
    "areas": _of("ipg:areaOfIntervention"),
    "themes": _of("dcterms:subject"),
    "targets": _of("ipg:targetGroup"),
    "primary": _of("ipg:primaryPrinciple"),
    "principles": _with_kind("ipg:implements", "principle"),
    "provisions": _other_provisions,
    "leads": _of("ipg:leadActor"),
    "partners": _of("ipg:partner"),
    "funders": _of("ipg:funder"),
    "years": _of("ipg:startYear", "ipg:endYear"),
    "evidence": _of("ipg:evidenceType"),
    "criteria": _of("ipg:meetsCriterion"),
    "documents": _of("dcterms:source"),
}


def feature_rows(view: View, things: Sequence[Thing], features: Mapping[str, _Reader]) -> tuple[FeatureRow, ...]:
    """Features of items side by side; those that none of them has are left out."""
    rows = []
    for name, read in features.items():
        found = [tuple(dict.fromkeys(read(view, thing))) for thing in things]
        counts = Counter(value for values in found for value in values)
        if counts:
            cells = tuple(tuple(_value(view, value, counts[value], len(found)) for value in values) for values in found)
            rows.append(FeatureRow(name=name, cells=cells, shared=tuple(value for value in cells[0] if value.shared)))
    return tuple(rows)


def _value(view: View, value: str, items: int, of: int) -> FeatureValue:
    if "/" not in value:
        return FeatureValue(path=None, text=Text(value), url=None, items=items, shared=items == of)
    named = namer_of(view).item(value)
    text = Text(f"{named.number} {named.title}".strip(), named.language)
    return FeatureValue(path=value, text=text, url=named.url, items=items, shared=items == of)
