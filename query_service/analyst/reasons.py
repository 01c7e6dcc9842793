"""Why a statement is made, as pages for analysts show it: strength, basis, rationale, passages, who judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import View
from query_service.analyst.naming import Named, namer_of
from query_service.analyst.things import Text
from query_service.trace.facts import Facts
from query_service.trace.records import LinkRecord, PassageReference

__all__ = [
    "ShownPassage",
    "ShownReason",
    "matches_of",
    "show_passage",
    "show_reason",
    "statement_facts",
]

_FIELDS: Final = "field/"
_TURNED: Final = {"narrowMatch": "broadMatch", "broadMatch": "narrowMatch"}


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ShownPassage(_Record):
    """A passage that speaks for a statement, or that a provision consists of."""

    url: str = Field(description="page of the passage")
    document: Named = Field(description="document; its page tells where it can be had")
    where: str = Field(description="section as printed, and field of the template")
    start: int = Field(description="first character, from 0")
    end: int = Field(description="character after the last one")
    wording: str = Field(description="wording, where it may be shown; else empty")


class ShownReason(_Record):
    """The record of why a statement is made."""

    url: str = Field(description="page of the record")
    strength: str = Field(description="primary or secondary; empty where there is none")
    is_primary: bool = Field(description="whether the strength is primary")
    basis: str = Field(description="whether the document states it or somebody judged")
    review: str = Field(description="who has reviewed it")
    confidence: str = Field(description="0 to 1; empty where none is given")
    rationale: str = Field(description="why, in our words, in English")
    judged_by: str = Field(description="who states or judges it")
    as_printed: str = Field(description="what the document prints, where it was corrected")
    passages: tuple[ShownPassage, ...] = Field(description="evidence")


def statement_facts(view: View) -> Facts:
    """Statements between items with their reasons, read once for each version of the dataset."""
    return view.analysis.kept("statements", lambda: Facts(view.analysis.source))


def matches_of(view: View, also: Sequence[str], *, backwards: bool) -> str:
    """Kinds of match that hold too between the ends of a statement, in words.

    :param also: properties that hold too, e.g. ``skos:narrowMatch``.
    :param backwards: whether they are told from their objects: what is narrower than another has it as a broader one.
    """
    names = [name.partition(":")[2] for name in also if name.startswith("skos:")]
    return ", ".join(view.reading.words(f"match-{_TURNED.get(name, name) if backwards else name}") for name in names)


def show_reason(view: View, link: LinkRecord) -> ShownReason:
    """A link record as pages show it."""
    return ShownReason(
        url=view.urls.page(link.iri),
        strength=namer_of(view).term(link.strength or ""),
        is_primary=link.strength == "ipg:Primary",
        basis=namer_of(view).term(link.basis),
        review=namer_of(view).term(link.review_state),
        confidence="" if link.confidence is None else f"{link.confidence:g}",
        rationale=link.rationale,
        judged_by=", ".join(view.things.title(agent.path, view.language).text for agent in link.attributed_to),
        as_printed=link.as_printed or "",
        passages=tuple(show_passage(view, passage) for passage in link.passages),
    )


def show_passage(view: View, passage: PassageReference) -> ShownPassage:
    """A passage as pages show it."""
    field: Text | None = view.things.title(_FIELDS + passage.field, view.language) if passage.field else None
    return ShownPassage(
        url=view.urls.page(passage.iri),
        document=namer_of(view).item(passage.document),
        where=", ".join(filter(None, [passage.section, field.text if field else ""])),
        start=passage.start,
        end=passage.end,
        wording=passage.wording or "",
    )
