"""The page on one cell of a coverage: its practices with reasons, those without, and what would change it."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from query_service.analyst.coverage.laid_out import (
    Edition,
    Head,
    Square,
    edition_of,
    head_of,
    named_dimension,
    square_of,
)
from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import PageFile, PageRecord, files_of
from query_service.analyst.reasons import ShownReason, show_reason, statement_facts
from query_service.analyst.things import Text
from query_service.analyst.wordless import Wordless
from query_service.coverage.matrix import coverage_cell
from query_service.coverage.question import CoverageQuestion
from query_service.coverage.records import CellDetail, Finding
from query_service.pages import Site
from query_service.trace.facts import Facts

__all__ = ["CellPage", "FoundPractice", "cell_for_files", "make_cell_page"]

_FORMS: Final = ("csv", "xlsx", "json")


class FoundReason(PageRecord):
    """Why a practice counts."""

    reason: ShownReason | None = Field(description="why the link is made")
    through: Named | None = Field(description="provision that the practice carries out and that leads on")
    then: ShownReason | None = Field(description="why that provision leads on")


class FoundPractice(PageRecord):
    """A practice found."""

    practice: Named
    summary: Text | None
    primary: bool = Field(description="whether the provision is its primary principle")
    trace: str = Field(description="where all ways from the practice to the provision are")
    reasons: tuple[FoundReason, ...]


class CellPage(PageRecord):
    """The context of ``coverage_cell.html``."""

    site: Site
    question: CoverageQuestion
    by: str = Field(description="what the columns are, in a sentence")
    column_kind: str = Field(description="the same, at the beginning of a line")
    edition: Edition
    version: str
    provision: Named
    provision_summary: Text | None
    head: Head
    square: Square
    found: tuple[FoundPractice, ...]
    without: tuple[Named, ...]
    not_reviewed: tuple[Named, ...]
    documents: tuple[Named, ...] = Field(description="documents that describe the practices of the dataset")
    matrix: str = Field(description="where the whole matrix is")
    country: str | None = Field(description="where the sheet of the country is")
    overlay: str = Field(description="where own practices can be laid over the graph")
    files: tuple[PageFile, ...]


def cell_for_files(view: View, question: CoverageQuestion, provision: str, column: str) -> CellDetail:
    """A cell as it leaves the service: without the wording of passages.

    :raises ServiceError: as :func:`query_service.coverage.matrix.coverage_cell` does.
    """
    source = Wordless(view.analysis.source)
    known = view.analysis.kept("statements without wording", lambda: Facts(source))
    return coverage_cell(source, question, provision, column, known)


def make_cell_page(view: View, question: CoverageQuestion, provision: str, column: str) -> CellPage:
    """The page on a cell.

    :raises ServiceError: as :func:`cell_for_files` does.
    """
    detail = coverage_cell(view.analysis.source, question, provision, column, statement_facts(view))
    namer = namer_of(view)
    about = view.things.provisions[detail.provision.path]
    asked = {**question.model_dump(), "provision": detail.provision.path, "column": detail.column.key}
    documents = dict.fromkeys(path for one in view.things.practices.values() for path in one.paths("dcterms:source"))
    is_country = question.by == "country" and detail.column.path is not None
    return CellPage(
        site=view.site,
        question=question,
        by=named_dimension(view, question.by),
        column_kind=named_dimension(view, question.by, first=True),
        edition=edition_of(view, detail.framework),
        version=detail.dataset_version,
        provision=namer.item(about.path),
        provision_summary=about.summary(view.language),
        head=head_of(view, detail.column),
        square=square_of(view, detail.cell, None),
        found=tuple(_found(view, about.path, finding) for finding in detail.found),
        without=namer.items(item.path for item in detail.without),
        not_reviewed=namer.items(item.path for item in detail.not_reviewed),
        documents=namer.items(sorted(documents)),
        matrix=view.urls.at("coverage", **question.model_dump()),
        country=view.urls.at(f"country/{detail.column.key}") if is_country else None,
        overlay=view.urls.at("overlay"),
        files=files_of(view, "coverage/cell", asked, _FORMS),
    )


def _found(view: View, provision: str, finding: Finding) -> FoundPractice:
    practice, namer = view.things.practices[finding.practice.path], namer_of(view)
    return FoundPractice(
        practice=namer.item(practice.path),
        summary=practice.summary(view.language),
        primary=finding.primary,
        trace=view.urls.at("trace", start=practice.path, end=provision),
        reasons=tuple(
            FoundReason(
                reason=show_reason(view, reason.link) if reason.link else None,
                through=namer.item(reason.through.path) if reason.through else None,
                then=show_reason(view, reason.then_link) if reason.then_link else None,
            )
            for reason in finding.reasons
        ),
    )
