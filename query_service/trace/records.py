"""What a trace asks and what it finds; the JSON of ``ipg trace`` is :class:`Trace`, field by field.

Items are named by their path below ``id/`` (``principle/cbp-9``), terms by compact names (``ipg:implements``). Each
item and each statement is described once; paths point at them by path and number.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from query_service.item_names import Item
from query_service.trace.choices import Target

__all__ = [
    "Agent",
    "Axiom",
    "Derived",
    "Hop",
    "LinkRecord",
    "PassageReference",
    "Statement",
    "Trace",
    "TracedPath",
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Agent(_Record):
    """A program, language model or person that a statement is owed to."""

    path: str = Field(description="path of the agent")
    name: str = Field(description="its name in English")


class PassageReference(_Record):
    """A passage that speaks for a statement: where anyone who has the document finds it."""

    iri: str = Field(description="IRI of the passage")
    document: str = Field(description="path of the document")
    document_title: str = Field(description="title of the document")
    section: str | None = Field(description="printed section titles above it")
    field: str | None = Field(description="field of the template in which it stands")
    start: int = Field(description="first character, in Unicode code points of the rendition")
    end: int = Field(description="character after the last one")
    sha256: str = Field(description="hash of the normalised passage")
    wording: str | None = Field(description="wording; only when asked for and the documents are present")


class LinkRecord(_Record):
    """Why a statement is made (``ipg:Link``)."""

    iri: str = Field(description="IRI of the record")
    strength: str | None = Field(description="ipg:Primary or ipg:Secondary; only of ipg:implements")
    basis: str = Field(description="ipg:StatedInSource or ipg:EditorialJudgement")
    rationale: str = Field(description="why, in our words")
    confidence: float | None = Field(description="0 to 1")
    justification: str | None = Field(description="sssom:mapping_justification")
    review_state: str = Field(description="ipg:StatedByDocument, ipg:JudgedByModel or ipg:ReviewedByPerson")
    attributed_to: tuple[Agent, ...] = Field(description="who states or judges it")
    created: date | None = Field(description="day on which it was recorded")
    as_printed: str | None = Field(description="what the document prints, where it was corrected")
    passages: tuple[PassageReference, ...] = Field(description="evidence")


class Statement(_Record):
    """A statement that at least one path walks."""

    number: int = Field(ge=1, description="by which hops point at it")
    source: str = Field(description="path of its subject")
    property: str = Field(description="its property, e.g. ipg:implements")
    target: str = Field(description="path of its object")
    words: str = Field(description="the property in words, e.g. implements")
    also: tuple[str, ...] = Field(description="properties between the same two items that say more, e.g. ipg:primaryPrinciple")
    primary: bool = Field(description="whether it names the practice's primary principle")
    asserted: bool = Field(description="false when it stands in graph/inferred only")
    structural: bool = Field(description="whether it is walked only when structure is asked for")
    tension: bool = Field(description="whether it tells of a tension or a limit")
    graphs: tuple[str, ...] = Field(description="named graphs in which it stands, e.g. curated")
    link: LinkRecord | None = Field(description="none for structure and for what is inferred")


class Hop(_Record):
    """One step of a path."""

    source: str = Field(description="item left")
    target: str = Field(description="item reached")
    along: bool = Field(description="whether the statement is walked from its source to its target")
    words: str = Field(description="the hop in words, e.g. is implemented by")
    statement: int = Field(description="number of the statement")


class Axiom(_Record):
    """An axiom of the ontology from which statements follow."""

    kind: Literal["property chain", "sub-property"] = Field(description="property chain or sub-property")
    property: str = Field(description="property of what follows")
    members: tuple[str, ...] = Field(description="properties from which it follows, in order")

    def words(self) -> str:
        """The axiom in one line."""
        if self.kind == "sub-property":
            return f"{self.members[0]} is a sub-property of {self.property}"
        return f"{' followed by '.join(self.members)} makes {self.property}"


class Derived(_Record):
    """An inferred statement that hops of a path make, and the axiom by which they do."""

    source: str = Field(description="path of the subject of what follows")
    property: str = Field(description="its property, mostly ipg:contributesTo")
    target: str = Field(description="path of its object")
    words: str = Field(description="the property in words")
    axiom: Axiom = Field(description="axiom by which it follows")
    hops: tuple[int, ...] = Field(description="numbers of the hops in the path, from 1")


class TracedPath(_Record):
    """One path: it visits no item twice."""

    hops: tuple[Hop, ...] = Field(description="its steps, in order")
    derived: tuple[Derived, ...] = Field(description="what follows from its hops")


class Trace(_Record):
    """All paths that answer a question, shortest first."""

    dataset_version: str = Field(description="version of the data, to cite")
    start: str = Field(description="path of A")
    end: str | None = Field(description="path of B, when one was named")
    to: Target | None = Field(description="kind of the items arrived at, when no end was named")
    max_hops: int = Field(description="hops of the longest path allowed")
    max_paths: int = Field(description="number of paths from which there would have been an error")
    properties: tuple[str, ...] = Field(description="properties walked")
    one_way: bool = Field(description="whether all hops of a path go the same way")
    through: bool = Field(description="whether paths go on through items of the kind arrived at")
    path_count: int = Field(description="number of paths")
    paths_by_hops: dict[int, int] = Field(description="number of paths by number of hops")
    items: tuple[Item, ...] = Field(description="start, end and every item on a path, in the order of their paths")
    statements: tuple[Statement, ...] = Field(description="every statement walked, numbered as first met")
    paths: tuple[TracedPath, ...] = Field(description="the paths, shortest first")

    @cached_property
    def item_by_path(self) -> dict[str, Item]:
        """Items by path."""
        return {item.path: item for item in self.items}

    def statement(self, number: int) -> Statement:
        """A statement by its number."""
        return self.statements[number - 1]
