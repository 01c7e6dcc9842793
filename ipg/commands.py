"""What each command of ``ipg`` does. Libraries that only a build needs are loaded when one runs, so that a start is quick."""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console

from etl.difference.output import DifferenceFormat, render_csv, render_json, render_text
from etl.errors import SnapshotError, SourceError, ValidationFailed
from etl.fingerprint import BuildOptions, snapshot_is_current
from etl.snapshot import build_lock, current_snapshot, find_snapshot, read_manifest, read_public
from ipg.console import ConsoleProgress, deliver, print_published, print_summary
from ipg.query_formats import QueryFormat
from ipg.settings import Settings
from query_service.coverage.question import CoverageFormat, CoverageQuestion
from query_service.dumps.records import FAMILIES, Family
from query_service.settings import ServiceSettings
from query_service.suggest.records import SuggestFormat
from query_service.trace.choices import TraceFormat
from query_service.trace.question import Question

__all__ = [
    "add",
    "build",
    "check_fidelity",
    "check_knowledge",
    "check_ontology",
    "coverage",
    "diff",
    "export",
    "extract",
    "publish",
    "query",
    "release",
    "restore",
    "serve",
    "serve_data",
    "suggest",
    "trace",
    "validate",
    "withdraw",
]


def build(settings: Settings, console: Console, *, sources: Path | None, force: bool) -> None:
    """Build unless the snapshot in service was built from the same inputs, and print the summary."""
    options = settings.build_options(sources)
    if snapshot_is_current(options) and not force:
        console.print("Nothing changed since the snapshot in service was built.")
    else:
        _build(options, console)
    print_summary(console, read_manifest(_in_service(options)), ["ipg serve", "ipg validate", "ipg build --help"])


def _build(options: BuildOptions, console: Console) -> None:
    from etl.pipeline import build as run_build  # noqa: PLC0415 - see the module docstring

    run_build(options, ConsoleProgress(console))


def _in_service(options: BuildOptions) -> Path:
    snapshot = current_snapshot(options.home)
    if snapshot is None:
        raise SnapshotError(str(options.home), "holds no snapshot", "a snapshot in service", "run: ipg build")
    return snapshot


def extract(settings: Settings, console: Console, *, sources: Path | None, check: bool) -> None:
    """Extract every document that is present, and write or compare the committed records."""
    from etl.actors import Gazetteer  # noqa: PLC0415
    from etl.curation import load_curation  # noqa: PLC0415
    from etl.extract import compare_records, extract_document, read_records, write_records  # noqa: PLC0415
    from etl.registry import find_renditions, load_registry  # noqa: PLC0415

    options = settings.build_options(sources)
    registry = load_registry(options.root / "data" / "sources.toml")
    renditions = find_renditions(registry, options.sources, explicit=options.sources_named)
    if not renditions:
        raise SourceError(
            str(options.sources), "holds no document", "the text renditions", "name their folder with --sources or IPG_SOURCES"
        )
    gazetteer = Gazetteer(load_curation(options.root / "data" / "curation").actors)
    for slug, rendition in renditions.items():
        records = extract_document(rendition, gazetteer)
        folder = options.root / "data" / "records" / slug
        if check:
            compare_records(read_records(folder), records)
        else:
            write_records(records, folder)
        console.print(f"{slug}: {len(records.passages)} passages {'as committed' if check else 'written'}")


def add(settings: Settings, console: Console, *, file: Path, contributor: str, day: date | None) -> None:
    """Check contributed practices and put them in place."""
    from etl.contributions import add_practices, load_lookups  # noqa: PLC0415
    from etl.pipeline import read_inputs  # noqa: PLC0415

    options = settings.build_options()
    inputs = read_inputs(options.model_copy(update={"sources": None, "sources_named": False}))
    taken = {practice.path.split("/", 1)[1] for records in inputs.records.values() for practice in records.practices}
    lookups = load_lookups(options.root / "ontology", inputs.countries)
    day = day or date.today()  # noqa: DTZ011 - the contributor's own day
    folder = options.root / "data" / "contributed"
    for slug in add_practices(file, folder, lookups, contributor, date(day.year, day.month, day.day), taken):
        console.print(f"added practice/{slug}: {folder / slug}", highlight=False, soft_wrap=True)
    console.print("Run: ipg build")


def validate(settings: Settings, console: Console, *, files: tuple[Path, ...]) -> None:
    """Validate files with the shapes, or print the report of the snapshot in service."""
    options = settings.build_options()
    if not files:
        console.print((_in_service(options) / "report.txt").read_text(encoding="utf-8"), highlight=False)
        return
    from etl.validate import validate_files  # noqa: PLC0415

    report = validate_files(files, sorted((options.root / "shapes").glob("*.ttl")))
    console.print(report.table(), highlight=False)
    if not report.conforms:
        raise ValidationFailed(", ".join(map(str, files)), "the shapes find violations", "no violation", "see the table above")


def serve(settings: Settings, console: Console, *, sources: Path | None) -> None:
    """Build if anything changed, then serve until stopped."""
    from query_service.server import serve as run_server  # noqa: PLC0415

    options = settings.build_options(sources)
    service = _with_releases(ServiceSettings(), settings.releases)
    if not snapshot_is_current(options):
        _build(options, console)
    address = service.address
    query = "SELECT (COUNT(*) AS ?practices) WHERE { ?practice a <https://w3id.org/ipg/ontology#Practice> }"
    print_summary(
        console,
        read_manifest(_in_service(options)),
        [
            f"curl -H 'Accept: text/csv' --data-urlencode 'query={query}' {address}/sparql",
            f"curl -H 'Accept: text/turtle' {address}/sparql",
            f"curl {address}/readyz",
        ],
    )
    _in_service(options)
    run_server(service, options.home / "current")  # the link, so that the next snapshot is taken up


def _with_releases(service: ServiceSettings, folder: Path | None) -> ServiceSettings:
    """Settings of the service with the ledger of this checkout, unless another is named."""
    return service if "releases_dir" in service.model_fields_set else service.model_copy(update={"releases_dir": folder})


def serve_data(console: Console, *, data: tuple[Path, ...], test_mode: bool) -> None:
    """Serve RDF files, or nothing yet, which is gone when the service stops."""
    from query_service.loading import load_data  # noqa: PLC0415
    from query_service.server import serve as run_server  # noqa: PLC0415
    from query_service.snapshot import read_snapshot  # noqa: PLC0415

    service = _with_releases(ServiceSettings(), None)
    with TemporaryDirectory(prefix="ipg-") as folder:
        snapshot = read_snapshot(load_data(data, Path(folder) / "snapshot"))
        triples = snapshot.manifest.default_graph.triples + sum(graph.triples for graph in snapshot.manifest.graphs.values())
        console.print(f"{triples} triples in the default graph and {len(snapshot.manifest.graphs)} named graphs")
        console.print(f"  {service.address}/sparql", highlight=False)
        if test_mode:
            console.print(f"  {service.address}/store can be written to", highlight=False)
        run_server(service, snapshot.folder, is_writable=test_mode)


def trace(settings: Settings, *, question: Question, form: TraceFormat, output: Path | None, raw: bool) -> None:
    """Find the paths that a question asks for in the snapshot in service, and print or write them."""
    from query_service.snapshot import read_snapshot  # noqa: PLC0415
    from query_service.trace.output import render_trace  # noqa: PLC0415
    from query_service.trace.search import trace as find_paths  # noqa: PLC0415

    found = find_paths(read_snapshot(_in_service(settings.build_options())), question)
    deliver(render_trace(found, form, raw=raw), output)


def diff(settings: Settings, *, old: str, new: str, form: DifferenceFormat, output: Path | None, most: int, raw: bool) -> None:
    """Compare two snapshots, and print or write what changed."""
    from etl.difference.compare import compare  # noqa: PLC0415
    from query_service.cells import neutralise  # noqa: PLC0415

    home = settings.build_options().home
    snapshots = [find_snapshot(home, name) for name in (old, new)]
    versions = [read_manifest(snapshot)["version"] for snapshot in snapshots]
    found = compare(*map(read_public, snapshots))
    if form == "csv":
        deliver(render_csv(found, str if raw else neutralise), output)
    else:
        deliver(render_json(found, *versions) if form == "json" else render_text(found, *versions, most=most), output)


def coverage(
    settings: Settings,
    *,
    question: CoverageQuestion,
    cell: tuple[str, str] | None,
    form: CoverageFormat,
    output: Path | None,
    raw: bool,
) -> None:
    """Lay out the matrix that a question asks for, or one cell of it, and print or write it."""
    from query_service.coverage.matrix import coverage as lay_out  # noqa: PLC0415
    from query_service.coverage.matrix import coverage_cell  # noqa: PLC0415
    from query_service.coverage.output import render_cell, render_coverage  # noqa: PLC0415
    from query_service.snapshot import read_snapshot  # noqa: PLC0415

    snapshot = read_snapshot(_in_service(settings.build_options()))
    if cell:
        deliver(render_cell(coverage_cell(snapshot, question, *cell), form, raw=raw), output)
    else:
        deliver(render_coverage(lay_out(snapshot, question), form, raw=raw), output)


def suggest(settings: Settings, *, given: str, top: int, form: SuggestFormat, output: Path | None, raw: bool) -> None:
    """Compare drafts with what is reviewed in the snapshot in service, and print or write what is suggested."""
    from ipg.drafts import read_drafts  # noqa: PLC0415
    from query_service.snapshot import read_snapshot  # noqa: PLC0415
    from query_service.suggest.output import render_suggestions  # noqa: PLC0415
    from query_service.suggest.search import suggest as advise  # noqa: PLC0415
    from query_service.suggest.texts import read_corpus  # noqa: PLC0415

    drafts = read_drafts(given)
    snapshot = read_snapshot(_in_service(settings.build_options()))
    found = advise(read_corpus(snapshot), snapshot.version, drafts, top)
    deliver(render_suggestions(found, form, raw=raw), output)


def publish(
    settings: Settings, console: Console, *, query_url: str, update_url: str | None, graph_store: str | None, name: str
) -> None:
    """Load a snapshot into another engine, and print what it holds afterwards."""
    from query_service.remote.publish import publish as run_publish  # noqa: PLC0415
    from query_service.remote.target import Addresses  # noqa: PLC0415
    from query_service.snapshot import read_snapshot  # noqa: PLC0415

    snapshot = read_snapshot(find_snapshot(settings.build_options().home, name))
    password = settings.publish_password
    published = run_publish(
        snapshot,
        Addresses(query_url, update_url, graph_store),
        ConsoleProgress(console),
        user=settings.publish_user,
        password=password.get_secret_value() if password else None,
    )
    print_published(console, snapshot.version, published)


def release(
    settings: Settings, console: Console, *, name: str, note: str, reasons: Mapping[str, str], published: datetime
) -> None:
    """Write a snapshot down as the next release, unless the last one says the same."""
    from etl.releases.publish import publish_release  # noqa: PLC0415

    home, folder = settings.build_options().home, settings.releases
    with build_lock(home):
        record = publish_release(folder, find_snapshot(home, name), published=published, note=note, reasons=reasons)
    if record is None:
        console.print("Nothing changed since the last release.")
        return
    counts = ", ".join(f"{number} {kind}" for kind, number in record.counts.items())
    console.print(f"Release {record.number} is version {record.version}: items {counts}.", highlight=False)
    console.print(f"Commit {folder / f'{record.number:04}'}", highlight=False, soft_wrap=True)


def withdraw(settings: Settings, console: Console, *, version: str, reason: str, on: datetime) -> None:
    """Note in the ledger that a version is no longer published."""
    from etl.releases.publish import withdraw_release  # noqa: PLC0415

    with build_lock(settings.build_options().home):
        for record in withdraw_release(settings.releases, version, reason=reason, on=on):
            told = record.withdrawn
            console.print(
                f"Release {record.number}, version {version}, is withdrawn: {told.reason if told else ''}", highlight=False
            )


def restore(settings: Settings, console: Console, *, version: str) -> None:
    """Make the snapshot of a published version again, so that its addresses answer on this machine."""
    from etl.releases.restore import restore_release  # noqa: PLC0415

    options = settings.build_options()
    with build_lock(options.home):
        folder = restore_release(settings.releases, options.home, version, options.base)
    console.print(f"Version {version} is at {folder}", highlight=False, soft_wrap=True)


def query(
    settings: Settings,
    *,
    given: str | None,
    values: Sequence[tuple[str, str]],
    snapshot: str,
    endpoint: str | None,
    form: QueryFormat | None,
    output: Path | None,
) -> None:
    """Ask a query of a snapshot or an endpoint, and print or write its answer; without a query, list the examples."""
    from ipg.querying import list_queries, open_endpoint, open_snapshot, read_query, render_answer  # noqa: PLC0415
    from query_service.snapshot import read_snapshot  # noqa: PLC0415

    # While the engine works, Python hears no signal: an interrupt must end the process by itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if endpoint:
        asked = open_endpoint(endpoint, settings.base_iri)
    else:
        found = find_snapshot(settings.build_options().home, snapshot)
        asked = open_snapshot(read_snapshot(found), ServiceSettings().address)
    if given is None:
        deliver(list_queries(asked), output)
    else:
        deliver(render_answer(read_query(given, values, asked), form, output, asked), output)


def export(settings: Settings, console: Console, *, output: Path | None, only: tuple[Family, ...]) -> None:
    """Write the dumps of the snapshot in service to a folder, or make sure that they lie beside it.

    :raises click.FileError: when the folder cannot be written, or holds something.
    """
    from query_service.dumps.export import cached_dumps, export_dumps  # noqa: PLC0415
    from query_service.snapshot import read_snapshot  # noqa: PLC0415

    snapshot = read_snapshot(_in_service(settings.build_options()))
    try:
        if output:
            export_dumps(snapshot, output, only or FAMILIES)
    except OSError as error:
        raise click.FileError(str(output), error.strerror or str(error)) from error
    try:
        folder = output or cached_dumps(snapshot)
    except OSError as error:
        raise click.FileError(str(snapshot.folder), error.strerror or str(error)) from error
    files = [file for file in folder.iterdir() if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    console.print(f"{len(files)} files, {size / 1e6:.1f} MB, in {folder}", highlight=False, soft_wrap=True)


def check_fidelity(settings: Settings, console: Console, *, sources: Path | None) -> None:
    """Find every committed passage again in its document."""
    from etl.extract import read_records, verify_passages  # noqa: PLC0415
    from etl.registry import find_renditions, load_registry  # noqa: PLC0415

    options = settings.build_options(sources)
    registry = load_registry(options.root / "data" / "sources.toml")
    renditions = find_renditions(registry, options.sources, explicit=options.sources_named)
    for slug, rendition in renditions.items():
        records = read_records(options.root / "data" / "records" / slug)
        verify_passages(records, rendition)
        console.print(f"{slug}: {len(records.passages)} passages found")
    for slug in registry.keys() - renditions.keys():
        console.print(f"{slug}: not checked, the document is not present")


def check_ontology(settings: Settings, console: Console) -> None:
    """Check ontology, vocabularies and data for consistency and profiles."""
    from etl.pipeline import check_knowledge_base  # noqa: PLC0415

    check_knowledge_base(settings.build_options(), ConsoleProgress(console))
    console.print("consistent; no unsatisfiable class; profiles kept")


def check_knowledge(settings: Settings, *, form: str, most: int) -> None:
    """Ask what a curator should look at, and print the answers."""
    from etl.knowledge import check_knowledge as ask  # noqa: PLC0415
    from etl.knowledge import refuse_errors, render_findings  # noqa: PLC0415
    from query_service.engine import open_store  # noqa: PLC0415
    from query_service.snapshot import read_snapshot  # noqa: PLC0415

    snapshot = read_snapshot(_in_service(settings.build_options()))
    asked = ask(open_store(snapshot), snapshot.manifest.base)
    if form == "json":
        content = {"version": snapshot.manifest.version, "questions": [findings.model_dump() for findings in asked]}
        deliver(json.dumps(content, ensure_ascii=False, indent=1) + "\n", None)
    else:
        deliver(f"{snapshot.manifest.version}\n\n{render_findings(asked, most=most)}", None)
    refuse_errors(asked)
