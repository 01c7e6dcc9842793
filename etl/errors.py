"""What can go wrong while documents become a snapshot.

Every message names the file, line or field, what was found, what was expected and how to mend it
(see :class:`EtlError`); the command line prints it and exits with status 1.

::

    EtlError
    +-- SourceError            a document is missing, changed or cannot be read
    +-- ManifestError          a manifest or the source registry is not well formed
    +-- ExtractionError        a document does not have the structure its manifest declares
    |   +-- UnaccountedLines   lines of a document that no rule used or ignored
    +-- RecordError            a record, curated file or contributed practice breaks its model
    +-- RecordsDiffer          documents and committed records disagree
    +-- OntologyError          a Turtle file cannot be read, or reasoning finds a contradiction
    +-- ValidationFailed       SHACL found violations
    +-- SnapshotError          a snapshot cannot be written, found or trusted
    +-- ReleaseError           a release cannot be published or withdrawn, or the ledger of releases cannot be trusted
"""

from __future__ import annotations

__all__ = [
    "EtlError",
    "ExtractionError",
    "ManifestError",
    "OntologyError",
    "RecordError",
    "RecordsDiffer",
    "ReleaseError",
    "SnapshotError",
    "SourceError",
    "UnaccountedLines",
    "ValidationFailed",
]


class EtlError(Exception):
    """Base of all errors of this package.

    :param where: file, and line or field where one is known, e.g. ``data/sources.toml: [ewsi-2008] sha256``.
    :param found: what was there.
    :param expected: what should have been there.
    :param mend: what the reader can do about it.
    """

    def __init__(self, where: str, found: str, expected: str = "", mend: str = "") -> None:
        self.where = where
        self.found = found
        self.expected = expected
        self.mend = mend
        super().__init__(self._message())

    def _message(self) -> str:
        lines = [f"{self.where}: {self.found}"]
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.mend:
            lines.append(f"  to mend:  {self.mend}")
        return "\n".join(lines)


class SourceError(EtlError):
    """A document is missing, changed, or cannot be read as UTF-8 text."""


class ManifestError(EtlError):
    """A manifest or ``data/sources.toml`` is not well formed."""


class ExtractionError(EtlError):
    """A document does not have the structure that its manifest declares."""


class UnaccountedLines(ExtractionError):
    """Lines of a document that no rule used and no rule ignored with a reason."""


class RecordError(EtlError):
    """A record, a curated file or a contributed practice breaks its model."""


class RecordsDiffer(EtlError):
    """What the documents give now is not what the committed records say."""


class OntologyError(EtlError):
    """A Turtle file cannot be read, or reasoning finds a contradiction."""


class ValidationFailed(EtlError):
    """SHACL found at least one violation; nothing was published."""


class SnapshotError(EtlError):
    """A snapshot cannot be written, found or trusted."""


class ReleaseError(EtlError):
    """A release cannot be published or withdrawn, or the ledger of releases cannot be trusted."""
