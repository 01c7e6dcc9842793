"""Where an engine of others answers otherwise than ours: listed by name with the reason, and held to the list.

A test that is listed must fail. One that passes fails the run, so that the list never says more than is so.
"""

from __future__ import annotations

import csv
from collections.abc import Generator
from functools import cache
from pathlib import Path

import pytest

__all__ = ["DEVIATIONS", "pytest_pyfunc_call"]

DEVIATIONS = Path(__file__).parent / "engine_deviations.tsv"
"""Engine, name of the test as pytest writes it without the engine, reason."""


#: How the reason begins of what comes out now one way and now the other.
_CHANGES = "now and then: "


@cache
def _listed() -> dict[tuple[str, str], str]:
    with DEVIATIONS.open(encoding="utf-8", newline="") as file:
        return {(row["engine"], row["test"]): row["reason"] for row in csv.DictReader(file, delimiter="\t")}


def _reason(item: pytest.Function) -> str | None:
    parameters: dict[str, object] = item.callspec.params if hasattr(item, "callspec") else {}
    engine = next((str(parameters[name]) for name in ("remote_engine", "real_engine", "engine_name") if name in parameters), None)
    if engine is None or item.path.name != "test_service_over_engines.py":
        return None
    parts = item.name.removesuffix("]").partition("[")
    rest = "-".join(part for part in parts[2].split("-") if part != engine)
    return _listed().get((str(engine), f"{parts[0]}[{rest}]" if rest else parts[0]))


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Turn the outcome of a listed test round."""
    reason = _reason(pyfuncitem)
    try:
        result = yield
    except Exception:
        if reason is None:
            raise
        return True
    is_fixed = reason is not None and not reason.startswith(_CHANGES)
    assert not is_fixed, f"{pyfuncitem.name} passes now; take it off {DEVIATIONS.name} ({reason})"
    return result
