"""What passes between the web front and the engines: a query to be answered, and what the answer may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from query_service.media_types import Format
from query_service.results import Sink
from query_service.snapshot import GraphEntry

__all__ = ["QueryEngine", "QueryJob"]


@dataclass(frozen=True)
class QueryJob:
    """A query with all that is needed to answer it; plain values, so that any process can.

    :param query: the query.
    :param format: format of the answer.
    :param base: base IRI of relative IRIs.
    :param link: URL of the dataset version.
    :param default_graphs: graphs whose merge is the default graph; either list replaces the dataset of the query.
    :param named_graphs: graphs that GRAPH sees.
    :param max_rows: most rows; an answer with more is an error.
    """

    query: str
    format: Format
    base: str
    link: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    max_rows: int | None = None


class QueryEngine(Protocol):
    """Answers queries: over the store of a snapshot, or by asking another endpoint."""

    @property
    def graphs(self) -> tuple[GraphEntry, ...]:
        """Graphs that can be queried."""

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that the ontology declares, in alphabetical order."""

    def is_ready(self) -> bool:
        """Whether queries can be answered now."""

    def enter_worker(self) -> None:
        """Get ready to answer, in the process that is to do so."""

    def answer(self, job: QueryJob, out: Sink) -> None:
        """Write the whole answer to a query, in the calling thread.

        What has been written when an error is raised is no answer, and must not pass for one.

        :raises ServiceError: what the client is to be told.
        """
