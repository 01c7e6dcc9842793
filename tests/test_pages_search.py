"""Search: what is found in three languages, what is said of how, and that no query breaks it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from query_service.analyst.search.entries import GROUPS
from query_service.analyst.search.finding import find
from query_service.analyst.search.index import SearchIndex
from query_service.analyst.search.marking import Marker
from query_service.analyst.search.output import COLUMNS
from query_service.analyst.search.question import SearchQuestion
from query_service.analyst.search.spelling import Spelling
from query_service.analyst.search.syntax import read_query, words_of
from query_service.lookups import Lookups
from query_service.snapshot import read_snapshot
from tests.browsing import Visit
from tests.served import VERSION, running, write_snapshot

BASE = "https://w3id.org/ipg/id/"
HOSTILE = (
    '"', "((((", "))))", "AND", "OR OR", "NOT", "-", "a AND", "AND a", "()", '"" ""', "*", "a*b*", "\\", "/.*/", "a~2",
    "title_en:x", "[a TO b]", "^9", "\x00", "\ud83d\ude00", "<script>alert(1)</script>", "' OR 1=1 --", "%00", "{{7*7}}",
    "a" * 500, "(" * 250 + "a", "- - -", "NOT NOT NOT a", "\u202eabc", "a\nb\tc", "=1+1", "\u00e9\u0301", "\u4e2d\u6587",
    "+ + +", "'", "\u2019s", "l'", "--a", "!",
)  # fmt: skip


def search(served: str, q: str, **asked: str | list[str]) -> Any:
    answer = httpx.get(f"{served}/search", params={"q": q, "format": "json", **asked}, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def paths(found: Any) -> list[str]:
    return [hit["iri"].removeprefix(BASE) for hit in found["hits"]]


def page(served: str, q: str, **asked: str) -> str:
    answer = httpx.get(f"{served}/search", params={"q": q, **asked}, headers={"Accept": "text/html"}, timeout=60)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer.text


# What is found -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("principle 9", "principle/cbp-9"),
        ("CBP 9", "principle/cbp-9"),
        ("cbp-9", "principle/cbp-9"),
        ("9", "principle/cbp-9"),
        ("Grundsatz 9", "principle/cbp-9"),
        ("principe 9", "principle/cbp-9"),
        ("agreed principle 3", "principle/agreed-3"),
        ("conclusion 12", "conclusion/12"),
        ("Schlussfolgerung 12", "conclusion/12"),
        ("measure 4", "recommendation/interaction-4"),
        ("1.1", "recommendation/guide-1.1"),
        ("guideline 31", "guideline/skills-31"),
        ("Citizen Coin", "practice/citizen-coin"),
        ("citizen coin", "practice/citizen-coin"),
        ("Estonia", "place/est"),
        ("Estland", "place/est"),
        ("Estonie", "place/est"),
        ("EST", "place/est"),
    ],
)
def test_a_title_a_number_or_a_key_comes_first(served: str, query: str, path: str) -> None:
    first = search(served, query)["hits"][0]
    assert first["iri"] == BASE + path
    assert first["exact"]


def test_a_bare_number_gives_each_series_of_provisions_before_anything_else(served: str) -> None:
    assert paths(search(served, "9"))[:5] == [
        "principle/cbp-9",
        "principle/agreed-9",
        "conclusion/9",
        "recommendation/interaction-9",
        "guideline/skills-9",
    ]


@pytest.mark.parametrize(
    ("query", "language", "path"),
    [
        ("Arbeitsmarkt", "de", "area/access-to-job-market"),
        ("Arbeitsmarkt", "de", "practice/job-market-services-for-immigrant-women"),
        ("emploi", "fr", "theme/economic-participation/employment"),
        ("emplois", "fr", "target-group/job-seekers"),
        ("logement", "fr", "practice/job-market-services-for-immigrant-women"),
        ("Frauen", "de", "practice/job-market-services-for-immigrant-women"),
        ("femmes", "fr", "practice/local-award-for-migrant-women-bilbao"),
        ("Schulen", "de", "practice/schools-linking-bradford"),
        ("école", "fr", "practice/schools-linking-bradford"),
        ("ecole", "fr", "practice/schools-linking-bradford"),
        ("employment", "en", "theme/economic-participation/employment"),
        ("Schlüssel Beschäftigung", "de", "principle/cbp-3"),
        ("Deutschland", "de", "place/deu"),
    ],
)
def test_words_of_one_language_find_what_is_said_in_another(served: str, query: str, language: str, path: str) -> None:
    found = search(served, query, lang=language)
    assert path in paths(found), paths(found)[:20]
    hit = found["hits"][paths(found).index(path)]
    assert hit["matched_words"] or hit["about"]


def test_every_kind_of_thing_can_be_found(served: str) -> None:
    found = search(served, "integration OR language OR Spain OR workers")
    kinds = {hit["kind"] for hit in found["hits"]}
    assert kinds >= set(GROUPS) - {"chapter", "passage", "term"}
    assert paths(search(served, "Canada", kind="chapter")) == ["chapter/canada"]
    assert found["facets"]["kind"].keys() == kinds


def test_what_was_looked_for_besides_is_said(served: str) -> None:
    found = search(served, "logement")
    others = {(one["words"], one["text"], one["language"]) for one in found["expanded"]}
    assert ("logement", "housing", "en") in others
    named = search(served, "Deutschland")["expanded"]
    assert {"Germany", "Allemagne"} <= {one["text"] for one in named}
    assert all(one["concept"]["iri"] == f"{BASE}place/deu" for one in named)
    assert "housing" in page(served, "logement")


def test_stems_are_those_of_each_language(served: str) -> None:
    assert set(paths(search(served, "emplois"))) == set(paths(search(served, "emploi")))
    assert set(paths(search(served, "Arbeitsmärkten"))) >= {"area/access-to-job-market"}
    assert set(paths(search(served, "school"))) == set(paths(search(served, "schools")))


# Strict, and spelling ------------------------------------------------------------------------------------------------


def test_strict_finds_words_as_they_are_written_and_nothing_else(served: str) -> None:
    wide, strict = search(served, "schools"), search(served, "schools", strict="1")
    assert 0 < strict["total"] < wide["total"]
    assert strict["expanded"] == []
    assert {word for hit in strict["hits"] for word in hit["matched_words"]} == {"schools"}
    assert "school" in {word for hit in wide["hits"] for word in hit["matched_words"]}
    assert search(served, "femmes", strict="1")["total"] < search(served, "femmes")["total"]
    assert search(served, "ecole", strict="1")["total"] == 0


def test_a_slip_of_the_pen_is_mended_and_said(served: str) -> None:
    found = search(served, "integraton of womne")
    assert (found["query"], found["searched"]) == ("integraton of womne", "integration of women")
    assert found["total"] == search(served, "integration of women")["total"] > 0
    shown = page(served, "integraton")
    assert "Showing results for “integration”" in shown
    assert "strict=1" in shown
    assert search(served, "integraton", strict="1")["total"] == 0
    assert search(served, "housing")["searched"] == "housing"


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("hosuing", "housing"),  # exchanged
        ("housng", "housing"),  # missing
        ("houusing", "housing"),  # too many
        ("hausing", "housing"),  # wrong
        ("integratoon", "integration"),
        ("intgratoin", "integration"),  # two, in a long word
        ("huosng", None),  # two, in a short one
        ("hom", None),  # too short to say
        ("cofee", "coffee"),  # of two that are as near, the more frequent
    ],
)
def test_the_nearest_word_is_found(word: str, nearest: str | None) -> None:
    assert Spelling({"housing": 3, "integration": 5, "coffee": 2, "cofeee": 1, "home": 9}).nearest(word) == nearest


def test_words_that_do_not_stand_together_give_hits_with_some_of_them(served: str) -> None:
    found = search(served, "housing Leipzig volunteering")
    assert found["any_word"]
    assert found["total"] > 0
    assert "Nothing has all of these words" in page(served, "housing Leipzig volunteering")
    assert search(served, "housing Leipzig volunteering", strict="1")["total"] == 0


# Operators -----------------------------------------------------------------------------------------------------------


def test_operators_do_what_they_say(served: str) -> None:
    def iris(query: str) -> set[str]:
        return set(paths(search(served, query, strict="1")))

    women, work = iris("women"), iris("employment")
    assert women & work
    assert iris("women employment") == iris("women AND employment") == iris("women ET employment") == women & work
    assert iris("women OR employment") == iris("women ODER employment") == women | work
    assert iris("women NOT employment") == iris("women -employment") == iris("women SAUF employment") == women - work
    assert iris("(women OR employment) -(women employment)") == (women | work) - (women & work)
    assert iris('"civic participation"') < iris("civic participation")
    assert iris("employ*") >= work
    assert iris("NOT women").isdisjoint(women)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('"civic', "A quotation mark was not closed"),
        ("(housing", "A parenthesis was not closed"),
        ("housing)", "without an opening one"),
        ("housing OR", "without a word beside it"),
        ("(" * 30 + "housing", "inside too many others"),
    ],
)
def test_a_query_that_is_not_well_formed_is_mended_and_that_is_said(served: str, query: str, message: str) -> None:
    assert message in page(served, query)


@pytest.fixture(scope="module")
def index(home: Path) -> SearchIndex:
    """The index of the built snapshot."""
    return SearchIndex(Lookups(read_snapshot(home / "current"), show=("text",)))


pieces = st.sampled_from(
    [*"()\"-*!'", "AND", "OR", "NOT", " ", "  ", "housing", "femmes", "9", "integraton", "1.1", "zzz", "„", "»"]
)
queries = st.text(max_size=60) | st.lists(pieces, max_size=25).map("".join) | st.lists(pieces, max_size=25).map(" ".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queries, st.booleans(), st.booleans())
def test_no_query_breaks_the_search(index: SearchIndex, query: str, strict: bool, typing: bool) -> None:  # noqa: FBT001
    finding = find(index, SearchQuestion(q=query[:500], strict=strict, typing=typing))
    marker = Marker(finding.matcher)
    for hit in finding.hits[:5]:
        for text in (*hit.entry.names, *hit.entry.texts):
            assert "".join(piece.text for piece in marker.mark(text)) == text.text
    assert sum(finding.facets["kind"].values()) == len(finding.hits)


@given(queries)
def test_every_text_can_be_read_as_a_query(query: str) -> None:
    node, _ = read_query(query)
    for word, _wanted in words_of(node):
        assert query[word.start : word.end].lower() == word.text


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_answered(served: str, query: str) -> None:
    sent = query.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = httpx.get(f"{served}/search", params={"q": sent}, headers={"Accept": "text/html"}, timeout=60)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert search(served, sent)["query"] == sent


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "a" * 501}, "q"),
        ({"q": "a", "kind": "nothing"}, "kind=nothing"),
        ({"q": "a", "country": "xyz"}, "country=xyz"),
        ({"q": "a", "page": "0"}, "page"),
        ({"q": "a", "size": "1000"}, "size"),
        ({"q": "a", "strict": "perhaps"}, "strict"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_with_what_to_do(served: str, asked: dict[str, str], found: str) -> None:
    answer = httpx.get(f"{served}/search", params={**asked, "format": "json"}, timeout=60)
    assert answer.status_code == 400
    assert found in answer.text
    assert httpx.get(f"{served}/search", params={"q": "a", "format": "docx"}, timeout=60).status_code == 406


# Facets and pages ----------------------------------------------------------------------------------------------------


def test_facets_count_what_choosing_them_gives(served: str) -> None:
    found = search(served, "language")
    for facet, counted in found["facets"].items():
        for value, count in list(counted.items())[:3]:
            narrowed = search(served, "language", **{facet: value})
            assert narrowed["total"] == count, (facet, value)
    both = search(served, "language", kind=["practice", "conclusion"])
    assert both["total"] == found["facets"]["kind"]["practice"] + found["facets"]["kind"]["conclusion"]
    assert both["facets"]["kind"] == found["facets"]["kind"]
    estonia = search(served, "language", kind="practice", country="est")
    assert {one["iri"] for hit in estonia["hits"] for one in hit["countries"]} == {f"{BASE}place/est"}


def test_chosen_values_are_marked_and_can_be_removed(served: str) -> None:
    shown = page(served, "language", kind="practice", country="est", lang="de")
    assert shown.count('aria-current="true"') >= 3  # two values and the language of the page
    assert "Alle entfernen" in shown
    assert "lang=de" in shown


def test_hits_come_page_by_page(served: str) -> None:
    first, second = page(served, "integration"), page(served, "integration", page="2")
    assert 'rel="next nofollow"' in first
    assert 'rel="prev nofollow"' in second
    assert 'start="21"' in second
    assert page(served, "integration", page="900").count("<ol") == 1
    small = page(served, "integration", size="5")
    assert small.count("<h3><a ") == 5


# Downloads -----------------------------------------------------------------------------------------------------------


def download(served: str, ending: str, **asked: str) -> httpx.Response:
    answer = httpx.get(f"{served}/search.{ending}", params=asked, timeout=60)
    assert answer.status_code == 200
    return answer


def test_all_hits_can_be_had_as_data_and_each_is_the_same(served: str) -> None:
    found = search(served, "housing")
    version = found["dataset_version"]
    assert found["total"] == len(found["hits"]) > 20
    assert found["licence"].startswith("https://creativecommons.org/")
    table = download(served, "csv", q="housing")
    assert table.headers["Content-Disposition"] == f'attachment; filename="ipg-search-{version}.csv"'
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert tuple(rows[0]) == COLUMNS
    assert [row["iri"] for row in rows] == [hit["iri"] for hit in found["hits"]]
    assert {row["dataset_version"] for row in rows} == {version}
    assert rows[0]["matched_words"].split("; ") == list(found["hits"][0]["matched_words"])
    book = load_workbook(io.BytesIO(download(served, "xlsx", q="housing").content))
    sheet = list(book["Hits"].iter_rows(values_only=True))
    assert [str(cell) for cell in sheet[0]] == list(COLUMNS)
    assert [line[COLUMNS.index("iri")] for line in sheet[1:]] == [row["iri"] for row in rows]
    notes = dict(book["Notes"].iter_rows(values_only=True))
    assert (notes["Query"], notes["Dataset version"], notes["Hits"]) == ("housing", version, str(found["total"]))
    assert notes["Looked for besides"] != "nothing"
    assert search(served, "housing", limit="3")["hits"] == found["hits"][:3]
    linked = httpx.get(found["hits"][0]["url"], headers={"Accept": "text/html"}, timeout=60)
    assert linked.status_code == 200


def test_tables_are_whole_without_hits_and_run_nothing(served: str) -> None:
    text = download(served, "csv", q="zzzzzz").content.decode()
    assert list(csv.reader(io.StringIO(text))) == [list(COLUMNS)]
    assert load_workbook(io.BytesIO(download(served, "xlsx", q="zzzzzz").content)).sheetnames == ["Notes"]
    safe = list(csv.DictReader(io.StringIO(download(served, "csv", q="=housing").content.decode())))
    assert safe[0]["query"] == "'=housing"
    raw = list(csv.DictReader(io.StringIO(download(served, "csv", q="=housing", raw="1").content.decode())))
    assert raw[0]["query"] == "=housing"


@pytest.mark.sources
def test_wordings_are_searched_and_shown_and_stay_out_of_data(served: str) -> None:
    found = search(served, "housing", kind="passage")
    assert found["total"] > 0
    assert {hit["excerpt"] for hit in found["hits"]} == {""}
    shown = page(served, "housing", kind="passage")
    assert shown.count("<blockquote") == 20
    assert "<mark>" in shown.partition("<blockquote")[2]


# The page ------------------------------------------------------------------------------------------------------------


def test_hits_are_marked_as_text(served: str) -> None:
    shown = page(served, "housing")
    assert "<mark>housing</mark>" in shown
    assert f"<strong>{search(served, 'housing')['total']} hits</strong>" in shown
    hostile = page(served, '<b>housing</b> "><img src=x onerror=y>')
    assert "<b>housing" not in hostile
    assert "<img" not in hostile
    assert 'value="&lt;b&gt;housing' in hostile


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Nothing found", "What you can try", "does not say that it does not exist")),
        ("fr", ("Aucun résultat", "Ce que vous pouvez essayer", "peut exister")),
        ("de", ("Keine Treffer", "Was Sie versuchen können", "kann es trotzdem geben")),
    ],
)
def test_an_empty_result_says_what_was_searched_and_what_to_try(served: str, language: str, words: tuple[str, ...]) -> None:
    shown = unescape(page(served, "zzzzzz", lang=language, kind="practice"))
    assert f'<html lang="{language}">' in shown
    assert all(word in shown for word in words)
    for path in ("practice", "principle", "sparql", "examples"):
        assert f'/{path}?lang={language}"' in shown


def test_the_page_without_a_query_offers_some(served: str) -> None:
    shown = page(served, "", lang="fr")
    assert "logement" in shown
    assert "<ol" not in shown
    assert search(served, "")["total"] == 0


def test_texts_that_are_only_in_english_say_so_on_other_pages(served: str) -> None:
    assert '<p lang="en">' in page(served, "Frauen", lang="de", kind="practice")


def test_suggestions_go_on_with_the_last_word(served: str) -> None:
    found = search(served, "employ", typing="1", limit="8")
    assert 0 < len(found["hits"]) <= 8
    assert not {hit["kind"] for hit in found["hits"]} & {"link", "passage", "example"}
    assert all("employ" in hit["title"].lower() for hit in found["hits"][:4])
    assert search(served, "principle 1", typing="1", limit="3")["hits"][0]["iri"] == f"{BASE}principle/cbp-1"


def test_an_answer_says_its_version_and_is_not_sent_twice(served: str) -> None:
    first = httpx.get(f"{served}/search", params={"q": "housing", "format": "json"}, timeout=60)
    again = httpx.get(
        f"{served}/search",
        params={"q": "housing", "format": "json"},
        headers={"If-None-Match": first.headers["ETag"]},
        timeout=60,
    )
    assert first.headers["IPG-Dataset-Version"] == first.json()["dataset_version"]
    assert (again.status_code, again.content) == (304, b"")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the service over a small snapshot, which has no wordings to search."""
    with running(write_snapshot(tmp_path_factory.mktemp("search") / "snapshot")) as client:
        yield client


def test_a_dataset_without_wordings_is_searched_too(small: httpx.Client) -> None:
    found = small.get("/search", params={"q": "Intégration", "format": "json"}).json()
    assert [hit["iri"] for hit in found["hits"]] == [f"{BASE}principle/cbp-1"]
    assert found["dataset_version"] == VERSION
    empty = small.get("/search", params={"q": "nothing"}, headers={"Accept": "text/html"}).text
    assert "The wordings of the documents are not at hand here." in empty


# In a browser --------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_suggestions_are_chosen_by_keyboard(visit: Visit) -> None:
    page_ = visit.open("/search")
    field = page_.get_by_role("combobox", name="Words to search for")
    field.focus()
    assert field.get_attribute("aria-expanded") == "false"
    page_.keyboard.type("citizen co", delay=30)
    options = page_.get_by_role("option")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    visit.check()
    page_.keyboard.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert field.input_value().startswith("Citizen Coin")
    page_.keyboard.press("Escape")
    assert field.input_value() == "citizen co"
    assert options.count() == 0
    page_.keyboard.press("ArrowDown")
    options.first.wait_for()
    page_.keyboard.press("ArrowDown")
    page_.keyboard.press("Enter")
    page_.wait_for_url("**/page/id/practice/citizen-coin*")


@pytest.mark.browser
def test_the_search_field_of_every_page_suggests_too(visit: Visit) -> None:
    page_ = visit.open("/?lang=de")
    page_.get_by_role("combobox").fill("Eston")
    page_.get_by_role("combobox").press("ArrowDown")
    page_.get_by_role("option", name="Estland").first.wait_for()
    page_.get_by_role("combobox").press("Escape")
    page_.get_by_role("combobox").press("Enter")
    page_.wait_for_url("**/search?q=Eston&lang=de")


@pytest.mark.browser
def test_without_scripts_everything_works_by_keyboard(scriptless: Visit) -> None:
    page_ = scriptless.open("/search")
    page_.get_by_label("Words to search for").focus()
    page_.keyboard.type("housing")
    page_.keyboard.press("Enter")
    page_.wait_for_url("**/search?q=housing")
    assert page_.locator("mark").count() > 0
    page_.get_by_role("navigation", name="Narrow down").get_by_role("link", name="Practices").click()
    page_.wait_for_url("**kind=practice*")
    assert page_.get_by_role("navigation", name="Narrow down").locator("[aria-current]").count() == 1
    page_.get_by_label("Only words exactly as written").check()
    page_.get_by_role("button", name="Search").click()
    page_.wait_for_url("**strict=1*")
    assert "Exact words only" in page_.content()
    assert scriptless.errors == []


@pytest.mark.browser
def test_a_click_on_a_format_gives_the_file(visit: Visit, tmp_path: Path) -> None:
    page_ = visit.open("/search?q=housing&kind=practice")
    with page_.expect_download() as begun:
        page_.get_by_role("link", name="CSV").click()
    file = tmp_path / begun.value.suggested_filename
    begun.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as table:
        assert {row["kind"] for row in csv.DictReader(table)} == {"practice"}
