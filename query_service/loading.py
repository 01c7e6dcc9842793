"""A snapshot made of any RDF, so that other people's graphs and standard suites can be served by the same service."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from xml.parsers import expat

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from query_service.errors import SnapshotUnusable

__all__ = ["load_data"]

_FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".n3": RdfFormat.N3,
}
_BASE: Final = "urn:data:"


def load_data(paths: Sequence[Path], folder: Path) -> Path:
    """Load RDF files into a new snapshot; graphs keep their names, and what stands in none is the default graph.

    :param paths: files, or folders whose files of RDF are loaded, with those in folders below.
    :param folder: where the snapshot is made; it must not exist.
    :return: the folder.
    :raises SnapshotUnusable: naming the file, and its line, that cannot be loaded.
    """
    files = sorted({file for path in paths for file in _files(path)})
    folder.mkdir(parents=True)
    store = Store(str(folder / "store"))
    version = hashlib.sha256()
    for file in files:
        version.update(_load_file(store, file))
    _write_manifest(folder, store, f"0.0.0+{version.hexdigest()[:12]}")
    store.optimize()
    return folder


def _load_file(store: Store, file: Path) -> bytes:
    """Load a file, and give what stands in it. Blank nodes of two files are never the same one."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SnapshotUnusable(f"{file}: cannot be read", found=error.strerror or str(error)) from None
    format_ = _FORMATS[file.suffix.lower()]
    if format_ == RdfFormat.RDF_XML:
        _check_xml(file, content)
    try:
        store.bulk_load(content, format_, base_iri=file.resolve().as_uri())
    except (SyntaxError, ValueError) as error:
        if "LoadDocumentCallback" in str(error):
            raise SnapshotUnusable(
                f"{file}: its JSON-LD context is elsewhere, and nothing is fetched", mend="write the context into the file"
            ) from None
        raise _not_rdf(file, error.lineno if isinstance(error, SyntaxError) else None, str(error)) from None
    return content


def _check_xml(file: Path, content: bytes) -> None:
    """Refuse XML that is not well formed; pyoxigraph 0.5.13 takes what is cut off, and never names a line."""
    try:
        expat.ParserCreate().Parse(content, True)  # without handlers, it reads nothing from elsewhere
    except expat.ExpatError as error:
        raise _not_rdf(file, error.lineno, expat.ErrorString(error.code)) from None


def _not_rdf(file: Path, line: int | None, found: str) -> SnapshotUnusable:
    where = f"{file}, line {line}" if line else str(file)
    return SnapshotUnusable(f"{where}: is not valid RDF", found=found, expected=_FORMATS[file.suffix.lower()].name)


def _files(path: Path) -> Iterator[Path]:
    known = ", ".join(_FORMATS)
    if path.is_dir():
        found = [file for file in path.rglob("*") if file.suffix.lower() in _FORMATS and file.is_file()]
        if not found:
            raise SnapshotUnusable(f"{path} holds no RDF", expected=f"files that end in {known}")
        yield from found
    elif not path.is_file():
        raise SnapshotUnusable(f"there is no file {path}", mend="check the path")
    elif path.suffix.lower() not in _FORMATS:
        raise SnapshotUnusable(f"{path}: its name does not tell its format", found=path.suffix, expected=f"one of {known}")
    else:
        yield path


def _write_manifest(folder: Path, store: Store, version: str) -> None:
    graphs = [graph for graph in store.named_graphs() if isinstance(graph, NamedNode)]
    manifest = {
        "format": 1,
        "version": version,
        "base": _BASE,
        "graphs": {
            graph.value: {"iri": graph.value, "triples": _count(store, graph), "public": True, "in_default": False}
            for graph in sorted(graphs, key=lambda graph: graph.value)
        },
        "default_graph": {"triples": _count(store, DefaultGraph())},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _count(store: Store, graph: NamedNode | DefaultGraph) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
