"""How a query is sent to an engine that is not ours: meaning the same, with less left to the engine.

Measured with Virtuoso 7.2.5: it adds the graphs of FROM to those of the request, which are to replace them (SPARQL
Protocol, 2.1.4); it sees every graph where a request names default graphs alone; and it cannot read a second BASE.
"""

from __future__ import annotations

import re
from typing import Final

from query_service.datasets import AskedDataset
from query_service.query_text import QueryText, Token

__all__ = ["dataset_form", "rows_behind", "text_to_send"]

_FROM: Final = re.compile(r"(?i)(?:ASK|CONSTRUCT)?FROM")
_BASE: Final = re.compile(r"(?i)(?<![\w:.\-?$])BASE\s*<")
#: A variable that no query of a person has.
_ROW: Final = "?ipg_row_behind"
#: A graph that is published nowhere, to say "no graph" to engines that take no name for every name.
_NO_GRAPH: Final = "graph/none"


def text_to_send(query: QueryText, base: str) -> str:
    """The query without FROM and FROM NAMED, which the request names, and with its base.

    :param base: base IRI of relative IRIs.
    """
    text = query.text
    for start, end in reversed(_dataset_clauses(query)):
        text = f"{text[:start]} {text[end:]}"
    return text if _BASE.search(query.prologue) else f"BASE <{base}>\n{text}"


def dataset_form(asked: AskedDataset, base: str) -> dict[str, str | list[str]]:
    """Fields of a form that name a dataset, of which no part is left to the engine.

    :param base: base of the IRIs of the dataset.
    """
    none = (f"{base}{_NO_GRAPH}",)
    return {"default-graph-uri": list(asked.default or none), "named-graph-uri": list(asked.named or none)}


def rows_behind(query: QueryText) -> str | None:
    """A query for the rows from which CONSTRUCT or DESCRIBE makes its graph; none where no pattern gives any.

    Engines that limit rows say so with a table of rows only.
    """
    tokens = query.tokens
    place = _end_of_template(tokens) if (query.form or "") == "CONSTRUCT" else _start_of_pattern(tokens)
    if place is None:
        return None
    return f"{query.prologue}\nSELECT (1 AS {_ROW}) {query.text[place:]}"


def _dataset_clauses(query: QueryText) -> list[tuple[int, int]]:
    """Start and end of each FROM and FROM NAMED."""
    found, tokens = list[tuple[int, int]](), query.tokens
    for place, token in enumerate(tokens):
        if token.kind != "word" or not _FROM.fullmatch(token.text):
            continue
        rest = tokens[place + 1 : place + 3]
        is_named = bool(rest) and rest[0].kind == "word" and rest[0].text.upper() == "NAMED"
        graph = rest[is_named] if len(rest) > is_named else None
        if graph is not None and graph.kind in {"iri", "prefixed"}:
            found.append((token.start + len(token.text) - len("FROM"), graph.start + len(graph.text)))
    return found


def _end_of_template(tokens: list[Token]) -> int | None:
    """Where the text goes on after ``CONSTRUCT { ... }``, or after CONSTRUCT of the short form."""
    if len(tokens) < 2:
        return None
    if tokens[1].text != "{":
        return tokens[0].start + len("CONSTRUCT")
    end = next((token for token in tokens if token.text == "}"), None)
    return None if end is None else end.start + 1


def _start_of_pattern(tokens: list[Token]) -> int | None:
    """Where ``WHERE {`` or ``{`` of DESCRIBE begins."""
    for place, token in enumerate(tokens):
        if token.text == "{":
            before = tokens[place - 1]
            return before.start if before.text.upper() == "WHERE" else token.start
    return None
