"""Which morning is due, and how what waits for a person is ordered and numbered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from config.calendars import norwegian
from engine.model import LANGUAGES, Language
from engine.plan.morning import (
    NUMBERED,
    URGENCY,
    Item,
    begins_week,
    by_urgency,
    instant_of,
    last_due,
    next_due,
    numbers_for,
    to_see_to,
)
from engine.wording import morning

CALENDAR = norwegian()
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2026, 7, 1), datetime(2026, 7, 1, 5, 30, tzinfo=UTC)),
        (date(2026, 12, 1), datetime(2026, 12, 1, 6, 30, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 26, 6, 30, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 30, 5, 30, tzinfo=UTC)),
    ],
)
def test_it_is_half_past_seven_in_oslo_in_summer_and_winter(day: date, instant: datetime) -> None:
    assert instant_of(day) == instant
    assert last_due(CALENDAR, instant) == day
    assert last_due(CALENDAR, instant - timedelta(seconds=1)) < day


@pytest.mark.parametrize(
    ("day", "last", "following"),
    [
        ("2026-05-17", "2026-05-15", "2026-05-18"),
        ("2026-04-06", "2026-04-01", "2026-04-07"),
        ("2026-12-25", "2026-12-24", "2026-12-28"),
        ("2026-09-12", "2026-09-11", "2026-09-14"),
    ],
)
def test_weekends_and_holidays_have_no_morning(day: str, last: str, following: str) -> None:
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    assert last_due(CALENDAR, noon) == date.fromisoformat(last)
    assert next_due(CALENDAR, date.fromisoformat(day)) == instant_of(date.fromisoformat(following))


def test_each_morning_is_seen_to_once_and_only_the_newest_after_an_outage() -> None:
    at = datetime(2026, 9, 16, 12, tzinfo=UTC)
    today = date(2026, 9, 16)
    assert to_see_to(CALENDAR, at, None, LONG_AGO) == today
    assert to_see_to(CALENDAR, at, date(2026, 9, 1), LONG_AGO) == today
    assert to_see_to(CALENDAR, at, today, LONG_AGO) is None
    assert to_see_to(CALENDAR, at, date(2026, 9, 17), LONG_AGO) is None
    assert to_see_to(CALENDAR, at, None, None) is None
    assert to_see_to(CALENDAR, at, None, instant_of(today)) == today
    assert to_see_to(CALENDAR, at, None, instant_of(today) + timedelta(seconds=1)) is None


AT = datetime(2026, 9, 16, 5, 30, tzinfo=UTC)


def waiting(**days: int) -> dict[Item, datetime]:
    return {Item(kind=kind, subject=str(n)): AT - timedelta(days=n) for kind, n in days.items()}


def test_the_most_urgent_come_first_and_what_waits_rises_with_its_age() -> None:
    fresh = by_urgency(waiting(chaser=0, link=0, held=0, stuck=0), AT)
    assert [item.kind for item in fresh] == ["stuck", "held", "link", "chaser"]
    aged = by_urgency(waiting(chaser=90, link=30, stuck=2), AT)
    assert [item.kind for item in aged] == ["link", "stuck", "chaser"]


def test_a_new_item_gets_the_lowest_number_that_no_letter_holds() -> None:
    items = [Item(kind="held", subject=str(n)) for n in range(NUMBERED + 7)]
    found = numbers_for(items, {1, 3})
    assert [found[item] for item in items[:3]] == [2, 4, 5]
    assert len(found) == NUMBERED


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        ("2026-09-14", True),
        ("2026-09-15", False),
        ("2026-04-06", False),
        ("2026-04-07", True),
        ("2026-05-17", False),
    ],
)
def test_the_first_working_day_of_a_week_begins_it(day: str, begins: bool) -> None:
    assert begins_week(CALENDAR, date.fromisoformat(day)) is begins


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_kind(language: Language) -> None:
    values = dict.fromkeys(
        """number course state who since sender to why when said link network what known
        side""".split(),
        "x",
    )
    for kind in URGENCY:
        assert "x" in morning.line(kind, {**values, "about": "KD-2026-0001"}, language)
    told = morning.how({kind: n for n, kind in enumerate(URGENCY, start=1)}, language)
    assert len(told) == 6
    assert morning.rest(list(URGENCY), language).count(": 1") == len(URGENCY)
    assert "KD-2026-0001" in morning.line("held", {**values, "about": "KD-2026-0001"}, language)
    assert morning.counted({"automatic": 3, "opened": 9}, language).endswith(": 3")
