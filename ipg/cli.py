"""The commands of ``ipg``: each parses its arguments and calls one function."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from rich.console import Console

from ipg import commands
from ipg.settings import Settings

__all__ = ["cli"]

sources_option = click.option(
    "--sources", type=click.Path(path_type=Path), help="Folder of the documents (default: IPG_SOURCES, else data/sources)."
)


@click.group()
@click.version_option(package_name="integration-policy-graph", prog_name="ipg")
@click.pass_context
def cli(context: click.Context) -> None:
    """Build, check and serve the Integration Policy Graph."""
    context.obj = context.obj or (Settings(), Console())


@cli.command()
@sources_option
@click.option("--force", is_flag=True, help="Build even if nothing changed.")
@click.pass_obj
def build(obj: tuple[Settings, Console], sources: Path | None, *, force: bool) -> None:
    """Build the graph, validate it and put the snapshot in service."""
    commands.build(*obj, sources=sources, force=force)


@cli.command()
@sources_option
@click.option("--check", is_flag=True, help="Write nothing; show how documents and committed records differ.")
@click.pass_obj
def extract(obj: tuple[Settings, Console], sources: Path | None, *, check: bool) -> None:
    """Turn the documents into committed records."""
    commands.extract(*obj, sources=sources, check=check)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--contributor", required=True, help="Person or organisation that contributes the practice.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the contribution (default: today).")
@click.pass_obj
def add(obj: tuple[Settings, Console], file: Path, contributor: str, day: date | None) -> None:
    """Add practices in the common template from FILE (Markdown, CSV or XLSX)."""
    commands.add(*obj, file=file, contributor=contributor, day=day)


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def validate(obj: tuple[Settings, Console], files: tuple[Path, ...]) -> None:
    """Validate RDF FILES with the shapes, or show the report of the snapshot in service."""
    commands.validate(*obj, files=files)


@cli.command()
@sources_option
@click.pass_obj
def serve(obj: tuple[Settings, Console], sources: Path | None) -> None:
    """Build if anything changed, then serve the graph on IPG_HOST and IPG_PORT."""
    commands.serve(*obj, sources=sources)


@cli.group()
def check() -> None:
    """Check parts of the project."""


@check.command()
@sources_option
@click.pass_obj
def fidelity(obj: tuple[Settings, Console], sources: Path | None) -> None:
    """Find every passage of the committed records again in the documents."""
    commands.check_fidelity(*obj, sources=sources)


@check.command()
@click.pass_obj
def ontology(obj: tuple[Settings, Console]) -> None:
    """Check that the ontology is consistent and keeps to its profiles."""
    commands.check_ontology(*obj)
