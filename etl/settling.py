"""Compare two readers' codings of a practice, and settle what holds by the decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeVar, cast

from etl.coding import (
    LAYERS,
    ActorCode,
    Code,
    Decisions,
    EvidenceType,
    Layer,
    NamedProgramme,
    PracticeCoding,
    ResultFigure,
    Settled,
    SettledLink,
)
from etl.errors import RecordError

__all__ = ["actor_key", "codes_of", "figure_key", "settle", "undecided"]

T = TypeVar("T")


def codes_of(coding: PracticeCoding, layer: Layer) -> frozenset[str]:
    """Codes that a reader gave in a layer, as text.

    ``secondary`` holds every principle, the primary one included: readers who weigh the same two principles differently
    agree on the set and differ on the primary one only.
    """
    return frozenset(_READ[layer](coding))


_READ: Mapping[Layer, Callable[[PracticeCoding], Iterator[str]]] = {
    "primary": lambda coding: iter([str(coding.primary.number)]),
    "secondary": lambda coding: (str(code.number) for code in (coding.primary, *coding.secondary)),
    "conclusions": lambda coding: (str(code.number) for code in coding.conclusions),
    "measures": lambda coding: (str(code.number) for code in coding.measures),
    "guidelines": lambda coding: (str(code.number) for code in coding.guidelines),
    "levels": lambda coding: (f"{code.level} {code.by}" for code in coding.levels),
    "target_groups": lambda coding: iter(coding.target_groups),
    "themes": lambda coding: iter(coding.themes),
    "actors": lambda coding: (f"{actor_key(code)} {code.role}" for code in coding.actors),
    "evidence_type": lambda coding: iter([coding.evidence_type.type]),
    "transferability": lambda coding: iter(["stated"] if coding.transferability else []),
}


def actor_key(code: ActorCode) -> str:
    """Key of the organisation of a code; new ones are told apart by their names."""
    return f"new:{code.name}" if code.actor == "new" else code.actor


def undecided(first: PracticeCoding, second: PracticeCoding, decisions: Decisions) -> Iterator[tuple[Layer, str]]:
    """Differences between two readers that no decision settles, as layer and code."""
    decided = {(decision.layer, decision.code) for decision in decisions.decisions}
    for layer in LAYERS:
        for code in sorted(codes_of(first, layer) ^ codes_of(second, layer)):
            if (layer, code) not in decided:
                yield layer, code


def settle(first: PracticeCoding, second: PracticeCoding, decisions: Decisions) -> Settled:
    """What holds of a practice.

    :raises RecordError: when a difference has no decision, a decision no difference, or not exactly one primary
        principle or evidence type holds.
    """
    where = f"data/curation/coding/decisions/{first.practice}.yaml"
    open_ones = list(undecided(first, second, decisions))
    if open_ones:
        listed = "; ".join(f"{layer} {code}" for layer, code in open_ones)
        raise RecordError(where, f"no decision on {listed}", "a decision per difference", "decide each with a reason")
    settler = _Settler(first, second, decisions, where)
    settler.check_decisions()
    primary = settler.one("primary")
    principles = sorted(settler.holding("secondary") | {primary}, key=int)
    return Settled(
        practice=first.practice,
        primary=settler.link("principle/cbp-", "secondary", primary, decided_in="primary"),
        links=(
            *(settler.link("principle/cbp-", "secondary", code) for code in principles if code != primary),
            *(
                settler.link(series, layer, code)
                for layer, series in _SERIES.items()
                for code in sorted(settler.holding(layer), key=int)
            ),
        ),
        levels=tuple(settler.pick("levels", lambda c: c.levels, lambda c: f"{c.level} {c.by}")),
        target_groups=tuple(sorted(settler.holding("target_groups"))),
        themes=tuple(sorted(settler.holding("themes"))),
        actors=tuple(settler.pick("actors", lambda c: c.actors, lambda c: f"{actor_key(c)} {c.role}")),
        programmes=_join_programmes(first, second, decisions.drop_facts),
        evidence_type=settler.evidence_type(),
        transferability=(first.transferability or second.transferability) if settler.holding("transferability") else None,
        results=_join_results(first, second, decisions.drop_facts),
    )


_SERIES: Mapping[Layer, str] = {
    "conclusions": "conclusion/",
    "measures": "recommendation/interaction-",
    "guidelines": "guideline/skills-",
}


class _Settler:
    """Applies the decisions on one practice."""

    def __init__(self, first: PracticeCoding, second: PracticeCoding, decisions: Decisions, where: str) -> None:
        self.readers = (first, second)
        self.where = where
        self.decided = {(decision.layer, decision.code): decision for decision in decisions.decisions}

    def check_decisions(self) -> None:
        """Check that every decision is about a difference, or says that it overrules."""
        for (layer, code), decision in self.decided.items():
            first, second = (codes_of(reader, layer) for reader in self.readers)
            if code not in first ^ second and not decision.overrules:
                found = "both readers gave it" if code in first & second else "no reader gave it"
                raise RecordError(
                    f"{self.where}: {layer} {code}", f"is decided, but {found}", "decisions on differences", "remove it"
                )

    def holding(self, layer: Layer) -> set[str]:
        """Codes of a layer that hold."""
        first, second = (codes_of(reader, layer) for reader in self.readers)
        decided = {code: decision.decision for (where, code), decision in self.decided.items() if where == layer}
        kept = {code for code, decision in decided.items() if decision == "keep"}
        return {code for code in first & second if decided.get(code) != "drop"} | kept

    def one(self, layer: Layer) -> str:
        """The code of a layer in which exactly one holds."""
        found = self.holding(layer)
        if len(found) != 1:
            raise RecordError(
                f"{self.where}: {layer}", f"{len(found)} hold: {sorted(found)}", "exactly one", "keep one, drop the other"
            )
        return found.pop()

    def link(self, series: str, layer: Layer, code: str, decided_in: Layer | None = None) -> SettledLink:
        """A link that holds, from the readers who gave it."""
        given = [found for reader in self.readers for found in _codes(reader, layer) if str(found.number) == code]
        decision = self.decided.get((decided_in or layer, code)) or self.decided.get((layer, code))
        confidence = decision.confidence if decision and decision.confidence else sum(c.confidence for c in given) / len(given)
        union = tuple(dict.fromkeys(key for found in given for key in found.evidence))[:4]
        return SettledLink(
            series=series,
            number=int(code),
            confidence=round(confidence, 2),
            evidence=decision.evidence if decision and decision.evidence else union,
            rationale=decision.rationale if decision and decision.rationale else given[0].rationale,
            agreed=all(code in codes_of(reader, decided_in or layer) for reader in self.readers),
            decision=decision.reason if decision else None,
            checked_by=decision.checked_by if decision else None,
        )

    def evidence_type(self) -> EvidenceType:
        """The evidence type that holds; one that neither reader gave rests on what the first pointed at."""
        held = cast("Literal['evaluated', 'monitored', 'self-reported', 'none-stated']", self.one("evidence_type"))
        given = {reader.evidence_type.type: reader.evidence_type for reader in reversed(self.readers)}
        return given.get(held) or EvidenceType(type=held, evidence=self.readers[0].evidence_type.evidence)

    def pick(self, layer: Layer, items: Callable[[PracticeCoding], tuple[T, ...]], code: Callable[[T], str]) -> Iterator[T]:
        """Items of a layer that hold, the first reader's form of each."""
        found = {code(item): item for reader in reversed(self.readers) for item in items(reader)}
        return (found[key] for key in sorted(self.holding(layer)))


def _codes(coding: PracticeCoding, layer: Layer) -> tuple[Code, ...]:
    if layer == "secondary":
        return (coding.primary, *coding.secondary)
    codes: tuple[Code, ...] = getattr(coding, layer)
    return codes


#: Words for numbers that readers write out where the document does.
_NUMBER_WORDS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(1, 13),
        strict=True,
    )
)


def figure_key(number: str) -> str:
    """What of a printed number tells it from another: its digits, whatever words or separators stand around them.

    >>> figure_key("more than 62,000"), figure_key("seven"), figure_key("thousands")
    ('62000', '7', '')
    """
    digits = re.findall(r"\d+(?:[.,\s]\d{3})*", number)
    if digits:
        return "-".join(re.sub(r"\D", "", found) for found in digits)
    return "-".join(str(_NUMBER_WORDS[word]) for word in re.findall(r"[a-z]+", number.lower()) if word in _NUMBER_WORDS)


def _join_results(first: PracticeCoding, second: PracticeCoding, dropped: tuple[str, ...]) -> tuple[ResultFigure, ...]:
    """Figures of both readers, the first's form where both give a number; vague quantities are no figures."""
    known = {figure_key(result.number) for result in first.results}
    added = (result for result in second.results if figure_key(result.number) not in known)
    return tuple(result for result in (*first.results, *added) if figure_key(result.number) and result.number not in dropped)


def _join_programmes(first: PracticeCoding, second: PracticeCoding, dropped: tuple[str, ...]) -> tuple[NamedProgramme, ...]:
    """Programmes of both readers; one whose name begins with another's is the same."""
    joined: dict[str, NamedProgramme] = {}
    for programme in (*first.funding_programme, *second.funding_programme):
        name = programme.name.casefold()
        if programme.name not in dropped and not any(name.startswith(known) or known.startswith(name) for known in joined):
            joined[name] = programme
    return tuple(joined[name] for name in sorted(joined))
