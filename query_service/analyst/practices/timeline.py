"""Practices in time, from the year printed as the beginning to the year printed as the end; nothing is computed from a length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.practices.report import PracticeTold

__all__ = ["Bar", "Timeline", "build_timeline"]

#: Width of one year in the drawing, and how far a mark reaches where no end is stated.
_YEAR: Final = 10
_STEP: Final = 5


class Bar(BaseModel):
    """A practice in time; places are units of the drawing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    practice: PracticeTold = Field(description="the practice")
    x: int = Field(description="where it begins")
    width: int = Field(description="how long it is drawn")
    end: str = Field(description="stated, ongoing or open: how its end is known")


class Timeline(BaseModel):
    """All practices in time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: int = Field(description="width of the drawing")
    ticks: tuple[tuple[int, int], ...] = Field(description="years that are marked, and where")
    bars: tuple[Bar, ...] = Field(description="practices with a year of beginning or end")
    undated: tuple[PracticeTold, ...] = Field(description="practices for which the document states no year")


def build_timeline(practices: Sequence[PracticeTold]) -> Timeline:
    """Draw practices in time, in their order."""
    dated = [one for one in practices if one.years.start or one.years.end]
    years = [year for one in dated for year in (_start(one), _end(one))]
    first = min(years, default=0) // _STEP * _STEP
    last = max(years, default=0)
    width = (last - first + 1) * _YEAR
    return Timeline(
        width=width,
        ticks=tuple((year, (year - first) * _YEAR) for year in range(first, last + 1, _STEP)),
        bars=tuple(_bar(one, first) for one in dated),
        undated=tuple(one for one in practices if not (one.years.start or one.years.end)),
    )


def _start(practice: PracticeTold) -> int:
    years = practice.years
    return years.start or years.end or 0


def _end(practice: PracticeTold) -> int:
    """The last year that is told: that of its end, else that of the document which says that it goes on."""
    years = practice.years
    if years.end:
        return years.end
    told = years.ongoing_as_of[:4] if years.ongoing else ""
    return int(told) if told.isdecimal() else _start(practice)


def _bar(practice: PracticeTold, first: int) -> Bar:
    years = practice.years
    end = "stated" if years.end else "ongoing" if years.ongoing else "open"
    start, last = _start(practice), _end(practice)
    return Bar(practice=practice, x=(start - first) * _YEAR, width=(last - start + 1) * _YEAR, end=end)
