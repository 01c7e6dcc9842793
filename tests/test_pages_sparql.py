"""The page of the endpoint: its editor with completion, chart and graph, the plain form without scripts, and the examples."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from pyoxigraph import RdfFormat, parse

from query_service.dataset_facts import DatasetFacts
from query_service.language import Reading
from query_service.pages import build_site, render_page
from query_service.query_page import QueryPage
from query_service.urls import Urls
from tests.browsing import Visit

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
COUNTS = "SELECT ?word ?count { VALUES (?word ?count) { ('a' 3) ('b' 1) ('c' 2) } }"
GRAPH = "PREFIX ipg: <https://w3id.org/ipg/ontology#> CONSTRUCT { ?a ipg:elaborates ?b } { ?a ipg:elaborates ?b } LIMIT 12"


def page(served: str, path: str) -> httpx.Response:
    answer = httpx.get(f"{served}{path}", headers=BROWSER, timeout=60)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer


# Without scripts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Ask the graph"), ("fr", "Interrogez le graphe"), ("de", "Fragen Sie den Graphen")]
)
def test_a_browser_gets_a_page_in_its_language_and_a_program_the_description(served: str, language: str, words: str) -> None:
    by_header = httpx.get(f"{served}/sparql", headers={**BROWSER, "Accept-Language": language}, timeout=60)
    assert words in by_header.text
    assert by_header.headers["Content-Language"] == language
    assert words in page(served, f"/sparql?lang={language}").text
    described = httpx.get(f"{served}/sparql", headers={"Accept": "text/turtle"}, timeout=60)
    assert described.headers["Content-Type"].startswith("text/turtle")
    assert by_header.headers["ETag"] != described.headers["ETag"]


def test_no_script_from_elsewhere_or_in_the_page_may_run(served: str) -> None:
    answer = page(served, "/sparql")
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    scripts = re.findall(r"<script\b([^>]*)>", answer.text)
    assert all('src="' in one or 'type="application/json"' in one for one in scripts)
    assert "unsafe" not in page(served, "/examples").headers["Content-Security-Policy"]


def test_the_page_offers_every_example_and_holds_the_one_asked_for(served: str) -> None:
    listed = httpx.get(f"{served}/examples?format=json", timeout=60).json()["examples"]
    shown = page(served, "/sparql?lang=fr").text
    for example in listed:
        assert f'href="{served}/sparql?example={example["key"]}&amp;lang=fr"' in shown
    chosen = page(served, "/sparql?example=practices-of-one-country").text
    assert "SELECT" in re.search(r"<textarea[^>]*>(.*?)</textarea>", chosen, re.DOTALL)[1]  # type: ignore[index]
    assert "practices_of" not in chosen
    assert "skos:prefLabel ?label" in page(served, "/sparql?example=there-is-no-such").text


def test_the_list_of_examples_leads_to_the_editor(served: str) -> None:
    listed = httpx.get(f"{served}/examples?format=json", timeout=60).json()["examples"]
    for language in ("en", "fr", "de"):
        shown = page(served, f"/examples?lang={language}").text
        assert f'<html lang="{language}">' in shown
        assert shown.count("/sparql?example=") == len(listed)
    assert "Im Editor öffnen" in shown


def test_without_the_scripts_the_page_says_what_is_missing_and_works() -> None:
    address = "http://127.0.0.1:8000"
    site = build_site(Urls(address, "https://w3id.org/ipg/"), DatasetFacts("1"), {}, Reading("de"))
    record = QueryPage(
        site=site,
        endpoint=f"{address}/sparql",
        version="1",
        text="ASK {}",
        example=None,
        formats=(("SELECT, ASK", (("csv", "text/csv"),)),),
        examples=(),
        has_editor=False,
        config={},
    )
    shown = render_page("sparql.html", record).decode()
    assert "make serve" in shown
    assert "client/" not in shown
    assert '<form class="query"' in shown


@pytest.mark.browser
def test_the_plain_form_asks(scriptless: Visit) -> None:
    page_ = scriptless.open("/sparql")
    page_.get_by_label("Query in SPARQL").fill("ASK {}")
    page_.get_by_label("Format of the answer").select_option("xml")
    with page_.expect_download() as begun:  # the browser keeps what it cannot show
        page_.get_by_role("button", name="Run").click()
    assert "<boolean>true</boolean>" in Path(begun.value.path()).read_text(encoding="utf-8")
    page_ = scriptless.open("/sparql")
    page_.locator(".chosen-examples a").first.click()
    page_.wait_for_url("**/sparql?example=*")
    assert "agreed" in page_.get_by_label("Query in SPARQL").input_value()


# Building the scripts ------------------------------------------------------------------------------------------------


@pytest.mark.node
def test_the_scripts_are_built_here_with_the_licences_of_all_they_hold(root: Path) -> None:
    built = root / "query_service" / "static" / "client"
    assert (built / "sparql.js").is_file(), "run make: there is Node.js on this machine"
    lock = json.loads((root / "client" / "package-lock.json").read_text(encoding="utf-8"))
    licences = (built / "LICENSES.txt").read_text(encoding="utf-8")
    for path, about in lock["packages"].items():
        if path and not about.get("dev") and not about.get("optional"):
            assert f"{path.rpartition('node_modules/')[2]} {about['version']} (" in licences
        assert "resolved" not in about
        assert not path or "integrity" in about


@pytest.mark.client
def test_the_scripts_name_no_other_service_that_they_would_ask(served: str, root: Path) -> None:
    licences = httpx.get(f"{served}/static/client/LICENSES.txt", timeout=60)
    assert licences.headers["Content-Type"].startswith("text/plain")
    package = json.loads((root / "client" / "package.json").read_text(encoding="utf-8"))
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_without_node_and_network_the_build_says_so_in_one_line_and_goes_on(root: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "touch", "env"):
        (tools / name).symlink_to(shutil.which(name) or name)
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True
    )  # nothing can be fetched with it
    made = subprocess.run(
        ["sh", root / "client" / "build.sh", tmp_path / "venv"],
        cwd=root,
        env={"PATH": str(tools), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0
    assert made.stderr.count("\n") == 1
    assert "Node.js is missing" in made.stderr
    assert "editor and the interactive network are left out" in made.stderr


# The editor ----------------------------------------------------------------------------------------------------------


def text_of(page_: Page) -> str:
    written: str = page_.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    return written


def write(page_: Page, query: str) -> None:
    page_.evaluate("query => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", query)


def run(page_: Page, query: str) -> None:
    write(page_, query)
    page_.get_by_role("button", name="Run", exact=True).click()
    page_.locator("#answer").wait_for()


def rows_of(page_: Page) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in page_.locator(".answer tbody tr").all()]


@pytest.mark.browser
@pytest.mark.client
def test_typing_completing_and_running_by_keyboard_alone(visit: Visit) -> None:
    page_ = visit.open("/sparql")
    editor = page_.get_by_role("textbox", name="Query in SPARQL")
    editor.focus()
    page_.keyboard.press("Control+a")
    page_.keyboard.type("SELECT (COUNT(*) AS ?links) WHERE { ?practice ipg:impl", delay=15)
    hints = page_.locator(".CodeMirror-hint")
    hints.first.wait_for()
    assert "ipg:implements" in hints.first.inner_text()
    assert "used" in hints.first.inner_text()
    visit.check()
    page_.keyboard.press("Enter")
    page_.keyboard.type(" ?provision . ?practice a ipg:Prac", delay=15)
    hints.first.wait_for()
    page_.keyboard.press("Enter")
    page_.keyboard.type(" }")
    written = text_of(page_)
    assert written.startswith("PREFIX ipg: <https://w3id.org/ipg/ontology#>")
    assert "ipg:implements ?provision . ?practice a ipg:Practice" in written
    page_.keyboard.press("Control+Enter")
    page_.locator(".answer tbody td").first.wait_for()
    assert int(rows_of(page_)[0][0]) > 90
    page_.keyboard.press("Tab")  # the editor lets go of the focus
    expect(page_.get_by_role("button", name="Run", exact=True)).to_be_focused()
    visit.check()


@pytest.mark.browser
@pytest.mark.client
def test_an_example_is_one_click_away(visit: Visit) -> None:
    page_ = visit.open("/sparql?lang=de")
    page_.get_by_label("Nur Fragen mit").fill("EuroVoc")
    visible = page_.locator(".chosen-examples li:visible a")
    assert 0 < visible.count() < 10
    page_.locator("a[data-key=practices-by-country-and-chapter]").evaluate("link => link.click()")
    page_.locator(".answer tbody tr").first.wait_for()
    assert "compendiumOf2015" in text_of(page_)
    assert "28 Zeilen" in page_.locator(".answer").inner_text()
    assert "Datensatzversion" in page_.locator(".answer").inner_text()
    assert visit.errors == []


@pytest.mark.browser
@pytest.mark.client
def test_numbers_become_a_chart_and_its_address_brings_it_back(visit: Visit, served: str) -> None:
    page_ = visit.open("/sparql")
    run(page_, COUNTS)
    page_.get_by_role("button", name="Chart").click()
    canvas = page_.locator("canvas")
    canvas.wait_for()
    assert canvas.evaluate("canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)")
    page_.get_by_label("Kind of chart").select_option("ring")
    visit.check()
    with page_.expect_download() as begun:
        page_.get_by_role("button", name="Save as picture").click()
    assert Path(begun.value.path()).read_bytes().startswith(b"\x89PNG")
    lasting = page_.url
    assert f"#query={quote('SELECT ?word', safe='')[:6]}" in lasting
    page_.goto("about:blank")
    again = visit.open(lasting.removeprefix(served))
    again.locator("canvas").wait_for()
    assert text_of(again) == COUNTS


@pytest.mark.browser
@pytest.mark.client
def test_statements_become_a_graph(visit: Visit) -> None:
    page_ = visit.open("/sparql")
    run(page_, GRAPH)
    assert "12 triples" in page_.locator(".answer").inner_text()
    assert len(rows_of(page_)) == 12
    page_.get_by_role("button", name="Graph", exact=True).click()
    page_.locator(".graph-frame canvas").first.wait_for()
    assert re.search(r"Graph of 1[3-9] things and 12 statements", page_.locator(".answer").inner_text())
    page_.get_by_role("button", name="Closer").click()
    page_.get_by_role("button", name="Fit to window").click()
    visit.check()
    page_.get_by_role("button", name="Source").click()
    assert "https://w3id.org/ipg/ontology#elaborates" in page_.locator(".answer pre").inner_text()


@pytest.mark.browser
@pytest.mark.client
def test_a_table_is_sorted_narrowed_down_and_leads_on(visit: Visit, served: str) -> None:
    page_ = visit.open("/sparql")
    run(page_, "SELECT ?item ?n { VALUES (?item ?n) { (<https://w3id.org/ipg/id/place/est> 10) ('text'@fr 9) (<urn:x> 100) } }")
    assert page_.get_by_role("link", name="place/est").get_attribute("href") == f"{served}/page/id/place/est"
    page_.get_by_role("button", name="Sort by n").click()
    assert [row[1] for row in rows_of(page_)] == ["9", "10", "100"]
    page_.get_by_role("button", name="Sort by n").click()
    assert [row[1] for row in rows_of(page_)] == ["100", "10", "9"]
    page_.get_by_label("Only rows with").fill("TEXT")
    assert [row[1] for row in rows_of(page_)] == ["9"]
    assert "1 of 3 rows" in page_.locator(".answer").inner_text()
    run(page_, "SELECT ?a { VALUES ?a { " + " ".join(map(str, range(250))) + " } }")
    assert len(rows_of(page_)) == 100
    page_.get_by_role("button", name="Further rows").click()
    assert rows_of(page_)[0] == ["100"]
    visit.check()


@pytest.mark.browser
@pytest.mark.client
def test_every_format_can_be_downloaded_and_read(visit: Visit, tmp_path: Path) -> None:
    page_ = visit.open("/sparql")

    def fetch(name: str) -> Path:
        with page_.expect_download() as begun:
            page_.locator(".answer .downloads").get_by_role("link", name=name, exact=True).click()
        begun.value.save_as(tmp_path / begun.value.suggested_filename)
        return tmp_path / begun.value.suggested_filename

    run(page_, COUNTS)
    with fetch("csv").open(encoding="utf-8", newline="") as table:
        assert [row["count"] for row in csv.DictReader(table)] == ["3", "1", "2"]
    assert len(json.loads(fetch("json").read_text())["results"]["bindings"]) == 3
    assert fetch("xml").read_text().count("<result>") == 3
    assert fetch("tsv").read_text().startswith("?word\t?count")
    run(page_, GRAPH)
    for name, format_ in (
        ("ttl", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("rdf", RdfFormat.RDF_XML),
        ("trig", RdfFormat.TRIG),
    ):
        assert len(list(parse(fetch(name).read_bytes(), format_))) == 12
    assert len(list(parse(fetch("jsonld").read_bytes(), RdfFormat.JSON_LD))) == 12


@pytest.mark.browser
@pytest.mark.client
def test_what_went_wrong_is_told_with_its_line(visit: Visit) -> None:
    page_ = visit.open("/sparql?lang=fr")
    page_.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT *\\nWHERE {\\n  ?s ?p \\n}')")
    page_.get_by_role("button", name="Exécuter").click()
    told = page_.get_by_role("alert")
    told.wait_for()
    assert "Ligne 4" in told.inner_text() or "Ligne 3" in told.inner_text()
    assert [error for error in visit.errors if "400" not in error] == []
    visit.errors.clear()
    run_fr = page_.get_by_role("button", name="Exécuter")
    write(page_, "SELECT ?x { ?x a <urn:nothing> }")
    run_fr.click()
    page_.get_by_text("rien trouvé dans ce jeu de données").wait_for()
    write(page_, "ASK {}")
    run_fr.click()
    page_.get_by_text("Oui", exact=True).wait_for()
    visit.check()


@contextmanager
def _dark(browser: Browser, served: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1000, "height": 900}, color_scheme="dark")
    try:
        yield Visit(context, served)
    finally:
        context.close()


@pytest.mark.browser
@pytest.mark.client
def test_colours_can_be_read_in_the_dark(browser: Browser, served: str) -> None:
    with _dark(browser, served) as visit:
        page_ = visit.open("/sparql")
        run(page_, f"# a comment\n{COUNTS}")
        visit.check()
        visit.open("/search?q=housing")
        visit.check()
