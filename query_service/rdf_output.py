"""Triples to bytes and back, in every RDF format of the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import IO, Final, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from query_service.errors import MalformedRequest
from query_service.results import Finisher, finish_graph

__all__ = ["parse_graph", "serialise_triples", "write_triples"]

_FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "n3": RdfFormat.N3,
}


def write_triples(triples: Iterable[Triple] | Iterable[Quad], out: Finisher, key: str, prefixes: Mapping[str, str]) -> None:
    """Write triples as they come.

    :param triples: with their graphs, for formats that name them.
    :param out: what finishes the output; only its ``write`` and ``flush`` are used.
    :param key: key of a graph format in the table of media types.
    :param prefixes: prefixes for the formats that have them.
    """
    serialize(triples, cast("IO[bytes]", out), format=_FORMATS[key], prefixes=dict(prefixes))


def serialise_triples(triples: Iterable[Triple] | Iterable[Quad], key: str, prefixes: Mapping[str, str]) -> bytes:
    """Triples as bytes; the same triples in the same order are the same bytes.

    :raises NotAcceptable: when RDF/XML cannot carry them.
    """
    out = BytesIO()
    finisher = finish_graph(out, key)
    write_triples(triples, finisher, key, prefixes)
    finisher.end()
    return out.getvalue()


def parse_graph(body: bytes, key: str, base: str | None) -> list[Quad]:
    """Triples of a body.

    :param key: key of a graph format in the table of media types.
    :param base: IRI against which relative ones are resolved.
    :raises MalformedRequest: when the body is not valid; says where.
    """
    try:
        return list(parse(body, _FORMATS[key], base_iri=base, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise MalformedRequest(f"The body is not valid {_FORMATS[key].name}: {error}", line=line) from None
