"""Shares of the service that one client may use: requests, and seconds of query time, both per minute."""

from __future__ import annotations

import ipaddress
import math
from functools import lru_cache
from time import monotonic
from typing import Final

from cachetools import LRUCache

from query_service.errors import TooManyRequests

__all__ = ["RateLimiter", "client_key"]

_CLIENTS: Final = 100_000
_MINUTE: Final = 60.0
_IPV6_NETWORK: Final = 64  # what one customer is commonly given (RFC 6177)


@lru_cache(1024)
def client_key(address: str | None) -> str:
    """What is one client: an address, or the network of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(parsed, ipaddress.IPv6Address) and not parsed.is_loopback:
        return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))
    return str(parsed)


class _Bucket:
    """What a client has left; it fills up within a minute. It may fall below zero, which is made good by waiting."""

    __slots__ = ("left", "seen")

    def __init__(self, size: float) -> None:
        self.left = size
        self.seen = monotonic()

    def refill(self, size: float) -> None:
        now = monotonic()
        self.left = min(size, self.left + (now - self.seen) * size / _MINUTE)
        self.seen = now


class RateLimiter:
    """Token buckets, one per client and kind.

    :param requests: requests per minute; none sets no limit.
    :param query_seconds: seconds of query time per minute; none sets no limit.
    """

    def __init__(self, requests: int | None, query_seconds: float | None) -> None:
        self._sizes = {"requests": requests, "seconds of query time": query_seconds}
        self._buckets: dict[str, LRUCache[str, _Bucket]] = {kind: LRUCache(_CLIENTS) for kind in self._sizes}

    def admit(self, client: str) -> None:
        """Count a request.

        :raises TooManyRequests: when the client has nothing left; says when it will have.
        """
        for kind, size in self._sizes.items():
            if size is None:
                continue
            bucket = self._bucket(kind, client, size)
            wanted = 1.0 if kind == "requests" else 0.0
            if bucket.left < wanted or bucket.left < 0:
                seconds = math.ceil((wanted - bucket.left) * _MINUTE / size)
                raise TooManyRequests(
                    f"This client has used up its {kind} for now.",
                    expected=f"at most {size:g} {kind} per minute",
                    mend="wait as long as Retry-After says",
                    retry_after=max(1, seconds),
                )
            bucket.left -= wanted

    def charge(self, client: str, seconds: float) -> None:
        """Count query time."""
        size = self._sizes["seconds of query time"]
        if size is not None:
            self._bucket("seconds of query time", client, size).left -= seconds

    def _bucket(self, kind: str, client: str, size: float) -> _Bucket:
        buckets = self._buckets[kind]
        bucket = buckets.get(client)
        if bucket is None:
            bucket = buckets[client] = _Bucket(size)
        bucket.refill(size)
        return bucket
