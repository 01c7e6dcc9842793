"""One run of the benchmark: what is measured in which order.

All peers run at the same time, and each load goes to one after the other, so that whatever else the machine does meets
all of them alike. Peers at rest take memory and no processor time.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import httpx

from tests.benchmarks.answers import Answer, compare_answers, fetch_answers
from tests.benchmarks.endless import DEADLINE_SECONDS, measure_killed
from tests.benchmarks.exports import compare_exports, measure_export, measure_parallel
from tests.benchmarks.figures import (
    Difference,
    ExportFigures,
    KilledFigures,
    LoadFigures,
    PairedFigures,
    ParallelFigures,
    PeerFigures,
    Run,
)
from tests.benchmarks.load import Load
from tests.benchmarks.mix import WHOLE, MixQuery, read_mix
from tests.benchmarks.peers import BARE, SERVICE, CannotRun, Oxigraph, Peer, Service, all_peers
from tests.benchmarks.plans import QUICK, Plan
from tests.benchmarks.surroundings import describe_machine, find_versions, prepare_place

__all__ = ["Session"]

_SMALL_EXPORT: Final = "export100k"
_LARGE_EXPORT: Final = "export1m"


class Session:
    """Measures one plan.

    :param work: folder of this run.
    :param home: home of the snapshot.
    :param names: peers to run.
    :param command: what was called, for the report.
    """

    def __init__(self, plan: Plan, work: Path, home: Path, names: Sequence[str], command: str) -> None:
        self._began = time.monotonic()
        self._date = datetime.now(UTC).date().isoformat()
        self._plan = plan
        self._names = names
        self._command = command
        self._machine = describe_machine()
        self._versions = find_versions()
        self._say("preparing the snapshot")
        self._place, self._snapshot = prepare_place(work, home)
        # What a build takes, if one is needed, is not time of the benchmark.
        self._began = time.monotonic()
        self._mix = read_mix()
        self._load = Load(work)
        self._peers: list[Peer] = []
        self._described: list[PeerFigures] = []
        self._sizes: dict[str, dict[str, int]] = {}
        self._left_out: list[str] = []
        self._loads: list[LoadFigures] = []
        self._exports: list[ExportFigures] = []
        self._paired: list[PairedFigures] = []
        self._parallel: list[ParallelFigures] = []
        self._killed: list[KilledFigures] = []
        self._starts: list[float] = []

    def run(self) -> Run:
        """Measure everything; what was started is stopped whatever happens."""
        try:
            self._start_peers()
            if not self._peers:
                raise CannotRun("no peer could be started")
            differences = self._compare()
            self._measure_loads()
            self._measure_killed()
            self._attempt("starts of the service", self._measure_starts)
            self._measure_exports()
        finally:
            for peer in self._peers:
                peer.stop()
        return Run(
            date=self._date,
            quick=self._plan is QUICK,
            command=self._command,
            minutes=round((time.monotonic() - self._began) / 60, 1),
            machine=self._machine,
            dataset_version=self._snapshot.version,
            triples=self._snapshot.manifest.default_graph.triples,
            mix_sha256=self._mix.sha256,
            compared_with=self._reference().name,
            versions=self._versions,
            peers=self._described,
            differences=differences,
            compared_queries=len(self._mix.distinct(self._plan.hot_values)),
            loads=self._loads,
            exports=self._exports,
            paired=self._paired,
            parallel=self._parallel,
            killed=self._killed,
            starts=self._starts,
            left_out=self._left_out,
        )

    def _say(self, text: str) -> None:
        sys.stderr.write(f"{time.monotonic() - self._began:6.0f} s  {text}\n")

    def _start_peers(self) -> None:
        for make in all_peers():
            if make.name not in self._names:
                self._described.append(PeerFigures(name=make.name, what=make.what, not_run="left out of this run"))
                continue
            self._say(f"starting {make.name}")
            peer = make(self._place)
            try:
                version = peer.version()
                peer.start()
            except CannotRun as error:
                peer.stop()
                self._say(f"not run: {make.name}: {error}")
                self._described.append(PeerFigures(name=make.name, what=make.what, not_run=str(error)))
                continue
            self._peers.append(peer)
            self._described.append(
                PeerFigures(
                    name=peer.name,
                    what=peer.what,
                    version=version,
                    command=_told(peer.command, self._place.work),
                    start_seconds=round(peer.start_seconds, 3),
                    idle_bytes=sum(tree.memory_bytes() for tree in peer.trees),
                    front_idle_bytes=peer.trees[0].resident_bytes(peer.front),
                )
            )

    def _reference(self) -> Peer:
        return next((peer for peer in self._peers if peer.name == BARE), self._peers[0])

    def _find(self, name: str) -> Peer | None:
        return next((peer for peer in self._peers if peer.name == name), None)

    def _compare(self) -> list[Difference]:
        queries = self._mix.distinct(self._plan.hot_values)
        answers: dict[str, dict[MixQuery, Answer]] = {}
        for peer in self._peers:
            self._say(f"answers of {peer.name}")
            answers[peer.name] = fetch_answers(peer, queries)
            whole = {query.plain: answer.size for query, answer in answers[peer.name].items()}
            self._sizes[peer.name] = {text: size for text, size in whole.items() if size is not None}
        right = answers[self._reference().name]
        return [difference for name, found in answers.items() for difference in compare_answers(name, found, right)]

    def _measure_loads(self) -> None:
        for clients in self._plan.clients:
            for hot in (True, False):
                for peer in self._peers:
                    if peer.name in (SERVICE, BARE) or clients in self._plan.clients_others:
                        self._attempt_load(peer, WHOLE, clients, hot=hot)
        for kind in self._plan.classes:
            for hot in self._plan.class_heats:
                for peer in self._peers:
                    self._attempt_load(peer, kind, self._plan.class_clients, hot=hot)

    def _attempt_load(self, peer: Peer, kind: str, clients: int, *, hot: bool) -> None:
        what = f"{kind}, {'hot' if hot else 'cold'}, {clients} clients: {peer.name}"
        self._attempt(what, partial(self._measure_load, peer, kind, clients, hot=hot))

    def _measure_load(self, peer: Peer, kind: str, clients: int, *, hot: bool) -> None:
        queries = self._mix.hot(kind) if hot else self._mix.cold(kind)
        sizes = self._sizes[peer.name] if hot else None
        self._loads.append(self._load.measure(peer, kind, queries, sizes, clients, self._plan.seconds))

    def _measure_exports(self) -> None:
        service, bare = self._find(SERVICE), self._find(BARE)
        if service and bare:
            for hot in (False, True):
                measure = partial(self._measure_pairs, service, bare, hot=hot)
                self._attempt(f"{_SMALL_EXPORT}, {'hot' if hot else 'cold'}, in turn", measure)
        if service:
            self._attempt(f"{self._plan.parallel} exports at a time", partial(self._measure_parallel, service))
        for kind in self._mix.rules.exports:
            for peer in list(self._peers):
                if self._plan.all_exports or peer.name in (SERVICE, BARE):
                    self._attempt(f"{kind}: {peer.name}", partial(self._measure_export, peer, kind))

    def _measure_pairs(self, service: Peer, bare: Peer, *, hot: bool) -> None:
        pairs = self._plan.pairs
        self._paired.append(compare_exports(service, bare, self._mix, _SMALL_EXPORT, self._load, hot=hot, pairs=pairs))

    def _measure_export(self, peer: Peer, kind: str) -> None:
        figures = measure_export(peer, self._mix, kind, self._load, limit_seconds=self._plan.export_seconds)
        self._exports.append(figures)
        if figures.failure and peer.name not in (SERVICE, BARE):
            # It may work on for minutes at what was given up, and would disturb the others.
            self._left_out.append(f"{peer.name} was stopped after {kind}: {figures.failure}")
            peer.stop()
            self._peers.remove(peer)

    def _measure_parallel(self, service: Peer) -> None:
        limit = self._plan.export_seconds * self._plan.parallel
        self._parallel.append(
            measure_parallel(service, self._mix, _LARGE_EXPORT, self._load, clients=self._plan.parallel, limit_seconds=limit)
        )

    def _measure_killed(self) -> None:
        """On servers of their own, with a short deadline; one of the service has a single worker, so that no other is free."""
        seconds = str(DEADLINE_SECONDS)
        often = self._plan.killed
        cases: list[tuple[str, str, int, Callable[[], Peer]]] = [
            (SERVICE, "deadline 2 s", often, partial(Service, self._place, IPG_QUERY_SECONDS=seconds)),
            (
                SERVICE,
                "deadline 2 s, one worker",
                often,
                partial(Service, self._place, IPG_QUERY_SECONDS=seconds, IPG_WORKERS="1"),
            ),
            (BARE, "--timeout-s 2", 1, partial(Oxigraph, self._place, "--timeout-s", seconds)),
        ]
        for name, settings, times, make in cases:
            if name in self._names:
                self._attempt(f"after a query without end: {settings}", partial(self._measure_one_killed, settings, times, make))

    def _measure_one_killed(self, settings: str, times: int, make: Callable[[], Peer]) -> None:
        peer = make()
        try:
            peer.start()
            self._killed.append(measure_killed(peer, settings, times=times))
        finally:
            peer.stop()

    def _measure_starts(self) -> None:
        for _ in range(self._plan.starts if SERVICE in self._names else 0):
            peer = Service(self._place)
            try:
                peer.start()
                self._starts.append(round(peer.start_seconds, 3))
            finally:
                peer.stop()

    def _attempt(self, what: str, measure: Callable[[], None]) -> None:
        """Measure something, or note why not; the rest is measured all the same."""
        if time.monotonic() - self._began > self._plan.most_seconds:
            self._left_out.append(f"{what}: the time was up")
            return
        self._say(what)
        try:
            measure()
        except (CannotRun, OSError, httpx.HTTPError, subprocess.SubprocessError) as error:
            self._left_out.append(f"{what}: {' '.join(str(error).split())[:200]}")
            self._say(f"failed: {error}")


def _told(command: Sequence[str], work: Path) -> str:
    """A command line without folders of the machine it ran on."""
    words = []
    for word in command:
        path = Path(word)
        with suppress(ValueError):
            word = f"WORK/{path.relative_to(work)}"  # noqa: PLW2901
        words.append(path.name if Path(word).is_absolute() else word)
    return " ".join(words)
