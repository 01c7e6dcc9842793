"""Publish a release: write down what it changed, once; and withdraw one, which changes nothing that was said.

Whoever calls holds the lock of the snapshots, so that one release is written at a time.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from etl.errors import ReleaseError
from etl.identifiers import BASE
from etl.rebase import move_base
from etl.releases.items import Items, items_of
from etl.releases.ledger import (
    CHANGES,
    COMPANIONS,
    RECORD,
    ItemChange,
    ReleaseRecord,
    Withdrawal,
    read_records,
    replay,
    write_changes,
)
from etl.snapshot import canonical_nquads, read_manifest, read_public

__all__ = ["publish_release", "withdraw_release", "write_release"]

#: Members on a page of the event stream of new releases.
_PAGE_SIZE = 250


def publish_release(
    folder: Path, snapshot: Path, *, published: datetime, note: str = "", reasons: Mapping[str, str] | None = None
) -> ReleaseRecord | None:
    """Write a snapshot down as the next release.

    :param folder: the ledger.
    :param published: when, with a time zone; after the release before.
    :param note: why there is this release: the reason of all changes that have none of their own.
    :param reasons: reasons by item, an IRI or the path below ``id/``.
    :returns: its record; None when the last release says the same already.
    :raises ReleaseError: when it cannot be published; the ledger stays as it was.
    :raises SnapshotError: when the snapshot cannot be read.
    """
    version = read_manifest(snapshot)["version"]
    beside = _read_companions(snapshot)
    quads = list(read_public(snapshot))
    return write_release(folder, quads, version, published=published, note=note, reasons=reasons, beside=beside)


def _read_companions(snapshot: Path) -> dict[str, bytes]:
    """What is published beside the dataset, with the IRIs of the shipped base."""
    base = read_manifest(snapshot)["base"]
    shapes, context = ((snapshot / name).read_bytes() for name in COMPANIONS)
    moved = move_base(parse(shapes, format=RdfFormat.N_QUADS), base, BASE)
    return dict(zip(COMPANIONS, (canonical_nquads(moved), context.replace(base.encode(), BASE.encode())), strict=True))


def write_release(
    folder: Path,
    quads: Collection[Quad],
    version: str,
    *,
    published: datetime,
    note: str = "",
    reasons: Mapping[str, str] | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> ReleaseRecord | None:
    """Write a dataset down as the next release; see :func:`publish_release`.

    :param quads: of the public named graphs, with the IRIs of the shipped base.
    :param version: that it has been given; it must end in the beginning of its hash.
    :param beside: what is published beside it, by the names of :data:`~etl.releases.ledger.COMPANIONS`.
    """
    records = read_records(folder)
    hashed = canonical_nquads(quad for quad in quads if quad.graph_name != NamedNode(f"{BASE}graph/metadata"))
    sha256 = hashlib.sha256(hashed).hexdigest()
    if version.partition("+")[2] != sha256[:12]:
        raise ReleaseError(version, f"does not fit the dataset, whose hash is {sha256[:12]}", mend="run: ipg build --force")
    items = items_of(quads)
    changes = list(_changes(replay(folder, len(records)), items, reasons or {}))
    if not changes and records and records[-1].version == version:
        return None
    _check(records, published, note)
    record = ReleaseRecord(
        number=len(records) + 1,
        version=version,
        published=published.astimezone(UTC).replace(microsecond=0),
        note=note,
        base=BASE,
        page_size=_PAGE_SIZE,
        counts={kind: sum(change.change == kind for change in changes) for kind in ("added", "changed", "removed")},
        items=len(items),
        statements=len(quads),
        sha256=sha256,
    )
    _write(folder, record, changes, beside or {})
    return record


def _check(records: list[ReleaseRecord], published: datetime, note: str) -> None:
    if not note.strip():
        raise ReleaseError("--note", "says nothing", "the reason of what changed", "add for instance --note 'New practices'")
    if records and published <= records[-1].published:
        before = records[-1].published.isoformat()
        raise ReleaseError("--date", f"is {published.isoformat()}", f"a time after the release before, {before}")


def _changes(before: Items, after: Items, reasons: Mapping[str, str]) -> Iterator[ItemChange]:
    """What changed from one state to the next, by item.

    :raises ReleaseError: when a reason is given for what did not change.
    """
    given = {item if "://" in item else f"{BASE}id/{item.removeprefix('id/')}": text for item, text in reasons.items()}
    changed = [item for item in sorted(before.keys() | after.keys()) if before.get(item) != after.get(item)]
    if unknown := sorted(given.keys() - set(changed)):
        raise ReleaseError("--reason", f"names what did not change: {', '.join(unknown)}", "an item that changed")
    for item in changed:
        old, new = before.get(item, frozenset()), after.get(item, frozenset())
        yield ItemChange(
            item=item,
            change="changed" if old and new else "added" if new else "removed",
            reason=given.get(item, ""),
            came=tuple(sorted(new - old)),
            gone=tuple(sorted(old - new)),
        )


def _write(folder: Path, record: ReleaseRecord, changes: list[ItemChange], beside: Mapping[str, bytes]) -> None:
    """Write a release aside, and put it in place in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".publishing-", dir=folder))
    try:
        scratch.chmod(0o755)  # a temporary folder is for its maker alone
        (scratch / CHANGES).write_bytes(write_changes(changes))
        for name, content in beside.items():
            (scratch / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        _write_record(scratch, record)
        scratch.rename(folder / f"{record.number:04}")
    except OSError as error:
        raise ReleaseError(str(folder), f"cannot be written: {error}", "a writable folder with free space") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _write_record(folder: Path, record: ReleaseRecord) -> None:
    fresh = folder / f".{RECORD}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(record.model_dump_json(indent=1, exclude_none=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / RECORD)


def withdraw_release(folder: Path, version: str, *, reason: str, on: datetime) -> list[ReleaseRecord]:
    """Note that a version is no longer published; what was withdrawn before keeps its first reason.

    :returns: the records of its releases.
    :raises ReleaseError: when there is no such version, or no reason.
    """
    if not reason.strip():
        raise ReleaseError("--reason", "says nothing", "why the version is withdrawn")
    records = read_records(folder)
    found = [record for record in records if record.version == version]
    if not found:
        known = ", ".join(dict.fromkeys(record.version for record in records)) or "none yet"
        raise ReleaseError(str(folder), f"holds no version {version}", f"one that was published: {known}")
    withdrawal = Withdrawal(on=on.astimezone(UTC).replace(microsecond=0), reason=reason)
    told = [record if record.withdrawn else record.model_copy(update={"withdrawn": withdrawal}) for record in found]
    for record in told:
        _write_record(folder / f"{record.number:04}", record)
    return told
