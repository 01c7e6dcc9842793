"""What the processes that answer queries are told: the snapshot, and what one query may cost."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a zygote needs neither, and starts the sooner
    from query_service.settings import ServiceSettings
    from query_service.snapshot import Snapshot

__all__ = ["Plan", "plan_of"]


@dataclass(frozen=True)
class Plan:
    """What a zygote and its workers are told.

    :param snapshot: folder of the snapshot.
    :param show_private: whether graphs that are not public can be queried.
    :param in_memory: hold the store in memory; else each worker reads it from disk.
    :param endpoints: SPARQL endpoints to ask instead of the store.
    :param remote_check_seconds: how long it is believed, before a query, that such an endpoint holds the right version.
    :param remote_retry_seconds: how long such an endpoint is left alone after it could not be asked.
    :param query_seconds: longest time of a query.
    :param query_memory_bytes: memory of a query beyond that of the store.
    :param max_answer_bytes: most bytes of an answer.
    :param spool_dir: folder of answers that are being read.
    :param jobs_per_worker: queries after which a worker is replaced by a fresh one.
    """

    snapshot: Path
    show_private: bool
    in_memory: bool
    query_seconds: float
    query_memory_bytes: int
    max_answer_bytes: int
    spool_dir: Path
    endpoints: tuple[str, ...] = field(default=())
    remote_check_seconds: float = 30
    remote_retry_seconds: float = 5
    jobs_per_worker: int = 1000

    def as_message(self) -> dict[str, Any]:
        """The plan as plain values."""
        return asdict(self) | {"snapshot": str(self.snapshot), "spool_dir": str(self.spool_dir)}

    @classmethod
    def from_message(cls, values: dict[str, Any]) -> Plan:
        """The plan that plain values describe."""
        paths = {name: Path(values[name]) for name in ("snapshot", "spool_dir")}
        return cls(**{**values, **paths, "endpoints": tuple(values["endpoints"])})


def plan_of(settings: ServiceSettings, snapshot: Snapshot) -> Plan:
    """The plan for a snapshot."""
    return Plan(
        snapshot=snapshot.folder,
        show_private=settings.shows_private,
        in_memory=settings.store_in_memory,
        query_seconds=settings.query_seconds,
        query_memory_bytes=settings.query_memory_bytes,
        max_answer_bytes=settings.max_answer_bytes,
        spool_dir=settings.spool_folder,
        endpoints=settings.endpoints,
        remote_check_seconds=settings.remote_check_seconds,
        remote_retry_seconds=settings.remote_retry_seconds,
    )
