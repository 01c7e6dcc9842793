"""Each shape has an example that passes and one that fails as it says, and is well formed, numbered and known.

An example stands in ``shapes/examples/{Shape}/``, named after the node shape; it covers the property shapes of that name
too (``PracticeShape-title``). An invalid one says in its head what it fires: ``# fires: P03 P04 at practice:bare``, with
``for X`` where the rule names another node or value. Examples are read together with ``shapes/examples/context.ttl``, a
small graph in which nothing is wrong, and checked in one run for each file of shapes, for starting pySHACL is slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from etl.identifiers import BASE, TERMS
from etl.validate import Result, validate_graph

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "shapes" / "examples"
CONTEXT = EXAMPLES / "context.ttl"
SH = Namespace("http://www.w3.org/ns/shacl#")

LETTERS = {
    "dataset": "G",
    "documents": "D",
    "evidence": "E",
    "frameworks": "F",
    "judgements": "J",
    "practices": "P",
    "vocabularies": "V",
}
#: What only a contributed practice may lack, until it is curated.
WARNINGS = {"J13", "P63", "P64", "P65", "P66", "P67"}
#: Classes with so many members that a query for each of them would take minutes.
LARGE = {TERMS + name for name in ("Actor", "CoverageCell", "Link", "Passage")} | {"http://www.w3.org/ns/oa#TextPositionSelector"}

_FIRES = re.compile(r"^# fires: (?P<rules>[A-Z]\d\d(?: [A-Z]\d\d)*) at (?P<focus>\S+)(?: for (?P<value>\".*\"|\S+))?$")


class Rule(NamedTuple):
    """A shape that reports: its number, name, message, severity and file."""

    number: str
    name: str
    message: str
    severity: str
    file: str
    node: Node

    @property
    def folder(self) -> Path:
        """Where its examples stand."""
        return EXAMPLES / self.name.split("-")[0]


class Expectation(NamedTuple):
    """A rule that an invalid example fires at a node; ``value`` is None where any value will do."""

    number: str
    focus: str
    value: str | None
    file: str

    def meets(self, result: Result) -> bool:
        """Whether a result is what is expected."""
        return (
            result.message.startswith(f"{self.number}: ")
            and self.focus in {result.focus, "_:" if _is_nameless(result) else None}
            and self.value in {None, result.value}
        )


def _is_nameless(result: Result) -> bool:
    return ":" not in result.focus


@lru_cache
def read_shapes() -> Graph:
    shapes = Graph()
    for file in shape_files():
        shapes.parse(file)
    return shapes


def shape_files() -> list[Path]:
    return sorted((ROOT / "shapes").glob("*.ttl"))


@lru_cache
def read_rules() -> tuple[Rule, ...]:
    return tuple(rule for file in shape_files() for rule in _rules_of(file))


def _rules_of(file: Path) -> Iterator[Rule]:
    shapes = Graph().parse(file)
    for node, severity in shapes.subject_objects(SH.severity):
        query = shapes.value(node, SH.sparql)
        message = str(shapes.value(node, SH.message) or shapes.value(query, SH.message))
        name = str(node).removeprefix(f"{BASE}shapes#")
        yield Rule(message.split(":", maxsplit=1)[0], name, message, str(severity).removeprefix(str(SH)), file.stem, node)


def read_expectations(file: Path) -> Iterator[Expectation]:
    namespaces = dict(Graph().parse(file).namespaces())

    def expand(token: str) -> str:
        if token[0] in '<"':
            return token[1:-1]
        prefix, local = token.split(":", 1)
        return "_:" if prefix == "_" else str(namespaces[prefix]) + local

    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# fires"):
            match = _FIRES.match(line)
            assert match, f"{file}: {line!r} does not read like '# fires: P03 P04 at practice:bare for place:gbr'"
            value = match["value"]
            for number in match["rules"].split():
                yield Expectation(number, expand(match["focus"]), expand(value) if value else None, file.parent.name)


def check(files: Iterable[Path]) -> tuple[Result, ...]:
    """Results for some examples and their context, checked with all shapes."""
    data = Graph()
    for file in (CONTEXT, *files):
        data.parse(file)
    return validate_graph(data, read_shapes()).results


def show(results: Iterable[Result]) -> list[str]:
    return [f"{result.message[:60]} at {result.focus} for {result.value}" for result in results]


def examples(kind: str, file: str | None = None) -> list[Path]:
    folders = sorted({rule.folder for rule in read_rules() if file in {None, rule.file}})
    return [example for folder in folders for example in sorted(folder.glob(f"{kind}*.ttl"))]


# --- Examples ---------------------------------------------------------------------------------------------------------


def test_context_is_faultless() -> None:
    assert show(check([])) == []


def test_valid_examples_fire_nothing() -> None:
    assert show(check(examples("valid"))) == []


@pytest.mark.parametrize("file", sorted(LETTERS))
def test_invalid_examples_fire_what_they_say_and_nothing_else(file: str) -> None:
    invalid = examples("invalid", file)
    expected = [expectation for example in invalid for expectation in read_expectations(example)]
    results = check(invalid)
    assert show(result for result in results if not any(e.meets(result) for e in expected)) == []
    assert [e for e in expected if not any(e.meets(result) for result in results)] == []


@pytest.mark.parametrize("file", sorted(LETTERS))
def test_no_example_passes_by_the_fault_of_another(file: str) -> None:
    owners: dict[tuple[str, str], set[Expectation]] = {}
    for expectation in (e for example in examples("invalid", file) for e in read_expectations(example)):
        owners.setdefault((expectation.number, expectation.focus), set()).add(expectation)
    for same in owners.values():
        files, values = {e.file for e in same}, [e.value for e in same]
        assert len(files) == 1 or (None not in values and len(set(values)) == len(values)), same


def test_every_shape_has_an_example_pair() -> None:
    for rule in read_rules():
        assert (rule.folder / "valid.ttl").exists(), f"{rule.name}: add {rule.folder}/valid.ttl"
        fired = {e.number for file in rule.folder.glob("invalid*.ttl") for e in read_expectations(file)}
        assert rule.number in fired, f"{rule.name}: add an example to {rule.folder}/invalid.ttl that fires {rule.number}"


def test_every_example_belongs_to_a_shape() -> None:
    folders = {rule.folder for rule in read_rules()}
    assert {path for path in EXAMPLES.iterdir() if path != CONTEXT} == folders


def test_valid_examples_hold_what_their_shapes_speak_of() -> None:
    shapes = read_shapes()
    forbidden = set(shapes.subjects(SH.maxCount, Literal(0)))
    for rule in read_rules():
        example = Graph().parse(rule.folder / "valid.ttl")
        path = shapes.value(rule.node, SH.path)
        if rule.node in forbidden:
            continue
        if (None, SH.property, rule.node) not in shapes:
            assert any(_targets(shapes, rule.node, example)), f"{rule.folder}/valid.ttl has nothing that {rule.name} is about"
        if isinstance(path, URIRef):
            assert (None, path, None) in example, f"{rule.name}: {path} is not in {rule.folder}/valid.ttl"


def _targets(shapes: Graph, shape: Node, data: Graph) -> Iterator[object]:
    for target in shapes.objects(shape, SH.targetClass):
        yield from data.subjects(RDF.type, target)
    for target in shapes.objects(shape, SH.targetSubjectsOf):
        yield from data.subjects(target, None)
    for target in shapes.objects(shape, SH.targetObjectsOf):
        yield from data.objects(None, target)
    for target in shapes.objects(shape, SH.targetNode):
        yield from data.triples((None, None, target))
        yield from data.triples((None, target, None))


# --- Shapes -----------------------------------------------------------------------------------------------------------


def test_shapes_are_well_formed() -> None:
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=read_shapes(), meta_shacl=True, advanced=True)
    assert conforms, report


def test_rules_are_numbered_once_and_say_how_to_mend() -> None:
    for file, letter in LETTERS.items():
        numbers = sorted(rule.number for rule in read_rules() if rule.file == file)
        assert numbers == [f"{letter}{count:02d}" for count in range(1, len(numbers) + 1)], file
    for rule in read_rules():
        assert re.fullmatch(r"[A-Z]\d\d: \S.*\. [A-Z].*\.", rule.message), f"{rule.name}: {rule.message}"


def test_only_what_a_contributed_practice_lacks_is_a_warning() -> None:
    assert {rule.number for rule in read_rules() if rule.severity == "Warning"} == WARNINGS
    assert {rule.severity for rule in read_rules()} == {"Warning", "Violation"}


def test_every_named_shape_reports() -> None:
    shapes, named = read_shapes(), {rule.node for rule in read_rules()}
    kinds = set(shapes.subjects(RDF.type, SH.NodeShape)) | set(shapes.subjects(RDF.type, SH.PropertyShape))
    assert kinds == named
    for whole, part in shapes.subject_objects(SH.property):
        if isinstance(part, URIRef):
            assert str(part).startswith(f"{whole}-"), f"{part} is no part of {whole} by its name"


def test_terms_of_ours_are_defined() -> None:
    ontology = Graph()
    for module in (ROOT / "ontology" / "modules").glob("*.ttl"):
        ontology.parse(module)
    shapes = read_shapes()
    used = {node for node in shapes.all_nodes() if isinstance(node, URIRef) and node.startswith(TERMS)}
    for query in shapes.objects(None, SH.select):
        used |= {URIRef(TERMS + name) for name in re.findall(r"\bipg:(\w+)", str(query))}
    assert sorted(str(term) for term in used if (term, RDF.type, None) not in ontology) == []


def test_no_query_is_asked_for_each_member_of_a_large_class() -> None:
    shapes = read_shapes()
    for shape in shapes.subjects(SH.sparql, None):
        assert LARGE.isdisjoint(str(target) for target in shapes.objects(shape, SH.targetClass)), shape
