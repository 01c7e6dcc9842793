"""What the endpoint is to reach, and what one run found of it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from tests.benchmarks.figures import LoadFigures, Run
from tests.benchmarks.mix import WHOLE
from tests.benchmarks.peers import BARE, SERVICE

__all__ = ["Aim", "judge_aims"]

_RDFLIB: Final = "rdflib-endpoint"
_MEGABYTE: Final = 1024**2


class Aim(NamedTuple):
    """One aim.

    :param found: what was found, in words.
    :param is_met: None when the run does not tell.
    """

    wanted: str
    found: str
    is_met: bool | None


def judge_aims(run: Run) -> list[Aim]:
    """All aims, in the order of the report."""
    bare, rdflib = _whole(run, BARE), _whole(run, _RDFLIB)
    return [
        _of_ratios(f"hot mix: more answers per second than `{BARE}`, at every number of clients", bare, lambda ratio: ratio > 1),
        *(_cold(run, kind, least) for kind, least in (("join", 0.8), ("aggregate", 0.8), ("point", 0.25))),
        *_exports(run),
        _of_ratios(f"hot mix: at least 20 times `{_RDFLIB}`", rdflib, lambda ratio: ratio >= 20),
        _first_byte(run),
        _front_memory(run),
        _killed(run),
        _start(run),
    ]


def _whole(run: Run, other: str) -> dict[int, float]:
    ours, theirs = _rates(run, SERVICE), _rates(run, other)
    return {clients: ours[clients] / theirs[clients] for clients in ours if theirs.get(clients)}


def _rates(run: Run, peer: str) -> dict[int, float]:
    return {load.clients: load.per_second for load in run.loads if (load.peer, load.kind, load.hot) == (peer, WHOLE, True)}


def _of_ratios(wanted: str, ratios: dict[int, float], is_met: Callable[[float], bool]) -> Aim:
    if not ratios:
        return Aim(wanted, "not measured", None)
    low, high = min(ratios, key=ratios.__getitem__), max(ratios, key=ratios.__getitem__)
    found = f"{ratios[low]:.2f} times at {low} clients to {ratios[high]:.2f} times at {high}"
    return Aim(wanted, found, all(map(is_met, ratios.values())))


def _cold(run: Run, kind: str, least: float) -> Aim:
    wanted = f"cold, {kind}: at least {least} of `{BARE}`'s answers per second"
    found: dict[str, LoadFigures] = {load.peer: load for load in run.loads if load.kind == kind and not load.hot}
    if SERVICE not in found or BARE not in found or not found[BARE].per_second:
        return Aim(wanted, "not measured", None)
    ratio = found[SERVICE].per_second / found[BARE].per_second
    return Aim(wanted, f"{ratio:.2f} at {found[SERVICE].clients} clients", ratio >= least)


def _exports(run: Run) -> Iterator[Aim]:
    cold = next((pair for pair in run.paired if not pair.hot), None)
    wanted = f"100,000 rows, cold: at most 1.3 times `{BARE}`'s time"
    if cold is None:
        yield Aim(wanted, "not measured", None)
    else:
        yield Aim(wanted, f"{cold.ratio:.2f} times, medians of {len(cold.bare_seconds)} in turn", cold.ratio <= 1.3)
    wanted = f"1,000,000 rows, cold: at least 0.8 of `{BARE}`'s speed"
    seconds = {figures.peer: figures.seconds for figures in run.exports if figures.kind == "export1m" and not figures.failure}
    if SERVICE not in seconds or BARE not in seconds:
        yield Aim(wanted, "not measured", None)
    else:
        ratio = seconds[BARE] / seconds[SERVICE]
        yield Aim(wanted, f"{ratio:.2f}", ratio >= 0.8)


def _first_byte(run: Run) -> Aim:
    wanted = "first byte of 1,000,000 rows within 100 ms"
    large = [figures for figures in run.exports if (figures.peer, figures.kind) == (SERVICE, "export1m")]
    if not large or large[0].first_byte_ms is None:
        return Aim(wanted, "not measured", None)
    return Aim(wanted, f"{large[0].first_byte_ms:.0f} ms", large[0].first_byte_ms < 100)


def _front_memory(run: Run) -> Aim:
    wanted = "memory of the front below 150 MB"
    peaks = [figures.front_peak_bytes for figures in run.parallel]
    peaks += [load.front_peak_bytes for load in run.loads if load.peer == SERVICE]
    peaks += [figures.front_peak_bytes for figures in run.exports if figures.peer == SERVICE]
    if not peaks:
        return Aim(wanted, "not measured", None)
    return Aim(wanted, f"{max(peaks) / _MEGABYTE:.0f} MB at its highest", max(peaks) < 150 * _MEGABYTE)


def _killed(run: Run) -> Aim:
    wanted = "the honest query after a killed one within 10 ms"
    times = [ms for figures in run.killed if figures.peer == SERVICE for ms in figures.next_ms]
    if not times:
        return Aim(wanted, "not measured", None)
    return Aim(wanted, f"median {statistics.median(times):.1f} ms, longest {max(times):.1f} ms", max(times) < 10)


def _start(run: Run) -> Aim:
    wanted = "start within 2 s"
    times = [peer.start_seconds for peer in run.peers if peer.name == SERVICE and peer.start_seconds is not None]
    if not times:
        return Aim(wanted, "not measured", None)
    times += run.starts
    middle = statistics.median(times)
    return Aim(wanted, f"median {middle:.2f} s of {len(times)}, {min(times):.2f} s to {max(times):.2f} s", middle < 2)
