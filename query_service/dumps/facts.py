"""What tables and networks are made of: members of classes with their values, and labels in three languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from query_service.lookups import Lookups
from query_service.snapshot import Snapshot

__all__ = ["LANGUAGES", "DumpFacts", "Value"]

LANGUAGES: Final = ("en", "fr", "de")


class Value(NamedTuple):
    """A value, and its language if it is a text in one."""

    text: str
    language: str = ""


#: Values of each member of a class by property, both as IRIs.
Members = Mapping[str, Mapping[str, tuple[Value, ...]]]


class DumpFacts:
    """The default graph of a snapshot, as dumps see it.

    :raises SnapshotUnusable: when the store cannot be opened.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._lookups = Lookups(snapshot)
        self._members: dict[str, Members] = {}
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._lookups.rows("dump_labels"):
            self._labels[row["item"]].setdefault(row.get("language", ""), row["label"])
        self.prefixes = {row["prefix"]: row["namespace"] for row in self._lookups.rows("dump_prefixes")}
        self._prefix_of = {space: prefix for prefix, space in self.prefixes.items()}
        [(self.dataset, about)] = self.members("dcat:Dataset").items()
        #: Licence of the dataset, and what is said of how it was made.
        self.licence = about[self.expand("dcterms:license")][0].text
        self.provenance = about[self.expand("dcterms:provenance")][0].text

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
        for row in self._lookups.rows(query, **{"class": self.expand(name)}):
            found[row["item"]][row["property"]].add(Value(row["value"], row.get("language", "")))
        return {item: {key: tuple(sorted(some)) for key, some in found[item].items()} for item in sorted(found)}

    def label(self, iri: str, language: str = "en") -> str:
        """Label of an item in a language, else in English, else in any; an item without has its compact name."""
        labels = self._labels.get(iri, {})
        return labels.get(language) or labels.get("en") or next(iter(labels.values()), "") or self.compact(iri)

    def expand(self, name: str) -> str:
        """IRI of a compact name such as ``ipg:Practice``."""
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local

    def compact(self, iri: str) -> str:
        """Compact name of an IRI, or the IRI itself."""
        space = max((space for space in self._prefix_of if iri.startswith(space)), key=len, default="")
        return f"{self._prefix_of[space]}:{iri.removeprefix(space)}" if space else iri
