"""Prefixes of the project: the same names as ``ontology/prefixes.ttl`` (a test compares the two)."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import NamedNode

from etl.identifiers import BASE, TERMS

__all__ = ["PREFIXES", "compact", "expand"]

PREFIXES = {
    "id": BASE + "id/",
    "graph": BASE + "graph/",
    "ipg": TERMS,
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spex": "https://purl.expasy.org/sparql-examples/ontology#",
    "sssom": "https://w3id.org/sssom/",
    "void": "http://rdfs.org/ns/void#",
    "void-ext": "http://ldf.fi/void-ext#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@lru_cache(maxsize=65536)
def expand(curie: str) -> NamedNode:
    """IRI of a compact name such as ``skos:Concept`` or ``id:principle/cbp-1``.

    :raises KeyError: when the prefix is not one of :data:`PREFIXES`.
    """
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


@lru_cache(maxsize=65536)
def compact(iri: str) -> str:
    """Compact name of an IRI, or the IRI where no prefix of :data:`PREFIXES` fits: the reverse of :func:`expand`."""
    prefix = max(
        (p for p, namespace in PREFIXES.items() if iri.startswith(namespace)), key=lambda p: len(PREFIXES[p]), default=""
    )
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri
