"""Layered drawing: things in columns, in an order with few crossings, each as near to its neighbours as room allows.

The method is that of Sugiyama, Tagawa and Toda (1981): edges that pass a column get a place in it, the order in each
column comes from the mean place of the neighbours, over and over. Places are then the nearest to those means that keep the
order and the room between things, which is isotonic regression. (The layouts of networkx place points of no size.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Final, NamedTuple

import networkx as nx

__all__ = ["Slot", "arrange"]

_SWEEPS: Final = 16


class Slot(NamedTuple):
    """Something that takes room in a column.

    :ivar key: what it is.
    :ivar column: from 0.
    :ivar height: room that it takes, with the gap below it.
    """

    key: Hashable
    column: int
    height: float


def arrange(slots: Sequence[Slot], joined: Iterable[tuple[Hashable, Hashable]]) -> dict[Hashable, float]:
    """Find the middle of each slot, from 0 down.

    :param slots: in the order in which they stand where nothing else tells.
    :param joined: pairs of keys that a line joins.
    """
    neighbours: nx.Graph[Hashable] = nx.Graph()
    neighbours.add_nodes_from(slot.key for slot in slots)
    neighbours.add_edges_from(joined)
    columns: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        columns[slot.column].append(slot)
    column_of = {slot.key: slot.column for slot in slots}
    middles: dict[Hashable, float] = {}
    for column in columns.values():
        _place(column, dict.fromkeys((slot.key for slot in column), 0.0), middles)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for number in sorted(columns, reverse=not forward):
            before = {
                slot.key: [
                    middles[other]
                    for other in neighbours[slot.key]
                    if (column_of[other] < number if forward else column_of[other] > number)
                ]
                for slot in columns[number]
            }
            wished = {key: sum(near) / len(near) if near else middles[key] for key, near in before.items()}
            columns[number].sort(key=lambda slot, wished=wished: wished[slot.key])  # type: ignore[misc]
            _place(columns[number], wished, middles)
    for _ in range(_SWEEPS):
        for number in sorted(columns):
            wished = {}
            for slot in columns[number]:
                near = [middles[other] for other in neighbours[slot.key]] or [middles[slot.key]]
                wished[slot.key] = sum(near) / len(near)
            _place(columns[number], wished, middles)
    top = min((middles[slot.key] - slot.height / 2 for slot in slots), default=0.0)
    return {key: middle - top for key, middle in middles.items()}


def _place(column: Sequence[Slot], wished: dict[Hashable, float], middles: dict[Hashable, float]) -> None:
    """Give each slot of a column the middle nearest to the one wished for, keeping order and room (pool adjacent violators)."""
    offset, offsets = 0.0, []
    for slot in column:
        offsets.append(offset + slot.height / 2)
        offset += slot.height
    pools: list[tuple[float, int]] = []  # mean of what is wished for less the offset, and how many slots share it
    for slot, shift in zip(column, offsets, strict=True):
        mean, size = wished[slot.key] - shift, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, size = (mean * size + other * others) / (size + others), size + others
        pools.append((mean, size))
    means = [mean for mean, size in pools for _ in range(size)]
    for slot, shift, mean in zip(column, offsets, means, strict=True):
        middles[slot.key] = mean + shift
