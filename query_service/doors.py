"""The plain applications that answer some paths before the framework sees them: which path leads to which."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from starlette.types import ASGIApp

from query_service.analyst.desk import Desk
from query_service.analyst.item_pages import item_pages
from query_service.answering import Answering
from query_service.discovery.route import DiscoveryRoute, is_discovery
from query_service.dumps.making import DumpMaker
from query_service.dumps.route import DumpsRoute
from query_service.endpoint import SparqlEndpoint
from query_service.examples.known import KnownExamples
from query_service.examples.route import ExamplesRoute
from query_service.generations import Generations
from query_service.graph_store import GraphStore
from query_service.history import History
from query_service.linked_data.describing import Describing
from query_service.linked_data.route import LinkedDataRoute, is_linked_data
from query_service.ontology_pages.route import OntologyRoute
from query_service.publishing import Publishing
from query_service.query_page import QueryPageMaker
from query_service.releases.route import ReleasesRoute
from query_service.releases.versions import Versions
from query_service.settings import ServiceSettings

__all__ = ["Doors", "open_doors"]

_PINNED: Final = 16


class Doors(NamedTuple):
    """What answers requests.

    :ivar door: what answers a path; none where the framework does.
    :ivar publishing: what the routes share.
    :ivar desk: what pages for analysts share.
    """

    door: Callable[[str], ASGIApp | None]
    publishing: Publishing
    desk: Desk


def open_doors(
    settings: ServiceSettings,
    generations: Generations,
    answering: Answering,
    *,
    history: History | None = None,
    is_writable: bool = False,
) -> Doors:
    """Make the plain applications of a service.

    :param history: the past of the dataset; that of the ledger of releases by default.
    :param is_writable: whether graphs may be written.
    """
    address = settings.address
    versions = Versions(settings.releases_dir, generations)
    store = GraphStore(f"{address}/store", generations, answering, is_writable=is_writable)
    maker = DumpMaker(generations.keep)
    publishing = Publishing(
        address,
        generations,
        answering,
        history or versions,
        Describing(answering),
        dumps=maker.listing,
        dumps_at_hand=maker.listing_at_hand,
        ways={"dumps": "dumps/", "releases": "releases", "ldes": "ldes", "feed": "feed.atom"},
        releases=versions.history,
        versions=versions.pinned,
    )
    released = ReleasesRoute(publishing, versions)
    dumps = DumpsRoute(publishing, versions, maker)
    desk = Desk(publishing)
    things = LinkedDataRoute(publishing, item_pages(desk))
    ontology = OntologyRoute(publishing, things)
    known = KnownExamples(answering)
    page = QueryPageMaker(publishing, known)
    main = SparqlEndpoint(f"{address}/sparql", generations.current, answering, page)
    examples = ExamplesRoute(publishing, known)
    exact: dict[str, ASGIApp] = {
        "/sparql": main,
        "/store": store,
        "/examples": examples,
        "/.well-known/sparql-examples": examples,
        "/ldes": released,
        "/feed.atom": released,
        "/releases": released,
        "/dumps": dumps,
        "/page/ontology": ontology,
    }
    below: dict[str, ASGIApp] = {
        "/examples/": examples,
        "/.well-known/sparql-examples/": examples,
        "/ldes/": released,
        "/dumps/": dumps,
        "/snapshot/": dumps,
        "/page/ontology/": ontology,
    }
    if is_writable:
        below["/store/"] = store
    kinds: tuple[tuple[Callable[[str], bool], ASGIApp], ...] = (
        (is_linked_data, things),
        (is_discovery, DiscoveryRoute(desk)),
    )

    @lru_cache(_PINNED)
    def pinned(version: str) -> SparqlEndpoint:
        return SparqlEndpoint(f"{address}/snapshot/{version}/sparql", lambda: versions.pinned(version), answering, page)

    def door(path: str) -> ASGIApp | None:
        if found := exact.get(path) or exact.get(path.rstrip("/")):
            return found
        version = path.removeprefix("/snapshot/").removesuffix("/sparql")
        if path == f"/snapshot/{version}/sparql" and "/" not in version:
            return pinned(version)
        if found := next((route for start, route in below.items() if path.startswith(start)), None):
            return found
        return next((route for serves, route in kinds if serves(path)), None)

    return Doors(door, publishing, desk)
