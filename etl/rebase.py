"""Move a dataset from one base of IRIs to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

__all__ = ["move_base"]


def move_base(quads: Iterable[Quad], old: str, new: str) -> Iterator[Quad]:
    """Quads with every IRI below a base moved to another, also where a text such as an example query names it."""

    def move(node: Any) -> Any:
        if isinstance(node, NamedNode) and node.value.startswith(old):
            return NamedNode(new + node.value[len(old) :])
        if isinstance(node, Literal) and old in node.value:
            moved = node.value.replace(old, new)
            return Literal(moved, language=node.language) if node.language else Literal(moved, datatype=node.datatype)
        return node

    if old == new:
        yield from quads
        return
    for quad in quads:
        yield Quad(move(quad.subject), move(quad.predicate), move(quad.object), move(quad.graph_name))
