"""A crawler that knows one URL, for the test that everything can be reached from it, and a stand-in for w3id.org."""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import NamedTuple, Self
from urllib.parse import urlsplit

__all__ = ["Answer", "Crawl", "Fetcher", "crawl", "is_in_share", "standing_for_w3id"]

_THREADS = 8
#: Of each thing a crawler takes one format; which one is by its address, so that all are taken somewhere.
_FORMATS = ("ttl",) * 6 + ("nt",) * 5 + ("rdf",) * 5 + ("trig",) * 2 + ("jsonld", "json")
_DATA = re.compile(r"/data/(.+)\.(ttl|nt|rdf|trig|jsonld|json)")
_THING = re.compile(r"/(?:page/|data/)?(id/.+?)(?:\.(?:ttl|nt|rdf|trig|jsonld|json|html))?(?:\?.*)?")
_TRANSLATED = re.compile(r"[?&]lang=")
#: Of pages in a language that the address names, the share that is crawled.
_TRANSLATIONS = 40
_TAG = re.compile(r"<[a-z][^>]*>")
_HREF = re.compile(r'\s(?:href|action)="([^"]+)"')
_NOT_TO_FOLLOW = re.compile(r'\srel="[^"]*\bnofollow\b')
_LOCATION = re.compile(r"<loc>([^<]+)</loc>")
_TARGET = re.compile(r"<([^>]+)>;")
_SITEMAP = re.compile(r"(?m)^Sitemap: (\S+)$")
_REFUSED = re.compile(r"(?m)^Disallow: (\S+)$")


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Fetcher:
    """Fetches by GET or HEAD, over one connection for each thread and host."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._opened: list[HTTPConnection] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self._opened:
            connection.close()

    def __call__(self, url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            return self._ask(parts.netloc, method, path or "/", headers or {})
        except (HTTPException, ConnectionError):  # the server may close a connection that idles
            self._connections().pop(parts.netloc).close()
            return self._ask(parts.netloc, method, path or "/", headers or {})

    def _ask(self, host: str, method: str, path: str, headers: Mapping[str, str]) -> Answer:
        connection = self._connections().get(host)
        if connection is None:
            connection = self._connections()[host] = HTTPConnection(host, timeout=120)
            self._opened.append(connection)
        connection.request(method, path, headers=dict(headers))
        reply = connection.getresponse()
        return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())

    def _connections(self) -> dict[str, HTTPConnection]:
        if not hasattr(self._own, "connections"):
            self._own.connections = {}
        found: dict[str, HTTPConnection] = self._own.connections
        return found


@dataclass
class Crawl:
    """What a crawl found: statuses by URL, entity tags of pages, and where each failure was linked from."""

    statuses: dict[str, int] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def crawl(start: str, share: int = 1) -> Crawl:
    """Follow all links from a URL that stay at its service and that neither they nor robots.txt refuse.

    :param share: one of so many things is looked at, the same ones each time; of what is no thing, everything is.
    """
    with Fetcher() as fetch:
        return _crawl(start, share, fetch)


def is_in_share(path: str, share: int) -> bool:
    """Whether a path is looked at: one of no thing always, that of a thing for one thing of so many."""
    thing = _THING.fullmatch(path)
    return thing is None or zlib.crc32(thing[1].encode()) % share == 0


def _crawl(start: str, share: int, fetch: Fetcher) -> Crawl:
    found = Crawl()
    address = start.rstrip("/")
    refused = _REFUSED.findall(fetch(f"{address}/robots.txt").body.decode())
    seen, waiting, done = {start}, 2, SimpleQueue[Future[tuple[str, str, Answer]]]()
    with ThreadPoolExecutor(_THREADS) as pool:

        def begin(url: str, origin: str) -> None:
            method = "HEAD" if urlsplit(url).path.startswith("/dumps/") else "GET"
            future = pool.submit(lambda: (url, origin, fetch(url, method=method, headers={"Accept": "text/html, */*;q=0.5"})))
            future.add_done_callback(done.put)

        begin(start, "")
        begin(f"{address}/robots.txt", "")
        while waiting:
            url, origin, answer = done.get().result()
            waiting -= 1
            _note(found, url, origin, answer)
            for link in _links(url, answer):
                path = link.removeprefix(address)
                is_ours = link.startswith(f"{address}/") and not path.startswith(tuple(refused))
                if is_ours and link not in seen and _is_wanted(path) and is_in_share(path, share):
                    seen.add(link)
                    waiting += 1
                    begin(link, url)
    return found


def _note(found: Crawl, url: str, origin: str, answer: Answer) -> None:
    found.statuses[url] = answer.status
    if answer.status >= 400:
        found.failures.append(f"{answer.status} {url} (linked from {origin})")
    if "etag" in answer.headers:
        found.tags[url] = answer.headers["etag"]


def _is_wanted(path: str) -> bool:
    if _TRANSLATED.search(path):
        return zlib.crc32(path.encode()) % _TRANSLATIONS == 0
    data = _DATA.fullmatch(path)
    return data is None or data[2] == _FORMATS[zlib.crc32(data[1].encode()) % len(_FORMATS)]


def _links(url: str, answer: Answer) -> Iterator[str]:
    """Links of an answer, without fragments."""
    if "location" in answer.headers:
        yield answer.headers["location"].partition("#")[0]
    for target in _TARGET.findall(answer.headers.get("link", "")):
        yield target.partition("#")[0]
    kind = answer.headers.get("content-type", "")
    patterns = {"text/html": _HREF, "application/xml": _LOCATION, "text/plain": _SITEMAP}
    pattern = next((pattern for name, pattern in patterns.items() if kind.startswith(name)), None)
    if pattern:
        text = answer.body.decode()
        if pattern is _HREF:
            text = "".join(tag for tag in _TAG.findall(text) if not _NOT_TO_FOLLOW.search(tag))
        for link in pattern.findall(text):
            yield unescape(link).partition("#")[0]


@contextmanager
def standing_for_w3id(service: str) -> Iterator[Callable[[str], str]]:
    """A server that redirects as w3id.org is to do; gives what writes an IRI of ours as an address of that server."""

    class Redirecting(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", service + self.path.removeprefix("/ipg"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Redirecting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield lambda iri: iri.replace("https://w3id.org", f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
