"""The dataset's own description (``graph/metadata``): what it is and holds, its version, its graphs, and how it was made.

What is said in numbers leaves this description out, which cannot count itself, and the graphs that are not for everyone.
Addresses of the service that publishes the dataset are not here: a snapshot is the same wherever it is served.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Dataset, NamedNode, Triple

from etl.graphs.judgements import write_agreement
from etl.graphs.linksets import write_linksets
from etl.graphs.partitions import write_graph_statistics, write_partitions, write_statistics
from etl.graphs.statistics import Statistics, count
from etl.graphs.writer import GraphWriter, item, text
from etl.identifiers import BASE
from etl.judgements import Agreement
from etl.namespaces import expand

__all__ = ["LICENCE", "write_metadata"]

#: Licence of ontology and data.
LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")

_TITLES = [
    ("en", "Integration Policy Graph"),
    ("fr", "Graphe des politiques d'intégration"),
    ("de", "Graph der Integrationspolitik"),
]
_DESCRIPTION = (
    "Principles, conclusions, recommendations and documented practices of European migrant-integration policy, with the "
    "evidence of every link between them."
)
_PROVENANCE = (
    "Programs extracted what five documents state. Language models wrote titles and summaries, merged names of organisations, "
    "coded every practice and the links between frameworks twice and independently, decided the differences with reasons, and "
    "wrote the French and German labels. Figures of agreement are between models; no person has reviewed any of it yet."
)
_GRAPH_NOTES = {
    "ontology": "Classes, properties, alignments",
    "vocabulary": "Concept schemes and places",
    "curated": "Titles, organisations, corrections and judged links",
    "inferred": "What follows by the ontology and is not asserted",
    "absence": "Coverage cells",
    "examples": "Example queries",
    "metadata": "Description of the dataset",
}


_PATH = "dataset/integration-policy-graph"
#: Classes of which one member is named as an example of what the dataset is about.
_EXAMPLES = ("Framework", "Principle", "Conclusion", "Recommendation", "Practice", "Actor", "Place", "Link", "CoverageCell")


def write_metadata(dataset: Dataset, version: str, agreement: tuple[Agreement, ...]) -> GraphWriter:
    """Describe a dataset: counts are those of its other graphs.

    :param version: as :func:`etl.snapshot.data_version` gives it.
    :param agreement: how far the two readers of the judged links agreed.
    """
    graph = GraphWriter("metadata")
    node = item(_PATH)
    graph.types(node, "dcat:Dataset", "void:Dataset")
    graph.label(node, _TITLES)
    graph.add(node, "dcterms:description", text(_DESCRIPTION, "en"))
    graph.add(node, "dcterms:provenance", text(_PROVENANCE, "en"))
    graph.add(node, "dcterms:license", LICENCE)
    graph.add(node, "dcat:version", version)
    graph.add(node, "owl:versionInfo", version)
    graph.add(node, "void:uriSpace", BASE)
    graphs = _public_graphs(dataset)
    for graph_node, triples in sorted(graphs.items(), key=lambda pair: pair[0].value):
        _write_graph(graph, node, graph_node, triples)
    # As in the default graph, a triple that stands in several graphs counts once.
    union = set().union(*graphs.values())
    found = count(union)
    write_statistics(graph, node, found)
    write_partitions(graph, node, _PATH, found)
    write_linksets(graph, node, _PATH, union)
    graph.add(node, "void:vocabulary", *_find_vocabularies(found))
    graph.add(node, "void:exampleResource", *_find_examples(found))
    write_agreement(graph, agreement)
    return graph


def _write_graph(graph: GraphWriter, node: NamedNode, graph_node: NamedNode, triples: Iterable[Triple]) -> None:
    name = graph_node.value.removeprefix(f"{BASE}graph/")
    graph.add(node, "void:subset", graph_node)
    graph.types(graph_node, "void:Dataset", "sd:NamedGraph")
    graph.add(graph_node, "sd:name", graph_node)
    graph.add(graph_node, "dcterms:license", LICENCE)
    if name.startswith("source/"):
        graph.add(graph_node, "dcterms:source", item(f"document/{name.removeprefix('source/')}"))
    title = _GRAPH_NOTES.get(name, f"What the document {name.removeprefix('source/')} states")
    graph.label(graph_node, [("en", title)])
    write_graph_statistics(graph, graph_node, f"{_PATH}/graph/{name}", count(triples))


def _public_graphs(dataset: Dataset) -> dict[NamedNode, set[Triple]]:
    private = {expand("graph:text"), expand("graph:suggested")}
    graphs: dict[NamedNode, set[Triple]] = defaultdict(set)
    for quad in dataset:
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in private:
            graphs[quad.graph_name].add(quad.triple)
    return graphs


def _find_vocabularies(found: Statistics) -> list[NamedNode]:
    """Namespaces of the properties and classes in use, as an IRI up to its last ``#`` or ``/``."""
    terms = [*found.properties, *found.classes]
    return [NamedNode(space) for space in {re.sub(r"[^#/]*$", "", term.value) for term in terms}]


def _find_examples(found: Statistics) -> list[NamedNode]:
    """The first member, by IRI, of each class that the dataset is about."""
    kinds = [found.classes[expand(f"ipg:{name}")] for name in _EXAMPLES if expand(f"ipg:{name}") in found.classes]
    return [min(found.members(kind), key=lambda member: member.value) for kind in kinds]
