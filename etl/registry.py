"""The register of documents (``data/sources.toml``) and the search for their renditions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from etl.errors import ManifestError, SourceError
from etl.identifiers import ItemPath, Key
from etl.records import Record, Sha256
from etl.rendition import Rendition

__all__ = ["RegisteredDocument", "find_renditions", "load_registry"]


class RegisteredDocument(Record):
    """What is known of a document; what neither it nor a checked source states is None.

    :ivar file: name of its text rendition in the folder of documents.
    :ivar issuers: who issued it, as printed; ``publishers`` are the actors meant.
    :ivar date: as far as it is known: ``2008-04`` or ``2010-12-16``.
    :ivar recorded: day on which its statements were recorded, ISO 8601.
    """

    file: str
    sha256: Sha256
    title: str
    issuers: tuple[str, ...]
    publishers: tuple[ItemPath, ...] = ()
    authors: tuple[str, ...] = ()
    reference: str | None = None
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    status: Literal["final", "report", "draft", "contributed"]
    language: Literal["en"]
    landing_page: str | None = None
    publisher_page: str | None = None
    recorded: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


def load_registry(path: Path) -> dict[Key, RegisteredDocument]:
    """Read the register: documents by slug, in its order.

    :raises ManifestError: when it cannot be read, is not TOML (with line and column) or a field is wrong (with its name).
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError(str(path), f"cannot be read ({error.strerror})", "the source register", "restore the file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(str(path), f"is not TOML: {error}", "TOML 1.0 in UTF-8", "correct the line named") from error
    try:
        return TypeAdapter(dict[Key, RegisteredDocument]).validate_python(table)
    except ValidationError as error:
        first = error.errors()[0]
        slug, *field = (str(part) for part in first["loc"])
        where = f"{path}: [{slug}] {'.'.join(field)}".rstrip()
        raise ManifestError(where, f"{first['msg']} (found {first['input']!r})", "see the other entries", "correct it") from error


def find_renditions(registry: dict[Key, RegisteredDocument], folder: Path | None, *, explicit: bool) -> dict[Key, Rendition]:
    """Find and check the renditions of the registered documents.

    :param folder: where the documents are; None or an absent default folder means that there are none.
    :param explicit: whether a person named the folder; then every registered document must be in it.
    :returns: renditions by slug, only those found.
    :raises SourceError: when a document is missing from a named folder, is not UTF-8, or differs from its registered hash.
    """
    if folder is None or not folder.is_dir():
        if explicit and folder is not None:
            raise SourceError(str(folder), "is no folder", "the folder of the documents", "correct --sources or IPG_SOURCES")
        return {}
    found: dict[Key, Rendition] = {}
    for slug, document in registry.items():
        path = folder / document.file
        if not path.exists():
            if explicit:
                raise SourceError(
                    str(path),
                    f"document {slug} is missing",
                    f"the text rendition with SHA-256 {document.sha256}",
                    "put the file there, or leave --sources and IPG_SOURCES out to build from the committed records",
                )
            continue
        rendition = Rendition.read(slug, path)
        if rendition.sha256 != document.sha256:
            raise SourceError(
                str(path),
                f"document {slug} has SHA-256 {rendition.sha256}",
                document.sha256,
                f"restore the file, or register the new rendition under [{slug}] in data/sources.toml and extract it again",
            )
        found[slug] = rendition
    return found
