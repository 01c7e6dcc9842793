"""Clients that nobody here wrote read what is published."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import httpx
import pytest

from etl.snapshot import current_snapshot, read_manifest


def rapper(syntax: str, source: str | Path, stdin: bytes = b"") -> int:
    """Parse with raptor and give the number of triples."""
    result = subprocess.run(
        ["rapper", "-c", "-i", syntax, str(source), "https://w3id.org/ipg/"], input=stdin, capture_output=True, check=False
    )
    message = result.stderr.decode()
    assert result.returncode == 0, message
    found = re.search(r"returned (\d+) triples", message)
    assert found is not None, message
    return int(found.group(1))


@pytest.mark.raptor
def test_raptor_reads_every_quad_of_the_dataset(home: Path) -> None:
    snapshot = current_snapshot(home)
    assert snapshot is not None
    published = sum(graph["triples"] for graph in read_manifest(snapshot)["graphs"].values() if graph["public"])
    assert rapper("nquads", snapshot / "dataset.nq") == published


@pytest.mark.raptor
@pytest.mark.parametrize(
    ("syntax", "media_type"),
    [("turtle", "text/turtle"), ("rdfxml", "application/rdf+xml"), ("ntriples", "application/n-triples")],
)
def test_raptor_reads_the_answers_of_the_endpoint(served: str, syntax: str, media_type: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/ipg/ontology#Principle> ; ?p ?o }"
    answer = httpx.get(f"{served}/sparql", params={"query": query}, headers={"Accept": media_type})
    assert answer.headers["content-type"].startswith(media_type)
    expected = len(
        httpx.get(f"{served}/sparql", params={"query": query}, headers={"Accept": "application/n-triples"})
        .text.strip()
        .splitlines()
    )
    assert rapper(syntax, "-", answer.content) == expected
