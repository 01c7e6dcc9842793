"""What holds after both codings and the decisions: judged links, structure of practices, and how far readers agreed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from etl.coding import ActorCode, Settled, SettledLink
from etl.errors import RecordError
from etl.graphs.links import AssertedLink, write_link
from etl.graphs.writer import GraphWriter, item, passage, text
from etl.identifiers import ItemPath, Key
from etl.judgements import Agreement, CodingFacts, Judgements, SettledFrameworkLink
from etl.records import PracticeRecord

__all__ = ["write_agreement", "write_judgements"]

_ROLES = {"lead": "ipg:leadActor", "partner": "ipg:partner", "funder": "ipg:funder"}


def write_judgements(graph: GraphWriter, judgements: Judgements, records: Mapping[Key, PracticeRecord]) -> None:
    """Write everything that was judged.

    A role that a field of the document states is not judged again.

    :param records: the practices as extracted, by key.
    """
    for key, settled in judgements.practices.items():
        record = records[key]
        for link in (settled.primary, *settled.links):
            _write_practice_link(graph, judgements.facts, settled, link, record.document)
        graph.add(item(f"practice/{key}"), "ipg:reviewedFor", *(item(path) for path in judgements.facts.reviewed_for))
        _write_structure(graph, settled, record.document)
        mentions = {mention.actor: mention for mention in record.mentions}
        for code in settled.actors:
            mention = mentions.get(f"actor/{code.actor}")
            if mention is None:
                where = f"data/curation/coding: {key}: {code.actor}"
                raise RecordError(
                    where, "has a role, but the entry does not name it", "an organisation of the entry", "correct the code"
                )
            if mention.role == "named":
                _write_role(graph, settled, code, mention.printed, record.document)
    for framework_link in judgements.frameworks:
        _write_framework_link(graph, judgements.facts, framework_link)


def _write_practice_link(graph: GraphWriter, facts: CodingFacts, settled: Settled, link: SettledLink, document: Key) -> None:
    source, target = f"practice/{settled.practice}", f"{link.series}{link.number}"
    primary = link == settled.primary
    if link.series.startswith("principle/"):
        graph.add(item(source), "ipg:implementsPrinciple", item(target))
        if primary:
            graph.add(item(source), "ipg:primaryPrinciple", item(target))
    node = write_link(
        graph,
        AssertedLink(
            source=source,
            property="ipg:implements",
            target=target,
            basis="EditorialJudgement",
            rationale=link.rationale,
            document=document,
            evidence=link.evidence,
            confidence=Decimal(str(link.confidence)),
            review_state="JudgedByModel",
            agents=_agents(facts, link),
            created=facts.coded_on,
            strength="Primary" if primary else "Secondary",
        ),
    )
    graph.add(node, "ipg:readersAgreed", link.agreed)
    if link.decision:
        graph.add(node, "ipg:decisionReason", text(link.decision, "en"))


def _agents(facts: CodingFacts, link: SettledLink) -> tuple[ItemPath, ...]:
    """Both readers, the adjudicator where one decided, and whoever mended the link on checking its evidence."""
    checked = (link.checked_by,) if link.checked_by else ()
    undisputed = link.agreed and (link.decision is None or checked)
    return (*facts.readers, *(() if undisputed else (facts.adjudicator,)), *checked)


def _write_structure(graph: GraphWriter, settled: Settled, document: Key) -> None:
    node = item(f"practice/{settled.practice}")
    for level in settled.levels:
        place = item(f"level/{level.level}")
        graph.add(node, "ipg:governanceLevel", place)
        graph.add(node, "ipg:runsAtLevel" if level.by == "runs" else "ipg:fundedAtLevel", place)
    graph.add(node, "ipg:targetGroup", *(item(f"target-group/{key}") for key in settled.target_groups))
    graph.add(node, "dcterms:subject", *(item(f"theme/{key}") for key in settled.themes))
    graph.add(node, "ipg:fundingProgramme", *(programme.name for programme in settled.programmes))
    graph.add(node, "ipg:evidenceType", item(f"evidence-type/{settled.evidence_type.type}"))
    if settled.transferability:
        graph.add(node, "ipg:transferabilityEvidence", *(passage(document, key) for key in settled.transferability.evidence))
    for number, result in enumerate(settled.results, start=1):
        figure = item(f"result/{settled.practice}-{number}")
        graph.types(figure, "ipg:ResultFigure")
        graph.add(node, "ipg:hasResult", figure)
        graph.add(figure, "ipg:figure", result.number)
        graph.add(figure, "ipg:unit", result.unit)
        graph.add(figure, "ipg:counted", text(result.what, "en"))
        graph.add(figure, "prov:wasDerivedFrom", *(passage(document, key) for key in result.evidence))


def _write_role(graph: GraphWriter, settled: Settled, code: ActorCode, printed: str, document: Key) -> None:
    practice, actor = item(f"practice/{settled.practice}"), item(f"actor/{code.actor}")
    graph.add(practice, _ROLES[code.role], actor)
    node = item(f"participation/{settled.practice}--{code.role}--{code.actor}")
    graph.types(node, "cv:Participation")
    graph.add(node, "cv:role", item(f"role/{code.role}"))
    graph.add(node, "ipg:participant", actor)
    graph.add(node, "ipg:participatesIn", practice)
    graph.add(node, "ipg:nameAsPrinted", printed)
    graph.add(node, "prov:wasDerivedFrom", *(passage(document, key) for key in code.evidence))


def _write_framework_link(graph: GraphWriter, facts: CodingFacts, settled: SettledFrameworkLink) -> None:
    link = settled.link
    node = write_link(
        graph,
        AssertedLink(
            source=link.source,
            property=f"ipg:{link.property}",
            target=link.target,
            basis="EditorialJudgement",
            rationale=link.rationale,
            document=link.document,
            evidence=link.evidence,
            confidence=Decimal(str(link.confidence)),
            review_state="JudgedByModel",
            agents=facts.readers if settled.agreed else (*facts.readers, facts.adjudicator),
            created=facts.coded_on,
        ),
    )
    graph.add(node, "ipg:readersAgreed", settled.agreed)
    if settled.decision:
        graph.add(node, "ipg:decisionReason", text(settled.decision, "en"))
    if link.match:
        graph.add(item(link.source), f"skos:{link.match}", item(link.target))
    if link.differs:
        graph.add(node, "ipg:differs", text(link.differs, "en"))


def write_agreement(graph: GraphWriter, agreement: tuple[Agreement, ...]) -> None:
    """Write how far the two readers agreed, labelled for what it is: agreement between models."""
    for figure in agreement:
        node = item(f"agreement/{figure.layer.replace('_', '-')}")
        graph.types(node, "ipg:AgreementFigure")
        label = f"Agreement between two language models, no person yet: {figure.layer.replace('_', ' ')} ({figure.measure})"
        graph.label(node, [("en", label)])
        graph.add(node, "ipg:codingLayer", figure.layer)
        graph.add(node, "ipg:agreementMeasure", figure.measure)
        graph.add(node, "ipg:agreementValue", Decimal(str(figure.value)))
        graph.add(node, "ipg:itemsCompared", figure.items)
