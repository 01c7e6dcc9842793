"""The page of a trace as a record: each field is a key of its template."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.naming import Named
from query_service.analyst.reasons import ShownReason
from query_service.pages import Site

__all__ = ["Form", "Found", "Option", "ShownHop", "ShownPath", "ShownStatement", "TracePage", "Trouble", "Way"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Record):
    """A choice of the form."""

    value: str
    name: str
    is_chosen: bool


class Way(_Record):
    """A link to another question."""

    url: str
    text: str
    language: str = ""


class Form(_Record):
    """The form as it is filled in."""

    start: str
    end: str
    kinds: tuple[Option, ...] = Field(description="kinds to arrive at")
    hops: tuple[Option, ...] = Field(description="lengths of the longest path")
    links: tuple[Option, ...] = Field(description="links to walk")
    structure: bool
    one_way: bool
    through: bool
    version: str
    offered: tuple[str, ...] = Field(description="items that the fields offer")


class ShownStatement(_Record):
    """A statement and why it is made; told once on a page."""

    number: int
    asserted: bool
    graphs: str
    reason: ShownReason | None


class ShownHop(_Record):
    """One step of a path."""

    words: str
    matches: str = Field(description="kind of match, where there is one")
    source: Named
    target: Named
    along: bool
    is_first: bool = Field(description="whether its statement is explained here")
    statement: ShownStatement


class ShownPath(_Record):
    """One path with what follows from it."""

    number: int
    hops: tuple[ShownHop, ...]
    inferred: tuple[str, ...]


class Found(_Record):
    """What was found."""

    start: Named
    end: Named | None
    to: str = Field(description="kind arrived at, in words; empty where an item was named")
    count: int
    lengths: tuple[Way, ...] = Field(description="numbers of paths by length, each with the question for no longer ones")
    paths: tuple[ShownPath, ...]
    first: int
    last: int
    previous: str = Field(description="address of the page before; empty on the first")
    following: str = Field(description="address of the page after; empty on the last")
    picture: str = Field(description="SVG; empty where nothing was found")
    is_whole: bool = Field(description="whether the picture has all paths")
    fits: bool = Field(description="whether the picture can be read when it is as wide as a wide window")
    permalink: str
    downloads: tuple[Way, ...]
    wider: tuple[Way, ...] = Field(description="questions that may find more")
    served: str = Field(description="version in service, where this trace is of another; else empty")
    has_wording: bool = Field(description="whether wordings are shown")


class Trouble(_Record):
    """Why there is no answer, and ways out."""

    title: str
    detail: str
    mend: str = Field(description="in English; may be empty")
    near: tuple[tuple[str, tuple[Way, ...]], ...] = Field(description="what was typed, with items of a like name")
    narrower: tuple[Way, ...] = Field(description="questions with fewer paths")
    version: str = Field(description="version asked for, where it is the trouble; else empty")
    here: str = Field(description="the same question to the version in service; empty where that is not the trouble")
    snapshot: str = Field(description="where the version asked for is to be had, if it can; else empty")


class TracePage(_Record):
    """Context of ``trace.html``."""

    site: Site
    form: Form
    action: str = Field(description="address that the form is sent to")
    examples: tuple[Way, ...] = Field(description="questions to begin with")
    found: Found | None
    trouble: Trouble | None
