"""What the dataset says of itself in numbers: each is counted again by SPARQL over the built graphs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from etl.graphs.linksets import TARGETS
from etl.identifiers import BASE
from etl.namespaces import PREFIXES

DATASET = f"<{BASE}id/dataset/integration-policy-graph>"
METADATA = NamedNode(f"{BASE}graph/metadata")
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
PRIVATE = {f"{BASE}graph/text", f"{BASE}graph/suggested"}

Rows = Counter[tuple[str | int, ...]]


@pytest.fixture(scope="module")
def quads(home: Path) -> list[Quad]:
    """The published quads of the snapshot."""
    return list(parse((home / "current" / "dataset.nq").read_bytes(), format=RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def union(quads: list[Quad]) -> Store:
    """What the numbers are about: each triple of the graphs described once, without the description."""
    store = Store()
    store.bulk_extend({Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads if q.graph_name != METADATA})
    return store


@pytest.fixture(scope="module")
def graphs(quads: list[Quad]) -> Store:
    """The named graphs described."""
    store = Store()
    store.bulk_extend(quad for quad in quads if quad.graph_name != METADATA)
    return store


@pytest.fixture(scope="module")
def told(quads: list[Quad]) -> Store:
    """The description."""
    store = Store()
    store.bulk_extend(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads if q.graph_name == METADATA)
    return store


def ask(store: Store, query: str) -> Rows:
    """Rows of a query, numbers as integers."""
    solutions = store.query(HEAD + query)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return Counter(tuple(_value(row[name].value) for name in names) for row in solutions)


def _value(lexical: str) -> str | int:
    return int(lexical) if lexical.isdigit() else lexical


#: What is told, and the same counted from the statements.
PAIRS = {
    "dataset": (
        f"""SELECT ?triples ?subjects ?objects ?properties ?classes ?entities WHERE {{ {DATASET} void:triples ?triples ;
            void:distinctSubjects ?subjects ; void:distinctObjects ?objects ; void:properties ?properties ;
            void:classes ?classes ; void:entities ?entities }}""",
        f"""SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
            (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT IF(?p = rdf:type, ?o, ?none)) AS ?classes)
            (COUNT(DISTINCT IF(STRSTARTS(STR(?s), "{BASE}"), ?s, ?none)) AS ?entities) WHERE {{ ?s ?p ?o }}""",
    ),
    "classes": (
        f"""SELECT ?class ?entities ?triples WHERE {{ {DATASET} void:classPartition
            [ void:class ?class ; void:entities ?entities ; void:triples ?triples ] }}""",
        """SELECT ?class (COUNT(DISTINCT ?s) AS ?entities) (COUNT(*) AS ?triples)
            WHERE { ?s a ?class ; ?p ?o } GROUP BY ?class""",
    ),
    "properties": (
        f"""SELECT ?p ?triples ?subjects ?objects WHERE {{ {DATASET} void:propertyPartition [ void:property ?p ;
            void:triples ?triples ; void:distinctSubjects ?subjects ; void:distinctObjects ?objects ] }}""",
        """SELECT ?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
            WHERE { ?s ?p ?o } GROUP BY ?p""",
    ),
    "languages": (
        f"""SELECT ?language ?triples ?subjects WHERE {{ {DATASET} void-ext:languagePartition
            [ void-ext:language ?language ; void:triples ?triples ; void:distinctSubjects ?subjects ] }}""",
        """SELECT ?language (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
            WHERE { ?s ?p ?o BIND(LANG(?o) AS ?language) FILTER(?language != "") } GROUP BY ?language""",
    ),
    "properties, by class of the object": (
        f"""SELECT ?p ?to ?triples WHERE {{ {DATASET} void:propertyPartition [ void:property ?p ;
            void:classPartition [ void:class ?to ; void:triples ?triples ] ] }}""",
        "SELECT ?p ?to (COUNT(*) AS ?triples) WHERE { ?s ?p ?o . ?o a ?to } GROUP BY ?p ?to",
    ),
    "properties of classes": (
        f"""SELECT ?class ?p ?triples ?subjects ?objects WHERE {{ {DATASET} void:classPartition [ void:class ?class ;
            void:propertyPartition [ void:property ?p ; void:triples ?triples ;
                void:distinctSubjects ?subjects ; void:distinctObjects ?objects ] ] }}""",
        """SELECT ?class ?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
            WHERE { ?s a ?class ; ?p ?o } GROUP BY ?class ?p""",
    ),
    "properties of classes, by class of the object": (
        f"""SELECT ?class ?p ?to ?triples WHERE {{ {DATASET} void:classPartition [ void:class ?class ;
            void:propertyPartition [ void:property ?p ; void:classPartition [ void:class ?to ; void:triples ?triples ] ] ] }}""",
        "SELECT ?class ?p ?to (COUNT(*) AS ?triples) WHERE { ?s a ?class ; ?p ?o . ?o a ?to } GROUP BY ?class ?p ?to",
    ),
    "properties of classes, by datatype": (
        f"""SELECT ?class ?p ?type ?triples WHERE {{ {DATASET} void:classPartition [ void:class ?class ;
            void:propertyPartition [ void:property ?p ;
                void-ext:datatypePartition [ void-ext:datatype ?type ; void:triples ?triples ] ] ] }}""",
        """SELECT ?class ?p ?type (COUNT(*) AS ?triples)
            WHERE { ?s a ?class ; ?p ?o FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?type) } GROUP BY ?class ?p ?type""",
    ),
    "properties of classes, by language": (
        f"""SELECT ?class ?p ?language ?triples ?subjects WHERE {{ {DATASET} void:classPartition [ void:class ?class ;
            void:propertyPartition [ void:property ?p ; void-ext:languagePartition
                [ void-ext:language ?language ; void:triples ?triples ; void:distinctSubjects ?subjects ] ] ] }}""",
        """SELECT ?class ?p ?language (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
            WHERE { ?s a ?class ; ?p ?o BIND(LANG(?o) AS ?language) FILTER(?language != "") } GROUP BY ?class ?p ?language""",
    ),
}


@pytest.mark.parametrize("part", PAIRS)
def test_numbers_of_the_dataset_are_those_counted_again(part: str, told: Store, union: Store) -> None:
    said, counted = (ask(store, query) for store, query in zip((told, union), PAIRS[part], strict=True))
    assert counted
    assert said == counted


def test_numbers_of_each_graph_are_those_counted_again(told: Store, graphs: Store) -> None:
    said = ask(
        told,
        """SELECT ?g ?triples ?subjects ?objects ?properties WHERE { ?g a sd:NamedGraph ; void:triples ?triples ;
            void:distinctSubjects ?subjects ; void:distinctObjects ?objects ; void:properties ?properties }""",
    )
    assert said == ask(
        graphs,
        """SELECT ?g (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
            (COUNT(DISTINCT ?p) AS ?properties) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g""",
    )
    members = ask(
        told,
        "SELECT ?g ?class ?n WHERE { ?g a sd:NamedGraph ; void:classPartition [ void:class ?class ; void:entities ?n ] }",
    )
    assert members == ask(
        graphs, "SELECT ?g ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?class } } GROUP BY ?g ?class"
    )


def test_sets_of_links_are_those_counted_again(told: Store, union: Store) -> None:
    said = ask(
        told,
        f"""SELECT ?space ?p ?triples ?subjects ?objects WHERE {{ {DATASET} void:subset ?set . ?set a void:Linkset ;
            void:subjectsTarget {DATASET} ; void:objectsTarget/void:uriSpace ?space ; void:linkPredicate ?p ;
            void:triples ?triples ; void:distinctSubjects ?subjects ; void:distinctObjects ?objects }}""",
    )
    spaces = " ".join(f'"{target.space}"' for target in TARGETS)
    counted = ask(
        union,
        f"""SELECT ?space ?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
            WHERE {{ ?s ?p ?o FILTER(isIRI(?o)) VALUES ?space {{ {spaces} }} FILTER(STRSTARTS(STR(?o), ?space)) }}
            GROUP BY ?space ?p""",
    )
    assert said == counted
    assert {row[0] for row in said} == {target.space for target in TARGETS}


def test_every_match_with_another_dataset_is_in_a_set_of_links(told: Store, union: Store) -> None:
    matches = "skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch"
    [(said,)] = ask(
        told,
        f"SELECT (SUM(?n) AS ?all) WHERE {{ ?set void:linkPredicate ?p ; void:triples ?n VALUES ?p {{ {matches} }} }}",
    )
    [(counted,)] = ask(
        union,
        f"""SELECT (COUNT(*) AS ?all) WHERE {{ ?s ?p ?o VALUES ?p {{ {matches} }}
            FILTER(STRSTARTS(STR(?s), "{BASE}id/") && !STRSTARTS(STR(?o), "{BASE}")) }}""",
    )
    assert said == counted


def test_vocabularies_and_examples_are_in_use(told: Store, union: Store) -> None:
    spaces = {row[0] for row in ask(told, f"SELECT ?v WHERE {{ {DATASET} void:vocabulary ?v }}")}
    used = {str(row[0]) for row in ask(union, "SELECT DISTINCT ?p WHERE { { ?s ?p ?o } UNION { ?s a ?p } }")}
    assert f"{BASE}ontology#" in spaces
    assert all(sum(term.startswith(str(space)) for space in spaces) == 1 for term in used)
    examples = {row[0] for row in ask(told, f"SELECT ?e WHERE {{ {DATASET} void:exampleResource ?e }}")}
    assert {str(example).removeprefix(f"{BASE}id/").split("/")[0] for example in examples} >= {"practice", "principle", "link"}
    assert all(ask(union, f"SELECT ?c WHERE {{ <{example}> a ?c }}") for example in examples)


def test_an_editor_of_queries_finds_what_may_follow_what(told: Store) -> None:
    """Editors complete a query by subject class, property, and class or datatype of the object."""
    found = set(
        ask(
            told,
            """SELECT ?from ?p ?to WHERE { ?cp void:class ?from ; void:propertyPartition ?pp . ?pp void:property ?p
                { ?pp void:classPartition [ void:class ?to ] }
                UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?to ] } }""",
        )
    )
    ipg = f"{BASE}ontology#"
    assert (f"{ipg}Practice", f"{ipg}implementsPrinciple", f"{ipg}Principle") in found
    assert (f"{ipg}Link", f"{ipg}evidence", f"{ipg}Passage") in found
    assert (f"{ipg}Practice", f"{ipg}startYear", f"{PREFIXES['xsd']}integer") in found


def test_the_description_has_no_blank_nodes_and_tells_nothing_of_private_graphs(quads: list[Quad], told: Store) -> None:
    about = [quad for quad in quads if quad.graph_name == METADATA]
    assert not any(isinstance(term, BlankNode) for quad in about for term in quad.triple)
    named = {str(row[0]) for row in ask(told, "SELECT ?g WHERE { ?g a sd:NamedGraph }")}
    assert named == {str(quad.graph_name)[1:-1] for quad in quads} - {METADATA.value}
    assert not named & PRIVATE
    assert not ask(
        told, "SELECT ?part WHERE { { ?part void:property oa:exact } UNION { ?part void:class oa:TextQuoteSelector } }"
    )
