"""Pages on what the service publishes beside its items: in records of which each field is a key of the template."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field
from pyoxigraph import Literal, NamedNode, Triple

from query_service.dataset_facts import DatasetFacts
from query_service.dumps.listing import DumpEntry
from query_service.linked_data.item_page import Download
from query_service.linked_data.values import Value
from query_service.pages import Site, WayIn
from query_service.urls import Urls

__all__ = ["DocumentPage", "Group", "HomePage", "Table", "build_home", "graph_table", "shape_table", "statistics_tables"]

_VOID: Final = "http://rdfs.org/ns/void#"
_SH: Final = "http://www.w3.org/ns/shacl#"
_TITLE: Final = "http://purl.org/dc/terms/title"
_FIGURES: Final = {
    "triples": "statements",
    "entities": "things described",
    "distinctSubjects": "different subjects",
    "distinctObjects": "different objects",
    "classes": "classes",
    "properties": "properties",
}


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Table(_Record):
    """A table of a page."""

    title: str = Field(description="what it tells")
    heads: tuple[str, ...] = Field(description="heads of its columns")
    rows: tuple[tuple[Value, ...], ...] = Field(description="its cells")


class DocumentPage(_Record):
    """Context of ``document.html``."""

    site: Site = Field(description="what all pages have in common")
    title: str = Field(description="title")
    paragraphs: tuple[str, ...] = Field(description="texts before the tables")
    tables: tuple[Table, ...] = Field(default=(), description="tables")
    downloads: tuple[Download, ...] = Field(default=(), description="the same as data")


class Group(_Record):
    """Ways in for one kind of reader."""

    name: str = Field(description="who they are")
    ways: tuple[WayIn, ...] = Field(description="where they begin")


class HomePage(_Record):
    """Context of ``home.html``."""

    site: Site = Field(description="what all pages have in common")
    description: str = Field(description="what the dataset is")
    provenance: str = Field(description="how it was made and who judged; may be empty")
    frameworks: tuple[Value, ...] = Field(description="frameworks that it holds")
    groups: tuple[Group, ...] = Field(description="ways in, by kind of reader")
    schema_org: str = Field(description="the dataset in terms of schema.org, as JSON-LD that a page can embed")


def build_home(
    urls: Urls, facts: DatasetFacts, site: Site, frameworks: Sequence[tuple[str, str]], dumps: Sequence[DumpEntry]
) -> HomePage:
    """The front page.

    :param frameworks: IRI and title of each.
    :param dumps: files that can be had at this service.
    """
    named = {way.name: way for way in site.ways}
    extra = [way for way in site.ways if way.name not in {"SPARQL", "Examples", "Catalogue", "Statistics", "Ontology", "Shapes"}]
    context = WayIn(name="Context", url=urls.at("context.jsonld"), what="names of the terms in JSON-LD")
    list_ = WayIn(name="Sitemap", url=urls.at("sitemap.xml"), what="the addresses of all pages")
    groups = (
        Group(name="For researchers", ways=(named["Examples"], named["SPARQL"], named["Ontology"])),
        Group(name="For programs", ways=(named["Catalogue"], named["Statistics"], named["Shapes"], context, list_, *extra)),
    )
    return HomePage(
        site=site,
        description=facts.description or site.dataset_title,
        provenance=facts.provenance,
        frameworks=tuple(Value(text=title, language="en", url=urls.page(iri)) for iri, title in frameworks),
        groups=groups,
        schema_org=_schema_org(urls, facts, site, dumps),
    )


def _schema_org(urls: Urls, facts: DatasetFacts, site: Site, dumps: Sequence[DumpEntry]) -> str:
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": site.dataset_title,
        "description": facts.description or site.dataset_title,
        "url": urls.at(),
        "version": site.version,
    }
    if facts.iri:
        told |= {"@id": facts.iri, "identifier": facts.iri}
    if site.licence:
        told["license"] = site.licence
    files = [
        {"@type": "DataDownload", "encodingFormat": entry.media_type, "contentUrl": urls.dump(entry.name), "name": entry.title}
        for entry in dumps
        if entry.graph is None
    ]
    if files:
        told["distribution"] = files
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def statistics_tables(urls: Urls, facts: DatasetFacts, prefixes: Mapping[str, str]) -> tuple[Table, ...]:
    """The dataset in numbers: as a whole, by class and by graph."""
    said = _by_subject(facts.triples)
    whole = said.get(facts.iri or "", {})
    totals = tuple((Value(text=name), Value(text=_first(whole, _VOID + key))) for key, name in _FIGURES.items())
    classes = [said.get(part.value, {}) for part in whole.get(f"{_VOID}classPartition", [])]
    rows = sorted(
        (
            (_named(_first(part, f"{_VOID}class"), urls, prefixes), Value(text=_first(part, f"{_VOID}entities")))
            for part in classes
        ),
        key=lambda row: row[0].text.lower(),
    )
    tables = (
        Table(title="As a whole", heads=("what", "number"), rows=totals),
        Table(title="By class", heads=("class", "members"), rows=tuple(rows)),
    )
    return tuple(table for table in tables if any(cell.text for row in table.rows for cell in row[1:]))


def graph_table(urls: Urls, facts: DatasetFacts, graphs: Sequence[tuple[str, int]]) -> Table:
    """Named graphs with what they hold.

    :param graphs: IRI and number of triples of each.
    """
    said = _by_subject(facts.triples)
    rows = tuple(
        (
            Value(text=iri.removeprefix(f"{urls.base}graph/"), url=urls.page(iri)),
            Value(text=_first(said.get(iri, {}), _TITLE)),
            Value(text=str(triples)),
        )
        for iri, triples in graphs
    )
    return Table(title="By graph", heads=("graph", "holds", "statements"), rows=rows)


def shape_table(urls: Urls, triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Table:
    """Shapes with what they are about."""
    rows = {
        (triple.subject.value, triple.object.value)
        for triple in triples
        if triple.predicate.value in {f"{_SH}targetClass", f"{_SH}targetSubjectsOf", f"{_SH}targetObjectsOf"}
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
    }
    cells = tuple((Value(text=shape), _named(target, urls, prefixes)) for shape, target in sorted(rows))
    return Table(title="Shapes", heads=("shape", "applies to"), rows=cells)


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
