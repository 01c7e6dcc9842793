"""How a coverage reads: what was laid out, in which edition, over how many practices."""

from __future__ import annotations

from collections import Counter
from typing import Final

from query_service.coverage.facts import DIMENSIONS
from query_service.coverage.records import CellDetail, Coverage, FrameworkFacts, Status
from query_service.trace.words import say

__all__ = [
    "ALL",
    "STATUS_WORDS",
    "cell_heading",
    "denominator_of",
    "edition_of",
    "heading_of",
    "printed_in",
    "provisions_of",
    "review_of",
    "sources_of",
]

#: Title of the column that counts every practice once.
ALL: Final = "all"
STATUS_WORDS: Final[dict[Status, str]] = {
    "ipg:Evidenced": "evidenced",
    "ipg:ReviewedNoneFound": "reviewed, none found",
    "ipg:NotReviewed": "not reviewed",
}
_COUNTED: Final = {"asserted": "", "primary": ", primary principles only", "inferred": ", with inferred contributions"}


def heading_of(report: Coverage) -> str:
    """What the matrix shows."""
    return f"{report.framework.title}, by {DIMENSIONS[report.by].words}{_COUNTED[report.counted]}"


def edition_of(framework: FrameworkFacts) -> str:
    """Which edition of a framework it is."""
    parts = [
        f"printed as {say(framework.status)}" if framework.status else "",
        f"adopted as {framework.adopted_as}" if framework.adopted_as else "",
        f"dated {framework.issued}" if framework.issued else "",
    ]
    return ", ".join(filter(None, parts)) or "adoption and date not stated"


def printed_in(framework: FrameworkFacts) -> str:
    """The documents that print a framework, by their titles."""
    return "; ".join(f"“{document.title}”" for document in framework.documents) or "not stated"


def provisions_of(report: Coverage) -> str:
    """How many provisions there are and, where it can be told, from which edition each comes."""
    editions = Counter(row.edition.rpartition("/")[2] if row.edition else "edition not told" for row in report.rows)
    named = ", ".join(f"{count} {edition}" for edition, count in sorted(editions.items()))
    return f"{len(report.rows)}: {named}" if len(editions) > 1 else str(len(report.rows))


def denominator_of(report: Coverage) -> str:
    """How many practices were reviewed."""
    return f"{report.reviewed} of {report.practices} practices reviewed"


def sources_of(report: Coverage) -> str:
    """How many practices of each document were reviewed."""
    return "; ".join(f"{source.reviewed} of {source.practices} in “{source.title}”" for source in report.sources)


def review_of(report: Coverage) -> str:
    """How many links were counted, and who stands for them."""
    counts = [f"{count} {say(state)}" for state, count in report.links.items()]
    return ", ".join(counts) or "none"


def cell_heading(detail: CellDetail) -> str:
    """What a cell says, with its denominator."""
    cell = detail.cell
    where = f"{detail.provision.title} ({detail.provision.path}), {DIMENSIONS[detail.by].words} {detail.column.title}"
    found = f"{cell.found} of {cell.reviewed} practices reviewed" if cell.reviewed else "no practice was reviewed"
    return f"{where}: {STATUS_WORDS[cell.status]}, {found}{_COUNTED[detail.counted]}"
