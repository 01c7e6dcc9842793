"""The network of links: what there is, and the part of it that an address asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.network.parameters import EVERY, RELATIONS, ROLES, NetworkParameters
from query_service.analyst.provisions.counts import all_counts
from query_service.analyst.reasons import statement_facts
from query_service.errors import UnknownItem
from query_service.ordering import by_number
from query_service.trace.choices import WALKED

__all__ = ["Edge", "Network", "Node", "find_network"]

_RANKED: Final = "principle/cbp-"
_PROVISIONS: Final = ("principle", "conclusion", "recommendation", "guideline")


class Node(NamedTuple):
    """An item of the network.

    :ivar degree: links that it has in what is shown.
    """

    item: Named
    kind: str
    framework: str
    degree: int


class Edge(NamedTuple):
    """A link of the network.

    :ivar predicate: property, by its compact name, e.g. ``ipg:implements``.
    :ivar strength: e.g. ``ipg:Primary``; empty where it has none.
    :ivar link: IRI of its record; empty for roles and countries, which have none.
    """

    source: str
    predicate: str
    target: str
    strength: str = ""
    basis: str = ""
    review: str = ""
    confidence: float | None = None
    rationale: str = ""
    link: str = ""

    @property
    def relation(self) -> str:
        """Name of the property without its prefix."""
        return self.predicate.partition(":")[2]


class Network(NamedTuple):
    """A part of the network, in order: nodes with most links first, links by their ends."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def find_network(view: View, parameters: NetworkParameters) -> Network:
    """The part of the network that an address asks for.

    :raises UnknownItem: when a framework or a country is not known.
    """
    frameworks = _frameworks(view, parameters)
    countries = _countries(view, parameters)
    practices = {
        practice.path
        for practice in view.things.practices.values()
        if not countries or countries & set(practice.paths("ipg:country"))
    }
    chosen = {path for path, provision in view.things.provisions.items() if frameworks & set(provision.paths("dcterms:isPartOf"))}
    edges = [edge for edge in _all_edges(view) if edge.relation in parameters.relation]
    kept = [edge for edge in edges if _is_link(edge) and _is_asked(edge, parameters, practices, chosen)]
    if "implements" in parameters.relation:
        practices = {edge.source for edge in kept if edge.relation == "implements"}
    kept += [edge for edge in edges if not _is_link(edge) and edge.source in practices]
    alone = chosen if "implements" in parameters.relation and not parameters.linked_only else set()
    kept.sort(key=lambda edge: (_order(edge.target), _order(edge.source), edge.predicate))
    return Network(tuple(_nodes(view, kept, alone)), tuple(kept))


def _is_link(edge: Edge) -> bool:
    return edge.relation not in {*ROLES, "country"}


def _is_asked(edge: Edge, parameters: NetworkParameters, practices: set[str], chosen: set[str]) -> bool:
    if edge.relation == "implements":
        # Only a Common Basic Principle can come first for a practice: links to other provisions are all secondary.
        strong = parameters.strength == "any" or edge.strength == "ipg:Primary" or not edge.target.startswith(_RANKED)
        return strong and edge.source in practices and edge.target in chosen
    return edge.target in chosen or edge.source in chosen


def _frameworks(view: View, parameters: NetworkParameters) -> set[str]:
    known = [framework.path for framework in all_counts(view)]
    if EVERY in parameters.framework:
        return set(known)
    wanted = {f"framework/{view.things.path(name).removeprefix('framework/')}" for name in parameters.framework}
    _check(wanted, known, "framework/", "No framework with provisions has this key.")
    return wanted


def _countries(view: View, parameters: NetworkParameters) -> set[str]:
    known = {path for practice in view.things.practices.values() for path in practice.paths("ipg:country")}
    wanted = {f"place/{view.things.path(name).removeprefix('place/').lower()}" for name in parameters.country}
    _check(wanted, known, "place/", "No practice runs in a country of this code.")
    return wanted


def _check(wanted: Iterable[str], known: Iterable[str], prefix: str, detail: str) -> None:
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        keys = sorted(path.removeprefix(prefix) for path in known)
        raise UnknownItem(detail, found=unknown[0].removeprefix(prefix), expected=", ".join(keys))


def _all_edges(view: View) -> list[Edge]:
    return view.analysis.kept("network-edges", lambda: [*_recorded(view), *_bare(view)])


def _recorded(view: View) -> Iterator[Edge]:
    facts = statement_facts(view)
    for edge in facts.edges(walked for walked in WALKED if walked.local_name() in RELATIONS and walked.local_name() not in ROLES):
        link = facts.link(edge)
        if link is None:
            continue
        yield Edge(
            edge.source,
            edge.walked.property,
            edge.target,
            link.strength or "",
            link.basis,
            link.review_state,
            link.confidence,
            link.rationale,
            link.iri,
        )


def _bare(view: View) -> Iterator[Edge]:
    """Roles of organisations and countries, which practices state without a record of reasons."""
    for practice in view.things.practices.values():
        for name in (*ROLES, "country"):
            for path in practice.paths(f"ipg:{name}"):
                yield Edge(practice.path, f"ipg:{name}", path)


def _nodes(view: View, edges: Iterable[Edge], alone: set[str]) -> list[Node]:
    degrees = Counter(end for edge in edges for end in (edge.source, edge.target))
    nodes = []
    for path in {*degrees, *alone}:
        provision = view.things.provisions.get(path)
        nodes.append(
            Node(
                item=namer_of(view).item(path),
                kind=path.partition("/")[0],
                framework=next(iter(provision.paths("dcterms:isPartOf")), "") if provision else "",
                degree=degrees[path],
            )
        )
    return sorted(nodes, key=lambda node: (node.kind not in _PROVISIONS, node.kind, _order(node.item.path)))


def _order(path: str) -> tuple[str, str, tuple[int, ...], str]:
    """Sorts by kind, then by framework and number where there is one."""
    kind, _, key = path.partition("/")
    if kind not in _PROVISIONS:
        return kind, "", (), path
    scheme = re.sub(r"[\d.]+$", "", key)
    return kind, "" if scheme == "cbp-" else scheme, by_number(key.removeprefix(scheme)), path
