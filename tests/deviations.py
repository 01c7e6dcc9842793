"""Where an engine of others answers otherwise than ours: listed by name with the reason, and held to the list.

A test that is listed must fail, and in the way that the list says. One that passes, or fails otherwise, fails the run, so that
the list never says more than is so and hides nothing else.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

__all__ = ["DEVIATIONS", "Deviation", "pytest_pyfunc_call"]

DEVIATIONS = Path(__file__).parent / "engine_deviations.tsv"
"""Engine, name of the test as pytest writes it without the engine, what its failure says (a regular expression), reason."""


#: How the reason begins of what comes out now one way and now the other.
_CHANGES = "now and then: "


class Deviation(NamedTuple):
    """A row of the list."""

    engine: str
    test: str
    fails: str
    reason: str


@cache
def _listed() -> dict[tuple[str, str], Deviation]:
    with DEVIATIONS.open(encoding="utf-8", newline="") as file:
        rows = [Deviation(**row) for row in csv.DictReader(file, delimiter="\t")]
    return {(row.engine, row.test): row for row in rows}


def _deviation(item: pytest.Function) -> Deviation | None:
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
    listed = _deviation(pyfuncitem)
    try:
        result = yield
    except Exception as error:
        if listed is None:
            raise
        if not listed.fails or not re.search(listed.fails, str(error)):
            pytest.fail(f"{pyfuncitem.name} fails otherwise than {DEVIATIONS.name} says: {error}")
        return True
    is_fixed = listed is not None and not listed.reason.startswith(_CHANGES)
    assert not is_fixed, f"{pyfuncitem.name} passes now; take it off {DEVIATIONS.name} ({listed and listed.reason})"
    return result
