"""A file among the dumps, and where all of them lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from query_service.snapshot import Snapshot

__all__ = ["CHECKSUMS", "EDITION", "FAMILIES", "INDEX", "DumpFile", "Family", "dumps_folder", "file_name"]

Family = Literal["rdf", "tables", "networks", "sssom"]
FAMILIES: Final[tuple[Family, ...]] = get_args(Family)
#: Checksums in the form that ``sha256sum --check`` reads.
CHECKSUMS: Final = "SHA256SUMS"
#: Name, title, family, media type, bytes and checksum of each file, for programs.
INDEX: Final = "index.json"
#: Raised whenever other code would make other files of the same snapshot.
EDITION: Final = 1
_STEM: Final = "integration-policy-graph"


@dataclass(frozen=True)
class DumpFile:
    """One file.

    :param title: what it holds, in English.
    :param media_type: of the content, before it was compressed.
    :param compressed: whether the content is packed by gzip.
    :param graph: name of the one graph that it holds, e.g. ``source/assess-2015``; none for a file of all.
    """

    name: str
    content: bytes
    title: str
    family: Family
    media_type: str
    compressed: bool = False
    graph: str | None = None


def file_name(snapshot: Snapshot, ending: str) -> str:
    """Name of a file: the dataset, its version, and an ending such as ``.trig.gz`` or ``-practices.csv``.

    The ``+`` of a version stands in it as it is; in a URL it needs no escape in a path, and is a blank in a query string.
    """
    return f"{_STEM}-{snapshot.version}{ending}"


def dumps_folder(snapshot: Snapshot) -> Path:
    """Where the dumps of a snapshot are kept, once they are made."""
    return snapshot.folder / f"dumps-{EDITION}"
