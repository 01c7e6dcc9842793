"""Counts of what a dataset holds, taken in one pass: triples, things, properties, classes, datatypes and languages.

Counting is kept apart from writing (:mod:`etl.graphs.partitions`), which decides how much of it is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from etl.namespaces import expand

__all__ = ["Class", "Part", "Property", "Statistics", "count"]

Term = NamedNode | BlankNode | Literal | Triple


@dataclass
class Part:
    """Some of the triples of a dataset.

    :ivar subjects: numbers of the distinct subjects; numbers, as sets of them are quick.
    """

    triples: int = 0
    subjects: set[int] = field(default_factory=set)
    objects: set[int] = field(default_factory=set)

    def add(self, subject: int, value: int) -> None:
        """Count a triple; equal triples are given once."""
        self.triples += 1
        self.subjects.add(subject)
        self.objects.add(value)


@dataclass
class Property(Part):
    """The triples of one property.

    :ivar classes: those whose object is a member of a class, by class; an object may have several.
    :ivar datatypes: those whose object is a literal, by datatype.
    :ivar languages: those whose object is a text in a language, by tag as written.
    """

    classes: dict[NamedNode, Part] = field(default_factory=lambda: defaultdict(Part))
    datatypes: dict[NamedNode, Part] = field(default_factory=lambda: defaultdict(Part))
    languages: dict[str, Part] = field(default_factory=lambda: defaultdict(Part))


@dataclass
class Class(Part):
    """The triples about the members of one class; its subjects are the members."""

    properties: dict[NamedNode, Property] = field(default_factory=lambda: defaultdict(Property))


@dataclass
class Statistics(Part):
    """A dataset as a whole and in parts.

    :ivar terms: subjects and objects; the numbers in all parts are places in it.
    :ivar languages: triples whose object is a text in a language, by tag.
    """

    terms: list[Term] = field(default_factory=list)
    properties: dict[NamedNode, Property] = field(default_factory=lambda: defaultdict(Property))
    classes: dict[NamedNode, Class] = field(default_factory=lambda: defaultdict(Class))
    languages: dict[str, Part] = field(default_factory=lambda: defaultdict(Part))

    def members(self, part: Part) -> Iterator[NamedNode]:
        """Subjects of a part that have an IRI."""
        return (term for term in (self.terms[number] for number in part.subjects) if isinstance(term, NamedNode))


def count(triples: Iterable[Triple]) -> Statistics:
    """Count triples.

    :param triples: each once; a class is what one of them gives as an IRI for ``rdf:type``.
    """
    numbers: dict[Term, int] = {}
    known: dict[NamedNode, NamedNode] = {}
    rows: list[tuple[int, NamedNode, int, Term]] = []
    kinds: dict[int, list[NamedNode]] = defaultdict(list)
    for triple in triples:
        value = triple.object
        subject = numbers.setdefault(triple.subject, len(numbers))
        link = known.setdefault(triple.predicate, triple.predicate)
        rows.append((subject, link, numbers.setdefault(value, len(numbers)), value))
        if link == expand("rdf:type") and isinstance(value, NamedNode):
            kinds[subject].append(known.setdefault(value, value))
    found = Statistics(terms=list(numbers))
    for subject, link, number, value in rows:
        found.add(subject, number)
        literal = value if isinstance(value, Literal) else None
        objects = [] if literal else kinds.get(number, [])
        parts = [found.properties[link], *_class_parts(found, kinds.get(subject, []), subject, link, number)]
        for part in parts:
            _add(part, subject, number, literal, objects)
        if literal and literal.language:
            found.languages[literal.language].add(subject, number)
    return found


def _class_parts(found: Statistics, kinds: list[NamedNode], subject: int, link: NamedNode, number: int) -> Iterator[Property]:
    for kind in kinds:
        part = found.classes[kind]
        part.add(subject, number)
        yield part.properties[link]


def _add(part: Property, subject: int, number: int, literal: Literal | None, objects: list[NamedNode]) -> None:
    part.add(subject, number)
    for kind in objects:
        part.classes[kind].add(subject, number)
    if literal:
        part.datatypes[literal.datatype].add(subject, number)
        if literal.language:
            part.languages[literal.language].add(subject, number)
