"""What stands around a provision: its practices, what leads to it, counterparts, questions and neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from query_service.analyst.desk import View
from query_service.analyst.reasons import statement_facts
from query_service.ordering import by_number
from query_service.trace.choices import WALKED
from query_service.trace.facts import Edge

__all__ = ["Inferred", "Statements", "inferred_practices", "neighbours_of", "questions_of", "statements_of"]

_CHAINED: Final = ("ipg:elaborates", "ipg:supports")


class Statements(NamedTuple):
    """Statements by property and the item at one of their ends.

    :ivar out: by what they are about.
    :ivar into: by what they lead to.
    """

    out: Mapping[tuple[str, str], list[Edge]]
    into: Mapping[tuple[str, str], list[Edge]]


class Inferred(NamedTuple):
    """A practice that contributes to a principle by inference alone.

    :ivar through: provisions that it implements and from which the rest follows.
    """

    practice: str
    through: tuple[str, ...]


def statements_of(view: View) -> Statements:
    """All statements between items."""

    def make() -> Statements:
        out: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        into: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in statement_facts(view).edges(WALKED):
            out[edge.walked.property, edge.source].append(edge)
            into[edge.walked.property, edge.target].append(edge)
        return Statements(dict(out), dict(into))

    return view.analysis.kept("statements-by-end", make)


def inferred_practices(view: View, provision: str) -> list[Inferred]:
    """Practices that contribute to a principle and have no asserted link to it, with what they do so through."""
    statements = statements_of(view)
    leading = {edge.source for name in _CHAINED for edge in statements.into.get((name, provision), ())}
    found = []
    for practice in view.things.practices.values():
        implemented = practice.paths("ipg:implements")
        if provision in practice.paths("ipg:contributesTo") and provision not in implemented:
            found.append(Inferred(practice.path, tuple(path for path in implemented if path in leading)))
    return found


def questions_of(view: View, provision: str) -> list[str]:
    """Questions of the guide on a recommendation, in their order."""
    found = [
        question
        for question in view.things.of("ipg:ImplementationQuestion").values()
        if provision in question.paths("dcterms:isPartOf")
    ]
    return [question.path for question in sorted(found, key=lambda question: by_number(question.first("skos:notation")))]


def neighbours_of(view: View, provision: str) -> tuple[str | None, str | None]:
    """The provisions before and after one in its framework."""
    things = view.things
    framework = things.provisions[provision].paths("dcterms:isPartOf")
    members = [one for one in things.provisions.values() if one.paths("dcterms:isPartOf") == framework]
    ordered = [one.path for one in sorted(members, key=lambda one: by_number(one.first("skos:notation")))]
    place = ordered.index(provision)
    before = ordered[place - 1] if place else None
    return before, ordered[place + 1] if place + 1 < len(ordered) else None
