"""The report of a run, in Markdown, made of its figures alone: ``python -m tests.benchmarks.report RUN.json > PAGE.md``."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.aims import judge_aims
from tests.benchmarks.figures import LoadFigures, Run
from tests.benchmarks.mix import WHOLE

__all__ = ["INTRODUCTION", "render_report"]

_MEGABYTE: Final = 1024**2
INTRODUCTION: Final = Path(__file__).parent / "report_introduction.md"
_VERDICT: Final = {True: "yes", False: "**no**", None: "not known"}


def render_report(run: Run) -> str:
    """The whole page."""
    parts = [
        INTRODUCTION.read_text(encoding="utf-8").strip(),
        _about(run),
        _aims(run),
        _peers(run),
        *_mix(run),
        *_classes(run),
        _exports(run),
        _killed(run),
        _differences(run),
        _failures(run),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in lines)


def _about(run: Run) -> str:
    machine = run.machine
    versions = ", ".join(f"{name} {number}" for name, number in run.versions.items())
    warning = "\n\n**This was a quick run: it shows that the benchmark works, and its figures say little.**" if run.quick else ""
    return (
        "## This run\n\n"
        f"Made on {run.date} with `{run.command}` in {run.minutes:g} minutes, over dataset version {run.dataset_version} "
        f"({run.triples:,} triples in the default graph), with the mix whose SHA-256 is `{run.mix_sha256}`.\n\n"
        f"Machine: {machine.processor}, {machine.cores} cores, {machine.memory_bytes / 1024**3:.0f} GiB of memory, "
        f"{machine.kernel}, Python {machine.python}. Clients, servers and engines share it. In the minute before, "
        f"{machine.load_before:g} processes ran or waited for a processor.\n\n"
        f"Versions: {versions}.{warning}"
    )


def _aims(run: Run) -> str:
    rows = [(aim.wanted, aim.found, _VERDICT[aim.is_met]) for aim in judge_aims(run)]
    return "## Aims\n\n" + _table(["aim", "found", "met"], rows)


def _peers(run: Run) -> str:
    rows = [
        (
            peer.name,
            peer.what,
            peer.version,
            f"{peer.start_seconds:.2f}",
            _megabytes(peer.idle_bytes),
            _megabytes(peer.front_idle_bytes),
        )
        for peer in run.peers
        if peer.not_run is None and peer.start_seconds is not None
    ]
    head = ["peer", "what it is", "version", "start (s)", "memory at rest (MB)", "of which front (MB)"]
    commands = "\n".join(f"{peer.command}" for peer in run.peers if peer.command)
    missing = [f"- {peer.name} ({peer.what}): {peer.not_run}" for peer in run.peers if peer.not_run is not None]
    parts = ["## Peers", _table(head, rows), f"```\n{commands}\n```"]
    if missing:
        parts += ["Not run:", "\n".join(missing)]
    return "\n\n".join(parts)


def _mix(run: Run) -> Iterator[str]:
    yield "## The whole mix, by number of clients"
    for hot in (True, False):
        loads = [load for load in run.loads if load.kind == WHOLE and load.hot is hot]
        counts = sorted({load.clients for load in loads})
        if not counts:
            continue
        found = {(load.peer, load.clients): load for load in loads}
        names = list(dict.fromkeys(load.peer for load in loads))
        head = ["clients", *map(str, counts)]
        for title, cell in (("answers per second", _rate), ("latency in ms, p50 / p99", _latency)):
            rows = [[name, *(cell(found.get((name, count))) for count in counts)] for name in names]
            yield f"### {'Hot' if hot else 'Cold'}: {title}\n\n{_table(head, rows)}"
        rows = [[name, *(_cost(found.get((name, count))) for count in counts)] for name in names]
        yield f"### {'Hot' if hot else 'Cold'}: CPU seconds per 1,000 answers / peak memory in MB (whole)\n\n{_table(head, rows)}"


def _classes(run: Run) -> Iterator[str]:
    loads = [load for load in run.loads if load.kind != WHOLE]
    if not loads:
        return
    yield "## Classes by themselves"
    head = ["peer", "answers per second", "p50 (ms)", "p99 (ms)", "CPU s", "of which front", "peak memory (MB)", "of which front"]
    for kind in dict.fromkeys(load.kind for load in loads):
        for hot in (True, False):
            rows = [_class_row(load) for load in loads if load.kind == kind and load.hot is hot]
            if rows:
                clients = next(load.clients for load in loads if load.kind == kind and load.hot is hot)
                yield f"### {kind}, {'hot' if hot else 'cold'}, {clients} clients\n\n{_table(head, rows)}"


def _class_row(load: LoadFigures) -> list[str]:
    memory = [_megabytes(load.peak_bytes), _megabytes(load.front_peak_bytes)]
    return [
        load.peer, _rate(load), _milliseconds(load.p50_ms), _milliseconds(load.p99_ms),
        f"{load.cpu_seconds:.2f}", f"{load.front_cpu_seconds:.2f}", *memory,
    ]  # fmt: skip


def _exports(run: Run) -> str:
    head = [
        "peer",
        "export",
        "rows",
        "MB",
        "seconds",
        "first byte (ms)",
        "first 64 KiB (ms)",
        "CPU s",
        "peak memory (MB)",
        "of which front",
        "whole",
    ]
    rows = [
        [
            figures.peer, figures.kind, f"{figures.rows:,}", f"{figures.bytes / _MEGABYTE:.0f}", f"{figures.seconds:.2f}",
            _milliseconds(figures.first_byte_ms), _milliseconds(figures.first_64k_ms), f"{figures.cpu_seconds:.2f}",
            _megabytes(figures.peak_bytes), _megabytes(figures.front_peak_bytes), figures.failure or "yes",
        ]
        for figures in run.exports
    ]  # fmt: skip
    parts = ["## Exports, cold, one client", _table(head, rows)] if rows else []
    for pair in run.paired:
        ours, theirs = statistics.median(pair.service_seconds), statistics.median(pair.bare_seconds)
        parts.append(
            f"{pair.kind}, {'hot' if pair.hot else 'cold'}, service and oxigraph in turn {len(pair.bare_seconds)} times: "
            f"median {ours:.2f} s and {theirs:.2f} s, {pair.ratio:.2f} times."
        )
    for several in run.parallel:
        broken = f"; not whole: {'; '.join(several.failures)}" if several.failures else ""
        parts.append(
            f"{several.clients} different {several.kind} at a time from the service: {several.seconds:.1f} s, "
            f"{min(several.rows):,} rows or more each, at most {_megabytes(several.front_peak_bytes)} MB in the front and "
            f"{_megabytes(several.peak_bytes)} MB in all{broken}."
        )
    return "\n\n".join(parts)


def _killed(run: Run) -> str:
    head = ["peer", "settings", "query without end: status", "given up after (s)", "next query, median (ms)", "longest (ms)"]
    rows = [
        [
            figures.peer, figures.settings, _statuses(figures.statuses), f"{statistics.median(figures.seconds):.2f}",
            f"{statistics.median(figures.next_ms):.1f}", f"{max(figures.next_ms):.1f}",
        ]
        for figures in run.killed
    ]  # fmt: skip
    return "## After a query without end\n\n" + _table(head, rows) if rows else ""


def _differences(run: Run) -> str:
    text = (
        f"## Answers that differ\n\n{run.compared_queries} queries were asked of every peer before the loads; "
        f"{run.compared_with} is what the others are compared with."
    )
    if not run.differences:
        return f"{text} There was no difference."
    rows = [
        [one.peer, f"{one.kind}/{one.template}", one.queries, f"`{one.example.replace('`', ' ')}`"] for one in run.differences
    ]
    return f"{text}\n\n{_table(['peer', 'query', 'times', 'first difference'], rows)}"


def _failures(run: Run) -> str:
    rows = [
        [
            load.peer,
            load.kind,
            "hot" if load.hot else "cold",
            load.clients,
            load.answers,
            ", ".join(f"{name}: {count}" for name, count in load.failures.items()),
        ]
        for load in run.loads
        if load.failures
    ]
    parts = [
        "## Failures under load",
        _table(["peer", "queries", "", "clients", "right answers", "failures"], rows) if rows else "None.",
    ]
    if run.left_out:
        parts += ["## Left out of this run", "\n".join(f"- {line}" for line in run.left_out)]
    return "\n\n".join(parts)


def _statuses(statuses: Sequence[int]) -> str:
    return ", ".join(str(status or "no answer") for status in sorted(set(statuses)))


def _rate(load: LoadFigures | None) -> str:
    if load is None:
        return ""
    return f"{load.per_second:,.0f}" if load.per_second >= 100 else f"{load.per_second:.1f}"


def _latency(load: LoadFigures | None) -> str:
    return "" if load is None else f"{_milliseconds(load.p50_ms)} / {_milliseconds(load.p99_ms)}"


def _cost(load: LoadFigures | None) -> str:
    if load is None:
        return ""
    return f"{load.cpu_seconds * 1000 / load.answers:.2f} / {_megabytes(load.peak_bytes)}" if load.answers else "no answers"


def _milliseconds(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _megabytes(value: int | None) -> str:
    return "-" if value is None else f"{value / _MEGABYTE:.0f}"


if __name__ == "__main__":
    sys.stdout.write(render_report(Run.model_validate_json(Path(sys.argv[1]).read_text(encoding="utf-8"))))
