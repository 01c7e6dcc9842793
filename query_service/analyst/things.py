"""Items of the dataset as pages for analysts show them: titles and summaries by language, and values by property."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from query_service.item_facts import ItemFacts, Value
from query_service.lookups import Source

__all__ = ["Text", "Thing", "Things"]


class Text(NamedTuple):
    """A text and its language; empty where it is in none."""

    text: str
    language: str = ""


class Thing:
    """An item.

    :ivar iri: its IRI.
    :ivar path: below ``id/``, e.g. ``practice/citizen-coin``.
    :ivar kind: first segment of the path.
    :ivar key: the rest of it.
    """

    def __init__(self, iri: str, about: Mapping[str, tuple[Value, ...]], things: Things) -> None:
        self.iri = iri
        self.path = things.path(iri)
        self.kind, _, self.key = self.path.partition("/")
        self._about = about
        self._things = things

    def values(self, name: str) -> tuple[Value, ...]:
        """Values of a property, by its compact name such as ``ipg:startYear``, in order."""
        return self._about.get(self._things.facts.expand(name), ())

    def paths(self, name: str) -> tuple[str, ...]:
        """Items that are values of a property, by path; an IRI that is not ours stays as it is."""
        return tuple(self._things.path(value.text) for value in self.values(name))

    def first(self, name: str) -> str:
        """The first value of a property, as text; empty where there is none."""
        return next((value.text for value in self.values(name)), "")

    def text(self, name: str, language: str) -> Text | None:
        """Value of a property in a language, else in English, else in any."""
        return best_text({value.language: value.text for value in reversed(self.values(name))}, language)

    def title(self, language: str) -> Text:
        """Title in a language, else in English, else in any, else the key."""
        return self._things.title(self.path, language)

    def summary(self, language: str) -> Text | None:
        """Our summary."""
        return self.text("dcterms:description", language)

    @property
    def properties(self) -> Mapping[str, tuple[Value, ...]]:
        """All values by the compact names of their properties."""
        return {self._things.facts.compact(name): values for name, values in self._about.items()}


class Things:
    """All items of a dataset; each class is asked for when it is needed.

    :param source: the dataset.
    """

    def __init__(self, source: Source) -> None:
        self.base = source.base
        self.version = source.version
        self.facts = ItemFacts(source)
        self._ids = f"{source.base}id/"
        self._classes: dict[str, dict[str, Thing]] = {}

    def path(self, iri: str) -> str:
        """Path below ``id/`` of an IRI; one that is not ours stays as it is."""
        return iri.removeprefix(self._ids)

    def iri(self, path: str) -> str:
        """IRI of the item at a path; an IRI stays as it is."""
        return path if "://" in path else self._ids + path

    def of(self, name: str) -> Mapping[str, Thing]:
        """Members of a class by path, e.g. of ``ipg:Practice``."""
        if name not in self._classes:
            members = self.facts.members(name)
            self._classes[name] = {self.path(iri): Thing(iri, about, self) for iri, about in members.items()}
        return self._classes[name]

    def title(self, path: str, language: str) -> Text:
        """Title of an item in a language, else in English, else in any, else its key."""
        found = best_text(self.facts.labels(self.iri(path)), language)
        return found or Text(path.rpartition("/")[2])

    @cached_property
    def practices(self) -> Mapping[str, Thing]:
        """Practices by path, those of the context chapter left out."""
        return self.of("ipg:Practice")

    @cached_property
    def provisions(self) -> Mapping[str, Thing]:
        """Principles, conclusions, recommendations and guidelines by path."""
        return self.of("ipg:Provision")

    @cached_property
    def links(self) -> Mapping[str, Thing]:
        """Link records by path."""
        return self.of("ipg:Link")


def best_text(texts: Mapping[str, str], language: str) -> Text | None:
    """The text in a language, else in English, else in any; none where there is none."""
    for wanted in (language, "en", *texts):
        if wanted in texts:
            return Text(texts[wanted], wanted)
    return None
