"""One named graph as a whole."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode, Quad
from starlette.concurrency import run_in_threadpool

from query_service.answering import Answering
from query_service.examples.query_binding import bind_terms
from query_service.generations import Generation
from query_service.jobs import QueryJob
from query_service.media_types import FORMATS
from query_service.query_files import query_text
from query_service.rdf_output import parse_graph

__all__ = ["read_graph"]

_TRIPLES: Final = next(format_ for format_ in FORMATS if format_.key == "nt")


async def read_graph(answering: Answering, generation: Generation, iri: str) -> list[Quad]:
    """Statements of a graph, in one order.

    :param iri: of the graph; that it may be seen is for the caller to know.
    :raises ServiceError: when it cannot be asked now.
    """
    graph = NamedNode(iri)
    text = bind_terms(query_text("describe_graph"), "graph", [graph])
    job = QueryJob(text, _TRIPLES, generation.snapshot.manifest.base, generation.link, named_graphs=(iri,))
    body = await answering.fetch(generation, job)
    return await run_in_threadpool(_read, body, graph)


def _read(body: bytes, graph: NamedNode) -> list[Quad]:
    quads = [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parse_graph(body, _TRIPLES.key, None)]
    return sorted(quads, key=str)
