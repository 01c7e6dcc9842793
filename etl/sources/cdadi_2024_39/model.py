"""What the manifest of the compendium declares: four TOML files, so that each can be read in one sitting.

- ``manifest.toml``    counts, title page, labels of the common template, headings, the Canadian chapter
- ``entries.toml``     the entries in the order of the body
- ``lookups.toml``     printed types and areas with their concepts, repairs of web addresses
- ``references.toml``  instruments the document cites, and entries that point to another entry
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from etl.identifiers import ConceptPath, Iso3, ItemPath, Key
from etl.manifest import Manifest, load_manifest
from etl.records import Record, TemplateField

__all__ = [
    "Area",
    "ChapterFacts",
    "CompendiumManifest",
    "CountryByText",
    "CrossReference",
    "Declarations",
    "DurationReading",
    "EntryFacts",
    "InstrumentFacts",
    "Label",
    "LocalityFacts",
    "Lookups",
    "Party",
    "References",
    "Repair",
    "SectionFacts",
    "load_declarations",
]

Text = Annotated[str, Field(min_length=1)]
Texts = tuple[Text, ...]


class Label(Record):
    """A label of the common template as some entry prints it, without its colon.

    :ivar fields: the fields it opens; two where an entry merges them.
    :ivar longer: whether further words may stand between the label and its colon.
    """

    printed: Text
    fields: Annotated[tuple[TemplateField, ...], Field(min_length=1, max_length=2)]
    longer: bool = False


class Area(Record):
    """An area of intervention that the introduction declares.

    :ivar printed: its form there, without footnote marks.
    """

    printed: Text


class SectionFacts(Record):
    """A section of the Canadian chapter; the first one stands under the chapter's own heading."""

    key: Key
    printed: Text | None = None


class ChapterFacts(Record):
    """The chapter outside every denominator.

    :ivar under: the words of its heading that name its country.
    """

    slug: Key
    chapter: Text
    heading: Text
    under: Text
    country: Iso3
    sections: Annotated[tuple[SectionFacts, ...], Field(min_length=1)]
    false_labels: Texts = ()
    continuations: Texts = ()


class CompendiumManifest(Manifest):
    """``manifest.toml``.

    :ivar title_page: its lines in order.
    :ivar contents: heading of the table of contents.
    :ivar introduction: heading of the introduction.
    :ivar template: fields of the common template; one that an entry leaves out or empty is not stated.
    :ivar single: fields that hold one value and no paragraphs.
    :ivar headings: what the headings between chapter and entry stand for: a country's code, or None for another body.
    """

    title_page: Texts
    contents: Text
    introduction: Text
    declared_areas: tuple[Area, ...]
    template: tuple[TemplateField, ...]
    single: tuple[TemplateField, ...]
    labels: tuple[Label, ...]
    headings: dict[Text, Iso3 | Literal[""]]
    chapter: ChapterFacts

    @model_validator(mode="after")
    def _distinct_labels(self) -> CompendiumManifest:
        printed = [label.printed for label in self.labels]
        if len(set(printed)) != len(printed):
            raise ValueError("a label is declared twice")
        return self


class CountryByText(Record):
    """A country that the text of an entry names as one where the practice runs.

    :ivar printed: what names it there.
    :ivar reason: why that means this country, where the name printed is not the country's.
    """

    iso3: Iso3
    printed: Text
    reason: Text | None = None


class LocalityFacts(Record):
    """A place below a country in which a practice runs.

    :ivar name: as printed, but not in capitals where only a heading prints it.
    :ivar country: where it is not the country of the heading.
    """

    name: Text
    kind: Literal["municipality", "region", "other"]
    country: Iso3 | None = None


class DurationReading(Record):
    """How to read a duration that has more than one reading, or that is told in whole sentences.

    :ivar printed: the stretches that state the time, where the field prints sentences around them.
    :ivar start_year: a year printed there; with ``reason``, it replaces what the general rules would read.
    """

    printed: Texts = ()
    start_year: int | None = None
    end_year: int | None = None
    ongoing: bool = False
    reason: Text | None = None


class Party(Record):
    """Organisations to which a label inside an entry gives a role.

    :ivar label: the words that state the role; the names stand in its paragraph or after it.
    :ivar reason: why the role is another than the label says.
    """

    role: Literal["lead", "partner", "funder"]
    label: Text
    printed: Annotated[Texts, Field(min_length=1)]
    reason: Text | None = None


class EntryFacts(Record):
    """An entry, in the order of the body.

    :ivar heading: the heading line exactly as the body prints it.
    :ivar title: the heading without place, actor or marks of emphasis, in ``language``.
    :ivar titles: the title in other languages, where heading or text prints it.
    :ivar fields: the fields that its labels open, in order; ``a+b`` where one label opens two.
    :ivar false_labels: words before a colon at the start of a line that are no label of the template.
    :ivar continuations: first words of lines that continue the paragraph before a page break.
    :ivar in_contents: its line in the table of contents, where that differs in more than marks and case.
    """

    slug: Key
    heading: Text
    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    titles: dict[str, Text] = Field(default_factory=dict)
    chapter: Text
    under: Text
    fields: Text
    countries: tuple[CountryByText, ...] = ()
    localities: tuple[LocalityFacts, ...] = ()
    duration: DurationReading | None = None
    parties: tuple[Party, ...] = ()
    false_labels: Texts = ()
    continuations: Texts = ()
    in_contents: Text | None = None

    @model_validator(mode="after")
    def _consistent(self) -> EntryFacts:
        if "en" not in {self.language, *self.titles}:
            raise ValueError(f"{self.slug}: an English title is missing")
        opened = [name for name, _ in groupby("+".join(self.fields.split()).split("+"))]
        if len(set(opened)) != len(opened):
            raise ValueError(f"{self.slug}: a field is opened again after another one: {self.fields}")
        return self


class _Entries(Record):
    entries: tuple[EntryFacts, ...]

    @model_validator(mode="after")
    def _distinct(self) -> _Entries:
        slugs = [entry.slug for entry in self.entries]
        if len(set(slugs)) != len(slugs):
            raise ValueError("two entries have the same slug")
        return self


class Repair(Record):
    """A web address that cannot be followed as printed.

    :ivar drop: what to drop from it, at its first place.
    """

    printed: Text
    drop: Text
    reason: Text

    @property
    def iri(self) -> str:
        """The address to follow."""
        return self.printed.replace(self.drop, "", 1)


class Lookups(Record):
    """``lookups.toml``: concepts by printed part, in lower case, and repaired addresses."""

    types: dict[Text, ConceptPath]
    areas: dict[Text, ConceptPath]
    repairs: tuple[Repair, ...] = ()


class InstrumentFacts(Record):
    """An instrument that the document cites.

    :ivar name: its name as printed.
    :ivar forms: forms by which the document cites it, the name itself unless it says otherwise.
    :ivar within: entries whose text means this instrument by these forms; everywhere when empty.
    """

    slug: Key
    name: Text
    reference: Text | None = None
    year: int | None = None
    forms: Texts = ()
    within: tuple[Key, ...] = ()


class CrossReference(Record):
    """An entry that names or points to another entry.

    :ivar printed: the words that do so.
    """

    entry: Key
    to: ItemPath
    printed: Text


class References(Record):
    """``references.toml``."""

    instruments: tuple[InstrumentFacts, ...]
    cross_references: tuple[CrossReference, ...]


class Declarations(Record):
    """Everything that is declared about the document."""

    manifest: CompendiumManifest
    entries: tuple[EntryFacts, ...]
    lookups: Lookups
    references: References


def load_declarations(folder: Path = Path(__file__).parent) -> Declarations:
    """Read the four files.

    :raises ManifestError: when one cannot be read, is not TOML or breaks its model.
    """
    return Declarations(
        manifest=load_manifest(folder / "manifest.toml", CompendiumManifest),
        entries=load_manifest(folder / "entries.toml", _Entries).entries,
        lookups=load_manifest(folder / "lookups.toml", Lookups),
        references=load_manifest(folder / "references.toml", References),
    )
