"""Why practices count in a cell: their links to the provision, or to provisions from which the ontology infers it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from query_service.coverage.records import Finding, Reason
from query_service.trace.choices import WALKED
from query_service.trace.facts import Edge, Facts

__all__ = ["find_reasons"]

_IMPLEMENTS: Final = "ipg:implements"
_CONTRIBUTES: Final = "ipg:contributesTo"


def find_reasons(facts: Facts, provision: str, practices: Sequence[str], *, inferred: bool) -> tuple[Finding, ...]:
    """Describe practices that were found for a provision.

    :param facts: statements of the dataset.
    :param provision: path of the provision.
    :param practices: paths of the practices, in the order of the answer.
    :param inferred: whether to tell also what contributes to it by a property chain.
    """
    if not practices:
        return ()
    return _Reasons(facts, provision, inferred=inferred).tell(practices)


class _Reasons:
    """The statements that lead to one provision."""

    def __init__(self, facts: Facts, provision: str, *, inferred: bool) -> None:
        self._facts = facts
        seconds = _seconds(facts) if inferred else set()
        edges = facts.edges(walked for walked in WALKED if walked.property in {_IMPLEMENTS, *seconds})
        self._made = [edge for edge in edges if edge.walked.property == _IMPLEMENTS]
        self._onward = {edge.source: edge for edge in edges if edge.walked.property in seconds and edge.target == provision}
        self._provision = provision

    def tell(self, practices: Sequence[str]) -> tuple[Finding, ...]:
        return tuple(self._finding(practice) for practice in practices)

    def _finding(self, practice: str) -> Finding:
        made = [edge for edge in self._made if edge.source == practice]
        return Finding(
            practice=self._facts.names.item(practice),
            primary=any(edge.target == self._provision and "ipg:primaryPrinciple" in edge.also for edge in made),
            reasons=tuple(self._reasons(made)),
        )

    def _reasons(self, made: Sequence[Edge]) -> Iterator[Reason]:
        for edge in made:
            if edge.target == self._provision:
                yield Reason(link=self._facts.link(edge), through=None, then=None, then_link=None)
        for edge in made:
            onward = self._onward.get(edge.target)
            if onward:
                yield Reason(
                    link=self._facts.link(edge),
                    through=self._facts.names.item(edge.target),
                    then=onward.walked.property,
                    then_link=self._facts.link(onward),
                )


def _seconds(facts: Facts) -> set[str]:
    """Properties that, after ``ipg:implements``, make a contribution by a property chain of the ontology."""
    return {
        axiom.members[1]
        for axiom in facts.axioms()
        if axiom.property == _CONTRIBUTES and len(axiom.members) == 2 and axiom.members[0] == _IMPLEMENTS
    }
