"""Words of the dataset that are written nearly like a word that it does not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["Spelling"]

_FROM: Final = 4
_LONG: Final = 8


class Spelling:
    """Finds the nearest word.

    :param frequencies: how often each word occurs; words are in lower case without accents.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = {word: count for word, count in frequencies.items() if len(word) >= _FROM and word.isalpha()}

    def nearest(self, word: str) -> str | None:
        """The nearest word, of such as are equally near the most frequent; none where none is near.

        One letter may be wrong, missing, too many or exchanged with the next; in long words two (optimal string alignment
        distance, Damerau 1964, doi:10.1145/363958.363994).

        :param word: in lower case without accents.
        """
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - needed once somebody searches for a word that is not there
        from rapidfuzz.process import extract  # noqa: PLC0415 - as above

        if len(word) < _FROM or not word.isalpha():
            return None
        limit = 1 if len(word) < _LONG else 2
        near = extract(word, self._frequencies.keys(), scorer=OSA.distance, score_cutoff=limit, limit=None)
        return min(((distance, -self._frequencies[other], other) for other, distance, _ in near), default=(0, 0, None))[2]
