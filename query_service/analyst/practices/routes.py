"""The route of the explorer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from query_service.analyst.desk import Desk, Form, View
from query_service.analyst.practices.explorer import write_page
from query_service.analyst.practices.exports import write_csv, write_json, write_workbook
from query_service.analyst.practices.question import PracticeQuestion
from query_service.analyst.practices.rdf import write_rdf
from query_service.analyst.practices.result import Result

__all__ = ["add_routes"]

_WRITERS: Final[dict[str, Callable[[Result], bytes]]] = {
    "html": write_page,
    "json": write_json,
    "csv": write_csv,
    "xlsx": write_workbook,
    **{key: partial(write_rdf, key=key) for key in ("ttl", "jsonld", "nt", "rdf", "trig")},
}


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the route of the explorer.

    :param desk: what pages for analysts share.
    """

    @router.get("/practice", summary="Practices by facets, as page, table and data")
    def practices(question: Annotated[PracticeQuestion, Query()]) -> Response:
        """Practices that a question finds; files hold all of them, with the filter stated in them."""
        return desk.answer({form: _form(write, question) for form, write in _WRITERS.items()}, name="practices")


def _form(write: Callable[[Result], bytes], question: PracticeQuestion) -> Form:
    def make(view: View) -> bytes:
        return write(Result(view, question))

    return make
