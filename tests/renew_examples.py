"""Renew the expected answers of the example queries after a deliberate change of the data.

Build first, then run ``python -m tests.renew_examples HOME`` with the home folder of that build, and review the
difference like any other change: the tests only hold an answer to what a person has found right. A new example starts
with an empty ``.csv`` beside it.

The ledger ``data/examples-checked.toml`` is renewed too. Without ``--all`` it dates what is new or changed alone, so that
the graph, which holds these dates, stays as it is. The tests ask every query each time they run, whatever the ledger says.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import click
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, QueryTriples, Store, Triple

from etl.example_checks import Check, check_of, count_rows, digest, read_checks, render_checks
from etl.examples import Example, read_examples

__all__ = ["CHECKS", "EXAMPLES", "answer", "open_store", "write_triples"]

EXAMPLES = Path(__file__).parent.parent / "sparql_examples"
CHECKS = Path(__file__).parent.parent / "data" / "examples-checked.toml"


def open_store(home: Path) -> Store:
    """Open the snapshot in service for reading."""
    return Store.read_only(str(home / "current" / "store"))


def answer(store: Store, example: Example) -> bytes:
    """The answer as CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/#csv).

    That page defines CSV for SELECT alone. Here ASK gives one cell without a header, and CONSTRUCT and DESCRIBE, whose
    triples have no order, give the columns ``s,p,o`` sorted as N-Triples.
    """
    result = store.query(example.query)
    if isinstance(result, QueryBoolean):
        return b"true\r\n" if result else b"false\r\n"
    if isinstance(result, QueryTriples):
        return write_triples(sorted(set(result), key=str))
    return result.serialize(format=QueryResultsFormat.CSV) or b""


def write_triples(triples: list[Triple]) -> bytes:
    """Triples as the answers of the examples have them."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)  # its line ends are those of RFC 4180, as in the answers to SELECT
    writer.writerow(("s", "p", "o"))
    writer.writerows((_value(t.subject), _value(t.predicate), _value(t.object)) for t in triples)
    return table.getvalue().encode()


def _value(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """Lexical form; no example answers with blank nodes or quoted triples, which have no place in CSV."""
    if isinstance(term, NamedNode | Literal):
        return term.value
    raise TypeError(f"{term} cannot stand in an expected answer")


@click.command(help=__doc__)
@click.argument("home", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="Date every example in the ledger, not only what is new or changed.")
def main(home: Path, *, every: bool) -> None:
    """Write the answers that differ, and name them; then the ledger."""
    store, today = open_store(home), datetime.now(tz=UTC).date()
    known = {} if every else read_checks(CHECKS)
    checks = {}
    for example in read_examples(EXAMPLES):
        found = answer(store, example)
        if found != example.expected.read_bytes():
            example.expected.write_bytes(found)
            click.echo(f"renewed {example.expected.relative_to(EXAMPLES)}")
        checks[example.key] = check_of(example, known) or _check(example, today)
    CHECKS.write_text(render_checks(checks), encoding="utf-8")


def _check(example: Example, today: date) -> Check:
    return Check(on=today, sha256=digest(example), rows=count_rows(example))


if __name__ == "__main__":
    main()
