"""What the dataset says of itself in VoID, read from the graph of the snapshot that holds it.

The build has counted; here is only asked. As with any question, a worker answers it.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import Triple
from starlette.concurrency import run_in_threadpool

from query_service.generations import Generation
from query_service.jobs import QueryJob
from query_service.media_types import Kind, choose_format
from query_service.query_files import query_text
from query_service.rdf_output import parse_graph

__all__ = ["read_dataset_description"]

_GRAPH: Final = "graph/metadata"
_PLAIN: Final = "nt"


async def read_dataset_description(generation: Generation, client: str, query: str = "describe_dataset") -> list[Triple]:
    """Statements of the dataset on itself, its parts and its graphs; none where a snapshot has no such graph.

    :param client: whose turn the question takes.
    :param query: name of the question, where less than all is wanted.
    :raises ServiceError: when it cannot be answered now.
    """
    base = generation.snapshot.manifest.base
    if not any(graph.iri == base + _GRAPH for graph in generation.graphs):
        return []
    format_ = choose_format([Kind.GRAPH], None, [_PLAIN]).format
    answer = generation.pool.submit(QueryJob(query_text(query), format_, base, generation.link), client, "pages")
    try:
        await answer.settle(None, None)
        return await run_in_threadpool(_read_triples, await answer.read_all())
    finally:
        answer.close()


def _read_triples(body: bytes) -> list[Triple]:
    # In one order, so that the same description is the same bytes; what is said of one thing stands together.
    return sorted({quad.triple for quad in parse_graph(body, _PLAIN, None)}, key=str)
