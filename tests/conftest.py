"""Shared fixtures: the documents where they are found, and a count of the tests that needed them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _sources_folder() -> Path | None:
    folder = Path(os.environ.get("IPG_SOURCES") or ROOT / "data" / "sources")
    return folder if any(folder.glob("*.txt")) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests that need the documents out where there are none; the closing line says how many."""
    needing = [item for item in items if item.get_closest_marker("sources")]
    config.stash[_NEEDING] = len(needing)
    if needing and _sources_folder() is None:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


_NEEDING: pytest.StashKey[int] = pytest.StashKey()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests needed the documents and whether they ran."""
    folder = _sources_folder()
    count = config.stash.get(_NEEDING, 0)
    state = "run" if folder else "not run: set IPG_SOURCES or fill data/sources"
    terminalreporter.write_line(f"tests that need the documents: {count} ({state})")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sources_dir() -> Path:
    """Folder of the documents; only for tests marked ``sources``."""
    folder = _sources_folder()
    assert folder is not None, "mark the test with @pytest.mark.sources"
    return folder
