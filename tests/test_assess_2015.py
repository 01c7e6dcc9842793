"""The ASSESS compendium: its ten entries, its two sets of criteria, and what happens when a copy of it is changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.actors import Gazetteer
from etl.curation import load_curation
from etl.errors import ExtractionError
from etl.extract import verify_passages
from etl.identifiers import item_iri
from etl.manifest import load_manifest
from etl.records import TEMPLATE_FIELDS, DocumentRecords, PracticeRecord
from etl.rendition import Rendition
from etl.sources.assess_2015.extractor import extract
from etl.sources.assess_2015.layout import blank_calls
from etl.sources.assess_2015.manifest import AssessManifest

SLUG = "assess-2015"
MONITORING = ("monitored", "target-group", "focus")


@pytest.fixture(scope="module")
def manifest(root: Path) -> AssessManifest:
    return load_manifest(root / "etl" / "sources" / "assess_2015" / "manifest.toml", AssessManifest)


@pytest.fixture(scope="module")
def register(root: Path) -> Gazetteer:
    return Gazetteer(load_curation(root / "data" / "curation").actors)


@pytest.fixture(scope="module")
def document(sources_dir: Path) -> Rendition:
    return Rendition.read(SLUG, sources_dir / "003_73499d44a262ae3e.txt")


@pytest.fixture(scope="module")
def records(document: Rendition, register: Gazetteer) -> DocumentRecords:
    return extract(document, register)


@pytest.fixture(scope="module")
def practices(records: DocumentRecords) -> dict[str, PracticeRecord]:
    return {practice.entry: practice for practice in records.practices}


def read_copy(text: str, register: Gazetteer) -> DocumentRecords:
    return extract(Rendition.from_text(SLUG, "copy.txt", text), register)


def labels_of(manifest: AssessManifest) -> set[str]:
    """Labels of fields and of groups of fields, as printed."""
    in_templates = {label for labels in manifest.templates.values() for label in labels if label not in TEMPLATE_FIELDS}
    return set(manifest.labels) | in_templates


# --- the manifest by itself ---------------------------------------------------------------------------------------------


def test_every_organisation_of_the_fields_is_in_the_register_in_its_printed_form(
    manifest: AssessManifest, register: Gazetteer
) -> None:
    for entry in manifest.entries:
        funders = [funder for line in entry.funding for funder in line.funders]
        for actor, printed in [(b.actor, b.printed) for b in entry.bodies] + [(f.actor, f.printed) for f in funders]:
            (hit,) = register.find(printed, entry.slug)
            assert (hit.actor, hit.printed) == (actor, printed)


def test_labels_name_the_fields_of_the_templates(manifest: AssessManifest) -> None:
    in_templates = {name for labels in manifest.templates.values() for name in labels if name in TEMPLATE_FIELDS}
    assert set(manifest.labels.values()) == in_templates


@given(st.text(alphabet="ab ¹²³⁴⁵⁶⁷⁸⁹⁰."))
def test_blanking_calls_moves_no_offset(text: str) -> None:
    blanked = blank_calls(text)
    assert len(blanked) == len(text)
    assert all(new == old or (new == " " and old in "⁰¹²³⁴⁵⁶⁷⁸⁹") for old, new in zip(text, blanked, strict=True))
    assert not re.search("[⁰¹²³⁴⁵⁶⁷⁸⁹]", blanked)


# --- the document ---------------------------------------------------------------------------------------------------------


@pytest.mark.sources
def test_the_compendium_is_complete(records: DocumentRecords) -> None:
    assert len(records.practices) == 10
    assert [practice.order for practice in records.practices] == list(range(1, 11))
    assert sum(practice.monitoring for practice in records.practices) == 2
    assert [criterion.set for criterion in records.criteria] == ["monitoring"] * 7 + ["integration"] * 7
    assert sum(len(practice.criteria) for practice in records.practices) == 47
    assert sum(len(practice.footnotes) for practice in records.practices) == 6
    assert sum(passage.kind == "footnote" for passage in records.passages) == 10
    assert records.ignored == {"table of contents, compared with the headings": 11}


@pytest.mark.sources
def test_every_passage_verifies_and_lies_within_its_whole(records: DocumentRecords, document: Rendition) -> None:
    verify_passages(records, document)
    by_key = {passage.key: passage for passage in records.passages}
    for passage in records.passages:
        if passage.part_of:
            whole = by_key[passage.part_of]
            assert whole.start <= passage.start < passage.end <= whole.end, passage.key


@pytest.mark.sources
def test_two_extractions_are_equal(records: DocumentRecords, document: Rendition, register: Gazetteer) -> None:
    assert extract(document, register) == records


#: Per entry: country, printed type, target groups, number of enacting entities, funders, criteria, years, fields not stated.
FACTS: dict[str, tuple[str, str | None, str, int, str, str, tuple[int | None, int | None], str]] = {
    "pupils-without-italian-citizenship": (
        "ITA", None, "children", 3, "",
        "quality-of-data disaggregated-results effectiveness transferability", (1996, None), "",
    ),
    "local-observatories-network": (
        "ESP", None, "", 2, "european-social-fund",
        "inclusiveness comparability quality-of-data disaggregated-results effectiveness independence transferability",
        (1996, None), "focus",
    ),
    "job-market-services-for-immigrant-women": (
        "HUN", "Project", "women", 1, "european-integration-fund",
        "inclusiveness accessibility expertise resources transferability", (None, 2015), "",
    ),
    "ukrainian-womens-club": (
        "POL", "Project", "women", 1, "european-economic-area-fund programme-citizens-for-democracy",
        "inclusiveness accessibility non-discrimination expertise transferability", (2014, 2015), "",
    ),
    "multicultural-babinec": (
        "SVK", "Project", "women", 1, "",
        "inclusiveness accessibility non-discrimination evaluation", (None, None), "website",
    ),
    "minor-newcomers-and-leisure-time": (
        "BEL", "Project", "children", 1, "european-integration-fund",
        "inclusiveness accessibility expertise resources transferability evaluation", (None, None), "duration",
    ),
    "education-of-immigrant-and-repatriate-students": (
        "GRC", "Training Project", "children", 2,
        "operational-programme-education-and-lifelong-learning european-social-fund",
        "inclusiveness resources transferability evaluation", (2010, 2013), "challenges",
    ),
    "induction-classes-for-tcn-children": (
        "MLT", "Project: language course", "children", 1, "",
        "accessibility resources transferability", (None, None), "duration website",
    ),
    "national-referral-mechanism-trafficked-persons": (
        "BGR", "Policy", "trafficked-persons", 13, "",
        "inclusiveness non-discrimination transferability expertise evaluation", (None, None), "duration",
    ),
    "undok-union-support": (
        "AUT", "Service", "undocumented-workers trafficked-persons", 1,
        "federal-ministry-of-labour-social-affairs-and-consumer-protection-austria vienna-employment-promotion-fund "
        "chamber-of-labour-austria",
        "accessibility expertise resources transferability", (2014, None), "",
    ),
}  # fmt: skip


@pytest.mark.sources
@pytest.mark.parametrize("slug", FACTS)
def test_an_entry_says_what_it_prints(practices: dict[str, PracticeRecord], slug: str) -> None:
    country, type_printed, groups, leads, funders, criteria, years, not_stated = FACTS[slug]
    practice = practices[slug]
    kind = "monitoring" if practice.monitoring else "integration"
    assert practice.countries == (country,)
    assert practice.type_printed == type_printed
    assert [group.concept for group in practice.target_groups] == [f"target-group/{key}" for key in groups.split()]
    assert sum(mention.role == "lead" for mention in practice.mentions) == leads
    assert [m.actor for m in practice.mentions if m.role == "funder"] == [f"actor/{key}" for key in funders.split()]
    assert practice.criteria == tuple(f"criterion/{kind}-{key}" for key in criteria.split())
    assert (practice.duration and practice.duration.start_year, practice.duration and practice.duration.end_year) == years or (
        practice.duration is None and years == (None, None)
    )
    assert practice.not_stated == tuple(not_stated.split())


@pytest.mark.sources
def test_each_field_is_filled_or_said_to_be_missing(practices: dict[str, PracticeRecord]) -> None:
    common = {"enacting-entity", "target-group", "funding", "website", "context", "objectives", "activities", "challenges"}
    for practice in practices.values():
        template = common | {"criteria", "duration"} | (set(MONITORING) if practice.monitoring else {"type"})
        assert set(practice.fields) | set(practice.not_stated) == template
        assert not set(practice.fields) & set(practice.not_stated)


@pytest.mark.sources
def test_titles_are_kept_in_both_languages(practices: dict[str, PracticeRecord]) -> None:
    assert practices["pupils-without-italian-citizenship"].titles["it"] == "Alunni con cittadinanza non italiana"
    assert practices["minor-newcomers-and-leisure-time"].titles["nl"] == "Minderjarige nieuwkomers en vrije tijd in Brussel"
    assert practices["multicultural-babinec"].headings == ("Multicultural BaBinec [Ladies society]",)
    assert all(practice.title == practice.titles["en"] for practice in practices.values())


@pytest.mark.sources
def test_roles_and_kinds_are_those_of_the_fields(practices: dict[str, PracticeRecord]) -> None:
    def roles(slug: str) -> dict[tuple[str, str], str | None]:
        return {(m.actor.removeprefix("actor/"), m.role): m.kind_printed for m in practices[slug].mentions if m.role != "named"}

    assert roles("pupils-without-italian-citizenship")["ismu-foundation", "lead"] == "NGO"
    assert roles("multicultural-babinec") == {("islamic-foundation-in-slovakia", "lead"): "Community"}
    assert roles("local-observatories-network")["university-of-franche-comte", "lead"] == "Research institution/University"
    assert roles("education-of-immigrant-and-repatriate-students")["ministry-of-education-greece", "partner"] is None
    assert roles("national-referral-mechanism-trafficked-persons")["matra-programme", "lead"] == "Public bodies"
    assert roles("undok-union-support")["chamber-of-labour-austria", "partner"] is None
    assert roles("induction-classes-for-tcn-children") == {("ministry-for-education-malta", "lead"): None}


@pytest.mark.sources
def test_organisations_only_named_have_no_role(practices: dict[str, PracticeRecord]) -> None:
    named = {m.actor for practice in practices.values() for m in practice.mentions if m.role == "named"}
    assert {"actor/eurostat", "actor/oecd", "actor/norway-grants", "actor/prekar-cafe", "actor/alliance-stara-trznica"} <= named
    for practice in practices.values():
        roles = [mention.actor for mention in practice.mentions if mention.role != "named"]
        assert not {m.actor for m in practice.mentions if m.role == "named"} & set(roles)
        assert len({(m.actor, m.role) for m in practice.mentions}) == len(practice.mentions)


@pytest.mark.sources
def test_addresses_are_kept_as_printed(practices: dict[str, PracticeRecord]) -> None:
    counts = {slug: len(practice.pages) for slug, practice in practices.items()}
    assert {slug: count for slug, count in counts.items() if count != 1} == {
        "multicultural-babinec": 0,
        "induction-classes-for-tcn-children": 0,
        "minor-newcomers-and-leisure-time": 2,
        "education-of-immigrant-and-repatriate-students": 2,
        "national-referral-mechanism-trafficked-persons": 2,
        "undok-union-support": 2,
    }
    pages = [page for practice in practices.values() for page in practice.pages]
    assert all(page.iri == page.printed and not re.search(r"[<>\s]", page.iri) for page in pages)
    assert "http://antitraffic.government.bg/en/национален-механизъм-за-насочване-на/" in {page.iri for page in pages}


@pytest.mark.sources
def test_the_annex_asks_fourteen_questions_of_integration_and_eleven_of_monitoring(records: DocumentRecords) -> None:
    asked = {criterion.path: criterion.questions for criterion in records.criteria}
    assert sum(count for path, count in asked.items() if "integration-" in path) == 14
    assert sum(count for path, count in asked.items() if "monitoring-" in path) == 11
    assert asked["criterion/monitoring-quality-of-data"] == 4
    met = {path for practice in records.practices for path in practice.criteria}
    assert met == set(asked)


@pytest.mark.sources
def test_the_compendium_cites_principles_ten_and_eleven(records: DocumentRecords) -> None:
    stated = {(c.target, c.passage) for c in records.citations if c.source == f"document/{SLUG}"}
    assert {("principle/cbp-10", "introduction/2"), ("principle/cbp-11", "footnote-2")} <= stated
    assert ("framework/eu-cbp-2004", "footnote-1") in stated
    cited = {c.target for c in records.citations if c.target.startswith("instrument/")}
    assert cited == {instrument.path for instrument in records.instruments}


@pytest.mark.sources
def test_all_paths_make_iris(records: DocumentRecords) -> None:
    paths = {practice.path for practice in records.practices} | {criterion.path for criterion in records.criteria}
    paths |= {m.actor for practice in records.practices for m in practice.mentions} | {c.target for c in records.citations}
    assert len({item_iri(path) for path in paths}) == len(paths)


@pytest.mark.sources
def test_no_footnote_lies_in_a_field_or_paragraph(records: DocumentRecords) -> None:
    footnotes = [passage for passage in records.passages if passage.kind == "footnote"]
    for passage in records.passages:
        if passage.kind in {"entry", "footnote"}:
            continue
        for footnote in footnotes:
            assert passage.end <= footnote.start or passage.start >= footnote.end, (passage.key, footnote.key)


@pytest.mark.sources
def test_no_label_or_heading_lies_in_a_paragraph(records: DocumentRecords, document: Rendition, manifest: AssessManifest) -> None:
    headings = labels_of(manifest) | {section.heading for section in manifest.sections}
    headings |= {line for entry in manifest.entries for line in (entry.listed_under, *entry.heading_lines)}
    criteria = {heading for table in manifest.criterion_headings.values() for heading in table}
    for passage in records.passages:
        lines = {line.strip() for line in document.passage(passage.start, passage.end).splitlines()}
        if passage.kind not in {"entry", "heading"} and passage.key != "title-page":
            assert not lines & headings, passage.key
            if not re.search(r"/criteria(/part-\d)?$", passage.key):
                assert not lines & criteria, passage.key


@pytest.mark.sources
def test_a_paragraph_that_a_footnote_interrupts_is_two_passages(records: DocumentRecords) -> None:
    parts = {passage.key for passage in records.passages if re.search(r"/\d+/part-2$", passage.key)}
    assert parts == {
        "education-of-immigrant-and-repatriate-students/context/2/part-2",
        "minor-newcomers-and-leisure-time/criteria/inclusiveness/1/part-2",
    }


@pytest.mark.sources
def test_a_page_break_does_not_cut_a_paragraph(records: DocumentRecords, document: Rendition) -> None:
    broken = [p.key for p in records.passages if p.kind == "paragraph" and "\n" in document.passage(p.start, p.end)]
    assert len(broken) == 10
    assert "multicultural-babinec/context/2" in broken


# --- changed copies --------------------------------------------------------------------------------------------------------

Change = Callable[[str], str]


def replaced(before: str, after: str) -> Change:
    """Replace the first stretch that reads so; it must be there."""

    def change(text: str) -> str:
        assert before in text
        return text.replace(before, after, 1)

    return change


def entries_swapped(text: str) -> str:
    first, second, end = (text.index(f"\n{name}\n\n") for name in ("Hungary", "Poland", "Slovakia"))
    return text[:first] + text[second:end] + text[first:second] + text[end:]


def headings_swapped(text: str) -> str:
    hungary, poland = "Hungary\n\nJob-market services for Immigrant Women\n", "Poland\n\nUkrainian Women\u2019s Club\n"
    return text.replace(hungary, "#").replace(poland, hungary).replace("#", poland)


def heading_moved_up(text: str) -> str:
    return text.replace("\nIntegration of Women\n", "\n", 1).replace("\nSpain\n", "\nIntegration of Women\n\nSpain\n", 1)


def label_moved_down(text: str) -> str:
    start = text.index("\nActivities\n")
    return text[:start] + text[start:].replace("\nActivities\n", "\n", 1).replace("\nChallenges", "\nActivities\n\nChallenges", 1)


CHANGES: dict[str, tuple[Change, str]] = {
    "an extra field between values": (
        replaced("\nWebsite\n", "\nBudget\n\nEUR 5 000\n\nWebsite\n"),
        r"pupils-without-italian-citizenship: funding: National government funding; Budget; EUR 5 000",
    ),
    "an extra field after the website": (
        replaced("\nDescription\n", "\nBudget\n\nEUR 5 000\n\nDescription\n"),
        "website: no address in pupils-without-italian-citizenship/website/2",
    ),
    "an extra field between texts": (
        replaced("\nActivities\n", "\nBudget\n\nThe budget was set by the ministry.\n\nActivities\n"),
        r"line \d+: 'Budget' is no whole sentence",
    ),
    "an unknown label": (replaced("\nLimitations\n", "\nWeak points\n"), "line 856: 'Weak points' is no whole sentence"),
    "a label missing": (replaced("\nLimitations\n", "\n"), r"undok-union-support: labels: .*activities, criteria"),
    "a label of the other template": (replaced("\nType of monitoring\n", "\nType\n"), "labels: .*type, target-group"),
    "a label without text": (replaced("National government funding\n", "\n"), "nothing stands below the heading 'Funding'"),
    "text before the first label": (replaced("\nBasic information\n", "\nNote\n\nBasic information\n"), "'Note' stands before"),
    "a moved section heading": (heading_moved_up, "the heading 'Integration of Women' does not follow"),
    "a moved label": (label_moved_down, "nothing stands below the heading 'Activities'"),
    "swapped entries": (entries_swapped, "the heading 'Poland / Ukrainian Women.s Club' does not follow"),
    "swapped headings of entries": (headings_swapped, "the heading 'Poland / Ukrainian Women.s Club' does not follow"),
    "an unknown type": (replaced("\nTraining Project\n", "\nTraining\n"), "students: type: Training\n"),
    "an unknown target group": (replaced("\nTrafficked persons\n", "\nVictims\n"), "'Victims' is no whole sentence"),
    "an unknown focus": (replaced("\nOutcome and output\n", "\nInput\n"), "citizenship: focus: Input\n"),
    "another funding line": (replaced("Organizational funds", "Own funds"), "babinec: funding: Own funds\n"),
    "another organisation": (replaced("\nNGO: Accem\n", "\nNGO: Cáritas\n"), "'Accem' is not found as accem"),
    "an extra organisation": (
        replaced("\nNGO: Accem\n", "\nNGO: Accem\n\nNGO: Cáritas\n"), r"enacting-entity/2 names no organisation"
    ),
    "another kind of organisation": (replaced("\nCommunity: Islamic", "\nNGO: Islamic"), "does not stand behind 'Community'"),
    "an unknown criterion": (replaced("\nIndependence\n", "\nAutonomy\n"), "'Autonomy' is no whole sentence"),
    "a criterion missing": (replaced("\nIndependence\n", "\n"), "local-observatories-network: criteria: inclusiveness, "),
    "a place missing": (replaced("Girona", "Gerona"), "context: does not name Girona"),
    "another time": (replaced("(May 2014", "(June 2014"), "womens-club: funding: does not print"),
    "another year in a text": (replaced("in December 2013.", "in December 2012."), "students: context: does not print the time"),
    "a reference missing": (replaced("CPB No. 11", "See above"), "passage footnote-2: does not print 'CPB No. 11'"),
    "a footnote missing": (replaced("\n⁷ Eurostat\n", "\n"), "copy.txt: footnotes: "),
    "a footnote that is not called": (replaced("nineteen.⁷", "nineteen."), r"footnotes of education-.*: called: \['8'\]"),
    "other contents": (replaced("Introduction\t3", "Preface\t3"), "copy.txt: contents: Introduction; Preface"),
    "a longer title page": (replaced("March 2015", "March 2015\n\nVienna"), "a title page of 14 lines"),
    "an annex in another order": (
        replaced("\nComparability\n\n- ", "\nEffectiveness\n\n- "), "criteria-monitoring: inclusiveness, effectiveness, "
    ),
    "text before the first criterion": (
        replaced("of monitoring migrant integration\n\nInc", "of monitoring migrant integration\n\nNote\n\nInc"),
        r"1 line\(s\) that no rule uses: line \d+: 'Note'",
    ),
    "a stray line at the end": (lambda text: text.rstrip() + "\n\nPrinted in Malta\n", "'Printed in Malta' is no whole sentence"),
    "a paragraph missing": (
        replaced("\nActivities and meetings are free of charge.\n", "\n"), "nothing stands below the heading 'Accessibility'"
    ),
    "a paragraph more": (
        replaced("\nLimitations\n", "\nUNDOK has more to tell than this.\n\nLimitations\n"), r"passages: 465 found\n.*464"
    ),
    "an empty document": (lambda _: "", "the heading 'Introduction' does not follow"),
}  # fmt: skip


@pytest.mark.sources
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_copy_is_refused(document: Rendition, register: Gazetteer, name: str) -> None:
    change, message = CHANGES[name]
    text = change(document.text)
    assert text != document.text
    with pytest.raises(ExtractionError, match=message) as caught:
        read_copy(text, register)
    assert caught.value.where.startswith("copy.txt")
    assert caught.value.expected
    assert caught.value.mend


@pytest.mark.sources
def test_no_label_or_heading_can_be_lost(document: Rendition, register: Gazetteer, manifest: AssessManifest) -> None:
    known = labels_of(manifest) | {heading for t in manifest.criterion_headings.values() for heading in t}
    lines = [line for line in document.lines if line.text.strip() in known]
    assert len(lines) > 150
    for line in lines:
        with pytest.raises(ExtractionError):
            read_copy(document.text[: line.start] + document.text[line.end :], register)


@pytest.mark.sources
def test_an_organisation_that_the_register_lacks_is_named(document: Rendition, register: Gazetteer) -> None:
    poorer = Gazetteer(actor for actor in register.actors.values() if actor.key != "accem")
    with pytest.raises(ExtractionError, match=r"'Accem' is not found as accem\n.*\n.*data/curation/actors/"):
        extract(document, poorer)
