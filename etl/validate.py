"""Validation with SHACL: pySHACL over the whole graph, its report as RDF and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from etl.errors import OntologyError, ValidationFailed
from etl.records import Record
from etl.snapshot import UNPUBLISHED, canonical_nquads
from etl.turtle import read_rdf, read_turtle

__all__ = ["Result", "ValidationReport", "validate_dataset", "validate_files", "validate_graph"]

_SH = Namespace("http://www.w3.org/ns/shacl#")


class Result(Record):
    """One validation result (SHACL, section 3.6.2): what is wrong with which node, by which shape."""

    severity: str
    shape: str
    focus: str
    path: str | None
    value: str | None
    message: str


class ValidationReport(Record):
    """What SHACL found.

    :ivar turtle: the report as RDF, canonical, so that equal reports are equal files.
    """

    results: tuple[Result, ...]
    turtle: str

    def count(self, severity: str) -> int:
        """Number of results of a severity: ``Violation``, ``Warning`` or ``Info``."""
        return sum(result.severity == severity for result in self.results)

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated; warnings are work left, no fault."""
        return self.count("Violation") == 0

    def summary(self) -> dict[str, int | bool]:
        """Counts for the manifest of a snapshot."""
        return {"conforms": self.conforms, "violations": self.count("Violation"), "warnings": self.count("Warning")}

    def table(self, *, examples: int = 3) -> str:
        """A plain table: results of one shape and message in one row, violations first, with some nodes each."""
        groups: dict[tuple[str, str, str], list[Result]] = {}
        for result in self.results:
            groups.setdefault((result.severity, result.shape, result.message), []).append(result)
        rows = [f"SHACL: {self.count('Violation')} violations, {self.count('Warning')} warnings, {self.count('Info')} notes"]
        for (severity, shape, message), results in sorted(groups.items(), key=lambda pair: (_ORDER.index(pair[0][0]), pair[0])):
            places = sorted({_place(result) for result in results})
            more = f" and {len(places) - examples} more" if len(places) > examples else ""
            rows.append(f"\n{severity:<9} {len(results):>5} x {_short(shape)}: {message}")
            rows.append(f"          at {', '.join(places[:examples])}{more}")
        return "\n".join(rows) + "\n"


_ORDER = ("Violation", "Warning", "Info")


def _place(result: Result) -> str:
    """Where to look: the focus node, and the value beside it where a rule is asked once for a property, a role or a whole."""
    if result.path is not None or result.value in {None, result.focus}:
        return _short(result.focus)
    return f"{_short(result.focus)} ({_short(str(result.value))})"


def _short(iri: str) -> str:
    return iri.removeprefix("https://w3id.org/ipg/").removeprefix("ontology#").removeprefix("id/")


def validate_dataset(dataset: ox.Dataset, shapes: Sequence[Path]) -> ValidationReport:
    """Validate the union of all graphs for everyone.

    :raises ValidationFailed: when anything is violated; the message is the table.
    """
    private = {f"https://w3id.org/ipg/graph/{name}" for name in UNPUBLISHED}
    report = validate_graph(_to_rdflib(quad for quad in dataset if quad.graph_name.value not in private), _read_shapes(shapes))
    if not report.conforms:
        raise ValidationFailed(
            "graph", f"the shapes find violations\n{report.table(examples=10)}", "no violation", "see each message"
        )
    return report


def validate_files(files: Iterable[Path], shapes: Sequence[Path]) -> ValidationReport:
    """Validate RDF files, their syntax told by their names.

    :raises OntologyError: when a file cannot be read.
    """
    return validate_graph(_to_rdflib(quad for file in files for quad in read_rdf(file)), _read_shapes(shapes))


def _read_shapes(shapes: Sequence[Path]) -> Graph:
    if not shapes:
        raise OntologyError("shapes", "holds no .ttl file", "shapes in Turtle", "restore the folder")
    return _to_rdflib(read_turtle(shapes, "shapes"))


def validate_graph(data: Graph, shapes: Graph) -> ValidationReport:
    """Validate a graph with shapes of SHACL Core and SHACL-SPARQL, without its advanced features.

    Entailment is off, for what follows is already in the graph.
    """
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", allow_warnings=True)
    if not isinstance(results, Graph):
        raise OntologyError("shapes", f"pySHACL could not run: {results}", "well-formed shapes", "correct the shapes")
    return ValidationReport(
        results=tuple(sorted(_read_results(results, shapes), key=lambda r: r.model_dump_json())), turtle=_canonical(results)
    )


def _read_results(results: Graph, shapes: Graph) -> Iterable[Result]:
    for node in results.subjects(_SH.resultSeverity):
        shape = results.value(node, _SH.sourceShape)
        path, value = results.value(node, _SH.resultPath), results.value(node, _SH.value)
        yield Result(
            severity=str(results.value(node, _SH.resultSeverity)).rsplit("#", 1)[1],
            shape=str(_named_shape(shape, shapes)),
            focus=str(results.value(node, _SH.focusNode)),
            path=None if path is None else str(path),
            value=None if value is None else str(value),
            message=" / ".join(sorted(str(message) for message in results.objects(node, _SH.resultMessage))),
        )


def _named_shape(shape: Node | None, shapes: Graph) -> Node | None:
    """The shape itself, or for a blank one the named shape around it."""
    while isinstance(shape, BNode):
        around = next(shapes.subjects(None, shape), None)
        if around is None:
            return shape
        shape = around
    return shape


def _canonical(results: Graph) -> str:
    quads = ox.parse(results.serialize(format="ntriples"), format=ox.RdfFormat.N_TRIPLES)
    return canonical_nquads(quads).decode()


def _to_rdflib(quads: Iterable[ox.Quad]) -> Graph:
    graph = Graph()
    graph.addN((_term(quad.subject), _term(quad.predicate), _term(quad.object), graph) for quad in quads)
    return graph


@lru_cache(maxsize=200_000)
def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value))
