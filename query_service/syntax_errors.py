"""Oxigraph's syntax errors, said so that a person can find and mend the mistake.

Measured with pyoxigraph 0.5.13: the parser tries keywords by reading as many characters as they have, and reports the
end of that reading. The place of the mistake is therefore the reported one less the length of the shortest keyword it
lists; near the end of a text the reading stops early, so the text is parsed again with blanks after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from query_service.errors import QuerySyntax
from query_service.query_text import QueryText

__all__ = ["PADDING", "explain_syntax_error"]

PADDING: Final = " " * 40
"""Blanks to put after a text whose syntax error is to be explained; longer than any keyword."""

_REPORT: Final = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<expected>.*)", re.DOTALL)
_CLASS: Final = re.compile(r"\[(?:'(?:\\u\{[0-9A-Fa-f]+\}|\\.|[^'])'|[^\]'])*\]|<unreported>")  # ['0'..='9'], [_]
_EXPECTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[^,]+')
_ESCAPED: Final = re.compile(r"\\(.)")
_KEYWORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# Longest keyword of a rule, the only one that the engine reports, to what the rule takes.
_RULES: Final = {
    "CONSTRUCT": "SELECT, ASK, CONSTRUCT or DESCRIBE",
    "ENCODE_FOR_URI": "an expression",
    "OPTIONAL": "a triple pattern, another pattern such as OPTIONAL or FILTER, or }",
}
_LONGEST_SHOWN: Final = 40


def explain_syntax_error(message: str, query: QueryText, prefixes: Mapping[str, str]) -> QuerySyntax:
    """Word a syntax error.

    :param message: what the engine said of the query with :data:`PADDING` after it.
    :param query: the query.
    :param prefixes: known prefixes, to suggest a declaration.
    """
    if not query.text.strip():
        return QuerySyntax("The query is empty.", expected=_RULES["CONSTRUCT"])
    if name := query.undeclared_prefix():
        prefix = name.text.partition(":")[0]
        line, column = query.position(name.start)
        return QuerySyntax(
            f"The prefix {prefix}: is used in line {line}, column {column}, but not declared.",
            found=name.text,
            mend=f"begin the query with PREFIX {prefix}: <{prefixes.get(prefix, '...')}>",
            line=line,
            column=column,
        )
    report = _REPORT.fullmatch(message)
    if report is None:
        return QuerySyntax(f"The query is not valid SPARQL: {message}")
    tokens = _tokens(report["expected"])
    symbols = [token for token in tokens if token.startswith('"')]
    keywords = [token for token in tokens if _KEYWORD.fullmatch(token)]
    remarks = [token for token in tokens if token not in symbols and token not in keywords]
    offset = _offset(query.text, int(report["line"]), int(report["column"]))
    if keywords and not symbols:
        shortest = min(len(keyword) for keyword in keywords)
        keywords = [keyword for keyword in keywords if len(keyword) == shortest]
        offset -= shortest
    offset = max(0, min(offset, len(query.text.rstrip())))
    line, column = query.position(offset)
    found = _excerpt(query.text, offset)
    return QuerySyntax(
        f"Line {line}, column {column}: {'; '.join(remarks) or 'the query is not valid SPARQL here'}.",
        found=found,
        expected="" if remarks else _listed(symbols, keywords),
        line=line,
        column=column,
    )


def _tokens(expected: str) -> list[str]:
    """Symbols in quotes, keywords and remarks; classes of characters left out."""
    return [token.strip() for token in _EXPECTED.findall(_CLASS.sub("", expected)) if token.strip()]


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start + column - 1


def _excerpt(text: str, offset: int) -> str:
    rest = text[offset:].strip()
    if not rest:
        return "the end of the query"
    first = rest.splitlines()[0]
    return first if len(first) <= _LONGEST_SHOWN else first[:_LONGEST_SHOWN] + "..."


def _listed(symbols: list[str], keywords: list[str]) -> str:
    plain = [_ESCAPED.sub(r"\1", symbol[1:-1]) for symbol in symbols]
    shown = [symbol for symbol in plain if not symbol.startswith("\\")]  # escapes in a string that was not closed
    return " or ".join(dict.fromkeys([*shown, *(_RULES.get(keyword, keyword) for keyword in keywords)]))
