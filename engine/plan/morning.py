"""The coordinators' morning letter: which morning it is, and what is numbered in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from msgspec import Struct

from engine.calendar import OSLO, Calendar, is_working_day, next_working_day, oslo_day

AT: Final = time(7, 30)
"""The Oslo clock time at which the letter is due, each working day (INTERFACE §5)."""
KINDS: Final = (
    "late", "unread", "unclear", "stranger", "refuted", "bounce", "dead", "stuck", "link", "held",
    "chaser",
)  # fmt: skip
"""What a line may be about, in the order of the letter."""
MOST: Final = 40
"""How many lines of one kind a letter numbers; the others are counted, and come another day."""
_ONE_DAY: Final = timedelta(days=1)


class Item(Struct, frozen=True, kw_only=True):
    """One thing that a coordinator should know of or decide."""

    kind: str
    subject: str
    """A request's number, or the id of a mail, a letter, or a timer with its occurrence."""


class Group(Struct, frozen=True, kw_only=True):
    """The lines of one kind, numbered on from the kind before."""

    kind: str
    lines: tuple[tuple[int, Item], ...]
    more: int
    """How many there are beyond those that are numbered."""


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


def numbered(items: Iterable[Item]) -> tuple[Group, ...]:
    """Return the items by kind, numbered from 1 on throughout."""
    by_kind: dict[str, list[Item]] = {kind: [] for kind in KINDS}
    for item in items:
        by_kind[item.kind].append(item)
    return tuple(_groups(by_kind))


def _groups(by_kind: dict[str, list[Item]]) -> Iterator[Group]:
    number = 1
    for kind, found in by_kind.items():
        shown = found[:MOST]
        if shown:
            lines = tuple(enumerate(shown, start=number))
            yield Group(kind=kind, lines=lines, more=len(found) - len(shown))
        number += len(shown)
