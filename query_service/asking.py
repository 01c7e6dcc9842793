"""Questions of the service itself: the files of ``queries/``, asked of whatever engine there is."""

from __future__ import annotations

from io import BytesIO
from typing import Final, Protocol

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from query_service.jobs import QueryJob
from query_service.lookups import Row
from query_service.media_types import FORMATS
from query_service.query_files import query_text
from query_service.results import Sink

__all__ = ["Asked", "Asking", "answer_whole"]

_FORMATS: Final = {format_.key: format_ for format_ in FORMATS}


class Asked(Protocol):
    """Answers queries: the engine over a snapshot, or another endpoint."""

    def answer(self, job: QueryJob, out: Sink) -> None:
        """Write the whole answer to a query."""


def answer_whole(engine: Asked, job: QueryJob) -> bytes:
    """The whole answer to a query, in memory.

    :raises ServiceError: when there is none.
    """
    out = BytesIO()
    engine.answer(job, out)
    return out.getvalue()


class Asking:
    """Asks an engine without values to bind; what the answers hold is small.

    :param engine: the engine.
    :param base: base of the IRIs of its dataset; the queries name its own terms relative to it.
    """

    def __init__(self, engine: Asked, base: str) -> None:
        self._engine = engine
        self._base = base

    def rows(self, name: str) -> list[Row]:
        """Answers to a query for rows.

        :param name: of its file, without ``.rq``.
        """
        solutions = parse_query_results(self._answer(name, "json"), QueryResultsFormat.JSON)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError(f"{name}.rq is a query for rows")
        names = [variable.value for variable in solutions.variables]
        return [{name: solution[name].value for name in names if solution[name] is not None} for solution in solutions]

    def triples(self, name: str) -> list[Triple]:
        """Answer to a query for a graph.

        :param name: of its file, without ``.rq``.
        """
        return [quad.triple for quad in parse(self._answer(name, "nt"), RdfFormat.N_TRIPLES)]

    def _answer(self, name: str, key: str) -> bytes:
        return answer_whole(self._engine, QueryJob(query_text(name), _FORMATS[key], self._base, self._base))
