"""Dumps: every file is opened and read back, says what the snapshot says, and is the same bytes each time."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from openpyxl import load_workbook
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from etl.identifiers import BASE
from etl.namespaces import PREFIXES
from query_service.dumps.columns import TABLES
from query_service.dumps.export import CHECKSUMS, INDEX, cached_dumps
from query_service.dumps.rdf import GRAPH_FORMATS
from query_service.dumps.tables import SEPARATOR, table_files
from query_service.errors import SnapshotUnusable
from query_service.item_facts import ItemFacts
from query_service.snapshot import read_snapshot
from tests.checkout import run_ipg
from tests.served import write_snapshot

PRIVATE = {f"{BASE}graph/text", f"{BASE}graph/suggested"}
TABLE_NAMES = [table.name for table in TABLES]


@pytest.fixture(scope="module")
def folder(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All dumps, as the command line writes them."""
    target = tmp_path_factory.mktemp("export") / "dumps"
    result = run_ipg("export", "--output", target, IPG_HOME=home)
    assert result.returncode == 0, result.stderr
    return target


@pytest.fixture(scope="module")
def index(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def version(home: Path) -> str:
    return read_snapshot(home / "current").version


@pytest.fixture(scope="module")
def quads(home: Path) -> set[Quad]:
    return set(parse((home / "current" / "dataset.nq").read_bytes(), format=RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def store(home: Path) -> Store:
    return Store.read_only(str(home / "current" / "store"))


def content_of(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def ask(store: Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query("".join(f"PREFIX {p}: <{n}>\n" for p, n in PREFIXES.items()) + query)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(row[v].value if row[v] is not None else "" for v in solutions.variables) for row in solutions]


def triples(quads: Iterator[Quad] | set[Quad]) -> set[Triple]:
    return {quad.triple for quad in quads}


# --- All files --------------------------------------------------------------------------------------------------------


def test_checksums_and_index_name_every_file(folder: Path, index: dict[str, Any], version: str) -> None:
    sums = dict(line.split("  ")[::-1] for line in (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines())
    there = {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in {CHECKSUMS, INDEX}}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in there.items()}
    assert {entry["name"]: (entry["sha256"], entry["bytes"]) for entry in index["files"]} == {
        name: (sums[name], len(content)) for name, content in there.items()
    }
    assert index["version"] == version
    assert all(name.startswith(f"integration-policy-graph-{version}") for name in there)
    assert {entry["name"] for entry in index["files"] if entry["compressed"]} == {n for n in there if n.endswith(".gz")}


def test_writing_again_gives_the_same_bytes(home: Path, folder: Path, tmp_path: Path) -> None:
    again = run_ipg("export", "--output", tmp_path / "again", IPG_HOME=home, PYTHONHASHSEED="7", TZ="Asia/Tokyo")
    assert again.returncode == 0, again.stderr
    first, second = ({p.name: p.read_bytes() for p in place.iterdir()} for place in (folder, tmp_path / "again"))
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_nothing_says_when_or_by_whom_it_was_packed(folder: Path) -> None:
    for path in folder.glob("*.gz"):
        # RFC 1952, 2.3.1: no name (flags), no time.
        assert path.read_bytes()[3:8] == bytes(5), path.name
    [workbook] = folder.glob("*.xlsx")
    with zipfile.ZipFile(workbook) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.sources
def test_no_private_triple_is_in_any_file(folder: Path, home: Path, quads: set[Quad]) -> None:
    private = set(parse((home / "current" / "private.nq").read_bytes(), format=RdfFormat.N_QUADS))
    hidden = triples(private) - triples(quads)
    exact = NamedNode(f"{PREFIXES['oa']}exact")
    # A long title is a fact that is published, and a passage too.
    published = "\n".join(quad.object.value for quad in quads if isinstance(quad.object, Literal))
    wordings = [quad.object.value for quad in private if quad.predicate == exact and isinstance(quad.object, Literal)]
    wordings = [wording for wording in wordings if len(wording) > 150 and wording not in published]
    assert hidden
    assert wordings
    for path in folder.iterdir():
        syntax = GRAPH_FORMATS.get(path.name.removesuffix(".gz").rpartition(".")[2])
        if syntax and "context" not in path.name:
            found = list(parse(content_of(path), format=syntax))
            assert not hidden & triples(set(found)), path.name
            assert PRIVATE.isdisjoint(str(quad.graph_name)[1:-1] for quad in found), path.name
        elif path.suffix in {".csv", ".tsv", ".graphml"}:
            text = path.read_text(encoding="utf-8")
            assert [wording for wording in wordings if wording in text] == [], path.name


def test_names_that_are_taken_or_wrong_are_refused(home: Path, folder: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    taken = run_ipg("export", "--output", folder, IPG_HOME=home)
    assert taken.returncode == 1
    assert str(folder) in taken.stderr
    assert "Traceback" not in taken.stderr
    assert sorted(path.name for path in folder.iterdir()) == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert run_ipg("export", "--only", "rdf", IPG_HOME=home).returncode == 2
    assert run_ipg("export", "--output", tmp_path / "x", "--only", "pdf", IPG_HOME=home).returncode == 2


def test_some_families_alone(home: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "some").mkdir()
    result = run_ipg("export", "--output", tmp_path / "some", "--only", "sssom", "--only", "networks", IPG_HOME=home)
    assert result.returncode == 0, result.stderr
    names = {path.name for path in (tmp_path / "some").iterdir()} - {CHECKSUMS, INDEX}
    assert {name.split("+")[1][12:] for name in names} == {".graphml", ".gexf", ".sssom.tsv"}
    assert all((folder / name).read_bytes() == (tmp_path / "some" / name).read_bytes() for name in names)


def test_dumps_are_kept_beside_the_snapshot(home: Path, folder: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(home, tmp_path / "home", symlinks=True))
    snapshot = read_snapshot(place / "current")
    kept = cached_dumps(snapshot)
    assert kept.parent == snapshot.folder
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {p.name: p.read_bytes() for p in folder.iterdir()}
    stamp = (kept / CHECKSUMS).stat().st_mtime_ns
    assert cached_dumps(snapshot) == kept
    assert (kept / CHECKSUMS).stat().st_mtime_ns == stamp
    assert [path.name for path in snapshot.folder.glob(".*")] == []


def test_a_snapshot_that_is_not_whole_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(home, tmp_path / "home", symlinks=True))
    (place / "current" / "shapes.nt").unlink()
    result = run_ipg("export", "--output", tmp_path / "out", IPG_HOME=place)
    assert result.returncode == 1
    assert "shapes.nt" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


# --- RDF --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", GRAPH_FORMATS)
def test_the_dataset_is_whole_in_every_format(key: str, folder: Path, version: str, quads: set[Quad]) -> None:
    path = folder / f"integration-policy-graph-{version}.{key}.gz"
    found = set(parse(content_of(path), format=GRAPH_FORMATS[key]))
    if GRAPH_FORMATS[key].supports_datasets:
        assert found == quads
    else:
        assert triples(found) == triples(quads)


@pytest.mark.parametrize("key", GRAPH_FORMATS)
def test_each_graph_is_whole_in_every_format(key: str, folder: Path, index: dict[str, Any], quads: set[Quad]) -> None:
    entries = [entry for entry in index["files"] if entry["graph"] and entry["name"].endswith(f".{key}.gz")]
    for entry in entries:
        graph = NamedNode(f"{BASE}graph/{entry['graph']}")
        expected = {quad for quad in quads if quad.graph_name == graph}
        found = set(parse(content_of(folder / entry["name"]), format=GRAPH_FORMATS[key]))
        assert expected
        assert (found == expected) if GRAPH_FORMATS[key].supports_datasets else (triples(found) == triples(expected))
    named = {str(quad.graph_name)[1:-1].removeprefix(f"{BASE}graph/") for quad in quads}
    assert {entry["graph"] for entry in entries} == named


@pytest.mark.parametrize("key", GRAPH_FORMATS)
def test_the_shapes_are_whole_in_every_format(key: str, folder: Path, version: str, root: Path) -> None:
    dumped = rdflib.Graph()
    found = parse(content_of(folder / f"integration-policy-graph-{version}-shapes.{key}.gz"), format=GRAPH_FORMATS[key])
    lines = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in found)
    dumped.parse(data=lines, format="nt")
    shapes = rdflib.Graph()
    for file in sorted((root / "shapes").glob("*.ttl")):
        shapes.parse(file)
    assert len(dumped) == len(shapes)
    assert {s for s in dumped.subjects() if isinstance(s, rdflib.URIRef)} == {
        s for s in shapes.subjects() if isinstance(s, rdflib.URIRef)
    }


@pytest.mark.parametrize(("key", "name"), [("ttl", "turtle"), ("rdf", "xml"), ("nt", "nt")])
def test_another_reader_finds_the_same(key: str, name: str, folder: Path, version: str) -> None:
    stem = f"integration-policy-graph-{version}-graph-source-ewsi-2008"
    graph = rdflib.Graph().parse(data=content_of(folder / f"{stem}.{key}.gz"), format=name)
    assert len(graph) == len(list(parse(content_of(folder / f"{stem}.nq.gz"), format=RdfFormat.N_QUADS)))


def test_the_context_is_that_of_the_ontology(folder: Path, version: str, root: Path) -> None:
    dumped = json.loads((folder / f"integration-policy-graph-{version}-context.jsonld").read_bytes())
    assert dumped == json.loads((root / "ontology" / "context.jsonld").read_bytes())


# --- Tables -----------------------------------------------------------------------------------------------------------


def read_table(folder: Path, version: str, name: str) -> tuple[list[dict[str, str]], dict[str, Any]]:
    path = folder / f"integration-policy-graph-{version}-{name}.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    about: dict[str, Any] = json.loads(path.with_name(f"{path.name}-metadata.json").read_text(encoding="utf-8"))
    assert about["url"] == path.name
    return rows, about


_FORMS = {
    "string": r".*",
    "anyURI": r"https?://\S+",
    "integer": r"-?\d+",
    "decimal": r"-?\d+(\.\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-\d\d-\d\d",
}


@pytest.mark.parametrize("name", [*TABLE_NAMES, *(f"{name}-raw" for name in TABLE_NAMES)])
def test_rows_are_what_the_metadata_says(name: str, folder: Path, version: str) -> None:
    rows, about = read_table(folder, version, name)
    columns = about["tableSchema"]["columns"]
    assert list(rows[0]) == [column["name"] for column in columns] == [column["titles"] for column in columns]
    assert len({column["name"] for column in columns}) == len(columns)
    assert all(re.fullmatch(r"[a-z][a-z_]*", column["name"]) for column in columns)
    assert all({label["@language"] for label in column["rdfs:label"]} == {"en", "fr", "de"} for column in columns)
    assert all(column["dc:description"] for column in columns)
    key = about["tableSchema"]["primaryKey"]
    assert len({row[key] for row in rows}) == len(rows)
    assert about["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert about["schema:version"] == version
    for row in rows:
        for column in columns:
            cell = row[column["name"]]
            values = cell.split(column["separator"]) if "separator" in column and cell else [cell] if cell else []
            assert values or not column.get("required"), f"{row[key]}: {column['name']}"
            for value in values:
                assert re.fullmatch(_FORMS[column["datatype"]], value, re.DOTALL), f"{row[key]}: {column['name']}: {value!r}"


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_tables_have_every_member_and_no_column_without_a_value(name: str, folder: Path, version: str, store: Store) -> None:
    [table] = [table for table in TABLES if table.name == name]
    rows, _ = read_table(folder, version, name)
    assert [row[table.key] for row in rows] == sorted(iri for (iri,) in ask(store, f"SELECT ?i WHERE {{ ?i a {table.of} }}"))
    translated = re.compile(r"(title|summary|rationale|decision_reason|differs)_(fr|de)$")
    assert [column for column in rows[0] if not any(row[column] for row in rows) and not translated.search(column)] == []


def test_items_in_tables_stand_beside_their_labels(folder: Path, version: str, store: Store) -> None:
    rows, about = read_table(folder, version, "practices")
    names = {column["name"] for column in about["tableSchema"]["columns"]}
    for row in rows:
        for name in names:
            if f"{name}_fr" in names:
                counts = {row[f"{name}{ending}"].count(SEPARATOR) for ending in ("", "_en", "_fr", "_de")}
                assert len(counts) == 1, f"{row['practice']}: {name}"
    countries = {
        (row["practice"], iri, label)
        for row in rows
        for iri, label in zip(row["countries"].split(SEPARATOR), row["countries_de"].split(SEPARATOR), strict=True)
        if iri
    }
    asked = ask(
        store, 'SELECT ?p ?c ?l WHERE { ?p a ipg:Practice ; ipg:country ?c . ?c skos:prefLabel ?l FILTER(LANG(?l) = "de") }'
    )
    assert countries == set(asked)


def test_links_and_coverage_say_what_the_graph_says(folder: Path, version: str, store: Store) -> None:
    links, _ = read_table(folder, version, "links")
    asked = ask(
        store,
        """SELECT ?l ?s ?p ?o ?b WHERE { ?l a ipg:Link ; owl:annotatedSource ?s ; owl:annotatedProperty ?p ;
            owl:annotatedTarget ?o ; ipg:basis ?b }""",
    )
    assert {(row["link"], row["source"], row["property"], row["target"], row["basis"]) for row in links} == set(asked)
    assert all(row["rationale_en"] for row in links)
    cells, _ = read_table(folder, version, "coverage")
    asked = ask(store, "SELECT ?c ?f ?r WHERE { ?c a ipg:CoverageCell ; ipg:practicesFound ?f ; ipg:practicesReviewed ?r }")
    assert {(row["cell"], row["found"], row["reviewed"]) for row in cells} == set(asked)
    actors, _ = read_table(folder, version, "actors")
    led = {(practice, row["actor"]) for row in actors for practice in row["leads"].split(SEPARATOR) if practice}
    assert led == set(ask(store, "SELECT ?p ?a WHERE { ?p ipg:leadActor ?a . ?p a ?c . ?a a ipg:Actor }"))


def test_the_workbook_has_the_same_rows(folder: Path, version: str) -> None:
    book = load_workbook(folder / f"integration-policy-graph-{version}-tables.xlsx", read_only=True)
    assert book.sheetnames == ["Notes", *(table.titles[0] for table in TABLES), "Columns"]
    notes = {row[0]: row[1] for row in book["Notes"].iter_rows(values_only=True)}
    assert notes["Dataset version"] == version
    assert notes["Licence"] == "https://creativecommons.org/licenses/by/4.0/"
    for table in TABLES:
        rows, _ = read_table(folder, version, table.name)
        lines = list(book[table.titles[0]].iter_rows(values_only=True))
        assert list(lines[0]) == list(rows[0])
        written = [["" if cell is None else str(cell) for cell in line] for line in lines[1:]]
        assert len(written) == len(rows)
        assert [len(cell) for line in written for cell in line if len(cell) >= 32767] == []
        number = re.compile(r"-?\d+(\.\d+)?")
        for line, row in zip(written, rows, strict=True):
            for cell, value in zip(line, row.values(), strict=True):
                assert cell == value or (number.fullmatch(cell) and float(cell) == float(value))


DECLARED = "".join(f'<x/{p}> sh:prefix "{p}" ; sh:namespace "{n}" .\n' for p, n in PREFIXES.items())
ODD = f"""
{"".join(f"PREFIX {p}: <{n}>" for p, n in PREFIXES.items())}
BASE <{BASE}>
<graph/ontology> {{ {DECLARED} }}
<graph/metadata> {{ <id/dataset/x> a dcat:Dataset ; skos:prefLabel "X"@en ; dcterms:license <https://example.org/l> ;
  dcterms:provenance "By hand."@en . }}
<graph/curated> {{
  <id/practice/a> a ipg:Practice ; skos:prefLabel "=HYPERLINK(A1)"@en ; skos:altLabel "one | two"@en , "-3"@en ;
    ipg:startYear 2008 ; ipg:country <id/place/est> , <id/place/fra> .
  <id/place/est> skos:prefLabel "@Estonia"@en , "Estland"@de .
}}
"""


def test_cells_that_would_run_are_safe_for_people_and_as_they_are_for_programs(tmp_path: Path) -> None:
    snapshot = read_snapshot(write_snapshot(tmp_path / "snapshot", ODD))
    files = {file.name.partition("-practices")[2]: file for file in table_files(snapshot, ItemFacts(snapshot))}
    [safe], [raw] = (list(csv.DictReader(io.StringIO(files[name].content.decode(), newline=""))) for name in (".csv", "-raw.csv"))
    assert (safe["title_en"], raw["title_en"]) == ("'=HYPERLINK(A1)", "=HYPERLINK(A1)")
    assert raw["title_fr"] == ""
    # What looks like two values is one.
    assert (safe["other_titles"], raw["other_titles"]) == ("'-3 | one / two", "-3 | one / two")
    # An item without a label in a language has its English one; one without any label has its name.
    assert raw["countries_de"] == "Estland | id:place/fra"
    assert (safe["countries_fr"], raw["countries_fr"]) == ("'@Estonia | id:place/fra", "@Estonia | id:place/fra")
    [book] = [file for file in table_files(snapshot, ItemFacts(snapshot)) if file.name.endswith(".xlsx")]
    sheet = load_workbook(io.BytesIO(book.content))["Practices"]
    assert [cell.data_type for cell in sheet[2][:2]] == ["s", "s"]
    assert sheet[2][1].value == "'=HYPERLINK(A1)"


def test_a_snapshot_that_does_not_describe_itself_has_no_tables(tmp_path: Path) -> None:
    with pytest.raises(SnapshotUnusable, match="prefix 'dcat'"):
        assert ItemFacts(read_snapshot(write_snapshot(tmp_path / "small"))).dataset
    odd = read_snapshot(write_snapshot(tmp_path / "odd", ODD.replace("dcat:Dataset", "dcat:Resource")))
    with pytest.raises(SnapshotUnusable, match="does not describe"):
        assert ItemFacts(odd).dataset


# --- Networks and SSSOM -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_networks_hold_every_link_with_its_reasons(ending: str, folder: Path, version: str, store: Store) -> None:
    path = folder / f"integration-policy-graph-{version}.{ending}"
    network = nx.read_graphml(path) if ending == "graphml" else nx.read_gexf(path)
    assert network.is_directed()
    assert network.is_multigraph()
    recorded = {
        (data["link"], source, data["property"], target, data.get("strength", ""), data["basis"], float(data["confidence"]))
        for source, target, data in network.edges(data=True)
        if "link" in data
    }
    ipg = PREFIXES["ipg"]
    asked = ask(
        store,
        """SELECT ?l ?s ?p ?o ?strength ?basis ?confidence WHERE { ?l a ipg:Link ; owl:annotatedSource ?s ;
            owl:annotatedProperty ?p ; owl:annotatedTarget ?o ; ipg:basis ?basis ; sssom:confidence ?confidence
            OPTIONAL { ?l ipg:strength ?strength } }""",
    )
    short = {(row[0], row[1], _short(row[2]), row[3], _short(row[4]), _short(row[5]), float(row[6])) for row in asked}
    assert recorded == short
    assert ipg not in {data["property"] for _, _, data in network.edges(data=True)}
    [(leads,)] = ask(store, "SELECT (COUNT(*) AS ?n) WHERE { ?p a ipg:Practice ; ipg:leadActor ?a }")
    assert sum(data["property"] == "ipg:leadActor" for _, _, data in network.edges(data=True)) == int(leads)
    assert all(data["label"] and data["label_fr"] and data["type"] for _, data in network.nodes(data=True))
    assert network.nodes[f"{BASE}id/principle/cbp-9"]["type"] == "principle"
    assert network.number_of_edges() == len({(s, t, key) for s, t, key in network.edges(keys=True)})


def _short(iri: str) -> str:
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in PREFIXES.items() if iri.startswith(space)), iri)


def read_mappings(folder: Path, version: str) -> list[dict[str, str]]:
    lines = (folder / f"integration-policy-graph-{version}.sssom.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def test_mappings_are_the_links(folder: Path, version: str, store: Store) -> None:
    rows = read_mappings(folder, version)
    asked = ask(
        store,
        """SELECT ?l ?s ?p ?o ?j WHERE { ?l a ipg:Link ; owl:annotatedSource ?s ; owl:annotatedProperty ?p ;
            owl:annotatedTarget ?o ; sssom:mapping_justification ?j }""",
    )
    columns = ("record_id", "subject_id", "predicate_id", "object_id", "mapping_justification")
    assert {tuple(row[name] for name in columns) for row in rows} == {tuple(map(_short, row)) for row in asked}
    assert len(rows) == len(asked)
    assert {row["mapping_justification"] for row in rows} == {"semapv:ManualMappingCuration"}
    assert all(row["comment"] and row["author_id"] and 0 < float(row["confidence"]) <= 1 for row in rows)


@pytest.mark.sssom
def test_the_package_of_the_standard_takes_the_mappings(sssom: Path, folder: Path, version: str, tmp_path: Path) -> None:
    file = folder / f"integration-policy-graph-{version}.sssom.tsv"
    checked = subprocess.run([sssom, "validate", file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    target = tmp_path / "mappings.json"
    subprocess.run([sssom, "convert", file, "--output", target, "--output-format", "json"], capture_output=True, check=True)
    mappings = json.loads(target.read_text(encoding="utf-8"))["mappings"]
    assert len(mappings) == len(read_mappings(folder, version))
    assert {mapping["author_id"][0] for mapping in mappings} <= {
        author for row in read_mappings(folder, version) for author in row["author_id"].split("|")
    }
