"""Practices counted by what they state: how many of them have each value, and how many state none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from pydantic import Field

from query_service.analyst.desk import View
from query_service.analyst.page_parts import PageRecord
from query_service.analyst.things import Text, Thing
from query_service.ordering import LEVELS

__all__ = ["TALLY_NAMES", "Narrowing", "Share", "Tally", "broader_of", "explorer_url", "fixed_order", "narrow", "tallies_of"]

_NOT_STATED: Final = "not-stated"


class Share(PageRecord):
    """How many practices have a value."""

    key: str = Field(description="key of the value")
    path: str | None = Field(description="path of its item; none for a year and for what is not stated")
    text: Text = Field(description="its title")
    count: int = Field(description="practices that have it")
    url: str | None = Field(description="where these practices are listed")
    page: str | None = Field(description="where the value is described")


class Tally(PageRecord):
    """Practices counted by one of the things that they state."""

    name: str = Field(description="by what, e.g. level")
    of: int = Field(description="all practices counted: the denominator")
    shares: tuple[Share, ...] = Field(description="values, the most frequent first, or in their own order")
    unstated: Share | None = Field(description="practices that state none; none where all state one")


class Narrowing(NamedTuple):
    """Which practices of all are looked at.

    :ivar theme: key of a theme with its parts, or of a part; empty for all.
    :ivar area: key of an area of intervention, with narrower ones; empty for all.
    :ivar principle: key of a principle that they carry out; empty for all.
    """

    theme: str = ""
    area: str = ""
    principle: str = ""


class _Way(NamedTuple):
    """One way of counting.

    :ivar property: property of practices.
    :ivar facet: parameter of the explorer; empty where it has none.
    """

    property: str
    facet: str = ""
    order: tuple[str, ...] = ()
    read: Callable[[View, Thing, str], Iterable[str]] = lambda _view, practice, name: practice.paths(name)


def _with_broader(view: View, practice: Thing, name: str) -> Iterable[str]:
    return {above for path in practice.paths(name) for above in (path, *broader_of(view, path))}


def _kinds_of(view: View, practice: Thing, name: str) -> Iterable[str]:
    actors = view.things.of("ipg:Actor")
    return {kind for path in practice.paths(name) if path in actors for kind in actors[path].paths("ipg:actorKind")}


_WAYS: Final[Mapping[str, _Way]] = {
    "level": _Way("ipg:governanceLevel", "level", LEVELS),
    "type": _Way("ipg:practiceType", "type"),
    "area": _Way("ipg:areaOfIntervention", "area"),
    "theme": _Way("dcterms:subject", "theme", read=_with_broader),
    "target": _Way("ipg:targetGroup", "target"),
    "body": _Way("ipg:leadActor", "body", read=_kinds_of),
    "lead": _Way("ipg:leadActor"),
    "funder": _Way("ipg:funder", "funder"),
    "funding-level": _Way("ipg:fundedAtLevel", order=LEVELS),
    "evidence": _Way("ipg:evidenceType", "evidence", ("none-stated", "self-reported", "monitored", "evaluated")),
    "start": _Way("ipg:startYear", "start"),
    "document": _Way("dcterms:source", "document"),
}
TALLY_NAMES: Final = tuple(_WAYS)
#: Property of practices by each part of a narrowing; they are named as facets of the explorer are.
_NARROWED: Final = {"theme": "dcterms:subject", "area": "ipg:areaOfIntervention", "principle": "ipg:implementsPrinciple"}


def fixed_order(name: str) -> tuple[str, ...]:
    """Keys of the values of a tally in their own order; empty where they have none."""
    return _WAYS[name].order


def narrow(view: View, practices: Iterable[Thing], narrowing: Narrowing) -> tuple[Thing, ...]:
    """Those of some practices that are looked at."""
    wanted = [(facet, key) for facet, key in narrowing._asdict().items() if key]
    return tuple(
        practice
        for practice in practices
        if all(f"{facet}/{key}" in _with_broader(view, practice, _NARROWED[facet]) for facet, key in wanted)
    )


def tallies_of(view: View, country: str, practices: Sequence[Thing], narrowing: Narrowing) -> tuple[Tally, ...]:
    """Practices of a country, counted in every way.

    :param country: key of the country, for the way to the practices.
    """
    return tuple(_tally(view, name, country, practices, narrowing) for name in TALLY_NAMES)


def _tally(view: View, name: str, country: str, practices: Sequence[Thing], narrowing: Narrowing) -> Tally:
    way = _WAYS[name]
    counts: Counter[str] = Counter()
    for practice in practices:
        counts.update(set(way.read(view, practice, way.property)) or {_NOT_STATED})
    unstated = counts.pop(_NOT_STATED, 0)

    def share(value: str, count: int) -> Share:
        is_item = "/" in value
        key = value.partition("/")[2] if is_item else value
        chosen = {way.facet: key} if way.facet else None
        return Share(
            key=key,
            path=value if is_item else None,
            text=view.things.title(value, view.language) if is_item else _plain(view, value),
            count=count,
            url=explorer_url(view, country, narrowing, chosen) if chosen else None,
            page=view.urls.page(view.things.iri(value)) if is_item else None,
        )

    order = _order(view, name, way)
    return Tally(
        name=name,
        of=len(practices),
        shares=tuple(share(value, count) for value, count in sorted(counts.items(), key=order)),
        unstated=share(_NOT_STATED, unstated) if unstated else None,
    )


def _plain(view: View, value: str) -> Text:
    return Text(view.reading.words("not-stated"), view.language) if value == _NOT_STATED else Text(value)


def _order(view: View, name: str, way: _Way) -> Callable[[tuple[str, int]], tuple[object, ...]]:
    def order(pair: tuple[str, int]) -> tuple[object, ...]:
        value, count = pair
        key = value.rpartition("/")[2]
        if way.order:
            return (way.order.index(key) if key in way.order else len(way.order), key)
        if name == "theme":  # parts stand below the whole
            return (value,)
        if name == "start":
            return (int(value),)
        return (-count, view.things.title(value, view.language).text.casefold())

    return order


def explorer_url(view: View, country: str, narrowing: Narrowing, chosen: Mapping[str, str]) -> str | None:
    """Where some practices of a country are listed; none where the explorer cannot ask for just these.

    :param country: its key.
    :param chosen: values of further facets. Values of one facet are alternatives there, so that a second theme, area or
        principle can only be asked for where it is a part of the first.
    """
    asked: dict[str, list[str]] = {"country": [country]}
    for facet, key in narrowing._asdict().items():
        if not key:
            continue
        if facet not in chosen:
            asked[facet] = [key, *_narrower(view, f"area/{key}")] if facet == "area" else [key]
        elif chosen[facet] != key and f"{facet}/{key}" not in broader_of(view, f"{facet}/{chosen[facet]}"):
            return None
    return view.urls.at("practice", **asked, **chosen)


def broader_of(view: View, concept: str) -> frozenset[str]:
    """Everything above a concept; SKOS leaves circles possible (SKOS Reference, 8.6.8)."""
    concepts = view.things.of("skos:Concept")
    found: set[str] = set()
    ahead = [concept]
    while ahead:
        thing = concepts.get(ahead.pop())
        new = set(thing.paths("skos:broader")) - found if thing else set()
        found |= new
        ahead += new
    return frozenset(found)


def _narrower(view: View, concept: str) -> list[str]:
    """Keys of everything below a concept."""
    return sorted(path.partition("/")[2] for path in view.things.of("skos:Concept") if concept in broader_of(view, path))
