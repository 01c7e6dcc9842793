"""The commands of ``ipg``: each parses its arguments and calls one function."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import click
from click.core import ParameterSource
from rich.console import Console

from etl.difference.output import DifferenceFormat
from ipg import commands
from ipg.query_formats import QUERY_FORMATS, QueryFormat
from ipg.settings import Settings
from query_service.coverage.question import (
    DIMENSION_NAMES,
    FORMAT_NAMES,
    CoverageFormat,
    CoverageQuestion,
    DimensionName,
    format_of,
)
from query_service.dumps.records import FAMILIES, Family
from query_service.suggest.records import FORMAT_NAMES as SUGGEST_FORMATS
from query_service.suggest.records import SuggestFormat
from query_service.trace.choices import WALKED, Target, TraceFormat
from query_service.trace.question import Question

__all__ = ["cli"]

_MOMENTS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S")

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
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Serve this RDF file, or the RDF files of this folder, instead of the graph; can be repeated.",
)
@click.option("--test-mode", is_flag=True, help="Let graphs be written at /store, on this machine alone: for test suites.")
@click.pass_obj
def serve(obj: tuple[Settings, Console], sources: Path | None, data: tuple[Path, ...], *, test_mode: bool) -> None:
    """Build if anything changed, then serve the graph on IPG_HOST and IPG_PORT; or serve other RDF."""
    if data or test_mode:
        commands.serve_data(obj[1], data=data, test_mode=test_mode)
    else:
        commands.serve(*obj, sources=sources)


@cli.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="[B]", required=False)
@click.option(
    "--to",
    type=click.Choice(get_args(Target)),
    help="Without B: where to lead (default: principles from a practice, else practices).",
)
@click.option("--max-hops", type=click.IntRange(min=1), default=4, show_default=True, help="Hops of the longest path.")
@click.option(
    "--max-paths", type=click.IntRange(min=1), default=5000, show_default=True, help="More paths than this are an error."
)
@click.option(
    "--property",
    "properties",
    multiple=True,
    type=click.Choice([w.local_name() for w in WALKED]),
    help="Walk only this; can be repeated.",
)
@click.option("--structure", is_flag=True, help="Walk memberships, criteria met and roles of organisations too.")
@click.option("--one-way", is_flag=True, help="Only paths whose hops all go the same way.")
@click.option("--through", is_flag=True, help="Let paths go on through items of the kind they lead to.")
@click.option("--wording", is_flag=True, help="Quote the passages, where the documents are present.")
@click.option("--format", "form", type=click.Choice(get_args(TraceFormat)), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--raw", is_flag=True, help="In CSV: leave cells as they are that a spreadsheet would run.")
@click.pass_obj
def trace(obj: tuple[Settings, Console], /, form: TraceFormat, output: Path | None, *, raw: bool, **asked: Any) -> None:
    """Show every path from A to B, or from A to all practices or principles, with the reasons of each hop.

    A and B are paths (principle/cbp-9), IRIs, or keys that only one item has (cbp-9).
    """
    if asked["end"] and asked["to"]:
        raise click.UsageError("name B or use --to, not both")
    commands.trace(obj[0], question=Question(**asked), form=form, output=output, raw=raw)


@cli.command()
@click.argument("old")
@click.argument("new", default="current")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("--most", type=click.IntRange(min=0), default=20, show_default=True, help="In text: how many to show of each kind.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--raw", is_flag=True, help="In CSV: leave cells as they are that a spreadsheet would run.")
@click.pass_obj
def diff(
    obj: tuple[Settings, Console], old: str, new: str, form: DifferenceFormat, output: Path | None, *, most: int, raw: bool
) -> None:
    """Show what changed from snapshot OLD to NEW, by items, links and terms.

    OLD and NEW are folders of snapshots, versions of the dataset below IPG_HOME, or "current": the one in service.
    """
    commands.diff(obj[0], old=old, new=new, form=form, output=output, most=most, raw=raw)


@cli.command()
@click.option(
    "--framework",
    default="eu-cbp-2004",
    show_default=True,
    metavar="KEY",
    help="Framework whose provisions are the rows, e.g. eu-handbook-conclusions-2007, coe-interaction-2011, coe-skills-2011, "
    "coe-agreed-principles-2010.",
)
@click.option("--by", type=click.Choice(DIMENSION_NAMES), default="country", show_default=True, help="What the columns are.")
@click.option("--primary", is_flag=True, help="Count primary principles only.")
@click.option("--inferred", is_flag=True, help="Count what contributes to a principle by what it implements, too.")
@click.option("--cell", nargs=2, metavar="PROVISION COLUMN", help="List the practices of one cell, e.g. --cell cbp-9 est.")
@click.option("--format", "form", type=click.Choice(FORMAT_NAMES), help="Default: as the file's name ends, else text.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, e.g. coverage.xlsx.")
@click.option("--raw", is_flag=True, help="In CSV and XLSX: leave cells as they are that a spreadsheet would run.")
@click.pass_obj
def coverage(
    obj: tuple[Settings, Console],
    /,
    framework: str,
    by: DimensionName,
    cell: tuple[str, str] | None,
    form: CoverageFormat | None,
    output: Path | None,
    *,
    primary: bool,
    inferred: bool,
    raw: bool,
) -> None:
    """Show where practices were found for each principle, where none was found, and where none was reviewed."""
    if primary and inferred:
        raise click.UsageError("use --primary or --inferred, not both")
    if output and not form and not format_of(output):
        raise click.UsageError(f"{output.name} does not end in a known format; use --format {'|'.join(FORMAT_NAMES)}")
    question = CoverageQuestion(
        framework=framework, by=by, counted="primary" if primary else "inferred" if inferred else "asserted"
    )
    form = form or (format_of(output) if output else None) or "text"
    commands.coverage(obj[0], question=question, cell=cell, form=form, output=output, raw=raw)


@cli.command()
@click.argument("given", metavar="TEXT|FILE")
@click.option("--top", type=click.IntRange(min=1), default=3, show_default=True, help="How many of each series.")
@click.option("--format", "form", type=click.Choice(SUGGEST_FORMATS), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--raw", is_flag=True, help="In CSV: leave cells as they are that a spreadsheet would run.")
@click.pass_obj
def suggest(obj: tuple[Settings, Console], given: str, form: SuggestFormat, output: Path | None, *, top: int, raw: bool) -> None:
    """Suggest principles, conclusions and measures for a new practice, with the reviewed practices that it resembles.

    The practice is a TEXT in English, or a FILE: plain text, or the common template in Markdown, CSV or XLSX. What is
    suggested is reviewed by nobody and written nowhere in the graph.
    """
    commands.suggest(obj[0], given=given, top=top, form=form, output=output, raw=raw)


def _read_setting(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = [text.partition("=") for text in given]
    if wrong := next((name for name, equals, _ in pairs if not (name and equals)), None):
        raise click.BadParameter(f"{wrong!r} is not NAME=VALUE")
    return tuple((name.strip(), value) for name, _, value in pairs)


@cli.command()
@click.option("--note", default="", metavar="TEXT", help="Why: the reason of all changes that have none of their own.")
@click.option("--reason", "reasons", multiple=True, metavar="ITEM=TEXT", callback=_read_setting, help="Why this item changed.")
@click.option("--date", "moment", type=click.DateTime(_MOMENTS), help="Time of publication in UTC (default: now).")
@click.option("--withdraw", metavar="VERSION", help="Take a version back, for the reason that --note gives.")
@click.option("--restore", metavar="VERSION", help="Make the snapshot of a published version again, to serve it here.")
@click.option("--to", "query_url", metavar="URL", help="Load into another engine instead: its query endpoint.")
@click.option("--update-url", metavar="URL", help="Its update endpoint: all graphs are then exchanged in one request.")
@click.option("--graph-store", metavar="URL", help="Its graph store: graphs are then loaded whole, not in updates.")
@click.option(
    "--snapshot", default="current", show_default=True, help="Folder of a snapshot, version of the dataset, or current."
)
@click.pass_obj
def publish(
    obj: tuple[Settings, Console],
    note: str,
    reasons: tuple[tuple[str, str], ...],
    moment: datetime | None,
    withdraw: str | None,
    restore: str | None,
    query_url: str | None,
    update_url: str | None,
    graph_store: str | None,
    snapshot: str,
) -> None:
    """Write a snapshot down as a release, or load it into another SPARQL engine.

    Without --to, what changed since the last release goes to data/releases, from which the event stream and the feed are
    made; a snapshot that says the same as the last release adds nothing.

    With --to, one of --update-url and --graph-store is needed, both are best. User and password: IPG_PUBLISH_USER and
    IPG_PUBLISH_PASSWORD. A run that was broken off can be run again.
    """
    if query_url:
        if note or reasons or moment or withdraw or restore:
            raise click.UsageError("--note, --reason, --date, --withdraw and --restore are for releases: use them without --to")
        if not update_url and not graph_store:
            raise click.UsageError("use --graph-store, --update-url or both")
        commands.publish(*obj, query_url=query_url, update_url=update_url, graph_store=graph_store, name=snapshot)
        return
    if update_url or graph_store:
        raise click.UsageError("--update-url and --graph-store need --to")
    at = (moment or datetime.now(UTC)).replace(tzinfo=UTC)
    if restore:
        if note or reasons or moment or withdraw:
            raise click.UsageError("use --restore alone")
        commands.restore(*obj, version=restore)
    elif withdraw:
        if reasons:
            raise click.UsageError("with --withdraw, give the reason as --note TEXT")
        commands.withdraw(*obj, version=withdraw, reason=note, on=at)
    else:
        commands.release(*obj, name=snapshot, note=note, reasons=dict(reasons), published=at)


@cli.command()
@click.argument("given", metavar="[FILE|TEXT|EXAMPLE]", required=False)
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", callback=_read_setting, help="A parameter of an example.")
@click.option("--list", "listed", is_flag=True, help="List the examples with their parameters.")
@click.option("--snapshot", default="current", metavar="VERSION", help="Version or folder of a snapshot (default: in service).")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of a snapshot.")
@click.option("--format", "form", type=click.Choice(QUERY_FORMATS), help="Default: as the file's name ends, else table or ttl.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, e.g. rows.parquet.")
@click.pass_context
def query(
    context: click.Context,
    /,
    given: str | None,
    values: tuple[tuple[str, str], ...],
    snapshot: str,
    endpoint: str | None,
    form: QueryFormat | None,
    output: Path | None,
    *,
    listed: bool,
) -> None:
    """Ask a SPARQL query, and print or write its whole answer.

    The query stands in a FILE (- for standard input), is given as TEXT, or is an EXAMPLE by its name. It is answered as the
    endpoint would answer it: declare its prefixes, for none is added.
    """
    if listed is bool(given):
        raise click.UsageError("give a query, or --list for the examples, and not both")
    if endpoint and context.get_parameter_source("snapshot") is not ParameterSource.DEFAULT:
        raise click.UsageError("use --snapshot or --endpoint, not both")
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise click.UsageError(f"{endpoint} is not the address of an endpoint, such as https://data.example.org/sparql")
    commands.query(context.obj[0], given=given, values=values, snapshot=snapshot, endpoint=endpoint, form=form, output=output)


@cli.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Write to this folder, new or empty.")
@click.option("--only", multiple=True, type=click.Choice(FAMILIES), help="Only these files, with --output; can be repeated.")
@click.pass_obj
def export(obj: tuple[Settings, Console], output: Path | None, only: tuple[Family, ...]) -> None:
    """Write the snapshot in service as files: RDF in every format, tables, networks, SSSOM, with checksums.

    Without --output they are kept beside the snapshot, where the service finds them.
    """
    if only and not output:
        raise click.UsageError("--only needs --output: what is kept beside the snapshot is everything")
    commands.export(*obj, output=output, only=only)


@cli.group()
def check() -> None:
    """Check parts of the project."""


@check.command()
@sources_option
@click.pass_obj
def fidelity(obj: tuple[Settings, Console], sources: Path | None) -> None:
    """Find every passage of the committed records again in the documents, by position and hash.

    The evidence of every curated link is among them.
    """
    commands.check_fidelity(*obj, sources=sources)


@check.command()
@click.pass_obj
def ontology(obj: tuple[Settings, Console]) -> None:
    """Check that the ontology is consistent and keeps to its profiles."""
    commands.check_ontology(*obj)


@check.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--most", type=click.IntRange(min=0), default=10, show_default=True, help="In text: how many to show of each question."
)
@click.pass_obj
def knowledge(obj: tuple[Settings, Console], form: str, *, most: int) -> None:
    """List what a curator should look at in the snapshot in service; fail only on what must not be there."""
    commands.check_knowledge(obj[0], form=form, most=most)
