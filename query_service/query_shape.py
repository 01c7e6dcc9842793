"""How large and how deep one reading of a query is, counted token by token.

Counted is what makes the engine slow or kills it before the first row, and nothing else: brackets and what stands
between them. Keywords may be glued to their neighbours, so a count rests on brackets wherever it can; in doubt a thing
is taken for the kind that is limited more.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from enum import Enum
from typing import Any, Final, NamedTuple

from query_service.query_text import Token

__all__ = ["Shape"]

# Words after which a parenthesis opens an expression: keywords, functions and aggregates of SPARQL 1.1 and 1.2.
_CALLS: Final = frozenset(
    """abs and as asc avg bind bnode bound by ceil coalesce concat contains count datatype day desc distinct encode_for_uri
    exists filter floor group_concat having hours if in iri isblank isiri isliteral isnumeric istriple isuri lang langdir
    haslang haslangdir langmatches lcase max md5 min minutes month not now object or order predicate rand reduced regex
    replace round sameterm sample seconds select separator sha1 sha256 sha384 sha512 str strafter strbefore strdt strends
    strlang strlangdir strlen strstarts struuid subject substr sum timezone triple tz ucase uri uuid year""".split()  # noqa: SIM905 - a list would be as many lines as words
)
_OPTIONAL: Final = frozenset({"optional", "minus", "exists"})
_TERMS: Final = frozenset({"variable", "iri", "prefixed", "string", "number", "node", "word"})
_DOTTED: Final = frozenset({"prefixed", "node", "word", "number"})
_BEGINNING: Final = frozenset("{}).")
_OPERATORS: Final = frozenset("+-*/|&!=<>^?")
_BEFORE_OPERAND: Final = frozenset("(,=&|+-/^<>!")
_CLOSING: Final = frozenset(")]}")
_NOTHING: Final = Token("other", "", 0)


class _Kind(Enum):
    TOP = "outside all brackets"
    GROUP = "group graph pattern"
    TEMPLATE = "what CONSTRUCT makes"
    DATA = "block or row of VALUES"
    LIST = "collection or part of a path"
    NODE = "blank node property list"
    EXPRESSION = "expression"


class _Frame(NamedTuple):
    """What stands between two brackets, as far as it is read."""

    kind: _Kind
    before: str = ""  # the word before the bracket
    patterns: int = 0  # triple patterns and the like that the engine would join here
    branch: int = 0  # those of the largest branch of a UNION
    repeats: int = 0  # how deep * and + are nested in this part of a path
    is_select: bool = False


class Shape:
    """One reading of a query up to a place. Attributes named as in QueryLimits are its counts."""

    def __init__(self) -> None:
        self.frames: tuple[_Frame, ...] = (_Frame(_Kind.TOP),)
        self.before = _NOTHING
        self.tokens = 0
        self.clauses = 0
        self.calls = 0
        self.operators = 0
        self.patterns = 0
        self.all_patterns = 0
        self.depth = 0
        self.list_depth = 0
        self.select_depth = 0
        self.repeat_depth = 0
        self.datasets = 0
        self._awaits_values = False
        self._closed_repeats = 0

    COUNTS: Final = (
        "tokens", "clauses", "calls", "operators", "patterns", "all_patterns", "depth", "list_depth", "select_depth",
        "repeat_depth", "datasets",
    )  # fmt: skip

    @property
    def may_compare(self) -> bool:
        """Whether ``<`` here may compare: inside parentheses, after what can end an operand."""
        is_inside = self.frames[-1].kind in {_Kind.LIST, _Kind.EXPRESSION}
        return is_inside and self.before.text not in _BEFORE_OPERAND

    @property
    def place(self) -> tuple[object, ...]:
        """What two readings at the same offset must share to be counted as one from there on."""
        brackets = tuple(
            (frame.kind, frame.is_select, frame.before == "union", frame.before in _OPTIONAL) for frame in self.frames
        )
        return (*brackets, self.before.kind, self.before.text, self._awaits_values)

    def counts(self) -> Iterator[tuple[str, int]]:
        """Each count by its name."""
        own = self.__dict__
        return ((name, own[name]) for name in self.COUNTS)

    def copy(self) -> Shape:
        """A reading that goes another way from here."""
        return copy(self)

    def merge(self, other: Shape) -> None:
        """Take the larger of all counts of two readings that share their place."""
        for name in (*self.COUNTS, "_closed_repeats"):
            setattr(self, name, max(getattr(self, name), getattr(other, name)))
        self.frames = tuple(
            mine._replace(
                patterns=max(mine.patterns, its.patterns),
                branch=max(mine.branch, its.branch),
                repeats=max(mine.repeats, its.repeats),
            )
            for mine, its in zip(self.frames, other.frames, strict=True)
        )

    def read(self, token: Token) -> None:
        """Count one more token."""
        self.tokens += 1
        text = token.text
        if text in {"(", "[", "{"}:
            self._open(text)
        elif text in _CLOSING:
            self._close()
        elif token.kind == "other":
            self._read_mark(text)
        elif token.kind in _TERMS:
            self._read_term(token)
        self.before = token

    def _open(self, bracket: str) -> None:
        top = self.frames[-1]
        kind = self._kind_of(bracket, top)
        if kind is _Kind.GROUP or (top.kind in {_Kind.TOP, _Kind.GROUP} and kind is not _Kind.NODE):
            self.clauses += 1
        elif kind is _Kind.EXPRESSION:
            self.calls += 1
        if bracket == "{":
            self._awaits_values = False
        word = self.before.text.lower() if self.before.kind == "word" else ""
        self.frames = (*self.frames, _Frame(kind, word))
        self.depth = max(self.depth, len(self.frames) - 1)
        if kind is _Kind.LIST:
            lists = sum(frame.kind is _Kind.LIST for frame in self.frames)
            self.list_depth = max(self.list_depth, lists)
        elif kind is _Kind.NODE:
            self._count_patterns(1)

    def _kind_of(self, bracket: str, top: _Frame) -> _Kind:
        word = self.before.text.lower() if self.before.kind == "word" else ""
        if bracket == "[":
            return _Kind.NODE
        if self._awaits_values or top.kind is _Kind.DATA:
            return _Kind.DATA
        if bracket == "{":
            return _Kind.TEMPLATE if word == "construct" else _Kind.GROUP
        is_head = top.kind is _Kind.TOP or top.is_select
        return _Kind.EXPRESSION if top.kind is _Kind.EXPRESSION or is_head or word in _CALLS else _Kind.LIST

    def _close(self) -> None:
        if len(self.frames) == 1:
            return
        inner = self.frames[-1]
        self.frames = self.frames[:-1]
        self._closed_repeats = inner.repeats
        outer = self.frames[-1]
        if inner.kind is _Kind.LIST or inner.kind is _Kind.NODE:
            self._change(repeats=max(outer.repeats, inner.repeats))
            self._count_joined(inner.patterns + (inner.kind is _Kind.LIST))
        elif inner.kind is _Kind.DATA and outer.kind is _Kind.GROUP:
            self._count_patterns(1)
        elif inner.kind is _Kind.GROUP and outer.kind is _Kind.GROUP:
            self._close_group(inner, outer)

    def _close_group(self, inner: _Frame, outer: _Frame) -> None:
        """A group in a group: of the branches of a UNION the largest counts, of what is optional only that it is there."""
        self._count_patterns(1)
        if inner.before in _OPTIONAL:
            return
        added = max(0, inner.patterns - outer.branch) if inner.before == "union" else inner.patterns
        self._count_joined(added)
        self._change(branch=max(inner.patterns, outer.branch) if inner.before == "union" else inner.patterns)

    def _read_mark(self, mark: str) -> None:
        kind = self.frames[-1].kind
        if mark in {";", ","}:
            if kind in {_Kind.GROUP, _Kind.NODE}:
                self._count_patterns(1)
        elif mark in _OPERATORS:
            self.operators += 1
            if kind in {_Kind.EXPRESSION, _Kind.TOP}:
                return
            if mark == "/" or (mark == "<" and self.before.text == "<"):  # << opens a reified triple
                self._count_patterns(1)
            elif mark in {"*", "+"}:
                self._count_repeat()

    def _count_repeat(self) -> None:
        level = 1 + (self._closed_repeats if self.before.text == ")" else 0)
        self._change(repeats=max(self.frames[-1].repeats, level))
        self.repeat_depth = max(self.repeat_depth, level)

    def _read_term(self, token: Token) -> None:
        top = self.frames[-1]
        if token.kind == "word":
            word = token.text.lower()
            if word == "values":
                self._awaits_values = True
            elif word.startswith("select") and top.kind is _Kind.GROUP:
                self._change(is_select=True)
                self.select_depth = max(self.select_depth, sum(frame.is_select for frame in self.frames))
        if top.kind is _Kind.TOP:
            self.clauses += token.kind in {"iri", "prefixed"}  # of DESCRIBE
            self.datasets += token.kind in {"word", "prefixed"} and "from" in token.text.lower()
        elif top.kind is _Kind.LIST:
            self._count_patterns(1)
        elif top.kind is _Kind.GROUP and not top.is_select:
            # The engine ends some names before their last full stop, where it then reads another triple.
            dots = token.text.count(".") if token.kind in _DOTTED else 0
            is_term = token.kind != "word" or token.text.lower().startswith(("true", "false"))
            begins = is_term and self.before.text in _BEGINNING
            self._count_patterns(dots + begins)

    def _count_patterns(self, number: int) -> None:
        self.all_patterns += number
        self._count_joined(number)

    def _count_joined(self, number: int) -> None:
        patterns = self.frames[-1].patterns + number
        self._change(patterns=patterns)
        if self.frames[-1].kind in {_Kind.GROUP, _Kind.LIST, _Kind.NODE}:
            self.patterns = max(self.patterns, patterns)

    def _change(self, **values: Any) -> None:
        self.frames = (*self.frames[:-1], self.frames[-1]._replace(**values))
