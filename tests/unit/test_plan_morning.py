"""Which morning is due, and how what waits for a coordinator is numbered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from config.calendars import norwegian
from engine.model import LANGUAGES, Language
from engine.plan.morning import (
    KINDS,
    MOST,
    Item,
    instant_of,
    last_due,
    next_due,
    numbered,
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


def test_items_are_numbered_throughout_in_the_order_of_their_kinds() -> None:
    items = [Item(kind=kind, subject=str(n)) for n, kind in enumerate(reversed(KINDS))]
    groups = numbered(items)
    assert [group.kind for group in groups] == list(KINDS)
    assert [n for group in groups for n, _ in group.lines] == list(range(1, len(KINDS) + 1))


def test_more_than_a_letter_holds_are_counted_and_not_numbered() -> None:
    held = [Item(kind="held", subject=str(n)) for n in range(MOST + 7)]
    first, second = numbered([*held, Item(kind="chaser", subject="1:0")])
    assert (len(first.lines), first.more) == (MOST, 7)
    assert (second.lines[0][0], second.more) == (MOST + 1, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_kind(language: Language) -> None:
    values = dict.fromkeys(
        "number course state who since sender to why when said link network what".split(), "x"
    )
    for kind in KINDS:
        assert morning.title(kind, language)
        assert "x" in morning.line(kind, {**values, "about": "KD-2026-0001"}, language)
    told = morning.how({kind: n for n, kind in enumerate(KINDS, start=1)}, language)
    assert len(told) == 6
    assert "KD-2026-0001" in morning.line("held", {**values, "about": "KD-2026-0001"}, language)
    assert morning.counted({"automatic": 3, "opened": 9}, language).endswith(": 3")
