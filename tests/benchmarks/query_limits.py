"""At which size of each shape of query the engine stalls or dies: the figures by which the limits were chosen.

``python -m tests.benchmarks.query_limits [NAME ...]`` prints seconds of processor time, by shape and size, over an empty
store: reading and planning only. Each query has a process of its own, which is stopped after a few seconds. The last two
columns are the largest size that ``check_query`` lets pass, and how long that one takes.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Final

from pyoxigraph import QueryBoolean, Store

from query_service.errors import QueryTooComplex
from query_service.query_limits import QueryLimits, check_query
from query_service.query_text import QueryText
from query_service.workers.confinement import limit_memory

__all__ = ["SHAPES", "SIZES", "largest_allowed", "measure"]

SIZES: Final = (16, 32, 64, 128, 256, 512, 1024, 4096, 16384)
_SECONDS: Final = 5
_MEMORY: Final = 2 * 1024**3


def _lines(piece: str) -> Callable[[int], str]:
    """A group with n pieces; ``%d`` is the number of the piece, ``%e`` that of the next."""

    def write(size: int) -> str:
        return f"SELECT * {{ {' '.join(piece.replace('%d', str(n)).replace('%e', str(n + 1)) for n in range(size))} }}"

    return write


def _nest(before: str, opening: str, core: str, closing: str, after: str) -> Callable[[int], str]:
    return lambda size: f"SELECT * {{ {before}{opening * size}{core}{closing * size}{after} }}"


def _chain(before: str, piece: str, after: str) -> Callable[[int], str]:
    return lambda size: f"SELECT * {{ {before}{piece * size}{after} }}"


SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "nest: parentheses": _nest("BIND(", "(", "1", ")", " AS ?x)"),
    "nest: function calls": _nest("BIND(", "ABS(", "1", ")", " AS ?x)"),
    "nest: IF": _nest("BIND(", "IF(true,1,", "1", ")", " AS ?x)"),
    "nest: !( )": _nest("FILTER(", "!(", "true", ")", ")"),
    "nest: IN": _nest("FILTER(", "1 IN (", "1", ")", ")"),
    "nest: collections": _nest("?s ?p ", "(", "1", ")", ""),
    "nest: blank nodes": _nest("?s ?p ", "[ <urn:p> ", "1", "]", ""),
    "nest: triple terms": _nest("?s ?p ", "<<( <urn:s> <urn:p> ", "1", ")>>", ""),
    "nest: reified triples": _nest("", "<< ", "?x", " <urn:p> <urn:o> >>", " ?p ?o"),
    "nest: braces": _nest("", "{", "?s ?p ?o", "}", ""),
    "nest: OPTIONAL": _nest("", "?s ?p ?o OPTIONAL {", "?s ?p ?o", "}", ""),
    "nest: MINUS": _nest("", "?s ?p ?o MINUS {", "?s ?p ?o", "}", ""),
    "nest: UNION": _nest("", "{} UNION {", "?s ?p ?o", "}", ""),
    "nest: GRAPH": _nest("", "GRAPH ?g {", "?s ?p ?o", "}", ""),
    "nest: LATERAL": _nest("", "?s ?p ?o LATERAL {", "?s ?p ?o", "}", ""),
    "nest: sub-SELECT": _nest("", "{SELECT * {", "?s ?p ?o", "}}", ""),
    "nest: sub-SELECT, DISTINCT": _nest("", "{SELECT DISTINCT ?s {", "?s ?p ?o", "}}", ""),
    "nest: sub-SELECT, aggregate": _nest("", "{SELECT (COUNT(*) AS ?s) {", "?s ?p ?o", "}}", ""),
    "nest: FILTER EXISTS": _nest("", "?s ?p ?o FILTER EXISTS {", "?s ?p ?o", "}", ""),
    "nest: FILTER(NOT EXISTS)": _nest("", "?s ?p ?o FILTER(NOT EXISTS {", "?s ?p ?o", "})", ""),
    "nest: path ( )*": _nest("?s ", "(", "<urn:p>", ")*", " ?o"),
    "nest: path ( )": _nest("?s ", "(", "<urn:p>", ")", " ?o"),
    "nest: path ( /p)+": _nest("?s ", "(", "<urn:p>", "/<urn:p>)+", " ?o"),
    "nest: path ^( )": _nest("?s ", "^(", "<urn:p>", ")", " ?o"),
    "nest: path ( |p)/p": _nest("?s ", "(", "<urn:p>", "|<urn:q>)/<urn:r>", " ?o"),
    "many: star of patterns": _lines("?s <urn:p%d> ?o%d ."),
    "many: same pattern": _lines("?s ?p ?o ."),
    "many: chain of patterns": _lines("?s%d <urn:p> ?s%e ."),
    "many: unconnected patterns": _lines("?s%d ?p%d ?o%d ."),
    "many: unconnected, 8 apart": _lines("?s%d ?p%d ?o%d . {?a%d ?b%d ?c%d}"),
    "many: patterns by ;": lambda n: "SELECT * { ?s " + " ; ".join(f"<urn:p{k}> ?o{k}" for k in range(n)) + " }",
    "many: patterns by ,": lambda n: "SELECT * { ?s <urn:p> " + " , ".join(f"?o{k}" for k in range(n)) + " }",
    "many: constant patterns": _lines("<urn:s%d> <urn:p> <urn:o> ."),
    "many: groups { }": _lines("{ ?s <urn:p%d> ?o%d }"),
    "many: collection items": lambda n: f"SELECT * {{ ?s ?p ({' 1' * n}) }}",
    "many: collections": _lines("?s%d <urn:p> (1) ."),
    "many: OPTIONAL": _lines("OPTIONAL { ?s <urn:p%d> ?o%d }"),
    "many: OPTIONAL, unconnected": _lines("OPTIONAL { ?s%d <urn:p%d> ?o%d }"),
    "many: UNION": lambda n: "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * n) + " }",
    "many: UNION, joined": _lines("{ ?s <urn:p> ?o%d } UNION { ?s <urn:q> ?o%d }"),
    "many: MINUS": _lines("MINUS { ?s <urn:p%d> ?o }"),
    "many: GRAPH": _lines("GRAPH ?g%d { ?s <urn:p%d> ?o }"),
    "many: LATERAL": _lines("LATERAL { ?s <urn:p%d> ?o%d }"),
    "many: FILTER": _lines("FILTER(?s > %d)"),
    "many: FILTER over 32 patterns": lambda n: (
        "SELECT * { " + " ".join(f"?s <urn:p{k}> ?o{k} ." for k in range(32)) + " FILTER(?o1 > 1)" * n + " }"
    ),
    "many: FILTER EXISTS": _lines("FILTER EXISTS { ?s <urn:p%d> ?o }"),
    "many: FILTER(EXISTS || EXISTS)": lambda n: "SELECT * { ?s ?p ?o FILTER(" + " || ".join(["EXISTS { ?s ?q ?r }"] * n) + ") }",
    "many: BIND": _lines("BIND(%d AS ?x%d)"),
    "many: BIND of BIND": lambda n: (
        "SELECT * { BIND(1 AS ?x0) " + " ".join(f"BIND(?x{k}+1 AS ?x{k + 1})" for k in range(n)) + "}"
    ),
    "many: BIND doubling": lambda n: (
        "SELECT (STRLEN(?x0) AS ?n) { BIND('' AS ?x0) "
        + " ".join(f"BIND(CONCAT(?x{k},?x{k}) AS ?x{k + 1})" for k in range(n))
        + "}"
    ),
    "many: VALUES blocks": _lines("VALUES ?x%d { 1 2 }"),
    "many: VALUES blocks, same variable": _lines("VALUES ?x { 1 2 }"),
    "many: sub-SELECT": _lines("{ SELECT ?s { ?s <urn:p%d> ?o } }"),
    "many: VALUES rows": lambda n: f"SELECT * {{ VALUES ?x {{ {' 1' * n} }} }}",
    "many: VALUES columns": lambda n: f"SELECT * {{ VALUES ({' '.join(f'?x{k}' for k in range(n))}) {{ ({' 1' * n}) }} }}",
    "chain: +": _chain("BIND(1", "+1", " AS ?x)"),
    "chain: *": _chain("BIND(1", "*1", " AS ?x)"),
    "chain: -1 without blanks": _chain("BIND(1", "-1", " AS ?x)"),
    "chain: ||": _chain("FILTER(?a", "||?a", ")"),
    "chain: &&": _chain("FILTER(?a", "&&?a", ")"),
    "chain: && over 32 patterns": lambda n: (
        "SELECT * { " + " ".join(f"?s <urn:p{k}> ?o{k} ." for k in range(32)) + " FILTER(?o1" + "&&?o2" * n + ") }"
    ),
    "chain: !": _chain("FILTER(", "!", "true)"),
    "chain: ! apart": _chain("FILTER(", "! ", "true)"),
    "chain: IN": lambda n: f"SELECT * {{ ?s ?p ?o FILTER(?o IN (1{',1' * n})) }}",
    "chain: CONCAT": _chain("BIND(CONCAT(1", ",1", ") AS ?x)"),
    "chain: COALESCE": _chain("BIND(COALESCE(1", ",1", ") AS ?x)"),
    "path: sequence": _chain("?s <urn:p>", "/<urn:p>", " ?o"),
    "path: alternatives": _chain("?s <urn:p>", "|<urn:p>", " ?o"),
    "path: stars in sequence": _chain("?s <urn:p>", "/<urn:p>*", " ?o"),
    "path: stars in alternatives": _chain("?s <urn:p>", "|<urn:p>*", " ?o"),
    "path: negated set": lambda n: f"SELECT * {{ ?s !(<urn:p>{'|<urn:p>' * n}) ?o }}",
    "path: r/( |q)": _nest("?s ", "<urn:r>/(<urn:q>|", "<urn:p>", ")", " ?o"),
    "path: (a|b)/(a|b)": _chain("?s (<urn:p>|<urn:q>)", "/(<urn:p>|<urn:q>)", " ?o"),
    "head: PREFIX": lambda n: "".join(f"PREFIX p{k}: <urn:x> " for k in range(n)) + "ASK {}",
    "head: BASE": lambda n: "BASE <a> " * n + "ASK {}",
    "head: variables": lambda n: f"SELECT {' '.join(f'?x{k}' for k in range(n))} {{ }}",
    "head: SELECT * of variables": lambda n: f"SELECT * {{ VALUES ({' '.join(f'?x{k}' for k in range(n))}) {{ }} }}",
    "head: expressions": lambda n: f"SELECT {' '.join(f'(1 AS ?x{k})' for k in range(n))} {{ }}",
    "head: aggregates": lambda n: f"SELECT {' '.join(f'(COUNT(?o) AS ?x{k})' for k in range(n))} {{ ?s ?p ?o }}",
    "head: FROM": lambda n: "SELECT * " + "".join(f"FROM <urn:g{k}> " for k in range(n)) + "{ ?s ?p ?o }",
    "head: FROM NAMED": lambda n: "SELECT * " + "".join(f"FROM NAMED <urn:g{k}> " for k in range(n)) + "{ GRAPH ?g {?s ?p ?o} }",
    "head: CONSTRUCT": lambda n: f"CONSTRUCT {{ {'?s ?p ?o . ' * n} }} {{ ?s ?p ?o }}",
    "head: DESCRIBE of variables": lambda n: f"DESCRIBE {' '.join(f'?x{k}' for k in range(n))} {{ ?s ?p ?o }}",
    "head: DESCRIBE": lambda n: f"DESCRIBE {' '.join(f'<urn:x{k}>' for k in range(n))}",
    "tail: ORDER BY": lambda n: f"SELECT * {{ ?s ?p ?o }} ORDER BY{' ?s' * n}",
    "tail: GROUP BY": lambda n: f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} GROUP BY{' ?s' * n}",
    "tail: HAVING": lambda n: f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} HAVING{' (COUNT(*)>1)' * n}",
    "regex: length of pattern": lambda n: f"SELECT * {{ BIND(REGEX('a', '{'(a|b)' * n}') AS ?x) }}",
    "regex: repetition": lambda n: f"SELECT * {{ BIND(REGEX('a', '{'(' * 3}a{f'{{{n}}})' * 3}') AS ?x) }}",
    "regex: nesting": lambda n: f"SELECT * {{ BIND(REGEX('a', '{'(' * n}a{')*' * n}') AS ?x) }}",
    "regex: classes": lambda n: f"SELECT * {{ BIND(REGEX('a', '{'[^a]' * n}', 'i') AS ?x) }}",
    "regex: in one list": lambda n: (
        "SELECT * { BIND(COALESCE(1" + "".join(f",REGEX('a', '[a-z]{{{k}}}')" for k in range(n)) + ") AS ?x) }"
    ),
    "regex: number of calls": lambda n: f"SELECT * {{ {' '.join(f'''FILTER(REGEX('a', '[a-z]{{{k}}}'))''' for k in range(n))} }}",
    "size: string": lambda n: f"SELECT * {{ BIND('{'x' * n * 8}' AS ?x) }}",
    "size: digits": lambda n: f"SELECT * {{ BIND({'9' * n * 8} AS ?x) }}",
    "size: decimal": lambda n: f"SELECT * {{ BIND(1.{'9' * n * 8} AS ?x) }}",
    "size: IRI": lambda n: f"SELECT * {{ BIND(<urn:{'x' * n * 8}> AS ?x) }}",
    "size: IRI of ../": lambda n: f"SELECT * {{ BIND(<{'../' * n}> AS ?x) }}",
    "size: variable": lambda n: f"SELECT * {{ BIND(1 AS ?{'x' * n * 8}) }}",
    "size: comment": lambda n: f"SELECT * {{ #{'x' * n * 8}\n }}",
}


def _child(text: str, writing: int) -> None:
    """Read and plan in this process, which ends here."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit_memory(_MEMORY)  # beyond what the process has: that of a long test run is larger than any number
    store = Store()
    start = resource.getrusage(resource.RUSAGE_SELF)
    base = start.ru_utime + start.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(base) + _SECONDS, int(base) + _SECONDS + 1))
    try:
        result = store.query(text, base_iri="http://example.org/a/b")
        if not isinstance(result, QueryBoolean):
            next(iter(result), None)
        end = resource.getrusage(resource.RUSAGE_SELF)
        note = f"{end.ru_utime + end.ru_stime - base:.3f}"
    except SyntaxError:
        note = "syntax"
    except (RuntimeError, OSError, ValueError):
        note = "error"
    os.write(writing, note.encode())
    os._exit(0)


def measure(text: str) -> str:
    """Seconds of processor time to read and plan a query; or how its process ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            _child(text, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        note = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "stall"
    return note if status == 0 else f"{signal.Signals(-status).name}"


def largest_allowed(write: Callable[[int], str]) -> int:
    """The largest size of a shape that the default limits let pass, up to the last of :data:`SIZES`."""

    def passes(size: int) -> bool:
        try:
            check_query(QueryText(write(size)), QueryLimits())
        except QueryTooComplex:
            return False
        return True

    low, high = 0, SIZES[-1]
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if passes(middle) else (low, middle - 1)
    return low


def _table(wanted: list[str]) -> Iterator[str]:
    yield f"{'':34}" + "".join(f"{size:>9}" for size in SIZES) + f"{'allowed':>9}{'takes':>9}"
    for name, write in SHAPES.items():
        if wanted and not any(word in name for word in wanted):
            continue
        cells: list[str] = []
        for size in SIZES:
            cells.append(measure(write(size)))
            if not cells[-1][0].isdigit() or float(cells[-1]) > 2:
                break
        allowed = largest_allowed(write)
        yield f"{name:34}" + "".join(
            f"{cell:>9}" for cell in [*cells, *[""] * (len(SIZES) - len(cells)), allowed, measure(write(allowed))]
        )


if __name__ == "__main__":
    for line in _table(sys.argv[1:]):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
