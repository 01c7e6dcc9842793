"""Tests that need the same are run by one process, so that it is set up once."""

from __future__ import annotations

import os

import pytest


@pytest.mark.parametrize("number", range(8))
def test_a_module_stays_in_one_process(number: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The first of these tests, whichever that is, writes down its process; all others must be in it."""
    shared = tmp_path_factory.getbasetemp()
    note = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "process of test_sharing"
    if not note.exists():
        note.write_text(str(os.getpid()), encoding="ascii")
    assert note.read_text(encoding="ascii") == str(os.getpid()), f"number {number} is run by another process"
