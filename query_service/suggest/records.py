"""What is suggested; the JSON of ``ipg suggest`` is :class:`Suggestions`, field by field.

Items are named by their path below ``id/`` (``principle/cbp-9``), terms by compact names (``ipg:Suggested``). Nothing here
is asserted by anybody: a suggestion has the basis ``ipg:Suggested`` and no state of review.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from query_service.item_names import Item

__all__ = [
    "FEWEST_WORDS",
    "FOREIGN_SHARE",
    "FORMAT_NAMES",
    "SERIES",
    "SHORT_WORDS",
    "Draft",
    "DraftSuggestions",
    "Reason",
    "Series",
    "SeriesSuggestions",
    "SuggestFormat",
    "Suggestion",
    "Suggestions",
]

SuggestFormat = Literal["text", "json", "csv"]
FORMAT_NAMES: Final[tuple[SuggestFormat, ...]] = get_args(SuggestFormat)
#: Drafts with fewer different words are refused.
FEWEST_WORDS: Final = 5
#: Below this, a suggestion rests on little: a short sentence has about so many words.
SHORT_WORDS: Final = 20
#: English drafts know two of three words or more; texts in French or German know one of four.
FOREIGN_SHARE: Final = 0.5
#: What is suggested: the Common Basic Principles, the Handbooks' conclusions, the measures on interaction.
Series = Literal["principles", "conclusions", "measures"]
#: Framework of each series.
SERIES: Final[dict[Series, str]] = {
    "principles": "eu-cbp-2004",
    "conclusions": "eu-handbook-conclusions-2007",
    "measures": "coe-interaction-2011",
}


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Draft(_Record):
    """A practice that is not in the graph."""

    title: str | None = Field(description="its title, where it has one")
    text: str = Field(description="what is said of it, in English")
    name: str = Field(description="how messages call it, e.g. the row of a table")


class Reason(_Record):
    """A reviewed practice, or a provision, that speaks for a suggestion because the draft resembles its texts."""

    item: Item
    relation: Literal["implements", "elaborates", "is"] = Field(
        description="practices implement the provision suggested, conclusions elaborate it, and it is itself"
    )
    strength: str | None = Field(description="ipg:Primary or ipg:Secondary; only of a practice")
    link: str | None = Field(description="IRI of the link between the two; only of a practice")
    review_state: str | None = Field(description="of that link, not of the suggestion")
    share: float = Field(description="its part of the score, 0 to 1")
    words: tuple[str, ...] = Field(description="words of the draft that its texts have too, the weightiest first")


class Suggestion(_Record):
    """A provision that the draft may implement."""

    rank: int
    provision: Item
    notation: str = Field(description="its number in its series")
    basis: Literal["ipg:Suggested"] = "ipg:Suggested"
    score: float = Field(description="likeness, 0 to 1; it orders suggestions and is no probability")
    words: tuple[str, ...] = Field(description="words of the draft that weigh most")
    reasons: tuple[Reason, ...] = Field(description="what makes most of the score, practices first")


class SeriesSuggestions(_Record):
    """Suggestions from one framework."""

    series: Series
    framework: Item
    suggestions: tuple[Suggestion, ...]


class DraftSuggestions(_Record):
    """What is suggested for one draft."""

    title: str | None
    words: int = Field(description="different words of the draft")
    known_words: int = Field(description="those that stand in the texts it is compared with")
    notes: tuple[str, ...] = Field(description="what lowers the worth of these suggestions")
    series: tuple[SeriesSuggestions, ...]


class Suggestions(_Record):
    """Everything suggested, and what it rests on."""

    dataset_version: str
    practices: int = Field(description="reviewed practices compared with")
    provisions: int = Field(description="provisions compared with")
    texts: int = Field(description="titles with summaries, and rationales, compared with")
    drafts: tuple[DraftSuggestions, ...]
