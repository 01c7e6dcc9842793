"""What all pages for analysts share: what is known of the dataset, the format asked for, and one way to answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final, TypeVar

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from query_service.analyst.served_source import ServedSource
from query_service.analyst.things import Things
from query_service.delivery import Asked, Document, deliver
from query_service.errors import NotAcceptable, ServiceError
from query_service.failures import failure_response, is_page_wanted
from query_service.generations import Generation
from query_service.language import Reading
from query_service.pages import Site, page_headers
from query_service.publishing import Publishing
from query_service.rates import client_key
from query_service.representations import format_words
from query_service.urls import Urls

__all__ = ["FORM_TYPES", "Analysis", "Desk", "FailureForm", "Form", "View", "choose_form"]

_T = TypeVar("_T")

#: Media type of each form that a page can be had in; the words are those of ``format=`` and of endings.
FORM_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "graphml": "application/graphml+xml",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
}
#: Forms that a browser keeps as a file; all others it shows.
_KEPT: Final = frozenset({"csv", "xlsx", "graphml"})
_GENERATIONS: Final = 2


class Analysis:
    """What pages know of one version of the dataset: asked once, and kept.

    :ivar source: the dataset; to be used in threads of the application.
    """

    def __init__(self, source: ServedSource) -> None:
        self.source = source
        self._made: dict[str, Any] = {}

    @property
    def version(self) -> str:
        """Version of the dataset."""
        return self.source.version

    @cached_property
    def things(self) -> Things:
        """Its items."""
        return Things(self.source)

    def kept(self, name: str, make: Callable[[], _T]) -> _T:
        """What costs time to make and stays the same for this version.

        :param name: by which it is kept.
        """
        if name not in self._made:
            self._made[name] = make()
        found: _T = self._made[name]
        return found


@dataclass(frozen=True)
class View:
    """What a page is made from, besides its question."""

    analysis: Analysis
    urls: Urls
    site: Site
    published: datetime | None
    raw: bool = False

    @property
    def things(self) -> Things:
        """Items of the dataset."""
        return self.analysis.things

    @property
    def reading(self) -> Reading:
        """How the page is read."""
        return self.site.reading

    @property
    def language(self) -> str:
        """Language of the page."""
        return self.site.reading.language


#: Makes one form of a page, in a thread; raises :class:`ServiceError` for what cannot be.
Form = Callable[[View], bytes]
#: Makes the page that tells of an error, in a thread.
FailureForm = Callable[[View, ServiceError], bytes]


class Desk:
    """Shared by the routes of pages for analysts.

    :param publishing: what all routes share.
    """

    def __init__(self, publishing: Publishing) -> None:
        self.publishing = publishing
        self._analyses: LRUCache[str, Analysis] = LRUCache(_GENERATIONS)

    def analysis(self, generation: Generation) -> Analysis:
        """What is known of a generation."""
        key = f"{generation.version} {id(generation)}"
        if key not in self._analyses:
            self._analyses[key] = Analysis(ServedSource(generation, self.publishing.answering.fetch))
        return self._analyses[key]

    async def view(self, asked: Asked, generation: Generation) -> View:
        """What a page is made from."""
        published = await self.publishing.history.published(generation.version)
        site = await self.publishing.site(generation, asked)
        raw = ("raw", "1") in asked.parameters
        return View(self.analysis(generation), self.publishing.urls(generation), site, published, raw)

    def answer(
        self,
        forms: Mapping[str, Form],
        *,
        name: str,
        policy: str | None = None,
        headers: Mapping[str, str] | None = None,
        version: str | None = None,
        failed: FailureForm | None = None,
    ) -> Response:
        """The answer to a request by GET or HEAD, in the form that it asks for.

        :param forms: what makes each form, by its word of :data:`FORM_TYPES`; the first is for whoever does not mind.
        :param name: of the page, of which names of files are made.
        :param policy: Content-Security-Policy, where it is not that of all pages.
        :param version: version of the dataset to answer from; by default the one in service. Where it cannot be had there is
            an error, never an answer from another one.
        :param failed: makes the page that tells of an error, where it is not that of all errors; from the dataset in service.
        """
        return _Answer(self, _Offer(name, forms, policy, headers or {}, version, failed))


@dataclass(frozen=True)
class _Offer:
    name: str
    forms: Mapping[str, Form]
    policy: str | None
    headers: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None
    failed: FailureForm | None = None


class _Answer(Response):
    """An answer that is made when it is sent, so that who has it already is told so."""

    def __init__(self, desk: Desk, offer: _Offer) -> None:
        super().__init__()
        self._desk = desk
        self._offer = offer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, or what went wrong in the form asked for."""
        asked = Asked(scope, receive, send)
        publishing = self._desk.publishing
        generation = await publishing.generations.current()
        try:
            publishing.answering.rates.admit(client_key(scope["client"][0] if scope.get("client") else None))
            await self._send(asked, await publishing.generation(self._offer.version))
        except ServiceError as error:
            await (await self._tell(asked, generation, error))(scope, receive, send)

    async def _tell(self, asked: Asked, generation: Generation, error: ServiceError) -> Response:
        page = None
        if self._offer.failed and is_page_wanted(asked):
            view = await self._desk.view(asked, generation)
            try:
                page = await run_in_threadpool(self._offer.failed, view, error)
            except ServiceError:  # what made the answer fail makes the page fail too
                page = None
        return failure_response(asked, error, await self._desk.publishing.site(generation, asked), page)

    async def _send(self, asked: Asked, generation: Generation) -> None:
        desk, offer = self._desk, self._offer
        form = choose_form(asked, offer.forms)
        view = await desk.view(asked, generation)
        headers = {"Vary": "Accept, Accept-Encoding, Accept-Language", "X-Robots-Tag": "noindex, nofollow"}
        if form == "html":
            headers |= page_headers(view.site, offer.policy) if offer.policy else page_headers(view.site)
            if not asked.scope["query_string"]:
                headers.pop("X-Robots-Tag")
        if form in _KEPT:
            headers["Content-Disposition"] = f'attachment; filename="ipg-{offer.name}-{generation.version}.{form}"'
        # A page of an older version names the one in service.
        tag = desk.publishing.tag(generation, "analyst", form, *view.reading, desk.publishing.generations.version)

        async def make() -> bytes:
            return await run_in_threadpool(offer.forms[form], view)

        document = Document(FORM_TYPES[form], tag, make, {**headers, **offer.headers}, view.published)
        await deliver(asked, desk.publishing.answering, generation.version, document)


def choose_form(asked: Asked, forms: Collection[str]) -> str:
    """The form that a request asks for, by ``format=`` or, without, by ``Accept`` (RFC 9110, 12.5.1).

    :raises NotAcceptable: when there is none of those it takes; the error lists what there is.
    """
    words = [word.strip().lower() for word in format_words(asked)]
    for word in words:
        if word in forms:
            return word
    accept = parse_accept_header(asked.accept, MIMEAccept)
    by_type = {FORM_TYPES[form].partition(";")[0]: form for form in forms}
    best = accept.best_match(list(by_type)) if accept and not words else None
    if best:
        return by_type[best]
    if not words and not accept:
        return next(iter(forms))
    raise NotAcceptable(
        "This page is not to be had in the form asked for.",
        found=f"format={words[0]}" if words else f"Accept: {asked.accept}",
        expected=", ".join(f"{FORM_TYPES[form].partition(';')[0]} (format={form})" for form in forms),
        mend="name one of these in the ending of the address, in format= or in Accept",
    )
