"""Passages of the documents as they are searched: each wording once, in the smallest passage that holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from query_service.lookups import Row, Source

__all__ = ["Wording", "read_passages"]

#: Passages made of others, of which only labels such as "Purpose:" are left without these.
_FRAMES: Final = frozenset({"entry", "field"})
#: Characters below which what is left of a passage without its parts is no more than a label.
_SHORTEST: Final = 40


class Wording(NamedTuple):
    """A passage and what it says beyond the passages inside it.

    :ivar path: of the passage.
    :ivar document: path of its document.
    :ivar section: where it stands there, as printed.
    :ivar owners: paths of the items that are derived from it.
    """

    path: str
    document: str
    section: str
    text: str
    owners: tuple[str, ...]


class _Placed(NamedTuple):
    start: int
    end: int
    row: Row
    is_owned: bool


def read_passages(source: Source, owners: Mapping[str, Sequence[str]]) -> Iterator[Wording]:
    """Wordings that may be seen; none where the graph of wordings may not.

    :param owners: items by path of passage.
    """
    ids = f"{source.base}id/"
    by_document: dict[str, list[_Placed]] = defaultdict(list)
    for row in source.rows("search_passages"):
        is_owned = bool(owners.get(row["passage"].removeprefix(ids)))
        by_document[row["document"]].append(_Placed(int(row["start"]), int(row["end"]), row, is_owned))
    for document, placed in sorted(by_document.items()):
        for one, text in _own_wordings(placed):
            path = one.row["passage"].removeprefix(ids)
            section = one.row.get("section", "")
            yield Wording(path, document.removeprefix(ids), section, text, tuple(owners.get(path, ())))


def _own_wordings(placed: list[_Placed]) -> Iterator[tuple[_Placed, str]]:
    """Passages of one document with what they say beyond the passages inside them."""
    # Of passages at one place the first is that which an item is derived from; what holds others goes before them.
    ordered = sorted(placed, key=lambda one: (one.start, -one.end, not one.is_owned, one.row["passage"]))
    distinct = [*ordered[:1], *(one for last, one in pairwise(ordered) if last[:2] != one[:2])]
    inside: dict[int, list[_Placed]] = defaultdict(list)
    around: list[int] = []
    for place, one in enumerate(distinct):
        while around and distinct[around[-1]].end < one.end:
            around.pop()
        if around:
            inside[around[-1]].append(one)
        around.append(place)
    for place, one in enumerate(distinct):
        text = _without(one, inside[place])
        if not inside[place] or (one.row["kind"] not in _FRAMES and len(text) >= _SHORTEST):
            yield one, text


def _without(one: _Placed, parts: Sequence[_Placed]) -> str:
    wording = one.row["wording"]
    if len(wording) != one.end - one.start:
        return wording
    pieces, place = [], one.start
    for part in parts:
        pieces.append(wording[place - one.start : max(part.start, place) - one.start])
        place = max(place, part.end)
    return " ".join("".join([*pieces, wording[place - one.start :]]).split())
