"""Why practices are said to implement provisions: the records of these links, each with its reason and its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import Analysis, View
from query_service.analyst.naming import Named, Namer, natural
from query_service.analyst.things import Thing
from query_service.lookups import Row

__all__ = ["LinkTold", "tell_links"]


class LinkTold(BaseModel):
    """That a practice implements a provision, and why we say so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    iri: str = Field(description="IRI of the link record")
    provision: Named = Field(description="the provision")
    primary: bool = Field(description="whether it is the primary principle of the practice")
    strength: str = Field(description="ipg:Primary or ipg:Secondary; empty where none is given")
    basis: str = Field(description="ipg:StatedInSource or ipg:EditorialJudgement")
    rationale: str = Field(description="why, in our words, in English")
    confidence: float | None = Field(description="from 0 to 1")
    review_state: str = Field(description="ipg:StatedByDocument, ipg:JudgedByModel or ipg:ReviewedByPerson")
    judged_by: tuple[Named, ...] = Field(description="who judged")
    readers_agreed: bool | None = Field(description="whether both readers gave it; null where there were none")
    decision: str = Field(description="why it was kept or changed; else empty")
    evidence: tuple[str, ...] = Field(description="IRIs of the passages that speak for it")


class _Records(NamedTuple):
    """Rows by practice, and what belongs to each link, all by IRI."""

    links: Mapping[str, list[Row]]
    passages: Mapping[str, list[str]]
    agents: Mapping[str, list[str]]


def _records(analysis: Analysis) -> _Records:
    def make() -> _Records:
        records = _Records(defaultdict(list), defaultdict(list), defaultdict(list))
        for row in analysis.source.rows("practice_links"):
            records.links[row["practice"]].append(row)
        for row in analysis.source.rows("practice_link_parts"):
            for name, parts in (("passage", records.passages), ("agent", records.agents)):
                if name in row:
                    parts[row["link"]].append(row[name])
        return records

    return analysis.kept("links of practices", make)


def tell_links(view: View, namer: Namer, practice: Thing) -> tuple[LinkTold, ...]:
    """Put the links from a practice to provisions into words, the primary one first.

    :raises ServiceError: when the dataset cannot be asked now.
    """
    things, records = view.things, _records(view.analysis)
    primary = {value.text for value in practice.values("ipg:primaryPrinciple")}
    compact = things.facts.compact
    told = [
        LinkTold(
            iri=row["link"],
            provision=namer.item(things.path(row["provision"])),
            primary=row["provision"] in primary,
            strength=compact(row.get("strength", "")),
            basis=compact(row["basis"]),
            rationale=row["rationale"],
            confidence=float(row["confidence"]) if "confidence" in row else None,
            review_state=compact(row["review"]),
            judged_by=namer.by_title(things.path(agent) for agent in records.agents[row["link"]]),
            readers_agreed=row["agreed"] == "true" if "agreed" in row else None,
            decision=row.get("decision", ""),
            evidence=tuple(records.passages[row["link"]]),
        )
        for row in records.links[practice.iri]
    ]
    return tuple(sorted(told, key=lambda link: (not link.primary, natural(link.provision.path))))
