"""Cases of the W3C, read from their manifests: requests with the answers they expect, and queries with their data."""

from __future__ import annotations

from pathlib import Path

import httpx
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib.collection import Collection
from rdflib.namespace import RDF

__all__ = ["HT", "MF", "SUITES", "UT", "Case", "Cases", "send"]

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
SUITES = "http://w3c.github.io/rdf-tests/sparql/sparql11/"
_PARSERS = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML}

Case = rdflib.term.Node


class Cases:
    """The cases of a manifest, and of those that it includes.

    :param folder: the folder ``w3c-rdf-tests``.
    :param manifest: path below the folder of the SPARQL 1.1 suites.
    """

    def __init__(self, folder: Path, manifest: str) -> None:
        self._folder = folder / "sparql" / "sparql11"
        self.graph = rdflib.Graph()
        #: Cases by name, such as ``protocol#query_get``.
        self.by_name: dict[str, Case] = {}
        self._read(SUITES + manifest)

    def _read(self, url: str) -> None:
        graph = rdflib.Graph().parse(self.file(url), publicID=url)
        self.graph += graph
        place = rdflib.URIRef(url)
        for entries in graph.objects(place, MF.entries):
            for case in Collection(graph, entries):
                folder, _, fragment = str(case).removeprefix(str(case).rsplit("/", 2)[0] + "/").partition("/manifest#")
                self.by_name[f"{folder}#{fragment}"] = case
        for included in graph.objects(place, MF.include):
            for inner in Collection(graph, included):
                self._read(str(inner))

    def file(self, url: object) -> Path:
        """Where a file of the suites is."""
        return self._folder / str(url).removeprefix(SUITES)

    def kind(self, case: Case) -> str:
        """Local name of its class."""
        return str(self.graph.value(case, RDF.type)).partition("#")[2]

    def requests(self, case: Case) -> list[rdflib.term.Node]:
        """Requests of a case of a protocol, in order."""
        action = self.graph.value(case, MF.action)
        assert action is not None
        sequence = self.graph.value(action, HT.requests)
        assert sequence is not None
        return list(Collection(self.graph, sequence))

    def query(self, case: Case) -> tuple[str, str]:
        """A query, and the IRI against which its IRIs are resolved."""
        action = self.graph.value(case, MF.action)
        query = self.graph.value(action, QT.query) or action
        return self.file(query).read_text(encoding="utf-8"), str(query)

    def data(self, case: Case) -> list[Quad]:
        """Data of a case of query evaluation."""
        action = self.graph.value(case, MF.action)
        quads: list[Quad] = []
        for file in self.graph.objects(action, QT.data):
            quads += self._parse(file)
        for file in self.graph.objects(action, QT.graphData):
            name = NamedNode(str(file))
            quads += [Quad(quad.subject, quad.predicate, quad.object, name) for quad in self._parse(file)]
        return quads

    def _parse(self, url: object) -> list[Quad]:
        file = self.file(url)
        return list(parse(file.read_bytes(), _PARSERS[file.suffix], base_iri=str(url), rename_blank_nodes=True))

    def headers(self, message: rdflib.term.Node | None) -> dict[str, str]:
        """Headers of a request, or those that its answer must have."""
        headers = self.graph.value(message, HT.headers)
        return {
            str(self.graph.value(header, HT.fieldName)): str(self.graph.value(header, HT.fieldValue))
            for header in (Collection(self.graph, headers) if headers is not None else ())
        }

    def body(self, message: rdflib.term.Node | None) -> bytes | None:
        """Body of a request, or that of its answer."""
        body = self.graph.value(message, HT.body)
        if body is None:
            return None
        return str(self.graph.value(body, CNT.chars)).encode(str(self.graph.value(body, CNT.characterEncoding)))


def send(cases: Cases, request: rdflib.term.Node, url: str) -> httpx.Response:
    """Send a request of a case.

    :param url: where to, as the path in the manifest is that of no service.
    """
    method = str(cases.graph.value(request, HT.methodName))
    return httpx.request(method, url, content=cases.body(request), headers=cases.headers(request))
