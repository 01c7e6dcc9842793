"""The suites of the W3C, run by the runner of others against the service as people start it.

What does not pass is listed in ``tests/conformance/deviations.toml``, each case with its reason; nothing else may fail,
and nothing that is listed may pass.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from pyoxigraph import (
    DefaultGraph,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
    serialize,
)

from tests.served import serving
from tests.w3c import SUITES, Cases

HERE = Path(__file__).parent / "conformance"
LISTED: dict[str, dict[str, str]] = tomllib.loads((HERE / "deviations.toml").read_text(encoding="utf-8"))
#: Manifests, and how many cases each has.
MANIFESTS = {
    "protocol/manifest.ttl": 34,
    "graph-store-protocol/manifest.ttl": 13,
    "service-description/manifest.ttl": 3,
    "manifest-sparql11-query.ttl": 328,
    "manifest-sparql11-results.ttl": 10,
}
JSON = QueryResultsFormat.JSON


class Outcome(NamedTuple):
    """What the runner says of a case."""

    ok: bool
    error: str


@pytest.fixture(scope="module")
def suites(conformance_dir: Path) -> Path:
    """Folder of the suites."""
    return conformance_dir / "w3c-rdf-tests"


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """Address of the service in test mode."""
    with serving("--test-mode") as address:
        yield address


@pytest.fixture(scope="session")
def runner() -> Path:
    """The runner, installed as its lock file says; what was installed before is used again."""
    installed = HERE / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
        result = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
    return HERE / "run.js"


def run(runner: Path, service: str, manifest: str, suites: Path) -> dict[str, Outcome]:
    node = shutil.which("node")
    assert node is not None
    environment = {**os.environ, "SERVICE": service}
    command = [node, str(runner), SUITES + manifest, str(suites)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    # A refusal passes for a syntax error only if the service calls it one; this one it does not, and the engine is to blame.
    assert all("The custom function" in surprise for surprise in told["surprises"]), told["surprises"]
    return {short(case["name"]): Outcome(case["ok"] and not case["skipped"], case["error"]) for case in told["cases"]}


def short(iri: str) -> str:
    folder, _, fragment = iri.partition("/manifest#")
    return f"{folder.rsplit('/', 1)[1]}#{fragment}"


@pytest.mark.node
@pytest.mark.conformance
@pytest.mark.parametrize("manifest", MANIFESTS)
def test_a_suite_of_the_w3c_fails_only_where_it_is_listed(manifest: str, runner: Path, service: str, suites: Path) -> None:
    outcomes = run(runner, service, manifest, suites)
    known = Cases(suites, manifest).by_name
    assert set(outcomes) == set(known), "the runner has left out cases"
    assert len(known) == MANIFESTS[manifest]
    listed = {name for names in LISTED.values() for name in names if name in known}
    failed = {name: outcome.error for name, outcome in outcomes.items() if not outcome.ok}
    assert set(failed) == listed, {name: failed.get(name, "is listed and passes") for name in set(failed) ^ listed}
    assert all("Got: 403" in failed[name] for name in failed if name in LISTED["refused"])


def test_the_page_tells_what_does_not_pass() -> None:
    page = (HERE.parent.parent / "docs" / "conformance.md").read_text(encoding="utf-8")
    rows = [f"| `{name}` | {reason} |" for names in LISTED.values() for name, reason in names.items()]
    assert sorted(line for line in page.splitlines() if line.startswith("| `")) == sorted(rows)
    for manifest, count in MANIFESTS.items():
        if not manifest.startswith("protocol"):
            assert f"| {count} |" in page, manifest


@pytest.mark.conformance
@pytest.mark.parametrize("name", LISTED["engine"])
def test_what_is_listed_of_the_engine_is_its_own_doing(name: str, service: str, suites: Path) -> None:
    """The engine, asked without the service, gives the same answer, or refuses the same query."""
    manifest = "manifest-sparql11-query.ttl" if not name.startswith("csv-tsv") else "manifest-sparql11-results.ttl"
    cases = Cases(suites, manifest)
    case = cases.by_name[name]
    query, base = cases.query(case)
    store = Store()
    store.extend(cases.data(case))
    fill(service, store)
    accept = "text/csv" if cases.kind(case).startswith("CSV") else JSON.media_type
    answer = httpx.post(f"{service}/sparql", data={"query": f"BASE <{base}> {query}"}, headers={"Accept": accept})
    if cases.kind(case).startswith("PositiveSyntax"):
        with pytest.raises(RuntimeError, match=r"custom function .* not supported"):
            store.query(query, base_iri=base)
        assert answer.status_code == 400
        return
    result = store.query(query, base_iri=base)
    assert not isinstance(result, QueryTriples)
    if accept == "text/csv":
        assert answer.content == result.serialize(format=QueryResultsFormat.CSV)
        return
    told = parse_query_results(answer.content, JSON)
    if isinstance(result, QueryBoolean):
        assert isinstance(told, QueryBoolean)
        assert bool(told) is bool(result)
        return
    assert not isinstance(told, QueryBoolean)
    assert Counter(map(str, told)) == Counter(map(str, result))


def fill(service: str, store: Store) -> None:
    """Have the service hold what a store holds, and nothing else."""
    query = {"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"}
    rows = httpx.get(f"{service}/sparql", params=query, headers={"Accept": JSON.media_type}).json()["results"]["bindings"]
    for row in rows:
        assert httpx.delete(f"{service}/store", params={"graph": row["g"]["value"]}).is_success
    for graph in [DefaultGraph(), *store.named_graphs()]:
        body = serialize((quad.triple for quad in store.quads_for_pattern(None, None, None, graph)), format=RdfFormat.N_TRIPLES)
        params = {"default": ""} if isinstance(graph, DefaultGraph) else {"graph": graph.value}
        headers = {"Content-Type": RdfFormat.N_TRIPLES.media_type}
        assert httpx.put(f"{service}/store", params=params, content=body, headers=headers).is_success
