"""Items by the names that people type: a path, a full IRI, or a short key that only one item has."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict, Field

from query_service.errors import AmbiguousItem, UnknownItem
from query_service.lookups import Row

__all__ = ["Item", "ItemNames", "RowSource"]

_NEAR: Final = 5


class RowSource(Protocol):
    """Answers the questions of ``queries/``."""

    def rows(self, name: str, /) -> list[Row]:
        """Answers to a query by the name of its file."""


class Item(BaseModel):
    """An item of the graph, as tools name it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(description="path below id/, e.g. principle/cbp-9")
    iri: str = Field(description="IRI of the item")
    kind: str = Field(description="first segment of the path, e.g. practice")
    title: str = Field(description="title in English, in any language where there is no English one")


class ItemNames:
    """The labelled items of a snapshot: principles, practices, actors and so on, but no passages or link records.

    :param lookups: questions to the dataset.
    :param base: base of its IRIs.
    """

    def __init__(self, lookups: RowSource, base: str) -> None:
        self._prefix = f"{base}id/"
        self._items: dict[str, Item] = {}
        self._classes: dict[str, set[str]] = {}
        for row in lookups.rows("list_items"):
            path = self.path(row["item"])
            self._items.setdefault(path, Item(path=path, iri=row["item"], kind=path.split("/")[0], title=row["label"]))
            self._classes.setdefault(path, set()).add(row.get("class", "").removeprefix(f"{base}ontology#"))

    def path(self, iri: str) -> str:
        """Path of an item, e.g. ``principle/cbp-9``, from its IRI; an IRI that is not ours stays as it is."""
        return iri.removeprefix(self._prefix)

    def iri(self, path: str) -> str:
        """IRI of an item from its path."""
        return self._prefix + path

    def item(self, path: str) -> Item:
        """An item by its path; one without a label has its path for a title."""
        known = self._items.get(path)
        return known or Item(path=path, iri=self.iri(path), kind=path.split("/", maxsplit=1)[0], title=path)

    def is_a(self, path: str, name: str) -> bool:
        """Whether an item is of a class of the ontology, e.g. ``Provision``."""
        return name in self._classes.get(path, ())

    def classes(self, path: str) -> frozenset[str]:
        """Classes of the ontology that an item is of, by their names."""
        return frozenset(self._classes.get(path, ())) - {""}

    def members(self, name: str) -> frozenset[str]:
        """Paths of all items of a class of the ontology."""
        return frozenset(path for path, classes in self._classes.items() if name in classes)

    def with_key(self, key: str) -> list[str]:
        """Paths of all items whose path ends in a key."""
        return sorted(path for path in self._items if path.endswith(f"/{key}")) if key else []

    def find(self, name: str) -> Item:
        """The item that a name means.

        :param name: path, IRI, or the path's last segments; case does not matter.
        :raises UnknownItem: when there is none, with the nearest names.
        :raises AmbiguousItem: when a short key has several.
        """
        wanted = self.path(name.strip()).lower()
        if wanted in self._items:
            return self._items[wanted]
        found = self.with_key(wanted)
        if len(found) == 1:
            return self._items[found[0]]
        if found:
            raise AmbiguousItem(
                f"{name!r} is the short name of several items.",
                found=_listed(found, self._items),
                mend="write the path of the one you mean",
            )
        near = self._near(wanted)
        raise UnknownItem(
            f"No item is called {name!r}.",
            expected="a path such as principle/cbp-9, a full IRI, or a key that only one item has, such as cbp-9",
            mend=f"did you mean {_listed(near, self._items)}?" if near else "look for its key with a query on skos:prefLabel",
        )

    def _near(self, wanted: str) -> list[str]:
        keys: dict[str, str] = {}
        for path in sorted(self._items):
            for key in (path, path.partition("/")[2], self._items[path].title.lower()):
                keys.setdefault(key, path)
        close = [keys[key] for key in get_close_matches(wanted, keys, n=_NEAR, cutoff=0.6)]
        titled = [path for key, path in keys.items() if wanted and wanted in key]
        return list(dict.fromkeys([*close, *titled]))[:_NEAR]


def _listed(paths: list[str], items: Mapping[str, Item]) -> str:
    return ", ".join(f"{path} ({items[path].title})" for path in paths)
