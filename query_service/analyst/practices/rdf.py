"""The result as RDF: what is said of the practices found, the records of their links, labels, and the filter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from query_service.analyst.desk import Analysis
from query_service.analyst.practices.result import Result
from query_service.analyst.served_source import Term
from query_service.linked_data.json_ld import read_context
from query_service.linked_data.serialising import describe_document, serialise_statements
from query_service.media_types import FORMATS

__all__ = ["write_rdf"]

_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_QUERIES: Final = ("practice_statements", "practice_labels")


def write_rdf(result: Result, key: str) -> bytes:
    """The result in a format of RDF.

    :param key: of the format: ttl, jsonld, nt, rdf or trig.
    :raises ServiceError: when the dataset cannot be asked now.
    """
    view, source = result.view, result.view.analysis.source
    document = result.address
    told = [quad for entry in result.selection.entries for quad in _statements(view.analysis, entry.thing.iri)]
    about = [*_describe(result, document), *dict.fromkeys(told)]
    chosen = next(format_ for format_ in FORMATS if format_.key == key)
    context = (read_context(source.snapshot), view.urls.at("context.jsonld"))
    return serialise_statements(about, chosen, source.prefixes, iri=document, context=context)


def _describe(result: Result, document: str) -> list[Quad]:
    """What the document says of itself: which practices it holds, by which filter, of which version."""
    words, view = result.view.reading.words, result.view
    facts, version = view.things.facts, view.analysis.version
    found, total = len(result.selection.entries), result.selection.total
    told = describe_document(document, document, facts.dataset, view.site.licence, version)
    node = NamedNode(document)
    title = words("practices-title")
    note = words("practice-export-note", filter=result.filter_in_words, found=found, total=total, version=version)
    return [
        *(quad for quad in told if quad.predicate.value != f"{_FOAF}primaryTopic"),
        Quad(node, NamedNode(f"{_DCTERMS}title"), Literal(title, language=view.language)),
        Quad(node, NamedNode(f"{_DCTERMS}description"), Literal(note, language=view.language)),
        *(Quad(node, NamedNode(f"{_FOAF}topic"), NamedNode(entry.thing.iri)) for entry in result.selection.entries),
    ]


def _statements(analysis: Analysis, practice: str) -> tuple[Quad, ...]:
    """Statements on one practice, with labels of what they name.

    Practices are asked for one by one: another engine may send no more than some thousand rows at once.
    """

    def make() -> tuple[Quad, ...]:
        public = analysis.source.public_graphs
        rows = [row for name in _QUERIES for row in analysis.source.terms(name, practice=practice)]
        return tuple(quad for row in rows if (quad := _quad(row, public)))

    return analysis.kept(f"statements on {practice}", make)


def _quad(row: Mapping[str, Term], public: Collection[str]) -> Quad | None:
    """A statement; none where its graph is not for everyone."""
    subject, property_, value, graph = (row[name] for name in ("subject", "property", "value", "graph"))
    if not (isinstance(subject, NamedNode) and isinstance(property_, NamedNode) and isinstance(graph, NamedNode)):
        return None
    return Quad(subject, property_, value, graph) if graph.value in public else None
