"""What the endpoint is and can do, in RDF: the answer to a request without a query.

Terms are those of https://www.w3.org/TR/sparql11-service-description/; versions of the language are told as the working
draft of SPARQL 1.2 has it (https://www.w3.org/TR/sparql12-service-description/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from query_service.generations import Generation
from query_service.media_types import FORMATS, Format
from query_service.rdf_output import serialise_triples
from query_service.snapshot import GraphEntry

__all__ = ["GEO_FUNCTIONS", "describe_service"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_LANGUAGES: Final = ("SPARQL11Query", "SPARQLQuery")
_LANGUAGE_VERSION: Final = NamedNode("http://www.w3.org/ns/sparql#version-1.1")
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_TRIPLES: Final = NamedNode("http://rdfs.org/ns/void#triples")
_ENDPOINT: Final = NamedNode("http://rdfs.org/ns/void#sparqlEndpoint")
_CATALOGUED: Final = NamedNode("http://www.w3.org/ns/dcat#Dataset")
_VERSION: Final = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_GEO: Final = "http://www.opengis.net/def/function/geosparql/"
#: Functions of GeoSPARQL 1.1 (https://docs.ogc.org/is/22-047r1/22-047r1.html) that pyoxigraph 0.5.13 was seen to answer.
GEO_FUNCTIONS: Final = (
    *("asGeoJSON", "centroid", "convexHull", "difference", "dimension", "distance", "envelope", "getSRID"),
    *("intersection", "isEmpty", "isSimple", "length", "perimeter", "relate", "symDifference", "union"),
    *("ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint", "ehEquals", "ehInside", "ehMeet", "ehOverlap"),
    *("rcc8dc", "rcc8ec", "rcc8eq", "rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi"),
    *("sfContains", "sfCrosses", "sfDisjoint", "sfEquals", "sfIntersects", "sfOverlaps", "sfTouches", "sfWithin"),
)
#: Characters of an IRI that may stand in a fragment as they are (RFC 3986, 3.5).
_IN_FRAGMENT: Final = "/:?@!$&'()*+,;=~"


def describe_service(
    endpoint: str, generation: Generation, format_: Format, dataset: Iterable[Triple] = (), *, has_own_engine: bool = True
) -> bytes:
    """Write the service description.

    :param endpoint: absolute URL of the endpoint; its parts are named by fragments of it.
    :param format_: a graph format.
    :param dataset: what the dataset says of itself, in VoID.
    :param has_own_engine: whether what the own engine can do beyond the standard can be told.
    """
    described = list(dataset)
    wholes = [triple.subject for triple in described if triple.predicate == _TYPE and triple.object == _CATALOGUED]
    reached = [Triple(whole, _ENDPOINT, NamedNode(endpoint)) for whole in wholes]
    service = NamedNode(f"{endpoint}#service")
    functions = _functions(service) if has_own_engine else ()
    triples = chain(_service(endpoint, service), functions, _dataset(endpoint, service, generation), reached, described)
    return serialise_triples(triples, format_.key, generation.pool.prefixes)


def _service(endpoint: str, service: NamedNode) -> Iterator[Triple]:
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    for language in _LANGUAGES:
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
    yield Triple(service, _sd("supportedVersion"), _LANGUAGE_VERSION)
    for format_ in FORMATS:
        if format_.w3c:
            yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + format_.w3c))


def _functions(service: NamedNode) -> Iterator[Triple]:
    functions = [NamedNode(_GEO + name) for name in GEO_FUNCTIONS]
    yield from (Triple(service, _sd("extensionFunction"), function) for function in functions)
    yield from (Triple(function, _TYPE, _sd("Function")) for function in functions)


def _dataset(endpoint: str, service: NamedNode, generation: Generation) -> Iterator[Triple]:
    dataset, default = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default-graph")
    manifest = generation.snapshot.manifest
    if generation.graphs and all(graph.in_default for graph in generation.graphs):
        yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _VERSION, Literal(generation.version))
    yield Triple(dataset, _sd("defaultGraph"), default)
    # What was counted is what was loaded: figures hold until something is written, in test mode.
    is_counted = generation.version == manifest.version
    yield from _graph(default, manifest.default_graph.triples if is_counted else None)
    for graph in generation.graphs:
        name = quote(graph.iri.removeprefix(f"{manifest.base}graph/"), safe=_IN_FRAGMENT)
        yield from _named_graph(endpoint, dataset, name, graph, graph.triples if is_counted else None)


def _named_graph(endpoint: str, dataset: NamedNode, name: str, graph: GraphEntry, triples: int | None) -> Iterator[Triple]:
    named, content = NamedNode(f"{endpoint}#named-graph/{name}"), NamedNode(f"{endpoint}#graph/{name}")
    yield Triple(dataset, _sd("namedGraph"), named)
    yield Triple(named, _TYPE, _sd("NamedGraph"))
    yield Triple(named, _sd("name"), NamedNode(graph.iri))
    yield Triple(named, _sd("graph"), content)
    yield from _graph(content, triples)


def _graph(graph: NamedNode, triples: int | None) -> Iterator[Triple]:
    yield Triple(graph, _TYPE, _sd("Graph"))
    if triples is not None:
        yield Triple(graph, _TRIPLES, Literal(triples))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
