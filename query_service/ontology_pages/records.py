"""The reference of the ontology as the build leaves it in a snapshot: ``ontology-reference.json``."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from query_service.errors import NotFound, SnapshotUnusable

__all__ = ["Module", "Question", "Ref", "Reference", "Scheme", "Shape", "Statement", "Target", "Term", "Value", "read_reference"]

_FILE: Final = "ontology-reference.json"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Ref(_Part):
    """Something with an IRI.

    :ivar name: its compact name, or its IRI where no prefix fits.
    :ivar label: in English where there is one.
    """

    iri: str
    name: str
    label: str


class Value(_Part):
    """A literal, cut where it is long."""

    text: str
    language: str = ""
    datatype: str = ""


class Statement(_Part):
    """A triple of the data."""

    subject: Ref
    predicate: Ref
    object: Ref | Value


class Target(_Part):
    """What a shape is about: the items of a class, the subjects or objects of a property, or an item itself."""

    how: Literal["class", "subjects", "objects", "item"]
    what: Ref


class Shape(_Part):
    """A rule of the shapes.

    :ivar rule: stable number of the rule.
    :ivar path: property path; empty where the rule is about the items themselves.
    :ivar constraints: what it asks for, in words.
    """

    name: str
    rule: str
    message: str
    severity: str
    targets: tuple[Target, ...]
    path: str
    constraints: tuple[str, ...]


class Question(_Part):
    """A competency question or an example query.

    :ivar given: Turtle from which something must, or must not, follow.
    """

    key: str
    kind: Literal["asked", "entailed", "not_entailed", "example"]
    texts: dict[str, str]
    query: str
    given: str = ""


class Module(_Part):
    """A file of the ontology."""

    key: str
    iri: str
    kind: Literal["module", "alignment", "declarations"]
    title: str
    description: str
    version: str
    notes: tuple[str, ...]
    changes: tuple[str, ...]
    imports: tuple[str, ...]


class Term(_Part):
    """A term of the ontology.

    :ivar told: examples in words, with IRIs in angle brackets.
    :ivar named: the items that these name.
    :ivar chains: properties that together imply this one.
    :ivar uses: items of a class, statements of a property or about a value, in all public data.
    :ivar unused: why no data use it; empty where some do.
    :ivar shown: statements of the data that show it.
    :ivar shapes: names of the shapes that concern it; ``questions`` are keys.
    :ivar since: version of the ontology that has it first.
    """

    name: str
    iri: str
    kind: str
    module: str
    labels: dict[str, str]
    definitions: dict[str, str]
    notes: tuple[str, ...]
    told: tuple[str, ...]
    named: tuple[Ref, ...]
    parents: tuple[Ref, ...]
    children: tuple[Ref, ...]
    disjoint: tuple[Ref, ...]
    domain: tuple[Ref, ...]
    range: tuple[Ref, ...]
    traits: tuple[str, ...]
    chains: tuple[tuple[Ref, ...], ...]
    in_chains_of: tuple[Ref, ...]
    classes: tuple[Ref, ...]
    values: tuple[Ref, ...]
    domain_of: tuple[Ref, ...]
    range_of: tuple[Ref, ...]
    uses: int
    unused: str
    shown: tuple[Statement, ...]
    shapes: tuple[str, ...]
    questions: tuple[str, ...]
    deprecated: bool
    replaced_by: tuple[Ref, ...]
    since: str
    changes: tuple[str, ...]


class Scheme(_Part):
    """A concept scheme of the vocabularies."""

    iri: str
    labels: dict[str, str]
    definitions: dict[str, str]
    concepts: int


class Reference(_Part):
    """All that there is to say of the ontology.

    :ivar reused: declared terms of other vocabularies, with how often data use them.
    """

    format: Literal[1]
    namespace: str
    title: str
    description: str
    version: str
    licence: str
    modules: tuple[Module, ...]
    terms: tuple[Term, ...]
    shapes: tuple[Shape, ...]
    questions: tuple[Question, ...]
    schemes: tuple[Scheme, ...]
    reused: tuple[tuple[Ref, int], ...]

    @cached_property
    def by_name(self) -> dict[str, Term]:
        """Terms by their names."""
        return {term.name: term for term in self.terms}

    @cached_property
    def by_iri(self) -> dict[str, Term]:
        """Terms by their IRIs."""
        return {term.iri: term for term in self.terms}

    @property
    def base(self) -> str:
        """Base of the IRIs."""
        return self.namespace.removesuffix("ontology#")


def read_reference(folder: Path) -> Reference:
    """Read the reference of a snapshot.

    :param folder: the snapshot.
    :raises NotFound: when it holds none, as snapshots of foreign data do.
    :raises SnapshotUnusable: when it is not one that this service can lay out.
    """
    try:
        return Reference.model_validate_json((folder / _FILE).read_bytes())
    except FileNotFoundError:
        raise NotFound("The dataset in service does not describe an ontology.", mend="build a snapshot with ipg build") from None
    except (OSError, ValidationError) as error:
        raise SnapshotUnusable(f"{folder / _FILE} cannot be read", found=str(error), mend="run `ipg build --force`") from None
