"""What changed between two datasets: nothing is lost, nothing is told twice, and it reads as items and links."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from etl.difference.compare import Difference, compare
from etl.difference.output import CSV_COLUMNS, render_csv, render_json, render_text
from etl.errors import SnapshotError
from etl.identifiers import BASE
from etl.namespaces import compact, expand
from etl.snapshot import current_snapshot, find_snapshot, publish_snapshot, read_manifest, read_public
from query_service.cells import neutralise
from tests.checkout import run_ipg
from tests.linked import FORMULA, VERSION, WORDING, write_linked_snapshot

# Any two datasets

names = ("id:practice/a", "id:practice/b", "id:principle/cbp-1", "id:link/a", "id:link/b", "id:passage/d/p", "id:result/a-1")
nodes = st.sampled_from([*names, "id:passage/d/p/position", "ipg:Link", "ipg:implements", "id:area/x"]).map(expand)
blanks = st.integers(0, 3).map(lambda number: BlankNode(f"b{number}"))
literals = st.builds(Literal, st.sampled_from(["one", "two", "id:practice/a"]), language=st.sampled_from([None, "en", "fr"]))
predicates = st.sampled_from(
    [
        "rdf:type", "rdf:first", "rdf:rest", "skos:prefLabel", "ipg:implements", "ipg:contributesTo", "owl:annotatedSource",
        "owl:annotatedProperty", "owl:annotatedTarget", "ipg:rationale", "oa:hasSelector", "ipg:participatesIn", "ipg:hasResult",
    ]
).map(expand)  # fmt: skip
graphs = st.sampled_from(["curated", "inferred", "ontology", "text"]).map(lambda name: NamedNode(f"{BASE}graph/{name}"))
places = graphs | st.just(DefaultGraph())
#: A link record whole, so that links come up in most datasets.
LINK = [
    Quad(expand("id:link/a"), expand(predicate), expand(value), NamedNode(f"{BASE}graph/curated"))
    for predicate, value in (
        ("rdf:type", "ipg:Link"),
        ("owl:annotatedSource", "id:practice/a"),
        ("owl:annotatedProperty", "ipg:implements"),
        ("owl:annotatedTarget", "id:principle/cbp-1"),
    )
]


Pair = tuple[list[Quad], list[Quad]]


@st.composite
def pairs(draw: st.DrawFn, subjects: st.SearchStrategy[NamedNode] | st.SearchStrategy[NamedNode | BlankNode]) -> Pair:
    """Two datasets with a part in common, and another part that stands in other graphs."""
    quads = st.lists(st.builds(Quad, subjects, predicates, subjects | literals, places), max_size=15)
    common = draw(quads) + draw(st.sampled_from([[], LINK]))
    moved = [Quad(q.subject, q.predicate, q.object, draw(places)) for q in draw(quads)]
    elsewhere = [Quad(q.subject, q.predicate, q.object, draw(places)) for q in moved]
    old, new = ([*common, *others, *draw(quads), *draw(st.sampled_from([[], LINK]))] for others in (moved, elsewhere))
    return old, new


named, any_pair = pairs(nodes), pairs(nodes | blanks)
any_dataset = any_pair.map(lambda pair: pair[0])
Told = tuple[str, str, str, str, str, str, tuple[str, ...], tuple[str, ...]]


def told(difference: Difference) -> list[Told]:
    """Subject, property and value of each statement told, with the graphs before and after."""
    return [
        (field.subject, field.property.iri, value.value, value.type, value.language, value.datatype, value.before, value.after)
        for change in (*difference.items, *difference.links, *difference.terms)
        for field in change.fields
        for value in field.values
    ]


def stated(quads: Iterable[Quad]) -> dict[tuple[str, ...], set[str]]:
    """Names of the public graphs by what they state, without blank nodes."""
    found: dict[tuple[str, ...], set[str]] = {}
    for quad in quads:
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value.rsplit("/", 1)[1]
        assert isinstance(quad.subject, NamedNode)
        if isinstance(quad.object, Literal):
            value = (quad.object.value, "literal", quad.object.language or "")
        else:
            assert isinstance(quad.object, NamedNode)
            value = (quad.object.value, "uri", "")
        if graph != "text":
            found.setdefault((quad.subject.value, quad.predicate.value, *value), set()).add(graph)
    return found


@settings(deadline=None)  # the machine may be busy
@given(any_dataset, st.randoms(use_true_random=False))
def test_a_dataset_does_not_differ_from_itself(quads: list[Quad], shuffler: random.Random) -> None:
    def relabel(term: object) -> object:
        return BlankNode(f"other{term.value}") if isinstance(term, BlankNode) else term

    other = [Quad(relabel(q.subject), q.predicate, relabel(q.object), q.graph_name) for q in quads]  # type: ignore[arg-type]
    shuffler.shuffle(other)
    assert compare(quads, other).is_empty()


@settings(deadline=None)  # the machine may be busy
@given(named)
def test_every_changed_statement_is_told_once(pair: Pair) -> None:
    old, new = pair
    before, after = stated(old), stated(new)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    expected = {(*key, "", tuple(sorted(before.get(key, ()))), tuple(sorted(after.get(key, ())))) for key in changed}
    found = told(compare(old, new))
    assert len(found) == len(set(found))
    assert set(found) == expected


@settings(deadline=None)  # the machine may be busy
@given(any_pair)
def test_the_way_back_is_the_mirror_of_the_way_there(pair: Pair) -> None:
    old, new = pair
    there, back = compare(old, new), compare(new, old)
    swapped = [(*statement[:-2], statement[-1], statement[-2]) for statement in told(back)]
    assert sorted(swapped) == sorted(told(there))
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    for section in ("items", "links", "terms"):
        # Not by their names alone: literals that differ in their language have one, where data has them in place of items.
        forward = sorted((change.iri, change.change) for change in getattr(there, section))
        assert forward == sorted((change.iri, opposite[change.change]) for change in getattr(back, section))


@settings(deadline=None)  # the machine may be busy
@given(any_pair, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(pair: Pair, shuffler: random.Random) -> None:
    old, new = pair
    first = compare(old, new)
    for quads in (old, new):
        shuffler.shuffle(quads)
    again = compare(old, new)
    assert again == first
    assert render_text(again, "a", "b") == render_text(first, "a", "b")


@settings(deadline=None)  # the machine may be busy
@given(named)
def test_the_formats_say_the_same(pair: Pair) -> None:
    difference = compare(*pair)
    content = json.loads(render_json(difference, "a", "b"))
    assert Difference.model_validate({name: content[name] for name in ("items", "links", "terms")}) == difference
    rows = list(csv.DictReader(io.StringIO(render_csv(difference))))
    columns = ("subject", "property", "value", "type", "language", "datatype")
    graphs_of = [(tuple(row["graphs_before"].split()), tuple(row["graphs_after"].split())) for row in rows]
    without_default = [(*s[:-2], *(tuple(filter(None, side)) for side in s[-2:])) for s in told(difference)]
    assert [(*(row[c] for c in columns), *sides) for row, sides in zip(rows, graphs_of, strict=True)] == without_default


# What it reads like

PREFIXES = f"""BASE <{BASE}>
PREFIX ipg: <ontology#>
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
"""
TERMS = """GRAPH <graph/ontology> {
  ipg:implements rdfs:label "implements"@en . ipg:Primary rdfs:label "primary"@en . ipg:Secondary rdfs:label "secondary"@en .
  ipg:contributesTo rdfs:label "contributes to"@en ; owl:propertyChainAxiom ( ipg:implements ipg:supports ) . }
GRAPH <graph/vocabulary> { <id/theme/x> skos:prefLabel "Theme X"@en . }
GRAPH <graph/source/d> { <id/principle/cbp-7> skos:prefLabel "Interaction"@en . <id/practice/p> skos:prefLabel "Café"@en . }
"""
LINKED = """GRAPH <graph/curated> {
  <id/practice/p> ipg:implements <id/principle/cbp-7> ; ipg:implementsPrinciple <id/principle/cbp-7> .
  <id/link/p--implements--cbp-7> a ipg:Link ; owl:annotatedSource <id/practice/p> ; owl:annotatedProperty ipg:implements ;
    owl:annotatedTarget <id/principle/cbp-7> ; ipg:strength ipg:Primary ; sssom:confidence 0.75 ;
    ipg:rationale "Neighbours meet at one table."@en . }
GRAPH <graph/inferred> { <id/practice/p> ipg:contributesTo <id/principle/cbp-7> . }
"""
ROLE = """GRAPH <graph/curated> { <id/participation/p--lead--a> a cv:Participation ; ipg:participatesIn <id/practice/p> ;
  ipg:nameAsPrinted "A" . }
"""
LINK_NAME = "Café (practice/p) — implements → Interaction (principle/cbp-7)"


def trig(text: str) -> list[Quad]:
    return list(parse(PREFIXES + text, format=RdfFormat.TRIG))


def lines(old: str, new: str) -> list[str]:
    """Lines of the difference after the counts, both datasets having the terms."""
    text = render_text(compare(trig(TERMS + old), trig(TERMS + new)), "one", "two")
    return [line for line in text.splitlines()[6:] if line]


def test_a_link_is_told_with_all_that_it_says() -> None:
    difference = compare(trig(TERMS), trig(TERMS + LINKED))
    assert difference.items == difference.terms == ()
    (link,) = difference.links
    assert (link.change, link.strength, link.confidence, link.rationale) == (
        "added", "primary", "0.75", "Neighbours meet at one table.",
    )  # fmt: skip
    assert {compact(field.property.iri) for field in link.fields if field.subject == link.source.iri} == {
        "ipg:implements", "ipg:implementsPrinciple", "ipg:contributesTo",
    }  # fmt: skip
    assert lines("", LINKED) == [
        "links added: implements (1)",
        f"  + {LINK_NAME}",
        "      primary, confidence 0.75",
        "      Neighbours meet at one table.",
    ]


def test_what_changed_in_a_link_is_told() -> None:
    other = LINKED.replace("0.75", "0.9").replace("ipg:Primary", "ipg:Secondary").replace("one table", "a table")
    assert lines(LINKED, other) == [
        "links changed: implements (1)",
        f"  * {LINK_NAME}",
        "      rationale (en): Neighbours meet at one table. -> Neighbours meet at a table.",
        "      strength: primary (ipg:Primary) -> secondary (ipg:Secondary)",
        "      confidence: 0.75 -> 0.9",
    ]


def test_what_was_inferred_before_and_after_a_link_is_not_told() -> None:
    inferred = "GRAPH <graph/inferred> { <id/practice/p> ipg:contributesTo <id/principle/cbp-7> . }"
    (link,) = compare(trig(TERMS + inferred), trig(TERMS + LINKED)).links
    assert "ipg:contributesTo" not in {compact(field.property.iri) for field in link.fields}


def test_a_link_is_told_apart_even_if_it_is_called_a_part() -> None:
    part = "GRAPH <graph/curated> { <id/practice/p> ipg:hasResult <id/link/p--implements--cbp-7> . }"
    assert [link.change for link in compare(trig(TERMS), trig(TERMS + LINKED + part)).links] == ["added"]


def test_fields_are_told_from_and_to() -> None:
    old = "GRAPH <graph/source/d> { <id/practice/p> ipg:startYear 2015 ; dcterms:subject <id/theme/x> . }"
    new = 'GRAPH <graph/curated> { <id/practice/p> ipg:startYear 2016 ; dcterms:subject <id/theme/x> ; dcterms:title "T"@en ; '
    new += 'skos:altLabel "T"@en , "U"@en , "V"@fr . }'
    assert lines(old, new) == [
        "items changed: practice (1)",
        "  * Café (practice/p)",
        "      subject: = Theme X (theme/x) (now in curated, no longer in source/d)",
        "      title (en): + T",
        "      alt label (en): + T",
        "      alt label (en): + U",
        "      alt label (fr): + V",
        "      start year: 2015 -> 2016",
    ]


def test_fields_with_the_same_values_are_told_once_and_long_ones_apart() -> None:
    title = "{ <id/practice/q> a ipg:Practice ; dcterms:title 'TITLE'@en ; skos:prefLabel 'TITLE'@en . }"
    old, new = (f"GRAPH <graph/source/d> {title.replace('TITLE', words * 9)}" for words in ("before ", "afterwards "))
    assert lines(old, new) == [
        "items changed: practice (1)",
        f"  * {'afterwards ' * 9} (practice/q)",
        f"      title, pref label (en): + {'afterwards ' * 9}",
        f"      title, pref label (en): - {'before ' * 9}",
    ]


def test_a_part_is_told_with_its_item() -> None:
    assert lines("", ROLE) == [
        "items changed: practice (1)",
        "  * Café (practice/p)",
        "      + participation/p--lead--a: name as printed A",
    ]
    assert lines(ROLE, ROLE.replace('"A"', '"B"')) == [
        "items changed: practice (1)",
        "  * Café (practice/p)",
        "      participation/p--lead--a: name as printed: A -> B",
    ]
    passage = "GRAPH <graph/source/d> { <id/passage/d/p> oa:hasSelector <id/passage/d/p/position> . "
    passage += "<id/passage/d/p/position> oa:start 1 . }"
    assert lines(passage, passage.replace("oa:start 1", "oa:start 2"))[1:] == [
        "  * passage/d/p",
        "      position: start: 1 -> 2",
    ]


def test_items_and_terms_come_and_go() -> None:
    ten = "".join(f"GRAPH <graph/source/d> {{ <id/conclusion/{n}> skos:prefLabel 'C{n}'@en . }}" for n in (10, 9))
    term = "GRAPH <graph/ontology> { ipg:newTerm rdfs:label 'new term'@en . [] a owl:AllDifferent ; "
    term += "owl:distinctMembers ( <id/practice/p> <id/practice/q> ) . }"
    added = ["items added: conclusion (2)", "  + C9 (conclusion/9)", "  + C10 (conclusion/10)"]
    assert lines("", ten) == added
    assert lines(ten, "") == [line.replace("added", "removed").replace("+", "-") for line in added]
    assert lines("", term) == [
        "terms added: axiom (1)",
        "  + [owl:distinctMembers (id:practice/p id:practice/q); rdf:type owl:AllDifferent]",
        "terms added: term of the ontology (1)",
        "  + new term (ipg:newTerm)",
    ]


def test_a_longer_list_is_a_changed_term() -> None:
    before = trig(TERMS)
    after = trig(TERMS.replace("( ipg:implements ipg:supports )", "( ipg:implements ipg:elaborates )"))
    (term,) = compare(before, after).terms
    assert term.change == "changed"
    assert {value.value for value in term.fields[0].values} == {
        "(ipg:implements ipg:supports)",
        "(ipg:implements ipg:elaborates)",
    }


def test_blank_nodes_in_a_circle_and_long_lists_are_told() -> None:
    circle = "_:a ipg:implements _:b . _:b ipg:implements _:a ; ipg:limits _:b ."
    round_list = "_:a rdf:first 'x' ; rdf:rest _:a ."
    long_list = f"<id/practice/p> ipg:mentions ( {'<id/actor/a> ' * 5000}) ."
    for text in (circle, round_list, long_list):
        difference = compare([], trig(f"GRAPH <graph/ontology> {{ {text} }}"))
        assert {term.change for term in difference.terms} == {"added"}
        assert not difference.items
    assert {value for _, _, value, *_ in told(compare([], trig(long_list)))} == {f"({' '.join(['id:actor/a'] * 5000)})"}


def test_private_graphs_are_not_compared() -> None:
    private = "GRAPH <graph/text> { <id/passage/d/p> oa:exact 'words' . } GRAPH <graph/suggested> { <id/a/b> a ipg:Practice . }"
    assert compare(trig(TERMS), trig(TERMS + private)).is_empty()


def test_long_groups_are_cut_in_text_alone() -> None:
    many = "GRAPH <graph/source/d> { " + " ".join(f"<id/conclusion/{n}> a ipg:Conclusion ." for n in range(5)) + " }"
    difference = compare([], trig(many))
    assert render_text(difference, "a", "b", most=2).endswith("  + conclusion/0\n  + conclusion/1\n  ... and 3 more (--most)\n")
    assert len(render_csv(difference).splitlines()) == 6


def test_no_difference_is_said() -> None:
    same = compare(trig(LINKED), trig(LINKED))
    assert render_text(same, "a", "b") == "no difference between a and b\n"
    assert render_csv(same).strip() == ",".join(CSV_COLUMNS)
    assert {name: set(counts.values()) for name, counts in same.counts().items()} == {"items": {0}, "links": {0}, "terms": {0}}


# Snapshots


def publish(home: Path, name: str, quads: Iterable[Quad]) -> Path:
    return publish_snapshot(home, name, Dataset(quads), BASE, {"version": name.rpartition(".")[0]}, {})


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of two versions, the second of them from two inputs and in service."""
    folder = tmp_path_factory.mktemp("snapshots")
    for name, text in (("0.1.0+0000.aaaa", TERMS), ("0.1.0+1111.bbbb", TERMS + LINKED), ("0.1.0+1111.cccc", TERMS + LINKED)):
        publish(folder, name, trig(text))
    return folder


def test_a_snapshot_is_found_by_what_people_call_it(snapshots: Path) -> None:
    folder = snapshots / "snapshots"
    assert find_snapshot(snapshots, "current") == (folder / "0.1.0+1111.cccc").resolve()
    assert find_snapshot(snapshots, "0.1.0+1111.cccc") == folder / "0.1.0+1111.cccc"
    assert find_snapshot(snapshots, "0.1.0+1111") == folder / "0.1.0+1111.bbbb"
    assert find_snapshot(snapshots / "elsewhere", str(folder / "0.1.0+0000.aaaa")) == folder / "0.1.0+0000.aaaa"
    for name in ("0.1.0", "0.1.0+1111.", "", ".."):
        with pytest.raises(SnapshotError, match=r"one of: 0\.1\.0\+0000, 0\.1\.0\+1111\n"):
            find_snapshot(snapshots, name)
    with pytest.raises(SnapshotError, match="run: ipg build"):
        find_snapshot(snapshots / "elsewhere", "current")


def test_a_spoilt_dataset_is_refused(snapshots: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(snapshots / "snapshots" / "0.1.0+0000.aaaa", tmp_path / "copy"))
    lines_of = (copy / "dataset.nq").read_bytes().splitlines(keepends=True)
    (copy / "dataset.nq").write_bytes(b"".join(lines_of[:-1]))
    with pytest.raises(SnapshotError, match="is not what the manifest describes"):
        list(read_public(copy))
    (copy / "dataset.nq").unlink()
    with pytest.raises(SnapshotError, match="cannot be read"):
        list(read_public(copy))


def test_the_base_of_a_snapshot_makes_no_difference(root: Path, tmp_path: Path) -> None:
    ours = write_linked_snapshot(root, tmp_path / "ours")
    other = write_linked_snapshot(root, tmp_path / "other", "https://data.example/integration/")
    assert compare(read_public(ours), read_public(other)).is_empty()


def test_a_judgement_that_changes_is_all_that_changes(home: Path, tmp_path: Path) -> None:
    """In the real graph, another rationale is one changed link, and a withdrawn link is one removed link."""
    snapshot = current_snapshot(home)
    assert snapshot is not None
    quads = list(read_public(snapshot))
    supporting = [q for q in quads if q.predicate == expand("ipg:rationale") and "--supports--" in str(q.subject)]
    rationale, withdrawn = min(supporting, key=str), expand("id:link/conclusion-45--relatedto--cbp-5")
    changed = Quad(rationale.subject, rationale.predicate, Literal("Another reason.", language="en"), rationale.graph_name)
    statement = (expand("id:conclusion/45"), expand("ipg:relatedTo"), expand("id:principle/cbp-5"))
    later = [q for q in quads if q != rationale and q.subject != withdrawn and (q.subject, q.predicate, q.object) != statement]
    difference = compare(quads, [*later, changed])
    assert difference.items == difference.terms == ()
    assert [(f"<{link.iri}>", link.change) for link in difference.links] == [
        (str(withdrawn), "removed"),
        (str(rationale.subject), "changed"),
    ]
    assert "rationale (en)" in render_text(difference, "a", "b")


def test_the_command_compares_with_the_snapshot_in_service(snapshots: Path, tmp_path: Path) -> None:
    result = run_ipg("diff", "0.1.0+0000", IPG_HOME=snapshots)
    assert result.returncode == 0
    assert result.stdout.splitlines()[:5] == [
        "0.1.0+0000 -> 0.1.0+1111",
        "",
        "            added  removed  changed",
        "items           0        0        0",
        "links           1        0        0",
    ]
    target = tmp_path / "difference.json"
    assert run_ipg("diff", "0.1.0+0000", "--format", "json", "--output", target, IPG_HOME=snapshots).returncode == 0
    assert [link["iri"] for link in json.loads(target.read_text())["links"]] == [f"{BASE}id/link/p--implements--cbp-7"]
    same = run_ipg("diff", "0.1.0+1111", "0.1.0+1111.cccc", IPG_HOME=snapshots)
    assert (same.returncode, same.stdout) == (0, "no difference between 0.1.0+1111 and 0.1.0+1111\n")
    unknown = run_ipg("diff", "0.2.0", IPG_HOME=snapshots)
    assert unknown.returncode == 1
    assert "0.1.0+0000, 0.1.0+1111" in unknown.stderr


def test_no_cell_of_a_table_runs_unless_asked_to(root: Path, tmp_path: Path) -> None:
    write_linked_snapshot(root, tmp_path)
    empty = publish(tmp_path, "0.0.0+0000.aaaa", [])
    careful, raw = (run_ipg("diff", empty, VERSION, "--format", "csv", *more, IPG_HOME=tmp_path) for more in ([], ["--raw"]))
    values = [{row["value"] for row in csv.DictReader(io.StringIO(result.stdout))} for result in (careful, raw)]
    assert neutralise(FORMULA) in values[0]
    assert FORMULA not in values[0]
    assert FORMULA in values[1]
    assert WORDING not in raw.stdout


def test_a_change_of_the_built_graph_is_told(home: Path) -> None:
    """The snapshot of this checkout does not differ from itself."""
    version = read_manifest(home / "current")["version"]
    result = run_ipg("diff", version, IPG_HOME=home)
    assert (result.returncode, result.stdout) == (0, f"no difference between {version} and {version}\n")
