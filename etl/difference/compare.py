"""What changed between two datasets, told as items, links and terms instead of triples.

Every statement that only one of the two has, or that other graphs state now, is told once: with the link whose ends it
relates, with the item that its subject is or is a part of (a position of its passage, a role or a result of its
practice), or with the term that it defines. A term is whatever the graphs of ontology and vocabularies describe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pyoxigraph import NamedNode, Quad

from etl.difference.facts import Facts, LinkFacts
from etl.difference.statements import Node, Spelled, Statement, Statements, natural_order, public_statements, text_of
from etl.identifiers import BASE, TERMS
from etl.namespaces import expand
from etl.records import Record

__all__ = ["Change", "Difference", "FieldChange", "LinkChange", "Named", "ValueChange", "compare"]

Happening = Literal["added", "removed", "changed"]


class Named(Record):
    """An item or term, and how it is called; without a title, its path or compact name."""

    iri: str
    title: str


class ValueChange(Record):
    """A value, and the names of the graphs that stated it before and that state it after: none if it was added or removed.

    ``type``, ``language`` and ``datatype`` are those of SPARQL 1.1 Query Results JSON; a value of type ``bnode`` tells what
    the blank node says.

    :ivar title: of an item or term.
    """

    value: str
    type: Literal["uri", "literal", "bnode"]
    title: str = ""
    language: str = ""
    datatype: str = ""
    before: tuple[str, ...]
    after: tuple[str, ...]


class FieldChange(Record):
    """What changed in one property.

    :ivar subject: the item itself, a part of it, or the source of a link.
    """

    subject: str
    property: Named
    values: tuple[ValueChange, ...]


class Change(Record):
    """An item or term that was added, removed or changed, with every statement that is new, gone or moved.

    :ivar kind: as the path of its IRI says it, e.g. ``practice``.
    """

    iri: str
    title: str
    kind: str
    change: Happening
    fields: tuple[FieldChange, ...]


class LinkChange(Change):
    """A link that was added, removed or changed; what it says is what it says after, or said before it was removed."""

    source: Named
    property: Named
    target: Named
    strength: str
    basis: str
    confidence: str
    rationale: str


class Difference(Record):
    """All that changed between two datasets, in an order that depends on nothing else."""

    items: tuple[Change, ...]
    links: tuple[LinkChange, ...]
    terms: tuple[Change, ...]

    def counts(self) -> dict[str, dict[Happening, int]]:
        """Number of items, links and terms added, removed and changed."""
        sections: dict[str, tuple[Change, ...]] = {"items": self.items, "links": self.links, "terms": self.terms}
        return {name: _count(changes) for name, changes in sections.items()}

    def is_empty(self) -> bool:
        """Whether both datasets say the same."""
        return not (self.items or self.links or self.terms)


def _count(changes: Iterable[Change]) -> dict[Happening, int]:
    counts = Counter(change.change for change in changes)
    return {"added": counts["added"], "removed": counts["removed"], "changed": counts["changed"]}


def compare(old: Iterable[Quad], new: Iterable[Quad]) -> Difference:
    """Compare two datasets by their public graphs.

    :param old: quads with the IRIs of the shipped base, as :func:`etl.snapshot.read_public` gives them.
    :param new: the same of the later dataset.
    """
    before, after = public_statements(old), public_statements(new)
    facts = Facts(before, after)
    told: dict[Node, list[Statement]] = {}
    for statement in before.keys() | after.keys():
        if before.get(statement) != after.get(statement):
            told.setdefault(facts.owner(statement), []).append(statement)
    items: list[Change] = []
    links: list[LinkChange] = []
    terms: list[Change] = []
    for owner, statements in told.items():
        change = Change(
            iri=text_of(owner),
            title=facts.title(owner),
            kind=_kind(owner),
            change=_happening(*facts.present(owner)),
            fields=tuple(_fields(statements, before, after, facts)),
        )
        if owner in facts.links:
            links.append(_link_change(change, facts.links[owner], facts))
        else:
            (terms if owner in facts.terms else items).append(change)
    return Difference(
        items=tuple(sorted(items, key=_order)), links=tuple(sorted(links, key=_order)), terms=tuple(sorted(terms, key=_order))
    )


def _order(change: Change) -> tuple[str, str, str]:
    return change.kind, natural_order(change.iri), change.iri


def _happening(before: bool, after: bool) -> Happening:  # noqa: FBT001 - one word for two flags
    return "changed" if before and after else "added" if after else "removed"


def _kind(owner: Node) -> str:
    iri = text_of(owner)
    if isinstance(owner, Spelled):
        return "axiom"
    if iri.startswith(f"{BASE}id/"):
        return iri.removeprefix(f"{BASE}id/").split("/")[0].replace("-", " ")
    if iri.startswith(f"{BASE}graph/"):
        return "graph"
    return "term of the ontology" if iri.startswith((TERMS, TERMS.rstrip("#"))) else "outside term"


def _fields(statements: Iterable[Statement], before: Statements, after: Statements, facts: Facts) -> Iterator[FieldChange]:
    values: dict[tuple[str, str], list[ValueChange]] = {}
    for statement in statements:
        subject, predicate, node = statement
        graphs = {"before": before.get(statement, ()), "after": after.get(statement, ())}
        change = _value_change(node, {side: tuple(sorted(names)) for side, names in graphs.items()}, facts)
        values.setdefault((text_of(subject), predicate.value), []).append(change)
    for (source, iri), changes in sorted(values.items()):
        changes.sort(key=lambda value: (natural_order(value.value), value.value, value.type, value.language, value.datatype))
        yield FieldChange(subject=source, property=_named(NamedNode(iri), facts), values=tuple(changes))


def _value_change(node: Node, graphs: dict[str, tuple[str, ...]], facts: Facts) -> ValueChange:
    if isinstance(node, NamedNode):
        return ValueChange(value=node.value, type="uri", title=facts.title(node), **graphs)
    if isinstance(node, Spelled):
        return ValueChange(value=node, type="bnode", **graphs)
    datatype = "" if node.language or node.datatype == expand("xsd:string") else node.datatype.value
    return ValueChange(value=node.value, type="literal", language=node.language or "", datatype=datatype, **graphs)


def _named(node: Node, facts: Facts) -> Named:
    return Named(iri=text_of(node), title=facts.title(node))


def _link_change(change: Change, said: LinkFacts, facts: Facts) -> LinkChange:
    def words(name: str) -> str:
        node = said.get(expand(name))
        return "" if node is None else facts.title(node) if isinstance(node, NamedNode) else text_of(node)

    source, property_, target = (_named(said[expand(f"owl:annotated{end}")], facts) for end in ("Source", "Property", "Target"))
    names: dict[str, Any] = {"kind": property_.title, "title": f"{source.title} — {property_.title} → {target.title}"}
    return LinkChange(
        **{name: value for name, value in change if name not in names},
        **names,
        source=source,
        property=property_,
        target=target,
        strength=words("ipg:strength"),
        basis=words("ipg:basis"),
        confidence=words("sssom:confidence"),
        rationale=words("ipg:rationale"),
    )
