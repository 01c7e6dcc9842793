"""Which practices are like one: those that share most with it, by a measure that anyone can recount."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from query_service.analyst.things import Thing

__all__ = ["KINDS", "Likeness", "most_like"]

#: What practices can share: message of its name, property, and points for each that is shared.
KINDS: Final = (
    ("similar-provisions", "ipg:implements", 2),
    ("similar-themes", "dcterms:subject", 1),
    ("similar-target-groups", "ipg:targetGroup", 1),
    ("similar-levels", "ipg:governanceLevel", 1),
)
_MOST: Final = 6


class Likeness(NamedTuple):
    """A practice that is like another.

    :ivar practice: the practice.
    :ivar points: what is shared, counted with its points.
    :ivar shared: paths of what is shared, by message of :data:`KINDS`.
    """

    practice: Thing
    points: int
    shared: Mapping[str, tuple[str, ...]]


def most_like(practice: Thing, others: Mapping[str, Thing]) -> tuple[Likeness, ...]:
    """The practices that share most with one; those that share no provision, theme or target group are not like it.

    :param others: all practices by path.
    """
    found = [_compare(practice, other) for path, other in others.items() if path != practice.path]
    alike = [one for one in found if any(one.shared[name] for name, _, _ in KINDS[:3])]
    return tuple(sorted(alike, key=lambda one: (-one.points, -len(one.shared[KINDS[0][0]]), one.practice.path))[:_MOST])


def _compare(practice: Thing, other: Thing) -> Likeness:
    shared = {name: tuple(sorted({*practice.paths(of)} & {*other.paths(of)})) for name, of, _ in KINDS}
    return Likeness(other, sum(points * len(shared[name]) for name, _, points in KINDS), shared)
