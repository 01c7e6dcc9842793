"""The search itself: hits in order, facets, and what was done with the words of the query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from query_service.analyst.search.entries import GROUPS, Entry
from query_service.analyst.search.index import Found, SearchIndex, series_of
from query_service.analyst.search.matching import Expansion, Matcher
from query_service.analyst.search.question import FACETS, Facet, SearchQuestion
from query_service.analyst.search.syntax import Either, Every, Mended, Node, Not, Phrase, Word, read_query, words_of
from query_service.analyst.search.words import WORD
from query_service.errors import MalformedRequest

__all__ = ["Finding", "Hit", "find", "values_of"]

#: What is no help to somebody who is still typing.
_NOT_SUGGESTED: Final = frozenset({"link", "passage", "example"})


class Hit(NamedTuple):
    """An entry that was found.

    :ivar is_exact: whether what was asked is its name or number.
    """

    entry: Entry
    score: float
    is_exact: bool


@dataclass(frozen=True)
class Finding:
    """What was found.

    :ivar hits: all hits, the best first.
    :ivar facets: how many hits each value of each facet would give, the others left as they are chosen.
    :ivar matcher: which words count as found.
    :ivar mended: how the query was mended.
    :ivar corrected: the query with words written as the dataset has them; empty where it was searched as it is.
    :ivar is_relaxed: whether there was nothing with all words, and these have some.
    """

    question: SearchQuestion
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, Mapping[str, int]]
    matcher: Matcher
    mended: tuple[Mended, ...] = ()
    corrected: str = ""
    is_relaxed: bool = False

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        """What was looked for besides."""
        return tuple(dict.fromkeys(self.matcher.expansions))

    @property
    def shown(self) -> tuple[Hit, ...]:
        """Hits of the page asked for."""
        start = (self.question.page - 1) * self.question.size
        return self.hits[start : start + self.question.size]


def find(index: SearchIndex, question: SearchQuestion) -> Finding:
    """Answer a question.

    :raises MalformedRequest: when a value of a facet is none that the dataset has.
    """
    _check_facets(index, question)
    text = f"{question.q}*" if question.typing and WORD.search(question.q[-1:]) else question.q
    read = read_query(text)
    matcher = Matcher(index, question.strict)
    if read.node is None:
        return Finding(question, (), {facet: {} for facet in FACETS}, matcher, read.mended)
    node, corrected = read.node, ""
    if not question.strict and not question.typing:
        corrected = _corrected(matcher, text, node)
        node = read_query(corrected).node or node if corrected else node
    found = index.search(matcher.query(node))
    hits = _ranked(index, question, node, corrected or question.q, found)
    is_relaxed = False
    if not hits and not question.strict and isinstance(node, Every):
        matcher = Matcher(index)
        hits = _ranked(index, question, node, "", index.search(matcher.query(_relaxed(node))))
        is_relaxed = bool(hits)
    if question.typing:
        hits = [hit for hit in hits if hit.entry.group not in _NOT_SUGGESTED]
    facets = {facet: _count(hits, question, facet) for facet in FACETS}
    kept = tuple(hit for hit in hits if _is_chosen(hit.entry, question))
    return Finding(question, kept, facets, matcher, read.mended, corrected, is_relaxed)


def values_of(entry: Entry, facet: Facet) -> tuple[str, ...]:
    """Values of an entry for a facet."""
    if facet == "kind":
        return (entry.group,)
    if facet == "language":
        return tuple(language for language in entry.languages if language)
    paths = entry.frameworks if facet == "framework" else entry.countries
    return tuple(path.rpartition("/")[2] for path in paths)


def _check_facets(index: SearchIndex, question: SearchQuestion) -> None:
    for facet in FACETS:
        known = index.facet_values(facet)
        for value in question.chosen(facet):
            if value not in known:
                raise MalformedRequest(
                    f"There is no {facet} {value!r} to search in.",
                    found=f"{facet}={value}",
                    expected=", ".join(known),
                    mend="choose one of these, or leave it out",
                )


def _corrected(matcher: Matcher, text: str, node: Node) -> str:
    """The query with each word that is nowhere written as the nearest one is; empty where there is nothing to correct."""
    pieces, place = [], 0
    for word in sorted({word for word, _ in words_of(node)}, key=lambda word: word.start):
        if not word.is_beginning and not matcher.is_known(word):
            plain = matcher.index.words.make_forms(word.text).plain
            if near := matcher.index.spelling.nearest(plain):
                pieces += [text[place : word.start], near]
                place = word.end
    return "".join([*pieces, text[place:]]) if pieces else ""


def _relaxed(node: Every) -> Node:
    """The same with any of the words being enough; what must not be there still must not."""
    wanted = tuple(one for one in node.nodes if not isinstance(one, Not))
    barred = tuple(one for one in node.nodes if isinstance(one, Not))
    some: Node = Either(wanted) if len(wanted) > 1 else wanted[0] if wanted else node
    return Every((some, *barred)) if barred else some


def _ranked(index: SearchIndex, question: SearchQuestion, node: Node, text: str, found: Iterable[Found]) -> list[Hit]:
    words = [index.words.make_forms(word.lower()).plain for word in WORD.findall(text)]
    exact = {entry.path: entry for entry in index.named(words)} if _is_plain(node) else {}
    by_path = {one.entry.path: one for one in found}
    for path, entry in exact.items():
        by_path.setdefault(path, Found(entry, 0.0))
    hits = [Hit(one.entry, one.score, path in exact) for path, one in by_path.items()]
    groups = list(GROUPS)

    def order(hit: Hit) -> tuple[bool, bool, int, int, float, str]:
        entry = hit.entry
        is_begun = question.typing and any(_begins(index, name.text, words) for name in entry.names)
        place = (groups.index(entry.group), series_of(entry.path)) if hit.is_exact else (0, 0)
        return (not hit.is_exact, not is_begun, *place, -hit.score, entry.path)

    return sorted(hits, key=order)


def _begins(index: SearchIndex, name: str, words: list[str]) -> bool:
    plain = " ".join(index.words.make_forms(word).plain for word in index.words.split(name))
    return plain.startswith(" ".join(words))


def _is_plain(node: Node) -> bool:
    """Whether a query is only words, one after the other."""
    return isinstance(node, Word | Phrase) or (isinstance(node, Every) and all(_is_plain(one) for one in node.nodes))


def _is_chosen(entry: Entry, question: SearchQuestion, but: Facet | None = None) -> bool:
    """Whether an entry has, of each facet of which values were chosen, one of these."""
    return all(
        facet == but or not chosen or not chosen.isdisjoint(values_of(entry, facet))
        for facet in FACETS
        if (chosen := set(question.chosen(facet))) is not None
    )


def _count(hits: Iterable[Hit], question: SearchQuestion, facet: Facet) -> dict[str, int]:
    counted: Counter[str] = Counter(
        value for hit in hits if _is_chosen(hit.entry, question, facet) for value in values_of(hit.entry, facet)
    )
    chosen = {value: counted.get(value, 0) for value in question.chosen(facet)}
    return dict(_in_order({**chosen, **counted}, facet))


def _in_order(counted: Mapping[str, int], facet: Facet) -> Iterator[tuple[str, int]]:
    groups = list(GROUPS)
    if facet == "kind":
        return iter(sorted(counted.items(), key=lambda pair: groups.index(pair[0])))
    return iter(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
