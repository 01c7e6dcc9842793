"""The route ``/trace``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from query_service.analyst.desk import Desk, View
from query_service.analyst.tracing.answer import find_trace, without_wording
from query_service.analyst.tracing.exports import trace_csv, trace_json, trace_svg, trace_workbook
from query_service.analyst.tracing.page import failed_page, found_page, start_page
from query_service.analyst.tracing.parameters import TraceParameters
from query_service.errors import ServiceError
from query_service.trace.records import Trace

__all__ = ["add_routes"]


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the route.

    :param desk: what pages for analysts share.
    """

    @router.get("/trace", summary="How two items hang together, with every path and its reasons")
    async def trace(parameters: Annotated[TraceParameters, Query()]) -> Response:
        """All paths between two items, or from one to all of a kind: as page, JSON, CSV, workbook or picture."""
        is_text_public = desk.publishing.answering.settings.publish_text

        def data(view: View) -> Trace:
            found = find_trace(view, parameters)
            return found if is_text_public else without_wording(found)

        def page(view: View) -> bytes:
            if parameters.start is None:
                return start_page(view, parameters)
            return found_page(view, parameters, find_trace(view, parameters), desk.publishing.generations.version)

        def failed(view: View, error: ServiceError) -> bytes:
            return failed_page(view, parameters, error)

        forms = {
            "html": page,
            "json": lambda view: trace_json(view, parameters, data(view)),
            "csv": lambda view: trace_csv(view, parameters, data(view)),
            "xlsx": lambda view: trace_workbook(view, parameters, data(view)),
            "svg": lambda view: trace_svg(data(view)),
        }
        return desk.answer(forms, name="trace", version=parameters.version, failed=failed)
