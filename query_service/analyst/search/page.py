"""The page of a search."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Final

from query_service.analyst.search.entries import Entry
from query_service.analyst.search.finding import Hit
from query_service.analyst.search.question import FACETS, Facet, SearchQuestion
from query_service.analyst.search.records import Excerpt, FacetPart, FacetValue, Guidance, SearchPage, ShownHit
from query_service.analyst.search.telling import Telling
from query_service.analyst.things import Text
from query_service.language import LANGUAGES

__all__ = ["build_page"]

_SHOWN_VALUES: Final = 8
_SHOWN_WORDS: Final = 12
_SHOWN_ABOUT: Final = 3
_DATA: Final = ("json", "csv", "xlsx")
#: Searches to begin with, in each language.
_TRIES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("housing", "principle 9", '"civic participation"', "women AND employment", "school -language"),
    "fr": ("logement", "principe 9", "femmes ET emploi", "médiation", "école SAUF langue"),
    "de": ("Arbeitsmarkt", "Grundsatz 9", "Frauen UND Beschäftigung", "Wohnen", "Schule NICHT Sprache"),
}


def build_page(telling: Telling) -> SearchPage:
    """Everything that the page shows.

    :param telling: tells what was found.
    """
    finding, view = telling.finding, telling.view
    question = finding.question
    pages = max(1, -(-len(finding.hits) // question.size))
    words = groupby(telling.expanded(), key=lambda one: one.words)
    facets = tuple(part for facet in FACETS if (part := _facet(telling, facet)).first)
    return SearchPage(
        site=view.site,
        query=question.q,
        corrected=finding.corrected,
        is_strict=question.strict,
        is_relaxed=finding.is_relaxed,
        mended=finding.mended,
        expanded=tuple((word, tuple(some)) for word, some in words),
        total=len(finding.hits),
        first=(question.page - 1) * question.size + 1,
        hits=tuple(_shown(telling, hit) for hit in finding.shown),
        facets=facets,
        chosen=tuple(value for part in facets for value in (*part.first, *part.more) if value.is_chosen),
        other_mode=_url(telling, question.model_copy(update={"strict": not question.strict, "page": 1})),
        literal=_url(telling, question.model_copy(update={"strict": True, "page": 1})),
        downloads=tuple(Guidance(name=form.upper(), url=_url(telling, question, (("format", form),))) for form in _DATA),
        before=_url(telling, question.model_copy(update={"page": min(question.page - 1, pages)})) if question.page > 1 else "",
        after=_url(telling, question.model_copy(update={"page": question.page + 1})) if question.page < pages else "",
        pages=(question.page, pages),
        tries=tuple(
            Guidance(name=text, url=_url(telling, SearchQuestion(q=text))) for text in _TRIES.get(view.language, _TRIES["en"])
        ),
        without_facets=_without_facets(telling),
        has_wordings=any(entry.kind == "passage" for entry in finding.matcher.index.entries),
    )


def _url(telling: Telling, question: SearchQuestion, more: tuple[tuple[str, str], ...] = ()) -> str:
    return f"{telling.view.urls.at('search')}?{question.query_string(more)}"


def _without_facets(telling: Telling) -> str:
    question = telling.finding.question
    if not any(question.chosen(facet) for facet in FACETS):
        return ""
    return _url(telling, question.model_copy(update={**dict.fromkeys(FACETS, ()), "page": 1}))


def _facet(telling: Telling, facet: Facet) -> FacetPart:
    question = telling.finding.question
    chosen = set(question.chosen(facet))
    values = [
        FacetValue(
            name=_name(telling, facet, value),
            count=count,
            is_chosen=value in chosen,
            url=_url(telling, question.toggled(facet, value)),
        )
        for value, count in telling.finding.facets.get(facet, {}).items()
    ]
    # What was chosen stays in sight.
    values.sort(key=lambda value: not value.is_chosen)
    few = len(values) if facet == "kind" else _SHOWN_VALUES
    return FacetPart(key=facet, first=tuple(values[:few]), more=tuple(values[few:]))


def _name(telling: Telling, facet: Facet, value: str) -> str:
    words = telling.view.reading.words
    if facet == "kind":
        return words(f"search-kinds-{value}")
    if facet == "language":
        return words(f"search-language-{value}") if value in LANGUAGES else value
    kind = "place" if facet == "country" else "framework"
    return telling.view.things.title(f"{kind}/{value}", telling.view.language).text


def _shown(telling: Telling, hit: Hit) -> ShownHit:
    entry, page_language = hit.entry, telling.view.language
    title, text = telling.title(entry), telling.text(entry)
    return ShownHit(
        url=telling.url(entry),
        kind=telling.kind(entry),
        title=Excerpt(pieces=telling.marker.mark(title), language=_other(title, page_language)),
        is_exact=hit.is_exact,
        place=_place(telling, entry),
        text=Excerpt(pieces=telling.marker.excerpt(text), language=_other(text, page_language)) if text else None,
        is_quoted=entry.kind == "passage",
        about=tuple(
            (f"search-about-{name}", Excerpt(pieces=telling.marker.mark(found), language=_other(found, page_language)))
            for name, _, found in telling.about(entry)[:_SHOWN_ABOUT]
        ),
        words=telling.found_in(entry)[:_SHOWN_WORDS],
    )


def _place(telling: Telling, entry: Entry) -> tuple[str, ...]:
    """Where an entry belongs, in a few words."""
    things, language = telling.view.things, telling.view.language
    if entry.document:
        document, section = entry.document
        return tuple(filter(None, (things.title(document, language).text, section)))
    paths = entry.countries if entry.kind in {"practice", "actor"} else (() if entry.kind == "link" else entry.frameworks)
    return tuple(things.title(path, language).text for path in paths if path != entry.path)


def _other(text: Text, language: str) -> str:
    return text.language if text.language != language else ""
