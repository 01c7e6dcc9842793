"""What a picture of a trace draws: one line per statement, and one per pair of items that something inferred joins.

Kinds of lines differ in the pattern of their stroke, not in colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from query_service.trace.records import Derived, Statement, Trace
from query_service.trace.words import basis_of, reasons_of, say, standing_of

__all__ = ["STYLES", "Line", "Style", "lines_of"]


class Style(NamedTuple):
    """How a kind of line looks; ``dashes`` as in SVG, none for a line without gaps."""

    name: str
    colour: str
    width: float
    dashes: str


_PRIMARY: Final = Style("implements, primary", "#0b4f8a", 3.2, "")
_SECONDARY: Final = Style("implements, secondary", "#0b4f8a", 1.8, "10 5")
_OTHER: Final = Style("other link", "#4a5560", 1.6, "")
_TENSION: Final = Style("tension or limit", "#a3331c", 2.2, "12 4 2 4")
_STRUCTURE: Final = Style("structure", "#6b7280", 1.2, "3 3")
_DERIVED: Final = Style("inferred", "#3d3d3d", 2.6, "0.1 6")
#: In the order of the legend.
STYLES: Final = (_PRIMARY, _SECONDARY, _OTHER, _TENSION, _STRUCTURE, _DERIVED)


class Line(NamedTuple):
    """A line between two boxes: a statement, or what is inferred from several."""

    source: str
    target: str
    style: Style
    label: tuple[str, ...]
    title: str


def lines_of(trace: Trace) -> list[Line]:
    """All lines of a picture."""
    return [*_statement_lines(trace), *_derived_lines(trace)]


def _statement_lines(trace: Trace) -> Iterator[Line]:
    for statement in trace.statements:
        standing = standing_of(statement)
        basis = basis_of(statement.link).split(", ") if statement.link else ["no link record"]
        label = f"{statement.words}{f' ({standing})' if standing else ''}"
        yield Line(
            statement.source,
            statement.target,
            _style(statement),
            (label, ", ".join([basis[0], *[part for part in basis if part.startswith("confidence")]])),
            "\n".join([_sentence(trace, statement), *(f"{name}: {text}" for name, text in reasons_of(statement))]),
        )


def _sentence(trace: Trace, told: Statement | Derived) -> str:
    named = trace.item_by_path
    return f"{named[told.source].title} ({told.source}) {told.words} {named[told.target].title} ({told.target})"


def _style(statement: Statement) -> Style:
    if not statement.asserted:
        return _DERIVED
    if statement.tension:
        return _TENSION
    if statement.structural:
        return _STRUCTURE
    strength = say(statement.link.strength) if statement.link and statement.link.strength else ""
    return {"primary": _PRIMARY, "secondary": _SECONDARY}.get(strength, _PRIMARY if statement.primary else _OTHER)


def _derived_lines(trace: Trace) -> Iterator[Line]:
    """One line for all that is inferred between two items, unless a statement joins them already."""
    stated = {(statement.source, statement.target) for statement in trace.statements}
    told: dict[tuple[str, str], dict[Derived, None]] = {}
    for path in trace.paths:
        for derived in path.derived:
            if (derived.source, derived.target) not in stated:
                told.setdefault((derived.source, derived.target), {})[derived.model_copy(update={"hops": ()})] = None
    for (source, target), found in told.items():
        first = next(iter(found))
        axioms = dict.fromkeys("by " + " + ".join(say(member) for member in derived.axiom.members) for derived in found)
        title = "\n".join([_sentence(trace, first), *dict.fromkeys(derived.axiom.words() for derived in found)])
        yield Line(source, target, _DERIVED, (f"{first.words} (inferred)", *axioms), title)
