"""The pages about the ontology: what each shows, and the templates that lay it out."""

from __future__ import annotations

import re
from typing import Any, Final

from markupsafe import Markup, escape
from pydantic import BaseModel, ConfigDict, Field

from query_service.errors import UnknownItem
from query_service.language import LANGUAGES
from query_service.ontology_pages.addresses import Addresses
from query_service.ontology_pages.diagrams import draw_class, draw_hierarchy, draw_properties, draw_property
from query_service.ontology_pages.records import Module, Question, Ref, Reference, Shape, Statement, Term
from query_service.pages import Site, render_page

__all__ = ["IndexPage", "TermPage", "render_ontology_page"]

_KINDS: Final = ("class", "object property", "datatype property", "annotation property", "value")
_IN_BRACKETS: Final = re.compile(r"<([^<>\s]+)>")


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    site: Site = Field(description="what all pages have in common")
    reference: Reference = Field(description="all that there is to say of the ontology")
    urls: Addresses = Field(description="where its links lead")
    tongues: tuple[str, ...] = Field(description="languages of labels and definitions")


class IndexPage(_Page):
    """Context of ``ontology_index.html``."""

    modules: tuple[tuple[Module, tuple[Term, ...]], ...] = Field(description="modules with their terms")
    others: tuple[Module, ...] = Field(description="alignments and declarations")
    hierarchy: Markup = Field(description="drawing of classes below classes")
    alone: tuple[Term, ...] = Field(description="classes that no other is above or below")
    drawings: dict[str, Markup] = Field(description="drawing of the properties of each module; may be empty")
    open_ended: tuple[Term, ...] = Field(description="object properties without a domain or without a range")


class TermPage(_Page):
    """Context of ``ontology_term.html``."""

    term: Term = Field(description="the term")
    module: Module = Field(description="its module")
    drawing: Markup = Field(description="drawing of what is around it; may be empty")
    told: tuple[Markup, ...] = Field(description="examples in words, with items as links")
    items: tuple[Statement, ...] = Field(description="items of a class that are shown")
    statements: tuple[Statement, ...] = Field(description="what is said of the first of them, or by a property or of a value")
    about: tuple[Shape, ...] = Field(description="shapes about the items of a class or the values of a property")
    mentioning: tuple[Shape, ...] = Field(description="other shapes that speak of it")
    questions: tuple[Question, ...] = Field(description="questions that use it")
    aligned: tuple[Ref, ...] = Field(description="what it is below in other vocabularies")
    apart: tuple[Ref, ...] = Field(description="classes of ours that share no item with it")
    apart_outside: tuple[Ref, ...] = Field(description="classes of others that share no item with it")


def render_ontology_page(reference: Reference, term: str | None, address: str, site: Site) -> bytes:
    """Lay out the index of the ontology, or the page of a term.

    :param term: its name; None for the index.
    :param address: absolute URL before every route.
    :param site: what all pages have in common.
    :raises UnknownItem: when the ontology has no such term.
    """
    urls = Addresses(reference, address, site.reading)
    common = {"site": site, "reference": reference, "urls": urls, "tongues": LANGUAGES}
    if term is None:
        return render_page("ontology_index.html", IndexPage(**common, **_index_context(reference, urls)))
    found = reference.by_name.get(term)
    if found is None:
        raise UnknownItem(f"The ontology has no term {term!r}.", found=term, mend=f"{urls.index} lists all terms")
    return render_page("ontology_term.html", TermPage(**common, **_term_context(found, reference, urls)))


def _index_context(reference: Reference, urls: Addresses) -> dict[str, Any]:
    """What the index shows besides the reference itself."""
    order = {kind: place for place, kind in enumerate(_KINDS)}
    terms = sorted(reference.terms, key=lambda term: (order[term.kind], term.name.lower()))
    modules = [module for module in reference.modules if module.kind == "module"]
    properties = [term for term in terms if term.kind == "object property"]
    return {
        "modules": tuple((module, tuple(term for term in terms if term.module == module.key)) for module in modules),
        "others": tuple(module for module in reference.modules if module.kind != "module"),
        "hierarchy": Markup(draw_hierarchy(reference, urls)),  # noqa: S704 - the drawing escapes its texts
        "alone": tuple(term for term in terms if term.kind == "class" and not term.parents and not term.children),
        "drawings": {m.key: Markup(draw_properties(reference, urls, m.key)) for m in modules},  # noqa: S704 - as above
        "open_ended": tuple(term for term in properties if not (term.domain and term.range)),
    }


def _term_context(term: Term, reference: Reference, urls: Addresses) -> dict[str, Any]:
    """What the page of a term shows besides the reference."""
    drawing = draw_class(term, reference, urls) if term.kind == "class" else draw_property(term, reference, urls)
    by_name = {shape.name: shape for shape in reference.shapes}
    shapes = [by_name[name] for name in term.shapes]
    about = [shape for shape in shapes if _is_about(shape, term, reference)]
    by_key = {question.key: question for question in reference.questions}
    items = [s for s in term.shown if s.predicate.name == "rdf:type" and term.kind == "class"]
    named = {ref.iri: ref for ref in term.named}
    return {
        "term": term,
        "module": next(module for module in reference.modules if module.key == term.module),
        "drawing": Markup(drawing),  # noqa: S704 - the drawing escapes its texts
        "told": tuple(_link_items(text, named, urls) for text in term.told),
        "items": tuple(items),
        "statements": tuple(term.shown[len(items) :]),
        "about": tuple(about),
        "mentioning": tuple(shape for shape in shapes if shape not in about),
        "questions": tuple(by_key[key] for key in term.questions),
        "aligned": tuple(ref for ref in term.parents if ref.iri not in reference.by_iri),
        "apart": tuple(ref for ref in term.disjoint if ref.iri in reference.by_iri),
        "apart_outside": tuple(ref for ref in term.disjoint if ref.iri not in reference.by_iri),
    }


def _is_about(shape: Shape, term: Term, reference: Reference) -> bool:
    if term.kind != "class":
        return f"ipg:{term.name}" in re.split(r"[^\w:]+", shape.path) or any(t.what.iri == term.iri for t in shape.targets)
    above, pending = {term.iri}, list(term.parents)
    while pending:
        ref = pending.pop()
        if ref.iri not in above:
            above.add(ref.iri)
            pending += reference.by_iri[ref.iri].parents if ref.iri in reference.by_iri else ()
    return any(target.how == "class" and target.what.iri in above for target in shape.targets)


def _link_items(text: str, named: dict[str, Any], urls: Addresses) -> Markup:
    """An example in words with its items by name, as links."""
    pieces: list[Markup] = []
    for number, part in enumerate(_IN_BRACKETS.split(text)):
        if number % 2 == 0:
            pieces.append(escape(part))
        elif ref := named.get(part):
            pieces.append(Markup('<a href="{}">{}</a>').format(urls.of(ref), ref.label))
        else:
            pieces.append(Markup("<code>{}</code>").format(part))
    return Markup("").join(pieces)
