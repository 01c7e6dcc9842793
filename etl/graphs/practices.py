"""Practices and the context chapter, with the roles and places that their fields state."""

from __future__ import annotations

from etl.graphs.writer import GraphWriter, item, page, passage, text
from etl.identifiers import ItemPath
from etl.records import Mention, PracticeRecord
from etl.registry import RegisteredDocument

__all__ = ["write_practice"]

_ROLE_PROPERTIES = {"lead": "ipg:leadActor", "partner": "ipg:partner", "funder": "ipg:funder", "named": "ipg:mentions"}


def write_practice(graph: GraphWriter, facts: RegisteredDocument, record: PracticeRecord, listed_under: ItemPath) -> None:
    """Write a practice, or the context chapter, as its document prints it.

    :param listed_under: the place or organisation whose heading it stands under.
    """
    node = item(record.path)
    if record.path.startswith("chapter/"):
        graph.types(node, "ipg:ContextChapter")
    else:
        graph.types(node, "ipg:Practice", *(["ipg:MonitoringPractice"] if record.monitoring else []))
    graph.label(node, sorted(record.titles.items()))
    titles = set(record.titles.values())  # no label is an alternative to itself (SKOS Reference, S13)
    graph.add(node, "skos:altLabel", *(text(heading, "en") for heading in record.headings if heading not in titles))
    graph.add(node, "dcterms:identifier", record.path.split("/", 1)[1])
    graph.add(node, "ipg:order", record.order)
    graph.add(node, "ipg:chapterAsPrinted", record.chapter)
    graph.add(node, "dcterms:source", item(f"document/{record.document}"))
    keys = {record.entry, *record.fields.values()}
    graph.add(node, "prov:wasDerivedFrom", *(passage(record.document, key) for key in keys))
    _write_classification(graph, record)
    _write_time(graph, facts, record)
    _write_places(graph, record)
    graph.add(node, "ipg:listedUnder", item(listed_under))
    graph.add(node, "ipg:listedUnderAsPrinted", record.listed_under)
    for address in record.pages:
        graph.add(node, "ipg:pageAsPrinted", address.printed)
        graph.add(node, "foaf:page", page(address.iri, f"{record.path}: pages"))
    for mention in record.mentions:
        _write_mention(graph, record, mention)
    for footnote in record.footnotes:
        graph.add(node, "ipg:footnote", passage(record.document, footnote.passage))


def _write_classification(graph: GraphWriter, record: PracticeRecord) -> None:
    node = item(record.path)
    for predicate, printed, concepts in (
        ("ipg:practiceType", record.type_printed, record.types),
        ("ipg:areaOfIntervention", record.area_printed, record.areas),
        ("ipg:targetGroup", record.target_group_printed, record.target_groups),
    ):
        graph.add(node, predicate, *(item(concept.concept) for concept in concepts))
        if printed:
            graph.add(node, _PRINTED[predicate], printed)
    graph.add(node, "ipg:fundingAsPrinted", *record.funding)
    graph.add(node, "ipg:meetsCriterion", *(item(path) for path in record.criteria))
    graph.add(node, "ipg:notStated", *(item(f"field/{name}") for name in record.not_stated))


_PRINTED = {
    "ipg:practiceType": "ipg:typeAsPrinted",
    "ipg:areaOfIntervention": "ipg:areaAsPrinted",
    "ipg:targetGroup": "ipg:targetGroupAsPrinted",
}


def _write_time(graph: GraphWriter, facts: RegisteredDocument, record: PracticeRecord) -> None:
    if record.duration is None:
        return
    node = item(record.path)
    graph.add(node, "ipg:durationText", record.duration.printed)
    if record.duration.start_year:
        graph.add(node, "ipg:startYear", record.duration.start_year)
    if record.duration.end_year:
        graph.add(node, "ipg:endYear", record.duration.end_year)
    if record.duration.ongoing:
        graph.add(node, "ipg:ongoing", True)
        graph.add(node, "ipg:ongoingAsOf", facts.date)
    elif record.duration.end_year:  # a start alone does not say that a practice has ended
        graph.add(node, "ipg:ongoing", False)


def _write_places(graph: GraphWriter, record: PracticeRecord) -> None:
    node = item(record.path)
    for iso3 in record.countries:
        graph.add(node, "ipg:country", item(f"place/{iso3.lower()}"))
        graph.add(node, "dcterms:spatial", item(f"place/{iso3.lower()}"))
    graph.add(node, "dcterms:spatial", *(item(place.path) for place in record.localities))


def _write_mention(graph: GraphWriter, record: PracticeRecord, mention: Mention) -> None:
    node, actor = item(record.path), item(mention.actor)
    graph.add(node, _ROLE_PROPERTIES[mention.role], actor)
    if mention.role == "named":
        return
    key = f"{record.path.split('/', 1)[1]}--{mention.role}--{mention.actor.split('/', 1)[1]}"
    participation = item(f"participation/{key}")
    graph.types(participation, "cv:Participation")
    graph.add(participation, "cv:role", item(f"role/{mention.role}"))
    graph.add(participation, "ipg:participant", actor)
    graph.add(participation, "ipg:participatesIn", node)
    graph.add(participation, "ipg:nameAsPrinted", mention.printed)
    graph.add(participation, "prov:wasDerivedFrom", *(passage(record.document, key) for key in mention.passages))
    if mention.kind_printed:
        graph.add(participation, "ipg:kindAsPrinted", mention.kind_printed)
