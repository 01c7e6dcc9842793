"""The page on the quality of the links, generated from what was coded, decided and checked.

``python -m ipg.quality`` writes ``docs/quality.md``; a test fails when the page is stale. The prose stands beside this
module in ``quality_page.md``, the numbers come from ``data/curation/coding``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from math import sqrt
from pathlib import Path
from string import Template
from typing import Literal

from pydantic import Field

from etl.coding import LAYERS, Decision, Layer, SettledLink
from etl.curation import load_yaml
from etl.identifiers import ItemPath, Key, PassageKey
from etl.judgements import Coding, Judgements, load_coding, measure_agreement, settle_all
from etl.records import Record
from etl.settling import codes_of

__all__ = ["CheckedLink", "EvidenceCheck", "load_check", "render_quality", "share_interval"]

#: The practice whose codes stood as the worked example in the instructions of both readers.
_EXAMPLE = "citizen-coin"
_SERIES = {
    "principle/cbp-": ("principles", 11),
    "conclusion/": ("Handbook conclusions", 101),
    "recommendation/interaction-": ("measures on interaction", 9),
    "guideline/skills-": ("paragraphs on skills", 39),
}
_SERIES_LAYER: dict[str, Layer] = {
    "principle/cbp-": "secondary",
    "conclusion/": "conclusions",
    "recommendation/interaction-": "measures",
    "guideline/skills-": "guidelines",
}
_WORDS = {
    "secondary": "principles, primary or secondary",
    "primary": "primary principle",
    "frameworks": "links between frameworks",
}


class CheckedLink(Record):
    """A link whose passages were read alone.

    :ivar verdict: whether they support the link without the rationale.
    :ivar rationale_true: whether everything the rationale said stands in the entry.
    :ivar surplus: passages that do not belong to the link.
    :ivar mended: what a decision has set since, of the link or of the reason of an earlier decision.
    """

    practice: Key
    property: Literal["implements"]
    target: ItemPath
    verdict: Literal["supports", "partly", "no"]
    note: str = Field(min_length=10)
    rationale_true: bool
    surplus: tuple[PassageKey, ...] = ()
    mended: tuple[Literal["rationale", "passages", "confidence", "reason"], ...] = ()


class EvidenceCheck(Record):
    """Links drawn at random and what reading their passages gave, as they stood on that day.

    :ivar drawn_by: the expression that drew them, over pairs of practice and target.
    :ivar drawn_from: how many links there were.
    """

    drawn_by: str
    drawn_from: int
    checked_on: date
    checker: ItemPath
    links: tuple[CheckedLink, ...]


def load_check(root: Path) -> EvidenceCheck:
    """Read the evidence check of a checkout.

    :raises RecordError: naming file and field of what is wrong.
    """
    return load_yaml(root / "data" / "curation" / "coding" / "evidence-check.yaml", EvidenceCheck)


def render_quality(root: Path) -> str:
    """The page, from the files below a checkout.

    :raises RecordError: when a file is wrong or a difference is undecided.
    """
    coding = load_coding(root / "data" / "curation" / "coding")
    judged = settle_all(coding)
    template = Template(Path(__file__).with_name("quality_page.md").read_text(encoding="utf-8"))
    return template.substitute(
        differences="\n".join(_render_differences(coding)),
        agreement="\n".join(_render_agreement(coding)),
        links="\n".join(_render_links(judged)),
        principles="\n".join(_render_principles(judged)),
        **_check_numbers(load_check(root), coding),
        **_numbers(coding, judged),
    )


def _table(*rows: Iterable[object]) -> Iterator[str]:
    """A Markdown table; the first row is its head, the first column holds words, the others numbers."""
    head, *body = [[str(cell) for cell in row] for row in rows]
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|--:" * (len(head) - 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in body)


def _words(layer: str) -> str:
    return _WORDS.get(layer, layer.replace("_", " "))


def _render_differences(coding: Coding) -> Iterator[str]:
    rows: list[tuple[object, ...]] = [
        ("layer", "given by both", "first alone", "of these kept", "second alone", "of these kept", "set afterwards")
    ]
    for layer in LAYERS:
        counts: Counter[str] = Counter()
        for first, second, decisions in coding.practices.values():
            a, b = codes_of(first, layer), codes_of(second, layer)
            kept = {decision.code for decision in decisions.decisions if decision.layer == layer and decision.decision == "keep"}
            counts.update(both=len(a & b), first=len(a - b), second=len(b - a))
            counts.update(first_kept=len((a - b) & kept), second_kept=len((b - a) & kept))
            counts.update(after=sum(_sets_otherwise(d, a & b, a | b) for d in decisions.decisions if d.layer == layer))
        rows.append((_words(layer), *(counts[key] for key in ("both", "first", "first_kept", "second", "second_kept", "after"))))
    yield from _table(*rows, _framework_row(coding))


def _framework_row(coding: Coding) -> tuple[object, ...]:
    first, second = ({(link.source, link.property, link.target) for link in reader.links} for reader in coding.frameworks)
    decided = coding.framework_decisions
    kept = {(made.source, made.property, made.target) for made in decided if made.decision == "keep"}
    alone = [len(first - second), len((first - second) & kept), len(second - first), len((second - first) & kept)]
    return (_words("frameworks"), len(first & second), *alone, 0)


def _sets_otherwise(decision: Decision, both: frozenset[str], either: frozenset[str]) -> bool:
    """Whether a decision drops what both gave or keeps what neither gave."""
    return decision.code in both if decision.decision == "drop" else decision.code not in either


def _render_agreement(coding: Coding) -> Iterator[str]:
    others = {key: trio for key, trio in coding.practices.items() if key != _EXAMPLE}
    without = measure_agreement(coding.model_copy(update={"practices": others}))
    yield from _table(
        ("layer", "measure", "value", "items", f"without `{_EXAMPLE}`"),
        *(
            (
                _words(figure.layer),
                "Cohen's kappa" if figure.measure == "kappa" else "F1",
                figure.value,
                figure.items,
                other.value,
            )
            for figure, other in zip(measure_agreement(coding), without, strict=True)
        ),
    )


def _links(judged: Judgements) -> Iterator[tuple[Key, SettledLink]]:
    return ((key, link) for key, settled in judged.practices.items() for link in (settled.primary, *settled.links))


def _render_links(judged: Judgements) -> Iterator[str]:
    rows: list[tuple[object, ...]] = [("series", "links", "practices with one", "provisions with a practice", "of")]
    for series, (words, size) in _SERIES.items():
        found = [(key, link) for key, link in _links(judged) if link.series == series]
        practices, provisions = ({key for key, _ in found}, {link.number for _, link in found})
        rows.append((words, len(found), len(practices), len(provisions), size))
    yield from _table(*rows)


def _render_principles(judged: Judgements) -> Iterator[str]:
    primary = Counter(settled.primary.number for settled in judged.practices.values())
    every = Counter(link.number for _, link in _links(judged) if link.series == "principle/cbp-")
    yield from _table(
        ("principle", *range(1, 12)),
        ("primary", *(primary[n] for n in range(1, 12))),
        ("secondary", *(every[n] - primary[n] for n in range(1, 12))),
    )


def _numbers(coding: Coding, judged: Judgements) -> dict[str, str]:
    links = [link for _, link in _links(judged)]
    decisions = [made for *_, decided in coding.practices.values() for made in decided.decisions]
    carried = Counter(key for link in links for key in link.evidence)
    busiest, load = min(carried.items(), key=lambda found: (-found[1], found[0]))
    without = [key for key, settled in judged.practices.items() if not any(li.series == "conclusion/" for li in settled.links)]
    weak = sorted(key for key, settled in judged.practices.items() if settled.primary.confidence < 0.6)
    return {
        "example": _EXAMPLE,
        "practices": str(len(judged.practices)),
        "link_count": str(len(links)),
        "agreed": str(sum(link.agreed for link in links)),
        "framework_links": str(len(judged.frameworks)),
        "decisions": str(len(decisions) + len(coding.framework_decisions)),
        "without_conclusion": str(len(without)),
        "guideline_links": str(sum(link.series == "guideline/skills-" for link in links)),
        "plain": str(sum(link.confidence >= 0.9 for link in links)),
        "clear": str(sum(0.75 <= link.confidence < 0.9 for link in links)),
        "defensible": str(sum(0.6 <= link.confidence < 0.75 for link in links)),
        "below": str(sum(link.confidence < 0.6 for link in links)),
        "one_passage": str(sum(len(link.evidence) == 1 for link in links)),
        "passages": str(len(carried)),
        "shared": str(sum(count >= 4 for count in carried.values())),
        "busiest": busiest,
        "load": str(load),
        "weak_primary": ", ".join(f"`{key}`" for key in weak),
    }


def _check_numbers(check: EvidenceCheck, coding: Coding) -> dict[str, str]:
    verdicts = Counter(link.verdict for link in check.links)
    drawn = len(check.links)
    low, high = share_interval(verdicts["supports"], drawn)
    failing = [link for link in check.links if link.verdict != "supports"]
    noted = [link for link in check.links if link.verdict != "supports" or link.surplus or link.mended]
    return {
        "drawn": str(drawn),
        "drawn_by": check.drawn_by,
        "drawn_from": str(check.drawn_from),
        "supports": str(verdicts["supports"]),
        "partly": str(verdicts["partly"]),
        "unsupported": str(verdicts["no"]),
        "low": str(round(100 * low)),
        "high": str(round(100 * high)),
        "untrue": str(sum(not link.rationale_true for link in check.links)),
        "surplus": str(sum(bool(link.surplus) for link in check.links)),
        "failing": str(len(failing)),
        "failing_agreed": str(sum(_given_by_both(link, coding) for link in failing)),
        "mended": str(sum(bool(link.mended) for link in check.links)),
        "mended_table": "\n".join(_render_noted(noted)),
    }


def _given_by_both(link: CheckedLink, coding: Coding) -> bool:
    readers = coding.practices[link.practice][:2]
    return any(
        all(link.target.removeprefix(series) in codes_of(reader, layer) for reader in readers)
        for series, layer in _SERIES_LAYER.items()
        if link.target.startswith(series)
    )


def _render_noted(noted: list[CheckedLink]) -> Iterator[str]:
    yield "| link | passages | rationale | what was found | mended |\n|---|---|---|---|---|"
    for link in noted:
        name, rationale = f"`{link.practice}` → `{link.target}`", "true" if link.rationale_true else "overstated"
        yield f"| {name} | {link.verdict} | {rationale} | {link.note} | {', '.join(link.mended) or 'nothing'} |"


def share_interval(hits: int, drawn: int) -> tuple[float, float]:
    """Interval for a share of which ``hits`` were found among ``drawn``, at 95 %.

    After Wilson (1927), Probable inference, Journal of the American Statistical Association 22: 209-212.

    >>> [round(bound, 2) for bound in share_interval(24, 30)]
    [0.63, 0.9]
    """
    z, share = 1.96, hits / drawn
    centre, spread = share + z * z / (2 * drawn), z * sqrt(share * (1 - share) / drawn + z * z / (4 * drawn * drawn))
    return (centre - spread) / (1 + z * z / drawn), (centre + spread) / (1 + z * z / drawn)


if __name__ == "__main__":
    checkout = Path(__file__).parent.parent
    (checkout / "docs" / "quality.md").write_text(render_quality(checkout), encoding="utf-8")
    sys.exit(0)
