"""Immutable snapshots: written aside, made durable, and put in place in one step.

::

    HOME/current -> snapshots/NAME
    HOME/snapshots/NAME/manifest.json   versions, counts, hashes, documents used
                        dataset.nq      canonical N-Quads of the public named graphs
                        private.nq      wording of the documents, where they are present
                        report.ttl      SHACL validation report; report.txt is the same as a table
                        shapes.nt       the shapes; context.jsonld is the context of JSON-LD
                        ontology-reference.json  what there is to say of each term of the ontology
                        store/          an Oxigraph store, its default graph filled with the union of the public graphs

A process killed at any moment leaves the snapshot in service as it was: the new one appears under its name by one
rename, and ``current`` changes by another.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse, serialize

from etl.errors import SnapshotError
from etl.identifiers import BASE
from etl.rebase import move_base

__all__ = [
    "FORMAT",
    "UNPUBLISHED",
    "build_lock",
    "canonical_nquads",
    "current_snapshot",
    "data_version",
    "find_snapshot",
    "publish_snapshot",
    "read_manifest",
    "read_public",
    "split_public",
    "write_snapshot",
]

#: Version of the layout above; a reader refuses another.
FORMAT = 1
#: Graphs outside dumps and default graph.
UNPUBLISHED = ("text", "suggested")
#: Graphs outside the hash that names the data: they speak about it, or are not for everyone.
_UNHASHED = ("metadata", *UNPUBLISHED)


def canonical_nquads(quads: Iterable[Quad]) -> bytes:
    """Canonical N-Quads (RDF Dataset Canonicalization, RDFC-1.0): the same bytes for the same dataset."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = serialize(dataset, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def split_public(dataset: Dataset, base: str) -> tuple[list[Quad], list[Quad]]:
    """Quads of the graphs for everyone, and of those that are not."""
    private = {NamedNode(f"{base}graph/{name}") for name in UNPUBLISHED}
    public_quads: list[Quad] = []
    private_quads: list[Quad] = []
    for quad in dataset:
        (private_quads if quad.graph_name in private else public_quads).append(quad)
    return public_quads, private_quads


def data_version(dataset: Dataset, base: str, release: str) -> str:
    """Version of the data: the release, ``+`` and 12 hexadecimal digits of the hash of its canonical form."""
    left_out = {NamedNode(f"{base}graph/{name}") for name in _UNHASHED}
    canonical = canonical_nquads(quad for quad in dataset if quad.graph_name not in left_out)
    return f"{release}+{hashlib.sha256(canonical).hexdigest()[:12]}"


@contextmanager
def build_lock(home: Path) -> Iterator[None]:
    """Let one build at a time write below a home folder.

    :raises SnapshotError: when another build is running, or the folder cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle = (home / "lock").open("w")
    except OSError as error:
        raise _unwritable(home, error) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SnapshotError(str(home), "another build is running", "one build at a time", "wait for it to end") from error
        yield


def publish_snapshot(
    home: Path, name: str, dataset: Dataset, base: str, manifest: dict[str, Any], reports: dict[str, str]
) -> Path:
    """Write a snapshot and put it in service; see :func:`write_snapshot`.

    :param name: its folder name; an existing complete snapshot of that name is put in service again.
    """
    final = write_snapshot(home, name, dataset, base, manifest, reports)
    try:
        _point_current(home, final)
    except OSError as error:
        raise _unwritable(final, error) from error
    return final


def write_snapshot(home: Path, name: str, dataset: Dataset, base: str, manifest: dict[str, Any], reports: dict[str, str]) -> Path:
    """Write a snapshot beside the others, unless one of that name is there.

    :param manifest: its description; counts and hashes of graphs and files are added here.
    :param reports: further files by name.
    :returns: its folder.
    :raises SnapshotError: when it cannot be written; the one in service stays.
    """
    final = home / "snapshots" / name
    try:
        for leftover in (home / "snapshots").glob(".building-*"):
            shutil.rmtree(leftover)
        if not (final / "manifest.json").exists():
            scratch = home / "snapshots" / f".building-{name}"
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir(parents=True)
            _write_files(scratch, dataset, base, manifest, reports)
            _make_durable(scratch)
            scratch.rename(final)
            _sync(final.parent)
    except OSError as error:
        raise _unwritable(final, error) from error
    return final


def _unwritable(path: Path, error: OSError) -> SnapshotError:
    return SnapshotError(
        str(error.filename or path),
        f"cannot be written ({error.strerror or error})",
        "a writable folder with free space",
        "free some space, correct the permissions, or name another folder with IPG_HOME; the snapshot in service is unchanged",
    )


def _write_files(folder: Path, dataset: Dataset, base: str, manifest: dict[str, Any], reports: dict[str, str]) -> None:
    public, private = split_public(dataset, base)
    contents = {"dataset.nq": canonical_nquads(public)}
    if private:
        contents["private.nq"] = canonical_nquads(private)
    contents |= {report: text.encode() for report, text in reports.items()}
    for file, content in contents.items():
        (folder / file).write_bytes(content)
    default = _fill_store(folder / "store", contents["dataset.nq"], contents.get("private.nq", b""), public)
    description = {
        "format": FORMAT,
        "base": base,
        **manifest,
        "graphs": _describe_graphs(base, contents),
        "default_graph": {"triples": default},
        "files": {file: {"sha256": hashlib.sha256(c).hexdigest(), "bytes": len(c)} for file, c in sorted(contents.items())},
    }
    # Written last: a folder without it is no snapshot.
    (folder / "manifest.json").write_text(json.dumps(description, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _fill_store(folder: Path, public_nq: bytes, private_nq: bytes, public: list[Quad]) -> int:
    store = Store(str(folder))
    store.bulk_load(public_nq, format=RdfFormat.N_QUADS)
    if private_nq:
        store.bulk_load(private_nq, format=RdfFormat.N_QUADS)
    # Blank nodes of two loads must not meet: the default graph is copied from what was loaded.
    named = {quad.graph_name for quad in public}
    union = {
        Quad(q.subject, q.predicate, q.object, DefaultGraph())
        for g in named
        for q in store.quads_for_pattern(None, None, None, g)
    }
    store.bulk_extend(union)
    store.optimize()
    store.flush()
    return len(union)


def _describe_graphs(base: str, contents: dict[str, bytes]) -> dict[str, Any]:
    lines: dict[str, list[bytes]] = {}
    for file in ("dataset.nq", "private.nq"):
        for line in contents.get(file, b"").splitlines(keepends=True):
            graph = line.rsplit(b" ", 2)[1].strip(b"<>").decode()
            lines.setdefault(graph, []).append(line)
    prefix = f"{base}graph/"
    return {
        iri.removeprefix(prefix): {
            "iri": iri,
            "triples": len(quads),
            "public": iri.removeprefix(prefix) not in UNPUBLISHED,
            "in_default": iri.removeprefix(prefix) not in UNPUBLISHED,
            "sha256": hashlib.sha256(b"".join(quads)).hexdigest(),
        }
        for iri, quads in sorted(lines.items())
    }


def _make_durable(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _point_current(home: Path, final: Path) -> None:
    fresh = home / ".current.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(final.relative_to(home))
    fresh.replace(home / "current")
    _sync(home)


def current_snapshot(home: Path) -> Path | None:
    """Folder of the snapshot in service, or None."""
    link = home / "current"
    return link.resolve() if (link / "manifest.json").exists() else None


def read_manifest(snapshot: Path) -> dict[str, Any]:
    """Description of a snapshot.

    :raises SnapshotError: when it cannot be read or has another layout.
    """
    path = snapshot / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotError(str(path), f"cannot be read: {error}", "the manifest of a snapshot", "run: ipg build") from error
    if manifest.get("format") != FORMAT:
        raise SnapshotError(str(path), f"has layout {manifest.get('format')!r}", str(FORMAT), "run: ipg build")
    return manifest


def find_snapshot(home: Path, name: str) -> Path:
    """Folder of a snapshot.

    :param home: folder of the snapshots.
    :param name: a folder, ``current`` for the one in service, or a version of the dataset, with the fingerprint of the
        inputs after it or without.
    :raises SnapshotError: when there is none, naming those there are.
    """
    if (Path(name) / "manifest.json").is_file():
        return Path(name)
    current = current_snapshot(home)
    if name == "current" and current is not None:
        return current
    there = sorted(path.parent for path in home.glob("snapshots/[!.]*/manifest.json"))
    # One dataset may have been built from several inputs: in all these snapshots it is the same.
    for folder in there:
        if name in {folder.name, folder.name.rpartition(".")[0]}:
            return folder
    versions = ", ".join(sorted({folder.name.rpartition(".")[0] for folder in there}))
    raise SnapshotError(
        str(home / "snapshots"),
        f"holds no snapshot {name!r}",
        f"current, the folder of a snapshot, or one of: {versions}" if there else "a snapshot",
        "name one of these" if there else "run: ipg build",
    )


def read_public(snapshot: Path) -> Iterator[Quad]:
    """Quads of the public named graphs of a snapshot, with the IRIs of the shipped base whatever base it was built for.

    :raises SnapshotError: when its dataset cannot be read or is not the one that its manifest describes.
    """
    manifest, path = read_manifest(snapshot), snapshot / "dataset.nq"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SnapshotError(str(path), f"cannot be read: {error}", "the dataset of a snapshot", "run: ipg build") from error
    if hashlib.sha256(content).hexdigest() != manifest["files"][path.name]["sha256"]:
        raise SnapshotError(str(path), "is not what the manifest describes", "an unchanged dataset", "run: ipg build --force")
    yield from move_base(parse(content, format=RdfFormat.N_QUADS), manifest["base"], BASE)
