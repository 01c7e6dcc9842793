"""Make the snapshot of a release again from the ledger, for a machine that did not build it."""

from __future__ import annotations

import gzip
from pathlib import Path

from pyoxigraph import Dataset, RdfFormat, parse

from etl.errors import ReleaseError
from etl.rebase import move_base
from etl.releases.items import quads_of
from etl.releases.ledger import COMPANIONS, read_records, replay
from etl.snapshot import canonical_nquads, data_version, write_snapshot

__all__ = ["restore_release"]


def restore_release(folder: Path, home: Path, version: str, base: str) -> Path:
    """Write the snapshot of a published version beside the others; the one in service stays.

    :param folder: the ledger.
    :param home: folder of the snapshots.
    :param base: base of its IRIs.
    :returns: its folder.
    :raises ReleaseError: when the version was never published or is withdrawn, or the ledger does not give it.
    :raises SnapshotError: when it cannot be written.
    """
    record = next((record for record in reversed(read_records(folder)) if record.version == version), None)
    if record is None or record.withdrawn:
        found = f"is withdrawn: {record.withdrawn.reason}" if record and record.withdrawn else "was never published"
        raise ReleaseError(version, found, "a version of the ledger")
    quads = quads_of(replay(folder, record.number))
    if data_version(Dataset(quads), record.base, version.partition("+")[0]) != version:
        raise ReleaseError(str(folder), f"does not give version {version}", mend="restore data/releases from the repository")
    try:
        shapes, context = (gzip.decompress((folder / f"{record.number:04}" / f"{name}.gz").read_bytes()) for name in COMPANIONS)
    except (OSError, EOFError) as error:
        raise ReleaseError(str(folder), f"is not whole: {error}", mend="restore data/releases from the repository") from None
    moved = move_base(parse(shapes, format=RdfFormat.N_QUADS), record.base, base)
    beside = canonical_nquads(moved), context.replace(record.base.encode(), base.encode())
    return write_snapshot(
        home,
        f"{version}.release-{record.number:04}",
        Dataset(move_base(quads, record.base, base)),
        base,
        {"version": version},
        {name: content.decode() for name, content in zip(COMPANIONS, beside, strict=True)},
    )
