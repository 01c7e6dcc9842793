"""Routes of the pages on coverage: the matrix, and one cell of it."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from query_service.analyst.coverage.cell_page import make_cell_page
from query_service.analyst.coverage.exports import write_cell, write_coverage
from query_service.analyst.coverage.matrix_page import make_coverage_page
from query_service.analyst.desk import Desk, Form, View
from query_service.analyst.page_parts import PageQuery
from query_service.coverage.question import Counted, CoverageFormat, CoverageQuestion, DimensionName
from query_service.pages import render_page

__all__ = ["CellAsked", "CoverageAsked", "add_routes"]

_MATRIX_FORMS: Final[tuple[CoverageFormat, ...]] = ("json", "csv", "xlsx", "svg", "png")
_CELL_FORMS: Final[tuple[CoverageFormat, ...]] = ("json", "csv", "xlsx")


class CoverageAsked(PageQuery):
    """Which matrix is asked for."""

    framework: str = Field(default="eu-cbp-2004", description="framework whose provisions are the rows, by its key")
    by: DimensionName = Field(default="country", description="what the columns are")
    counted: Counted = Field(
        default="asserted",
        description="what counts as a practice of a provision: asserted links, primary principles alone, or what follows too",
    )

    @property
    def question(self) -> CoverageQuestion:
        """The question without what is said of the form of its answer."""
        return CoverageQuestion(framework=self.framework, by=self.by, counted=self.counted)


class CellAsked(CoverageAsked):
    """Which cell is asked for."""

    provision: str = Field(min_length=1, description="its row: path, IRI, key (cbp-9) or number within the framework")
    column: str = Field(min_length=1, description="its column: key (est), path or title")


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the routes.

    :param router: to which they are added.
    :param desk: what pages for analysts share.
    """

    @router.get("/coverage", summary="Provisions of a framework by country and other dimensions, in three values")
    async def coverage_matrix(asked: Annotated[CoverageAsked, Query()]) -> Response:
        """The matrix of a framework: which provisions were found in which practices, over how many that were reviewed."""
        question = asked.question

        def html(view: View) -> bytes:
            return render_page("coverage.html", make_coverage_page(view, question))

        def drawn(form: CoverageFormat) -> Form:
            return lambda view: write_coverage(view, question, form)

        forms: dict[str, Form] = {"html": html} | {form: drawn(form) for form in _MATRIX_FORMS}
        return desk.answer(forms, name=f"coverage-{_key(asked.framework)}-by-{asked.by}")

    @router.get("/coverage/cell", summary="One cell of a coverage with its practices and reasons")
    async def coverage_one_cell(asked: Annotated[CellAsked, Query()]) -> Response:
        """The practices of one cell: those found with the reasons, those reviewed without, those not reviewed."""
        question = asked.question

        def html(view: View) -> bytes:
            return render_page("coverage_cell.html", make_cell_page(view, question, asked.provision, asked.column))

        def written(form: CoverageFormat) -> Form:
            return lambda view: write_cell(view, question, asked.provision, asked.column, form)

        forms: dict[str, Form] = {"html": html} | {form: written(form) for form in _CELL_FORMS}
        return desk.answer(forms, name="coverage-cell")


def _key(framework: str) -> str:
    """A framework as a part of the name of a file."""
    last = framework.rpartition("/")[2]
    return "".join(letter for letter in last if letter.isascii() and (letter.isalnum() or letter == "-")) or "framework"
