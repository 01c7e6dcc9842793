"""The routes ``/page/ontology`` and ``/page/ontology/{term}``, and the style sheet of these pages."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from query_service.answering import Answering
from query_service.answers import entity_tag, preflight, problem_response
from query_service.compression import encode_whole
from query_service.errors import MethodNotAllowed, NotFound, ServiceError
from query_service.exchange import Exchange
from query_service.generations import Generation, Generations
from query_service.ontology_pages.pages import ONTOLOGY_POLICY, read_style, render_ontology_page
from query_service.ontology_pages.records import Reference, read_reference
from query_service.rates import client_key

__all__ = ["STYLE_PATH", "OntologyRoute"]

STYLE_PATH: Final = "/static/ontology.css"
_METHODS: Final = ("GET", "HEAD", "OPTIONS")
_INDEX: Final = "/page/ontology"


class _Known(NamedTuple):
    """What a snapshot says of its ontology, and the pages laid out so far: no more than there are terms.

    Rules and questions can change where the dataset, and so its version, does not: the folder tells.
    """

    folder: Path
    version: str
    reference: Reference
    pages: dict[str | None, bytes]


class OntologyRoute:
    """Pages about the ontology.

    :param address: absolute URL before every route.
    :param otherwise: answers for what is no term, such as a module of the ontology.
    """

    def __init__(self, address: str, generations: Generations, answering: Answering, otherwise: ASGIApp) -> None:
        self._address = address
        self._generations = generations
        self._answering = answering
        self._otherwise = otherwise
        self._known: _Known | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            method = scope["method"]
            if method == "OPTIONS":
                await preflight(_METHODS)(scope, receive, send)
                return
            if method not in _METHODS:
                raise MethodNotAllowed(f"{method} is not allowed here.", found=method, expected=", ".join(_METHODS))
            await self._respond(scope, receive, send)
        except NotFound:
            await self._otherwise(scope, receive, send)
        except ServiceError as error:
            await problem_response(error)(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._answering.rates.admit(client_key(scope["client"][0] if scope.get("client") else None))
        generation = await self._generations.current()
        path = scope["path"]
        is_style = path == STYLE_PATH
        body = await run_in_threadpool(read_style) if is_style else await self._render(generation, path)
        content_type = "text/css; charset=utf-8" if is_style else "text/html; charset=utf-8"
        # The tag comes from the bytes: a page changes with the templates too.
        exchange = Exchange(scope, receive, send, generation.version, content_type, entity_tag("page", body.hex()))
        if not is_style:
            exchange.headers["Content-Security-Policy"] = ONTOLOGY_POLICY
        if exchange.is_known(exists=True):
            await exchange.send_not_modified()
            return
        encoded = encode_whole(exchange.coding, body)
        await exchange.send_whole(body if encoded is None else encoded, None if encoded is None else exchange.coding)

    async def _render(self, generation: Generation, path: str) -> bytes:
        term = unquote(path.removeprefix(_INDEX).strip("/")) or None
        known = self._known
        folder, version = generation.snapshot.folder, generation.version
        if known is None or (known.folder, known.version) != (folder, version):
            reference = await run_in_threadpool(read_reference, folder)
            known = self._known = _Known(folder, version, reference, {})
        # A module is told as a thing is, also where a term has its name: the index has an anchor for each term.
        if any(module.iri.endswith(f"/ontology/{term}") for module in known.reference.modules):
            raise NotFound(f"{term} is a module.", found=path)
        if term not in known.pages:
            page = await run_in_threadpool(render_ontology_page, known.reference, term, self._address, known.version)
            known.pages[term] = page
        return known.pages[term]
