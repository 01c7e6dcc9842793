"""The page of the trace: the same paths as the tool's, in words, drawn and as data, of the version that the address names."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree as ET

import httpx
import pytest
from openpyxl import load_workbook

from query_service.language import LANGUAGES
from query_service.snapshot import Snapshot
from query_service.trace.question import Question
from query_service.trace.records import Trace
from query_service.trace.search import trace
from query_service.trace.table import trace_rows
from tests.browsing import Visit
from tests.linked import FORMULA, VERSION, WORDING, write_linked_snapshot
from tests.served import running

PAGE = {"Accept": "text/html"}
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"start": "practice/citizen-coin", "end": "principle/cbp-9", "max_hops": 2},
    {"start": "practice/citizen-coin", "end": "principle/cbp-6"},
    {"start": "practice/citizen-coin"},
    {"start": "principle/cbp-6", "to": "practices", "max_hops": 2, "one_way": True},
    {"start": "principle/agreed-3", "end": "principle/cbp-6", "max_hops": 1},
    {"start": "practice/citizen-coin", "end": "principle/cbp-9", "max_hops": 2, "properties": ("implements", "elaborates")},
    {"start": "conclusion/67", "to": "recommendations", "max_hops": 3, "through": True},
)  # fmt: skip


@pytest.fixture(scope="module")
def linked(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of the small snapshot, with a second version of it that is held and not in service."""
    home = tmp_path_factory.mktemp("linked")
    folder = write_linked_snapshot(root, home)
    older = folder.parent / "older"
    shutil.copytree(folder, older)
    manifest = json.loads((older / "manifest.json").read_text(encoding="utf-8"))
    (older / "manifest.json").write_text(json.dumps(manifest | {"version": OLDER}), encoding="utf-8")
    return home


OLDER = "0.0.9+feedc0ffee11"


def query_of(question: dict[str, Any]) -> str:
    pairs = [("property" if name == "properties" else name, value) for name, value in question.items()]
    listed = [(name, one) for name, value in pairs for one in (value if isinstance(value, tuple) else (value,))]
    return "&".join(f"{name}={quote(str(value).lower() if value is True else str(value))}" for name, value in listed)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def told_by(built: Snapshot, question: dict[str, Any]) -> Trace:
    return trace(built, Question(**question))


@pytest.mark.parametrize("question", QUESTIONS, ids=query_of)
def test_json_holds_the_paths_of_the_tool(built_client: httpx.Client, built: Snapshot, question: dict[str, Any]) -> None:
    answer = built_client.get(f"/trace.json?{query_of(question)}").json()
    assert answer["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert answer["what"]
    expected = json.loads(told_by(built, question).model_dump_json())
    assert expected["paths"], "a question with paths"
    assert {name: answer[name] for name in expected} == expected


@pytest.mark.parametrize("question", QUESTIONS, ids=query_of)
def test_pages_tell_every_path_in_order(built_client: httpx.Client, built: Snapshot, question: dict[str, Any]) -> None:
    expected = told_by(built, question)
    titles = expected.item_by_path
    found: list[list[str]] = []
    address = f"/trace?{query_of(question)}"
    while address:
        page = built_client.get(address, headers=PAGE).text
        for path in re.findall(r'<li class="path".*?</ol>\n', page, flags=re.DOTALL):
            links = re.findall(r'<p class="(?:from|hop)">.*?href="[^"]*/page/id/([^"]+)"', path, flags=re.DOTALL)
            found.append(links)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = (
            unescape(following[1]).partition("/trace")[1] + unescape(following[1]).partition("/trace")[2] if following else ""
        )
    assert found == [[expected.start, *(hop.target for hop in path.hops)] for path in expected.paths]
    assert titles


def test_a_statement_is_explained_once_a_page_and_known_by_its_number(built_client: httpx.Client, built: Snapshot) -> None:
    page = built_client.get(f"/trace?{query_of(QUESTIONS[1])}", headers=PAGE).text
    explained = re.findall(r'id="statement-(\d+)"', page)
    assert len(explained) == len(set(explained))
    assert set(re.findall(r'href="#statement-(\d+)"', page)) <= set(explained)
    statements = {one.number: one for one in told_by(built, QUESTIONS[1]).statements}
    assert statements[1].link
    assert statements[1].link.rationale in text_of(page)


def test_what_is_inferred_is_told_with_its_axiom(built_client: httpx.Client) -> None:
    page = text_of(built_client.get(f"/trace?{query_of(QUESTIONS[0])}", headers=PAGE).text)
    assert "contributes to" in page
    assert "follows from steps 1 + 2 by the property chain implements + elaborates of the ontology" in page


def test_the_table_has_a_row_for_each_hop_with_iris_version_and_licence(built_client: httpx.Client, built: Snapshot) -> None:
    answer = built_client.get(f"/trace.csv?{query_of(QUESTIONS[1])}&raw=1")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ipg-trace-{built.version}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    expected = trace_rows(told_by(built, QUESTIONS[1]))
    assert [{name: row[name] for name in expected[0]} for row in rows] == expected
    assert {row["licence"] for row in rows} == {"https://creativecommons.org/licenses/by/4.0/"}
    assert all(row["from_iri"].endswith(f"/id/{row['from']}") and row["to_iri"].endswith(f"/id/{row['to']}") for row in rows)
    assert {row["dataset_version"] for row in rows} == {built.version}


def test_the_workbook_has_paths_statements_passages_and_notes(built_client: httpx.Client, built: Snapshot) -> None:
    answer = built_client.get(f"/trace.xlsx?{query_of(QUESTIONS[0])}")
    book = load_workbook(io.BytesIO(answer.content))
    expected = told_by(built, QUESTIONS[0])
    assert book.sheetnames == ["Notes", "Paths", "Statements", "Passages"]
    notes = {row[0]: row[1] for row in book["Notes"].iter_rows(values_only=True)}
    assert notes["dataset_version"] == built.version
    assert book["Paths"].max_row - 1 == sum(len(path.hops) for path in expected.paths)
    statements = list(book["Statements"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in statements] == [statement.number for statement in expected.statements]
    passages = [passage.iri for statement in expected.statements if statement.link for passage in statement.link.passages]
    assert [row[1] for row in book["Passages"].iter_rows(min_row=2, values_only=True)] == passages


def test_the_picture_is_a_file_of_its_own_with_every_item(built_client: httpx.Client, built: Snapshot) -> None:
    answer = built_client.get(f"/trace?{query_of(QUESTIONS[1])}&format=svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    drawn = {title.text for title in ET.fromstring(answer.text).iter("{http://www.w3.org/2000/svg}title")}  # noqa: S314
    assert {f"{item.title}\n{item.iri}" for item in told_by(built, QUESTIONS[1]).items} <= drawn


def test_the_picture_of_a_page_shows_its_paths_and_says_so(built_client: httpx.Client) -> None:
    small = built_client.get(f"/trace?{query_of(QUESTIONS[0])}", headers=PAGE).text
    assert "All paths, each statement drawn once." in small
    large = built_client.get(f"/trace?{query_of(QUESTIONS[1])}&page=2", headers=PAGE).text
    assert "Paths 11 to 20, each statement drawn once" in large
    picture = re.search(r"<svg xmlns.*?</svg>", large, flags=re.DOTALL)
    assert picture
    assert "10 paths" in picture[0]
    assert "<?xml" not in large


@pytest.mark.parametrize(
    "name",
    [
        "citizen-coin",
        "Citizen Coin",
        "citizen COIN",
        "Citizen Coin (practice/citizen-coin)",
        "https://w3id.org/ipg/id/practice/citizen-coin",
        "http://127.0.0.1:8000/page/id/practice/citizen-coin",
        " practice/citizen-coin ",
    ],
)
def test_items_are_understood_by_title_key_path_iri_and_address(built_client: httpx.Client, name: str) -> None:
    answer = built_client.get("/trace", params={"start": name, "end": "Principle 9", "max_hops": 1, "format": "json"}).json()
    assert (answer["start"], answer["end"]) == ("practice/citizen-coin", "principle/cbp-9")


def test_a_title_is_understood_in_every_language(built_client: httpx.Client) -> None:
    for language in LANGUAGES:
        page = built_client.get(f"/page/id/principle/cbp-6?lang={language}", headers=PAGE).text
        title = re.search(r"<h1>.*?<span[^>]*>(.*?)</span>", page)
        assert title
        answer = built_client.get("/trace.json", params={"start": unescape(title[1]), "max_hops": 1}).json()
        assert answer["start"] == "principle/cbp-6"


def test_an_unknown_name_is_a_page_with_links_to_near_ones(built_client: httpx.Client) -> None:
    answer = built_client.get("/trace", params={"start": "citizn coin", "end": "cbp-9"}, headers=PAGE)
    assert answer.status_code == 404
    assert "Nothing has this name" in answer.text
    near = re.search(r'<li><a href="([^"]+)"[^>]*>Citizen Coin \(practice/citizen-coin\)</a>', answer.text)
    assert near
    parts = urlsplit(unescape(near[1]))
    assert parse_qs(parts.query) == {"start": ["practice/citizen-coin"], "end": ["cbp-9"]}
    assert built_client.get(f"{parts.path}?{parts.query}", headers=PAGE).status_code == 200


def test_a_name_of_several_items_is_a_page_with_links_to_each(linked: Path) -> None:
    with running(linked / "current") as built_client:
        answer = built_client.get("/trace", params={"start": "evaluation"}, headers=PAGE)
    assert answer.status_code == 400
    assert "Several things have this name" in answer.text
    assert {"area/evaluation", "instrument/evaluation"} <= set(re.findall(r"\((\w+/evaluation)\)</a>", answer.text))


def test_programs_get_errors_as_problem_details(built_client: httpx.Client) -> None:
    answer = built_client.get("/trace.json", params={"start": "citizn-coin"})
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("unknown-item")
    assert built_client.get("/trace.json").status_code == 400
    assert built_client.get("/trace?start=cbp-6&max_hops=99").status_code == 400


def test_too_many_paths_are_a_page_with_narrower_questions(built_client: httpx.Client) -> None:
    answer = built_client.get("/trace?start=cbp-6&to=conclusions&max_hops=6", headers=PAGE)
    assert answer.status_code == 400
    assert "There are too many paths" in answer.text
    narrower = [unescape(url) for url in re.findall(r'<li><a href="([^"]*/trace\?[^"]+)"', answer.text)]
    assert len(narrower) >= 3
    for url in narrower:
        parts = urlsplit(url)
        assert built_client.get(f"{parts.path}?{parts.query}", headers=PAGE).status_code in {200, 400}
    fewest = urlsplit(next(url for url in narrower if "max_hops=1" in url))
    assert built_client.get(f"{fewest.path}?{fewest.query}", headers=PAGE).status_code == 200


def test_the_permanent_address_names_the_version_and_gives_the_same(built_client: httpx.Client, built: Snapshot) -> None:
    page = built_client.get(f"/trace?{query_of(QUESTIONS[0])}", headers=PAGE).text
    address = re.search(r'href="([^"]+)" rel="bookmark"', page)
    assert address
    parts = urlsplit(unescape(address[1]))
    assert parse_qs(parts.query)["version"] == [built.version]
    again = built_client.get(f"{parts.path}?{parts.query}", headers=PAGE)
    assert again.status_code == 200
    assert again.headers["IPG-Dataset-Version"] == built.version
    paths = [re.findall(r'<li class="path".*?</li>\n', text, flags=re.DOTALL) for text in (page, again.text)]
    assert paths[0] == paths[1]


def test_a_version_that_is_not_there_is_never_answered_from_another(built_client: httpx.Client, built: Snapshot) -> None:
    asked = f"/trace?{query_of(QUESTIONS[0])}&version=9.9.9%2Bffffffffffff"
    answer = built_client.get(asked, headers=PAGE)
    assert answer.status_code == 404
    assert "Version 9.9.9+ffffffffffff was asked for" in text_of(answer.text)
    assert 'class="path"' not in answer.text
    here = re.search(r'<li><a href="([^"]+)">Ask the same of version', answer.text)
    assert here
    assert "version=" not in here[1]
    for form in ("json", "csv", "xlsx", "svg"):
        assert built_client.get(f"{asked}&format={form}").status_code == 404
    blank = built_client.get(f"/trace?{query_of(QUESTIONS[0])}&version={built.version}", headers=PAGE)
    assert blank.status_code == 200, "a plus sign that arrives as a blank is understood"


def test_an_older_version_that_is_held_answers_itself(linked: Path) -> None:
    with running(linked / "current") as built_client:
        newer = built_client.get("/trace?start=citizen-coin&end=cbp-9&max_hops=2", headers=PAGE)
        assert newer.status_code == 200, newer.text
        older = built_client.get(f"/trace?start=citizen-coin&end=cbp-9&max_hops=2&version={quote(OLDER)}", headers=PAGE)
        assert older.headers["IPG-Dataset-Version"] == OLDER
        assert f"This answer is from version {OLDER}. The version in service is {VERSION}." in text_of(older.text)
        data = built_client.get(f"/trace.json?start=citizen-coin&end=cbp-9&version={quote(OLDER)}").json()
        assert data["dataset_version"] == OLDER
        assert quote(OLDER, safe="") in data["permanent_address"]


def test_wordings_are_on_pages_of_the_own_machine_alone_and_in_data_only_where_published(linked: Path) -> None:
    question = "start=citizen-coin&end=cbp-9&max_hops=1"
    with running(linked / "current") as built_client:
        assert WORDING in built_client.get(f"/trace?{question}", headers=PAGE).text
        for form in ("json", "csv", "xlsx", "svg"):
            assert WORDING.encode() not in built_client.get(f"/trace?{question}&format={form}").content
    with running(linked / "current", public_url="https://data.example.org") as built_client:
        page = built_client.get(f"/trace?{question}", headers=PAGE).text
        assert WORDING not in page
        assert "characters 12 to 345" in text_of(page)
        assert "The wording of passages is shown where the documents are at hand" in page
    with running(linked / "current", public_url="https://data.example.org", publish_text=True) as built_client:
        assert WORDING in built_client.get(f"/trace?{question}", headers=PAGE).text
        assert WORDING in built_client.get(f"/trace.json?{question}").text


def test_cells_that_a_spreadsheet_would_run_are_neutralised(linked: Path) -> None:
    question = "start=citizen-coin&end=cbp-7&max_hops=1"
    with running(linked / "current") as built_client:
        [row] = csv.DictReader(io.StringIO(built_client.get(f"/trace.csv?{question}").text, newline=""))
        assert row["rationale"] == f"'{FORMULA}"
        [row] = csv.DictReader(io.StringIO(built_client.get(f"/trace.csv?{question}&raw=1").text, newline=""))
        assert row["rationale"] == FORMULA
        for other in ("draw=1", "raw=10", "raw=0", "lang=raw=1"):
            [row] = csv.DictReader(io.StringIO(built_client.get(f"/trace.csv?{question}&{other}").text, newline=""))
            assert row["rationale"] == f"'{FORMULA}", other
        sheet = load_workbook(io.BytesIO(built_client.get(f"/trace.xlsx?{question}").content))["Statements"]
        assert f"'{FORMULA}" in {cell.value for line in sheet.iter_rows() for cell in line}


def test_what_is_not_there_is_not_said_not_to_be(built_client: httpx.Client) -> None:
    page = text_of(built_client.get("/trace?start=citizen-coin&end=cbp-2&max_hops=1", headers=PAGE).text)
    assert "This does not mean that there is no relation." in page
    assert "Allow paths that are one step longer" in page
    rows = list(
        csv.DictReader(io.StringIO(built_client.get("/trace.csv?start=citizen-coin&end=cbp-2&max_hops=1").text, newline=""))
    )
    assert [row["paths"] for row in rows] == ["0"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_read_in_three_languages(built_client: httpx.Client, language: str) -> None:
    for query in ("", f"{query_of(QUESTIONS[1])}&", "start=nothing+of+this+name&", "start=cbp-6&to=conclusions&max_hops=6&"):
        page = built_client.get(f"/trace?{query}lang={language}", headers=PAGE).text
        assert f'<html lang="{language}">' in page
        assert 'name="lang" value' in page


# What a user does by clicks ---------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_two_things_are_traced_without_scripts(scriptless: Visit) -> None:
    page = scriptless.open("/trace")
    page.get_by_label("From").fill("Citizen Coin")
    page.get_by_label("To (leave empty").fill("principle 9")
    page.get_by_label("Longest path").select_option("2")
    page.get_by_role("button", name="Trace").click()
    page.get_by_role("heading", name="The paths in words").wait_for()
    assert page.get_by_label("From").input_value() == "Citizen Coin (practice/citizen-coin)"
    assert "2 paths found" in page.inner_text("main")
    page.get_by_role("link", name="1 step: 1").click()
    assert "1 path found" in page.inner_text("main")


@pytest.mark.browser
def test_the_picture_can_be_reached_and_moved_by_keys(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 900})
    page = visit.open(f"/trace?{query_of(QUESTIONS[0])}")
    region = page.get_by_role("region", name="The paths as a picture")
    region.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    region.evaluate(
        "one => new Promise(moved => { const look = () => one.scrollLeft > 0 ? moved() : requestAnimationFrame(look); look(); })"
    )


@pytest.mark.browser
@pytest.mark.sources
def test_why_a_practice_is_said_to_implement_principle_6_with_the_passage(visit: Visit, built_client: httpx.Client) -> None:
    page = visit.open("/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Principles").click()
    page.get_by_role("link", name=re.compile(r"^6\. ")).first.click()
    name = "Citizen Auditors and Municipal Services against Structural Discrimination (CAMUS)"
    entry = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=name, exact=True)).first
    assert "primary" in entry.inner_text()
    entry.locator("summary").click()
    asked: dict[str, str | int] = {"start": name, "end": "principle/cbp-6", "max_hops": 1, "format": "json"}
    [statement] = [
        one for one in built_client.get("/trace", params=asked).json()["statements"] if one["property"] == "ipg:implements"
    ]
    assert statement["link"]["rationale"] in entry.inner_text()
    quoted = entry.locator("blockquote").all_inner_texts()
    assert len(quoted) == len(statement["link"]["passages"]) > 0
    assert all(quoted)
    entry.get_by_role("link", name=re.compile("trace the link")).click()
    page.get_by_role("heading", name="The paths in words").wait_for()
    assert statement["link"]["rationale"] in page.inner_text("main")
    assert visit.errors == []
