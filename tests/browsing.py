"""A browser without a window, and what every page must hold in it: no error, no barrier, no scrolling sideways."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

__all__ = ["WIDTHS", "Visit", "browser", "find_browser", "scriptless", "visit"]

#: Phone, tablet and wide screen.
WIDTHS = (360, 800, 1400)
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def find_browser() -> Path | None:
    """Chromium of this machine."""
    named = os.environ.get("CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return Path(found) if found else None


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser; only for tests marked ``browser``.

    No longer than a module: while it is there, Playwright runs an event loop in this thread, and nothing else can.
    """
    found = find_browser()
    assert found is not None, "mark the test with @pytest.mark.browser"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(_QUIET))
        yield started
        started.close()


class Visit:
    """A page, and everything that went wrong on it.

    :ivar page: the page of Playwright.
    :ivar errors: what its console tells of errors, what its scripts raised, and requests to elsewhere.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self._address = address
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self._address, "data:", "blob:")):
            self.errors.append(f"a request to elsewhere: {url}")

    def open(self, path: str, status: int = 200) -> Page:
        """Open a page of the service.

        :param path: below its address, with the slash before it.
        :param status: that it must have.
        """
        answer = self.page.goto(self._address + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        if status != 200:
            self.errors.clear()  # the console tells of the status
        return self.page

    def check(self) -> None:
        """What every page must hold."""
        assert self.errors == []
        found = Axe().run(self.page).response["violations"]
        assert [(one["id"], one["help"], [node["target"] for node in one["nodes"]]) for one in found] == []
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{self.page.url} is wider than its window, by {wider} pixels"


@contextmanager
def _visiting(
    browser: Browser,
    address: str,
    width: int = 1400,
    scheme: Literal["light", "dark"] = "light",
    *,
    scripts: bool = True,
    locale: str = "en-GB",
) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts, locale=locale
    )
    try:
        yield Visit(context, address)
    finally:
        context.close()


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    """A wide window on the service over the built snapshot; ``visit.page.set_viewport_size`` makes it narrower."""
    with _visiting(browser, served) as visiting:
        yield visiting


@pytest.fixture
def scriptless(browser: Browser, served: str) -> Iterator[Visit]:
    """The same in a browser that runs no script; axe cannot be run there."""
    with _visiting(browser, served, scripts=False) as visiting:
        yield visiting
