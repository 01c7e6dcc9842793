"""What the service is told of the past: when a version was published, and since when and why an item is gone."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol

__all__ = ["Departure", "History", "NoHistory"]


class Departure(NamedTuple):
    """An item that left the graph.

    :ivar version: first version of the dataset without it.
    :ivar since: when that version was published.
    :ivar reason: why, in English.
    """

    version: str
    since: datetime
    reason: str


class History(Protocol):
    """Answers from a ledger of releases."""

    async def published(self, version: str, /) -> datetime | None:
        """When a version was published; none where that is not recorded. With its time zone."""

    async def departure(self, iri: str, /) -> Departure | None:
        """How an item left; none where it never was, or still is."""


class NoHistory:
    """Knows of nothing: what a service without a ledger tells."""

    async def published(self, _version: str, /) -> datetime | None:
        """None."""
        return None

    async def departure(self, _iri: str, /) -> Departure | None:
        """None."""
        return None
