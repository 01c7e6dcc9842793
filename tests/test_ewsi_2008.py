"""The briefing on the European Web Site on Integration: its themes, the facts about the site, and changed copies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from etl.actors import Gazetteer
from etl.curation import load_curation
from etl.errors import ExtractionError
from etl.extract import verify_passages
from etl.identifiers import item_iri
from etl.records import DocumentRecords
from etl.rendition import Rendition
from etl.sources.ewsi_2008.extractor import extract

SLUG = "ewsi-2008"


@pytest.fixture(scope="module")
def register(root: Path) -> Gazetteer:
    return Gazetteer(load_curation(root / "data" / "curation").actors)


@pytest.fixture(scope="module")
def document(sources_dir: Path) -> Rendition:
    return Rendition.read(SLUG, sources_dir / "000_b32f8c9c5f84fd28.txt")


@pytest.fixture(scope="module")
def records(document: Rendition, register: Gazetteer) -> DocumentRecords:
    return extract(document, register)


#: Sub-topics of each theme, by name.
THEMES = {
    "active-citizenship": [
        "civic-citizenship",
        "civic-education",
        "consultation",
        "mediation-and-dialogue-platforms",
        "naturalisation",
        "political-participation",
        "residence-and-work-permits",
        "volunteering-and-third-sector",
    ],
    "economic-participation": [
        "employment",
        "recognition-of-qualifications-and-skills-assessment",
        "self-employment-and-entrepreneurship",
        "supplier-diversity",
        "vocational-training-and-career-development",
        "workforce-diversity-and-capacity-building",
    ],
    "social-cohesion": [
        "health",
        "housing-and-urban-development",
        "other-services",
        "social-inclusion",
        "social-protection",
    ],
    "education-and-culture": [
        "cultural-activities-and-diversity",
        "e-learning",
        "intercultural-dialogue-including-interreligious-dialogue",
        "language-competencies",
        "out-of-school-education-including-life-long-learning-and-distance-education",
        "school-education",
    ],
    "anti-discrimination-and-equality": [
        "access-to-justice",
        "anti-discrimination-at-work",
        "anti-discrimination-in-service-provision",
        "equal-opportunities",
        "positive-action",
    ],
    "tools-and-techniques": [
        "awareness-raising",
        "benchmarking",
        "evaluations-and-impact-assessments",
        "indicators",
        "infrastructure",
        "mainstreaming",
        "media",
    ],
}


@pytest.mark.sources
def test_themes_and_sub_topics_are_exactly_those_printed(records: DocumentRecords) -> None:
    found: dict[str, list[str]] = {}
    for theme in records.themes:
        _, name, *topic = theme.path.split("/")
        assert theme.parent == (f"theme/{name}" if topic else None)
        found.setdefault(name, []).extend(topic)
    assert {name: sorted(topics) for name, topics in found.items()} == THEMES
    assert list(found) == list(THEMES)
    positions = {passage.key: passage.start for passage in records.passages}
    printed = [positions[theme.passage] for theme in records.themes]
    assert printed == sorted(printed)


@pytest.mark.sources
def test_themes_are_concepts_of_the_vocabulary(records: DocumentRecords, root: Path) -> None:
    turtle = (root / "ontology" / "vocabularies" / "themes.ttl").read_text(encoding="utf-8")
    declared = set(re.findall(r"^<(\S+/id/theme/\S+)>", turtle, flags=re.MULTILINE))
    assert {item_iri(theme.path) for theme in records.themes} == declared


@pytest.mark.sources
def test_the_passage_of_a_theme_is_its_printed_words(records: DocumentRecords, document: Rendition) -> None:
    by_key = {passage.key: passage for passage in records.passages}
    for theme in records.themes:
        passage = by_key[theme.passage]
        assert document.passage(passage.start, passage.end) == theme.printed
        assert passage.part_of == f"themes/{theme.path.split('/')[1]}"


@pytest.mark.sources
def test_every_passage_verifies_and_every_line_is_used(records: DocumentRecords, document: Rendition) -> None:
    verify_passages(records, document)
    assert records.ignored == {}
    covered = [(passage.start, passage.end) for passage in records.passages if passage.part_of is None]
    assert all(before[1] <= after[0] for before, after in pairwise(covered))
    for line in document.lines:
        if not line.blank:
            assert any(start <= line.start + len(line.text) - len(line.text.lstrip()) < end for start, end in covered)


@pytest.mark.sources
def test_the_site_was_commissioned_by_one_body_and_developed_by_four(records: DocumentRecords) -> None:
    actors = {(fact.property, fact.actor) for fact in records.facts if fact.actor}
    assert actors == {
        ("commissioned-by", "actor/dg-justice-freedom-and-security"),
        ("developed-by", "actor/unisys"),
        ("developed-by", "actor/migration-policy-group"),
        ("developed-by", "actor/social-change-online"),
        ("developed-by", "actor/eurocities"),
    }


@pytest.mark.sources
def test_content_types_and_languages(records: DocumentRecords) -> None:
    assert Counter(fact.property for fact in records.facts) == {
        "commissioned-by": 1, "developed-by": 4, "content-type": 10, "language": 3,
    }  # fmt: skip
    assert [fact.value for fact in records.facts if fact.property == "language"] == ["English", "French", "German"]
    assert not any("*" in fact.value for fact in records.facts)


@pytest.mark.sources
def test_a_page_break_does_not_cut_a_paragraph(records: DocumentRecords, document: Rendition) -> None:
    broken = [p.key for p in records.passages if "\n" in document.passage(p.start, p.end)]
    assert broken == ["content-1/2"]


@pytest.mark.sources
def test_the_programme_and_the_invitation_are_cited(records: DocumentRecords) -> None:
    assert {citation.target for citation in records.citations} == {instrument.path for instrument in records.instruments}
    years = {instrument.path: instrument.year for instrument in records.instruments}
    assert years["instrument/hague-programme"] == years["instrument/groningen-ministerial-conference-on-integration"] == 2004


@pytest.mark.sources
def test_records_hold_no_mail_address(records: DocumentRecords) -> None:
    assert "@" not in records.model_dump_json()


Change = Callable[[str], str]


def replaced(before: str, after: str) -> Change:
    """Replace the first stretch that reads so; it must be there."""

    def change(text: str) -> str:
        assert before in text
        return text.replace(before, after, 1)

    return change


def themes_swapped(text: str) -> str:
    lines = text.split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("- *Economic"))
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    return "\n".join(lines)


def heading_moved(text: str) -> str:
    return text.replace("\nBackground\n", "\n", 1).replace("\nWide stakeholder", "\nBackground\n\nWide stakeholder", 1)


CHANGES: dict[str, tuple[Change, str]] = {
    "an extra line": (replaced("\nBackground\n", "\nBudget\n\nBackground\n"), r"line 15: 'Budget'"),
    "an extra line at the end": (lambda text: text + "\n\nUnisys 2008\n", "no rule uses: line 144: 'Unisys 2008'"),
    "a heading missing": (replaced("\n4. Opportunities to contribute\n", "\n"), "expected: '4. Opportunities to contribute'"),
    "an unknown heading": (replaced("\n7. A powerful", "\n7. A weak"), "'7. A weak search engine.'"),
    "a moved heading": (heading_moved, "expected: 'Background'"),
    "swapped themes": (themes_swapped, r"'Social Cohesion' with 5 sub-topics\n.*'Economic Participation' with 6"),
    "an extra theme": (replaced("- *Tools", "- *Sport* (football)\n- *Tools"), "'Sport' with 1 sub-topics"),
    "a theme missing": (replaced("- *Tools and", "- Tools and"), r"expected: the theme 'Tools and Techniques'"),
    "an extra sub-topic": (replaced("E-learning, ", "E-learning, sport, "), r"'Education and culture' with 7 sub-topics"),
    "a sub-topic twice": (replaced("social protection, ", "social inclusion, "), r"two passages with key"),
    "a developer missing": (replaced("Unisys", "Bull"), r"background/3: does not print 'Unisys'"),
    "a language missing": (replaced("French and German", "French and Greek"), r"content-3/1: does not print 'German'"),
    "a programme missing": (replaced("The Hague Programme", "The Tampere Programme"), r"background/2: does not print"),
    "an empty document": (lambda _: "", r"the text ends"),
}  # fmt: skip


@pytest.mark.sources
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_copy_is_refused(document: Rendition, register: Gazetteer, name: str) -> None:
    change, message = CHANGES[name]
    text = change(document.text)
    assert text != document.text
    with pytest.raises(ExtractionError, match=message) as caught:
        extract(Rendition.from_text(SLUG, "copy.txt", text), register)
    assert caught.value.where.startswith("copy.txt")
    assert caught.value.expected
    assert caught.value.mend


@pytest.mark.sources
def test_no_line_can_be_lost_or_doubled(document: Rendition, register: Gazetteer) -> None:
    for line in document.lines:
        if not line.blank:
            rest = document.text[line.end :]
            for text in (document.text[: line.start] + rest, document.text[: line.end] + "\n" + line.text + rest):
                with pytest.raises(ExtractionError):
                    extract(Rendition.from_text(SLUG, "copy.txt", text), register)


@pytest.mark.sources
def test_a_developer_that_the_register_lacks_is_named(document: Rendition, register: Gazetteer) -> None:
    poorer = Gazetteer(actor for actor in register.actors.values() if actor.key != "unisys")
    with pytest.raises(ExtractionError, match="the register does not know it as actor/unisys"):
        extract(document, poorer)
