"""Time to the first byte and weight of each kind of page: ``python -m tests.benchmarks.pages --out docs``.

The service runs over the snapshot that is built. Time is the median of warm requests over one connection, as a client sees
it on the same machine; weight is what a browser without anything kept fetches for the page, as it comes over the wire.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
import httpx
from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.surroundings import describe_machine
from tests.browsing import find_browser
from tests.page_kinds import HEAVY, PAGE_KINDS
from tests.served import serving

__all__ = ["main"]

_REQUESTS: Final = 20
_MOST_MS: Final = 50.0
_MOST_KB: Final = 150.0
_SIZES: Final = """() => performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
    .map(entry => entry.transferSize)"""


class PageFigures(NamedTuple):
    """One kind of page.

    :ivar cold_ms: time of the first request, in milliseconds.
    :ivar warm_ms: median time to the first byte of later ones.
    :ivar kilobytes: of the page with all that it fetches, compressed, in 1,000 bytes.
    :ivar requests: how many that are.
    """

    kind: str
    path: str
    cold_ms: float
    warm_ms: float
    kilobytes: float
    requests: int

    @property
    def is_light(self) -> bool:
        """Whether both aims are met."""
        return self.warm_ms <= _MOST_MS and (self.kilobytes <= _MOST_KB or self.kind in HEAVY)


def _first_byte(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    with client.stream("GET", path) as answer:
        answer.raise_for_status()
        next(answer.iter_raw(1), b"")
        taken = time.perf_counter() - began
        answer.read()
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


def _measure(address: str) -> list[PageFigures]:
    found = []
    with sync_playwright() as playwright, httpx.Client(base_url=address, timeout=60) as client:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        for kind, path in PAGE_KINDS.items():
            cold = _first_byte(client, path)
            warm = statistics.median(_first_byte(client, path) for _ in range(_REQUESTS))
            found.append(PageFigures(kind, path, cold, warm, *_weigh(browser, address + path)))
        browser.close()
    return found


def _render(figures: list[PageFigures], machine: dict[str, Any]) -> str:
    lines = [
        "# Pages: time to the first byte, and weight",
        "",
        "Made by `python -m tests.benchmarks.pages --out docs`; all figures are in [page-weights.json](page-weights.json).",
        "Cold is the first request for a page after the service has started, warm the median of twenty later ones; the weight is",
        f"that of what browsers fetch, compressed. Aims: {_MOST_MS:g} ms warm, {_MOST_KB:g} kB but with an editor or network.",
        "",
        "Machine: " + ", ".join(f"{key} {value}" for key, value in machine.items()) + ".",
        "",
        "| page | address | cold (ms) | warm (ms) | weight (kB) | requests | aims met |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for one in figures:
        address = one.path.replace("|", "\\|")
        met = "yes" if one.is_light else "**no**"
        lines.append(
            f"| {one.kind} | `{address}` | {one.cold_ms:.0f} | {one.warm_ms:.1f} | {one.kilobytes:.1f} | {one.requests} | {met} |"
        )
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="folder for both files")
def main(out: Path) -> None:
    """Measure every kind of page."""
    machine = describe_machine().model_dump()
    with serving() as address:
        figures = _measure(address)
    told = {"machine": machine, "pages": [one._asdict() for one in figures]}
    (out / "page-weights.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    (out / "page-weights.md").write_text(_render(figures, machine), encoding="utf-8")
    click.echo(f"{len(figures)} kinds of pages measured")


if __name__ == "__main__":
    main()
