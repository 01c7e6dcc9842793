"""When each example query last gave its expected answer: a ledger kept in the repository, for no graph may ask the clock.

``data/examples-checked.toml`` is written by ``python -m tests.renew_examples HOME``, which asks every query of a built
snapshot. An entry holds for one query and one answer: when either is edited, it no longer counts.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from etl.errors import RecordError
from etl.examples import Example
from etl.identifiers import Key
from etl.records import Record, Sha256

__all__ = ["Check", "check_of", "count_rows", "digest", "read_checks", "render_checks"]

_HEAD = """# When the example queries last gave their expected answers, and how many rows those have (triples, where the answer is
# a graph; none for yes or no). Written by: python -m tests.renew_examples HOME
"""


class Check(Record):
    """That an example gave its expected answer.

    :ivar on: day on which it was asked.
    :ivar sha256: of query and expected answer, see :func:`digest`.
    :ivar rows: of the answer; None for ASK.
    """

    on: date
    sha256: Sha256
    rows: Annotated[int, Field(ge=0)] | None = None


def digest(example: Example) -> str:
    """Hash of the query and its expected answer as they stand in their files."""
    return hashlib.sha256(example.query.encode() + b"\0" + example.expected.read_bytes()).hexdigest()


def count_rows(example: Example) -> int | None:
    """Rows of the expected answer without its header line; None for ASK."""
    if example.form == "ASK":
        return None
    with example.expected.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def read_checks(file: Path) -> dict[Key, Check]:
    """Read the ledger; one that is not there is empty.

    :raises RecordError: when it does not read as one.
    """
    if not file.exists():
        return {}
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
        return {key: Check.model_validate(entry) for key, entry in entries.items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise RecordError(
            str(file), f"does not read ({error})", "an entry for each example", "run: python -m tests.renew_examples HOME"
        ) from error


def check_of(example: Example, checks: Mapping[Key, Check]) -> Check | None:
    """The entry that holds for an example as it is now."""
    check = checks.get(example.key)
    return check if check is not None and check.sha256 == digest(example) else None


def render_checks(checks: Mapping[Key, Check]) -> str:
    """The ledger as text, sorted by key."""
    entries = (
        "\n".join(
            (
                f"[{key}]",
                f"on = {check.on.isoformat()}",
                *([f"rows = {check.rows}"] if check.rows is not None else []),
                f'sha256 = "{check.sha256}"',
            )
        )
        for key, check in sorted(checks.items())
    )
    return "\n".join((_HEAD, "\n\n".join(entries), ""))
