"""The page on a provision as a record: each field is a key of its template."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.naming import Named
from query_service.analyst.reasons import ShownPassage, ShownReason
from query_service.linked_data.item_page import Download, ItemPage
from query_service.pages import Site

__all__ = [
    "Column",
    "Group",
    "InferredPractice",
    "LaidOut",
    "PracticeLine",
    "ProvisionPage",
    "Related",
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PracticeLine(_Record):
    """A practice that implements the provision, and why we say so."""

    item: Named
    countries: tuple[Named, ...]
    reason: ShownReason | None
    trace: str = Field(description="the trace between the two")


class InferredPractice(_Record):
    """A practice that contributes by inference alone."""

    item: Named
    through: tuple[Named, ...]
    trace: str


class Related(_Record):
    """An item that a statement joins to the provision."""

    item: Named
    framework: Named | None
    match: str = Field(description="kind of match, in words; empty where there is none")
    reason: ShownReason | None


class Group(_Record):
    """Items that statements of one kind join to the provision."""

    title: str
    items: tuple[Related, ...]


class Column(_Record):
    """A country or a level with what was found there."""

    name: str
    language: str
    url: str
    found: int
    reviewed: int


class LaidOut(_Record):
    """The provision by country or by level, in three values."""

    title: str
    evidenced: tuple[Column, ...]
    none_found: tuple[Column, ...]
    not_reviewed: tuple[Column, ...]
    url: str = Field(description="the whole framework laid out")


class ProvisionPage(_Record):
    """Context of ``provision.html``."""

    site: Site
    item: ItemPage = Field(description="the page that every item has")
    kind: str = Field(description="what it is, in words")
    number: str
    title: str
    title_language: str
    framework: Named
    heading: Named | None
    edition: Named | None = Field(description="edition of the Handbook that it comes from, where that can be told")
    summary: str
    summary_language: str
    themes: tuple[Named, ...]
    wording: tuple[ShownPassage, ...] = Field(description="where its official wording stands, the main place first")
    has_wording: bool = Field(description="whether the wording may be shown")
    primary: tuple[PracticeLine, ...]
    secondary: tuple[PracticeLine, ...]
    inferred: tuple[InferredPractice, ...]
    is_principle: bool = Field(description="whether practices may contribute to it by inference")
    is_read: bool = Field(description="whether practices were read for its framework")
    reviewed: int = Field(description="practices that were read for it")
    total: int = Field(description="all practices")
    leading: tuple[Group, ...] = Field(description="provisions that elaborate or support it, or that it elaborates or supports")
    related: tuple[Group, ...] = Field(description="counterparts, tensions, limits, criteria and references")
    questions: tuple[Named, ...] = Field(description="questions of the guide")
    questions_on: Named | None = Field(
        description="counterpart that the questions stand under, where it is not the provision itself"
    )
    laid_out: tuple[LaidOut, ...]
    trace: str = Field(description="the trace from it to practices")
    practice_downloads: tuple[tuple[str, str], ...] = Field(
        description="practices with reasons: names of formats with their addresses"
    )
    before: Named | None
    after: Named | None
    listing: str = Field(description="its framework in the listing")
    downloads: tuple[Download, ...]
