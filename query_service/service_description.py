"""What the endpoint is and can do, in RDF: the answer to a request without a query.

Terms are those of https://www.w3.org/TR/sparql11-service-description/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from query_service.generations import Generation
from query_service.media_types import FORMATS, Format
from query_service.rdf_output import serialise_triples
from query_service.snapshot import GraphEntry

__all__ = ["describe_service"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_TRIPLES: Final = NamedNode("http://rdfs.org/ns/void#triples")
_VERSION: Final = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")


def describe_service(endpoint: str, generation: Generation, format_: Format) -> bytes:
    """Write the service description.

    :param endpoint: absolute URL of the endpoint; its parts are named by fragments of it.
    :param format_: a graph format.
    """
    return serialise_triples(_triples(endpoint, generation), format_.key, generation.pool.prefixes)


def _triples(endpoint: str, generation: Generation) -> Iterator[Triple]:
    service, dataset, default = (NamedNode(f"{endpoint}#{part}") for part in ("service", "dataset", "default-graph"))
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for format_ in FORMATS:
        if format_.w3c:
            yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + format_.w3c))
    if all(graph.in_default for graph in generation.graphs):
        yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _VERSION, Literal(generation.version))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield from _graph(default, generation.snapshot.manifest.default_graph.triples)
    prefix = f"{generation.snapshot.manifest.base}graph/"
    for graph in generation.graphs:
        yield from _named_graph(endpoint, dataset, graph, graph.iri.removeprefix(prefix))


def _named_graph(endpoint: str, dataset: NamedNode, graph: GraphEntry, name: str) -> Iterator[Triple]:
    named, content = NamedNode(f"{endpoint}#named-graph/{name}"), NamedNode(f"{endpoint}#graph/{name}")
    yield Triple(dataset, _sd("namedGraph"), named)
    yield Triple(named, _TYPE, _sd("NamedGraph"))
    yield Triple(named, _sd("name"), NamedNode(graph.iri))
    yield Triple(named, _sd("graph"), content)
    yield from _graph(content, graph.triples)


def _graph(graph: NamedNode, triples: int) -> Iterator[Triple]:
    yield Triple(graph, _TYPE, _sd("Graph"))
    yield Triple(graph, _TRIPLES, Literal(triples))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
