"""The list of example queries for people and programs: the same content as a page and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from query_service.examples.named_queries import NamedQuery, Parameter
from query_service.media_types import Kind, formats_of
from query_service.pages import Site, render_page

__all__ = [
    "ExamplesPage",
    "ShownExample",
    "ShownParameter",
    "example_url",
    "render_examples_page",
    "render_listing",
    "shown_question",
]

_GRAPHS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ShownParameter(_Record):
    """A parameter of an example."""

    name: str = Field(description="name in a request")
    what: str = Field(description="what it is, in the language of the page where that is said")
    default: str = Field(description="the value that the query has by itself")


class ShownExample(_Record):
    """An example on the page."""

    key: str = Field(description="its name")
    url: str = Field(description="address that asks it")
    editor: str = Field(description="the page on which it can be changed")
    question: str = Field(description="what it asks, in the language of the page where that is said")
    language: str = Field(description="language of the question, where it is not that of the page; else empty")
    keywords: tuple[str, ...] = Field(description="what it is about")
    is_graph: bool = Field(description="whether its answer is a graph")
    rows: int | None = Field(description="rows, or triples, of the expected answer")
    checked: str = Field(description="day on which it last gave that answer; empty where it is not said")
    parameters: tuple[ShownParameter, ...] = Field(description="what can be asked of other things")
    formats: tuple[tuple[str, str], ...] = Field(description="word and media type of each format of the answer")
    text: str = Field(description="the query")


class ExamplesPage(_Record):
    """Context of ``examples.html``."""

    site: Site = Field(description="what all pages have in common")
    examples: tuple[ShownExample, ...] = Field(description="the examples, in order of their keys")
    listing: str = Field(description="the list as JSON")
    as_rdf: str = Field(description="the list as RDF")


def example_url(address: str, query: NamedQuery, values: Mapping[str, str] | None = None) -> str:
    """Absolute URL that asks a named query.

    :param address: absolute URL before every route.
    :param values: of parameters, and ``format``.
    """
    asked = f"?{urlencode(values)}" if values else ""
    return f"{address}/examples/{query.key}{asked}"


def shown_question(query: NamedQuery, language: str) -> tuple[str, str]:
    """What a query asks, in a language where that is said, and the language if it is another."""
    return (query.questions[language], "") if language in query.questions else (query.question, "en")


def render_listing(queries: Mapping[str, NamedQuery], address: str, version: str) -> bytes:
    """Write the list as JSON.

    :param address: absolute URL before every route.
    :param version: dataset version.
    """
    examples: list[dict[str, Any]] = [
        {"url": example_url(address, query), **query.model_dump(mode="json", exclude_none=True)} for query in queries.values()
    ]
    return (json.dumps({"version": version, "examples": examples}, ensure_ascii=False, indent=1) + "\n").encode()


def render_examples_page(queries: Mapping[str, NamedQuery], address: str, site: Site) -> bytes:
    """Write the list as a page.

    :param address: absolute URL before every route.
    :param site: what all pages have in common.
    """
    language = site.reading.language
    examples = tuple(_show(query, address, language) for query in queries.values())
    listing, as_rdf = f"{address}/examples?format=json", f"{address}/.well-known/sparql-examples"
    return render_page("examples.html", ExamplesPage(site=site, examples=examples, listing=listing, as_rdf=as_rdf))


def _show(query: NamedQuery, address: str, language: str) -> ShownExample:
    question, other = shown_question(query, language)
    kind = Kind.GRAPH if query.form in _GRAPHS else Kind.ROWS
    return ShownExample(
        key=query.key,
        url=example_url(address, query),
        editor=f"{address}/sparql?{urlencode({'example': query.key})}",
        question=question,
        language=other,
        keywords=query.keywords,
        is_graph=kind is Kind.GRAPH,
        rows=query.rows,
        checked=query.checked.isoformat() if query.checked else "",
        parameters=tuple(_show_parameter(parameter, language) for parameter in query.parameters),
        formats=tuple((format_.key, format_.media_type) for format_ in formats_of([kind])),
        text=query.text,
    )


def _show_parameter(parameter: Parameter, language: str) -> ShownParameter:
    said = parameter.descriptions
    return ShownParameter(
        name=parameter.name, what=said.get(language) or said.get("en") or parameter.name, default=parameter.default
    )
