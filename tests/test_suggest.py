"""Suggestions: what they rest on, their reasons, in each format; drafts of every kind; and how good they are."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from pydantic import ValidationError

from etl.errors import RecordError
from etl.judgements import load_coding, settle_all
from etl.template import MAX_BYTES
from ipg.drafts import read_drafts
from query_service.errors import MalformedRequest, SnapshotUnusable
from query_service.item_names import Item
from query_service.snapshot import Snapshot, read_snapshot
from query_service.suggest.output import CSV_COLUMNS, render_suggestions
from query_service.suggest.profiles import Profiles
from query_service.suggest.records import SERIES, Draft, Suggestion, Suggestions
from query_service.suggest.search import suggest
from query_service.suggest.texts import Corpus, Text, read_corpus
from query_service.suggest.word_space import WordSpace, dot
from tests.benchmarks.suggest_methods import METHODS
from tests.benchmarks.suggest_quality import Quality, measure, queries_of
from tests.checkout import run_ipg
from tests.served import VERSION, write_snapshot

FORMULA = "=HYPERLINK(A1) for pupils"
#: Three practices that were reviewed and one that was not; two principles, a conclusion and a measure.
SMALL = f"""
BASE <https://w3id.org/ipg/>
PREFIX ipg: <ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

<graph/source/first> {{
  <id/framework/eu-cbp-2004> skos:prefLabel "Principles"@en .
  <id/framework/eu-handbook-conclusions-2007> skos:prefLabel "Conclusions"@en .
  <id/framework/coe-interaction-2011> skos:prefLabel "Measures"@en .
  <id/principle/cbp-5> a ipg:Provision ; skos:prefLabel "Education"@en, "Bildung"@de ; skos:notation "5" ;
    dcterms:isPartOf <id/framework/eu-cbp-2004> ; dcterms:description "Asks for efforts in education."@en .
  <id/principle/cbp-10> a ipg:Provision ; skos:prefLabel "{FORMULA}"@en ; skos:notation "10" ;
    dcterms:isPartOf <id/framework/eu-cbp-2004> .
  <id/conclusion/7> a ipg:Provision ; skos:prefLabel "Mentors at school"@en ; skos:notation "7" ;
    dcterms:isPartOf <id/framework/eu-handbook-conclusions-2007> ; ipg:elaborates <id/principle/cbp-5> .
  <id/recommendation/interaction-1> a ipg:Provision ; skos:prefLabel "Occasions to meet"@en ; skos:notation "1" ;
    dcterms:isPartOf <id/framework/coe-interaction-2011> .
  <id/practice/classes> a ipg:Practice ; skos:prefLabel "Welcome classes"@en ;
    dcterms:description "Teachers prepare pupils for lessons."@en, "Lehrer bereiten vor."@de .
  <id/practice/circle> a ipg:Practice ; skos:prefLabel "Circle of departments"@en ;
    dcterms:description "Ministries coordinate their budgets."@en .
  <id/practice/garden> a ipg:Practice ; skos:prefLabel "Garden"@en .
  <id/practice/unread> a ipg:Practice ; skos:prefLabel "Unread"@en ; dcterms:description "Zebras graze."@en .
}}
<graph/curated> {{
  <id/link/a> a ipg:Link ; owl:annotatedSource <id/practice/classes> ; owl:annotatedTarget <id/principle/cbp-5> ;
    owl:annotatedProperty ipg:implements ; ipg:strength ipg:Primary ; ipg:reviewState ipg:JudgedByModel ;
    ipg:rationale "Children learn in small groups."@en .
  <id/link/b> a ipg:Link ; owl:annotatedSource <id/practice/classes> ; owl:annotatedTarget <id/principle/cbp-10> ;
    owl:annotatedProperty ipg:implements ; ipg:strength ipg:Secondary ; ipg:reviewState ipg:JudgedByModel ;
    ipg:rationale "Two departments pay for the books."@en .
  <id/link/c> a ipg:Link ; owl:annotatedSource <id/practice/classes> ; owl:annotatedTarget <id/conclusion/7> ;
    owl:annotatedProperty ipg:implements ; ipg:strength ipg:Secondary ; ipg:reviewState ipg:JudgedByModel ;
    ipg:rationale "Older children mentor younger ones."@en .
  <id/link/d> a ipg:Link ; owl:annotatedSource <id/practice/circle> ; owl:annotatedTarget <id/principle/cbp-10> ;
    owl:annotatedProperty ipg:implements ; ipg:strength ipg:Primary ; ipg:reviewState ipg:JudgedByModel ;
    ipg:rationale "Every ministry reports on its departments."@en .
  <id/link/e> a ipg:Link ; owl:annotatedSource <id/practice/garden> ; owl:annotatedTarget <id/recommendation/interaction-1> ;
    owl:annotatedProperty ipg:implements ; ipg:strength ipg:Secondary ; ipg:reviewState ipg:JudgedByModel ;
    ipg:rationale "Neighbours plant vegetables."@en .
}}
"""
SUGGESTED = """
BASE <https://w3id.org/ipg/>
PREFIX ipg: <ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
<graph/suggested> {
  <id/link/f> a ipg:Link ; owl:annotatedSource <id/practice/unread> ; owl:annotatedTarget <id/principle/cbp-5> ;
    owl:annotatedProperty ipg:implements ; ipg:strength ipg:Primary ; ipg:reviewState ipg:JudgedByModel ;
    ipg:rationale "Zebras attend lessons with pupils."@en .
}
"""
DRAFT = Draft(title="Mentoring", text="Pupils are mentored by teachers; the city's departments coordinate it.", name="the text")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return read_corpus(read_snapshot(write_snapshot(tmp_path_factory.mktemp("small") / "snapshot", SMALL, SUGGESTED)))


@pytest.fixture(scope="module")
def real_snapshot(home: Path) -> Snapshot:
    return read_snapshot(home / "current")


@pytest.fixture(scope="module")
def real(real_snapshot: Snapshot) -> Corpus:
    return read_corpus(real_snapshot)


def advise(corpus: Corpus, text: str, top: int = 3) -> dict[str, tuple[Suggestion, ...]]:
    found = suggest(corpus, VERSION, [Draft(title=None, text=text, name="the text")], top)
    return {series.series: series.suggestions for series in found.drafts[0].series}


# What suggestions rest on


def test_texts_speak_for_what_they_are_about(small: Corpus) -> None:
    assert set(small.texts) == {
        Text("principle/cbp-5", "Education. Asks for efforts in education.", ("principle/cbp-5",)),
        Text("principle/cbp-10", FORMULA, ("principle/cbp-10",)),
        Text("conclusion/7", "Mentors at school", ("conclusion/7", "principle/cbp-5")),
        Text("recommendation/interaction-1", "Occasions to meet", ("recommendation/interaction-1",)),
        # a summary speaks for the primary principle, and for no other one
        Text("practice/classes", "Welcome classes. Teachers prepare pupils for lessons.", ("principle/cbp-5", "conclusion/7")),
        Text("practice/circle", "Circle of departments. Ministries coordinate their budgets.", ("principle/cbp-10",)),
        Text("practice/garden", "Garden", ("recommendation/interaction-1",)),
        Text("practice/classes", "Children learn in small groups.", ("principle/cbp-5",)),
        Text("practice/classes", "Two departments pay for the books.", ("principle/cbp-10",)),
        Text("practice/classes", "Older children mentor younger ones.", ("conclusion/7",)),
        Text("practice/circle", "Every ministry reports on its departments.", ("principle/cbp-10",)),
        Text("practice/garden", "Neighbours plant vegetables.", ("recommendation/interaction-1",)),
    }
    assert small.practices() == {"practice/classes", "practice/circle", "practice/garden"}
    assert (small.primary("practice/classes"), small.primary("practice/garden")) == ("principle/cbp-5", None)


def test_suggestions_feed_no_suggestions(small: Corpus, tmp_path: Path) -> None:
    assert not any("Zebras" in text.words for text in small.texts)
    assert read_corpus(read_snapshot(write_snapshot(tmp_path / "snapshot", SMALL))) == small


def test_a_practice_left_out_leaves_no_text(small: Corpus) -> None:
    left = small.without("practice/classes")
    assert {text.item for text in left.texts} == {text.item for text in small.texts} - {"practice/classes"}
    assert left.practices() == {"practice/circle", "practice/garden"}


def test_a_snapshot_without_links_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotUnusable, match="nothing that a draft could be compared with"):
        read_corpus(read_snapshot(write_snapshot(tmp_path / "snapshot")))


def test_words_are_compared_by_stem_and_shown_as_written() -> None:
    space = WordSpace(["Volunteers help.", "They volunteered in 2015.", "Others did not."])
    words = space.words("The Volunteering of VOLUNTEERS, l'été 2015")
    assert words.counts == {"volunt": 2, "été": 1}
    assert words.forms == {"volunt": "volunteering", "été": "été"}
    assert space.knows("volunt")
    assert not space.knows("été")
    assert space.vector(words.counts) == {"volunt": 1.0}


# What is suggested


def test_the_ranking_of_a_small_corpus(small: Corpus) -> None:
    found = suggest(small, VERSION, [DRAFT], 3)
    assert (found.dataset_version, found.practices, found.provisions, found.texts) == (VERSION, 3, 4, 12)
    assert [series.series for series in found.drafts[0].series] == list(SERIES)
    principles, conclusions, measures = (series.suggestions for series in found.drafts[0].series)
    assert [suggestion.provision.path for suggestion in principles] == ["principle/cbp-5", "principle/cbp-10"]
    assert [(suggestion.rank, suggestion.notation) for suggestion in conclusions] == [(1, "7")]
    assert measures == ()  # it has no word in common with any text on them


def test_reasons_name_practice_link_and_words(small: Corpus) -> None:
    first, second = advise(small, f"{DRAFT.title} {DRAFT.text}")["principles"]
    practice, conclusion = first.reasons
    assert practice.item == Item(
        path="practice/classes", iri="https://w3id.org/ipg/id/practice/classes", kind="practice", title="Welcome classes"
    )
    assert (practice.relation, practice.strength, practice.review_state) == ("implements", "ipg:Primary", "ipg:JudgedByModel")
    assert practice.link == "https://w3id.org/ipg/id/link/a"
    assert set(practice.words) == {"pupils", "teachers"}
    assert (conclusion.item.path, conclusion.relation, conclusion.words) == ("conclusion/7", "elaborates", ("mentoring",))
    assert conclusion.link is conclusion.strength is conclusion.review_state is None
    assert practice.share + conclusion.share == pytest.approx(1, abs=1e-3)
    assert {(reason.item.path, reason.strength) for reason in second.reasons if reason.link} == {
        ("practice/circle", "ipg:Primary"),
        ("practice/classes", "ipg:Secondary"),
    }
    assert [reason.relation for reason in second.reasons if not reason.link] == ["is"]


def test_a_suggestion_can_have_no_other_basis_and_no_review(small: Corpus) -> None:
    suggestion = advise(small, DRAFT.text)["principles"][0]
    assert suggestion.basis == "ipg:Suggested"
    assert "review_state" not in Suggestion.model_fields
    with pytest.raises(ValidationError):
        Suggestion.model_validate(suggestion.model_dump() | {"basis": "ipg:EditorialJudgement"})


def test_the_order_of_drafts_is_kept(small: Corpus) -> None:
    other = Draft(title="Garden", text="Neighbours plant vegetables together with pupils", name="row 2")
    found = suggest(small, VERSION, [DRAFT, other], 1)
    assert [draft.title for draft in found.drafts] == ["Mentoring", "Garden"]
    assert found.drafts[1] == suggest(small, VERSION, [other], 1).drafts[0]


@pytest.mark.parametrize("text", ["", "   \n", "12 34 567 89 10", "the of and to a in for with by", "school for migrants"])
def test_too_little_text_is_refused(small: Corpus, text: str) -> None:
    with pytest.raises(MalformedRequest, match=r"the text is too short .*\n  found: .*\n  expected: at least 5\n  to mend: "):
        advise(small, text)


def test_a_text_without_a_known_word_is_refused(small: Corpus) -> None:
    with pytest.raises(MalformedRequest, match=r"no word in common .*\n  expected: a text in English"):
        advise(small, "Фонд помогает детям учить язык вечерами")


def test_little_and_foreign_text_is_noted(small: Corpus) -> None:
    draft = Draft(title=None, text="Freiwillige begleiten Kinder: pupils lernen abends gemeinsam", name="the text")
    short, foreign = suggest(small, VERSION, [draft], 1).drafts[0].notes
    assert "only 7 different words" in short
    assert "only 1 of its 7 words are known" in foreign


@given(st.data())
def test_reasons_add_up_to_scores_and_scores_fall(small: Corpus, data: st.DataObject) -> None:
    known = sorted({word for text in small.texts for word in text.words.split()})
    text = " ".join(data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=40)))
    profiles = Profiles(small)
    vector = profiles.space.vector(profiles.space.words(text).counts)
    scores = profiles.scores(vector)
    for provision, score in scores.items():
        parts = profiles.parts(vector, provision)
        assert sum(part.score for part in parts) == pytest.approx(score)
        assert all(sum(part.words.values()) == pytest.approx(part.score) for part in parts)
        assert -1e-9 <= score <= 1 + 1e-9
    assert dot(vector, vector) == pytest.approx(1 if vector else 0)
    if len(profiles.space.words(text).counts) < 5:
        return
    for suggestions in advise(small, text, top=100).values():
        ranked = [suggestion.score for suggestion in suggestions]
        assert ranked == sorted(ranked, reverse=True)
        assert [suggestion.rank for suggestion in suggestions] == list(range(1, len(ranked) + 1))
        assert {suggestion.provision.path for suggestion in suggestions} <= {path for path, score in scores.items() if score}


# Formats


def test_the_text_says_what_it_is(small: Corpus) -> None:
    text = render_suggestions(suggest(small, VERSION, [DRAFT], 2), "text")
    assert VERSION in text
    assert "suggested by a program (ipg:Suggested), reviewed by nobody" in text
    assert "Welcome classes (practice/classes), which implements it (primary)" in text
    assert "which implements it:" in text  # all links to conclusions have one strength: it tells nothing
    assert "none: no text on them has a word in common with the draft" in text
    assert max(map(len, text.splitlines())) <= 110


def test_json_is_the_model(small: Corpus) -> None:
    found = suggest(small, VERSION, [DRAFT], 2)
    assert Suggestions.model_validate_json(render_suggestions(found, "json")) == found
    assert json.loads(render_suggestions(found, "json"))["drafts"][0]["series"][0]["suggestions"][0]["basis"] == "ipg:Suggested"


def test_the_table_has_a_row_per_suggestion_and_no_formula(small: Corpus) -> None:
    found = suggest(small, VERSION, [DRAFT.model_copy(update={"title": "@mentoring"})], 2)
    rows = list(csv.DictReader(io.StringIO(render_suggestions(found, "csv"), newline="")))
    assert [tuple(rows[0]), len(rows)] == [CSV_COLUMNS, 3]
    assert {(row["dataset_version"], row["basis"], row["draft"]) for row in rows} == {(VERSION, "ipg:Suggested", "'@mentoring")}
    assert rows[1]["title"] == f"'{FORMULA}"
    assert rows[0]["practices"] == "practice/classes"
    raw = list(csv.DictReader(io.StringIO(render_suggestions(found, "csv", raw=True), newline="")))
    assert (raw[1]["title"], raw[0]["draft"]) == (FORMULA, "@mentoring")


# Drafts

FIELDS = {
    "title": "Language café in the library",
    "country": "Estonia",
    "type": "project",
    "area": "education",
    "duration": "2019 - 2021",
    "purpose": "Learners and neighbours talk.",
    "process": "Volunteers host weekly evenings.",
    "references": "https://example.org/cafe",
}
TOLD = "project\neducation\nLearners and neighbours talk.\nVolunteers host weekly evenings."


def write_draft(folder: Path, ending: str) -> Path:
    path = folder / f"draft.{ending}"
    if ending == "md":
        fields = "\n\n".join(f"{name.capitalize()}: {value}" for name, value in FIELDS.items() if name != "title")
        path.write_text(f"# {FIELDS['title']}\n\n{fields}\n".replace("Area:", "Area of intervention:"), encoding="utf-8")
    elif ending == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(FIELDS))
            writer.writeheader()
            writer.writerows([FIELDS, FIELDS])
    else:
        book = Workbook()
        assert book.active is not None
        book.active.append(list(FIELDS))
        book.active.append(list(FIELDS.values()))
        book.save(path)
    return path


@pytest.mark.parametrize(("ending", "number"), [("md", 1), ("csv", 2), ("xlsx", 1)])
def test_a_file_in_the_template_tells_what_is_done(tmp_path: Path, ending: str, number: int) -> None:
    path = write_draft(tmp_path, ending)
    drafts = read_drafts(str(path))
    assert [(draft.title, draft.text) for draft in drafts] == [(FIELDS["title"], TOLD)] * number
    assert all(draft.name == f"{path}: {FIELDS['title']!r}" for draft in drafts)


def test_text_is_read_from_argument_and_file(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT.text, encoding="utf-8-sig")
    for given_text in (str(path), DRAFT.text, DRAFT.text * 200):
        draft = read_drafts(given_text)[0]
        assert (draft.title, draft.text) == (None, DRAFT.text if given_text == str(path) else given_text)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.md", None, "there is no such file"),
        ("none yet.txt", None, "there is no such file"),
        ("latin.txt", "Bénévoles\ndu café".encode("latin-1"), r"latin.txt: line 1: byte 0xe9 is not UTF-8"),
        ("large.txt", b"a" * (MAX_BYTES + 1), f"has {MAX_BYTES + 1} bytes"),
        ("draft.md", b"# Title\n\nPurpos: x\n", r"draft.md: line 3: unknown field 'Purpos'"),
        ("header.csv", b"title,country,type,area,purpose\n", "holds no practice"),
        ("broken.xlsx", b"no workbook", "is no readable XLSX workbook"),
    ],
)
def test_bad_files_say_where_they_are_wrong(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(RecordError, match=message):
        read_drafts(str(tmp_path / name))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="is a folder"):
        read_drafts(str(tmp_path))


# The real graph

LIBRARY = (
    "Volunteers of the town library help newcomers to practise the language in conversation cafés, where neighbours of all "
    "origins meet on Friday evenings."
)


def test_the_command_line(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    result = run_ipg("suggest", LIBRARY, "--top", "2", "--format", "json", "--output", target, IPG_HOME=home)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    found = Suggestions.model_validate_json(target.read_text(encoding="utf-8"))
    assert found.drafts[0].series[0].suggestions[0].provision.path == "principle/cbp-7"
    again = run_ipg("suggest", LIBRARY, "--top", "2", "--format", "json", IPG_HOME=home)
    assert again.stdout == target.read_text(encoding="utf-8")
    for bad, message in (("too short", "is too short"), ("missing.csv", "there is no such file")):
        failed = run_ipg("suggest", bad, IPG_HOME=home)
        assert (failed.returncode, failed.stdout) == (1, "")
        assert message in failed.stderr
    assert run_ipg("suggest", IPG_HOME=home).returncode == 2
    assert "run: ipg build" in run_ipg("suggest", LIBRARY, IPG_HOME=tmp_path).stderr


def test_practices_are_those_judged(real: Corpus, root: Path) -> None:
    settled = settle_all(load_coding(root / "data" / "curation" / "coding")).practices
    judged = {f"practice/{key}": f"principle/cbp-{practice.primary.number}" for key, practice in settled.items()}
    assert {practice: real.primary(practice) for practice in real.practices()} == judged
    assert len(judged) == 92


def documented(root: Path) -> dict[tuple[str, str], list[float]]:
    """Figures of the first table, by method and kind of query."""
    page = (root / "docs" / "suggest.md").read_text(encoding="utf-8")
    section = page.partition("### Finding the primary principle")[2].partition("\n### ")[0]
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in section.splitlines() if re.search(r"\d\.\d\d \|", line)]
    figures = {row[0]: [float(cell) for cell in row[1:]] for row in rows}
    return {(method, kind): found[n : n + 3] for method, found in figures.items() for n, kind in ((0, "summary"), (3, "entry"))}


def test_suggestions_are_as_good_as_documented(real_snapshot: Snapshot, real: Corpus, root: Path) -> None:
    """The figures may move a little with the data; when they move more, the page is out of date."""
    said = documented(root)
    assert set(METHODS) <= {method for method, _ in said}
    names = ("most frequent (baseline)", "nearest title (baseline)", "profiles of all texts (in use)")
    found: dict[tuple[str, str], Quality] = {
        (row.method, row.query): row
        for row in measure(real, queries_of(real_snapshot, real), {name: METHODS[name] for name in names})
        if row.task == "the primary principle"
    }
    for (method, query), row in found.items():
        assert row.practices == 92
        assert [row.hit_1, row.hit_3, row.mean_reciprocal_rank] == pytest.approx(said[method, query], abs=0.05)
        used = found["profiles of all texts (in use)", query]
        assert method == used.method or (used.hit_1 > row.hit_1 + 0.1 and used.hit_3 > row.hit_3 + 0.1)
