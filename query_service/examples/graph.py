"""The example queries as RDF for query editors, with the address of the endpoint that answers them.

Terms are those of https://github.com/sib-swiss/sparql-examples. The address is a setting of the service and no part of the
dataset, so it is added here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Triple

from query_service.media_types import Format
from query_service.rdf_output import serialise_triples

__all__ = ["render_examples"]

_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_EXECUTABLE: Final = NamedNode("http://www.w3.org/ns/shacl#SPARQLExecutable")
_TARGET: Final = NamedNode("https://schema.org/target")


def render_examples(triples: Iterable[Triple], endpoint: str, format_: Format, prefixes: Mapping[str, str]) -> bytes:
    """Write the examples.

    :param triples: what ``list_examples.rq`` finds.
    :param endpoint: absolute URL of the endpoint.
    :param format_: a graph format.
    :param prefixes: prefixes for the formats that have them.
    """
    said = set(triples)
    target = NamedNode(endpoint)
    said |= {
        Triple(triple.subject, _TARGET, target) for triple in said if (triple.predicate, triple.object) == (_TYPE, _EXECUTABLE)
    }
    return serialise_triples(sorted(said, key=str), format_.key, prefixes)
