"""A dataset as items: every statement of the named graphs belongs to one item, written as one line of N-Quads.

An item is an IRI that a graph says something of. Blank nodes belong to the item that leads to them; those to which
nothing leads belong to the graph that states them. Their labels are made of what is said of them, so that a line is the
same line in every dataset that states the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse, serialize

from etl.snapshot import canonical_nquads

__all__ = ["Items", "items_of", "quads_of"]

#: Statements of each item.
Items = Mapping[str, frozenset[str]]

_DIGITS = 16


def items_of(quads: Iterable[Quad]) -> Items:
    """Items of a dataset that has named graphs only.

    :returns: the lines of each, without their ends.
    """
    items: dict[str, set[str]] = defaultdict(set)
    with_blanks: list[Quad] = []
    for line in canonical_nquads(quads).decode().split("\n"):
        if "_:" in line:
            with_blanks += parse(line.encode(), format=RdfFormat.N_QUADS)
        elif line:
            items[line[1 : line.index(">")]].add(line)
    for quad in with_blanks:
        if not _blanks(quad):  # a text that only looks so
            items[_text(quad.subject)].add(_line(quad))
    for part in _parts([quad for quad in with_blanks if _blanks(quad)]):
        owner = _owner(part)
        for quad in part:
            items[owner if isinstance(quad.subject, BlankNode) else _text(quad.subject)].add(_line(quad))
    return {item: frozenset(items[item]) for item in sorted(items)}


def quads_of(items: Items) -> list[Quad]:
    """The dataset that items make up: the reverse of :func:`items_of`."""
    text = "\n".join(line for lines in items.values() for line in lines)
    return list(parse(text.encode(), format=RdfFormat.N_QUADS))


def _blanks(quad: Quad) -> list[BlankNode]:
    return [node for node in (quad.subject, quad.object) if isinstance(node, BlankNode)]


def _parts(quads: list[Quad]) -> Iterator[list[Quad]]:
    """Statements that blank nodes hold together, with labels made of what they say."""
    groups: dict[BlankNode, list[BlankNode]] = {}
    for quad in quads:
        merged: list[BlankNode] = []
        for node in _blanks(quad):
            group = groups.setdefault(node, [node])
            merged += [other for other in group if other not in merged]
        groups |= dict.fromkeys(merged, merged)
    by_group: dict[int, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_group[id(groups[_blanks(quad)[0]])].append(quad)
    seen: dict[str, int] = defaultdict(int)
    for part in by_group.values():
        dataset = Dataset(part)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        said = hashlib.sha256(canonical_nquads(part)).hexdigest()[:_DIGITS]
        seen[said] += 1
        twin = f"t{seen[said]}" if seen[said] > 1 else ""  # the same said twice stays said twice
        yield [_relabel(quad, f"b{said}{twin}") for quad in dataset]


def _relabel(quad: Quad, prefix: str) -> Quad:
    subject, value = quad.subject, quad.object
    if isinstance(subject, BlankNode):
        subject = BlankNode(prefix + subject.value)
    if isinstance(value, BlankNode):
        value = BlankNode(prefix + value.value)
    return Quad(subject, quad.predicate, value, quad.graph_name)


def _owner(part: list[Quad]) -> str:
    named = [quad.subject.value for quad in part if isinstance(quad.subject, NamedNode)]
    return min(named or [_text(quad.graph_name) for quad in part])


def _text(node: object) -> str:
    if not isinstance(node, NamedNode):
        raise TypeError(f"{node} has no name")
    return node.value


def _line(quad: Quad) -> str:
    return (serialize([quad], format=RdfFormat.N_QUADS) or b"").decode().rstrip("\n")
