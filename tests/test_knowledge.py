"""Each question to the knowledge finds what it asks for and nothing else; work left is no failure."""

from __future__ import annotations

import json
from calendar import month_name
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

import etl.knowledge
from etl.errors import RecordError
from etl.identifiers import BASE
from etl.knowledge import Finding, Findings, check_knowledge, refuse_errors, render_findings
from etl.snapshot import read_manifest
from tests.checkout import run_ipg
from tests.linked import write_linked_snapshot

PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX ipg: <ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
"""


class Case(NamedTuple):
    """A graph in which a question finds something, which items those are, and one in which it finds nothing."""

    fires: str
    found: list[str]
    quiet: str


LINKED = """<id/practice/a> a ipg:Practice ; ipg:primaryPrinciple <id/principle/cbp-1> .
<id/principle/cbp-1> skos:notation "1" .
<id/link/a> owl:annotatedSource <id/practice/a> ; owl:annotatedProperty ipg:implements ;
  owl:annotatedTarget <id/principle/cbp-1> ; sssom:confidence """
MEASURE = """<id/recommendation/interaction-1> a ipg:Provision ; dcterms:isPartOf <id/framework/coe-interaction-2011> ;
  skos:notation "1" ; skos:prefLabel "Occasions"@en ."""
GUIDE = MEASURE.replace("interaction-1", "guide-1.1").replace("coe-interaction", "coe-guide")
CASES = {
    "concept_used_once": Case(
        "<id/practice/a> a ipg:Practice ; dcterms:subject <id/theme/x> ; ipg:targetGroup <id/target-group/y> . "
        "<id/practice/b> a ipg:Practice ; ipg:targetGroup <id/target-group/y> .",
        ["theme/x"],
        "<id/practice/a> a ipg:Practice ; dcterms:subject <id/theme/x> . "
        "<id/practice/b> a ipg:Practice ; dcterms:subject <id/theme/x> . "
        "<id/conclusion/1> a ipg:Provision ; dcterms:subject <id/theme/z> .",
    ),
    "contributed_practice_not_judged": Case(
        '<id/practice/a> a ipg:Practice ; dcterms:source <id/document/d> . <id/document/d> ipg:documentStatus "contributed" .',
        ["practice/a"],
        '<id/practice/a> a ipg:Practice ; dcterms:source <id/document/d> . <id/document/d> ipg:documentStatus "final" .',
    ),
    "item_without_label": Case(
        '<id/practice/a> a ipg:Practice ; skos:prefLabel "Titre"@fr . <id/actor/a> a ipg:Actor . ipg:Practice a owl:Class .',
        ["actor/a", "practice/a", f"{BASE}ontology#Practice"],
        '<id/practice/a> a ipg:Practice ; skos:prefLabel "Title"@en . <id/actor/a> a ipg:Actor ; skos:prefLabel "Stadt"@de . '
        'ipg:Practice a owl:Class ; rdfs:label "practice"@en . skos:Concept a owl:Class . [] a owl:Class .',
    ),
    "length_that_contradicts_its_dates": Case(
        '<id/practice/a> a ipg:Practice ; ipg:durationText "May 2019 to June 2022 (29 months)" . '
        '<id/practice/b> a ipg:Practice ; ipg:durationText "June 2022 - May 2022, 3 months" . '
        '<id/practice/c> a ipg:Practice ; ipg:durationText "2 years, 2015 - 2019" .',
        ["practice/a", "practice/b", "practice/c"],
        '<id/practice/a> a ipg:Practice ; ipg:durationText "May 2022 \u2013 April 2024 (24 months)" . '
        '<id/practice/b> a ipg:Practice ; ipg:durationText "30 months: From September 2019 to March 2022." . '
        '<id/practice/c> a ipg:Practice ; ipg:durationText "3 years, 2020 \u2013 2022" . '
        '<id/practice/d> a ipg:Practice ; ipg:durationText "November 2022, for 24 months" .',
    ),
    "link_readers_disagreed_on": Case(
        '<id/link/a> a ipg:Link ; ipg:readersAgreed false ; ipg:decisionReason "It tells of it."@en . '
        "<id/link/b> a ipg:Link ; ipg:readersAgreed false .",
        ["link/a", "link/b"],
        "<id/link/a> a ipg:Link ; ipg:readersAgreed true . <id/link/b> a ipg:Link ; ipg:basis ipg:StatedInSource .",
    ),
    "link_without_evidence": Case(
        "<id/link/a> a ipg:Link ; ipg:basis ipg:EditorialJudgement . "
        "<id/link/b> a ipg:Link ; ipg:basis ipg:EditorialJudgement ; ipg:evidence <id/practice/a> .",
        ["link/a", "link/b"],
        "<id/link/a> a ipg:Link ; ipg:basis ipg:EditorialJudgement ; ipg:evidence <id/passage/d/p> . "
        "<id/passage/d/p> a ipg:Passage . "
        "<id/link/b> a ipg:Link ; ipg:basis ipg:StatedInSource .",
    ),
    "ongoing_practice_with_an_end": Case(
        '<id/practice/a> a ipg:Practice ; ipg:ongoing true ; ipg:durationText "ongoing" ; ipg:endYear 2022 . '
        '<id/practice/b> a ipg:Practice ; ipg:ongoing true ; ipg:durationText "December 2018 \u2013 March 2022, and ongoing" .',
        ["practice/a", "practice/b"],
        '<id/practice/a> a ipg:Practice ; ipg:ongoing false ; ipg:durationText "2018-2022" ; ipg:endYear 2022 . '
        '<id/practice/b> a ipg:Practice ; ipg:ongoing true ; ipg:durationText "ongoing. Launched in January 2020" .',
    ),
    "organisation_without_country": Case(
        "<id/actor/a> a ipg:Actor ; ipg:actorKind <id/actor-kind/public-local> .",
        ["actor/a"],
        "<id/actor/a> a ipg:Actor ; ipg:actorKind <id/actor-kind/public-local> ; ipg:basedIn <id/place/aut> . "
        "<id/actor/b> a ipg:Actor ; ipg:actorKind <id/actor-kind/public-european> .",
    ),
    "organisations_that_may_be_one": Case(
        '<id/actor/a> a ipg:Actor ; foaf:name "Council for Intercultural Affairs" . '
        '<id/actor/b> a ipg:Actor ; foaf:name "Intercultural Affairs Council" ; ipg:basedIn <id/place/aut> . '
        '<id/actor/c> a ipg:Actor ; foaf:name "Municipality of Modena" . '
        '<id/actor/d> a ipg:Actor ; foaf:name "Comune: Municipality of Módena" .',
        ["actor/a", "actor/c"],
        '<id/actor/a> a ipg:Actor ; foaf:name "Ministry of the Interior" ; ipg:basedIn <id/place/aut> . '
        '<id/actor/b> a ipg:Actor ; foaf:name "Ministry of Interior" ; ipg:basedIn <id/place/bel> . '
        '<id/actor/c> a ipg:Actor ; foaf:name "City of Ghent" . '
        '<id/actor/d> a ipg:Actor ; foaf:name "Integration service of the city of Ghent" ; org:subOrganizationOf <id/actor/e> . '
        '<id/actor/e> a ipg:Actor ; foaf:name "Administration" ; org:subOrganizationOf <id/actor/c> . '
        '<id/actor/f> a ipg:Actor ; foaf:name "BBC" . <id/actor/g> a ipg:Actor ; foaf:name "IOM" .',
    ),
    "practice_with_low_confidence": Case(f"{LINKED} 0.6 .", ["practice/a"], f"{LINKED} 0.7 ."),
    "practice_without_primary_principle": Case(
        '<id/practice/a> a ipg:Practice ; dcterms:source <id/document/d> . <id/document/d> ipg:documentStatus "final" .',
        ["practice/a"],
        "<id/practice/a> a ipg:Practice ; ipg:primaryPrinciple <id/principle/cbp-1> . <id/chapter/b> a ipg:ContextChapter . "
        '<id/practice/c> a ipg:Practice ; dcterms:source <id/document/d> . <id/document/d> ipg:documentStatus "contributed" .',
    ),
    "provision_without_practice": Case(
        MEASURE,
        ["recommendation/interaction-1"],
        f"{MEASURE} <id/practice/a> ipg:implements <id/recommendation/interaction-1> . {GUIDE}",
    ),
}


def ask(graph: str, base: str = BASE) -> dict[str, tuple[Finding, ...]]:
    """What each question finds in a graph that stands in the default graph and in a named one, as in a snapshot."""
    store = Store()
    for triple in parse(PREFIXES + graph, format=RdfFormat.TURTLE, base_iri=base):
        for place in (DefaultGraph(), NamedNode(f"{base}graph/curated")):
            store.add(Quad(triple.subject, triple.predicate, triple.object, place))
    return {findings.name: findings.findings for findings in check_knowledge(store, base)}


def items(findings: tuple[Finding, ...], base: str = BASE) -> list[str]:
    return [finding.item.removeprefix(f"{base}id/") for finding in findings]


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_question_finds_what_it_asks_for(name: str) -> None:
    assert items(ask(CASES[name].fires)[name]) == CASES[name].found
    assert items(ask(CASES[name].quiet)[name]) == []


def test_every_question_has_a_case() -> None:
    assert set(ask("")) == set(CASES)
    rules = Path(etl.knowledge.__file__).parent / "rules" / "knowledge"
    assert {path.stem for path in rules.glob("*.rq")} <= set(CASES)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_question_holds_for_another_base(name: str) -> None:
    base = "https://data.example/integration/"
    assert len(ask(CASES[name].fires, base)[name]) == len(CASES[name].found)


def test_a_message_says_why() -> None:
    assert ask(f"{LINKED} 0.6 .")["practice_with_low_confidence"][0].message == "principle 1 is held with confidence 0.6"
    reasons = [finding.message for finding in ask(CASES["link_readers_disagreed_on"].fires)["link_readers_disagreed_on"]]
    assert reasons == ["kept by a decision: It tells of it.", "kept by a decision: no reason given"]


@settings(deadline=None)  # the machine may be busy
@given(st.integers(1990 * 12, 2030 * 12), st.integers(1, 120), st.integers(-60, 60))
def test_a_printed_length_is_compared_with_its_dates(start: int, months: int, wrong: int) -> None:
    def name(month: int) -> str:
        return f"{month_name[month % 12 + 1]} {month // 12}"

    assume(months + wrong >= 0)
    printed = f"{name(start)} \u2013 {name(start + months)} ({months + wrong} months)"
    found = ask(f'<id/practice/a> a ipg:Practice ; ipg:durationText "{printed}" .')["length_that_contradicts_its_dates"]
    # The last month may count or not.
    assert bool(found) == (wrong not in {0, 1})


FOUND = Findings(
    name="n",
    severity="work",
    question="Questions",
    findings=tuple(Finding(item=f"{BASE}id/a/{n}", message="m") for n in range(3)),
)


def test_errors_come_first_and_long_lists_are_cut() -> None:
    text = render_findings(check_knowledge(Store()))
    assert text.rindex("ERROR") < text.index("WORK")
    assert render_findings([FOUND], most=2).splitlines() == [
        "WORK      3  Questions",
        "             a/0: m",
        "             a/1: m",
        "             ... and 1 more (--most)",
    ]


def test_only_errors_are_refused() -> None:
    refuse_errors([FOUND, FOUND.model_copy(update={"severity": "error", "findings": ()})])
    with pytest.raises(RecordError, match="must not be there: n 3"):
        refuse_errors([FOUND.model_copy(update={"severity": "error"})])


def test_the_graph_has_work_left_and_no_errors(home: Path) -> None:
    result = run_ipg("check", "knowledge", "--most", "1000", IPG_HOME=home)
    assert result.returncode == 0, result.stdout
    assert result.stdout.startswith(read_manifest(home / "current")["version"])
    for line in ("practice/citizen-coin: goes on, but prints", "strategic-framework-consultation-spain: 29 months cannot be"):
        assert result.stdout.count(line) == 1
    listed = json.loads(run_ipg("check", "knowledge", "--format", "json", IPG_HOME=home).stdout)
    assert {question["name"] for question in listed["questions"]} == set(CASES)
    assert all(question["severity"] == "work" or not question["findings"] for question in listed["questions"])


@pytest.mark.parametrize("base", [BASE, "https://data.example/integration/"])
def test_an_error_makes_the_command_fail(root: Path, tmp_path: Path, base: str) -> None:
    write_linked_snapshot(root, tmp_path, base)
    result = run_ipg("check", "knowledge", IPG_HOME=tmp_path)
    assert result.returncode == 1
    assert "field/purpose: has no English label" in result.stdout
    assert result.stderr.startswith("Error: knowledge: findings that must not be there: item_without_label 1\n")


def test_no_snapshot_is_told(tmp_path: Path) -> None:
    result = run_ipg("check", "knowledge", IPG_HOME=tmp_path)
    assert result.returncode == 1
    assert "run: ipg build" in result.stderr
