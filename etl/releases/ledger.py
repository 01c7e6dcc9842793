"""The release ledger: a folder per release, committed, from which the state of every item at every release follows.

::

    data/releases/0001/release.json      version, time, reason, counts, hash of the dataset; why it was withdrawn, if it was
                       items.jsonl.gz    a line per item that was added, changed or removed: its statements that came and went
                       shapes.nt.gz      what is published beside the dataset, as the snapshot has it
                       context.jsonld.gz

Together they hold what each release says and no statement twice: the first holds all, each later one what it changed.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from etl.errors import ReleaseError
from etl.records import Record
from etl.releases.items import Items

__all__ = [
    "CHANGES",
    "COMPANIONS",
    "RECORD",
    "ItemChange",
    "ReleaseRecord",
    "Withdrawal",
    "read_changes",
    "read_records",
    "replay",
    "write_changes",
]

RECORD = "release.json"
CHANGES = "items.jsonl.gz"
#: Files of a snapshot that are published beside its dataset.
COMPANIONS = ("shapes.nt", "context.jsonld")


class Withdrawal(Record):
    """That a version is no longer published, since when and why."""

    on: datetime
    reason: str = Field(min_length=1)


class ReleaseRecord(Record):
    """What is known of a release.

    :ivar number: counted from 1.
    :ivar version: of the dataset.
    :ivar published: when; given by who publishes, and in no graph.
    :ivar note: why there is this release.
    :ivar base: base of the IRIs in its statements.
    :ivar page_size: members on a page of the event stream, fixed with the release so that its pages never change.
    :ivar counts: number of items added, changed and removed.
    :ivar statements: number of statements of all public graphs.
    :ivar sha256: of the canonical N-Quads of the graphs that the version is made of; the version ends in its beginning.
    """

    number: int = Field(ge=1)
    version: str
    published: datetime
    note: str = Field(min_length=1)
    base: str
    page_size: int = Field(ge=1)
    counts: dict[Literal["added", "changed", "removed"], int]
    items: int
    statements: int
    sha256: str
    withdrawn: Withdrawal | None = None


class ItemChange(Record):
    """What a release changed in an item.

    :ivar reason: why, where that is known for this very item.
    :ivar came: statements that it did not have before, in N-Quads.
    :ivar gone: statements that it has no more.
    """

    item: str
    change: Literal["added", "changed", "removed"]
    reason: str = ""
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def read_records(folder: Path) -> list[ReleaseRecord]:
    """Records of all releases, the first first; none where the folder is not there.

    :raises ReleaseError: when one cannot be read, or one between two is missing.
    """
    records: list[ReleaseRecord] = []
    for number, path in enumerate(sorted(folder.glob("[0-9]*/")), 1):
        file = path / RECORD
        try:
            record = ReleaseRecord.model_validate_json(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ValidationError) as error:
            raise ReleaseError(str(file), f"cannot be read: {error}", "the record of a release", "restore the file") from None
        if record.number != number or path.name != f"{number:04}":
            raise ReleaseError(str(file), f"is release {record.number}", f"release {number}", "restore what is missing")
        records.append(record)
    return records


def read_changes(folder: Path, number: int) -> list[ItemChange]:
    """What a release changed, by item.

    :raises ReleaseError: when it cannot be read.
    """
    file = folder / f"{number:04}" / CHANGES
    try:
        lines = gzip.decompress(file.read_bytes()).decode().split("\n")
        return [ItemChange.model_validate_json(line) for line in lines if line]
    except (OSError, EOFError, ValueError) as error:
        raise ReleaseError(str(file), f"cannot be read: {error}", "the changes of a release", "restore the file") from None


def write_changes(changes: Iterable[ItemChange]) -> bytes:
    """The content of the file that :func:`read_changes` reads; the same changes give the same bytes."""
    text = "".join(change.model_dump_json(exclude_defaults=True) + "\n" for change in changes)
    return gzip.compress(text.encode(), 9, mtime=0)


def replay(folder: Path, number: int) -> Items:
    """Items as they were after a release; none before the first.

    :raises ReleaseError: when the ledger cannot be read, or does not fit together.
    """
    items: dict[str, frozenset[str]] = {}
    for each in range(1, number + 1):
        for change in read_changes(folder, each):
            before, gone, came = items.get(change.item, frozenset()), frozenset(change.gone), frozenset(change.came)
            if not gone <= before or came & before:
                where = str(folder / f"{each:04}" / CHANGES)
                raise ReleaseError(where, f"does not follow on the release before, at {change.item}", mend="restore the file")
            items[change.item] = (before - gone) | came
            if not items[change.item]:
                del items[change.item]
    return items
