"""Why links are made, as pages show it: reason, evidence, confidence and state of review, in the language of the page."""

from __future__ import annotations

from pydantic import Field

from query_service.analyst.desk import View
from query_service.analyst.page_parts import Link, PageRecord, link_to
from query_service.analyst.things import Text
from query_service.trace.records import LinkRecord, PassageReference

__all__ = ["LinkReason", "PassageShown", "reason_of", "term_text"]


class PassageShown(PageRecord):
    """A passage: where anyone who has the document finds it."""

    url: str = Field(description="where it is described")
    document: Link = Field(description="the document")
    section: str = Field(description="printed section titles above it; empty where there are none")
    field: Text | None = Field(description="field of the template in which it stands")
    start: int = Field(description="first character")
    end: int = Field(description="character after the last one")
    wording: str = Field(description="its wording, where it may be shown; else empty")


class LinkReason(PageRecord):
    """Why one link is made."""

    rationale: str = Field(description="the reason, in our words, in English")
    strength: Text | None = Field(description="primary or secondary")
    basis: Text = Field(description="what it rests on")
    confidence: float | None = Field(description="0 to 1")
    review: Text = Field(description="state of review")
    agents: tuple[str, ...] = Field(description="who states or judges it")
    as_printed: str | None = Field(description="what the document prints, where it was corrected")
    passages: tuple[PassageShown, ...] = Field(description="evidence")
    url: str = Field(description="where the record of the link is described")


def reason_of(view: View, link: LinkRecord) -> LinkReason:
    """A record of a link as pages show it."""
    return LinkReason(
        rationale=link.rationale,
        strength=term_text(view, link.strength) if link.strength else None,
        basis=term_text(view, link.basis),
        confidence=link.confidence,
        review=term_text(view, link.review_state),
        agents=tuple(agent.name for agent in link.attributed_to),
        as_printed=link.as_printed,
        passages=tuple(_passage(view, passage) for passage in link.passages),
        url=view.reading.link(view.urls.page(link.iri)),
    )


def term_text(view: View, name: str) -> Text:
    """The label of a term of the ontology.

    :param name: its compact name, e.g. ``ipg:Primary``.
    """
    return view.things.title(view.things.facts.expand(name), view.language)


def _passage(view: View, passage: PassageReference) -> PassageShown:
    return PassageShown(
        url=view.reading.link(view.urls.page(passage.iri)),
        document=link_to(view, passage.document),
        section=passage.section or "",
        field=view.things.title(f"field/{passage.field}", view.language) if passage.field else None,
        start=passage.start,
        end=passage.end,
        wording=passage.wording or "",
    )
