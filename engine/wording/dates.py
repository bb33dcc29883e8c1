"""Days and clock times as letters write them, in the three languages."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from engine.model import Language
from engine.wording.catalogue import say


def day(value: date, language: Language) -> str:
    """Return the day with its weekday: «mandag 30. november 2026», `Monday 30 November 2026`."""
    return f"{say(f'weekdays.{value.weekday()}', language)} {short_day(value, language)}"


def short_day(value: date, language: Language) -> str:
    """Return the day without its weekday: «30. november 2026», `30 November 2026`."""
    dot = "" if language == "en" else "."
    return f"{value.day}{dot} {month(value.month, language)} {value.year}"


def month(number: int, language: Language) -> str:
    """Return what a month is called; January is 1."""
    return say(f"months.{number}", language)


def clock(value: datetime, language: Language) -> str:
    """Return the hour and minute: «kl. 10.15», `at 10:15`."""
    if language == "en":
        return f"at {value.hour:02}:{value.minute:02}"
    return f"kl. {value.hour:02}.{value.minute:02}"


def day_and_time(value: datetime, language: Language) -> str:
    """Return day and clock time of an aware instant, in the zone that it is given in.

    The caller passes Oslo time; a naive `value` raises ValueError.
    """
    if value.tzinfo is None:
        raise ValueError("a clock time needs its zone")
    return f"{day(value.date(), language)} {clock(value, language)}"


def until(value: datetime, language: Language) -> str:
    """Return as `day_and_time` when something ends: midnight is 24.00 of the day that it ends."""
    if value.time() != time.min:
        return day_and_time(value, language)
    ended = day(value.date() - timedelta(days=1), language)
    return f"{ended} at 24:00" if language == "en" else f"{ended} kl. 24.00"
