"""What routes of documents do alike: methods, shares of clients, and errors in the format asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from query_service.answers import preflight
from query_service.dataset_facts import DatasetFacts
from query_service.delivery import Asked
from query_service.errors import MethodNotAllowed, ServiceError
from query_service.failures import failure_response
from query_service.generations import Generation
from query_service.language import choose_reading
from query_service.pages import Site, build_site
from query_service.publishing import Publishing
from query_service.rates import client_key
from query_service.urls import Urls

__all__ = ["DocumentRoute"]

_METHODS: Final = ("GET", "HEAD", "OPTIONS")


class DocumentRoute(ABC):
    """A plain application that answers with documents.

    :param publishing: what routes share.
    """

    def __init__(self, publishing: Publishing) -> None:
        self._publishing = publishing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        asked = Asked(scope, receive, send)
        try:
            method = scope["method"]
            if method == "OPTIONS":
                await preflight(_METHODS)(scope, receive, send)
                return
            if method not in _METHODS:
                raise MethodNotAllowed(f"{method} is not allowed here.", found=method, expected=", ".join(_METHODS))
            client = client_key(scope["client"][0] if scope.get("client") else None)
            self._publishing.answering.rates.admit(client)
            await self.respond(asked, await self._publishing.generations.current())
        except ServiceError as error:
            # Whatever failed, the page on it needs no answer of the dataset.
            urls = Urls(self._publishing.address, "")
            facts = DatasetFacts(self._publishing.generations.version)
            site = build_site(urls, facts, self._publishing.ways, choose_reading(asked))
            await self.tell(asked, error, site)(scope, receive, send)

    def tell(self, asked: Asked, error: ServiceError, site: Site) -> Response:
        """Answer that tells of an error, in the format asked for."""
        return failure_response(asked, error, site)

    @abstractmethod
    async def respond(self, asked: Asked, generation: Generation) -> None:
        """Answer a request by GET or HEAD.

        :raises ServiceError: what the client is to be told; nothing has been sent then.
        """
