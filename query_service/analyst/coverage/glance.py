"""The principles by country in little, for pages that lead to the coverage."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from query_service.analyst.coverage.laid_out import Edition, Head, Line, edition_of, head_of, kept_coverage, line_of
from query_service.analyst.desk import View
from query_service.analyst.page_parts import PageRecord
from query_service.coverage.question import CoverageQuestion

__all__ = ["Glance", "coverage_at_a_glance"]

_QUESTION: Final = CoverageQuestion()


class Glance(PageRecord):
    """The matrix ``coverage_glance`` of ``coverage_parts.html`` is made from."""

    version: str = Field(description="version of the dataset")
    edition: Edition = Field(description="edition of the principles")
    practices: int = Field(description="all practices")
    reviewed: int = Field(description="all practices that were reviewed")
    heads: tuple[Head, ...] = Field(description="countries that the graph names")
    lines: tuple[Line, ...] = Field(description="the principles")
    unread: tuple[Head, ...] = Field(description="those of which no practice was reviewed")
    url: str = Field(description="where the whole of it is")


def coverage_at_a_glance(view: View) -> Glance:
    """The eleven principles by country.

    :raises ServiceError: when it cannot be asked now.
    """
    report = kept_coverage(view, _QUESTION)
    return Glance(
        version=report.dataset_version,
        edition=edition_of(view, report.framework),
        practices=report.practices,
        reviewed=report.reviewed,
        heads=tuple(head_of(view, column) for column in report.columns),
        lines=tuple(line_of(view, _QUESTION, row, report.columns) for row in report.rows),
        unread=tuple(head_of(view, column) for column in report.columns if not column.reviewed),
        url=view.urls.at("coverage"),
    )
