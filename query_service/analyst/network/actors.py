"""Organisations by the number of Common Basic Principles of the practices that they lead, take part in or fund."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, NamedTuple

from query_service.analyst.desk import View
from query_service.analyst.network.parameters import ROLES, NetworkParameters
from query_service.analyst.tables import Row, as_csv, as_json, as_workbook
from query_service.ordering import by_number

__all__ = ["ACTOR_NOTES", "RankedActor", "actors_csv", "actors_json", "actors_workbook", "rank_actors"]

_WHAT: Final = "Organisations by the number of Common Basic Principles of their practices"
_COLUMNS: Final = (
    "rank", "actor", "actor_title", "principles", "principle_numbers", "primary_principles", "practices",
    "practice", "practice_title", "roles", "practice_principles",
)  # fmt: skip
ACTOR_NOTES: Final = {
    "counted": "Common Basic Principles that practices of the organisation implement by an asserted link, each once",
    "practices of": "an organisation leads them, is a partner in them or funds them, as the documents say",
    "limits": "of these documents alone: an organisation may well work across more principles elsewhere",
    "rank": "organisations with the same number of principles and of practices share a rank",
}


class RankedActor(NamedTuple):
    """An organisation in the ranking.

    :ivar rank: from 1; shared by those with the same figures.
    :ivar principles: paths of the principles, in their order.
    :ivar primary: those of them that are the primary principle of one of its practices.
    :ivar practices: its practices with its roles in each, those with most principles first.
    """

    rank: int
    path: str
    principles: tuple[str, ...]
    primary: tuple[str, ...]
    practices: tuple[tuple[str, tuple[str, ...]], ...]


def rank_actors(view: View, parameters: NetworkParameters) -> tuple[RankedActor, ...]:
    """All organisations with a role in a practice, those across most principles first."""
    wanted = parameters.role or list(ROLES)
    countries = {f"place/{key.removeprefix('place/').lower()}" for key in parameters.country}
    roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for practice in view.things.practices.values():
        if countries and not countries & set(practice.paths("ipg:country")):
            continue
        for role in wanted:
            for actor in practice.paths(f"ipg:{role}"):
                roles[actor][practice.path].append(role)
    actors = [_actor(view, path, {practice: tuple(some) for practice, some in found.items()}) for path, found in roles.items()]
    actors.sort(key=lambda actor: (*_figures(actor), view.things.title(actor.path, "en").text.casefold(), actor.path))
    ranks: dict[tuple[int, int], int] = {}
    for place, ranked in enumerate(actors, 1):
        ranks.setdefault(_figures(ranked), place)
    return tuple(actor._replace(rank=ranks[_figures(actor)]) for actor in actors)


def _figures(actor: RankedActor) -> tuple[int, int]:
    return -len(actor.principles), -len(actor.practices)


def _actor(view: View, path: str, found: dict[str, tuple[str, ...]]) -> RankedActor:
    practices = view.things.practices
    principles = {one for practice in found for one in practices[practice].paths("ipg:implementsPrinciple")}
    primary = {one for practice in found for one in practices[practice].paths("ipg:primaryPrinciple")}
    ordered = sorted(found, key=lambda practice: (-len(practices[practice].values("ipg:implementsPrinciple")), practice))
    return RankedActor(
        0,
        path,
        tuple(sorted(principles, key=by_number)),
        tuple(sorted(primary, key=by_number)),
        tuple((practice, found[practice]) for practice in ordered),
    )


def actors_csv(view: View, parameters: NetworkParameters) -> bytes:
    """One row per organisation and practice."""
    return as_csv(view, _rows(view, parameters), _COLUMNS)


def actors_workbook(view: View, parameters: NetworkParameters) -> bytes:
    """The same as a workbook, with a sheet of one row per organisation before it."""
    rows = _rows(view, parameters)
    ranking = [{name: row[name] for name in _COLUMNS[:7]} for row in rows]
    once = list({row["actor"]: row for row in ranking}.values())
    return as_workbook(view, _WHAT, {"Organisations": once, "Practices": rows} if rows else {}, ACTOR_NOTES)


def actors_json(view: View, parameters: NetworkParameters) -> bytes:
    """Organisations with their practices."""
    title = view.things.title
    actors = [
        {
            "rank": actor.rank,
            "iri": view.things.iri(actor.path),
            "title": title(actor.path, view.language).text,
            "principles": [view.things.iri(path) for path in actor.principles],
            "primary_principles": [view.things.iri(path) for path in actor.primary],
            "practices": [
                {
                    "iri": view.things.iri(practice),
                    "title": title(practice, view.language).text,
                    "roles": list(roles),
                    "principles": [value.text for value in view.things.practices[practice].values("ipg:implementsPrinciple")],
                }
                for practice, roles in actor.practices
            ],
        }
        for actor in rank_actors(view, parameters)
    ]
    return as_json(view, _WHAT, {"notes": ACTOR_NOTES, "actors": actors})


def _rows(view: View, parameters: NetworkParameters) -> list[Row]:
    number = {path: provision.first("skos:notation") for path, provision in view.things.provisions.items()}
    rows: list[Row] = []
    for actor in rank_actors(view, parameters):
        about: Row = {
            "rank": actor.rank,
            "actor": view.things.iri(actor.path),
            "actor_title": view.things.title(actor.path, view.language).text,
            "principles": len(actor.principles),
            "principle_numbers": " | ".join(number[path] for path in actor.principles),
            "primary_principles": " | ".join(number[path] for path in actor.primary),
            "practices": len(actor.practices),
        }
        for practice, roles in actor.practices:
            implemented = sorted(view.things.practices[practice].paths("ipg:implementsPrinciple"), key=by_number)
            rows.append(
                {
                    **about,
                    "practice": view.things.iri(practice),
                    "practice_title": view.things.title(practice, view.language).text,
                    "roles": " | ".join(roles),
                    "practice_principles": " | ".join(number[path] for path in implemented),
                }
            )
    return rows
