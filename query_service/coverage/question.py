"""What a coverage asks, and as what it can be written."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["DIMENSION_NAMES", "FORMAT_NAMES", "Counted", "CoverageFormat", "CoverageQuestion", "DimensionName", "format_of"]

#: What counts as a practice of a provision: asserted links, primary principles alone, or what follows from links too.
Counted = Literal["asserted", "primary", "inferred"]
#: What the columns can be.
DimensionName = Literal[
    "country", "level", "target-group", "theme", "sub-theme", "type", "area", "year", "evidence-type", "document"
]
DIMENSION_NAMES: Final[tuple[DimensionName, ...]] = get_args(DimensionName)
CoverageFormat = Literal["text", "csv", "json", "xlsx", "svg", "png"]
FORMAT_NAMES: Final[tuple[CoverageFormat, ...]] = get_args(CoverageFormat)
_ENDINGS: Final[dict[str, CoverageFormat]] = {
    ".txt": "text",
    ".csv": "csv",
    ".json": "json",
    ".xlsx": "xlsx",
    ".svg": "svg",
    ".png": "png",
}


class CoverageQuestion(BaseModel):
    """What is to be laid out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    framework: str = Field(default="eu-cbp-2004", description="framework whose provisions are the rows")
    by: DimensionName = Field(default="country", description="what the columns are")
    counted: Counted = Field(default="asserted", description="what counts as a practice of a provision")


def format_of(file: PurePath) -> CoverageFormat | None:
    """The format that the ending of a file's name says; none if it says none."""
    return _ENDINGS.get(file.suffix.lower())
