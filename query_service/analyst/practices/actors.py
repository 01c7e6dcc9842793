"""Organisations of a practice with their roles, and the numbers that its document gives as results."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.naming import Named, Namer
from query_service.analyst.practices.passages import Passages, PassageShown
from query_service.analyst.things import Thing, Things

__all__ = ["Figure", "Role", "Taking", "read_figures", "read_roles"]

#: Roles in the order in which they are shown: message of the name, property of the practice, key of the role.
_ROLES: Final = (
    ("role-lead", "ipg:leadActor", "role/lead"),
    ("role-partner", "ipg:partner", "role/partner"),
    ("role-funder", "ipg:funder", "role/funder"),
)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Taking(_Record):
    """An organisation in a role."""

    actor: Named = Field(description="the organisation")
    kind: Named | None = Field(description="what kind of body it is")
    base: Named | None = Field(description="where it is based")
    printed: tuple[str, ...] = Field(description="its name as printed, where that differs")
    passages: tuple[PassageShown, ...] = Field(description="where the role stands")


class Role(_Record):
    """A role with those who have it; with none where the document states none."""

    name: str = Field(description="message of its name")
    takings: tuple[Taking, ...] = Field(description="organisations")


class Figure(_Record):
    """A number that the document gives as a result."""

    figure: str = Field(description="the number, as it is written")
    counted: str = Field(description="what was counted, in English")
    passages: tuple[PassageShown, ...] = Field(description="where it stands")


def read_roles(things: Things, practice: Thing, passages: Passages, namer: Namer) -> tuple[Role, ...]:
    """Organisations of a practice by role.

    :param passages: where passages of the practice stand.
    :param namer: names for the reader.
    """
    takings: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for taking in things.of("cv:Participation").values():
        if practice.path in taking.paths("ipg:participatesIn"):
            for key in ((role, actor) for role in taking.paths("cv:role") for actor in taking.paths("ipg:participant")):
                takings[key].append(taking)
    return tuple(
        Role(
            name=name,
            takings=tuple(
                _taking(things, named, takings[role, named.path], passages, namer)
                for named in namer.by_title(practice.paths(property_))
            ),
        )
        for name, property_, role in _ROLES
    )


def _taking(things: Things, named: Named, told: list[Thing], passages: Passages, namer: Namer) -> Taking:
    actor = things.of("ipg:Actor").get(named.path)
    kinds = namer.by_title(actor.paths("ipg:actorKind")) if actor else ()
    bases = namer.by_title(actor.paths("ipg:basedIn")) if actor else ()
    printed = dict.fromkeys(value.text for one in told for value in one.values("ipg:nameAsPrinted"))
    return Taking(
        actor=named,
        kind=next(iter(kinds), None),
        base=next(iter(bases), None),
        printed=tuple(name for name in printed if name != named.title),
        passages=passages.of(value.text for one in told for value in one.values("prov:wasDerivedFrom")),
    )


def read_figures(things: Things, practice: Thing, passages: Passages) -> tuple[Figure, ...]:
    """Numbers that the document gives as results.

    :param passages: where passages of the practice stand.
    """
    results = things.of("ipg:ResultFigure")
    found = (results[path] for path in practice.paths("ipg:hasResult") if path in results)
    return tuple(
        Figure(
            figure=one.first("ipg:figure"),
            counted=one.first("ipg:counted"),
            passages=passages.of(value.text for value in one.values("prov:wasDerivedFrom")),
        )
        for one in found
    )
