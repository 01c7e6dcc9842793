"""Identifiers: valid on creation, minted the same way every time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from etl.identifiers import BASE, ItemPath, Key, PassageKey, graph_iri, item_iri, link_key, make_slug, passage_iri, term_iri

keys = st.from_regex(r"[a-z0-9]{1,8}(?:(?:--?|\.)[a-z0-9]{1,8}){0,3}", fullmatch=True)


@given(st.text(max_size=200))
def test_a_slug_is_a_key_or_the_text_is_refused(text: str) -> None:
    try:
        slug = make_slug(text)
    except ValueError:
        assert not re.search(r"[A-Za-z0-9]", text)
    else:
        assert TypeAdapter(Key).validate_python(slug[:120].strip("-")) == slug[:120].strip("-")
        assert make_slug(slug, words=200) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Łódź and Gdańsk", "lodz-and-gdansk"),
        ("T\u00fcrkiye: uyum \u0131srar\u0131", "turkiye-uyum-israri"),
        ("Children's rights", "childrens-rights"),
        ("Straße 7", "strasse-7"),
    ],
)
def test_slugs_fold_letters_with_marks(text: str, slug: str) -> None:
    assert make_slug(text) == slug


@given(keys, keys)
def test_an_item_iri_keeps_its_path(kind: str, key: str) -> None:
    kind = re.sub(r"[^a-z]", "", kind) or "practice"
    path = f"{kind}/{key}"
    assert item_iri(path) == f"{BASE}id/{path}"
    assert TypeAdapter(ItemPath).validate_python(path) == path


@given(st.text(min_size=1, max_size=40).filter(lambda s: not re.fullmatch(r"[a-z-]+(/[a-z0-9.-]+)+", s)))
def test_anything_else_is_no_item_path(text: str) -> None:
    with pytest.raises(ValueError, match="item path"):
        item_iri(text)


@pytest.mark.parametrize("key", ["", "A", "a_b", "a/", "/a", "a..b", "a---b", "é", "a b"])
def test_wrong_passage_keys_are_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PassageKey).validate_python(key)


def test_the_iris_of_the_contract() -> None:
    assert item_iri("recommendation/guide-1.1") == "https://w3id.org/ipg/id/recommendation/guide-1.1"
    assert passage_iri("ewsi-2008", "theme/1") == "https://w3id.org/ipg/id/passage/ewsi-2008/theme/1"
    assert graph_iri("source/ewsi-2008") == "https://w3id.org/ipg/graph/source/ewsi-2008"
    assert term_iri("implementsPrinciple") == "https://w3id.org/ipg/ontology#implementsPrinciple"


@pytest.mark.parametrize("name", ["Ontology", "source/", "source/a/b", "a-b", ""])
def test_wrong_graph_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="graph name"):
        graph_iri(name)


@pytest.mark.parametrize("name", ["1st", "a-b", "", "a b"])
def test_wrong_term_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="local name"):
        term_iri(name)


def test_link_keys_name_both_ends() -> None:
    assert link_key("conclusion/7", "relatedTo", "principle/cbp-5") == "conclusion-7--relatedto--cbp-5"
    assert link_key("practice/citizen-coin", "implements", "principle/cbp-9") == "citizen-coin--implements--cbp-9"
    assert TypeAdapter(Key).validate_python("citizen-coin--implements--cbp-9")
