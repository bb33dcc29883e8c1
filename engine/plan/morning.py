"""The morning letter: which morning it is, what stands in it in which order, and with which
numbers.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from typing import Final

from msgspec import Struct

from engine.calendar import OSLO, Calendar, is_working_day, next_working_day, oslo_day

AT: Final = time(7, 30)
"""The Oslo clock time at which the letter is due, each working day (INTERFACE §5.8)."""
URGENCY: Final[Mapping[str, int]] = {
    "demand": 10_000, "stuck": 14, "late": 10, "dead": 10, "unclear": 8, "bounce": 8, "network": 6,
    "point": 6,
    "held": 6, "refuted": 5, "stranger": 3, "link": 2, "chaser": 0,
}  # fmt: skip
"""What an item may be about, and how many days of waiting each kind is ahead by from the start."""
UNHURRIED: Final = frozenset({"chaser"})
"""What comes by itself and needs nobody: counted in the letter, and shown to whoever asks."""
TOLD_ONCE: Final = frozenset({"link"})
"""What a coordinator can seldom mend: no reason to write more than once."""
SHOWN: Final = 15
"""How many lines a letter has at most; the rest is counted (INTERFACE §5.8)."""
NUMBERED: Final = 300
"""How many items have numbers at a time; what is left waits for one."""
FREE_AGAIN: Final = timedelta(days=14)
"""For so long the number of a settled item is given to no other: longer than its letter lasts."""
_ONE_DAY: Final = timedelta(days=1)


class Item(Struct, frozen=True, kw_only=True):
    """One thing that a person should know of or decide."""

    kind: str
    subject: str
    """A request's number, a party with a duty, or the id of a mail, a letter, or a timer with its
    occurrence.
    """


def by_urgency(waiting: Mapping[Item, datetime], at: datetime) -> tuple[Item, ...]:
    """Return the items, each of which waits since an instant, the most urgent first.

    Each day of waiting counts as much for every kind, so that nothing stays below for ever.
    """

    def place(item: Item) -> tuple[bool, timedelta]:
        ahead = timedelta(days=URGENCY[item.kind])
        return item.kind in UNHURRIED, waiting[item] - at - ahead

    return tuple(sorted(waiting, key=place))


def numbers_for(items: Iterable[Item], taken: Container[int]) -> Mapping[Item, int]:
    """Return a number for each of the items that have none, the lowest that are not `taken`;
    what is beyond the most at a time waits for one.
    """
    free = (n for n in count(1) if n not in taken)
    return dict(zip(islice(items, NUMBERED), free, strict=False))


def begins_week(calendar: Calendar, day: date) -> bool:
    """Return whether `day` is the first working day of its week, which always has a letter."""
    monday = day - timedelta(days=day.weekday())
    return next_working_day(calendar, monday) == day


def instant_of(day: date) -> datetime:
    """Return the UTC instant at which the morning letter of `day` is due."""
    return datetime.combine(day, AT, OSLO).astimezone(UTC)


def last_due(calendar: Calendar, at: datetime) -> date:
    """Return the last working day whose morning has come at `at`."""
    day = oslo_day(at)
    if instant_of(day) > at:
        day -= _ONE_DAY
    while not is_working_day(calendar, day):
        day -= _ONE_DAY
    return day


def next_due(calendar: Calendar, day: date) -> datetime:
    """Return when the morning after that of `day` is due."""
    return instant_of(next_working_day(calendar, day + _ONE_DAY))


def to_see_to(
    calendar: Calendar, at: datetime, last: date | None, began: datetime | None
) -> date | None:
    """Return the morning that is due at `at` and has not been seen to; None where none is.

    After an outage that is the newest one alone. A site whose life `began` after it waits for
    the next.
    """
    if began is None:
        return None
    day = last_due(calendar, at)
    if (last is not None and day <= last) or instant_of(day) < began:
        return None
    return day
