"""The one layout of the ontology's Turtle files, so that a difference between two versions shows meaning only.

``python -m etl.layout FILE ...`` rewrites files in it.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import rdflib
from rdflib import OWL, RDF
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
from rdflib.term import BNode, Node

from etl.namespaces import PREFIXES
from etl.turtle import read_rdf

__all__ = ["format_turtle", "main"]

#: Items are written in full: the slashes of their paths would have to be escaped in prefixed names.
_UNUSED = {"id", "graph"}


def format_turtle(text: str) -> str:
    """Lay out Turtle in the canonical way: header first, terms and values sorted, one value a line, prefixes in use only.

    Comments are lost: what is worth saying is an annotation.

    :raises SyntaxError: when the text is not Turtle.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=text, format="turtle")
    terms = {term for triple in graph for term in triple}
    iris = {str(term) for term in terms if isinstance(term, rdflib.URIRef)}
    iris |= {str(term.datatype) for term in terms if isinstance(term, rdflib.Literal) and term.datatype}
    laid_out = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        if prefix not in _UNUSED and any(iri.startswith(namespace) for iri in iris):
            laid_out.bind(prefix, namespace)
    laid_out += graph
    buffer = io.BytesIO()
    _Sorted(laid_out).serialize(buffer, canon=True)  # type: ignore[no-untyped-call]  # rdflib's serializers are untyped
    return buffer.getvalue().decode().strip() + "\n"


class _Sorted(LongTurtleSerializer):
    """Orders subjects by IRI and not by how often they are referred to, so that a new term moves no other."""

    def orderSubjects(self) -> list[Node]:  # noqa: N802 - overrides a method of rdflib
        return sorted(self._subjects, key=self._rank)

    def _rank(self, subject: Node) -> tuple[bool, bool, bool, str]:
        blank = isinstance(subject, BNode)  # inner nodes of lists last: they are written where they are referred to
        header = (subject, RDF.type, OWL.Ontology) in self.store
        return blank, blank and self._references[subject] > 0, not header, str(subject)


def main(names: list[str]) -> None:
    """Rewrite the files named.

    :raises OntologyError: when a file cannot be read or is not Turtle, naming line and column.
    """
    for path in map(Path, names):
        list(read_rdf(path))
        path.write_text(format_turtle(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
