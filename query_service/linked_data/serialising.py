"""Descriptions and graphs as RDF: with their named graphs where the format has them, else as the union of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from query_service.linked_data.json_ld import compact_triples
from query_service.media_types import Format
from query_service.rdf_output import serialise_triples

__all__ = ["MOST_COMPACTED", "describe_document", "serialise_statements"]

#: Triples that are compacted to plain JSON; compacting takes 0.2 ms each, so larger graphs keep full IRIs for names.
MOST_COMPACTED: Final = 10_000
_WITH_GRAPHS: Final = frozenset({"trig", "nq"})
_DCTERMS: Final = "http://purl.org/dc/terms/"
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DOCUMENT: Final = NamedNode("http://xmlns.com/foaf/0.1/Document")
_TOPIC: Final = NamedNode("http://xmlns.com/foaf/0.1/primaryTopic")
_VERSION: Final = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")


def describe_document(url: str, iri: str, dataset: str | None, licence: str | None, version: str) -> list[Quad]:
    """What a document of data says of itself: its topic, licence, dataset and version; in no named graph.

    :param url: of the document, without a format.
    """
    document = NamedNode(url)
    triples = [
        Triple(document, _TYPE, _DOCUMENT),
        Triple(document, _TOPIC, NamedNode(iri)),
        Triple(document, _VERSION, Literal(version)),
    ]
    if dataset:
        triples.append(Triple(document, NamedNode(f"{_DCTERMS}isPartOf"), NamedNode(dataset)))
    if licence:
        triples.append(Triple(document, NamedNode(f"{_DCTERMS}license"), NamedNode(licence)))
    return [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]


def serialise_statements(
    quads: Sequence[Quad], format_: Format, prefixes: Mapping[str, str], *, iri: str, context: tuple[bytes | None, str]
) -> bytes:
    """Write statements in a graph format.

    A format that has named graphs carries them beside their union, which is the default graph as it is at the endpoint: a client
    that follows links and asks for N-Quads first looks nowhere else. A whole graph is written as that graph alone.

    :param iri: what they are about.
    :param context: the context of JSON-LD, and its URL.
    :raises NotAcceptable: when RDF/XML cannot carry them.
    """
    triples = _union(quads)
    if format_.key in _WITH_GRAPHS:
        graphs = {quad.graph_name for quad in quads}
        is_whole = NamedNode(iri) in graphs
        return serialise_triples(quads if is_whole else [*map(_in_default, triples), *_named(quads)], format_.key, prefixes)
    if format_.key == "jsonld" and len(triples) <= MOST_COMPACTED:
        return compact_triples(triples, iri, *context)
    return serialise_triples(triples, format_.key, {} if format_.key == "jsonld" else prefixes)


def _in_default(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def _named(quads: Iterable[Quad]) -> list[Quad]:
    return [quad for quad in quads if isinstance(quad.graph_name, NamedNode)]


def _union(quads: Iterable[Quad]) -> list[Triple]:
    """Statements without their graphs; one that stands in several counts once, and what is said of one thing together."""
    triples = dict.fromkeys(quad.triple for quad in quads)
    order = {subject: place for place, subject in enumerate(dict.fromkeys(triple.subject for triple in triples))}
    return sorted(triples, key=lambda triple: order[triple.subject])
