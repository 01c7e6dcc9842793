"""What the manifest of the ASSESS compendium declares, beside what every manifest does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from etl.citations import CitationFacts
from etl.identifiers import ConceptPath, Iso3, ItemPath, Key
from etl.manifest import Manifest
from etl.records import Duration, Instrument, Record, TemplateField, Text

__all__ = [
    "AssessManifest",
    "CriterionSet",
    "DeclaredBody",
    "DeclaredDuration",
    "DeclaredEntry",
    "DeclaredFootnote",
    "DeclaredFunder",
    "DeclaredFunding",
    "DeclaredLocality",
    "DeclaredSection",
]

#: The two sets of criteria in the annex; the templates of the entries have the same names.
CriterionSet = Literal["integration", "monitoring"]


class DeclaredSection(Record):
    """A section of the compendium, in the order of the contents.

    :ivar under: slug of the section that it is part of.
    :ivar type: practice type of its entries where the section's title alone states it.
    :ivar criteria: set of criteria that it lists, for the parts of the annex.
    """

    heading: Text
    slug: Key
    under: Key | None = None
    type: ConceptPath | None = None
    criteria: CriterionSet | None = None


class DeclaredFunder(Record):
    """An organisation or fund in a funding line."""

    printed: Text
    actor: Key


class DeclaredFunding(Record):
    """A line of the funding field as printed, with the organisations it names; a line may name none."""

    printed: Text
    funders: tuple[DeclaredFunder, ...] = ()


class DeclaredBody(Record):
    """An organisation in the field of the enacting entities.

    :ivar kind: kind of organisation as printed before it.
    """

    printed: Text
    actor: Key
    role: Literal["lead", "partner"]
    kind: Text | None = None


class DeclaredDuration(Duration):
    """A phrase about the practice's own time, and the field in which it stands: the template has no field for it."""

    field: TemplateField


class DeclaredLocality(Record):
    """A place below the entry's country, and the field in which it stands."""

    printed: Text
    path: ItemPath
    kind: Literal["municipality", "region", "other"]
    field: TemplateField


class DeclaredEntry(Record):
    """An entry: its heading as printed, and what its fields are expected to hold.

    :ivar listed_under: the country heading above its own.
    :ivar heading_lines: its heading, line by line.
    :ivar criteria: criteria whose headings it prints, in its order.
    :ivar absent: fields of its template that it does not print.
    """

    slug: Key
    section: Key
    template: CriterionSet
    listed_under: Text
    country: Iso3
    heading_lines: Annotated[tuple[Text, ...], Field(min_length=1)]
    titles: dict[str, Text]
    criteria: tuple[Key, ...]
    absent: tuple[TemplateField, ...] = ()
    duration: DeclaredDuration | None = None
    localities: tuple[DeclaredLocality, ...] = ()
    bodies: Annotated[tuple[DeclaredBody, ...], Field(min_length=1)]
    funding: Annotated[tuple[DeclaredFunding, ...], Field(min_length=1)]


class DeclaredFootnote(Record):
    """A footnote: the section or entry that calls it, and whether its address is a page about the practice."""

    number: Text
    within: Key
    page: bool = False


class AssessManifest(Manifest):
    """Outline, template, values and entries of the compendium.

    :ivar title_page_lines: number of lines before the contents.
    :ivar broken_after: ends of lines that a page break cuts off from a continuation with a capital letter.
    :ivar unfinished: ends of paragraphs that do not close a sentence.
    :ivar not_available: values that say that there is nothing to state.
    :ivar focuses: values of the focus field.
    :ivar templates: per template its labels in order: group labels as printed, fields by name.
    :ivar labels: fields by printed label.
    :ivar criterion_headings: per set, keys of the criteria that a printed heading stands for.
    """

    title_page_lines: int
    contents_heading: Text
    broken_after: tuple[Text, ...]
    unfinished: tuple[Text, ...]
    not_available: tuple[Text, ...]
    focuses: tuple[Text, ...]
    sections: tuple[DeclaredSection, ...]
    templates: dict[CriterionSet, tuple[Text, ...]]
    labels: dict[Text, TemplateField]
    types: dict[Text, tuple[ConceptPath, ...]]
    target_groups: dict[Text, tuple[ConceptPath, ...]]
    criterion_headings: dict[CriterionSet, dict[Text, tuple[Key, ...]]]
    footnotes: tuple[DeclaredFootnote, ...]
    entries: tuple[DeclaredEntry, ...]
    instruments: tuple[Instrument, ...]
    citations: tuple[CitationFacts, ...]

    def section_path(self, slug: Key) -> tuple[str, ...]:
        """Headings of a section and the one above it, outermost first."""
        section = next(section for section in self.sections if section.slug == slug)
        return (*(self.section_path(section.under) if section.under else ()), section.heading)
