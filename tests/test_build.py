"""The whole way from documents or records to a snapshot in service, through the command line."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, RdfFormat, Store, parse

from etl.identifiers import BASE
from etl.rebase import move_base
from etl.snapshot import canonical_nquads, current_snapshot, read_manifest
from etl.turtle import read_turtle
from tests.checkout import clean_environment, copy_checkout, run_ipg

#: What must come out of the documents.
COUNTS = {
    "principles (cbp)": 11,
    "principles (agreed)": 10,
    "conclusions": 101,
    "recommendations (interaction)": 9,
    "recommendations (guide)": 9,
    "guidelines": 39,
    "questions": 22,
    "glossary": 6,
    "criteria": 14,
    "practices": 92,
    "context chapters": 1,
}


@pytest.fixture(scope="module")
def manifest(home: Path) -> dict[str, Any]:
    snapshot = current_snapshot(home)
    assert snapshot is not None
    return read_manifest(snapshot)


def test_a_build_gives_every_record_of_the_documents(manifest: dict[str, Any]) -> None:
    assert {kind: manifest["records"][kind] for kind in COUNTS} == COUNTS
    assert manifest["links"]["elaborates"] == {"StatedInSource": 101}
    assert manifest["links"]["relatedTo"] == {"StatedInSource": 21}
    assert manifest["validation"]["conforms"]


def test_building_again_changes_nothing(home: Path) -> None:
    before = current_snapshot(home)
    result = run_ipg("build", IPG_HOME=home, **_sources())
    assert result.returncode == 0, result.stderr
    assert "Nothing changed" in result.stdout
    assert current_snapshot(home) == before


def _sources() -> dict[str, str]:
    return {"IPG_SOURCES": os.environ["IPG_SOURCES"]} if os.environ.get("IPG_SOURCES") else {}


def test_a_build_from_records_alone_gives_the_same_bytes(home: Path, root: Path, tmp_path: Path) -> None:
    copy_checkout(root, tmp_path / "copy")
    result = run_ipg("build", IPG_HOME=tmp_path / "home", IPG_ROOT=tmp_path / "copy")
    assert result.returncode == 0, result.stderr
    first, second = current_snapshot(home), current_snapshot(tmp_path / "home")
    assert first is not None
    assert second is not None
    assert (first / "dataset.nq").read_bytes() == (second / "dataset.nq").read_bytes()
    assert read_manifest(first)["version"] == read_manifest(second)["version"]
    assert not (second / "private.nq").exists()


@pytest.mark.sources
def test_wording_stays_out_of_everything_public(home: Path) -> None:
    snapshot = current_snapshot(home)
    assert snapshot is not None
    assert (snapshot / "private.nq").exists()
    assert b"TextQuoteSelector>" not in b"".join(
        line for line in (snapshot / "dataset.nq").read_bytes().splitlines() if b"/graph/ontology" not in line
    )
    store = Store.read_only(str(snapshot / "store"))
    assert not store.query("ASK { ?s <http://www.w3.org/ns/oa#exact> ?o }")
    assert store.query("ASK { GRAPH <https://w3id.org/ipg/graph/text> { ?s <http://www.w3.org/ns/oa#exact> ?o } }")


@pytest.mark.sources
def test_extraction_agrees_with_the_committed_records(sources_dir: Path) -> None:
    result = run_ipg("extract", "--check", "--sources", sources_dir)
    assert result.returncode == 0, result.stderr
    fidelity = run_ipg("check", "fidelity", "--sources", sources_dir)
    assert fidelity.returncode == 0, fidelity.stderr
    assert fidelity.stdout.count("passages found") == 5


@pytest.mark.sources
def test_a_difference_between_document_and_records_is_shown(root: Path, sources_dir: Path, tmp_path: Path) -> None:
    copy = copy_checkout(root, tmp_path)
    provisions = copy / "data" / "records" / "principles-to-practice-2007" / "provisions.json"
    provisions.write_text(
        provisions.read_text(encoding="utf-8").replace('"notation": "77"', '"notation": "78"'), encoding="utf-8"
    )
    result = run_ipg("extract", "--check", "--sources", sources_dir, IPG_ROOT=copy)
    assert result.returncode == 1
    assert '-{"path": "conclusion/77"' in result.stderr
    assert "ipg extract" in result.stderr


def test_a_violation_stops_the_build_and_keeps_the_snapshot(home: Path, root: Path, tmp_path: Path) -> None:
    copy = copy_checkout(root, tmp_path)
    titles = copy / "data" / "curation" / "titles.yaml"
    long_title = "a title of far more than the twelve words that a short title of ours may have"
    text, changed = re.subn(r"(principle/cbp-1:\n  en: ).*", rf"\g<1>{long_title}", titles.read_text(encoding="utf-8"))
    assert changed == 1
    titles.write_text(text, encoding="utf-8")
    before = current_snapshot(home)
    result = run_ipg("build", IPG_HOME=home, IPG_ROOT=copy)
    assert result.returncode == 1, result.stdout
    assert "Violation" in result.stderr
    assert current_snapshot(home) == before


def test_a_turtle_error_is_named_with_line_and_column(root: Path, tmp_path: Path) -> None:
    copy = copy_checkout(root, tmp_path)
    with (copy / "ontology" / "vocabularies" / "areas.ttl").open("a", encoding="utf-8") as file:
        file.write("\n<broken\n")
    result = run_ipg("build", IPG_HOME=tmp_path / "home", IPG_ROOT=copy)
    assert result.returncode == 1
    assert "areas.ttl: line " in result.stderr
    assert not (tmp_path / "home" / "current").exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("Country: Estonia", "Country: Estland", "unknown country 'Estland'"),
        ("Type: project", "Type: prject", "perhaps: project"),
        ("Duration: 2019 - 2021", "Duration: 2021 - 2019", "Duration"),
        ("Purpose:", "Budget:", "unknown field 'Budget'"),
    ],
)
def test_a_wrong_contribution_adds_nothing(root: Path, tmp_path: Path, field: str, value: str, message: str) -> None:
    copy = copy_checkout(root, tmp_path / "copy")
    file = tmp_path / "practice.md"
    good = (
        "# T\n\nCountry: Estonia\n\nType: project\n\nArea of intervention: education\n\nDuration: 2019 - 2021\n\nPurpose: Talk.\n"
    )
    file.write_text(good.replace(field, value), encoding="utf-8")
    result = run_ipg("add", file, "--contributor", "x", IPG_ROOT=copy)
    assert result.returncode == 1
    assert message in result.stderr
    assert "practice.md" in result.stderr
    assert not (copy / "data" / "contributed").exists()


CAFE = """# Language café in the library

Country: Estonia

Locality: Narva

Type: project

Area of intervention: education

Duration: 2019 - 2021

Purpose: Learners and neighbours talk, see https://example.org/cafe.
"""


def test_a_contribution_goes_through_the_same_checks_and_a_killed_build_leaves_the_old_snapshot(
    home: Path, root: Path, tmp_path: Path
) -> None:
    copy, place = copy_checkout(root, tmp_path / "copy"), Path(shutil.copytree(home, tmp_path / "home", symlinks=True))
    old = current_snapshot(place)
    file = tmp_path / "cafe.md"
    file.write_text(CAFE, encoding="utf-8")
    added = run_ipg("add", file, "--contributor", "Narva City Library", "--date", "2026-11-21", IPG_ROOT=copy)
    assert added.returncode == 0, added.stderr
    again = run_ipg("add", file, "--contributor", "Narva City Library", IPG_ROOT=copy)
    assert again.returncode == 1
    assert "which is taken" in again.stderr
    moments = random.Random(7)  # noqa: S311 - moments of a test, no secret
    for seconds in sorted(moments.uniform(0.5, 30) for _ in range(4)):
        environment = clean_environment(IPG_HOME=place, IPG_ROOT=copy)
        with subprocess.Popen([sys.executable, "-m", "ipg", "build"], env=environment, stdout=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
        if process.returncode != 0:
            assert current_snapshot(place) == old
    assert run_ipg("build", IPG_HOME=place, IPG_ROOT=copy).returncode == 0
    snapshot = current_snapshot(place)
    assert snapshot is not None
    assert snapshot != old
    assert read_manifest(snapshot)["records"]["practices"] == 93
    practice = "<https://w3id.org/ipg/id/practice/language-cafe-in-the-library>"
    terms = "PREFIX ipg: <https://w3id.org/ipg/ontology#> PREFIX id: <https://w3id.org/ipg/id/>"
    asked = (
        f"{terms} ASK {{ {practice} ipg:country <https://w3id.org/ipg/id/place/est> ; ipg:startYear 2019 ; ipg:endYear 2021 }}"
    )
    assert Store.read_only(str(snapshot / "store")).query(asked)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"IPG_BASE_IRI": "example.org"}, "IPG_BASE_IRI"),
        ({"IPG_PORT": "many"}, "IPG_PORT"),
    ],
)
def test_a_wrong_setting_is_named(home: Path, settings: dict[str, str], message: str) -> None:
    result = run_ipg("serve", IPG_HOME=home, **_sources(), **settings)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_in_use_is_named(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run_ipg("serve", IPG_HOME=home, IPG_PORT=port, **_sources())
    assert result.returncode == 1
    assert port in result.stderr
    assert "IPG_PORT" in result.stderr


def test_an_unknown_command_is_wrong_usage() -> None:
    assert run_ipg("bild").returncode == 2


def test_another_base_moves_every_iri(home: Path) -> None:
    base = "https://data.example.org/graph-of-policies/"
    dataset = list(parse((home / "current" / "dataset.nq").read_bytes(), format=RdfFormat.N_QUADS))
    content = canonical_nquads(move_base(dataset, BASE, base))
    assert b"<https://w3id.org/ipg/" not in content
    assert f"<{base}id/practice/".encode() in content
    assert canonical_nquads(move_base(dataset, BASE, BASE)) == canonical_nquads(dataset)


def test_patterns_of_shapes_move_with_the_base(root: Path) -> None:
    base = "https://data.example.org/graph-of-policies/"
    shapes = list(read_turtle(sorted((root / "shapes").glob("*.ttl")), "shapes"))
    patterns = [quad.object.value for quad in shapes if "pattern" in str(quad.predicate) and isinstance(quad.object, Literal)]
    moved = [
        q.object.value for q in move_base(shapes, BASE, base) if "pattern" in str(q.predicate) and isinstance(q.object, Literal)
    ]
    named = [pattern for pattern in patterns if re.escape(BASE) in pattern]
    assert named
    assert [pattern.replace(re.escape(BASE), re.escape(base)) for pattern in patterns] == moved
