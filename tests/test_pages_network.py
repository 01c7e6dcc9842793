"""The network with its filters, tables and files, and the ranking of organisations by principles."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import httpx
import networkx as nx
import pytest
from openpyxl import load_workbook
from pyoxigraph import QuerySolutions, Store

from query_service.dumps.networks import build_network
from query_service.item_facts import ItemFacts
from query_service.language import LANGUAGES
from query_service.pages import read_static
from query_service.snapshot import Snapshot
from tests.browsing import Visit
from tests.served import BASE

PAGE = {"Accept": "text/html"}
IDS = f"{BASE}id/"
FILTERS = (
    "",
    "strength=any",
    "country=est&country=pol&strength=any&linked_only=true",
    "framework=coe-interaction-2011&relation=implements&relation=leadActor",
    "framework=all&relation=elaborates,supports,relatedTo,correspondsTo,inTensionWith,limits,bearsOn",
    "relation=implements,partner,funder,country",
)


def read_graphml(text: str) -> Any:  # networkx has no types
    return nx.read_graphml(io.StringIO(text), force_multigraph=True)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_at_first_it_shows_the_common_basic_principles_with_the_practices_that_put_each_first(built_client: httpx.Client) -> None:
    shown = built_client.get("/network.json").json()
    kinds = [node["kind"] for node in shown["nodes"]]
    assert (kinds.count("principle"), kinds.count("practice")) == (11, 92)
    assert {edge["strength"] for edge in shown["edges"]} == {"ipg:Primary"}
    assert len(shown["edges"]) == 92
    numbers = [node["number"] for node in shown["nodes"] if node["kind"] == "principle"]
    assert numbers == [str(number) for number in range(1, 12)]


@pytest.mark.parametrize("query", FILTERS)
def test_graphml_is_that_part_of_the_dumped_network(built_client: httpx.Client, built: Snapshot, query: str) -> None:
    answer = built_client.get(f"/network?{query}&format=graphml")
    assert answer.headers["Content-Type"] == "application/graphml+xml"
    assert answer.headers["Content-Disposition"].endswith(f'ipg-network-{built.version}.graphml"')
    part, whole = read_graphml(answer.text), build_network(built, ItemFacts(built))
    assert part.graph["dataset_version"] == built.version
    assert part.number_of_edges() > 0
    for source, target, told in part.edges(data=True):
        counterparts = [other for other in whole[source][target].values() if other["property"] == told["property"]]
        assert any(all(other.get(name) == value for name, value in told.items() if name != "id") for other in counterparts)
    for node, told in part.nodes(data=True):
        assert told["label"]
        if node in whole:
            assert {name: told[name] for name in whole.nodes[node]} == whole.nodes[node]


@pytest.mark.parametrize("query", FILTERS)
def test_every_form_has_the_same_links(built_client: httpx.Client, query: str) -> None:
    shown = built_client.get(f"/network.json?{query}").json()
    links = sorted((edge["source"], edge["property"], edge["target"]) for edge in shown["edges"])
    ends = {end for source, _, target in links for end in (source, target)}
    assert ends <= {node["iri"] for node in shown["nodes"]}
    rows = list(csv.DictReader(io.StringIO(built_client.get(f"/network.csv?{query}").text, newline="")))
    assert sorted((row["source"], row["property"], row["target"]) for row in rows) == links
    assert {row["licence"] for row in rows} == {"https://creativecommons.org/licenses/by/4.0/"}
    book = load_workbook(io.BytesIO(built_client.get(f"/network.xlsx?{query}").content))
    assert book.sheetnames == ["Notes", "Nodes", "Links"]
    assert (book["Nodes"].max_row - 1, book["Links"].max_row - 1) == (len(shown["nodes"]), len(links))
    graph = read_graphml(built_client.get(f"/network?{query}&format=graphml").text)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(shown["nodes"]), len(links))
    told: list[tuple[str, str]] = []
    page, number = "", 1
    while number == 1 or 'rel="next"' in page:
        page = built_client.get(f"/network?{query}&page={number}", headers=PAGE).text
        table = page[page.index('<table class="links">') : page.index('<h2 id="nodes">')]
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, flags=re.DOTALL):
            first, second = re.findall(r'href="[^"]*/page/(id/[^"]+)"', row)[:2]
            told.append((BASE + first, BASE + second))
        number += 1
    assert sorted(told) == sorted((source, target) for source, _, target in links)


def test_filters_hold_what_they_say(built_client: httpx.Client, built: Snapshot) -> None:
    practices = ItemFacts(built).members("ipg:Practice")
    shown = built_client.get("/network.json?country=est&strength=any").json()
    for edge in shown["edges"]:
        countries = {value.text for value in practices[edge["source"]][f"{BASE}ontology#country"]}
        assert f"{IDS}place/est" in countries
    everything = built_client.get("/network.json?framework=all&strength=any").json()
    assert {edge["strength"] for edge in everything["edges"]} == {"ipg:Primary", "ipg:Secondary"}
    assert len(everything["edges"]) == sum(len(about[f"{BASE}ontology#implements"]) for about in practices.values())
    linked = built_client.get("/network.json?framework=all&strength=any&linked_only=true").json()
    assert all(node["links"] for node in linked["nodes"])
    assert len(linked["nodes"]) < len(everything["nodes"])


def test_what_is_not_known_is_refused_with_what_there_is(built_client: httpx.Client) -> None:
    answer = built_client.get("/network?framework=eu-cbp-2005", headers=PAGE)
    assert answer.status_code == 404
    assert "eu-cbp-2004" in answer.text
    assert built_client.get("/network.json?country=xxx").status_code == 404
    assert built_client.get("/network.json?relation=loves").status_code == 400


def test_a_page_without_links_does_not_say_that_there_are_none_elsewhere(built_client: httpx.Client) -> None:
    page = text_of(built_client.get("/network?framework=coe-guide-2011", headers=PAGE).text)
    assert "This says nothing about what is done elsewhere." in page


ACROSS = f"""PREFIX ipg: <{BASE}ontology#>
SELECT ?actor (COUNT(DISTINCT ?principle) AS ?principles) (COUNT(DISTINCT ?practice) AS ?practices)
WHERE {{
  ?practice a ipg:Practice ; ipg:leadActor|ipg:partner|ipg:funder ?actor .
  OPTIONAL {{ ?practice ipg:implementsPrinciple ?principle }}
}}
GROUP BY ?actor"""


def test_organisations_are_ranked_as_a_query_counts_them(built_client: httpx.Client, built: Snapshot) -> None:
    solutions = Store.read_only(str(built.store)).query(ACROSS)
    assert isinstance(solutions, QuerySolutions)
    expected = {row["actor"].value: (int(row["principles"].value), int(row["practices"].value)) for row in solutions}
    actors = built_client.get("/network.json?view=actors").json()["actors"]
    assert {actor["iri"]: (len(actor["principles"]), len(actor["practices"])) for actor in actors} == expected
    figures = [(len(actor["principles"]), len(actor["practices"])) for actor in actors]
    assert figures == sorted(figures, reverse=True)
    assert [actor["rank"] for actor in actors] == [figures.index(figure) + 1 for figure in figures]


def test_the_ranking_can_be_had_as_tables_and_by_role(built_client: httpx.Client, built: Snapshot) -> None:
    actors = built_client.get("/network.json?view=actors&role=leadActor").json()["actors"]
    assert {role for actor in actors for practice in actor["practices"] for role in practice["roles"]} == {"leadActor"}
    rows = list(csv.DictReader(io.StringIO(built_client.get("/network.csv?view=actors&role=leadActor").text, newline="")))
    assert {row["dataset_version"] for row in rows} == {built.version}
    pairs = {(row["actor"], row["practice"]) for row in rows}
    assert pairs == {(actor["iri"], practice["iri"]) for actor in actors for practice in actor["practices"]}
    book = load_workbook(io.BytesIO(built_client.get("/network.xlsx?view=actors&role=leadActor").content))
    assert book.sheetnames == ["Notes", "Organisations", "Practices"]
    assert book["Organisations"].max_row - 1 == len(actors)
    assert book["Practices"].max_row - 1 == len(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_read_in_three_languages(built_client: httpx.Client, language: str) -> None:
    for query in ("", "view=actors&", "strength=any&relation=implements,limits,leadActor&"):
        assert f'<html lang="{language}">' in built_client.get(f"/network?{query}lang={language}", headers=PAGE).text


# What a user does by clicks ---------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_who_works_across_the_most_principles(visit: Visit, built_client: httpx.Client) -> None:
    first = built_client.get("/network.json?view=actors").json()["actors"][0]
    page = visit.open("/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Network").click()
    page.get_by_role("link", name="Which organisations work across the most principles?").click()
    row = page.get_by_role("row").nth(1)
    cells = row.locator("th, td").all_inner_texts()
    assert cells[:3] == ["1", first["title"], str(len(first["principles"]))]
    for practice in first["practices"]:
        assert practice["title"] in cells[4]
    row.get_by_role("link", name=re.compile("^why these principles")).first.click()
    page.get_by_role("heading", name="The paths in words").wait_for()
    assert visit.errors == []


@pytest.mark.browser
def test_filters_and_tables_work_without_scripts(scriptless: Visit, built_client: httpx.Client) -> None:
    page = scriptless.open("/network")
    page.get_by_text("More: links, countries").click()
    page.get_by_label("conclusion elaborates principle").check()
    page.get_by_label("Links from practices").select_option("any")
    page.get_by_role("button", name="Show").click()
    links = built_client.get("/network.json?strength=any&relation=implements,elaborates").json()["edges"]
    assert f"and {len(links)} links are shown." in page.inner_text("main")
    assert page.get_by_label("conclusion elaborates principle").is_checked()
    assert page.get_by_role("row").count() > 100
    assert not page.locator("#drawing").is_visible()


@pytest.mark.browser
def test_the_drawing_tells_of_a_chosen_item_in_words(visit: Visit) -> None:
    page = visit.open("/network")
    if read_static("client/network.js") is None:  # a machine on which the scripts could not be built
        assert "has not been built" in page.inner_text("main")
        return
    page.locator("#drawing[data-drawn]").wait_for()
    assert page.locator("#graph canvas").count() > 0
    chooser = page.get_by_label("Choose an item to see its links")
    chooser.focus()
    page.keyboard.type("Citizen Coin")
    page.keyboard.press("Enter")
    told = page.locator("#told")
    told.get_by_role("link", name="open its page").wait_for()
    assert "Citizen Coin (practice)" in told.inner_text()
    assert "implements (primary) 9. " in told.inner_text()
    for name in ("Zoom in", "Zoom out", "Show all"):
        page.get_by_role("button", name=name).press("Enter")
    assert chooser.input_value() == ""
    chooser.select_option(label="9. Participation in the democratic process and in making integration policy")
    assert told.get_by_role("listitem").count() == 13
    told.get_by_role("link", name="Citizen Coin").click()
    page.wait_for_url("**/page/id/practice/citizen-coin")
    assert visit.errors == []


@pytest.mark.browser
def test_a_click_on_a_node_chooses_it(visit: Visit) -> None:
    page = visit.open("/network?country=isl")
    if read_static("client/network.js") is None:
        return
    page.locator("#drawing[data-drawn]").wait_for()
    box = page.locator("#graph").bounding_box()
    assert box
    chosen = page.get_by_label("Choose an item to see its links")
    for across in range(4, 50, 2):
        for down in range(4, 98, 6):
            page.locator("#graph").click(position={"x": box["width"] * across / 100, "y": box["height"] * down / 100})
            if chosen.input_value():
                assert page.locator("#told").get_by_role("link", name="open its page").is_visible()
                return
    raise AssertionError("no node was met")
