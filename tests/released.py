"""Small snapshots as the build writes them, published one after the other, for the tests of releases and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pyoxigraph import Dataset, Quad, RdfFormat, parse

from etl.identifiers import BASE
from etl.rebase import move_base
from etl.releases.publish import publish_release
from etl.snapshot import data_version, publish_snapshot

__all__ = ["FIRST", "SECOND", "THIRD", "day", "quads", "release", "write_version"]

PREFIXES = f"""BASE <{BASE}>
PREFIX ipg: <ontology#>
PREFIX graph: <graph/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>
"""
#: An item in two graphs, one that speaks of itself, a list, and blank nodes to which nothing leads.
FIRST = """
graph:ontology {
  ipg:Practice a owl:Class ; owl:unionOf (ipg:Course ipg:Network) .
  [] a owl:AllDisjointClasses ; owl:members (ipg:Course ipg:Network) .
}
graph:curated {
  <id/practice/a> a ipg:Practice ; skos:prefLabel "A & B"@en, "A et B"@fr ; ipg:implements <id/principle/cbp-1> ;
    ipg:see <id/practice/a> .
  <id/practice/b> skos:prefLabel "To be left out"@en .
}
graph:inferred { <id/practice/a> ipg:contributesTo <id/principle/cbp-1> . }
graph:metadata { <id/dataset/all> void:triples 11 . }
"""
SECOND = FIRST.replace('<id/practice/b> skos:prefLabel "To be left out"@en .', "").replace("A & B", "A and B")
THIRD = SECOND + 'graph:curated { <id/practice/b> skos:prefLabel "Back again, _:not a node"@en . }'


def quads(text: str) -> list[Quad]:
    """Quads of a text in TriG."""
    return list(parse(PREFIXES + text, format=RdfFormat.TRIG))


def day(number: int) -> datetime:
    """A day, by its number."""
    return datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)


def write_version(home: Path, some: Iterable[Quad], base: str = BASE) -> Path:
    """Write a snapshot under the version that its content has, and put it in service."""
    dataset = Dataset(some)
    version = data_version(dataset, BASE, "0.1.0")
    reports = {"shapes.nt": "", "context.jsonld": "{}"}
    return publish_snapshot(
        home, f"{version}.{len(base):012x}", Dataset(move_base(dataset, BASE, base)), base, {"version": version}, reports
    )


def release(home: Path, ledger: Path, *texts: str) -> list[str]:
    """Publish one text after the other; gives their versions."""
    versions: list[str] = []
    for number, text in enumerate(texts, 1):
        record = publish_release(ledger, write_version(home, quads(text)), published=day(number), note=f"Reason {number}.")
        assert record is not None
        versions.append(record.version)
    return versions
