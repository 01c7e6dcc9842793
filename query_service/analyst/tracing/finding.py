"""What a trace found as its page shows it: paths in words, explained where they first need it, and a picture."""

from __future__ import annotations

import re
from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.naming import namer_of
from query_service.analyst.reasons import matches_of, show_reason
from query_service.analyst.tracing.answer import part_of, without_wording
from query_service.analyst.tracing.exports import trace_permalink
from query_service.analyst.tracing.parameters import HOPS, TraceParameters
from query_service.analyst.tracing.records import Found, ShownHop, ShownPath, ShownStatement, Way
from query_service.trace.records import Derived, Statement, Trace

__all__ = ["PATHS_SHOWN", "show_found", "trace_address"]

#: Paths told in words on one page.
PATHS_SHOWN: Final = 10
#: Items and lines of a picture that is drawn of all paths; beyond, it shows those of the page.
_DRAWN: Final = 70
#: Pixels that a picture may be wide to be shown at once in a wide window.
_FITTING: Final = 1450


def show_found(view: View, parameters: TraceParameters, found: Trace, served: str) -> Found:
    """A trace as its page shows it.

    :param served: version in service.
    """
    return _Finding(view, parameters, found).show(served)


def trace_address(view: View, parameters: TraceParameters, **other: object) -> str:
    """The address of a question that is near to another.

    :param other: what is asked otherwise.
    """
    query = parameters.query(**other)
    return view.urls.at("trace") + (f"?{query}" if query else "")


class _Finding:
    """A trace as its page shows it."""

    def __init__(self, view: View, parameters: TraceParameters, found: Trace) -> None:
        self._view = view
        self._parameters = parameters
        self._trace = found
        self._words = view.reading.words
        self._namer = namer_of(view)
        self._told: set[int] = set()
        self._pages = max(1, -(-found.path_count // PATHS_SHOWN))
        self._page = min(parameters.page, self._pages)

    def show(self, served: str) -> Found:
        view, parameters, found = self._view, self._parameters, self._trace
        first = (self._page - 1) * PATHS_SHOWN
        part = part_of(found, first, PATHS_SHOWN)
        is_whole = len(found.items) + len(found.statements) <= _DRAWN
        links = [statement.link for statement in part.statements if statement.link]
        picture = _picture(found if is_whole else part)
        return Found(
            start=self._namer.item(found.start),
            end=self._namer.item(found.end) if found.end else None,
            to=self._words(f"trace-kind-{found.to}") if found.to else "",
            count=found.path_count,
            lengths=tuple(
                Way(
                    url=trace_address(view, parameters, max_hops=hops, page=1),
                    text=self._words("trace-length", hops=hops, count=count),
                )
                for hops, count in found.paths_by_hops.items()
            ),
            paths=tuple(self._path(part, number, place) for place, number in enumerate(range(first, first + part.path_count))),
            first=first + 1,
            last=first + part.path_count,
            previous=trace_address(view, parameters, page=self._page - 1) if self._page > 1 else "",
            following=trace_address(view, parameters, page=self._page + 1) if self._page < self._pages else "",
            picture=picture,
            is_whole=is_whole,
            fits=_width(picture) <= _FITTING,
            permalink=trace_permalink(view, parameters, found),
            downloads=tuple(
                Way(url=trace_address(view, parameters, page=1, format=form), text=form.upper())
                for form in ("csv", "xlsx", "json", "svg")
            ),
            wider=self._wider(),
            served=served if served != view.analysis.version else "",
            has_wording=any(passage.wording for link in links for passage in link.passages),
        )

    def _wider(self) -> tuple[Way, ...]:
        asked = self._parameters
        other: list[tuple[str, dict[str, object]]] = []
        if asked.max_hops < max(HOPS):
            other.append(("trace-wider-hops", {"max_hops": asked.max_hops + 1}))
        if asked.one_way:
            other.append(("trace-wider-ways", {"one_way": False}))
        if asked.property:
            other.append(("trace-wider-links", {"property": []}))
        if not asked.structure:
            other.append(("trace-wider-structure", {"structure": True}))
        return tuple(
            Way(url=trace_address(self._view, asked, page=1, **change), text=self._words(name)) for name, change in other
        )

    def _path(self, part: Trace, number: int, place: int) -> ShownPath:
        hops = []
        for hop in part.paths[place].hops:
            statement = part.statement(hop.statement)
            name = statement.property.partition(":")[2]
            hops.append(
                ShownHop(
                    words=self._words(f"hop-{name}" if hop.along else f"hop-{name}-back"),
                    matches=matches_of(self._view, statement.also, backwards=not hop.along),
                    source=self._namer.item(hop.source),
                    target=self._namer.item(hop.target),
                    along=hop.along,
                    is_first=hop.statement not in self._told,
                    statement=self._statement(statement),
                )
            )
            self._told.add(hop.statement)
        return ShownPath(
            number=number + 1, hops=tuple(hops), inferred=tuple(self._inferred(derived) for derived in part.paths[place].derived)
        )

    def _statement(self, statement: Statement) -> ShownStatement:
        return ShownStatement(
            number=statement.number,
            asserted=statement.asserted,
            graphs=", ".join(f"graph/{name}" for name in statement.graphs),
            reason=show_reason(self._view, statement.link) if statement.link else None,
        )

    def _inferred(self, derived: Derived) -> str:
        members = [namer_of(self._view).term(member) for member in derived.axiom.members]
        return self._words(
            "trace-inferred-chain" if derived.axiom.kind == "property chain" else "trace-inferred-sub",
            source=self._view.things.title(derived.source, self._view.language).text,
            property=namer_of(self._view).term(derived.property),
            target=self._view.things.title(derived.target, self._view.language).text,
            hops=" + ".join(map(str, derived.hops)),
            members=" + ".join(members),
        )


def _picture(found: Trace) -> str:
    """A trace drawn for a page; empty where nothing is to be drawn."""
    from query_service.trace.picture import draw_trace  # noqa: PLC0415 - its library is heavy

    if not found.paths:
        return ""
    return draw_trace(without_wording(found)).partition("?>")[2].strip()


def _width(picture: str) -> int:
    found = re.search(r' width="(\d+)"', picture)
    return int(found[1]) if found else 0
