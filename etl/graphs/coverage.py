"""Coverage cells (``graph/absence``): for each principle and country or level, evidenced, none found, or not reviewed.

An absence is one in these documents: a cell says how many practices were reviewed, and a place of which none was reviewed
is "not reviewed", never "none".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.graphs.writer import GraphWriter, item, term
from etl.identifiers import Iso3, ItemPath, Key
from etl.judgements import Judgements

__all__ = ["write_coverage"]

_LEVELS = ("local", "regional", "national", "european", "international")


def write_coverage(
    graph: GraphWriter,
    judgements: Judgements,
    principles: Iterable[ItemPath],
    countries: Iterable[Iso3],
    practice_countries: Mapping[Key, tuple[Iso3, ...]],
) -> None:
    """Write a cell for each principle with each country and each level.

    :param principles: paths of the principles that practices can implement.
    :param countries: every country of the graph, also those without a practice in the documents.
    :param practice_countries: countries of each practice.
    """
    implemented = {
        key: {f"{link.series}{link.number}" for link in (settled.primary, *settled.links)}
        for key, settled in judgements.practices.items()
    }
    by_country = {iso3: {key for key in implemented if iso3 in practice_countries.get(key, ())} for iso3 in countries}
    by_level = {
        level: {key for key, settled in judgements.practices.items() if any(code.level == level for code in settled.levels)}
        for level in _LEVELS
    }
    for principle in principles:
        for iso3, reviewed in by_country.items():
            _write_cell(graph, principle, "ipg:forCountry", f"place/{iso3.lower()}", reviewed, implemented)
        for level, reviewed in by_level.items():
            _write_cell(graph, principle, "ipg:forLevel", f"level/{level}", reviewed, implemented)


def _write_cell(
    graph: GraphWriter,
    principle: ItemPath,
    dimension: str,
    where: ItemPath,
    reviewed: set[Key],
    implemented: Mapping[Key, set[ItemPath]],
) -> None:
    found = sum(principle in implemented[key] for key in reviewed)
    status = "Evidenced" if found else "ReviewedNoneFound" if reviewed else "NotReviewed"
    name, place = principle.split("/", 1)[1], where.split("/", 1)[1]
    node = item(f"coverage/{name}--{place}")
    graph.types(node, "ipg:CoverageCell")
    graph.label(
        node, [("en", f"{name.upper().replace('-', ' ')} in {place.upper() if dimension == 'ipg:forCountry' else place}")]
    )
    graph.add(node, "ipg:forProvision", item(principle))
    graph.add(node, dimension, item(where))
    graph.add(node, "ipg:coverageStatus", term(f"ipg:{status}"))
    graph.add(node, "ipg:practicesReviewed", len(reviewed))
    graph.add(node, "ipg:practicesFound", found)
