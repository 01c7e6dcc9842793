"""In which format a thing or a document is asked for: an ending of its path, ``format=``, or ``Accept``.

All three read the one table of :mod:`query_service.media_types`. An ending wins over ``format=``, and both over ``Accept``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from query_service.delivery import Asked
from query_service.errors import NotAcceptable
from query_service.media_types import FORMATS, Choice, Format, Kind, choose_format
from query_service.urls import SUFFIXES

__all__ = ["DATA_SUFFIXES", "choose_representation", "format_words", "suffix_of"]

#: Endings of data on a thing, the preferred first.
DATA_SUFFIXES: Final = ("ttl", "jsonld", "nt", "rdf", "trig", "json")
_JSON: Final = "application/json"
_BY_KEY: Final = {format_.key: format_ for format_ in FORMATS if format_.kind is not Kind.ROWS}


def format_words(asked: Asked) -> list[str]:
    """Values of ``format=`` in a request."""
    return [word for name, value in asked.parameters if name == "format" and value for word in value.split(",")]


def choose_representation(
    asked: Asked, suffix: str | None, kinds: Sequence[Kind] = (Kind.PAGE, Kind.GRAPH), *, prefers_page: bool = False
) -> Choice:
    """Choose the format of a document that there is as page and as graph.

    :param suffix: ending of the path; none where it has none.
    :param prefers_page: whether who does not mind gets the page.
    :raises NotAcceptable: when it exists in none of the formats asked for; it lists what there is.
    """
    words = [suffix] if suffix else format_words(asked)
    wanted = [word.strip().lower() for word in words]
    if wanted and wanted[0] == "json":
        return Choice(_BY_KEY["jsonld"], _JSON)
    if wanted and set(wanted) <= set(SUFFIXES) - set(_BY_KEY):
        raise NotAcceptable(
            "There is no table of this.",
            found=f"format {wanted[0]}",
            expected=", ".join(_offered(kinds)),
            mend="name one of these in the ending of the address, in format= or in Accept",
        )
    if not words and prefers_page and not (asked.accept or "").strip(" */;q=01."):
        return Choice(_BY_KEY["html"], _BY_KEY["html"].media_type)
    choice = choose_format(kinds, asked.accept, words)
    # Both names of a page are one document in HTML.
    return Choice(choice.format, choice.format.media_type) if choice.format.kind is Kind.PAGE else choice


def suffix_of(choice: Choice) -> str | None:
    """Ending that names a choice in a path; none for formats that only ``format=`` names."""
    if choice.media_type == _JSON:
        return "json"
    return choice.format.key if choice.format.key in SUFFIXES else None


def _offered(kinds: Sequence[Kind]) -> list[str]:
    formats: list[Format] = [format_ for format_ in _BY_KEY.values() if format_.kind in kinds]
    return [f"{format_.media_type} (format={format_.key})" for format_ in formats]
