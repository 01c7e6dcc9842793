"""The draft compendium: everything of it comes out, nothing leaks, and a document that changed is refused."""

from __future__ import annotations

import itertools
import re
import shutil
import time
from pathlib import Path

import pytest

from etl.actors import Actor, Gazetteer
from etl.errors import ExtractionError, ManifestError, RecordError, UnaccountedLines
from etl.extract import render_records, verify_passages
from etl.records import DocumentRecords, PracticeRecord
from etl.rendition import Rendition
from etl.sources.cdadi_2024_39 import model
from etl.sources.cdadi_2024_39.addresses import find_addresses
from etl.sources.cdadi_2024_39.concepts import ConceptReader
from etl.sources.cdadi_2024_39.extractor import extract
from etl.sources.cdadi_2024_39.model import Declarations, Repair, load_declarations

FILE = "004_991c66e81cb5ae45.txt"
DOCUMENT = "cdadi-2024-39"


def actor(key: str, *printed: str, kind: str = "other", entries: tuple[str, ...] = ()) -> Actor:
    return Actor.model_validate({"key": key, "name": printed[0], "kind": kind, "printed": printed, "entries": entries})


@pytest.fixture(scope="module")
def declared() -> Declarations:
    return load_declarations()


@pytest.fixture(scope="module")
def gazetteer(declared: Declarations) -> Gazetteer:
    """Everybody with a role in an entry, and a few who are only named."""
    parties = {name for entry in declared.entries for party in entry.parties for name in party.printed}
    return Gazetteer(
        [
            *(actor(f"party-{number}", name) for number, name in enumerate(sorted(parties))),
            actor("unicef", "UNICEF"),
            actor("icei", "ICEI"),
            actor("tallinn-migration-centre", "Tallinn Migration Centre", "TMC"),
            actor("ministry-of-culture-estonia", "Ministry of Culture", entries=("cultural-diversity-year-2024-estonia",)),
            actor("committee", "Committee of Experts on Intercultural Integration of Migrants"),
            actor("irc-canada", "Immigration, Refugees and Citizenship Canada"),
            actor("presidency-italy", "Italian Presidency of the Council of Ministers"),
        ]
    )


@pytest.fixture(scope="module")
def rendition(sources_dir: Path) -> Rendition:
    return Rendition.read(DOCUMENT, sources_dir / FILE)


@pytest.fixture(scope="module")
def records(rendition: Rendition, gazetteer: Gazetteer) -> DocumentRecords:
    return extract(rendition, gazetteer)


@pytest.fixture(scope="module")
def practices(records: DocumentRecords) -> dict[str, PracticeRecord]:
    return {practice.path.split("/", 1)[1]: practice for practice in records.practices}


@pytest.fixture(scope="module")
def wording(rendition: Rendition, records: DocumentRecords) -> dict[str, str]:
    return {passage.key: rendition.passage(passage.start, passage.end) for passage in records.passages}


# What comes out


@pytest.mark.sources
def test_counts(records: DocumentRecords) -> None:
    kinds = [practice.path.split("/")[0] for practice in records.practices]
    assert (kinds.count("practice"), kinds.count("chapter")) == (82, 1)
    assert [practice.order for practice in records.practices] == list(range(1, 84))
    assert len({practice.chapter for practice in records.practices}) == 6
    assert len({practice.listed_under for practice in records.practices}) == 21
    assert len({code for practice in records.practices for code in practice.countries}) == 24
    assert len(records.facts) == 16
    assert records.ignored == {"a reviewer's comment, no part of the text": 4}


@pytest.mark.sources
def test_every_passage_is_found_again(rendition: Rendition, records: DocumentRecords) -> None:
    verify_passages(records, rendition)
    keys = {passage.key for passage in records.passages}
    assert {passage.part_of for passage in records.passages} <= {*keys, None}
    by_key = {passage.key: passage for passage in records.passages}
    for passage in records.passages:
        whole = by_key[passage.part_of] if passage.part_of else passage
        assert whole.start <= passage.start
        assert passage.end <= whole.end


@pytest.mark.sources
def test_every_practice_has_its_fields_as_passages(
    records: DocumentRecords, practices: dict[str, PracticeRecord], declared: Declarations
) -> None:
    by_key = {passage.key: passage for passage in records.passages}
    for slug, practice in practices.items():
        assert by_key[practice.entry].kind == "entry"
        if slug == "canada":
            continue
        assert {*practice.fields, *practice.not_stated} == set(declared.manifest.template)
        assert not {*practice.fields} & {*practice.not_stated}
        for name, key in practice.fields.items():
            assert (by_key[key].kind, by_key[key].field) == ("field", name)
        narrative = {name for name in practice.fields if name not in declared.manifest.single}
        assert narrative - {"process"} <= {passage.field for passage in records.passages if passage.key.startswith(f"{slug}/")}
        assert practice.titles["en"]
        assert practice.countries
        assert practice.types
        assert practice.areas
        assert practice.type_printed
        assert practice.area_printed


@pytest.mark.sources
@pytest.mark.parametrize(
    ("slug", "countries", "places", "types", "areas", "time", "not_stated"),
    [
        ("settle-in-estonia", "EST", "", "public-policy-tool", 2, None, "duration"),
        ("tallinn-migration-centre", "EST", "est-tallinn", "advice-centre", 4, (2022, None, True), ""),
        ("improving-access-to-the-law-paris", "FRA", "fra-paris", "strategy policy", 1, (2022, 2026, False), "references"),
        ("espace-egalite-strasbourg", "FRA", "fra-strasbourg", "project", 1, (2019, None, True), "references"),
        ("241fe-female-entrepreneurship-patras", "GRC NLD ITA ESP", "grc-patras", "project", 1, (2020, 2023, False), ""),
        ("inclusion-and-empowerment-of-roma", "GRC", None, "policy project", 1, None, "duration"),
        ("roma-branches-in-community-centres", "GRC", "", "public-service-accessibility", 2, None, "duration"),
        ("net-idea", "ITA ESP PRT SWE DEU POL", "", "project", 1, (2022, 2024, False), ""),
        ("intercultural-strategy-di-tutti-reggio-emilia", "ITA", None, "policy", 1, (None, None, False), "impact references"),
        ("action-plan-against-racism-norway", "NOR", "", "policy", 1, (None, None, True), "references"),
        ("university-course-on-hate-crimes-guardia-civil", "ESP", "", "activity", 1, (2022, None, False), "impact"),
        ("clara-learning-against-racism", "ESP", None, "project", 1, (2019, 2022, False), ""),
        ("bill-against-racism-catalonia", "ESP", "esp-catalonia", "policy", 1, (2021, 2022, False), "references"),
        ("bangla-bantams-bradford", "GBR", "gbr-bradford", "initiative", 1, (2015, None, False), ""),
        ("campaign-to-promote-interculturality-andorra", "AND", "", "activity", 1, None, "duration references"),
        ("cultural-diversity-year-2024-estonia", "EST", "", "policy event", 1, (2024, 2024, False), ""),
        ("diversamente-youth-against-discrimination", "ITA", None, "project", 1, (2022, None, False), ""),
        ("diversity-management-in-the-public-services-spain", "ESP", "", "project", 1, (2020, None, True), ""),
        ("anti-rumours-strategy-bilbao", "ESP", "esp-bilbao", "policy project", 1, None, "duration"),
        ("anti-rumours-strategy-fuenlabrada", "ESP", "esp-fuenlabrada", "policy project", 1, (2013, None, True),
         "impact references"),
        ("intercultural-competencies-training-bilbao", "ESP", "esp-bilbao", "project policy", 1, (None, None, True),
         "stimulus impact"),
        ("tallinn-network-of-stakeholders", "EST", "est-tallinn", "network", 2, None, "duration"),
        ("integration-window-conference-expo", "EST", "est-tallinn", "event conference", 1, (2024, None, True), ""),
        ("belonging-intercultural-conference-reykjavik", "ISL", "isl-reykjavik", "conference event", 2, None, "duration purpose"),
        ("citizen-coin", "GBR", "gbr-bradford", "project", 1, (2018, None, True), ""),
        ("eu-belong", "ESP POL ITA IRL ROU AUT DEU", None, "project", 1, None, "duration"),
        ("intercultural-regions-network", "SWE ITA NOR ESP ROU", None, "network activity", 1, None, "duration"),
        ("divercities", "ITA GRC ESP PRT", None, "project", 1, (2022, None, False), "references"),
        ("choices-programme", "PRT", "", "programme", 1, (2001, None, False), "stimulus"),
        ("advisory-board-for-ethnic-relations-finland", "FIN", "", "consultative-body", 1, (2020, 2024, False), ""),
        ("municipal-pact-for-intercultural-living-together-luxembourg", "LUX", "", "policy", 4, None, "duration"),
        ("strategic-framework-consultation-spain", "ESP", "", "policy", 1, (2019, 2022, False), ""),
        ("integration-area-programme", "GBR", None, "programme", 1, (2018, 2021, False), "references"),
    ],
)  # fmt: skip
def test_facts_read_by_eye(
    practices: dict[str, PracticeRecord],
    slug: str,
    countries: str,
    places: str | None,
    types: str,
    areas: int,
    time: tuple[int | None, int | None, bool] | None,
    not_stated: str,
) -> None:
    practice = practices[slug]
    assert practice.countries == tuple(countries.split())
    if places is not None:
        assert [place.path for place in practice.localities] == [f"place/{key}" for key in places.split()]
    assert [concept.concept for concept in practice.types] == [f"practice-type/{key}" for key in types.split()]
    assert len(practice.areas) == areas
    duration = practice.duration
    assert (duration and (duration.start_year, duration.end_year, duration.ongoing)) == time
    assert practice.not_stated == tuple(not_stated.split())


@pytest.mark.sources
def test_printed_forms_stay_beside_what_was_read(practices: dict[str, PracticeRecord]) -> None:
    consultation = practices["strategic-framework-consultation-spain"].duration
    assert consultation is not None
    assert consultation.printed == "February 2019 to June 2022 (29 months)"
    assert practices["choices-programme"].titles == {"en": "Choices Programme", "pt": "Programa Escolhas"}
    assert practices["espace-egalite-strasbourg"].titles == {"fr": "Espace Egalité", "en": "Equality Space"}
    assert practices["baobab-community-centre-lublin"].headings == ("LUBLIN: Baobab: Community centre for migrants and refugees",)
    assert practices["baobab-community-centre-lublin"].title == "Baobab: Community centre for migrants and refugees"
    assert practices["eu-belong"].listed_under == "ASSEMBLY OF EUROPEAN REGIONS"
    network = practices["tallinn-network-of-stakeholders"]
    assert [concept.concept for concept in network.areas] == [
        "area/cooperation-between-stakeholders",
        "area/intercultural-dialogue",
    ]
    assert network.areas[1].printed == "intercultural dialogue"


@pytest.mark.sources
def test_every_printed_address_is_a_page(practices: dict[str, PracticeRecord], wording: dict[str, str]) -> None:
    for slug, practice in practices.items():
        text = wording[slug]
        for page in sorted(practice.pages, key=lambda page: -len(page.printed)):
            assert page.printed in wording[page.passage]
            assert (page.iri == page.printed) is (page.repair is None)
            assert not re.search(r"\s", page.iri)
            text = text.replace(page.printed, "")
        assert not re.search(r"https?://|www\.", text), f"{slug}: an address is left over"
    assert (
        practices["diversity-management-in-the-public-services-spain"].pages[0].printed
        == "https://www.yosoy serviciospublicos.es/"
    )
    assert [page.iri for page in practices["must-a-lab-fuenlabrada"].pages] == ["http://www.must-a-lab.eu"]
    assert practices["bangla-bantams-bradford"].pages[-1].passage == "bangla-bantams-bradford/footnote-3"


@pytest.mark.sources
def test_roles_come_from_labels_only(practices: dict[str, PracticeRecord], gazetteer: Gazetteer) -> None:
    def roles(slug: str) -> list[tuple[str, str]]:
        named = [(mention.role, gazetteer.actors[mention.actor.split("/")[1]].name) for mention in practices[slug].mentions]
        return [pair for pair in named if pair[0] != "named"]

    clara = roles("clara-learning-against-racism")
    assert clara[0] == ("lead", "Madrid City Council")
    assert len(clara) == 11
    assert [role for role, _ in clara[1:]] == ["partner"] * 10
    assert [role for role, _ in roles("diversity-management-in-the-public-services-spain")] == [
        "lead",
        "lead",
        "funder",
        "funder",
    ]
    assert roles("choices-programme") == [("lead", "High Commission for Migration")]
    assert [role for role, _ in roles("strategic-framework-consultation-spain")] == ["lead", "partner"]
    assert sum(1 for slug in practices if roles(slug)) == 6
    (named,) = [mention for mention in practices["spilno-lublin"].mentions if mention.actor == "actor/unicef"]
    assert (named.role, len(named.passages)) == ("named", 2)


@pytest.mark.sources
def test_organisations_are_found_where_they_stand(records: DocumentRecords, practices: dict[str, PracticeRecord]) -> None:
    def where(slug: str, key: str) -> tuple[str, ...]:
        return next((mention.passages for mention in practices[slug].mentions if mention.actor == f"actor/{key}"), ())

    assert where("net-idea", "icei") == ("net-idea/heading",)
    assert (
        where("itaca-italian-cities-against-discrimination", "icei")[0] == "itaca-italian-cities-against-discrimination/heading"
    )
    assert where("cultural-diversity-year-2024-estonia", "ministry-of-culture-estonia")
    assert not where("ukrainian-language-and-culture-preservation-estonia", "ministry-of-culture-estonia")
    assert where("diversamente-youth-against-discrimination", "presidency-italy") == (
        "diversamente-youth-against-discrimination/footnote-5",
    )
    assert where("canada", "irc-canada") == ("canada/intersectional-approach/1",)
    assert [mention.actor for mention in records.mentions] == ["actor/committee"]


@pytest.mark.sources
def test_citations(records: DocumentRecords) -> None:
    cited = {(citation.source, citation.target) for citation in records.citations}
    assert (f"document/{DOCUMENT}", "instrument/cm-rec-2022-10") in cited
    assert ("practice/integration-window-conference-expo", "practice/tallinn-migration-centre") in cited
    assert ("practice/ecosystem-multi-agency-coalitions", "instrument/directive-2012-29-eu") in cited
    assert ("chapter/canada", "instrument/canadian-multiculturalism-act") in cited
    paths = {practice.path for practice in records.practices} | {instrument.path for instrument in records.instruments}
    assert {target for _, target in cited} <= paths
    assert {instrument.path for instrument in records.instruments} <= {target for _, target in cited}
    keys = {passage.key for passage in records.passages}
    assert all(citation.passage in keys for citation in records.citations)


@pytest.mark.sources
def test_the_canadian_chapter(practices: dict[str, PracticeRecord], wording: dict[str, str]) -> None:
    canada = practices["canada"]
    assert (canada.path, canada.countries, canada.fields, canada.not_stated) == ("chapter/canada", ("CAN",), {}, ())
    sections = [key for key in wording if re.fullmatch(r"canada/[a-z-]+", key) and key != "canada/heading"]
    assert len(sections) == 6
    assert len([key for key in wording if re.fullmatch(r"canada/[a-z-]+/\d+", key)]) == 19


# What must not come out


@pytest.mark.sources
def test_no_comment_and_no_neighbour_in_a_passage(wording: dict[str, str], declared: Declarations) -> None:
    headings = {entry.heading for entry in declared.entries} | set(declared.manifest.headings)
    headings |= {entry.chapter for entry in declared.entries}
    own = {entry.slug: entry.heading for entry in declared.entries}
    for key, text in wording.items():
        assert "Commented [" not in text
        lines = {line.strip() for line in text.splitlines()}
        slug = key.split("/")[0]
        if slug in own:
            assert lines & headings <= {own[slug]}, key


@pytest.mark.sources
def test_no_initials_in_records(rendition: Rendition, records: DocumentRecords) -> None:
    initials = set(re.findall(r"Commented \[([A-Z]+\d+)", rendition.text))
    assert len(initials) == 4
    rendered = "".join(render_records(records).values())
    assert not re.search(rf"\b(?:{'|'.join(initials)})", rendered)


@pytest.mark.sources
def test_footnotes_stand_apart(records: DocumentRecords, practices: dict[str, PracticeRecord]) -> None:
    owners = {"bangla-bantams-bradford": ["2", "3", "4"], "diversamente-youth-against-discrimination": ["5"]}
    assert {slug: [note.number for note in p.footnotes] for slug, p in practices.items() if p.footnotes} == owners
    footnotes = [passage for passage in records.passages if passage.kind == "footnote"]
    assert len(footnotes) == 5
    for note, passage in itertools.product(footnotes, records.passages):
        if passage.start < note.end and note.start < passage.end:
            assert passage.key in {note.key, note.part_of}


@pytest.mark.sources
def test_paragraphs_cross_page_breaks_only_where_declared(
    records: DocumentRecords, wording: dict[str, str], declared: Declarations
) -> None:
    blocks = [passage.key for passage in records.passages if passage.kind in {"paragraph", "list-item"}]
    joined = [key for key in blocks if re.search(r"\n\s*\n", wording[key])]
    continuations = [words for entry in declared.entries for words in entry.continuations]
    continuations += declared.manifest.chapter.continuations
    assert len(continuations) == 30
    assert len(joined) == 29  # footnotes keep the halves of one apart
    for key in joined:
        assert any(re.search(rf"\n\s*\n{re.escape(words)}", wording[key]) for words in continuations)
    assert wording["bangla-bantams-bradford/impact/7"].startswith("University of")


@pytest.mark.sources
def test_nothing_of_an_entry_is_lost(rendition: Rendition, records: DocumentRecords, declared: Declarations) -> None:
    covered = bytearray(len(rendition.text))
    for passage in records.passages:
        if passage.kind not in {"entry", "section"}:
            covered[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
    labels = {label.printed for label in declared.manifest.labels}
    start = next(line.number for line in rendition.lines if line.text == declared.manifest.introduction)
    for line in rendition.lines[start:]:
        left = "".join(" " if covered[line.start + at] else mark for at, mark in enumerate(line.text)).strip()
        if left and not left.startswith("Commented ["):
            assert any(left.startswith(label) for label in labels), f"line {line.number}"
            assert left.endswith(":"), f"line {line.number}"


@pytest.mark.sources
def test_extraction_is_deterministic_and_fast(rendition: Rendition, gazetteer: Gazetteer, records: DocumentRecords) -> None:
    began = time.process_time()
    again = extract(rendition, gazetteer)
    assert time.process_time() - began < 3
    assert render_records(again) == render_records(records)


# Documents that changed


OSLO = "\nOSLO: Data collection and research on discrimination\n"
CHAMBER = "\nTallinn Chamber of Integration\n"
NETWORK = "\nTallinn Network of Stakeholders\n"
WINDOW = '\nConference-Expo "Integration Window"\n'
NEXT_IS_NETWORK = "heading 'Tallinn Network of Stakeholders'"

#: What changes, the error, and the replacements that change it, each made once at the first place.
CHANGES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "an extra field of the template": ("opens the field 'impact'", [(OSLO, f"{OSLO}\nImpact: none.\n")]),
    "a repeated field": ("opens the field 'type'", [(CHAMBER, f"{CHAMBER}\nType: network\n")]),
    "a field the entry leaves out": ("opens the field 'duration'", [(NETWORK, f"\nDuration: 2024\n{NETWORK}")]),
    "an unknown field": ("'Budget:' in tallinn-chamber-of-integration", [(NETWORK, f"\nBudget: EUR 5\n{NETWORK}")]),
    "a field taken away": ("opens the field 'area'", [("Duration: 2024-\n", "")]),
    "the last field taken away": ("6 labels", [("Key reference documents: Project proposal.\n", "")]),
    "text before the first field": ("stands between the heading", [(OSLO, f"{OSLO}\nA word.\n")]),
    "a country heading moved up": (
        "heading 'NORWAY'",
        [("\nNORWAY\n", "\n"), ("\nREGGIO EMILIA:", "\nNORWAY\n\nREGGIO EMILIA:")],
    ),
    "an entry heading moved down": (
        "opens the field 'type' of tallinn-chamber",
        [(NETWORK, "\n"), ("\nArea of intervention: Other", f"{NETWORK}\nArea of intervention: Other")],
    ),
    "a heading moved behind the next one": (
        "heading 'VÄSTRA",
        [("\nSWEDEN\n", "\n"), ("\nMULTILEVEL GOVERNANCE\n", "\nMULTILEVEL GOVERNANCE\n\nSWEDEN\n")],
    ),
    "two headings swapped": (NEXT_IS_NETWORK, [(CHAMBER, "\n@\n"), (NETWORK, CHAMBER), ("\n@\n", NETWORK)]),
    "a heading missing": (NEXT_IS_NETWORK, [(CHAMBER, "\n")]),
    "a heading renamed": (NEXT_IS_NETWORK, [(CHAMBER, "\nTallinn Chamber\n")]),
    "contents with another title": ("the table of contents has 'X'", [("| Tallinn Network of Stakeholders..... |", "| X |")]),
    "contents in another order": ("has 'SPAIN'", [("| ITALY | 21 |", "| SPAIN | 21 |"), ("| SPAIN | 33 |", "| ITALY | 33 |")]),
    "contents with one line more": ("no further line", [("\nINTRODUCTION\n", "\n| More | 130 |\n\nINTRODUCTION\n")]),
    "contents that are no table": ("a row of the table of contents", [("| FRANCE | 12 |", "FRANCE 12")]),
    "a paragraph cut in two": ("page break cut", [(" getting in touch with", "\n\ngetting in touch with")]),
    "a continuation that is gone": ("continuations", [("\n\nthat affects youth.", " that affects youth.")]),
    "a false label that is gone": ("false labels \\['Key impacts", [("\nKey impacts include:", "\nSome impacts follow")]),
    "a comment inside an entry": (
        "stands inside tallinn-chamber",
        [("Commented [BF4]", "\n"), (CHAMBER, f"{CHAMBER}\nCommented [XX9]: no\n")],
    ),
    "one comment more": (r"5 line\(s\) to ignore", [(CHAMBER, f"\nCommented [XX9]: no\n{CHAMBER}")]),
    "a footnote without its mark": ("a text that carries ⁵", [("Rumours⁵", "Rumours")]),
    "an unknown type": ("no known value", [("Type: advice centre", "Type: advice kiosk")]),
    "an unknown area": ("'; sport' is no known value", [("intervention: Youth", "intervention: Youth; sport")]),
    "a broken address": ("printed as a web address", [("<https://eeagrants-roma.gr>", "<https://eea grants.gr>")]),
    "a place no longer named": ("Tekirda", [("Tekirda", "Tekir")]),
    "a country no longer named": ("'Netherlands'", [("the Netherlands, Italy", "Italy")]),
    "an instrument no longer cited": ("'Law 4356/2015'", [("Law 4356/2015", "a law")]),
    "a cross-reference that is gone": ("see above", [("(see above, under", "(under")]),
    "a role that is gone": ("Elche City Council", [("- Elche City Council,", "- Elche,")]),
    "an area not declared any more": ("interreligious", [("interreligious dialogue; inter", "inter")]),
    "another title page": ("title page", [("Strasbourg, 4 November 2024", "Strasbourg, 5 May 2025")]),
    "a section of the chapter renamed": ("Inclusive programmes", [("\nInclusive programmes\n", "\nProgrammes\n")]),
    "a stray line under a country": ("A stray line", [("\nNORWAY\n", "\nNORWAY\n\nA stray line.\n")]),
    "an impossible duration": ("impossible duration", [("Duration: 2020-2024", "Duration: 2024-2020")]),
    "a duration with three years": ("more than one reading", [("Duration: 2020-2024", "Duration: 2020-2022, 2024")]),
}


@pytest.mark.sources
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_document_is_refused(rendition: Rendition, gazetteer: Gazetteer, change: str) -> None:
    message, replacements = CHANGES[change]
    text = rendition.text
    for old, new in replacements:
        assert old in text, f"{old!r} is not in the document"
        text = text.replace(old, new, 1)
    with pytest.raises((ExtractionError, RecordError), match=message) as caught:
        extract(Rendition.from_text(DOCUMENT, FILE, text), gazetteer)
    assert caught.value.where
    assert caught.value.expected
    assert caught.value.mend


@pytest.mark.sources
def test_swapped_entries_are_refused(rendition: Rendition, gazetteer: Gazetteer) -> None:
    first, second, end = (rendition.text.index(heading) for heading in (CHAMBER, NETWORK, WINDOW))
    text = rendition.text[:first] + rendition.text[second:end] + rendition.text[first:second] + rendition.text[end:]
    with pytest.raises(ExtractionError, match=NEXT_IS_NETWORK) as caught:
        extract(Rendition.from_text(DOCUMENT, FILE, text), gazetteer)
    line = next(line for line in rendition.lines if line.text == CHAMBER.strip())
    assert caught.value.where == f"{FILE}: line {line.number}"


@pytest.mark.sources
def test_a_heading_after_the_last_one_is_refused(rendition: Rendition, gazetteer: Gazetteer) -> None:
    with pytest.raises(ExtractionError, match="a heading after the last one"):
        extract(Rendition.from_text(DOCUMENT, FILE, rendition.text + CHAMBER), gazetteer)


@pytest.mark.sources
def test_a_line_that_no_rule_uses_is_named(rendition: Rendition, gazetteer: Gazetteer) -> None:
    text = rendition.text.replace("\nNORWAY\n", "\nNORWAY\n\nA stray line.\n")
    with pytest.raises(UnaccountedLines, match="1 line"):
        extract(Rendition.from_text(DOCUMENT, FILE, text), gazetteer)


@pytest.mark.sources
def test_a_role_needs_a_registered_organisation(rendition: Rendition) -> None:
    with pytest.raises(ExtractionError, match="no organisation is registered") as caught:
        extract(rendition, Gazetteer([]))
    assert "data/curation/actors" in caught.value.mend


# The declarations themselves


def test_entries_are_distinct_and_readable(declared: Declarations) -> None:
    slugs = [entry.slug for entry in declared.entries]
    assert len(set(slugs)) == len(slugs) == 82
    assert all(len(slug.split("-")) <= 9 for slug in slugs)
    assert {entry.under for entry in declared.entries} == set(declared.manifest.headings)


def test_concepts_are_in_the_vocabularies(declared: Declarations, root: Path) -> None:
    vocabularies = "".join(path.read_text(encoding="utf-8") for path in (root / "ontology" / "vocabularies").glob("*.ttl"))
    for concept in {*declared.lookups.types.values(), *declared.lookups.areas.values()}:
        assert f"/id/{concept}>" in vocabularies


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("entries.toml", 'slug = "net-idea"', 'slug = "Net Idea"', "should match pattern"),
        ("entries.toml", 'slug = "net-idea"', 'slug = "citizen-coin"', "same slug"),
        ("entries.toml", 'language = "fr"\ntitles = { en = "Equality Space" }', 'language = "fr"', "an English title is missing"),
        ("entries.toml", 'fields = "type duration area', 'fields = "type duration area type', "opened again"),
        ("manifest.toml", 'printed = "Aim"', 'printed = "Type"', "declared twice"),
        ("lookups.toml", "[types]", "[types", "is not TOML"),
        ("references.toml", "year = 2012", 'anno = "2012"', "Extra inputs"),
    ],
)
def test_a_broken_declaration_names_its_file(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    source = Path(model.__file__).parent
    for path in source.glob("*.toml"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ManifestError, match=message) as caught:
        load_declarations(tmp_path)
    assert file in caught.value.where


def test_concepts_split_only_into_known_parts() -> None:
    reader = ConceptReader(
        {"policy": "practice-type/policy", "policy local level": "practice-type/local", "law": "practice-type/law"}
    )
    assert [part.printed for part in reader.read("Law / policy local level", "here")] == ["Law", "policy local level"]
    for odd in ("law or policy", "policymaking", "", "law, act"):
        with pytest.raises(ExtractionError, match="no known value"):
            reader.read(odd, "here")


def test_addresses_in_every_printed_form() -> None:
    text = "See <https://a.example/x_y>, [b](https://b.example/), (www.c.example). https://d.example/e.pdf (in French); [f](#)"
    found = list(find_addresses(text, (), "here"))
    assert [address.printed for address in found] == [
        "https://a.example/x_y", "https://b.example/", "www.c.example", "https://d.example/e.pdf",
    ]  # fmt: skip
    assert found[2].iri == "http://www.c.example"
    repair = Repair(printed="https://a b.example/", drop=" ", reason="a space")
    assert next(find_addresses("<https://a b.example/>", (repair,), "here")) == ("https://ab.example/", repair.printed, "a space")
    with pytest.raises(ExtractionError, match="printed as a web address"):
        list(find_addresses("<https://a b.example/>", (), "here"))
