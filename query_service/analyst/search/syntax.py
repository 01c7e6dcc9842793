"""What somebody types into the search field, as words with AND, OR, NOT, quotes and parentheses.

Every text can be read: what does not fit is mended, and the query tells what was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from query_service.analyst.search.words import WORD

__all__ = ["Either", "Every", "Mended", "Node", "Not", "Phrase", "ReadQuery", "Word", "read_query", "words_of"]

#: How a query was mended; each is a message of the page too.
Mended = Literal["unclosed-quote", "unclosed-parenthesis", "stray-parenthesis", "stray-operator", "too-deep", "too-many-words"]

_DEEPEST: Final = 12
_MOST_WORDS: Final = 40
_QUOTES: Final = {'"': '"', "\u201c": "\u201d\u201c", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u201d": "\u201d"}
#: Operators are written in capital letters, in any of the three languages.
_OPERATORS: Final = {
    "AND": "and", "ET": "and", "UND": "and", "&&": "and",
    "OR": "or", "OU": "or", "ODER": "or", "||": "or",
    "NOT": "not", "SAUF": "not", "NICHT": "not", "!": "not",
}  # fmt: skip
_ELIDED: Final = re.compile(r"(?i)^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['\u2019](?=\w)")
_POSSESSIVE: Final = re.compile(r"(?i)['\u2019]s?$")
_PIECE: Final = re.compile(r"[()]|[^\s()\"\u201c\u201d\u201e\u00ab\u00bb]+|[\"\u201c\u201d\u201e\u00ab\u00bb]")


@dataclass(frozen=True)
class Word:
    """A word.

    :ivar text: in lower case.
    :ivar start: where it begins in the query; the next is where it ends.
    :ivar is_beginning: whether any word that begins like this is meant.
    """

    text: str
    start: int
    end: int
    is_beginning: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other.

    :ivar is_quoted: whether they are meant as they are written; else forms of them will do.
    """

    words: tuple[Word, ...]
    is_quoted: bool


@dataclass(frozen=True)
class Not:
    """What must not be there."""

    node: Node


@dataclass(frozen=True)
class Every:
    """What must all be there."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """Of which one is enough."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Not | Every | Either


class ReadQuery(NamedTuple):
    """A query that was read.

    :ivar node: what it asks; none where it has no word.
    :ivar mended: how it was mended.
    """

    node: Node | None
    mended: tuple[Mended, ...]


def read_query(text: str) -> ReadQuery:
    """Read what somebody typed.

    Between words stands AND where nothing does; NOT binds before AND, AND before OR.

    >>> read_query("housing OR").mended
    ('stray-operator',)
    """
    reader = _Reader(list(_pieces(text)))
    node = reader.read()
    return ReadQuery(node, tuple(dict.fromkeys(reader.mended)))


def words_of(node: Node | None) -> Iterator[tuple[Word, bool]]:
    """Words of a query, each with whether it is wanted."""
    if isinstance(node, Word):
        yield node, True
    elif isinstance(node, Phrase):
        yield from ((word, True) for word in node.words)
    elif isinstance(node, Not):
        yield from ((word, not wanted) for word, wanted in words_of(node.node))
    elif node is not None:
        for part in node.nodes:
            yield from words_of(part)


class _Piece(NamedTuple):
    kind: Literal["words", "phrase", "and", "or", "not", "(", ")", "unclosed"]
    words: tuple[Word, ...] = ()


def _pieces(text: str) -> Iterator[_Piece]:
    place = 0
    while found := _PIECE.search(text, place):
        piece, start, place = found[0], found.start(), found.end()
        if piece in _QUOTES:
            ends = [end for closing in _QUOTES[piece] if (end := text.find(closing, place)) >= 0]
            end = min(ends, default=len(text))
            yield _Piece("phrase", tuple(_words(text, place, end)))
            if not ends:
                yield _Piece("unclosed")
            place = end + 1
        elif piece in "()":
            yield _Piece("(" if piece == "(" else ")")
        elif piece in _OPERATORS:
            yield _Piece(_OPERATORS[piece])  # type: ignore[arg-type]
        else:
            if piece[0] in "-\u2212!" and WORD.match(piece[1:2]):
                yield _Piece("not")
            elif piece == "-" and text[place : place + 1] in {"(", *_QUOTES} and text[place : place + 1]:
                yield _Piece("not")
                continue
            begin = start + len((_ELIDED.match(piece) or [""])[0])
            shorter = _POSSESSIVE.sub("", piece)
            yield _Piece("words", tuple(_words(text, begin, start + len(shorter))))


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for found in WORD.finditer(text, start, end):
        is_beginning = found.end() < end and text[found.end()] == "*"
        yield Word(found[0].lower(), found.start(), found.end(), is_beginning)


@dataclass
class _Reader:
    """Reads pieces by descent; parentheses deeper than it goes are left out."""

    pieces: list[_Piece]
    place: int = 0
    depth: int = 0
    words: int = 0
    mended: list[Mended] = field(default_factory=list)

    def read(self) -> Node | None:
        """The whole query."""
        parts = []
        while self.place < len(self.pieces):
            if part := self._any():
                parts.append(part)
            if self._here == ")":
                self.mended.append("stray-parenthesis")
                self.place += 1
        return _joined(Every, parts)

    @property
    def _here(self) -> str:
        return self.pieces[self.place].kind if self.place < len(self.pieces) else ""

    def _any(self) -> Node | None:
        parts = [self._all()]
        while self._here == "or":
            self.place += 1
            parts.append(self._all())
            if parts[-1] is None or parts[-2] is None:
                self.mended.append("stray-operator")
        return _joined(Either, [part for part in parts if part is not None])

    def _all(self) -> Node | None:
        parts: list[Node] = []
        is_joined = True  # an AND before anything joins nothing
        while self._here not in {"", ")", "or"}:
            if self._here == "and":
                if is_joined:
                    self.mended.append("stray-operator")
                is_joined = True
                self.place += 1
            elif part := self._one():
                parts.append(part)
                is_joined = False
        if is_joined and parts:
            self.mended.append("stray-operator")
        return _joined(Every, parts)

    def _one(self) -> Node | None:
        is_negated = False
        while self._here == "not":
            is_negated = not is_negated
            self.place += 1
        if self._here in {"", ")", "or", "and"}:
            self.mended.append("stray-operator")
            return None
        part = self._primary()
        if part is None:
            return None
        return Not(part) if is_negated else part

    def _primary(self) -> Node | None:
        piece = self.pieces[self.place]
        self.place += 1
        if piece.kind == "(":
            return self._nested()
        if piece.kind == "unclosed":
            self.mended.append("unclosed-quote")
            return None
        if self.words + len(piece.words) > _MOST_WORDS:
            self.mended.append("too-many-words")
            return None
        self.words += len(piece.words)
        if len(piece.words) > 1:
            return Phrase(piece.words, piece.kind == "phrase")
        if piece.kind == "phrase" and piece.words:
            return Phrase(piece.words, True)
        return piece.words[0] if piece.words else None

    def _nested(self) -> Node | None:
        if self.depth >= _DEEPEST:
            self.mended.append("too-deep")
            return None
        self.depth += 1
        part = self._any()
        self.depth -= 1
        if self._here == ")":
            self.place += 1
        else:
            self.mended.append("unclosed-parenthesis")
        return part


def _joined(kind: type[Every] | type[Either], parts: list[Node]) -> Node | None:
    return kind(tuple(parts)) if len(parts) > 1 else (parts[0] if parts else None)
