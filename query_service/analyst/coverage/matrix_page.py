"""The page on a coverage: a form, the matrix, and what one has to know to read it."""

from __future__ import annotations

from collections import Counter
from typing import Final, get_args

from pydantic import Field

from query_service.analyst.coverage.laid_out import (
    Edition,
    Head,
    Line,
    edition_of,
    head_of,
    kept_coverage,
    line_of,
    named_dimension,
)
from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import Choice, PageFile, PageRecord, files_of
from query_service.analyst.things import Text
from query_service.coverage.question import DIMENSION_NAMES, Counted, CoverageQuestion
from query_service.coverage.records import Coverage
from query_service.pages import Site

__all__ = ["Count", "CoveragePage", "make_coverage_page"]

_FORMS: Final = ("csv", "xlsx", "svg", "json")


class Count(PageRecord):
    """How many there are of something."""

    item: Named | None = Field(description="what it is, where it has a page")
    text: Text = Field(description="what it is in words")
    count: int = Field(description="how many")
    of: int | None = Field(default=None, description="among how many")


class CoveragePage(PageRecord):
    """The context of ``coverage.html``."""

    site: Site
    frameworks: tuple[Choice, ...]
    dimensions: tuple[Choice, ...]
    counted: tuple[Choice, ...]
    question: CoverageQuestion
    by: str = Field(description="what the columns are")
    edition: Edition
    coded: bool = Field(description="whether practices were read for this framework")
    version: str
    provisions: int
    editions: tuple[Count, ...] = Field(description="provisions by the edition that they come from, where that can be told")
    practices: int
    reviewed: int
    in_several: int
    sources: tuple[Count, ...] = Field(description="practices reviewed by document")
    links: tuple[Count, ...] = Field(description="links counted by state of review")
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    empty: tuple[Head, ...] = Field(description="columns of which no practice was reviewed")
    chapters: tuple[Named, ...] = Field(description="chapters outside every figure")
    files: tuple[PageFile, ...]
    overlay: str = Field(description="where own practices can be laid over the graph")


def make_coverage_page(view: View, question: CoverageQuestion) -> CoveragePage:
    """The page that answers a question.

    :raises ServiceError: as :func:`query_service.coverage.matrix.coverage` does.
    """
    report = kept_coverage(view, question)
    heads = tuple(head_of(view, column) for column in report.columns)
    words = view.reading.words
    return CoveragePage(
        site=view.site,
        frameworks=_frameworks(view, report),
        dimensions=tuple(
            Choice(value=name, text=Text(named_dimension(view, name, first=True), view.language), chosen=name == question.by)
            for name in DIMENSION_NAMES
        ),
        counted=tuple(
            Choice(value=name, text=Text(words(f"coverage-counted-{name}"), view.language), chosen=name == question.counted)
            for name in get_args(Counted)
        ),
        question=question,
        by=named_dimension(view, question.by),
        edition=edition_of(view, report.framework),
        coded=report.coded,
        version=report.dataset_version,
        provisions=len(report.rows),
        editions=_editions(view, report),
        practices=report.practices,
        reviewed=report.reviewed,
        in_several=report.in_several,
        sources=tuple(_count(view, source.path, source.reviewed, of=source.practices) for source in report.sources),
        links=tuple(Count(item=None, text=_review(view, state), count=count) for state, count in report.links.items()),
        heads=heads,
        lines=tuple(line_of(view, question, row, report.columns) for row in report.rows),
        empty=tuple(head for head in heads if not head.reviewed),
        chapters=_chapters(view) if question.by == "country" else (),
        files=files_of(view, "coverage", question.model_dump(), _FORMS),
        overlay=view.urls.at("overlay"),
    )


def _frameworks(view: View, report: Coverage) -> tuple[Choice, ...]:
    """Frameworks that have provisions, those first for which practices were read."""
    things = view.things
    with_provisions = {path for provision in things.provisions.values() for path in provision.paths("dcterms:isPartOf")}
    read_for = {path for practice in things.practices.values() for path in practice.paths("ipg:reviewedFor")}
    ordered = sorted(with_provisions, key=lambda path: (path not in read_for, path != "framework/eu-cbp-2004", path))
    return tuple(
        Choice(
            value=path.partition("/")[2],
            text=things.title(path, view.language),
            chosen=path == report.framework.path,
        )
        for path in ordered
    )


def _editions(view: View, report: Coverage) -> tuple[Count, ...]:
    counts = Counter(row.edition for row in report.rows)
    if set(counts) == {None}:
        return ()
    untold = Count(item=None, text=Text(view.reading.words("coverage-edition-untold"), view.language), count=counts.pop(None, 0))
    told = [_count(view, path, count) for path, count in sorted(counts.items(), key=lambda pair: str(pair[0])) if path]
    return (*told, untold) if untold.count else tuple(told)


def _count(view: View, path: str, count: int, of: int | None = None) -> Count:
    item = namer_of(view).item(path)
    return Count(item=item, text=Text(item.title, item.language), count=count, of=of)


def _review(view: View, state: str) -> Text:
    return (
        Text(view.reading.words("coverage-inferred"), view.language)
        if state == "inferred"
        else Text(namer_of(view).term(state), view.language)
    )


def _chapters(view: View) -> tuple[Named, ...]:
    return namer_of(view).items(view.things.of("ipg:ContextChapter"))
