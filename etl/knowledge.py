"""What a curator should look at: one query per question, and organisations whose names are nearly the same.

Queries stand in ``etl/rules/knowledge/``; each names its severity and its question in its first two comment lines. An
``error`` must not be there; ``work`` is work left.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Literal, cast

from pyoxigraph import Literal as Literal_
from pyoxigraph import NamedNode, QuerySolutions, Store

from etl.errors import RecordError
from etl.namespaces import expand
from etl.places import fold_name
from etl.records import Record

__all__ = ["Finding", "Findings", "check_knowledge", "render_findings"]

_RULES = Path(__file__).parent / "rules" / "knowledge"
#: Names this alike may mean one body; found by trying values on the register, see docs/curation.md.
_ALIKE = 0.9


class Finding(Record):
    """An item to look at, and why."""

    item: str
    message: str


class Findings(Record):
    """What one question found."""

    name: str
    severity: Literal["error", "work"]
    question: str
    findings: tuple[Finding, ...]


def check_knowledge(store: Store) -> list[Findings]:
    """Ask every question of a snapshot's store."""
    asked = [_ask(store, path) for path in sorted(_RULES.glob("*.rq"))]
    alike = Findings(
        name="organisations_that_may_be_one",
        severity="work",
        question="Organisations whose names are nearly the same",
        findings=tuple(_alike(store)),
    )
    lengths = Findings(
        name="length_that_contradicts_its_dates",
        severity="work",
        question="Durations whose printed length is not that of their printed dates",
        findings=tuple(_contradicting_lengths(store)),
    )
    return sorted([*asked, alike, lengths], key=lambda findings: (findings.severity, findings.name))


def _ask(store: Store, path: Path) -> Findings:
    query = path.read_text(encoding="utf-8")
    header = re.match(r"# severity: (error|work)\n# (.+)\n", query)
    if header is None:
        raise RecordError(str(path), "does not begin with severity and question", "two comment lines", "see the other rules")
    severity, question = cast("Literal['error', 'work']", header.group(1)), header.group(2)
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101 - all rules are SELECT queries
    found = tuple(Finding(item=row["item"].value, message=row["message"].value) for row in solutions)  # type: ignore[union-attr]
    return Findings(name=path.stem, severity=severity, question=question, findings=found)


def _alike(store: Store) -> Iterator[Finding]:
    names: dict[str, str] = {}
    countries: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, expand("ipg:actorKind"), None, None):
        actor = quad.subject
        if isinstance(actor, NamedNode):
            label = next(store.quads_for_pattern(actor, expand("foaf:name"), None, None)).object
            names[actor.value] = fold_name(str(getattr(label, "value", "")))
            country = next(store.quads_for_pattern(actor, expand("ipg:basedIn"), None, None), None)
            countries[actor.value] = str(getattr(country.object, "value", "")) if country else ""
    for (one, first), (other, second) in combinations(sorted(names.items()), 2):
        if countries[one] and countries[other] and countries[one] != countries[other]:
            continue
        matcher = difflib.SequenceMatcher(None, first, second)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            yield Finding(item=one, message=f"may be the same as {_short(other)}")


_MONTHS = [name.casefold() for name in calendar.month_name]
_DATE = re.compile(rf"({'|'.join(calendar.month_name[1:])})\s+(\d{{4}})", re.IGNORECASE)
_LENGTH = re.compile(r"\b(\d+)\s+months?\b", re.IGNORECASE)


def _contradicting_lengths(store: Store) -> Iterator[Finding]:
    """Two printed dates and a number of months that does not fit them, by more than the month that counting may add."""
    for quad in store.quads_for_pattern(None, expand("ipg:durationText"), None, None):
        printed = quad.object.value if isinstance(quad.object, Literal_) else ""
        dates, length = _DATE.findall(printed), _LENGTH.search(printed)
        if len(dates) == 2 and length and isinstance(quad.subject, NamedNode):
            first, last = (int(year) * 12 + _MONTHS.index(month.casefold()) for month, year in dates)
            if not 0 <= last - first - int(length.group(1)) + 1 <= 1:
                message = f"prints {length.group(1)} months, but its dates span {last - first + 1}: {printed}"
                yield Finding(item=quad.subject.value, message=message)


def _short(iri: str) -> str:
    return iri.rsplit("/id/", 1)[-1]


def render_findings(asked: Iterable[Findings], *, most: int = 10) -> str:
    """A plain text: errors first, each question with its number and its first findings."""
    lines: list[str] = []
    for findings in asked:
        lines.append(f"\n{findings.severity.upper():<6}{len(findings.findings):>5}  {findings.question}")
        lines += [f"             {_short(finding.item)}: {finding.message}" for finding in findings.findings[:most]]
        if len(findings.findings) > most:
            lines.append(f"             ... and {len(findings.findings) - most} more (--most)")
    return "\n".join(lines).lstrip("\n") + "\n"
