"""Words about time: whether somebody says that they will answer later, and the day they may mean.

Read here it is only a proposal: the writer is asked whether it is the day (INTERFACE §5.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from engine.calendar import Calendar, next_working_day, shift_months
from engine.domain import beside
from engine.domain.days import MONTHS, names_a_time, read_day
from engine.domain.own_words import says, sentences

_DAY: Final = re.compile(
    r"(?<![\w./-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\s?\d{1,2}(?:[./]\s?\d{4})?"
    rf"|\d{{1,2}}\.?\s{MONTHS}(?:\s\d{{4}})?|{MONTHS}\s\d{{1,2}}(?:,?\s\d{{4}})?)(?![\w/-])",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    each: n
    for n, words in enumerate(("en ei ein one a", "to two", "tre three", "fire four"), 1)
    for each in words.split()
}
_UNITS: Final = {"d": 1, "u": 7, "v": 7, "w": 7}
_WEEKDAYS: Final = (
    "man mån mon", "tir tys tue", "ons wed", "tor thu", "fre fri", "lør lau sat", "søn sun",
)  # fmt: skip
_SOON: Final = re.compile(
    r"\b(?:(?:om|in) (?P<amount>\d{1,2}|en|ei|ein|one|a|to|two|tre|three|fire|four)"
    r" (?P<unit>dag|uke|veke|day|week)[a-z]*"
    r"|(?:uke|veke|week) (?P<week>\d{1,2})\b"
    r"|(?P<next_week>(?:neste|next) (?:uke|veke|week)|(?:etter|over|after the) (?:helg|weekend))"
    r"|(?P<next_month>(?:neste|next) (?:måned|månad|month))"
    r"|(?P<tomorrow>i morgen|i morgon|tomorrow)"
    r"|(?P<new_year>(?:over|etter|på|after) (?:nyttår|nyåret|jul|årsskiftet|new year|christmas))"
    r"|(?P<weekday>man|mån|mon|tirs|tys|tues|ons|wednes|tors|thurs|fre|fri|lør|laur|satur|søn|sun)"
    r"da[gy]\b)",
    re.IGNORECASE,
)
_TO_WAIT: Final = re.compile(
    r"\b(?:vente|utsette|utsetje|utsettelse|utsetjing|utsatt|utsett|wait|extension)\b",
    re.IGNORECASE,
)
_SEASON: Final = re.compile(
    r"\b(?:etter|til|over|after|until) (?:\w+ )?(?:ferie|påske|sommer|sommar|permisjon|møte|holiday"
    r"|vacation|easter|summer|leave|meeting)",
    re.IGNORECASE,
)


def says_later(text: str, phrases: Iterable[str]) -> bool:
    """Whether a sentence of `text` names a time to come and says one of `phrases`, of answering
    then, or asks whether we can wait.
    """
    wanted = tuple(phrases)
    return any(
        _TO_WAIT.search(each) if beside.asks(each) else says(each, wanted)
        for each in sentences(text)
        if names_a_time(each) or _SEASON.search(each)
    )


def day_meant(text: str, today: date, calendar: Calendar) -> date | None:
    """The one day that `text` names, the next such from `today` on, or that its words may stand
    for; None where there is none, or more than one.
    """
    found = {day for each in _DAY.finditer(text) if (day := read_day(each[0], today))}
    if not found:
        found = {next_working_day(calendar, day) for day in _soon(text, today)}
    return found.pop() if len(found) == 1 else None


def _soon(text: str, today: date) -> Iterator[date]:
    monday = today + timedelta(days=7 - today.weekday())
    for found in _SOON.finditer(text):
        match found.lastgroup:
            case "unit":
                amount = found["amount"].casefold()
                days = _UNITS[found["unit"][0].casefold()]
                yield today + timedelta(days=days * (_NUMBERS.get(amount) or int(amount)))
            case "week":
                yield from _week(int(found["week"]), today)
            case "next_week":
                yield monday
            case "next_month":
                yield shift_months(today.replace(day=1), 1)
            case "tomorrow":
                yield today + timedelta(days=1)
            case "new_year":
                yield date(today.year + 1, 1, 2)
            case _:
                yield _weekday(found["weekday"].casefold(), today)


def _week(number: int, today: date) -> Iterator[date]:
    for year in (today.year, today.year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday > today:
            yield monday
            return


def _weekday(name: str, today: date) -> date:
    number = next(n for n, names in enumerate(_WEEKDAYS) if name[:3] in names.split())
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
