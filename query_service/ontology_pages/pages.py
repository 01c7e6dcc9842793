"""The pages about the ontology: what each shows, and the templates that lay it out."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from query_service.errors import UnknownItem
from query_service.ontology_pages.addresses import Addresses
from query_service.ontology_pages.diagrams import draw_class, draw_hierarchy, draw_properties, draw_property
from query_service.ontology_pages.records import Reference, Shape, Term, Value

__all__ = ["LANGUAGES", "ONTOLOGY_POLICY", "read_style", "render_ontology_page"]

ONTOLOGY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the pages: a style sheet of this service, no script, nothing from elsewhere."""
LANGUAGES: Final = {"en": "English", "fr": "French", "de": "German"}
_TARGETS: Final = {"class": "items of", "subjects": "subjects of", "objects": "objects of", "item": ""}
_ASKED: Final = {
    "asked": "asked of the data",
    "entailed": "must follow",
    "not_entailed": "must not follow",
    "example": "example query",
}
_KINDS: Final = ("class", "object property", "datatype property", "annotation property", "value")
_IN_BRACKETS: Final = re.compile(r"<([^<>\s]+)>")


def render_ontology_page(reference: Reference, term: str | None, address: str, version: str) -> bytes:
    """Lay out the index of the ontology, or the page of a term.

    :param term: its name; None for the index.
    :param address: absolute URL before every route.
    :param version: dataset version.
    :raises UnknownItem: when the ontology has no such term.
    """
    urls = Addresses(reference, address)
    common = {
        "reference": reference,
        "urls": urls,
        "version": version,
        "languages": LANGUAGES,
        "targets": _TARGETS,
        "asked": _ASKED,
        "is_value": lambda part: isinstance(part, Value),
    }
    if term is None:
        return _write("ontology_index.html", common | _index_context(reference, urls))
    found = reference.by_name.get(term)
    if found is None:
        raise UnknownItem(f"The ontology has no term {term!r}.", found=term, mend=f"{urls.index} lists all terms")
    return _write("ontology_term.html", common | _term_context(found, reference, urls))


def read_style() -> bytes:
    """The style sheet of the pages."""
    return (files("query_service") / "static" / "ontology.css").read_bytes()


def _index_context(reference: Reference, urls: Addresses) -> dict[str, Any]:
    """What the index shows besides the reference itself.

    ``modules``: pairs of a module and its terms; ``alone``: classes that no other is above or below; ``drawings``: of each
    module; ``open_ended``: object properties without a domain or without a range.
    """
    order = {kind: place for place, kind in enumerate(_KINDS)}
    terms = sorted(reference.terms, key=lambda term: (order[term.kind], term.name.lower()))
    modules = [module for module in reference.modules if module.kind == "module"]
    properties = [term for term in terms if term.kind == "object property"]
    return {
        "modules": [(module, [term for term in terms if term.module == module.key]) for module in modules],
        "others": [module for module in reference.modules if module.kind != "module"],
        "hierarchy": Markup(draw_hierarchy(reference, urls)),  # noqa: S704 - the drawing escapes its texts
        "alone": [term for term in terms if term.kind == "class" and not term.parents and not term.children],
        "drawings": {m.key: Markup(draw_properties(reference, urls, m.key)) for m in modules},  # noqa: S704 - as above
        "open_ended": [term for term in properties if not (term.domain and term.range)],
    }


def _term_context(term: Term, reference: Reference, urls: Addresses) -> dict[str, Any]:
    """What the page of a term shows besides the term itself.

    ``items``: those of a class that are shown, and ``statements`` of the first of them, or of the property or value;
    ``aligned``: what it is below in other vocabularies, ``apart`` and ``apart_outside``: classes that share no item with it;
    ``about``: shapes about the items of a class or the values of a property, and ``mentioning``: others that speak of it.
    """
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
        "told": [_link_items(text, named, urls) for text in term.told],
        "items": items,
        "statements": term.shown[len(items) :],
        "about": about,
        "mentioning": [shape for shape in shapes if shape not in about],
        "questions": [by_key[key] for key in term.questions],
        "aligned": [ref for ref in term.parents if ref.iri not in reference.by_iri],
        "apart": [ref for ref in term.disjoint if ref.iri in reference.by_iri],
        "apart_outside": [ref for ref in term.disjoint if ref.iri not in reference.by_iri],
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


def _write(template: str, context: dict[str, Any]) -> bytes:
    return _environment().get_template(template).render(context).encode()


@cache
def _environment() -> Environment:
    loader = PackageLoader("query_service")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
