"""The records between documents and graphs: frozen, validated once, free of input and output.

Extracted records hold facts and stand-off references only, never a document's wording. Everything a reader of a
document judges lives in curated files (:mod:`etl.curation`) and is applied last.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from etl.identifiers import ConceptPath, Iso3, ItemPath, Key, PassageKey

__all__ = [
    "TEMPLATE_FIELDS",
    "Citation",
    "DocumentRecords",
    "Duration",
    "Footnote",
    "GlossaryTerm",
    "Heading",
    "Instrument",
    "Locality",
    "Mention",
    "Page",
    "Passage",
    "PracticeRecord",
    "PrintedConcept",
    "PrintedLink",
    "ProvisionRecord",
    "QuestionRecord",
    "Record",
    "Sha256",
    "SiteFact",
    "TemplateField",
    "ThemeRecord",
]

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, Field(min_length=1)]
Year = Annotated[int, Field(ge=1900, le=2100)]

#: Fields of the templates of both compendia, each a concept ``id/field/{name}``.
TemplateField = Literal[
    "type", "area", "duration", "purpose", "stimulus", "process", "impact", "references",
    "target-group", "enacting-entity", "funding", "website", "monitored", "focus", "context", "objectives", "activities",
    "challenges", "criteria",
]  # fmt: skip
TEMPLATE_FIELDS: tuple[str, ...] = TemplateField.__args__  # type: ignore[attr-defined]


class Record(BaseModel):
    """Base of all records: immutable, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Passage(Record):
    """A stand-off reference to a stretch of a document's rendition.

    :ivar section: titles of the sections around it, outermost first, as printed.
    :ivar start: offset of its first code point in the rendition (inclusive).
    :ivar end: offset after its last code point (exclusive).
    :ivar sha256: of the passage as :func:`etl.rendition.normalise_passage` normalises it.
    :ivar part_of: key of the passage that contains it.
    :ivar field: template field it belongs to, for practices.
    """

    key: PassageKey
    section: tuple[Text, ...] = ()
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    sha256: Sha256
    kind: Literal["entry", "field", "paragraph", "heading", "list-item", "footnote", "explanation", "statement", "section"]
    part_of: PassageKey | None = None
    field: TemplateField | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Passage:
        if self.start >= self.end:
            raise ValueError(f"passage {self.key}: start {self.start} is not before end {self.end}")
        return self


class Heading(Record):
    """A printed heading under which provisions stand.

    :ivar concept: its concept, e.g. ``heading/integration-governance``.
    :ivar parent: the printed heading above it, where the print shows a level.
    """

    concept: ConceptPath
    printed: Text
    under: ItemPath
    parent: ConceptPath | None = None
    passage: PassageKey


class ProvisionRecord(Record):
    """A principle, conclusion, recommendation or guideline as its document prints it.

    :ivar notation: its printed number, e.g. ``1`` or ``1.1``.
    :ivar official_name: its printed name where that is a name of at most 12 words and not a sentence of its text.
    :ivar passages: where it stands: the provision itself first, then explanations and repetitions.
    :ivar elaborates: the principle under which a conclusion is listed.
    :ivar edition: framework of the Handbook edition a conclusion comes from, where the document lets it be told.
    :ivar edition_confidence: how sure, 0 to 1.
    """

    path: ItemPath
    kind: Literal["principle", "conclusion", "recommendation", "guideline"]
    framework: ItemPath
    notation: Text
    official_name: Text | None = None
    passages: Annotated[tuple[PassageKey, ...], Field(min_length=1)]
    heading: ConceptPath | None = None
    elaborates: ItemPath | None = None
    edition: ItemPath | None = None
    edition_confidence: Annotated[float, Field(gt=0, le=1)] | None = None
    edition_reason: Text | None = None
    as_printed: Text | None = None


class QuestionRecord(Record):
    """A question for implementation of the guide, asked under one recommendation or two.

    :ivar parts: number of lettered parts printed in it, 1 where there is none.
    """

    path: ItemPath
    notation: Text
    recommendations: Annotated[tuple[ItemPath, ...], Field(min_length=1)]
    parts: Annotated[int, Field(ge=1)] = 1
    passage: PassageKey


class GlossaryTerm(Record):
    """A term that a document defines; the definition itself is only pointed at."""

    path: ItemPath
    name: Text
    passage: PassageKey


class ThemeRecord(Record):
    """A theme of the web site, or a sub-topic when ``parent`` is given."""

    path: ConceptPath
    printed: Text
    parent: ConceptPath | None = None
    passage: PassageKey


class SiteFact(Record):
    """A fact that a document states about its subject, e.g. who commissioned the web site.

    :ivar property: what is stated, as a key (``commissioned-by``, ``developed-by``, ``content-type``, ``language``).
    :ivar value: the name as printed.
    :ivar actor: the organisation's path where the value names one.
    """

    property: Key
    value: Text
    actor: ItemPath | None = None
    passage: PassageKey


class Instrument(Record):
    """A legal instrument, policy document or publication that a document cites.

    :ivar printed: its name as printed.
    :ivar reference: its number as printed, e.g. ``ETS No. 93``.
    :ivar year: the year printed with it.
    """

    path: ItemPath
    printed: Text
    reference: Text | None = None
    year: Year | None = None


class Citation(Record):
    """A printed reference from an item, framework or document to an instrument, document or item."""

    source: ItemPath
    target: ItemPath
    passage: PassageKey


class PrintedLink(Record):
    """A link that a document itself states, e.g. one of the conclusions related to a principle.

    :ivar property: local name of the ontology property, e.g. ``elaborates``, ``relatedTo``.
    :ivar as_printed: the printed form where a correction changed it, e.g. ``32-35``.
    """

    source: ItemPath
    property: Text
    target: ItemPath
    passages: Annotated[tuple[PassageKey, ...], Field(min_length=1)]
    as_printed: Text | None = None


class PrintedConcept(Record):
    """A concept and the form in which an entry prints it."""

    concept: ConceptPath
    printed: Text


class Duration(Record):
    """What an entry prints about its time, and the years that can be read from it.

    Years are printed ones only, never computed from a length.
    """

    printed: Text
    start_year: Year | None = None
    end_year: Year | None = None
    ongoing: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Duration:
        if self.start_year and self.end_year and self.start_year > self.end_year:
            raise ValueError(f"impossible duration {self.printed!r}: starts {self.start_year}, ends {self.end_year}")
        return self


class Locality(Record):
    """A place below the country that a heading or field names."""

    path: ItemPath
    printed: Text
    kind: Literal["municipality", "region", "other"]
    country: Iso3


class Page(Record):
    """A web address an entry prints; unchecked. ``iri`` differs from ``printed`` only by a repair, with its reason."""

    iri: Text
    printed: Text
    repair: Text | None = None
    passage: PassageKey


class Mention(Record):
    """An organisation named in an entry.

    :ivar printed: the name as printed there first.
    :ivar role: what a field states: ``lead`` for enacting or leading, ``partner``, ``funder``; else only named.
    :ivar kind_printed: kind of organisation as the entry prints it ("Public bodies", "NGO").
    """

    actor: ItemPath
    printed: Text
    role: Literal["lead", "partner", "funder", "named"] = "named"
    kind_printed: Text | None = None
    passages: Annotated[tuple[PassageKey, ...], Field(min_length=1)]


class Footnote(Record):
    """A footnote: its printed number and where it stands, apart from the field that calls it."""

    number: Text
    passage: PassageKey


class PracticeRecord(Record):
    """A practice (or the context chapter) as its document prints it.

    :ivar path: ``practice/{slug}``, or ``chapter/{slug}`` for the chapter outside every denominator.
    :ivar order: position among the entries of its document, from 1.
    :ivar headings: the heading lines as printed, joined per heading.
    :ivar title: body heading without place or actor prefix.
    :ivar titles: the title per BCP 47 language where the heading prints several; English among them where printed.
    :ivar countries: every country it runs in by heading or text, ISO 3166-1 alpha-3.
    :ivar listed_under: the heading it stands under.
    :ivar fields: passage of each template field that the entry fills.
    :ivar not_stated: template fields of its document's template that the entry does not fill.
    :ivar funding: lines of the funding field as printed (facts: fund and programme names).
    """

    path: ItemPath
    document: Key
    order: Annotated[int, Field(ge=1)]
    headings: Annotated[tuple[Text, ...], Field(min_length=1)]
    title: Text
    titles: dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], Text]
    monitoring: bool = False
    chapter: Text
    listed_under: Text
    countries: tuple[Iso3, ...] = ()
    localities: tuple[Locality, ...] = ()
    types: tuple[PrintedConcept, ...] = ()
    type_printed: Text | None = None
    areas: tuple[PrintedConcept, ...] = ()
    area_printed: Text | None = None
    target_groups: tuple[PrintedConcept, ...] = ()
    target_group_printed: Text | None = None
    duration: Duration | None = None
    funding: tuple[Text, ...] = ()
    criteria: tuple[ItemPath, ...] = ()
    pages: tuple[Page, ...] = ()
    mentions: tuple[Mention, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    entry: PassageKey
    fields: dict[TemplateField, PassageKey]
    not_stated: tuple[TemplateField, ...] = ()


class DocumentRecords(Record):
    """Everything extracted from one document; committed under ``data/records/{document}/``.

    :ivar document: slug of the document.
    :ivar rendition_sha256: of the rendition the offsets refer to.
    :ivar rendition_length: of the rendition, in code points.
    :ivar ignored: lines of the document left out, by reason.
    """

    document: Key
    rendition_sha256: Sha256
    rendition_length: Annotated[int, Field(gt=0)]
    passages: tuple[Passage, ...]
    provisions: tuple[ProvisionRecord, ...] = ()
    questions: tuple[QuestionRecord, ...] = ()
    headings: tuple[Heading, ...] = ()
    themes: tuple[ThemeRecord, ...] = ()
    criteria: tuple[PrintedCriterion, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    facts: tuple[SiteFact, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[PrintedLink, ...] = ()
    mentions: tuple[Mention, ...] = ()
    practices: tuple[PracticeRecord, ...] = ()
    ignored: dict[Text, int] = {}


class PrintedCriterion(Record):
    """A criterion of the annex with its guiding questions, which are only pointed at."""

    path: ItemPath
    printed: Text
    set: Literal["integration", "monitoring"]
    questions: Annotated[int, Field(ge=1)]
    passage: PassageKey


DocumentRecords.model_rebuild()
