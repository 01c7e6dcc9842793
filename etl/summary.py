"""Counts for the summary that a build ends with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pyoxigraph import Dataset, NamedNode

from etl.namespaces import expand
from etl.records import DocumentRecords

__all__ = ["count_links", "count_records"]


def count_records(records: Mapping[str, DocumentRecords]) -> dict[str, int]:
    """Number of records by kind, over all documents."""
    counts: Counter[str] = Counter()
    for document in records.values():
        counts.update(_provision_kind(p.path, p.kind) for p in document.provisions)
        counts["practices"] += sum(p.path.startswith("practice/") for p in document.practices)
        counts["context chapters"] += sum(p.path.startswith("chapter/") for p in document.practices)
        for kind in ("questions", "headings", "themes", "criteria", "glossary", "instruments", "citations", "passages"):
            counts[kind] += len(getattr(document, kind))
    return dict(sorted(counts.items()))


def _provision_kind(path: str, kind: str) -> str:
    series = path.split("/", 1)[1].split("-", 1)[0]
    return f"{kind}s" if kind in {"conclusion", "guideline"} else f"{kind}s ({series})"


def count_links(dataset: Dataset) -> dict[str, dict[str, int]]:
    """Number of link records by the property they annotate and their basis."""
    bases = {q.subject: _local(q.object) for q in dataset.quads_for_predicate(expand("ipg:basis"))}
    counts: dict[str, Counter[str]] = {}
    for quad in dataset.quads_for_predicate(expand("owl:annotatedProperty")):
        counts.setdefault(_local(quad.object), Counter())[bases.get(quad.subject, "no basis")] += 1
    return {name: dict(sorted(counter.items())) for name, counter in sorted(counts.items())}


def _local(node: object) -> str:
    return node.value.replace("#", "/").rsplit("/", 1)[1] if isinstance(node, NamedNode) else str(node)
