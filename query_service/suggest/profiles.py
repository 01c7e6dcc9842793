"""Provisions as profiles: each is the sum of the texts that speak of it, and a draft resembles some more than others.

This is classification by centroids (Rocchio, 1971; Manning and others, Introduction to Information Retrieval, 14.2). Because
a profile is a sum, a score divides among the texts and words that make it, without a remainder: that is the reason given.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import NamedTuple

from query_service.suggest.texts import Corpus
from query_service.suggest.word_space import Vector, WordSpace, dot

__all__ = ["Part", "Profiles"]


class Part(NamedTuple):
    """What one item's texts add to a score.

    :ivar item: path of the practice or provision.
    :ivar score: its part of the score.
    :ivar words: parts of that, by word stem.
    """

    item: str
    score: float
    words: dict[str, float]


class Profiles:
    """The profiles of all provisions of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.space = WordSpace(text.words for text in corpus.texts)
        self._texts: dict[str, list[tuple[str, Vector]]] = defaultdict(list)
        for text in corpus.texts:
            vector = self.space.vector(self.space.words(text.words).counts)
            for provision in text.provisions:
                self._texts[provision].append((text.item, vector))
        self._profiles = {provision: _unit_sum([vector for _, vector in texts]) for provision, texts in self._texts.items()}

    def scores(self, draft: Vector) -> dict[str, float]:
        """How much a draft resembles each provision, 0 to 1: the cosine of the angle between draft and profile."""
        return {provision: dot(draft, profile) for provision, (profile, _) in self._profiles.items()}

    def parts(self, draft: Vector, provision: str) -> list[Part]:
        """What makes the score of a provision, the weightiest first; the parts add up to the score."""
        length = self._profiles[provision].length
        found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for item, vector in self._texts[provision]:
            for stem, weight in draft.items():
                if stem in vector:
                    found[item][stem] += weight * vector[stem] / length
        parts = [Part(item, math.fsum(words.values()), words) for item, words in found.items()]
        return sorted(parts, key=lambda part: (-part.score, part.item))


class _Profile(NamedTuple):
    """A direction, and how long the sum of texts was before it was made one."""

    vector: Vector
    length: float


def _unit_sum(vectors: list[Vector]) -> _Profile:
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for stem, weight in vector.items():
            total[stem] += weight
    length = math.sqrt(math.fsum(weight * weight for weight in total.values())) or 1.0
    return _Profile({stem: weight / length for stem, weight in total.items()}, length)
