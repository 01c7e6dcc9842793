"""Statements written in code: names of vocabularies, and a list that takes what is known and leaves out what is not."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

__all__ = ["TYPE", "Statements", "term"]

_SPACES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def term(name: str) -> NamedNode:
    """The term of a compact name such as ``dcat:Dataset``."""
    prefix, _, local = name.partition(":")
    return NamedNode(_SPACES[prefix] + local)


TYPE: Final = term("rdf:type")


class Statements:
    """Statements about one thing.

    :param subject: IRI of the thing.
    :param types: its classes, as compact names.
    """

    def __init__(self, subject: str, *types: str) -> None:
        self.subject = NamedNode(subject)
        self.triples = [Triple(self.subject, TYPE, term(name)) for name in types]

    def link(self, property_: str, *iris: str | None) -> Statements:
        """Say that it leads to things; what is not known is left out."""
        self.triples += [Triple(self.subject, term(property_), NamedNode(iri)) for iri in iris if iri]
        return self

    def say(
        self, property_: str, text: str | int | None, *, language: str | None = None, datatype: str | None = None
    ) -> Statements:
        """Say a text or number; none is left out."""
        if text not in {None, ""}:
            literal = (
                Literal(str(text), language=language) if language else Literal(str(text), datatype=term(datatype or "xsd:string"))
            )
            self.triples.append(Triple(self.subject, term(property_), literal))
        return self
