"""The benchmark of the endpoint asks the same of everyone, in the same order, and nothing twice when it is cold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Store

from tests.benchmarks.mix import FOLDER, GRAPH_TYPE, ROWS_TYPE, SERIAL, WHOLE, Mix, read_mix

#: Figures with one hash of the mix cannot be compared with those of another; whoever changes the mix measures anew.
_MIX_SHA256 = "3320dcf06f6e7436e03af2f8c5b907d461a2f676566ac99b4312ebab734392bc"


@pytest.fixture
def mix() -> Mix:
    return read_mix()


def test_the_mix_is_the_one_that_was_fixed_before_measuring(mix: Mix) -> None:
    assert mix.sha256 == _MIX_SHA256
    assert mix.hot(WHOLE) == read_mix().hot(WHOLE)
    assert mix.cold(WHOLE) == read_mix().cold(WHOLE)


def test_every_query_is_valid_hot_and_cold(mix: Mix) -> None:
    store = Store()
    exports = [mix.export(kind) for kind in mix.rules.exports]
    for query in {*mix.hot(WHOLE), *mix.cold(WHOLE), *exports}:
        store.query(query.plain)
        store.query(query.numbered(12))
        assert "urn:mix" not in query.text


def test_cold_requests_differ_by_more_than_comments_and_space(mix: Mix) -> None:
    for query in {*mix.cold(WHOLE), *(mix.export(kind) for kind in mix.rules.exports)}:
        first, second = (re.sub(r"(?m)^#.*|\s+", "", query.numbered(serial)) for serial in (1, 2))
        assert first != second


def test_hot_requests_are_few_texts_without_a_number(mix: Mix) -> None:
    texts = {query.plain for query in mix.hot(WHOLE)}
    assert len(texts) < len(mix.hot(WHOLE)) / 2
    assert not any(SERIAL in text for text in texts)


def test_the_whole_has_each_class_in_its_share(mix: Mix) -> None:
    kinds = [query.kind for query in mix.hot(WHOLE)]
    assert {kind: kinds.count(kind) for kind in mix.classes} == mix.rules.weights


def test_every_file_of_the_mix_is_asked(mix: Mix) -> None:
    asked = {(query.kind, query.template) for query in [*mix.distinct(1), *(mix.export(kind) for kind in mix.rules.exports)]}
    files: set[Path] = set(FOLDER.glob("*/*.rq")) - set(FOLDER.glob("values/*.rq"))
    assert {(file.parent.name, file.stem) for file in files} == asked


def test_graphs_are_asked_for_as_graphs(mix: Mix) -> None:
    assert {query.accept for query in mix.hot("construct")} == {GRAPH_TYPE}
    assert {query.accept for kind in mix.classes if kind != "construct" for query in mix.hot(kind)} == {ROWS_TYPE}
