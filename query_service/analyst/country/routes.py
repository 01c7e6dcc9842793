"""Routes of the pages on countries: the list, and a sheet for each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from query_service.analyst.country.exports import list_rows, sheet_tables
from query_service.analyst.country.listing import make_country_list
from query_service.analyst.country.sheet import make_sheet
from query_service.analyst.country.unknown import make_unknown_page
from query_service.analyst.desk import Desk, View
from query_service.analyst.page_parts import PageQuery
from query_service.analyst.tables import as_csv, as_json, as_workbook
from query_service.errors import ServiceError, UnknownItem
from query_service.pages import render_page

__all__ = ["add_routes"]

_LIST: str = "Countries with practices, and countries that the graph only names"


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the routes.

    :param router: to which they are added.
    :param desk: what pages for analysts share.
    """

    @router.get("/country", summary="All countries of the graph with what was found")
    async def country_list(asked: Annotated[PageQuery, Query()]) -> Response:  # noqa: ARG001 - the forms read the address
        """All countries, with practices, principles found and documents; those without practices apart."""

        def html(view: View) -> bytes:
            return render_page("countries.html", make_country_list(view))

        def csv(view: View) -> bytes:
            rows = list_rows(make_country_list(view))
            return as_csv(view, rows, list(rows[0]) if rows else [])

        def xlsx(view: View) -> bytes:
            return as_workbook(view, _LIST, {"Countries": list_rows(make_country_list(view))})

        def json(view: View) -> bytes:
            return as_json(view, _LIST, {"countries": list_rows(make_country_list(view))})

        return desk.answer({"html": html, "json": json, "csv": csv, "xlsx": xlsx}, name="countries")

    @router.get("/country/{iso3}", summary="All that the documents say of one country")
    async def country_sheet(
        iso3: Annotated[str, Path(description="ISO 3166-1 alpha-3 code, e.g. est")],
        asked: Annotated[PageQuery, Query()],  # noqa: ARG001 - the forms read the address
    ) -> Response:
        """Practices, principles in three values, organisations, funding, sources and gaps of one country."""

        def html(view: View) -> bytes:
            return render_page("country.html", make_sheet(view, iso3))

        def csv(view: View) -> bytes:
            rows = sheet_tables(view, make_sheet(view, iso3))["Principles"]
            return as_csv(view, rows, list(rows[0]) if rows else [])

        def xlsx(view: View) -> bytes:
            sheet = make_sheet(view, iso3)
            return as_workbook(view, sheet.country.title, sheet_tables(view, sheet))

        def json(view: View) -> bytes:
            sheet = make_sheet(view, iso3)
            tables = {title.lower(): rows for title, rows in sheet_tables(view, sheet).items()}
            country = {"key": sheet.key, "iri": sheet.country.iri, "title": sheet.country.title, "matches": sheet.matches}
            return as_json(view, sheet.country.title, {"country": country, **tables})

        def failed(view: View, error: ServiceError) -> bytes:
            if not isinstance(error, UnknownItem):
                raise error
            return render_page("country_unknown.html", make_unknown_page(view, iso3))

        known = "".join(letter for letter in iso3.lower() if letter.isascii() and letter.isalpha())[:3]
        return desk.answer({"html": html, "json": json, "csv": csv, "xlsx": xlsx}, name=f"country-{known}", failed=failed)
