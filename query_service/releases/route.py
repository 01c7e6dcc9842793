"""The routes of what is published: ``/ldes`` with its pages, ``/feed.atom``, and ``/releases`` for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from pyoxigraph import RdfFormat
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from query_service.answers import entity_tag
from query_service.compression import encode_whole
from query_service.delivery import Asked, Document, deliver
from query_service.document_route import DocumentRoute
from query_service.dumps.rdf import serialise_statements
from query_service.errors import NotFound, ServiceError
from query_service.exchange import Exchange
from query_service.failures import page_or_problem
from query_service.generations import Generation
from query_service.media_types import FORMATS, choose_among
from query_service.pages import Site, page_headers
from query_service.publishing import Publishing
from query_service.releases.feed import FEED_TYPE, render_feed
from query_service.releases.history import History, ReleaseRecord
from query_service.releases.page import render_releases_page
from query_service.releases.stream import STREAM_PREFIXES, StreamAddresses, page_quads, root_quads
from query_service.releases.versions import Versions
from query_service.workers.spool import Answer

__all__ = ["ReleasesRoute"]

#: Formats that can carry named graphs.
_DATASETS: Final = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
_FORMATS: Final = tuple(format_ for key in _DATASETS for format_ in FORMATS if format_.key == key)
_PAGE: Final = re.compile(r"/ldes/([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")
_FOR_EVER: Final = "public, max-age=31536000, immutable"
#: Raised whenever other code would write a page in other bytes.
_EDITION: Final = 1


class _Page(NamedTuple):
    """What is to be answered.

    :param name: that tells it from all others; with the format, it decides the bytes.
    """

    name: tuple[str | int | None, ...]
    modified: datetime | None
    render: Callable[[], bytes]
    content_type: str
    is_closed: bool = False


class ReleasesRoute(DocumentRoute):
    """The routes ``/ldes``, ``/ldes/{release}/{page}``, ``/feed.atom`` and ``/releases``.

    :param publishing: what routes share.
    :param versions: what was published.
    """

    def __init__(self, publishing: Publishing, versions: Versions) -> None:
        super().__init__(publishing)
        self._address = publishing.address
        self._versions = versions

    def tell(self, asked: Asked, error: ServiceError, site: Site) -> Response:
        """Answer that tells of an error: a page or problem details, also where a file in RDF was asked for."""
        return page_or_problem(asked, error, site)

    async def respond(self, asked: Asked, generation: Generation) -> None:
        """Answer a request by GET or HEAD.

        :raises NotFound: when nothing has been published, or there is no such page of the stream.
        """
        history = await self._versions.history()
        if asked.scope["path"].rstrip("/") == "/releases":
            await self._send_list(asked, generation, history)
            return
        page = self._find(asked.scope, history, generation.snapshot.manifest.base)
        tag = entity_tag("releases", _EDITION, *page.name, page.content_type)
        exchange = Exchange(*asked, generation.version, page.content_type, tag)
        exchange.headers["Link"] = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
        if page.modified:
            exchange.headers["Last-Modified"] = format_datetime(page.modified, usegmt=True)
        if page.is_closed:
            exchange.headers["Cache-Control"] = _FOR_EVER
        if exchange.is_known(exists=True):
            await exchange.send_not_modified()
            return
        await self._send(page, tag, exchange)

    async def _send_list(self, asked: Asked, generation: Generation, history: History) -> None:
        """The page that lists all releases for people."""
        publishing = self._publishing
        site = await publishing.site(generation, asked)

        async def make() -> bytes:
            items = await publishing.describing.items(generation)
            return await run_in_threadpool(render_releases_page, history, publishing.urls(generation), site, items)

        tag = publishing.tag(generation, "releases page", _records(history), *site.reading)
        moments = [moment for release in history.releases for moment in _moments(release.record)]
        document = Document("text/html; charset=utf-8", tag, make, page_headers(site), max(moments, default=None))
        await deliver(asked, publishing.answering, generation.version, document)

    def _find(self, scope: Scope, history: History, base: str) -> _Page:
        path = scope["path"].rstrip("/")
        where = StreamAddresses(self._address, base)
        last = history.releases[-1].record if history.releases else None
        # All that the root and the feed are made of: records change only by being withdrawn.
        records = _records(history)
        if path == "/feed.atom":
            if last is None:
                raise NotFound("Nothing has been published yet.", found=scope["path"])
            moments = [moment for release in history.releases for moment in _moments(release.record)]
            return _Page(
                (path, where.address, base, records),
                max(moments),
                lambda: render_feed(history, where.address, base),
                FEED_TYPE,
            )
        accept = ", ".join(Headers(scope=scope).getlist("accept")) or None
        pairs = parse_qsl(scope["query_string"].decode("utf-8", "replace"))
        choice = choose_among(_FORMATS, accept, [word for name, value in pairs if name == "format" for word in value.split(",")])
        format_, prefixes = _DATASETS[choice.format.key], STREAM_PREFIXES | {"ipg": f"{base}ontology#"}
        if path == "/ldes":
            return _Page(
                (path, where.address, base, records),
                last.published if last else None,
                lambda: serialise_statements(root_quads(history, where), format_, prefixes),
                choice.content_type,
            )
        match = _PAGE.fullmatch(path)
        number, page = map(int, match.groups()) if match else (0, 0)
        if not 1 <= number <= len(history.releases) or page > len(history.releases[number - 1].pages):
            raise NotFound(
                f"There is nothing at {scope['path']}.", found=scope["path"], mend=f"the stream begins at {where.root}"
            )
        release = history.releases[number - 1]
        record = release.record.model_copy(update={"withdrawn": None})
        return _Page(
            (path, where.address, base, record.model_dump_json()),
            record.published,
            lambda: serialise_statements(page_quads(release, page, where), format_, prefixes),
            choice.content_type,
            is_closed=True,
        )

    async def _send(self, page: _Page, tag: str, exchange: Exchange) -> None:
        cache = self._publishing.answering.cache
        if kept := cache.get(tag):
            body = await kept.read_all()
        else:
            body = await run_in_threadpool(page.render)
            cache.put(tag, Answer.of(body))
        encoded = await run_in_threadpool(encode_whole, exchange.coding, body)
        await exchange.send_whole(body if encoded is None else encoded, exchange.coding if encoded is not None else None)


def _records(history: History) -> str:
    return "\n".join(release.record.model_dump_json() for release in history.releases)


def _moments(record: ReleaseRecord) -> list[datetime]:
    return [record.published, *([record.withdrawn.on] if record.withdrawn else [])]
