"""What the comparison of two datasets needs to know of both: titles, links and their ends, parts, terms."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from etl.difference.statements import Node, Statement, Statements, text_of
from etl.identifiers import BASE
from etl.namespaces import compact, expand

__all__ = ["Facts", "LinkFacts"]

#: What a link record says, by property.
LinkFacts = Mapping[NamedNode, Node]

_ENDS = tuple(expand(f"owl:annotated{end}") for end in ("Source", "Property", "Target"))
_LINK_FACTS = frozenset(_ENDS) | {expand(f) for f in ("ipg:strength", "ipg:basis", "sssom:confidence", "ipg:rationale")}
_IS_LINK = (expand("rdf:type"), expand("ipg:Link"))
_LABELS = tuple(expand(name) for name in ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name"))
#: Properties from a part to the item that it is told with, and from an item to its parts.
_PART_OF = frozenset({expand("ipg:participatesIn")})
_HAS_PART = frozenset({expand("oa:hasSelector"), expand("ipg:hasResult")})


class Facts:
    """What is known from either of two datasets; where both say something, the later one holds.

    What a statement is told with depends on both alike, so that what did not change is told nowhere.

    :ivar links: what each link record says.
    :ivar terms: what the graphs of ontology and vocabularies describe.
    """

    def __init__(self, before: Statements, after: Statements) -> None:
        sides = before, after
        self._titles = _find_titles(before) | _find_titles(after)
        links = [_find_links(side) for side in sides]
        self.links = links[0] | links[1]
        self._link_of_ends: dict[tuple[Node, ...], Node] = {}
        for link, said in sorted((pair for found in links for pair in found.items()), key=lambda pair: str(pair[0])):
            source, property_, target = (said[end] for end in _ENDS)
            self._link_of_ends.setdefault((source, property_, target), link)
            self._link_of_ends.setdefault((source, target), link)
        wholes = _find_wholes(before.keys() | after.keys())
        self._wholes = {part: whole for part, whole in wholes.items() if part not in self.links}
        self.terms = {s for side in sides for (s, _, _), graphs in side.items() if graphs & {"ontology", "vocabulary"}}
        self._present = tuple({self._wholes.get(subject, subject) for subject, _, _ in side} for side in sides)

    def owner(self, statement: Statement) -> Node:
        """The link, item or term that a statement is told with."""
        subject, _, value = statement
        link = self._link_of_ends.get(statement) or self._link_of_ends.get((subject, value))
        return link or self._wholes.get(subject, subject)

    def present(self, owner: Node) -> tuple[bool, bool]:
        """Whether anything is said of it before, and after."""
        before, after = self._present
        return owner in before, owner in after

    def title(self, node: Node) -> str:
        """How a node is called: its title, else the path of an item, the words of a term, or the text itself."""
        iri = text_of(node)
        if not isinstance(node, NamedNode):
            return iri
        if node in self._titles:
            return self._titles[node]
        if iri.startswith(f"{BASE}id/"):
            return iri.removeprefix(f"{BASE}id/")
        name = compact(iri)
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.partition(":")[2]).lower() if name != iri else iri


def _find_titles(statements: Statements) -> dict[Node, str]:
    """The English title where there is one, else one without a language, else the first by language."""
    ranked: dict[Node, tuple[int, int, str, str]] = {}
    for subject, predicate, value in statements:
        if predicate in _LABELS and isinstance(value, Literal):
            language = value.language or ""
            place = {"en": 0, "": 1}.get(language, 2)
            rank = (place, _LABELS.index(predicate), language, value.value)
            ranked[subject] = min(ranked.get(subject, rank), rank)
    return {subject: rank[-1] for subject, rank in ranked.items()}


def _find_links(statements: Statements) -> dict[Node, dict[NamedNode, Node]]:
    """Link records that name both ends and the property between them."""
    records = {subject for subject, *rest in statements if tuple(rest) == _IS_LINK}
    found: dict[Node, dict[NamedNode, Node]] = {}
    for subject, predicate, value in statements:
        if predicate in _LINK_FACTS and subject in records:
            said = found.setdefault(subject, {})
            said[predicate] = min(said.get(predicate, value), value, key=str)
    return {link: said for link, said in found.items() if all(end in said for end in _ENDS)}


def _find_wholes(statements: set[Statement]) -> dict[Node, Node]:
    """The item that each part is told with."""
    wholes: dict[Node, Node] = {}
    for subject, predicate, value in statements:
        if predicate in _PART_OF:
            wholes[subject] = min(wholes.get(subject, value), value, key=str)
        elif predicate in _HAS_PART:
            wholes[value] = min(wholes.get(value, subject), subject, key=str)
    return wholes
