"""Links with their reasons: one ``ipg:Link`` per asserted statement between two items."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pyoxigraph import NamedNode

from etl.graphs.writer import GraphWriter, item, passage, term, text
from etl.identifiers import ItemPath, PassageKey, link_key
from etl.records import Record

__all__ = ["AssertedLink", "write_link"]


class AssertedLink(Record):
    """A statement between two items and why it is made.

    :ivar property: compact name of the property, e.g. ``ipg:elaborates``.
    :ivar document: document whose passages are the evidence.
    :ivar confidence: 0 to 1.
    """

    source: ItemPath
    property: str
    target: ItemPath
    basis: Literal["StatedInSource", "EditorialJudgement"]
    rationale: str
    document: str
    evidence: tuple[PassageKey, ...]
    confidence: Decimal
    review_state: Literal["StatedByDocument", "JudgedByModel", "ReviewedByPerson"]
    agents: tuple[ItemPath, ...]
    created: date
    strength: Literal["Primary", "Secondary"] | None = None
    as_printed: str | None = None


def write_link(graph: GraphWriter, link: AssertedLink) -> NamedNode:
    """Write the statement itself and its link record, and give the record.

    The record is an ``owl:Axiom`` annotation too (OWL 2 Mapping to RDF Graphs, section 2.2), so that OWL tools read the
    reasons, but with an IRI so that others can point at it.
    """
    subject, target = item(link.source), item(link.target)
    graph.add(subject, link.property, target)
    node = item(f"link/{link_key(link.source, link.property.split(':', 1)[1], link.target)}")
    graph.types(node, "ipg:Link", "owl:Axiom")
    graph.add(node, "owl:annotatedSource", subject)
    graph.add(node, "owl:annotatedProperty", term(link.property))
    graph.add(node, "owl:annotatedTarget", target)
    graph.add(node, "ipg:basis", term(f"ipg:{link.basis}"))
    graph.add(node, "ipg:rationale", text(link.rationale, "en"))
    graph.add(node, "ipg:evidence", *(passage(link.document, key) for key in link.evidence))
    graph.add(node, "sssom:confidence", link.confidence)
    graph.add(node, "sssom:mapping_justification", term("semapv:ManualMappingCuration"))
    graph.add(node, "ipg:reviewState", term(f"ipg:{link.review_state}"))
    graph.add(node, "prov:wasAttributedTo", *(item(path) for path in link.agents))
    graph.add(node, "dcterms:created", link.created)
    if link.strength:
        graph.add(node, "ipg:strength", term(f"ipg:{link.strength}"))
    if link.as_printed:
        graph.add(node, "ipg:asPrinted", link.as_printed)
    return node
