"""Time to the first byte and weight of each kind of page: ``python -m tests.benchmarks.pages --out docs``.

The service runs over the snapshot that is built. Times are those of a client on the same machine over one connection: of the
first request after a start, of a page that is made anew although what it needs is at hand (the service keeps no answers
then), and of a page that the service has kept. Weight is what a browser without anything kept fetches for the page, as it
comes over the wire.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import deque
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
import httpx
from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.surroundings import describe_machine
from tests.browsing import find_browser
from tests.page_kinds import HEAVY, PAGE_KINDS
from tests.served import serving

__all__ = ["PageFigures", "first_byte_ms", "main", "render_figures"]

_REQUESTS: Final = 20
_KEEPS_NOTHING: Final = "0"
_MOST_MS: Final = 50.0
_MOST_KB: Final = 150.0
_SIZES: Final = """() => performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
    .map(entry => entry.transferSize)"""


class PageFigures(NamedTuple):
    """One kind of page.

    :ivar first_ms: time to the first byte of the first request after a start, in milliseconds.
    :ivar made_ms: median of later ones where no answer is kept, so that each page is made anew.
    :ivar warm_ms: median of later ones.
    :ivar kilobytes: of the page with all that it fetches, compressed, in 1,000 bytes.
    :ivar requests: how many that are.
    """

    kind: str
    path: str
    first_ms: float
    made_ms: float
    warm_ms: float
    kilobytes: float
    requests: int

    @property
    def is_light(self) -> bool:
        """Whether both aims are met."""
        return self.warm_ms <= _MOST_MS and (self.kilobytes <= _MOST_KB or self.kind in HEAVY)


def first_byte_ms(client: httpx.Client, path: str) -> float:
    """Milliseconds from asking for a page to its first byte; the page is read to its end.

    :raises httpx.HTTPStatusError: when there is no such page.
    """
    began = time.perf_counter()
    with client.stream("GET", path) as answer:
        answer.raise_for_status()
        pieces = answer.iter_raw()
        next(pieces, b"")
        taken = time.perf_counter() - began
        deque(pieces, maxlen=0)  # so that the connection can be used again
    return taken * 1000


def _weigh(browser: Browser, url: str) -> tuple[float, int]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    try:
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        sizes: list[int] = page.evaluate(_SIZES)
        return sum(sizes) / 1000, len(sizes)
    finally:
        context.close()


def _later(client: httpx.Client, path: str) -> float:
    return statistics.median(first_byte_ms(client, path) for _ in range(_REQUESTS))


def _made() -> dict[str, float]:
    """Times of pages that are made anew, by kind."""
    with serving(IPG_CACHE_BYTES=_KEEPS_NOTHING) as address, httpx.Client(base_url=address, timeout=60) as client:
        for path in PAGE_KINDS.values():
            first_byte_ms(client, path)
        return {kind: _later(client, path) for kind, path in PAGE_KINDS.items()}


def _measure(address: str, made: dict[str, float]) -> list[PageFigures]:
    """Measure each kind of page of a service that was just started.

    :param made: times of pages that are made anew, by kind.
    """
    found = []
    with sync_playwright() as playwright, httpx.Client(base_url=address, timeout=60) as client:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        for kind, path in PAGE_KINDS.items():
            first, warm = first_byte_ms(client, path), _later(client, path)
            found.append(PageFigures(kind, path, first, made[kind], warm, *_weigh(browser, address + path)))
        browser.close()
    return found


def render_figures(figures: list[PageFigures], machine: dict[str, Any]) -> str:
    """The figures as a page of the documentation."""
    lines = [
        "# Pages: time to the first byte, and weight",
        "",
        "Made by `python -m tests.benchmarks.pages --out docs`; all figures are in [page-weights.json](page-weights.json).",
        "All times are to the first byte. *First* is the first request for a page after the service has started, *warm* the",
        f"median of {_REQUESTS} later ones, *made anew* the same where the service keeps no answers. The weight is that of what",
        f"a browser fetches, compressed. Aims: {_MOST_MS:g} ms warm, {_MOST_KB:g} kB but with an editor or network.",
        "",
        "Machine: " + ", ".join(f"{key} {value}" for key, value in machine.items()) + ".",
        "",
        "| page | address | first (ms) | made anew (ms) | warm (ms) | weight (kB) | requests | aims met |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for one in figures:
        address = one.path.replace("|", "\\|")
        met = "yes" if one.is_light else "**no**"
        lines.append(
            f"| {one.kind} | `{address}` | {one.first_ms:.0f} | {one.made_ms:.1f} | {one.warm_ms:.1f} "
            f"| {one.kilobytes:.1f} | {one.requests} | {met} |"
        )
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="folder for both files")
def main(out: Path) -> None:
    """Measure every kind of page."""
    machine = describe_machine().model_dump()
    made = _made()
    with serving() as address:
        figures = _measure(address, made)
    told = {"machine": machine, "pages": [one._asdict() for one in figures]}
    (out / "page-weights.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    (out / "page-weights.md").write_text(render_figures(figures, machine), encoding="utf-8")
    click.echo(f"{len(figures)} kinds of pages measured")


if __name__ == "__main__":
    main()
