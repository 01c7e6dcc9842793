"""Read the years out of a printed duration.

Only printed years count: "November 2022, for 24 months" starts in 2022 and states no end. A printed duration with years
that these rules cannot place is refused, so that the manifest must say how to read it.
"""

from __future__ import annotations

import re

from pydantic import ValidationError

from etl.errors import ExtractionError
from etl.records import Duration

__all__ = ["read_duration"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:(?:{_MONTHS})\s+)?((?:19|20)\d\d)(?!\d)"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ONGOING = re.compile(r"\bon-?going\b", re.IGNORECASE)
_RANGE = re.compile(rf"(?<!\d){_DATE}\s*(?:[-–—]|\bto\b|\buntil\b)\s*{_DATE}", re.IGNORECASE)
_OPEN = re.compile(rf"\bsince\s+{_DATE}|(?<!\d){_DATE}\s*[-–—]\s*$", re.IGNORECASE)
_START = re.compile(
    rf"\b(?:start(?:ing|s|ed)?|launched|created|established|set up|from)\b(?:\s+(?:in|on|date:?))*\s*{_DATE}", re.IGNORECASE
)
_LENGTH = re.compile(r"\b\d+\s+(?:day|week|month|year)s?\b", re.IGNORECASE)


def read_duration(printed: str, where: str) -> Duration:
    """Read a printed duration; ``ongoing`` is set where it says so, says "since", or leaves a range open.

    A year that stands alone is both start and end: the practice took place in it.

    :param where: the field, for messages.
    :raises ExtractionError: when its years have no reading, or an end before the start.

    >>> read_duration("Since October 2021 (ongoing)", "duration").start_year
    2021
    """
    text = " ".join(printed.split())
    years = [int(year) for year in _YEAR.findall(text)]
    ongoing = bool(_ONGOING.search(text) or _OPEN.search(text))
    ranges = [(int(start), int(end)) for start, end in _RANGE.findall(text)]
    start: int | None
    end: int | None
    if not years:
        start = end = None
    elif len(years) == 2 and len(ranges) == 1:
        start, end = ranges[0]
    elif len(years) == 1:
        starts_only = ongoing or _START.search(text) or _LENGTH.search(text)
        start, end = years[0], None if starts_only else years[0]
    else:
        raise ExtractionError(
            where,
            f"{printed!r} prints years that have more than one reading",
            "one range, one start or one year",
            "say in the manifest how to read it",
        )
    try:
        return Duration(printed=text, start_year=start, end_year=end, ongoing=ongoing)
    except ValidationError as error:
        raise ExtractionError(
            where,
            f"{printed!r} cannot be: {error.errors()[0]['msg']}",
            "a start that is not after the end",
            "compare with the document; if it prints this, say in the manifest how to read it",
        ) from error
