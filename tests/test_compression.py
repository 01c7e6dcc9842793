"""Content codings: which is chosen, and that what was coded is what there was."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import httpx
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from query_service.compression import CODINGS, choose_coding, encode_whole, make_encoder, refuses_identity
from query_service.errors import NotAcceptable
from tests.front import MILLION
from tests.served import running, write_snapshot

ROWS = f"SELECT ?a {{ VALUES ?a {{ {' '.join(map(str, range(3000)))} }} }}"


def decoded(coding: str | None, body: bytes) -> bytes:
    if coding == "gzip":
        return gzip.decompress(body)
    if coding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return body


@given(st.sampled_from(CODINGS), st.lists(st.binary(max_size=5000), max_size=20))
def test_what_was_coded_in_pieces_is_what_there_was(coding: str, pieces: list[bytes]) -> None:
    encoder = make_encoder(coding)
    coded = b"".join(encoder.encode(piece) for piece in pieces) + encoder.finish()
    assert decoded(coding, coded) == b"".join(pieces)


@given(st.sampled_from(CODINGS), st.lists(st.binary(min_size=1, max_size=500), min_size=1, max_size=5))
def test_each_piece_can_be_read_at_once_and_a_short_one_is_no_whole(coding: str, pieces: list[bytes]) -> None:
    encoder = make_encoder(coding)
    coded = b"".join(encoder.encode(piece) for piece in pieces)
    reader = zstandard.ZstdDecompressor().decompressobj() if coding == "zstd" else None
    if reader:
        assert reader.decompress(coded) == b"".join(pieces)
        assert not reader.eof
    else:
        with pytest.raises(EOFError):
            gzip.decompress(coded)


@given(st.sampled_from([None, *CODINGS]), st.binary(max_size=5000), st.booleans())
def test_a_whole_answer_is_coded_where_that_is_worth_it_or_wanted(coding: str | None, body: bytes, always: bool) -> None:  # noqa: FBT001
    coded = encode_whole(coding, body, always=always)
    assert (coded is None) is (coding is None or (len(body) < 1024 and not always))
    if coded is not None:
        assert decoded(coding, coded) == body


CASES = [
    (None, None),
    ("", None),
    ("identity", None),
    ("gzip", "gzip"),
    ("GZIP", "gzip"),
    ("x-gzip", "gzip"),
    ("zstd", "zstd"),
    ("gzip, deflate, br, zstd", "zstd"),
    ("gzip;q=1.0, zstd;q=0.5", "gzip"),
    ("gzip;q=0.5, identity;q=0.8", None),
    ("gzip;q=0", None),
    ("zstd;q=0, *", "gzip"),
    ("*", "zstd"),
    ("*;q=0", NotAcceptable),
    ("identity;q=0", NotAcceptable),
    ("identity;q=0, br", NotAcceptable),
    ("identity;q=0, gzip;q=0.001", "gzip"),
    ("*;q=0, gzip", "gzip"),
    ("*;q=0, identity", None),
    ("br, compress", None),
]


@pytest.mark.parametrize(("header", "chosen"), CASES)
def test_the_coding_is_one_that_the_client_takes(header: str | None, chosen: str | type[Exception] | None) -> None:
    if isinstance(chosen, type):
        with pytest.raises(chosen):
            choose_coding(header)
    else:
        assert choose_coding(header) == chosen


QUALITIES = st.sampled_from(["", ";q=0", ";q=0.000", ";q=0.3", ";q=0.7", ";q=1"])
NAMES = st.sampled_from(["gzip", "zstd", "identity", "*", "br", "deflate"])


@given(st.dictionaries(NAMES, QUALITIES, min_size=1))
def test_the_coding_follows_the_rules_of_http(asked: dict[str, str]) -> None:
    """RFC 9110, 12.5.3, read once more: what is not named has the quality of ``*``, and identity is refused only by a zero."""
    header = ", ".join(f"{name}{quality}" for name, quality in asked.items())
    values = {name: float(quality.partition("=")[2] or 1) for name, quality in asked.items()}
    accepted = {coding: values.get(coding, values.get("*", 0.0)) for coding in CODINGS}
    is_refused = values.get("identity", values.get("*", 1.0)) == 0
    assert refuses_identity(header) is is_refused
    if is_refused and not any(accepted.values()):
        with pytest.raises(NotAcceptable):
            choose_coding(header)
        return
    chosen = choose_coding(header)
    if chosen is None:
        assert not is_refused
        assert max(accepted.values()) <= values.get("identity", 0.0)
    else:
        assert accepted[chosen] == max(accepted.values()) > 0


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service."""
    with running(write_snapshot(tmp_path_factory.mktemp("coded") / "snapshot")) as client:
        yield client


def ask(app: httpx.Client, query: str, coding: str) -> tuple[httpx.Response, bytes]:
    """An answer, and its bytes as they were sent."""
    headers = {"Accept-Encoding": coding, "Accept": "text/csv"}
    with app.stream("POST", "/sparql", data={"query": query}, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize("query", [ROWS, MILLION], ids=["small", "long"])
def test_every_coding_carries_the_same_bytes_under_a_tag_of_its_own(app: httpx.Client, query: str) -> None:
    plain, body = ask(app, query, "identity")
    assert "Content-Encoding" not in plain.headers
    tags = {plain.headers["ETag"]}
    for _ in range(2):  # the second time from what is kept
        for coding in CODINGS:
            answer, coded = ask(app, query, coding)
            assert answer.headers["Content-Encoding"] == coding
            assert {"Accept", "Accept-Encoding"} <= {name.strip() for name in answer.headers["Vary"].split(",")}
            assert decoded(coding, coded) == body
            assert len(coded) < len(body) / 2
            tags.add(answer.headers["ETag"])
    assert len(tags) == 3


def test_a_known_answer_is_known_in_its_coding(app: httpx.Client) -> None:
    tags = {coding: ask(app, ROWS, coding)[0].headers["ETag"] for coding in ("identity", *CODINGS)}
    for coding in ("identity", *CODINGS):
        for known, tag in tags.items():
            headers = {"Accept-Encoding": coding, "Accept": "text/csv", "If-None-Match": tag}
            answer = app.get("/sparql", params={"query": ROWS}, headers=headers)
            assert answer.status_code == (304 if known in {coding, "identity"} else 200)
            if answer.status_code == 304:
                assert answer.headers["ETag"] == tag
                assert not answer.content


def test_a_client_who_refuses_answers_as_they_are_gets_none(app: httpx.Client) -> None:
    for query in ("ASK {}", ROWS):
        answer, coded = ask(app, query, "identity;q=0, gzip")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(coded) == ask(app, query, "identity")[1]
        refused, problem = ask(app, query, "identity;q=0")
        assert refused.status_code == 406
        assert b"Accept-Encoding" in problem
    described = app.get("/sparql", headers={"Accept-Encoding": "identity;q=0, gzip", "Accept": "text/html"})
    assert described.headers["Content-Encoding"] == "gzip"
    assert "<html" in described.text
