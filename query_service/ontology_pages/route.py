"""The routes ``/page/ontology`` and ``/page/ontology/{term}``."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from query_service.delivery import Asked, Document, deliver
from query_service.document_route import DocumentRoute
from query_service.errors import NotFound, ServiceError
from query_service.generations import Generation
from query_service.ontology_pages.pages import render_ontology_page
from query_service.ontology_pages.records import Reference, read_reference
from query_service.pages import page_headers
from query_service.publishing import Publishing

__all__ = ["OntologyRoute"]

_INDEX: Final = "/page/ontology"


class _Known(NamedTuple):
    """What a snapshot says of its ontology.

    Rules and questions can change where the dataset, and so its version, does not: the folder tells.
    """

    folder: Path
    reference: Reference


class OntologyRoute(DocumentRoute):
    """Pages about the ontology.

    :param publishing: what routes share.
    :param otherwise: answers for what is no term, such as a module of the ontology.
    """

    def __init__(self, publishing: Publishing, otherwise: ASGIApp) -> None:
        super().__init__(publishing)
        self._otherwise = otherwise
        self._known: _Known | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["method"] in {"GET", "HEAD"} and not await self._is_told(scope["path"]):
            await self._otherwise(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def respond(self, asked: Asked, generation: Generation) -> None:
        """Answer a request by GET or HEAD.

        :raises NotFound: when there is no ontology, or no such term.
        :raises SnapshotUnusable: when what the snapshot says of its ontology cannot be read.
        """
        publishing = self._publishing
        reference = await self._learn(generation)
        term, site = _term(asked.scope["path"]), await publishing.site(generation, asked)

        async def make() -> bytes:
            return await run_in_threadpool(render_ontology_page, reference, term, publishing.address, site)

        tag = publishing.tag(generation, "ontology", generation.snapshot.folder.name, term, *site.reading)
        document = Document("text/html; charset=utf-8", tag, make, page_headers(site))
        await deliver(asked, publishing.answering, generation.version, document)

    async def _is_told(self, path: str) -> bool:
        """Whether a path is that of a term, or of the index; a module is told as a thing is, even one with the name of a term."""
        try:
            reference = await self._learn(await self._publishing.generations.current())
        except NotFound:
            return False
        except ServiceError:
            return True
        term = _term(path)
        is_module = any(module.iri.endswith(f"/ontology/{term}") for module in reference.modules)
        return term is None or (term in reference.by_name and not is_module)

    async def _learn(self, generation: Generation) -> Reference:
        folder = generation.snapshot.folder
        if self._known is None or self._known.folder != folder:
            self._known = _Known(folder, await run_in_threadpool(read_reference, folder))
        return self._known.reference


def _term(path: str) -> str | None:
    return unquote(path.removeprefix(_INDEX).strip("/")) or None
