"""Whole answers that were given, kept for the next who asks: small ones in memory, long ones in their files.

Within one dataset version the same request has the same answer, so that nothing kept is ever wrong; what is kept
longest without being asked for goes first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cachetools import LRUCache

from query_service.workers.spool import Answer

__all__ = ["AnswerCache"]

#: What an entry takes beside its bytes.
_OVERHEAD: Final = 512


class _Shelf(LRUCache[str, Answer]):
    """Answers of which each is let go of when its place is needed."""

    def __init__(self, size: int, size_of: Callable[[Answer], int]) -> None:
        super().__init__(size, size_of)

    def popitem(self) -> tuple[str, Answer]:
        """Let go of the one that was longest not asked for."""
        key, answer = super().popitem()
        answer.close()
        return key, answer


def _size(answer: Answer) -> int:
    return answer.size + _OVERHEAD


class AnswerCache:
    """Answers by their entity tags.

    :param memory: most bytes in memory.
    :param disk: most bytes in files.
    """

    def __init__(self, memory: int, disk: int) -> None:
        self._shelves = {False: _Shelf(memory, _size), True: _Shelf(disk, _size)}

    def get(self, tag: str) -> Answer | None:
        """The answer with a tag."""
        return self._shelves[False].get(tag) or self._shelves[True].get(tag)

    def put(self, tag: str, answer: Answer) -> None:
        """Keep a whole answer, if there is room for one of its size."""
        shelf = self._shelves[answer.on_disk]
        if self.get(tag) is None and _size(answer) <= shelf.maxsize // 2:
            shelf[tag] = answer.keep()

    def clear(self) -> None:
        """Let go of all."""
        for shelf in self._shelves.values():
            while shelf:
                shelf.popitem()

    @property
    def bytes_in_memory(self) -> int:
        """Bytes of the answers in memory."""
        return int(self._shelves[False].currsize)

    @property
    def bytes_on_disk(self) -> int:
        """Bytes of the answers in files."""
        return int(self._shelves[True].currsize)
