"""A coverage as rows: one a cell, each with its denominator, the edition and the dataset version, so that none goes astray."""

from __future__ import annotations

from collections.abc import Iterator

from query_service.coverage.records import Cell, CellDetail, Coverage, Finding, Row
from query_service.coverage.words import ALL, STATUS_WORDS, edition_of

__all__ = ["TableRow", "cell_rows", "matrix_rows"]

#: A row of a table: values by the name of their column, in the order of the columns.
TableRow = dict[str, str | int | float]


def matrix_rows(report: Coverage) -> Iterator[TableRow]:
    """One row for each provision and column, and one for each provision with all practices."""
    for row in report.rows:
        for column, cell in zip(report.columns, row.cells, strict=True):
            yield _matrix_row(report, row, (column.key, column.title), cell)
        yield _matrix_row(report, row, (ALL, ALL), row.total)


def _matrix_row(report: Coverage, row: Row, column: tuple[str, str], cell: Cell) -> TableRow:
    return {
        "dataset_version": report.dataset_version,
        "framework": report.framework.path,
        "framework_title": report.framework.title,
        "edition": edition_of(report.framework),
        "printed_in": "; ".join(document.path for document in report.framework.documents),
        "counted": report.counted,
        "provision": row.path,
        "notation": row.notation,
        "provision_title": row.title,
        "provision_edition": row.edition or "",
        "by": report.by,
        "column": column[0],
        "column_title": column[1],
        "status": STATUS_WORDS[cell.status],
        "practices_found": cell.found,
        "practices_reviewed": cell.reviewed,
    }


def cell_rows(detail: CellDetail) -> Iterator[TableRow]:
    """One row for each practice and reason; a cell without any practice has one row that says so."""
    found = [
        _cell_row(detail, finding.practice.path, finding.practice.title, "found") | reason
        for finding in detail.found
        for reason in _reasons(finding)
    ]
    without = [_cell_row(detail, item.path, item.title, "reviewed, not found") for item in detail.without]
    unread = [_cell_row(detail, item.path, item.title, "not reviewed") for item in detail.not_reviewed]
    yield from [*found, *without, *unread] or [_cell_row(detail, "", "", "")]


def _cell_row(detail: CellDetail, practice: str, title: str, result: str) -> TableRow:
    return {
        "dataset_version": detail.dataset_version,
        "framework": detail.framework.path,
        "edition": edition_of(detail.framework),
        "printed_in": "; ".join(document.path for document in detail.framework.documents),
        "counted": detail.counted,
        "provision": detail.provision.path,
        "provision_title": detail.provision.title,
        "by": detail.by,
        "column": detail.column.key,
        "column_title": detail.column.title,
        "status": STATUS_WORDS[detail.cell.status],
        "practices_found": detail.cell.found,
        "practices_reviewed": detail.cell.reviewed,
        "practice": practice,
        "practice_title": title,
        "result": result,
        "primary": "",
        "through": "",
        "strength": "",
        "basis": "",
        "review_state": "",
        "confidence": "",
        "rationale": "",
        "passages": "",
        "link": "",
        "then": "",
        "then_rationale": "",
    }


def _reasons(finding: Finding) -> Iterator[TableRow]:
    for reason in finding.reasons:
        row: TableRow = {
            "primary": str(finding.primary).lower(),
            "through": reason.through.path if reason.through else "",
            "then": reason.then or "",
            "then_rationale": reason.then_link.rationale if reason.then_link else "",
        }
        if link := reason.link:
            row |= {
                "strength": link.strength or "",
                "basis": link.basis,
                "review_state": link.review_state,
                "confidence": "" if link.confidence is None else link.confidence,
                "rationale": link.rationale,
                "passages": "; ".join(passage.iri for passage in link.passages),
                "link": link.iri,
            }
        yield row
