"""What a question finds, told for one reader: its filter in words, and each practice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from query_service.analyst.desk import View
from query_service.analyst.naming import Namer, namer_of
from query_service.analyst.practices.catalogue import Entry, Selection, catalogue_of
from query_service.analyst.practices.facets import FACETS, NOT_STATED, Facet
from query_service.analyst.practices.links import LinkTold, tell_links
from query_service.analyst.practices.question import PracticeQuestion
from query_service.analyst.practices.report import PracticeTold, tell_practice
from query_service.analyst.things import Text

__all__ = ["Filter", "Result"]


class Filter(NamedTuple):
    """One narrowing of a question.

    :ivar parameter: name of the parameter; ``q`` for words.
    :ivar name: its name for the reader.
    :ivar values: keys with their labels.
    """

    parameter: str
    name: str
    values: tuple[tuple[str, str], ...]


class Result:
    """What a question finds.

    :param view: what pages and files are made from.
    :param question: the question.
    :raises MalformedRequest: when a value of a facet is none that there is.
    :raises ServiceError: when the dataset cannot be asked now.
    """

    def __init__(self, view: View, question: PracticeQuestion) -> None:
        self.view = view
        self.question = question
        self.namer: Namer = namer_of(view)
        catalogue = catalogue_of(view.analysis)
        self.selection: Selection = catalogue.select(question, view.language)
        #: Values that some practice has, by facet.
        self.known = catalogue.known

    @cached_property
    def practices(self) -> tuple[PracticeTold, ...]:
        """All practices found."""
        return tuple(self._told(entry) for entry in self.selection.entries)

    def _told(self, entry: Entry) -> PracticeTold:
        kept = f"{entry.thing.path} in {self.view.language}"
        return self.view.analysis.kept(kept, lambda: tell_practice(self.view, self.namer, entry))

    @cached_property
    def links(self) -> Mapping[str, tuple[LinkTold, ...]]:
        """Links of all practices found, by IRI of the practice."""
        things = (entry.thing for entry in self.selection.entries)
        return {thing.iri: tell_links(self.view, self.namer, thing) for thing in things}

    def value(self, facet: Facet, key: str) -> Text:
        """Name of a value of a facet."""
        if key == NOT_STATED:
            return Text(self.view.reading.words("practice-not-stated"), self.view.language)
        if not facet.kind:
            return Text(key)
        named = self.namer.item(facet.path(key))
        return Text(named.full, named.language)

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """What narrows the result."""
        words, question = self.view.reading.words, self.question
        found = [Filter("q", words("practice-words"), ((question.q.strip(), question.q.strip()),))] if question.q.strip() else []
        for facet in FACETS:
            if chosen := question.chosen(facet.name):
                values = tuple((key, self.value(facet, key).text) for key in chosen)
                found.append(Filter(facet.name, words(f"facet-{facet.name}"), values))
        return tuple(found)

    @property
    def filter_in_words(self) -> str:
        """The filter in one line."""
        words = self.view.reading.words
        alternative = words("practice-or")
        told = [f"{one.name}: {f' {alternative} '.join(label for _, label in one.values)}" for one in self.filters]
        return "; ".join(told) or words("practice-all")

    @property
    def address(self) -> str:
        """URL of the page with this result."""
        return self.view.urls.at(self.question.path())
