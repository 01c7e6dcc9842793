"""All link records as a mapping set in SSSOM (https://mapping-commons.github.io/sssom/spec-formats-tsv/).

Every record keeps its own justification. Authors are the programs that made or judged it, as the graph says; the set has
no reviewers, because no person has reviewed a link.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from query_service.dumps.records import DumpFile, file_name
from query_service.item_facts import ItemFacts, Value
from query_service.snapshot import Snapshot

__all__ = ["sssom_files"]

#: Version of SSSOM whose slots are used: ``record_id`` is new in it.
_SSSOM_VERSION: Final = "1.1"
_COLUMNS: Final = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_label",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "author_label",
    "mapping_date",
    "confidence",
    "other",
    "comment",
)
#: Prefixes of the identifiers in those columns.
_PREFIXES: Final = ("dcterms", "id", "ipg", "semapv")
_STANDING: Final = ("ipg:strength", "ipg:basis", "ipg:reviewState")


def sssom_files(snapshot: Snapshot, facts: ItemFacts) -> Iterator[DumpFile]:
    """The mapping set as a table with its metadata above it."""
    file = io.StringIO(newline="")
    for name, value in _metadata(snapshot, facts).items():
        # JSON is YAML (https://yaml.org/spec/1.2.2/#12-relation-to-json), and needs no rules of its own for quoting.
        file.write(f"# {name}: {json.dumps(value, ensure_ascii=False)}\n")
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for link, values in facts.members("ipg:Link").items():
        row = _row(link, values, facts)
        writer.writerow(row[name] for name in _COLUMNS)
    name = file_name(snapshot, ".sssom.tsv")
    yield DumpFile(name, file.getvalue().encode(), "Link records as a mapping set (SSSOM)", "sssom", "text/tab-separated-values")


def _metadata(snapshot: Snapshot, facts: ItemFacts) -> dict[str, Any]:
    return {
        "sssom_version": _SSSOM_VERSION,
        "mapping_set_id": facts.dataset,
        "mapping_set_version": snapshot.version,
        "mapping_set_title": facts.label(facts.dataset),
        "mapping_set_description": facts.provenance,
        "license": facts.licence,
        "curie_map": {prefix: facts.prefixes[prefix] for prefix in _PREFIXES},
    }


def _row(link: str, values: Mapping[str, tuple[Value, ...]], facts: ItemFacts) -> dict[str, str]:
    def all_of(name: str) -> list[str]:
        return [value.text for value in values.get(facts.expand(name), ()) if value.language in {"", "en"}]

    def first(name: str) -> str:
        return next(iter(all_of(name)), "")

    ends = {
        slot: first(name)
        for slot, name in (
            ("subject", "owl:annotatedSource"),
            ("predicate", "owl:annotatedProperty"),
            ("object", "owl:annotatedTarget"),
        )
    }
    authors = all_of("prov:wasAttributedTo")
    return {
        "record_id": facts.compact(link),
        **{f"{slot}_id": facts.compact(iri) for slot, iri in ends.items()},
        **{f"{slot}_label": facts.label(iri) for slot, iri in ends.items()},
        "mapping_justification": facts.compact(first("sssom:mapping_justification")),
        "author_id": _list(facts.compact(author) for author in authors),
        "author_label": _list(facts.label(author) for author in authors),
        "mapping_date": first("dcterms:created"),
        "confidence": first("sssom:confidence"),
        "other": "; ".join(f"{name}={facts.compact(first(name))}" for name in _STANDING if first(name)),
        "comment": first("ipg:rationale"),
    }


def _list(texts: Iterator[str]) -> str:
    """Several values in one cell, where a bar is written with a backslash before it."""
    return "|".join(text.replace("|", r"\|") for text in texts)
