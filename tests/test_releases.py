"""The ledger of releases: what was published can be told again from it, once and in the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad

from etl.errors import ReleaseError, SnapshotError
from etl.fingerprint import BuildOptions, fingerprint
from etl.identifiers import BASE
from etl.releases.items import items_of, quads_of
from etl.releases.ledger import CHANGES, RECORD, read_changes, read_records, replay
from etl.releases.publish import publish_release, withdraw_release, write_release
from etl.snapshot import canonical_nquads, current_snapshot, data_version, find_snapshot, read_public
from query_service.errors import LedgerUnusable
from query_service.releases.history import History, read_history
from query_service.releases.stream import StreamAddresses, page_quads
from tests.checkout import run_ipg
from tests.released import FIRST, SECOND, THIRD, day, quads, release, write_version

A, B = f"{BASE}id/practice/a", f"{BASE}id/practice/b"
WHERE = StreamAddresses("http://127.0.0.1:8000", BASE)

subjects = st.sampled_from([A, B, f"{BASE}ontology#Practice", "http://example.org/a"]).map(NamedNode)
blanks = st.integers(0, 4).map(lambda number: BlankNode(f"b{number}"))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.sampled_from(["_:c14n0", "_:b0 .", "a\nb\u2028c\x85d"])
literals = st.builds(Literal, texts, language=st.sampled_from([None, "en"]))
predicates = st.sampled_from([NamedNode(f"{BASE}ontology#{name}") for name in ("p", "q")])
graphs = st.sampled_from([NamedNode(f"{BASE}graph/{name}") for name in ("curated", "ontology", "metadata")])
datasets = st.lists(st.builds(Quad, subjects | blanks, predicates, subjects | blanks | literals, graphs), max_size=12)


def newest(history: History, where: StreamAddresses = WHERE) -> bytes:
    """The dataset that a reader of the stream has who keeps the newest version of each item."""
    held: dict[str, list[Quad]] = {}
    for each in history.releases:
        for page in range(1, len(each.pages) + 1):
            told = page_quads(each, page, where)
            for member in each.members(page):
                held[member.item] = []
                name = where.member(each.record.number, page, member.item)
                reached: set[NamedNode | BlankNode] = {name}
                while more := {q.object for q in told if q.subject in reached and isinstance(q.object, BlankNode)} - reached:
                    reached |= more
                for quad in told:
                    if quad.subject in reached and not isinstance(quad.graph_name, DefaultGraph):
                        subject = NamedNode(member.item) if quad.subject == name else quad.subject
                        held[member.item].append(Quad(subject, quad.predicate, quad.object, quad.graph_name))
    return canonical_nquads(quad for some in held.values() for quad in some)


@settings(deadline=None)
@given(datasets)
def test_items_hold_all_of_a_dataset_and_nothing_twice(some: list[Quad]) -> None:
    items = items_of(some)
    assert canonical_nquads(quads_of(items)) == canonical_nquads(some)
    lines = [line for each in items.values() for line in each]
    assert len(lines) == len(set(lines))


@settings(deadline=None)
@given(datasets)
def test_items_do_not_depend_on_the_labels_of_blank_nodes(some: list[Quad]) -> None:
    def rename(node: object) -> object:
        return BlankNode(f"x{node.value}") if isinstance(node, BlankNode) else node

    renamed = [Quad(rename(q.subject), q.predicate, rename(q.object), q.graph_name) for q in reversed(some)]  # type: ignore[arg-type]
    assert items_of(renamed) == items_of(some)


@settings(max_examples=50, deadline=None)
@given(st.lists(datasets, min_size=1, max_size=4))
def test_a_reader_of_the_stream_ends_with_the_dataset(
    tmp_path_factory: pytest.TempPathFactory, versions: list[list[Quad]]
) -> None:
    folder = tmp_path_factory.mktemp("releases")
    published = 0
    for number, some in enumerate(versions, 1):
        version = data_version(Dataset(some), BASE, "0.1.0")
        published += write_release(folder / "ledger", some, version, published=day(number), note="Why.") is not None
        assert canonical_nquads(quads_of(replay(folder / "ledger", published))) == canonical_nquads(some)
    history = read_history(folder / "ledger")
    assert len(history.releases) == published
    # One blank node that two items lead to is told with one of them: a reader of single items needs both.
    if not any(isinstance(node, BlankNode) for some in versions for quad in some for node in (quad.subject, quad.object)):
        assert newest(history) == canonical_nquads(versions[-1])


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    release(tmp_path / "home", tmp_path / "ledger", FIRST, SECOND, THIRD)
    return tmp_path / "ledger"


def test_a_release_says_what_changed_and_why(ledger: Path) -> None:
    first, second, third = read_records(ledger)
    assert first.counts == {"added": first.items, "changed": 0, "removed": 0}
    assert second.counts == {"added": 0, "changed": 1, "removed": 1}
    assert third.counts == {"added": 1, "changed": 0, "removed": 0}
    changed, removed = read_changes(ledger, 2)
    assert (changed.item, changed.change, len(changed.came), len(changed.gone)) == (A, "changed", 1, 1)
    assert (removed.item, removed.change, removed.came) == (B, "removed", ())
    assert third.version.endswith(third.sha256[:12])


def test_the_dataset_of_each_release_follows_from_the_ledger(ledger: Path) -> None:
    for number, text in enumerate((FIRST, SECOND, THIRD), 1):
        assert canonical_nquads(quads_of(replay(ledger, number))) == canonical_nquads(quads(text))
    assert newest(read_history(ledger)) == canonical_nquads(quads(THIRD))


def test_blank_nodes_to_which_nothing_leads_belong_to_their_graph() -> None:
    owner = items_of(quads(FIRST))[f"{BASE}graph/ontology"]
    assert any("AllDisjointClasses" in line for line in owner)


def test_publishing_the_same_again_adds_nothing(ledger: Path, tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in ledger.rglob("*") if file.is_file()}
    again = write_version(tmp_path / "home", quads(THIRD))
    assert publish_release(ledger, again, published=day(9)) is None
    assert {file: file.read_bytes() for file in ledger.rglob("*") if file.is_file()} == before


def test_a_change_of_the_description_alone_is_a_release_of_the_same_version(ledger: Path, tmp_path: Path) -> None:
    """The version leaves the graph of metadata out; the stream does not."""
    described = write_version(tmp_path / "other", quads(THIRD.replace("void:triples 11", "void:triples 12")))
    record = publish_release(ledger, described, published=day(9), note="Counted anew.")
    assert record is not None
    assert record.version == read_records(ledger)[2].version
    assert record.counts == {"added": 0, "changed": 1, "removed": 0}


def test_the_same_history_in_the_same_bytes_from_a_copy(ledger: Path, tmp_path: Path) -> None:
    shutil.copytree(ledger, tmp_path / "clone")
    assert read_history(tmp_path / "clone") == read_history(ledger)


def test_who_left_is_told_until_it_is_back(ledger: Path) -> None:
    assert read_history(ledger).departures == {}
    shutil.rmtree(ledger / "0003")
    departure = read_history(ledger).departures[B]
    assert (departure.title, departure.reason, departure.published) == ("To be left out", "Reason 2.", day(2))


def test_an_item_has_its_own_reason(tmp_path: Path) -> None:
    release(tmp_path / "home", tmp_path / "ledger", FIRST)
    second = write_version(tmp_path / "home", quads(SECOND))
    publish_release(
        tmp_path / "ledger", second, published=day(2), note="Two things.", reasons={"practice/b": "Ended.", A: "Title mended."}
    )
    events = read_history(tmp_path / "ledger").releases[1].events
    assert {event.item: event.reason for event in events} == {A: "Title mended.", B: "Ended."}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"note": " "}, "--note: says nothing"),
        ({"note": "Why.", "published": day(3)}, "--date: is 2026-01-04"),
        ({"note": "Why.", "reasons": {"practice/zzz": "?"}}, "practice/zzz"),
    ],
)
def test_what_cannot_be_published_changes_nothing(ledger: Path, tmp_path: Path, more: dict[str, object], told: str) -> None:
    snapshot = write_version(tmp_path / "home", quads(FIRST))
    with pytest.raises(ReleaseError, match=told):
        publish_release(ledger, snapshot, **{"published": day(9), **more})  # type: ignore[arg-type]
    assert sorted(path.name for path in ledger.iterdir()) == ["0001", "0002", "0003"]


def test_a_snapshot_that_is_not_its_version_is_refused(tmp_path: Path) -> None:
    snapshot = write_version(tmp_path / "home", quads(FIRST))
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    (snapshot / "manifest.json").write_text(json.dumps(manifest | {"version": "0.1.0+000000000000"}), encoding="utf-8")
    with pytest.raises(ReleaseError, match="does not fit"):
        publish_release(tmp_path / "ledger", snapshot, published=day(1), note="Why.")
    (snapshot / "dataset.nq").write_bytes(b"")
    with pytest.raises(SnapshotError):
        list(read_public(snapshot))


@pytest.mark.parametrize("spoil", ["missing", "cut off", "not json", "out of step", "no record"])
def test_a_spoilt_ledger_is_refused_by_writer_and_reader(ledger: Path, tmp_path: Path, spoil: str) -> None:
    if spoil == "missing":
        shutil.rmtree(ledger / "0002")
    elif spoil == "no record":
        (ledger / "0002" / RECORD).unlink()
    elif spoil == "out of step":
        shutil.copy(ledger / "0001" / CHANGES, ledger / "0002" / CHANGES)
    else:
        content = (ledger / "0002" / CHANGES).read_bytes()
        (ledger / "0002" / CHANGES).write_bytes(content[:-9] if spoil == "cut off" else gzip.compress(b"{]"))
    with pytest.raises(ReleaseError):
        publish_release(ledger, write_version(tmp_path / "home", quads(FIRST)), published=day(9), note="Why.")
    with pytest.raises(LedgerUnusable):
        read_history(ledger)


def test_a_version_is_withdrawn_once_with_its_reason(ledger: Path) -> None:
    version = read_records(ledger)[0].version
    changes = (ledger / "0001" / CHANGES).read_bytes()
    withdraw_release(ledger, version, reason="A passage was attributed wrongly.", on=day(5))
    withdraw_release(ledger, version, reason="Another reason.", on=day(6))
    told = read_records(ledger)[0].withdrawn
    assert told is not None
    assert (told.reason, told.on) == ("A passage was attributed wrongly.", day(5))
    assert (ledger / "0001" / CHANGES).read_bytes() == changes
    with pytest.raises(ReleaseError, match="holds no version"):
        withdraw_release(ledger, "0.0.9+000000000000", reason="Why.", on=day(5))


def test_the_ledger_follows_a_moved_base(tmp_path: Path) -> None:
    base = "https://data.example.org/graph-of-policy/"
    release(tmp_path / "home", tmp_path / "ledger", FIRST)
    moved = write_version(tmp_path / "moved", quads(SECOND), base)
    assert publish_release(tmp_path / "ledger", moved, published=day(2), note="Why.") is not None
    told = page_quads(read_history(tmp_path / "ledger").releases[0], 1, StreamAddresses("http://127.0.0.1:8000", base))
    assert not any(BASE in str(quad) for quad in told)
    assert any(f"{base}id/practice/a" in str(quad.object) for quad in told)


def test_the_command_publishes_and_withdraws(tmp_path: Path) -> None:
    place = {"IPG_ROOT": tmp_path, "IPG_HOME": tmp_path / "home"}
    first, second = (write_version(tmp_path / "home", quads(text)) for text in (FIRST, SECOND))
    version = json.loads((first / "manifest.json").read_text(encoding="utf-8"))["version"]
    result = run_ipg("publish", "--snapshot", version, "--note", "First.", "--date", "2026-02-03", **place)
    assert result.returncode == 0, result.stderr
    assert "Release 1" in result.stdout
    assert run_ipg("publish", "--snapshot", version, **place).stdout == "Nothing changed since the last release.\n"
    result = run_ipg("publish", "--note", "Second.", "--reason", "practice/b=It ended.", **place)
    assert result.returncode == 0, result.stderr
    records = read_records(tmp_path / "data" / "releases")
    assert records[0].published == datetime(2026, 2, 3, tzinfo=UTC)
    assert records[1].published <= datetime.now(UTC)
    assert second.name.startswith(records[1].version)
    result = run_ipg("publish", "--withdraw", version, "--note", "It was wrong.", **place)
    assert result.returncode == 0, result.stderr
    refused = run_ipg("publish", "--note", "x", "--to", "http://127.0.0.1:1/", **place)
    assert refused.returncode == 2
    assert run_ipg("publish", "--snapshot", version, "--note", "", **place).returncode == 1


def test_a_release_does_not_make_a_build_stale(root: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    options = BuildOptions(root=tmp_path, home=tmp_path / "home")
    before = fingerprint(options)
    release(tmp_path / "home", tmp_path / "data" / "releases", FIRST)
    assert fingerprint(options) == before


@pytest.mark.parametrize("base", [BASE, "https://data.example.org/policy/"])
def test_a_version_is_made_again_from_the_ledger_alone(tmp_path: Path, base: str) -> None:
    ledger = tmp_path / "data" / "releases"
    versions = release(tmp_path / "home", ledger, FIRST, SECOND)
    built = find_snapshot(tmp_path / "home", versions[0])
    place: dict[str, str | Path] = {"IPG_ROOT": tmp_path, "IPG_HOME": tmp_path / "clone", "IPG_BASE_IRI": base}
    result = run_ipg("publish", "--restore", versions[0], **place)
    assert result.returncode == 0, result.stderr
    again = find_snapshot(tmp_path / "clone", versions[0])
    assert current_snapshot(tmp_path / "clone") is None, "it is not put in service"
    assert canonical_nquads(read_public(again)) == canonical_nquads(read_public(built))
    if base == BASE:
        for name in ("dataset.nq", "shapes.nt", "context.jsonld"):
            assert (again / name).read_bytes() == (built / name).read_bytes()
    withdraw_release(ledger, versions[0], reason="It was wrong.", on=day(5))
    for version, told in ((versions[0], "It was wrong."), ("0.1.0+aaaaaaaaaaaa", "never published")):
        refused = run_ipg("publish", "--restore", version, **place)
        assert refused.returncode == 1
        assert told in refused.stderr


def test_the_committed_ledger_fits_together(root: Path) -> None:
    """Whatever is published: each release follows on the one before, and gives the dataset whose hash its version holds."""
    folder = root / "data" / "releases"
    history = read_history(folder)
    for record in read_records(folder):
        items = replay(folder, record.number)
        hashed = [quad for quad in quads_of(items) if quad.graph_name != NamedNode(f"{BASE}graph/metadata")]
        assert record.version.endswith(hash_of(hashed)[:12])
        assert len(items) == record.items
    assert len(history.releases) == len(read_records(folder))


def hash_of(some: list[Quad]) -> str:
    return hashlib.sha256(canonical_nquads(some)).hexdigest()
