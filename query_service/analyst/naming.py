"""Items as pages and files name them: in the language of the reader where there is one, with where they lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pydantic import Field

from query_service.analyst.desk import View
from query_service.analyst.page_parts import PageRecord

__all__ = ["Named", "Namer", "namer_of", "natural"]

#: Messages for the short names of provisions, by what stands before the number in their paths.
_NUMBERED: Final = {
    "principle/cbp": "numbered-cbp",
    "principle/agreed": "numbered-agreed",
    "conclusion/": "numbered-conclusion",
    "recommendation/interaction": "numbered-interaction",
    "recommendation/guide": "numbered-guide",
    "guideline/skills": "numbered-skills",
}


class Named(PageRecord):
    """An item with its name; what is published of it leaves out what its IRI and its short name say."""

    path: str = Field(exclude=True, description="path below id/, e.g. principle/cbp-9; of what is not ours the IRI")
    iri: str = Field(description="its IRI")
    url: str = Field(description="its page, in no language yet; of what is not ours the IRI")
    title: str = Field(description="its title")
    language: str = Field(description="language of the title; empty where it is in none")
    number: str = Field(exclude=True, description="number of a provision in its framework; else empty")
    short: str = Field(description="short name of a provision or a document, e.g. CBP 9; else empty")

    @property
    def full(self) -> str:
        """Short name and title."""
        return f"{self.short}: {self.title}" if self.short else self.title


class Namer:
    """Names items for readers of one language.

    :param view: what a page in that language is made from.
    :ivar language: the language.
    :ivar words: messages in it.
    """

    def __init__(self, view: View) -> None:
        self._things = view.things
        self._urls = view.urls
        self.words = view.reading.words
        self.language = view.language
        self._items: dict[str, Named] = {}

    def item(self, path: str) -> Named:
        """An item by its path."""
        if path not in self._items:
            self._items[path] = self._item(path)
        return self._items[path]

    def _item(self, path: str) -> Named:
        iri = self._things.iri(path)
        title = self._things.title(path, self.language)
        provision = self._things.provisions.get(path)
        return Named(
            path=path,
            iri=iri,
            url=self._urls.page(iri) if self._urls.is_ours(iri) else iri,
            title=title.text,
            language=title.language,
            number=provision.first("skos:notation") if provision else "",
            short=self._short(path),
        )

    def iri(self, path: str) -> str:
        """IRI of an item."""
        return self._things.iri(path)

    def items(self, paths: Iterable[str]) -> tuple[Named, ...]:
        """Items in the order given."""
        return tuple(self.item(path) for path in paths)

    def by_title(self, paths: Iterable[str]) -> tuple[Named, ...]:
        """Items in the order of their titles."""
        return tuple(sorted(self.items(paths), key=lambda named: named.title.casefold()))

    def provisions(self, paths: Iterable[str]) -> tuple[Named, ...]:
        """Provisions in the order of their frameworks and numbers."""
        return self.items(sorted(paths, key=natural))

    def _short(self, path: str) -> str:
        if path.startswith("document/"):
            document = self._things.of("ipg:SourceDocument").get(path)
            return document.first("dcterms:identifier") if document else ""
        for stem, message in _NUMBERED.items():
            if path.startswith(stem):
                return self.words(message, n=path.removeprefix(stem).removeprefix("-"))
        return ""

    def term(self, compact: str) -> str:
        """Label of a term of the ontology by its compact name; empty for none."""
        facts = self._things.facts
        return facts.label(facts.expand(compact), self.language) if compact else ""


def namer_of(view: View) -> Namer:
    """Names in the language of a page, each made once for a dataset."""
    return view.analysis.kept(f"names in {view.language}", lambda: Namer(view))


def natural(path: str) -> tuple[object, ...]:
    """A key of order: principles before conclusions, recommendations and guidelines, and 9 before 10 in each."""
    order = list(_NUMBERED)
    stem = next((stem for stem in order if path.startswith(stem)), "")
    number = path.removeprefix(stem).removeprefix("-")
    parts = tuple(int(part) if part.isdigit() else 0 for part in number.split("."))
    return (order.index(stem) if stem else len(order), parts, path)
