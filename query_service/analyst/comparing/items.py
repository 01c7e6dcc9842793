"""Provisions or practices side by side: summaries, features shared and not, and links with reasons and passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pydantic import Field

from query_service.analyst.comparing.features import PRACTICE_FEATURES, PROVISION_FEATURES, FeatureRow, feature_rows
from query_service.analyst.country.sheet import Entry, entries_of
from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import PageRecord
from query_service.analyst.reasons import ShownPassage, ShownReason, show_passage, show_reason, statement_facts
from query_service.analyst.things import Text, Thing
from query_service.ordering import by_number
from query_service.trace.choices import WALKED
from query_service.trace.facts import Edge

__all__ = ["ItemColumn", "ItemsCompared", "LinkGroup", "LinkShown", "compare_items"]

_WALKED: Final = tuple(walked for walked in WALKED if not walked.structural)


class LinkShown(PageRecord):
    """A link of an item."""

    other: Named = Field(description="what it leads to or comes from")
    in_all: bool = Field(description="whether all items compared have a link of this kind with it")
    primary: bool = Field(description="whether it names the primary principle of a practice")
    reason: ShownReason | None = Field(description="why it is made; none where there is no record of it")


class LinkGroup(PageRecord):
    """Links of one kind in one direction."""

    property: str = Field(description="local name, e.g. implements")
    outward: bool = Field(description="whether the item is their subject")
    links: tuple[LinkShown, ...]


class ItemColumn(PageRecord):
    """A provision or practice."""

    item: Named
    framework: Named | None
    summary: Text | None
    passages: tuple[ShownPassage, ...] = Field(description="passages that a provision consists of")
    entry: Entry | None = Field(description="where a practice is described")
    groups: tuple[LinkGroup, ...]


class ItemsCompared(PageRecord):
    """What is said of provisions or practices side by side."""

    columns: tuple[ItemColumn, ...]
    features: tuple[FeatureRow, ...]
    shared: tuple[FeatureRow, ...] = Field(description="features of which all items have a value in common")


def compare_items(view: View, things: Sequence[Thing]) -> ItemsCompared:
    """Provisions or practices side by side.

    :param things: provisions only, or practices only.
    :raises ServiceError: when the dataset cannot be asked now.
    """
    is_provision = things[0].path in view.things.provisions
    features = feature_rows(view, things, PROVISION_FEATURES if is_provision else PRACTICE_FEATURES)
    edges = view.analysis.kept("edges that are no structure", lambda: statement_facts(view).edges(_WALKED))
    around = [list(_around(thing, edges)) for thing in things]
    keys = [frozenset(_key(thing, edge) for edge in found) for thing, found in zip(things, around, strict=True)]
    common = keys[0].intersection(*keys[1:])
    return ItemsCompared(
        columns=tuple(_column(view, thing, found, common) for thing, found in zip(things, around, strict=True)),
        features=features,
        shared=tuple(row for row in features if row.shared),
    )


def _around(thing: Thing, edges: Sequence[Edge]) -> Iterator[Edge]:
    return (edge for edge in edges if thing.path in {edge.source, edge.target})


def _key(thing: Thing, edge: Edge) -> tuple[str, bool, str]:
    outward = edge.source == thing.path
    return edge.walked.local_name(), outward, edge.target if outward else edge.source


def _column(view: View, thing: Thing, found: Sequence[Edge], common: frozenset[tuple[str, bool, str]]) -> ItemColumn:
    facts, namer = statement_facts(view), namer_of(view)
    provision = thing.path in view.things.provisions
    frameworks = thing.paths("dcterms:isPartOf")
    return ItemColumn(
        item=namer.item(thing.path),
        framework=namer.item(frameworks[0]) if frameworks else None,
        summary=thing.summary(view.language),
        passages=tuple(show_passage(view, facts.passage(value.text)) for value in thing.values("prov:wasDerivedFrom"))
        if provision
        else (),
        entry=entries_of(view).get(thing.path),
        groups=tuple(_groups(view, thing, found, common)),
    )


def _groups(view: View, thing: Thing, found: Sequence[Edge], common: frozenset[tuple[str, bool, str]]) -> Iterator[LinkGroup]:
    for walked in _WALKED:
        for outward in (True, False):
            edges = [edge for edge in found if edge.walked is walked and (edge.source == thing.path) is outward]
            links = [_link(view, edge, outward=outward, in_all=_key(thing, edge) in common) for edge in edges]
            if links:
                ordered = sorted(links, key=lambda link: (not link.primary, not link.in_all, _order(link.other)))
                yield LinkGroup(property=walked.local_name(), outward=outward, links=tuple(ordered))


def _order(named: Named) -> tuple[str, tuple[int, ...], str]:
    return named.path.partition("/")[0], by_number(named.number), named.title.casefold()


def _link(view: View, edge: Edge, *, outward: bool, in_all: bool) -> LinkShown:
    other = edge.target if outward else edge.source
    record = statement_facts(view).link(edge)
    return LinkShown(
        other=namer_of(view).item(other),
        in_all=in_all,
        primary="ipg:primaryPrinciple" in edge.also,
        reason=show_reason(view, record) if record else None,
    )
