"""What a snapshot says about practices, the provisions they lead to, and where they stand in a dimension."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from query_service.coverage.question import Counted, DimensionName
from query_service.coverage.records import FrameworkFacts
from query_service.errors import UnknownItem
from query_service.item_names import ItemNames
from query_service.lookups import Source
from query_service.ordering import LEVELS, by_number

__all__ = ["DIMENSIONS", "NOT_STATED", "CoverageFacts", "Dimension", "Group", "Leading", "Provision"]

NOT_STATED: Final = "not-stated"
_DCTERMS: Final = "http://purl.org/dc/terms/"


class Dimension(NamedTuple):
    """Something by which practices are told apart.

    :ivar words: what one column is.
    :ivar property: property of practices.
    :ivar scheme: vocabulary whose concepts are columns even where no practice has them; none where only values are columns.
    :ivar concepts: which concepts of the vocabulary: all, those at the top, or those below.
    :ivar order: keys in the order of the columns; by title where there is none.
    :ivar nested: whether concepts have narrower ones, whose practices stand in their column too.
    """

    words: str
    property: str
    scheme: str | None = None
    concepts: Literal["all", "top", "below"] = "all"
    order: tuple[str, ...] = ()
    nested: bool = False


DIMENSIONS: Final[dict[DimensionName, Dimension]] = {
    "country": Dimension("country", "ipg:country", "places", "top"),
    "level": Dimension(
        "level of government",
        "ipg:governanceLevel",
        "levels",
        order=LEVELS,
    ),
    "target-group": Dimension("target group", "ipg:targetGroup", "target-groups", nested=True),
    "theme": Dimension("theme", "dcterms:subject", "themes", "top", nested=True),
    "sub-theme": Dimension("sub-topic of a theme", "dcterms:subject", "themes", "below"),
    "type": Dimension("type of practice", "ipg:practiceType", "practice-types", nested=True),
    "area": Dimension("area of intervention", "ipg:areaOfIntervention", "areas", nested=True),
    "year": Dimension("year in which a practice began", "ipg:startYear"),
    "evidence-type": Dimension(
        "evidence of results",
        "ipg:evidenceType",
        "evidence-types",
        order=("none-stated", "self-reported", "monitored", "evaluated"),
    ),
    "document": Dimension("document", "dcterms:source"),
}
#: Properties that lead from a practice to its provisions, by what counts.
_LEADING: Final[dict[Counted, tuple[str, ...]]] = {
    "asserted": ("ipg:implements",),
    "primary": ("ipg:primaryPrinciple",),
    "inferred": ("ipg:implements", "ipg:contributesTo"),
}


class Group(NamedTuple):
    """A column before anything is counted: the practices that stand in it, reviewed or not."""

    key: str
    path: str | None
    title: str
    practices: frozenset[str]


class Provision(NamedTuple):
    """A provision of a framework."""

    path: str
    notation: str
    edition: str | None


class Leading(NamedTuple):
    """How a practice leads to a provision, and who reviewed the link; none if it is inferred."""

    practice: str
    provision: str
    review: str | None


class CoverageFacts:
    """A dataset as a coverage sees it.

    :param names: names of its items, where they are known already.
    """

    def __init__(self, source: Source, names: ItemNames | None = None) -> None:
        base = source.base
        self._terms = f"{base}ontology#"
        self._lookups = source
        self.names = names or ItemNames(self._lookups, base)
        #: Every practice, and the frameworks for which it was reviewed.
        self.practices: dict[str, set[str]] = {}
        for row in self._lookups.rows("coverage_practices"):
            reviewed_for = self.practices.setdefault(self.names.path(row["practice"]), set())
            if "framework" in row:
                reviewed_for.add(self.names.path(row["framework"]))

    def framework(self, key: str) -> FrameworkFacts:
        """A framework with provisions, by key, path or IRI.

        :raises UnknownItem: when there is none of that name.
        """
        rows = self._lookups.rows("coverage_frameworks")
        path = f"framework/{self.names.path(key.strip()).removeprefix('framework/')}"
        found = [row for row in rows if self.names.path(row["framework"]) == path]
        if not found:
            keys = sorted({self.names.path(row["framework"]).removeprefix("framework/") for row in rows})
            raise UnknownItem(
                f"{key!r} is no framework with provisions.",
                expected=f"one of {', '.join(keys)}" if keys else "a snapshot with provisions",
            )
        documents = dict.fromkeys(self.names.path(row["document"]) for row in found if "document" in row)
        first = found[0]
        return FrameworkFacts(
            path=path,
            title=self.names.item(path).title,
            status=f"ipg:{first['status'].removeprefix(self._terms)}" if "status" in first else None,
            adopted_as=first.get("adopted"),
            issued=first.get("issued"),
            documents=tuple(map(self.names.item, documents)),
        )

    def provisions(self, framework: str) -> list[Provision]:
        """The provisions of a framework, by their numbers."""
        rows = self._lookups.rows("coverage_provisions", framework=self.names.iri(framework))
        found = {
            self.names.path(row["provision"]): Provision(
                self.names.path(row["provision"]),
                row["notation"],
                self.names.path(row["edition"]) if "edition" in row else None,
            )
            for row in rows
        }
        return sorted(found.values(), key=lambda provision: by_number(provision.notation))

    def leading(self, framework: str, counted: Counted) -> set[Leading]:
        """How practices lead to the provisions of a framework."""
        return {
            Leading(
                self.names.path(row["practice"]),
                self.names.path(row["provision"]),
                f"ipg:{row['review'].removeprefix(self._terms)}" if "review" in row else None,
            )
            for name in _LEADING[counted]
            for row in self._lookups.rows("coverage_links", property=self._expand(name), framework=self.names.iri(framework))
        }

    def sources(self) -> dict[str, frozenset[str]]:
        """Practices by the document that describes them."""
        return {group.path: group.practices for group in self.groups("document") if group.path}

    def groups(self, by: DimensionName) -> list[Group]:
        """The columns of a dimension; the last is for the practices that state none, if there are any."""
        dimension = DIMENSIONS[by]
        above = self._above(dimension.scheme)
        members: dict[str, set[str]] = {value: set() for value in self._concepts(dimension, above)}
        stated: set[str] = set()
        for row in self._lookups.rows("coverage_values", property=self._expand(dimension.property)):
            practice, value = self.names.path(row["practice"]), self.names.path(row["value"])
            for place in {value, *_ancestors(value, above)}:
                if place in members or (dimension.concepts == "all" and place not in above):
                    members.setdefault(place, set()).add(practice)
                    stated.add(practice)
        groups = sorted((self._group(by, value, found) for value, found in members.items()), key=_order_of(dimension))
        unstated = self.practices.keys() - stated
        return [*groups, Group(NOT_STATED, None, "not stated", frozenset(unstated))] if unstated else groups

    def _group(self, by: DimensionName, value: str, practices: Iterable[str]) -> Group:
        if by == "year":
            return Group(value, None, value, frozenset(practices))
        return Group(value.partition("/")[2], value, self.names.item(value).title, frozenset(practices))

    def _above(self, scheme: str | None) -> dict[str, set[str]]:
        """Concepts of a vocabulary with those directly above each."""
        above: dict[str, set[str]] = defaultdict(set)
        if scheme:
            for row in self._lookups.rows("coverage_concepts", scheme=self.names.iri(f"scheme/{scheme}")):
                above[self.names.path(row["concept"])] |= {self.names.path(row["broader"])} if "broader" in row else set()
        return dict(above)

    @staticmethod
    def _concepts(dimension: Dimension, above: dict[str, set[str]]) -> list[str]:
        wanted = {"all": (True, False), "top": (False,), "below": (True,)}[dimension.concepts]
        return [concept for concept, broader in above.items() if bool(broader) in wanted]

    def _expand(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return (self._terms if prefix == "ipg" else _DCTERMS) + local


def _ancestors(concept: str, above: dict[str, set[str]]) -> set[str]:
    """Everything above a concept; SKOS leaves circles possible (SKOS Reference, 8.6.8)."""
    found: set[str] = set()
    ahead = set(above.get(concept, ()))
    while ahead:
        found |= ahead
        ahead = {broader for place in ahead for broader in above.get(place, ())} - found
    return found


def _order_of(dimension: Dimension) -> _Order:
    return _Order(dimension.order, by_key=dimension.concepts == "below")


class _Order:
    """Sorts columns: as the dimension says, by key to keep sub-topics with their theme, else by title."""

    def __init__(self, order: tuple[str, ...], *, by_key: bool) -> None:
        self._places = {key: place for place, key in enumerate(order)}
        self._by_key = by_key

    def __call__(self, group: Group) -> tuple[int, str]:
        return self._places.get(group.key, len(self._places)), group.key if self._by_key else group.title.casefold()
