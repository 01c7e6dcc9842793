"""What the text of a query tells without running it: its form, its prefixes, what it must not do.

The engine alone decides what is valid SPARQL. It reads keywords without a blank after them (``SERVICEex:x``), and only
its grammar knows whether ``<`` opens an IRI or compares; so what must be refused is looked for under every reading.
Terminals are those of https://www.w3.org/TR/sparql11-query/#sparqlGrammar, 19.8. All of it is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from string import ascii_letters, digits
from typing import Final, NamedTuple

__all__ = ["Position", "QueryText", "Token"]


def _beyond_ascii(characters: str) -> str:
    """A class of these characters and all beyond ASCII: more letters than the grammar has, but a text with the others does not
    parse. Said by what it leaves out, as a range up to the last character takes a hundred times as long to compile.
    """
    return "[^" + "".join(rf"\x{code:02x}" for code in range(128) if chr(code) not in characters) + "]"


_NAME = ascii_letters + digits + "_"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_BLANK = r"(?:[ \t\r\n]++|\#[^\r\n]*+)"
_IRI = r"<[^<>\"{}|^`\u0000-\u0020]*>"
_RUN_ON = _beyond_ascii(_NAME + "-")
_RUN = rf"{_beyond_ascii(ascii_letters)}(?:{_RUN_ON}|\.+(?={_RUN_ON}))*"
_LOCAL_ON = _beyond_ascii(_NAME + ":-")
_LOCAL = rf"(?:{_beyond_ascii(_NAME + ':')}|{_ESCAPE})(?:{_LOCAL_ON}|{_ESCAPE}|\.+(?={_beyond_ascii(_NAME + ':-%' + chr(92))}))*"
_PREFIXED = rf"(?:{_RUN})?:(?:{_LOCAL})?"
_VARIABLE = rf"[?$]{_beyond_ascii(_NAME)}+"
_STRING = (
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""|'
    r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''|"
    r'"(?:[^"\\\r\n]|\\.)*"|'
    r"'(?:[^'\\\r\n]|\\.)*'"
)

_TOKEN: Final = re.compile(
    rf"""(?P<blank>{_BLANK}++)
    |(?P<iri>{_IRI})
    |(?P<string>{_STRING})
    |(?P<variable>{_VARIABLE})
    |(?P<language>@[A-Za-z]+(?:--?[A-Za-z0-9]+)*)
    |(?P<node>_:{_LOCAL})
    |(?P<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+\-]?[0-9]+|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    |(?P<prefixed>{_PREFIXED})
    |(?P<word>{_RUN})
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_DECLARATION: Final = re.compile(
    rf"{_BLANK}++|(?i:PREFIX){_BLANK}*+(?P<prefix>(?:{_RUN})?):{_BLANK}*+{_IRI}"
    rf"|(?i:BASE){_BLANK}*+{_IRI}|(?i:VERSION){_BLANK}*+(?:{_STRING})",
    re.DOTALL,
)
_FORM: Final = re.compile(r"(?i)SELECT|ASK|CONSTRUCT|DESCRIBE")
_UPDATE: Final = re.compile(r"(?i)(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)(?![\w:])")
_FROM: Final = re.compile(r"(?i)(?:ASK|CONSTRUCT)?FROM")
_QUOTES: Final = frozenset("'\"")  # alone, the beginning of a string without end
_FICKLE: Final = re.compile(rf"(?i)(?:now|rand|uuid|bnode){_BLANK}*+\(")
_SURE_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")  # no expression has two slashes
_OPEN: Final = re.compile(rf"{_BLANK}*+\{{")
_SERVICE_END: Final = re.compile(r"service(?:silent)?\Z")
_SERVICE_REST: Final = re.compile(rf"{_BLANK}*+(?i:SILENT)?{_BLANK}*+(?:{_VARIABLE}|{_IRI}|{_PREFIXED}){_BLANK}*+\{{")
# GRAPH service:x { ... }: the name of a graph, although the engine could read SERVICE :x { ... } elsewhere.
_GRAPH_NAME: Final = re.compile(rf"(?i:GRAPH|FROM(?:{_BLANK}++NAMED)?|DESCRIBE){_BLANK}++{_PREFIXED}(?={_BLANK}*+\{{)")


class Position(NamedTuple):
    """A place in a text: line and column from 1, columns in Unicode code points."""

    line: int
    column: int


class Token(NamedTuple):
    """A terminal of the grammar."""

    kind: str
    text: str
    start: int


class QueryText:
    """A query as text, before the engine reads it.

    :param text: the query as sent.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _declared(self) -> tuple[int, int, set[str]]:
        """Where the prologue ends, how many declarations it has, and prefixes declared; not all who ask need it."""
        place, declarations, prefixes = 0, 0, set[str]()
        while declared := _DECLARATION.match(self.text, place):
            declarations += declared[0][0] not in " \t\r\n#"
            if declared["prefix"] is not None:
                prefixes.add(declared["prefix"])
            place = declared.end()
        return place, declarations, prefixes

    @property
    def body(self) -> int:
        """Offset of what follows the prologue."""
        return self._declared[0]

    @property
    def declarations(self) -> int:
        """Number of PREFIX, BASE and VERSION declarations."""
        return self._declared[1]

    @property
    def prefixes(self) -> set[str]:
        """Prefixes that are declared."""
        return self._declared[2]

    @property
    def prologue(self) -> str:
        """PREFIX and BASE declarations."""
        return self.text[: self.body]

    @property
    def form(self) -> str | None:
        """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; none when it is no query."""
        found = _FORM.match(self.text, self.body)
        return found[0].upper() if found else None

    @property
    def update(self) -> str | None:
        """The word that makes this an update (``INSERT``, ...); none when it is none."""
        found = _UPDATE.match(self.text, self.body)
        return found[0].upper() if found else None

    @property
    def is_repeatable(self) -> bool:
        """Whether the same graph always gives the same answer; in doubt not.

        Clock and chance are functions; blank nodes that CONSTRUCT makes get new labels each time.
        """
        makes_nodes = self.form == "CONSTRUCT" and ("_:" in self.text or "[" in self.text)
        return not makes_nodes and not _FICKLE.search(self.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """Terminals after the prologue up to a string without end, without blanks; ``<`` opens an IRI wherever it can."""
        return [Token(match.lastgroup or "other", match[0], match.start()) for match in self._terminals()]

    def count_tokens(self) -> int:
        """How many terminals there are, told without keeping them."""
        return sum(1 for _ in self._terminals())

    def _terminals(self) -> Iterator[re.Match[str]]:
        for match in _TOKEN.finditer(self.text, self.body):
            kind = match.lastgroup
            if kind != "blank":
                yield match
                if kind == "other" and match[0] in _QUOTES:  # looking for the end of each of many would take quadratic time
                    return

    @property
    def has_one_reading(self) -> bool:
        """Whether each ``<`` after the prologue surely opens an IRI; not told where one stands in a string or comment."""
        return self.text.count("<", self.body) == sum(1 for _ in _SURE_IRI.finditer(self.text, self.body))

    def token_at(self, place: int) -> tuple[Token, int] | None:
        """The terminal or blank at an offset, ``<`` opening an IRI if it can, and where it ends; none at the end of the text
        and at a string without end, which no engine reads on.
        """
        if self.text.startswith("#", place):  # readings may begin a comment at every "<", so each is skipped at once
            return Token("blank", "", place), self._line_ends[bisect_left(self._line_ends, place)]
        match = _TOKEN.match(self.text, place)
        if match and match[0] in _QUOTES:
            return None
        return (Token(match.lastgroup or "other", match[0], place), match.end()) if match else None

    def is_surely_iri(self, place: int) -> bool:
        """Whether no expression could read the IRI at an offset otherwise."""
        return _SURE_IRI.match(self.text, place) is not None

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer(r"[\r\n]|\Z", self.text)]

    def dataset_clauses(self) -> Iterator[tuple[bool, str]]:
        """Graphs of FROM and FROM NAMED (13.2): whether named, and the IRI as it is written."""
        if "from" not in self.text.lower():
            return
        tokens = iter(self.tokens)
        for token in tokens:
            if token.kind == "word" and _FROM.fullmatch(token.text):
                graph = next(tokens, None)
                is_named = graph is not None and graph.kind == "word" and graph.text.upper() == "NAMED"
                if is_named:
                    graph = next(tokens, None)
                if graph is not None and graph.kind in {"iri", "prefixed"}:
                    yield is_named, graph.text

    def undeclared_prefix(self) -> Token | None:
        """The first prefixed name whose prefix is not declared; the scheme of an IRI gone wrong is none."""
        for token in self.tokens:
            is_scheme = self.text.endswith("<", 0, token.start)
            if token.kind == "prefixed" and not is_scheme and token.text.partition(":")[0] not in self.prefixes:
                return token
        return None

    def find_service(self) -> int | None:
        """Offset of a SERVICE pattern under some reading of the text; none when there is none.

        In strings, comments, IRIs, variables and local names the word is no pattern, nor is a graph called ``service:x``.
        """
        if "service" not in self.text.lower():
            return None
        ahead, seen = [self.body], set[int]()
        while ahead:
            place = ahead.pop()
            if place in seen:
                continue
            seen.add(place)
            if self.text.startswith("#", place):
                ahead.append(self._line_ends[bisect_left(self._line_ends, place)])
                continue
            if not (match := _TOKEN.match(self.text, place)) or match[0] in _QUOTES:
                continue
            end = match.end()
            if match.lastgroup == "iri" and not _SURE_IRI.match(self.text, place):
                ahead.append(place + 1)
            elif graph := _GRAPH_NAME.match(self.text, place):
                end = graph.end()
            elif (found := self._service_in(match)) is not None:
                return found
            ahead.append(end)
        return None

    def _service_in(self, match: re.Match[str]) -> int | None:
        """Offset of SERVICE in a name or word that can be read as the beginning of its pattern."""
        name, is_named = match[0].lower(), match.lastgroup in {"prefixed", "node"}
        if not is_named and match.lastgroup != "word":
            return None
        # SERVICE ex:x {, after a word as in 1.SERVICE, or after a name: pyoxigraph 0.5.13 ends ex:a.b.c before .c
        ending = _SERVICE_END.search(name)
        if ending and (not is_named or name[: ending.start()].endswith(".")) and _SERVICE_REST.match(self.text, match.end()):
            return match.start() + ending.start()
        if is_named and _OPEN.match(self.text, match.end()):  # SERVICEex:x {, and the same after a name
            place = name.rfind(".service", name.index(":"), name.rindex(":"))
            place = place + 1 if place >= 0 else name.rfind("service", 0, name.index(":"))
            return match.start() + place if place >= 0 else None
        return None

    def position(self, offset: int) -> Position:
        """Line and column of an offset."""
        return Position(self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset))
