"""Documents, their renditions, passages, cited instruments, and what else a document states about its subject."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import Literal

from etl.graphs.links import AssertedLink, write_link
from etl.graphs.writer import GraphWriter, item, page, passage, text
from etl.namespaces import expand
from etl.records import DocumentRecords, Passage
from etl.registry import RegisteredDocument
from etl.rendition import Rendition

__all__ = ["write_document", "write_statements", "write_wording"]

#: The web site that the briefing of 2008 describes.
_SITE = "instrument/european-web-site-on-integration"
_SITE_PROPERTIES = {
    "commissioned-by": "ipg:commissionedBy",
    "developed-by": "ipg:developedBy",
    "content-type": "ipg:siteContentType",
    "language": "ipg:siteLanguage",
}
#: What a document states about itself.
_DOCUMENT_PROPERTIES = {"area-of-intervention": "ipg:areaAsPrinted"}


def write_document(graph: GraphWriter, facts: RegisteredDocument, records: DocumentRecords, language_iri: str) -> None:
    """Write a document, its rendition and its passages."""
    slug = records.document
    node, rendition = item(f"document/{slug}"), item(f"document/{slug}/rendition")
    graph.types(node, "ipg:SourceDocument", "dcterms:BibliographicResource")
    graph.label(node, [(facts.language, facts.title)])
    graph.add(node, "dcterms:publisher", *(item(path) for path in facts.publishers))
    graph.add(node, "ipg:issuerAsPrinted", *facts.issuers)
    graph.add(node, "dcterms:creator", *facts.authors)
    graph.add(node, "dcterms:issued", _partial_date(facts.date))
    graph.add(node, "dcterms:language", page(language_iri, "data/languages.tsv"))
    graph.add(node, "ipg:documentStatus", facts.status)
    graph.add(node, "dcterms:hasFormat", rendition)
    if facts.reference:
        graph.add(node, "dcterms:identifier", facts.reference)
    for address in (facts.landing_page, facts.publisher_page):
        if address:
            graph.add(node, "foaf:page", page(address, f"data/sources.toml: [{slug}]"))
    graph.types(rendition, "ipg:Rendition")
    graph.label(rendition, [("en", f"Text rendition of {facts.title}")])
    graph.add(rendition, "dcterms:isFormatOf", node)
    graph.add(rendition, "dcterms:format", "text/plain")
    graph.add(rendition, "ipg:sha256", records.rendition_sha256)
    graph.add(rendition, "ipg:length", records.rendition_length)
    for record in records.passages:
        _write_passage(graph, slug, record)


def _partial_date(value: str) -> Literal:
    return Literal(value, datatype=expand("xsd:gYearMonth" if len(value) == 7 else "xsd:date"))


def _write_passage(graph: GraphWriter, slug: str, record: Passage) -> None:
    node, position = passage(slug, record.key), passage(slug, f"{record.key}/position")
    graph.types(node, "ipg:Passage", "oa:SpecificResource")
    graph.add(node, "oa:hasSource", item(f"document/{slug}/rendition"))
    graph.add(node, "oa:hasSelector", position)
    graph.add(node, "dcterms:source", item(f"document/{slug}"))
    graph.add(node, "dcterms:identifier", record.key)
    graph.add(node, "ipg:passageHash", record.sha256)
    graph.add(node, "ipg:passageKind", record.kind)
    if record.section:
        graph.add(node, "ipg:sectionPath", " > ".join(record.section))
    if record.part_of:
        graph.add(node, "dcterms:isPartOf", passage(slug, record.part_of))
    if record.field:
        graph.add(node, "ipg:inField", item(f"field/{record.field}"))
    graph.types(position, "oa:TextPositionSelector")
    for predicate, value in (("oa:start", record.start), ("oa:end", record.end)):
        graph.add(position, predicate, Literal(str(value), datatype=expand("xsd:integer")))


def write_wording(graph: GraphWriter, records: DocumentRecords, rendition: Rendition) -> None:
    """Write the official wording of every passage: the text layer, for the holder of the document."""
    for record in records.passages:
        node, quote = passage(records.document, record.key), passage(records.document, f"{record.key}/quote")
        graph.add(node, "oa:hasSelector", quote)
        graph.types(quote, "oa:TextQuoteSelector")
        graph.add(quote, "oa:exact", text(rendition.passage(record.start, record.end), "en"))


def write_statements(graph: GraphWriter, facts: RegisteredDocument, records: DocumentRecords, named: dict[str, str]) -> None:
    """Write what a document states beside provisions and practices: instruments, citations, links, facts, terms, bodies.

    :param named: names of the instruments that earlier documents cite; another printed form is an alternative label.
    """
    slug = records.document
    for instrument in records.instruments:
        node = item(instrument.path)
        graph.types(node, "ipg:Instrument", "dcterms:BibliographicResource")
        name = named.setdefault(instrument.path, instrument.printed)
        graph.label(node, [("en", name)])
        if instrument.printed != name:
            graph.add(node, "skos:altLabel", text(instrument.printed, "en"))
        graph.add(node, "dcterms:source", item(f"document/{slug}"))
        if instrument.reference:
            graph.add(node, "dcterms:identifier", instrument.reference)
        if instrument.year:
            graph.add(node, "ipg:year", instrument.year)
    by_ends: dict[tuple[str, str], list[str]] = {}
    for citation in records.citations:
        by_ends.setdefault((citation.source, citation.target), []).append(citation.passage)
    for (source, target), keys in by_ends.items():
        write_link(
            graph,
            stated_link(facts, slug, source, "dcterms:references", target, tuple(keys), "The document prints this reference."),
        )
    for link in records.links:
        write_link(
            graph,
            stated_link(
                facts, slug, link.source, f"ipg:{link.property}", link.target, link.passages,
                _LINK_REASONS.get(link.property, "The document states this."), link.as_printed,
            ),
        )  # fmt: skip
    _write_site(graph, records)
    _write_glossary(graph, records)
    for mention in records.mentions:
        graph.add(item(f"document/{slug}"), "ipg:mentions", item(mention.actor))


_LINK_REASONS = {
    "relatedTo": "The document lists this conclusion among those related to the principle, under which none stands.",
    "declaredInterestIn": "The report lists this state among those that wished to take part in the working group.",
}


def stated_link(
    facts: RegisteredDocument,
    document: str,
    source: str,
    predicate: str,
    target: str,
    evidence: tuple[str, ...],
    rationale: str,
    as_printed: str | None = None,
) -> AssertedLink:
    """A link that the document itself states: nothing is judged, so it is certain."""
    return AssertedLink(
        source=source,
        property=predicate,
        target=target,
        basis="StatedInSource",
        rationale=rationale,
        document=document,
        evidence=evidence,
        confidence=Decimal("1.0"),
        review_state="StatedByDocument",
        agents=("agent/extraction",),
        created=date.fromisoformat(facts.recorded),
        as_printed=as_printed,
    )


def _write_site(graph: GraphWriter, records: DocumentRecords) -> None:
    for fact in records.facts:
        node = item(_SITE)
        value = item(fact.actor) if fact.actor else fact.value
        if fact.property in _DOCUMENT_PROPERTIES:
            graph.add(item(f"document/{records.document}"), _DOCUMENT_PROPERTIES[fact.property], value)
            continue
        graph.add(node, _SITE_PROPERTIES[fact.property], value)
        graph.add(node, "prov:wasDerivedFrom", passage(records.document, fact.passage))


def _write_glossary(graph: GraphWriter, records: DocumentRecords) -> None:
    for entry in records.glossary:
        node = item(entry.path)
        graph.types(node, "ipg:GlossaryTerm", "skos:Concept")
        graph.label(node, [("en", entry.name)])
        graph.add(node, "skos:inScheme", item("scheme/glossary"))
        graph.add(node, "dcterms:source", item(f"document/{records.document}"))
        graph.add(node, "prov:wasDerivedFrom", passage(records.document, entry.passage))
        graph.add(node, "skos:topConceptOf", item("scheme/glossary"))
