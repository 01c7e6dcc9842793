"""The event stream: its root, its pages, and their members (https://w3id.org/ldes/specification, https://w3id.org/tree/specification).

A member is one item at one release. Its statements are the item's own, each in the graph that states it, with the member
for the item as subject; what is said of the member itself (of what it is a version, since when, why) stands in the
default graph. A release begins a page of its own, so that no page ever changes; only the root does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from query_service.releases.history import History, Member, Release

__all__ = ["POLLING_SECONDS", "STREAM_PREFIXES", "StreamAddresses", "page_quads", "root_quads"]

#: How often it is worth asking for more.
POLLING_SECONDS: Final = 86400
STREAM_PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "dcterms": "http://purl.org/dc/terms/",
    "ldes": "https://w3id.org/ldes#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "tree": "https://w3id.org/tree#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_SAFE: Final = "/:@!$&'()*+,;=-._~"  # of a fragment (RFC 3986, 3.5)
_Node = NamedNode | BlankNode


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(STREAM_PREFIXES[prefix] + local)


_TYPE: Final = _term("rdf:type")
_TIME: Final = _term("prov:generatedAtTime")
_VERSION_OF: Final = _term("dcterms:isVersionOf")
_NOTES: Final = _term("adms:versionNotes")
_PART: Final = _term("dcterms:hasPart")
_HAPPENING: Final = {"added": _term("as:Create"), "changed": _term("as:Update"), "removed": _term("as:Delete")}


@dataclass(frozen=True)
class StreamAddresses:
    """Where the stream is.

    :param address: absolute URL before every route.
    :param base: base of the IRIs in the snapshot in service.
    """

    address: str
    base: str

    @property
    def root(self) -> str:
        """The root page."""
        return f"{self.address}/ldes"

    @property
    def stream(self) -> NamedNode:
        """The stream itself."""
        return NamedNode(f"{self.root}#stream")

    def page(self, number: int, page: int) -> str:
        """A page of a release."""
        return f"{self.root}/{number}/{page}"

    def member(self, number: int, page: int, item: str) -> NamedNode:
        """A version of an item: an address below the base, as those of items, which leads to its page."""
        return NamedNode(f"{self.base}ldes/{number}/{page}#{quote(item.removeprefix(self.base), safe=_SAFE)}")


def root_quads(history: History, where: StreamAddresses) -> list[Triple]:
    """What the stream is, how it is to be read, and where its pages are."""
    stream, root, shape = where.stream, NamedNode(where.root), NamedNode(f"{where.root}#member")
    shapes = NamedNode(f"{where.address}/shapes")
    paths = {"timestampPath": _TIME, "versionOfPath": _VERSION_OF}
    paths |= {f"version{verb}Path": _TYPE for verb in ("Create", "Update", "Delete")}
    objects = {"Create": _term("as:Create"), "Update": _term("as:Update"), "Delete": _term("as:Delete")}
    return [
        Triple(stream, _TYPE, _term("ldes:EventStream")),
        Triple(stream, _term("dcterms:title"), Literal("Integration Policy Graph: versions of its items", language="en")),
        Triple(stream, _term("dcterms:license"), _LICENCE),
        Triple(stream, _term("dcterms:conformsTo"), shapes),
        Triple(stream, _term("tree:view"), root),
        Triple(stream, _term("tree:shape"), shape),
        *(Triple(stream, _term(f"ldes:{name}"), path) for name, path in paths.items()),
        *(Triple(stream, _term(f"ldes:version{verb}Object"), kind) for verb, kind in objects.items()),
        Triple(stream, _term("ldes:pollingInterval"), Literal(POLLING_SECONDS)),
        *_shape(shape, shapes),
        Triple(root, _TYPE, _term("tree:Node")),
        *(triple for release in history.releases for triple in _relations(release, root, where)),
    ]


def _shape(shape: NamedNode, shapes: NamedNode) -> Iterator[Triple]:
    """What every member has, the removed ones too; what the items themselves keep to is said by the shapes of the dataset."""
    yield Triple(shape, _TYPE, _term("sh:NodeShape"))
    yield Triple(shape, _term("rdfs:seeAlso"), shapes)
    rules = (
        (_VERSION_OF, ((_term("sh:nodeKind"), _term("sh:IRI")),)),
        (_TIME, ((_term("sh:datatype"), _term("xsd:dateTime")),)),
        (_NOTES, ()),
        (_term("owl:versionInfo"), ()),
    )
    for number, (path, more) in enumerate(rules, 1):
        rule = NamedNode(f"{shape.value}-{number}")
        yield Triple(shape, _term("sh:property"), rule)
        yield Triple(rule, _term("sh:path"), path)
        yield Triple(rule, _term("sh:minCount"), Literal(1))
        yield Triple(rule, _term("sh:maxCount"), Literal(1))
        yield from (Triple(rule, property_, value) for property_, value in more)


def _relations(release: Release, root: NamedNode, where: StreamAddresses) -> Iterator[Triple]:
    """The bounds in time of each page of a release, which are its one moment."""
    number, moment = release.record.number, _moment(release)
    for page in range(1, len(release.pages) + 1):
        for name, kind in (("from", "GreaterThanOrEqualToRelation"), ("to", "LessThanOrEqualToRelation")):
            relation = NamedNode(f"{where.root}#{name}-{number}-{page}")
            yield Triple(root, _term("tree:relation"), relation)
            yield Triple(relation, _TYPE, _term(f"tree:{kind}"))
            yield Triple(relation, _term("tree:node"), NamedNode(where.page(number, page)))
            yield Triple(relation, _term("tree:path"), _TIME)
            yield Triple(relation, _term("tree:value"), moment)


def _moment(release: Release) -> Literal:
    return Literal(release.record.published.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=_term("xsd:dateTime"))


def page_quads(release: Release, page: int, where: StreamAddresses) -> list[Quad]:
    """Members of a page, which is whole and stays as it is.

    :param page: its number, from 1.
    """
    number, shipped = release.record.number, release.record.base
    here = NamedNode(where.page(number, page))
    said = [
        Quad(where.stream, _TYPE, _term("ldes:EventStream")),
        Quad(here, _TYPE, _term("tree:Node")),
        Quad(here, _term("ldes:immutable"), Literal(True)),
    ]
    told = [(member, _move(member.item, shipped, where.base)) for member in release.members(page)]
    said += [Quad(where.stream, _term("tree:member"), where.member(number, page, item)) for _, item in told]
    for member, item in told:
        said += _member_quads(member, item, where.member(number, page, item), release, where)
    return said


def _member_quads(member: Member, item: str, name: NamedNode, release: Release, where: StreamAddresses) -> Iterator[Quad]:
    yield Quad(name, _TYPE, _HAPPENING[member.change])
    yield Quad(name, _VERSION_OF, NamedNode(item))
    yield Quad(name, _TIME, _moment(release))
    yield Quad(name, _term("owl:versionInfo"), Literal(release.record.version))
    yield Quad(name, _NOTES, Literal(member.reason, language="en"))
    text = _move("\n".join(member.lines), release.record.base, where.base)
    subject = NamedNode(item)
    quads = [
        Quad(name if quad.subject == subject else quad.subject, quad.predicate, quad.object, quad.graph_name)
        for quad in parse(text.encode(), format=RdfFormat.N_QUADS)
    ]
    yield from (Quad(name, _PART, node) for node in _loose_ends(quads, name))
    by_graph: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[str(quad.graph_name)].append(quad)
    for graph in sorted(by_graph):
        yield from by_graph[graph]


def _loose_ends(quads: Sequence[Quad], name: NamedNode) -> Iterator[BlankNode]:
    """Blank nodes to which no statement leads, so that whoever follows statements from the member finds all of them."""
    leads: dict[object, set[BlankNode]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.object, BlankNode):
            leads[quad.subject].add(quad.object)
    blanks = {quad.subject for quad in quads if isinstance(quad.subject, BlankNode)}
    missing = blanks - _reach(leads[name], leads)
    led_to = {node for targets in leads.values() for node in targets}
    while missing:  # those in a circle lead to each other alone
        start = min(missing - led_to or missing, key=str)
        yield start
        missing -= _reach({start}, leads)


def _reach(nodes: Iterable[BlankNode], leads: dict[object, set[BlankNode]]) -> set[BlankNode]:
    reached: set[BlankNode] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += leads.get(node, ())
    return reached


def _move(text: str, shipped: str, base: str) -> str:
    """Text of N-Quads with all that is below the base of the ledger moved to that of the snapshot.

    A pattern of a shape names it as a regular expression, whose backslashes are written twice.
    """
    if shipped == base:
        return text
    return text.replace(shipped, base).replace(re.escape(shipped).replace("\\", "\\\\"), re.escape(base).replace("\\", "\\\\"))
