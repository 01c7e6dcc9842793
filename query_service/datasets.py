"""Which graphs a query may see, for every engine alike: those of the request, else those of the query, less the hidden."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode, RdfFormat, parse

from query_service.errors import MalformedRequest
from query_service.jobs import QueryJob
from query_service.query_text import QueryText

__all__ = ["AskedDataset", "asked_dataset", "graph_nodes", "resolve_names"]


class AskedDataset(NamedTuple):
    """Graphs that a query sees: those merged to the default graph, and those GRAPH sees."""

    default: tuple[str, ...]
    named: tuple[str, ...]


def asked_dataset(job: QueryJob, query: QueryText, hidden: Collection[str]) -> AskedDataset | None:
    """Graphs that the request names, else the query (SPARQL Protocol, 2.1.4); none when neither names any.

    :param hidden: graphs that are left out whoever names them.
    :raises SyntaxError: when the prologue of the query is not valid.
    """
    if job.default_graphs or job.named_graphs:
        default, named = job.default_graphs, job.named_graphs
    else:
        clauses = list(query.dataset_clauses())
        if not clauses:
            return None
        default = resolve_names(query.prologue, [graph for is_named, graph in clauses if not is_named], job.base)
        named = resolve_names(query.prologue, [graph for is_named, graph in clauses if is_named], job.base)
    return AskedDataset(tuple(iri for iri in default if iri not in hidden), tuple(iri for iri in named if iri not in hidden))


def graph_nodes(iris: Sequence[str]) -> list[NamedNode]:
    """Names of graphs as terms.

    :raises MalformedRequest: when one is no absolute IRI.
    """
    nodes = []
    for iri in iris:
        try:
            nodes.append(NamedNode(iri))
        except ValueError as error:
            raise MalformedRequest(f"This is not the IRI of a graph: {error}.", found=iri, expected="an absolute IRI") from None
    return nodes


def resolve_names(prologue: str, graphs: list[str], base: str) -> tuple[str, ...]:
    """IRIs of names written in a query. Its prologue is Turtle too, so that the engine itself resolves them.

    :raises SyntaxError: when the prologue is not valid.
    """
    turtle = "\n".join([prologue, *(f"<> <> {graph} ." for graph in graphs)])
    quads = parse(turtle, RdfFormat.TURTLE, base_iri=base)
    return tuple(dict.fromkeys(quad.object.value for quad in quads if isinstance(quad.object, NamedNode)))
