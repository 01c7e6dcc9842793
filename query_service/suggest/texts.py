"""The texts of a snapshot that a draft is compared with: titles with summaries, and the rationales of links.

All are public and in our words, so that everybody gets the same suggestions, with the documents or without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from query_service.errors import SnapshotUnusable
from query_service.item_names import Item
from query_service.lookups import Source, source_of
from query_service.snapshot import Snapshot
from query_service.suggest.records import SERIES, Series

__all__ = ["Corpus", "Link", "Provision", "Text", "read_corpus"]


class Provision(NamedTuple):
    """A provision that can be suggested."""

    series: Series
    item: Item
    notation: str


class Link(NamedTuple):
    """A reviewed link from a practice to a provision."""

    iri: str
    strength: str
    review: str


class Text(NamedTuple):
    """A text, what it is about, and what it says something of.

    :ivar item: path of the practice or provision whose text it is.
    :ivar provisions: paths of the provisions that a draft resembles if it resembles this text.
    """

    item: str
    words: str
    provisions: tuple[str, ...]


class Corpus(NamedTuple):
    """What a draft is compared with.

    :ivar items: practices and provisions by path.
    :ivar provisions: what can be suggested, by path.
    :ivar links: links by paths of practice and provision.
    :ivar elaborated: principle that each conclusion elaborates.
    """

    texts: tuple[Text, ...]
    items: dict[str, Item]
    provisions: dict[str, Provision]
    frameworks: dict[Series, Item]
    links: dict[tuple[str, str], Link]
    elaborated: dict[str, str]

    def practices(self) -> frozenset[str]:
        """Paths of the practices that are compared with."""
        return frozenset(practice for practice, _ in self.links)

    def primary(self, practice: str) -> str | None:
        """Path of the primary principle of a practice."""
        return next((to for (source, to), link in self.links.items() if source == practice and _is_primary(link)), None)

    def without(self, practice: str) -> Corpus:
        """The same, as if a practice had never been reviewed."""
        return self._replace(
            texts=tuple(text for text in self.texts if text.item != practice),
            links={pair: link for pair, link in self.links.items() if pair[0] != practice},
        )


def _is_primary(link: Link) -> bool:
    return link.strength == "ipg:Primary"


def read_corpus(dataset: Snapshot | Source) -> Corpus:
    """Read what drafts are compared with.

    A practice's summary speaks for its primary principle and for the conclusions and measures it implements; what it does
    for a secondary principle is said in the rationale of that link, which speaks for its provision alone. A conclusion
    speaks for itself and the principle that it elaborates.

    :raises SnapshotUnusable: when there is nothing to compare with.
    """
    corpus = _Reader(source_of(dataset)).read()
    if not corpus.provisions or not corpus.links:
        raise SnapshotUnusable(
            "the snapshot has nothing that a draft could be compared with",
            found=f"{len(corpus.provisions)} provisions, {len(corpus.links)} links",
            mend="run `ipg build`",
        )
    return corpus


class _Reader:
    """Reads a dataset, row by row."""

    def __init__(self, source: Source) -> None:
        self._lookups = source
        self._ids = f"{source.base}id/"
        self._terms = f"{source.base}ontology#"
        self._items: dict[str, Item] = {}
        self._provisions: dict[str, Provision] = {}
        self._frameworks: dict[Series, Item] = {}
        self._elaborated: dict[str, str] = {}

    def read(self) -> Corpus:
        """Everything there is to compare with."""
        own = [text for series in SERIES for text in self._provision_texts(series)]
        links: dict[tuple[str, str], Link] = {}
        rationales: list[Text] = []
        implemented: dict[str, list[str]] = defaultdict(list)
        for row in self._lookups.rows("suggest_links"):
            practice, provision = self._path(row["practice"]), self._path(row["provision"])
            if provision not in self._provisions:
                continue
            link = Link(row["link"], self._term(row["strength"]), self._term(row["review"]))
            links[practice, provision] = link
            rationales.append(Text(practice, row["rationale"], (provision,)))
            if _is_primary(link) or self._provisions[provision].series != "principles":
                implemented[practice].append(provision)
        return Corpus(
            texts=(*own, *self._summaries(implemented), *rationales),
            items=self._items,
            provisions=self._provisions,
            frameworks=self._frameworks,
            links=links,
            elaborated=self._elaborated,
        )

    def _provision_texts(self, series: Series) -> Iterator[Text]:
        for row in self._lookups.rows("suggest_provisions", framework=f"{self._ids}framework/{SERIES[series]}"):
            item = self._item(row["provision"], row["title"])
            self._frameworks[series] = self._item(row["framework"], row["frameworkTitle"])
            self._provisions[item.path] = Provision(series, item, row["notation"])
            if "principle" in row:
                self._elaborated[item.path] = self._path(row["principle"])
            about = (item.path, self._elaborated[item.path]) if "principle" in row else (item.path,)
            yield Text(item.path, _joined(row["title"], row.get("summary")), about)

    def _summaries(self, implemented: dict[str, list[str]]) -> Iterator[Text]:
        for row in self._lookups.rows("suggest_practices"):
            item = self._item(row["practice"], row["title"])
            if implemented.get(item.path):
                yield Text(item.path, _joined(row["title"], row.get("summary")), tuple(implemented[item.path]))

    def _item(self, iri: str, title: str) -> Item:
        path = self._path(iri)
        return self._items.setdefault(path, Item(path=path, iri=iri, kind=path.split("/", maxsplit=1)[0], title=title))

    def _path(self, iri: str) -> str:
        return iri.removeprefix(self._ids)

    def _term(self, iri: str) -> str:
        return f"ipg:{iri.removeprefix(self._terms)}"


def _joined(title: str, summary: str | None) -> str:
    return f"{title}. {summary}" if summary else title
