"""Days as people write them: ISO, «7.9.2026», «7. september 2026»; and why a day cannot be read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, date, timedelta
from typing import Final

from engine.calendar import shift_months
from engine.definition.types import Span
from engine.model import LANGUAGES, Reason
from engine.wording.catalogue import texts

FAR_PAST_YEARS: Final = 20
"""A start of studies longer ago than this is taken for a slip of the pen (R38)."""

MONTHS: Final = r"(?:jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec)[a-zæøå]{0,7}\.?"
"""A pattern of a month's name, whole or cut short, in the three languages."""
_MONTHS_OF_A_YEAR: Final = 12
_YEAR_DIGITS: Final = 4
_HOURS_OF_A_DAY: Final = 24
_WORKING_DAYS_OF_A_WEEK: Final = 5
_LONGEST_DAY_TEXT: Final = 40
_SHORTENED: Final = 3

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_NUMBERS = re.compile(
    r"(?P<day>[0-9]{1,2}) ?(?P<mark>[./-]) ?(?P<month>[0-9]{1,2}) ?(?P=mark) ?"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
)
_NUMBERS_ALONE = re.compile(
    r"(?P<day>[0-9]{1,2})(?: ?\. ?|(?<=1[3-9]|2[0-9]|3[01])/)(?P<month>[0-9]{1,2})"
)
_NAMED_ALONE = re.compile(
    r"(?:[^\W\d]+,? )?(?:den |the )?(?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th)? ?(?:of )?"
    r"(?P<name>[^\W\d]+)"
)
_NAMED = re.compile(
    r"(?:[^\W\d]+,? )?(?:den |the )?(?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th)? ?(?:of )?"
    r"(?P<name>[^\W\d]+)[.,]? (?P<year>[0-9]{4}|[0-9]{2})"
)
_NAMED_FIRST = re.compile(
    r"(?P<name>[^\W\d]+) (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})"
)


_A_TIME = re.compile(
    r"\b(?:\d{1,2}\.(?!\d{3})|\d{1,2}/\d|\d{4}-\d|(?:uk[ea]|veke|week) \d"
    r"|(?:\d+|en|ei|ein|to|tre|fire|a|two) (?:dag|uke|veke|måned|månad|day|week|month)"
    r"|(?:neste|next) |i morgen|i morgon|tomorrow|nyttår|årsskifte|new year"
    r"|(?:før|etter|over|til|innen|innan) (?:jul|påske|ferien|sommer|sommar|helg)"
    r"|(?:i|fra|frå|til|in|from|until|\d) (?:jan|febr|mars|april|mai|juni|juli|aug|sept|okto|nov"
    r"|des|march|may|june|july|octo|dec)[a-z]*\b"
    r"|(?:man|mån|tirs|tys|ons|tors|fre|lør|laur|søn|sun|mon|tues|wednes|thurs|fri)da[gy]\b)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:til|etter|over|på|i|om|fra|frå|før|innen|innan|når|neste|after|from|on|in|by|next)\b",
    re.IGNORECASE,
)


def _month_names() -> Mapping[str, int]:
    full = {
        name.casefold(): int(number)
        for language in LANGUAGES
        for number, name in texts("months", language).items()
    }
    return {name[:_SHORTENED]: number for name, number in full.items()} | full | {"sept": 9}


_MONTH_NUMBERS: Final = _month_names()


def read_day(text: str, today: date | None = None) -> date | None:
    """Return the day that `text` means beyond doubt, or None (INTERFACE §5 lists the forms);
    without a year it is the next such day from `today` on.
    """
    found = _read(text, today)
    return found if isinstance(found, date) else None


def start_day(text: str, today: date) -> date | Reason:
    """Return the day of a start of studies, or why it cannot be one, with an example (R38)."""
    found = _read(text, today)
    example = _first_of_next_month(today)
    if isinstance(found, Reason):
        given = found.values.get("example")
        return Reason(found.code, {"text": text, "example": given or _dotted(example)})
    if found.year < today.year - FAR_PAST_YEARS:
        values = {"text": text, "years": FAR_PAST_YEARS, "example": _dotted(example)}
        return Reason("date_far_past", values)
    return found


def looks_like_day(text: str) -> bool:
    """Whether a short text was meant as a day, be it a possible one or not."""
    tidy = _tidy(text)
    if len(tidy) > _LONGEST_DAY_TEXT:
        return False
    forms = (_ISO, _NUMBERS, _NUMBERS_ALONE, _NAMED, _NAMED_FIRST)
    if any(form.fullmatch(tidy) for form in forms):
        return True
    found = _NAMED_ALONE.fullmatch(tidy)
    return found is not None and found["name"] in _MONTH_NUMBERS


def names_a_time(text: str) -> bool:
    """Whether `text` speaks of a day, a week or a season to come, readable as a day or not."""
    return _A_TIME.search(text) is not None


def begins_with_time(text: str) -> bool:
    """Whether a short text says when, and no day that can be read: «etter nyttår»."""
    short = len(_tidy(text)) <= _LONGEST_DAY_TEXT and _WHEN.match(text)
    return bool(short) and names_a_time(text)


def latest_day(today: date, span: Span) -> date:
    """Return the day that lies `span` ahead: the same number, or the month's last day (§ 148).

    Hours round down to days; working days are Monday to Friday, holidays included.
    """
    match span.unit:
        case "years":
            return shift_months(today, span.amount * _MONTHS_OF_A_YEAR)
        case "months":
            return shift_months(today, span.amount)
        case "weeks":
            return today + timedelta(weeks=span.amount)
        case "days":
            return today + timedelta(days=span.amount)
        case "hours":
            return today + timedelta(days=span.amount // _HOURS_OF_A_DAY)
        case "working days":
            return _weekdays_ahead(today, span.amount)


def _weekdays_ahead(day: date, amount: int) -> date:
    for _ in range(amount):
        day += timedelta(days=1)
        while day.weekday() >= _WORKING_DAYS_OF_A_WEEK:
            day += timedelta(days=1)
    return day


def _tidy(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


def _read(text: str, today: date | None) -> date | Reason:
    tidy = _tidy(text)
    if today is not None and (found := _NUMBERS_ALONE.fullmatch(tidy)):
        return _next(today, int(found["month"]), int(found["day"]))
    if today is not None and (found := _NAMED_ALONE.fullmatch(tidy)):
        month = _MONTH_NUMBERS.get(found["name"])
        if month is not None:
            return _next(today, month, int(found["day"]))
    if found := _ISO.fullmatch(tidy):
        return _checked(found["year"], int(found["month"]), int(found["day"]))
    if found := _NUMBERS.fullmatch(tidy):
        return _numbers(found["year"], int(found["month"]), int(found["day"]), found["mark"])
    if found := _NAMED.fullmatch(tidy) or _NAMED_FIRST.fullmatch(tidy):
        month = _MONTH_NUMBERS.get(found["name"])
        if month is not None:
            return _checked(found["year"], month, int(found["day"]))
    return Reason("date_unreadable")


def _next(today: date, month: int, day: int) -> date | Reason:
    """The next such day; 29 February may be years ahead."""
    for year in range(today.year, min(today.year + 9, MAXYEAR)):
        found = _checked(str(year), month, day)
        if isinstance(found, date) and found >= today:
            return found
    return Reason("date_not_existing", {"example": _example(today.year, month, day)})


def _numbers(year: str, month: int, day: int, mark: str) -> date | Reason:
    if day <= _MONTHS_OF_A_YEAR < month:
        return _order(year, day, month)
    either = mark != "." and max(day, month) <= _MONTHS_OF_A_YEAR and day != month
    return _order(year, month, day) if either else _checked(year, month, day)


def _order(year: str, month: int, day: int) -> Reason:
    """The American order, or numbers that could be in it; the example puts the day first."""
    return Reason("date_order", {"example": _example(_full_year(year), month, day)})


def _checked(year: str, month: int, day: int) -> date | Reason:
    full = _full_year(year)
    if len(year) < _YEAR_DIGITS:
        return Reason("date_short_year", {"example": _example(full, month, day)})
    try:
        return date(full, month, day)
    except ValueError:
        return Reason("date_not_existing", {"example": _example(full, month, day)})


def _full_year(year: str) -> int:
    return int(year) if len(year) == _YEAR_DIGITS else 2000 + int(year)


def _example(year: int, month: int, day: int) -> str:
    """The day meant, or the first of the next month for one that the month lacks; else nothing."""
    if not (1 <= year < MAXYEAR and 1 <= month <= _MONTHS_OF_A_YEAR and day >= 1):
        return ""
    if day <= monthrange(year, month)[1]:
        return _dotted(date(year, month, day))
    return _dotted(_first_of_next_month(date(year, month, 1)))


def _first_of_next_month(day: date) -> date:
    return shift_months(day.replace(day=1), 1)


def _dotted(day: date) -> str:
    return f"{day:%d.%m.%Y}"
