"""The list of the dumps of a snapshot, as :mod:`query_service.dumps.export` leaves it beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from query_service.dumps.records import INDEX

__all__ = ["DumpEntry", "read_listing"]


class DumpEntry(BaseModel):
    """One file among the dumps."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str = Field(min_length=1, description="name of the file")
    title: str = Field(description="what it holds, in English")
    family: str = Field(description="rdf, tables, networks or sssom")
    media_type: str = Field(description="of the content, before it was compressed")
    compressed: bool = Field(description="whether it is packed by gzip")
    graph: str | None = Field(description="name of the one graph that it holds; none for a file of all")
    size: int = Field(ge=0, alias="bytes", description="bytes of the file")
    sha256: str = Field(description="of the file")

    @property
    def content_type(self) -> str:
        """Media type of the file as it is: what is packed is sent packed."""
        if self.compressed:
            return "application/gzip"
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


_FILES: Final = TypeAdapter(tuple[DumpEntry, ...])


def read_listing(folder: Path) -> tuple[DumpEntry, ...]:
    """Files in a folder of dumps.

    :raises OSError: when there is no list of them.
    :raises ValueError: when it is none.
    """
    index = TypeAdapter(dict[str, object]).validate_json((folder / INDEX).read_bytes())
    return _FILES.validate_python(index.get("files"))
