"""What a request for a named query asks: values of its parameters, and a format."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from query_service.errors import MalformedRequest

__all__ = ["NamedRequest", "parse_named_request"]

_FORMAT: Final = "format"


class NamedRequest(NamedTuple):
    """A request, in the order in which it is written.

    :ivar values: names of parameters and what stands for them; a name may stand twice.
    :ivar formats: words of ``format=``.
    """

    values: tuple[tuple[str, str], ...]
    formats: tuple[str, ...]


def parse_named_request(query_string: bytes) -> NamedRequest:
    """Read the query string of ``/examples/{key}?format=csv&name=value``; it is decoded once.

    Unlike at the endpoint, a parameter that the query does not have is an error, for its answer would be to another question.

    :raises MalformedRequest: when it is not UTF-8.
    """
    try:
        pairs = parse_qsl(query_string.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeDecodeError:
        raise MalformedRequest("The query string of the URL is not UTF-8.", expected="text in UTF-8") from None
    return NamedRequest(
        values=tuple((name, value) for name, value in pairs if name != _FORMAT),
        formats=tuple(word for name, value in pairs if name == _FORMAT for word in value.split(",") if word),
    )
