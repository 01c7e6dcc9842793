"""The front page, the page on the project and older kinds of pages: figures from the data, three languages, one frame."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from fluent.syntax import FluentParser, ast
from playwright.sync_api import expect
from pyoxigraph import QuerySolutions, Store

from query_service.errors import problem_kinds
from query_service.language import LANGUAGES, Language, words_of
from tests.browsing import Visit
from tests.released import FIRST, SECOND, release
from tests.served import DATA, running, write_snapshot

KAPPA = "Cohen\u2019s kappa"
IPG = "PREFIX ipg: <https://w3id.org/ipg/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "
#: Kinds of pages of which this file looks at the words.
PAGES = (
    "/",
    "/about",
    "/overlay",
    "/licence",
    "/catalog",
    "/.well-known/void",
    "/shapes",
    "/releases",
    "/dumps/",
    "/page/ontology",
    "/page/ontology/Practice",
    "/page/id/link/citizen-coin--implements--cbp-9",
    "/page/id/passage/assess-2015/criteria-integration/accessibility",
    "/page/graph/curated",
    "/problem/not-found",
    "/page/id/nothing-of-that-name",
    "/nowhere",
    "/dumps/nothing.ttl",
)


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[httpx.Client]:
    with running(home / "current") as found:
        yield found


@pytest.fixture(scope="module")
def store(home: Path) -> Store:
    return Store.read_only(str(home / "current" / "store"))


def page(client: httpx.Client, path: str, language: str = "en") -> httpx.Response:
    return client.get(path, params={"lang": language}, headers={"Accept": "text/html"})


def words_in(text: str) -> str:
    """Text of a page as a reader sees it."""
    without = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    apart = re.sub(r"</?(?:td|th|tr|li|p|h\d|div|caption)\b[^>]*>", " ", without)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", apart)))


def rows(store: Store, query: str) -> list[list[str]]:
    found = store.query(IPG + query)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [[getattr(row[name], "value", "") for name in names] for row in found]


# One frame, three languages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_pages_stand_on_one_frame_in_the_language_asked_for(client: httpx.Client, path: str, language: Language) -> None:
    answer = page(client, path, language)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Language"] == language
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1") == 1
    assert not re.search(r"\sstyle=|\son\w+=", answer.text)
    assert words_of(language)("skip-to-content") in answer.text
    for tag in re.findall(r'<a [^>]*href="http://127\.0\.0\.1:8000/(?:page/id|about|search|practice)[^>]*>', answer.text):
        if "hreflang" in tag:
            continue  # leads to this page in another language
        url = tag.partition('href="')[2].partition('"')[0]
        assert f"lang={language}" in url, f"{path} forgets the language at {url}"


@pytest.mark.parametrize("language", ["fr", "de"])
def test_no_english_words_of_ours_are_left_in_other_languages(client: httpx.Client, language: Language) -> None:
    """What stands in another language must be marked; the messages of English pages that are sentences must not be there."""
    sentences = [text for text in english() if len(text) > 40]
    assert len(sentences) > 100
    for path in PAGES:
        text = words_in(page(client, path, language).text)
        assert [sentence for sentence in sentences if sentence in text] == [], path


def english() -> Iterator[str]:
    folder = Path(__file__).parent.parent / "query_service" / "locales" / "en"
    for file in folder.glob("*.ftl"):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if (
                isinstance(entry, ast.Message)
                and entry.value
                and all(isinstance(e, ast.TextElement) for e in entry.value.elements)
            ):
                yield "".join(element.value for element in entry.value.elements if isinstance(element, ast.TextElement))


def test_properties_of_an_item_are_named_in_the_language_of_the_page(client: httpx.Client) -> None:
    french = page(client, "/page/id/practice/citizen-coin", "fr").text
    assert "Royaume-Uni" in french
    assert "pays" in words_in(french)
    english_title = page(client, "/page/id/principle/cbp-9").text
    german_title = page(client, "/page/id/principle/cbp-9", "de").text
    assert re.findall(r"<h1>(.*?)</h1>", english_title) != re.findall(r"<h1>(.*?)</h1>", german_title)


def test_every_kind_of_failure_has_words(client: httpx.Client) -> None:
    for language in LANGUAGES:
        for name in problem_kinds():
            assert words_of(language)(f"problem-{name}") in page(client, f"/problem/{name}", language).text.replace("&#39;", "'")


def test_a_thing_leads_to_its_page_in_the_language_chosen(client: httpx.Client) -> None:
    moved = client.get("/id/practice/citizen-coin?lang=fr", headers={"Accept": "text/html"})
    assert moved.headers["Location"].endswith("/page/id/practice/citizen-coin?lang=fr")
    plain = client.get("/id/practice/citizen-coin?lang=fr", headers={"Accept": "text/turtle"})
    assert plain.headers["Location"].endswith("/data/id/practice/citizen-coin.ttl")


def test_a_browser_is_told_of_an_error_on_a_page_and_a_program_in_json(client: httpx.Client) -> None:
    for path in ("/nowhere", "/dumps/nothing.ttl", "/snapshot/0.0.0+aaaaaaaaaaaa"):
        assert page(client, path).headers["Content-Type"] == "text/html; charset=utf-8", path
        assert client.get(path).headers["Content-Type"] == "application/problem+json", path
        assert page(client, path).status_code == client.get(path).status_code == 404


# The front page -------------------------------------------------------------------------------------------------------


def test_the_front_page_counts_what_the_graph_holds(client: httpx.Client, store: Store) -> None:
    text = words_in(page(client, "/").text)
    for name, words in (("Practice", "practices"), ("Link", "links with their reasons"), ("SourceDocument", "documents")):
        [[count]] = rows(store, f"SELECT (COUNT(DISTINCT ?i) AS ?n) {{ ?i a ipg:{name} }}")
        assert f"{count} {words}" in text
    counted = rows(
        store,
        "SELECT ?f (COUNT(DISTINCT ?p) AS ?n) (COUNT(DISTINCT ?practice) AS ?m) { ?f a ipg:Framework . ?p dcterms:isPartOf ?f ; "
        "a ipg:Provision . OPTIONAL { ?practice a ipg:Practice ; ipg:implements ?p } } GROUP BY ?f",
    )
    assert len(counted) == 6
    for framework, provisions, practices in counted:
        card = re.search(
            rf'<li class="card"><h3><a href="[^"]*{framework.rpartition("/")[2]}[^"]*">.*?</li>',
            page(client, "/").text,
            re.DOTALL,
        )
        assert card, framework
        assert f"{provisions} provisions." in card[0]
        expected = f"from {practices} of 92 practices reviewed" if int(practices) else "Practices were not reviewed for it"
        assert expected in card[0]


def test_the_front_page_has_a_way_in_for_each_kind_of_user(client: httpx.Client) -> None:
    text = page(client, "/", "fr").text
    for heading in ("Pour les analystes", "Pour la recherche", "Pour les programmes"):
        assert heading in text
    paths = (
        "practice principle coverage compare trace country network overlay about search sparql examples ontology catalog "
        ".well-known/void dumps/ ldes feed.atom releases shapes context.jsonld openapi.json sitemap.xml"
    )
    for path in paths.split():
        assert re.search(rf'href="http://127\.0\.0\.1:8000/{re.escape(path)}["?]', text), path
    assert '<form class="wide-search" action="http://127.0.0.1:8000/search" method="get">' in text


def test_the_front_page_tells_the_newest_release(tmp_path: Path) -> None:
    versions = release(tmp_path / "home", tmp_path / "ledger", FIRST, SECOND)
    with running(tmp_path / "home" / "current", releases_dir=tmp_path / "ledger") as client:
        text = words_in(page(client, "/").text)
        assert f"Release 2, 2026-01-03: {versions[1]}" in text
        assert re.search(r"\d+ added, \d+ changed, 1 removed", text)
        listed = page(client, "/releases").text
        assert listed.index(versions[1]) < listed.index(versions[0])
        assert "To be left out" in listed
        assert "/page/id/practice/b" not in listed, "what has left has no page"
        assert client.get("/releases").headers["Last-Modified"]


def test_a_dataset_without_ours_still_has_a_front_page(tmp_path: Path) -> None:
    with running(write_snapshot(tmp_path / "snapshot", DATA), releases_dir=None) as client:
        answer = page(client, "/")
        assert answer.status_code == 200
        assert "Nothing has been published yet." in answer.text
        assert "Coverage at a glance" not in answer.text
        assert page(client, "/releases").status_code == 200
        assert page(client, "/about").status_code == 500


# About ----------------------------------------------------------------------------------------------------------------


def test_figures_on_the_project_come_from_the_dataset(client: httpx.Client, store: Store) -> None:
    text = words_in(page(client, "/about").text)
    figures = rows(
        store, "SELECT ?layer ?measure ?value ?items { ?f a ipg:AgreementFigure ; ipg:codingLayer ?layer ; ipg:agreementMeasure "
        "?measure ; ipg:agreementValue ?value ; ipg:itemsCompared ?items }"
    )  # fmt: skip
    assert len(figures) == 12
    for layer, measure, value, items in figures:
        name = words_of("en")(f"about-layer-{layer.replace('_', '-')}")
        assert f"{name} {KAPPA if measure == 'kappa' else 'F1'} {float(value):.3f} {items}" in text
    states = dict(rows(store, "SELECT ?s (STR(COUNT(?l)) AS ?n) { ?l a ipg:Link ; ipg:reviewState ?s } GROUP BY ?s"))
    by_name = {iri.rpartition("#")[2]: count for iri, count in states.items()}
    assert f"{by_name['StatedByDocument']} state what a document states, {by_name['JudgedByModel']} were judged" in text
    assert "ReviewedByPerson" not in by_name
    assert "No person has reviewed any link yet." in text
    told = json.loads(client.get("/about.json").content)
    assert told["links"]["judged"] == int(by_name["JudgedByModel"])
    assert told["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_project_is_cited_with_its_exact_version(client: httpx.Client, root: Path) -> None:
    answer = page(client, "/about")
    version = answer.headers["IPG-Dataset-Version"]
    text = answer.text
    assert f"Dataset, version {version}" in text
    assert f'version: "{version}"' in unescape(text)
    file = (root / "CITATION.cff").read_text(encoding="utf-8")
    for line in ("title: Integration Policy Graph", "type: dataset", "license: CC-BY-4.0", "url: https://w3id.org/ipg/"):
        assert line in file
        assert line in text


def test_what_pages_say_of_privacy_is_so(client: httpx.Client) -> None:
    for path in PAGES:
        answer = page(client, path)
        assert "set-cookie" not in answer.headers
        linked = re.findall(
            r'<(?:script|img|iframe)[^>]*src="([^"]+)"|<link[^>]*rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"', answer.text
        )
        assert all(url.startswith("http://127.0.0.1:8000/") for pair in linked for url in pair if url), path


# Files and versions ---------------------------------------------------------------------------------------------------


def test_the_list_of_files_names_each_with_its_sum(client: httpx.Client) -> None:
    listed = client.get("/dumps/", headers={"Accept": "application/json"}).json()
    text = page(client, "/dumps/", "de").text
    for file in listed["files"]:
        assert f'href="{file["url"]}"' in text
        assert file["sha256"] in text
        assert f'href="{file["latest"]}"' in text
    version = page(client, f"/snapshot/{listed['version']}", "fr").text
    assert "Cette version est en service." in version
    assert f"<code>{listed['version']}</code>" in version


# In a browser ---------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_from_the_front_page_to_how_a_link_was_judged(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("link", name="How links are made and checked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About the Integration Policy Graph")
    page.get_by_role("link", name="Adjudicator").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Adjudicator")
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Schlichter")
    visit.check()
