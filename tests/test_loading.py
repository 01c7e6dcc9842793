"""Any RDF served by the same service: what is loaded, what is refused, and what nobody but this machine may do."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pyoxigraph import Store

from query_service.errors import SnapshotUnusable
from query_service.loading import load_data
from query_service.snapshot import read_snapshot
from tests.checkout import run_ipg
from tests.served import running, serving

TURTLE = "<http://e.example/a> <http://e.example/p> 1 .\n"
NQUADS = """<http://e.example/a> <http://e.example/p> "1" .
<http://e.example/a> <http://e.example/p> "2" <http://e.example/graph#one> .
<http://e.example/a> <http://e.example/p> "3" <http://e.example/graph#two> .
"""
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/">\n'
FILES = {
    "a.ttl": TURTLE,
    "a.nt": TURTLE.replace(" 1 ", ' "1" '),
    "a.nq": NQUADS,
    "a.trig": f"<http://e.example/g> {{ {TURTLE} }}",
    "a.rdf": f'{RDF}<rdf:Description rdf:about="http://e.example/a"><e:p>1</e:p></rdf:Description></rdf:RDF>',
    "a.owl": f'<!DOCTYPE r [<!ENTITY e "http://e.example/">]>{RDF}<rdf:Description rdf:about="&e;a" e:p="1"/></rdf:RDF>',
    "a.jsonld": '{"@id": "http://e.example/a", "http://e.example/p": 1}',
    "a.n3": TURTLE,
}


def load(folder: Path, *paths: Path) -> Store:
    return Store.read_only(str(read_snapshot(load_data(paths, folder / "snapshot")).store))


def write(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_each_format_is_loaded(name: str, tmp_path: Path) -> None:
    store = load(tmp_path, write(tmp_path, name, FILES[name]))
    assert {quad.subject.value for quad in store} == {"http://e.example/a"}


def test_suffixes_are_read_in_any_case(tmp_path: Path) -> None:
    assert len(load(tmp_path, write(tmp_path, "A.TTL", TURTLE))) == 1


def test_graphs_keep_their_names(tmp_path: Path) -> None:
    snapshot = read_snapshot(load_data([write(tmp_path, "a.nq", NQUADS)], tmp_path / "snapshot"))
    assert snapshot.manifest.default_graph.triples == 1
    assert {name: graph.triples for name, graph in snapshot.manifest.graphs.items()} == {
        "http://e.example/graph#one": 1,
        "http://e.example/graph#two": 1,
    }


def test_all_files_of_a_folder_are_loaded_and_others_left(tmp_path: Path) -> None:
    write(tmp_path, "data/a.ttl", TURTLE)
    write(tmp_path, "data/below/b.nt", FILES["a.nt"].replace("/a>", "/b>"))
    write(tmp_path, "data/readme.txt", "no RDF")
    more = write(tmp_path, "c.ttl", TURTLE.replace("/a>", "/c>"))
    assert {quad.subject.value[-1] for quad in load(tmp_path, tmp_path / "data", more)} == {"a", "b", "c"}


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    files = [write(tmp_path, name, f"_:x <http://e.example/{name}> 1 .") for name in ("a.ttl", "b.ttl")]
    assert len({quad.subject for quad in load(tmp_path, *files)}) == 2


def test_the_version_is_that_of_the_content(tmp_path: Path) -> None:
    one, same, other = (write(tmp_path, f"{name}.ttl", text) for name, text in (("a", TURTLE), ("b", TURTLE), ("c", "")))
    versions = [read_snapshot(load_data([file], tmp_path / file.stem)).version for file in (one, same, other)]
    assert versions[0] == versions[1] != versions[2]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttl", f"{TURTLE}<http://e.example/a> <urn:p> .\n", ", line 2: is not valid RDF"),
        ("a.nq", f"{NQUADS}<http://e.example/a> <b> .\n", ", line 4: is not valid RDF"),
        ("a.trig", f"<urn:g> {{\n{TURTLE}", "is not valid RDF"),
        ("a.ttl", TURTLE.encode("utf-16"), ", line 1: is not valid RDF"),
        ("a.rdf", f"{RDF}<rdf:Description>\n</e:p></rdf:RDF>", ", line 3: is not valid RDF"),
        ("a.rdf", RDF, ", line 2: is not valid RDF"),
        ("a.rdf", f'{RDF}<rdf:Description rdf:about="http://a b"/></rdf:RDF>', "a.rdf: is not valid RDF"),
        ("a.jsonld", '{"@id":\n "urn:a",', ", line 2: is not valid RDF"),
        ("a.jsonld", '{"@context": "http://c.example/"}', "its JSON-LD context is elsewhere"),
        ("a.csv", "a,b", "its name does not tell its format"),
        ("a", TURTLE, "its name does not tell its format"),
    ],
)
def test_a_bad_file_is_named_with_its_line(name: str, content: str | bytes, said: str, tmp_path: Path) -> None:
    file = write(tmp_path, name, content)
    with pytest.raises(SnapshotUnusable) as caught:
        load_data([file], tmp_path / "snapshot")
    assert str(file) in str(caught.value)
    assert said in str(caught.value)


def test_a_folder_without_rdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotUnusable, match="holds no RDF"):
        load_data([tmp_path], tmp_path / "snapshot")


def test_the_command_says_what_is_wrong_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    for argument, said in (
        (write(tmp_path, "bad.ttl", f"{TURTLE}oops\n"), "bad.ttl, line 2: is not valid RDF"),
        (tmp_path / "none.ttl", "there is no file"),
        (tmp_path / "here", "holds no RDF"),
    ):
        result = run_ipg("serve", "--data", argument, TMPDIR=tmp_path / "here")
        assert result.returncode == 1
        assert said in result.stderr
        assert "Traceback" not in result.stderr
        assert not list((tmp_path / "here").iterdir())


def test_other_peoples_graphs_are_served(tmp_path: Path) -> None:
    write(tmp_path, "data/a.nq", NQUADS)
    (tmp_path / "scratch").mkdir()
    with serving("--data", tmp_path / "data", TMPDIR=tmp_path / "scratch") as address:
        query = "SELECT ?g ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?o"
        answer = httpx.get(f"{address}/sparql", params={"query": query}, headers={"Accept": "text/csv"})
        assert answer.text.split() == ["g,o", ",1", "http://e.example/graph#one,2", "http://e.example/graph#two,3"]
        assert answer.headers["IPG-Dataset-Version"].startswith("0.0.0+")
        assert httpx.put(f"{address}/store?default", content=TURTLE).status_code == 405
        named = httpx.get(f"{address}/store", params={"graph": "http://e.example/graph#one", "format": "nt"})
        assert named.text == '<http://e.example/a> <http://e.example/p> "2" .\n'
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.parametrize("settings", [{"IPG_HOST": "0.0.0.0"}, {"IPG_PUBLIC_URL": "https://data.example"}])  # noqa: S104
def test_graphs_are_written_on_this_machine_alone(settings: dict[str, str], tmp_path: Path) -> None:
    result = run_ipg("serve", "--test-mode", IPG_PORT="0", TMPDIR=tmp_path, **settings)
    assert result.returncode == 1
    assert "graphs can be written on the own machine alone" in result.stderr
    assert "IPG_HOST and IPG_PUBLIC_URL" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.symlink_to("/proc/self/mem")  # who may read everything cannot read this
    with pytest.raises(SnapshotUnusable, match=r"a\.ttl: cannot be read"):
        load_data([file], tmp_path / "snapshot")


def test_a_snapshot_without_a_description_of_its_own_is_described(tmp_path: Path) -> None:
    snapshot = load_data([write(tmp_path, "a.nq", NQUADS)], tmp_path / "snapshot")
    with running(snapshot) as client:
        answer = client.get("/sparql", headers={"Accept": "text/turtle"})
        assert answer.status_code == 200
        assert "<http://e.example/graph#one>" in answer.text
        assert "UnionDefaultGraph" not in answer.text
