"""The dataset and each of its graphs in every RDF format, the shapes, and the context of JSON-LD."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from query_service.dumps.records import DumpFile, file_name
from query_service.errors import SnapshotUnusable
from query_service.snapshot import Snapshot

__all__ = ["GRAPH_FORMATS", "rdf_files", "serialise_statements"]

#: Formats by the ending of their files; those that name graphs come first.
GRAPH_FORMATS: Final = {
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
_PREFIX: Final = NamedNode("http://www.w3.org/ns/shacl#prefix")
_NAMESPACE: Final = NamedNode("http://www.w3.org/ns/shacl#namespace")
_LEVEL: Final = 6


def rdf_files(snapshot: Snapshot) -> Iterator[DumpFile]:
    """Files of RDF: of the whole dataset, of each public graph, and of the shapes.

    Formats without names for graphs hold the union of the graphs, in which a triple that stands in several counts once.

    :raises SnapshotUnusable: when a file of the snapshot is missing.
    """
    public = {NamedNode(graph.iri) for graph in snapshot.manifest.graphs.values() if graph.public}
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in _read(snapshot, "dataset.nq"):
        # The file holds nothing else; what is not for everyone stays out of dumps even if it did.
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name in public:
            graphs[quad.graph_name.value].append(quad)
    quads = [quad for _, some in sorted(graphs.items()) for quad in some]
    prefixes = _read_prefixes(quads)
    yield from _in_every_format(snapshot, "", "all published graphs", quads, prefixes)
    for iri, some in sorted(graphs.items()):
        name = iri.removeprefix(f"{snapshot.manifest.base}graph/")
        ending = f"-graph-{name.replace('/', '-')}"
        yield from _in_every_format(snapshot, ending, f"the graph {iri}", some, prefixes, graph=name)
    shapes = list(_read(snapshot, "shapes.nt"))
    yield from _in_every_format(snapshot, "-shapes", "the SHACL shapes", shapes, prefixes)
    context = _bytes(snapshot, "context.jsonld")
    yield DumpFile(file_name(snapshot, "-context.jsonld"), context, "JSON-LD context", "rdf", "application/ld+json")


def _in_every_format(
    snapshot: Snapshot,
    ending: str,
    title: str,
    quads: Sequence[Quad],
    prefixes: Mapping[str, str],
    *,
    graph: str | None = None,
) -> Iterator[DumpFile]:
    # In the order of the canonical files, with each triple once.
    triples = list(dict.fromkeys(quad.triple for quad in quads))
    for key, format_ in GRAPH_FORMATS.items():
        content = serialise_statements(quads if format_.supports_datasets else triples, format_, prefixes)
        yield DumpFile(
            file_name(snapshot, f"{ending}.{key}.gz"),
            gzip.compress(content, _LEVEL, mtime=0),
            f"{title} ({format_.name})",
            "rdf",
            format_.media_type,
            compressed=True,
            graph=graph,
        )


def serialise_statements(statements: Sequence[Quad] | Sequence[Triple], format_: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    """Write statements; where prefixes are declared, in alphabetical order, as the library has no order of its own."""
    body = serialize(statements, format=format_, prefixes=dict(prefixes)) or b""
    if format_ == RdfFormat.RDF_XML:
        return re.sub(rb"(?<=<rdf:RDF) [^>]*(?=>)", lambda m: b" " + b" ".join(sorted(m[0].split())), body, count=1)
    declared = body.split(b"\n", len(prefixes))
    if not all(line.startswith(b"@prefix ") for line in declared[:-1]):
        return body
    return b"\n".join([*sorted(declared[:-1]), declared[-1]])


def _read_prefixes(quads: Iterable[Quad]) -> dict[str, str]:
    names: dict[object, str] = {}
    spaces: dict[object, str] = {}
    for quad in quads:
        if quad.predicate == _PREFIX:
            names[quad.subject] = getattr(quad.object, "value", "")
        elif quad.predicate == _NAMESPACE:
            spaces[quad.subject] = getattr(quad.object, "value", "")
    return {names[node]: spaces[node] for node in sorted(names, key=str) if node in spaces}


def _read(snapshot: Snapshot, name: str) -> Iterable[Quad]:
    return parse(_bytes(snapshot, name), format=RdfFormat.N_QUADS)


def _bytes(snapshot: Snapshot, name: str) -> bytes:
    try:
        return (snapshot.folder / name).read_bytes()
    except OSError as error:
        raise SnapshotUnusable(
            f"the snapshot at {snapshot.folder} is not whole", found=str(error), mend="run `ipg build --force`"
        ) from None
