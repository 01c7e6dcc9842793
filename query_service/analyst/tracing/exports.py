"""A trace as data: JSON, CSV, a workbook and a picture, each with all paths, the dataset version and the permanent address.

Wordings of passages are in them only where the settings publish them; positions always are.
"""

from __future__ import annotations

from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.tables import Row, as_csv, as_json, as_workbook
from query_service.analyst.tracing.parameters import TraceParameters
from query_service.trace.records import Trace
from query_service.trace.table import CSV_COLUMNS, trace_rows
from query_service.trace.words import counts_of, ends_of, scope_of

__all__ = ["trace_csv", "trace_json", "trace_permalink", "trace_svg", "trace_workbook"]

_MORE: Final = ("from_iri", "to_iri", "permanent_address")


def trace_permalink(view: View, parameters: TraceParameters, found: Trace) -> str:
    """The address that gives this trace of this version for ever, or says that it cannot."""
    query = parameters.query(start=found.start, end=found.end, version=view.analysis.version, page=1)
    return f"{view.urls.at('trace')}?{query}"


def trace_json(view: View, parameters: TraceParameters, found: Trace) -> bytes:
    """All paths, field by field as ``ipg trace`` writes them."""
    content = {"permanent_address": trace_permalink(view, parameters, found), **found.model_dump(mode="json")}
    return as_json(view, _what(found), content)


def trace_csv(view: View, parameters: TraceParameters, found: Trace) -> bytes:
    """One row per hop."""
    columns = [name for name in CSV_COLUMNS if name != "dataset_version"]
    return as_csv(view, _rows(view, parameters, found), [*columns, *_MORE])


def trace_workbook(view: View, parameters: TraceParameters, found: Trace) -> bytes:
    """Sheets of paths, of statements and of passages."""
    sheets = {"Paths": _rows(view, parameters, found), "Statements": _statements(view, found), "Passages": _passages(found)}
    notes = {
        "found": counts_of(found),
        "limits": scope_of(found),
        "walked": ", ".join(found.properties),
        "permanent address": trace_permalink(view, parameters, found),
    }
    return as_workbook(view, _what(found), {title: rows for title, rows in sheets.items() if rows}, notes)


def trace_svg(found: Trace) -> bytes:
    """All paths as a picture.

    :raises TraceTooLarge: when there are more than one picture can show.
    """
    from query_service.trace.picture import draw_trace  # noqa: PLC0415 - its library is heavy

    return draw_trace(found).encode()


def _what(found: Trace) -> str:
    start, end = ends_of(found)
    return f"Trace from {start} to {end}"


def _rows(view: View, parameters: TraceParameters, found: Trace) -> list[Row]:
    address = trace_permalink(view, parameters, found)
    return [
        row
        | {
            "from_iri": view.things.iri(row["from"]) if row["from"] else "",
            "to_iri": view.things.iri(row["to"]) if row["to"] else "",
            "permanent_address": address,
        }
        for row in trace_rows(found)
    ]


def _statements(view: View, found: Trace) -> list[Row]:
    named = found.item_by_path
    return [
        {
            "statement": statement.number,
            "source": view.things.iri(statement.source),
            "source_title": named[statement.source].title,
            "property": statement.property,
            "also": "; ".join(statement.also),
            "target": view.things.iri(statement.target),
            "target_title": named[statement.target].title,
            "asserted": str(statement.asserted).lower(),
            "strength": (statement.link.strength or "") if statement.link else "",
            "basis": statement.link.basis if statement.link else "",
            "review_state": statement.link.review_state if statement.link else "",
            "confidence": "" if statement.link is None or statement.link.confidence is None else statement.link.confidence,
            "rationale": statement.link.rationale if statement.link else "",
            "link": statement.link.iri if statement.link else "",
            "graphs": "; ".join(statement.graphs),
        }
        for statement in found.statements
    ]


def _passages(found: Trace) -> list[Row]:
    return [
        {
            "statement": statement.number,
            "passage": passage.iri,
            "document": passage.document,
            "document_title": passage.document_title,
            "section": passage.section or "",
            "field": passage.field or "",
            "start": passage.start,
            "end": passage.end,
            "sha256": passage.sha256,
            "wording": passage.wording or "",
        }
        for statement in found.statements
        if statement.link
        for passage in statement.link.passages
    ]
