"""Dumps and versions on the web: ``/dumps/...`` for the version in service, ``/snapshot/{version}/...`` for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from query_service.answers import entity_tag, matches_tag
from query_service.compression import encode_whole
from query_service.delivery import Asked
from query_service.document_route import DocumentRoute
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
from query_service.errors import NotFound, ServiceError, VersionNotHeld
from query_service.exchange import Exchange
from query_service.failures import page_or_problem
from query_service.generations import Generation
from query_service.media_types import FORMATS, Format, Kind, choose_among
from query_service.pages import Site, page_headers
from query_service.publishing import Publishing
from query_service.releases.history import Release
from query_service.releases.versions import Versions
from query_service.snapshot import Snapshot

__all__ = ["DumpsRoute"]

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


class DumpsRoute(DocumentRoute):
    """The routes ``/dumps/``, ``/dumps/{file}``, ``/dumps/latest/{file}``, ``/snapshot/{version}`` and what is below it.

    :param publishing: what routes share.
    :param versions: versions that are held here.
    :param maker: makes the files.
    """

    def __init__(self, publishing: Publishing, versions: Versions, maker: DumpMaker) -> None:
        super().__init__(publishing)
        self._address = publishing.address
        self._versions = versions
        self._maker = maker

    def tell(self, asked: Asked, error: ServiceError, site: Site) -> Response:
        """Answer that tells of an error: a page or problem details, also where a file in RDF was asked for."""
        return page_or_problem(asked, error, site)

    async def respond(self, asked: Asked, generation: Generation) -> None:
        """Answer a request by GET or HEAD.

        :raises NotFound: when there is no such file or version.
        :raises NotReady: when the files cannot be made.
        """
        first, *rest = asked.scope["path"].strip("/").split("/")
        if first == "dumps":
            await self._answer_dumps(generation.snapshot, rest, asked)
            return
        if not rest:
            path = asked.scope["path"]
            raise NotFound(f"There is nothing at {path}.", found=path, mend="name a version, as /feed.atom does")
        if not rest[1:]:
            await self._tell_version(rest[0], asked, generation)
        elif rest[1] == "dumps" and len(rest) <= 3:
            snapshot = await self._versions.snapshot(rest[0])
            folder = f"{self._address}/snapshot/{snapshot.version}/dumps"
            await self._answer_files(snapshot, rest[2:], folder, asked)
        else:
            raise NotFound(f"There is nothing at {asked.scope['path']}.", found=asked.scope["path"])

    async def _answer_dumps(self, snapshot: Snapshot, rest: list[str], asked: Asked) -> None:
        if len(rest) == 2 and rest[0] == "latest":
            await self._redirect(await self._latest(snapshot, rest[1]), 302)(*asked)
            return
        match = _VERSION_IN_NAME.search(rest[0]) if len(rest) == 1 else None
        if match and match[1] != snapshot.version:
            old = await self._versions.snapshot(match[1])
            await self._redirect(f"{self._address}/snapshot/{old.version}/dumps/{rest[0]}", 301)(*asked)
            return
        if len(rest) > 1:
            raise NotFound(f"There is nothing at {asked.scope['path']}.", found=asked.scope["path"])
        await self._answer_files(snapshot, rest, f"{self._address}/dumps", asked)

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

    async def _answer_files(self, snapshot: Snapshot, rest: list[str], folder: str, asked: Asked) -> None:
        """Answer with the list of files, or one of them."""
        entries = await self._maker.entries(snapshot)
        name = rest[0] if rest else ""
        if not name:
            content = describe_dumps(snapshot, entries, folder, self._address)
            await self._send_page(snapshot.version, content, render_dumps_page, asked)
        elif name in _LISTS:
            await self._send_file(snapshot, name, None, *asked)
        elif entry := entries.get(name):
            await self._send_file(snapshot, name, entry, *asked)
        else:
            raise NotFound(f"There is no dump {name} of version {snapshot.version}.", found=name, mend=f"see {folder}/")

    async def _tell_version(self, version: str, asked: Asked, generation: Generation) -> None:
        """Say what a version is, also where it is not held here: the ledger knows it."""
        release = await self._versions.release(version)
        try:
            snapshot = await self._versions.snapshot(version)
        except VersionNotHeld:
            snapshot = None
        in_service = generation.snapshot.version == version
        content = describe_version(version, snapshot, release, self._address, in_service=in_service)
        await self._send_page(version, content, render_version_page, asked)

    async def _send_page(
        self, version: str, content: Mapping[str, Any], render: Callable[[Mapping[str, Any], Site], bytes], asked: Asked
    ) -> None:
        choice = choose_among(_FORMATS, asked.accept, _words(asked.scope))
        headers = {"Link": _LICENCE}
        if choice.format.key == "html":
            site = await self._publishing.site(await self._publishing.generations.current(), asked)
            site = site.model_copy(update={"version": version})
            body = await run_in_threadpool(render, content, site)
            headers |= page_headers(site)
        else:
            body = render_json(content)
        tag = entity_tag("version", _EDITION, choice.media_type, body.decode())
        exchange = Exchange(*asked, version, choice.content_type, tag)
        exchange.headers |= headers
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
