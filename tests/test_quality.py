"""The quality page is fresh, and says of the links what the curated files hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.coding import Layer
from etl.extract import read_records
from etl.judgements import Coding, load_coding, settle_all
from etl.registry import load_registry
from etl.settling import codes_of
from ipg.quality import CheckedLink, EvidenceCheck, load_check, render_quality, share_interval

LAYERS: dict[str, Layer] = {
    "principle/cbp-": "secondary",
    "conclusion/": "conclusions",
    "recommendation/interaction-": "measures",
    "guideline/skills-": "guidelines",
}


@pytest.fixture(scope="module")
def coding(root: Path) -> Coding:
    return load_coding(root / "data" / "curation" / "coding")


@pytest.fixture(scope="module")
def check(root: Path) -> EvidenceCheck:
    return load_check(root)


def series_of(link: CheckedLink) -> str:
    return next(series for series in LAYERS if link.target.startswith(series))


def test_the_committed_page_is_fresh(root: Path) -> None:
    assert (root / "docs" / "quality.md").read_text(encoding="utf-8") == render_quality(root), "run: python -m ipg.quality"


def test_every_checked_link_is_one_that_a_reader_gave(check: EvidenceCheck, coding: Coding) -> None:
    assert len({(link.practice, link.target) for link in check.links}) == len(check.links) == 30
    for link in check.links:
        series = series_of(link)
        readers = coding.practices[link.practice][:2]
        assert any(link.target.removeprefix(series) in codes_of(reader, LAYERS[series]) for reader in readers), link.target


def test_what_was_mended_is_what_decisions_name_the_checker_for(check: EvidenceCheck, coding: Coding) -> None:
    decided = {
        (key, "secondary" if made.layer == "primary" else made.layer, made.code)
        for key, (*_, decisions) in coding.practices.items()
        for made in decisions.decisions
        if made.checked_by == check.checker
    }
    mended = {
        (link.practice, LAYERS[series_of(link)], link.target.removeprefix(series_of(link))) for link in check.links if link.mended
    }
    assert mended == decided


def test_passages_that_do_not_belong_are_no_evidence_of_a_mended_link(check: EvidenceCheck, coding: Coding) -> None:
    judged = settle_all(coding).practices
    for link in check.links:
        settled = judged[link.practice]
        held = next(li for li in (settled.primary, *settled.links) if f"{li.series}{li.number}" == link.target)
        assert "passages" not in link.mended or not set(link.surplus) & set(held.evidence)
        assert all(key.startswith(f"{link.practice}/") for key in link.surplus)


def test_links_whose_passages_do_not_carry_them_are_held_at_most_as_defensible(check: EvidenceCheck, coding: Coding) -> None:
    judged = settle_all(coding).practices
    for link in check.links:
        settled = judged[link.practice]
        held = next(li for li in (settled.primary, *settled.links) if f"{li.series}{li.number}" == link.target)
        assert link.verdict == "supports" or held.confidence <= 0.6 or "passages" in link.mended, link


def test_the_ten_entries_without_a_conclusion_have_none(root: Path, coding: Coding) -> None:
    judged = settle_all(coding).practices
    named = re.findall(r"^- `([\w-]+)` \(", (root / "docs" / "quality.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(named) == 10
    slugs = load_registry(root / "data" / "sources.toml")
    found = {p.path.split("/", 1)[1]: p for slug in slugs for p in read_records(root / "data" / "records" / slug).practices}
    assert len({found[key].countries for key in named}) == 10
    for key in named:
        assert not [link for link in judged[key].links if link.series == "conclusion/"], key


def test_every_practice_that_the_page_names_exists(root: Path, coding: Coding) -> None:
    text = (root / "docs" / "quality.md").read_text(encoding="utf-8")
    for key in re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)(?:/[\w/-]+)?`", text):
        assert key in coding.practices, key


@given(st.integers(1, 500).flatmap(lambda drawn: st.tuples(st.integers(0, drawn), st.just(drawn))))
def test_the_interval_holds_the_share_that_was_found(found: tuple[int, int]) -> None:
    hits, drawn = found
    low, high = share_interval(hits, drawn)
    assert -1e-9 <= low <= hits / drawn + 1e-9
    assert hits / drawn - 1e-9 <= high <= 1 + 1e-9
