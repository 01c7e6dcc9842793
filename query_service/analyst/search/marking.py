"""Which words of a text were found, and the part of it that shows them best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from query_service.analyst.search.matching import Matcher
from query_service.analyst.search.words import STEMMERS, WORD
from query_service.analyst.things import Text

__all__ = ["Marker", "Piece"]

_WIDTH: Final = 260
#: Characters kept before the first word that is marked.
_LEAD: Final = 60


class Piece(NamedTuple):
    """A piece of a text, and whether it was found."""

    text: str
    is_found: bool


class _Span(NamedTuple):
    start: int
    end: int
    word: str


class Marker:
    """Marks what was found.

    :param matcher: which words count.
    """

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._wanted: dict[str, frozenset[str]] = {}

    def words(self, texts: Iterable[Text]) -> tuple[str, ...]:
        """Words that were found in some texts, in lower case, in the order in which they stand."""
        return tuple(dict.fromkeys(span.word for text in texts for span in self._spans(text)))

    def mark(self, text: Text) -> tuple[Piece, ...]:
        """A whole text with what was found marked."""
        return _pieces(text.text, self._spans(text), 0, len(text.text))

    def best(self, texts: Sequence[Text], language: str) -> Text | None:
        """The text that shows the most different words; of equals the one in a language, then the first."""
        rated = [(len({span.word for span in self._spans(text)}), text.language == language, text) for text in texts]
        best = max(rated, key=lambda one: one[:2], default=None)
        return best[2] if best else None

    def excerpt(self, text: Text) -> tuple[Piece, ...]:
        """The part of a text that shows the most different words, with dots where something is left out."""
        whole = text.text
        spans = self._spans(text)
        if len(whole) <= _WIDTH + _LEAD:
            return _pieces(whole, spans, 0, len(whole))
        start = 0
        if spans:
            first = max(
                spans, key=lambda one: (len({s.word for s in spans if 0 <= s.start - one.start < _WIDTH - _LEAD}), -one.start)
            )
            start = _after_space(whole, max(0, min(first.start - _LEAD, len(whole) - _WIDTH)))
        end = _before_space(whole, min(len(whole), start + _WIDTH))
        pieces = _pieces(whole, [span for span in spans if span.start >= start and span.end <= end], start, end)
        before = (Piece("\u2026 ", False),) if start else ()
        after = (Piece(" \u2026", False),) if end < len(whole) else ()
        return (*before, *pieces, *after)

    def _spans(self, text: Text) -> list[_Span]:
        wanted = self._words_of(text.language)
        found = [_Span(one.start(), one.end(), one[0].lower()) for one in WORD.finditer(text.text)]
        places = {place for place, span in enumerate(found) if span.word in wanted}
        for phrase in self._matcher.phrases:
            places |= self._followed(found, phrase)
        return [found[place] for place in sorted(places)]

    def _followed(self, found: Sequence[_Span], phrase: tuple[str, ...]) -> set[int]:
        """Places of words that follow each other as in a phrase."""
        known = self._matcher.index.words
        is_strict = self._matcher.is_strict
        words = [span.word if is_strict else known.make_forms(span.word).plain for span in found]
        size = len(phrase)
        starts = [place for place in range(len(words) - size + 1) if tuple(words[place : place + size]) == phrase]
        return {place + at for place in starts for at in range(size)}

    def _words_of(self, language: str) -> frozenset[str]:
        """Words of the dataset that count in texts of a language."""
        language = language if language in STEMMERS else ""
        if language not in self._wanted:
            matcher = self._matcher
            if matcher.is_strict:
                self._wanted[language] = frozenset(matcher.written)
            else:
                stems = matcher.stems.get(language, set())
                self._wanted[language] = frozenset(
                    word
                    for word, forms in matcher.index.words.known.items()
                    if forms.plain in matcher.plain or (stems and forms.stem(language) in stems)
                )
        return self._wanted[language]


def _pieces(text: str, spans: Sequence[_Span], start: int, end: int) -> tuple[Piece, ...]:
    pieces, place = [], start
    for span in spans:
        pieces += [Piece(text[place : span.start], False), Piece(text[span.start : span.end], True)]
        place = span.end
    return tuple(piece for piece in (*pieces, Piece(text[place:end], False)) if piece.text)


def _after_space(text: str, place: int) -> int:
    return place if place == 0 else text.find(" ", place) + 1 or place


def _before_space(text: str, place: int) -> int:
    found = text.rfind(" ", 0, place)
    return place if place >= len(text) or found < place - _LEAD else found
