"""Where the links of the pages about the ontology lead."""

from __future__ import annotations

import re
from urllib.parse import quote

from query_service.language import Reading
from query_service.ontology_pages.records import Ref, Reference

__all__ = ["Addresses"]


class Addresses:
    """Builds all URLs of these pages; those of pages keep the language that was chosen.

    :param reference: the reference laid out.
    :param address: absolute URL before every route.
    :param reading: how the page is read.
    """

    def __init__(self, reference: Reference, address: str, reading: Reading) -> None:
        self._reference = reference
        self._reused = {ref.iri for ref, _ in reference.reused}
        self._address = address
        self.reading = reading
        #: The index of the ontology.
        self.index = reading.link(self._index)

    @property
    def _index(self) -> str:
        return f"{self._address}/page/ontology"

    def route(self, path: str) -> str:
        """A route of the service that is no page."""
        return f"{self._address}/{path}"

    def page(self, path: str) -> str:
        """A page of the service."""
        return self.reading.link(self.route(path))

    def term(self, name: str) -> str:
        """Page of a term."""
        return self.reading.link(f"{self._index}/{name}")

    def place(self, anchor: str) -> str:
        """A place in the index, such as a module or a competency question."""
        return self.reading.link(f"{self._index}#{anchor}")

    def of(self, ref: Ref) -> str:
        """Where something is described: here if it can be, or at its own address."""
        base, iri = self._reference.base, ref.iri
        if term := self._reference.by_iri.get(iri):
            return self.term(term.name)
        if iri in self._reused:
            return self.place(self.anchor(ref.name))
        return self.item(iri) if iri.startswith(base) else iri

    def item(self, iri: str) -> str:
        """Address at this service of something below the base."""
        return self.page(quote(iri.removeprefix(self._reference.base), safe="/.#-"))

    def shape(self, name: str) -> str:
        """The shapes, at one of them."""
        return self.page(f"shapes#{name}")

    def example(self, key: str) -> str:
        """An example query in the list of them."""
        return self.page(f"examples#{key}")

    @staticmethod
    def anchor(name: str) -> str:
        """Name of a place in the index for a term of another vocabulary."""
        return re.sub(r"[^\w-]+", "-", name)
