"""The statements of a dataset in a form that two datasets can be compared by: blank nodes are replaced by what they say.

The labels of blank nodes mean nothing outside their dataset, and the only ones that our graphs have (lists, axioms about
several classes, declared prefixes) are wholly told by their own statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from etl.identifiers import BASE
from etl.namespaces import compact, expand
from etl.snapshot import UNPUBLISHED

__all__ = ["Node", "Spelled", "Statement", "Statements", "natural_order", "public_statements", "text_of"]

_GRAPH = BASE + "graph/"
_FIRST, _REST, _NIL = expand("rdf:first"), expand("rdf:rest"), expand("rdf:nil")


class Spelled(str):
    """A blank node, as the text of what it says: ``(id:a id:b)`` for a list, ``[skos:note "value"]`` for another."""

    __slots__ = ()


Node = NamedNode | Literal | Spelled
#: Subject, property and value.
Statement = tuple[Node, NamedNode, Node]
#: Names of the graphs that state something, by what is stated.
Statements = Mapping[Statement, frozenset[str]]


def text_of(node: Node) -> str:
    """The IRI, the text of a literal, or what a blank node says."""
    return node if isinstance(node, Spelled) else node.value


def natural_order(text: str) -> str:
    """Key to sort by as people count: ``conclusion/9`` before ``conclusion/10``."""
    return re.sub(r"[0-9]+", lambda digits: digits[0].zfill(12), text)


def public_statements(quads: Iterable[Quad]) -> Statements:
    """What the graphs for everyone state; the default graph has an empty name."""
    public = [(quad, name) for quad in quads if (name := _graph_name(quad)) not in UNPUBLISHED]
    speller = _Speller(quad for quad, _ in public)
    graphs: dict[Statement, set[str]] = {}
    for quad, name in public:
        if not isinstance(quad.subject, BlankNode) or quad.subject in speller.roots:
            statement = speller.spell(quad.subject), quad.predicate, speller.spell(quad.object)
            graphs.setdefault(statement, set()).add(name)
    return {statement: frozenset(names) for statement, names in graphs.items()}


def _graph_name(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value.removeprefix(_GRAPH)


_Term = NamedNode | Literal | BlankNode | Triple


class _Speller:
    """Spells the blank nodes of a dataset.

    :ivar roots: blank nodes that are not told with a node that refers to them.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._said: dict[BlankNode, dict[NamedNode, set[_Term]]] = {}
        named: set[_Term] = set()
        for quad in quads:
            if isinstance(quad.subject, BlankNode):
                self._said.setdefault(quad.subject, {}).setdefault(quad.predicate, set()).add(quad.object)
            else:
                named.add(quad.object)
        referred = {value for said in self._said.values() for values in said.values() for value in values}
        self.roots = self._said.keys() - referred - named
        # What is left refers only to itself, in a circle: then each is a root.
        self.roots |= self._said.keys() - self._reach(self.roots | named)

    def _reach(self, nodes: set[_Term] | set[BlankNode]) -> set[_Term]:
        reached: set[_Term] = set()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if isinstance(node, BlankNode) and node not in reached:
                reached.add(node)
                waiting += [value for values in self._said.get(node, {}).values() for value in values]
        return reached

    def spell(self, node: _Term, around: frozenset[BlankNode] = frozenset()) -> Node:
        """The node itself, or the text of a blank node.

        :param around: blank nodes that it stands in: in a circle it is not spelled again.
        """
        if isinstance(node, NamedNode | Literal):
            return node
        if not isinstance(node, BlankNode):
            return Spelled(node)
        said = self._said.get(node, {})
        if node in around or not said:
            return Spelled("[]")
        around |= {node}
        if self._cell(node):
            return self._spell_list(node, around)
        parts = (f"{compact(p.value)} {self._text(value, around)}" for p, values in said.items() for value in values)
        return Spelled(f"[{'; '.join(sorted(parts))}]")

    def _cell(self, node: _Term) -> tuple[_Term, _Term] | None:
        """First member and rest of a list, if the node is one (https://www.w3.org/TR/rdf-schema/#ch_collectionvocab)."""
        said = self._said.get(node, {}) if isinstance(node, BlankNode) else {}
        if said.keys() != {_FIRST, _REST} or any(len(values) > 1 for values in said.values()):
            return None
        (first,), (rest,) = said[_FIRST], said[_REST]
        return first, rest

    def _spell_list(self, node: BlankNode, around: frozenset[BlankNode]) -> Spelled:
        members: list[str] = []
        rest: _Term = node
        passed = around - {node}
        while isinstance(rest, BlankNode) and rest not in passed and (cell := self._cell(rest)):
            passed |= {rest}
            first, rest = cell
            members.append(self._text(first, passed))
        return Spelled(f"({' '.join(members if rest == _NIL else [*members, '...', self._text(rest, passed)])})")

    def _text(self, node: _Term, around: frozenset[BlankNode]) -> str:
        spelled = self.spell(node, around)
        return compact(spelled.value) if isinstance(spelled, NamedNode) else str(spelled)
