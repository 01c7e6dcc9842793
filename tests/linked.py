"""A small snapshot with curated links, made of the real ontology by the real reasoner and writer, for the tests of the tools."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Dataset, Quad, RdfFormat, parse

from etl.identifiers import BASE
from etl.reason import infer
from etl.rebase import move_base
from etl.snapshot import publish_snapshot
from etl.turtle import read_turtle

__all__ = ["FORMULA", "LINKS", "VERSION", "WORDING", "LinkedPair", "write_linked_snapshot"]

VERSION = "0.1.0+feedc0ffee12"
FORMULA = "=2+3 neighbours met, says the entry of this practice."
WORDING = "Our own sentence stands here for the wording of the passage."
ITEMS = {
    "practice/citizen-coin": ("Practice", "Citizen Coin"),
    "practice/settle-in-estonia": ("Practice", "Settle in Estonia"),
    "practice/choices-programme": ("Practice", "Choices Programme"),
    "principle/cbp-1": ("Principle", "Integration as a two-way process"),
    "principle/cbp-2": ("Principle", "Respect for basic values"),
    "principle/cbp-5": ("Principle", "Education"),
    "principle/cbp-7": ("Principle", "Interaction"),
    "principle/cbp-8": ("Principle", "Cultures and religions"),
    "principle/cbp-9": ("Principle", "Participation"),
    "principle/cbp-11": ("Principle", "Goals and indicators"),
    "principle/agreed-1": ("Principle", "Agreed principle on two ways"),
    "conclusion/7": ("Conclusion", "Introduction programmes"),
    "conclusion/10": ("Conclusion", "Compulsory programmes"),
    "conclusion/67": ("Conclusion", "Volunteering"),
    "recommendation/interaction-1": ("Recommendation", "Occasions for interaction"),
    "guideline/skills-1": ("Guideline", "Validation for all"),
    "criterion/integration-evaluation": ("Criterion", "Evaluation"),
    "actor/city-of-bradford": ("Actor", "City of Bradford"),
    "area/evaluation": ("", "Evaluation as an area"),
    "instrument/evaluation": ("Instrument", "An instrument on evaluation"),
    "framework/eu-cbp-2004": ("Framework", "Common Basic Principles"),
    "document/cdadi-2024-39": ("SourceDocument", "Compendium"),
    "agent/language-model": ("", "Language model"),
}


class LinkedPair(NamedTuple):
    """An asserted statement; those that a document states have no strength and no judge."""

    source: str
    property: str
    target: str
    strength: str | None = None
    rationale: str = "A reason in words of our own that is long enough."


LINKS = (
    LinkedPair("practice/citizen-coin", "ipg:implements", "principle/cbp-9", "Primary", "Volunteers in Bradford earn coins."),
    LinkedPair("practice/citizen-coin", "ipg:implements", "principle/cbp-7", "Secondary", FORMULA),
    LinkedPair("practice/citizen-coin", "ipg:implements", "conclusion/67", "Secondary"),
    LinkedPair("practice/citizen-coin", "ipg:implements", "recommendation/interaction-1", "Secondary"),
    LinkedPair("practice/settle-in-estonia", "ipg:implements", "principle/cbp-1", "Primary"),
    LinkedPair("practice/settle-in-estonia", "ipg:implements", "conclusion/7", "Secondary"),
    LinkedPair("practice/settle-in-estonia", "ipg:inTensionWith", "principle/cbp-8"),
    LinkedPair("practice/settle-in-estonia", "dcterms:references", "instrument/evaluation"),
    LinkedPair("practice/choices-programme", "ipg:implements", "guideline/skills-1", "Secondary"),
    LinkedPair("conclusion/67", "ipg:elaborates", "principle/cbp-9"),
    LinkedPair("conclusion/7", "ipg:elaborates", "principle/cbp-1"),
    LinkedPair("conclusion/7", "ipg:relatedTo", "principle/cbp-5"),
    LinkedPair("conclusion/10", "ipg:elaborates", "principle/cbp-1"),
    LinkedPair("recommendation/interaction-1", "ipg:supports", "principle/cbp-7"),
    LinkedPair("recommendation/interaction-1", "ipg:supports", "principle/cbp-5"),
    LinkedPair("guideline/skills-1", "ipg:supports", "principle/cbp-5"),
    LinkedPair("principle/agreed-1", "ipg:correspondsTo", "principle/cbp-1"),
    LinkedPair("principle/cbp-2", "ipg:limits", "principle/cbp-8"),
    LinkedPair("criterion/integration-evaluation", "ipg:bearsOn", "principle/cbp-11"),
)
#: The practice of the last line has a primary principle and nothing else said of it: what is above is inferred.
REST = """
GRAPH graph:curated {
  <id/practice/citizen-coin> ipg:primaryPrinciple <id/principle/cbp-9> ;
    ipg:implementsPrinciple <id/principle/cbp-9>, <id/principle/cbp-7> ;
    ipg:leadActor <id/actor/city-of-bradford> ; ipg:meetsCriterion <id/criterion/integration-evaluation> .
  <id/practice/settle-in-estonia> ipg:primaryPrinciple <id/principle/cbp-1> ;
    ipg:implementsPrinciple <id/principle/cbp-1> .
  <id/principle/agreed-1> skos:closeMatch <id/principle/cbp-1> .
  <id/principle/cbp-1> dcterms:isPartOf <id/framework/eu-cbp-2004> .
  <id/practice/choices-programme> ipg:primaryPrinciple <id/principle/cbp-5> .
}
GRAPH graph:suggested { <id/practice/choices-programme> ipg:implements <id/conclusion/10> . }
GRAPH graph:text { <id/passage/cdadi-2024-39/a> oa:hasSelector <id/passage/cdadi-2024-39/a/quote> .
  <id/passage/cdadi-2024-39/a/quote> oa:exact "WORDING" . }
GRAPH <graph/source/cdadi-2024-39> {
  <id/passage/cdadi-2024-39/a> a ipg:Passage ; dcterms:source <id/document/cdadi-2024-39> ; ipg:passageHash "00ff" ;
    dcterms:isPartOf <id/passage/cdadi-2024-39/whole> ; ipg:sectionPath "Chapter > COUNTRY" ; ipg:inField <id/field/purpose> ;
    oa:hasSelector <id/passage/cdadi-2024-39/a/position> .
  <id/passage/cdadi-2024-39/a/position> oa:start 12 ; oa:end 345 .
}
"""
PREFIXES = f"""BASE <{BASE}>
PREFIX ipg: <ontology#>
PREFIX graph: <graph/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
PREFIX semapv: <https://w3id.org/semapv/vocab/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def write_linked_snapshot(root: Path, home: Path, base: str = BASE) -> Path:
    """Write the snapshot and put it in service below a home folder."""
    names = ("reused-terms", "prefixes")
    ontology = [*(root / "ontology" / "modules").glob("*.ttl"), *(root / "ontology" / f"{name}.ttl" for name in names)]
    asserted = {*read_turtle(tuple(sorted(ontology)), "ontology"), *_quads(_items()), *_quads(REST.replace("WORDING", WORDING))}
    for number, link in enumerate(LINKS):
        asserted |= _quads(_link(number, link))
    dataset = Dataset(move_base([*asserted, *infer(Dataset(asserted))], BASE, base))
    return publish_snapshot(home, VERSION, dataset, base, {"version": VERSION}, {})


def _items() -> str:
    kinds = (f'<id/{path}> skos:prefLabel "{title}"@en, "Titel"@de .' for path, (_, title) in ITEMS.items())
    types = (f"<id/{path}> a ipg:{kind} ." for path, (kind, _) in ITEMS.items() if kind)
    return "GRAPH <graph/source/cdadi-2024-39> { " + "\n".join([*kinds, *types]) + " }"


def _link(number: int, link: LinkedPair) -> str:
    stated = link.property in {"ipg:elaborates", "ipg:relatedTo", "dcterms:references"}
    strength = f"ipg:strength ipg:{link.strength} ;" if link.strength else ""
    basis = ("StatedInSource", "StatedByDocument") if stated else ("EditorialJudgement", "JudgedByModel")
    return f"""GRAPH <graph/{"source/cdadi-2024-39" if stated else "curated"}> {{
      <id/{link.source}> {link.property} <id/{link.target}> .
      <id/link/l{number}> a ipg:Link, owl:Axiom ; owl:annotatedSource <id/{link.source}> ;
        owl:annotatedProperty {link.property} ; owl:annotatedTarget <id/{link.target}> ; {strength}
        ipg:basis ipg:{basis[0]} ; ipg:reviewState ipg:{basis[1]} ; ipg:rationale "{link.rationale}"@en ;
        sssom:confidence 0.75 ; sssom:mapping_justification semapv:ManualMappingCuration ;
        prov:wasAttributedTo <id/agent/language-model> ; dcterms:created "2026-11-21"^^xsd:date ;
        ipg:evidence <id/passage/cdadi-2024-39/a> . }}"""


def _quads(text: str) -> set[Quad]:
    return set(parse(PREFIXES + text, format=RdfFormat.TRIG))
