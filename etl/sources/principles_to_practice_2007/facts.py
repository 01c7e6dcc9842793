"""What the manifest of this document declares."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

from pydantic import Field, model_validator

from etl.citations import CitationFacts
from etl.identifiers import ConceptPath, ItemPath, Key, make_slug
from etl.manifest import Manifest
from etl.reading import SectionFacts
from etl.records import Instrument, Record

__all__ = ["ConclusionMarks", "Edition", "HeadingFacts", "PrincipleFacts", "PrinciplesManifest", "RelatedRange"]


class Edition(Record):
    """A judgement on which edition of the Handbook a heading comes from; without framework it cannot be told."""

    framework: ItemPath | None = None
    confidence: Annotated[float, Field(gt=0, le=1)] | None = None
    reason: str


class HeadingFacts(Record):
    """A heading, as the body prints it and as the contents do, and the conclusions right below it."""

    printed: str
    heading_in_contents: str
    conclusions: tuple[int, int]
    edition: Key
    parent: ConceptPath | None = None

    @property
    def concept(self) -> ConceptPath:
        """Concept of the heading."""
        return f"heading/{make_slug(self.printed)}"


class RelatedRange(Record):
    """A range of conclusions printed as related to a principle, by the heading under which they stand.

    :ivar corrected: the range that the paper's own numbering gives, where another is printed.
    """

    printed: str
    subject_printed: str
    heading: ConceptPath
    corrected: str | None = None


class PrincipleFacts(Record):
    """A principle: how its title begins in each of the three places, and what stands below it."""

    number: int
    title_begins: str
    title_in_contents_begins: str
    title_in_list_begins: str
    lines_in_list: int = 1
    opening: str
    opening_second: str | None = None
    headings: tuple[HeadingFacts, ...] = ()
    related: tuple[RelatedRange, ...] = ()

    @property
    def path(self) -> ItemPath:
        """Path of the principle."""
        return f"principle/cbp-{self.number}"


class ConclusionMarks(Record):
    """Numbers of the conclusions printed otherwise than ``- 1``."""

    asterisks: tuple[int, ...]
    without_dash: tuple[int, ...]
    broken: tuple[int, ...]


class PrinciplesManifest(Manifest):
    """Manifest of this document."""

    front: tuple[SectionFacts, ...]
    introduction: tuple[SectionFacts, ...]
    after_list: tuple[SectionFacts, ...]
    imprint: SectionFacts
    conclusions: ConclusionMarks
    editions: dict[Key, Edition]
    principles: tuple[PrincipleFacts, ...]
    instruments: tuple[Instrument, ...]
    citations: tuple[CitationFacts, ...]

    @model_validator(mode="after")
    def _headings_agree(self) -> PrinciplesManifest:
        concepts = {heading.concept for heading in self.headings}
        for name in {heading.parent for heading in self.headings if heading.parent} - concepts:
            raise ValueError(f"parent {name} is no heading")
        for name in {heading.edition for heading in self.headings} - set(self.editions):
            raise ValueError(f"edition {name} is not described")
        return self

    @property
    def headings(self) -> tuple[HeadingFacts, ...]:
        """All headings in order."""
        return tuple(chain.from_iterable(principle.headings for principle in self.principles))

    def below(self, concept: ConceptPath) -> range:
        """Numbers of the conclusions under a heading and the headings below it, by the paper's numbering."""
        ranges = [heading.conclusions for heading in self.headings if concept in (heading.concept, heading.parent)]
        return range(min(first for first, _ in ranges), max(last for _, last in ranges) + 1)
