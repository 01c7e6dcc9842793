"""Short titles and corrections: complete, distinct, short, and true to the documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from etl.actors import Gazetteer
from etl.curation import Curation, LanguageTag, load_curation
from etl.extract import extract_document
from etl.records import DocumentRecords
from etl.registry import load_registry
from etl.rendition import Rendition, normalise_passage

SLUGS = ("principles-to-practice-2007", "cm-2010-172")
GUIDE = ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3")
MOST_WORDS = 12
MEND = "write a title of at most 12 words, unlike all others, in data/curation/titles.yaml"


@pytest.fixture(scope="module")
def curation(root: Path) -> Curation:
    return load_curation(root / "data" / "curation")


@pytest.fixture(scope="module")
def renditions(root: Path, sources_dir: Path) -> dict[str, Rendition]:
    registry = load_registry(root / "data" / "sources.toml")
    return {slug: Rendition.read(slug, sources_dir / registry[slug].file) for slug in SLUGS}


@pytest.fixture(scope="module")
def extracted(renditions: dict[str, Rendition], curation: Curation) -> dict[str, DocumentRecords]:
    register = Gazetteer(curation.actors)
    return {slug: extract_document(rendition, register) for slug, rendition in renditions.items()}


def translated() -> set[str]:
    """Items that have a title in three languages."""
    return {
        *(f"principle/cbp-{number}" for number in range(1, 12)),
        *(f"principle/agreed-{number}" for number in range(1, 11)),
        *(f"recommendation/interaction-{number}" for number in range(1, 10)),
        *(f"recommendation/guide-{number}" for number in GUIDE),
    }


def test_every_framework_has_a_title_in_three_languages(curation: Curation) -> None:
    frameworks = {facts.path for facts in curation.frameworks}
    in_three = {path for path, title in curation.titles.items() if title.fr and title.de}
    assert in_three == frameworks | translated(), MEND


def test_every_provision_and_question_has_a_title(curation: Curation) -> None:
    paths = {path for path in curation.titles if not path.startswith(("framework/", "question/"))}
    conclusions = {f"conclusion/{number}" for number in range(1, 102)}
    assert paths == translated() | conclusions | {f"guideline/skills-{number}" for number in range(1, 40)}, MEND
    assert len(paths) == 179
    assert sum(path.startswith("question/") for path in curation.titles) == 22


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_titles_are_short_and_distinct(curation: Curation, language: LanguageTag) -> None:
    titles = [text.casefold() for title in curation.titles.values() for tag, text in title.texts() if tag == language]
    assert not [title for title in titles if len(title.split()) > MOST_WORDS], MEND
    assert not [title for title, times in Counter(titles).items() if times > 1], MEND


def test_every_title_says_whose_words_it_is(curation: Curation) -> None:
    for path, title in curation.titles.items():
        assert set(title.origin) == {language for language, _ in title.texts()}, path
        assert title.origin["en"] in ("official", "own")


def test_corrections_have_distinct_keys_and_change_something(curation: Curation) -> None:
    assert len({correction.key for correction in curation.corrections}) == len(curation.corrections) >= 4
    for correction in curation.corrections:
        assert correction.as_printed != correction.corrected


@pytest.mark.sources
def test_titles_are_those_of_the_items_extracted(curation: Curation, extracted: dict[str, DocumentRecords]) -> None:
    provisions = {item.path for records in extracted.values() for item in records.provisions}
    questions = {item.path for records in extracted.values() for item in records.questions}
    assert provisions | questions == {path for path in curation.titles if not path.startswith("framework/")}


@pytest.mark.sources
def test_official_titles_are_the_printed_names(
    curation: Curation, extracted: dict[str, DocumentRecords], renditions: dict[str, Rendition]
) -> None:
    names = {item.path: item.official_name for records in extracted.values() for item in records.provisions if item.official_name}
    official = {path: title.en for path, title in curation.titles.items() if title.origin["en"] == "official"}
    assert {path: title for path, title in official.items() if not path.startswith("framework/")} == names
    texts = [rendition.text for rendition in renditions.values()]
    assert all(any(title in text for text in texts) for title in official.values())


@pytest.mark.sources
def test_every_correction_points_at_what_is_printed(
    curation: Curation, extracted: dict[str, DocumentRecords], renditions: dict[str, Rendition]
) -> None:
    for correction in curation.corrections:
        if correction.document not in extracted:
            continue
        passage = next(item for item in extracted[correction.document].passages if item.key == correction.passage)
        text = normalise_passage(renditions[correction.document].passage(passage.start, passage.end))
        assert correction.as_printed in text, correction.key


@pytest.mark.sources
def test_corrected_ranges_are_those_of_the_links(curation: Curation, extracted: dict[str, DocumentRecords]) -> None:
    corrected = {item.as_printed: item.corrected for item in curation.corrections if item.key.startswith("cbp-5-range")}
    numbers: dict[str, list[str]] = {}
    for link in extracted["principles-to-practice-2007"].links:
        if link.as_printed:
            numbers.setdefault(link.as_printed, []).append(link.source.removeprefix("conclusion/"))
    ranges = {printed: "-".join(dict.fromkeys((first[0], first[-1]))) for printed, first in numbers.items()}
    assert ranges == corrected
