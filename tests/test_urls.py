"""IRIs and addresses: there and back for every kind of key, and only the known endings name formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from query_service.urls import SUFFIXES, Urls, split_suffix

BASE = "https://w3id.org/ipg/"
URLS = Urls("http://127.0.0.1:8000", BASE)
#: Parts of keys: plain ones, with dots and plus signs, with what must be escaped, and beyond ASCII.
PART = st.one_of(
    st.from_regex(r"[a-z0-9][a-z0-9\-]{0,8}", fullmatch=True),
    st.from_regex(r"guide-[1-3]\.[1-9](\.[0-9])?", fullmatch=True),
    st.from_regex(r"[0-9]\.[0-9]\.[0-9]\+[0-9a-f]{4}", fullmatch=True),
    st.sampled_from(
        ["a%20b", "50%25", "a%2Fb", "q%3Fx", "caf%C3%A9".replace("%C3%A9", "é"), "Łódź", "日本", "a:b@c!$&'()*,;=~_"]
    ),
)
KEY = st.lists(PART, min_size=1, max_size=4).map("/".join)
IRI = st.tuples(st.sampled_from(["id/", "id/theme/", "graph/", "graph/source/", "ontology/"]), KEY).map("".join).map(BASE.__add__)


@given(IRI)
def test_an_iri_comes_back_from_its_page(iri: str) -> None:
    NamedNode(iri)
    page = URLS.page(iri)
    assert page.isascii()
    assert URLS.iri(page.removeprefix("http://127.0.0.1:8000/page/")) == iri


@given(IRI, st.sampled_from(SUFFIXES))
def test_an_iri_comes_back_from_its_data(iri: str, suffix: str) -> None:
    path, found = split_suffix(URLS.data(iri, suffix).removeprefix("http://127.0.0.1:8000/data/"))
    assert (URLS.iri(path), found) == (iri, suffix)


@given(IRI)
def test_a_thing_answers_at_its_own_path(iri: str) -> None:
    assert URLS.iri(URLS.thing(iri).removeprefix("http://127.0.0.1:8000/")) == iri


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        ("id/place/caf%C3%A9", "id/place/café"),
        ("id/place/caf%c3%a9", "id/place/café"),
        ("snapshot/0.1.0%2Babc", "snapshot/0.1.0+abc"),
        ("id/%7Ea%2dz", "id/~a-z"),
        ("id/a%2fb", "id/a%2Fb"),
        ("id/a%ffb", "id/a%FFb"),
    ],
)
def test_one_thing_has_one_iri_however_it_is_escaped(path: str, iri: str) -> None:
    assert URLS.iri(path) == BASE + iri


@pytest.mark.parametrize("path", ["id/a b", "id/<a>", 'id/"', "id/a%zz", "id/{a}", "id/a\\b", "id/%"])
def test_what_no_iri_holds_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        URLS.iri(path)


@given(st.text(max_size=30))
def test_no_path_breaks_the_reading(path: str) -> None:
    try:
        iri = URLS.iri(path)
    except ValueError:
        return
    assert iri.startswith(BASE)


@pytest.mark.parametrize("key", ["guide-1.1", "a.b", "x.csvx", "v1.0", "file.ttl2", "a.TTL"])
def test_other_dots_belong_to_keys(key: str) -> None:
    assert split_suffix(f"id/recommendation/{key}") == (f"id/recommendation/{key}", None)


def test_fragments_stay_outside_the_path() -> None:
    assert URLS.page(f"{BASE}ontology#Practice") == "http://127.0.0.1:8000/page/ontology#Practice"
    assert URLS.data(f"{BASE}ontology#Practice", "ttl") == "http://127.0.0.1:8000/data/ontology.ttl#Practice"


def test_only_iris_of_ours_have_paths() -> None:
    with pytest.raises(ValueError, match=r"example\.org"):
        URLS.path("https://example.org/a")
    assert not URLS.is_ours("https://example.org/a")
    assert not URLS.is_ours(f"{BASE}problem/busy")
