"""Where the links of the pages about the ontology lead."""

from __future__ import annotations

import re
from urllib.parse import quote

from query_service.ontology_pages.records import Ref, Reference

__all__ = ["Addresses"]


class Addresses:
    """Builds all URLs of these pages.

    :param reference: the reference laid out.
    :param address: absolute URL before every route.
    """

    def __init__(self, reference: Reference, address: str) -> None:
        self._reference = reference
        self._reused = {ref.iri for ref, _ in reference.reused}
        self._address = address
        #: The index of the ontology.
        self.index = f"{address}/page/ontology"

    def route(self, path: str) -> str:
        """A route of the service."""
        return f"{self._address}/{path}"

    def term(self, name: str) -> str:
        """Page of a term."""
        return f"{self.index}/{name}"

    def of(self, ref: Ref) -> str:
        """Where something is described: here if it can be, or at its own address."""
        base, iri = self._reference.base, ref.iri
        if term := self._reference.by_iri.get(iri):
            return self.term(term.name)
        if iri in self._reused:
            return f"{self.index}#{self.anchor(ref.name)}"
        return self.item(iri) if iri.startswith(base) else iri

    def item(self, iri: str) -> str:
        """Address at this service of something below the base."""
        return self.route(quote(iri.removeprefix(self._reference.base), safe="/.#-"))

    def shape(self, name: str) -> str:
        """The shapes, at one of them."""
        return self.route(f"shapes#{name}")

    def question(self, key: str) -> str:
        """A competency question in the index."""
        return f"{self.index}#{key}"

    def example(self, key: str) -> str:
        """An example query in the list of them."""
        return self.route(f"examples#{key}")

    @staticmethod
    def anchor(name: str) -> str:
        """Name of a place in the index for a term of another vocabulary."""
        return re.sub(r"[^\w-]+", "-", name)
