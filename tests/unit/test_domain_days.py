"""Days as people write them, and why some cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from engine.definition.types import Span
from engine.domain.days import latest_day, looks_like_day, read_day, start_day
from engine.model import Reason

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-07",
        "7.9.2026",
        "07.09.2026.",
        "7. 9. 2026",
        "7. september 2026",
        "7.september 2026",
        "den 7. september 2026",
        "mandag 7. september 2026",
        "måndag 7. SEPTEMBER 2026",
        "7. sept. 2026",
        "Monday 7 September 2026",
        "September 7, 2026",
        "  7.9.2026 ",
    ],
)
def test_one_day_in_many_forms(text: str) -> None:
    assert read_day(text) == date(2026, 9, 7)
    assert looks_like_day(text)


def test_marks_other_than_the_dot_are_fine_when_only_one_reading_is_possible() -> None:
    assert read_day("31/12/2026") == date(2026, 12, 31)
    assert read_day("5-5-2027") == date(2027, 5, 5)


@pytest.mark.parametrize(
    ("text", "code", "example"),
    [
        ("31.02.2027", "date_not_existing", "01.03.2027"),
        ("31. november 2026", "date_not_existing", "01.12.2026"),
        ("2027-02-30", "date_not_existing", "01.03.2027"),
        ("29.02.2027", "date_not_existing", "01.03.2027"),
        ("0.1.2027", "date_not_existing", "01.12.2026"),
        ("40.40.2027", "date_not_existing", "01.12.2026"),
        ("0000-01-01", "date_not_existing", "01.12.2026"),
        ("9999-12-32", "date_not_existing", "01.12.2026"),
        ("01.03.27", "date_short_year", "01.03.2027"),
        ("31.02.27", "date_short_year", "01.03.2027"),
        ("1. mars 27", "date_short_year", "01.03.2027"),
        ("12/31/2027", "date_order", "31.12.2027"),
        ("12.31.2027", "date_order", "31.12.2027"),
        ("3/4/2027", "date_order", "03.04.2027"),
        ("01.03.1987", "date_far_past", "01.12.2026"),
        ("snart", "date_unreadable", "01.12.2026"),
        ("uke 35 2027", "date_unreadable", "01.12.2026"),
        ("7. blom 2027", "date_unreadable", "01.12.2026"),
        ("", "date_unreadable", "01.12.2026"),
    ],
)
def test_a_start_of_studies_that_is_no_day_says_why_with_an_example(
    text: str, code: str, example: str
) -> None:
    found = start_day(text, TODAY)
    assert isinstance(found, Reason)
    assert (found.code, found.values["example"]) == (code, example)


def test_twenty_years_back_is_still_a_start_of_studies() -> None:
    assert start_day("1.1.2006", TODAY) == date(2006, 1, 1)


def test_a_day_that_cannot_be_is_still_meant_as_a_day() -> None:
    assert looks_like_day("31.02.2027")
    assert read_day("31.02.2027") is None
    assert not looks_like_day("kurset er utdatert")
    assert not looks_like_day("Vi avslutter 31.12.2026 fordi kurset er gammelt")
    assert not looks_like_day("1" * 1000)


@pytest.mark.parametrize(
    ("amount", "unit", "latest"),
    [
        (1, "years", "2027-11-20"),
        (3, "months", "2027-02-20"),
        (2, "weeks", "2026-12-04"),
        (10, "days", "2026-11-30"),
        (49, "hours", "2026-11-22"),
        (2, "working days", "2026-11-24"),
    ],
)
def test_the_latest_day_lies_a_span_ahead(amount: int, unit: str, latest: str) -> None:
    span = Span(amount, unit)  # type: ignore[arg-type]  # parametrized text
    assert latest_day(TODAY, span) == date.fromisoformat(latest)


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    assert latest_day(date(2028, 2, 29), Span(1, "years")) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31. desember", date(2026, 12, 31)),
        ("31.12", date(2026, 12, 31)),
        ("31/12", date(2026, 12, 31)),
        ("20. november", TODAY),
        ("19.11", date(2027, 11, 19)),
        ("mandag 11. januar", date(2027, 1, 11)),
        ("29. februar", date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_next_such_day(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day
    assert looks_like_day(text)
    assert read_day(text) is None


@pytest.mark.parametrize("text", ["1/2", "31. juni", "13.13", "kapittel 3", "3. kapittel", "31"])
def test_no_day_is_guessed_from_less(text: str) -> None:
    assert read_day(text, TODAY) is None
