"""What a run of the endpoint's benchmark found: the records of its JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = [
    "Difference",
    "ExportFigures",
    "KilledFigures",
    "LoadFigures",
    "Machine",
    "PairedFigures",
    "ParallelFigures",
    "PeerFigures",
    "Run",
]


class Figures(BaseModel):
    """A record that does not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Machine(Figures):
    """Where a run was made.

    :ivar load_before: processes that ran or waited for a processor before the run began, mean of one minute.
    """

    processor: str
    cores: int
    memory_bytes: int
    kernel: str
    python: str
    load_before: float


class PeerFigures(Figures):
    """One server.

    :ivar not_run: why it was not run; then nothing else is known of it.
    :ivar start_seconds: from the start of its process to the first answer.
    :ivar idle_bytes: memory of all its processes before the first query.
    """

    name: str
    what: str
    version: str = ""
    command: str = ""
    not_run: str | None = None
    start_seconds: float | None = None
    idle_bytes: int | None = None
    front_idle_bytes: int | None = None


class Difference(Figures):
    """An answer that differs from the one of the peer that others are compared with."""

    peer: str
    kind: str
    template: str
    queries: int
    example: str


class LoadFigures(Figures):
    """One peer under one load.

    :ivar kind: class of the queries, or ``mix``.
    :ivar answers: right answers in that time.
    :ivar failures: answers of another status or another length than the right one, lost connections, time-outs.
    :ivar p50_ms: latency of half of the answers, failed ones too; by class in ``classes``.
    :ivar front_cpu_seconds: of the process that listens.
    :ivar peak_bytes: of all processes of the peer, and of the engine behind it.
    """

    peer: str
    kind: str
    hot: bool
    clients: int
    seconds: float
    answers: int
    failures: dict[str, int]
    per_second: float
    p50_ms: float | None
    p99_ms: float | None
    classes: dict[str, tuple[float, float]]
    cpu_seconds: float
    front_cpu_seconds: float
    peak_bytes: int
    front_peak_bytes: int


class ExportFigures(Figures):
    """One large answer read to its end.

    :ivar failure: why it was not whole, or None.
    :ivar first_byte_ms: to the first byte of the body; ``first_64k_ms`` to the first 64 KiB of it.
    """

    peer: str
    kind: str
    hot: bool
    rows: int
    bytes: int
    seconds: float
    first_byte_ms: float | None
    first_64k_ms: float | None
    failure: str | None
    cpu_seconds: float
    peak_bytes: int
    front_peak_bytes: int


class PairedFigures(Figures):
    """The same large answer from the service and from the bare server in turn; seconds of each, and the ratio of medians."""

    kind: str
    hot: bool
    service_seconds: list[float]
    bare_seconds: list[float]
    ratio: float


class ParallelFigures(Figures):
    """Several large answers at a time from the service."""

    kind: str
    clients: int
    rows: list[int]
    failures: list[str]
    seconds: float
    front_peak_bytes: int
    peak_bytes: int


class KilledFigures(Figures):
    """A query without end, and the honest one that follows at once.

    :ivar statuses: of the query without end, one for each repetition, with the seconds until it was given up.
    """

    peer: str
    settings: str
    statuses: list[int]
    seconds: list[float]
    next_ms: list[float]


class Run(Figures):
    """One run of the benchmark.

    :ivar starts: seconds of further starts of the service, after the one among its peers.
    """

    date: str
    quick: bool
    command: str
    minutes: float
    machine: Machine
    dataset_version: str
    triples: int
    mix_sha256: str
    compared_with: str
    versions: dict[str, str]
    peers: list[PeerFigures]
    differences: list[Difference]
    compared_queries: int
    loads: list[LoadFigures]
    exports: list[ExportFigures]
    paired: list[PairedFigures]
    parallel: list[ParallelFigures]
    killed: list[KilledFigures]
    starts: list[float]
    left_out: list[str]
