"""Triples to bytes, in every RDF format of the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import RdfFormat, Triple, serialize

__all__ = ["serialise_triples"]

_FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "n3": RdfFormat.N3,
}


def serialise_triples(triples: Iterable[Triple], key: str, prefixes: Mapping[str, str]) -> bytes:
    """Write triples.

    :param key: key of a graph format in the table of media types.
    :param prefixes: prefixes for the formats that have them.
    """
    body = serialize(triples, format=_FORMATS[key], prefixes=dict(prefixes)) or b""
    # pyoxigraph 0.5.13 declares prefixes in an order of chance; the same graph is to be the same bytes.
    declared = body.split(b"\n", len(prefixes))
    if not all(line.startswith(b"@prefix ") for line in declared[:-1]):
        return body
    return b"\n".join([*sorted(declared[:-1]), declared[-1]])
