"""Traces: every path, each as it stands in the graph, with its reasons, in each format."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from pyoxigraph import DefaultGraph, NamedNode, Store

from query_service.errors import AmbiguousItem, MalformedRequest, TraceTooLarge, UnknownItem
from query_service.item_names import Item
from query_service.snapshot import Snapshot, read_snapshot
from query_service.trace.choices import WALKED
from query_service.trace.facts import Edge
from query_service.trace.layered_layout import Slot, arrange
from query_service.trace.output import CSV_COLUMNS, FORMATS, render_trace
from query_service.trace.picture import LARGEST
from query_service.trace.question import Question
from query_service.trace.records import Agent, Axiom, Derived, Hop, LinkRecord, PassageReference, Statement, Trace, TracedPath
from query_service.trace.search import Step, trace, walk, walkable
from tests.checkout import run_ipg
from tests.linked import FORMULA, LINKS, VERSION, WORDING, write_linked_snapshot

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def linked_home(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linked")
    write_linked_snapshot(root, folder)
    return folder


@pytest.fixture(scope="module")
def linked(linked_home: Path) -> Snapshot:
    return read_snapshot(linked_home / "current")


@pytest.fixture(scope="module")
def real(home: Path) -> Snapshot:
    return read_snapshot(home / "current")


def routes(found: Trace) -> list[tuple[str, ...]]:
    """Items of each path, in order."""
    return [(found.start, *(hop.target for hop in path.hops)) for path in found.paths]


# Finding paths

edges = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(WALKED)).filter(lambda edge: edge[0] != edge[1]), max_size=14
).map(lambda drawn: [Edge(f"item/{source}", f"item/{target}", kind, (), ("curated",)) for source, target, kind in drawn])
ends = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1])
hops = st.integers(1, 6)


def nodes_of(start: str, steps: tuple[Step, ...], known: list[Edge]) -> list[str]:
    """Items on a path; fails where a step does not go on from where the last one came to."""
    nodes = [start]
    for step in steps:
        edge = known[step.edge]
        left, reached = (edge.source, edge.target) if step.along else (edge.target, edge.source)
        assert left == nodes[-1]
        nodes.append(reached)
    return nodes


@given(edges, ends, hops)
def test_paths_are_simple_and_are_all_there_are(known: list[Edge], pair: tuple[int, int], max_hops: int) -> None:
    start, end = (f"item/{number}" for number in pair)
    found = list(walk(walkable(known), start, [end], max_hops))
    nodes = [nodes_of(start, steps, known) for steps in found]
    assert all(len(set(path)) == len(path) <= max_hops + 1 and path[-1] == end for path in nodes)
    assert len(set(found)) == len(found)
    plain: nx.MultiGraph[str] = nx.MultiGraph([(edge.source, edge.target) for edge in known])
    expected = [] if start not in plain or end not in plain else nx.all_simple_paths(plain, start, end, cutoff=max_hops)
    assert Counter(map(tuple, nodes)) == Counter(map(tuple, expected))


@given(edges, ends, hops)
def test_the_way_back_has_the_same_paths_reversed(known: list[Edge], pair: tuple[int, int], max_hops: int) -> None:
    start, end = (f"item/{number}" for number in pair)
    there = set(walk(walkable(known), start, [end], max_hops))
    back = set(walk(walkable(known), end, [start], max_hops))
    assert {tuple(Step(step.edge, not step.along) for step in reversed(steps)) for steps in there} == back


@given(edges, st.integers(0, 6), st.sets(st.integers(0, 6), min_size=1), hops)
def test_a_path_to_several_ends_at_the_first(known: list[Edge], first: int, several: set[int], max_hops: int) -> None:
    start, goals = f"item/{first}", {f"item/{number}" for number in several - {first}}
    found = [nodes_of(start, steps, known) for steps in walk(walkable(known, goals), start, goals, max_hops)]
    expected = Counter[tuple[str, ...]]()
    for goal in goals:
        plain: nx.MultiGraph[str] = nx.MultiGraph([(edge.source, edge.target) for edge in known])
        plain.remove_nodes_from(goals - {goal})
        if start in plain and goal in plain:
            expected.update(map(tuple, nx.all_simple_paths(plain, start, goal, cutoff=max_hops)))
    assert Counter(map(tuple, found)) == expected


@given(edges, ends, hops)
def test_one_way_paths_are_those_of_the_directed_graph(known: list[Edge], pair: tuple[int, int], max_hops: int) -> None:
    start, end = (f"item/{number}" for number in pair)
    directed: nx.MultiDiGraph[str] = nx.MultiDiGraph([(edge.source, edge.target) for edge in known])
    for graph, arcs in ((walkable(known, against=False), directed), (walkable(known, along=False), directed.reverse())):
        expected = [] if start not in arcs or end not in arcs else nx.all_simple_paths(arcs, start, end, cutoff=max_hops)
        assert len(list(walk(graph, start, [end], max_hops))) == len(list(expected))


# What a trace says


def test_a_direct_link_carries_its_reasons(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin", end="cbp-9", max_hops=1))
    assert routes(found) == [("practice/citizen-coin", "principle/cbp-9")]
    hop, statement = found.paths[0].hops[0], found.statement(1)
    assert (hop.words, hop.along, statement.property, statement.asserted) == ("implements", True, "ipg:implements", True)
    assert statement.also == ("ipg:implementsPrinciple", "ipg:primaryPrinciple")
    assert statement.primary
    assert statement.graphs == ("curated",)
    link = statement.link
    assert link is not None
    assert (link.strength, link.basis, link.review_state) == ("ipg:Primary", "ipg:EditorialJudgement", "ipg:JudgedByModel")
    assert (link.rationale, link.confidence) == ("Volunteers in Bradford earn coins.", 0.75)
    assert [agent.name for agent in link.attributed_to] == ["Language model"]
    assert str(link.created) == "2026-11-21"
    passage = link.passages[0]
    assert (passage.document_title, passage.field, passage.start, passage.end) == ("Compendium", "purpose", 12, 345)
    assert passage.wording is None


def test_a_primary_principle_is_one_hop(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin", max_hops=1))
    assert Counter(routes(found)) == Counter({("practice/citizen-coin", f"principle/cbp-{n}"): 1 for n in (7, 9)})
    assert [found.statement(path.hops[0].statement).primary for path in found.paths] == [True, False]


def test_a_chain_is_explained_by_its_axiom(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin", end="cbp-5", max_hops=2))
    assert routes(found) == [("practice/citizen-coin", "recommendation/interaction-1", "principle/cbp-5")]
    (derived,) = found.paths[0].derived
    assert (derived.source, derived.property, derived.target) == ("practice/citizen-coin", "ipg:contributesTo", "principle/cbp-5")
    assert (derived.axiom.kind, derived.axiom.members) == ("property chain", ("ipg:implements", "ipg:supports"))
    assert derived.hops == (1, 2)


def test_a_chain_walked_backwards_is_the_same_chain(linked: Snapshot) -> None:
    found = trace(linked, Question(start="cbp-9", end="citizen-coin", max_hops=2))
    longer = next(path for path in found.paths if len(path.hops) == 2)
    assert [hop.words for hop in longer.hops] == ["is elaborated by", "is implemented by"]
    assert not any(hop.along for hop in longer.hops)
    (derived,) = longer.derived
    assert (derived.source, derived.axiom.members, derived.hops) == (
        "practice/citizen-coin",
        ("ipg:implements", "ipg:elaborates"),
        (1, 2),
    )


def test_a_principle_under_implements_principle_is_explained_by_the_sub_property(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin", end="cbp-7", max_hops=1))
    (derived,) = found.paths[0].derived
    assert derived.axiom == Axiom(kind="sub-property", property="ipg:contributesTo", members=("ipg:implementsPrinciple",))
    assert derived.axiom.words() == "ipg:implementsPrinciple is a sub-property of ipg:contributesTo"


def test_a_hop_that_is_inferred_only_says_so_and_why(linked: Snapshot) -> None:
    found = trace(linked, Question(start="choices-programme", end="cbp-5", max_hops=1))
    (path,) = found.paths
    assert (found.statement(1).asserted, found.statement(1).link) == (False, None)
    explained = {(derived.property, derived.axiom.members) for derived in path.derived}
    assert explained == {
        ("ipg:implements", ("ipg:implementsPrinciple",)),
        ("ipg:implementsPrinciple", ("ipg:primaryPrinciple",)),
        ("ipg:contributesTo", ("ipg:implementsPrinciple",)),
    }


def test_nothing_follows_through_relations_correspondences_and_tensions(linked: Snapshot) -> None:
    for end, words in (("cbp-5", "is related to"), ("agreed-1", "is the counterpart of"), ("cbp-8", "is in tension with")):
        found = trace(linked, Question(start="settle-in-estonia", end=end, max_hops=2))
        assert any(hop.words == words for path in found.paths for hop in path.hops)
        assert not any(derived.target != "principle/cbp-1" for path in found.paths for derived in path.derived)


def test_a_correspondence_tells_the_kind_of_match(linked: Snapshot) -> None:
    found = trace(linked, Question(start="agreed-1", end="cbp-1", max_hops=1))
    assert found.statement(1).also == ("skos:closeMatch",)
    assert "corresponds to (close match)" in render_trace(found, "text")


def test_suggestions_are_never_walked(linked: Snapshot) -> None:
    assert trace(linked, Question(start="choices-programme", end="conclusion/10", max_hops=1)).paths == ()


def test_wording_is_quoted_only_when_asked_for(linked: Snapshot) -> None:
    for form in FORMATS:
        assert WORDING not in render_trace(trace(linked, Question(start="citizen-coin", end="cbp-9")), form)
    assert WORDING in render_trace(trace(linked, Question(start="citizen-coin", end="cbp-9", wording=True)), "json")


def test_structure_is_walked_only_when_asked_for(linked: Snapshot) -> None:
    assert trace(linked, Question(start="city-of-bradford")).path_count == 0
    found = trace(linked, Question(start="city-of-bradford", structure=True))
    assert routes(found)[0] == ("actor/city-of-bradford", "practice/citizen-coin")
    assert found.paths[0].hops[0].words == "leads"
    assert trace(linked, Question(start="city-of-bradford", properties=("leadActor",))).path_count == 1


@pytest.mark.parametrize(
    ("start", "to"),
    [
        ("citizen-coin", "principles"),
        ("criterion/integration-evaluation", "principles"),
        ("cbp-9", "practices"),
        ("conclusion/7", "practices"),
        ("eu-cbp-2004", "practices"),
    ],
)
def test_without_an_end_the_trace_leads_to_what_the_start_is_about(linked: Snapshot, start: str, to: str) -> None:
    assert trace(linked, Question(start=start)).to == to


def test_a_trace_to_a_kind_ends_at_the_first_unless_told_otherwise(linked: Snapshot) -> None:
    ending = trace(linked, Question(start="citizen-coin"))
    through = trace(linked, Question(start="citizen-coin", through=True))
    assert all("principle/" not in item for path in routes(ending) for item in path[1:-1])
    assert set(routes(ending)) < set(routes(through))
    known = [
        (link.source, link.target) for link in LINKS
    ] + [("practice/choices-programme", "principle/cbp-5")]  # fmt: skip
    plain: nx.MultiGraph[str] = nx.MultiGraph(known)
    goals = [node for node in plain if node.startswith("principle/")]
    expected = Counter(map(tuple, itertools.chain(*(nx.all_simple_paths(plain, ending.start, goal, cutoff=4) for goal in goals))))
    assert Counter(routes(through)) == expected


def test_paths_come_shortest_first_and_primary_before_others(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin", through=True))
    lengths = [len(path.hops) for path in found.paths]
    assert lengths == sorted(lengths)
    assert found.paths_by_hops == Counter(lengths)
    assert found.path_count == len(found.paths)
    assert [statement.number for statement in found.statements] == list(range(1, len(found.statements) + 1))


def test_too_many_paths_are_an_error_that_says_how_to_narrow(linked: Snapshot) -> None:
    total = trace(linked, Question(start="citizen-coin")).path_count
    assert trace(linked, Question(start="citizen-coin", max_paths=total)).path_count == total
    with pytest.raises(
        TraceTooLarge, match=rf"more than {total - 1} paths of at most 4 hops(.|\n)*max-hops of 1 gives 2"
    ) as caught:
        trace(linked, Question(start="citizen-coin", max_paths=total - 1))
    assert "one-way" in caught.value.mend


def test_a_snapshot_of_another_base_is_traced_alike(linked: Snapshot, root: Path, tmp_path: Path) -> None:
    moved = read_snapshot(write_linked_snapshot(root, tmp_path, "https://example.org/kg/"))
    here, there = (trace(snapshot, Question(start="citizen-coin")) for snapshot in (linked, moved))
    assert routes(here) == routes(there)
    assert there.items[0].iri.startswith("https://example.org/kg/id/")
    assert [path.derived for path in here.paths] == [path.derived for path in there.paths]


# Names


@pytest.mark.parametrize(
    "name", ["practice/citizen-coin", "https://w3id.org/ipg/id/practice/citizen-coin", "citizen-coin", " Citizen-Coin "]
)
def test_items_are_named_by_path_iri_or_short_key(linked: Snapshot, name: str) -> None:
    assert trace(linked, Question(start=name, end="cbp-9")).start == "practice/citizen-coin"


@pytest.mark.parametrize(
    ("name", "near"),
    [("citizen-cion", "practice/citizen-coin"), ("practice/citizen", "practice/citizen-coin"), ("estonia", "settle-in-estonia")],
)
def test_an_unknown_name_is_answered_with_near_ones(linked: Snapshot, name: str, near: str) -> None:
    with pytest.raises(UnknownItem) as caught:
        trace(linked, Question(start=name))
    assert near in caught.value.mend


@pytest.mark.parametrize("name", ["", "/", "zzzzzz", "<>", "principle/", "https://example.org/x", "a\nb", "'; DROP"])
def test_a_name_that_nothing_is_near_to_is_refused(linked: Snapshot, name: str) -> None:
    with pytest.raises(UnknownItem):
        trace(linked, Question(start="cbp-9", end=name or " "))


def test_an_ambiguous_name_is_answered_with_all_it_may_mean(linked: Snapshot) -> None:
    with pytest.raises(AmbiguousItem) as caught:
        trace(linked, Question(start="evaluation"))
    assert all(path in caught.value.found for path in ("area/evaluation", "instrument/evaluation"))


def test_two_names_of_one_item_and_unknown_properties_are_refused(linked: Snapshot) -> None:
    with pytest.raises(MalformedRequest, match="same item"):
        trace(linked, Question(start="cbp-9", end="principle/cbp-9"))
    with pytest.raises(MalformedRequest, match="not walked"):
        trace(linked, Question(start="cbp-9", properties=("sameAs",)))


# Formats


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("end", ["cbp-9", "cbp-11"])
def test_every_format_names_version_longest_path_and_number_of_paths(linked: Snapshot, form: str, end: str) -> None:
    found = trace(linked, Question(start="citizen-coin", end=end, max_hops=3))
    text = render_trace(found, form)  # type: ignore[arg-type]
    assert VERSION in text
    assert re.search(
        {"json": r'"max_hops": 3', "csv": rf"^{re.escape(VERSION)},3,"}.get(form, "at most 3 hops"), text, re.MULTILINE
    )
    number = found.path_count
    counts = {"json": f'"path_count": {number}', "csv": f"{VERSION},3,{number},"}
    assert counts.get(form, f"{number} path") in text


def test_json_is_read_back_as_the_same_trace(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin"))
    assert Trace.model_validate_json(render_trace(found, "json")) == found
    with pytest.raises(ValidationError):
        setattr(found, "path_count", 0)  # noqa: B010 - what the type checker forbids too


def test_statements_and_items_of_paths_are_described(linked: Snapshot) -> None:
    found = trace(linked, Question(start="cbp-5", through=True, structure=True))
    for path in found.paths:
        for hop in path.hops:
            statement = found.statement(hop.statement)
            ends = (statement.source, statement.target)
            assert (hop.source, hop.target) == (ends if hop.along else ends[::-1])
            assert {hop.source, hop.target} <= set(found.item_by_path)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_row_per_hop(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin"))
    rows = rows_of(render_trace(found, "csv"))
    assert [(int(row["path"]), int(row["hop"])) for row in rows] == [
        (number, place) for number, path in enumerate(found.paths, 1) for place in range(1, len(path.hops) + 1)
    ]
    assert tuple(rows[0]) == CSV_COLUMNS
    assert "sub-property" in rows[0]["derived"]


def test_cells_that_a_spreadsheet_would_run_are_neutralised(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin", end="cbp-7", max_hops=1))
    assert rows_of(render_trace(found, "csv"))[0]["rationale"] == f"'{FORMULA}"
    assert rows_of(render_trace(found, "csv", raw=True))[0]["rationale"] == FORMULA


def test_text_explains_a_statement_once(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin", through=True))
    text = render_trace(found, "text")
    assert text.count("Volunteers in Bradford earn coins.") == 1
    assert all(f"[{statement.number}]" in text for statement in found.statements)
    assert "<-- is supported by" in text
    assert max(map(len, text.splitlines())) < 150


# The picture


def drawing(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - what we wrote ourselves


def boxes(picture: Element) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of each item's box, by IRI."""
    found = {}
    for group in picture.iter(f"{SVG}g"):
        if str(group.get("class")).startswith("item"):
            rect, title = group.find(f"{SVG}rect"), group.find(f"{SVG}title")
            assert rect is not None
            assert title is not None
            x, y, width, height = (float(str(rect.get(name))) for name in ("x", "y", "width", "height"))
            found[str(title.text).splitlines()[1]] = (x, y, x + width, y + height)
    return found


def test_the_picture_shows_every_item_and_statement_and_needs_nothing_else(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin", through=True, structure=True))
    text = render_trace(found, "svg")
    picture = drawing(text)
    assert set(boxes(picture)) == {item.iri for item in found.items}
    lines = [group for group in picture.iter(f"{SVG}g") if str(group.get("class")).startswith("line")]
    inferred = {(d.source, d.target) for path in found.paths for d in path.derived} - {
        (s.source, s.target) for s in found.statements
    }
    assert len(lines) == len(found.statements) + len(inferred)
    assert all(group.find(f"{SVG}title") is not None for group in lines)
    assert not re.search(r"href|url\(|@import|<script|<image|<style", text)


def test_kinds_of_lines_differ_without_colour(linked: Snapshot) -> None:
    found = trace(linked, Question(start="settle-in-estonia", end="cbp-2", max_hops=6))
    also = trace(linked, Question(start="citizen-coin", structure=True))
    looks: dict[str, set[tuple[str | None, str | None]]] = {}
    for each in (found, also):
        for group in drawing(render_trace(each, "svg")).iter(f"{SVG}g"):
            kind, _, name = str(group.get("class")).partition(" ")
            if kind == "line":
                path = group.find(f"{SVG}path")
                assert path is not None
                looks.setdefault(name, set()).add((path.get("stroke-dasharray"), path.get("stroke-width")))
    assert {"implements-primary", "implements-secondary", "other-link", "tension-or-limit", "inferred", "structure"} == set(looks)
    assert all(len(look) == 1 for look in looks.values())
    assert len(set.union(*looks.values())) == len(looks)


def test_boxes_do_not_overlap_and_stand_inside_the_picture(linked: Snapshot) -> None:
    picture = drawing(render_trace(trace(linked, Question(start="cbp-5", through=True, structure=True)), "svg"))
    width, height = float(str(picture.get("width"))), float(str(picture.get("height")))
    places = boxes(picture).values()
    assert all(left >= 0 and top >= 0 and right <= width and bottom <= height for left, top, right, bottom in places)
    for one, other in itertools.combinations(places, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_picture_too_large_to_read_is_refused(linked: Snapshot) -> None:
    found = trace(linked, Question(start="citizen-coin"))
    many = found.model_copy(update={"items": found.items * LARGEST})
    with pytest.raises(TraceTooLarge, match=f"at most {LARGEST}"):
        render_trace(many, "svg")


slots = st.lists(st.tuples(st.integers(0, 3), st.floats(1, 90)), min_size=1, max_size=14).map(
    lambda drawn: [Slot(number, column, height) for number, (column, height) in enumerate(drawn)]
)


@given(slots, st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=20))
def test_a_layout_leaves_each_thing_its_room(placed: list[Slot], drawn: list[tuple[int, int]]) -> None:
    joined = [(one % len(placed), other % len(placed)) for one, other in drawn]
    middles = arrange(placed, joined)
    assert min(middles[slot.key] - slot.height / 2 for slot in placed) == pytest.approx(0)
    for one, other in itertools.combinations(placed, 2):
        if one.column == other.column:
            assert abs(middles[one.key] - middles[other.key]) >= (one.height + other.height) / 2 - 1e-6


# The command


def test_the_command_prints_and_writes(linked_home: Path, tmp_path: Path) -> None:
    printed = run_ipg("trace", "citizen-coin", "cbp-9", IPG_HOME=linked_home)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert "is a sub-property of ipg:contributesTo" in printed.stdout
    target = tmp_path / "trace.csv"
    written = run_ipg("trace", "cbp-5", "--to", "conclusions", "--format", "csv", "--output", target, IPG_HOME=linked_home)
    assert (written.returncode, written.stdout) == (0, "")
    assert target.read_bytes().startswith(b"dataset_version,")
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("citizen-cion",), 1, "did you mean practice/citizen-coin"),
        (("evaluation",), 1, "area/evaluation"),
        (("citizen-coin", "--max-paths", "2"), 1, "max-hops of 1 gives 2"),
        (("citizen-coin", "--output", "no/such/folder/x.txt"), 1, "no/such/folder"),
        (("citizen-coin", "cbp-9", "--to", "principles"), 2, "not both"),
        (("citizen-coin", "--property", "sameAs"), 2, "implements"),
        (("citizen-coin", "--max-hops", "0"), 2, "max-hops"),
        ((), 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said(linked_home: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    result = run_ipg("trace", *arguments, IPG_HOME=linked_home)
    assert (result.returncode, result.stdout) == (status, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


# The real snapshot


def test_paths_of_the_real_graph_are_those_of_networkx(real: Snapshot) -> None:
    found = trace(real, Question(start="conclusion/7", end="principle/cbp-5", max_hops=3, properties=("elaborates", "relatedTo")))
    stated = trace(
        real, Question(start="cbp-5", to="conclusions", through=True, max_hops=3, properties=("elaborates", "relatedTo"))
    )
    plain: nx.MultiGraph[str] = nx.MultiGraph([(s.source, s.target) for s in stated.statements])
    expected = nx.all_simple_paths(plain, "conclusion/7", "principle/cbp-5", cutoff=3)
    assert Counter(routes(found)) == Counter(map(tuple, expected))
    back = trace(real, Question(start="cbp-5", end="conclusion/7", max_hops=3, properties=("elaborates", "relatedTo")))
    assert Counter(path[::-1] for path in routes(back)) == Counter(routes(found))


def test_the_list_under_principle_five_is_traced(real: Snapshot) -> None:
    found = trace(real, Question(start="cbp-5", to="conclusions", max_hops=1))
    assert found.path_count == 21
    assert {hop.words for path in found.paths for hop in path.hops} == {"is named as related by"}
    for statement in found.statements:
        assert statement.link is not None
        assert statement.link.basis == "ipg:StatedInSource"
        assert statement.link.passages


def test_every_walked_statement_of_the_real_graph_has_its_link(real: Snapshot) -> None:
    for start, end in (("eu-cbp-2004", "coe-guide-2011"), ("conclusion/1", "conclusion/2")):
        found = trace(real, Question(start=start, end=end))
        assert found.paths
        assert all(statement.link for statement in found.statements if statement.asserted)


def test_all_that_is_inferred_of_a_principle_is_explained(real: Snapshot) -> None:
    base = real.manifest.base
    principle, contributes = (NamedNode(f"{base}{name}") for name in ("id/principle/cbp-9", "ontology#contributesTo"))
    triples = Store.read_only(str(real.store)).quads_for_pattern(None, contributes, principle, DefaultGraph())
    inferred = {quad.subject.value.removeprefix(f"{base}id/") for quad in triples}  # type: ignore[union-attr]
    found = trace(real, Question(start="cbp-9", max_hops=2, one_way=True))
    explained = {d.source for path in found.paths for d in path.derived if d.property == "ipg:contributesTo"}
    assert explained == inferred
    assert len(inferred) > 20


def test_a_page_documents_every_field(root: Path) -> None:
    page = (root / "docs" / "trace.md").read_text(encoding="utf-8")
    models: tuple[type[BaseModel], ...] = (
        Trace, Item, Statement, LinkRecord, PassageReference, TracedPath, Hop, Derived, Axiom, Agent,
    )  # fmt: skip
    for model in models:
        rows = [f"| `{name}` | {field.description} |" for name, field in model.model_fields.items()]
        assert [row for row in rows if row not in page] == [], model.__name__
    assert [name for name in CSV_COLUMNS if f"`{name}`" not in page] == []
    assert [kind.property for kind in WALKED if f"`{kind.property}`" not in page] == []
