"""Orders that people expect: of numbers in texts, and of levels of government."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LEVELS", "by_number"]

#: Keys of the levels of government, the nearest first.
LEVELS: Final = ("local", "regional", "national", "european", "international")


def by_number(text: str) -> tuple[int, ...]:
    """A key of order that puts 2 before 10 and 1.2 before 2.1.

    >>> sorted(["10", "2.1", "1.2", "2"], key=by_number)
    ['1.2', '2', '2.1', '10']
    """
    return tuple(int(number) for number in re.findall(r"\d+", text))
