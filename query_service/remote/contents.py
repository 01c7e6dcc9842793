"""What a graph holds, in a form in which two copies can be compared, whichever engine keeps them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

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
    """The triples of a graph.

    :param iri: name under which engines keep it.
    :param triples: its triples; blank nodes may have any labels.
    """

    iri: str
    triples: frozenset[Triple]

    @cached_property
    def lines(self) -> list[str]:
        """Canonical N-Triples (RDFC-1.0), one line per triple with its line feed, in order."""
        return _canonical(Quad(triple.subject, triple.predicate, triple.object) for triple in self.triples)

    @property
    def sha256(self) -> str:
        """SHA-256 of the canonical N-Triples."""
        return _sha256(self.lines)

    @cached_property
    def values(self) -> frozenset[str]:
        """The same lines where every number and boolean is written in the canonical way of XML Schema."""
        return frozenset(_canonical(Quad(triple.subject, triple.predicate, _plain(triple.object)) for triple in self.triples))


def read_contents(snapshot: Snapshot) -> list[GraphContent]:
    """What of a snapshot is published, the graph that names the version last.

    :raises SnapshotUnusable: when the store does not hold what the manifest says, or names no version.
    """
    manifest, store = snapshot.manifest, open_store(snapshot)
    metadata = f"{manifest.base}{METADATA}"
    public = sorted((graph for graph in manifest.graphs.values() if graph.public), key=lambda g: (g.iri == metadata, g.iri))
    if not public or public[-1].iri != metadata:
        raise SnapshotUnusable(
            f"the snapshot at {snapshot.folder} cannot be published",
            found="no graph that names the version",
            expected=f"<{metadata}>",
            mend="run `ipg build --force`",
        )
    quads = {graph.iri: list(store.quads_for_pattern(None, None, None, NamedNode(graph.iri))) for graph in public}
    _check_hashes(snapshot, quads)
    default = list(store.quads_for_pattern(None, None, None, DefaultGraph()))
    if len(default) != manifest.default_graph.triples:
        raise _other_than_described(snapshot, "the default graph")
    return [_content(iri, some) for iri, some in {f"{manifest.base}{DEFAULT}": default, **quads}.items()]


def _check_hashes(snapshot: Snapshot, quads: dict[str, list[Quad]]) -> None:
    """Compare with the hashes that the build took, for which blank nodes are named over all public graphs at once."""
    lines: dict[str, list[str]] = {}
    for line in _canonical(quad for some in quads.values() for quad in some):
        lines.setdefault(line.rsplit(" ", 2)[1].strip("<>"), []).append(line)
    for graph in snapshot.manifest.graphs.values():
        if graph.public and graph.sha256 and _sha256(lines.get(graph.iri, [])) != graph.sha256:
            raise _other_than_described(snapshot, f"<{graph.iri}>")


def _content(iri: str, quads: Iterable[Quad]) -> GraphContent:
    return GraphContent(iri, frozenset(Triple(quad.subject, quad.predicate, quad.object) for quad in quads))


def _canonical(quads: Iterable[Quad]) -> list[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    written = (serialize(dataset, format=RdfFormat.N_QUADS) or b"").decode()
    return sorted(f"{line}\n" for line in written.split("\n") if line)


def _sha256(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _other_than_described(snapshot: Snapshot, where: str) -> SnapshotUnusable:
    return SnapshotUnusable(
        f"the store of {snapshot.folder} is not what its manifest describes",
        found=f"other triples in {where}",
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
