"""``Link`` headers by which programs find their way without reading pages (https://signposting.org/FAIR/, RFC 8288)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from query_service.media_types import FORMATS
from query_service.representations import DATA_SUFFIXES
from query_service.urls import Urls

__all__ = ["ABOUT_PAGE", "Link", "data_links", "link_header", "media_type_of", "page_links", "thing_links"]

#: Type of the page itself (https://signposting.org/FAIR/#type).
ABOUT_PAGE: Final = "https://schema.org/AboutPage"
_MEDIA_TYPES: Final = {format_.key: format_.media_type for format_ in FORMATS} | {"json": "application/json"}


class Link(NamedTuple):
    """A link from what is sent to something else."""

    target: str
    relation: str
    media_type: str | None = None


def media_type_of(suffix: str) -> str:
    """Media type of data with this ending of its address."""
    return _MEDIA_TYPES[suffix]


def link_header(links: Iterable[Link]) -> str:
    """Value of a ``Link`` header. Targets are IRIs without what would end them: ``NamedNode`` or :class:`Urls` made them."""
    return ", ".join(
        f'<{_ascii(link.target)}>; rel="{link.relation}"' + (f'; type="{link.media_type}"' if link.media_type else "")
        for link in links
    )


def thing_links(urls: Urls, iri: str, licence: str | None) -> list[Link]:
    """Links of the answer for a thing itself: its descriptions."""
    links = [Link(urls.page(iri), "describedby", "text/html")]
    links += [Link(urls.data(iri, suffix), "describedby", media_type_of(suffix)) for suffix in DATA_SUFFIXES]
    return links + _common(urls, licence)


def page_links(urls: Urls, iri: str, licence: str | None) -> list[Link]:
    """Links of the page on a thing."""
    links = [Link(iri, "cite-as"), Link(ABOUT_PAGE, "type")]
    links += [Link(urls.data(iri, suffix), "describedby", media_type_of(suffix)) for suffix in DATA_SUFFIXES]
    return links + _common(urls, licence)


def data_links(urls: Urls, iri: str, licence: str | None) -> list[Link]:
    """Links of the data on a thing."""
    return [Link(iri, "cite-as"), Link(iri, "describes"), Link(urls.page(iri), "alternate", "text/html"), *_common(urls, licence)]


def _common(urls: Urls, licence: str | None) -> list[Link]:
    links = [Link(urls.at(), "collection", "text/html")]
    return [*links, Link(licence, "license")] if licence else links


def _ascii(iri: str) -> str:
    """An IRI as a URI (RFC 3987, 3.1), as headers carry ASCII alone."""
    return "".join(char if char.isascii() else "".join(f"%{octet:02X}" for octet in char.encode()) for char in iri)
