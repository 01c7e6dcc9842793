"""Coverage: the provisions of a framework by country, level, target group and so on, with three values and denominators.

A provision in a column is evidenced, reviewed and not found, or not reviewed. "Not found" speaks of the practices of
these documents that were reviewed, and so never appears without their number; where none was reviewed, nothing is said.
A practice was reviewed if it has a primary principle: every reader gives exactly one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from query_service.coverage.facts import DIMENSIONS, CoverageFacts, Group, Leading, Provision
from query_service.coverage.question import CoverageQuestion
from query_service.coverage.reasons import find_reasons
from query_service.coverage.records import Cell, CellDetail, Column, Coverage, Row, SourceCount
from query_service.errors import MalformedRequest, UnknownItem
from query_service.lookups import Source, source_of
from query_service.snapshot import Snapshot
from query_service.trace.facts import Facts

__all__ = ["coverage", "coverage_cell"]

_PRINCIPLES: Final = "framework/eu-cbp-2004"
_COUNTED_NOTES: Final = {
    "asserted": "Counted: practices with an asserted link (ipg:implements) to the provision, primary or secondary.",
    "primary": "Counted: practices whose primary principle this is (ipg:primaryPrinciple); each practice has one.",
    "inferred": "Counted: practices with an asserted link to the provision, and those that contribute to it by what they "
    "implement (ipg:contributesTo, inferred).",
}


def coverage(dataset: Snapshot | Source, question: CoverageQuestion, known: Facts | None = None) -> Coverage:
    """Lay out a framework by a dimension.

    :param known: statements of the dataset, where they are known already.
    :raises UnknownItem: when no framework has the name.
    :raises MalformedRequest: when what is to be counted leads to no provision of this framework.
    :raises SnapshotUnusable: when the store cannot be opened.
    """
    return _Layout(source_of(dataset), question, known).matrix()


def coverage_cell(
    dataset: Snapshot | Source, question: CoverageQuestion, provision: str, column: str, known: Facts | None = None
) -> CellDetail:
    """One cell with its practices and why each counts.

    :param provision: path, IRI, key (``cbp-9``) or number within the framework.
    :param column: key (``est``), path or title.
    :param known: statements of the dataset, where they are known already.
    :raises UnknownItem: when the matrix has no such row or column, with the nearest names.
    :raises MalformedRequest: as :func:`coverage` does, and for a provision of another framework.
    :raises SnapshotUnusable: when the store cannot be opened.
    """
    return _Layout(source_of(dataset), question, known).cell(provision, column)


class _Layout:
    """The matrix of a question, row by row and column by column."""

    def __init__(self, source: Source, question: CoverageQuestion, known: Facts | None) -> None:
        self._source = source
        self._question = question
        self._known = known
        self._facts = CoverageFacts(source, known.names if known else None)
        self._framework = self._facts.framework(question.framework)
        self._provisions = self._facts.provisions(self._framework.path)
        self._check()
        self._groups = self._facts.groups(question.by)
        self._reviewed = self._find_reviewed()
        self._links = {
            link for link in self._facts.leading(self._framework.path, question.counted) if link.practice in self._reviewed
        }
        self._found: dict[str, set[str]] = defaultdict(set)
        for link in self._links:
            self._found[link.provision].add(link.practice)

    def _check(self) -> None:
        path, counted = self._framework.path, self._question.counted
        if counted == "primary" and path != _PRINCIPLES:
            raise MalformedRequest(
                "Only the Common Basic Principles can be primary.",
                found=path,
                expected=_PRINCIPLES,
                mend="count asserted links: leave --primary out, or write counted=asserted in the address",
            )
        of_principles = all(self._facts.names.is_a(provision.path, "Principle") for provision in self._provisions)
        if counted == "inferred" and not of_principles:
            raise MalformedRequest(
                "What is inferred (ipg:contributesTo) leads to principles only.",
                found=path,
                expected="a framework of principles",
                mend="count asserted links: leave --inferred out, or write counted=asserted in the address",
            )

    def _find_reviewed(self) -> frozenset[str]:
        """Practices reviewed for this framework; what is inferred follows from the links to any framework that was read for."""
        inferred = self._question.counted == "inferred"
        return frozenset(
            practice
            for practice, frameworks in self._facts.practices.items()
            if self._framework.path in frameworks or (inferred and frameworks)
        )

    def matrix(self) -> Coverage:
        """All cells."""
        return Coverage(
            dataset_version=self._source.version,
            framework=self._framework,
            by=self._question.by,
            counted=self._question.counted,
            coded=bool(self._reviewed),
            links=_count_reviews(self._links),
            practices=len(self._facts.practices),
            reviewed=len(self._reviewed),
            in_several=self._in_several(),
            sources=tuple(
                SourceCount(
                    path=path,
                    title=self._facts.names.item(path).title,
                    practices=len(practices),
                    reviewed=len(practices & self._reviewed),
                )
                for path, practices in self._facts.sources().items()
            ),
            columns=tuple(map(self._column, self._groups)),
            rows=tuple(map(self._row, self._provisions)),
            notes=tuple(self._notes()),
        )

    def _in_several(self) -> int:
        return sum(n > 1 for n in Counter(p for group in self._groups for p in group.practices & self._reviewed).values())

    def _column(self, group: Group) -> Column:
        return Column(
            key=group.key,
            path=group.path,
            title=group.title,
            practices=len(group.practices),
            reviewed=len(group.practices & self._reviewed),
        )

    def _row(self, provision: Provision) -> Row:
        named = self._facts.names.item(provision.path)
        return Row(
            path=provision.path,
            iri=named.iri,
            notation=provision.notation,
            title=named.title,
            edition=provision.edition,
            cells=tuple(self._count(provision.path, group.practices) for group in self._groups),
            total=self._count(provision.path, self._facts.practices.keys()),
        )

    def _count(self, provision: str, practices: Collection[str]) -> Cell:
        reviewed = self._reviewed.intersection(practices)
        found = len(reviewed & self._found[provision])
        status = "Evidenced" if found else "ReviewedNoneFound" if reviewed else "NotReviewed"
        return Cell.model_validate({"status": f"ipg:{status}", "found": found, "reviewed": len(reviewed)})

    def cell(self, provision: str, column: str) -> CellDetail:
        """One cell with its practices."""
        path = self._find_provision(provision)
        group = self._find_group(column)
        reviewed = self._reviewed & group.practices
        found = sorted(reviewed & self._found[path])
        named = self._facts.names.item
        return CellDetail(
            dataset_version=self._source.version,
            framework=self._framework,
            by=self._question.by,
            counted=self._question.counted,
            provision=named(path),
            column=self._column(group),
            cell=self._count(path, group.practices),
            found=find_reasons(self._known or Facts(self._source), path, found, inferred=self._question.counted == "inferred"),
            without=tuple(map(named, sorted(reviewed - set(found)))),
            not_reviewed=tuple(map(named, sorted(group.practices - reviewed))),
            notes=tuple(self._notes()),
        )

    def _find_provision(self, name: str) -> str:
        by_notation = {provision.notation: provision.path for provision in self._provisions}
        path = by_notation.get(name.strip()) or self._facts.names.find(name).path
        if path not in by_notation.values():
            first, last = self._provisions[0].path, self._provisions[-1].path
            raise MalformedRequest(
                f"{name!r} is no provision of this framework.",
                found=path,
                expected=f"{first} to {last}",
                mend="name its framework with --framework, or with framework= in the address",
            )
        return path

    def _find_group(self, name: str) -> Group:
        wanted = self._facts.names.path(name.strip()).lower()
        whole = [group for group in self._groups if wanted in {group.key, group.path, group.title.lower()}]
        found = whole or [group for group in self._groups if group.key.endswith(f"/{wanted}")]
        if len(found) == 1:
            return found[0]
        names = {name: group.key for group in self._groups for name in (group.title.lower(), group.key)}
        near = dict.fromkeys(names[close] for close in get_close_matches(wanted, names, cutoff=0.5))
        raise UnknownItem(
            f"No column by {DIMENSIONS[self._question.by].words} is called {name!r}.",
            expected=f"one of {_listed([group.key for group in self._groups])}",
            mend=f"did you mean {', '.join(near)}?"
            if near
            else "choose what the columns are with --by, or with by= in the address",
        )

    def _notes(self) -> Iterator[str]:
        yield _COUNTED_NOTES[self._question.counted]
        yield (
            "Evidenced: at least one reviewed practice was found. Reviewed, none found: practices were read and none carries the "
            "provision out; it may well be done elsewhere. Not reviewed: no practice was read, so nothing is known."
        )
        if not self._reviewed and any(self._facts.practices.values()):
            yield "Practices were not read for this framework, and no cell is reviewed."
        several = self._in_several()
        if several:
            yield f"A practice in several columns counts in each and once in all: {several} of {len(self._reviewed)} do."
        if DIMENSIONS[self._question.by].nested:
            yield "A practice with a narrower concept stands in the column of the broader one too."
        if self._question.by == "year":
            yield "A practice stands in the year in which it began, as printed."
        reviews = _count_reviews(self._links)
        if reviews and "ipg:ReviewedByPerson" not in reviews:
            yield "No person has reviewed these links."


def _count_reviews(links: Collection[Leading]) -> dict[str, int]:
    return dict(sorted(Counter(link.review or "inferred" for link in links).items()))


def _listed(keys: Sequence[str], most: int = 40) -> str:
    return ", ".join(keys[:most]) + (f" and {len(keys) - most} more" if len(keys) > most else "")
