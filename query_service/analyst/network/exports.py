"""The network as data: GraphML, JSON, CSV and a workbook, each with what is shown and no more."""

from __future__ import annotations

from typing import Any, Final

from query_service.analyst.desk import View
from query_service.analyst.naming import namer_of
from query_service.analyst.network.graph import Edge, Network, Node
from query_service.analyst.tables import Row, about_data, as_csv, as_json, as_workbook
from query_service.item_facts import LANGUAGES

__all__ = ["network_csv", "network_graphml", "network_json", "network_workbook"]

_WHAT: Final = "Links as a network"
_COLUMNS: Final = (
    "source", "source_title", "source_kind", "property", "label", "target", "target_title", "target_kind",
    "strength", "basis", "review_state", "confidence", "rationale", "link",
)  # fmt: skip


def network_graphml(view: View, network: Network) -> bytes:
    """The network for programs that draw and measure networks; nodes are IRIs, and attributes are those of the dump."""
    import networkx as nx  # noqa: PLC0415 - heavy, and needed for this one format

    graph = nx.MultiDiGraph(**about_data(view, _WHAT))
    facts = view.things.facts
    for node in network.nodes:
        iri = node.item.iri
        labels = {f"label_{language}": facts.label(iri, language) for language in LANGUAGES}
        graph.add_node(iri, label=facts.label(iri), **labels, type=node.kind, number=node.item.number)
    for edge in network.edges:
        source, target = view.things.iri(edge.source), view.things.iri(edge.target)
        told: dict[str, Any] = {name: value for name, value in _told(view, edge).items() if value != ""}
        graph.add_edge(source, target, key=edge.link or f"{source} {edge.predicate} {target}", **told)
    text = "\n".join(nx.generate_graphml(graph)) + "\n"
    return (text if text.startswith("<?xml") else f'<?xml version="1.0" encoding="utf-8"?>\n{text}').encode()


def network_json(view: View, network: Network) -> bytes:
    """Nodes and links, with the addresses of their pages."""
    nodes = [_node(view, node) for node in network.nodes]
    edges = [
        {"source": view.things.iri(edge.source), "target": view.things.iri(edge.target), **_told(view, edge)}
        for edge in network.edges
    ]
    return as_json(view, _WHAT, {"nodes": nodes, "edges": edges})


def network_csv(view: View, network: Network) -> bytes:
    """One row per link."""
    return as_csv(view, _edge_rows(view, network), _COLUMNS)


def network_workbook(view: View, network: Network) -> bytes:
    """A sheet of nodes and one of links."""
    sheets: dict[str, list[Row]] = {
        "Nodes": [_node(view, node) for node in network.nodes],
        "Links": _edge_rows(view, network),
    }
    return as_workbook(view, _WHAT, {title: rows for title, rows in sheets.items() if rows})


def _node(view: View, node: Node) -> dict[str, str | int]:
    return {
        "iri": node.item.iri,
        "path": node.item.path,
        "kind": node.kind,
        "number": node.item.number,
        "title": node.item.title,
        "title_language": node.item.language,
        "framework": view.things.iri(node.framework) if node.framework else "",
        "links": node.degree,
        "page": node.item.url,
    }


def _edge_rows(view: View, network: Network) -> list[Row]:
    nodes = {node.item.path: node for node in network.nodes}
    rows: list[Row] = []
    for edge in network.edges:
        source, target = nodes[edge.source], nodes[edge.target]
        rows.append(
            {
                "source": view.things.iri(edge.source),
                "source_title": source.item.title,
                "source_kind": source.kind,
                "target": view.things.iri(edge.target),
                "target_title": target.item.title,
                "target_kind": target.kind,
                **_told(view, edge),
            }
        )
    return [{name: row[name] for name in _COLUMNS} for row in rows]


def _told(view: View, edge: Edge) -> dict[str, str | float]:
    return {
        "property": edge.predicate,
        "label": namer_of(view).term(edge.predicate),
        "strength": edge.strength,
        "basis": edge.basis,
        "review_state": edge.review,
        "confidence": "" if edge.confidence is None else edge.confidence,
        "rationale": edge.rationale,
        "link": edge.link,
    }
