"""Own practices with what is suggested for them as RDF, in a graph of their own.

A suggestion is a record (``ipg:Link`` with the basis ``ipg:Suggested``) and nothing more: the relation that it proposes
is not stated, and it is no ``owl:Axiom``, which some programs would take for a statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from query_service.analyst.desk import View
from query_service.analyst.overlay.naming import Naming
from query_service.analyst.overlay.records import Overlay, Own
from query_service.dumps.rdf import serialise_statements
from query_service.suggest.records import Suggestion

__all__ = ["RDF_FORMS", "write_rdf"]

#: Formats by their word; those that cannot name graphs hold the same statements without.
RDF_FORMS: Final = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "trig": RdfFormat.TRIG}
#: Prefixes of the terms that are used.
_PREFIXES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ABOUT: Final = (
    "Suggestions of a program for practices that are not in the dataset named as source: nobody asserts them and nobody has "
    "reviewed them. The practices are told as their owner wrote them."
)
_MEASURE: Final = "cosine of tf-idf vectors, draft and profile of the provision"
_TEXTS: Final = {"duration": "ipg:durationText", "type": "ipg:typeAsPrinted", "area": "ipg:areaAsPrinted"}

_Value = NamedNode | Literal


def write_rdf(view: View, overlay: Overlay, naming: Naming, form: str) -> bytes:
    """Write an overlay.

    :param naming: made the names in it.
    :param form: a word of :data:`RDF_FORMS`.
    """
    writer = _Writer(view, overlay, naming)
    quads = list(dict.fromkeys(writer.quads()))
    format_ = RDF_FORMS[form]
    statements = quads if format_.supports_datasets else [quad.triple for quad in quads]
    prefixes = {} if form == "jsonld" else writer.prefixes
    return serialise_statements(statements, format_, prefixes)


class _Writer:
    """Statements of one overlay."""

    def __init__(self, view: View, overlay: Overlay, naming: Naming) -> None:
        self._view = view
        self._overlay = overlay
        self._naming = naming
        self._graph = NamedNode(overlay.graph)
        self.prefixes = {**_PREFIXES, "ipg": f"{view.things.base}ontology#"}

    def quads(self) -> Iterator[Quad]:
        """All of them."""
        dataset = NamedNode(self._view.things.facts.dataset)
        yield self._quad(self._graph, "rdf:type", self._term("sd:NamedGraph"))
        yield self._quad(self._graph, "dcterms:description", Literal(_ABOUT, language="en"))
        yield self._quad(self._graph, "dcterms:source", dataset)
        yield self._quad(dataset, "owl:versionInfo", Literal(self._overlay.dataset_version))
        if self._overlay.licence:
            yield self._quad(dataset, "dcterms:license", NamedNode(self._overlay.licence))
        for practice in self._overlay.practices:
            yield from self._practice(practice)
            for series in practice.series:
                for told in series.suggestions:
                    yield from self._suggestion(practice, told)

    def _practice(self, practice: Own) -> Iterator[Quad]:
        node = NamedNode(practice.iri)
        yield self._quad(node, "rdf:type", self._term("ipg:Practice"))
        for name in ("dcterms:title", "skos:prefLabel"):
            yield self._quad(node, name, Literal(_plain(practice.title)))
        yield self._quad(node, "dcterms:description", Literal(_plain(practice.cells["purpose"])))
        for column, name in _TEXTS.items():
            if cell := practice.cells.get(column):
                yield self._quad(node, name, Literal(_plain(cell)))
        for name, items in (
            ("ipg:country", practice.countries),
            ("ipg:practiceType", practice.types),
            ("ipg:areaOfIntervention", practice.areas),
        ):
            for item in items:
                yield self._quad(node, name, NamedNode(item.iri))

    def _suggestion(self, practice: Own, told: Suggestion) -> Iterator[Quad]:
        node = NamedNode(self._naming.suggestion(practice, told.provision.path))
        like = ", ".join(reason.item.title for reason in told.reasons)
        rationale = f"Likeness of words ({', '.join(told.words)}), most of all to what is said of: {like}."
        values: tuple[tuple[str, _Value], ...] = (
            ("rdf:type", self._term("ipg:Link")),
            ("owl:annotatedSource", NamedNode(practice.iri)),
            ("owl:annotatedProperty", self._term("ipg:implements")),
            ("owl:annotatedTarget", NamedNode(told.provision.iri)),
            ("ipg:basis", self._term(told.basis)),
            ("ipg:rationale", Literal(_plain(rationale), language="en")),
            ("sssom:mapping_justification", self._term("semapv:LexicalMatching")),
            ("sssom:similarity_score", Literal(f"{told.score}", datatype=self._term("xsd:decimal"))),
            ("sssom:similarity_measure", Literal(_MEASURE)),
            *(("rdfs:seeAlso", NamedNode(reason.item.iri)) for reason in told.reasons),
        )
        for name, value in values:
            yield self._quad(node, name, value)

    def _quad(self, subject: NamedNode, name: str, value: _Value) -> Quad:
        return Quad(subject, self._term(name), value, self._graph)

    def _term(self, name: str) -> NamedNode:
        prefix, _, local = name.partition(":")
        return NamedNode(self.prefixes[prefix] + local)


def _plain(text: str) -> str:
    """A text without characters that no document of RDF/XML or Turtle carries well."""
    return "".join(character for character in text if character in "\t\n" or character >= " ")
