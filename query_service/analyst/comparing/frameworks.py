"""Frameworks side by side: status, edition, provisions, coverage, and the links between their provisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pydantic import Field

from query_service.analyst.country.findings import provisions_of
from query_service.analyst.coverage.laid_out import kept_coverage
from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.page_parts import PageRecord
from query_service.analyst.reasons import ShownReason, show_reason, statement_facts
from query_service.analyst.things import Text, Thing
from query_service.coverage.question import CoverageQuestion, DimensionName
from query_service.coverage.records import Coverage
from query_service.trace.choices import WALKED

__all__ = ["Between", "ColumnCount", "CoverageTable", "FrameworkColumn", "FrameworksCompared", "compare_frameworks"]

_BETWEEN: Final = tuple(
    walked
    for walked in WALKED
    if walked.property
    in {"ipg:elaborates", "ipg:relatedTo", "ipg:supports", "ipg:correspondsTo", "ipg:inTensionWith", "ipg:limits"}
)
_BY: Final[tuple[DimensionName, ...]] = ("level", "country")


class ColumnCount(PageRecord):
    """How many provisions of a framework were found in practices of a level or country."""

    evidenced: int
    of: int = Field(description="provisions of the framework")
    reviewed: int = Field(description="practices reviewed: the denominator of each cell")
    look: str = Field(description="evidenced, none-found or not-reviewed")


class FrameworkColumn(PageRecord):
    """A framework."""

    item: Named
    summary: Text | None
    status: str = Field(description="draft or adopted, as printed; empty where that is not stated")
    adopted_as: str
    adopted_by: tuple[Named, ...]
    issued: str
    notes: tuple[Text, ...]
    documents: tuple[Named, ...]
    references: int = Field(description="instruments and documents that it cites")
    stated: str = Field(description="number of provisions that the graph states; empty where it states none")
    provisions: tuple[Named, ...]
    evidenced: int | None = Field(description="provisions found in at least one practice; none where it has no provisions")
    none_found: int | None
    not_reviewed: int | None
    reviewed: int | None = Field(description="practices reviewed for it")
    coverage: str = Field(description="where its coverage is; empty where it has no provisions")


class CoverageTable(PageRecord):
    """Coverage of all frameworks by one dimension."""

    by: str
    rows: tuple[tuple[Text, tuple[ColumnCount | None, ...]], ...] = Field(
        description="a column of the coverage, with one count per framework; none where a framework has no provisions"
    )


class Between(PageRecord):
    """A link between provisions of two of the frameworks."""

    source: Named
    source_framework: str
    property: str = Field(description="local name, e.g. correspondsTo")
    match: str = Field(description="kind of match, e.g. skos:exactMatch; empty where there is none")
    target: Named
    target_framework: str
    reason: ShownReason | None


class FrameworksCompared(PageRecord):
    """What is said of frameworks side by side."""

    columns: tuple[FrameworkColumn, ...]
    tables: tuple[CoverageTable, ...]
    practices: int = Field(description="all practices")
    between: tuple[Between, ...]
    counts: tuple[tuple[str, int], ...] = Field(description="links between them by property")


def compare_frameworks(view: View, frameworks: Sequence[Thing]) -> FrameworksCompared:
    """Frameworks side by side.

    :raises ServiceError: when the dataset cannot be asked now.
    """
    between = tuple(_between(view, [framework.path for framework in frameworks]))
    counts = Counter(link.property for link in between)
    return FrameworksCompared(
        columns=tuple(_column(view, framework) for framework in frameworks),
        tables=tuple(_table(view, frameworks, by) for by in _BY),
        practices=len(view.things.practices),
        between=between,
        counts=tuple(counts.items()),
    )


def _coverage(view: View, framework: Thing, by: DimensionName) -> Coverage | None:
    if not provisions_of(view, framework.path):
        return None
    return kept_coverage(view, CoverageQuestion(framework=framework.key, by=by))


def _column(view: View, framework: Thing) -> FrameworkColumn:
    report = _coverage(view, framework, "level")
    totals = [row.total.status for row in report.rows] if report else []
    provisions = provisions_of(view, framework.path)
    namer = namer_of(view)
    status = framework.paths("ipg:status")
    return FrameworkColumn(
        item=namer.item(framework.path),
        summary=framework.summary(view.language),
        status=view.things.title(status[0], view.language).text if status else "",
        adopted_as=framework.first("ipg:adoptedAs"),
        adopted_by=namer.items(framework.paths("ipg:adoptedBy")),
        issued=framework.first("dcterms:issued"),
        notes=tuple(Text(value.text, value.language) for value in framework.values("skos:editorialNote")),
        documents=namer.items(framework.paths("dcterms:source")),
        references=len(framework.paths("dcterms:references")),
        stated=framework.first("ipg:numberOfProvisions"),
        provisions=namer.items(provision.path for provision in provisions),
        evidenced=totals.count("ipg:Evidenced") if report else None,
        none_found=totals.count("ipg:ReviewedNoneFound") if report else None,
        not_reviewed=totals.count("ipg:NotReviewed") if report else None,
        reviewed=report.reviewed if report else None,
        coverage=view.urls.at("coverage", framework=framework.key) if report else "",
    )


def _table(view: View, frameworks: Sequence[Thing], by: DimensionName) -> CoverageTable:
    reports = [_coverage(view, framework, by) for framework in frameworks]
    first = next((report for report in reports if report), None)
    rows = []
    for place, column in enumerate(first.columns if first else ()):
        title = view.things.title(column.path, view.language) if column.path else Text(column.title)
        rows.append((title, tuple(_count(report, place) if report else None for report in reports)))
    return CoverageTable(by=by, rows=tuple(rows))


def _count(report: Coverage, place: int) -> ColumnCount:
    reviewed = report.columns[place].reviewed
    evidenced = sum(row.cells[place].status == "ipg:Evidenced" for row in report.rows)
    look = "evidenced" if evidenced else "none-found" if reviewed else "not-reviewed"
    return ColumnCount(evidenced=evidenced, of=len(report.rows), reviewed=reviewed, look=look)


def _between(view: View, frameworks: Sequence[str]) -> Iterator[Between]:
    facts, namer = statement_facts(view), namer_of(view)
    home = {
        path: part
        for path, provision in view.things.provisions.items()
        for part in provision.paths("dcterms:isPartOf")
        if part in frameworks
    }
    edges = view.analysis.kept("edges between provisions", lambda: facts.edges(_BETWEEN))
    for edge in edges:
        ends = home.get(edge.source), home.get(edge.target)
        if ends[0] and ends[1] and ends[0] != ends[1]:
            record = facts.link(edge)
            yield Between(
                source=namer.item(edge.source),
                source_framework=ends[0],
                property=edge.walked.local_name(),
                match=next((name for name in edge.also if name.startswith("skos:")), ""),
                target=namer.item(edge.target),
                target_framework=ends[1],
                reason=show_reason(view, record) if record else None,
            )
