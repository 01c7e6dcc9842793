"""Queries are refused by their text when, and only when, no engine should see them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query_service import query_limits
from query_service.errors import FederationRefused, QueryTooComplex, ReadOnly, ServiceError
from query_service.query_limits import QueryLimits, check_query
from query_service.query_shape import Shape
from query_service.query_text import QueryText
from tests.benchmarks.query_limits import SHAPES, largest_allowed, measure
from tests.hostile import HOSTILE, HostileQuery

LIMITS = QueryLimits()


def refused(text: str) -> QueryTooComplex | None:
    try:
        check_query(QueryText(text), LIMITS)
    except QueryTooComplex as error:
        return error
    return None


def own_queries(root: Path) -> list[Path]:
    return [
        path for name in ("ontology", "sparql_examples", "query_service", "etl", "tests") for path in (root / name).rglob("*.rq")
    ]


def test_all_queries_of_this_project_pass(root: Path) -> None:
    paths = own_queries(root)
    assert len(paths) > 100
    for path in paths:
        assert refused(path.read_text(encoding="utf-8")) is None, path


@pytest.mark.conformance
def test_all_queries_of_the_w3c_pass_but_for_federation(conformance_dir: Path) -> None:
    paths = list((conformance_dir / "w3c-rdf-tests").rglob("*.rq"))
    assert len(paths) > 400
    for path in paths:
        try:
            check_query(QueryText(path.read_text(encoding="utf-8")), LIMITS)
        except FederationRefused:
            assert "service" in path.read_text(encoding="utf-8").lower(), path
        except ReadOnly:
            assert "update" in str(path), path


def test_every_limit_is_well_above_the_largest_own_query(root: Path) -> None:
    tight = QueryLimits(**{name: (value + 1) // 2 for name, value in LIMITS.model_dump().items()})
    for path in own_queries(root):
        check_query(QueryText(path.read_text(encoding="utf-8")), tight)


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_what_passes_is_planned_by_the_engine(name: str) -> None:
    """The largest query of each shape that passes neither ends the process nor stalls it."""
    size = largest_allowed(SHAPES[name])
    assert size > 2
    float(measure(SHAPES[name](size)))


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("ASK {\n FILTER(" + "(" * 70 + "1", 2, 71, "brackets in brackets"),
        ("SELECT * { ?s ?p " + "(" * 13, 1, 30, "of a collection or path"),
        ("SELECT * { ?s (((<urn:p>*)*)*)* ?o }", 1, 31, "* or + under * or +"),
        ("SELECT * { " + "{SELECT * " * 9, 1, 93, "sub-SELECTs in sub-SELECTs"),
        ("SELECT * {" + "?s ?p ?o . " * 81, 1, 891, "joined in one group"),
        ("SELECT * {" + "{?s ?p ?o} UNION " * 401, 1, 1363, "joined in one group"),
        ("SELECT * {" + "FILTER(1)" * 400, 1, 3608, "FILTER, BIND"),
        ("SELECT * { BIND(1" + "+1" * 1001, 1, 2016, "signs of operators"),
        ("SELECT * { BIND(CONCAT(" + "STR(1)," * 1000, 1, 7020, "function calls"),
        ("ASK" + " FROM <urn:g>" * 65, 1, 837, "FROM and FROM NAMED"),
        ("ASK { VALUES ?x {" + " 1" * 20_000, 1, 40_009, "words, names"),
        ("BASE <a>" * 1001 + "ASK {}", 1, 1, "declarations"),
    ],
)
def test_a_refusal_says_where_what_and_how_to_mend(text: str, line: int, column: int, words: str) -> None:
    error = refused(text)
    assert error is not None
    assert words in error.detail
    assert error.found
    assert error.expected.startswith("at most ")
    assert error.mend
    assert (error.line, error.column) == (line, column)


def test_each_limit_can_be_set() -> None:
    text = "PREFIX a: <urn:x> PREFIX : <urn:x> SELECT * FROM :g FROM :h { ?s (:p*)/:q ((1)), [ :p 1 ] "
    text += "{ SELECT (STR(1 + 2) AS ?x) { { SELECT * {} } } } FILTER(ABS(1) > 1) ?s :p ?o . ?o (:p*)* ?x }"
    check_query(QueryText(text), LIMITS)
    for name in QueryLimits.model_fields:
        with pytest.raises(QueryTooComplex):
            check_query(QueryText(text), QueryLimits(**{name: 1}))


HIDING = [
    "FILTER(1<{deep}&&2>1)",
    "FILTER('a'<'>' || true) FILTER({deep}) #'",
    "FILTER(?o<'>')FILTER({deep})FILTER('>'>'<')",
    "FILTER(ex:f(1<{deep}&&2>1))",
    "FILTER ex:f(1<{deep}&&2>1)",
    "FILTER(1<2)FILTER(1<{deep}||3>2)",
    "FILTER(1<#>\n{deep})",
    "FILTER(?o<?x#>'\n||{deep})",
    "BIND(1<2 AS ?x) FILTER({deep} >2)",
]


@pytest.mark.parametrize("text", HIDING)
def test_brackets_are_found_where_an_iri_could_be_read(text: str) -> None:
    deep = "(" * 70 + "1" + ")" * 70
    assert refused("PREFIX ex: <urn:x> SELECT * { ?s ?p ?o " + text.replace("{deep}", deep) + " }")
    assert not refused("PREFIX ex: <urn:x> SELECT * { ?s ?p ?o " + text.replace("{deep}", "((1))") + " }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ {} }}".format("FILTER(?a<?b&&?c>?d)" * 150),
        "SELECT * {{ {} }}".format("FILTER(?a<?b)FILTER(?c>(?d))" * 150),
        "SELECT * {{ {} }}".format("BIND(?a<?b AS ?c)" * 150),
        "SELECT * {{ VALUES (?x ?y) {{ {} }} }}".format("(<a> <b>)" * 3000),
        "SELECT * {{ VALUES ?x {{ {} }} ?s ?p ?x }}".format("<http://example.org/a(b> 'x((((((' " * 3000),
        "SELECT * {{ ?s ?p ?o FILTER(?o IN ({})) }}".format(", ".join(["<http://example.org/x>"] * 3000)),
        "SELECT * { ?s ?p 'X' } # X".replace("X", "(" * 500),
        "SELECT * {{ ?s ?p <http://example.org/{}> }}".format("(" * 500),
        "CONSTRUCT {{ {} }} WHERE {{ ?s ?p ?o }}".format("?s ?p ?o . " * 500),
        "SELECT {} {{ ?s ?p ?o }}".format("(COUNT(?o)/2 AS ?x) " * 100),
        "SELECT * {{ {} }}".format(" UNION ".join(["{ ?s ?p ?o . ?o ?q ?r ; ?t ?u FILTER(?r > 1 || ?u < 3) }"] * 60)),
        "SELECT * {{ ?s ?p ?o {} }}".format("OPTIONAL { ?s <urn:p> ?a . ?a <urn:q> ?b }" * 60),
        "SELECT * {{ ?s ?p ?o FILTER({}) }}".format(" || ".join(["CONTAINS(LCASE(STR(?o)), 'x')"] * 100)),
        "SELECT * {{ ?s {} ?o }}".format("/".join(["<http://example.org/p>"] * 30)),
    ],
)
def test_large_honest_queries_pass(text: str) -> None:
    assert refused(text) is None


PIECES = [
    "(", "[", "{", "<", "<(", "(<", "1<", "(1<'>", "(1<#>", "(1<a>", "ex:f(1<b", "((a*)*", "a.b:c ", "'", "'''", '"""', "#",
    "\\'", "SELECT", "FILTER(", "UNION{", "!", "-", "VALUES ?x {", "}", ")", "]", "FROM<a>", "(1<'''>", "1<'\\'>", "<<", "{|",
    "\u00e9", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("opening", ["ASK {", "ASK { FILTER("])
def test_a_long_hostile_text_is_read_in_few_steps(monkeypatch: pytest.MonkeyPatch, piece: str, opening: str) -> None:
    steps = 0
    read = Shape.read

    def counted(self: Shape, token: object) -> None:
        nonlocal steps
        steps += 1
        read(self, token)  # type: ignore[arg-type]

    monkeypatch.setattr(Shape, "read", counted)
    huge = QueryLimits(**dict.fromkeys(QueryLimits.model_fields, 10**9) | {"depth": 64})
    for limits, length in ((LIMITS, 128 * 1024), (huge, 8 * 1024)):
        steps, text = 0, opening + piece * (length // len(piece))
        with contextlib.suppress(QueryTooComplex, FederationRefused):
            check_query(QueryText(text), limits)
        assert steps <= 16 * len(text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, " ", "?x", ">", "1", "a", ":", ",", ";", ".", "}", ")", "]", "*", "EXISTS"]), max_size=40)
)
def test_no_text_fails_but_by_an_error_of_ours(pieces: list[str]) -> None:
    text = "ASK {" + "".join(pieces)
    with contextlib.suppress(QueryTooComplex, FederationRefused):
        check_query(QueryText(text), LIMITS)


def test_the_corpus_says_which_hostile_queries_the_text_tells() -> None:
    assert len({query.name for query in HOSTILE}) == len(HOSTILE) > 100
    for query in HOSTILE:
        try:
            check_query(QueryText(query.text), LIMITS)
        except (QueryTooComplex, FederationRefused, ReadOnly):
            assert query.outcome == "refused", query.name
        else:
            assert query.outcome != "refused", query.name


def test_the_corpus_agrees_with_what_was_seen(root: Path) -> None:
    lines = (root / "tests" / "hostile_seen.tsv").read_text(encoding="utf-8").splitlines()
    seen = {name: outcome for name, _, outcome, _ in (line.split("\t") for line in lines)}
    assert seen == {query.name: query.outcome for query in HOSTILE}, "run: python -m tests.hostile STORE > tests/hostile_seen.tsv"


def test_the_documentation_has_every_limit_with_its_default(root: Path) -> None:
    page = (root / "docs" / "query-limits.md").read_text(encoding="utf-8")
    for name, value in LIMITS.model_dump().items():
        assert f"| `{name}` | {value} |" in page
    assert f"{len(HOSTILE)} hostile queries" in page


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_what_is_plainly_small_exceeds_no_limit(hostile: HostileQuery, monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way and the whole count decide alike, with the limits as they are and with small ones."""
    small = QueryLimits(**dict.fromkeys(QueryLimits.model_fields, 6))
    for limits in (QueryLimits(), small):
        decided = [_decision(hostile.text, limits)]
        with monkeypatch.context() as whole:
            whole.setattr(query_limits, "_is_plainly_small", lambda *_: False)
            decided.append(_decision(hostile.text, limits))
        assert decided[0] == decided[1]


def _decision(text: str, limits: QueryLimits) -> str:
    try:
        check_query(QueryText(text), limits)
    except ServiceError as error:
        return type(error).__name__
    return "passed"
