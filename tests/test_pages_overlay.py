"""``/overlay``: own practices beside ours, as page and as data; files that do harm do none; nothing is kept."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from time import monotonic

import httpx
import pytest
from playwright.sync_api import Page, expect
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from query_service.analyst.overlay.records import Overlay
from query_service.errors import Busy
from query_service.overlay.columns import COLUMN_NAMES, TELLING
from query_service.overlay.running import Runner
from query_service.settings import ServiceSettings
from query_service.snapshot import read_snapshot
from query_service.suggest.records import Draft
from query_service.suggest.search import suggest
from query_service.suggest.texts import read_corpus
from tests.browsing import WIDTHS, Visit
from tests.own_practices import FIVE, HOSTILE, LONG_CELLS, as_csv, as_workbook, read_workbook
from tests.served import running

BASE = "https://w3id.org/ipg/"
IPG = f"{BASE}ontology#"
OWL = "http://www.w3.org/2002/07/owl#"
PLACES = "https://example.org/mine/"
#: Names that columns may have, in the order of the template.
HEADS = {
    "printed": (
        "Title", "Country", "Locality", "Type", "Area of intervention", "Duration", "Purpose", "Stimulus", "Process", "Impact",
        "References",
    ),
    "fr": (
        "Titre", "Pays", "Localité", "Type de pratique", "Domaine d\u2019intervention", "Durée", "Objectif", "Motif",
        "Déroulement", "Effets", "Références",
    ),
    "de": ("TITEL", "Land", "Ort", "Art", "Handlungsfeld", "Laufzeit", "Zweck", "Anlass", "Ablauf", "Wirkung", "Nachweise"),
}  # fmt: skip
#: Makes what a reader drops on the field.
DROPPED = """text => {
  const data = new DataTransfer();
  data.items.add(new File([text], "dropped.csv", {type: "text/csv"}));
  return data;
}"""


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[httpx.Client]:
    with running(home / "current") as found:
        yield found


def send(
    client: httpx.Client, content: bytes | None = None, name: str = "mine.csv", accept: str = "*/*", **fields: str
) -> httpx.Response:
    """The answer to a form."""
    files = {"file": (name, as_csv() if content is None else content)}
    return client.post("/overlay", files=files, data=fields, headers={"Accept": accept})


def told(client: httpx.Client, content: bytes | None = None, **fields: str) -> Overlay:
    answer = send(client, content, output="json", **fields)
    assert answer.status_code == 200, answer.text
    return Overlay.model_validate_json(answer.content)


def words_of(page: str) -> str:
    """Text of a page as a reader sees it."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", page)))


# What is found --------------------------------------------------------------------------------------------------------


def test_what_is_suggested_is_what_the_command_suggests(client: httpx.Client, home: Path) -> None:
    snapshot = read_snapshot(home / "current")
    drafts = [
        Draft(title=row["title"], text="\n".join(filter(None, (row.get(name, "") for name in TELLING))), name="x") for row in FIVE
    ]
    expected = suggest(read_corpus(snapshot), snapshot.version, drafts, 3)
    overlay = told(client)
    assert overlay.dataset_version == snapshot.version
    assert [own.title for own in overlay.practices] == [row["title"] for row in FIVE]
    assert [own.series for own in overlay.practices] == [draft.series for draft in expected.drafts]


def test_both_sides_stand_beside_each_other(client: httpx.Client) -> None:
    overlay = told(client)
    sizes = {series.series: len(series.standings) for series in overlay.series}
    assert sizes == {"principles": 11, "conclusions": 101, "measures": 9}
    for series in overlay.series:
        assert series.reviewed == 92
        for standing in series.standings:
            assert standing.ours.reviewed == 92
            assert (standing.ours.status == "ipg:Evidenced") == (standing.ours.found > 0)
            mine = {
                own.number
                for own in overlay.practices
                for found in own.series
                for line in found.suggestions
                if line.provision.path == standing.provision.path
            }
            assert {beside.number for beside in standing.own} == mine
        assert {gap.provision.path for gap in series.gaps} == {one.provision.path for one in series.standings if not one.own}
    assert [told.country.path for told in overlay.countries] == ["place/est", "place/deu", "place/aut"]
    conclusion = next(one for one in overlay.series[1].standings if one.provision.path == "conclusion/67")
    assert [item.path for item in conclusion.under] == ["principle/cbp-9"]


def test_fewer_suggestions_leave_more_gaps(client: httpx.Client) -> None:
    one, ten = told(client, top="1"), told(client, top="10")
    assert len(one.series[0].gaps) > len(ten.series[0].gaps)
    assert {len(series.suggestions) for own in one.practices for series in own.series} == {1}


def test_the_page_shows_figures_gaps_reasons_and_that_nobody_asserts_anything(client: httpx.Client) -> None:
    answer = send(client, accept="text/html")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    text, overlay = words_of(answer.text), told(client)
    assert "Nobody asserts them and nobody has reviewed them" in text
    assert f"5 practices were read from mine.csv and compared with dataset {overlay.dataset_version}." in text
    for series in overlay.series:
        assert f"{series.framework.title}: {len(series.gaps)} of {len(series.standings)}" in text
    reason = overlay.practices[0].series[0].suggestions[0].reasons[0]
    provision = overlay.practices[0].series[0].suggestions[0].provision
    assert f"like {reason.item.title}, which implements it: {round(100 * reason.share)} % of the likeness" in text
    assert f"/trace?start={reason.item.path.replace('/', '%2F')}&amp;end={provision.path.replace('/', '%2F')}" in answer.text
    assert "“Atlantis” is no country that the dataset names." in text
    assert "Row 4, column “Area of intervention”: The cell is empty." in text


@pytest.mark.parametrize(
    ("language", "gap", "cell"),
    [("fr", "Rien de suggéré chez vous", "Domaine"), ("de", "Nichts von Ihnen vorgeschlagen", "Handlungsfeld")],
)
def test_the_page_is_in_the_language_asked_for(client: httpx.Client, language: str, gap: str, cell: str) -> None:
    answer = client.post(f"/overlay?lang={language}", files={"file": ("mine.csv", as_csv())}, headers={"Accept": "text/html"})
    assert f'<html lang="{language}">' in answer.text
    assert gap in words_of(answer.text)
    assert cell in words_of(answer.text)


# Files that can be read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        as_workbook(),
        as_csv(delimiter=";"),
        as_csv(delimiter="\t"),
        b"\xef\xbb\xbf" + as_csv(),
        as_csv(delimiter="\t").decode().encode("utf-16"),
        as_csv().replace(b"\r\n", b"\n").replace(b"\n", b"\n\n"),
        as_csv(head=HEADS["printed"]),
        as_csv(head=HEADS["fr"]),
        as_csv(head=HEADS["de"]),
    ],
    ids=["workbook", "semicolons", "tabs", "mark", "utf-16", "empty lines", "printed labels", "French", "German"],
)  # fmt: skip
def test_the_same_table_gives_the_same_however_it_is_saved(client: httpx.Client, content: bytes) -> None:
    expected, found = told(client), told(client, content)
    assert [own.series for own in found.practices] == [own.series for own in expected.practices]
    assert [own.cells for own in found.practices] == [own.cells for own in expected.practices]


def test_rows_that_cannot_be_compared_are_left_out_and_named(client: httpx.Client) -> None:
    rows = [
        FIVE[0],
        {**FIVE[1], "title": ""},
        {**FIVE[2], "purpose": "x" * 20_001},
        {**FIVE[3], "title": FIVE[0]["title"].upper()},
        {"title": "Short", "purpose": "of the and"},
        {"title": "Zzyzx qqqq", "purpose": "Wwww vvvv uuuu tttt ssss rrrr"},
        FIVE[4],
    ]
    overlay = told_page(client, rows)
    for words in (
        "Row 3, column “Title”: The cell is empty.",
        "Row 4, column “Purpose”: The text has 20001 characters; 20000 are allowed.",
        "Row 5, column “Title”: “LANGUAGE CAFÉ IN THE LIBRARY” is also the title in row 2.",
        "Row 6: The practice is told in 1 different words",
        "Row 7: The practice has no word in common",
        "2 practices were read",
    ):
        assert words in overlay
    refused = send(client, as_csv(rows), output="csv")
    assert refused.status_code == 400
    assert refused.json()["type"].endswith("/problem/unusable-upload")
    assert "Row 3, column" in refused.json()["detail"], "a table that lacks rows would look whole"


def told_page(client: httpx.Client, rows: Sequence[Mapping[str, str]]) -> str:
    return words_of(send(client, as_csv(rows), accept="text/html").text)


def test_a_formula_without_its_value_is_not_taken_for_an_empty_cell(client: httpx.Client) -> None:
    def spoil(book: object) -> None:
        book.worksheets[0]["I3"] = '=CONCATENATE("a","b")'  # type: ignore[attr-defined]

    page = words_of(send(client, as_workbook(change=spoil), "mine.xlsx", "text/html").text)
    assert "Row 3, column “Process”: The cell holds a formula without a value." in page


def test_columns_that_are_not_read_are_named(client: httpx.Client) -> None:
    content = as_csv().replace(b",references\r\n", b",Budjet,references\r\n", 1).replace(b",\r\n", b",12,\r\n")
    page = words_of(send(client, content, accept="text/html").text)
    assert "column “Budjet”: The template has no such column, and it was not read." in page


# Files that do harm ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_cannot_be_used_is_said_and_how_to_mend_it(client: httpx.Client, name: str) -> None:
    content, words = HOSTILE[name]
    answer = send(client, content, accept="text/html")
    assert answer.status_code == 400
    assert "mine.csv cannot be used as it is" in words_of(answer.text)
    assert words in words_of(answer.text)
    assert 'type="file"' in answer.text, "it can be mended and sent again at once"
    data = send(client, content, output="ttl")
    assert (data.status_code, data.headers["Content-Type"]) == (400, "application/problem+json")
    assert words in data.json()["detail"]
    assert data.json()["mend"]
    assert client.get("/healthz").status_code == 200


def test_what_would_run_in_a_spreadsheet_does_not(client: httpx.Client) -> None:
    evil = {**FIVE[0], "title": '=HYPERLINK("http://e.org","x")', "locality": "@SUM(1)", "impact": "<script>alert(1)</script>"}
    rows = list(csv.DictReader(io.StringIO(send(client, as_csv([evil]), output="csv").text)))
    assert {row["practice"] for row in rows} == {f"'{evil['title']}"}
    raw = client.post("/overlay?raw=1", files={"file": ("a.csv", as_csv([evil]))}, data={"output": "csv"})
    assert {row["practice"] for row in csv.DictReader(io.StringIO(raw.text))} == {evil["title"]}
    sheets = read_workbook(send(client, as_csv([evil]), output="xlsx").content)
    assert f"'{evil['title']}" in sheets["Your practices"][1]
    assert "'@SUM(1)" in sheets["Your practices"][1]
    page = send(client, as_csv([evil]), accept="text/html").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"output": "pdf"}, 400, "There is no such output."),
        ({"top": "0"}, 400, "So many suggestions cannot be made."),
        ({"top": "eleven"}, 400, "So many suggestions cannot be made."),
        ({"base": "javascript:alert(1)/"}, 400, "This cannot be the base"),
        ({"base": "https://example.org/mine"}, 400, "This cannot be the base"),
        ({"base": "https://example.org/ mine/"}, 400, "This cannot be the base"),
        ({"base": f"{BASE}id/"}, 400, "Your practices are not this dataset's"),
        ({"base": "https://w3id.org/"}, 400, "Your practices are not this dataset's"),
    ],
)
def test_fields_that_cannot_be_are_refused(client: httpx.Client, fields: dict[str, str], status: int, words: str) -> None:
    answer = client.post("/overlay", files={"file": ("mine.csv", as_csv())}, data=fields)
    assert answer.status_code == status
    assert words in answer.json()["detail"]


def test_forms_that_are_none_are_refused(client: httpx.Client) -> None:
    assert client.post("/overlay", content=as_csv(), headers={"Content-Type": "text/csv"}).status_code == 415
    assert client.post("/overlay", data={"top": "3"}).status_code == 415
    assert client.post("/overlay", files={"other": ("a.csv", as_csv())}).status_code == 400
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/overlay", content=b"--y\r\n\r\nnothing", headers=broken).status_code == 400
    assert client.put("/overlay").status_code == 405
    many = {f"file{n}": ("a.csv", b"x") for n in range(30)}
    assert client.post("/overlay", files=many).status_code in {400, 413}


def test_a_long_file_is_refused_and_the_browser_is_told(home: Path) -> None:
    with running(home / "current", upload_bytes=20_000) as small:
        answer = send(small, b"title,purpose\n" + b"x" * 500_000, accept="text/html")
        assert answer.status_code == 413
        assert "The file is too long." in answer.text
        assert send(small).status_code == 200


def test_a_file_that_takes_too_long_is_given_up(home: Path) -> None:
    with running(home / "current", upload_seconds=0.05) as hasty:
        answer = send(hasty)
        assert answer.status_code == 413
        assert "takes longer" in answer.json()["detail"]
        assert hasty.get("/healthz").status_code == 200


def test_a_file_that_needs_too_much_memory_is_given_up(home: Path) -> None:
    with running(home / "current", upload_memory_bytes=64 * 1024**2, upload_unpacked_bytes=200 * 1024**2) as little:
        answer = send(little, LONG_CELLS, "long.xlsx")
        assert answer.status_code == 413
        assert "more memory" in answer.json()["detail"]
        assert send(little).status_code == 200


def test_one_file_is_read_at_a_time_and_others_go_on(client: httpx.Client) -> None:
    rows = [{**FIVE[0], "title": f"Practice {n}", "process": f"{FIVE[n % 5]['process']} " * 60} for n in range(60)]
    with ThreadPoolExecutor(3) as pool:
        work = [pool.submit(send, client, as_csv(rows), output="json") for _ in range(2)]
        slowest = 0.0
        while not all(one.done() for one in work):
            began = monotonic()
            assert client.get("/healthz").status_code == 200
            slowest = max(slowest, monotonic() - began)
        assert {one.result().status_code for one in work} <= {200, 503}
    assert slowest < 2, "reading a file holds nobody else up"


def test_who_comes_while_another_file_is_read_is_told_when_to_come_again() -> None:
    async def ask() -> Busy:
        runner = Runner(ServiceSettings())
        async with runner.turn:
            with pytest.raises(Busy) as refused:
                await runner.check(None, b"")  # type: ignore[arg-type]
        return refused.value

    with ThreadPoolExecutor(1) as pool:  # a thread that has no event loop, as tests with a browser leave one behind
        assert pool.submit(asyncio.run, ask()).result().retry_after == 5


# What can be taken along ----------------------------------------------------------------------------------------------


def test_the_table_tells_suggestions_with_their_dataset(client: httpx.Client) -> None:
    answer = send(client, output="csv")
    overlay = told(client)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ipg-overlay-{overlay.dataset_version}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == sum(len(series.suggestions) for own in overlay.practices for series in own.series)
    assert {row["basis"] for row in rows} == {"ipg:Suggested"}
    assert {row["dataset_version"] for row in rows} == {overlay.dataset_version}
    assert {row["dataset_licence"] for row in rows} == {"https://creativecommons.org/licenses/by/4.0/"}
    assert all(row["provision_iri"].startswith(f"{BASE}id/") and row["practice_iri"].startswith("urn:uuid:") for row in rows)


def test_the_workbook_has_both_sides_gaps_and_notes(client: httpx.Client) -> None:
    sheets = read_workbook(send(client, as_workbook(), "mine.xlsx", output="xlsx").content)
    assert set(sheets) == {"Suggestions", "Principles", "Nothing suggested", "Your practices", "Remarks", "Notes"}
    assert len(sheets["Principles"]) == 12
    overlay = told(client)
    assert len(sheets["Nothing suggested"]) == 1 + sum(len(series.gaps) for series in overlay.series)
    assert [row[2] for row in sheets["Your practices"][1:]] == [row["title"] for row in FIVE]
    assert overlay.dataset_version in {cell for row in sheets["Notes"] for cell in row}


@pytest.mark.parametrize(
    ("form", "format_"), [("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD), ("trig", RdfFormat.TRIG)]
)
@pytest.mark.parametrize("base", ["", PLACES])
def test_rdf_proposes_and_asserts_nothing(client: httpx.Client, form: str, format_: RdfFormat, base: str) -> None:
    quads = list(parse(send(client, output=form, base=base).content, format_))
    overlay = told(client, base=base)
    assert {quad.graph_name for quad in quads if format_.supports_datasets} <= {NamedNode(overlay.graph)}
    assert not [quad for quad in quads if quad.predicate.value.startswith(f"{IPG}implements")]
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    dataset = f"{BASE}id/dataset/integration-policy-graph"
    assert all(iri.startswith(base or "urn:uuid:") for iri in subjects - {dataset})
    links = [quad.subject for quad in quads if quad.object == NamedNode(f"{IPG}Link")]
    assert len(links) == len(set(links)) == sum(len(series.suggestions) for own in overlay.practices for series in own.series)
    assert {quad.object for quad in quads if quad.predicate.value == f"{IPG}basis"} == {NamedNode(f"{IPG}Suggested")}
    assert not [quad for quad in quads if quad.object == NamedNode(f"{OWL}Axiom")]
    assert said(quads, dataset, f"{OWL}versionInfo") == {overlay.dataset_version}
    assert said(quads, overlay.practices[0].iri, f"{IPG}country") == {f"{BASE}id/place/est"}


def said(quads: list[Quad], subject: str, predicate: str) -> set[str]:
    return {
        quad.object.value
        for quad in quads
        if quad.subject == NamedNode(subject)
        and quad.predicate.value == predicate
        and isinstance(quad.object, NamedNode | Literal)
    }


def test_the_form_is_chosen_by_ending_by_parameter_or_by_accept(client: httpx.Client) -> None:
    files = {"file": ("mine.csv", as_csv())}
    for address, accept in (("/overlay.ttl", "*/*"), ("/overlay?format=ttl", "text/html"), ("/overlay", "text/turtle")):
        answer = client.post(address, files=files, headers={"Accept": accept})
        assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8", address
    assert client.post("/overlay", files=files, headers={"Accept": "image/png"}).status_code == 406


def test_the_page_can_be_taken_along_without_choosing_the_file_again(client: httpx.Client) -> None:
    page = send(client, accept="text/html").text
    [table] = re.findall(r'name="table" value="([^"]*)"', page)
    again = client.post("/overlay", files={"table": (None, unescape(table)), "output": (None, "json")})
    assert again.status_code == 200, again.text
    assert [own.series for own in Overlay.model_validate_json(again.content).practices] == [
        own.series for own in told(client).practices
    ]


def test_the_templates_can_be_filled_in_and_sent(client: httpx.Client) -> None:
    empty = client.get("/overlay/template.csv")
    assert empty.text.strip().split(",") == list(COLUMN_NAMES)
    filled = empty.content + as_csv().split(b"\r\n", 1)[1]
    assert len(told(client, filled).practices) == 5
    sheets = read_workbook(client.get("/overlay/template.xlsx").content)
    assert list(sheets["Practices"][0]) == list(COLUMN_NAMES)
    assert [row[0] for row in sheets["How to fill it in"][1:]] == list(COLUMN_NAMES)


def test_the_interface_is_described(client: httpx.Client) -> None:
    described = json.loads(client.get("/openapi.json").content)["paths"]["/overlay"]["post"]
    form = described["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
    assert set(form) == {"file", "table", "top", "base", "output"}


# By clicks ------------------------------------------------------------------------------------------------------------


def put(page: Page, file: Path, top: str = "3") -> None:
    page.set_input_files("#file", file)
    page.select_option("#top", top)
    page.click("form.send button[type=submit]")
    page.wait_for_load_state("networkidle")


@pytest.fixture
def five(tmp_path: Path) -> Path:
    file = tmp_path / "five practices.xlsx"
    file.write_bytes(as_workbook())
    return file


@pytest.mark.browser
def test_a_user_puts_five_practices_against_the_frameworks_and_sees_the_gaps(visit: Visit, five: Path, tmp_path: Path) -> None:
    page = visit.open("/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Your practices").click()
    with page.expect_download() as template:
        page.get_by_role("link", name="Workbook (XLSX)").click()
    assert read_workbook(Path(template.value.path()).read_bytes())["Practices"]
    put(page, five, top="1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your practices beside ours: what is suggested")
    expect(page.locator("table.beside tbody tr")).to_have_count(11)
    gaps = page.locator("table.beside tr.gap")
    assert gaps.count() > 0
    expect(gaps.first).to_contain_text("nothing suggested")
    page.get_by_role("link", name="Nothing of yours suggested").click()
    page.get_by_text("Conclusions of the Handbooks", exact=True).first.click()
    expect(page.locator("#gaps ~ details").first).to_contain_text("found of 92 reviewed")
    page.locator("summary").filter(has_text="Why we say so").first.click()
    expect(page.get_by_text("of the likeness, by:").first).to_be_visible()
    visit.check()
    for button, ending in (("Suggestions as CSV", "csv"), ("Workbook (XLSX)", "xlsx"), ("RDF in Turtle", "ttl")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename.endswith(f".{ending}")
        assert Path(download.value.path()).stat().st_size > 1000
    page.get_by_role("link", name=re.compile("^why .* implements it$")).first.click()
    assert "/trace?start=practice" in page.url
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    visit.check()


@pytest.mark.browser
def test_it_works_without_scripts(scriptless: Visit, five: Path) -> None:
    page = scriptless.open("/overlay?lang=fr")
    put(page, five)
    expect(page.locator("table.beside tbody tr")).to_have_count(11)
    assert "Rien de suggéré chez vous" in page.inner_text("main")
    assert scriptless.errors == []


@pytest.mark.browser
def test_a_file_can_be_dropped(visit: Visit) -> None:
    page = visit.open("/overlay")
    data = page.evaluate_handle(DROPPED, as_csv().decode())
    page.dispatch_event(".drop", "drop", {"dataTransfer": data})
    expect(page.locator(".chosen")).to_have_text("Chosen: dropped.csv")
    page.click("form.send button[type=submit]")
    expect(page.locator("table.beside tbody tr")).to_have_count(11)
    visit.check()


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width"), list(zip(("en", "fr", "de"), WIDTHS, strict=True)))
def test_the_pages_hold_in_every_language_and_width(visit: Visit, five: Path, tmp_path: Path, language: str, width: int) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"one,two\nthree,four\n")
    visit.page.set_viewport_size({"width": width, "height": 900})
    put(visit.open(f"/overlay?lang={language}"), five)
    visit.check()
    put(visit.page, bad)
    assert visit.page.locator("[role=alert] li").count() == 1
    visit.errors.clear()  # the console tells of the status 400
    visit.check()
