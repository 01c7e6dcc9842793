"""The result as RDF: what is said of the practices found, the records of their links, labels, and the filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

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


class _Statements(NamedTuple):
    """Statements by practice, and labels by what they name; both by IRI."""

    of: Mapping[str, list[Quad]]
    labels: Mapping[str, list[Quad]]


def write_rdf(result: Result, key: str) -> bytes:
    """The result in a format of RDF.

    :param key: of the format: ttl, jsonld, nt, rdf or trig.
    :raises ServiceError: when the dataset cannot be asked now.
    """
    view, source = result.view, result.view.analysis.source
    statements = view.analysis.kept("statements on practices", lambda: _read(view.analysis))
    quads = [quad for entry in result.selection.entries for quad in statements.of[entry.thing.iri]]
    named = dict.fromkeys(
        term.value for quad in quads for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, NamedNode)
    )
    labels = [quad for iri in named for quad in statements.labels.get(iri, ())]
    document = result.address
    about = [*_describe(result, document), *dict.fromkeys((*quads, *labels))]
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


def _read(analysis: Analysis) -> _Statements:
    source = analysis.source
    public = source.public_graphs
    of: dict[str, list[Quad]] = defaultdict(list)
    labels: dict[str, list[Quad]] = defaultdict(list)
    for row in source.terms("practice_statements"):
        if quad := _quad(row, public):
            of[row["practice"].value].append(quad)
    for row in source.terms("practice_labels"):
        if quad := _quad(row, public):
            labels[row["subject"].value].append(quad)
    return _Statements(of, labels)


def _quad(row: Mapping[str, Term], public: Collection[str]) -> Quad | None:
    """A statement; none where its graph is not for everyone."""
    subject, property_, value, graph = (row[name] for name in ("subject", "property", "value", "graph"))
    if not (isinstance(subject, NamedNode) and isinstance(property_, NamedNode) and isinstance(graph, NamedNode)):
        return None
    return Quad(subject, property_, value, graph) if graph.value in public else None
