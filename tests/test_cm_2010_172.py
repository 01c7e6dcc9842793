"""CM(2010)172: report, two recommendations, guide and agreed principles, and what happens when a copy of it is changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.actors import Gazetteer
from etl.curation import load_curation
from etl.errors import ExtractionError, ManifestError
from etl.extract import verify_passages
from etl.identifiers import item_iri, passage_iri
from etl.manifest import load_manifest
from etl.records import DocumentRecords, Passage
from etl.rendition import Rendition, normalise_passage
from etl.sources.cm_2010_172.extractor import extract
from etl.sources.cm_2010_172.facts import ReportManifest

SLUG = "cm-2010-172"
MANIFEST = Path("etl") / "sources" / "cm_2010_172" / "manifest.toml"


@pytest.fixture(scope="module")
def register(root: Path) -> Gazetteer:
    return Gazetteer(load_curation(root / "data" / "curation").actors)


@pytest.fixture(scope="module")
def document(sources_dir: Path) -> Rendition:
    return Rendition.read(SLUG, sources_dir / "002_3caa3dfbe9ee33da.txt")


@pytest.fixture(scope="module")
def records(document: Rendition, register: Gazetteer) -> DocumentRecords:
    return extract(document, register)


@pytest.fixture(scope="module")
def passages(records: DocumentRecords) -> dict[str, Passage]:
    return {passage.key: passage for passage in records.passages}


def text_of(document: Rendition, passage: Passage) -> str:
    return normalise_passage(document.text[passage.start : passage.end])


# --- the manifest by itself ---------------------------------------------------------------------------------------------


def test_an_instrument_that_nothing_cites_is_refused(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "manifest.toml"
    text = (root / MANIFEST).read_text(encoding="utf-8")
    copy.write_text(text + '\n[[instruments]]\npath = "instrument/geneva-convention"\nprinted = "Geneva Convention"\n')
    with pytest.raises(ManifestError, match="instrument/geneva-convention is cited nowhere"):
        load_manifest(copy, ReportManifest)


# --- the records ----------------------------------------------------------------------------------------------------------


@pytest.mark.sources
def test_the_document_is_complete(records: DocumentRecords) -> None:
    assert Counter(provision.framework for provision in records.provisions) == {
        "framework/coe-interaction-2011": 9,
        "framework/coe-skills-2011": 39,
        "framework/coe-guide-2011": 9,
        "framework/coe-agreed-principles-2010": 10,
    }
    assert len(records.questions) == 22
    assert [term.path for term in records.glossary] == [
        "term/assessment-of-learning-outcomes",
        "term/formal-learning",
        "term/informal-learning",
        "term/non-formal-learning",
        "term/recognition-of-learning-outcomes",
        "term/validation-of-learning-outcomes",
    ]
    assert records.ignored == {"line between parts of the document": 2, "navigation of the web page": 4}


@pytest.mark.sources
def test_every_passage_verifies(records: DocumentRecords, document: Rendition) -> None:
    verify_passages(records, document)
    assert len({passage_iri(SLUG, passage.key) for passage in records.passages}) == len(records.passages)


@pytest.mark.sources
def test_each_measure_is_one_entity_with_two_passages(
    records: DocumentRecords, document: Rendition, passages: dict[str, Passage]
) -> None:
    for number in range(1, 10):
        measure = next(p for p in records.provisions if p.path == f"recommendation/interaction-{number}")
        assert measure.passages == (f"interaction-{number}", f"interaction-{number}/repeated")
        first, second = (passages[key] for key in measure.passages)
        assert first.end < second.start
        assert text_of(document, first) == text_of(document, second)
        assert (first.section, second.section) == (("Appendix 2",), ("Appendix 4", "Appendix B"))


@pytest.mark.sources
def test_paragraphs_on_skills_stand_under_their_headings(records: DocumentRecords) -> None:
    under = Counter(provision.heading for provision in records.provisions if provision.kind == "guideline")
    assert list(under.values()) == [14, 5, 6, 3, 3, 6, 2]
    parents = {heading.concept: heading.parent for heading in records.headings}
    assert parents["heading/skills-general-principles"] is None
    assert [concept for concept, parent in parents.items() if parent == "heading/skills-guidelines"] == list(under)[1:]


@pytest.mark.sources
@pytest.mark.parametrize(("number", "lines"), [(15, 1), (16, 3), (17, 4), (23, 4), (24, 3), (35, 3)])
def test_a_paragraph_on_skills_keeps_its_list(document: Rendition, passages: dict[str, Passage], number: int, lines: int) -> None:
    passage = passages[f"skills-{number}"]
    assert len([line for line in document.text[passage.start : passage.end].split("\n") if line.strip()]) == lines


@pytest.mark.sources
def test_questions_belong_to_their_recommendations(records: DocumentRecords) -> None:
    asked = Counter(path for question in records.questions for path in question.recommendations)
    assert [asked[f"recommendation/guide-{number}"] for number in ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3")] == [
        3,
        1,
        2,
        3,
        3,
        2,
    ]
    assert [asked[f"recommendation/guide-{number}"] for number in ("3.1", "3.2", "3.3")] == [5, 3, 3]
    shared = [question.path for question in records.questions if len(question.recommendations) == 2]
    assert shared == [f"question/guide-3.2-{number}" for number in (1, 2, 3)]
    parts = {question.path.removeprefix("question/guide-"): question.parts for question in records.questions}
    assert (parts["1.1-1"], parts["1.1-3"], parts["2.1-3"], parts["3.1-4"], parts["3.2-1"]) == (4, 3, 1, 2, 2)


@pytest.mark.sources
def test_the_summary_repeats_each_key_recommendation(
    records: DocumentRecords, document: Rendition, passages: dict[str, Passage]
) -> None:
    guide = [provision for provision in records.provisions if provision.framework == "framework/coe-guide-2011"]
    for provision in guide:
        summary = passages[f"guide-{provision.notation}/summary"]
        assert summary.key in provision.passages
        assert re.match(rf"{re.escape(provision.notation)} .* 2\d$", text_of(document, summary))
    assert [provision.notation for provision in guide if provision.official_name] == ["1.1", "1.2", "2.1", "2.2"]


@pytest.mark.sources
def test_states_that_declared_interest(records: DocumentRecords) -> None:
    states: dict[str, list[str]] = {}
    for link in records.links:
        assert link.property == "declaredInterestIn"
        states.setdefault(link.target, []).append(link.source.removeprefix("place/"))
    assert states == {
        "actor/cdmg-working-group-interaction-rollout": ["bel", "bgr", "grc", "ita", "nor", "esp", "swe", "gbr"],
        "actor/cdmg-working-group-elderly-migrants": [
            "bel",
            "dnk",
            "fra",
            "deu",
            "grc",
            "hun",
            "nor",
            "prt",
            "swe",
            "che",
            "tur",
            "gbr",
        ],
    }


@pytest.mark.sources
def test_committees_and_working_groups_are_named(records: DocumentRecords) -> None:
    named = {mention.actor.removeprefix("actor/"): mention.passages for mention in records.mentions}
    assert named["cdmg-working-group-interaction-rollout"] == ("report/11", "report/12")
    assert named["cdmg-working-group-elderly-migrants"] == ("report/19", "report/20")
    assert named["gr-soc"] == ("front/10",)
    assert named["wallonia-brussels-international"] == ("report/15/4",)
    assert {"european-committee-on-migration", "committee-of-experts-on-roma-and-travellers", "osce"} <= set(named)


def test_every_registered_form_is_looked_for(register: Gazetteer) -> None:
    groups = [actor for key, actor in register.actors.items() if key.startswith("cdmg-working-group")]
    assert {entry for actor in groups for entry in actor.entries} == {f"cm-2010-172-report-{n}" for n in (11, 12, 19, 20)}


@pytest.mark.sources
def test_all_that_is_referred_to_is_there(
    records: DocumentRecords, document: Rendition, passages: dict[str, Passage], register: Gazetteer
) -> None:
    own = {provision.path for provision in records.provisions} | {instrument.path for instrument in records.instruments}
    elsewhere = {"framework", "document"}
    for citation in records.citations:
        assert citation.passage in passages
        for end in (citation.source, citation.target):
            item_iri(end)
            assert end in own or end.split("/")[0] in elsewhere or end == "instrument/european-web-site-on-integration"
    for provision in records.provisions:
        assert set(provision.passages) <= set(passages)
    for key in (key for group in (records.links, records.mentions) for item in group for key in item.passages):
        assert key in passages
    for link in records.links:
        assert link.target.removeprefix("actor/") in register.actors


@pytest.mark.sources
def test_each_instrument_is_named_as_printed_where_it_is_cited(records: DocumentRecords, document: Rendition) -> None:
    text = normalise_passage(document.text)
    for instrument in records.instruments:
        assert instrument.printed in text
        assert instrument.reference is None or instrument.reference in text


@pytest.mark.sources
def test_every_printed_reference_number_is_cited(
    records: DocumentRecords, document: Rendition, passages: dict[str, Passage]
) -> None:
    numbers = (
        r"CM/Rec\(20\d\d\)\d+|ETS No\. \d+|CM\(\d{4}\)\d+ final|CDMG\s\(\d+\)\s\d+|"
        r"MG-S-ROM\s\(\d+\)\s\d+|Recommendation 1924|R\(92\)12"
    )
    cited = [passages[citation.passage] for citation in records.citations]
    found = list(re.finditer(numbers, document.text))
    assert len(found) == 14
    for match in found:
        assert any(passage.start <= match.start() < passage.end for passage in cited), match.group()


@pytest.mark.sources
def test_each_part_cites_its_instruments(records: DocumentRecords) -> None:
    cited: dict[str, set[str]] = {}
    for citation in records.citations:
        cited.setdefault(citation.source, set()).add(citation.target.split("/")[1])
    assert cited["framework/coe-interaction-2011"] == {
        "statute-of-the-council-of-europe",
        "final-declaration-kyiv-2008",
        "coe-guide-2011",
    }
    assert cited["framework/coe-agreed-principles-2010"] == {
        "final-declaration-helsinki-2002",
        "final-declaration-kyiv-2008",
        "a-common-agenda-for-integration",
        "diversity-and-cohesion",
        "framework-of-integration-policies",
        "cm-r-92-12",
        "charter-of-fundamental-rights",
    }
    assert {"coe-interaction-2011", "eu-cbp-2004", "coe-agreed-principles-2010"} <= cited["framework/coe-guide-2011"]
    assert len(cited["framework/coe-skills-2011"]) == 7
    assert cited["guideline/skills-38"] == {"skills-20", "skills-33"}
    assert {"coe-interaction-2011", "coe-skills-2011", "coe-guide-2011", "cm-rec-2008-4"} <= cited["document/cm-2010-172"]


@pytest.mark.sources
def test_two_extractions_are_equal(records: DocumentRecords, document: Rendition, register: Gazetteer) -> None:
    assert extract(document, register) == records


# --- changed copies -------------------------------------------------------------------------------------------------------

Change = Callable[[str], str]


def replaced(before: str, after: str) -> Change:
    """Replace the first stretch that reads so; it must be there."""

    def change(text: str) -> str:
        assert before in text
        return text.replace(before, after, 1)

    return change


def stretches_swapped(*borders: str) -> Change:
    """Swap the stretches from the first to the second border and from the second to the third."""

    def change(text: str) -> str:
        first, second, end = (text.index(border) for border in borders)
        return text[:first] + text[second:end] + text[first:second] + text[end:]

    return change


def stretches_lost(start: str, end: str) -> Change:
    """Take out what stands between two borders."""
    return lambda text: text[: text.index(start)] + text[text.index(end) :]


def measure_changed_in_the_second_print(text: str) -> str:
    head, found, tail = text.rpartition("2. improve skills")
    return head + found.replace("skills", "habits") + tail if found else text


CHANGES: dict[str, tuple[Change, str]] = {
    "an extra heading": (replaced("\nGuidelines\n", "\nMeasures\n\nGuidelines\n"), r"'Measures'\n  expected: 'Guidelines'"),
    "an extra paragraph of the guide": (replaced("\nWhy is interaction", "\nA note.\n\nWhy is interaction"), "'A note.'"),
    "an extra item in the report": (
        replaced("\n- Report on practical", "\n- A report\n- Report on practical"),
        "'- Training for national",
    ),
    "an extra state": (replaced("Sweden and United", "Sweden, Malta and United"), "lists 9 states"),
    "an unknown state": (replaced("Belgium, Bulgaria", "Belgium, Ruritania"), "unknown state 'Ruritania'"),
    "a heading moved": (stretches_swapped("\nPreface\n", "\nEuropean societies", "\nNot surprisingly"), r"expected: 'Preface'"),
    "a heading lost": (replaced("\nWhy is interaction crucial?\n", "\n"), r"expected: 'Why is interaction crucial\?'"),
    "sections swapped": (stretches_swapped("\nSection 1: Interaction\n", "\nSection 2: Dev", "\nSection 3: Rec"), "'Section 2: "),
    "measures swapped": (stretches_swapped("\n1. create", "\n2. improve", "\n3 develop"), "a line that begins '1. '"),
    "a measure that differs in its second print": (measure_changed_in_the_second_print, "measure 2: reads otherwise"),
    "paragraphs swapped": (stretches_swapped("\n3. Validation and", "\n4. Appropriate", "\n5. Participation"), "begins '3. '"),
    "preambles swapped": (
        stretches_swapped("\nConsidering that the aim", "\nRecognising the", "\nRecalling that"),
        "Considering",
    ),
    "a number lost": (replaced("\n14. Co-operation", "\nCo-operation"), "a line that begins '14. '"),
    "an item lost": (replaced("\n- a personal portfolio", "\n\n17. "), "3 lines of paragraph 16"),
    "key recommendations swapped": (
        stretches_swapped("\nKey Recommendation 2.1", "\nKey Recommendation 2.2", "\nKey Recommendation 2.3"),
        "expected: a line that begins 'Key Recommendation 2.1|'Key Recommendation 2.2",
    ),
    "questions swapped": (
        stretches_swapped("\n    1. (i) Where", "\n    2. (i) What (if", "\n    3. (ii)"),
        "question 1.1-1|begins '1. '",
    ),
    "a part of a question renumbered": (
        replaced("3. (ii) What other", "3. (i) What other"),
        "question 1.1-3 with parts ii, ii, iii",
    ),
    "an extra question": (
        replaced("\nKey Recommendation 1.2: Dev", "    4. What else?\n\nKey Recommendation 1.2: Dev"),
        r"'4. What else\?'",
    ),
    "another page in the summary": (replaced("amongst participants 22", "amongst participants 21"), "ending with page 22"),
    "a page lost in the summary": (replaced("amongst participants 22", "amongst participants"), "ending with page 22"),
    "an extra term": (replaced("\nInformal learning\n", "\nInclusion\n\nInformal learning\n"), r"'Inclusion'"),
    "principles swapped": (stretches_swapped("\n1. Integration is", "\n2. Integration impl", "\n3. Effective"), "begins '1. '"),
    "a source lost": (replaced("\n- Framework of Integration", "\nFramework of Integration"), "begins '- '"),
    "a footnote that is not called": (replaced("aims.7", "aims."), "does not call footnote 7"),
    "a footnote lost": (replaced("\nNote 4 ", "\n"), "begins 'Note 4 '"),
    "a reference lost": (
        replaced("Legal Status of Migrant Workers (ETS", "Migrant Workers (ETS"),
        "does not print 'European Convention on",
    ),
    "navigation lost": (replaced("Related Documents", ""), "0 line.s. to ignore like 'Related Documents'"),
    "a stray line at the end": (lambda text: text.rstrip() + "\n\nPrinted in Strasbourg\n", "no rule uses"),
    "an early end": (stretches_lost("\nNote 8", "\n\u00a0Top"), r"the text ends\n  expected: a line that begins 'Note 8 '"),
    "an empty document": (lambda _: "", "to ignore like"),
}


@pytest.mark.sources
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_copy_is_refused(document: Rendition, register: Gazetteer, name: str) -> None:
    change, message = CHANGES[name]
    text = change(document.text)
    assert text != document.text
    with pytest.raises(ExtractionError, match=message) as caught:
        extract(Rendition.from_text(SLUG, "copy.txt", text), register)
    assert caught.value.where.startswith("copy.txt")
    assert caught.value.mend


@pytest.mark.sources
@pytest.mark.parametrize("times", [0, 2])
def test_no_line_can_be_lost_or_doubled(document: Rendition, register: Gazetteer, times: int) -> None:
    for line in document.lines:
        if not line.blank:
            text = document.text[: line.start] + f"{line.text}\n" * times + document.text[line.end :]
            with pytest.raises(ExtractionError):
                extract(Rendition.from_text(SLUG, "copy.txt", text), register)
