"""Boxes in columns with lines between them, as SVG that stands inside a page.

Colours and letters are those of ``ontology.css``, so that a drawing follows the page from light to dark. It has links, and
so is a group and no image for those who hear it; the page says the same in lists.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from html import escape
from itertools import pairwise
from typing import Any, Final, NamedTuple

__all__ = ["Box", "Edge", "Row", "draw"]

_LETTER: Final = 7.6  # of the widest common sans-serif at 13 px, on average
_LINE: Final = 20.0
_PADDING: Final = 12.0
_GAP: Final = 16.0
_BETWEEN: Final = 72.0
_PASSAGE: Final = 14.0  # height of the room for a line that passes a column
_MARGIN: Final = 10.0
_NARROWEST: Final = 90.0


class Row(NamedTuple):
    """A line of text in a box, with where it leads; empty for nowhere."""

    text: str
    href: str = ""


class Box(NamedTuple):
    """A box.

    :ivar kind: class of its look: ``class``, ``outside``, ``property`` or ``here``.
    """

    key: str
    column: int
    rows: tuple[Row, ...]
    kind: str


class Edge(NamedTuple):
    """A line between boxes of different columns, with a tip at its end.

    :ivar kind: class of its look: ``below`` for a hollow tip, ``joins`` for a filled one, ``plain`` for none.
    """

    start: str
    end: str
    kind: str


def draw(name: str, title: str, boxes: Sequence[Box], edges: Sequence[Edge]) -> str:
    """Draw boxes and lines.

    :param name: of the drawing within its page, for references to its title.
    """
    sizes = {box.key: _size(box) for box in boxes}
    columns = {box.key: box.column for box in boxes}
    ways = [_way(edge, columns) for edge in edges]
    middles = _stack(boxes, sizes, ways)
    widths = [
        max((sizes[box.key][0] for box in boxes if box.column == column), default=0.0)
        for column in range(max(columns.values()) + 1)
    ]
    lefts = [_MARGIN + sum(widths[:column]) + _BETWEEN * column for column in range(len(widths))]
    places: dict[Hashable, _Place] = {
        box.key: _Place(lefts[box.column], middles[box.key] + _MARGIN, widths[box.column], sizes[box.key][1]) for box in boxes
    }
    for way in ways:
        places |= {key: _Place(lefts[key.column], middles[key] + _MARGIN, widths[key.column], _PASSAGE) for key in way[1:-1]}
    width = lefts[-1] + widths[-1] + _MARGIN
    height = max(place.middle + place.height / 2 for place in places.values()) + _MARGIN + _GAP / 2
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    return "\n".join(
        [
            f'<svg class="drawing" role="group" aria-labelledby="{name}-title" {size}>',
            f'<title id="{name}-title">{escape(title)}</title>',
            *(_draw_edge(edge.kind, [places[key] for key in way]) for edge, way in zip(edges, ways, strict=True)),
            *(_draw_box(box, places[box.key]) for box in boxes),
            "</svg>",
        ]
    )


class _Gap(NamedTuple):
    """Room for a line in a column that it passes."""

    edge: Edge
    column: int


class _Place(NamedTuple):
    left: float
    middle: float
    width: float
    height: float


def _size(box: Box) -> tuple[float, float]:
    longest = max(len(row.text) for row in box.rows)
    return max(_NARROWEST, longest * _LETTER + 2 * _PADDING), len(box.rows) * _LINE + _PADDING


def _way(edge: Edge, columns: dict[str, int]) -> list[Any]:
    """What a line passes: its boxes, and room of its own in every column between them."""
    start, end = columns[edge.start], columns[edge.end]
    step = 1 if start < end else -1
    return [edge.start, *(_Gap(edge, column) for column in range(start + step, end, step)), edge.end]


def _stack(boxes: Sequence[Box], sizes: dict[str, tuple[float, float]], ways: Sequence[Sequence[Any]]) -> dict[Hashable, float]:
    """Middles of boxes and passages, what hangs together above the next that does."""
    import networkx as nx  # noqa: PLC0415 - a tenth of the time that the service takes to start; few ask for a drawing

    from query_service.trace.layered_layout import Slot, arrange  # noqa: PLC0415 - with networkx

    slots: dict[Hashable, Slot] = {box.key: Slot(box.key, box.column, sizes[box.key][1] + _GAP) for box in boxes}
    slots |= {key: Slot(key, key.column, _PASSAGE) for way in ways for key in way[1:-1]}
    joined: nx.Graph[Hashable] = nx.Graph()
    joined.add_nodes_from(slots)
    joined.add_edges_from(pair for way in ways for pair in pairwise(way))
    middles: dict[Hashable, float] = {}
    top = 0.0
    # In the order of their first boxes, for the sets of a graph have none of their own.
    for part in sorted(nx.connected_components(joined), key=lambda part: [key in part for key in slots].index(True)):
        inside = [slot for key, slot in slots.items() if key in part]
        found = arrange(inside, [pair for way in ways if way[0] in part for pair in pairwise(way)])
        middles |= {key: middle + top for key, middle in found.items()}
        top = max(middles[slot.key] + slot.height / 2 for slot in inside)
    return middles


def _draw_edge(kind: str, way: Sequence[_Place]) -> str:
    """A line through places, along the whole width of those that it only passes."""
    sign = 1 if way[0].left < way[-1].left else -1
    reach = 0 if kind == "plain" else 10 * sign
    points = [
        (place.left + (place.width if (sign > 0) == (leaving == 1) else 0.0), place.middle) for place in way for leaving in (0, 1)
    ]
    points = points[1:-1]
    tip_x, tip_y = points[-1]
    points[-1] = (tip_x - reach, tip_y)
    path = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
    for number, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        half = (to_x - x) / 2
        bend = f"C{x + half:.1f},{y:.1f} {to_x - half:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
        path += bend if number % 2 == 0 else f"L{to_x:.1f},{to_y:.1f}"
    line = f'<path class="line" d="{path}"/>'
    if reach:
        line += f'<path class="tip" d="M{tip_x - reach:.1f},{tip_y - 5:.1f}l{reach},5l{-reach},5z"/>'
    return f'<g class="{kind}">{line}</g>'


def _draw_box(box: Box, place: _Place) -> str:
    top = place.middle - place.height / 2
    rect = (
        f'<rect x="{place.left:.1f}" y="{top:.1f}" width="{place.width:.1f}" height="{place.height:.1f}" '
        f'rx="{3 if box.kind == "property" else 7}"/>'
    )
    rows = []
    for number, row in enumerate(box.rows):
        x, y = place.left + place.width / 2, top + _PADDING / 2 + _LINE * number + 14.5
        text = f'<text x="{x:.1f}" y="{y:.1f}">{escape(row.text)}</text>'
        rows.append(f'<a href="{escape(row.href)}">{text}</a>' if row.href else text)
    return f'<g class="box {box.kind}">{rect}{"".join(rows)}</g>'
