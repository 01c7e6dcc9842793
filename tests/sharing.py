"""How tests are shared among processes: what needs the same stays in one, and what takes long begins first."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import PurePath
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

__all__ = ["in_turn", "pytest_xdist_auto_num_workers", "pytest_xdist_make_scheduler"]

#: Modules that need engines of others, which take a minute to be filled: they go to one process together.
_ENGINES = frozenset({"test_linked_data.py", "test_publish.py", "test_remote.py", "test_service_over_engines.py"})
#: Groups of tests that take minutes, longest first.
_LONG = ("engines", "test_build.py", "test_every_kind_of_page.py")


def _group(file: str) -> str:
    name = PurePath(file).name
    return "engines" if name in _ENGINES else name


class _Groups(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Sends each group to one process. (The groups that xdist 3.8 reads from marks are lost with pytest 9.2.)"""

    def _split_scope(self, nodeid: str) -> str:
        return _group(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Share tests by their groups."""
    return _Groups(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests wait for processes of their own a third of the time."""
    return len(os.sched_getaffinity(0)) + 1


def in_turn(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Tests in the order in which their groups are to begin.

    While the first process builds the snapshot that most tests need, the others have those that do without.
    """
    groups: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        groups[_group(item.path.name)].append(item)

    def turn(group: str) -> tuple[bool, bool, int]:
        needs_home = any("home" in _fixtures(item) for item in groups[group])
        return group != _LONG[0], needs_home, _LONG.index(group) if group in _LONG else len(_LONG)

    return [item for group in sorted(groups, key=turn) for item in groups[group]]


def _fixtures(item: pytest.Item) -> Collection[str]:
    return getattr(item, "fixturenames", ())
