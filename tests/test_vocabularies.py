"""The concept schemes: rules of the SKOS Reference, three languages, keys, matches, and the labels that documents print.

Rules are functions that list what breaks them, so that each is also shown to fire on a small bad graph.
SKOS Reference: https://www.w3.org/TR/skos-reference/ (integrity conditions S9, S13, S14, S27, S46).
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from etl.actors import ActorKind
from etl.identifiers import BASE, make_slug
from etl.namespaces import PREFIXES
from etl.places import fold_name
from etl.records import TEMPLATE_FIELDS

ID = Namespace(BASE + "id/")
IPG = Namespace(PREFIXES["ipg"])
EUROVOC = "http://eurovoc.europa.eu/"
LANGUAGES = {"en", "fr", "de"}
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
#: Scheme of the concepts under each path; headings and criteria have two schemes.
SCHEMES = {
    "theme": {"themes"},
    "area": {"areas"},
    "practice-type": {"practice-types"},
    "level": {"levels"},
    "target-group": {"target-groups"},
    "criterion": {"criteria-integration", "criteria-monitoring"},
    "heading": {"handbook-headings", "skills-headings"},
    "field": {"template-fields"},
    "actor-kind": {"actor-kinds"},
    "role": {"roles"},
    "evidence-type": {"evidence-types"},
}
#: Schemes whose concepts are written from records; only their headers are here.
HEADERS = {"glossary", "places"}

Rule = Callable[[Graph], list[str]]


@pytest.fixture(scope="module")
def vocabulary(root: Path) -> Graph:
    """All vocabulary files in one graph."""
    graph = Graph()
    for file in sorted((root / "ontology" / "vocabularies").glob("*.ttl")):
        graph.parse(file)
    return graph


def concepts(graph: Graph) -> list[Node]:
    return sorted(graph.subjects(RDF.type, SKOS.Concept), key=str)


def path_of(node: Node) -> str:
    return str(node).removeprefix(ID)


def labels_in(graph: Graph, scheme: str, *properties: URIRef) -> dict[str, set[str]]:
    """Paths of concepts by folded English label."""
    found: dict[str, set[str]] = defaultdict(set)
    for concept in graph.subjects(SKOS.inScheme, ID["scheme/" + scheme]):
        for prop in properties:
            for label in graph.objects(concept, prop):
                if isinstance(label, Literal) and label.language == "en":
                    found[label.casefold()].add(path_of(concept))
    return found


# --- Rules ---------------------------------------------------------------------------------------


def scheme_is_no_concept(graph: Graph) -> list[str]:
    """S9: concept schemes and concepts are disjoint."""
    return [f"{node} is both" for node in graph.subjects(RDF.type, SKOS.ConceptScheme) if (node, RDF.type, SKOS.Concept) in graph]


def labels_are_disjoint(graph: Graph) -> list[str]:
    """S13: preferred, alternative and hidden labels of a concept differ; here also in more than case."""
    wrong = []
    for first, second in combinations(LABELS, 2):
        for subject, label in graph.subject_objects(first):
            others = {
                (str(other).casefold(), other.language) for other in graph.objects(subject, second) if isinstance(other, Literal)
            }
            if isinstance(label, Literal) and (label.casefold(), label.language) in others:
                wrong.append(f"{subject} has {label!r} twice")
    return wrong


def one_preferred_label_a_language(graph: Graph) -> list[str]:
    """S14: no more than one preferred label per language."""
    seen = Counter((s, o.language) for s, o in graph.subject_objects(SKOS.prefLabel) if isinstance(o, Literal))
    return [f"{subject} has {count} labels in {language}" for (subject, language), count in seen.items() if count > 1]


def ancestors(graph: Graph, node: Node) -> set[Node]:
    """Everything above a concept, by broader and its matches in both directions."""
    seen: set[Node] = set()
    open_nodes = [node]
    while open_nodes:
        here = open_nodes.pop()
        above = {
            *graph.objects(here, SKOS.broader),
            *graph.objects(here, SKOS.broadMatch),
            *graph.subjects(SKOS.narrowMatch, here),
        }
        open_nodes += above - seen
        seen |= above
    return seen


def related_is_not_above(graph: Graph) -> list[str]:
    """S27: related concepts do not stand above one another."""
    pairs = {*graph.subject_objects(SKOS.related), *graph.subject_objects(SKOS.relatedMatch)}
    return [f"{a} is related to and below {b}" for a, b in pairs for x, y in ((a, b), (b, a)) if y in ancestors(graph, x)]


def exact_is_not_broad_or_related(graph: Graph) -> list[str]:
    """S46: an exact match is no broad, narrow or related match."""
    return [
        f"{a} matches {b} exactly and otherwise"
        for a, b in graph.subject_objects(SKOS.exactMatch)
        for prop in (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
        if (a, prop, b) in graph or (b, prop, a) in graph
    ]


def no_concept_is_above_itself(graph: Graph) -> list[str]:
    """No cycles of broader, also through matches; SKOS permits them, we do not."""
    return [f"{concept} is above itself" for concept in concepts(graph) if concept in ancestors(graph, concept)]


def labels_are_clear(graph: Graph) -> list[str]:
    """Within a scheme a label names one concept, whatever the language: contributors' words are looked up in all."""
    owners: dict[tuple[Node, str], set[Node]] = defaultdict(set)
    for prop in LABELS:
        for concept, label in graph.subject_objects(prop):
            for scheme in graph.objects(concept, SKOS.inScheme):
                owners[scheme, fold_name(str(label))].add(concept)
    return [f"{label!r} names {sorted(map(str, nodes))}" for (_, label), nodes in owners.items() if len(nodes) > 1]


def placed_in_scheme(graph: Graph) -> list[str]:
    """A concept is in one scheme, and on top of it or below concepts of it."""
    wrong = []
    for concept in concepts(graph):
        schemes = set(graph.objects(concept, SKOS.inScheme))
        broader = list(graph.objects(concept, SKOS.broader))
        tops = set(graph.objects(concept, SKOS.topConceptOf))
        if len(schemes) != 1 or bool(broader) == bool(tops) or not tops <= schemes:
            wrong.append(f"{concept} is not placed")
        wrong += [f"{concept} is below {b} of another scheme" for b in broader if set(graph.objects(b, SKOS.inScheme)) != schemes]
    tops_said = {(s, c) for s, c in graph.subject_objects(SKOS.hasTopConcept)}
    return wrong + [f"top {pair}" for pair in tops_said ^ {(s, c) for c, s in graph.subject_objects(SKOS.topConceptOf)}]


def matches_cross_schemes(graph: Graph) -> list[str]:
    """Matches join concepts of different schemes, EuroVoc's with a label here; related joins one scheme, both ways."""
    wrong = []
    for prop in (*MATCHES, SKOS.related):
        for a, b in graph.subject_objects(prop):
            ours, theirs = set(graph.objects(a, SKOS.inScheme)), set(graph.objects(b, SKOS.inScheme))
            if str(b).startswith(EUROVOC) and prop != SKOS.related:
                fits = (b, SKOS.prefLabel, None) in graph and prop != SKOS.relatedMatch
            else:
                fits = bool(theirs) and (ours == theirs) is (prop == SKOS.related)
            if not fits or (prop == SKOS.related and (b, prop, a) not in graph):
                wrong.append(f"{a} {prop} {b}")
    return wrong


def three_languages(graph: Graph) -> list[str]:
    """Labels and definitions of concepts, titles and descriptions of schemes: once each in English, French and German."""
    wrong = []
    for kind, properties in (
        (SKOS.Concept, (SKOS.prefLabel, SKOS.definition)),
        (SKOS.ConceptScheme, (SKOS.prefLabel, DCTERMS.title, DCTERMS.description)),
        (IPG.Criterion, (IPG.guidingQuestion,)),
    ):
        for node in graph.subjects(RDF.type, kind):
            for prop in properties:
                seen = Counter(o.language for o in graph.objects(node, prop) if isinstance(o, Literal))
                if (
                    set(seen) != LANGUAGES
                    or len(set(seen.values())) > 1
                    or (prop != IPG.guidingQuestion and max(seen.values()) > 1)
                ):
                    wrong.append(f"{node} {prop} in {dict(seen)}")
    return wrong


_BAD: tuple[tuple[Rule, str], ...] = (
    (scheme_is_no_concept, "<s> a skos:ConceptScheme, skos:Concept ."),
    (labels_are_disjoint, '<a> skos:prefLabel "Event"@en ; skos:altLabel "event"@en .'),
    (one_preferred_label_a_language, '<a> skos:prefLabel "one"@en , "other"@en .'),
    (related_is_not_above, "<a> skos:broader <b> ; skos:relatedMatch <c> . <b> skos:broadMatch <c> ."),
    (exact_is_not_broad_or_related, "<a> skos:exactMatch <b> . <b> skos:narrowMatch <a> ."),
    (no_concept_is_above_itself, "<a> a skos:Concept ; skos:broader <b> . <a> skos:narrowMatch <b> ."),
    (labels_are_clear, '<a> skos:inScheme <s> ; skos:prefLabel "x"@en . <b> skos:inScheme <s> ; skos:altLabel "X"@fr .'),
    (placed_in_scheme, "<a> a skos:Concept ; skos:inScheme <s> ; skos:broader <b> . <b> skos:inScheme <t> ."),
    (matches_cross_schemes, "<a> skos:inScheme <s> ; skos:closeMatch <b> . <b> skos:inScheme <s> ."),
    (three_languages, '<a> a skos:Concept ; skos:prefLabel "only English"@en .'),
)


@pytest.mark.parametrize("rule", [rule for rule, _ in _BAD], ids=lambda rule: rule.__name__)
def test_the_vocabularies_keep_the_rule(rule: Rule, vocabulary: Graph) -> None:
    assert rule(vocabulary) == []


@pytest.mark.parametrize(("rule", "turtle"), _BAD, ids=[rule.__name__ for rule, _ in _BAD])
def test_the_rule_can_fire(rule: Rule, turtle: str) -> None:
    bad = Graph().parse(data=f"@base <https://example.org/> . @prefix skos: <{SKOS}> . {turtle}", format="turtle")
    assert rule(bad)


# --- Schemes and keys ----------------------------------------------------------------------------


def test_every_scheme_has_its_header(vocabulary: Graph) -> None:
    schemes = {path_of(node) for node in vocabulary.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == {f"scheme/{name}" for name in {*HEADERS}.union(*SCHEMES.values())}
    for node in vocabulary.subjects(RDF.type, SKOS.ConceptScheme):
        assert vocabulary.value(node, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
        assert vocabulary.value(node, DCTERMS.creator) == Literal("Integration Policy Graph")
        assert vocabulary.value(node, OWL.versionInfo) == Literal("0.1.0")
        assert any("language model" in str(note) for note in vocabulary.objects(node, SKOS.editorialNote))


def test_concepts_stand_in_the_scheme_of_their_path(vocabulary: Graph) -> None:
    for concept in concepts(vocabulary):
        folder = path_of(concept).split("/")[0]
        scheme = path_of(next(vocabulary.objects(concept, SKOS.inScheme))).removeprefix("scheme/")
        assert scheme in SCHEMES[folder], concept
        if folder == "criterion":
            assert path_of(concept).startswith(f"criterion/{scheme.removeprefix('criteria-')}-")
            assert (concept, RDF.type, IPG.Criterion) in vocabulary


@pytest.mark.parametrize(
    ("folder", "keys"),
    [
        ("field", set(TEMPLATE_FIELDS)),
        ("actor-kind", set(get_args(ActorKind))),
        ("role", {"lead", "partner", "funder"}),
        ("level", {"local", "regional", "national", "european", "international"}),
        ("evidence-type", {"self-reported", "monitored", "evaluated", "none-stated"}),
    ],
)
def test_code_lists_hold_exactly_the_keys_that_records_use(folder: str, keys: set[str], vocabulary: Graph) -> None:
    found = {path_of(c).removeprefix(f"{folder}/"): c for c in concepts(vocabulary) if path_of(c).startswith(f"{folder}/")}
    assert set(found) == keys
    assert all(vocabulary.value(node, SKOS.notation) == Literal(key) for key, node in found.items())


def test_counts_are_those_of_the_documents(vocabulary: Graph) -> None:
    sizes = Counter(path_of(scheme).removeprefix("scheme/") for scheme in vocabulary.objects(None, SKOS.inScheme))
    expected = {
        "themes": 6 + 37,
        "criteria-integration": 7,
        "criteria-monitoring": 7,
        "handbook-headings": 49,
        "skills-headings": 8,
    }
    assert {name: sizes[name] for name in expected} == expected


def test_printed_concepts_name_their_document(vocabulary: Graph) -> None:
    own = {"levels", "actor-kinds", "roles", "evidence-types"}
    for concept in concepts(vocabulary):
        scheme = path_of(next(vocabulary.objects(concept, SKOS.inScheme))).removeprefix("scheme/")
        sources = list(vocabulary.objects(concept, DCTERMS.source))
        assert bool(sources) is (scheme not in own), concept
        assert all(str(source).startswith(ID["document/"]) for source in sources)
    for scheme in own | {"target-groups"}:
        assert any("scheme of our own" in str(note) for note in vocabulary.objects(ID["scheme/" + scheme], SKOS.editorialNote))


# --- EuroVoc -------------------------------------------------------------------------------------


def test_eurovoc_labels_are_the_checked_ones_and_all_used(vocabulary: Graph, root: Path) -> None:
    """With ``IPG_VOCAB`` naming the folder of the EuroVoc excerpt, ids and labels are compared with it too."""
    labels = Graph().parse(root / "ontology" / "vocabularies" / "eurovoc-labels.ttl")
    named = {str(s).removeprefix(EUROVOC): str(o) for s, o in labels.subject_objects(SKOS.prefLabel)}
    used = {str(o).removeprefix(EUROVOC) for p in MATCHES for o in vocabulary.objects(None, p) if str(o).startswith(EUROVOC)}
    assert used == set(named)
    assert all(re.fullmatch(r"\d+|c_[0-9a-f]{8}", key) for key in named)
    assert named.items() <= (eurovoc_excerpt() or named).items()


def eurovoc_excerpt() -> dict[str, str]:
    folder = os.environ.get("IPG_VOCAB")
    if not folder:
        return {}
    with (Path(folder) / "eurovoc-excerpt.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["label_en"] for row in csv.DictReader(file, delimiter="\t")}


# --- Printed labels ------------------------------------------------------------------------------


def printed_parts(line: str, known: dict[str, set[str]]) -> Iterator[str]:
    """The whole line where it is a label, else its parts, else the parts of those parts."""
    separators = (r"\s*;\s*", r"\s*/\s*|\s*,\s*", r"\s+and\s+")
    pending = [(line.strip(), 0)]
    while pending:
        text, depth = pending.pop()
        if text.casefold() in known or depth == len(separators):
            yield text
        else:
            pending += [(part, depth + 1) for part in re.split(separators[depth], text)]


@pytest.mark.sources
@pytest.mark.parametrize(
    ("scheme", "pattern", "lines"),
    [("areas", r"^Area of [Ii]ntervention ?: *(.+)$", 82), ("practice-types", r"^Type: *(.+)$", 82)],
)
def test_every_printed_part_is_a_label_of_one_concept(
    scheme: str, pattern: str, lines: int, vocabulary: Graph, sources_dir: Path
) -> None:
    text = next(sources_dir.glob("004_*.txt")).read_text(encoding="utf-8")
    known = labels_in(vocabulary, scheme, SKOS.prefLabel, SKOS.altLabel)
    printed = re.findall(pattern, text, re.MULTILINE)
    assert len(printed) == lines
    assert {
        part: known.get(part.casefold())
        for line in printed
        for part in printed_parts(line, known)
        if len(known.get(part.casefold(), ())) != 1
    } == {}


@pytest.mark.sources
def test_areas_of_the_introduction_are_labels(vocabulary: Graph, sources_dir: Path) -> None:
    text = next(sources_dir.glob("004_*.txt")).read_text(encoding="utf-8")
    match = re.search(r"Areas of intervention covered include: (.+?)\.\s", text)
    assert match
    known = labels_in(vocabulary, "areas", SKOS.prefLabel, SKOS.altLabel)
    listed = re.sub(r"[¹²³]", "", match[1]).split("; ")
    assert len(listed) == 15
    assert [part for line in listed for part in printed_parts(line, known) if part.casefold() not in known] == []


@pytest.mark.sources
@pytest.mark.parametrize(
    ("scheme", "label", "count"), [("practice-types", "Type", 8), ("target-groups", "Target group/direct beneficiaries", 8)]
)
def test_fields_of_the_first_compendium_are_labels(
    scheme: str, label: str, count: int, vocabulary: Graph, sources_dir: Path
) -> None:
    text = next(sources_dir.glob("003_*.txt")).read_text(encoding="utf-8")
    printed = re.findall(rf"^{re.escape(label)}\n\n(.+)$", text, re.MULTILINE)
    known = labels_in(vocabulary, scheme, SKOS.prefLabel, SKOS.altLabel)
    assert len(printed) == count
    assert [form for form in printed if len(known.get(form.casefold(), ())) != 1] == []


@pytest.mark.sources
def test_theme_keys_are_made_from_the_printed_names(vocabulary: Graph, sources_dir: Path) -> None:
    text = next(sources_dir.glob("000_*.txt")).read_text(encoding="utf-8")
    expected = set()
    for theme, topics in re.findall(r"^- \*(.+?)\* \((.+)\)$", text, re.MULTILINE):
        key = f"theme/{make_slug(theme)}"
        expected |= {key} | {f"{key}/{make_slug(topic)}" for topic in topics.split(", ")}
    assert {path_of(c) for c in concepts(vocabulary) if path_of(c).startswith("theme/")} == expected


@pytest.mark.sources
@pytest.mark.parametrize(
    ("scheme", "document", "after", "prefix"),
    [
        ("handbook-headings", "001", "\nCBP 1\n", "heading/"),
        ("skills-headings", "002", "\nGeneral principles\n", "heading/skills-"),
    ],
)
def test_heading_keys_are_made_from_the_printed_headings(
    scheme: str, document: str, after: str, prefix: str, vocabulary: Graph, sources_dir: Path
) -> None:
    text = next(sources_dir.glob(f"{document}_*.txt")).read_text(encoding="utf-8")
    lines = {line.strip() for line in text[text.index(after) :].splitlines()}
    keys = {prefix + make_slug(line) for line in lines if re.search("[a-zA-Z]", line) and len(line) < 90}
    expected = {path_of(node) for node in vocabulary.subjects(SKOS.inScheme, ID["scheme/" + scheme])}
    assert expected <= keys
