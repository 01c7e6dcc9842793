"""From ``/`` alone a crawler reaches every IRI that we mint, and finds nothing dead; by w3id.org too.

All things are looked at by ``make test-all``; else one of each so many, with everything that is no thing.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from query_service.urls import Urls
from tests.crawler import Crawl, Fetcher, crawl, is_in_share, standing_for_w3id

BASE = "https://w3id.org/ipg/"
SHARE = 1 if os.environ.get("IPG_TEST_ALL") else 16


@pytest.fixture(scope="module")
def minted(home: Path) -> list[str]:
    """IRIs under our base in the public graphs that something is said of, without fragments: all, or the share looked at."""
    quads = parse((home / "current" / "dataset.nq").read_bytes(), RdfFormat.N_QUADS)
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    things = {iri.partition("#")[0] for iri in subjects if iri.startswith(BASE)}
    return sorted(iri for iri in things if is_in_share(f"/{iri.removeprefix(BASE)}", SHARE))


@pytest.fixture(scope="module")
def crawled(served: str) -> Crawl:
    return crawl(f"{served}/", SHARE)


def test_nothing_is_dead(crawled: Crawl) -> None:
    assert crawled.failures == []


def test_every_thing_is_reached(crawled: Crawl, minted: list[str], served: str) -> None:
    urls = Urls(served, BASE)
    assert [iri for iri in minted if crawled.statuses.get(urls.page(iri)) != 200] == []
    told = {urlsplit(url).path.rpartition(".")[0] for url in crawled.statuses if url.startswith(f"{served}/data/")}
    assert [iri for iri in minted if urlsplit(urls.data(iri)).path not in told] == []


def test_every_thing_is_reached_by_w3id(crawled: Crawl, minted: list[str], served: str) -> None:
    """Each leads to the page that the crawl has seen, which has not changed since."""
    urls = Urls(served, BASE)
    with standing_for_w3id(served) as at_w3id, Fetcher() as fetch:

        def follow(iri: str) -> str | None:
            page = urls.page(iri)
            thing = fetch(at_w3id(iri)).headers["location"]
            told = fetch(thing, {"Accept": "text/html"})
            if (told.status, told.headers.get("location")) != (303, page):
                return f"{iri}: {told.status} {told.headers.get('location')}"
            answer = fetch(page, {"If-None-Match": crawled.tags[page]})
            return None if answer.status == 304 else f"{iri}: {answer.status} {page}"

        with ThreadPoolExecutor(8) as pool:
            assert [failure for failure in pool.map(follow, minted) if failure] == []
