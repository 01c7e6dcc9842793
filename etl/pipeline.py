"""The order of the steps from documents to a snapshot in service, and nothing else."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from pyoxigraph import Dataset, Quad

from etl.actors import Gazetteer
from etl.contributions import find_contributions, load_lookups
from etl.curation import load_curation
from etl.errors import RecordError
from etl.extract import compare_records, extract_document, read_records
from etl.fingerprint import BuildOptions, fingerprint, release
from etl.graphs import Inputs, build_graphs
from etl.graphs.metadata import write_metadata
from etl.identifiers import BASE, Key
from etl.judgements import load_coding, measure_agreement, settle_all
from etl.places import load_countries, load_geonames, load_languages
from etl.reason import check_consistency, check_profile, infer
from etl.rebase import move_base
from etl.records import DocumentRecords
from etl.registry import find_renditions, load_registry
from etl.snapshot import build_lock, canonical_nquads, data_version, publish_snapshot
from etl.summary import count_links, count_records
from etl.term_reference import build_reference
from etl.turtle import read_turtle
from etl.validate import validate_dataset

__all__ = ["Progress", "build", "check_knowledge_base", "read_inputs"]


class Progress(Protocol):
    """Told about long steps: ``with progress.step("Validate"): ...``."""

    def step(self, name: str) -> AbstractContextManager[None]:
        """Enter a step."""


def read_inputs(options: BuildOptions, *, compare: bool = True) -> Inputs:
    """Read the documents that are present, the records of the others, and the curated knowledge.

    :param compare: whether a document that gives other records than the committed ones is an error.
    :raises RecordsDiffer: when documents and committed records disagree.
    """
    root = options.root
    registry = load_registry(root / "data" / "sources.toml")
    renditions = find_renditions(registry, options.sources, explicit=options.sources_named)
    curation = load_curation(root / "data" / "curation")
    gazetteer = Gazetteer(curation.actors)
    records: dict[Key, DocumentRecords] = {}
    for slug in registry:
        folder = root / "data" / "records" / slug
        committed = read_records(folder) if compare or slug not in renditions else None
        if slug in renditions:
            records[slug] = extract_document(renditions[slug], gazetteer)
            if committed is not None:
                compare_records(committed, records[slug])
        elif committed is not None:
            records[slug] = committed
    countries = load_countries(root / "data" / "countries.tsv")
    lookups = load_lookups(root / "ontology", countries)
    for contribution in find_contributions(root / "data" / "contributed", lookups, gazetteer):
        registry[contribution.slug] = contribution.facts
        records[contribution.slug] = contribution.records
    _check_unique_practices(records)
    coding = load_coding(root / "data" / "curation" / "coding")
    return Inputs(
        registry=registry,
        records=records,
        curation=curation,
        countries=countries,
        geonames=load_geonames(root / "data" / "geonames.tsv"),
        languages=load_languages(root / "data" / "languages.tsv"),
        ontology=tuple(sorted((root / "ontology").glob("*.ttl")) + sorted((root / "ontology").glob("[ma]*/*.ttl"))),
        vocabularies=tuple(sorted((root / "ontology" / "vocabularies").glob("*.ttl"))),
        renditions=renditions,
        examples=root / "sparql_examples",
        example_checks=root / "data" / "examples-checked.toml",
        judgements=settle_all(coding),
        agreement=measure_agreement(coding),
    )


def _check_unique_practices(records: dict[Key, DocumentRecords]) -> None:
    seen: dict[str, Key] = {}
    for slug, document in records.items():
        for practice in document.practices:
            if practice.path in seen:
                where = f"{slug}: {practice.path}"
                raise RecordError(
                    where, f"is also a practice of {seen[practice.path]}", "unique keys", "add the place to one of the titles"
                )
            seen[practice.path] = slug


def build(options: BuildOptions, progress: Progress) -> Path:
    """Build a snapshot from documents or records and put it in service.

    :returns: its folder; its ``manifest.json`` holds the summary.
    :raises EtlError: when anything is wrong; the snapshot in service stays.
    """
    clock = _Clock(progress)
    with build_lock(options.home):
        inputs_sha256 = fingerprint(options)
        with clock.step("Read documents and records"):
            inputs = read_inputs(options)
        dataset = _knowledge_base(inputs, clock)
        version = data_version(dataset, BASE, release())
        with clock.step("Count and describe"):
            dataset = Dataset([*dataset, *write_metadata(dataset, version, inputs.agreement).quads])
        with clock.step("Validate (SHACL)"):
            report = validate_dataset(dataset, sorted((options.root / "shapes").glob("*.ttl")))
        with clock.step("Describe the terms"):
            companions = _read_companions(options, dataset)
        with clock.step("Put the snapshot in place"):
            dataset = Dataset(move_base(dataset, BASE, options.base))
            manifest = _describe(inputs, dataset, version, report.summary(), clock.seconds) | {"inputs_sha256": inputs_sha256}
            name = f"{version}.{inputs_sha256[:12]}"
            reports = {"report.ttl": report.turtle, "report.txt": report.table(), **companions}
            return publish_snapshot(options.home, name, dataset, options.base, manifest, reports)


def _read_companions(options: BuildOptions, dataset: Dataset) -> dict[str, str]:
    """What is published beside the dataset: the shapes that it keeps to, the context of JSON-LD, and what there is to say of
    each term.
    """
    shapes = list(read_turtle(sorted((options.root / "shapes").glob("*.ttl")), "shapes"))
    triples = (Quad(q.subject, q.predicate, q.object) for q in move_base(shapes, BASE, options.base))
    context = (options.root / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    return {
        "shapes.nt": canonical_nquads(triples).decode(),
        "context.jsonld": context.replace(BASE, options.base),
        "ontology-reference.json": build_reference(options.root, dataset, shapes, options.base),
    }


def check_knowledge_base(options: BuildOptions, progress: Progress) -> None:
    """Check ontology, vocabularies and data for profiles and contradictions, without writing anything.

    :raises OntologyError: naming what is wrong.
    """
    _knowledge_base(read_inputs(options), _Clock(progress))


def _knowledge_base(inputs: Inputs, clock: _Clock) -> Dataset:
    with clock.step("Write graphs"):
        dataset = build_graphs(inputs)
    with clock.step("Check profiles (OWL 2 DL, RL)"):
        check_profile(dataset)
    with clock.step("Reason (OWL 2 RL)"):
        dataset = Dataset([*dataset, *infer(dataset)])
    with clock.step("Check consistency (HermiT)"):
        check_consistency(dataset)
    return dataset


def _describe(
    inputs: Inputs, dataset: Dataset, version: str, validation: dict[str, Any], seconds: dict[str, float]
) -> dict[str, Any]:
    return {
        "version": version,
        "documents": {
            slug: {"title": facts.title, "sha256": facts.sha256, "present": slug in inputs.renditions}
            for slug, facts in inputs.registry.items()
        },
        "records": count_records(inputs.records),
        "links": count_links(dataset),
        "ignored_lines": {slug: records.ignored for slug, records in inputs.records.items()},
        "validation": validation,
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


class _Clock:
    """Times the steps while telling of them."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        with self._progress.step(name):
            yield
        self.seconds[name] = time.monotonic() - start
