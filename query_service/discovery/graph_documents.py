"""Documents about the dataset that there are as page and in every RDF format: VoID, the catalogue, the shapes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from pyoxigraph import Quad, RdfFormat, Triple, parse
from starlette.concurrency import run_in_threadpool

from query_service.dataset_facts import DatasetFacts
from query_service.delivery import Asked, Document
from query_service.discovery.catalogue import describe_catalogue
from query_service.discovery.document_pages import DocumentPage, Table, graph_table, shape_table, statistics_tables
from query_service.discovery.void import describe_void
from query_service.dumps.listing import DumpEntry
from query_service.errors import NotFound
from query_service.generations import Generation
from query_service.language import Reading
from query_service.linked_data.item_page import Download
from query_service.linked_data.json_ld import read_context
from query_service.linked_data.links import Link, link_header, media_type_of
from query_service.linked_data.serialising import serialise_statements
from query_service.linked_data.values import Value
from query_service.media_types import Choice, Kind
from query_service.pages import Site, page_headers, render_page
from query_service.publishing import Publishing
from query_service.representations import DATA_SUFFIXES, choose_representation
from query_service.urls import Urls

__all__ = ["DOCUMENTS", "make_document"]

_STATISTICS: Final = ".well-known/void"
#: Paths with the messages that are the titles of their pages.
DOCUMENTS: Final = {"catalog": "document-catalog", _STATISTICS: "document-void", "shapes": "document-shapes"}
_PAGE_TYPE: Final = "text/html; charset=utf-8"
_PREFERS_PAGE: Final = frozenset({"catalog", "shapes"})


class _Source(NamedTuple):
    """What a document is made of."""

    urls: Urls
    facts: DatasetFacts
    dumps: Sequence[DumpEntry]
    generation: Generation
    published: datetime | None


async def make_document(publishing: Publishing, generation: Generation, asked: Asked, name: str, suffix: str | None) -> Document:
    """The document that a request asks for.

    :param name: a path of :data:`DOCUMENTS`.
    :param suffix: ending of the path.
    :raises NotAcceptable: when there is none in the format asked for.
    :raises NotFound: when the snapshot does not hold what it would be made of.
    """
    choice = choose_representation(asked, suffix, prefers_page=name in _PREFERS_PAGE)
    urls, keeper = publishing.urls(generation), publishing.facts
    facts = await (keeper.all_facts(generation) if name == _STATISTICS else keeper.facts(generation))
    published = await publishing.history.published(generation.version)
    source = _Source(urls, facts, await publishing.dumps(generation), generation, published)
    site = await publishing.site(generation, asked)
    is_page = choice.format.kind is Kind.PAGE
    links = [Link(urls.at(f"{name}.{ending}"), "alternate", media_type_of(ending)) for ending in DATA_SUFFIXES]
    links += [Link(iri, relation) for iri, relation in ((facts.licence, "license"), (facts.iri, "describes")) if iri]
    headers = {"Link": link_header(links)} | (page_headers(site) if is_page else {})
    listed = [entry.sha256 for entry in source.dumps]
    tag = publishing.tag(generation, name, choice.media_type, listed, sorted(publishing.ways), *site.reading)
    make = _page_maker(source, name, site) if is_page else _graph_maker(source, name, choice)
    content_type = _PAGE_TYPE if is_page else choice.content_type
    return Document(content_type, tag, make, headers, published)


def _graph_maker(source: _Source, name: str, choice: Choice) -> Callable[[], Awaitable[bytes]]:
    def write() -> bytes:
        quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in _triples(source, name)]
        context = (read_context(source.generation.snapshot), source.urls.at("context.jsonld"))
        about = source.facts.iri or source.urls.at(name)
        prefixes = source.generation.pool.prefixes
        return serialise_statements(quads, choice.format, prefixes, iri=about, context=context)

    async def make() -> bytes:
        return await run_in_threadpool(write)

    return make


def _page_maker(source: _Source, name: str, site: Site) -> Callable[[], Awaitable[bytes]]:
    async def make() -> bytes:
        page = DocumentPage(
            site=site,
            title=site.reading.words(DOCUMENTS[name]),
            paragraphs=(Value(text=source.facts.description, language="en"),) if source.facts.description else (),
            tables=tuple(table for table in await run_in_threadpool(_tables, source, name, site.reading) if table.rows),
            downloads=tuple(
                Download(name=ending, media_type=media_type_of(ending), url=source.urls.at(f"{name}.{ending}"))
                for ending in DATA_SUFFIXES
            ),
        )
        return render_page("document.html", page)

    return make


def _triples(source: _Source, name: str) -> list[Triple]:
    urls, facts, dumps, generation, published = source
    if name == "catalog":
        return describe_catalogue(urls, facts, dumps, published)
    if name == "shapes":
        return _read_shapes(generation)
    return describe_void(urls, facts, dumps)


def _read_shapes(generation: Generation) -> list[Triple]:
    try:
        body = (generation.snapshot.folder / "shapes.nt").read_bytes()
    except FileNotFoundError:
        raise NotFound("The snapshot has no shapes.", mend="run `ipg build`") from None
    return [quad.triple for quad in parse(body, RdfFormat.N_TRIPLES)]


def _tables(source: _Source, name: str, reading: Reading) -> tuple[Table, ...]:
    urls, facts, dumps, generation, _ = source
    prefixes = generation.pool.prefixes
    if name == "shapes":
        return (shape_table(urls, _read_shapes(generation), prefixes, reading),)
    graphs = [(graph.iri, graph.triples) for graph in generation.graphs if graph.public]
    if name == "catalog":
        return (graph_table(urls, facts, graphs, reading), _files_table(urls, dumps, reading))
    return (*statistics_tables(urls, facts, prefixes, reading), graph_table(urls, facts, graphs, reading))


def _files_table(urls: Urls, dumps: Sequence[DumpEntry], reading: Reading) -> Table:
    rows = tuple(
        (
            Value(text=entry.name, url=urls.dump(entry.name)),
            Value(text=entry.title, language="en"),
            Value(text=f"{entry.size:,}"),
            Value(text=entry.sha256),
        )
        for entry in dumps
    )
    heads = (*map(reading.words, ("head-file", "head-holds", "head-bytes")), "SHA-256")
    return Table(title=reading.words("table-files"), heads=heads, rows=rows, numbers=(2,))
