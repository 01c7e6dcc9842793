"""The route ``/search``."""

from __future__ import annotations

from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from query_service.analyst.desk import Desk, View
from query_service.analyst.search.finding import find
from query_service.analyst.search.index import SearchIndex
from query_service.analyst.search.output import render_csv, render_json, render_workbook
from query_service.analyst.search.page import build_page
from query_service.analyst.search.question import SearchQuestion
from query_service.analyst.search.telling import Telling
from query_service.pages import render_page

__all__ = ["add_routes"]


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the route.

    :param desk: answers.
    """
    making = Lock()  # while one request makes the index, others wait for it

    @router.get("/search", summary="Search in the items of the dataset")
    def search(question: Annotated[SearchQuestion, Query()]) -> Response:
        """Hits for some words, as a page, JSON, CSV or workbook."""

        def tell(view: View) -> Telling:
            with making:
                index = view.analysis.kept("search index", lambda: SearchIndex(view.analysis.source))
            return Telling(view, find(index, question))

        return desk.answer(
            {
                "html": lambda view: render_page("search.html", build_page(tell(view))),
                "json": lambda view: render_json(tell(view).answer()),
                "csv": lambda view: render_csv(tell(view).answer(), raw=view.raw),
                "xlsx": lambda view: render_workbook(tell(view).answer(), raw=view.raw),
            },
            name="search",
        )
