"""The pages of the network and of the ranking of organisations as records: each field is a key of a template."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.naming import Named
from query_service.pages import Site

__all__ = ["ActorsPage", "NetworkPage", "Option", "Pages", "ShownActor", "ShownLink", "ShownNode", "Way"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Record):
    """A choice of the form."""

    value: str
    name: str
    language: str = ""
    is_chosen: bool


class Way(_Record):
    """A link to a file or another page."""

    url: str
    text: str


class ShownNode(_Record):
    """A node in the table."""

    item: Named
    kind: str
    links: int
    bar: int = Field(description="length of its bar, of 100")


class ShownLink(_Record):
    """A link in the table."""

    source: Named
    words: str
    target: Named
    strength: str
    standing: str = Field(description="basis, review and confidence")
    rationale: str
    record: str = Field(description="page of its record; empty where it has none")


class Pages(_Record):
    """Which part of a table is shown."""

    first: int
    last: int
    count: int
    previous: str
    following: str


class NetworkPage(_Record):
    """Context of ``network.html``."""

    site: Site
    action: str
    frameworks: tuple[Option, ...]
    relations: tuple[Option, ...]
    countries: tuple[Option, ...]
    strengths: tuple[Option, ...]
    linked_only: bool
    is_usual: bool = Field(description="whether nothing was chosen")
    nodes: tuple[ShownNode, ...]
    links: tuple[ShownLink, ...]
    pages: Pages
    downloads: tuple[Way, ...]
    data: str = Field(description="address of the network as JSON, for the drawing")
    has_script: bool = Field(description="whether the script that draws has been built")
    kinds: tuple[tuple[str, str], ...] = Field(description="kinds of nodes shown, with their names")
    told: dict[str, str] = Field(description="words that the script needs, by their name")
    actors: str = Field(description="the ranking of organisations")


class ShownActor(_Record):
    """An organisation in the ranking."""

    rank: int
    item: Named
    principles: tuple[Named, ...]
    primary: tuple[str, ...] = Field(description="paths of principles that come first in one of its practices")
    practices: tuple[tuple[Named, str, str], ...] = Field(description="practice, roles in it, and the trace to its principles")


class ActorsPage(_Record):
    """Context of ``actors.html``."""

    site: Site
    action: str
    roles: tuple[Option, ...]
    countries: tuple[Option, ...]
    actors: tuple[ShownActor, ...]
    pages: Pages
    downloads: tuple[Way, ...]
    network: str
