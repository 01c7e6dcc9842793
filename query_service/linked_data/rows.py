"""Statements grouped by property, as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from query_service.linked_data.labels import Labels
from query_service.linked_data.records import iri_of
from query_service.linked_data.values import PropertyRow
from query_service.urls import Urls

__all__ = ["rows_of"]


def rows_of(quads: Iterable[Quad], urls: Urls, labels: Labels, most: int, *, backwards: bool = False) -> tuple[PropertyRow, ...]:
    """Statements grouped by property.

    :param most: values of one property that are shown.
    :param backwards: whether subjects are the values: what leads to an item.
    """
    found: dict[NamedNode, dict[NamedNode | Literal, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        term = quad.subject if backwards else quad.object
        if isinstance(term, NamedNode | Literal):
            found[quad.predicate][term].add(iri_of(quad.graph_name).removeprefix(f"{urls.base}graph/"))
    rows = [_row(property_, found[property_], urls, labels, most) for property_ in found]
    return tuple(sorted(rows, key=lambda row: row.property.text.lower()))


def _row(property_: NamedNode, terms: dict[NamedNode | Literal, set[str]], urls: Urls, labels: Labels, most: int) -> PropertyRow:
    values = [labels.value(term, urls).model_copy(update={"graphs": tuple(sorted(terms[term]))}) for term in terms]
    values.sort(key=lambda value: (value.text.lower(), value.language, value.url or ""))
    return PropertyRow(property=labels.value(property_, urls), values=tuple(values[:most]), more=max(0, len(values) - most))
