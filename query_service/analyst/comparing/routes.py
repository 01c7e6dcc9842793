"""The route of comparisons."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from query_service.analyst.comparing.exports import compared_rows, compared_tables, comparison_title
from query_service.analyst.comparing.page import make_compare_page, make_failed_page
from query_service.analyst.comparing.question import CompareAsked
from query_service.analyst.country.tallies import Narrowing
from query_service.analyst.desk import Desk, View
from query_service.analyst.tables import as_csv, as_json, as_workbook
from query_service.errors import ServiceError
from query_service.pages import render_page

__all__ = ["add_routes"]


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the route.

    :param router: to which it is added.
    :param desk: what pages for analysts share.
    """

    @router.get("/compare", summary="Two to five countries, frameworks, provisions or practices side by side")
    async def compare(asked: Annotated[CompareAsked, Query()]) -> Response:
        """What items share and where they differ, with reasons, passages and denominators; a form where too few are named."""

        def html(view: View) -> bytes:
            return render_page("compare.html", make_compare_page(view, asked))

        def csv(view: View) -> bytes:
            rows = compared_rows(view, make_compare_page(view, asked))
            return as_csv(view, rows, list(dict.fromkeys(name for row in rows for name in row)))

        def xlsx(view: View) -> bytes:
            page = make_compare_page(view, asked)
            tables = compared_tables(view, page)
            return as_workbook(view, comparison_title(page), tables)

        def json(view: View) -> bytes:
            page = make_compare_page(view, asked)
            tables = {title.lower().replace(" ", "_"): rows for title, rows in compared_tables(view, page).items()}
            narrowed = {name: getattr(asked, name) for name in Narrowing._fields} if page.countries else {}
            return as_json(view, comparison_title(page), {"compared": page.chosen, "kind": page.kind, **narrowed, **tables})

        def failed(view: View, error: ServiceError) -> bytes:
            return render_page("compare.html", make_failed_page(view, asked, error))

        return desk.answer({"html": html, "json": json, "csv": csv, "xlsx": xlsx}, name="comparison", failed=failed)
