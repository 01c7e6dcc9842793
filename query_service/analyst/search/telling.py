"""From what was found to what is told of it: titles in the language of the reader, addresses, and words that were found."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.search.entries import Entry
from query_service.analyst.search.finding import Finding, Hit
from query_service.analyst.search.marking import Marker
from query_service.analyst.search.records import Expanded, FoundItem, Named, SearchAnswer
from query_service.analyst.things import Text

__all__ = ["Telling"]

_DECIMALS: Final = 3
#: Groups of which each kind has a name of its own.
_FINER: Final = frozenset({"concept", "document"})


class Telling:
    """Tells what was found.

    :param view: for whom, and of which dataset.
    :param finding: what was found.
    """

    def __init__(self, view: View, finding: Finding) -> None:
        self.view = view
        self.finding = finding

    @cached_property
    def marker(self) -> Marker:
        """Marks words that were found."""
        return Marker(self.finding.matcher)

    def title(self, entry: Entry) -> Text:
        """Title of an entry in the language of the page, else in English, else in any.

        That of a link is made of its ends; a passage has that of the first item derived from it, else of its document.
        """
        if entry.kind == "link":
            ends = [self.view.things.title(path, self.view.language) for path in entry.speaks_of]
            return Text(" \u2192 ".join(end.text for end in ends), _common(ends))
        if entry.kind == "passage":
            named = entry.speaks_of[0] if entry.speaks_of else (entry.document or ("", ""))[0]
            return self.view.things.title(named, self.view.language)
        return self.view.things.title(entry.path, self.view.language)

    @staticmethod
    def kind(entry: Entry) -> str:
        """Message of the name of what an entry is."""
        return f"search-kind-{entry.kind if entry.group in _FINER else entry.group}"

    def url(self, entry: Entry) -> str:
        """Address of the page on an entry."""
        if entry.kind == "example":
            return f"{self.view.urls.at('examples')}#{entry.path.partition('/')[2]}"
        return self.view.urls.page(self.view.things.iri(entry.path))

    def found_in(self, entry: Entry) -> tuple[str, ...]:
        """Words that were found in the names and texts of an entry, and in the names of what it is about."""
        about = [name for _, target in entry.about for name in self.names(target)]
        return self.marker.words([*entry.names, *entry.texts, *about])

    def about(self, entry: Entry) -> list[tuple[str, str, Text]]:
        """Property, path and name of what an entry is about, where words were found in the name."""
        found = []
        for name, target in entry.about:
            texts = [text for text in self.names(target) if self.marker.words([text])]
            if texts:
                best = next((text for text in texts if text.language == self.view.language), texts[0])
                found.append((name, target, best))
        return found

    def names(self, path: str) -> tuple[Text, ...]:
        """Names of an item."""
        entry = self.finding.matcher.index.by_path.get(path)
        return entry.names if entry else ()

    def text(self, entry: Entry) -> Text | None:
        """The text on an entry to show: of those in the language of the page unless words were found only in another."""
        own = [text for text in entry.texts if text.language == self.view.language]
        own = own or [text for text in entry.texts if text.language == "en"]
        best = self.marker.best(own, self.view.language)
        if best and (self.marker.words([best]) or self.marker.words([self.title(entry)])):
            return best
        other = self.marker.best(entry.texts, self.view.language)
        return other if other and self.marker.words([other]) else best or other

    def named(self, path: str) -> Named:
        """An item by IRI and title."""
        return Named(iri=self.view.things.iri(path), title=self.view.things.title(path, self.view.language).text)

    def expanded(self) -> tuple[Expanded, ...]:
        """What was looked for besides."""
        return tuple(
            Expanded(
                words=expansion.words,
                text=other.text,
                language=other.language,
                concept=self.named(other.of) if other.of else None,
            )
            for expansion in self.finding.expansions
            for other in expansion.others
        )

    def hit(self, rank: int, hit: Hit) -> FoundItem:
        """A hit as data."""
        entry = hit.entry
        title = self.title(entry)
        text = self.text(entry) if entry.kind != "passage" else None
        return FoundItem(
            rank=rank,
            iri=self.view.things.iri(entry.path),
            url=self.url(entry),
            kind=entry.group,
            kind_name=self.view.reading.words(self.kind(entry)),
            title=title.text,
            title_language=title.language,
            score=round(hit.score, _DECIMALS),
            exact=hit.is_exact,
            matched_words=self.found_in(entry),
            about=tuple(self.named(target) for _, target, _ in self.about(entry)),
            excerpt="".join(piece.text for piece in self.marker.excerpt(text)) if text else "",
            frameworks=tuple(self.named(path) for path in entry.frameworks),
            countries=tuple(self.named(path) for path in entry.countries),
        )

    def answer(self) -> SearchAnswer:
        """Everything as data."""
        finding, question = self.finding, self.finding.question
        hits = finding.hits[: question.limit] if question.limit else finding.hits
        return SearchAnswer(
            dataset_version=self.view.analysis.version,
            licence=self.view.site.licence or "",
            url=f"{self.view.urls.at('search')}?{question.query_string()}",
            query=question.q,
            searched=finding.corrected or question.q,
            strict=question.strict,
            any_word=finding.is_relaxed,
            mended=finding.mended,
            expanded=self.expanded(),
            total=len(finding.hits),
            facets={facet: dict(counted) for facet, counted in finding.facets.items()},
            hits=tuple(self.hit(rank, hit) for rank, hit in enumerate(hits, 1)),
        )


def _common(texts: list[Text]) -> str:
    languages = {text.language for text in texts}
    return languages.pop() if len(languages) == 1 else ""
