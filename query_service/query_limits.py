"""What is refused of a query by its text alone, before any engine sees it.

pyoxigraph 0.5.13 stops the process with SIGSEGV where a query is nested too deeply or its chains are too long, and plans
some short ones for hours. ``python -m tests.benchmarks.query_limits`` prints at which size; each limit says what was
measured (processor time, reading and planning alone). What is slow only on data is left to the limits of the worker.

The stack was one of 8 MiB. With 4 MiB all that passes still runs, with 1 MiB it does not: a query needs the main thread, or one
whose stack is set.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from query_service.errors import FederationRefused, QueryTooComplex, ReadOnly
from query_service.query_shape import Shape
from query_service.query_text import QueryText

__all__ = ["QueryLimits", "check_query"]

_MOST_READINGS: Final = 16


class QueryLimits(BaseModel):
    """How large and how deep a query may be. The length of its text is limited by ``max_body_bytes`` of the settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    declarations: int = Field(default=1_000, ge=1, description="PREFIX, BASE and VERSION; 16,384 take 6 ms")
    tokens: int = Field(default=20_000, ge=1, description="words, names, values and marks; 16,384 values in VALUES take 14 ms")
    depth: int = Field(
        default=64, ge=1, description="brackets in brackets; function calls end the process at 1,024, groups at 4,096"
    )
    list_depth: int = Field(
        default=12,
        ge=1,
        description="collections in collections and parentheses in paths; (x|p)/p doubles per level: 24 take 0.5 s",
    )
    select_depth: int = Field(
        default=8, ge=1, description="sub-SELECT in sub-SELECT; with an aggregate each level doubles: 20 take 1 s"
    )
    repeat_depth: int = Field(default=3, ge=1, description="* and + in a path under * and +; ((p*)*)* does not end on large data")
    patterns: int = Field(
        default=80,
        ge=1,
        description="triple patterns, path steps, list items and groups joined in one group; 64 take 0.1 s, 128 take 1.8 s",
    )
    all_patterns: int = Field(default=400, ge=1, description="the same in the whole query; five groups of 80 take 1.4 s")
    clauses: int = Field(
        default=400,
        ge=1,
        description="FILTER, BIND, OPTIONAL, UNION and other groups, and columns computed; 512 take 0.2 s, 4,096 end the process",
    )
    calls: int = Field(default=1_000, ge=1, description="function calls and parentheses in expressions; 1,024 REGEX take 0.7 s")
    operators: int = Field(
        default=1_000, ge=1, description="signs of operators; sums of 4,096 take 0.4 s, of 16,384 end the process"
    )
    datasets: int = Field(default=64, ge=1, description="FROM and FROM NAMED; each set of default graphs is merged in memory")


class _Wording(NamedTuple):
    what: str
    mend: str


_COUNTED_BY_SIGNS: Final = frozenset({"list_depth", "select_depth", "repeat_depth"})
_SPLIT: Final = "split the query into several"
_WORDINGS: Final = {
    "declarations": _Wording("PREFIX, BASE and VERSION declarations", "declare only the prefixes that the query uses"),
    "tokens": _Wording("words, names, values and marks", f"{_SPLIT}, or shorten VALUES"),
    "depth": _Wording("brackets in brackets", "take out brackets that are not needed"),
    "list_depth": _Wording("parentheses in parentheses of a collection or path", "write the path or the list flat"),
    "select_depth": _Wording("sub-SELECTs in sub-SELECTs", "join sub-SELECTs that stand in each other"),
    "repeat_depth": _Wording("* or + under * or + in a path", "(p*)* is the same as p*"),
    "patterns": _Wording("triple patterns, path steps and list items joined in one group", _SPLIT),
    "all_patterns": _Wording("triple patterns, path steps and list items", _SPLIT),
    "clauses": _Wording("FILTER, BIND, OPTIONAL, UNION and other groups, computed columns and IRIs before them", _SPLIT),
    "calls": _Wording("function calls and parentheses in expressions", "use VALUES or IN instead of many conditions"),
    "operators": _Wording("signs of operators", "use VALUES or IN instead of many conditions"),
    "datasets": _Wording("FROM and FROM NAMED clauses", "leave them out to ask the whole dataset"),
}


def check_query(query: QueryText, limits: QueryLimits) -> None:
    """Refuse what must never reach the engine.

    :raises ReadOnly: when it is an update.
    :raises QueryTooComplex: when it exceeds a limit.
    :raises FederationRefused: when it holds SERVICE.
    """
    if query.update:
        raise ReadOnly(
            "This endpoint only reads, and this is an update.",
            found=query.update,
            expected="SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    _check_size(query, limits)
    place = query.find_service()
    if place is not None:
        line, column = query.position(place)
        raise FederationRefused(
            f"Line {line}, column {column}: SERVICE is not allowed, as this endpoint asks no other.",
            found="SERVICE",
            mend="query the other endpoint yourself; if service: is a prefix here, put a full stop before {",
            line=line,
            column=column,
        )


def _check_size(query: QueryText, limits: QueryLimits) -> None:
    """Count every reading of the text side by side; those that meet again are counted on as one.

    Only ``<`` can be read in two ways, as the beginning of an IRI and as a comparison. That takes time linear in the text,
    as few readings are followed at once: an honest query has one, or two between a ``<`` and the next blank.
    """
    if query.declarations > limits.declarations:
        raise _refusal(query, 0, "declarations", query.declarations, limits.declarations)
    if _is_plainly_small(query, limits):
        return
    allowed: dict[str, int] = limits.model_dump()
    readings, ahead = {query.body: [Shape()]}, [query.body]
    while ahead:
        place = heappop(ahead)
        going, found = readings.pop(place), query.token_at(place)
        if found is None:
            continue
        token, end = found
        if token.kind == "iri" and not query.is_surely_iri(place):
            for shape in going:
                if shape.may_compare:
                    other = shape.copy()
                    other.read(token._replace(kind="other", text="<"))
                    _check_shape(query, place, other, allowed)
                    _follow(readings, ahead, place + 1, other)
        for shape in going:
            if token.kind != "blank":
                shape.read(token)
                _check_shape(query, place, shape, allowed)
            _follow(readings, ahead, end, shape)
        if sum(map(len, readings.values())) > _MOST_READINGS:
            line, column = query.position(place)
            raise QueryTooComplex(
                f"Line {line}, column {column}: the signs < and > can be read in too many ways.",
                found="<",
                mend="write a blank after each < that compares",
                line=line,
                column=column,
            )


def _is_plainly_small(query: QueryText, limits: QueryLimits) -> bool:
    """Whether a query has too few signs to exceed any limit, which is told in a fifth of the time; most are that small."""
    text = query.text
    if text.count("(") > limits.list_depth or text.count("*") + text.count("+") > limits.repeat_depth:
        return False
    if text.lower().count("select") > limits.select_depth:
        return False
    # Where every "<" surely opens an IRI there is one reading, and no count is larger than that of its tokens.
    fewest = min(getattr(limits, name) for name in Shape.COUNTS if name not in _COUNTED_BY_SIGNS)
    return query.has_one_reading and query.count_tokens() <= fewest


def _follow(readings: dict[int, list[Shape]], ahead: list[int], place: int, shape: Shape) -> None:
    if place not in readings:
        readings[place] = []
        heappush(ahead, place)
    for other in readings[place]:
        if other.place == shape.place:
            other.merge(shape)
            return
    readings[place].append(shape)


def _check_shape(query: QueryText, place: int, shape: Shape, allowed: dict[str, int]) -> None:
    for name, count in shape.counts():
        if count > allowed[name]:
            raise _refusal(query, place, name, count, allowed[name])


def _refusal(query: QueryText, place: int, name: str, found: int, allowed: int) -> QueryTooComplex:
    line, column = query.position(place)
    wording = _WORDINGS[name]
    return QueryTooComplex(
        f"Line {line}, column {column}: too many {wording.what}.",
        found=f"{found:,} up to here",
        expected=f"at most {allowed:,}",
        mend=wording.mend,
        line=line,
        column=column,
    )
