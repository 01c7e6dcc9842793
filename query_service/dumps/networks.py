"""The links as a network, for programs that draw and measure networks: GraphML and GEXF.

Nodes are the ends of links, with the organisations and countries of practices. An edge is a link record, with its reasons,
or a role or country of a practice, which has no record. What follows by inference alone is no edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import networkx as nx

from query_service.dumps.records import DumpFile, file_name
from query_service.item_facts import LANGUAGES, ItemFacts, Value
from query_service.snapshot import Snapshot

__all__ = ["build_network", "network_files"]

#: Properties of a practice that are edges without a record.
_BARE: Final = ("ipg:leadActor", "ipg:partner", "ipg:funder", "ipg:country")
#: What an edge tells of its record: values by the name of the attribute.
_TOLD: Final = {
    "strength": "ipg:strength",
    "basis": "ipg:basis",
    "review_state": "ipg:reviewState",
    "justification": "sssom:mapping_justification",
}


def network_files(snapshot: Snapshot, facts: ItemFacts) -> Iterator[DumpFile]:
    """The network in both formats."""
    network = build_network(snapshot, facts)
    graphml = "\n".join(nx.generate_graphml(network)) + "\n"
    # The library writes the day into GEXF; the same network is to be the same bytes on any day.
    gexf = re.sub(r' lastmodifieddate="[^"]*"', "", "\n".join(nx.generate_gexf(network))) + "\n"
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    for ending, text, media_type in (
        (".graphml", graphml, "application/graphml+xml"),
        (".gexf", gexf, "application/gexf+xml"),
    ):
        whole = text if text.startswith("<?xml") else declaration + text
        title = f"Links as a network ({ending[1:]})"
        yield DumpFile(file_name(snapshot, ending), whole.encode(), title, "networks", media_type)


def build_network(snapshot: Snapshot, facts: ItemFacts) -> Any:  # networkx has no types
    """A directed graph in which several edges may join two nodes; nodes are IRIs."""
    network = nx.MultiDiGraph(name=facts.label(facts.dataset), version=snapshot.version, license=facts.licence)
    edges = sorted([*_recorded(facts), *_bare(facts)], key=lambda edge: edge[:3])
    for iri in sorted({end for source, _, target, _ in edges for end in (source, target)}):
        labels = {f"label_{language}": facts.label(iri, language) for language in LANGUAGES}
        network.add_node(iri, label=facts.label(iri), **labels, type=_kind(iri, facts))
    for source, key, target, told in edges:
        network.add_edge(source, target, key=key, **told)
    return network


_Edge = tuple[str, str, str, dict[str, str | float]]


def _recorded(facts: ItemFacts) -> Iterator[_Edge]:
    for link, values in facts.members("ipg:Link").items():
        first = {name: values.get(facts.expand(name), (Value(""),))[0].text for name in (*_ENDS, *_TOLD.values(), *_NUMBERS)}
        told: dict[str, str | float] = _name_property(first["owl:annotatedProperty"], facts)
        told |= {name: facts.compact(first[value]) for name, value in _TOLD.items() if first[value]}
        if first["sssom:confidence"]:
            told["confidence"] = float(first["sssom:confidence"])
        told["rationale"] = next((v.text for v in values[facts.expand("ipg:rationale")] if v.language == "en"), "")
        told["link"] = link
        yield first["owl:annotatedSource"], link, first["owl:annotatedTarget"], told


_ENDS: Final = ("owl:annotatedSource", "owl:annotatedProperty", "owl:annotatedTarget")
_NUMBERS: Final = ("sssom:confidence",)


def _bare(facts: ItemFacts) -> Iterator[_Edge]:
    for practice, values in facts.members("ipg:Practice").items():
        for name in _BARE:
            for value in values.get(facts.expand(name), ()):
                key = f"{practice} {name} {value.text}"
                yield practice, key, value.text, _name_property(facts.expand(name), facts)


def _name_property(iri: str, facts: ItemFacts) -> dict[str, str | float]:
    return {"property": facts.compact(iri), "label": facts.label(iri)}


def _kind(iri: str, facts: ItemFacts) -> str:
    """What an item is by its path: practice, principle, actor and so on."""
    name = facts.compact(iri)
    return name.removeprefix("id:").split("/", maxsplit=1)[0] if name.startswith("id:") else "other"
