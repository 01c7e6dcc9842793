"""Formats of answers, and the choice among them.

One table drives ``Accept``, ``format=``, the service description and the tests. ``format=`` wins over ``Accept``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header, parse_options_header

from query_service.errors import NotAcceptable

__all__ = ["FORMATS", "Choice", "Format", "Kind", "choose_among", "choose_format", "formats_of"]

# Accept of older Java clients ends in "*; q=.2, */*; q=.2"; RFC 9110, 12.4.2 wants a digit before the point.
_BARE_POINT: Final = re.compile(r"(;\s*q\s*=\s*)(?=\.\d)", re.IGNORECASE)
_LONGEST_REMEMBERED: Final = 500


class Kind(Enum):
    """What an answer holds."""

    ROWS = "rows or a boolean"
    GRAPH = "a graph"
    PAGE = "a page"


@dataclass(frozen=True)
class Format:
    """One row of the table.

    :param key: word for ``format=``.
    :param media_types: its registered media type, then other names that clients ask for.
    :param words: other words that ``format=`` takes, as known clients send them.
    :param w3c: name under ``http://www.w3.org/ns/formats/`` (https://www.w3.org/ns/formats/).
    :param charset: whether the media type has a ``charset`` parameter.
    """

    key: str
    kind: Kind
    media_types: tuple[str, ...]
    words: tuple[str, ...] = ()
    w3c: str = ""
    charset: bool = False

    @property
    def media_type(self) -> str:
        """The registered media type."""
        return self.media_types[0]


# In order of preference: what stands first is what a client that does not mind gets.
FORMATS: Final = (
    Format("json", Kind.ROWS, ("application/sparql-results+json", "application/json"), ("srj",), "SPARQL_Results_JSON"),
    Format("xml", Kind.ROWS, ("application/sparql-results+xml", "application/xml", "text/xml"), ("srx",), "SPARQL_Results_XML"),
    Format("csv", Kind.ROWS, ("text/csv",), (), "SPARQL_Results_CSV", charset=True),
    Format("tsv", Kind.ROWS, ("text/tab-separated-values",), (), "SPARQL_Results_TSV", charset=True),
    Format("ttl", Kind.GRAPH, ("text/turtle", "application/x-turtle"), ("turtle",), "Turtle", charset=True),
    Format("nt", Kind.GRAPH, ("application/n-triples",), ("ntriples", "n-triples"), "N-Triples"),
    Format("jsonld", Kind.GRAPH, ("application/ld+json", "application/json"), ("json-ld", "json"), "JSON-LD"),
    Format(
        "rdf",
        Kind.GRAPH,
        ("application/rdf+xml", "application/xml", "text/xml"),
        ("rdfxml", "rdf+xml", "rdf/xml", "xml"),
        "RDF_XML",
    ),
    Format("trig", Kind.GRAPH, ("application/trig",), (), "TriG"),
    Format("nq", Kind.GRAPH, ("application/n-quads",), ("nquads", "n-quads"), "N-Quads"),
    Format("n3", Kind.GRAPH, ("text/n3", "text/rdf+n3"), (), "N3", charset=True),
    Format("html", Kind.PAGE, ("text/html", "application/xhtml+xml"), (), charset=True),
)


class Choice(NamedTuple):
    """A format, and the media type by which the client asked for it."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        """Value of ``Content-Type``."""
        return f"{self.media_type}; charset=utf-8" if self.format.charset else self.media_type


class _Range(NamedTuple):
    media_range: str
    parameters: dict[str, str]
    quality: float

    def covers(self, media_type: str) -> bool:
        """Whether this media range (RFC 9110, 12.5.1) takes what we would send as this media type.

        Everything is sent as UTF-8, and CSV with a header line. Other parameters are no ground to refuse: RFC 6906
        wants an unknown profile ignored.
        """
        if self.parameters.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            return False
        if media_type == "text/csv" and self.parameters.get("header", "present").lower() != "present":
            return False
        main, _, sub = self.media_range.lower().partition("/")
        if main == "*":
            return sub in {"*", ""}
        own_main, _, own_sub = media_type.partition("/")
        return main == own_main and sub in {own_sub, "*"}


def formats_of(kinds: Collection[Kind]) -> list[Format]:
    """Formats that an answer of these kinds can have, the preferred first."""
    return [format_ for format_ in FORMATS if format_.kind in kinds]


def choose_format(kinds: Collection[Kind], accept: str | None, words: Sequence[str] = ()) -> Choice:
    """Choose the format of an answer.

    :param kinds: what the answer can be.
    :param accept: the ``Accept`` header; none, or an empty one, takes anything.
    :param words: values of ``format=``: words of the table or media types, the first that fits wins.
    :raises NotAcceptable: when nothing fits; it lists what there is.
    """
    return choose_among(formats_of(kinds), accept, words)


def choose_among(formats: Sequence[Format], accept: str | None, words: Sequence[str] = ()) -> Choice:
    """Choose among some formats, the preferred first; see :func:`choose_format`."""
    if words:
        return _by_word(formats, words)
    if accept is None or not accept.strip():
        return Choice(formats[0], formats[0].media_type)
    choose = _choose_known if len(accept) <= _LONGEST_REMEMBERED else _choose
    return choose(tuple(formats), accept)


def _choose(formats: tuple[Format, ...], accept: str) -> Choice:
    # Other names come after all registered types, so that they are used only when a client knows no better.
    choices = [Choice(format_, format_.media_type) for format_ in formats]
    choices += [Choice(format_, name) for format_ in formats for name in format_.media_types[1:]]
    ranges = _parse_accept(accept)
    qualities = [_quality(choice.media_type, ranges) for choice in choices]
    best = max(qualities)
    if best <= 0:
        raise _nothing_fits(formats, f"Accept: {accept}")
    return choices[qualities.index(best)]


# Clients send few different headers, each with every request.
_choose_known = lru_cache(maxsize=1024)(_choose)


def _parse_accept(accept: str) -> list[_Range]:
    """Media ranges, the most specific first, and among equals the one with the highest quality."""
    parsed = parse_accept_header(_BARE_POINT.sub(r"\g<1>0", accept), MIMEAccept)
    return [_Range(*parse_options_header(media_range), quality) for media_range, quality in parsed]


def _quality(media_type: str, ranges: list[_Range]) -> float:
    """Quality of a media type: that of the most specific range that covers it (RFC 9110, 12.5.1)."""
    return next((range_.quality for range_ in ranges if range_.covers(media_type)), 0.0)


def _by_word(formats: Sequence[Format], words: Sequence[str]) -> Choice:
    for word in words:
        # A plus sign in a query string is a blank once decoded: format=rdf+xml arrives as "rdf xml".
        wanted = word.strip().lower().replace(" ", "+")
        for format_ in formats:
            if wanted == format_.key or wanted in format_.words:
                return Choice(format_, format_.media_type)
            if wanted in format_.media_types:
                return Choice(format_, wanted)
    raise _nothing_fits(formats, f"format={','.join(words)}")


def _nothing_fits(formats: Sequence[Format], found: str) -> NotAcceptable:
    listed = ", ".join(f"{format_.media_type} (format={format_.key})" for format_ in formats)
    return NotAcceptable(
        "The answer exists in none of the formats asked for.",
        found=found,
        expected=listed,
        mend="name one of these in Accept or in format=, or send neither",
    )
