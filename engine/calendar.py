"""Oslo days, Norwegian working days, and the instant at which a span of time is over."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from engine.definition.types import DayRule, Span, Timer
from engine.wording.durations import describe

__all__ = [
    "OSLO",
    "Calendar",
    "acts_at",
    "add",
    "date_of",
    "days_of",
    "describe",
    "end_of_day",
    "is_working_day",
    "last_day",
    "last_working_day_before",
    "late_from",
    "morning_of",
    "next_at",
    "next_working_day",
    "oslo_day",
    "oslo_time",
    "start_of_day",
    "subtract",
]

OSLO: Final = ZoneInfo("Europe/Oslo")
_ONE_DAY: Final = timedelta(days=1)
_MORNING: Final = time(8)
"""When in Oslo that which is tied to a day's morning happens."""
_SATURDAY: Final = 5
_MONTHS_OF_A_YEAR: Final = 12


class Calendar(Struct, frozen=True, kw_only=True):
    """The holidays of a country; it knows the years from its first holiday's to its last one's."""

    name: str
    version: str
    holidays: frozenset[date]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def oslo_time(at: datetime) -> datetime:
    """Return the aware instant `at` in Oslo's local time; a naive one raises ValueError."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return at.astimezone(OSLO)


@lru_cache(maxsize=4096)
def oslo_day(at: datetime) -> date:
    """Return the day that it is in Oslo at the aware instant `at`."""
    return oslo_time(at).date()


def start_of_day(day: date) -> datetime:
    """Return the UTC instant at which `day` begins in Oslo (0.00)."""
    return datetime.combine(day, time.min, OSLO).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the UTC instant at which `day` is over in Oslo (24.00)."""
    return start_of_day(day + _ONE_DAY)


def last_day(due: datetime) -> date:
    """Return the last Oslo day that counts for what is due at the aware instant `due`: one that
    ends at 24.00 is that day and not the next (DOMAIN §4.1).
    """
    return oslo_day(due - timedelta.resolution)


def morning_of(day: date) -> datetime:
    """Return the UTC instant of 8.00 in Oslo on `day`."""
    return datetime.combine(day, _MORNING, OSLO).astimezone(UTC)


def next_at(calendar: Calendar, clock: time, at: datetime) -> datetime:
    """Return the first UTC instant after `at` at which it is `clock` in Oslo on a working day.

    A clock time that a day lacks moves forward, one that it has twice is the first. ValueError
    beyond the calendar's years.
    """
    day = next_working_day(calendar, oslo_day(at))
    found = datetime.combine(day, clock, OSLO).astimezone(UTC)
    if found > at:
        return found
    after = next_working_day(calendar, day + _ONE_DAY)
    return datetime.combine(after, clock, OSLO).astimezone(UTC)


def date_of(rule: DayRule, year: int) -> date:
    """Return the date that `rule`, which names one, means for what is about `year`."""
    return date(year + rule.years, rule.month, rule.day)


def days_of(
    calendar: Calendar, rules: Mapping[str, DayRule], year: int, *, extended: bool = True
) -> dict[str, date]:
    """Return the day that each rule means for what is about `year`.

    Unless `extended`, «working day from» another day is that day itself: nothing is then spared
    for a weekend (compare `late_from`).
    """
    found: dict[str, date] = {}
    for name, rule in rules.items():
        if not rule.working_from:
            found[name] = date_of(rule, year)
        elif extended:
            found[name] = next_working_day(calendar, found[rule.working_from])
        else:
            found[name] = found[rule.working_from]
    return found


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether `day` is neither Saturday, Sunday nor a holiday.

    A year that `calendar` does not know raises ValueError: without its holidays we would guess.
    """
    first, last = _known_years(calendar.holidays)
    if not first <= day.year <= last:
        known = f"{first}–{last}" if calendar.holidays else "no year"
        raise ValueError(f"the calendar {calendar} knows {known}, not {day.year}")
    return day.weekday() < _SATURDAY and day not in calendar.holidays


def next_working_day(calendar: Calendar, day: date) -> date:
    """Return `day` if it is a working day, else the first one after it (domstolloven § 149)."""
    while not is_working_day(calendar, day):
        day += _ONE_DAY
    return day


def last_working_day_before(calendar: Calendar, day: date) -> date:
    """Return the last working day before `day`, which itself is never the answer."""
    return _count_working_days(calendar, day, 1, -_ONE_DAY)


def late_from(calendar: Calendar, day: date, *, extended: bool = True) -> datetime:
    """Return the UTC instant from which something that is due on `day` is late.

    The day itself counts until 24.00. Where it is no working day the nominal date stands, but
    nothing is late before the next working day is over (domstolloven § 149), unless `extended` is
    False. The last reminder belongs on `last_working_day_before`.
    """
    return end_of_day(next_working_day(calendar, day) if extended else day)


def add(calendar: Calendar, at: datetime, span: Span) -> datetime:
    """Return the UTC instant at which `span` from the aware instant `at` is over.

    Hours are elapsed time. Everything else counts Oslo days by domstolloven § 148: the day of `at`
    is not counted, a month or a year ends on the same number or the month's last day; the clock
    in Oslo then shows what it showed at `at`. A clock time that the day lacks moves forward, one
    that it has twice is the first. ValueError beyond the calendar's years.
    """
    return _shift(calendar, at, span, 1)


def acts_at(rule: Timer, due: datetime) -> datetime:
    """Return the UTC instant at which a rule acts whose span is over at `due`.

    Who may answer within so many days has the whole of the last one, so that what is fired after
    days, weeks or months is fired at its 24.00 (DOMAIN §4.1), whatever clock time it began at.
    """
    counted = rule.after is not None and rule.of is None and rule.after.unit != "hours"
    return end_of_day(oslo_day(due)) if counted and rule.action == "fire" else due


def subtract(calendar: Calendar, at: datetime, span: Span) -> datetime:
    """Return the UTC instant that lies `span` before the aware instant `at`, counted like `add`."""
    return _shift(calendar, at, span, -1)


@lru_cache(maxsize=8)
def _known_years(holidays: frozenset[date]) -> tuple[int, int]:
    if not holidays:
        return MAXYEAR, MINYEAR
    return min(holidays).year, max(holidays).year


@lru_cache(maxsize=4096)
def _shift(calendar: Calendar, at: datetime, span: Span, sign: Literal[1, -1]) -> datetime:
    local = oslo_time(at)
    if span.unit == "hours":
        return at.astimezone(UTC) + sign * timedelta(hours=span.amount)
    day = _shift_day(calendar, local.date(), span, sign)
    # fold=0 is the first of two equal clock times, and carries one that is lacking forward.
    return datetime.combine(day, local.time().replace(fold=0), OSLO).astimezone(UTC)


def _shift_day(calendar: Calendar, day: date, span: Span, sign: Literal[1, -1]) -> date:
    if span.unit == "working days":
        return _count_working_days(calendar, day, span.amount, sign * _ONE_DAY)
    if span.unit == "days":
        return day + sign * timedelta(days=span.amount)
    if span.unit == "weeks":
        return day + sign * timedelta(weeks=span.amount)
    months = span.amount * (_MONTHS_OF_A_YEAR if span.unit == "years" else 1)
    return shift_months(day, sign * months)


def _count_working_days(calendar: Calendar, day: date, amount: int, step: timedelta) -> date:
    for _ in range(amount):
        day += step
        while not is_working_day(calendar, day):
            day += step
    return day


def shift_months(day: date, months: int) -> date:
    """Return the day so many months later, or earlier: the same number, or the month's last day."""
    year, month = divmod(day.year * _MONTHS_OF_A_YEAR + day.month - 1 + months, _MONTHS_OF_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
