"""How much one run measures: all of it, or just enough to see that everything works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

__all__ = ["FULL", "QUICK", "Plan"]


class Plan(NamedTuple):
    """How much is measured.

    :param clients: numbers of clients of the whole mix, for the service and the bare server; ``clients_others`` for the rest.
    :param class_clients: clients of a class by itself.
    :param classes: those that are also measured by themselves.
    :param class_heats: whether each class is measured hot (True), cold (False) or both.
    :param seconds: length of each load.
    :param pairs: exports that the service and the bare server answer in turn.
    :param export_seconds: after which an export is given up.
    :param all_exports: whether every peer is asked for the exports, or only the service and the bare server.
    :param hot_values: values with which each query is compared among the peers before the loads.
    :param starts: further starts of the service.
    :param left_out: peers that are not run unless they are named.
    :param most_seconds: after which nothing more is begun.
    """

    clients: Sequence[int]
    clients_others: Sequence[int]
    class_clients: int
    classes: Sequence[str]
    class_heats: Sequence[bool]
    seconds: int
    pairs: int
    export_seconds: float
    all_exports: bool
    parallel: int
    killed: int
    hot_values: int
    starts: int
    left_out: Sequence[str]
    most_seconds: float


FULL: Final = Plan(
    clients=(1, 2, 4, 8, 16, 32, 64),
    clients_others=(1, 4, 16, 64),
    class_clients=8,
    classes=("point", "join", "aggregate", "text", "construct"),
    class_heats=(True, False),
    seconds=2,
    pairs=5,
    export_seconds=30,
    all_exports=True,
    parallel=8,
    killed=5,
    hot_values=4,
    starts=5,
    left_out=(),
    most_seconds=640,
)
QUICK: Final = Plan(
    clients=(8,),
    clients_others=(8,),
    class_clients=8,
    classes=("join",),
    class_heats=(False,),
    seconds=1,
    pairs=1,
    export_seconds=15,
    all_exports=False,
    parallel=2,
    killed=1,
    hot_values=1,
    starts=1,
    left_out=("oxigraph in memory", "service over oxigraph", "service over rdflib-endpoint", "service over virtuoso"),
    most_seconds=70,
)
