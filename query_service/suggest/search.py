"""Suggest provisions for practices that are not in the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from query_service.errors import MalformedRequest
from query_service.ordering import by_number
from query_service.suggest.profiles import Part, Profiles
from query_service.suggest.records import (
    FEWEST_WORDS,
    FOREIGN_SHARE,
    SERIES,
    SHORT_WORDS,
    Draft,
    DraftSuggestions,
    Reason,
    Series,
    SeriesSuggestions,
    Suggestion,
    Suggestions,
)
from query_service.suggest.texts import Corpus
from query_service.suggest.word_space import Vector, Words

__all__ = ["Adviser", "suggest"]

#: Reasons that make less of a score than this are not worth telling.
_SMALLEST: Final = 0.02
_PRACTICES: Final = 3
_PROVISIONS: Final = 2
_WORDS: Final = 6


def suggest(corpus: Corpus, version: str, drafts: Sequence[Draft], top: int) -> Suggestions:
    """Suggest provisions of each series for drafts.

    :param corpus: what they are compared with.
    :param version: version of the dataset that it was read from.
    :param top: how many of each series.
    :raises MalformedRequest: when a draft is too short, or has no word in common with anything.
    """
    adviser = Adviser(corpus, top)
    return Suggestions(
        dataset_version=version,
        practices=len(corpus.practices()),
        provisions=len(corpus.provisions),
        texts=len(corpus.texts),
        drafts=tuple(adviser.advise(draft) for draft in drafts),
    )


class Adviser:
    """Compares drafts with the profiles of a corpus.

    :param top: how many provisions of each series are suggested.
    """

    def __init__(self, corpus: Corpus, top: int) -> None:
        self._corpus = corpus
        self._profiles = Profiles(corpus)
        self._top = top

    def words(self, draft: Draft) -> int:
        """Different words of a draft, known or not."""
        return len(self._profiles.space.words(_whole(draft)).counts)

    def advise(self, draft: Draft) -> DraftSuggestions:
        """What is suggested for a draft.

        :raises MalformedRequest: when it is too short, or has no word in common with anything.
        """
        words = self._profiles.space.words(_whole(draft))
        known = sum(1 for stem in words.counts if self._profiles.space.knows(stem))
        vector = self._profiles.space.vector(words.counts)
        _refuse(draft, words, vector)
        return DraftSuggestions(
            title=draft.title,
            words=len(words.counts),
            known_words=known,
            notes=tuple(_notes(len(words.counts), known)),
            series=tuple(
                SeriesSuggestions(
                    series=series,
                    framework=self._corpus.frameworks[series],
                    suggestions=tuple(self._rank(series, vector, words.forms)),
                )
                for series in SERIES
                if series in self._corpus.frameworks
            ),
        )

    def _rank(self, series: Series, draft: Vector, forms: Mapping[str, str]) -> Iterator[Suggestion]:
        scores = self._profiles.scores(draft)
        known = [provision for provision in self._corpus.provisions.values() if provision.series == series]
        found = [(scores[provision.item.path], provision) for provision in known if scores.get(provision.item.path)]
        found.sort(key=lambda pair: (-pair[0], by_number(pair[1].notation)))
        for rank, (score, provision) in enumerate(found[: self._top], start=1):
            parts = self._profiles.parts(draft, provision.item.path)
            yield Suggestion(
                rank=rank,
                provision=provision.item,
                notation=provision.notation,
                score=round(score, 4),
                words=_weightiest(_added(parts), forms),
                reasons=tuple(self._reasons(provision.item.path, score, parts, forms)),
            )

    def _reasons(self, provision: str, score: float, parts: list[Part], forms: Mapping[str, str]) -> Iterator[Reason]:
        """The weightiest practices, then the weightiest provisions."""
        practices = [part for part in parts if (part.item, provision) in self._corpus.links]
        provisions = [part for part in parts if (part.item, provision) not in self._corpus.links]
        for part in (*practices[:_PRACTICES], *provisions[:_PROVISIONS]):
            if part.score < _SMALLEST * score:
                continue
            link = self._corpus.links.get((part.item, provision))
            yield Reason(
                item=self._corpus.items[part.item],
                relation="implements" if link else "is" if part.item == provision else "elaborates",
                strength=link.strength if link else None,
                link=link.iri if link else None,
                review_state=link.review if link else None,
                share=round(part.score / score, 4),
                words=_weightiest(part.words, forms),
            )


def _whole(draft: Draft) -> str:
    return f"{draft.title or ''}\n{draft.text}"


def _added(parts: list[Part]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for part in parts:
        for stem, weight in part.words.items():
            total[stem] += weight
    return total


def _weightiest(words: Mapping[str, float], forms: Mapping[str, str]) -> tuple[str, ...]:
    """Stems with the largest parts, in the forms in which the draft has them."""
    ranked = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(forms[stem] for stem, weight in ranked[:_WORDS] if weight > 0)


def _refuse(draft: Draft, words: Words, vector: Vector) -> None:
    if len(words.counts) < FEWEST_WORDS:
        raise MalformedRequest(
            f"{draft.name} is too short to be compared with anything.",
            found=f"{len(words.counts)} different words, not counting the like of 'the' and 'of'",
            expected=f"at least {FEWEST_WORDS}",
            mend="say in one or more sentences what is done, for whom and by whom",
        )
    if not vector:
        raise MalformedRequest(
            f"{draft.name} has no word in common with any text that it is compared with.",
            expected="a text in English",
            mend="translate it",
        )


def _notes(words: int, known: int) -> Iterator[str]:
    if words < SHORT_WORDS:
        yield f"the draft has only {words} different words: a few sentences give better suggestions"
    if known < FOREIGN_SHARE * words:
        yield f"only {known} of its {words} words are known: the texts compared with are in English, is the draft?"
