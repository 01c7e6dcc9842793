"""What a dataset says of its examples, asked once for each version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from cachetools import LRUCache
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from query_service.answering import Answering
from query_service.examples.named_queries import NamedQuery, read_queries
from query_service.generations import Generation
from query_service.item_names import ItemNames
from query_service.jobs import QueryJob
from query_service.lookups import Row
from query_service.media_types import FORMATS
from query_service.query_files import query_text

__all__ = ["Known", "KnownExamples"]

_BY_KEY: Final = {format_.key: format_ for format_ in FORMATS}
_KEPT: Final = 4


class Known(NamedTuple):
    """What a generation says of its examples.

    :ivar triples: all statements on them.
    :ivar queries: the examples by key.
    :ivar items: items that values of parameters name.
    """

    triples: list[Triple]
    queries: Mapping[str, NamedQuery]
    items: ItemNames


class _Rows:
    """Rows that were asked for before."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def rows(self, _name: str) -> list[Row]:
        """The rows."""
        return self._rows


class KnownExamples:
    """The examples of the generations in service.

    :param answering: asks for them.
    """

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._known: LRUCache[str, Known] = LRUCache(_KEPT)

    async def of(self, generation: Generation) -> Known:
        """The examples of a generation.

        :raises ServiceError: when they cannot be asked for now.
        """
        known = self._known.get(generation.version)
        if known is None:
            triples = [quad.triple for quad in parse(await self._ask(generation, "list_examples", "nt"), RdfFormat.N_TRIPLES)]
            rows = _read_rows(await self._ask(generation, "list_items", "json"))
            items = ItemNames(_Rows(rows), generation.snapshot.manifest.base)
            known = self._known[generation.version] = Known(triples, read_queries(triples), items)
        return known

    async def _ask(self, generation: Generation, name: str, key: str) -> bytes:
        base = generation.snapshot.manifest.base
        return await self._answering.fetch(generation, QueryJob(query_text(name), _BY_KEY[key], base, generation.link))


def _read_rows(body: bytes) -> list[Row]:
    solutions = parse_query_results(body, QueryResultsFormat.JSON)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a query for rows gave none")
    names = [variable.value for variable in solutions.variables]
    return [{name: solution[name].value for name in names if solution[name] is not None} for solution in solutions]
