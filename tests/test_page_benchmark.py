"""The figures of pages in the documentation are those that were measured, of all kinds of pages."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.benchmarks.pages import PageFigures, first_byte_ms, render_figures
from tests.page_kinds import PAGE_KINDS


def test_the_published_page_is_made_of_the_published_figures(root: Path) -> None:
    told = json.loads((root / "docs" / "page-weights.json").read_text(encoding="utf-8"))
    figures = [PageFigures(**one) for one in told["pages"]]
    assert (root / "docs" / "page-weights.md").read_text(encoding="utf-8") == render_figures(figures, told["machine"])
    assert {one.kind: one.path for one in figures} == PAGE_KINDS


@pytest.mark.parametrize(
    ("warm_ms", "kilobytes", "kind", "light"),
    [(50, 150, "home", True), (50.1, 1, "home", False), (1, 150.1, "home", False), (1, 500, "network", True)],
)
def test_aims_are_held_against_time_and_weight(warm_ms: float, kilobytes: float, kind: str, *, light: bool) -> None:
    figures = PageFigures(kind, PAGE_KINDS[kind], 900, 80, warm_ms, kilobytes, 5)
    assert figures.is_light == light
    assert ("**no**" in render_figures([figures], {})) != light


def test_a_page_is_timed_and_read_to_its_end(served: str) -> None:
    with httpx.Client(base_url=served, limits=httpx.Limits(max_connections=1)) as client:
        assert all(first_byte_ms(client, "/licence") > 0 for _ in range(3))
        with pytest.raises(httpx.HTTPStatusError):
            first_byte_ms(client, "/no/such/page")
