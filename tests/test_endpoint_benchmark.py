"""The benchmark of the endpoint asks the same of everyone, in the same order, and nothing twice when it is cold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Store

from tests.benchmarks.aims import judge_aims
from tests.benchmarks.figures import Difference, LoadFigures, Machine, PeerFigures, Run
from tests.benchmarks.mix import FOLDER, GRAPH_TYPE, ROWS_TYPE, SERIAL, WHOLE, Mix, read_mix
from tests.benchmarks.report import INTRODUCTION, render_report

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


def test_the_page_says_how_many_hot_texts_there_are(mix: Mix) -> None:
    texts = {query.plain for query in mix.hot(WHOLE)}
    assert f"the same {len(texts)} texts" in " ".join(INTRODUCTION.read_text(encoding="utf-8").split())


def _run(**changes: object) -> Run:
    service = PeerFigures(name="service", what="ours", version="1", command="ipg serve", start_seconds=1.5, idle_bytes=2**20)
    absent = PeerFigures(name="virtuoso", what="theirs", not_run="there is no program virtuoso-t")
    loads = [_load("service", 3000.0, hot=True), _load("oxigraph", 1000.0, hot=True), _load("service", 100.0, hot=False)]
    known: dict[str, object] = {
        "date": "2026-01-02", "quick": False, "command": "python -m x", "minutes": 1.0, "dataset_version": "1", "triples": 5,
        "machine": Machine(processor="p", cores=2, memory_bytes=2**30, kernel="k", python="3", load_before=0.1),
        "mix_sha256": "0", "compared_with": "oxigraph", "versions": {"wrk": "4"}, "peers": [service, absent], "loads": loads,
        "differences": [Difference(peer="virtuoso", kind="point", template="a", queries=2, example="1 | 2")],
        "compared_queries": 9, "exports": [], "paired": [], "parallel": [], "killed": [], "starts": [2.9, 3.0],
        "left_out": ["export1m: the time was up"],
    }  # fmt: skip
    return Run.model_validate(known | changes)


def _load(peer: str, per_second: float, *, hot: bool) -> LoadFigures:
    failures = {"status 503": 4} if hot else {}
    return LoadFigures(
        peer=peer, kind=WHOLE, hot=hot, clients=8, seconds=2, answers=int(per_second * 2), failures=failures,
        per_second=per_second, p50_ms=0.5, p99_ms=12.25, classes={"point": (0.4, 9.0)}, cpu_seconds=1, front_cpu_seconds=0.5,
        peak_bytes=300 * 2**20, front_peak_bytes=160 * 2**20,
    )  # fmt: skip


def test_the_report_has_the_bad_figures_too() -> None:
    page = render_report(_run())
    assert "| service | 3,000 |" in page
    assert "status 503: 4" in page
    assert "there is no program virtuoso-t" in page
    assert "`1 \\| 2`" in page
    assert "- export1m: the time was up" in page
    assert all(line.endswith("|") for line in page.split("\n") if line.startswith("|"))


def test_a_report_of_a_read_file_is_the_same() -> None:
    run = _run()
    assert render_report(Run.model_validate_json(run.model_dump_json())) == render_report(run)


def test_aims_are_judged_by_the_figures_or_not_at_all() -> None:
    verdicts = {aim.wanted.split(":")[0]: aim.is_met for aim in judge_aims(_run())}
    assert verdicts["memory of the front below 150 MB"] is False
    assert verdicts["start within 2 s"] is False
    assert verdicts["cold, join"] is None
    assert judge_aims(_run())[0].is_met is True


def test_the_published_page_is_made_of_its_figures(root: Path) -> None:
    run = Run.model_validate_json((root / "docs" / "benchmarks.json").read_text(encoding="utf-8"))
    assert (root / "docs" / "benchmarks.md").read_text(encoding="utf-8") == render_report(run)
    assert run.mix_sha256 == _MIX_SHA256
    assert not run.quick
