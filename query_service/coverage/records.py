"""What a coverage finds.

The JSON of ``ipg coverage`` is :class:`Coverage`, or :class:`CellDetail` for one cell, field by field.

Items are named by their path below ``id/`` (``principle/cbp-9``), terms by compact names (``ipg:Evidenced``).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from query_service.coverage.question import Counted, DimensionName
from query_service.item_names import Item
from query_service.trace.records import LinkRecord

__all__ = [
    "Cell",
    "CellDetail",
    "Column",
    "Coverage",
    "Finding",
    "FrameworkFacts",
    "Reason",
    "Row",
    "SourceCount",
    "Status",
]

#: The three values of a cell (``ipg:coverageStatus``).
Status = Literal["ipg:Evidenced", "ipg:ReviewedNoneFound", "ipg:NotReviewed"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FrameworkFacts(_Record):
    """The framework, and the edition of it that the documents hold."""

    path: str
    title: str
    status: str | None = Field(description="ipg:Draft or ipg:Adopted, as the document prints it")
    adopted_as: str | None = Field(description="number under which it was adopted")
    issued: str | None
    documents: tuple[Item, ...] = Field(description="documents that print it")


class SourceCount(_Record):
    """A document and how many of its practices were reviewed."""

    path: str
    title: str
    practices: int
    reviewed: int


class Cell(_Record):
    """A provision in a column, or in all columns together."""

    status: Status
    found: int = Field(ge=0, description="practices found, among those reviewed")
    reviewed: int = Field(ge=0, description="practices reviewed: the denominator")


class Column(_Record):
    """A country, a level, a year and so on; the last may be the practices that state none."""

    key: str = Field(description="by which --cell names it, e.g. est")
    path: str | None = Field(description="item; none for a year and for practices that state none")
    title: str
    practices: int = Field(description="practices in this column, reviewed or not")
    reviewed: int = Field(description="practices of this column that were reviewed: the denominator of its cells")


class Row(_Record):
    """A provision."""

    path: str
    iri: str
    notation: str
    title: str
    edition: str | None = Field(description="edition of the Handbook from which it comes, where that can be told")
    cells: tuple[Cell, ...] = Field(description="one per column, in the same order")
    total: Cell = Field(description="all practices, each counted once")


class Coverage(_Record):
    """The provisions of a framework by the columns of a dimension."""

    dataset_version: str
    framework: FrameworkFacts
    by: DimensionName
    counted: Counted
    coded: bool = Field(description="whether practices were read for this framework; if not, no cell is reviewed")
    links: dict[str, int] = Field(description="links counted, by ipg:reviewState; what has no link record is inferred")
    practices: int = Field(description="all practices, each counted once")
    reviewed: int = Field(description="all practices reviewed, each counted once: the denominator of the totals")
    in_several: int = Field(description="practices reviewed that stand in several columns, and count in each")
    sources: tuple[SourceCount, ...] = Field(description="documents that the practices come from")
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = Field(description="what a reader of the figures has to know")


class Reason(_Record):
    """Why a practice counts: a link to the provision itself, or to one that leads there."""

    link: LinkRecord | None
    through: Item | None = Field(description="provision that the practice implements and from which the rest follows")
    then: str | None = Field(description="property from there, e.g. ipg:elaborates")
    then_link: LinkRecord | None = Field(description="why that provision leads there")


class Finding(_Record):
    """A practice found in a cell."""

    practice: Item
    primary: bool = Field(description="whether the provision is its primary principle")
    reasons: tuple[Reason, ...]


class CellDetail(_Record):
    """One cell with its practices."""

    dataset_version: str
    framework: FrameworkFacts
    by: DimensionName
    counted: Counted
    provision: Item
    column: Column
    cell: Cell
    found: tuple[Finding, ...] = Field(description="practices found")
    without: tuple[Item, ...] = Field(description="practices reviewed in which the provision was not found")
    not_reviewed: tuple[Item, ...] = Field(description="practices of the column that were not reviewed")
    notes: tuple[str, ...]
