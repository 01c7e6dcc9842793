"""Figures of the running service, in the format of Prometheus; none of them tells of a person or a query."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

__all__ = ["METRICS_TYPE", "Metrics"]

METRICS_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counters and gauges of one application; two in one process share nothing."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._children = lru_cache(maxsize=1024)(self._find_children)  # finding them costs more than counting
        self._requests = self._counter("ipg_requests", "Requests answered", "route", "method", "status")
        self._seconds = Histogram(
            "ipg_request_seconds", "Time to the end of an answer", ["route"], registry=self._registry, buckets=_SECONDS
        )
        self._bytes = self._counter("ipg_response_bytes", "Bytes of bodies sent", "route")
        self._broken = self._counter("ipg_broken_transfers", "Answers that broke off after their status", "route")
        self._queries = Histogram(
            "ipg_query_seconds", "Time that a query occupied a worker", registry=self._registry, buckets=_SECONDS
        )
        self._lost = self._counter("ipg_workers_lost", "Workers that ended", "why")
        self._zygotes = self._counter("ipg_zygotes_lost", "Zygotes that ended")
        self._cache = self._counter("ipg_cache", "Answers looked for", "result")
        self._swaps = self._counter("ipg_snapshot_swaps", "Snapshots taken up", "result")
        self._info = Gauge("ipg_dataset_info", "Dataset version served", ["version"], registry=self._registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self._registry)

    def watch(self, name: str, text: str, value: Callable[[], float]) -> None:
        """Show a value that is read whenever the figures are."""
        Gauge(name, text, registry=self._registry).set_function(value)

    def request(self, route: str, method: str, status: int, seconds: float, size: int, *, is_whole: bool) -> None:
        """Count a request."""
        requests, times, sizes = self._children(route, method, status)
        requests.inc()
        times.observe(seconds)
        sizes.inc(size)
        if not is_whole:
            self._broken.labels(route).inc()

    def _find_children(self, route: str, method: str, status: int) -> tuple[Counter, Histogram, Counter]:
        return self._requests.labels(route, method, status), self._seconds.labels(route), self._bytes.labels(route)

    def cache(self, result: str) -> None:
        """Count a look into the cache: ``hit``, ``miss``, or ``shared`` with who asks the same at the same time."""
        self._cache.labels(result).inc()

    def worker_lost(self, why: str) -> None:
        """Count a worker that ended."""
        self._lost.labels(why).inc()

    def zygote_lost(self) -> None:
        """Count a zygote that ended."""
        self._zygotes.inc()

    def query_done(self, seconds: float) -> None:
        """Count a query that left its worker."""
        self._queries.observe(seconds)

    def swap(self, result: str) -> None:
        """Count a change of snapshot: ``taken-up`` or ``refused``."""
        self._swaps.labels(result).inc()

    def serve_version(self, version: str) -> None:
        """Name the dataset version."""
        self._info.clear()
        self._info.labels(version).set(1)

    def render(self) -> bytes:
        """All figures, in the text format."""
        return generate_latest(self._registry)
