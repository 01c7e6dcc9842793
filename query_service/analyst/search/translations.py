"""Other words for the words of a query, as the graph itself has them: further names of its concepts, and its texts by language.

The names of a concept stand for each other, within a language and between languages. Beyond that, words that stand in the
versions of the same titles, definitions and summaries again and again translate each other: their Dice coefficient (Dice 1945,
doi:10.2307/1932409), as word alignment uses it (Melamed 2000, Computational Linguistics 26:2), tells how surely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from query_service.analyst.search.entries import Entry
from query_service.analyst.search.words import Words
from query_service.language import LANGUAGES

__all__ = ["LONGEST_NAME", "Other", "Translations"]

#: Words of the longest name that is looked for in a query.
LONGEST_NAME: Final = 5
_NAMING: Final = frozenset({"concept", "place", "actor", "document"})
#: How often, and how surely, two words must stand for each other.
_TOGETHER: Final = 3
_SURE: Final = 0.5
#: Share of the best that the next best must reach to be kept too.
_NEARLY: Final = 0.85
_MOST: Final = 2
_SHORTEST: Final = 3


class Other(NamedTuple):
    """Another way to say something.

    :ivar text: as people write it.
    :ivar language: in which; empty where the graph does not say.
    :ivar words: in lower case.
    :ivar of: path of the concept of which it is a name; empty where it was found by comparing texts.
    """

    text: str
    language: str
    words: tuple[str, ...]
    of: str = ""


class Translations:
    """Other words by the words of a query.

    :param entries: what can be found.
    :param words: forms of words.
    """

    def __init__(self, entries: Iterable[Entry], words: Words) -> None:
        self._words = words
        self._names: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self._written: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
        self._count: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
        self._stands_in: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._parallel: list[Mapping[str, frozenset[str]]] = []
        for entry in entries:
            if entry.group in _NAMING:
                for key in {self._key(name.text, name.language) for name in entry.names}:
                    self._names[key].append(entry)
            for versions in _parallel(entry):
                self._learn(versions)

    def _key(self, text: str, language: str) -> tuple[str, ...]:
        return tuple(self._words.forms(word).stem(language) for word in Words.split(text))

    def _learn(self, versions: Mapping[str, str]) -> None:
        stems: dict[str, frozenset[str]] = {}
        for language, text in versions.items():
            found: set[str] = set()
            for word in Words.split(text):
                if len(word) >= _SHORTEST and not self._words.is_function_word(word, language):
                    stem = self._words.forms(word).stem(language)
                    self._written[language][word] += 1
                    found.add(stem)
            stems[language] = frozenset(found)
            self._count[language].update(found)
            for stem in found:
                self._stands_in[language, stem].append(len(self._parallel))
        self._parallel.append(stems)

    def names(self, words: Sequence[str]) -> list[Other]:
        """Other names of the concepts that have these words for a name, in whichever language.

        :param words: in lower case.
        """
        keys = {tuple(self._words.make_forms(word).stem(language) for word in words) for language in (*LANGUAGES, "")}
        found: dict[tuple[str, str], Other] = {}
        for key in sorted(keys):
            for entry in self._names.get(key, ()):
                for name in entry.names:
                    parts = tuple(Words.split(name.text))
                    if parts and self._key(name.text, name.language) not in keys and len(parts) <= LONGEST_NAME:
                        found.setdefault((name.language, " ".join(parts)), Other(name.text, name.language, parts, entry.path))
        return list(found.values())

    def translations(self, word: str) -> list[Other]:
        """Words of the other languages that stand where this one does.

        :param word: in lower case.
        """
        found: dict[tuple[str, str], Other] = {}
        for language in LANGUAGES:
            if self._words.is_function_word(word, language):
                continue
            stem = self._words.make_forms(word).stem(language)
            places = self._stands_in.get((language, stem), [])
            for other in LANGUAGES:
                if other != language and len(places) >= _TOGETHER:
                    for one in self._aligned(places, other):
                        written = self._as_written(one, other)
                        if written != word:
                            found.setdefault((other, one), Other(written, other, (written,)))
        return list(found.values())

    def _aligned(self, places: Sequence[int], language: str) -> Iterator[str]:
        together = Counter(stem for place in places for stem in self._parallel[place].get(language, ()))
        rated = sorted(
            (-2 * count / (len(places) + self._count[language][stem]), stem)
            for stem, count in together.items()
            if count >= _TOGETHER
        )
        for score, stem in rated[:_MOST]:
            if -score >= _SURE and score <= _NEARLY * rated[0][0]:
                yield stem

    def _as_written(self, stem: str, language: str) -> str:
        """The form in which a stem is most often written."""
        written = self._written[language]
        forms = [word for word in written if self._words.forms(word).stem(language) == stem]
        return max(forms, key=lambda word: (written[word], word))


def _parallel(entry: Entry) -> Iterator[Mapping[str, str]]:
    """Versions of one text: titles, and texts of which there is one in each language."""
    titles: dict[str, str] = {}
    for name in entry.names:
        titles.setdefault(name.language, name.text)
    texts = Counter(text.language for text in entry.texts)
    bodies = {text.language: text.text for text in entry.texts if texts[text.language] == 1}
    for versions in (titles, bodies):
        if all(language in versions for language in LANGUAGES):
            yield {language: versions[language] for language in LANGUAGES}
