"""A trace as a picture: items in columns from the start to what is arrived at, each statement drawn once.

Kinds of statements differ in the pattern of their line, not in colour alone. The picture is SVG 1.1 that needs nothing
from elsewhere; every item and line tells more in its ``title``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from itertools import pairwise
from textwrap import wrap
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from query_service.errors import TraceTooLarge
from query_service.item_names import Item
from query_service.trace.layered_layout import Slot, arrange
from query_service.trace.lines import STYLES, Line, Style, lines_of
from query_service.trace.records import Trace
from query_service.trace.words import counts_of, ends_of, scope_of

__all__ = ["LARGEST", "draw_trace"]

#: Items and lines that a picture can show and still be read.
LARGEST: Final = 400
_BOX: Final = 226.0
_LINE: Final = 16.0
_GAP: Final = 56.0
_MARGIN: Final = 28.0
_LETTER: Final = 6.7  # widest common sans-serif at 11 px, on average
_FILLS: Final = {
    "practice": "#fff4dc",
    "principle": "#e3effb",
    "conclusion": "#e8f5e9",
    "recommendation": "#f1eafb",
    "guideline": "#f1eafb",
}


class _Route(NamedTuple):
    """The way of a line: keys of the slots it passes, from left to right, and the one that holds its label."""

    line: Line
    slots: tuple[Hashable, ...]
    label: Hashable


def draw_trace(trace: Trace) -> str:
    """Draw a trace as SVG.

    :raises TraceTooLarge: when it has more than :data:`LARGEST` items and lines.
    """
    lines = lines_of(trace)
    size = len(trace.items) + len(lines)
    if size > LARGEST:
        raise TraceTooLarge(
            f"The picture would show {size} items and lines.",
            expected=f"at most {LARGEST}, so that it can be read",
            mend="ask for fewer hops (max-hops), for one-way paths, for one item to arrive at, or for another format",
        )
    layers = _layers(trace)
    routes = [_route(number, line, layers, lines) for number, line in enumerate(lines)]
    return _Drawing(trace, layers, routes).draw()


def _layers(trace: Trace) -> dict[str, int]:
    """Column of each item: how near to the start it is on a path; what is arrived at stands in the last one."""
    layers = {trace.start: 0}
    ends = {path.hops[-1].target for path in trace.paths}
    for path in trace.paths:
        for place, hop in enumerate(path.hops, 1):
            if hop.target not in ends:
                layers[hop.target] = min(place, layers.get(hop.target, place))
    last = max(layers.values()) + 1
    return layers | dict.fromkeys(sorted(ends), last) | ({trace.end: last} if trace.end else {})


def _route(number: int, line: Line, layers: dict[str, int], lines: list[Line]) -> _Route:
    """Slots between the two boxes: one in each column passed; the label stands beside the box with fewer lines."""
    left, right = sorted((line.source, line.target), key=lambda path: layers[path])
    first, last = 2 * layers[left] + 1, 2 * layers[right] - 1
    if first > last:  # both in one column: the line goes out to the right and back
        return _Route(line, (left, (number, first), right), (number, first))
    degree = Counter(path for other in lines for path in (other.source, other.target))
    label = (number, last if degree[right] <= degree[left] else first)
    return _Route(line, (left, *((number, column) for column in range(first, last + 1)), right), label)


class _Drawing:
    """Sizes and places of everything, and the elements made of them."""

    def __init__(self, trace: Trace, layers: dict[str, int], routes: list[_Route]) -> None:
        self._trace = trace
        self._routes = routes
        self._column: dict[Hashable, int] = {path: 2 * layer for path, layer in layers.items()}
        self._column |= {key: key[1] for route in routes for key in route.slots if isinstance(key, tuple)}
        self._texts = {item.path: _box_texts(item) for item in trace.items}
        self._heights = self._measure()
        slots = [Slot(key, self._column[key], self._heights[key] + (18 if isinstance(key, str) else 8)) for key in self._heights]
        joined = [pair for route in routes for pair in pairwise(route.slots)]
        self._lefts, self._widths, width = self._columns()
        self._width = max(width, 760.0)
        self._heading, self._notes = _header_lines(trace, self._width - 2 * _MARGIN)
        top = _MARGIN + 28 + _LINE * len(self._heading + self._notes)
        self._middles = {key: middle + top for key, middle in arrange(slots, joined).items()}
        self._bottom = max(self._middles[key] + self._heights[key] / 2 for key in self._heights)

    def _measure(self) -> dict[Hashable, float]:
        sides = Counter(side for route in self._routes for side in self._sides(route))
        heights: dict[Hashable, float] = {
            path: max(_LINE * sum(map(len, texts)) + 18, 10.0 * max(sides[path, True], sides[path, False]) + 16)
            for path, texts in self._texts.items()
        }
        for route in self._routes:
            for key in route.slots[1:-1]:
                heights[key] = 13.0 * len(route.line.label) + 4 if key == route.label else 8.0
        return heights

    def _sides(self, route: _Route) -> tuple[tuple[Hashable, bool], tuple[Hashable, bool]]:
        """Sides of the two boxes that a line meets: a box, and whether it is its right side."""
        start, end = route.slots[0], route.slots[-1]
        return (start, True), (end, self._column[start] == self._column[end])

    def _columns(self) -> tuple[list[float], list[float], float]:
        """Left edge and width of each column, and of all: boxes and labels in turn."""
        widths = [_BOX if column % 2 == 0 else 24.0 for column in range(max(self._column.values()) + 1)]
        for route in self._routes:
            column = self._column[route.label]
            widths[column] = max(widths[column], _LETTER * max(map(len, route.line.label)) + 12)
        crossing = Counter(self._column[key] for route in self._routes for key in route.slots[:-1])
        lefts, right = [], 0.0
        for column, width in enumerate(widths):
            lefts.append(right + (_GAP + min(1.5 * crossing[column - 1], 2 * _GAP) if column else _MARGIN))
            right = lefts[-1] + width
        return lefts, widths, right + _MARGIN

    def draw(self) -> str:
        """The picture as text."""
        legend = [style for style in STYLES if any(route.line.style == style for route in self._routes)]
        height = self._bottom + 40 + 22 * len(legend) + _MARGIN
        size = {"width": f"{self._width:.0f}", "height": f"{height:.0f}", "viewBox": f"0 0 {self._width:.0f} {height:.0f}"}
        fonts = {"font-family": "Verdana, 'DejaVu Sans', Arial, sans-serif", "font-size": "11", "fill": "#1c1c1c"}
        svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "lang": "en", **size, **fonts})
        SubElement(svg, "title").text = " ".join(self._heading)
        SubElement(svg, "desc").text = "\n".join(self._notes)
        SubElement(svg, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
        for number, text in enumerate(self._heading + self._notes):
            bold = {"font-weight": "bold", "font-size": "13"} if number < len(self._heading) else {}
            _write(svg, _MARGIN, _MARGIN + 8 + number * _LINE, text, **bold)
        ports = self._ports()
        for number, route in enumerate(self._routes):
            self._draw_line(svg, route, ports[number])
        for item in self._trace.items:
            self._draw_box(svg, item)
        for number, style in enumerate(legend):
            self._draw_legend(svg, style, self._bottom + 40 + 22 * number)
        indent(svg, " ")
        return tostring(svg, encoding="unicode", xml_declaration=True) + "\n"

    def _ports(self) -> list[tuple[float, float]]:
        """Where each line leaves its left box and meets its right one: spread over the side, in the order of their ways."""
        sides: dict[tuple[Hashable, bool], list[tuple[float, int, int]]] = {}
        for number, route in enumerate(self._routes):
            for end, (side, following) in enumerate(zip(self._sides(route), (route.slots[1], route.slots[-2]), strict=True)):
                sides.setdefault(side, []).append((self._middles[following], number, end))
        found = [[0.0, 0.0] for _ in self._routes]
        for (box, _), lines in sides.items():
            step = min(18.0, (self._heights[box] - 14) / len(lines))
            for place, (_, number, end) in enumerate(sorted(lines)):
                found[number][end] = self._middles[box] + step * (place - (len(lines) - 1) / 2)
        return [(left, right) for left, right in found]

    def _draw_line(self, svg: Element, route: _Route, ports: tuple[float, float]) -> None:
        line, style = route.line, route.line.style
        group = SubElement(svg, "g", {"class": f"line {style.name.replace(', ', '-').replace(' ', '-')}"})
        SubElement(group, "title").text = line.title
        start, end = route.slots[0], route.slots[-1]
        folded = self._column[start] == self._column[end]
        points = [(self._right(start), ports[0])]
        for key in route.slots[1:-1]:
            points.append((self._left(key), self._middles[key]))
            points += [] if folded else [(self._right(key), self._middles[key])]
        points.append((self._right(end) if folded else self._left(end), ports[1]))
        look = {"fill": "none", "stroke": style.colour, "stroke-width": f"{style.width:g}", "stroke-linecap": "round"}
        look |= {"stroke-dasharray": style.dashes} if style.dashes else {}
        SubElement(group, "path", {"d": _curve(points), **look})
        at_end = line.target == end
        tip = points[-1] if at_end else points[0]
        SubElement(group, "path", {"d": _arrow(*tip, rightwards=at_end and not folded), "fill": style.colour})
        self._draw_label(group, route)

    def _draw_label(self, group: Element, route: _Route) -> None:
        left, middle, label = self._left(route.label), self._middles[route.label], route.line.label
        width, height = _LETTER * max(map(len, label)) + 8, 13.0 * len(label) + 2
        centre = left + self._widths[self._column[route.label]] / 2
        place = {"x": f"{centre - width / 2:.1f}", "y": f"{middle - height / 2:.1f}"}
        SubElement(group, "rect", {**place, "width": f"{width:.1f}", "height": f"{height:.1f}", "rx": "4", "fill": "#ffffff"})
        for number, text in enumerate(label):
            weight = {"font-weight": "bold", "fill": route.line.style.colour} if number == 0 else {"font-size": "10"}
            _write(group, centre, middle - height / 2 + 11 + 13 * number, text, **{"text-anchor": "middle", **weight})

    def _draw_box(self, svg: Element, item: Item) -> None:
        path, title = self._texts[item.path]
        left, height = self._left(item.path), self._heights[item.path]
        top = self._middles[item.path] - height / 2
        outer = item.path in {self._trace.start, self._trace.end}
        group = SubElement(svg, "g", {"class": f"item {item.kind}"})
        SubElement(group, "title").text = f"{item.title}\n{item.iri}"
        place = {"x": f"{left:.1f}", "y": f"{top:.1f}", "width": f"{_BOX:g}", "height": f"{height:.1f}", "rx": "7"}
        look = {"fill": _FILLS.get(item.kind, "#f4f4f2"), "stroke": "#2b2b2b", "stroke-width": "2.6" if outer else "1"}
        SubElement(group, "rect", place | look)
        first = self._middles[item.path] - _LINE * (len(path) + len(title)) / 2 + 12
        for number, text in enumerate([*title, *path]):
            weight = (
                {"font-size": "12.5", "font-weight": "bold"} if number < len(title) else {"font-size": "10", "fill": "#4a4a4a"}
            )
            _write(group, left + _BOX / 2, first + _LINE * number, text, **{"text-anchor": "middle", **weight})

    def _draw_legend(self, svg: Element, style: Style, middle: float) -> None:
        look = {"stroke": style.colour, "stroke-width": f"{style.width:g}", "stroke-linecap": "round"}
        look |= {"stroke-dasharray": style.dashes} if style.dashes else {}
        ends = {"x1": f"{_MARGIN:g}", "x2": f"{_MARGIN + 64:g}", "y1": f"{middle:.1f}", "y2": f"{middle:.1f}"}
        SubElement(svg, "line", ends | look)
        _write(svg, _MARGIN + 78, middle + 4, style.name)

    def _left(self, key: Hashable) -> float:
        return self._lefts[self._column[key]]

    def _right(self, key: Hashable) -> float:
        return self._lefts[self._column[key]] + self._widths[self._column[key]]


def _box_texts(item: Item) -> tuple[list[str], list[str]]:
    return wrap(item.path, 36, break_long_words=True), wrap(item.title, 26, break_long_words=True)


def _header_lines(trace: Trace, width: float) -> tuple[list[str], list[str]]:
    """Heading and notes, in lines that the picture has room for."""
    start, end = ends_of(trace)
    notes = (counts_of(trace), scope_of(trace), f"Integration Policy Graph {trace.dataset_version}")
    heading = wrap(f"From {start} to {end}", int(width / (1.4 * _LETTER)))
    return heading, [line for text in notes for line in wrap(text, int(width / _LETTER))]


def _write(parent: Element, x: float, y: float, text: str, **look: str) -> None:
    SubElement(parent, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", **look}).text = text


def _curve(points: list[tuple[float, float]]) -> str:
    """A smooth line through points that leaves and meets each of them level."""
    parts = [f"M {points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        bend = (x + to_x) / 2
        parts.append(f"C {bend:.1f} {y:.1f} {bend:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}")
    return " ".join(parts)


def _arrow(x: float, y: float, *, rightwards: bool) -> str:
    back = x - 10 if rightwards else x + 10
    return f"M {x:.1f} {y:.1f} L {back:.1f} {y - 4.5:.1f} L {back:.1f} {y + 4.5:.1f} Z"
