"""The route ``/network``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from query_service.analyst.desk import Desk, Form, View
from query_service.analyst.network.actors import actors_csv, actors_json, actors_workbook
from query_service.analyst.network.exports import network_csv, network_graphml, network_json, network_workbook
from query_service.analyst.network.graph import Network, find_network
from query_service.analyst.network.page import actors_page, network_page
from query_service.analyst.network.parameters import NetworkParameters

__all__ = ["add_routes"]


def add_routes(router: APIRouter, desk: Desk) -> None:
    """Add the route.

    :param desk: what pages for analysts share.
    """

    @router.get("/network", summary="The links as a network, and organisations by the number of principles of their practices")
    async def network(parameters: Annotated[NetworkParameters, Query()]) -> Response:
        """What is chosen of the network: as page, JSON, CSV, workbook or GraphML."""
        if parameters.view == "actors":
            ranking: dict[str, Form] = {
                "html": lambda view: actors_page(view, parameters),
                "json": lambda view: actors_json(view, parameters),
                "csv": lambda view: actors_csv(view, parameters),
                "xlsx": lambda view: actors_workbook(view, parameters),
            }
            return desk.answer(ranking, name="organisations")

        def form(write: Callable[[View, Network], bytes]) -> Form:
            return lambda view: write(view, find_network(view, parameters))

        forms: dict[str, Form] = {
            "html": lambda view: network_page(view, parameters),
            "json": form(network_json),
            "csv": form(network_csv),
            "xlsx": form(network_workbook),
            "graphml": form(network_graphml),
        }
        return desk.answer(forms, name="network")
