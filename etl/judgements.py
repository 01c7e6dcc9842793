"""Read both codings and the decisions, and give what holds of every practice and between frameworks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from etl.coding import LAYERS, Decisions, FrameworkCoding, FrameworkLink, PracticeCoding, Settled
from etl.curation import load_yaml
from etl.errors import RecordError
from etl.identifiers import ItemPath, Key
from etl.records import Record
from etl.settling import codes_of, settle

__all__ = [
    "Agreement",
    "Coding",
    "FrameworkDecision",
    "Judgements",
    "SettledFrameworkLink",
    "load_coding",
    "measure_agreement",
    "settle_all",
]


class CodingFacts(Record):
    """When and by whom was coded.

    :ivar readers: paths of the two agents that coded, in the order of their folders.
    :ivar adjudicator: path of the agent that decided differences.
    :ivar reviewed_for: frameworks for which every practice was read, whether or not a link was found.
    """

    coded_on: date
    readers: Annotated[tuple[ItemPath, ...], Field(min_length=2, max_length=2)]
    adjudicator: ItemPath
    reviewed_for: Annotated[tuple[ItemPath, ...], Field(min_length=1)]


class FrameworkDecision(Record):
    """What holds of a link between frameworks that only one reader gave, or gave otherwise.

    :ivar match: of a correspondence that the readers matched differently.
    """

    source: ItemPath
    property: str
    target: ItemPath
    decision: Annotated[str, Field(pattern="^(keep|drop)$")]
    reason: Annotated[str, Field(min_length=10)]
    match: str | None = None


class SettledFrameworkLink(Record):
    """A link between frameworks that holds."""

    link: FrameworkLink
    agreed: bool
    decision: str | None = None


class Coding(Record):
    """Everything the two readers coded and what was decided."""

    facts: CodingFacts
    practices: dict[Key, tuple[PracticeCoding, PracticeCoding, Decisions]]
    frameworks: tuple[FrameworkCoding, FrameworkCoding]
    framework_decisions: tuple[FrameworkDecision, ...]


class Judgements(Record):
    """What holds."""

    facts: CodingFacts
    practices: dict[Key, Settled]
    frameworks: tuple[SettledFrameworkLink, ...]


class Agreement(Record):
    """How far two readers agreed in a layer.

    :ivar measure: ``kappa`` (Cohen) where each reader gives one code a practice, ``f1`` where each gives a set.
    :ivar value: 1 for full agreement.
    :ivar items: practices, or for links between frameworks the links that either gave.
    """

    layer: str
    measure: Annotated[str, Field(pattern="^(kappa|f1)$")]
    value: float
    items: int


def load_coding(folder: Path) -> Coding:
    """Read ``data/curation/coding``.

    :raises RecordError: naming file and field of what is wrong, or a practice that one reader did not code.
    """
    first, second, decided = (folder / name for name in ("reader-1", "reader-2", "decisions"))
    practices: dict[Key, tuple[PracticeCoding, PracticeCoding, Decisions]] = {}
    names = [{path.name for path in place.glob("*.yaml")} - {"frameworks.yaml"} for place in (first, second, decided)]
    for name in sorted(set.union(*names)):
        missing = [str(place / name) for place, there in zip((first, second, decided), names, strict=True) if name not in there]
        if missing:
            raise RecordError(
                ", ".join(missing), "is missing", "two codings and the decisions", "code the practice, or remove the others"
            )
        trio = (
            load_yaml(first / name, PracticeCoding),
            load_yaml(second / name, PracticeCoding),
            load_yaml(decided / name, Decisions),
        )
        if {coded.practice for coded in trio} != {name.removesuffix(".yaml")}:
            raise RecordError(
                f"coding/*/{name}: practice", "names another practice", name.removesuffix(".yaml"), "correct the key"
            )
        practices[name.removesuffix(".yaml")] = trio
    return Coding(
        facts=load_yaml(folder / "about.yaml", CodingFacts),
        practices=practices,
        frameworks=(
            load_yaml(first / "frameworks.yaml", FrameworkCoding),
            load_yaml(second / "frameworks.yaml", FrameworkCoding),
        ),
        framework_decisions=load_yaml(decided / "frameworks.yaml", tuple[FrameworkDecision, ...]),
    )


def settle_all(coding: Coding) -> Judgements:
    """What holds after the decisions.

    :raises RecordError: when a difference is undecided.
    """
    return Judgements(
        facts=coding.facts,
        practices={key: settle(*trio) for key, trio in coding.practices.items()},
        frameworks=tuple(_settle_frameworks(coding)),
    )


Triple = tuple[str, str, str]


def _ends(link: FrameworkLink | FrameworkDecision) -> Triple:
    return link.source, link.property, link.target


def _settle_frameworks(coding: Coding) -> list[SettledFrameworkLink]:
    first, second = ({_ends(link): link for link in reader.links} for reader in coding.frameworks)
    decided = {_ends(decision): decision for decision in coding.framework_decisions}
    for ends in sorted(decided):
        one, other = first.get(ends), second.get(ends)
        if (one is None) == (other is None) and (one is None or other is None or one.match == other.match):
            where = "data/curation/coding/decisions/frameworks.yaml"
            raise RecordError(where, f"decides {' '.join(ends)}, on which the readers do not differ", "differences", "remove it")
    settled: list[SettledFrameworkLink] = []
    for ends in sorted(first.keys() | second.keys()):
        one, other, decision = first.get(ends), second.get(ends), decided.get(ends)
        agreed = one is not None and other is not None and one.match == other.match
        if not agreed and decision is None:
            where = "data/curation/coding/decisions/frameworks.yaml"
            raise RecordError(where, f"no decision on {' '.join(ends)}", "a decision per difference", "decide it with a reason")
        if decision is not None and decision.decision == "drop":
            continue
        link = one or other
        assert link is not None  # noqa: S101 - the ends come from one of the two
        if one and other:
            link = one.model_copy(update={"confidence": round((one.confidence + other.confidence) / 2, 2)})
        if decision is not None and decision.match:
            link = link.model_copy(update={"match": decision.match})
        settled.append(SettledFrameworkLink(link=link, agreed=agreed, decision=decision.reason if decision else None))
    return settled


def measure_agreement(coding: Coding) -> tuple[Agreement, ...]:
    """How far the two readers agreed, layer by layer, before anything was decided."""
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415 - heavy, and needed here alone

    pairs = [trio[:2] for trio in coding.practices.values()]
    figures: list[Agreement] = []
    for layer in LAYERS:
        codes = [(codes_of(first, layer), codes_of(second, layer)) for first, second in pairs]
        if layer in {"primary", "evidence_type"}:
            value = cohen_kappa_score([min(a) for a, _ in codes], [min(b) for _, b in codes])
            figures.append(Agreement(layer=layer, measure="kappa", value=round(float(value), 3), items=len(codes)))
        else:
            figures.append(Agreement(layer=layer, measure="f1", value=_f1(codes), items=len(codes)))
    first, second = (frozenset(" ".join(_ends(link)) for link in reader.links) for reader in coding.frameworks)
    figures.append(Agreement(layer="frameworks", measure="f1", value=_f1([(first, second)]), items=len(first | second)))
    return tuple(figures)


def _f1(codes: list[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Micro-averaged F1 of two readers' sets: twice what both gave over all that either gave; 1 where none gave any."""
    both = sum(len(first & second) for first, second in codes)
    given = sum(len(first) + len(second) for first, second in codes)
    return round(2 * both / given, 3) if given else 1.0
