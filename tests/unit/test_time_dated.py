"""Deadlines that are dates: 30 November, 31 January and 28 February, weekends and all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendars import norwegian
from engine.calendar import (
    end_of_day,
    is_working_day,
    last_working_day_before,
    late_from,
    oslo_day,
)
from engine.plan.timing import next_occurrence

NORWAY = norwegian()
DAYS = st.dates(date(2016, 1, 8), date(2039, 12, 20))


@pytest.mark.parametrize(
    ("nominal", "reminder", "last_day"),
    [
        ("2016-01-31", "2016-01-29", "2016-02-01"),  # a Sunday
        ("2016-02-28", "2016-02-26", "2016-02-29"),  # a Sunday before a leap day
        ("2019-11-30", "2019-11-29", "2019-12-02"),  # a Saturday
        ("2024-11-30", "2024-11-29", "2024-12-02"),
        ("2025-11-30", "2025-11-28", "2025-12-01"),
        ("2026-01-31", "2026-01-30", "2026-02-02"),
        ("2026-02-28", "2026-02-27", "2026-03-02"),
        ("2026-11-30", "2026-11-27", "2026-11-30"),  # a Monday: the reminder is before the weekend
        ("2027-01-31", "2027-01-29", "2027-02-01"),
        ("2027-02-28", "2027-02-26", "2027-03-01"),
        ("2027-11-30", "2027-11-29", "2027-11-30"),
        ("2026-12-26", "2026-12-24", "2026-12-28"),  # Christmas Eve is a working day
        ("2027-03-25", "2027-03-24", "2027-03-30"),  # Maundy Thursday: Easter is five days long
        ("2027-05-17", "2027-05-14", "2027-05-18"),  # 17 May and Whit Monday on one day
    ],
)
def test_a_dated_deadline_keeps_its_date_reminds_before_and_is_late_after(
    nominal: str, reminder: str, last_day: str
) -> None:
    day = date.fromisoformat(nominal)
    assert last_working_day_before(NORWAY, day) == date.fromisoformat(reminder)
    assert late_from(NORWAY, day) == end_of_day(date.fromisoformat(last_day))
    assert late_from(NORWAY, day, extended=False) == end_of_day(day)


def test_until_30_november_is_until_midnight_in_oslo() -> None:
    assert late_from(NORWAY, date(2026, 11, 30)) == datetime(2026, 11, 30, 23, tzinfo=UTC)


@given(DAYS)
def test_a_deadline_is_never_late_on_its_day_or_on_a_free_day(day: date) -> None:
    last = oslo_day(late_from(NORWAY, day) - timedelta(seconds=1))
    assert last >= day
    assert is_working_day(NORWAY, last)
    assert last_working_day_before(NORWAY, day) < day <= last


@given(DAYS, st.sampled_from(["1 day", "5 working days", "2 weeks", "1 month", "1 year"]))
def test_the_next_act_after_an_outage_is_ahead_and_in_the_rhythm(day: date, every: str) -> None:
    due = end_of_day(day) - timedelta(hours=14)
    at = min(due + timedelta(days=40), datetime(2039, 12, 31, tzinfo=UTC))
    found = next_occurrence(NORWAY, due, every, at)
    assert found is not None
    assert found > at
    assert next_occurrence(NORWAY, due, every, due - timedelta(days=1)) == due


def test_what_has_no_rhythm_has_no_next_act() -> None:
    at = datetime(2026, 11, 30, tzinfo=UTC)
    assert next_occurrence(NORWAY, at, "", at) is None
