"""The engines that hold one dataset: which may be asked, in what order, and that it is the version served."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from math import ceil
from time import monotonic
from typing import Final

from query_service.errors import EngineFailure, EngineLost, NotReady, ServiceError
from query_service.remote.http import HttpClient, Reply, without_credentials
from query_service.remote.replies import check_reply, is_virtuoso
from query_service.snapshot import Manifest

__all__ = ["ROWS_MEDIA_TYPE", "Replica", "Replicas", "ask_rows", "read_query"]

_log = logging.getLogger(__name__)

ROWS_MEDIA_TYPE: Final = "application/sparql-results+json"
"""What engines are asked for rows in: every SPARQL 1.1 engine writes it, and its end can be told."""

_SECONDS_TO_CHECK: Final = 10.0
_LONGEST_REST: Final = 120.0


@dataclass
class Replica:
    """One engine.

    :param url: its query endpoint, with user and password where it needs them.
    :param rests_until: until when it is not asked, after it has failed; on the monotonic clock.
    :param checked_at: when it last named the right version.
    :param is_virtuoso: whether it says that it is Virtuoso.
    """

    url: str
    rests_until: float = 0.0
    checked_at: float | None = None
    is_virtuoso: bool = False
    found: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """Its address, fit to be shown."""
        return without_credentials(self.url)


class Replicas:
    """Engines that hold one dataset.

    :param urls: their query endpoints.
    :param manifest: what they must hold.
    :param client: by which they are asked.
    :param check_seconds: how long it is believed that an engine holds the right version.
    :param retry_seconds: how long an engine that failed is left alone.
    """

    def __init__(
        self, urls: Sequence[str], manifest: Manifest, client: HttpClient, *, check_seconds: float, retry_seconds: float
    ) -> None:
        self._replicas = [Replica(url) for url in urls]
        self._manifest = manifest
        self._client = client
        self._check_seconds = check_seconds
        self._retry_seconds = retry_seconds
        self._next = 0

    def in_turn(self, seconds: float) -> Iterator[Replica]:
        """Engines that may be asked now, each time beginning with the next one; each is checked before it is given.

        :param seconds: time for one check.
        """
        first, self._next = self._next, (self._next + 1) % len(self._replicas)
        for replica in [*self._replicas[first:], *self._replicas[:first]]:
            if replica.rests_until <= monotonic() and self._is_right(replica, seconds):
                yield replica

    def one_is_right(self, seconds: float) -> bool:
        """Whether an engine holds the right version, asked now.

        :param seconds: time for one check.
        """
        for replica in self._replicas:
            replica.checked_at = None
            if self._is_right(replica, seconds):
                return True
        return False

    def set_aside(self, replica: Replica, error: ServiceError) -> None:
        """Leave an engine that failed alone for a while."""
        _log.warning("the engine at %s is left alone for a while: %s", replica.name, error)
        replica.found = f"{error.detail.removesuffix('.')}: {error.found}" if error.found else error.detail
        replica.checked_at = None
        replica.rests_until = monotonic() + min(error.retry_after or self._retry_seconds, _LONGEST_REST)

    def confirm(self, replica: Replica, seconds: float) -> None:
        """Check that an engine names the right version.

        :raises NotReady: when it names another, or none.
        :raises ServiceError: when it does not answer.
        """
        version = self._read_version(replica, seconds)
        if version != self._manifest.version:
            raise NotReady(
                f"The engine at {replica.name} does not hold the dataset served.",
                found=f"version {version}" if version else "no version",
                expected=f"version {self._manifest.version}",
                mend="publish this version there: ipg publish",
                retry_after=max(1, ceil(self._retry_seconds)),
            )
        replica.checked_at = monotonic()

    def nobody(self) -> NotReady:
        """What to tell when no engine may be asked: what was found wrong with each."""
        waits = max(1, ceil(min(replica.rests_until for replica in self._replicas) - monotonic()))
        found = "; ".join(dict.fromkeys(replica.found for replica in self._replicas if replica.found))
        return NotReady(
            "No engine can be asked now.",
            found=found,
            expected=f"an engine that holds version {self._manifest.version}",
            retry_after=waits,
        )

    def _is_right(self, replica: Replica, seconds: float) -> bool:
        if replica.checked_at is not None and monotonic() - replica.checked_at < self._check_seconds:
            return True
        try:
            self.confirm(replica, min(seconds, _SECONDS_TO_CHECK))
        except ServiceError as error:
            self.set_aside(replica, error)
            return False
        return True

    def _read_version(self, replica: Replica, seconds: float) -> str | None:
        base = self._manifest.base
        rows, reply = ask_rows(self._client, replica.url, "remote_version", f"{base}graph/metadata", seconds)
        replica.is_virtuoso = is_virtuoso(reply)
        dataset = f"{base}id/dataset/integration-policy-graph"
        return next((row["version"] for row in rows if row.get("dataset") == dataset), None)


def ask_rows(client: HttpClient, url: str, name: str, graph: str | None, seconds: float) -> tuple[list[dict[str, str]], Reply]:
    """Ask one of our own questions.

    :param name: of its file in ``queries/``, without ``.rq``.
    :param graph: the graph that is its default graph.
    :returns: values by variable, as their text, and the reply, whose body is gone.
    :raises ServiceError: when there is no whole answer.
    """
    query = read_query(name)
    form: dict[str, str | list[str]] = {"query": query}
    if graph:
        form["default-graph-uri"] = graph
    with client.send("POST", url, seconds=seconds, form=form, headers={"Accept": ROWS_MEDIA_TYPE}) as reply:
        where = without_credentials(url)
        check_reply(reply, where, (ROWS_MEDIA_TYPE, "application/json"))
        try:
            body = reply.json()
        except ValueError as error:
            raise EngineLost("The answer of the engine is not whole.", found=f"{where}: {error}") from None
        return _rows_of(body, where), reply


def read_query(name: str) -> str:
    """One of our own questions.

    :param name: of its file in ``queries/``, without ``.rq``.
    """
    return (files("query_service") / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def _rows_of(body: object, where: str) -> list[dict[str, str]]:
    try:
        rows = body["results"]["bindings"]  # type: ignore[index]
        return [{name: term["value"] for name, term in row.items()} for row in rows]
    except (KeyError, TypeError, AttributeError):
        raise EngineFailure("The engine answered with something else than rows.", found=where) from None
