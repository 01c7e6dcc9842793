"""The common template: Markdown, CSV and XLSX say the same, and bad files say where they are wrong."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.errors import RecordError
from etl.template import LABELS, TemplateEntry, read_markdown, read_template_file, render_markdown

GOOD = {
    "title": "Language café in the library",
    "country": "Estonia",
    "locality": "Narva",
    "type": "project",
    "area": "education",
    "duration": "2019 - 2021",
    "purpose": "Learners and neighbours talk, see https://example.org/cafe.",
    "process": "Weekly evenings.\n\nVolunteers host them.",
}

words = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=60)
values = st.lists(words, min_size=1, max_size=4).map("\n".join).map(str.strip).filter(bool)
lines = words.map(lambda s: " ".join(s.split())).filter(bool)


@given(
    st.builds(
        TemplateEntry,
        title=lines, country=lines, type=lines, area=lines, purpose=values,
        locality=st.none() | lines, duration=st.none() | lines,
        stimulus=st.none() | values, process=st.none() | values, impact=st.none() | values, references=st.none() | values,
    )
)  # fmt: skip
def test_canonical_markdown_is_read_back_with_every_field(entry: TemplateEntry) -> None:
    again = read_markdown("practice.md", render_markdown(entry))
    assert {name for name in LABELS if getattr(again, name)} == {name for name in LABELS if getattr(entry, name)}
    assert render_markdown(again) == render_markdown(entry)


def write_csv(path: Path, rows: list[dict[str, str]], columns: list[str] | None = None) -> Path:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns or list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return path


def write_xlsx(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_the_three_kinds_of_files_give_the_same_entry(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "practices.csv", [GOOD])
    sheet = write_xlsx(tmp_path / "practices.xlsx", [list(GOOD), list(GOOD.values())])
    text = tmp_path / "practice.md"
    text.write_text(render_markdown(TemplateEntry.model_validate(GOOD)), encoding="utf-8")
    assert read_template_file(table) == read_template_file(sheet) == read_template_file(text)


def test_printed_labels_serve_as_column_names(tmp_path: Path) -> None:
    renamed = {LABELS.get(name, "Title"): value for name, value in GOOD.items()}
    assert read_template_file(write_csv(tmp_path / "a.csv", [renamed])) == [TemplateEntry.model_validate(GOOD)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"# T\n\nCountry: Estonia\nBudget: 5\n", r"a\.md: line 4: unknown field 'Budget'"),
        ("a.md", b"# T\n\nType: project\nType: policy\n", r"a\.md: line 4: field 'Type' stands twice"),
        ("a.md", b"stray words\n", r"a\.md: line 1: text outside any field"),
        ("a.md", b"# T\n\nCountry: Estonia\n", r"a\.md: type: Field required"),
        ("a.md", b"# T\n\nCountry: \xff\n", r"a\.md: line 3: byte 0xff is not UTF-8"),
        ("a.csv", b"title,country\n\"open,x\n", r"a\.csv: line 2: is not CSV"),
        ("a.csv", b"", r"a\.csv: row 1: is empty"),
        ("a.csv", b"title,Budget\n", r"a\.csv: row 1, column 2: unknown field 'Budget'"),
        ("a.csv", b"title,title\n", r"a\.csv: row 1: column 'title' stands twice"),
        ("a.csv", b"title,country\nx,Estonia,more\n", r"a\.csv: row 2: has more cells"),
        ("a.csv", b"title,country\nx,Estonia\n", r"a\.csv: row 2: type: Field required"),
        ("a.xlsx", b"this is no workbook", r"a\.xlsx: is no readable XLSX workbook"),
        ("a.docx", b"x", r"a\.docx: ends in '\.docx'"),
    ],
)  # fmt: skip
def test_a_bad_file_says_where_it_is_wrong_and_how_to_mend_it(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RecordError, match=message) as caught:
        read_template_file(tmp_path / name)
    assert caught.value.mend


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"absent\.md: cannot be read"):
        read_template_file(tmp_path / "absent.md")


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="more than 1000 rows"):
        read_template_file(write_csv(tmp_path / "a.csv", [GOOD] * 1001))


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * 5_000_001)
    with pytest.raises(RecordError, match="5000001 bytes"):
        read_template_file(tmp_path / "a.csv")
