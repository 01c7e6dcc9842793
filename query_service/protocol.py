"""A query operation of the SPARQL 1.1 Protocol, read from the raw parts of a request.

Sections named below are those of https://www.w3.org/TR/sparql11-protocol/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from werkzeug.http import parse_options_header

from query_service.errors import MalformedRequest, ReadOnly, UnsupportedMediaType

__all__ = ["QueryOperation", "parse_operation"]

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii"})  # ASCII is a part of UTF-8


@dataclass(frozen=True)
class QueryOperation:
    """What a client asks.

    :param query: the query as sent; none asks for the service description.
    :param default_graphs: IRIs of ``default-graph-uri``, in order, each once.
    :param named_graphs: IRIs of ``named-graph-uri``, in order, each once.
    :param formats: words of ``format=``, in order: a client may send several that mean the same, to be understood.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def names_dataset(self) -> bool:
        """Whether the request names its dataset (2.1.4), which then replaces that of the query."""
        return bool(self.default_graphs or self.named_graphs)


def parse_operation(method: str, query_string: bytes, content_type: str | None, body: bytes) -> QueryOperation:
    """Read a query operation (2.1): GET, POST of a form, or POST of the query itself.

    Parameters are decoded once. Unknown ones are ignored, as other clients add theirs.

    :param method: HTTP method; everything but POST is read as GET.
    :param query_string: raw query string of the URL.
    :param content_type: ``Content-Type`` of the request.
    :param body: body of a POST.
    :raises MalformedRequest: when a parameter is doubled, missing or not UTF-8.
    :raises ReadOnly: when an update is asked for.
    :raises UnsupportedMediaType: when the body is of another type or encoding.
    """
    pairs = _parse_pairs(query_string, "query string of the URL")
    if method == "POST":
        if _body_type(content_type) == _QUERY:
            pairs.append(("query", _decode(body, "body").removeprefix("\ufeff")))
        else:
            pairs += _parse_pairs(body, "form in the body")
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _read_only()
    queries = values.get("query", ())
    if len(queries) > 1:
        raise MalformedRequest("There is more than one query.", found=f"{len(queries)} queries", expected="one query")
    operation = QueryOperation(
        query=queries[0] if queries else None,
        default_graphs=_chosen(values, "default-graph-uri"),
        named_graphs=_chosen(values, "named-graph-uri"),
        formats=tuple(word for value in _chosen(values, "format") for word in value.split(",")),
    )
    if operation.query is None and (method == "POST" or operation.names_dataset):
        raise MalformedRequest("There is no query.", expected="a parameter query=", mend="send the query as query=")
    return operation


def _body_type(content_type: str | None) -> str:
    """Media type of a body that may carry a query (2.1.2, 2.1.3)."""
    media_type, parameters = parse_options_header(content_type)
    media_type = media_type.lower()
    if media_type == _UPDATE:
        raise _read_only()
    if media_type not in {_FORM, _QUERY}:
        raise UnsupportedMediaType(
            "The body is of a type that carries no query.",
            found=content_type or "no Content-Type",
            expected=f"{_QUERY} or {_FORM}",
        )
    charset = parameters.get("charset", "utf-8")
    if charset.lower() not in _UTF8:
        raise UnsupportedMediaType("The body must be UTF-8.", found=f"charset={charset}", expected="charset=utf-8")
    return media_type


def _parse_pairs(raw: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decode(raw, where), keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeDecodeError:
        raise _not_utf8(where) from None


def _decode(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8(where) from None


def _not_utf8(where: str) -> MalformedRequest:
    return MalformedRequest(f"The {where} is not UTF-8.", expected="text in UTF-8")


def _chosen(values: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    # Forms of other endpoints send the field empty to mean "not chosen".
    return tuple(dict.fromkeys(filter(None, values.get(name, ()))))


def _read_only() -> ReadOnly:
    return ReadOnly("This endpoint only reads; nothing can be written through it.", expected="a query", mend="send query=")
