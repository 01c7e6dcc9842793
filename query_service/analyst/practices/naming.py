"""Names of items as pages and tables show them: in the language of the reader where there is one, with where they lead."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from query_service.analyst.desk import View
from query_service.analyst.practices.facets import NOT_STATED, Facet
from query_service.analyst.things import Text

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


class Named(BaseModel):
    """An item with its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(description="its name")
    language: str = Field(default="", description="language of the name; empty where it is in none")
    url: str = Field(default="", description="its page; empty where it has none")
    iri: str = Field(default="", description="its IRI; empty for what is no item")
    short: str = Field(default="", description="short name of a provision or a document, e.g. CBP 9; else empty")

    @property
    def full(self) -> str:
        """Short name and name."""
        return f"{self.short}: {self.label}" if self.short else self.label


class Namer:
    """Names for one reader.

    :param view: what the page is made from.
    :ivar language: language of the reader.
    :ivar words: messages in that language.
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
        text = self._things.title(path, self.language)
        url = self._urls.page(iri) if self._urls.is_ours(iri) else iri
        return Named(label=text.text, language=text.language, url=url, iri=iri, short=self.short(path))

    def iri(self, path: str) -> str:
        """IRI of an item."""
        return self._things.iri(path)

    def items(self, paths: tuple[str, ...]) -> tuple[Named, ...]:
        """Items in the order of their names."""
        return tuple(sorted((self.item(path) for path in paths), key=lambda named: named.label.casefold()))

    def provisions(self, paths: tuple[str, ...]) -> tuple[Named, ...]:
        """Provisions in the order of their frameworks and numbers."""
        return tuple(self.item(path) for path in sorted(paths, key=natural))

    def short(self, path: str) -> str:
        """Short name of a provision or a document; empty for what has none."""
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

    def value(self, facet: Facet, key: str) -> Text:
        """Name of a value of a facet."""
        if key == NOT_STATED:
            return Text(self.words("practice-not-stated"), self.language)
        if not facet.kind:
            return Text(key)
        named = self.item(facet.path(key))
        return Text(named.full, named.language)


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
