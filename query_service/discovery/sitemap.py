"""Lists for crawlers: sitemaps (https://www.sitemaps.org/protocol.html) and ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape

from query_service.urls import Urls

__all__ = [
    "ANALYST_PAGES",
    "MOST_LISTED",
    "cut_sitemap",
    "render_robots",
    "render_sitemap",
    "render_sitemap_index",
    "sitemap_urls",
]

#: Most addresses of one file, as the protocol has it.
MOST_LISTED: Final = 50_000
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Pages for analysts that are one page without a question; with one there are more of them than a crawler could see.
ANALYST_PAGES: Final = (
    "practice",
    "principle",
    "coverage",
    "compare",
    "trace",
    "country",
    "network",
    "overlay",
    "about",
    "search",
)
#: Where crawlers would only repeat what the pages hold, at the cost of a query each.
_NOT_FOR_CRAWLERS: Final = ("/sparql?", "/store?", *(f"/{page}{sign}" for page in ANALYST_PAGES for sign in ".?"), "/coverage/")


def sitemap_urls(urls: Urls, items: Iterable[str], documents: Sequence[str]) -> list[str]:
    """Addresses of all pages.

    :param items: IRIs of what has a page.
    :param documents: other documents, which come first.
    """
    return [*documents, *(urls.page(iri) for iri in sorted(items))]


def cut_sitemap(addresses: Sequence[str], most: int = MOST_LISTED) -> list[Sequence[str]]:
    """Addresses in parts that one file each can hold."""
    return [addresses[start : start + most] for start in range(0, len(addresses), most)]


def render_sitemap(addresses: Iterable[str]) -> bytes:
    """Write one file of addresses."""
    listed = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{listed}</urlset>\n'.encode()


def render_sitemap_index(addresses: Iterable[str]) -> bytes:
    """Write the list of the files."""
    listed = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{listed}</sitemapindex>\n'.encode()


def render_robots(urls: Urls) -> bytes:
    """Write ``robots.txt``: everything may be crawled but what only repeats it."""
    refused = "".join(f"Disallow: {path}\n" for path in _NOT_FOR_CRAWLERS)
    return f"User-agent: *\n{refused}\nSitemap: {urls.at('sitemap.xml')}\n".encode()
