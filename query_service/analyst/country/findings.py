"""Provisions of a framework over some practices, in three values: the same count as of a coverage, for any practices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import Field

from query_service.analyst.coverage.laid_out import Square, cell_url, square_of
from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import PageRecord
from query_service.analyst.things import Thing
from query_service.coverage.question import CoverageQuestion
from query_service.coverage.records import Cell, Status
from query_service.ordering import by_number

__all__ = ["Finding", "FrameworkFindings", "find_in", "frameworks_in", "provisions_of"]

_PRINCIPLES: Final = "framework/eu-cbp-2004"


class Finding(PageRecord):
    """A provision, and in which of some practices it was found."""

    provision: Named
    status: Status
    found: int
    reviewed: int
    square: Square
    practices: tuple[Named, ...] = Field(description="practices in which it was found")
    primary: tuple[str, ...] = Field(description="paths of those of which it is the primary principle")


class FrameworkFindings(PageRecord):
    """How many provisions of a framework were found in some practices."""

    framework: Named
    provisions: int
    evidenced: int
    none_found: int
    not_reviewed: int
    reviewed: int = Field(description="practices reviewed for it: the denominator")
    practices: int
    url: str = Field(description="its coverage by country")


def provisions_of(view: View, framework: str) -> tuple[Thing, ...]:
    """Provisions of a framework, by their numbers.

    :param framework: its path.
    """
    return view.analysis.kept("provisions by framework", lambda: _by_framework(view)).get(framework, ())


def _by_framework(view: View) -> Mapping[str, tuple[Thing, ...]]:
    found: dict[str, list[Thing]] = {}
    for provision in view.things.provisions.values():
        for framework in provision.paths("dcterms:isPartOf"):
            found.setdefault(framework, []).append(provision)
    return {framework: tuple(sorted(some, key=_number)) for framework, some in found.items()}


def _number(provision: Thing) -> tuple[int, ...]:
    return by_number(provision.first("skos:notation"))


def find_in(view: View, practices: Sequence[Thing], country: str | None, framework: str = _PRINCIPLES) -> tuple[Finding, ...]:
    """Provisions of a framework over some practices.

    :param practices: all that are looked at, reviewed for the framework or not.
    :param country: key of the country of which these are all practices, so that cells lead to those of the coverage.
    """
    reviewed = {
        practice: frozenset(practice.paths("ipg:implements"))
        for practice in practices
        if framework in practice.paths("ipg:reviewedFor")
    }
    question = CoverageQuestion(framework=framework.partition("/")[2])
    return tuple(_finding(view, provision, reviewed, question, country) for provision in provisions_of(view, framework))


def _finding(
    view: View, provision: Thing, reviewed: Mapping[Thing, frozenset[str]], question: CoverageQuestion, country: str | None
) -> Finding:
    found = [practice for practice, implemented in reviewed.items() if provision.path in implemented]
    status: Status = "ipg:Evidenced" if found else "ipg:ReviewedNoneFound" if reviewed else "ipg:NotReviewed"
    cell = Cell(status=status, found=len(found), reviewed=len(reviewed))
    return Finding(
        provision=namer_of(view).item(provision.path),
        status=status,
        found=cell.found,
        reviewed=cell.reviewed,
        square=square_of(view, cell, cell_url(view, question, provision.path, country) if country else None),
        practices=namer_of(view).items(practice.path for practice in found),
        primary=tuple(practice.path for practice in found if provision.path in practice.paths("ipg:primaryPrinciple")),
    )


def frameworks_in(view: View, practices: Sequence[Thing]) -> tuple[FrameworkFindings, ...]:
    """All frameworks with provisions over some practices; those first for which practices were read."""
    frameworks = {path for provision in view.things.provisions.values() for path in provision.paths("dcterms:isPartOf")}
    found = [_summed(view, framework, practices) for framework in sorted(frameworks)]
    return tuple(sorted(found, key=lambda one: (not one.reviewed, one.framework.path != _PRINCIPLES)))


def _summed(view: View, framework: str, practices: Sequence[Thing]) -> FrameworkFindings:
    findings = find_in(view, practices, None, framework)
    statuses = [finding.status for finding in findings]
    return FrameworkFindings(
        framework=namer_of(view).item(framework),
        provisions=len(findings),
        evidenced=statuses.count("ipg:Evidenced"),
        none_found=statuses.count("ipg:ReviewedNoneFound"),
        not_reviewed=statuses.count("ipg:NotReviewed"),
        reviewed=findings[0].reviewed if findings else 0,
        practices=len(practices),
        url=view.urls.at("coverage", framework=framework.partition("/")[2]),
    )
