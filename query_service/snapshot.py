"""A snapshot as the build leaves it: a folder with ``manifest.json`` and ``store/``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from query_service.errors import SnapshotUnusable

__all__ = ["DefaultGraphEntry", "GraphEntry", "Manifest", "Snapshot", "read_snapshot"]

_REBUILD = "run `ipg build`"


class GraphEntry(BaseModel):
    """One named graph.

    :ivar sha256: of its canonical N-Quads; empty where the snapshot does not tell.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    iri: str = Field(min_length=1)
    triples: int = Field(ge=0)
    public: bool
    in_default: bool
    sha256: str = ""


class DefaultGraphEntry(BaseModel):
    """The default graph: the set union of the graphs that are marked ``in_default``."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    triples: int = Field(ge=0)


class Manifest(BaseModel):
    """The part of ``manifest.json`` that the service needs; other keys are the build's."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: Literal[1]
    version: str = Field(pattern=r"^[0-9A-Za-z.+-]+$")
    base: str = Field(min_length=1)
    graphs: dict[str, GraphEntry]
    default_graph: DefaultGraphEntry

    @property
    def quads(self) -> int:
        """Statements of all graphs, the default graph included."""
        return self.default_graph.triples + sum(graph.triples for graph in self.graphs.values())


@dataclass(frozen=True)
class Snapshot:
    """A snapshot that can be served.

    :param folder: where it really is; a link that is later pointed elsewhere does not move it.
    """

    folder: Path
    manifest: Manifest

    @property
    def store(self) -> Path:
        """Folder of the Oxigraph store."""
        return self.folder / "store"

    @property
    def statements(self) -> list[Path]:
        """Files with the statements of all named graphs, in N-Quads; none where only the store has them."""
        return [file for name in ("dataset.nq", "private.nq") if (file := self.folder / name).is_file()]

    @property
    def version(self) -> str:
        """Dataset version, as every answer carries it."""
        return self.manifest.version

    @property
    def private_graphs(self) -> frozenset[str]:
        """IRIs of the graphs that are for the holder of the documents alone."""
        return frozenset(graph.iri for graph in self.manifest.graphs.values() if not graph.public)


def read_snapshot(folder: Path) -> Snapshot:
    """Read and check the manifest of a snapshot.

    :param folder: the snapshot, or a link to it.
    :raises SnapshotUnusable: when there is none, or it is not whole.
    """
    try:
        where = folder.resolve(strict=True)
        text = (where / "manifest.json").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SnapshotUnusable(f"there is no snapshot at {folder}", found=f"no {error.filename}", mend=_REBUILD) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotUnusable(f"the snapshot at {folder} cannot be read", found=str(error)) from None
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise SnapshotUnusable(
            f"{where / 'manifest.json'}: {field}", found=first["msg"], expected="a manifest of format 1", mend=_REBUILD
        ) from None
    if not (where / "store").is_dir():
        raise SnapshotUnusable(f"the snapshot at {where} is not whole", found="no folder store", mend=_REBUILD)
    return Snapshot(where, manifest)
