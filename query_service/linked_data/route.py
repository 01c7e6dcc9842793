"""The routes of things: ``/id/``, ``/ontology``, ``/graph/`` lead to ``/page/`` and ``/data/``, which hold what is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool

from query_service.delivery import Asked, Document, deliver, redirect
from query_service.document_route import DocumentRoute
from query_service.errors import ItemGone, NotFound, UnknownItem
from query_service.generations import Generation
from query_service.language import choose_reading
from query_service.linked_data.item_page import build_item_page
from query_service.linked_data.json_ld import read_context
from query_service.linked_data.labels import Labels
from query_service.linked_data.links import data_links, link_header, media_type_of, page_links, thing_links
from query_service.linked_data.page_makers import PageMaker, Told
from query_service.linked_data.serialising import describe_document, serialise_statements
from query_service.linked_data.whole_graphs import read_graph
from query_service.media_types import Choice, Kind
from query_service.pages import page_headers, render_page
from query_service.publishing import Publishing
from query_service.representations import DATA_SUFFIXES, choose_representation, suffix_of
from query_service.urls import Urls, split_suffix

__all__ = ["LinkedDataRoute", "is_linked_data"]

_THINGS: Final = ("id", "graph", "ontology")
_PAGE_TYPE: Final = "text/html; charset=utf-8"


def is_linked_data(path: str) -> bool:
    """Whether a path is one of these routes."""
    return path.removeprefix("/").partition("/")[0] in {*_THINGS, "page", "data"}


class LinkedDataRoute(DocumentRoute):
    """Answers for all things of the dataset.

    :param publishing: what routes share.
    :param pages: what makes the pages of items that have one of their own, by kind: the first segment below ``id/``.
    """

    def __init__(self, publishing: Publishing, pages: Mapping[str, PageMaker] | None = None) -> None:
        super().__init__(publishing)
        self._pages = pages or {}

    async def respond(self, asked: Asked, generation: Generation) -> None:
        """Answer a request by GET or HEAD.

        :raises UnknownItem: when there is no such thing.
        :raises ItemGone: when there was.
        :raises NotAcceptable: when there is nothing in the format asked for.
        """
        head, _, rest = asked.path.partition("/")
        if head == "page":
            await self._send_page(asked, generation, await self._thing(generation, rest))
        elif head == "data":
            path, suffix = split_suffix(rest)
            await self._send_data(asked, generation, await self._thing(generation, path), suffix)
        else:
            await self._point(asked, generation)

    async def _thing(self, generation: Generation, path: str) -> str:
        """IRI of the thing at a path."""
        urls = self._publishing.urls(generation)
        try:
            iri = urls.iri(path.rstrip("/"))
        except ValueError:
            raise NotFound("This path is that of no thing.", found=path, expected="letters, digits and - . _ ~ /") from None
        if iri in await self._publishing.describing.items(generation):
            return iri
        if gone := await self._publishing.history.departure(iri):
            raise ItemGone(
                f"{iri} has left the graph: {gone.reason}",
                found=iri,
                expected=f"versions before {gone.version}, published {gone.since.isoformat()}",
            )
        raise UnknownItem(f"There is nothing called {iri}.", found=iri, mend=f"look for it from {urls.at()}")

    async def _point(self, asked: Asked, generation: Generation) -> None:
        """Answer for the thing itself, which is no document: 303 to one on it (https://www.w3.org/TR/cooluris/)."""
        path, suffix = split_suffix(asked.path)
        iri = await self._thing(generation, path)
        choice = choose_representation(asked, suffix)
        urls = self._publishing.urls(generation)
        links = link_header(thing_links(urls, iri, (await self._publishing.facts.facts(generation)).licence))
        location = _location(urls, iri, choice)
        if choice.format.kind is Kind.PAGE:
            location = choose_reading(asked).link(location)
        await redirect(asked, generation.version, location, {"Link": links})

    async def _send_page(self, asked: Asked, generation: Generation, iri: str) -> None:
        publishing = self._publishing
        urls, site = publishing.urls(generation), await publishing.site(generation, asked)
        graphs = publishing.describing.page_graphs(generation)

        async def make() -> bytes:
            description = await publishing.describing.describe(generation, iri, graphs)
            types = {suffix: media_type_of(suffix) for suffix in DATA_SUFFIXES}
            maker = self._pages.get(urls.path(iri).removeprefix("id/").partition("/")[0])
            finish = await maker(asked, generation) if maker else None

            def write() -> bytes:
                said = (*description.labels, *description.own)
                labels = Labels(said, generation.pool.prefixes, urls.base, site.reading.language)
                page = build_item_page(description, urls, labels, site, types)
                return finish(Told(page, description, labels)) if finish else render_page("item.html", page)

            return await run_in_threadpool(write)

        headers = page_headers(site) | {"Link": link_header(page_links(urls, iri, site.licence))}
        tag = publishing.tag(generation, "page", iri, graphs, [way.url for way in site.ways], *site.reading)
        document = Document(_PAGE_TYPE, tag, make, headers, await publishing.history.published(generation.version))
        await deliver(asked, publishing.answering, generation.version, document)

    async def _send_data(self, asked: Asked, generation: Generation, iri: str, suffix: str | None) -> None:
        choice = choose_representation(asked, suffix, (Kind.GRAPH,))
        publishing = self._publishing
        urls, facts = publishing.urls(generation), await publishing.facts.facts(generation)
        graphs = publishing.describing.published_graphs(generation)
        whole = f"{urls.base}graph/ontology" if iri == f"{urls.base}ontology" else iri

        async def make() -> bytes:
            if whole in graphs:
                quads = await read_graph(publishing.answering, generation, whole)
            else:
                quads = (await publishing.describing.describe(generation, iri, graphs)).quads
            document = describe_document(urls.data(iri), iri, facts.iri, facts.licence, generation.version)
            context = (read_context(generation.snapshot), urls.at("context.jsonld"))
            prefixes = generation.pool.prefixes
            return await run_in_threadpool(
                lambda: serialise_statements([*quads, *document], choice.format, prefixes, iri=iri, context=context)
            )

        headers = {"Link": link_header(data_links(urls, iri, facts.licence))}
        if suffix is None and (named := suffix_of(choice)):
            headers["Content-Location"] = urls.data(iri, named)
        tag = publishing.tag(generation, "data", iri, graphs, choice.media_type)
        document = Document(choice.content_type, tag, make, headers, await publishing.history.published(generation.version))
        await deliver(asked, publishing.answering, generation.version, document)


def _location(urls: Urls, iri: str, choice: Choice) -> str:
    """Address of the document on a thing in a format."""
    if choice.format.kind is Kind.PAGE:
        return urls.page(iri)
    suffix = suffix_of(choice)
    return urls.data(iri, suffix) if suffix else f"{urls.data(iri)}?format={choice.format.key}"
