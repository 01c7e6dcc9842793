"""What a curator should look at: one query per question, and what only a comparison of names or dates finds.

Queries stand in ``etl/rules/knowledge/``; each names its severity and its question in its first two comment lines. An
``error`` must not be there; ``work`` is work left. They name our own terms relative to the base of the snapshot
(``PREFIX ipg: <ontology#>``), so that they hold for a snapshot that was built for another base.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Literal, cast

from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, QuerySolutions, Store

from etl.errors import RecordError
from etl.identifiers import BASE
from etl.places import fold_name
from etl.records import Record

__all__ = ["Finding", "Findings", "check_knowledge", "refuse_errors", "render_findings"]

_RULES = Path(__file__).parent / "rules" / "knowledge"


class Finding(Record):
    """An item to look at, and why."""

    item: str
    message: str


class Findings(Record):
    """What one question found.

    :ivar name: of the question; for a query, that of its file.
    """

    name: str
    severity: Literal["error", "work"]
    question: str
    findings: tuple[Finding, ...]


def check_knowledge(store: Store, base: str = BASE) -> list[Findings]:
    """Ask every question of a snapshot's store: errors first, then by name.

    :param base: base of the IRIs of the snapshot.
    :raises RecordError: when a query does not begin with its severity and its question.
    """
    asked = [_ask(store, path, base) for path in sorted(_RULES.glob("*.rq"))]
    alike = Findings(
        name="organisations_that_may_be_one",
        severity="work",
        question="Organisations that may be the same, or one a part of the other, by their names",
        findings=tuple(_alike_organisations(_rows(store, _RULES / "candidates" / "organisations.rq", base))),
    )
    lengths = Findings(
        name="length_that_contradicts_its_dates",
        severity="work",
        question="Durations whose printed length is not that of their printed dates",
        findings=tuple(_contradicting_lengths(_rows(store, _RULES / "candidates" / "durations.rq", base))),
    )
    return sorted([*asked, alike, lengths], key=lambda findings: (findings.severity, findings.name))


def refuse_errors(asked: Iterable[Findings]) -> None:
    """Pass over work left, but not over what must not be there.

    :raises RecordError: when a question whose severity is ``error`` found anything.
    """
    wrong = [findings for findings in asked if findings.severity == "error" and findings.findings]
    if wrong:
        found = ", ".join(f"{findings.name} {len(findings.findings)}" for findings in wrong)
        raise RecordError("knowledge", f"findings that must not be there: {found}", "none", "see the errors listed above")


def _ask(store: Store, path: Path, base: str) -> Findings:
    header = re.match(r"# severity: (error|work)\n# (.+)\n", path.read_text(encoding="utf-8"))
    if header is None:
        raise RecordError(str(path), "does not begin with severity and question", "two comment lines", "see the other rules")
    severity = cast("Literal['error', 'work']", header[1])
    found = (Finding(item=row["item"], message=row["message"]) for row in _rows(store, path, base))
    return Findings(name=path.stem, severity=severity, question=header[2], findings=tuple(found))


def _rows(store: Store, path: Path, base: str) -> Iterator[dict[str, str]]:
    solutions = store.query(path.read_text(encoding="utf-8"), base_iri=base)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(f"{path.name} is a SELECT query")
    names = [variable.value for variable in solutions.variables]
    for row in solutions:
        values = {name: row[name] for name in names}
        yield {name: value.value for name, value in values.items() if isinstance(value, NamedNode | Text)}


#: Share of letters in common, words in order, from which two names may mean one body. Found by trying values on the
#: register: below it come the ministries of one country and the municipalities of one kind.
_ALIKE = 0.9
#: Words that tell nothing apart.
_SMALL_WORDS = {"and", "for", "of", "the"}


def _alike_organisations(rows: Iterable[dict[str, str]]) -> Iterator[Finding]:
    """Pairs whose names have nearly the same letters, or of whose names one is contained in the other.

    Not told: organisations of two countries, and a body and what is stated to be a part of it.
    """
    organisations = [(row, _words(row["one_name"])) for row in rows]
    for (one, first), (other, second) in combinations(organisations, 2):
        countries = {row["country"] for row in (one, other) if "country" in row}
        related = one["item"] in other["wholes"].split() or other["item"] in one["wholes"].split()
        if len(countries) < 2 and not related and _alike(first, second):
            message = f"{one['one_name']!r} is named like {other['one_name']!r} ({_short(other['item'])})"
            yield Finding(item=one["item"], message=message)


def _words(name: str) -> list[str]:
    return sorted(set(re.findall(r"\w+", fold_name(name))) - _SMALL_WORDS)


def _alike(first: list[str], second: list[str]) -> bool:
    fewer, more = sorted((set(first), set(second)), key=len)
    if len(fewer) >= 2 and fewer <= more:
        return True
    matcher = difflib.SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False)
    # The two cheap upper bounds come first: there are tens of thousands of pairs.
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_DATE = re.compile(rf"(?:({'|'.join(_MONTHS)})\s+)?\b((?:19|20)\d\d)\b")
_LENGTH = re.compile(r"\b(\d+)\s+(month|year)s?\b", re.IGNORECASE)


def _contradicting_lengths(rows: Iterable[dict[str, str]]) -> Iterator[Finding]:
    """Two printed dates and a printed number of months or years that cannot be the time between them."""
    for row in rows:
        dates, length = _DATE.findall(row["printed"]), _LENGTH.search(row["printed"])
        if len(dates) == 2 and length:
            months = int(length[1]) * (12 if length[2].lower() == "year" else 1)
            (first, first_latest), (last_earliest, last) = (_months_of(*date) for date in dates)
            # Both the first and the last month may count as whole ones or not.
            if not last_earliest - first_latest <= months <= last - first + 1:
                message = f"{length[0]} cannot be the time between its dates: {row['printed']}"
                yield Finding(item=row["item"], message=message)


def _months_of(month: str, year: str) -> tuple[int, int]:
    """Earliest and latest month that a date can mean, counted from the year 0."""
    january = int(year) * 12
    return (january + _MONTHS[month] - 1,) * 2 if month else (january, january + 11)


def _short(iri: str) -> str:
    return iri.rsplit("/id/", 1)[-1]


def render_findings(asked: Iterable[Findings], *, most: int = 10) -> str:
    """A plain text: each question with how much it found, and the first findings.

    :param most: how many findings of a question to write.
    """
    lines: list[str] = []
    for findings in asked:
        lines.append(f"\n{findings.severity.upper():<6}{len(findings.findings):>5}  {findings.question}")
        lines += [f"             {_short(finding.item)}: {finding.message}" for finding in findings.findings[:most]]
        if len(findings.findings) > most:
            lines.append(f"             ... and {len(findings.findings) - most} more (--most)")
    return "\n".join(lines).lstrip("\n") + "\n"
