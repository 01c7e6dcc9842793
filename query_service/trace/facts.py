"""What a snapshot says about the statements that a trace walks: where they stand, why they are made, what follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from query_service.item_names import ItemNames
from query_service.lookups import Row, Source
from query_service.trace.choices import Walked
from query_service.trace.records import Agent, Axiom, LinkRecord, PassageReference

__all__ = ["Edge", "Facts"]


#: Properties that say more of a statement between the same two items, and are no hops of their own.
_ALSO: Final = {
    "ipg:implements": ("ipg:implementsPrinciple", "ipg:primaryPrinciple"),
    "ipg:correspondsTo": tuple(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
}
#: What follows from others and is explained on the paths that make it.
_CONCLUDED: Final = "ipg:contributesTo"
_INFERRED: Final = "inferred"
_PREFIXES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}


class Edge(NamedTuple):
    """A statement between two items.

    :ivar also: properties that hold too and say more of it.
    :ivar graphs: names of the graphs in which it stands.
    """

    source: str
    target: str
    walked: Walked
    also: tuple[str, ...]
    graphs: tuple[str, ...]

    @property
    def asserted(self) -> bool:
        """Whether anybody states it, or it follows from what is stated."""
        return self.graphs != (_INFERRED,)


class Facts:
    """A dataset as a trace sees it.

    :param source: what is asked; passages are quoted where it shows their wording.
    """

    def __init__(self, source: Source) -> None:
        base = source.base
        self._lookups = source
        self.version = source.version
        self._graphs = f"{base}graph/"
        self._prefixes = {"ipg": f"{base}ontology#", **_PREFIXES}
        self.names = ItemNames(self._lookups, base)
        self._statements = cache(self._read_statements)
        self._links = cache(self._read_links)
        self._passages = cache(self._read_passages)

    def edges(self, walked: Iterable[Walked]) -> list[Edge]:
        """All statements with the properties to walk."""
        return [
            Edge(*ends, kind, self._also(kind, *ends), graphs)
            for kind in walked
            for ends, graphs in self._statements(kind.property).items()
        ]

    def _also(self, kind: Walked, source: str, target: str) -> tuple[str, ...]:
        return tuple(name for name in _ALSO.get(kind.property, ()) if (source, target) in self._statements(name))

    def inferred(self) -> frozenset[tuple[str, str, str]]:
        """Statements that follow from others and that nobody asserts, as source, property and target."""
        return frozenset(
            (source, name, target)
            for name in ("ipg:implements", *_ALSO["ipg:implements"], _CONCLUDED)
            for (source, target), graphs in self._statements(name).items()
            if graphs == (_INFERRED,)
        )

    def axioms(self) -> tuple[Axiom, ...]:
        """Axioms of the ontology from which statements between items follow."""
        rows = self._lookups.rows("list_axioms")
        found = []
        for (name, kind, _), members in groupby(rows, key=lambda row: (row["property"], row["kind"], row["axiom"])):
            ordered = tuple(self._compact(member["member"]) for member in members)
            found.append(Axiom.model_validate({"kind": kind, "property": self._compact(name), "members": ordered}))
        return tuple(found)

    def link(self, edge: Edge) -> LinkRecord | None:
        """The record of why a statement is made, if there is one."""
        rows = self._links().get((edge.source, edge.walked.property, edge.target))
        if not rows:
            return None
        first = rows[0]
        agents = {row["agent"]: row.get("agentLabel", row["agent"]) for row in rows if "agent" in row}
        return LinkRecord(
            iri=first["link"],
            strength=self._term(first, "strength"),
            basis=self._compact(first["basis"]),
            rationale=first["rationale"],
            confidence=float(first["confidence"]) if "confidence" in first else None,
            justification=self._term(first, "justification"),
            review_state=self._compact(first["review"]),
            attributed_to=tuple(Agent(path=self.names.path(iri), name=name) for iri, name in agents.items()),
            created=date.fromisoformat(first["created"]) if "created" in first else None,
            as_printed=first.get("printed"),
            passages=tuple(map(self.passage, dict.fromkeys(row["passage"] for row in rows if "passage" in row))),
        )

    def _read_links(self) -> dict[tuple[str, str, str], list[Row]]:
        """Rows of each link record by the statement that it is about."""
        links: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self._lookups.rows("list_links"):
            source, target = self.names.path(row["source"]), self.names.path(row["target"])
            links[source, self._compact(row["property"]), target].append(row)
        return links

    def passage(self, iri: str) -> PassageReference:
        """Where a passage stands that is the evidence of a link or the text of a provision."""
        row = self._passages()[iri]
        document = self.names.path(row["document"])
        field = row.get("field")
        return PassageReference(
            iri=iri,
            document=document,
            document_title=self.names.item(document).title,
            section=row.get("section"),
            field=self.names.path(field).rpartition("/")[2] if field else None,
            start=int(row["start"]),
            end=int(row["end"]),
            sha256=row["hash"],
            wording=row.get("wording"),
        )

    def _read_passages(self) -> dict[str, Row]:
        return {row["passage"]: row for row in self._lookups.rows("list_passages")}

    def _read_statements(self, name: str) -> dict[tuple[str, str], tuple[str, ...]]:
        """Graphs of each statement with a property, by source and target."""
        graphs: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self._lookups.rows("list_statements", property=self._expand(name)):
            ends = self.names.path(row["source"]), self.names.path(row["target"])
            graphs[ends].append(row["graph"].removeprefix(self._graphs))
        return {ends: tuple(names) for ends, names in graphs.items()}

    def _term(self, row: Row, name: str) -> str | None:
        return self._compact(row[name]) if name in row else None

    def _compact(self, iri: str) -> str:
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri

    def _expand(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local
