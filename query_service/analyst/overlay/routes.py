"""The routes ``/overlay``, by GET for the form and by POST for what it is about, and ``/overlay/template``."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from query_service.analyst.desk import FORM_TYPES, Desk, View
from query_service.analyst.overlay.answer import FORMS, MOST_SUGGESTED, OverlayAnswer, Reading
from query_service.analyst.overlay.exports import write_template_csv, write_template_workbook
from query_service.analyst.overlay.page import form_page
from query_service.analyst.overlay.upload import FORM_TYPE, Uploads
from query_service.overlay.running import Runner

__all__ = ["add_routes"]

_FIELDS: Final[dict[str, Any]] = {
    "file": {"type": "string", "format": "binary", "description": "practices in the common template, as CSV or XLSX"},
    "table": {"type": "string", "description": "the same as text in CSV, where there is no file"},
    "top": {
        "type": "integer",
        "minimum": 1,
        "maximum": MOST_SUGGESTED,
        "default": 3,
        "description": "how many provisions of each series are suggested for a practice",
    },
    "base": {"type": "string", "description": "base of the IRIs of the practices; by default they are made as urn:uuid"},
    "output": {"type": "string", "enum": list(FORMS), "description": "what is sent back; by default as Accept or format= says"},
}
_BODY: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {FORM_TYPE: {"schema": {"type": "object", "properties": _FIELDS}}}},
    "responses": {
        "200": {
            "description": "The practices beside the dataset; nothing of them is kept",
            "content": {FORM_TYPES[form].partition(";")[0]: {} for form in FORMS},
        },
    },
}


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the routes.

    :param router: to which they are added.
    :param desk: what pages for analysts share.
    """
    settings = desk.publishing.answering.settings
    reading = Reading(Uploads(settings), Runner(settings))

    def html(view: View) -> bytes:
        return form_page(view, settings)

    @router.get("/overlay", summary="A form for practices of one's own")
    async def overlay_form() -> Response:
        """The form by which own practices are put beside those of the dataset."""
        return desk.answer({"html": html}, name="overlay")

    @router.get("/overlay/template", summary="The template for practices of one's own")
    async def overlay_template() -> Response:
        """The empty template, as workbook or CSV."""
        forms = {
            "xlsx": lambda view: write_template_workbook(raw=view.raw),
            "csv": lambda view: write_template_csv(raw=view.raw),
        }
        return desk.answer(forms, name="practices-template")

    @router.post("/overlay", summary="Own practices beside those of the dataset", openapi_extra=_BODY)
    async def overlay_compared() -> Response:
        """Check practices of one's own, suggest provisions for them, and show both sides; nothing is kept."""
        return OverlayAnswer(desk, reading)
