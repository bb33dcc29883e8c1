"""Spans counted in Oslo days, across Easter, clock changes and leap years."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from config.calendars import norwegian
from engine.calendar import (
    Calendar,
    add,
    end_of_day,
    is_working_day,
    last_day,
    last_working_day_before,
    next_working_day,
    oslo_day,
    oslo_time,
    start_of_day,
    subtract,
)
from engine.definition.types import Span, Unit

NORWAY = norwegian()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-11-20T09:15", 5, "working days", "2026-11-27T09:15"),
        ("2026-11-21T09:15", 1, "working days", "2026-11-23T09:15"),  # from a Saturday
        ("2026-11-22T22:59", 1, "working days", "2026-11-23T22:59"),  # 23.59 on Sunday in Oslo
        ("2026-11-22T23:00", 1, "working days", "2026-11-23T23:00"),  # 0.00 on Monday in Oslo
        ("2026-04-01T10:00", 1, "working days", "2026-04-07T10:00"),  # over Easter
        ("2027-05-14T10:00", 1, "working days", "2027-05-18T10:00"),  # 17 May and Whit Monday
        ("2021-05-14T10:00", 1, "working days", "2021-05-18T10:00"),  # 17 May on a Monday
        ("2026-12-23T10:00", 2, "working days", "2026-12-28T10:00"),  # 24 December is a working day
        ("2026-01-31T10:00", 1, "months", "2026-02-28T10:00"),
        ("2028-01-31T10:00", 1, "months", "2028-02-29T10:00"),
        ("2026-12-15T10:00", 2, "months", "2027-02-15T10:00"),
        ("2028-02-29T10:00", 1, "years", "2029-02-28T10:00"),
        ("2027-02-28T10:00", 1, "years", "2028-02-28T10:00"),
        ("2026-11-20T10:00", 2, "weeks", "2026-12-04T10:00"),
        ("2026-11-20T10:00", 60, "days", "2027-01-19T10:00"),
        ("2026-11-20T10:00", 36, "hours", "2026-11-21T22:00"),
    ],
)
def test_a_span_ends_where_domstolloven_148_counts_to(
    start: str, amount: int, unit: Unit, due: str
) -> None:
    assert add(NORWAY, at(start), Span(amount, unit)) == at(due)


def test_the_oslo_clock_stands_still_when_summer_time_begins_and_ends() -> None:
    assert add(NORWAY, at("2027-03-27T09:00"), Span(1, "days")) == at("2027-03-28T08:00")
    assert add(NORWAY, at("2026-10-24T08:00"), Span(1, "days")) == at("2026-10-25T09:00")


def test_hours_are_elapsed_time_over_a_clock_change() -> None:
    assert add(NORWAY, at("2027-03-27T20:00"), Span(24, "hours")) == at("2027-03-28T20:00")


def test_a_clock_time_that_the_day_lacks_moves_forward() -> None:
    due = add(NORWAY, at("2027-03-27T01:30"), Span(1, "days"))  # 2.30 in Oslo
    assert oslo_time(due).strftime("%H:%M") == "03:30"


def test_a_clock_time_that_the_day_has_twice_is_the_first() -> None:
    due = add(NORWAY, at("2026-10-24T00:30"), Span(1, "days"))  # 2.30 in Oslo
    assert due == at("2026-10-25T00:30")


def test_starting_in_the_second_of_two_equal_hours_still_ends_on_the_clock() -> None:
    assert add(NORWAY, at("2026-10-25T01:30"), Span(1, "days")) == at("2026-10-26T01:30")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-12-01T10:00", 3, "working days", "2026-11-26T10:00"),
        ("2026-04-07T10:00", 1, "working days", "2026-04-01T10:00"),
        ("2026-03-31T10:00", 1, "months", "2026-02-28T11:00"),
        ("2026-12-01T10:00", 14, "days", "2026-11-17T10:00"),
        ("2026-12-01T10:00", 1, "hours", "2026-12-01T09:00"),
        ("2026-01-15T10:00", 1, "years", "2025-01-15T10:00"),
    ],
)
def test_counting_back_mirrors_counting_ahead(
    start: str, amount: int, unit: Unit, due: str
) -> None:
    assert subtract(NORWAY, at(start), Span(amount, unit)) == at(due)


def test_a_day_begins_and_ends_by_the_oslo_clock() -> None:
    assert start_of_day(date(2026, 7, 1)) == at("2026-06-30T22:00")
    assert end_of_day(date(2026, 12, 1)) == at("2026-12-01T23:00")
    long_day = end_of_day(date(2026, 10, 25)) - start_of_day(date(2026, 10, 25))
    assert long_day.total_seconds() == 25 * 3600


def test_the_oslo_day_is_not_the_utc_day_at_night() -> None:
    assert oslo_day(at("2026-06-30T22:00")) == date(2026, 7, 1)
    assert oslo_day(at("2026-12-31T22:59")) == date(2026, 12, 31)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        oslo_day(datetime(2026, 1, 1))  # noqa: DTZ001 - the naive instant is the point


@pytest.mark.parametrize(
    "holiday",
    ["2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-05-01"],
)
def test_the_moving_holidays_are_no_working_days(holiday: str) -> None:
    assert not is_working_day(NORWAY, date.fromisoformat(holiday))


def test_christmas_eve_and_new_years_eve_are_working_days() -> None:
    assert is_working_day(NORWAY, date(2026, 12, 24))
    assert is_working_day(NORWAY, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("nominal", "moved"),
    [
        ("2016-01-31", "2016-02-01"),
        ("2016-02-28", "2016-02-29"),
        ("2017-07-01", "2017-07-03"),
        ("2019-11-30", "2019-12-02"),
        ("2024-11-30", "2024-12-02"),
        ("2026-02-28", "2026-03-02"),
        ("2026-11-30", "2026-11-30"),
        ("2027-01-31", "2027-02-01"),
        ("2027-02-28", "2027-03-01"),
        ("2030-11-30", "2030-12-02"),
        ("2031-11-30", "2031-12-01"),
    ],
)
def test_a_date_that_is_no_working_day_moves_to_the_next_one(nominal: str, moved: str) -> None:
    assert next_working_day(NORWAY, date.fromisoformat(nominal)) == date.fromisoformat(moved)


def test_the_last_working_day_before_a_sunday_is_the_friday() -> None:
    assert last_working_day_before(NORWAY, date(2027, 1, 31)) == date(2027, 1, 29)
    assert last_working_day_before(NORWAY, date(2026, 11, 30)) == date(2026, 11, 27)


def test_the_pilot_agreements_year_ends_where_the_next_one_begins() -> None:
    end = add(NORWAY, start_of_day(date(2016, 7, 1)), Span(1, "years"))
    assert oslo_day(end) == date(2017, 7, 1)
    assert end == end_of_day(date(2017, 6, 30))


def test_a_year_that_the_calendar_does_not_know_is_refused() -> None:
    last = max(NORWAY.holidays).year
    with pytest.raises(ValueError, match=f"not {last + 1}"):
        is_working_day(NORWAY, date(last + 1, 1, 2))


def test_a_calendar_without_holidays_knows_no_year() -> None:
    empty = Calendar(name="empty", version="1", holidays=frozenset())
    with pytest.raises(ValueError, match="empty 1 knows no year"):
        add(empty, at("2026-01-01T10:00"), Span(1, "working days"))


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2026-11-30T23:00", "2026-11-30"),  # 24.00 in Oslo
        ("2026-11-30T22:59", "2026-11-30"),
        ("2026-11-30T07:00", "2026-11-30"),
        ("2026-06-30T22:00", "2026-06-30"),
    ],
)
def test_what_is_due_at_midnight_counts_the_day_that_ends(due: str, day: str) -> None:
    assert last_day(at(due)) == date.fromisoformat(day)
