"""What the reference says: modules, terms, shapes, questions, schemes, and terms of other vocabularies."""

from __future__ import annotations

from typing import Literal

from etl.records import Record

__all__ = ["Module", "Question", "Ref", "Reference", "Scheme", "Shape", "Statement", "Target", "Term", "Value"]


class Ref(Record):
    """Something with an IRI.

    :ivar name: its compact name, or its IRI where no prefix fits.
    :ivar label: in English where there is one.
    """

    iri: str
    name: str
    label: str


class Value(Record):
    """A literal, cut where it is long."""

    text: str
    language: str = ""
    datatype: str = ""


class Statement(Record):
    """A triple of the data."""

    subject: Ref
    predicate: Ref
    object: Ref | Value


class Target(Record):
    """What a shape is about.

    :ivar how: the items of a class, the subjects or objects of a property, or the item itself.
    """

    how: Literal["class", "subjects", "objects", "item"]
    what: Ref


class Shape(Record):
    """A rule of the shapes.

    :ivar rule: stable number that its message begins with; empty where it has none of its own.
    :ivar path: property path in the notation of SPARQL; empty where the rule is about the items themselves.
    :ivar constraints: what it asks for, in words.
    """

    name: str
    iri: str
    rule: str
    message: str
    severity: str
    targets: tuple[Target, ...]
    path: str
    constraints: tuple[str, ...]


class Question(Record):
    """A competency question or an example query.

    :ivar kind: asked of data, must follow, must not follow, or an example query that readers can run.
    :ivar given: Turtle from which something must, or must not, follow.
    """

    key: str
    kind: Literal["asked", "entailed", "not_entailed", "example"]
    texts: dict[str, str]
    query: str
    given: str = ""


class Module(Record):
    """A file of the ontology.

    :ivar kind: whether it defines terms, relates them to other vocabularies, or declares theirs.
    """

    key: str
    iri: str
    kind: Literal["module", "alignment", "declarations"]
    title: str
    description: str
    version: str
    notes: tuple[str, ...]
    changes: tuple[str, ...]
    imports: tuple[str, ...]


class Term(Record):
    """A term of the ontology.

    :ivar told: examples in words, as the ontology gives them, with IRIs in angle brackets.
    :ivar named: the items that these name.
    :ivar disjoint: classes that share no item with it.
    :ivar chains: properties that together imply this one.
    :ivar uses: items of a class, statements of a property or about a value, in all public data.
    :ivar unused: why no data use it; empty where some do.
    :ivar shown: statements of the data that show it.
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


class Scheme(Record):
    """A concept scheme of the vocabularies."""

    iri: str
    labels: dict[str, str]
    definitions: dict[str, str]
    concepts: int


class Reference(Record):
    """All of it.

    :ivar reused: declared terms of other vocabularies, with how often data use them.
    """

    format: Literal[1] = 1
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
