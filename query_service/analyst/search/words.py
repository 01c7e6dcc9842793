"""Words of texts and of queries: what they are written like, and which of them are forms of one word in a language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from query_service.language import LANGUAGES

__all__ = ["STEMMERS", "WORD", "Forms", "Words", "stem_place"]

#: A word: letters and digits of any script. All texts and all queries are cut by this alone.
WORD: Final = re.compile(r"[^\W_]+")
#: Names of the stemmers of Snowball (https://snowballstem.org) by language.
STEMMERS: Final = {"en": "english", "fr": "french", "de": "german"}
_LONG_ENOUGH_TO_LOSE_A_PLURAL: Final = 5


def stem_place(language: str) -> int:
    """Place of the stem in a language among the forms of a word; in one without stemmer that of the word without accents."""
    return LANGUAGES.index(language) + 1 if language in STEMMERS else 0


class Forms(NamedTuple):
    """A word as it is compared.

    :ivar plain: in lower case without accents.
    :ivar en: its stem, were it English; the next two as this.
    """

    plain: str
    en: str
    fr: str
    de: str

    def stem(self, language: str) -> str:
        """Its stem in a language; in one without stemmer the word without accents."""
        return self[stem_place(language)]


class Words:
    """All words that were met, and their forms."""

    def __init__(self) -> None:
        from tantivy import Filter, TextAnalyzerBuilder, Tokenizer  # noqa: PLC0415 - heavy, and needed once somebody searches

        def build(*filters: Any) -> Any:
            builder = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.lowercase())
            for one in filters:
                builder = builder.filter(one)
            return builder.build()

        # Accents go after the stem is made: the rules for French and German endings need them.
        fold = Filter.ascii_fold()
        self._plain = build(fold)
        self._stem = {language: build(Filter.stemmer(name), fold) for language, name in STEMMERS.items()}
        self._stop = {language: build(Filter.stopword(name)) for language, name in STEMMERS.items()}
        self._known: dict[str, Forms] = {}

    @property
    def known(self) -> Mapping[str, Forms]:
        """Forms by word in lower case."""
        return self._known

    def forms(self, word: str) -> Forms:
        """Forms of a word, which is remembered.

        :param word: in lower case.
        """
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self.make_forms(word)
        return found

    def forms_of(self, words: Sequence[str]) -> list[Forms]:
        """Forms of many words in lower case, which are remembered."""
        known = self._known
        for word in set(words):
            if word not in known:
                known[word] = self.make_forms(word)
        return [known[word] for word in words]

    def make_forms(self, word: str) -> Forms:
        """Forms of a word in lower case, which is not remembered: for words of queries."""
        if found := self._known.get(word):
            return found
        plain = "".join(self._plain.analyze(word))
        stems = ["".join(self._stem[language].analyze(word)) or plain for language in LANGUAGES]
        return Forms(
            plain, *(_singular(stem) if language == "fr" else stem for language, stem in zip(LANGUAGES, stems, strict=True))
        )

    def is_function_word(self, word: str, language: str | None = None) -> bool:
        """Whether a word, in lower case, says nothing by itself in a language, or in any of the three."""
        languages = [language] if language in self._stop else LANGUAGES
        return any(not self._stop[one].analyze(word) for one in languages)

    @staticmethod
    def split(text: str) -> list[str]:
        """Words of a text in lower case."""
        return [word.lower() for word in WORD.findall(text)]


def _singular(stem: str) -> str:
    """A French stem without the ``s`` that the stemmer leaves after some vowels: *emplois* is *emploi*."""
    return stem[:-1] if len(stem) > _LONG_ENOUGH_TO_LOSE_A_PLURAL and stem.endswith("s") else stem
