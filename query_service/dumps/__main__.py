"""Make the dumps of a snapshot, in a process of their own: ``python -m query_service.dumps FOLDER``.

The front opens no store, and is not kept waiting by what takes seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

from query_service.dumps.export import cached_dumps
from query_service.snapshot import read_snapshot

__all__ = ["main"]


def main(folder: str) -> None:
    """Make sure that the dumps of the snapshot in a folder are there.

    :raises OSError: when they cannot be written.
    :raises SnapshotUnusable: when the snapshot is not whole.
    """
    cached_dumps(read_snapshot(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1])
