"""From what somebody asked to a query of the index: forms of its words, and other words for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from query_service.analyst.search.index import SearchIndex
from query_service.analyst.search.syntax import Either, Node, Not, Phrase, Word
from query_service.analyst.search.translations import LONGEST_NAME, Other
from query_service.language import LANGUAGES

__all__ = ["Expansion", "Matcher"]

#: Weights of parts of an entry.
_PARTS: Final = {"name": 8.0, "title": 4.0, "text": 1.5, "about": 0.8}
#: Weights of ways in which a word is found: as it is written, by its stem, as another word for it, as a part of one.
_PLAIN, _STEM, _OTHER, _PART_OF = 1.3, 1.0, 0.45, 0.5
_TIE: Final = 0.15
#: Letters of a German word that other words may begin with: compounds, as *Arbeitsmarktpolitik*.
_COMPOUND: Final = 6
_MOST_BEGINNINGS: Final = 200


@dataclass(frozen=True)
class Expansion:
    """What was looked for besides some words of a query."""

    words: str
    others: tuple[Other, ...]


@dataclass
class Matcher:
    """Makes the query for one question.

    :param index: what is searched.
    :param is_strict: whether words count only as they are written.
    :ivar expansions: what was looked for besides.
    :ivar plain: words, without accents, that count wherever they stand.
    :ivar stems: stems that count in texts of each language.
    :ivar written: words that count as they are written, in strict questions.
    :ivar phrases: words without accents, or as written in strict questions, that count where they follow each other.
    """

    index: SearchIndex
    is_strict: bool = False
    expansions: list[Expansion] = field(default_factory=list)
    plain: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    stems: dict[str, set[str]] = field(default_factory=lambda: {language: set() for language in LANGUAGES})
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    _negations: int = 0

    @cached_property
    def _q(self) -> Any:
        from tantivy import Query  # noqa: PLC0415 - heavy, and needed once somebody searches

        return Query

    @cached_property
    def _occur(self) -> Any:
        from tantivy import Occur  # noqa: PLC0415 - as above

        return Occur

    def query(self, node: Node) -> Any:
        """The query of tantivy for what was asked."""
        if isinstance(node, Word):
            return self._word(node)
        if isinstance(node, Phrase):
            return self._phrase(node)
        if isinstance(node, Not):
            return self._all_of([node])
        if isinstance(node, Either):
            return self._q.boolean_query([(self._occur.Should, self.query(one)) for one in node.nodes])
        return self._all_of(node.nodes)

    def is_known(self, word: Word) -> bool:
        """Whether anything can be found by a word."""
        forms = self.index.words.make_forms(word.text)
        ways = [("plain", forms.plain), *((language, forms.stem(language)) for language in LANGUAGES)]
        return any(self.index.occurs(way, form) for way, form in ways) or bool(self._others([word]))

    # Parts of queries --------------------------------------------------------------------------------------------

    def _all_of(self, nodes: Sequence[Node]) -> Any:
        wanted = [node for node in nodes if not isinstance(node, Not)]
        clauses = [(self._occur.Must, one) for one in self._wanted(wanted)] or [(self._occur.Must, self._q.all_query())]
        self._negations += 1
        clauses += [(self._occur.MustNot, self.query(node.node)) for node in nodes if isinstance(node, Not)]
        self._negations -= 1
        return self._q.boolean_query(clauses)

    def _wanted(self, nodes: Sequence[Node]) -> Iterable[Any]:
        """What must be there: function words only where there is nothing else, and names of several words also by other names."""
        telling = [node for node in nodes if not self._is_function_word(node)] or list(nodes)
        place = 0
        while place < len(telling):
            run = self._named_run(telling[place:])
            if len(run) > 1:
                yield self._q.boolean_query(
                    [
                        (self._occur.Should, self._q.boolean_query([(self._occur.Must, self._word(word)) for word in run])),
                        (self._occur.Should, self._besides(run)),
                    ]
                )
                place += len(run)
            else:
                yield self.query(telling[place])
                place += 1

    def _is_function_word(self, node: Node) -> bool:
        return isinstance(node, Word) and not self.is_strict and self.index.words.is_function_word(node.text)

    def _named_run(self, nodes: Sequence[Node]) -> list[Word]:
        """The longest run of words, from the first on, that is a name of a concept."""
        words: list[Word] = []
        for node in nodes[:LONGEST_NAME]:
            if not isinstance(node, Word) or node.is_beginning or self.is_strict:
                break
            words.append(node)
        while len(words) > 1 and not self.index.translations.names([word.text for word in words]):
            words.pop()
        return words

    def _word(self, word: Word) -> Any:
        forms = self.index.words.make_forms(word.text)
        if word.is_beginning:
            return self._beginning(word)
        if self.is_strict:
            self._note(written={word.text})
            return self._best([self._term(part, "written", word.text, 1.0) for part in _own_parts()])
        found = [self._term(part, "plain", forms.plain, _PLAIN) for part in _PARTS]
        self._note(plain={forms.plain})
        for language in LANGUAGES:
            stem = forms.stem(language)
            if not self.index.words.is_function_word(word.text, language):
                self._note(stems={language: {stem}})
                found += [self._term(part, language, stem, _STEM) for part in _PARTS if part != "name"]
        found += self._compounds(forms.de)
        return self._best([*found, self._besides([word])])

    def _beginning(self, word: Word) -> Any:
        """Any word that begins like this."""
        start = self.index.words.make_forms(word.text).plain
        plain = sorted(self.index.beginning(start), key=lambda one: (len(one), one))[:_MOST_BEGINNINGS]
        self._note(plain=set(plain))
        return self._best([self._any_term(part, "plain", plain, 1.0) for part in _PARTS])

    def _compounds(self, stem: str) -> list[Any]:
        """German words that begin with a German word."""
        if len(stem) < _COMPOUND:
            return []
        longer = sorted(self.index.compounds(stem))[:_MOST_BEGINNINGS]
        self._note(plain=set(longer))
        return [self._any_term(part, "plain", longer, _PART_OF) for part in _PARTS if part != "name"] if longer else []

    def _phrase(self, phrase: Phrase) -> Any:
        words = [word.text for word in phrase.words]
        way = "written" if self.is_strict else "plain"
        as_are = words if self.is_strict else [self.index.words.make_forms(word).plain for word in words]
        self._note(phrases={tuple(as_are)})
        parts = _own_parts() if self.is_strict or phrase.is_quoted else _PARTS
        found = [self._sequence(part, way, as_are, _PLAIN) for part in parts]
        if phrase.is_quoted or self.is_strict:
            return self._best(found)
        for language in LANGUAGES:
            found += [self._sequence(part, language, self._stems(words, language), _STEM) for part in _PARTS if part != "name"]
        joined = self.index.words.make_forms("".join(words)).plain  # co-operation is cooperation
        self._note(plain={joined})
        return self._best([*found, *(self._term(part, "plain", joined, _STEM) for part in _PARTS)])

    def _besides(self, words: Sequence[Word]) -> Any:
        """Other words for some words."""
        others = self._others(words)
        if others and not self._negations:
            self.expansions.append(Expansion(" ".join(word.text for word in words), tuple(others)))
        found = []
        for other in others:
            way = other.language if other.language in LANGUAGES else "plain"
            forms = self._stems(other.words, way)
            if len(forms) == 1:
                self._note(**({"plain": set(forms)} if way == "plain" else {"stems": {way: set(forms)}}))
            else:
                self._note(phrases={tuple(self._stems(other.words, "plain"))})
            found += [self._sequence(part, way, forms, _OTHER) for part in _PARTS if part != "name"]
        return self._best(found)

    def _others(self, words: Sequence[Word]) -> list[Other]:
        if self.is_strict:
            return []
        texts = [word.text for word in words]
        found = self.index.translations.names(texts)
        if len(texts) == 1:
            said = {(other.language, other.words) for other in found}
            more = self.index.translations.translations(texts[0])
            found += [other for other in more if (other.language, other.words) not in said]
        return found

    # Pieces of queries -------------------------------------------------------------------------------------------

    def _stems(self, words: Sequence[str], way: str) -> list[str]:
        return [self.index.words.make_forms(word).stem(way) for word in words]

    def _term(self, part: str, way: str, word: str, weight: float) -> Any:
        query = self._q.term_query(self.index.schema, f"{part}_{way}", word)
        return self._q.boost_query(query, weight * _PARTS[part])

    def _any_term(self, part: str, way: str, words: Sequence[str], weight: float) -> Any:
        query = self._q.term_set_query(self.index.schema, f"{part}_{way}", list(words))
        return self._q.boost_query(query, weight * _PARTS[part])

    def _sequence(self, part: str, way: str, words: Sequence[str], weight: float) -> Any:
        if len(words) == 1:
            return self._term(part, way, words[0], weight)
        query = self._q.phrase_query(self.index.schema, f"{part}_{way}", list(words))
        return self._q.boost_query(query, weight * _PARTS[part])

    def _best(self, queries: Sequence[Any]) -> Any:
        """What the best of some queries finds, so that a text in three languages does not count three times."""
        return self._q.disjunction_max_query(list(queries), _TIE) if queries else self._q.empty_query()

    def _note(
        self,
        *,
        plain: Iterable[str] = (),
        written: Iterable[str] = (),
        stems: dict[str, set[str]] | None = None,
        phrases: Iterable[tuple[str, ...]] = (),
    ) -> None:
        """What is to be marked on the page; not what must not be there."""
        if not self._negations:
            self.plain.update(plain)
            self.written.update(written)
            self.phrases.update(phrases)
            for language, some in (stems or {}).items():
                self.stems[language].update(some)


def _own_parts() -> list[str]:
    """Parts that are the words of an entry itself, and not of what it is about."""
    return [part for part in _PARTS if part != "about"]
