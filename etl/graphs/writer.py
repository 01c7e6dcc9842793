"""Write quads by compact names: the one place where Python values become RDF terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from etl.errors import RecordError
from etl.identifiers import graph_iri, item_iri, passage_iri
from etl.namespaces import expand

__all__ = ["GraphWriter", "Value", "item", "page", "passage", "term", "text"]

#: What may stand as the object of a statement.
Value = NamedNode | Literal | str | int | bool | Decimal | date


def term(curie: str) -> NamedNode:
    """A class, property or other term by compact name, e.g. ``ipg:Draft``."""
    return expand(curie)


def item(path: str) -> NamedNode:
    """One of our items by its path below ``id/``."""
    return NamedNode(item_iri(path))


def passage(document: str, key: str) -> NamedNode:
    """A passage by document and key."""
    return NamedNode(passage_iri(document, key))


def text(value: str, language: str) -> Literal:
    """A text in a language (BCP 47)."""
    return Literal(value, language=language)


def page(address: str, where: str) -> NamedNode:
    """A web address as an IRI.

    :param where: record and field, for the message.
    :raises RecordError: when the address is no absolute IRI.
    """
    try:
        node = NamedNode(address)
    except ValueError as error:
        raise RecordError(
            where, f"{address!r} is no IRI ({error})", "an absolute IRI", "repair it and keep the printed form"
        ) from error
    if not address.startswith(("http://", "https://")):
        raise RecordError(where, f"{address!r} is no web address", "http:// or https://", "repair it and keep the printed form")
    return node


class GraphWriter:
    """Collects the quads of one named graph; equal statements count once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.node = NamedNode(graph_iri(name))
        self.quads: set[Quad] = set()

    def add(self, subject: NamedNode, predicate: str, *values: Value) -> None:
        """Add statements about a subject: one per value.

        Strings become ``xsd:string``, integers ``xsd:integer``, and so on; texts with a language are made by :func:`text`.
        """
        for value in values:
            self.quads.add(Quad(subject, expand(predicate), _to_term(value), self.node))

    def types(self, subject: NamedNode, *classes: str) -> None:
        """Add the classes of a subject by compact names."""
        self.add(subject, "rdf:type", *(expand(name) for name in classes))

    def label(self, subject: NamedNode, texts: Iterable[tuple[str, str]]) -> None:
        """Add titles per language: ``dcterms:title`` and ``skos:prefLabel`` always say the same."""
        for language, value in texts:
            self.add(subject, "dcterms:title", text(value, language))
            self.add(subject, "skos:prefLabel", text(value, language))


def _to_term(value: Value) -> NamedNode | Literal:
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, Decimal):
        # Without trailing zeros, as the store writes it, so that dump and endpoint say the same.
        return Literal(format(value.normalize(), "f"), datatype=expand("xsd:decimal"))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=expand("xsd:date"))
    return Literal(value)
