"""What a shape asks for, in words, and which IRIs it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from etl.identifiers import TERMS
from etl.namespaces import compact, expand
from etl.term_reference.facts import Facts
from etl.term_reference.questions import names_in

__all__ = ["ShapeReader"]

_NODE_KINDS = {
    "sh:IRI": "has an IRI",
    "sh:Literal": "is a literal",
    "sh:BlankNode": "is a blank node",
    "sh:BlankNodeOrIRI": "is no literal",
    "sh:IRIOrLiteral": "is no blank node",
    "sh:BlankNodeOrLiteral": "has no IRI",
}
#: Parameters with one value, and the words around it (SHACL, chapter 4).
_SINGLE = {
    "sh:datatype": "is of datatype {}",
    "sh:class": "is an item of {}",
    "sh:hasValue": "includes {}",
    "sh:pattern": "matches {}",
    "sh:minLength": "has at least {} characters",
    "sh:maxLength": "has at most {} characters",
    "sh:minInclusive": "is at least {}",
    "sh:maxInclusive": "is at most {}",
    "sh:minExclusive": "is more than {}",
    "sh:maxExclusive": "is less than {}",
    "sh:equals": "is the same as {}",
    "sh:disjoint": "differs from {}",
    "sh:lessThan": "is less than {}",
    "sh:lessThanOrEquals": "is no more than {}",
}
_CHOICES = {"sh:or": "or", "sh:xone": "or else", "sh:and": "and"}


class ShapeReader:
    """Reads shapes into words.

    :param facts: triples of the shapes.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def constraints(self, shape: Any) -> tuple[str, ...]:
        """What a shape asks of a value, or of the item where it has no path; named shapes inside it have words of their own."""
        return tuple(self._words(shape))

    def _words(self, shape: Any) -> Iterator[str]:
        objects = self._facts.objects
        if count := _count(self._number(shape, "sh:minCount"), self._number(shape, "sh:maxCount"), "value"):
            yield count
        for kind in objects(shape, "sh:nodeKind"):
            yield _NODE_KINDS[compact(kind.value)]
        for parameter, words in _SINGLE.items():
            for value in objects(shape, parameter):
                yield words.format(_shown(value))
        for head in objects(shape, "sh:in"):
            yield "is one of " + ", ".join(map(_shown, self._facts.collection(head)))
        for head in objects(shape, "sh:languageIn"):
            yield "is in one of the languages " + ", ".join(value.value for value in self._facts.collection(head))
        if any(value.value == "true" for value in objects(shape, "sh:uniqueLang")):
            yield "has at most one value per language"
        yield from self._inner_words(shape)
        if objects(shape, "sh:sparql"):
            yield "passes a query, which finds what the message says"

    def _inner_words(self, shape: Any) -> Iterator[str]:
        objects = self._facts.objects
        for parameter, joint in _CHOICES.items():
            choices = [self._facts.collection(head) for head in objects(shape, parameter)]
            yield from sorted(f" {joint} ".join(f"({self._inner(member)})" for member in members) for members in choices)
        # Inner shapes are sorted by their words: names of blank nodes differ each time.
        yield from sorted(f"not ({self._inner(inner)})" for inner in objects(shape, "sh:not"))
        count = _count(self._number(shape, "sh:qualifiedMinCount"), self._number(shape, "sh:qualifiedMaxCount"), "value")
        yield from sorted(f"{count} for which: {self._inner(inner)}" for inner in objects(shape, "sh:qualifiedValueShape"))
        inside = [*objects(shape, "sh:property"), *objects(shape, "sh:node")]
        yield from sorted(self._inner(inner) for inner in inside if isinstance(inner, BlankNode))

    def _inner(self, shape: Any) -> str:
        if isinstance(shape, NamedNode):
            return compact(shape.value)
        path = self.path(shape)
        words = ", ".join(self._words(shape)) or "anything"
        return f"{path}: {words}" if path else words

    def path(self, shape: Any) -> str:
        """Path of a property shape in the notation of SPARQL; empty for a node shape."""
        return next((self._path(node) for node in self._facts.objects(shape, "sh:path")), "")

    def _path(self, node: Any) -> str:
        if isinstance(node, NamedNode):
            return compact(node.value)
        for inverse in self._facts.objects(node, "sh:inversePath"):
            return f"^{self._path(inverse)}"
        for head in self._facts.objects(node, "sh:alternativePath"):
            return f"({' | '.join(self._path(member) for member in self._facts.collection(head))})"
        for parameter, sign in (("sh:zeroOrMorePath", "*"), ("sh:oneOrMorePath", "+"), ("sh:zeroOrOnePath", "?")):
            for inner in self._facts.objects(node, parameter):
                return f"{self._path(inner)}{sign}"
        return " / ".join(self._path(member) for member in self._facts.collection(node))

    def named_terms(self, shape: Any) -> set[str]:
        """Names of the terms of the ontology that a shape speaks of, in its queries too; not those of named shapes inside it."""
        found: set[str] = set()
        self._collect(shape, found.add, {expand("sh:property"), expand("sh:node")})
        return found

    def _collect(self, node: Any, add: Callable[[str], None], skipped: set[NamedNode]) -> None:
        for triple in self._facts.by_subject.get(node, ()):
            value = triple.object
            if isinstance(value, NamedNode) and value.value.startswith(TERMS) and triple.predicate not in skipped:
                add(value.value.removeprefix(TERMS))
            elif isinstance(value, Literal) and triple.predicate == expand("sh:select"):
                for name in names_in(value.value):
                    add(name)
            elif isinstance(value, BlankNode):
                self._collect(value, add, skipped)

    def _number(self, shape: Any, parameter: str) -> int | None:
        return next((int(value.value) for value in self._facts.objects(shape, parameter)), None)


def _count(least: int | None, most: int | None, what: str) -> str:
    def several(number: int) -> str:
        return f"{'one' if number == 1 else number} {what}{'' if number == 1 else 's'}"

    if most == 0:
        return f"no {what}"
    if least and least == most:
        return f"exactly {several(least)}"
    if least and most:
        return f"{least} to {several(most)}"
    if least:
        return f"at least {several(least)}"
    return f"at most {several(most)}" if most is not None else ""


def _shown(node: Any) -> str:
    if isinstance(node, NamedNode):
        return compact(node.value)
    return str(node.value)
