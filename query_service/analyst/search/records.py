"""What is told of a search, as the data has it and as the page shows it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.search.marking import Piece
from query_service.pages import Site

__all__ = [
    "Excerpt",
    "Expanded",
    "FacetPart",
    "FacetValue",
    "FoundItem",
    "Guidance",
    "Named",
    "SearchAnswer",
    "SearchPage",
    "ShownHit",
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(_Record):
    """A thing by its IRI and title."""

    iri: str = Field(description="its IRI")
    title: str = Field(description="its title, in the language of the request where there is one")


class Expanded(_Record):
    """Other words that were looked for besides some words of the query."""

    words: str = Field(description="words of the query, in lower case")
    text: str = Field(description="what was looked for besides")
    language: str = Field(description="in which language it is; empty where the graph does not say")
    concept: Named | None = Field(description="of which it is a name; none where the texts in three languages showed it")


class FoundItem(_Record):
    """A hit."""

    rank: int = Field(description="place among all hits, from 1")
    iri: str = Field(description="IRI of the item")
    url: str = Field(description="its page at this service")
    kind: str = Field(description="kind, as kind= names it")
    kind_name: str = Field(description="what it is called in the language of the request")
    title: str = Field(description="title in the language of the request, else in English, else in any")
    title_language: str = Field(description="language of the title; empty where it is not said")
    score: float = Field(description="how well it matches; comparable within one answer")
    exact: bool = Field(description="whether what was asked is its name, number or key")
    matched_words: tuple[str, ...] = Field(description="words that were found in its names and texts, in lower case")
    about: tuple[Named, ...] = Field(description="what it is about whose names were found")
    excerpt: str = Field(
        description="part of our text on it in which words were found; empty for passages, whose wording is not ours"
    )
    frameworks: tuple[Named, ...] = Field(description="frameworks that it belongs to or speaks for")
    countries: tuple[Named, ...] = Field(description="countries that it is in or speaks of")


class SearchAnswer(_Record):
    """Answer to a search."""

    dataset_version: str = Field(description="version of the dataset that was searched")
    licence: str = Field(description="IRI of the licence")
    url: str = Field(description="address of the same search as a page")
    query: str = Field(description="the query as it was sent")
    searched: str = Field(description="the query as it was searched, with words that are nowhere written as the nearest is")
    strict: bool = Field(description="whether words counted only as they are written")
    any_word: bool = Field(description="whether nothing had all words, so that these have some of them")
    mended: tuple[str, ...] = Field(description="how a query that is not well formed was read")
    expanded: tuple[Expanded, ...] = Field(description="what was looked for besides the words of the query")
    total: int = Field(description="number of hits")
    facets: dict[str, dict[str, int]] = Field(description="hits by kind, framework, country and language of names and texts")
    hits: tuple[FoundItem, ...] = Field(description="the hits, the best first")


# The page ------------------------------------------------------------------------------------------------------------


class Excerpt(_Record):
    """A text of which parts may be marked."""

    pieces: tuple[Piece, ...] = Field(description="its pieces")
    language: str = Field(description="its language, where it is not that of the page; else empty")


class ShownHit(_Record):
    """A hit on the page."""

    url: str = Field(description="its page")
    kind: str = Field(description="message of the name of its kind")
    title: Excerpt = Field(description="its title")
    is_exact: bool = Field(description="whether what was asked is its name or number")
    place: tuple[str, ...] = Field(description="frameworks and countries, or document and section of a passage")
    text: Excerpt | None = Field(description="a text on it; none where there is none")
    is_quoted: bool = Field(description="whether the text is the wording of a document")
    about: tuple[tuple[str, Excerpt], ...] = Field(
        description="message of a property, and a name that was found in what it leads to"
    )
    words: tuple[str, ...] = Field(description="words that were found")


class FacetValue(_Record):
    """A value of a facet."""

    name: str = Field(description="what it is called")
    count: int = Field(description="hits that have it")
    is_chosen: bool = Field(description="whether it was chosen")
    url: str = Field(description="the same search with it chosen, or no longer")


class FacetPart(_Record):
    """A facet."""

    key: str = Field(description="its name in the address")
    first: tuple[FacetValue, ...] = Field(description="values that are shown")
    more: tuple[FacetValue, ...] = Field(description="values behind a button")


class Guidance(_Record):
    """Something to try."""

    name: str = Field(description="what it is called")
    url: str = Field(description="where it is")


class SearchPage(_Record):
    """Context of ``search.html``."""

    site: Site = Field(description="what all pages have in common")
    query: str = Field(description="the query as it was sent")
    corrected: str = Field(description="the query as it was searched, if that is another; else empty")
    is_strict: bool = Field(description="whether words counted only as they are written")
    is_relaxed: bool = Field(description="whether these have only some of the words")
    mended: tuple[str, ...] = Field(description="messages on how the query was mended")
    expanded: tuple[tuple[str, tuple[Expanded, ...]], ...] = Field(
        description="words of the query with what was looked for besides"
    )
    total: int = Field(description="number of hits")
    first: int = Field(description="rank of the first hit on this page")
    hits: tuple[ShownHit, ...] = Field(description="hits on this page")
    facets: tuple[FacetPart, ...] = Field(description="facets with values")
    chosen: tuple[FacetValue, ...] = Field(description="values that were chosen")
    other_mode: str = Field(description="the same search the other way: strict or not")
    literal: str = Field(description="the same query, searched as it is written")
    downloads: tuple[Guidance, ...] = Field(description="all hits as data")
    before: str = Field(description="URL of the page before; empty on the first")
    after: str = Field(description="URL of the page after; empty on the last")
    pages: tuple[int, int] = Field(description="number of this page, and of all")
    tries: tuple[Guidance, ...] = Field(description="searches to begin with")
    without_facets: str = Field(description="the same search without the chosen values; empty where none is chosen")
    has_wordings: bool = Field(description="whether the wordings of the documents are searched too")
