"""Read the years out of a printed duration.

Only printed years count: "November 2022, for 24 months" starts in 2022 and states no end. A duration whose years these
rules cannot place is refused, so that a person says how to read it.
"""

from __future__ import annotations

import re

from pydantic import ValidationError

from etl.errors import RecordError
from etl.records import Duration

__all__ = ["parse_duration"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:(?:{_MONTHS})\s+)?((?:19|20)\d\d)(?!\d)"
_FLAGS = re.IGNORECASE | re.ASCII
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_ONGOING = re.compile(r"\bon-?going\b", _FLAGS)
_RANGE = re.compile(rf"(?<!\d){_DATE}\s*(?:[-\u2013\u2014]|\bto\b|\buntil\b)\s*{_DATE}", _FLAGS)
_OPEN = re.compile(rf"\bsince\s+{_DATE}|(?<!\d){_DATE}\s*[-\u2013\u2014]\s*$", _FLAGS)
_BEGINNING = r"\b(?:start(?:ing|s|ed)?|launched|created|established|set up|from)\b"
_START = re.compile(rf"{_BEGINNING}(?:\s+(?:in|on|date:?))*\s*{_DATE}", _FLAGS)
_LENGTH = re.compile(r"\b\d+\s+(?:day|week|month|year)s?\b", _FLAGS)


def parse_duration(printed: str, where: str = "duration") -> Duration:
    """Read a printed duration.

    A year that stands alone is both start and end: the practice took place in it. "Ongoing" is what says so, says
    "since", or leaves a range open.

    :param where: the field, for messages.
    :raises RecordError: when its years have no reading or more than one, or it ends before it starts.

    >>> parse_duration("Since October 2021 (ongoing)").start_year
    2021
    """
    text = " ".join(printed.split())
    years = [int(year) for year in _YEAR.findall(text)]
    ranges = [(int(start), int(end)) for start, end in _RANGE.findall(text)]
    ongoing = bool(_ONGOING.search(text) or _OPEN.search(text))
    start: int | None
    end: int | None
    if not years:
        start = end = None
    elif len(years) == 2 and len(ranges) == 1:
        start, end = ranges[0]
    elif len(years) == 1:
        states_no_end = ongoing or _START.search(text) or _LENGTH.search(text)
        start, end = years[0], None if states_no_end else years[0]
    else:
        raise RecordError(
            where,
            f"{printed!r} prints years that have more than one reading",
            "one range, one start or one year",
            "print one of these; for a registered document, say in its manifest how to read it",
        )
    try:
        return Duration(printed=text, start_year=start, end_year=end, ongoing=ongoing)
    except ValidationError as error:
        raise RecordError(
            where,
            f"{printed!r} cannot be: {error.errors()[0]['msg'].removeprefix('Value error, ')}",
            "words that are not empty, and a start that is not after the end",
            "correct it; where a registered document prints this, say in its manifest how to read it",
        ) from error
