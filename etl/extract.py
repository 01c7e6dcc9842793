"""Documents to records: run the extractors, keep the records as files, compare the two."""

from __future__ import annotations

import difflib
import importlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from etl.actors import Gazetteer
from etl.errors import ExtractionError, RecordError, RecordsDiffer
from etl.records import DocumentRecords
from etl.rendition import Rendition, digest_passage

__all__ = ["compare_records", "extract_document", "read_records", "render_records", "verify_passages", "write_records"]

#: Kinds whose records are long enough to read better with a file each.
_FILE_EACH = "practices"


def extract_document(rendition: Rendition, gazetteer: Gazetteer) -> DocumentRecords:
    """Run the extractor of a document, found by its slug in :mod:`etl.sources`, and verify what it gives.

    :raises ExtractionError: when the document has not the structure its manifest declares.
    """
    module = importlib.import_module(f"etl.sources.{rendition.document.replace('-', '_')}.extractor")
    extract = cast("Callable[[Rendition, Gazetteer], DocumentRecords]", module.extract)
    records = extract(rendition, gazetteer)
    verify_passages(records, rendition)
    return records


def verify_passages(records: DocumentRecords, rendition: Rendition) -> None:
    """Check every passage against the document.

    :raises ExtractionError: naming the first passage whose text has another hash.
    """
    for passage in records.passages:
        found = digest_passage(rendition.passage(passage.start, passage.end))
        if found != passage.sha256:
            raise ExtractionError(
                f"{rendition.name}: passage {passage.key} ({passage.start}..{passage.end})",
                f"has SHA-256 {found}",
                passage.sha256,
                "extract the document again and review what changed",
            )


def render_records(records: DocumentRecords) -> dict[str, str]:
    """Files for the records of one document: name to text, deterministic to the byte.

    Short records stand one a line, so that a difference names the record; practices have a file each.
    """
    tree = records.model_dump(mode="json", exclude_defaults=True)
    files = {"document.json": _dump({k: v for k, v in tree.items() if not isinstance(v, list)}, indent=1) + "\n"}
    for kind, items in tree.items():
        if not isinstance(items, list):
            continue
        if kind == _FILE_EACH:
            for item in items:
                files[f"{kind}/{item['path'].split('/', 1)[1]}.json"] = _dump(item, indent=1) + "\n"
        else:
            files[f"{kind}.json"] = "[\n" + ",\n".join(_dump(item) for item in items) + "\n]\n"
    return files


def _dump(item: object, indent: int | None = None) -> str:
    return json.dumps(item, ensure_ascii=False, indent=indent)


def write_records(records: DocumentRecords, folder: Path) -> None:
    """Replace a document's folder of records; a reader never sees half of it."""
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, text in render_records(records).items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    stale = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(stale, ignore_errors=True)
    if folder.exists():
        folder.rename(stale)
    fresh.rename(folder)
    shutil.rmtree(stale, ignore_errors=True)


def read_records(folder: Path) -> DocumentRecords:
    """Read the committed records of one document.

    :raises RecordError: naming file and field when one is missing, not JSON or breaks its model.
    """
    tree: dict[str, object] = {}
    for path in sorted(folder.glob("*.json")):
        content = _load(path)
        if path.name == "document.json":
            tree.update(cast("dict[str, object]", content))
        else:
            tree[path.stem] = content
    practices = [cast("dict[str, object]", _load(path)) for path in sorted((folder / _FILE_EACH).glob("*.json"))]
    if practices:
        tree[_FILE_EACH] = sorted(practices, key=lambda item: cast("int", item.get("order", 0)))
    try:
        return DocumentRecords.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        where = f"{folder}: {'.'.join(str(part) for part in first['loc'])}"
        raise RecordError(where, first["msg"], "a record as etl/records.py defines it", "run: ipg extract") from error


def _load(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_unique_keys)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise RecordError(str(path), f"cannot be read: {error}", "JSON in UTF-8 with unique keys", "run: ipg extract") from error


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen: dict[str, object] = {}
    for key, value in pairs:
        if key in seen:
            raise ValueError(f"duplicate key {key!r}")
        seen[key] = value
    return seen


def compare_records(committed: DocumentRecords, extracted: DocumentRecords, *, most: int = 60) -> None:
    """Check that a document still gives what is committed.

    :param most: how many lines of the difference to show.
    :raises RecordsDiffer: with a unified difference per file.
    """
    lines = list(_difference(render_records(committed), render_records(extracted)))
    if lines:
        shown = "\n".join(lines[:most]) + (f"\n... and {len(lines) - most} more lines" if len(lines) > most else "")
        raise RecordsDiffer(
            f"data/records/{committed.document}",
            f"the document gives other records (- committed, + document)\n{shown}",
            "the same records",
            "if the document is right, run: ipg extract, and review the change before committing it",
        )


def _difference(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, "").splitlines(), after.get(name, "").splitlines()
        yield from difflib.unified_diff(old, new, f"committed/{name}", f"document/{name}", lineterm="", n=0)
