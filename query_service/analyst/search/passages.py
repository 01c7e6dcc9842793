"""Passages of the documents as they are searched: each wording once, in the smallest passage that holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
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


def read_passages(source: Source, owning: Collection[str]) -> Iterator[Wording]:
    """Wordings that may be seen; none where the graph of wordings may not.

    :param owning: kinds of items that a passage speaks of.
    """
    ids = f"{source.base}id/"
    rows = source.rows("search_passages")
    owners = _owners(source, rows, owning) if rows else {}
    by_document: dict[str, list[_Placed]] = defaultdict(list)
    for row in rows:
        placed = _Placed(int(row["start"]), int(row["end"]), row, bool(owners.get(row["passage"])))
        by_document[row["document"]].append(placed)
    for document, some in sorted(by_document.items()):
        for one, text in _own_wordings(some):
            passage = one.row["passage"]
            section = one.row.get("section", "")
            yield Wording(passage.removeprefix(ids), document.removeprefix(ids), section, text, owners.get(passage, ()))


def _owners(source: Source, rows: Sequence[Row], owning: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Items by passage: those derived from it, else from what it is a part of."""
    ids = f"{source.base}id/"
    derived: dict[str, set[str]] = defaultdict(set)
    for row in source.rows("search_derived"):
        item = row["item"].removeprefix(ids)
        if item.partition("/")[0] in owning:
            derived[row["passage"]].add(item)
    wholes = {row["passage"]: row["whole"] for row in rows if "whole" in row}
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        at: str | None = row["passage"]
        while at is not None and at not in derived:
            at = wholes.get(at)
        found[row["passage"]] = tuple(sorted(derived[at])) if at is not None else ()
    return found


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
