"""Snapshots: canonical, immutable, and never half in place."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from etl.errors import SnapshotError
from etl.identifiers import BASE
from etl.snapshot import build_lock, canonical_nquads, current_snapshot, data_version, publish_snapshot, read_manifest

EX = "http://example.org/"
nodes = st.integers(0, 5).map(lambda n: NamedNode(f"{EX}{n}"))
blanks = st.integers(0, 3).map(lambda n: BlankNode(f"b{n}"))
literals = st.builds(Literal, st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8))
quads = st.builds(Quad, nodes | blanks, nodes, nodes | blanks | literals, nodes)


@given(st.lists(quads, max_size=12), st.randoms(use_true_random=False))
def test_canonical_form_does_not_depend_on_order_or_labels(statements: list[Quad], shuffler: random.Random) -> None:
    def relabel(term: object) -> object:
        return BlankNode(f"other{term.value}") if isinstance(term, BlankNode) else term

    other = [Quad(relabel(q.subject), q.predicate, relabel(q.object), q.graph_name) for q in statements]  # type: ignore[arg-type]
    shuffler.shuffle(other)
    assert canonical_nquads(statements) == canonical_nquads(other)


@given(st.lists(quads, max_size=12))
def test_canonical_form_is_the_same_dataset(statements: list[Quad]) -> None:
    again = list(parse(canonical_nquads(statements), format=RdfFormat.N_QUADS))
    assert canonical_nquads(again) == canonical_nquads(statements)
    assert len(again) == len(set(statements))


def dataset(size: int = 50, note: str = "first") -> Dataset:
    """A small dataset with a public graph, another that repeats part of it, a description, and a private graph."""
    graph, other = NamedNode(f"{BASE}graph/curated"), NamedNode(f"{BASE}graph/inferred")
    statements = [
        Quad(NamedNode(f"{BASE}id/practice/p{n}"), NamedNode(f"{EX}note"), Literal(f"{note} {n}"), graph) for n in range(size)
    ]
    repeated = [Quad(q.subject, q.predicate, q.object, other) for q in statements[:10]]
    about = [Quad(NamedNode(f"{BASE}id/dataset/x"), NamedNode(f"{EX}note"), Literal("about"), NamedNode(f"{BASE}graph/metadata"))]
    wording = [
        Quad(NamedNode(f"{BASE}id/passage/d/p"), NamedNode(f"{EX}exact"), Literal("words"), NamedNode(f"{BASE}graph/text"))
    ]
    return Dataset([*statements, *repeated, *about, *wording])


def publish(home: Path, name: str, content: Dataset) -> Path:
    return publish_snapshot(home, name, content, BASE, {"version": name}, {"report.txt": "fine\n"})


def test_the_default_graph_is_the_union_of_the_public_graphs(tmp_path: Path) -> None:
    snapshot = publish(tmp_path, "one", dataset())
    store = Store.read_only(str(snapshot / "store"))
    default = set(store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert len(default) == 51  # 50 and the description; repeated triples count once, wording not at all
    manifest = read_manifest(snapshot)
    assert manifest["default_graph"]["triples"] == 51
    assert {name: g["triples"] for name, g in manifest["graphs"].items()} == {
        "curated": 50,
        "inferred": 10,
        "metadata": 1,
        "text": 1,
    }
    assert not manifest["graphs"]["text"]["public"]
    assert b"words" not in (snapshot / "dataset.nq").read_bytes()


def test_the_version_depends_on_the_data_alone() -> None:
    version = data_version(dataset(), BASE, "1.2.3")
    assert version.startswith("1.2.3+")
    assert len(version) == len("1.2.3+") + 12
    silent = Dataset(q for q in dataset() if not str(q.graph_name.value).endswith(("metadata", "text")))
    assert data_version(silent, BASE, "1.2.3") == version
    assert data_version(dataset(note="second"), BASE, "1.2.3") != version


def test_equal_inputs_give_equal_bytes(tmp_path: Path) -> None:
    first = publish(tmp_path / "a", "one", dataset())
    second = publish(tmp_path / "b", "one", dataset())
    assert (first / "dataset.nq").read_bytes() == (second / "dataset.nq").read_bytes()
    assert read_manifest(first)["files"] == read_manifest(second)["files"]


def test_a_snapshot_of_the_same_name_is_put_back_in_service_unchanged(tmp_path: Path) -> None:
    first = publish(tmp_path, "one", dataset())
    stamp = (first / "manifest.json").stat().st_mtime_ns
    publish(tmp_path, "two", dataset(note="second"))
    assert current_snapshot(tmp_path) == (tmp_path / "snapshots" / "two").resolve()
    publish(tmp_path, "one", dataset())
    assert current_snapshot(tmp_path) == first.resolve()
    assert (first / "manifest.json").stat().st_mtime_ns == stamp


def test_a_manifest_of_another_layout_is_refused(tmp_path: Path) -> None:
    snapshot = publish(tmp_path, "one", dataset())
    manifest = json.loads((snapshot / "manifest.json").read_text())
    (snapshot / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(SnapshotError, match="has layout 99"):
        read_manifest(snapshot)
    (snapshot / "manifest.json").write_text("{")
    with pytest.raises(SnapshotError, match="cannot be read"):
        read_manifest(snapshot)


def test_a_second_build_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with build_lock(tmp_path), pytest.raises(SnapshotError, match="another build is running"), build_lock(tmp_path):
        pass


def test_no_permission_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(SnapshotError, match=r"cannot be written[\s\S]*IPG_HOME"), build_lock(tmp_path / "home"):
        pass


#: Publishes in a process of its own; the kernel refuses files larger than the limit, as a full disk would.
PUBLISH = """
import resource, signal, sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from test_snapshot import dataset, publish
if {limit}:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
print("ready", flush=True)
publish(Path({home!r}), {name!r}, dataset({size}, {name!r}))
"""


def start(home: Path, name: str, *, limit: int = 0, size: int = 4000) -> subprocess.Popen[str]:
    code = PUBLISH.format(tests=str(Path(__file__).parent), limit=limit, home=str(home), name=name, size=size)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def is_whole(snapshot: Path) -> bool:
    manifest = read_manifest(snapshot)
    store = Store.read_only(str(snapshot / "store"))
    promised: int = manifest["default_graph"]["triples"] + sum(graph["triples"] for graph in manifest["graphs"].values())
    return len(store) == promised


def test_a_full_disk_is_told_and_the_snapshot_in_service_stays(tmp_path: Path) -> None:
    first = publish(tmp_path, "first", dataset())
    with start(tmp_path, "second", limit=20_000) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "SnapshotError" in errors
    assert "cannot be written" in errors
    assert current_snapshot(tmp_path) == first.resolve()
    assert is_whole(first)


def test_a_killed_build_leaves_the_snapshot_in_service(tmp_path: Path) -> None:
    first = publish(tmp_path, "first", dataset())
    with start(tmp_path, "timed") as process:
        assert process.stdout is not None
        process.stdout.readline()
        begun = time.monotonic()
        process.wait(60)
        span = time.monotonic() - begun
    publish(tmp_path, "first", dataset())
    moments = random.Random(11)  # noqa: S311 - moments of a test, no secret
    for attempt in range(12):
        with start(tmp_path, f"attempt-{attempt}") as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0, span))
            os.kill(process.pid, signal.SIGKILL)
            process.wait(60)
        in_service = current_snapshot(tmp_path)
        assert in_service in {first.resolve(), (tmp_path / "snapshots" / f"attempt-{attempt}").resolve()}
        assert in_service is not None
        assert is_whole(in_service)
        publish(tmp_path, "first", dataset())
    last = publish(tmp_path, "last", dataset(note="last"))
    assert current_snapshot(tmp_path) == last.resolve()
    assert not list((tmp_path / "snapshots").glob(".building-*"))
