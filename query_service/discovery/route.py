"""The routes by which everything else is found, from ``/`` on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool

from query_service.analyst.desk import Desk
from query_service.delivery import LONG, Asked, Document, deliver, redirect
from query_service.discovery.document_pages import DocumentPage
from query_service.discovery.graph_documents import DOCUMENTS, make_document
from query_service.discovery.home_page import build_home
from query_service.discovery.sitemap import (
    ANALYST_PAGES,
    cut_sitemap,
    render_robots,
    render_sitemap,
    render_sitemap_index,
    sitemap_urls,
)
from query_service.document_route import DocumentRoute
from query_service.errors import NotFound, problem_kinds
from query_service.generations import Generation
from query_service.linked_data.json_ld import read_context
from query_service.linked_data.links import ABOUT_PAGE, Link, link_header, media_type_of
from query_service.linked_data.values import Value
from query_service.pages import Site, page_headers, read_static, render_page
from query_service.representations import DATA_SUFFIXES
from query_service.urls import split_suffix

__all__ = ["DiscoveryRoute", "is_discovery"]

_PAGE_TYPE: Final = "text/html; charset=utf-8"
_FIXED: Final = frozenset({"", "context.jsonld", "licence", "robots.txt", "sitemap.xml", "void"})
_PREFIXES: Final = ("sitemap/", "problem/", "static/")
_Make = Callable[[], Awaitable[bytes]]


def is_discovery(path: str) -> bool:
    """Whether a path is one of these routes."""
    rest = path.removeprefix("/")
    return rest in _FIXED or rest.startswith(_PREFIXES) or split_suffix(rest)[0] in DOCUMENTS


class DiscoveryRoute(DocumentRoute):
    """Answers for what leads to everything else.

    :param desk: what pages for analysts share.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.publishing)
        self._desk = desk

    async def respond(self, asked: Asked, generation: Generation) -> None:
        """Answer a request by GET or HEAD.

        :raises NotFound: when there is no such document.
        :raises NotAcceptable: when there is none in the format asked for.
        """
        path, urls = asked.path, self._publishing.urls(generation)
        if path == "":
            await self._send_home(asked, generation)
        elif path == "void":
            await redirect(asked, generation.version, urls.at(".well-known/void"), {})
        elif path == "licence":
            await self._send_licence(asked, generation)
        elif path == "context.jsonld":
            await self._send_context(asked, generation)
        elif path.startswith("static/"):
            await self._send_static(asked, generation)
        elif path == "robots.txt":
            await self._send(asked, generation, path, "text/plain; charset=utf-8", _ready(render_robots(urls)))
        elif path == "sitemap.xml" or path.startswith("sitemap/"):
            await self._send_sitemap(asked, generation)
        elif path.startswith("problem/"):
            await self._send_problem(asked, generation)
        else:
            name, suffix = split_suffix(path)
            document = await make_document(self._publishing, generation, asked, name, suffix)
            await deliver(asked, self._publishing.answering, generation.version, document)

    async def _send(
        self,
        asked: Asked,
        generation: Generation,
        name: str,
        content_type: str,
        make: _Make,
        headers: dict[str, str] | None = None,
        site: Site | None = None,
    ) -> None:
        read = site.reading if site else ()
        tag = self._publishing.tag(generation, "discovery", name, len(self._publishing.ways), *read)
        changed = await self._publishing.history.published(generation.version)
        document = Document(content_type, tag, make, headers or {}, changed)
        await deliver(asked, self._publishing.answering, generation.version, document)

    async def _send_home(self, asked: Asked, generation: Generation) -> None:
        publishing = self._publishing
        urls, facts = publishing.urls(generation), await publishing.facts.facts(generation)
        view = await self._desk.view(asked, generation)
        dumps = await publishing.dumps_at_hand(generation)
        releases = (await publishing.releases()).releases if publishing.releases else ()
        newest = next((release for release in reversed(releases) if not release.record.withdrawn), None)

        async def make() -> bytes:
            items = await publishing.describing.items(generation)
            return await run_in_threadpool(lambda: render_page("home.html", build_home(view, facts, dumps, newest, items)))

        links = [Link(ABOUT_PAGE, "type"), Link("https://schema.org/Dataset", "type")]
        links += [Link(iri, relation) for iri, relation in ((facts.iri, "cite-as"), (facts.licence, "license")) if iri]
        for name in ("catalog", ".well-known/void"):
            links += [Link(urls.at(f"{name}.{suffix}"), "describedby", media_type_of(suffix)) for suffix in DATA_SUFFIXES]
        links += [Link(urls.dump(entry.name), "item", entry.media_type) for entry in dumps if entry.graph is None]
        links.append(Link(urls.at("sparql", format="ttl"), "service-desc", "text/turtle"))
        headers = page_headers(view.site) | {"Link": link_header(links)}
        name = f"home {len(dumps)} {newest.record.number if newest else 0}"
        await self._send(asked, generation, name, _PAGE_TYPE, make, headers, view.site)

    async def _send_licence(self, asked: Asked, generation: Generation) -> None:
        site = await self._publishing.site(generation, asked)
        words = site.reading.words
        paragraphs = (
            words("licence-named", licence=site.licence) if site.licence else words("licence-none"),
            *map(words, ("licence-share", "licence-documents", "licence-code")),
        )
        texts = tuple(Value(text=text) for text in paragraphs)
        page = DocumentPage(site=site, title=words("document-licence"), paragraphs=texts)
        links = [Link(site.licence, "license")] if site.licence else []
        headers = page_headers(site) | ({"Link": link_header(links)} if links else {})
        await self._send(asked, generation, "licence", _PAGE_TYPE, _ready(render_page("document.html", page)), headers, site)

    async def _send_context(self, asked: Asked, generation: Generation) -> None:
        context = read_context(generation.snapshot)
        if context is None:
            raise NotFound("The snapshot has no context.", mend="run `ipg build`")
        await self._send(asked, generation, "context", "application/ld+json", _ready(context), {"Cache-Control": LONG})

    async def _send_sitemap(self, asked: Asked, generation: Generation) -> None:
        urls, path = self._publishing.urls(generation), asked.path
        items = await self._publishing.describing.items(generation)
        names = ["", *ANALYST_PAGES, "releases", "dumps/", "licence", *DOCUMENTS, "examples", "sparql"]
        parts = cut_sitemap(sitemap_urls(urls, items, [urls.at(name) for name in names]))
        addresses = {f"sitemap/{number}.xml": part for number, part in enumerate(parts, 1)}
        if path == "sitemap.xml":
            body = render_sitemap(parts[0]) if len(parts) == 1 else render_sitemap_index(urls.at(name) for name in addresses)
        elif path in addresses:
            body = render_sitemap(addresses[path])
        else:
            raise NotFound(f"There is no {path}.", found=path, expected=", ".join(addresses))
        await self._send(asked, generation, path, "application/xml", _ready(body))

    async def _send_problem(self, asked: Asked, generation: Generation) -> None:
        """The page on a kind of problem, to whose IRI the answers to failed requests refer."""
        name = asked.path.removeprefix("problem/")
        if name not in problem_kinds():
            raise NotFound(f"There is no kind of problem called {name}.", found=name, expected=", ".join(problem_kinds()))
        status, _ = problem_kinds()[name]
        site: Site = await self._publishing.site(generation, asked)
        words = site.reading.words
        note = Value(text=words("problem-note", status=str(status)))
        page = DocumentPage(site=site, title=words(f"problem-{name}"), paragraphs=(note,))
        body = _ready(render_page("document.html", page))
        await self._send(asked, generation, asked.path, _PAGE_TYPE, body, page_headers(site), site)

    async def _send_static(self, asked: Asked, generation: Generation) -> None:
        """A file beside the pages; its address changes whenever it does."""
        found = await run_in_threadpool(read_static, unquote(asked.path.removeprefix("static/")))
        if found is None:
            raise NotFound(f"There is no {asked.path}.", found=asked.path)
        await self._send(asked, generation, asked.path, found[0], _ready(found[1]), {"Cache-Control": LONG})


def _ready(body: bytes) -> _Make:
    async def make() -> bytes:
        return body

    return make
