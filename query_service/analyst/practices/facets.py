"""The facets by which practices are chosen: which values a practice has of each, and in what order they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from query_service.analyst.things import Thing

__all__ = ["FACETS", "NOT_STATED", "Around", "Facet"]

#: The value of practices that state none.
NOT_STATED: Final = "not-stated"


class Around(NamedTuple):
    """What is needed besides a practice to tell its values.

    :ivar actors: organisations by path.
    :ivar wholes: themes that a theme is part of, all by path.
    """

    actors: Mapping[str, Thing]
    wholes: Mapping[str, Sequence[str]]


class Facet(NamedTuple):
    """A facet.

    :ivar name: parameter that chooses by it.
    :ivar kind: first segment of the path of its values; empty for values that are no items.
    :ivar property: property that the values come from, by its compact name.
    :ivar order: ``label`` or ``count``, or the ways in which keys themselves have an order.
    """

    name: str
    kind: str
    property: str
    order: str = "label"

    def path(self, key: str) -> str:
        """Path of the item that a value is."""
        return f"{self.kind}/{key}"

    def keys(self, practice: Thing, around: Around) -> frozenset[str]:
        """Values that a practice has; :data:`NOT_STATED` where it has none."""
        found = _READERS.get(self.name, _items)(self, practice, around)
        return found or frozenset({NOT_STATED})


def _items(facet: Facet, practice: Thing, _around: Around) -> frozenset[str]:
    return frozenset(path.partition("/")[2] for path in practice.paths(facet.property))


def _numbers(facet: Facet, practice: Thing, _around: Around) -> frozenset[str]:
    return frozenset(value.text for value in practice.values(facet.property))


def _bodies(_facet: Facet, practice: Thing, around: Around) -> frozenset[str]:
    """Kinds of the organisations that run a practice."""
    actors = around.actors
    leads = (actors[path] for path in practice.paths("ipg:leadActor") if path in actors)
    return frozenset(kind.partition("/")[2] for lead in leads for kind in lead.paths("ipg:actorKind"))


def _themes(facet: Facet, practice: Thing, around: Around) -> frozenset[str]:
    """Themes and, of each part of a theme, the theme that it is part of."""
    found: set[str] = set()
    ahead = set(practice.paths(facet.property))
    while ahead:
        found |= ahead
        ahead = {whole for path in ahead for whole in around.wholes.get(path, ())} - found
    return frozenset(path.partition("/")[2] for path in found)


_READERS: Final[Mapping[str, Callable[[Facet, Thing, Around], frozenset[str]]]] = {
    "body": _bodies,
    "start": _numbers,
    "theme": _themes,
}
FACETS: Final = (
    Facet("country", "place", "ipg:country"),
    Facet("level", "level", "ipg:governanceLevel", "levels"),
    Facet("body", "actor-kind", "ipg:actorKind"),
    Facet("principle", "principle", "ipg:implementsPrinciple", "numbers"),
    Facet("primary", "principle", "ipg:primaryPrinciple", "numbers"),
    Facet("target", "target-group", "ipg:targetGroup"),
    Facet("theme", "theme", "dcterms:subject", "tree"),
    Facet("area", "area", "ipg:areaOfIntervention"),
    Facet("type", "practice-type", "ipg:practiceType"),
    Facet("funder", "actor", "ipg:funder"),
    Facet("start", "", "ipg:startYear", "latest"),
    Facet("evidence", "evidence-type", "ipg:evidenceType"),
    Facet("document", "document", "dcterms:source"),
)
