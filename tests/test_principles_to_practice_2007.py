"""From principles to practice: 11 principles, 101 conclusions, and what happens when a copy of it is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.actors import Gazetteer
from etl.curation import load_curation
from etl.errors import ExtractionError
from etl.extract import verify_passages
from etl.identifiers import item_iri, passage_iri
from etl.manifest import load_manifest
from etl.records import DocumentRecords, Passage, ProvisionRecord
from etl.rendition import Rendition
from etl.sources.principles_to_practice_2007.extractor import extract
from etl.sources.principles_to_practice_2007.facts import PrinciplesManifest

SLUG = "principles-to-practice-2007"


@pytest.fixture(scope="module")
def manifest(root: Path) -> PrinciplesManifest:
    return load_manifest(root / "etl" / "sources" / "principles_to_practice_2007" / "manifest.toml", PrinciplesManifest)


@pytest.fixture(scope="module")
def register(root: Path) -> Gazetteer:
    return Gazetteer(load_curation(root / "data" / "curation").actors)


@pytest.fixture(scope="module")
def document(sources_dir: Path) -> Rendition:
    return Rendition.read(SLUG, sources_dir / "001_e76146a9969bb2a9.txt")


@pytest.fixture(scope="module")
def records(document: Rendition, register: Gazetteer) -> DocumentRecords:
    return extract(document, register)


@pytest.fixture(scope="module")
def passages(records: DocumentRecords) -> dict[str, Passage]:
    return {passage.key: passage for passage in records.passages}


@pytest.fixture(scope="module")
def conclusions(records: DocumentRecords) -> list[ProvisionRecord]:
    return [provision for provision in records.provisions if provision.kind == "conclusion"]


def lines_of(document: Rendition, passage: Passage) -> list[str]:
    return [line for line in document.text[passage.start : passage.end].split("\n") if line.strip()]


# --- the manifest by itself ---------------------------------------------------------------------------------------------


def test_the_headings_cover_the_conclusions_without_gap(manifest: PrinciplesManifest) -> None:
    numbers = [number for heading in manifest.headings for number in range(heading.conclusions[0], heading.conclusions[1] + 1)]
    assert numbers == list(range(1, 102))
    assert len({heading.concept for heading in manifest.headings}) == 49


def test_every_judgement_on_an_edition_is_used_and_reasoned(manifest: PrinciplesManifest) -> None:
    assert {heading.edition for heading in manifest.headings} == set(manifest.editions)
    for edition in manifest.editions.values():
        assert (edition.framework is None) == (edition.confidence is None)
        assert edition.reason.endswith(".")


def test_related_ranges_follow_the_papers_own_numbering(manifest: PrinciplesManifest) -> None:
    ranges = {related.printed: manifest.below(related.heading) for related in manifest.principles[4].related}
    assert ranges == {"7-18": range(7, 19), "32-35": range(28, 32), "39": range(35, 36), "46-49": range(42, 46)}


# --- the records ----------------------------------------------------------------------------------------------------------


@pytest.mark.sources
def test_the_paper_is_complete(records: DocumentRecords, conclusions: list[ProvisionRecord]) -> None:
    principles = [provision for provision in records.provisions if provision.kind == "principle"]
    assert [principle.path for principle in principles] == [f"principle/cbp-{number}" for number in range(1, 12)]
    assert [conclusion.path for conclusion in conclusions] == [f"conclusion/{number}" for number in range(1, 102)]
    assert [conclusion.notation for conclusion in conclusions] == [str(number) for number in range(1, 102)]
    assert records.ignored == {}


@pytest.mark.sources
def test_each_conclusion_elaborates_one_principle_and_none_the_fifth(conclusions: list[ProvisionRecord]) -> None:
    below = Counter(conclusion.elaborates for conclusion in conclusions)
    assert [below[f"principle/cbp-{number}"] for number in range(1, 12)] == [18, 2, 14, 7, 0, 4, 9, 4, 11, 12, 20]


@pytest.mark.sources
def test_the_fifth_principle_has_21_related_conclusions(records: DocumentRecords) -> None:
    assert [link.source for link in records.links] == [
        f"conclusion/{number}" for number in (*range(7, 19), *range(28, 32), 35, *range(42, 46))
    ]
    assert {(link.property, link.target) for link in records.links} == {("relatedTo", "principle/cbp-5")}
    assert Counter(link.as_printed for link in records.links) == {None: 12, "32-35": 4, "39": 1, "46-49": 4}


@pytest.mark.sources
def test_every_passage_verifies(records: DocumentRecords, document: Rendition) -> None:
    verify_passages(records, document)
    assert len({passage_iri(SLUG, passage.key) for passage in records.passages}) == len(records.passages)


@pytest.mark.sources
def test_all_that_is_referred_to_is_there(records: DocumentRecords, passages: dict[str, Passage]) -> None:
    headings = {heading.concept: heading for heading in records.headings}
    instruments = {instrument.path for instrument in records.instruments}
    for provision in records.provisions:
        assert set(provision.passages) <= set(passages)
        assert provision.heading is None or headings[provision.heading].under == provision.elaborates
        item_iri(provision.path)
    for heading in headings.values():
        assert heading.parent is None or headings[heading.parent].under == heading.under
    for citation in records.citations:
        assert citation.passage in passages
        assert citation.target in instruments or citation.target.startswith("framework/")
    assert {key for mention in records.mentions for key in mention.passages} <= set(passages)


@pytest.mark.sources
@pytest.mark.parametrize(("number", "lines"), [(5, 2), (50, 1), (96, 2)])
def test_a_conclusion_is_whole(document: Rendition, passages: dict[str, Passage], number: int, lines: int) -> None:
    """Pages end inside 5 and 96, which go on after a blank line; 50 has no dash before its number."""
    found = lines_of(document, passages[f"conclusion-{number}"])
    assert len(found) == lines
    assert found[0].removeprefix("- ").startswith(f"{number} ")
    assert found[-1].endswith(".")


@pytest.mark.sources
def test_no_conclusion_holds_a_heading_or_another_conclusion(
    document: Rendition, passages: dict[str, Passage], manifest: PrinciplesManifest
) -> None:
    headings = {heading.printed for heading in manifest.headings}
    for number in range(1, 102):
        lines = lines_of(document, passages[f"conclusion-{number}"])
        assert not headings & {line.strip() for line in lines}
        assert not [line for line in lines[1:] if line.lstrip("- ")[0].isdigit()]


@pytest.mark.sources
def test_the_last_item_of_the_list_of_principles_is_whole(document: Rendition, passages: dict[str, Passage]) -> None:
    assert len(lines_of(document, passages["cbp-11/in-list"])) == 2
    assert len(lines_of(document, passages["cbp-10/in-list"])) == 1


@pytest.mark.sources
def test_marks_and_names_are_kept_as_printed(records: DocumentRecords, conclusions: list[ProvisionRecord]) -> None:
    marked = {conclusion.notation: conclusion.as_printed for conclusion in conclusions if conclusion.as_printed}
    assert marked == {str(number): f"{number}**" for number in (*range(13, 21), *range(59, 64))}
    names = {provision.path for provision in records.provisions if provision.official_name}
    assert names == {"principle/cbp-2"}


@pytest.mark.sources
def test_editions_are_told_where_the_introduction_allows(conclusions: list[ProvisionRecord]) -> None:
    editions = {int(conclusion.notation): conclusion.edition for conclusion in conclusions}
    assert editions[7] == editions[59] == editions[94] == "framework/eu-handbook-2004"
    assert editions[1] == editions[37] == editions[70] == "framework/eu-handbook-2007"
    unknown = [number for number, edition in editions.items() if edition is None]
    assert unknown == [*range(42, 49), *range(82, 86)]
    for conclusion in conclusions:
        told = (conclusion.edition, conclusion.edition_confidence, conclusion.edition_reason)
        assert all(told) or not any(told)


@pytest.mark.sources
def test_two_extractions_are_equal(records: DocumentRecords, document: Rendition, register: Gazetteer) -> None:
    assert extract(document, register) == records


# --- changed copies -------------------------------------------------------------------------------------------------------

Change = Callable[[str], str]


def replaced(before: str, after: str) -> Change:
    """Replace the last stretch that reads so; it must be there."""

    def change(text: str) -> str:
        head, found, tail = text.rpartition(before)
        assert found
        return head + after + tail

    return change


def conclusion_line(text: str, number: int) -> str:
    return next(line for line in text.split("\n") if line.startswith(f"- {number} "))


def conclusions_swapped(text: str) -> str:
    second, third = conclusion_line(text, 2), conclusion_line(text, 3)
    return text.replace(second, "#").replace(third, second).replace("#", third)


def conclusion_lost(text: str) -> str:
    return text.replace(conclusion_line(text, 24) + "\n", "")


def conclusion_moved(text: str) -> str:
    line = conclusion_line(text, 34)
    return text.replace(f"{line}\n", "").replace("\nLanguage training\n\n- 35", f"\nLanguage training\n\n{line}\n- 35")


def heading_moved(text: str) -> str:
    moved = replaced("\nResource management\n", "\n")(text)
    return replaced("\nNetworks and consultation\n", "\nResource management\n\nNetworks and consultation\n")(moved)


def principles_swapped(text: str) -> str:
    third, fourth, fifth = (text.index(f"\nCBP {number}\n") for number in (3, 4, 5))
    return text[:third] + text[fourth:fifth] + text[third:fourth] + text[fifth:]


CHANGES: dict[str, tuple[Change, str]] = {
    "an extra heading": (replaced("\nRecruitment\n", "\nHiring\n\nRecruitment\n"), r"'Hiring'\n  expected: 'Recruitment'"),
    "an extra paragraph": (replaced("\nConclusions pertinent", "\nA note.\n\nConclusions pertinent"), "'A note.'"),
    "an extra line in the introduction": (
        replaced("\nHandbooks on Integration\n", "\nOne more.\n\nHandbooks on Integration\n"),
        "'One more.'",
    ),
    "an extra related range": (replaced("\n- 39 on", "\n- 1-2 on governance\n- 39 on"), "range 1-2 on governance"),
    "another related range": (replaced("\n- 7-18 on", "\n- 7-17 on"), "expected: 7-18"),
    "a heading moved": (heading_moved, r"'Resource management'\n  expected: 'Networks and consultation'"),
    "a heading lost": (replaced("\nElectoral rights\n", "\n"), "expected: 'Electoral rights'"),
    "a heading renamed": (replaced("\nElectoral rights\n", "\nVoting\n"), r"'Voting'\n  expected: 'Electoral rights'"),
    "conclusions swapped": (conclusions_swapped, "expected: conclusion 2, printed '- 2'"),
    "a conclusion lost": (conclusion_lost, "expected: conclusion 24,"),
    "a conclusion moved": (conclusion_moved, "expected: conclusion 34,"),
    "a number lost": (replaced("\n51 Because", "\nBecause"), "expected: conclusion 51, printed '51'"),
    "a mark lost": (replaced("\n- 13** ", "\n- 13 "), r"expected: conclusion 13, printed '- 13\*\*'"),
    "a page break mended": (replaced("concern and to make\n\n", "concern and to make "), "expected: the rest of conclusion 5"),
    "principles swapped": (principles_swapped, "expected: 'CBP 3'"),
    "other contents": (lambda text: text.replace("- supplier diversity\n", "", 1), "expected: '- supplier diversity'"),
    "a stray line at the end": (lambda text: text.rstrip() + "\n\nPrinted in Brussels\n", "no rule uses"),
    "an early end": (lambda text: text[: text.index("\nCBP 11\n")], "the text ends"),
    "an empty document": (lambda _: "", "the text ends"),
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
