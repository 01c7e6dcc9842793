"""How the data use a term: how often, and statements that show it."""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from etl.identifiers import BASE, TERMS
from etl.namespaces import expand
from etl.term_reference.facts import Facts
from etl.term_reference.records import Statement

__all__ = ["count_uses", "named_items", "show_uses"]

#: Statements that a page shows of a property or value, items of a class, and statements of its first item.
_STATEMENTS = 3
_ITEMS = 3
_OF_FIRST = 12
_ITEM = re.compile(rf"<({re.escape(BASE)}id/[^>]+)>")
_TYPE = expand("rdf:type")
_CLASS, _VALUE = "class", "value"


def count_uses(data: Facts, node: NamedNode, kind: str) -> int:
    """Number of items of a class, statements of a property, or statements that end at a value."""
    return len(_uses(data, node, kind))


def named_items(told: tuple[str, ...]) -> set[NamedNode]:
    """Items that examples in words name."""
    return {NamedNode(iri) for text in told for iri in _ITEM.findall(text)}


def _uses(data: Facts, node: NamedNode, kind: str) -> list[Triple]:
    if kind == _CLASS:
        return [triple for triple in data.by_object.get(node, ()) if triple.predicate == _TYPE]
    if kind == _VALUE:
        return [triple for triple in data.by_object.get(node, ()) if triple.predicate != _TYPE]
    return data.by_predicate.get(node, [])


def show_uses(data: Facts, names: Facts, node: NamedNode, kind: str, told: tuple[str, ...]) -> tuple[Statement, ...]:
    """Statements that show a term: those about the items that its examples name first, no two about one item if it can be.

    :param names: facts that give the labels.
    :param told: the examples in words.
    """
    named = {item.value for item in named_items(told)}
    ranked = sorted(_uses(data, node, kind), key=lambda triple: _rank(triple, named))
    chosen = _spread(ranked)
    if kind == _CLASS and chosen:
        chosen = chosen[:_ITEMS] + _statements_of(data, chosen[0].subject)
    return tuple(names.statement(triple) for triple in chosen)


def _rank(triple: Triple, named: set[str]) -> tuple[Any, ...]:
    subject, value = triple.subject, triple.object
    hits = sum(isinstance(node, NamedNode) and node.value in named for node in (subject, value))
    english = not isinstance(value, Literal) or value.language in {None, "en"}
    return -hits, not english, str(subject), str(value)


def _spread(ranked: list[Triple]) -> list[Triple]:
    firsts: dict[Any, Triple] = {}
    for triple in ranked:
        firsts.setdefault(triple.subject, triple)
        if len(firsts) == _STATEMENTS:
            break
    return list(firsts.values())


def _statements_of(data: Facts, subject: Any) -> list[Triple]:
    """One statement of each property of an item, our own properties first."""
    firsts: dict[Any, Triple] = {}
    for triple in sorted(data.by_subject[subject], key=lambda t: _rank(t, set())):
        if triple.predicate != _TYPE:
            firsts.setdefault(triple.predicate, triple)
    ordered = sorted(firsts.values(), key=lambda t: (not t.predicate.value.startswith(TERMS), t.predicate.value))
    return ordered[:_OF_FIRST]
