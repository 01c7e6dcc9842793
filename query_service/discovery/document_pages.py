"""Pages on what the service publishes beside its items: in records of which each field is a key of the template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field
from pyoxigraph import Literal, NamedNode, Triple

from query_service.dataset_facts import DatasetFacts
from query_service.language import Reading
from query_service.linked_data.item_page import Download
from query_service.linked_data.values import Value
from query_service.pages import Site
from query_service.urls import Urls

__all__ = ["DocumentPage", "Table", "graph_table", "shape_table", "statistics_tables"]

_VOID: Final = "http://rdfs.org/ns/void#"
_SH: Final = "http://www.w3.org/ns/shacl#"
_TITLE: Final = "http://purl.org/dc/terms/title"
#: Figures of the whole, in their order.
_FIGURES: Final = ("triples", "entities", "distinctSubjects", "distinctObjects", "classes", "properties")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Table(_Record):
    """A table of a page."""

    title: str = Field(description="what it tells")
    heads: tuple[str, ...] = Field(description="heads of its columns")
    rows: tuple[tuple[Value, ...], ...] = Field(description="its cells")
    numbers: tuple[int, ...] = Field(default=(), description="places of columns of numbers")


class DocumentPage(_Record):
    """Context of ``document.html``."""

    site: Site = Field(description="what all pages have in common")
    title: str = Field(description="title")
    paragraphs: tuple[Value, ...] = Field(description="texts before the tables")
    tables: tuple[Table, ...] = Field(default=(), description="tables")
    downloads: tuple[Download, ...] = Field(default=(), description="the same as data")


def statistics_tables(urls: Urls, facts: DatasetFacts, prefixes: Mapping[str, str], reading: Reading) -> tuple[Table, ...]:
    """The dataset in numbers: as a whole, by class and by graph."""
    said = _by_subject(facts.triples)
    whole = said.get(facts.iri or "", {})
    words = reading.words
    totals = tuple((Value(text=words(f"figure-{key}")), Value(text=_first(whole, _VOID + key))) for key in _FIGURES)
    classes = [said.get(part.value, {}) for part in whole.get(f"{_VOID}classPartition", [])]
    rows = sorted(
        (
            (_named(_first(part, f"{_VOID}class"), urls, prefixes), Value(text=_first(part, f"{_VOID}entities")))
            for part in classes
        ),
        key=lambda row: row[0].text.lower(),
    )
    tables = (
        Table(title=words("table-whole"), heads=(words("head-what"), words("head-number")), rows=totals, numbers=(1,)),
        Table(title=words("table-class"), heads=(words("head-class"), words("head-members")), rows=tuple(rows), numbers=(1,)),
    )
    return tuple(table for table in tables if any(cell.text for row in table.rows for cell in row[1:]))


def graph_table(urls: Urls, facts: DatasetFacts, graphs: Sequence[tuple[str, int]], reading: Reading) -> Table:
    """Named graphs with what they hold.

    :param graphs: IRI and number of triples of each.
    """
    said = _by_subject(facts.triples)
    rows = tuple(
        (
            Value(text=iri.removeprefix(f"{urls.base}graph/"), url=urls.page(iri)),
            Value(text=_first(said.get(iri, {}), _TITLE), language="en"),
            Value(text=str(triples)),
        )
        for iri, triples in graphs
    )
    heads = tuple(map(reading.words, ("head-graph", "head-holds", "head-statements")))
    return Table(title=reading.words("table-graph"), heads=heads, rows=rows, numbers=(2,))


def shape_table(urls: Urls, triples: Iterable[Triple], prefixes: Mapping[str, str], reading: Reading) -> Table:
    """Shapes with what they are about."""
    rows = {
        (triple.subject.value, triple.object.value)
        for triple in triples
        if triple.predicate.value in {f"{_SH}targetClass", f"{_SH}targetSubjectsOf", f"{_SH}targetObjectsOf"}
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
    }
    cells = tuple((Value(text=shape), _named(target, urls, prefixes)) for shape, target in sorted(rows))
    heads = tuple(map(reading.words, ("head-shape", "head-applies")))
    return Table(title=reading.words("table-shapes"), heads=heads, rows=cells)


def _by_subject(triples: Iterable[Triple]) -> dict[str, dict[str, list[Any]]]:
    said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            said[triple.subject.value][triple.predicate.value].append(triple.object)
    return said


def _first(about: Mapping[str, Sequence[Any]], property_: str) -> str:
    """First value, the English one where there are several."""
    found = sorted(about.get(property_, ()), key=lambda term: isinstance(term, Literal) and term.language not in {"en", None})
    return str(found[0].value) if found else ""


def _named(iri: str, urls: Urls, prefixes: Mapping[str, str]) -> Value:
    spaces = [(name, space) for name, space in prefixes.items() if iri.startswith(space)]
    name, space = max(spaces, key=lambda pair: len(pair[1]), default=("", ""))
    text = f"{name}:{iri.removeprefix(space)}" if name else iri
    is_ours = urls.is_ours(iri)
    return Value(text=text, url=urls.page(iri) if is_ours else (iri or None), is_external=not is_ours)
