"""Frameworks, provisions, questions for implementation, themes, headings and criteria as documents print them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from etl.curation import Curation, FrameworkFacts
from etl.graphs.documents import stated_link
from etl.graphs.links import write_link
from etl.graphs.writer import GraphWriter, item, passage, term, text
from etl.records import DocumentRecords, ProvisionRecord
from etl.registry import RegisteredDocument

__all__ = ["write_framework", "write_provisions"]

_CLASSES = {
    "principle": "ipg:Principle",
    "conclusion": "ipg:Conclusion",
    "recommendation": "ipg:Recommendation",
    "guideline": "ipg:Guideline",
}
_TEXT_CLASSES = {"legal": "eli:LegalResourceSubdivision", "bibliographic": "dcterms:BibliographicResource"}


def write_framework(graph: GraphWriter, facts: FrameworkFacts, curation: Curation, provisions: Counter[str]) -> None:
    """Write a framework with its status; ``provisions`` counts the provisions by framework path."""
    node = item(facts.path)
    graph.types(node, "ipg:Framework", "skos:ConceptScheme")
    graph.label(node, curation.title(facts.path).texts())
    graph.add(node, "dcterms:source", *(item(f"document/{slug}") for slug in facts.documents))
    if provisions[facts.path]:
        graph.add(node, "ipg:numberOfProvisions", provisions[facts.path])
    if facts.status:
        graph.add(node, "ipg:status", term(f"ipg:{facts.status}"))
    if facts.adopted_as:
        graph.add(node, "ipg:adoptedAs", facts.adopted_as)
    if facts.adopted_on:
        graph.add(node, "dcterms:issued", facts.adopted_on)
    if facts.adopted_by:
        graph.add(node, "ipg:adoptedBy", item(facts.adopted_by))
    if facts.note:
        graph.add(node, "skos:editorialNote", text(facts.note, "en"))


def write_provisions(graph: GraphWriter, facts: RegisteredDocument, records: DocumentRecords, curation: Curation) -> None:
    """Write the provisions of a document with what it prints about them."""
    slug = records.document
    kinds = {framework.path: framework.text_kind for framework in curation.frameworks}
    for record in records.provisions:
        _write_provision(graph, facts, slug, record, kinds[record.framework])
    for question in records.questions:
        node = item(question.path)
        graph.types(node, "ipg:ImplementationQuestion")
        graph.add(node, "skos:notation", question.notation)
        graph.add(node, "dcterms:isPartOf", *(item(path) for path in question.recommendations))
        graph.add(node, "ipg:numberOfParts", question.parts)
        graph.add(node, "dcterms:source", item(f"document/{slug}"))
        graph.add(node, "prov:wasDerivedFrom", passage(slug, question.passage))
    for concept, key in _printed_concepts(records):
        graph.add(item(concept), "prov:wasDerivedFrom", passage(slug, key))


def _printed_concepts(records: DocumentRecords) -> list[tuple[str, str]]:
    return [
        *((heading.concept, heading.passage) for heading in records.headings),
        *((theme.path, theme.passage) for theme in records.themes),
        *((criterion.path, criterion.passage) for criterion in records.criteria),
    ]


def _write_provision(graph: GraphWriter, facts: RegisteredDocument, slug: str, record: ProvisionRecord, kind: str) -> None:
    node, framework = item(record.path), item(record.framework)
    graph.types(node, "ipg:Provision", _CLASSES[record.kind], "skos:Concept", _TEXT_CLASSES[kind])
    graph.add(node, "skos:inScheme", framework)
    graph.add(node, "skos:topConceptOf", framework)
    graph.add(node, "dcterms:isPartOf", framework)
    graph.add(node, "skos:notation", record.notation)
    graph.add(node, "dcterms:source", item(f"document/{slug}"))
    graph.add(node, "prov:wasDerivedFrom", *(passage(slug, key) for key in record.passages))
    if record.as_printed:
        graph.add(node, "ipg:asPrinted", record.as_printed)
    if record.heading:
        graph.add(node, "ipg:underHeading", item(record.heading))
    if record.edition:
        graph.add(node, "ipg:handbookEdition", item(record.edition))
    if record.edition_confidence is not None:
        graph.add(node, "ipg:handbookEditionConfidence", Decimal(str(record.edition_confidence)))
    if record.edition_reason:
        graph.add(node, "ipg:handbookEditionReason", text(record.edition_reason, "en"))
    if record.elaborates:
        principle = _principle_name(record.elaborates)
        reason = f"The document lists conclusion {record.notation} under {principle} as the one it helps most to carry out."
        write_link(graph, stated_link(facts, slug, record.path, "ipg:elaborates", record.elaborates, record.passages, reason))


def _principle_name(path: str) -> str:
    return path.split("/", 1)[1].upper().replace("-", " ")
