"""Texts as vectors of the words that tell them apart."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from snowballstemmer.english_stemmer import EnglishStemmer

__all__ = ["Vector", "WordSpace", "Words", "dot"]

#: Weight of each stem; the length is 1, or 0 where nothing is known.
Vector = Mapping[str, float]
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_STEMS_KEPT: Final = 20_000


class Words(NamedTuple):
    """The words of a text, by their stems.

    :ivar counts: how often each stands in it.
    :ivar forms: the form in which each stands first, for people to read.
    """

    counts: Counter[str]
    forms: dict[str, str]


class WordSpace:
    """What words weigh among some texts: the less, the more of the texts they stand in, and nothing if they stand in all.

    Weights are tf-idf with the plain logarithm of n/df (Sparck Jones, 1972). Words are compared by their stems (Porter's
    second stemmer for English). Numbers are no words, nor are those that only hold others together: articles, pronouns,
    prepositions, conjunctions, auxiliaries and their like (``function_words.txt``).

    :param texts: the texts, in English.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._left_out = frozenset((files("query_service.suggest") / "function_words.txt").read_text(encoding="utf-8").split())
        found = [self.words(text).counts for text in texts]
        spread = Counter(stem for counts in found for stem in counts)
        self._weights = {stem: math.log(len(found) / number) for stem, number in spread.items()}

    def words(self, text: str) -> Words:
        """The words of a text, known or not."""
        counts: Counter[str] = Counter()
        forms: dict[str, str] = {}
        for form in _WORD.findall(text.casefold()):
            if form in self._left_out:
                continue
            stem = _stem(form)
            counts[stem] += 1
            forms.setdefault(stem, form)
        return Words(counts, forms)

    def knows(self, stem: str) -> bool:
        """Whether a stem stands in any of the texts."""
        return stem in self._weights

    def vector(self, counts: Mapping[str, int]) -> Vector:
        """The direction of a text; words that none of the texts has do not count."""
        weighed = {stem: number * self._weights[stem] for stem, number in counts.items() if self._weights.get(stem)}
        length = math.sqrt(math.fsum(weight * weight for weight in weighed.values()))
        return {stem: weight / length for stem, weight in weighed.items()}


@lru_cache(maxsize=_STEMS_KEPT)
def _stem(form: str) -> str:
    stem: str = EnglishStemmer().stemWord(form)  # a stemmer is not for several threads
    return stem


def dot(one: Vector, other: Vector) -> float:
    """How much two vectors have in common."""
    short, long = sorted((one, other), key=len)
    return math.fsum(weight * long[stem] for stem, weight in short.items() if stem in long)
