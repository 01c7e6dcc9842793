"""What SHACL finds, as a person reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import OntologyError
from etl.validate import ValidationReport, validate_files

SHAPES = Path(__file__).parent.parent / "shapes"


def check(example: str) -> ValidationReport:
    files = [SHAPES / "examples" / name for name in ("context.ttl", example)]
    return validate_files(files, sorted(SHAPES.glob("*.ttl")))


def test_the_table_names_the_item_where_a_rule_is_asked_of_a_property() -> None:
    table = check("ReasonedTripleShape/invalid.ttl").table()
    assert "at implements (practice/citizen-coin)\n" in table
    assert "at elaborates (conclusion/46)\n" in table
    assert "at primaryPrinciple (practice/weakly-judged)\n" in table


def test_the_table_names_an_item_at_fault_once() -> None:
    table = check("PracticeShape/invalid.ttl").table()
    assert "shapes#PracticeShape: P30: " in table
    assert "at chapter/a-practice-after-all\n" in table
    assert "(chapter/" not in table


def test_what_a_contributed_practice_lacks_is_no_fault() -> None:
    report = check("ContributedPracticeShape/invalid.ttl")
    assert report.conforms
    assert report.summary() == {"conforms": True, "violations": 0, "warnings": 6}
    assert "6 warnings" in report.table()


def test_the_report_is_the_same_each_time() -> None:
    assert check("ParticipationShape/invalid.ttl") == check("ParticipationShape/invalid.ttl")


def test_no_shapes_are_an_error() -> None:
    with pytest.raises(OntologyError, match=r"holds no \.ttl file"):
        validate_files([], [])
