"""Words of the dataset that are written nearly like a word that it does not have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

__all__ = ["Spelling", "distance"]

_FROM: Final = 4
_LONG: Final = 8
_MOST_TRIED: Final = 200


class Spelling:
    """Finds the nearest word.

    :param frequencies: how often each word occurs; words are in lower case without accents.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = {word: count for word, count in frequencies.items() if len(word) >= _FROM and word.isalpha()}
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for word in self._frequencies:
            for pair in _pairs(word):
                self._by_pair[pair].append(word)

    def nearest(self, word: str) -> str | None:
        """The nearest word, of such as are equally near the most frequent; none where none is near.

        One letter may be wrong, missing, too many or exchanged with the next; in long words two.

        :param word: in lower case without accents.
        """
        if len(word) < _FROM or not word.isalpha():
            return None
        limit = 1 if len(word) < _LONG else 2
        shared = Counter(other for pair in _pairs(word) for other in self._by_pair.get(pair, ()))
        likely = [other for other, _ in shared.most_common(_MOST_TRIED) if abs(len(other) - len(word)) <= limit]
        rated = [(distance(word, other), -self._frequencies[other], other) for other in likely]
        return min((found for found in rated if found[0] <= limit), default=(0, 0, None))[2]


def _pairs(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


def distance(word: str, other: str) -> int:
    """Optimal string alignment distance (Damerau 1964, doi:10.1145/363958.363994).

    >>> distance("integraton", "integration"), distance("hosuing", "housing")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        before, last, row = row, before, [place]
        for at, match in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != match))
            if place > 1 and at > 1 and letter == other[at - 2] and word[place - 2] == match:
                cost = min(cost, last[at - 2] + 1)
            row.append(cost)
    return row[-1]
