"""A trace as text, JSON, CSV and picture: the same paths in each, with dataset version, longest path and number of paths."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from textwrap import wrap
from typing import Final

from query_service.cells import neutralise
from query_service.trace.choices import TraceFormat
from query_service.trace.picture import draw_trace
from query_service.trace.records import Trace, TracedPath
from query_service.trace.table import CSV_COLUMNS, trace_rows
from query_service.trace.words import conclusion_of, counts_of, derivation_of, ends_of, reasons_of, scope_of, standing_of

__all__ = ["CSV_COLUMNS", "FORMATS", "render_trace"]

_WIDTH: Final = 110


def render_trace(trace: Trace, form: TraceFormat, *, raw: bool = False) -> str:
    """Write a trace.

    :param raw: leave cells of a table as they are, also those that a spreadsheet program would run.
    :raises TraceTooLarge: when it has more items than a picture can show.
    """
    return _render_csv(trace, raw=raw) if form == "csv" else FORMATS[form](trace)


def _render_text(trace: Trace) -> str:
    start, end = ends_of(trace)
    head = [
        f"Integration Policy Graph {trace.dataset_version}",
        f"from    {start}",
        f"to      {end}",
        f"walked  {', '.join(trace.properties)}",
        f"limits  {scope_of(trace)}",
        f"found   {counts_of(trace)}",
    ]
    told: dict[object, int] = {}
    blocks = [
        "\n".join(_wrapped(head)),
        *("\n".join(_path_lines(trace, number, path, told)) for number, path in enumerate(trace.paths, 1)),
    ]
    return "\n\n".join(blocks) + "\n"


def _wrapped(head: list[str]) -> Iterator[str]:
    for line in head:
        yield from wrap(line, _WIDTH, subsequent_indent=" " * 8, break_long_words=False, break_on_hyphens=False)


def _path_lines(trace: Trace, number: int, path: TracedPath, told: dict[object, int]) -> Iterator[str]:
    """One path. A statement is explained where it is first met, and known by its number in brackets afterwards.

    :param told: numbers of the paths under which statements and what is inferred were explained; added to.
    """
    named = trace.item_by_path
    yield f"{number}. {named[trace.start].title} ({trace.start})"
    for hop in path.hops:
        statement = trace.statement(hop.statement)
        standing = standing_of(statement)
        words = f"{hop.words}{f' ({standing})' if standing else ''}"
        line = f"{words} [{statement.number}]: {named[hop.target].title} ({hop.target})"
        yield from _entry("-->" if hop.along else "<--", line, before=3, room=4)
        if told.setdefault(statement.number, number) == number:
            for name, text in reasons_of(statement):
                yield from _entry(name, text)
    for derived in path.derived:
        first = told.setdefault(derived.model_copy(update={"hops": ()}), number)
        if first == number:
            yield from _entry("inferred", derivation_of(derived, trace))
        elif len(derived.hops) > 1:
            yield from _entry("inferred", f"{conclusion_of(derived, trace)}, as under {first}")


def _entry(name: str, text: str, *, before: int = 7, room: int = 11) -> list[str]:
    first = f"{' ' * before}{name:<{room}}"
    return wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False, break_on_hyphens=False
    )


def _render_json(trace: Trace) -> str:
    return trace.model_dump_json(indent=2) + "\n"


def _render_csv(trace: Trace, *, raw: bool = False) -> str:
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, CSV_COLUMNS)  # RFC 4180: line ends are CR LF
    writer.writeheader()
    for row in trace_rows(trace):
        writer.writerow({name: cell if raw else neutralise(cell) for name, cell in row.items()})
    return table.getvalue()


#: Writer of each format.
FORMATS: Final[dict[TraceFormat, Callable[[Trace], str]]] = {
    "text": _render_text,
    "json": _render_json,
    "csv": _render_csv,
    "svg": draw_trace,
}
