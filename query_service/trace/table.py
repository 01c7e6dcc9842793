"""A trace as a table: one row per hop."""

from __future__ import annotations

from typing import Final

from query_service.trace.records import Hop, Trace, TracedPath
from query_service.trace.words import derivation_of

__all__ = ["CSV_COLUMNS", "trace_rows"]

#: Columns of the table: one row per hop; without any path one row that says so.
CSV_COLUMNS: Final = (
    "dataset_version", "max_hops", "paths", "path", "hops", "hop", "from", "from_title", "words", "to", "to_title", "along",
    "property", "also", "strength", "basis", "rationale", "confidence", "review_state", "attributed_to", "created", "as_printed",
    "passages", "link", "graphs", "derived",
)  # fmt: skip
_BETWEEN: Final = "; "


def trace_rows(trace: Trace) -> list[dict[str, str]]:
    """One row per hop, in the columns of :data:`CSV_COLUMNS`; without any path one row that says so."""
    about = {"dataset_version": trace.dataset_version, "max_hops": str(trace.max_hops), "paths": str(trace.path_count)}
    rows = [
        _csv_row(trace, hop)
        | {"path": str(number), "hops": str(len(path.hops)), "hop": str(place)}
        | _csv_derived(trace, path, place)
        for number, path in enumerate(trace.paths, 1)
        for place, hop in enumerate(path.hops, 1)
    ]
    return [dict.fromkeys(CSV_COLUMNS, "") | about | row for row in rows or [{}]]


def _csv_row(trace: Trace, hop: Hop) -> dict[str, str]:
    named = trace.item_by_path
    statement = trace.statement(hop.statement)
    row = {
        "from": hop.source,
        "from_title": named[hop.source].title,
        "words": hop.words,
        "to": hop.target,
        "to_title": named[hop.target].title,
        "along": str(hop.along).lower(),
        "property": statement.property,
        "also": _BETWEEN.join(statement.also),
        "graphs": _BETWEEN.join(statement.graphs),
    }
    link = statement.link
    if link is None:
        return row
    return row | {
        "strength": link.strength or "",
        "basis": link.basis,
        "rationale": link.rationale,
        "confidence": "" if link.confidence is None else f"{link.confidence:g}",
        "review_state": link.review_state,
        "attributed_to": _BETWEEN.join(agent.name for agent in link.attributed_to),
        "created": str(link.created or ""),
        "as_printed": link.as_printed or "",
        "passages": _BETWEEN.join(passage.iri for passage in link.passages),
        "link": link.iri,
    }


def _csv_derived(trace: Trace, path: TracedPath, place: int) -> dict[str, str]:
    """What follows from a hop, alone or with those before it: told at the last hop that it needs."""
    told = [derivation_of(derived, trace) for derived in path.derived if derived.hops[-1] == place]
    return {"derived": _BETWEEN.join(told)}
