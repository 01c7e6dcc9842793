"""Manifests: what an extractor expects of its document, declared beside it.

A manifest pins counts, headings, known labels and the lines to leave out with their reason, and maps odd printed
values to concepts, so that an extractor holds no quirk of its document as a literal. Each extractor extends
:class:`Manifest` with the tables that it needs.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from etl.errors import ExtractionError, ManifestError
from etl.identifiers import Key
from etl.records import DocumentRecords, Record
from etl.rendition import LineLedger, Rendition

__all__ = ["IgnoredLine", "Manifest", "check_counts", "ignore_declared", "load_manifest"]


class IgnoredLine(Record):
    """Lines to leave out: all whose stripped text equals ``text``, or starts with ``prefix``.

    :ivar times: how many such lines there must be.
    """

    text: str | None = None
    prefix: str | None = None
    times: int = 1
    reason: str


class Manifest(Record):
    """What every manifest declares.

    :ivar document: slug of the document.
    :ivar counts: exact number of records by field of :class:`etl.records.DocumentRecords`.
    :ivar ignored: lines to leave out.
    """

    document: Key
    counts: dict[str, int]
    ignored: tuple[IgnoredLine, ...] = ()


M = TypeVar("M", bound=Record)


def load_manifest(path: Path, model: type[M]) -> M:
    """Read a manifest file into its model.

    :raises ManifestError: when it is not TOML (with line and column) or does not fit the model (with the field).
    """
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ManifestError(str(path), f"cannot be read ({error.strerror})", "a manifest", "restore the file") from error
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(str(path), f"is not TOML: {error}", "TOML 1.0", "correct the line named") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ManifestError(f"{path}: {field}", first["msg"], model.__name__, "correct the field named") from error


def ignore_declared(rendition: Rendition, ledger: LineLedger, manifest: Manifest) -> None:
    """Leave out the lines that the manifest declares, each as often as it says.

    :raises ExtractionError: when a declared line is not there as often as declared.
    """
    for rule in manifest.ignored:
        hits = [
            line
            for line in rendition.lines
            if not line.blank
            and ledger.purpose(line) is None
            and (line.text.strip() == rule.text if rule.text is not None else line.text.strip().startswith(rule.prefix or "\0"))
        ]
        if len(hits) != rule.times:
            raise ExtractionError(
                rendition.name,
                f"{len(hits)} line(s) to ignore like {rule.text or rule.prefix!r}",
                f"{rule.times} ({rule.reason})",
                "compare the document with its manifest",
            )
        ledger.ignore(hits, rule.reason)


def check_counts(rendition: Rendition, records: DocumentRecords, manifest: Manifest) -> None:
    """Compare numbers of records with what the manifest declares.

    :raises ExtractionError: naming the kind, its number and the number declared.
    """
    for kind, expected in sorted(manifest.counts.items()):
        found = len(getattr(records, kind))
        if found != expected:
            raise ExtractionError(
                f"{rendition.name}: {kind}", f"{found} found", str(expected), "compare the document with its manifest"
            )
