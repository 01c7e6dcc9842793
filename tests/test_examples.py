"""The example queries: each asks one question, is plain SPARQL 1.1 and gives the answer that a person checked."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store
from rdflib.plugins.sparql import prepareQuery

from etl.errors import RecordError
from etl.example_checks import check_of, count_rows, read_checks, render_checks
from etl.examples import Example, read_examples
from etl.identifiers import graph_iri, item_iri, term_iri
from etl.namespaces import PREFIXES, expand
from tests.renew_examples import CHECKS, EXAMPLES, answer, open_store

ALL = list(read_examples(EXAMPLES))
RENEW = "right after a deliberate change of the data? Build, run: python -m tests.renew_examples HOME, and review the difference"

each_example = pytest.mark.parametrize("example", ALL, ids=lambda example: example.key)


@pytest.fixture(scope="module")
def store(home: Path) -> Store:
    return open_store(home)


def statements(example: Example) -> str:
    """The query without its comment lines."""
    return "\n".join(line for line in example.query.splitlines() if not line.startswith("#"))


@each_example
def test_an_example_gives_the_expected_answer(store: Store, example: Example) -> None:
    expected = example.expected.read_bytes().decode()
    assert answer(store, example).decode() == expected, f"{example.file}: {RENEW}"


@each_example
def test_the_ledger_knows_this_query_with_this_answer(example: Example) -> None:
    check = check_of(example, read_checks(CHECKS))
    assert check is not None, f"{example.file}: query or answer changed since it was asked. {RENEW}"
    assert check.rows == count_rows(example)


@each_example
def test_the_graph_says_what_is_expected_and_when_it_was_given(store: Store, example: Example) -> None:
    check, examples = read_checks(CHECKS)[example.key], NamedNode(graph_iri("examples"))
    node = NamedNode(item_iri(f"example/{example.key}/answer"))
    found = {quad.predicate: quad.object.value for quad in store.quads_for_pattern(node, None, None, examples)}  # type: ignore[union-attr]
    assert found[expand("dcterms:date")] == check.on.isoformat()
    rows = found.get(expand("schema:numberOfItems"))
    assert rows == (None if check.rows is None else str(check.rows))
    lines = len(answer(store, example).splitlines())
    assert rows is None or int(rows) <= lines - 1  # a text of several lines stands in some cells


def test_the_ledger_is_kept_as_it_is_written() -> None:
    checks = read_checks(CHECKS)
    assert CHECKS.read_text(encoding="utf-8") == render_checks(checks)
    assert checks.keys() == {example.key for example in ALL}


@each_example
def test_only_a_question_about_an_absence_finds_nothing(store: Store, example: Example) -> None:
    lines = answer(store, example).decode().splitlines()
    found = lines == ["true"] if example.form == "ASK" else len(lines) > 1
    assert found or "absence" in example.keywords


@each_example
def test_a_second_parser_reads_an_example(example: Example) -> None:
    prepareQuery(example.query)


@each_example
def test_an_example_declares_the_prefixes_it_uses_and_no_others(example: Example) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <(\S+)>$", example.query, re.MULTILINE))
    body = re.sub(r"<[^<>\s]*>|\"[^\"]*\"|^PREFIX .*$", "", statements(example), flags=re.MULTILINE)
    assert declared.keys() == set(re.findall(r"\b(\w+):", body))
    assert declared.items() <= PREFIXES.items()


@each_example
def test_an_example_uses_terms_that_the_ontology_defines(store: Store, example: Example) -> None:
    ontology = NamedNode(graph_iri("ontology"))
    for name in re.findall(r"\bipg:(\w+)", statements(example)):
        about = store.quads_for_pattern(NamedNode(term_iri(name)), None, None, ontology)
        assert next(about, None), f"{example.file}: ipg:{name} is not defined in ontology/"


@each_example
def test_an_answer_is_whole_and_in_order(example: Example) -> None:
    query = statements(example)
    assert not re.search(r"\b(LIMIT|OFFSET)\b", query)
    assert ("ORDER BY" in query) == (example.form == "SELECT")


@each_example
def test_only_a_question_about_graphs_names_them(example: Example) -> None:
    assert ("GRAPH" in statements(example)) <= ("graph" in example.keywords)


@each_example
def test_an_example_can_be_asked_for_in_the_graph(store: Store, example: Example) -> None:
    node, query = NamedNode(item_iri(f"example/{example.key}")), expand(f"sh:{example.form.lower()}")
    assert next(store.quads_for_pattern(node, query, Literal(example.query), NamedNode(graph_iri("examples"))), None)


@each_example
def test_a_question_is_asked_in_three_languages(example: Example) -> None:
    assert example.questions.keys() == {"en", "fr", "de"}
    assert len(set(example.questions.values())) == 3


def test_some_examples_can_be_asked_of_other_things() -> None:
    asked = {parameter.name for example in ALL for parameter in example.parameters}
    assert asked >= {"country", "principle", "practice", "level", "framework", "theme", "year"}


def test_there_are_twenty_questions_or_more_in_every_form() -> None:
    assert len(ALL) >= 20
    assert {example.form for example in ALL} == {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def test_no_two_examples_have_one_key_or_question() -> None:
    keys = Counter(example.key for example in ALL)
    questions = Counter(question for example in ALL for question in example.questions.values())
    queries = Counter(statements(example) for example in ALL)
    for counted in (keys, questions, queries):
        assert counted.most_common(1)[0][1] == 1


def test_every_answer_belongs_to_a_query() -> None:
    assert sorted(EXAMPLES.glob("*/*.csv")) == sorted(example.expected for example in ALL)


ASKED = ("# en: Is there anything?", "# fr: Y a-t-il quelque chose ?", "# de: Ist da etwas?")
WHOLE = (*ASKED, "# keywords: practice")
DESCRIBED = ("# parameter s en: the thing", "# parameter s fr: la chose", "# parameter s de: das Ding")


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        (["# keywords: practice", "ASK { ?s ?p ?o }"], "# en: the question"),
        (["# en: Is there anything?", "# fr: Y a-t-il quelque chose ?", "ASK { ?s ?p ?o }"], "# de: the question"),
        ([*ASKED, "ASK { ?s ?p ?o }"], "# keywords: ..."),
        ([*ASKED, "# keywords: practice"], "a query form"),
        ([*WHOLE, "# parameter s en: the thing", "ASK { VALUES ?s { <x:s> } ?s ?p ?o }"], "a description in each"),
        ([*WHOLE, *DESCRIBED, "ASK { ?s ?p ?o }"], "0 VALUES blocks"),
        ([*WHOLE, *DESCRIBED, "ASK { VALUES ?s { <x:s> <x:t> } ?s ?p ?o }"], "0 VALUES blocks"),
        ([*WHOLE, *DESCRIBED, "ASK { VALUES ?s { <x:s> } ?s ?p ?o VALUES ?s { 1 } }"], "2 VALUES blocks"),
        ([*WHOLE, *(line.replace(" s ", " format ") for line in DESCRIBED), "ASK { ?s ?p ?o }"], "a name of other use"),
    ],
)
def test_an_incomplete_example_is_refused(tmp_path: Path, lines: list[str], missing: str) -> None:
    file = tmp_path / "topic" / "is_there_anything.rq"
    file.parent.mkdir()
    file.write_text("\n".join(lines), encoding="utf-8")
    file.with_suffix(".csv").write_text("true\r\n", encoding="utf-8")
    with pytest.raises(RecordError, match=re.escape(missing)):
        list(read_examples(tmp_path))


def test_an_example_without_an_expected_answer_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "topic" / "is_there_anything.rq"
    file.parent.mkdir()
    file.write_text("\n".join([*WHOLE, "ASK { ?s ?p ?o }", ""]), encoding="utf-8")
    with pytest.raises(RecordError, match="expected answer"):
        list(read_examples(tmp_path))


def test_a_ledger_that_does_not_read_is_refused(tmp_path: Path) -> None:
    assert read_checks(tmp_path / "none.toml") == {}
    file = tmp_path / "ledger.toml"
    for text in ("[a", '[a]\non = 2026-11-28\nsha256 = "short"\n', '[a]\non = "some day"\n'):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(RecordError, match="renew_examples"):
            read_checks(file)
