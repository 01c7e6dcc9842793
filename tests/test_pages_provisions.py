"""The listing of all frameworks with their provisions, and the page on each provision."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from openpyxl import load_workbook

from query_service.coverage.matrix import coverage
from query_service.coverage.question import CoverageQuestion
from query_service.item_facts import ItemFacts, Members
from query_service.language import LANGUAGES
from query_service.snapshot import Snapshot
from tests.browsing import Visit
from tests.served import BASE, running

PAGE = {"Accept": "text/html"}
IDS = f"{BASE}id/"


@pytest.fixture(scope="module")
def facts(built: Snapshot) -> ItemFacts:
    return ItemFacts(built)


def values(facts: ItemFacts, members: Members, item: str, name: str) -> set[str]:
    return {value.text for value in members[item].get(facts.expand(name), ())}


def users(facts: ItemFacts, name: str, target: str) -> set[str]:
    practices = facts.members("ipg:Practice")
    return {practice for practice in practices if target in values(facts, practices, practice, name)}


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next of its rank."""
    found = re.search(rf'<h2 id="{heading}">.*?(?=<h2|<nav class="turn")', page, flags=re.DOTALL)
    assert found, heading
    return found[0]


def linked(part: str, kind: str) -> list[str]:
    return re.findall(rf'href="[^"]*/page/id/({kind}/[^"]+)"', part)


def test_the_listing_counts_what_the_dataset_states(built_client: httpx.Client, facts: ItemFacts) -> None:
    provisions = facts.members("ipg:Provision")
    listed = built_client.get("/principle.json").json()["provisions"]
    assert {row["iri"] for row in listed} == set(provisions)
    reviewed = {
        framework
        for practice, about in facts.members("ipg:Practice").items()
        for framework in values(facts, facts.members("ipg:Practice"), practice, "ipg:reviewedFor")
    }
    for row in listed:
        asserted = users(facts, "ipg:implements", row["iri"])
        if IDS + row["framework"] in reviewed:
            assert row["practices_asserted"] == len(asserted), row["provision"]
        else:
            assert row["practices_asserted"] == "", "not read is not none"
            assert row["status"] == "ipg:NotReviewed"
        if row["kind"] == "principle":
            assert row["practices_inferred_only"] == len(users(facts, "ipg:contributesTo", row["iri"]) - asserted)
        else:
            assert row["practices_inferred_only"] == ""
        is_common = row["framework"] == "framework/eu-cbp-2004"
        assert row["practices_primary"] == (len(users(facts, "ipg:primaryPrinciple", row["iri"])) if is_common else "")


def test_tables_and_page_show_the_same_figures(built_client: httpx.Client, built: Snapshot) -> None:
    listed = built_client.get("/principle.json").json()["provisions"]
    rows = list(csv.DictReader(io.StringIO(built_client.get("/principle.csv?raw=1").text, newline="")))
    assert [{name: row[name] for name in listed[0]} for row in rows] == [
        {name: str(value) for name, value in row.items()} for row in listed
    ]
    assert {(row["dataset_version"], row["licence"]) for row in rows} == {
        (built.version, "https://creativecommons.org/licenses/by/4.0/")
    }
    book = load_workbook(io.BytesIO(built_client.get("/principle.xlsx").content))
    sheet = list(book["Provisions"].iter_rows(values_only=True))
    assert [dict(zip(sheet[0], (cell or "" if cell != 0 else 0 for cell in line), strict=True)) for line in sheet[1:]] == listed
    page = built_client.get("/principle", headers=PAGE).text
    lines = re.findall(r'<tr><th scope="row"><a href="[^"]*/page/id/([^"]+)".*?</tr>', page, flags=re.DOTALL)
    assert lines == [row["provision"] for row in listed]
    for row, line in zip(listed, re.findall(r'<tr><th scope="row">.*?</tr>', page, flags=re.DOTALL), strict=True):
        shown = re.findall(r'<td class="number">(\d+)</td>', line)
        figures = [row[name] for name in ("practices_primary", "practices_asserted", "practices_inferred_only")]
        assert shown == [str(figure) for figure in figures if figure != ""], row["provision"]


def test_the_listing_is_narrowed_by_framework(built_client: httpx.Client) -> None:
    for query, count in (("framework=eu-cbp-2004", 11), ("framework=eu-cbp-2004&framework=coe-interaction-2011", 20)):
        assert len(built_client.get(f"/principle.json?{query}").json()["provisions"]) == count
        page = built_client.get(f"/principle?{query}", headers=PAGE).text
        assert page.count('<th scope="row">') == count
        download = re.search(r'href="([^"]+)">CSV</a>', page)
        assert download
        parts = urlsplit(unescape(download[1]))
        assert sorted(parts.query.split("&")) == sorted(query.split("&"))
        assert len(list(csv.DictReader(io.StringIO(built_client.get(f"{parts.path}?{parts.query}").text, newline="")))) == count
    answer = built_client.get("/principle?framework=eu-cbp-2005", headers=PAGE)
    assert answer.status_code == 404
    assert "eu-cbp-2004" in answer.text


def test_every_provision_has_a_page_of_its_own(built_client: httpx.Client, facts: ItemFacts) -> None:
    for iri, about in facts.members("ipg:Provision").items():
        answer = built_client.get(f"/page/{iri.removeprefix(BASE)}", headers=PAGE)
        assert answer.status_code == 200, iri
        number = about[facts.expand("skos:notation")][0].text
        assert re.search(rf"<h1>(Principle|Conclusion|Recommendation|Guideline) {re.escape(number)}: ", answer.text), iri
        assert "All statements of the graph about it" in answer.text
        summary = next(value.text for value in about[facts.expand("dcterms:description")] if value.language == "en")
        assert summary in unescape(answer.text)


@pytest.mark.parametrize("provision", ["principle/cbp-6", "principle/agreed-3", "conclusion/67", "recommendation/interaction-1"])
def test_the_page_lists_its_practices_primary_first_and_inferred_apart(
    built_client: httpx.Client, facts: ItemFacts, provision: str
) -> None:
    page = built_client.get(f"/page/id/{provision}", headers=PAGE).text
    part = section(page, "practices")
    direct, _, inferred = part.partition("by inference alone")
    named = re.findall(r'<p class="name"><a href="[^"]*/page/id/(practice/[^"]+)"', direct)
    primary = {iri.removeprefix(IDS) for iri in users(facts, "ipg:primaryPrinciple", IDS + provision)}
    asserted = {iri.removeprefix(IDS) for iri in users(facts, "ipg:implements", IDS + provision)}
    assert set(named[: len(primary)]) == primary
    assert sorted(named) == sorted(asserted)
    expected = {iri.removeprefix(IDS) for iri in users(facts, "ipg:contributesTo", IDS + provision)} - asserted
    shown = re.findall(r'<li><a href="[^"]*/page/id/(practice/[^"]+)"', inferred)
    assert sorted(shown) == sorted(expected)


def test_an_inferred_practice_leads_to_the_trace_that_explains_it(built_client: httpx.Client) -> None:
    page = built_client.get("/page/id/principle/cbp-6", headers=PAGE).text
    _, _, inferred = section(page, "practices").partition("by inference alone")
    traces = [urlsplit(unescape(url)) for url in re.findall(r'href="([^"]*/trace\?[^"]+)"', inferred)]
    assert traces
    for parts in traces:
        answer = built_client.get(f"{parts.path}?{parts.query}&format=json").json()
        assert answer["path_count"] > 0
        assert any(derived["property"] == "ipg:contributesTo" for path in answer["paths"] for derived in path["derived"])
        assert parse_qs(parts.query)["end"] == ["principle/cbp-6"]


def test_practices_of_a_page_can_be_had_as_data_with_reasons(built_client: httpx.Client, facts: ItemFacts) -> None:
    page = built_client.get("/page/id/principle/cbp-6", headers=PAGE).text
    for form in ("CSV", "XLSX", "JSON"):
        url = re.search(rf'<li><a href="([^"]+)">{form}</a></li>', section(page, "practices"))
        assert url
        parts = urlsplit(unescape(url[1]))
        answer = built_client.get(f"{parts.path}?{parts.query}")
        assert answer.status_code == 200
        if form == "JSON":
            told = {statement["source"] for statement in answer.json()["statements"] if statement["target"] == "principle/cbp-6"}
            assert {iri.removeprefix(IDS) for iri in users(facts, "ipg:implements", f"{IDS}principle/cbp-6")} <= told


@pytest.mark.parametrize("by", ["country", "level"])
def test_coverage_on_a_page_is_that_of_the_tool(built_client: httpx.Client, built: Snapshot, by: str) -> None:
    laid_out = coverage(built, CoverageQuestion.model_validate({"by": by}))
    row = next(row for row in laid_out.rows if row.path == "principle/cbp-6")
    part = section(built_client.get("/page/id/principle/cbp-6", headers=PAGE).text, "coverage")
    assert f"{laid_out.reviewed} of {laid_out.practices} read" in text_of(part)
    assert built.version in part
    half = re.findall(r"<section>.*?</section>", part, flags=re.DOTALL)[("country", "level").index(by)]
    for column, cell in zip(laid_out.columns, row.cells, strict=True):
        name = re.escape(column.title)
        if cell.status == "ipg:Evidenced":
            assert re.search(
                rf'{name}(</a>)?</th><td><span class="cell evidenced">{cell.found}</span> of {cell.reviewed} read', half
            )
        elif cell.status == "ipg:ReviewedNoneFound":
            assert re.search(rf'{name}(</a>)? <span class="cell none-found">0</span> of {cell.reviewed} read', half)
        else:
            assert re.search(rf"<li>[^/]*{name}|{name}</a></li>", half)


def test_neighbours_lead_through_a_framework_in_the_order_of_its_numbers(built_client: httpx.Client) -> None:
    seen, address = [], "/page/id/principle/cbp-1"
    while address:
        page = built_client.get(address, headers=PAGE).text
        seen.append(address.rpartition("-")[2])
        following = re.search(r'rel="next" href="[^"]*(/page/id/[^"]+)"', page)
        address = following[1] if following else ""
    assert seen == [str(number) for number in range(1, 12)]


def test_a_counterpart_is_told_with_the_kind_of_match_from_either_end(built_client: httpx.Client) -> None:
    from_it = section(built_client.get("/page/id/principle/agreed-3", headers=PAGE).text, "related")
    assert re.search(r"cbp-6\".*?narrower match", from_it, flags=re.DOTALL)
    to_it = section(built_client.get("/page/id/principle/cbp-6", headers=PAGE).text, "related")
    assert re.search(r"agreed-3\".*?broader match", to_it, flags=re.DOTALL)


def test_conclusions_and_guidelines_that_lead_to_a_principle_are_all_listed(built_client: httpx.Client, facts: ItemFacts) -> None:
    part = section(built_client.get("/page/id/principle/cbp-6", headers=PAGE).text, "leading")
    provisions = facts.members("ipg:Provision")
    for name, kinds in (("ipg:elaborates", "conclusion"), ("ipg:supports", "(?:recommendation|guideline)")):
        expected = {
            iri.removeprefix(IDS) for iri in provisions if f"{IDS}principle/cbp-6" in values(facts, provisions, iri, name)
        }
        assert set(linked(part, kinds)) == expected
    assert part.count("<summary>") == part.count('class="rationale"') > 0, "each with its reason on demand"


def test_questions_of_the_guide_stand_with_their_recommendation_and_its_counterpart(built_client: httpx.Client) -> None:
    own = section(built_client.get("/page/id/recommendation/guide-1.1", headers=PAGE).text, "questions")
    assert linked(own, "question")
    other = section(built_client.get("/page/id/recommendation/interaction-1", headers=PAGE).text, "questions")
    assert linked(other, "question") == linked(own, "question")
    assert linked(other, "recommendation") == ["recommendation/guide-1.1"]


def test_a_framework_that_was_not_read_for_says_so(built_client: httpx.Client) -> None:
    page = built_client.get("/page/id/recommendation/guide-1.1", headers=PAGE).text
    assert "That no practice is listed says nothing about what is done." in page
    assert 'id="coverage"' not in page


def test_wordings_are_shown_on_the_own_machine_alone(built: Snapshot) -> None:
    with running(built.folder, public_url="https://data.example.org") as built_client:
        page = built_client.get("/page/id/principle/cbp-6", headers=PAGE).text
        assert "<blockquote" not in page
        assert "The page of the document tells where it can be had" in page
        assert linked(section(page, "wording"), "document")


@pytest.mark.sources
def test_the_official_wording_is_quoted_where_the_documents_are(built_client: httpx.Client) -> None:
    part = section(built_client.get("/page/id/principle/cbp-6", headers=PAGE).text, "wording")
    quoted = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", part, flags=re.DOTALL)
    assert len(quoted) == len(linked(part, "passage")) > 1
    assert all(quoted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_read_in_three_languages(built_client: httpx.Client, language: str) -> None:
    for path in ("/principle", "/page/id/principle/cbp-6", "/page/id/conclusion/7", "/page/id/guideline/skills-3"):
        page = built_client.get(f"{path}?lang={language}", headers=PAGE).text
        assert f'<html lang="{language}">' in page
    conclusion = built_client.get(f"/page/id/conclusion/7?lang={language}", headers=PAGE).text
    title = re.search(r"<h1>.*?</h1>", conclusion)
    assert title
    assert ('<span lang="en">' in title[0]) == (language != "en"), "what is only in English says so"


@pytest.mark.browser
def test_an_analyst_comes_from_the_listing_to_reasons_without_scripts(scriptless: Visit) -> None:
    page = scriptless.open("/principle")
    page.get_by_role("link", name=re.compile("^Common Basic Principles on Integration.*11")).click()
    page.get_by_role("link", name=re.compile(r"^6\. ")).first.click()
    page.get_by_role("link", name=re.compile(r"^Coverage")).last.click()
    page.locator("#leading ~ ul details summary").first.click()
    assert page.locator("#leading ~ ul details[open] .rationale").first.inner_text()
