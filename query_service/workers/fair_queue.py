"""A queue in which each client has its turn, however many requests another one sends."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["FairQueue"]

T = TypeVar("T")


class FairQueue(Generic[T]):
    """What waits, by client; clients take turns, and none has more than its share at work.

    :param share: how many of one client may be at work at once.
    """

    def __init__(self, share: int) -> None:
        self._share = share
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()
        self._at_work: Counter[str] = Counter()
        self._length = 0
        self.at_work = 0
        """How many have been taken and not finished."""

    def __len__(self) -> int:
        return self._length

    def put(self, client: str, item: T, *, first: bool = False) -> None:
        """Let something wait.

        :param first: before all else of this client: it has waited before.
        """
        line = self._waiting.setdefault(client, deque())
        if first:
            line.appendleft(item)
        else:
            line.append(item)
        self._length += 1

    def take(self) -> tuple[str, T] | None:
        """Whose turn it is, with what that client has waited longest with; none when nobody's."""
        for client, line in self._waiting.items():
            if self._at_work[client] < self._share:
                item = line.popleft()
                self._waiting.move_to_end(client)
                if not line:
                    del self._waiting[client]
                self._length -= 1
                self._at_work[client] += 1
                self.at_work += 1
                return client, item
        return None

    def remove_last(self) -> T:
        """Take out what came last of the client with most that waits; of several such, the one whose turn is last.

        :raises IndexError: when nothing waits.
        """
        most = max(map(len, self._waiting.values()), default=0)
        client = [client for client, line in self._waiting.items() if len(line) == most][-1]
        line = self._waiting[client]
        item = line.pop()
        if not line:
            del self._waiting[client]
        self._length -= 1
        return item

    def finish(self, client: str) -> None:
        """Something of this client is no longer at work."""
        self._at_work[client] -= 1
        self.at_work -= 1
        if self._at_work[client] <= 0:
            del self._at_work[client]

    def remove(self, unwanted: Callable[[T], bool]) -> list[T]:
        """Take out what need not wait any more; gives it."""
        removed = []
        for client in list(self._waiting):
            line = self._waiting[client]
            gone = [item for item in line if unwanted(item)]
            if gone:
                removed += gone
                kept = deque(item for item in line if not unwanted(item))
                if kept:
                    self._waiting[client] = kept
                else:
                    del self._waiting[client]
        self._length -= len(removed)
        return removed
