"""Dumps and versions on the web: ``/dumps/...`` for the version in service, ``/snapshot/{version}/...`` for each."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from query_service.answering import Answering
from query_service.answers import entity_tag, matches_tag, preflight, problem_response
from query_service.compression import encode_whole
from query_service.dumps.listing import DumpEntry
from query_service.dumps.making import DumpMaker
from query_service.dumps.pages import (
    describe_dumps,
    describe_version,
    latest_name,
    render_dumps_page,
    render_json,
    render_version_page,
)
from query_service.dumps.records import CHECKSUMS, INDEX, dumps_folder
from query_service.errors import MethodNotAllowed, NotFound, NotReady, ServiceError
from query_service.exchange import Exchange
from query_service.generations import Generation, Generations
from query_service.media_types import FORMATS, Format, Kind, choose_among
from query_service.pages import PLAIN_POLICY
from query_service.rates import client_key
from query_service.releases.history import Release
from query_service.releases.versions import Versions
from query_service.snapshot import Snapshot

__all__ = ["DumpsRoute"]

_log = logging.getLogger(__name__)

_METHODS: Final = ("GET", "HEAD", "OPTIONS")
_FORMATS: Final = (
    *(format_ for format_ in FORMATS if format_.kind is Kind.PAGE),
    Format("json", Kind.PAGE, ("application/json",)),
)
_VERSION_IN_NAME: Final = re.compile(r"-(\d+\.\d+\.\d+[0-9A-Za-z.-]*\+[0-9a-f]{12})(?=[.-])")
#: A name that holds its version means the same bytes as long as the code that writes it does.
_VERSIONED: Final = "public, max-age=86400"
_REVALIDATED: Final = "public, no-cache"
_LICENCE: Final = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
_LISTS: Final = {CHECKSUMS: "text/plain; charset=utf-8", INDEX: "application/json"}
#: Raised whenever other code would write the pages in other bytes.
_EDITION: Final = 1


class DumpsRoute:
    """The routes ``/dumps/``, ``/dumps/{file}``, ``/dumps/latest/{file}``, ``/snapshot/{version}`` and what is below it.

    :param address: absolute URL before every route.
    """

    def __init__(self, address: str, generations: Generations, versions: Versions, answering: Answering) -> None:
        self._address = address
        self._generations = generations
        self._versions = versions
        self._answering = answering
        self._maker = DumpMaker(generations.keep)

    async def listing(self, generation: Generation) -> Sequence[DumpEntry]:
        """Files of a generation, which are made if they are not there; none where the snapshot does not say enough for them."""
        try:
            return list((await self._maker.entries(generation.snapshot)).values())
        except NotReady as error:
            _log.warning("there are no dumps to list: %s", error)
            return []

    async def listing_at_hand(self, generation: Generation) -> Sequence[DumpEntry]:
        """The same, if they are there; they are made meanwhile if not, and nobody waits."""
        return list((await self._maker.entries_at_hand(generation.snapshot)).values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            method = scope["method"]
            if method == "OPTIONS":
                await preflight(_METHODS)(scope, receive, send)
                return
            if method not in _METHODS:
                raise MethodNotAllowed(f"{method} is not allowed here.", found=method, expected=", ".join(_METHODS))
            self._answering.rates.admit(client_key(scope["client"][0] if scope.get("client") else None))
            await self._respond(scope, receive, send)
        except ServiceError as error:
            await problem_response(error)(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        first, *rest = scope["path"].strip("/").split("/")
        if first == "dumps":
            await self._answer_dumps((await self._generations.current()).snapshot, rest, (scope, receive, send))
            return
        if not rest:
            raise NotFound(
                f"There is nothing at {scope['path']}.", found=scope["path"], mend="name a version, as /feed.atom does"
            )
        snapshot = await self._versions.snapshot(rest[0])
        if not rest[1:]:
            await self._tell_version(snapshot, scope, receive, send)
        elif rest[1] == "dumps" and len(rest) <= 3:
            folder = f"{self._address}/snapshot/{snapshot.version}/dumps"
            await self._answer_files(snapshot, rest[2:], folder, (scope, receive, send))
        else:
            raise NotFound(f"There is nothing at {scope['path']}.", found=scope["path"])

    async def _answer_dumps(self, snapshot: Snapshot, rest: list[str], asgi: tuple[Scope, Receive, Send]) -> None:
        if len(rest) == 2 and rest[0] == "latest":
            await self._redirect(await self._latest(snapshot, rest[1]), 302)(*asgi)
            return
        match = _VERSION_IN_NAME.search(rest[0]) if len(rest) == 1 else None
        if match and match[1] != snapshot.version:
            old = await self._versions.snapshot(match[1])
            await self._redirect(f"{self._address}/snapshot/{old.version}/dumps/{rest[0]}", 301)(*asgi)
            return
        if len(rest) > 1:
            raise NotFound(f"There is nothing at {asgi[0]['path']}.", found=asgi[0]["path"])
        await self._answer_files(snapshot, rest, f"{self._address}/dumps", asgi)

    async def _latest(self, snapshot: Snapshot, name: str) -> str:
        """Address of the newest file with a name that holds no version."""
        if name in _LISTS:
            return f"{self._address}/snapshot/{snapshot.version}/dumps/{name}"
        for entry in await self._maker.entries(snapshot):
            if latest_name(entry, snapshot.version) == name:
                return f"{self._address}/dumps/{entry}"
        raise NotFound(f"There is no dump {name}.", found=name, mend=f"see {self._address}/dumps/")

    @staticmethod
    def _redirect(url: str, status: int) -> Response:
        return RedirectResponse(url, status, headers={"Cache-Control": _REVALIDATED})

    async def _answer_files(self, snapshot: Snapshot, rest: list[str], folder: str, asgi: tuple[Scope, Receive, Send]) -> None:
        """Answer with the list of files, or one of them."""
        entries = await self._maker.entries(snapshot)
        name = rest[0] if rest else ""
        if not name:
            content = describe_dumps(snapshot, entries, folder, self._address)
            await self._send_page(snapshot, content, render_dumps_page, *asgi)
        elif name in _LISTS:
            await self._send_file(snapshot, name, None, *asgi)
        elif entry := entries.get(name):
            await self._send_file(snapshot, name, entry, *asgi)
        else:
            raise NotFound(f"There is no dump {name} of version {snapshot.version}.", found=name, mend=f"see {folder}/")

    async def _tell_version(self, snapshot: Snapshot, scope: Scope, receive: Receive, send: Send) -> None:
        release = await self._versions.release(snapshot.version)
        current = (await self._generations.current()).snapshot.version
        content = describe_version(snapshot, release, self._address, in_service=current == snapshot.version)
        await self._send_page(snapshot, content, render_version_page, scope, receive, send)

    async def _send_page(
        self,
        snapshot: Snapshot,
        content: Mapping[str, Any],
        render: Callable[[Mapping[str, Any]], bytes],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        accept = ", ".join(Headers(scope=scope).getlist("accept")) or None
        choice = choose_among(_FORMATS, accept, _words(scope))
        is_page = choice.format.key == "html"
        body = render(content) if is_page else render_json(content)
        tag = entity_tag("version", _EDITION, choice.media_type, body.decode())
        exchange = Exchange(scope, receive, send, snapshot.version, choice.content_type, tag)
        exchange.headers["Link"] = _LICENCE
        if is_page:
            exchange.headers["Content-Security-Policy"] = PLAIN_POLICY
        if exchange.is_known(exists=True):
            await exchange.send_not_modified()
            return
        encoded = await run_in_threadpool(encode_whole, exchange.coding, body)
        await exchange.send_whole(body if encoded is None else encoded, exchange.coding if encoded is not None else None)

    async def _send_file(
        self, snapshot: Snapshot, name: str, entry: DumpEntry | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Send a file as it lies there, or a part of it; what is packed is not unpacked, so that its checksum holds."""
        file = dumps_folder(snapshot) / name
        tag = entry.sha256[:32] if entry else entity_tag("list", snapshot.version, name, file.parent.name)
        modified = await self._modified(snapshot)
        headers = {
            "ETag": f'"{tag}"',
            "Last-Modified": format_datetime(modified, usegmt=True),
            "Cache-Control": _VERSIONED if entry else _REVALIDATED,
            "IPG-Dataset-Version": snapshot.version,
            "Link": _LICENCE,
        }
        if _is_known(Headers(scope=scope), tag, modified):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        await FileResponse(file, headers=headers, media_type=entry.content_type if entry else _LISTS[name])(scope, receive, send)

    async def _modified(self, snapshot: Snapshot) -> datetime:
        """When the content of a version was published, or, if it was not, when its snapshot was built."""
        release: Release | None = await self._versions.release(snapshot.version)
        if release:
            return release.record.published
        built = await run_in_threadpool((snapshot.folder / "manifest.json").stat)
        return datetime.fromtimestamp(int(built.st_mtime), UTC)


def _words(scope: Scope) -> list[str]:
    pairs = re.findall(r"(?:^|&)format=([^&]*)", scope["query_string"].decode("utf-8", "replace"))
    return [word for value in pairs for word in value.split(",") if word]


def _is_known(headers: Headers, tag: str, modified: datetime) -> bool:
    """Whether the client has the file already (RFC 9110, 13.2.2): entity tags win over times."""
    if (tags := headers.get("if-none-match")) is not None:
        return matches_tag(tags, tag, exists=True)
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False
    return modified <= (since if since.tzinfo else since.replace(tzinfo=UTC))
