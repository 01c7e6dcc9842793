from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from query_service.errors import NotAcceptable
from query_service.media_types import FORMATS, Choice, Format, Kind, choose_format, formats_of

ROWS, GRAPH = formats_of([Kind.ROWS]), formats_of([Kind.GRAPH])


def choose(kind: Kind, accept: str | None, *words: str) -> str:
    return choose_format([kind], accept, words).media_type


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.key)
def test_every_name_of_a_format_is_served_as_asked(format_: Format) -> None:
    for media_type in format_.media_types:
        assert choose_format([format_.kind], media_type) == Choice(format_, media_type)
        assert choose_format([format_.kind], media_type.upper()) == Choice(format_, media_type)
        assert choose_format([format_.kind], None, [media_type]) == Choice(format_, media_type)
    for word in (format_.key, *format_.words):
        assert choose_format([format_.kind], "application/nothing", [word]) == Choice(format_, format_.media_type)


def test_words_and_media_types_are_unambiguous_within_a_kind() -> None:
    for kind in Kind:
        words = [word for format_ in formats_of([kind]) for word in (format_.key, *format_.words)]
        types = [media_type for format_ in formats_of([kind]) for media_type in format_.media_types]
        assert len(words) == len(set(words))
        assert len(types) == len(set(types))


@pytest.mark.parametrize("accept", [None, "", "  ", "*/*", "*/*;q=0.1", "text/html, */*;q=0.1", "image/png, *; q=.2, */*; q=.2"])
def test_clients_that_take_anything_get_the_default(accept: str | None) -> None:
    assert choose(Kind.ROWS, accept) == "application/sparql-results+json"
    assert choose(Kind.GRAPH, accept) == "text/turtle"


# Cases of RFC 9110, 12.4.2 and 12.5.1, and what real clients send.
@pytest.mark.parametrize(
    ("kind", "accept", "expected"),
    [
        (Kind.ROWS, "text/csv;q=0.5, text/*;q=0.9", "text/tab-separated-values"),
        (Kind.ROWS, "text/*, application/sparql-results+json;q=0.1", "text/csv"),
        (Kind.ROWS, "application/sparql-results+json;q=0, application/*", "application/sparql-results+xml"),
        (Kind.ROWS, "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        (Kind.ROWS, "text/csv;q=0, text/*", "text/tab-separated-values"),
        (Kind.ROWS, "text/csv;Q=0.3, application/sparql-results+xml;q=0.4", "application/sparql-results+xml"),
        (Kind.ROWS, "text/csv;q=0.001, application/sparql-results+xml;q=0.0", "text/csv"),
        (Kind.ROWS, "text/csv; charset=UTF-8", "text/csv"),
        (Kind.ROWS, 'text/csv; charset="utf-8"; header=present', "text/csv"),
        (Kind.ROWS, "text/csv;charset=utf-16, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
        (Kind.ROWS, "text/csv;header=absent, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
        (Kind.ROWS, "text/csv;q=0.2;charset=utf-8, text/csv;q=0.9, application/json;q=0.5", "application/json"),
        (Kind.ROWS, "application/json", "application/json"),
        (Kind.ROWS, "application/json, application/sparql-results+json", "application/sparql-results+json"),
        (Kind.ROWS, "application/sparql-results+json;q=0.8, application/json", "application/json"),
        (Kind.ROWS, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        (Kind.ROWS, ",, text/csv ,", "text/csv"),
        (Kind.ROWS, "nonsense, text/csv;q=0.3", "text/csv"),
        (Kind.ROWS, "text/csv;q=7, application/xml;q=0.1", "application/xml"),
        (Kind.GRAPH, 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        (Kind.GRAPH, "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,*/*;q=0.1", "application/n-quads"),
        (Kind.GRAPH, "application/rdf+xml;q=0.7, text/turtle;q=0.7", "text/turtle"),
        (Kind.GRAPH, "text/n3, text/rdf+n3, application/rdf+xml;q=0.9", "text/n3"),
        (Kind.GRAPH, "application/*", "application/n-triples"),
    ],
)
def test_accept_is_read_as_the_standard_says(kind: Kind, accept: str, expected: str) -> None:
    assert choose(kind, accept) == expected


@pytest.mark.parametrize(
    "accept",
    ["text/html", "*/*;q=0", "text/turtle", "garbage", "*/csv", "text/csv;charset=latin1", "text/csv;q=0", "text/csv;q=x"],
)
def test_what_nothing_fits_is_refused_with_the_list(accept: str) -> None:
    with pytest.raises(NotAcceptable) as caught:
        choose(Kind.ROWS, accept)
    assert accept in caught.value.found
    for format_ in ROWS:
        assert format_.media_type in caught.value.expected
        assert f"format={format_.key}" in caught.value.expected


@pytest.mark.parametrize(
    ("kind", "word"), [(Kind.ROWS, "ttl"), (Kind.GRAPH, "csv"), (Kind.ROWS, "xlsx"), (Kind.ROWS, "text/turtle")]
)
def test_an_unknown_word_is_refused_whatever_is_accepted(kind: Kind, word: str) -> None:
    with pytest.raises(NotAcceptable, match="none of the formats") as caught:
        choose(kind, "*/*", word)
    assert caught.value.found == f"format={word}"


@pytest.mark.parametrize(
    ("kind", "word", "expected"),
    [
        (Kind.GRAPH, "xml", "application/rdf+xml"),
        (Kind.GRAPH, "json", "application/ld+json"),
        (Kind.GRAPH, "rdf xml", "application/rdf+xml"),
        (Kind.ROWS, "CSV", "text/csv"),
        (Kind.ROWS, "application/json", "application/json"),
    ],
)
def test_words_of_known_clients(kind: Kind, word: str, expected: str) -> None:
    assert choose(kind, "text/html", word) == expected


def test_the_first_word_that_fits_wins() -> None:
    assert choose(Kind.GRAPH, None, "srj", "application/x-json+ld", "nt", "ttl") == "application/n-triples"


def test_content_type_names_the_charset_where_the_type_has_one() -> None:
    assert choose_format([Kind.ROWS], "text/csv").content_type == "text/csv; charset=utf-8"
    assert choose_format([Kind.ROWS], "application/json").content_type == "application/json"


def test_a_browser_gets_the_page_and_a_program_the_description() -> None:
    kinds = [Kind.GRAPH, Kind.PAGE]
    assert choose_format(kinds, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8").format.kind is Kind.PAGE
    assert choose_format(kinds, "*/*").format.kind is Kind.GRAPH
    assert choose_format(kinds, "text/turtle, text/html").format.key == "ttl"
    assert choose_format(kinds, None, ["html"]).format.kind is Kind.PAGE


TYPES = sorted({media_type for format_ in ROWS + GRAPH for media_type in format_.media_types})
RANGES = st.sampled_from([*TYPES, "*/*", "text/*", "application/*", "image/png", "image/*"])
QUALITIES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


def expected_quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """RFC 9110, 12.5.1, word by word: the most specific range that matches decides."""
    for pattern in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        matching = [quality for media_range, quality in ranges if media_range == pattern]
        if matching:
            return max(matching)
    return 0.0


@given(st.lists(st.tuples(RANGES, QUALITIES), min_size=1, max_size=6), st.sampled_from([Kind.ROWS, Kind.GRAPH]))
def test_the_choice_has_the_highest_quality(ranges: list[tuple[str, float]], kind: Kind) -> None:
    accept = ", ".join(f"{media_range};q={quality:.3f}" for media_range, quality in ranges)
    offered = [media_type for format_ in formats_of([kind]) for media_type in format_.media_types]
    best = max(expected_quality(media_type, ranges) for media_type in offered)
    if best == 0:
        with pytest.raises(NotAcceptable):
            choose_format([kind], accept)
    else:
        assert expected_quality(choose(kind, accept), ranges) == best


@given(st.text(st.characters(max_codepoint=255)), st.lists(st.text(max_size=12), max_size=2))
@example('text/csv;a="', [])
@example("text/csv;charset*=x", [])
@example(";;;,,,/", [])
def test_no_header_and_no_word_breaks_it(accept: str, words: list[str]) -> None:
    try:
        choice = choose_format([Kind.ROWS], accept, words)
    except NotAcceptable:
        return
    assert choice.media_type in choice.format.media_types


@given(st.lists(st.tuples(RANGES, QUALITIES), min_size=1, max_size=4), st.permutations(range(4)))
def test_order_and_spacing_do_not_matter(ranges: list[tuple[str, float]], order: list[int]) -> None:
    shuffled = [ranges[place] for place in order if place < len(ranges)]
    answers = set()
    for items, comma, semicolon in product((ranges, shuffled), (",", " ,\t "), (";", " ; ")):
        accept = comma.join(f"{media_range}{semicolon}q={quality}" for media_range, quality in items)
        try:
            answers.add(choose(Kind.ROWS, accept))
        except NotAcceptable:
            answers.add("")
    assert len(answers) == 1
