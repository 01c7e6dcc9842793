"""The ontology: hygiene, profile, layout, names, and the questions that it must and must not answer.

Folders of ``tests/ontology``: ``hygiene`` (one rule a query; a row is a failure) and ``profile`` (a graph for each query of
``etl/rules/profile``). Each ``.bad.ttl`` holds one term with "bad" in its name, which the rule beside it must find.
Competency questions stand in ``ontology/questions``, where the reference pages find them: ``entailed`` and
``not_entailed`` about reasoning, each with its data, and ``asked`` about data, asked of ``example.ttl``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS

from etl.errors import OntologyError
from etl.fingerprint import BuildOptions
from etl.graphs import build_graphs
from etl.graphs.metadata import write_metadata
from etl.identifiers import TERMS
from etl.layout import format_turtle
from etl.layout import main as rewrite
from etl.namespaces import PREFIXES
from etl.pipeline import read_inputs
from etl.reason import check_consistency, check_profile, infer
from etl.turtle import read_rdf, read_turtle

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
CASES = Path(__file__).parent / "ontology"
QUESTIONS = ONTOLOGY / "questions"
FILES = sorted([*ONTOLOGY.glob("*.ttl"), *ONTOLOGY.glob("modules/*.ttl"), *ONTOLOGY.glob("alignments/*.ttl")])
MODULES = ("reused-terms", "documents", "frameworks", "practices", "evidence", "judgements")
LARGEST_MODULE = 40


def names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.rq"))


def triples(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return store


def ask(store: ox.Store, query: Path) -> bool:
    return bool(store.query(query.read_text(encoding="utf-8")))


def rows(store: ox.Store, query: Path) -> list[ox.QuerySolution]:
    solutions = store.query(query.read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return list(solutions)


def case(folder: str, name: str) -> ox.Dataset:
    """Ontology and the data of a question; data without a graph of their own are curated."""
    [path] = [path for path in (QUESTIONS / folder).glob(f"{name}.*") if path.suffix in {".ttl", ".trig"}]
    curated = ox.NamedNode("https://w3id.org/ipg/graph/curated")
    data = [
        ox.Quad(quad.subject, quad.predicate, quad.object, curated if quad.graph_name == ox.DefaultGraph() else quad.graph_name)
        for quad in read_rdf(path)
    ]
    return ox.Dataset([*read_turtle(FILES, "ontology"), *data])


@pytest.fixture(scope="module")
def ontology() -> ox.Dataset:
    return ox.Dataset(read_turtle(FILES, "ontology"))


@pytest.fixture(scope="module")
def example() -> ox.Dataset:
    dataset = ox.Dataset([*read_turtle(FILES, "ontology"), *read_turtle([CASES / "example.ttl"], "curated")])
    return ox.Dataset([*dataset, *infer(dataset)])


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    whole = rdflib.Graph()
    for path in FILES:
        whole.parse(path)
    return whole


def defined(graph: rdflib.Graph) -> set[str]:
    return {str(term).removeprefix(TERMS) for term in graph.subjects(RDF.type) if str(term).startswith(TERMS)}


def mentioned(paths: Iterable[Path]) -> set[str]:
    return {name for path in paths for name in re.findall(r"\bipg:([A-Za-z0-9]+)", path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("rule", names(CASES / "hygiene"))
def test_ontology_breaks_no_rule(rule: str, ontology: ox.Dataset) -> None:
    found = rows(triples(ontology), CASES / "hygiene" / f"{rule}.rq")
    assert [f"{row['term']} {row['message'].value}" for row in found] == []


@pytest.mark.parametrize("rule", names(CASES / "hygiene"))
def test_rule_finds_a_bad_term(rule: str) -> None:
    found = rows(triples(read_rdf(CASES / "hygiene" / f"{rule}.bad.ttl")), CASES / "hygiene" / f"{rule}.rq")
    assert found
    assert all("bad" in row["term"].value.lower() for row in found)
    assert all(row["message"].value for row in found)


def test_ontology_keeps_to_its_profile(ontology: ox.Dataset) -> None:
    check_profile(ontology)


@pytest.mark.parametrize("rule", sorted(path.stem for path in (ROOT / "etl" / "rules" / "profile").glob("*.rq")))
def test_profile_check_finds_a_bad_term(rule: str) -> None:
    dataset = ox.Dataset(read_turtle([CASES / "profile" / f"{rule}.bad.ttl"], "ontology"))
    with pytest.raises(OntologyError) as caught:
        check_profile(dataset)
    complaints = [line for line in caught.value.found.splitlines() if line.endswith(f"({rule})")]
    assert complaints
    assert all("bad" in line.split(">")[0].lower() or "owl#Thing" in line for line in complaints)


def test_no_class_of_the_ontology_is_unsatisfiable(ontology: ox.Dataset) -> None:
    assert check_consistency(ontology) > 0


def test_ontology_with_vocabularies_and_every_term_in_use_is_consistent(example: ox.Dataset) -> None:
    vocabularies = list(read_turtle(sorted((ONTOLOGY / "vocabularies").glob("*.ttl")), "vocabulary"))
    whole = ox.Dataset([*example, *vocabularies])
    check_profile(whole)
    check_consistency(whole)


@pytest.mark.parametrize("question", names(QUESTIONS / "entailed"))
def test_it_must_follow(question: str) -> None:
    dataset = case("entailed", question)
    query = QUESTIONS / "entailed" / f"{question}.rq"
    assert not ask(triples(dataset), query), "it is asserted, so that nothing has to follow"
    assert ask(triples([*dataset, *infer(dataset)]), query)


@pytest.mark.parametrize("question", names(QUESTIONS / "not_entailed"))
def test_it_must_not_follow(question: str) -> None:
    dataset = case("not_entailed", question)
    inferred = infer(dataset)
    asserted = [quad for quad in dataset if not quad.graph_name.value.endswith("graph/suggested")]
    assert not ask(triples([*asserted, *inferred]), QUESTIONS / "not_entailed" / f"{question}.rq")
    check_consistency(dataset)


@pytest.mark.parametrize("question", names(QUESTIONS / "asked"))
def test_question_about_data_has_an_answer(question: str, example: ox.Dataset) -> None:
    assert rows(triples(example), QUESTIONS / "asked" / f"{question}.rq")


def test_questions_have_words_and_numbers_of_their_own() -> None:
    paths = sorted(path for folder in ("entailed", "not_entailed", "asked") for path in (QUESTIONS / folder).glob("*.rq"))
    numbers = [path.name[:4] for path in paths]
    assert all(re.fullmatch(r"CQ\d\d", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert all(path.read_text(encoding="utf-8").startswith("# ") for path in paths)


def test_every_term_is_asked_for_and_shown(graph: rdflib.Graph, example: ox.Dataset) -> None:
    """``contributesTo`` is shown by what is inferred, as it is never asserted."""
    assert defined(graph) - mentioned(QUESTIONS.glob("*/CQ*")) == set()
    shown = {str(term) for quad in example if not quad.graph_name.value.endswith("ontology") for term in quad.triple}
    assert {name for name in defined(graph) if f"<{TERMS}{name}>" not in shown} == set()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> ox.Dataset:
    """The graphs of this checkout, from its committed records, with what follows from them and their description."""
    options = BuildOptions(root=ROOT, home=tmp_path_factory.mktemp("home"))
    inputs = read_inputs(options, compare=False)
    dataset = build_graphs(inputs)
    return ox.Dataset([*dataset, *infer(dataset), *write_metadata(dataset, "0.1.0+test", inputs.agreement).quads])


def test_examples_are_items_of_the_graph(built: ox.Dataset) -> None:
    items = {quad.subject.value for quad in built if isinstance(quad.subject, ox.NamedNode)}
    examples = [quad.object.value for quad in built if quad.predicate == ox.NamedNode(f"{PREFIXES['skos']}example")]
    named = {iri for text in examples for iri in re.findall(r"<([^>]*/id/[^>]+)>", text)}
    assert len(named) > 50
    assert named - items == set()


def test_terms_without_a_case_in_the_data_are_listed(built: ox.Dataset, graph: rdflib.Graph) -> None:
    values = {
        str(kind).removeprefix(TERMS) for value in graph.subjects(RDF.type, OWL.NamedIndividual) for kind in graph.objects(value)
    }
    used = {str(term) for quad in built if not quad.graph_name.value.endswith("/ontology") for term in quad.triple}
    unused = {name for name in defined(graph) - values if f"<{TERMS}{name}>" not in used}
    listed = set(tomllib.loads((ONTOLOGY / "unused_terms.toml").read_text(encoding="utf-8")))
    assert unused - listed == set(), "list them in ontology/unused_terms.toml with the reason"
    assert listed - unused == set(), "they are in use now: take them out of ontology/unused_terms.toml"


def test_every_term_that_the_project_names_is_defined(graph: rdflib.Graph) -> None:
    folders = ("docs", "etl", "query_service", "shapes", "sparql_examples", "ontology/vocabularies", "data/curation")
    suffixes = {".md", ".py", ".ttl", ".rq", ".yaml", ".toml", ".html"}
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes]
    undefined = {
        f"{path.relative_to(ROOT)}: ipg:{name}"
        for path in paths
        for name in mentioned([path]) - defined(graph)
        if name[0].isupper() is False or not name.endswith("Shape")
    }
    assert undefined == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_layout_is_canonical(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == format_turtle(text), f"run: python -m etl.layout {path.relative_to(ROOT)}"


def test_layout_keeps_the_meaning(tmp_path: Path) -> None:
    file = tmp_path / "module.ttl"
    original = (CASES / "example.ttl").read_text(encoding="utf-8")
    file.write_text("\n\n".join(reversed(original.splitlines(keepends=False))), encoding="utf-8")
    with pytest.raises(OntologyError, match=r"module\.ttl: line"):
        rewrite([str(file)])
    file.write_text(original.replace(" ;\n", ";"), encoding="utf-8")
    rewrite([str(file)])
    assert {quad.triple for quad in read_rdf(file)} == {quad.triple for quad in read_rdf(CASES / "example.ttl")}


def test_prefixes_are_those_of_the_code(graph: rdflib.Graph) -> None:
    sh = rdflib.Namespace(PREFIXES["sh"])
    declared = {
        str(graph.value(node, sh.prefix)): str(graph.value(node, sh.namespace)) for node in graph.objects(None, sh.declare)
    }
    assert declared == PREFIXES


@pytest.mark.parametrize("module", MODULES[1:])
def test_module_is_small_and_holds_what_it_defines(module: str) -> None:
    content = rdflib.Graph().parse(ONTOLOGY / "modules" / f"{module}.ttl")
    terms = defined(content)
    assert 0 < len(terms) <= LARGEST_MODULE
    header = rdflib.URIRef(f"https://w3id.org/ipg/ontology/{module}")
    assert {str(term).removeprefix(TERMS) for term in content.subjects(RDFS.isDefinedBy, header)} == terms


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_and_uses_only_what_is_below_it(module: str, graph: rdflib.Graph) -> None:
    path = ONTOLOGY / "reused-terms.ttl" if module == "reused-terms" else ONTOLOGY / "modules" / f"{module}.ttl"
    content = rdflib.Graph().parse(path)
    below = set(MODULES[: MODULES.index(module)])
    imported = {str(other).rsplit("/", 1)[1] for other in content.objects(None, OWL.imports)}
    assert imported <= below
    used = {term for triple in content for term in triple if str(term).startswith(TERMS)}
    homes = {str(graph.value(term, RDFS.isDefinedBy)).rsplit("/", 1)[1] for term in used}
    assert homes <= below | {module}


def test_root_only_imports_and_reaches_every_file(graph: rdflib.Graph) -> None:
    root = rdflib.Graph().parse(ONTOLOGY / "ipg.ttl")
    header = rdflib.URIRef("https://w3id.org/ipg/ontology")
    assert set(root.subjects()) == {header}
    files = {str(term) for term in graph.subjects(RDF.type, OWL.Ontology)} - {str(header), f"{header}/prefixes"}
    assert {str(other) for other in root.objects(header, OWL.imports)} == files


def test_versions_agree(graph: rdflib.Graph) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert {str(value) for value in graph.objects(None, OWL.versionInfo)} == {version}


def context() -> dict[str, object]:
    content: dict[str, object] = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return content


def test_context_has_a_plain_name_for_every_term(graph: rdflib.Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)
    terms = {str(term): kind for kind in kinds for term in graph.subjects(RDF.type, kind)}
    described = {}
    for entry in context().values():
        name = entry["@id"] if isinstance(entry, dict) else entry
        prefix, _, local = str(name).partition(":")
        described[PREFIXES.get(prefix, f"{prefix}:") + local] = entry
    assert {term for term in terms if not term.startswith(PREFIXES["sh"])} - set(described) == set()
    for term, kind in terms.items():
        if kind == OWL.ObjectProperty:
            entry = described[term]
            assert isinstance(entry, dict), term
            assert entry["@type"] in {"@id", "@vocab"}, term


def test_context_expands_plain_json_to_the_model() -> None:
    document = json.loads((CASES / "sample.jsonld").read_text(encoding="utf-8"))
    document["@context"] = context()
    expanded = {quad.triple for quad in ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)}
    assert expanded == {quad.triple for quad in read_rdf(CASES / "sample.ttl")}
