"""What tables, networks and pages are made of: members of classes with their values, and labels in three languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Final, NamedTuple

from query_service.errors import SnapshotUnusable
from query_service.lookups import Source, source_of
from query_service.snapshot import Snapshot

__all__ = ["LANGUAGES", "ItemFacts", "Members", "Value"]

LANGUAGES: Final = ("en", "fr", "de")


class Value(NamedTuple):
    """A value, and its language if it is a text in one."""

    text: str
    language: str = ""


#: Values of each member of a class by property, both as IRIs.
Members = Mapping[str, Mapping[str, tuple[Value, ...]]]


class ItemFacts:
    """The default graph of a dataset, item by item.

    :param dataset: a snapshot, or what a service serves.
    :raises SnapshotUnusable: when the store of a snapshot cannot be opened.
    """

    def __init__(self, dataset: Snapshot | Source) -> None:
        self._source = source_of(dataset)
        self._members: dict[str, Members] = {}
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._source.rows("dump_labels"):
            self._labels[row["item"]].setdefault(row.get("language", ""), row["label"])
        self.prefixes = {row["prefix"]: row["namespace"] for row in self._source.rows("dump_prefixes")}
        self._prefix_of = {space: prefix for prefix, space in self.prefixes.items()}

    @property
    def dataset(self) -> str:
        """IRI of the dataset; raises as :attr:`described` does."""
        return self.described[0]

    @property
    def licence(self) -> str:
        """IRI of its licence."""
        return self.described[1]

    @property
    def provenance(self) -> str:
        """What is said of how it was made."""
        return self.described[2]

    @cached_property
    def described(self) -> tuple[str, str, str]:
        """The dataset, its licence and how it was made.

        :raises SnapshotUnusable: when the dataset does not say.
        """
        for dataset, about in self.members("dcat:Dataset").items():
            licence, provenance = (about.get(self.expand(f"dcterms:{name}")) for name in ("license", "provenance"))
            if licence and provenance:
                return dataset, licence[0].text, provenance[0].text
        raise SnapshotUnusable(
            "the snapshot does not describe its dataset",
            expected="a dcat:Dataset with licence and provenance in graph/metadata",
            mend="run `ipg build`",
        )

    def members(self, name: str) -> Members:
        """Members of a class, by IRI, with their values in order."""
        if name not in self._members:
            self._members[name] = self._collect("dump_values", name)
        return self._members[name]

    def uses(self, name: str) -> Members:
        """Members of a class with what leads to them by each property."""
        return self._collect("dump_uses", name)

    def _collect(self, query: str, name: str) -> Members:
        found: dict[str, dict[str, set[Value]]] = defaultdict(lambda: defaultdict(set))
        for row in self._source.rows(query, **{"class": self.expand(name)}):
            found[row["item"]][row["property"]].add(Value(row["value"], row.get("language", "")))
        return {item: {key: tuple(sorted(some)) for key, some in found[item].items()} for item in sorted(found)}

    def labels(self, iri: str) -> Mapping[str, str]:
        """Labels of an item by language."""
        return self._labels.get(iri, {})

    def label(self, iri: str, language: str = "en") -> str:
        """Label of an item in a language, else in English, else in any; an item without has its compact name."""
        labels = self._labels.get(iri, {})
        return labels.get(language) or labels.get("en") or next(iter(labels.values()), "") or self.compact(iri)

    def expand(self, name: str) -> str:
        """IRI of a compact name such as ``ipg:Practice``.

        :raises SnapshotUnusable: when the ontology of the snapshot declares no such prefix.
        """
        prefix, _, local = name.partition(":")
        if prefix not in self.prefixes:
            raise SnapshotUnusable(f"the ontology of the snapshot declares no prefix {prefix!r}", mend="run `ipg build`")
        return self.prefixes[prefix] + local

    def compact(self, iri: str) -> str:
        """Compact name of an IRI, or the IRI itself."""
        space = max((space for space in self._prefix_of if iri.startswith(space)), key=len, default="")
        return f"{self._prefix_of[space]}:{iri.removeprefix(space)}" if space else iri
