"""Names for people: labels in the language of the reader or in English where there are, and compact names for what has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from query_service.linked_data.records import iri_of
from query_service.linked_data.values import Value
from query_service.urls import Urls

__all__ = ["Labels"]

_SKOS_LABEL: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"
_LABELS: Final = (_SKOS_LABEL, "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title")
_WEB: Final = ("http://", "https://")


class Labels:
    """Labels that a description holds.

    :param quads: statements, labels among them.
    :param prefixes: prefixes for compact names.
    :param base: base of the IRIs of the dataset.
    :param language: of the reader; where there is no label in it, the English one stands.
    """

    def __init__(self, quads: Iterable[Quad], prefixes: Mapping[str, str], base: str, language: str = "en") -> None:
        ranked: dict[str, tuple[bool, bool, int, str, str]] = {}
        for quad in quads:
            if quad.predicate.value in _LABELS and isinstance(quad.object, Literal):
                own = quad.object.language or ""
                rank = (own != language, own != "en", _LABELS.index(quad.predicate.value), own, quad.object.value)
                ranked[iri_of(quad.subject)] = min(rank, ranked.get(iri_of(quad.subject), rank))
        self._labels = {iri: rank[4] for iri, rank in ranked.items()}
        self._languages = {iri: rank[3] for iri, rank in ranked.items()}
        self._prefixes = prefixes
        self._base = base

    def name(self, iri: str) -> str:
        """Label of a thing, else its compact name, else its IRI."""
        return self._labels.get(iri) or self._compact(iri)

    def value(self, term: NamedNode | Literal, urls: Urls) -> Value:
        """A term as pages show it: ours lead to their pages here, addresses of the web to where they are."""
        if isinstance(term, Literal):
            return self.text(term)
        iri = term.value
        is_ours = urls.is_ours(iri)
        url = urls.page(iri) if is_ours else (iri if iri.startswith(_WEB) else None)
        language = self._languages.get(iri, "")
        return Value(text=self.name(iri), language=language, url=url, is_external=not is_ours)

    def text(self, literal: Literal) -> Value:
        """A literal as pages show it."""
        return Value(text=literal.value, language=literal.language or "")

    def _compact(self, iri: str) -> str:
        if iri.startswith(f"{self._base}id/"):
            return iri.removeprefix(f"{self._base}id/")
        spaces = [(name, space) for name, space in self._prefixes.items() if iri.startswith(space)]
        name, space = max(spaces, key=lambda pair: len(pair[1]), default=("", ""))
        return f"{name}:{iri.removeprefix(space)}" if name else iri
