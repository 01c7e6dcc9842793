"""Values in a query that stands on its own: the terms of one VALUES block are exchanged, and nothing else.

What is written is a term as the engine writes it, so that no value can end it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from query_service.query_text import QueryText

__all__ = ["Block", "bind_term", "bind_terms", "find_block"]

#: Texts whose blocks are remembered: the service asks the same few again and again.
_KEPT: Final = 64
_VALUES: Final = frozenset({"iri", "string", "number"})


class Block(NamedTuple):
    """Where the value of a block stands in a text, in code points."""

    start: int
    end: int


@lru_cache(_KEPT)
def find_block(text: str, name: str) -> Block:
    """Where the one value of ``VALUES ?name { value }`` stands.

    :raises ValueError: when there is no such block, or more than one.
    """
    tokens = QueryText(text).tokens
    blocks = [
        Block(value.start, value.start + len(value.text))
        for word, variable, opening, value, closing in zip(tokens, tokens[1:], tokens[2:], tokens[3:], tokens[4:], strict=False)
        if word.text.upper() == "VALUES"
        and (variable.text, opening.text, closing.text) == (f"?{name}", "{", "}")
        and value.kind in _VALUES
    ]
    if len(blocks) != 1:
        raise ValueError(f"{len(blocks)} VALUES blocks for ?{name}")
    return blocks[0]


def bind_term(text: str, block: Block, term: NamedNode | Literal) -> str:
    """A query with another value in a block."""
    return f"{text[: block.start]}{term}{text[block.end :]}"


def bind_terms(text: str, name: str, terms: Sequence[NamedNode | Literal]) -> str:
    """A query with other values in the block of a variable, as many as there are.

    :raises ValueError: when there is no such block, or more than one.
    """
    block = find_block(text, name)
    return f"{text[: block.start]}{' '.join(map(str, terms))}{text[block.end :]}"
