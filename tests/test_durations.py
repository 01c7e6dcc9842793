"""Durations: printed years and nothing else, and no reading where there is more than one."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.durations import parse_duration
from etl.errors import RecordError

years = st.integers(1900, 2099)
months = st.sampled_from(["", "January ", "March ", "12 May ", "1st of June ", "30th September "])
dashes = st.sampled_from(["-", " - ", "\u2013", " \u2013 ", "\u2014 ", " to ", " until "])
lengths = st.builds(
    lambda n, unit: f"{n} {unit}", st.integers(1, 99), st.sampled_from(["months", "years", "month", "days", "weeks"])
)


@pytest.mark.parametrize(
    ("printed", "start", "end", "ongoing"),
    [
        ("2022", 2022, 2022, False),
        ("2021 - 2022", 2021, 2022, False),
        ("2021-2022", 2021, 2022, False),
        ("3 years, 2020 \u2013 2022", 2020, 2022, False),
        ("November 2020 \u2013 February 2023 (28 months)", 2020, 2023, False),
        ("February 2019 to June 2022 (29 months)", 2019, 2022, False),
        ("30 months (2 years and a half): From September 2019 to March 2022.", 2019, 2022, False),
        ("1 September 2020 \u2013 30 June 2023 - Project funded by a programme", 2020, 2023, False),
        ("from 1st of January 2021 to 30th June 2023", 2021, 2023, False),
        ("Roadmap (2022-2026)", 2022, 2026, False),
        ("2022-ongoing", 2022, None, True),
        ("2023 \u2013 Ongoing", 2023, None, True),
        ("ongoing since 2018", 2018, None, True),
        ("ongoing. Launched in January 2020", 2020, None, True),
        ("set up in 2013 (ongoing)", 2013, None, True),
        ("Since 2013", 2013, None, True),
        ("2024-", 2024, None, True),
        ("starting in February 2023", 2023, None, False),
        ("36 months, start date: 1 January 2022", 2022, None, False),
        ("November 2022, for 24 months", 2022, None, False),
        ("6 months; the pilot was launched in July 2022", 2022, None, False),
        ("ongoing.", None, None, True),
        ("indefinite", None, None, False),
        ("ongoing - 10 hours training module", None, None, True),
        ("December 2018 \u2013 March 2022, then on an ongoing basis", 2018, 2022, True),
    ],
)
def test_reads_printed_forms(printed: str, start: int | None, end: int | None, ongoing: bool) -> None:  # noqa: FBT001
    duration = parse_duration(printed)
    assert (duration.start_year, duration.end_year, duration.ongoing) == (start, end, ongoing)
    assert duration.printed == printed


@given(years, years, months, months, dashes)
def test_ranges_give_both_years_and_impossible_ones_fail(first: int, last: int, before: str, after: str, dash: str) -> None:
    printed = f"{before}{first}{dash}{after}{last}"
    if first > last:
        with pytest.raises(RecordError, match="impossible duration"):
            parse_duration(printed, "entry: duration")
    else:
        duration = parse_duration(printed)
        assert (duration.start_year, duration.end_year, duration.ongoing) == (first, last, False)


@given(years, months, lengths)
def test_an_end_is_never_computed_from_a_length(year: int, month: str, length: str) -> None:
    assert parse_duration(f"{month}{year}, for {length}").end_year is None
    assert parse_duration(f"{length}, start date: {month}{year}").end_year is None


@given(years, years, years)
def test_more_years_than_a_range_need_a_person(first: int, second: int, third: int) -> None:
    with pytest.raises(RecordError, match="more than one reading"):
        parse_duration(f"Created in {first}, renewed {second} and {third}")


@given(st.text(max_size=60) | st.text("0129 -,", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(RecordError):
        duration = parse_duration(text)
        for year in (duration.start_year, duration.end_year):
            assert year is None or str(year) in text


def test_the_message_names_field_and_words() -> None:
    with pytest.raises(RecordError) as caught:
        parse_duration("2015, 2022", "document: entry: duration")
    assert caught.value.where == "document: entry: duration"
    assert "'2015, 2022'" in str(caught.value)
