"""The page of a trace: its form, the paths in words and in a picture, and where else they can be had."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import View
from query_service.analyst.item_finding import choices_of, item_names, near_items
from query_service.analyst.reasons import Named, ShownReason, matches_of, name_item, show_reason, term
from query_service.analyst.tracing.answer import part_of, without_wording
from query_service.analyst.tracing.exports import trace_permalink
from query_service.analyst.tracing.parameters import HOPS, TraceParameters
from query_service.errors import ServiceError, TraceTooLarge, UnknownVersion, VersionNotHeld, Withdrawn, problem_of
from query_service.pages import Site, render_page
from query_service.trace.choices import TARGETS, WALKED
from query_service.trace.records import Derived, Statement, Trace

__all__ = ["PATHS_SHOWN", "TracePage", "failed_page", "found_page", "start_page"]

#: Paths told in words on one page.
PATHS_SHOWN: Final = 10
#: Items and lines of a picture that is drawn of all paths; beyond, it shows those of the page.
_DRAWN: Final = 70
#: Pixels that a picture may be wide to be shown at once in a wide window.
_FITTING: Final = 1450
#: Kinds of items that the fields offer.
_OFFERED: Final = ("Principle", "Practice", "Conclusion", "Recommendation", "Guideline", "Criterion", "Framework")
_LIMITS: Final = (UnknownVersion, VersionNotHeld, Withdrawn)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Record):
    """A choice of the form."""

    value: str
    name: str
    is_chosen: bool


class Way(_Record):
    """A link to another question."""

    url: str
    text: str
    language: str = ""


class Form(_Record):
    """The form as it is filled in."""

    start: str
    end: str
    kinds: tuple[Option, ...] = Field(description="kinds to arrive at")
    hops: tuple[Option, ...] = Field(description="lengths of the longest path")
    links: tuple[Option, ...] = Field(description="links to walk")
    structure: bool
    one_way: bool
    through: bool
    version: str
    offered: tuple[str, ...] = Field(description="items that the fields offer")


class ShownStatement(_Record):
    """A statement and why it is made; told once on a page."""

    number: int
    asserted: bool
    graphs: str
    reason: ShownReason | None


class ShownHop(_Record):
    """One step of a path."""

    words: str
    matches: str = Field(description="kind of match, where there is one")
    source: Named
    target: Named
    along: bool
    is_first: bool = Field(description="whether its statement is explained here")
    statement: ShownStatement


class ShownPath(_Record):
    """One path with what follows from it."""

    number: int
    hops: tuple[ShownHop, ...]
    inferred: tuple[str, ...]


class Found(_Record):
    """What was found."""

    start: Named
    end: Named | None
    to: str = Field(description="kind arrived at, in words; empty where an item was named")
    count: int
    lengths: tuple[Way, ...] = Field(description="numbers of paths by length, each with the question for no longer ones")
    paths: tuple[ShownPath, ...]
    first: int
    last: int
    previous: str = Field(description="address of the page before; empty on the first")
    following: str = Field(description="address of the page after; empty on the last")
    picture: str = Field(description="SVG; empty where nothing was found")
    is_whole: bool = Field(description="whether the picture has all paths")
    fits: bool = Field(description="whether the picture can be read when it is as wide as a wide window")
    permalink: str
    downloads: tuple[Way, ...]
    wider: tuple[Way, ...] = Field(description="questions that may find more")
    served: str = Field(description="version in service, where this trace is of another; else empty")
    has_wording: bool = Field(description="whether wordings are shown")


class Trouble(_Record):
    """Why there is no answer, and ways out."""

    title: str
    detail: str
    mend: str = Field(description="in English; may be empty")
    near: tuple[tuple[str, tuple[Way, ...]], ...] = Field(description="what was typed, with items of a like name")
    narrower: tuple[Way, ...] = Field(description="questions with fewer paths")
    version: str = Field(description="version asked for, where it is the trouble; else empty")
    here: str = Field(description="the same question to the version in service; empty where that is not the trouble")
    snapshot: str = Field(description="where the version asked for is to be had, if it can; else empty")


class TracePage(_Record):
    """Context of ``trace.html``."""

    site: Site
    form: Form
    action: str = Field(description="address that the form is sent to")
    examples: tuple[Way, ...] = Field(description="questions to begin with")
    found: Found | None
    trouble: Trouble | None


def start_page(view: View, parameters: TraceParameters) -> bytes:
    """The form, before anything is asked."""
    return _render(view, parameters, examples=_examples(view))


def found_page(view: View, parameters: TraceParameters, found: Trace, served: str) -> bytes:
    """What was found.

    :param served: version in service.
    """
    shown = _Finding(view, parameters, found).show(served)
    return _render(view, parameters.model_copy(update={"start": found.start, "end": found.end}), found=shown)


def failed_page(view: View, parameters: TraceParameters, error: ServiceError) -> bytes:
    """Why there is no answer, with what can be asked instead."""
    typed = [(name, getattr(parameters, name)) for name in ("start", "end") if getattr(parameters, name)]
    near = [
        (
            text,
            tuple(
                Way(
                    url=_address(view, parameters, **{name: path}),
                    text=f"{view.things.title(path, view.language).text} ({path})",
                    language=view.things.title(path, view.language).language,
                )
                for path in near_items(view, text)
            ),
        )
        for name, text in typed
    ]
    fitting: Mapping[int, int] = error.fitting if isinstance(error, TraceTooLarge) else {}
    narrower = [
        Way(url=_address(view, parameters, max_hops=hops, page=1), text=view.reading.words("trace-fewer", hops=hops, count=count))
        for hops, count in sorted(fitting.items(), reverse=True)
    ]
    if isinstance(error, TraceTooLarge) and not parameters.one_way:
        narrower.append(Way(url=_address(view, parameters, one_way=True, page=1), text=view.reading.words("trace-only-one-way")))
    of_version = isinstance(error, _LIMITS) and parameters.version
    trouble = Trouble(
        title=view.reading.words(_TITLES.get(type(error).__name__, "trace-trouble")),
        detail=error.detail,
        mend=error.mend,
        near=tuple((text, ways) for text, ways in near if ways),
        narrower=tuple(narrower),
        version=str(parameters.version) if of_version else "",
        here=_address(view, parameters, version=None) if of_version else "",
        snapshot=view.urls.at(f"snapshot/{parameters.version}/") if of_version and problem_of(error).status == 503 else "",
    )
    return _render(view, parameters, trouble=trouble)


_TITLES: Final = {
    "UnknownItem": "trace-unknown",
    "AmbiguousItem": "trace-ambiguous",
    "TraceTooLarge": "trace-too-many",
    "UnknownVersion": "trace-no-version",
    "VersionNotHeld": "trace-no-version",
    "Withdrawn": "trace-no-version",
}


def _render(view: View, parameters: TraceParameters, *, found: Found | None = None, trouble: Trouble | None = None,
            examples: tuple[Way, ...] = ()) -> bytes:  # fmt: skip
    page = TracePage(
        site=view.site,
        form=_form(view, parameters),
        action=view.urls.at("trace"),
        examples=examples,
        found=found,
        trouble=trouble,
    )
    return render_page("trace.html", page)


def _address(view: View, parameters: TraceParameters, **other: object) -> str:
    query = parameters.query(**other)
    return view.urls.at("trace") + (f"?{query}" if query else "")


def _form(view: View, parameters: TraceParameters) -> Form:
    words = view.reading.words
    names = item_names(view)
    offered = [path for kind in _OFFERED for path in sorted(names.members(kind))]
    return Form(
        start=_typed(view, parameters.start),
        end=_typed(view, parameters.end),
        kinds=(
            Option(value="", name=words("trace-kind-default"), is_chosen=parameters.to is None),
            *(Option(value=kind, name=words(f"trace-kind-{kind}"), is_chosen=parameters.to == kind) for kind in TARGETS),
        ),
        hops=tuple(
            Option(value=str(hops), name=words("trace-hops", count=hops), is_chosen=hops == parameters.max_hops) for hops in HOPS
        ),
        links=tuple(
            Option(
                value=walked.local_name(), name=words(f"hop-{walked.local_name()}"), is_chosen=walked.local_name() in parameters.property
            )
            for walked in WALKED
        ),
        structure=parameters.structure,
        one_way=parameters.one_way,
        through=parameters.through,
        version=parameters.version or "",
        offered=tuple(choice.value for choice in choices_of(view, dict.fromkeys(offered))),
    )


def _typed(view: View, text: str | None) -> str:
    """What stands in a field: with its title, where it is the path of an item."""
    if text and item_names(view).classes(text):
        return choices_of(view, [text])[0].value
    return text or ""


def _examples(view: View) -> tuple[Way, ...]:
    """Questions to begin with, about items that this dataset has."""
    names, words = item_names(view), view.reading.words
    asked = (
        ("trace-example-why", {"start": "practice/citizen-coin", "end": "principle/cbp-9", "max_hops": "2"}),
        ("trace-example-practices", {"start": "principle/cbp-6", "to": "practices", "max_hops": "2", "one_way": "true"}),
        ("trace-example-frameworks", {"start": "principle/agreed-3", "end": "principle/cbp-6", "max_hops": "2"}),
    )
    return tuple(
        Way(url=view.urls.at("trace", **query), text=words(message))
        for message, query in asked
        if all(names.classes(query[name]) for name in ("start", "end") if name in query)
    )


class _Finding:
    """A trace as its page shows it."""

    def __init__(self, view: View, parameters: TraceParameters, found: Trace) -> None:
        self._view = view
        self._parameters = parameters
        self._trace = found
        self._words = view.reading.words
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
            start=name_item(view, found.start),
            end=name_item(view, found.end) if found.end else None,
            to=self._words(f"trace-kind-{found.to}") if found.to else "",
            count=found.path_count,
            lengths=tuple(
                Way(
                    url=_address(view, parameters, max_hops=hops, page=1),
                    text=self._words("trace-length", hops=hops, count=count),
                )
                for hops, count in found.paths_by_hops.items()
            ),
            paths=tuple(self._path(part, number, place) for place, number in enumerate(range(first, first + part.path_count))),
            first=first + 1,
            last=first + part.path_count,
            previous=_address(view, parameters, page=self._page - 1) if self._page > 1 else "",
            following=_address(view, parameters, page=self._page + 1) if self._page < self._pages else "",
            picture=picture,
            is_whole=is_whole,
            fits=_width(picture) <= _FITTING,
            permalink=trace_permalink(view, parameters, found),
            downloads=tuple(
                Way(url=_address(view, parameters, page=1, format=form), text=form.upper()) for form in ("csv", "xlsx", "json", "svg")
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
        return tuple(Way(url=_address(self._view, asked, page=1, **change), text=self._words(name)) for name, change in other)

    def _path(self, part: Trace, number: int, place: int) -> ShownPath:
        hops = []
        for hop in part.paths[place].hops:
            statement = part.statement(hop.statement)
            name = statement.property.partition(":")[2]
            hops.append(
                ShownHop(
                    words=self._words(f"hop-{name}" if hop.along else f"hop-{name}-back"),
                    matches=matches_of(self._view, statement.also, backwards=not hop.along),
                    source=name_item(self._view, hop.source),
                    target=name_item(self._view, hop.target),
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
        members = [term(self._view, member) for member in derived.axiom.members]
        return self._words(
            "trace-inferred-chain" if derived.axiom.kind == "property chain" else "trace-inferred-sub",
            source=self._view.things.title(derived.source, self._view.language).text,
            property=term(self._view, derived.property),
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
