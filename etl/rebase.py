"""Move a dataset from one base of IRIs to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

__all__ = ["move_base"]


def move_base(quads: Iterable[Quad], old: str, new: str) -> Iterator[Quad]:
    """Quads with every IRI below a base moved to another, also where a text such as an example query names it.

    A pattern of a shape names it as a regular expression.
    """
    texts = {old: new, re.escape(old): re.escape(new)}

    def move(node: Any) -> Any:
        if isinstance(node, NamedNode) and node.value.startswith(old):
            return NamedNode(new + node.value[len(old) :])
        if isinstance(node, Literal) and any(text in node.value for text in texts):
            moved = node.value
            for text, other in texts.items():
                moved = moved.replace(text, other)
            return Literal(moved, language=node.language) if node.language else Literal(moved, datatype=node.datatype)
        return node

    if old == new:
        yield from quads
        return
    for quad in quads:
        yield Quad(move(quad.subject), move(quad.predicate), move(quad.object), move(quad.graph_name))
