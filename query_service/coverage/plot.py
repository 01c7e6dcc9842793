"""A coverage as a figure (SVG or PNG). The three values are told apart without colour: number, zero, hatching.

Everything is placed in inches from the number of rows and columns, so that labels stay as large in a large matrix. The
one place that draws with matplotlib, which is loaded only here and only when a figure is asked for.
"""

from __future__ import annotations

import io
from textwrap import fill, wrap
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from query_service.coverage.records import Cell, Coverage
from query_service.coverage.text import sign
from query_service.coverage.words import (
    ALL,
    STATUS_WORDS,
    denominator_of,
    edition_of,
    heading_of,
    printed_in,
    review_of,
    sources_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_coverage"]

_CELL: Final = 0.36
_ROW_LABEL: Final = 4.1
_ROW_LETTERS: Final = 52
#: Letters of a line of a column's title: so many that two lines are enough, up to a limit.
_HEAD_LETTERS: Final = range(24, 44)
_LETTER: Final = 0.075
_SMALL_LETTER: Final = 0.0605
_LINE: Final = 0.17
_EDGE: Final = 0.25
_NARROWEST: Final = 10.0
_DPI: Final = 150
#: Fill of evidenced cells, from few practices to many; all dark enough for the frame, light enough for black numbers.
_LIGHT: Final = (0.84, 0.90, 0.96)
_DARK: Final = (0.42, 0.65, 0.86)
_SETTINGS: Final = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same figure everywhere
    "font.size": 9.0,
    "hatch.linewidth": 0.5,
    "svg.fonttype": "none",  # text stays text: it can be searched and read aloud
    "svg.hashsalt": "coverage",  # and the same figure has the same bytes
    "text.parse_math": False,
}


class _Sizes(NamedTuple):
    """Inches of the parts of a figure."""

    width: float
    height: float
    top: float
    bottom: float


def draw_coverage(report: Coverage, form: Literal["svg", "png"]) -> bytes:
    """Draw a matrix with its denominators, edition and dataset version.

    :param form: of the file.
    """
    import matplotlib as mpl  # noqa: PLC0415 - heavy, and needed for a figure alone
    from matplotlib.figure import Figure  # noqa: PLC0415

    heads = _heads([column.title for column in report.columns])
    with mpl.rc_context(_SETTINGS):  # type: ignore[arg-type]
        foot = _foot(report, max(_NARROWEST, _matrix_width(report)))
        sizes = _measure(report, heads, foot)
        figure = Figure(figsize=(sizes.width, sizes.height), dpi=_DPI)
        _write_around(figure, report, sizes, foot)
        _draw_matrix(figure, report, sizes, heads)
        file = io.BytesIO()
        figure.savefig(file, format=form, metadata=_metadata(report, form))
    return file.getvalue()


def _metadata(report: Coverage, form: Literal["svg", "png"]) -> dict[str, str | None]:
    said = {"Title": heading_of(report), "Description": f"Dataset {report.dataset_version}. {denominator_of(report)}."}
    return {**said, "Date": None} if form == "svg" else {**said, "Software": None}


def _heads(titles: list[str]) -> list[str]:
    """Titles of columns in two lines at most; what is longer is cut, and said in full below the matrix or in the tables."""
    fitting = (width for width in _HEAD_LETTERS if all(len(wrap(title, width)) <= 2 for title in titles))
    width = next(fitting, _HEAD_LETTERS.stop)
    return [fill(title, width, max_lines=2, placeholder=" …") for title in titles]


def _matrix_width(report: Coverage) -> float:
    return 2 * _EDGE + _ROW_LABEL + (len(report.columns) + 1.3) * _CELL


def _foot(report: Coverage, width: float) -> list[str]:
    letters = int((width - 2 * _EDGE) / _SMALL_LETTER)
    said = [
        f"Integration Policy Graph {report.dataset_version}. {denominator_of(report)}: {sources_of(report)}.",
        f"{report.framework.title}: {edition_of(report.framework)}; printed in {printed_in(report.framework)}.",
        f"Links counted: {review_of(report)}.",
        *report.notes,
    ]
    return [line for text in said for line in wrap(text, letters)]


def _measure(report: Coverage, heads: list[str], foot: list[str]) -> _Sizes:
    longest = max((len(line) for head in [*heads, ALL] for line in head.splitlines()), default=0)
    top = 2 * _EDGE + 2 * _LINE + longest * _LETTER + _CELL
    bottom = 3 * _EDGE + (len(foot) + 1) * _LINE + _CELL
    height = top + len(report.rows) * _CELL + bottom
    return _Sizes(max(_NARROWEST, _matrix_width(report)), height, top, bottom)


def _write_around(figure: Figure, report: Coverage, sizes: _Sizes, foot: list[str]) -> None:
    left = _EDGE / sizes.width
    figure.text(left, 1 - _EDGE / sizes.height, heading_of(report), size=13, weight="bold", va="top")
    figure.text(left, _EDGE / sizes.height, "\n".join(foot), size=8, va="bottom", linespacing=1.4)


def _draw_matrix(figure: Figure, report: Coverage, sizes: _Sizes, heads: list[str]) -> None:
    wide, high = len(report.columns) + 1.3, len(report.rows)
    left = (_EDGE + _ROW_LABEL) / sizes.width
    area = (left, sizes.bottom / sizes.height, wide * _CELL / sizes.width, high * _CELL / sizes.height)
    axes = figure.add_axes(area, xlim=(0, wide), ylim=(high, 0))
    axes.set_axis_off()
    places = [*range(len(report.columns)), wide - 1]
    for place, head, reviewed in zip(
        places,
        [*heads, ALL],
        [*(column.reviewed for column in report.columns), report.reviewed],
        strict=True,
    ):
        axes.text(place + 0.5, -1.0, head, rotation=90, ha="center", va="bottom", weight="bold" if head == ALL else "normal")
        axes.text(place + 0.5, -0.45, str(reviewed), ha="center", va="center", size=8, style="italic")
    axes.text(-0.2, -0.45, "practices reviewed", ha="right", va="center", size=8, style="italic")
    most = max((cell.found for row in report.rows for cell in row.cells), default=0)
    for line, row in enumerate(report.rows):
        label = fill(f"{row.notation}  {row.title}", _ROW_LETTERS)
        axes.text(-0.2, line + 0.5, label, ha="right", va="center", size=8.5, linespacing=1.0)
        for place, cell in zip(places, (*row.cells, row.total), strict=True):
            _draw_cell(axes, (place, line), cell, most)
    _draw_legend(axes, high + 0.6)


def _draw_cell(axes: Axes, at: tuple[float, float], cell: Cell, most: int) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    unknown = cell.status == "ipg:NotReviewed"
    look = {"hatch": "//////", "edgecolor": "0.55"} if unknown else {"edgecolor": "0.3"}
    shade = min(1.0, (cell.found - 1) / max(1, most - 1))
    face = tuple(light + (dark - light) * shade for light, dark in zip(_LIGHT, _DARK, strict=True)) if cell.found else "white"
    axes.add_patch(Rectangle(at, 1, 1, facecolor=face, linewidth=0.5, clip_on=False, **look))  # type: ignore[arg-type]
    if not unknown:
        weight = "bold" if cell.found else "normal"
        color = "black" if cell.found else "0.35"
        axes.text(at[0] + 0.5, at[1] + 0.52, sign(cell), ha="center", va="center", weight=weight, color=color)


def _draw_legend(axes: Axes, line: float) -> None:
    """One example of each value with its words, below the matrix and beginning at the labels."""
    examples = (
        (Cell(status="ipg:Evidenced", found=1, reviewed=1), f"{STATUS_WORDS['ipg:Evidenced']} (practices found)"),
        (Cell(status="ipg:ReviewedNoneFound", found=0, reviewed=1), STATUS_WORDS["ipg:ReviewedNoneFound"]),
        (Cell(status="ipg:NotReviewed", found=0, reviewed=0), STATUS_WORDS["ipg:NotReviewed"]),
    )
    place = -_ROW_LABEL / _CELL
    for cell, words in examples:
        _draw_cell(axes, (place, line), cell, 1)
        axes.text(place + 1.4, line + 0.5, words, ha="left", va="center")
        place += 2.2 + len(words) * _LETTER / _CELL
