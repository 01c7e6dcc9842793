"""The shapes as rules: what each is about, what it asks for, and which terms it concerns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from pyoxigraph import NamedNode

from etl.identifiers import BASE, TERMS
from etl.namespaces import expand
from etl.term_reference.constraints import ShapeReader
from etl.term_reference.facts import Facts
from etl.term_reference.records import Shape, Target

__all__ = ["ShapeRules"]

_SHAPES = f"{BASE}shapes#"
_RULE = re.compile(r"^([A-Z]+\d+): ")
_TARGETS: tuple[tuple[str, Literal["class", "subjects", "objects", "item"]], ...] = (
    ("sh:targetClass", "class"),
    ("sh:targetSubjectsOf", "subjects"),
    ("sh:targetObjectsOf", "objects"),
    ("sh:targetNode", "item"),
)


class ShapeRules:
    """All named shapes.

    :param shapes: triples of the shapes.
    :param names: facts that give the labels of what shapes are about.
    """

    def __init__(self, shapes: Facts, names: Facts) -> None:
        self._facts = shapes
        self._names = names
        reader = ShapeReader(shapes)
        kinds = [expand("sh:NodeShape"), expand("sh:PropertyShape")]
        nodes = {triple.subject for kind in kinds for triple in shapes.by_object[kind]}
        named = sorted((n for n in nodes if isinstance(n, NamedNode) and n.value.startswith(_SHAPES)), key=str)
        rules = [(self._read(node, reader), reader.named_terms(node)) for node in named]
        rules.sort(key=lambda rule: (rule[0].rule or "~", rule[0].name))
        #: The rules in the order of their numbers.
        self.shapes = tuple(shape for shape, _ in rules)
        self._named = {shape.name: terms for shape, terms in rules}

    def _read(self, node: NamedNode, reader: ShapeReader) -> Shape:
        # Where a query has the message of its own, that is what the rule says.
        inside = sorted(self._facts.text(query, "sh:message") for query in self._facts.objects(node, "sh:sparql"))
        message = next(filter(None, (self._facts.text(node, "sh:message"), *inside)), "")
        rule = _RULE.match(message)
        severities = self._facts.objects(node, "sh:severity")
        return Shape(
            name=node.value.removeprefix(_SHAPES),
            iri=node.value,
            rule=rule[1] if rule else "",
            message=message[rule.end() :] if rule else message,
            severity=severities[0].value.rpartition("#")[2].lower() if severities else "violation",
            targets=tuple(self._targets(node)),
            path=reader.path(node),
            constraints=reader.constraints(node),
        )

    def _targets(self, node: Any) -> Iterator[Target]:
        """What a shape is about; a property shape is about what the shapes that hold it are about."""
        for parameter, how in _TARGETS:
            for what in self._names.refs(self._facts.objects(node, parameter)):
                yield Target(how=how, what=what)
        for parent in self._facts.subjects("sh:property", node):
            if isinstance(parent, NamedNode):
                yield from self._targets(parent)

    def concerning(self, name: str, ancestors: set[str]) -> tuple[str, ...]:
        """Names of the shapes that speak of a term, or are about the items of a class or of one above it.

        :param ancestors: IRIs of the classes above it.
        """
        iris = {TERMS + name, *ancestors}
        return tuple(
            shape.name
            for shape in self.shapes
            if name in self._named[shape.name] or any(t.how == "class" and t.what.iri in iris for t in shape.targets)
        )
