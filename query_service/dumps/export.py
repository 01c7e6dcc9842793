"""Dumps in a folder: made once, with checksums and an index, and never half there.

A snapshot never changes, so neither do its dumps: :func:`cached_dumps` keeps them beside it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from query_service.dumps.networks import network_files
from query_service.dumps.rdf import rdf_files
from query_service.dumps.records import CHECKSUMS, EDITION, FAMILIES, INDEX, DumpFile, Family, dumps_folder
from query_service.dumps.sssom import sssom_files
from query_service.dumps.tables import table_files
from query_service.item_facts import ItemFacts
from query_service.snapshot import Snapshot

__all__ = ["CHECKSUMS", "INDEX", "cached_dumps", "export_dumps"]


def export_dumps(snapshot: Snapshot, folder: Path, families: Collection[Family] = FAMILIES) -> None:
    """Write dumps to a new folder, which appears when all are there.

    :param folder: what must not exist yet, or be empty.
    :param families: which files.
    :raises OSError: when the folder cannot be written, or holds something.
    :raises SnapshotUnusable: when the snapshot is not whole.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        scratch.chmod(0o755)  # a temporary folder is for its maker alone
        entries: list[dict[str, Any]] = []
        for dump in _files(snapshot, families):
            (scratch / dump.name).write_bytes(dump.content)
            entries.append(_entry(dump))
        entries.sort(key=lambda entry: str(entry["name"]))
        index = {"edition": EDITION, "version": snapshot.version, "files": entries}
        (scratch / INDEX).write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        sums = [f"{entry['sha256']}  {entry['name']}\n" for entry in entries]
        (scratch / CHECKSUMS).write_text("".join(sums), encoding="utf-8")
        scratch.rename(folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def cached_dumps(snapshot: Snapshot) -> Path:
    """Folder of all dumps of a snapshot, ``dumps-N`` inside it; they are made when they are first asked for.

    :raises OSError: when they cannot be written.
    :raises SnapshotUnusable: when the snapshot is not whole.
    """
    folder = dumps_folder(snapshot)
    if not (folder / CHECKSUMS).exists():
        try:
            export_dumps(snapshot, folder)
        except OSError:
            # Another process may have been quicker: it has made the same files.
            if not (folder / CHECKSUMS).exists():
                raise
    return folder


def _files(snapshot: Snapshot, families: Collection[Family]) -> Iterator[DumpFile]:
    if "rdf" in families:
        yield from rdf_files(snapshot)
    if set(families) - {"rdf"}:
        facts = ItemFacts(snapshot)
        for family, write in (("tables", table_files), ("networks", network_files), ("sssom", sssom_files)):
            if family in families:
                yield from write(snapshot, facts)


def _entry(dump: DumpFile) -> dict[str, Any]:
    return {
        "name": dump.name,
        "title": dump.title,
        "family": dump.family,
        "media_type": dump.media_type,
        "compressed": dump.compressed,
        "graph": dump.graph,
        "bytes": len(dump.content),
        "sha256": hashlib.sha256(dump.content).hexdigest(),
    }
