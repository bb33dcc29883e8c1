"""Days and clock times as letters write them, in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from engine.model import Language

WEEKDAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "nn": ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""Monday first, as `date.weekday` counts."""

_NORWEGIAN_MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "nb": _NORWEGIAN_MONTHS,
    "nn": _NORWEGIAN_MONTHS,
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
"""January first; bokmål and nynorsk share them."""


def day(value: date, language: Language) -> str:
    """Return the day with its weekday: «mandag 30. november 2026», `Monday 30 November 2026`."""
    return f"{WEEKDAYS[language][value.weekday()]} {short_day(value, language)}"


def short_day(value: date, language: Language) -> str:
    """Return the day without its weekday: «30. november 2026», `30 November 2026`."""
    dot = "" if language == "en" else "."
    return f"{value.day}{dot} {MONTHS[language][value.month - 1]} {value.year}"


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
