"""Questions to the dataset about its items: what there is, and what is said of one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from cachetools import LRUCache
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryResultsFormat, QuerySolution, QuerySolutions, parse_query_results
from starlette.concurrency import run_in_threadpool

from query_service.answering import Answering
from query_service.errors import EngineFailure, UnknownItem
from query_service.examples.query_binding import bind_terms
from query_service.generations import Generation
from query_service.jobs import QueryJob
from query_service.linked_data.records import Description
from query_service.media_types import FORMATS
from query_service.query_files import query_text

__all__ = ["MOST_LABELLED", "MOST_PASSAGES", "Describing"]

#: Things that a description labels, and passages that it places, at most: those nearest to the item first.
MOST_LABELLED: Final = 1000
MOST_PASSAGES: Final = 300
#: Descriptions kept, for the next format that is asked for.
_KEPT: Final = 32
_JSON: Final = next(format_ for format_ in FORMATS if format_.key == "json")
_SELECTOR: Final = "http://www.w3.org/ns/oa#hasSelector"
_EVIDENCE: Final = frozenset({"http://www.w3.org/ns/prov#wasDerivedFrom"})


class _Known(NamedTuple):
    version: str
    items: frozenset[str]


class Describing:
    """Describes items of a generation.

    :param answering: gives answers; what may be seen of private graphs is by its settings.
    """

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._publishes_text = answering.settings.publish_text
        self._known: _Known | None = None
        self._learning = asyncio.Lock()
        self._kept: LRUCache[tuple[str, str, tuple[str, ...]], Description] = LRUCache(_KEPT)

    def published_graphs(self, generation: Generation) -> tuple[str, ...]:
        """IRIs of the graphs that data may be taken from: the public ones, and wordings where they are published."""
        base = generation.snapshot.manifest.base
        text = {f"{base}graph/text"} if self._publishes_text else set()
        return tuple(graph.iri for graph in generation.graphs if graph.public or graph.iri in text)

    def page_graphs(self, generation: Generation) -> tuple[str, ...]:
        """IRIs of the graphs that pages may show: wordings too, on the machine of who holds the documents."""
        text = f"{generation.snapshot.manifest.base}graph/text"
        return tuple(graph.iri for graph in generation.graphs if graph.public or graph.iri == text)

    async def items(self, generation: Generation) -> frozenset[str]:
        """IRIs of everything that has a page, graphs included; asked once for each version.

        :raises ServiceError: when it cannot be asked now.
        """
        async with self._learning:
            if self._known is None or self._known.version != generation.version:
                self._known = _Known(generation.version, await self._list(generation))
            return self._known.items

    async def _list(self, generation: Generation) -> frozenset[str]:
        graphs = self.published_graphs(generation)
        base = generation.snapshot.manifest.base
        found, after = {*graphs, f"{base}ontology"}, NamedNode(base)
        while rows := await self._ask(generation, "list_subjects", "after", [after], graphs):
            some = [row["item"].value for row in rows]
            found.update(some)
            after = NamedNode(max(some))
        return frozenset(found)

    async def describe(self, generation: Generation, iri: str, graphs: tuple[str, ...]) -> Description:
        """What is said of an item.

        :param iri: its IRI, without a fragment.
        :param graphs: those that are looked into.
        :raises UnknownItem: when nothing is said of it.
        :raises ServiceError: when it cannot be asked now.
        """
        key = (generation.version, iri, graphs)
        if key not in self._kept:
            self._kept[key] = await self._describe(generation, iri, graphs)
        return self._kept[key]

    async def _describe(self, generation: Generation, iri: str, graphs: tuple[str, ...]) -> Description:
        item = NamedNode(iri)
        rows = await self._ask(generation, "describe_item", "item", [item], graphs)
        parts = {
            part: _quads(row for row in rows if row["part"].value == part) for part in ("own", "incoming", "link", "defined")
        }
        if not rows and iri not in await self.items(generation):
            raise UnknownItem(f"There is nothing called {iri}.", found=iri)
        evidence = _EVIDENCE | {f"{generation.snapshot.manifest.base}ontology#evidence"}
        passages = [quad.object for quad in (*parts["own"], *parts["link"]) if quad.predicate.value in evidence]
        placed = list(dict.fromkeys(node for node in passages if isinstance(node, NamedNode)))[:MOST_PASSAGES]
        if any(quad.predicate.value == _SELECTOR for quad in parts["own"]):
            placed.append(item)
        asked = placed and await self._ask(generation, "describe_passages", "passage", placed, graphs)
        stands = _quads(asked or ())
        own = set(parts["own"])
        found = Description(
            iri,
            own=parts["own"],
            incoming=parts["incoming"],
            links=parts["link"],
            defined=parts["defined"],
            passages=tuple(quad for quad in stands if quad not in own),
        )
        labelled = _mentioned(found)[:MOST_LABELLED]
        labels = _quads(await self._ask(generation, "describe_labels", "subject", labelled, graphs))
        return Description(**{**found.__dict__, "labels": labels})

    async def _ask(
        self, generation: Generation, name: str, variable: str, terms: Sequence[NamedNode], graphs: tuple[str, ...]
    ) -> list[QuerySolution]:
        base = generation.snapshot.manifest.base
        text = bind_terms(query_text(name), variable, terms)
        body = await self._answering.fetch(generation, QueryJob(text, _JSON, base, generation.link, named_graphs=graphs))
        return await run_in_threadpool(_rows, body)


def _rows(body: bytes) -> list[QuerySolution]:
    solutions = parse_query_results(body, QueryResultsFormat.JSON)
    if not isinstance(solutions, QuerySolutions):
        raise EngineFailure("a query for rows gave none")
    return list(solutions)


def _quads(rows: Iterable[QuerySolution]) -> tuple[Quad, ...]:
    found = {_quad(row) for row in rows}
    return tuple(
        sorted(found, key=lambda quad: (str(quad.subject), quad.predicate.value, str(quad.object), str(quad.graph_name)))
    )


def _quad(row: QuerySolution) -> Quad:
    subject, property_, value, graph = (row[name] for name in ("subject", "property", "value", "graph"))
    if not (isinstance(subject, NamedNode | BlankNode) and isinstance(property_, NamedNode) and isinstance(graph, NamedNode)):
        raise EngineFailure("a statement that is none")
    if not isinstance(value, NamedNode | BlankNode | Literal):
        raise EngineFailure("a statement on a statement")
    return Quad(subject, property_, value, graph)


def _mentioned(description: Description) -> list[NamedNode]:
    """Things that a description names, those nearest to the item first."""
    near = (description.own, description.links, description.incoming, description.defined)
    terms = (term for part in near for quad in part for term in (quad.object, quad.predicate, quad.subject))
    named = [NamedNode(description.iri), *(term for term in terms if isinstance(term, NamedNode))]
    return list(dict.fromkeys(named))
