"""Answers to SELECT and ASK as Parquet, with typed columns.

A column is typed when every value in it is a literal of one XML Schema type that Parquet has; else it holds strings: the
IRI, the text of the literal, or the label of the blank node. What a string does not tell is kept beside it. Where a whole
column agrees, its kind, datatype and language are metadata of the field; where it does not, a column ``name@type`` (``iri``,
``bnode``, or the IRI of the datatype) or ``name@language`` follows. ``@`` stands in no name of a variable.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from pyoxigraph import Literal, NamedNode

from ipg.result_table import ResultTable, Term

__all__ = ["write_parquet"]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS: Final = frozenset(
    _XSD + name
    for name in (
        "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_MOST_DIGITS: Final = 38


def write_parquet(table: ResultTable, about: Mapping[str, str]) -> bytes:
    """Write a table.

    :param about: metadata of the file, e.g. the query and the version of the dataset.
    """
    fields: list[pa.Field] = []
    arrays: list[pa.Array] = []
    for place, name in enumerate(table.columns):
        for field, array in _columns(name, table.column(place)):
            fields.append(field)
            arrays.append(array)
    schema = pa.schema(fields, metadata=dict(about))
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _columns(name: str, terms: Sequence[Term | None]) -> list[tuple[pa.Field, pa.Array]]:
    types = [None if term is None else _type(term) for term in terms]
    languages = [term.language if isinstance(term, Literal) else None for term in terms]
    kinds = {kind for kind in types if kind is not None}
    spoken = {language for term, language in zip(terms, languages, strict=True) if term is not None}
    metadata: dict[str, str] = {}
    if len(kinds) == 1:
        metadata["type"] = next(iter(kinds))
    if len(spoken) == 1 and (language := next(iter(spoken))):
        metadata["language"] = language
    array = _typed(terms, next(iter(kinds))) if len(kinds) == 1 else None
    if array is None:
        array = pa.array([None if term is None else _text(term) for term in terms], pa.string())
    found = [(pa.field(name, array.type, metadata=metadata), array)]
    for suffix, values, differ in (("type", types, len(kinds) > 1), ("language", languages, len(spoken) > 1)):
        if differ:
            found.append((pa.field(f"{name}@{suffix}", pa.string()), pa.array(values, pa.string())))
    return found


def _type(term: Term) -> str:
    if isinstance(term, NamedNode):
        return "iri"
    return term.datatype.value if isinstance(term, Literal) else "bnode"


def _text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _typed(terms: Sequence[Term | None], datatype: str) -> pa.Array | None:
    """The column in the type of Parquet that holds every value of it exactly; none where there is no such type."""
    convert = _CONVERSIONS.get("integer" if datatype in _INTEGERS else datatype.removeprefix(_XSD))
    if convert is None:
        return None
    try:
        return convert([None if term is None else _text(term).strip() for term in terms])
    except (ValueError, OverflowError, InvalidOperation, KeyError, pa.ArrowInvalid):
        return None


def _each(texts: Sequence[str | None], read: Callable[[str], Any]) -> list[Any]:
    return [None if text is None else read(text) for text in texts]


def _decimals(texts: Sequence[str | None]) -> pa.Array:
    values: list[Decimal | None] = _each(texts, Decimal)
    parts = [value.as_tuple() for value in values if value is not None]
    places = [part.exponent for part in parts]
    if not all(isinstance(place, int) for place in places):
        raise ValueError("not a number")
    scale = max((-place for place in places if isinstance(place, int)), default=0)
    scale = max(scale, 0)
    whole = max((len(part.digits) + int(part.exponent) for part in parts), default=1)
    if max(whole, 0) + scale > _MOST_DIGITS:
        raise OverflowError("too many digits")
    return pa.array(values, pa.decimal128(max(whole + scale, 1), scale))


def _doubles(texts: Sequence[str | None]) -> pa.Array:
    special = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "NaN": math.nan}
    return pa.array(_each(texts, lambda text: special[text] if text in special else float(text)), pa.float64())


def _dates(texts: Sequence[str | None]) -> pa.Array:
    return pa.array(_each(texts, date.fromisoformat), pa.date32())


def _instants(texts: Sequence[str | None]) -> pa.Array:
    values: list[datetime | None] = _each(texts, datetime.fromisoformat)
    zoned = {value.tzinfo is not None for value in values if value is not None}
    if len(zoned) > 1:
        raise ValueError("some have a time zone and some have none")
    return pa.array(values, pa.timestamp("us", tz="UTC" if True in zoned else None))


def _booleans(texts: Sequence[str | None]) -> pa.Array:
    return pa.array(_each(texts, {"true": True, "1": True, "false": False, "0": False}.__getitem__), pa.bool_())


#: Readings by local name of the datatype; each fails where one value does not fit, and the column then stays text.
_CONVERSIONS: Final[Mapping[str, Callable[[Sequence[str | None]], pa.Array]]] = {
    "integer": lambda texts: pa.array(_each(texts, int), pa.int64()),
    "decimal": _decimals,
    "double": _doubles,
    "float": _doubles,
    "boolean": _booleans,
    "date": _dates,
    "dateTime": _instants,
}
