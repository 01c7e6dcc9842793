"""Renditions: positions, hashes, and the ledger that accounts for every line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import ExtractionError, SourceError, UnaccountedLines
from etl.passages import PassageBook
from etl.rendition import LineLedger, Rendition, digest_passage, normalise_passage

texts = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300)


def rendition(text: str) -> Rendition:
    return Rendition.from_text("test-document", "test.txt", text)


@given(texts)
def test_lines_say_where_they_stand(text: str) -> None:
    made = rendition(text)
    for line in made.lines:
        assert text[line.start : line.end] == line.text
    assert len(made.lines) == text.count("\n") + 1


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_passage(text)
    assert normalise_passage(once) == once
    assert digest_passage(f"  {text}\n") == digest_passage(text)


def test_composed_and_decomposed_letters_hash_alike() -> None:
    assert digest_passage("Neuch\u00e2tel") == digest_passage("Neucha\u0302tel")


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes(b"first\nsecond caf\xe9\n")
    with pytest.raises(SourceError, match=r"latin\.txt: line 2: byte 0xe9.*\n.*UTF-8"):
        Rendition.read("test-document", file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"absent\.txt: cannot be read"):
        Rendition.read("test-document", tmp_path / "absent.txt")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 1), (0, 99)])
def test_offsets_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(ExtractionError, match="offsets"):
        rendition("short").passage(start, end)


def test_an_unread_line_fails_the_ledger() -> None:
    made = rendition("read\n\nforgotten\nignored")
    ledger = LineLedger(made)
    ledger.use(made.lines[0], "title")
    ledger.ignore(made.lines[3], "page furniture")
    with pytest.raises(UnaccountedLines, match="line 3: 'forgotten'"):
        ledger.close()
    ledger.use(made.lines[2], "text")
    ledger.close()
    assert ledger.ignored() == {"page furniture": 1}


def test_a_line_is_read_once() -> None:
    made = rendition("one line")
    ledger = LineLedger(made)
    ledger.use(made.lines, "title")
    with pytest.raises(ExtractionError, match="already read as 'title'"):
        ledger.use(made.lines, "text")


@given(texts.filter(lambda text: bool(text.strip())))
def test_a_passage_has_no_white_space_at_its_ends_and_its_hash_verifies(text: str) -> None:
    made = rendition(f"  {text} \n")
    book = PassageBook(made)
    book.add("entry", 0, len(made.text), kind="entry")
    (passage,) = book.close()
    found = made.passage(passage.start, passage.end)
    assert found == found.strip()
    assert digest_passage(found) == passage.sha256


def test_keys_of_passages_are_unique_and_passages_are_not_empty() -> None:
    book = PassageBook(rendition("some text   "))
    book.add("entry", 0, 9, kind="entry")
    with pytest.raises(ExtractionError, match="two passages"):
        book.add("entry", 0, 4, kind="entry")
    with pytest.raises(ExtractionError, match="is empty"):
        book.add("blank", 9, 12, kind="entry")
