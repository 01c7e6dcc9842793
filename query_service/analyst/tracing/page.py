"""The page of a trace: its form, what was found, or why there is no answer and what can be asked instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.item_finding import choices_of, item_names, near_items
from query_service.analyst.tracing.finding import show_found, trace_address
from query_service.analyst.tracing.parameters import HOPS, TraceParameters
from query_service.analyst.tracing.records import Form, Found, Option, TracePage, Trouble, Way
from query_service.errors import ServiceError, TraceTooLarge, UnknownVersion, VersionNotHeld, Withdrawn, problem_of
from query_service.pages import render_page
from query_service.trace.choices import TARGETS, WALKED
from query_service.trace.records import Trace

__all__ = ["failed_page", "found_page", "start_page"]

#: Kinds of items that the fields offer.
_OFFERED: Final = ("Principle", "Practice", "Conclusion", "Recommendation", "Guideline", "Criterion", "Framework")
_LIMITS: Final = (UnknownVersion, VersionNotHeld, Withdrawn)


def start_page(view: View, parameters: TraceParameters) -> bytes:
    """The form, before anything is asked."""
    return _render(view, parameters, examples=_examples(view))


def found_page(view: View, parameters: TraceParameters, found: Trace, served: str) -> bytes:
    """What was found.

    :param served: version in service.
    """
    shown = show_found(view, parameters, found, served)
    return _render(view, parameters.model_copy(update={"start": found.start, "end": found.end}), found=shown)


def failed_page(view: View, parameters: TraceParameters, error: ServiceError) -> bytes:
    """Why there is no answer, with what can be asked instead."""
    typed = [(name, getattr(parameters, name)) for name in ("start", "end") if getattr(parameters, name)]
    near = [
        (
            text,
            tuple(
                Way(
                    url=trace_address(view, parameters, **{name: path}),
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
        Way(
            url=trace_address(view, parameters, max_hops=hops, page=1),
            text=view.reading.words("trace-fewer", hops=hops, count=count),
        )
        for hops, count in sorted(fitting.items(), reverse=True)
    ]
    if isinstance(error, TraceTooLarge) and not parameters.one_way:
        narrower.append(
            Way(url=trace_address(view, parameters, one_way=True, page=1), text=view.reading.words("trace-only-one-way"))
        )
    problem = problem_of(error)
    of_version = isinstance(error, _LIMITS) and parameters.version
    trouble = Trouble(
        title=view.reading.words(_TITLES.get(type(error).__name__, "trace-trouble")),
        detail=str(problem.body["detail"]),
        mend=str(problem.body.get("mend", "")),
        near=tuple((text, ways) for text, ways in near if ways),
        narrower=tuple(narrower),
        version=str(parameters.version) if of_version else "",
        here=trace_address(view, parameters, version=None) if of_version else "",
        snapshot=view.urls.at(f"snapshot/{parameters.version}/") if of_version and problem.status == 503 else "",
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
                value=walked.local_name(),
                name=words(f"hop-{walked.local_name()}"),
                is_chosen=walked.local_name() in parameters.property,
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
