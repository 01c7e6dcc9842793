"""The trace that a page and its data are made of: the question understood, all paths found, and a part of them to be shown."""

from __future__ import annotations

from query_service.analyst.desk import View
from query_service.analyst.item_finding import find_item
from query_service.analyst.reasons import statement_facts
from query_service.analyst.tracing.parameters import TraceParameters
from query_service.errors import MalformedRequest
from query_service.trace.records import LinkRecord, Statement, Trace

__all__ = ["find_trace", "part_of", "without_wording"]


def find_trace(view: View, parameters: TraceParameters) -> Trace:
    """All paths that an address asks for.

    :raises MalformedRequest: when it names no item to start from, or what :func:`query_service.trace.search.trace` raises.
    :raises UnknownItem: when a name means no item.
    :raises AmbiguousItem: when it means several.
    :raises TraceTooLarge: when there are more paths than one trace may have.
    """
    from query_service.trace.search import trace  # noqa: PLC0415 - its library is heavy, and the service starts without it

    if parameters.start is None:
        raise MalformedRequest(
            "A trace needs an item to start from.", expected="start=", mend="add start=practice/citizen-coin or another item"
        )
    start = find_item(view, parameters.start)
    end = find_item(view, parameters.end) if parameters.end else None
    return trace(statement_facts(view), parameters.question(start.path, end.path if end else None))


def part_of(found: Trace, first: int, most: int) -> Trace:
    """A trace with some of its paths alone, and what they walk.

    :param first: place of the first of them, from 0.
    :param most: how many.
    """
    paths = found.paths[first : first + most]
    numbers: dict[int, int] = {}
    for path in paths:
        for hop in path.hops:
            numbers.setdefault(hop.statement, len(numbers) + 1)
    met = {hop.target for path in paths for hop in path.hops} | {found.start} | ({found.end} if found.end else set())
    lengths = [len(path.hops) for path in paths]
    return found.model_copy(
        update={
            "path_count": len(paths),
            "paths_by_hops": {hops: lengths.count(hops) for hops in sorted(set(lengths))},
            "items": tuple(item for item in found.items if item.path in met),
            "statements": tuple(found.statement(old).model_copy(update={"number": new}) for old, new in numbers.items()),
            "paths": tuple(
                path.model_copy(
                    update={
                        "hops": tuple(hop.model_copy(update={"statement": numbers[hop.statement]}) for hop in path.hops),
                    }
                )
                for path in paths
            ),
        }
    )


def without_wording(found: Trace) -> Trace:
    """A trace that tells where passages stand, and not what they say: as it may leave this machine."""
    return found.model_copy(update={"statements": tuple(map(_bare, found.statements))})


def _bare(statement: Statement) -> Statement:
    link = statement.link
    if link is None or not any(passage.wording for passage in link.passages):
        return statement
    passages = tuple(passage.model_copy(update={"wording": None}) for passage in link.passages)
    bare: LinkRecord = link.model_copy(update={"passages": passages})
    return statement.model_copy(update={"link": bare})
