"""The page for people who open an endpoint in a browser: a form that works by itself, and an editor where scripts run."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from query_service.delivery import Asked, Document, deliver
from query_service.errors import ServiceError
from query_service.examples.known import KnownExamples
from query_service.examples.listing import shown_question
from query_service.examples.named_queries import NamedQuery
from query_service.generations import Generation
from query_service.language import choose_reading
from query_service.media_types import Kind, formats_of
from query_service.pages import Site, page_headers, read_static, render_page
from query_service.publishing import Publishing

__all__ = ["QueryPage", "QueryPageMaker"]

_TYPE: Final = "text/html; charset=utf-8"
_SCRIPT: Final = "client/sparql.js"
_GRAPHS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})
_EXAMPLE: Final = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?item ?label WHERE {
  ?item skos:prefLabel ?label
}
LIMIT 20"""
#: Messages that the script shows, without the part of their names that is the same.
_WORDS: Final = (
    "run", "stop", "running", "editor", "complete", "copy", "copied", "results", "rows", "triples", "milliseconds", "version",
    "table", "chart", "graph", "source", "views", "yes", "no", "filter", "filtered", "previous", "next", "page", "sort",
    "empty", "downloads", "failed", "line", "found", "expected", "mend", "offline", "chart-kind", "chart-bar", "chart-line",
    "chart-ring", "chart-labels", "chart-values", "chart-first", "chart-text", "picture", "graph-text", "graph-first",
    "graph-fit", "graph-in", "graph-out", "graph-open", "graph-nothing", "too-long", "uses", "part-missing", "loading",
)  # fmt: skip


class ListedExample(BaseModel):
    """An example beside the editor."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(description="its name")
    url: str = Field(description="this page with its query")
    question: str = Field(description="what it asks, in the language of the page where that is said")
    language: str = Field(description="language of the question, where it is not that of the page; else empty")
    keywords: str = Field(description="what it is about")


class QueryPage(BaseModel):
    """Context of ``sparql.html``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    site: Site = Field(description="what all pages have in common")
    endpoint: str = Field(description="absolute URL of the endpoint")
    version: str = Field(description="version of the dataset that it answers for")
    text: str = Field(description="query to begin with")
    example: ListedExample | None = Field(description="the example whose query that is")
    formats: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = Field(description="formats by form of query: word and type")
    examples: tuple[ListedExample, ...] = Field(description="all examples")
    has_editor: bool = Field(description="whether the script of the editor was built")
    config: dict[str, Any] = Field(description="what the script needs")


class QueryPageMaker:
    """Makes the page of an endpoint.

    :param publishing: what all routes share.
    :param examples: what datasets say of their examples.
    """

    #: The editor puts style elements into the page; scripts are only those of this service.
    POLICY: Final = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )

    def __init__(self, publishing: Publishing, examples: KnownExamples) -> None:
        self._publishing = publishing
        self._examples = examples

    async def send(self, asked: Asked, generation: Generation, endpoint: str) -> None:
        """Answer with the page.

        :param endpoint: absolute URL of the endpoint.
        """
        publishing = self._publishing
        site = await publishing.site(generation, asked)
        tag = publishing.tag(generation, "query page", endpoint, *(str(part) for part in choose_reading(asked)))

        async def make() -> bytes:
            queries = await self._queries(generation)
            wanted = dict(asked.parameters).get("example", "")
            page = self._build(site, generation, endpoint, queries, queries.get(wanted))
            return await run_in_threadpool(render_page, "sparql.html", page)

        document = Document(_TYPE, tag, make, page_headers(site, self.POLICY))
        await deliver(asked, publishing.answering, generation.version, document)

    async def _queries(self, generation: Generation) -> dict[str, NamedQuery]:
        """The examples; none where they cannot be asked for, since the page is of use without."""
        try:
            return dict((await self._examples.of(generation)).queries)
        except ServiceError:
            return {}

    def _build(
        self, site: Site, generation: Generation, endpoint: str, queries: dict[str, NamedQuery], chosen: NamedQuery | None
    ) -> QueryPage:
        listed = {key: _listed(query, endpoint, site.reading.language) for key, query in queries.items()}
        words = {name: site.reading.words(f"sparql-{name}", **_FILLED.get(name, {})) for name in _WORDS}
        words |= {f"{name}-one": site.reading.words(f"sparql-{name}", count=1) for name in _COUNTED}
        formats = tuple(
            (name, tuple((format_.key, format_.media_type) for format_ in formats_of([kind])))
            for name, kind in (("SELECT, ASK", Kind.ROWS), ("CONSTRUCT, DESCRIBE", Kind.GRAPH))
        )
        config = {
            "endpoint": endpoint,
            "version": generation.version,
            "language": site.reading.language,
            "prefixes": generation.pool.prefixes,
            "base": generation.snapshot.manifest.base,
            "home": site.home,
            "examples": f"{site.home}examples?format=json",
            "formats": {name: [key for key, _ in some] for name, (_, some) in zip(("rows", "graph"), formats, strict=True)},
            "words": words,
        }
        return QueryPage(
            site=site,
            endpoint=endpoint,
            version=generation.version,
            text=chosen.text if chosen else _EXAMPLE,
            example=listed[chosen.key] if chosen else None,
            formats=formats,
            examples=tuple(listed.values()),
            has_editor=read_static(_SCRIPT) is not None,
            config=config,
        )


_COUNTED: Final = ("rows", "triples")
#: Values that the script fills in itself.
_FILLED: Final[dict[str, dict[str, str]]] = {
    "rows": {"count": "#"},
    "triples": {"count": "#"},
    "milliseconds": {"count": "#"},
    "filtered": {"count": "#", "total": "##"},
    "page": {"page": "#", "pages": "##"},
    "sort": {"column": "#"},
    "line": {"line": "#"},
    "chart-first": {"count": "#", "total": "##"},
    "graph-first": {"count": "#", "total": "##"},
    "graph-text": {"nodes": "#", "edges": "##"},
    "uses": {"count": "#"},
}


def _listed(query: NamedQuery, endpoint: str, language: str) -> ListedExample:
    question, other = shown_question(query, language)
    url = f"{endpoint}?{urlencode({'example': query.key})}"
    return ListedExample(key=query.key, url=url, question=question, language=other, keywords=", ".join(query.keywords))
