"""What a graph holds, in a form in which two copies can be compared, whichever engine keeps them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from query_service.engine import open_store
from query_service.errors import SnapshotUnusable
from query_service.snapshot import Snapshot

__all__ = ["DEFAULT", "METADATA", "GraphContent", "read_contents"]

DEFAULT: Final = "graph/default"
"""Name of the published default graph, relative to the base."""
METADATA: Final = "graph/metadata"
"""Name of the graph that names the version, relative to the base."""

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = frozenset({f"{_XSD}integer", f"{_XSD}decimal"})
_BOOLEAN: Final = f"{_XSD}boolean"
_TRUTH: Final = {"1": "true", "0": "false"}


@dataclass(frozen=True)
class GraphContent:
    """The triples of a graph that has no blank nodes.

    :param iri: name under which engines keep it.
    """

    iri: str
    triples: frozenset[Triple]

    @cached_property
    def lines(self) -> list[str]:
        """Canonical N-Triples, one line per triple with its line feed, in order."""
        return sorted(f"{triple.subject} {triple.predicate} {triple.object} .\n" for triple in self.triples)

    @property
    def sha256(self) -> str:
        """SHA-256 of the canonical N-Triples."""
        return hashlib.sha256("".join(self.lines).encode()).hexdigest()

    @cached_property
    def values(self) -> frozenset[Triple]:
        """The triples with every number and boolean written in the canonical way of XML Schema."""
        return frozenset(Triple(triple.subject, triple.predicate, _plain(triple.object)) for triple in self.triples)


def read_contents(snapshot: Snapshot) -> list[GraphContent]:
    """What of a snapshot is published, the graph that names the version last.

    :raises SnapshotUnusable: when the store does not hold what the manifest says, or holds what cannot be published.
    """
    manifest, store = snapshot.manifest, open_store(snapshot)
    found = []
    for graph in sorted(manifest.graphs.values(), key=lambda graph: (graph.iri == manifest.base + METADATA, graph.iri)):
        if graph.public:
            content = _content(graph.iri, store.quads_for_pattern(None, None, None, NamedNode(graph.iri)))
            quads = "".join(f"{line[:-2]}<{graph.iri}> .\n" for line in content.lines)
            if graph.sha256 and hashlib.sha256(quads.encode()).hexdigest() != graph.sha256:
                raise _other_than_described(snapshot, graph.iri)
            found.append(content)
    if not found or found[-1].iri != manifest.base + METADATA:
        raise SnapshotUnusable(
            f"the snapshot at {snapshot.folder} cannot be published",
            found="no graph that names the version",
            expected=f"<{manifest.base}{METADATA}>",
            mend="run `ipg build --force`",
        )
    default = _content(f"{manifest.base}{DEFAULT}", store.quads_for_pattern(None, None, None, DefaultGraph()))
    if len(default.triples) != manifest.default_graph.triples:
        raise _other_than_described(snapshot, default.iri)
    return [default, *found]


def _content(iri: str, quads: Iterable[Quad]) -> GraphContent:
    triples = frozenset(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    nameless = next((t for t in triples if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)), None)
    if nameless is not None:
        raise SnapshotUnusable(
            f"the graph <{iri}> cannot be published", found=f"a blank node: {nameless}", expected="IRIs and literals alone"
        )
    return GraphContent(iri, triples)


def _other_than_described(snapshot: Snapshot, iri: str) -> SnapshotUnusable:
    return SnapshotUnusable(
        f"the store of {snapshot.folder} is not what its manifest describes",
        found=f"other triples in <{iri}>",
        mend="run `ipg build --force`",
    )


def _plain(term: object) -> NamedNode | BlankNode | Literal | Triple:
    if isinstance(term, Literal):
        kind = term.datatype.value
        if kind == _BOOLEAN:
            return Literal(_TRUTH.get(term.value, term.value), datatype=term.datatype)
        if kind in _NUMBERS:
            return Literal(_plain_number(term.value), datatype=term.datatype)
    return term  # type: ignore[return-value]


def _plain_number(text: str) -> str:
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text
