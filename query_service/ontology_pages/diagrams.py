"""The drawings of the pages about the ontology: classes below classes, and properties from class to class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from query_service.ontology_pages.addresses import Addresses
from query_service.ontology_pages.drawing import Box, Edge, Row, draw
from query_service.ontology_pages.records import Ref, Reference, Term

__all__ = ["draw_class", "draw_hierarchy", "draw_properties", "draw_property"]

#: Stands for domain or range where the ontology names none.
_ANYTHING: Final = Ref(iri="", name="", label="any item")


def draw_hierarchy(reference: Reference, urls: Addresses) -> str:
    """All classes that are below another or have one below them; the more general stands further to the left."""
    classes = [term for term in reference.terms if term.kind == "class" and (term.parents or term.children)]
    refs = {term.iri: Ref(iri=term.iri, name=f"ipg:{term.name}", label=term.name) for term in classes}
    refs |= {parent.iri: parent for term in classes for parent in term.parents if parent.iri not in refs}
    parents = {term.iri: [parent.iri for parent in term.parents] for term in classes}

    def depth(iri: str) -> int:
        return max((1 + depth(parent) for parent in parents.get(iri, ())), default=0)

    boxes = [_class_box(iri, depth(iri), refs[iri], reference, urls) for iri in sorted(refs)]
    edges = [Edge(iri, parent, "below") for iri in sorted(parents) for parent in parents[iri]]
    return draw("hierarchy", urls.reading.words("ontology-draw-hierarchy"), boxes, edges)


def draw_properties(reference: Reference, urls: Addresses, module: str) -> str:
    """Object properties of a module that have both domain and range: from the class of the one to that of the other.

    Empty where there are none.
    """
    terms = [t for t in reference.terms if t.kind == "object property" and t.module == module and t.domain and t.range]
    if not terms:
        return ""
    return _draw_joined(f"properties-{module}", urls.reading.words("ontology-draw-module", name=module), terms, reference, urls)


def draw_class(term: Term, reference: Reference, urls: Addresses) -> str:
    """Object properties that lead to a class from others, and from it to others; empty where there are none."""
    outgoing = _objects(term.domain_of, reference)
    incoming = _objects(term.range_of, reference)
    if not incoming and not outgoing:
        return ""
    first = 2 if incoming else 0
    here = Box("here", first, (Row(term.name, urls.term(term.name)),), "here")
    boxes, edges = [here], []
    for n, (ref, properties) in enumerate(_grouped(incoming, lambda t: t.domain)):
        boxes += [_class_box(f"in{n}", 0, ref, reference, urls), _property_box(f"via{n}", 1, properties, urls)]
        edges += [Edge(f"in{n}", f"via{n}", "plain"), Edge(f"via{n}", "here", "joins")]
    for n, (ref, properties) in enumerate(_grouped(outgoing, lambda t: t.range)):
        boxes += [
            _property_box(f"to{n}", first + 1, properties, urls),
            _class_box(f"out{n}", first + 2, ref, reference, urls),
        ]
        edges += [Edge("here", f"to{n}", "plain"), Edge(f"to{n}", f"out{n}", "joins")]
    return draw("around", urls.reading.words("ontology-draw-class", name=term.name), boxes, edges)


def draw_property(term: Term, reference: Reference, urls: Addresses) -> str:
    """A property from its domain to its range; empty where it has neither, or leads to no items."""
    if term.kind != "object property" or not (term.domain or term.range):
        return ""
    return _draw_joined(
        "around", urls.reading.words("ontology-draw-property", name=term.name), [term], reference, urls, here=True
    )


def _draw_joined(name: str, title: str, terms: list[Term], reference: Reference, urls: Addresses, *, here: bool = False) -> str:
    pairs: dict[tuple[str, str], list[Term]] = defaultdict(list)
    refs: dict[str, Ref] = {"": _ANYTHING}
    for term in terms:
        start, end = (term.domain or (_ANYTHING,))[0], (term.range or (_ANYTHING,))[0]
        refs |= {start.iri: start, end.iri: end}
        pairs[start.iri, end.iri].append(term)
    boxes = [_class_box(f"from {iri}", 0, refs[iri], reference, urls) for iri in sorted({start for start, _ in pairs})]
    boxes += [_class_box(f"to {iri}", 2, refs[iri], reference, urls) for iri in sorted({end for _, end in pairs})]
    edges = []
    for (source, target), properties in sorted(pairs.items()):
        key = f"{source} {target}"
        box = _property_box(key, 1, properties, urls)
        boxes.append(box._replace(kind="here") if here else box)
        edges += [Edge(f"from {source}", key, "plain"), Edge(key, f"to {target}", "joins")]
    return draw(name, title, boxes, edges)


def _objects(refs: Iterable[Ref], reference: Reference) -> list[Term]:
    found = [reference.by_iri[ref.iri] for ref in refs if ref.iri in reference.by_iri]
    return [term for term in found if term.kind == "object property"]


def _grouped(terms: list[Term], side: Callable[[Term], tuple[Ref, ...]]) -> list[tuple[Ref, list[Term]]]:
    """Properties by the class at one side of them."""
    groups: dict[str, tuple[Ref, list[Term]]] = {}
    for term in terms:
        ref = next(iter(side(term)), _ANYTHING)
        groups.setdefault(ref.iri, (ref, []))[1].append(term)
    return [groups[iri] for iri in sorted(groups)]


def _class_box(key: str, column: int, ref: Ref, reference: Reference, urls: Addresses) -> Box:
    known = reference.by_iri.get(ref.iri)
    row = Row(known.name if known else ref.name or urls.reading.words("ontology-any-item"), urls.of(ref) if ref.iri else "")
    return Box(key, column, (row,), "class" if known else "outside")


def _property_box(key: str, column: int, properties: list[Term], urls: Addresses) -> Box:
    return Box(key, column, tuple(Row(term.name, urls.term(term.name)) for term in properties), "property")
