"""What we judge: titles in our words, merged organisations, corrections, and who made which statements."""

from __future__ import annotations

from etl.actors import Actor
from etl.curation import Agent, Correction, Curation
from etl.graphs.writer import GraphWriter, item, passage, text

__all__ = ["write_curated"]


def write_curated(graph: GraphWriter, curation: Curation) -> None:
    """Write the curated graph; frameworks and their titles stand with their document."""
    frameworks = {facts.path for facts in curation.frameworks}
    for path, title in curation.titles.items():
        if path in frameworks:
            continue
        graph.label(item(path), title.texts())
        for language, origin in title.origin.items():
            graph.add(item(path), "ipg:textOrigin", f"title@{language}: {origin}")
    for path, texts in curation.descriptions.items():
        for language, value in texts.texts():
            graph.add(item(path), "dcterms:description", text(value, language))
            graph.add(item(path), "ipg:textOrigin", f"description@{language}: {texts.origin[language]}")
    for path, themes in curation.themes.items():
        graph.add(item(path), "dcterms:subject", *(item(f"theme/{theme}") for theme in themes))
    for actor in curation.actors:
        _write_actor(graph, actor)
    for correction in curation.corrections:
        _write_correction(graph, correction)
    for agent in curation.agents:
        _write_agent(graph, agent)


def _write_actor(graph: GraphWriter, actor: Actor) -> None:
    node = item(f"actor/{actor.key}")
    graph.types(node, "ipg:Actor", "org:Organization", "foaf:Agent")
    graph.label(node, [(actor.language, actor.name)])
    graph.add(node, "foaf:name", actor.name)
    graph.add(node, "skos:altLabel", *(text(form, actor.language) for form in _forms(actor) if form != actor.name))
    graph.add(node, "ipg:actorKind", item(f"actor-kind/{actor.kind}"))
    if actor.country:
        graph.add(node, "ipg:basedIn", item(f"place/{actor.country.lower()}"))
    if actor.parent:
        graph.add(node, "org:subOrganizationOf", item(f"actor/{actor.parent}"))
    if actor.reason:
        graph.add(node, "skos:editorialNote", text(actor.reason, "en"))


def _forms(actor: Actor) -> set[str]:
    return {*actor.printed, *(form for forms in actor.printed_in.values() for form in forms)}


def _write_correction(graph: GraphWriter, correction: Correction) -> None:
    node = item(f"correction/{correction.key}")
    graph.types(node, "ipg:Correction")
    graph.add(node, "ipg:corrects", item(correction.item))
    graph.add(node, "ipg:asPrinted", correction.as_printed)
    graph.add(node, "ipg:correctedValue", correction.corrected)
    graph.add(node, "ipg:rationale", text(correction.reason, "en"))
    graph.add(node, "prov:wasDerivedFrom", passage(correction.document, correction.passage))
    graph.add(node, "dcterms:source", item(f"document/{correction.document}"))


def _write_agent(graph: GraphWriter, agent: Agent) -> None:
    node = item(agent.path)
    graph.types(node, "prov:Agent", "prov:SoftwareAgent" if agent.kind == "software" else "prov:Person")
    graph.label(node, agent.label.items())
    for language, label in agent.label.items():
        graph.add(node, "rdfs:label", text(label, language))
    graph.add(node, "dcterms:description", text(agent.description, "en"))
