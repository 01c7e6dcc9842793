"""The dataset's own description (``graph/metadata``): what it is, its version, its graphs, and how it was made."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import Dataset, NamedNode

from etl.graphs.judgements import write_agreement
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


def write_metadata(dataset: Dataset, version: str, agreement: tuple[Agreement, ...]) -> GraphWriter:
    """Describe a dataset: counts are those of its other graphs.

    :param version: as :func:`etl.snapshot.data_version` gives it.
    :param agreement: how far the two readers of the judged links agreed.
    """
    graph = GraphWriter("metadata")
    node = item("dataset/integration-policy-graph")
    graph.types(node, "dcat:Dataset", "void:Dataset")
    graph.label(node, _TITLES)
    graph.add(node, "dcterms:description", text(_DESCRIPTION, "en"))
    graph.add(node, "dcterms:provenance", text(_PROVENANCE, "en"))
    graph.add(node, "dcterms:license", LICENCE)
    graph.add(node, "dcat:version", version)
    graph.add(node, "owl:versionInfo", version)
    graph.add(node, "void:uriSpace", BASE)
    for graph_node, triples in sorted(_count(dataset).items(), key=lambda pair: pair[0].value):
        name = graph_node.value.removeprefix(f"{BASE}graph/")
        graph.add(node, "void:subset", graph_node)
        graph.types(graph_node, "void:Dataset", "sd:NamedGraph")
        graph.add(graph_node, "sd:name", graph_node)
        graph.add(graph_node, "void:triples", triples)
        graph.add(graph_node, "dcterms:license", LICENCE)
        if name.startswith("source/"):
            graph.add(graph_node, "dcterms:source", item(f"document/{name.removeprefix('source/')}"))
        title = _GRAPH_NOTES.get(name, f"What the document {name.removeprefix('source/')} states")
        graph.label(graph_node, [("en", title)])
    write_agreement(graph, agreement)
    return graph


def _count(dataset: Dataset) -> Counter[NamedNode]:
    private = {expand("graph:text"), expand("graph:suggested")}
    return Counter(
        quad.graph_name for quad in dataset if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in private
    )
