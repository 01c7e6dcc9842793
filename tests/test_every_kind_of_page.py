"""Every kind of page in a browser: no error, no barrier, no scrolling sideways, and all of it by keyboard."""

from __future__ import annotations

import os
import re
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page

from query_service.language import LANGUAGES
from tests.browsing import WIDTHS, Visit
from tests.page_kinds import HEAVY, PAGE_KINDS

pytestmark = pytest.mark.browser

_IS_THOROUGH = bool(os.environ.get("IPG_TEST_ALL"))
#: What a keyboard reaches, in the order of the page; radio buttons of one name are one stop.
_STOPS = """() => {
    const seen = new Set(), all = document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
    return [...all].filter(one => {
        if (one.disabled || !one.checkVisibility({visibilityProperty: true}) || one.tabIndex < 0) return false;
        if (one.type !== 'radio') return true;
        if (seen.has(one.name)) return false;
        return seen.add(one.name);
    }).length;
}"""
_FOCUS = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return {
        where: one === document.body ? '' : one.outerHTML.slice(0, 120),
        seen: box.width > 0 && box.height > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none'),
    };
}"""
_MOST_STOPS = 80


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def readings_of(kind: str) -> list[tuple[int, str]]:
    """Widths and languages to read a page in: all pairs where every check is run, else each width and each language once."""
    if _IS_THOROUGH:
        return list(product(WIDTHS, LANGUAGES))
    turn = list(PAGE_KINDS).index(kind) % len(LANGUAGES)
    return list(zip(WIDTHS, LANGUAGES[turn:] + LANGUAGES[:turn], strict=True))


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_a_page_has_no_error_and_no_barrier(visit: Visit, kind: str) -> None:
    for number, (width, language) in enumerate(readings_of(kind), list(PAGE_KINDS).index(kind)):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.emulate_media(color_scheme="dark" if number % 2 else "light")
        page = visit.open(in_language(PAGE_KINDS[kind], language))
        if kind in HEAVY:
            page.wait_for_load_state("networkidle")
        visit.check()
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == language
        assert page.title()


@pytest.mark.parametrize(
    ("path", "status", "width", "language"),
    [
        ("/no/such/page", 404, 360, "de"),
        ("/page/id/practice/none", 404, 800, "fr"),
        ("/trace?start=nothing+of+this+name", 404, 1400, "en"),
        ("/trace?start=cbp-6&to=conclusions", 400, 360, "fr"),
        ("/practice?country=atlantis", 400, 800, "en"),
        ("/compare?item=country/est&item=principle/cbp-9", 400, 1400, "de"),
    ],
)
def test_a_page_that_tells_of_an_error_has_no_barrier(visit: Visit, path: str, status: int, width: int, language: str) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open(in_language(path, language), status)
    visit.check()
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    "kind", ["home", "practices", "practice", "principle", "coverage", "compare", "trace", "search", "overlay"]
)
def test_a_page_can_be_walked_by_keyboard(visit: Visit, kind: str) -> None:
    page = visit.open(PAGE_KINDS[kind])
    stops = page.evaluate(_STOPS)
    page.keyboard.press("Tab")
    assert "skip" in page.evaluate(_FOCUS)["where"], "the first stop leads past the navigation"
    met = []
    for _ in range(min(stops - 1, _MOST_STOPS)):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        assert focus["seen"], f"{kind}: focus cannot be seen at {focus['where']}"
        met.append(focus["where"])
    assert all(met), f"{kind}: the keyboard leaves the page after {met.index('')} of {stops} stops" if "" in met else ""


def test_the_skip_link_leads_to_the_content(visit: Visit) -> None:
    page = visit.open("/practice")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def linked_pages(served: str) -> list[str]:
    """Paths of all pages that the sitemap lists, but for the thousands of passages and link records, of which one in forty."""
    listed = re.findall(r"<loc>([^<]+)</loc>", httpx.get(f"{served}/sitemap.xml").text)
    paths = [urlsplit(url).path for url in listed]
    many = ("/page/id/passage/", "/page/id/link/", "/page/id/coverage/", "/page/id/participation/", "/page/id/dataset/")
    return [path for place, path in enumerate(paths) if not path.startswith(many) or place % 40 == 0]


@pytest.mark.thorough
def test_every_page_has_no_error_and_no_barrier(visit: Visit, served: str) -> None:
    paths = linked_pages(served)
    assert len(paths) > 500
    failures = []
    for path in paths:
        try:
            visit.open(path)
            visit.check()
        except AssertionError as error:
            failures.append(f"{path}: {error}")
            visit.errors.clear()
    assert failures == []


def test_a_page_is_readable_on_paper(visit: Visit, tmp_path: Path) -> None:
    page: Page = visit.open("/country/est")
    page.emulate_media(media="print")
    assert not page.locator("header.top nav").first.is_visible()
    page.pdf(path=tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
