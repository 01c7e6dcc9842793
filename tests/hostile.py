"""Hostile queries, and what must become of each: for tests of the live service, where honest ones are asked beside them.

``python -m tests.hostile STORE > tests/hostile_seen.tsv`` tries those that the check of the text lets pass on a store, each
in a process of its own with 5 s of processor time and 512 MB, and tells what happened: ``outcome`` is what that showed on a
snapshot of 92,000 triples.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import Final, Literal, NamedTuple

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store

from query_service.errors import QueryTooComplex, Refused
from query_service.query_limits import QueryLimits, check_query
from query_service.query_text import QueryText
from query_service.workers.confinement import confine
from tests.benchmarks.query_limits import SHAPES

__all__ = ["HOSTILE", "HostileQuery", "Outcome", "attempt"]

#: ``refused`` by its text (400 or 403), ``limited`` by time, memory or size of the answer (400, 503 or 504), ``answered`` (200),
#: or ``rejected`` by the engine as not valid (400).
Outcome = Literal["refused", "limited", "answered", "rejected"]


class HostileQuery(NamedTuple):
    """A query, and what must become of it."""

    name: str
    text: str
    outcome: Outcome


_SIZE: Final = 4000
_ANSWERED_SHAPES: Final = (
    "chain: CONCAT", "chain: COALESCE", "many: VALUES rows", "many: VALUES columns", "head: variables",
    "head: SELECT * of variables", "regex: length of pattern", "regex: repetition",
    "regex: nesting", "regex: classes", "size: string", "size: digits", "size: decimal", "size: IRI", "size: IRI of ../",
    "size: variable", "size: comment",
)  # fmt: skip

# What passes the check and is slow on data: a filter of 4,000 values over all triples, 4,000 triples made of each, and so on.
_LIMITED_SHAPES: Final = ("chain: IN", "head: CONSTRUCT", "tail: GROUP BY")

_SERVICE: Final = {
    "plain": "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }",
    "silent": "SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o }",
    "mixed case": "sErViCe <http://127.0.0.1:9/> { ?s ?p ?o }",
    "glued": "SERVICEex:x{ ?s ?p ?o }",
    "glued, silent": "SERVICESILENTex:x{ ?s ?p ?o }",
    "glued to a number": "?s ?p 1SERVICE ex:x { ?s ?p ?o }",
    "glued to a name": "ex:a ex:b ex:.SERVICE ex:x { ?s ?p ?o }",
    "variable by LATERAL": "VALUES ?e { <http://127.0.0.1:9/> } LATERAL { SERVICE ?e { ?s ?p ?o } }",
    "in EXISTS": "?s ?p ?o FILTER EXISTS { SERVICE ex:x { ?s ?p ?o } }",
    "in OPTIONAL": "OPTIONAL { SERVICE ex:x { ?s ?p ?o } }",
    "in MINUS": "?s ?p ?o MINUS { SERVICE ex:x { ?s ?p ?o } }",
    "in a sub-SELECT": "{ SELECT * { SERVICE ex:x { ?s ?p ?o } } }",
    "after a comparison": "?s ?p ?o FILTER(?o<2)SERVICE#>\nex:x{ ?s ?p ?o }",
    "behind a false string": "?s ?p ?o FILTER(?o<'>' || true) SERVICE ex:x { ?s ?p ?o } #'\n",
    "after a comment": "#\rSERVICE # {\n ex:x #\n { ?s ?p ?o }",
    "of a file": "SERVICE <file:///etc/passwd> { ?s ?p ?o }",
    "of metadata": "SERVICE <http://169.254.169.254/latest/> { ?s ?p ?o }",
}
_UPDATES: Final = {
    "INSERT DATA": "INSERT DATA { <urn:s> <urn:p> 1 }",
    "DELETE WHERE": "DELETE WHERE { ?s ?p ?o }",
    "INSERT WHERE": "INSERT { ?s <urn:x> ?o } WHERE { ?s ?p ?o }",
    "LOAD": "LOAD <http://127.0.0.1:9/>",
    "LOAD of a file": "LOAD <file:///etc/passwd>",
    "CLEAR": "CLEAR ALL",
    "DROP": "DROP ALL",
    "CREATE": "CREATE GRAPH <urn:g>",
    "COPY": "COPY DEFAULT TO <urn:g>",
    "MOVE": "MOVE <urn:g> TO DEFAULT",
    "ADD": "ADD DEFAULT TO <urn:g>",
    "WITH": "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "after a prologue": "PREFIX a: <urn:a>\nBASE <urn:b>\n# c\nDROP ALL",
}
_DOUBLING: Final = "BIND('0123456789abcdef' AS ?x0) " + " ".join(f"BIND(CONCAT(?x{n},?x{n}) AS ?x{n + 1})" for n in range(40))
_BIG: Final = "BIND('0123456789abcdef' AS ?x0) " + " ".join(f"BIND(CONCAT(?x{n},?x{n}) AS ?x{n + 1})" for n in range(21))
_DEEP: Final = "(" * 10_000 + "1" + ")" * 10_000
_DATA: Final = "?a ?b ?c . ?d ?e ?f"

_LIMITED: Final = {
    "COUNT of a cross product": f"SELECT (COUNT(*) AS ?n) {{ {_DATA} }}",
    "COUNT of a triple cross product": f"SELECT (COUNT(*) AS ?n) {{ {_DATA} . ?g ?h ?i }}",
    "COUNT DISTINCT of a cross product": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {_DATA} }}",
    "SUM of a cross product": f"SELECT (SUM(STRLEN(STR(?c))+STRLEN(STR(?f))) AS ?n) {{ {_DATA} }}",
    "cross product": f"SELECT * {{ {_DATA} }}",
    "CONSTRUCT of a cross product": f"CONSTRUCT {{ ?a ?e ?f }} {{ {_DATA} }}",
    "ORDER BY of a cross product": f"SELECT * {{ {_DATA} }} ORDER BY ?f ?a LIMIT 5",
    "ORDER BY RAND of a cross product": f"SELECT * {{ {_DATA} }} ORDER BY RAND() LIMIT 5",
    "DISTINCT of a cross product": f"SELECT DISTINCT * {{ {_DATA} }}",
    "REDUCED of a cross product": f"SELECT REDUCED * {{ {_DATA} }}",
    "GROUP BY of a cross product": f"SELECT ?a ?f (COUNT(*) AS ?n) {{ {_DATA} }} GROUP BY ?a ?f",
    "GROUP_CONCAT of a cross product": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x) {{ {_DATA} }}",
    "GROUP_CONCAT DISTINCT of a cross product": f"SELECT (GROUP_CONCAT(DISTINCT CONCAT(STR(?c),STR(?f))) AS ?x) {{ {_DATA} }}",
    "SAMPLE of a cross product": f"SELECT (SAMPLE(?c) AS ?x) {{ {_DATA} }}",
    "MIN of a cross product": f"SELECT (MIN(CONCAT(STR(?c),STR(?f))) AS ?x) {{ {_DATA} }}",
    "OFFSET in a cross product": f"SELECT * {{ {_DATA} }} OFFSET 9000000000 LIMIT 1",
    "FILTER over a cross product": f"ASK {{ {_DATA} FILTER(CONCAT(STR(?c),STR(?f)) = 'no such words') }}",
    "regex over a cross product": f"ASK {{ {_DATA} FILTER(REGEX(STR(?c), CONCAT('no such ', STR(?f)))) }}",
    "inequality join": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STR(?c) < STR(?f)) }",
    "EXISTS over a cross product": f"SELECT (COUNT(*) AS ?n) {{ {_DATA} FILTER EXISTS {{ ?a ?e ?x }} }}",
    "MINUS without shared variables": f"SELECT (COUNT(*) AS ?n) {{ {_DATA} MINUS {{ ?x ?y ?z }} }}",
    "OPTIONAL cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } }",
    "LATERAL cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c LATERAL { ?d ?e ?f } }",
    "sub-SELECT cross product": f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {_DATA} }} }} {{ SELECT * {{ ?g ?h ?i }} }} }}",
    "aggregate of an aggregate": f"SELECT (SUM(?n) AS ?m) {{ {{ SELECT ?a (COUNT(*) AS ?n) {{ {_DATA} }} GROUP BY ?a }} }}",
    "VALUES cross product": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?x{n} {{ {' '.join(map(str, range(60)))} }}" for n in range(8))
    + " }",
    "UNION cross product": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"{{ ?a{n} ?b{n} ?c{n} }} UNION {{ ?c{n} ?b{n} ?a{n} }}" for n in range(3))
    + " }",
    "CONCAT doubling": f"SELECT ?x40 {{ {_DOUBLING} }}",
    "CONCAT doubling, length only": f"SELECT (STRLEN(?x40) AS ?n) {{ {_DOUBLING} }}",
    "REPLACE bomb": f"SELECT (STRLEN(?y) AS ?n) {{ {_BIG} BIND(REPLACE(?x21, '.', ?x21) AS ?y) }}",
    "GROUP_CONCAT with a long separator": f"SELECT (GROUP_CONCAT(STR(?c); SEPARATOR='{'x' * 100_000}') AS ?x) {{ ?a ?b ?c }}",
    "ENCODE_FOR_URI tripling": "SELECT (STRLEN(?y) AS ?n) { "
    + _BIG
    + " BIND(CONCAT("
    + ",".join(["ENCODE_FOR_URI(?x21)"] * 40)
    + ") AS ?y) }",
    "stars in a path": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>)*/(<urn:x>|!<urn:x>)* ?b . ?c ?d ?e }",
    "all paths": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>|^<urn:x>|!^<urn:x>)* ?b }",
    "all paths there and back": "SELECT (COUNT(*) AS ?n) { ?a ((<urn:x>|!<urn:x>)/^(<urn:x>|!<urn:x>))* ?b }",
    "nested stars": "SELECT (COUNT(*) AS ?n) { ?a (((<urn:x>|!<urn:x>|^<urn:x>|!^<urn:x>)*)*)* ?b }",
    "long path over everything": "SELECT (COUNT(*) AS ?n) { ?a "
    + "/".join(["(<urn:x>|!<urn:x>|^<urn:x>|!^<urn:x>)"] * 8)
    + " ?b }",
    "DESCRIBE of everything": "DESCRIBE ?a ?d { ?a ?b ?c . ?d ?e ?f }",
    "many columns of a cross product": "SELECT " + " ".join(f"(?c AS ?x{n})" for n in range(300)) + f" {{ {_DATA} }}",
    "random identifiers": f"SELECT (UUID() AS ?u) (STRUUID() AS ?v) (BNODE() AS ?w) {{ {_DATA} }}",
    "hashes over a cross product": f"SELECT (MAX(SHA512(CONCAT(STR(?c),STR(?f)))) AS ?x) {{ {_DATA} }}",
    "typed strings over a cross product": f"SELECT (COUNT(STRDT(STR(?c), ?e)) AS ?n) {{ {_DATA} }}",
    "casts over a cross product": "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    f"SELECT (COUNT(xsd:dateTime(STR(?c))) AS ?n) {{ {_DATA} FILTER(!BOUND(?x)) }}",
    "GRAPH cross product": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } }",
    "HAVING over a cross product": f"SELECT ?a {{ {_DATA} }} GROUP BY ?a HAVING(COUNT(DISTINCT ?f) > 9000000)",
}
_ANSWERED: Final = {
    "aggregate in an aggregate": "SELECT (SUM(COUNT(*)) AS ?x) { ?s ?p ?o }",
    "quadratic regular expression": "SELECT * { BIND(REGEX('" + "a" * 30_000 + "!', '^(a+)+$') AS ?x) }",
    "regular expression of nested repetition": "SELECT * { BIND(REGEX('a', '((((a{99}){99}){99}){99})') AS ?x) }",
    "regular expression that is none": "SELECT * { BIND(REGEX('a', '((((') AS ?x) }",
    "dynamic regular expressions": "SELECT (COUNT(*) AS ?n) { { SELECT ?c { ?a ?b ?c } LIMIT 200 } "
    "FILTER(REGEX(STR(?c), CONCAT('[', STR(RAND()), ']'))) }",
    "cast of a huge string": "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT * { BIND(xsd:integer('"
    + "9" * 100_000
    + "') AS ?x) }",
    "cast of a huge decimal": "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT * { BIND(xsd:decimal('1."
    + "9" * 100_000
    + "') AS ?x) }",
    "date far away": "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT * { "
    "BIND(xsd:dateTime('9999999999999999-12-31T23:59:60Z') AS ?x) }",
    "huge duration": "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT * { BIND(xsd:duration('P"
    + "9" * 50_000
    + "Y') AS ?x) }",
    "overflow": "SELECT * { BIND(9223372036854775807 + 1 AS ?x) BIND(1/0 AS ?y) BIND(1e308*1e308 AS ?z) "
    "BIND(-9223372036854775808 / -1 AS ?w) }",
    "ROUND of infinity": "SELECT * { BIND(ROUND(1e309) AS ?x) BIND(ABS(-9223372036854775808) AS ?y) }",
    "SUBSTR out of bounds": "SELECT * { BIND(SUBSTR('abc', -9223372036854775808, 9223372036854775807) AS ?x) BIND(SUBSTR('é', "
    "1e300) AS ?y) }",
    "IRI of a sentence": "SELECT * { BIND(IRI('not an iri > { } \\u0000') AS ?x) }",
    "bidirectional marks": "SELECT * { BIND('\\u202E\\u2066\\uFEFF\\u0000' AS ?x) }",
    "escapes above the basic plane": "SELECT * { BIND('\\U0010FFFF\\U0001F600' AS ?x) }",
    "negative and huge OFFSET": "SELECT * { ?s ?p ?o } LIMIT 1 OFFSET 18446744073709551615",
    "LIMIT 0": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 0",
    "GRAPH of a file": "SELECT * { GRAPH <file:///etc/passwd> { ?s ?p ?o } }",
    "FROM of an address": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "FROM of a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "property function": "PREFIX apf: <http://jena.apache.org/ARQ/property#> SELECT * { ?x apf:splitIRI ('a' 'b') }",
    "markup in an answer": "SELECT * { BIND('<script>alert(1)</script>' AS ?x) }",
    "formula in an answer": "SELECT * { BIND('=HYPERLINK(\"http://127.0.0.1:9/\")' AS ?x) }",
}
_REJECTED: Final = {
    "escaped SERVICE": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "script function": "PREFIX js: <http://jena.apache.org/ARQ/jsFunction#> SELECT (js:exec('1') AS ?x) {}",
    "function of an address": "SELECT (<http://127.0.0.1:9/>(1) AS ?x) {}",
    "lone surrogate": "SELECT * { BIND('\\uD800' AS ?x) }",
    "string without end": "SELECT * { BIND('" + "\\'" * 50_000,
    "query, then update": "SELECT * { ?s ?p ?o } ; DROP ALL",
    "nothing": "",
    "control characters": "ASK { \x01\x02\x00 }",
}


def _corpus() -> tuple[HostileQuery, ...]:
    ex = "PREFIX ex: <http://127.0.0.1:9/> "
    found = [HostileQuery(f"SERVICE {name}", f"{ex}SELECT * {{ {text} }}", "refused") for name, text in _SERVICE.items()]
    found += [HostileQuery(f"update: {name}", text, "refused") for name, text in _UPDATES.items()]
    found += [
        HostileQuery("brackets behind a false IRI", f"SELECT * {{ FILTER(1<{_DEEP}&&2>1) }}", "refused"),
        HostileQuery("brackets behind a false string", f"SELECT * {{ FILTER(?o<'>' || true) FILTER({_DEEP}) #'\n }}", "refused"),
        HostileQuery("too many readings", "ASK { " + "FILTER((1<'>" * 5000, "refused"),
        HostileQuery("patterns joined without full stops", "ASK { " + "?s ?p ?o {} " * 500 + "}", "refused"),
        HostileQuery("patterns glued by names", "PREFIX : <urn:x> ASK { :a" + " :b :c.:a" * 500 + " :b :c }", "refused"),
    ]
    for name, write in SHAPES.items():
        size = 60_000 // max(1, len(write(8)) // 8)
        text = write(min(size, _SIZE))
        if name in _ANSWERED_SHAPES:
            found.append(HostileQuery(name, text, "answered"))
        elif name in _LIMITED_SHAPES:
            found.append(HostileQuery(name, text, "limited"))
        elif len(text) < 128 * 1024 and name not in {"head: DESCRIBE of variables", "tail: ORDER BY", "path: negated set"}:
            found.append(HostileQuery(name, text, "refused"))
    for outcome, queries in (("limited", _LIMITED), ("answered", _ANSWERED), ("rejected", _REJECTED)):
        found += [HostileQuery(name, text, outcome) for name, text in queries.items()]  # type: ignore[arg-type]
    return tuple(found)


HOSTILE: Final[tuple[HostileQuery, ...]] = _corpus()


def attempt(store: str, text: str, *, seconds: int = 5, memory: int = 512 * 1024**2) -> tuple[Outcome, str]:
    """Run a query on a store as a worker would, in a process of its own; what became of it, and how.

    :param store: folder of the store.
    """
    try:
        check_query(QueryText(text), QueryLimits())
    except (QueryTooComplex, Refused) as error:
        return "refused", type(error).__name__
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            confine_and_run(store, text, seconds, memory, writing, nowhere.fileno())
    os.close(writing)
    with os.fdopen(reading) as pipe:
        note = pipe.read()
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    how = note or (signal.Signals(-code).name if code < 0 else f"exit {code}")
    how += f", {usage.ru_utime + usage.ru_stime:.2f} s, {usage.ru_maxrss // 1024} MB"
    if note.startswith("answered"):
        return "answered", how
    return ("rejected" if note.startswith("rejected") else "limited"), how


def confine_and_run(store: str, text: str, seconds: int, memory: int, writing: int, nowhere: int) -> None:
    """In the child: open, confine, run, tell; does not come back."""
    opened = Store.read_only(store)
    confine(memory, seconds, 1024**3)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    try:
        result = opened.query(text, base_iri="http://127.0.0.1:9/sparql")
        with os.fdopen(nowhere, "wb", closefd=False) as sink:
            if isinstance(result, QueryTriples):
                result.serialize(sink, RdfFormat.N_TRIPLES)
            else:
                result.serialize(sink, QueryResultsFormat.JSON)
        note = "answered"
    except SyntaxError:
        note = "rejected: syntax"
    except MemoryError:
        note = "memory"
    except (RuntimeError, ValueError, OSError) as error:
        note = f"rejected: {str(error)[:60]}"
    os.write(writing, note.encode())
    os._exit(0)


if __name__ == "__main__":
    for query in HOSTILE:
        outcome, how = attempt(sys.argv[1], query.text)
        sys.stdout.write(f"{query.name}\t{len(query.text)} bytes\t{outcome}\t{how}\n")
        sys.stdout.flush()
