"""Read RDF files, and say where one is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from etl.errors import OntologyError
from etl.identifiers import BASE, graph_iri

__all__ = ["read_rdf", "read_turtle"]


def read_turtle(paths: Iterable[Path], graph: str) -> Iterator[Quad]:
    """Quads of some Turtle files of the repository in one named graph.

    :raises OntologyError: naming file, line and column of the first error.
    """
    node = NamedNode(graph_iri(graph))
    for path in paths:
        for quad in read_rdf(path):
            yield Quad(quad.subject, quad.predicate, quad.object, node)


def read_rdf(path: Path) -> Iterator[Quad]:
    """Quads of an RDF file in any syntax that its name tells (``.ttl``, ``.nq``, ``.jsonld``, ...).

    :raises OntologyError: naming file, line and column of the first error.
    """
    syntax = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if syntax is None:
        raise OntologyError(str(path), f"ends in {path.suffix!r}", "an RDF file such as .ttl or .nq", "name it by its syntax")
    try:
        yield from parse(path.read_bytes(), format=syntax, base_iri=BASE)
    except SyntaxError as error:
        where = f"{path}: line {error.lineno or '?'}, column {error.offset or '?'}"
        raise OntologyError(where, str(error.msg), f"well-formed {syntax.name}", "correct the line named") from error
    except OSError as error:
        raise OntologyError(str(path), f"cannot be read ({error.strerror})", "a readable file", "restore the file") from error
