"""Trace how two items hang together: every path between them, or from one to all items of a kind.

Statements can be walked both ways. A path visits no item twice and is one of all there are: too many are an error, never
a part of them. What is inferred is no hop of its own: the path that makes it says by which axiom it follows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import networkx as nx

from query_service.errors import MalformedRequest, TraceTooLarge
from query_service.item_names import Item, ItemNames
from query_service.lookups import Source, source_of
from query_service.snapshot import Snapshot
from query_service.trace.choices import TARGETS, WALKED, Target, Walked
from query_service.trace.facts import Edge, Facts
from query_service.trace.question import Question
from query_service.trace.records import Axiom, Derived, Hop, Statement, Trace, TracedPath

__all__ = ["Step", "trace", "walk", "walkable"]


class Step(NamedTuple):
    """A statement by its place in a list, and whether it is walked in its direction."""

    edge: int
    along: bool


def trace(dataset: Snapshot | Source | Facts, question: Question) -> Trace:
    """Find all paths that answer a question.

    :param dataset: a snapshot, what a service serves, or what is known of either already.

    :raises UnknownItem: when no item has a name, with the nearest ones.
    :raises AmbiguousItem: when several have it.
    :raises MalformedRequest: when a property is not walked, or start and end are the same.
    :raises TraceTooLarge: when there are more paths than ``question.max_paths``.
    :raises SnapshotUnusable: when the store cannot be opened.
    """
    facts = dataset if isinstance(dataset, Facts) else Facts(source_of(dataset, show=("text",) if question.wording else ()))
    start = facts.names.find(question.start)
    end = facts.names.find(question.end) if question.end else None
    if start == end:
        raise MalformedRequest("Both names mean the same item.", found=start.path, expected="two items")
    to = None if end else question.to or _default_target(start, facts.names)
    ends = frozenset({end.path}) if end else facts.names.members(TARGETS[to or "practices"]) - {start.path}
    walked = _walked(question)
    edges = facts.edges(walked)
    found = _find(edges, start.path, ends, question)
    found.sort(key=lambda steps: _order(steps, edges, start.path))
    return _Teller(facts, edges).tell(facts.version, question, walked, (start, end, to), found)


def _default_target(start: Item, names: ItemNames) -> Target:
    return "principles" if names.is_a(start.path, "Practice") or names.is_a(start.path, "Criterion") else "practices"


def _walked(question: Question) -> tuple[Walked, ...]:
    named = {walked.local_name(): walked for walked in WALKED}
    unknown = sorted(set(question.properties) - set(named))
    if unknown:
        raise MalformedRequest("This property is not walked.", found=", ".join(unknown), expected="one of " + ", ".join(named))
    if question.properties:
        return tuple(walked for name, walked in named.items() if name in question.properties)
    return tuple(walked for walked in WALKED if question.structure or not walked.structural)


def walkable(
    edges: Sequence[Edge], last: Collection[str] = (), *, along: bool = True, against: bool = True
) -> nx.MultiDiGraph[str]:
    """The statements as a graph with one arc for each way in which a statement can be walked; an arc's key is its :class:`Step`.

    :param last: items that no arc leaves: a path ends there.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, edge in enumerate(edges):
        if along and edge.source not in last:
            graph.add_edge(edge.source, edge.target, key=Step(number, True))
        if against and edge.target not in last:
            graph.add_edge(edge.target, edge.source, key=Step(number, False))
    return graph


def walk(graph: nx.MultiDiGraph[str], start: str, ends: Collection[str], max_hops: int) -> Iterator[tuple[Step, ...]]:
    """All simple paths from an item to any of several, each as its steps."""
    goals = [end for end in ends if end in graph]
    if start not in graph or not goals:
        return
    # Only what lies near enough to both ends can be on a path; without the rest the search does not lose itself.
    ahead = nx.single_source_shortest_path_length(graph, start, cutoff=max_hops)
    behind = nx.multi_source_dijkstra_path_length(graph.reverse(copy=False), goals, cutoff=max_hops, weight=None)
    near = graph.subgraph([node for node, far in ahead.items() if far + behind.get(node, max_hops + 1) <= max_hops])
    if start in near:
        goals = [goal for goal in goals if goal in near]
        for arcs in nx.all_simple_edge_paths(near, start, goals, cutoff=max_hops):
            yield tuple(step for _, _, step in arcs)


def _find(edges: Sequence[Edge], start: str, ends: Collection[str], question: Question) -> list[tuple[Step, ...]]:
    last = () if question.through else ends
    ways = [{"against": False}, {"along": False}] if question.one_way else [{}]
    graphs = [walkable(edges, last, **way) for way in ways]

    def paths(max_hops: int) -> Iterator[tuple[Step, ...]]:
        return (steps for graph in graphs for steps in walk(graph, start, ends, max_hops))

    found = list(islice(paths(question.max_hops), question.max_paths + 1))
    if len(found) <= question.max_paths:
        return found
    fewer = {hops: sum(1 for _ in islice(paths(hops), question.max_paths + 1)) for hops in range(1, question.max_hops)}
    fitting = {hops: count for hops, count in fewer.items() if count <= question.max_paths}
    error = TraceTooLarge(
        f"There are more than {question.max_paths} paths of at most {question.max_hops} hops.",
        expected=f"at most {question.max_paths} (max-paths)",
        mend="; ".join(
            [
                *(f"a max-hops of {hops} gives {count}" for hops, count in fitting.items()),
                "or ask for one-way paths, for some properties only, or for one item to arrive at",
            ]
        ),
    )
    error.fitting = fitting
    raise error


def _order(steps: Sequence[Step], edges: Sequence[Edge], start: str) -> tuple[object, ...]:
    """Shortest first; then by the item arrived at, with what is primary first; then by the items on the way."""
    nodes = [start, *(edges[step.edge].target if step.along else edges[step.edge].source for step in steps)]
    primary = any("ipg:primaryPrinciple" in edges[step.edge].also for step in steps)
    return len(steps), not primary, _natural(nodes[-1]), [_natural(node) for node in nodes], steps


def _natural(path: str) -> tuple[tuple[str, int], ...]:
    """A key that puts conclusion/7 before conclusion/10."""
    return tuple((words, int(number or 0)) for words, number in re.findall(r"(\D+)(\d*)", path))


class _Teller:
    """Puts paths of steps into words and describes what they walk."""

    def __init__(self, facts: Facts, edges: Sequence[Edge]) -> None:
        self._facts = facts
        self._edges = edges
        self._axioms = facts.axioms()
        self._inferred = facts.inferred()
        self._numbers: dict[int, int] = {}

    def tell(
        self,
        version: str,
        question: Question,
        walked: Sequence[Walked],
        ends: tuple[Item, Item | None, Target | None],
        found: Sequence[tuple[Step, ...]],
    ) -> Trace:
        start, end, to = ends
        paths = tuple(self._path(steps) for steps in found)
        met = {hop.target for path in paths for hop in path.hops} | {start.path} | ({end.path} if end else set())
        return Trace(
            dataset_version=version,
            start=start.path,
            end=end.path if end else None,
            to=to,
            max_hops=question.max_hops,
            max_paths=question.max_paths,
            properties=tuple(kind.property for kind in walked),
            one_way=question.one_way,
            through=question.through,
            path_count=len(paths),
            paths_by_hops=dict(sorted(Counter(len(path.hops) for path in paths).items())),
            items=tuple(self._facts.names.item(path) for path in sorted(met, key=_natural)),
            statements=tuple(self._statement(edge, number) for edge, number in self._numbers.items()),
            paths=paths,
        )

    def _path(self, steps: tuple[Step, ...]) -> TracedPath:
        return TracedPath(hops=tuple(self._hop(step) for step in steps), derived=tuple(self._derived(steps)))

    def _hop(self, step: Step) -> Hop:
        edge = self._edges[step.edge]
        ends = (edge.source, edge.target) if step.along else (edge.target, edge.source)
        return Hop(
            source=ends[0],
            target=ends[1],
            along=step.along,
            words=edge.walked.along if step.along else edge.walked.against,
            statement=self._numbers.setdefault(step.edge, len(self._numbers) + 1),
        )

    def _derived(self, steps: Sequence[Step]) -> Iterator[Derived]:
        """What follows from hops of a path: each run of hops that an axiom needs, walked one way."""
        for axiom in self._axioms:
            for first in range(len(steps) - len(axiom.members) + 1):
                run = steps[first : first + len(axiom.members)]
                if len({step.along for step in run}) == 1 and (told := self._follows(run, axiom)):
                    yield told.model_copy(update={"hops": tuple(range(first + 1, first + 1 + len(run)))})

    def _follows(self, run: Sequence[Step], axiom: Axiom) -> Derived | None:
        edges = [self._edges[step.edge] for step in (run if run[0].along else reversed(run))]
        source, target = edges[0].source, edges[-1].target
        fits = all(
            member == edge.walked.property or member in edge.also for member, edge in zip(axiom.members, edges, strict=True)
        )
        if not fits or (source, axiom.property, target) not in self._inferred:
            return None
        words = " ".join(re.findall(r"[A-Z]?[a-z]+", axiom.property.partition(":")[2])).lower()
        return Derived(source=source, property=axiom.property, target=target, words=words, axiom=axiom, hops=())

    def _statement(self, number: int, told_as: int) -> Statement:
        edge = self._edges[number]
        return Statement(
            number=told_as,
            source=edge.source,
            property=edge.walked.property,
            target=edge.target,
            words=edge.walked.along,
            also=edge.also,
            primary="ipg:primaryPrinciple" in edge.also,
            asserted=edge.asserted,
            structural=edge.walked.structural,
            tension=edge.walked.tension,
            graphs=edge.graphs,
            link=self._facts.link(edge),
        )
