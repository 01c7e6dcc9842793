"""What is handed to the process that reads a file of own practices, and what it hands back."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from query_service.suggest.records import DraftSuggestions

__all__ = ["Checked", "OwnPractice", "Remark", "RemarkKind", "Work"]

#: Files that cannot be read at all, or not as a table.
_OfFile = Literal[
    "empty", "unknown-file", "old-excel", "macros", "broken-workbook", "unpacked", "encoding", "nul", "syntax",
    "no-header", "no-column", "doubled-column", "too-many-rows", "no-practice",
]  # fmt: skip
#: Rows that are left out.
_OfRow = Literal["more-cells", "empty-cell", "too-long", "too-few-words", "no-known-word", "same-title"]
#: What a reader should know although everything is used.
_Told = Literal[
    "unknown-column", "missing-cell", "no-value", "few-words", "foreign-words", "unknown-country", "unknown-type", "unknown-area"
]
RemarkKind = Literal[_OfFile, _OfRow, _Told]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Work(_Record):
    """What is to be done with a file."""

    base: str = Field(description="base of the IRIs of the dataset")
    version: str = Field(description="version of the dataset")
    answers: dict[str, list[dict[str, str]]] = Field(description="what the dataset answers to the questions of the comparison")
    labels: dict[str, str] = Field(description="further names of columns, in small letters, with the names that they stand for")
    top: int = Field(description="how many provisions of each series are suggested for a practice")
    rows: int = Field(description="most practices")
    unpacked_bytes: int = Field(description="most bytes that a workbook may unpack to")


class OwnPractice(_Record):
    """A practice of the file; a column that it does not have is empty."""

    row: int = Field(description="row of the file, from 1")
    title: str
    country: str = ""
    locality: str = ""
    type: str = ""
    area: str = ""
    duration: str = ""
    purpose: str = ""
    stimulus: str = ""
    process: str = ""
    impact: str = ""
    references: str = ""


class Remark(_Record):
    """Something about a file, one of its rows or one of its cells."""

    kind: RemarkKind
    row: int | None = Field(default=None, description="row of the file, from 1; none where it is about the whole")
    column: str = Field(default="", description="name of the column, as the file has it")
    found: str = Field(default="", description="what is there")
    expected: str = Field(default="", description="what should be there, where that is a number or a list")
    near: tuple[str, ...] = Field(default=(), description="what may have been meant")


class Checked(_Record):
    """A file, read and compared."""

    failures: tuple[Remark, ...] = Field(default=(), description="why nothing of it can be used")
    left_out: tuple[Remark, ...] = Field(default=(), description="why rows were left out")
    remarks: tuple[Remark, ...] = Field(default=(), description="what else there is to know")
    practices: tuple[OwnPractice, ...] = Field(default=(), description="practices that were compared")
    suggestions: tuple[DraftSuggestions, ...] = Field(default=(), description="what is suggested for each, in the same order")
