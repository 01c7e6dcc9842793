"""Answers to SELECT and ASK as tables: read from SPARQL JSON, and drawn for a terminal."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, Triple, parse_query_results
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["ResultTable", "Term", "draw_table", "read_table"]

Term = NamedNode | BlankNode | Literal | Triple
#: Wide enough for every line where nothing has to fit on a screen.
_UNBOUNDED: Final = 1_000_000
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = frozenset({f"{_XSD}integer", f"{_XSD}decimal", f"{_XSD}double"})


class ResultTable(NamedTuple):
    """Rows of an answer.

    :ivar columns: names of the variables; ``answer`` for ASK.
    :ivar rows: a term for each variable; none where it has no value.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]

    def column(self, place: int) -> list[Term | None]:
        """Terms of a column."""
        return [row[place] for row in self.rows]


def read_table(body: bytes) -> ResultTable:
    """Read an answer in SPARQL JSON."""
    found = parse_query_results(body, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return ResultTable(("answer",), [(Literal(bool(found)),)])
    columns = tuple(variable.value for variable in found.variables)
    return ResultTable(columns, [tuple(solution[name] for name in columns) for solution in found])


def draw_table(table: ResultTable, prefixes: Mapping[str, str], version: str | None, width: int | None) -> str:
    """Draw a table, whole: what does not fit is folded, never cut off.

    :param prefixes: by which IRIs are shortened for reading; what is drawn so is not SPARQL.
    :param version: of the dataset, where it is known.
    :param width: columns of the terminal; None where the text goes elsewhere.
    """
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    columns = [table.column(place) for place in range(len(table.columns))]
    for name, terms in zip(table.columns, columns, strict=True):
        drawn.add_column(Text(name), overflow="fold", justify="right" if _is_numeric(terms) else "left")
    tagged = [len({_language(term) for term in terms if term is not None}) > 1 for terms in columns]
    for row in table.rows:
        drawn.add_row(*(Text(_show(term, prefixes, tag=tag)) for term, tag in zip(row, tagged, strict=True)))
    console = Console(file=io.StringIO(), width=width or _UNBOUNDED, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(drawn)
    lines = [line.rstrip() for line in capture.get().splitlines()]
    count = f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"
    return "\n".join([*lines, "", f"{count}; dataset {version}" if version else count, ""])


def _is_numeric(terms: list[Term | None]) -> bool:
    present = [term for term in terms if term is not None]
    return bool(present) and all(isinstance(term, Literal) and term.datatype.value in _NUMBERS for term in present)


def _language(term: Term) -> str | None:
    return term.language if isinstance(term, Literal) else None


def _show(term: Term | None, prefixes: Mapping[str, str], *, tag: bool) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return _printable(_shorten(term.value, prefixes))
    if isinstance(term, Literal):
        return _printable(term.value) + (f" @{term.language}" if tag and term.language else "")
    return _printable(str(term))


def _shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [prefix for prefix, namespace in prefixes.items() if iri.startswith(namespace) and iri != namespace]
    if not fitting:
        return iri
    prefix = max(fitting, key=lambda prefix: len(prefixes[prefix]))
    return f"{prefix}:{iri.removeprefix(prefixes[prefix])}"


def _printable(text: str) -> str:
    """Text that does nothing to a terminal: control and direction characters are written as their numbers."""
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf"} else f"\\u{ord(char):04x}" for char in text
    )
