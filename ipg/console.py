"""What the commands print: progress of long steps, and the summary that a build ends with."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from query_service.remote.publish import PublishedGraph  # its libraries would be loaded at every start

__all__ = ["ConsoleProgress", "deliver", "print_published", "print_summary"]


class ConsoleProgress:
    """Names each step while it runs, and its seconds when it is done."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Show a step; where the output is no terminal, one line when it begins and one when it ends."""
        start = time.monotonic()
        if self._console.is_terminal:
            with self._console.status(f"{name} ..."):
                yield
        else:
            self._console.print(f"{name} ...")
            yield
        self._console.print(f"{name}: {time.monotonic() - start:.1f} s")


def deliver(result: str | bytes, output: Path | None) -> None:
    """Print a result as it is, or write it to a file in one step, so that nobody ever finds half of it.

    :raises click.FileError: when the file cannot be written.
    """
    if output is None:
        click.echo(result, nl=False)
        return
    scratch = output.with_name(f".{output.name}.new")
    try:
        scratch.write_bytes(result if isinstance(result, bytes) else result.encode())
        scratch.replace(output)
    except OSError as error:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise click.FileError(str(output), error.strerror or str(error)) from error


def print_summary(console: Console, manifest: Mapping[str, Any], try_next: list[str]) -> None:
    """Print what a snapshot holds and what to try next."""
    console.print(f"\nIntegration Policy Graph {manifest['version']}", highlight=False)
    present = sum(document["present"] for document in manifest["documents"].values())
    _print_rows(
        console, "documents", {f"{slug} ({_origin(d['present'])})": d["title"] for slug, d in manifest["documents"].items()}
    )
    console.print(f"  {present} of {len(manifest['documents'])} read now, the others from committed records")
    _print_rows(console, "records", manifest["records"])
    _print_rows(console, "triples by graph", {name: graph["triples"] for name, graph in manifest["graphs"].items()})
    console.print(f"  default graph: {manifest['default_graph']['triples']}")
    links = {f"{name}, {basis}": n for name, bases in manifest["links"].items() for basis, n in bases.items()}
    _print_rows(console, "links by kind and basis", links)
    validation = manifest["validation"]
    console.print(
        f"validation: {'conforms' if validation['conforms'] else 'DOES NOT CONFORM'}; "
        f"{validation['violations']} violations, {validation['warnings']} warnings (report.txt in the snapshot)"
    )
    _print_rows(console, "seconds", manifest["seconds"])
    console.print(f"peak memory: {manifest['peak_memory_mib']} MiB")
    console.print("\nTry next:")
    for command in try_next:
        console.print(f"  {command}", highlight=False, soft_wrap=True)


def print_published(console: Console, version: str, graphs: Iterable[PublishedGraph]) -> None:
    """Print what an engine holds after a snapshot was published there."""
    console.print(f"\nIntegration Policy Graph {version} is published; read back by graph:", highlight=False)
    for graph in graphs:
        same = f"same SHA-256 {graph.sha256}"
        if graph.rewritten:
            same = f"same values; {graph.rewritten} triples have a number or boolean that the engine writes in another way"
        loaded = "loaded" if graph.loaded else "was there"
        console.print(
            f"  <{graph.iri}>: {graph.triples} triples, {loaded}, {same}", highlight=False, markup=False, soft_wrap=True
        )


def _origin(present: bool) -> str:  # noqa: FBT001 - one word for one flag
    return "document" if present else "records"


def _print_rows(console: Console, title: str, rows: Mapping[str, Any]) -> None:
    table = Table(title=title, title_justify="left", show_header=False, box=None, padding=(0, 2, 0, 2))
    for name, value in rows.items():
        table.add_row(name, str(value))
    console.print(table)
