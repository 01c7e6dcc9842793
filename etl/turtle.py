"""Read the Turtle files of the repository into named graphs, and say where one is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from etl.errors import OntologyError
from etl.identifiers import graph_iri

__all__ = ["read_turtle"]


def read_turtle(paths: Iterable[Path], graph: str) -> Iterator[Quad]:
    """Quads of some Turtle files in one named graph.

    :raises OntologyError: naming file, line and column of the first error.
    """
    node = NamedNode(graph_iri(graph))
    for path in paths:
        try:
            for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=path.name and "https://w3id.org/ipg/"):
                yield Quad(quad.subject, quad.predicate, quad.object, node)
        except SyntaxError as error:
            where = f"{path}: line {error.lineno or '?'}, column {error.offset or '?'}"
            raise OntologyError(where, str(error.msg), "Turtle 1.1", "correct the line named") from error
        except (OSError, UnicodeDecodeError) as error:
            raise OntologyError(str(path), f"cannot be read: {error}", "Turtle in UTF-8", "restore the file") from error
