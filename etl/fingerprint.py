"""What a build depends on, and whether the snapshot in service was built from just that.

Kept apart from the build itself, whose libraries take longer to load than a start may take.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version as library_version
from pathlib import Path

from etl.identifiers import BASE
from etl.records import Record
from etl.snapshot import current_snapshot, read_manifest

__all__ = ["BuildOptions", "fingerprint", "release", "snapshot_is_current"]

#: Folders and kinds of files below the checkout that decide what a build gives.
_FOLDERS = ("ontology", "shapes", "data", "sparql_examples", "etl")
#: What is below them and decides nothing: the documents are counted apart, and the ledger tells of what was built.
_LEFT_OUT = ("data/sources/", "data/releases/")
_SUFFIXES = {".ttl", ".trig", ".jsonld", ".toml", ".yaml", ".json", ".tsv", ".md", ".rq", ".csv", ".py"}
_LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "owlready2")


class BuildOptions(Record):
    """What a build reads and writes.

    :ivar root: the checkout with ``ontology/``, ``shapes/`` and ``data/``.
    :ivar home: folder of the snapshots.
    :ivar sources: folder of the documents; None for the committed records alone.
    :ivar sources_named: whether a person named that folder.
    :ivar base: base of the IRIs minted.
    """

    root: Path
    home: Path
    sources: Path | None = None
    sources_named: bool = False
    base: str = BASE


def release() -> str:
    """Version of the software and the ontology; a snapshot adds the hash of its data."""
    return library_version("integration-policy-graph")


def fingerprint(options: BuildOptions) -> str:
    """Hash of everything that decides what a build gives: files, libraries, documents present, base."""
    digest = hashlib.sha256(f"{options.base}\n{release()}\n".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {library_version(library)}\n".encode())
    for folder in _FOLDERS:
        for path in sorted((options.root / folder).rglob("*")):
            relative = path.relative_to(options.root)
            if path.suffix in _SUFFIXES and not str(relative).startswith(_LEFT_OUT):
                digest.update(f"{relative}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    if options.sources is not None and options.sources.is_dir():
        for path in sorted(options.sources.glob("*.txt")):
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def snapshot_is_current(options: BuildOptions) -> bool:
    """Whether the snapshot in service was built from exactly these inputs."""
    snapshot = current_snapshot(options.home)
    return snapshot is not None and bool(read_manifest(snapshot).get("inputs_sha256") == fingerprint(options))
