"""Tests that need the same are run by one process, so that it is set up once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="all tests run in one process")
@pytest.mark.parametrize("number", range(8))
def test_a_module_stays_in_one_process(number: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    worker = os.environ["PYTEST_XDIST_WORKER"]
    note = Path(tmp_path_factory.getbasetemp().parent) / "who runs test_sharing"
    if number:
        assert note.read_text(encoding="utf-8") == worker
    note.write_text(worker, encoding="utf-8")
