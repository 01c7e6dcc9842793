"""What the manifest of this document declares."""

from __future__ import annotations

from pydantic import model_validator

from etl.citations import CitationFacts
from etl.identifiers import ConceptPath, Iso3, ItemPath, PassageKey, make_slug
from etl.manifest import Manifest
from etl.reading import SectionFacts
from etl.records import Instrument, Record

__all__ = [
    "AgreedFacts",
    "BlockFacts",
    "ChapterFacts",
    "GlossaryFacts",
    "GuideFacts",
    "GuideRecommendation",
    "InteractionFacts",
    "InterestFacts",
    "NoteFacts",
    "RecommendationFacts",
    "ReportFacts",
    "ReportManifest",
    "ReportSection",
    "SkillsFacts",
    "SkillsGroup",
    "SummaryFacts",
    "TermFacts",
]


class ReportSection(SectionFacts):
    """A section of the report: ``paragraphs`` are the first and last number in it."""

    paragraphs: tuple[int, int] | None = None


class ReportFacts(Record):
    """The report; lines that begin like ``broken_lines`` continue a sentence and are no list items."""

    broken_lines: tuple[str, ...]
    sections: tuple[ReportSection, ...]


class RecommendationFacts(Record):
    """A recommendation of the Committee of Ministers: how each part of its frame begins."""

    framework: ItemPath
    key: PassageKey
    appendix: str
    heading: tuple[str, ...]
    adoption_begins: tuple[str, ...]
    preamble_begins: tuple[str, ...]
    opening_begins: tuple[str, ...]
    closing_begins: tuple[str, ...]


class InteractionFacts(RecommendationFacts):
    """The recommendation on interaction, printed twice; ``without_dot`` are measures whose number has none."""

    appendix_of_repetition: str
    measures: int
    without_dot: tuple[int, ...]


class SkillsGroup(Record):
    """A heading of the annex on skills and the paragraphs below it, first and last."""

    printed: str
    paragraphs: tuple[int, int] | None = None
    parent: ConceptPath | None = None

    @property
    def concept(self) -> ConceptPath:
        """Concept of the heading."""
        return f"heading/skills-{make_slug(self.printed)}"


class SkillsFacts(RecommendationFacts):
    """The recommendation on skills; ``lines`` are numbers of lines of paragraphs that have several."""

    annex_heading: str
    groups: tuple[SkillsGroup, ...]
    lines: dict[int, int]


class TermFacts(Record):
    """A term of the glossary and the number of lines of its definition."""

    name: str
    lines: int


class GlossaryFacts(Record):
    """The glossary."""

    heading: str
    terms: tuple[TermFacts, ...]


class GuideRecommendation(Record):
    """A key recommendation: how its title begins in summary and chapter, and its lines and page number in the summary."""

    number: str
    title_begins: str
    page: int
    summary_lines: int = 1


class BlockFacts(Record):
    """One or more key recommendations with the text and questions that follow them."""

    recommendations: tuple[GuideRecommendation, ...]
    lines: int
    questions: int
    questions_heading: str


class ChapterFacts(Record):
    """A chapter of the guide: sections of text, then key recommendations."""

    sections: tuple[SectionFacts, ...]
    blocks: tuple[BlockFacts, ...] = ()


class SummaryFacts(Record):
    """The list of key recommendations."""

    heading: str
    opening_begins: str


class GuideFacts(Record):
    """The guide; ``misnumbered_parts`` are questions whose parts bear other numbers than their order."""

    framework: ItemPath
    front: tuple[SectionFacts, ...]
    summary: SummaryFacts
    chapters: tuple[ChapterFacts, ...]
    misnumbered_parts: dict[str, tuple[str, ...]]


class AgreedFacts(Record):
    """The commonly agreed principles and the number of documents they are drawn from."""

    framework: ItemPath
    appendix: str
    heading: str
    opening_begins: str
    sources: int
    principles: int


class NoteFacts(Record):
    """A footnote, the passage that calls it, and how its number stands there."""

    number: int
    passage: PassageKey
    called: str


class InterestFacts(Record):
    """A list of states that declared interest in a working group, and the paragraph that sets the group up."""

    group: ItemPath
    list: PassageKey
    set_up: PassageKey
    states: int


class ReportManifest(Manifest):
    """Manifest of this document."""

    front: SectionFacts
    report: ReportFacts
    agenda: tuple[SectionFacts, ...]
    interaction: InteractionFacts
    skills: SkillsFacts
    glossary: GlossaryFacts
    guide: GuideFacts
    agreed: AgreedFacts
    notes: tuple[NoteFacts, ...]
    interest: tuple[InterestFacts, ...]
    states: dict[str, Iso3]
    instruments: tuple[Instrument, ...]
    citations: tuple[CitationFacts, ...]

    @model_validator(mode="after")
    def _instruments_are_cited(self) -> ReportManifest:
        cited = {citation.target for citation in self.citations}
        for instrument in self.instruments:
            if instrument.path not in cited:
                raise ValueError(f"{instrument.path} is cited nowhere")
        return self
