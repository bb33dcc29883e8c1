"""Absence as people write it: «1.12.2026–15.12.2026 VIKAR: adresse»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from engine.definition.types import Span
from engine.domain.days import latest_day, read_day
from engine.model import Reason

LONGEST: Final = Span(amount=1, unit="years")
"""How far ahead an absence may reach: a substitute holds another's duties meanwhile."""

_TO: Final = r"\s*(?:–|—|-|t\.?o\.?m\.?|til(?:\s+og\s+med)?|to|until|through)\s*"
_MONTHS: Final = r"[^\W\d]{3,10}"
_DAY: Final = (
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\s?\d{1,2}(?:[./]\s?\d{2,4})?"
    rf"|\d{{1,2}}\.?\s(?:{_MONTHS}\.?,?\s\d{{2,4}}|{_MONTHS})"
)
_DAYS: Final = re.compile(_DAY, re.IGNORECASE)
_SAME_MONTH: Final = re.compile(
    rf"\b(\d{{1,2}})\.?{_TO}(\d{{1,2}}\.?(\s[^\W\d]{{3,10}}(?:\.?\s\d{{4}})?))", re.IGNORECASE
)
_SAME_YEAR: Final = re.compile(
    rf"(?<![\d.-])(\d{{1,2}}\.\d{{1,2}})\.?{_TO}(\d{{1,2}}\.\d{{1,2}}\.(\d{{4}}))", re.IGNORECASE
)
_SUBSTITUTE: Final = re.compile(
    r"\b(?:vikar|stedfortreder|stadfortredar|substitute|deputy)\b\s*:?\s*(.*)", re.IGNORECASE
)
_WITHDRAWN: Final = frozenset(
    """avlyst,avlyses,avlys,avlyses likevel,er avlyst,utgår,utgår likevel,likevel ikke borte,
    likevel ikkje borte,annullert,cancelled,canceled,is cancelled,cancel""".replace("\n", "")
    .replace("    ", "")
    .split(",")
)
_ADDRESS: Final = re.compile(r"[^\s<>,;:()\[\]]+@[^\s<>,;:()\[\]]+\.[^\s<>,;:()\[\]]*\w")


class Absence(Struct, frozen=True, kw_only=True):
    """A period away, both days included, and who stands in; no substitute is the empty text."""

    since: date
    until: date
    substitute: str = ""


def read_absence(text: str, today: date) -> Absence | tuple[Reason, ...]:
    """Return the absence that `text` means, or every reason why it cannot be followed.

    One day alone is an absence of that day; «1.–15. desember 2026» and «1.12.–15.12.2026» are read
    as they are meant.
    """
    plain = " ".join(text.split())
    named = _SUBSTITUTE.search(plain)
    period = plain[: named.start()] if named else plain
    address = _ADDRESS.search(named[1]) if named else None
    faults: list[Reason] = []
    if named is not None and address is None:
        faults.append(Reason("substitute_unreadable", {"text": named[1].strip()}))
    days = _period(period, today)
    if days is None:
        return (Reason("absence_unreadable", {"text": period.strip()}), *faults)
    faults += period_faults(*days, today)
    if faults:
        return tuple(faults)
    substitute = address[0].lower() if address else ""
    return Absence(since=days[0], until=days[1], substitute=substitute)


def is_withdrawn(text: str) -> bool:
    """Whether what stands after FRAVÆR says that nobody is away after all."""
    return text.casefold().strip(' .!:«»"*_') in _WITHDRAWN


def names_substitute(line: str) -> bool:
    """Whether a line begins with the word that names a substitute."""
    return _SUBSTITUTE.match(line.strip()) is not None


def period_faults(since: date, until: date, today: date) -> tuple[Reason, ...]:
    """Return every reason why nobody can be away from `since` up to and including `until`."""
    latest = latest_day(today, LONGEST)
    faults = []
    if until < since:
        faults.append(Reason("absence_backwards", {"day": since, "latest": until}))
    elif until < today:
        faults.append(Reason("day_past", {"day": until}))
    if until > latest:
        faults.append(Reason("day_too_far", {"day": until, "latest": latest}))
    return tuple(faults)


def _period(text: str, today: date) -> tuple[date, date] | None:
    whole = _SAME_MONTH.sub(r"\1.\3 – \2", text)
    whole = _SAME_YEAR.sub(r"\1.\3 – \2", whole)
    match _DAYS.findall(whole):
        case [only]:
            day = read_day(only, today)
            return None if day is None else (day, day)
        case [begins, ends]:
            first = read_day(begins, today)
            last = None if first is None else read_day(ends, first)
            return None if first is None or last is None else (first, last)
        case _:
            return None


def uncovered(
    first: date, last: date, periods: Iterable[tuple[date, date | None]]
) -> tuple[tuple[date, date], ...]:
    """Return the stretches from `first` up to and including `last` that no period covers.

    A period holds both its days; one without a last day never ends.
    """
    found = []
    for since, until in sorted(periods, key=lambda period: period[0]):
        if since > last or first > last:
            break
        if since > first:
            found.append((first, since - timedelta(days=1)))
        if until is None:
            return tuple(found)
        first = max(first, until + timedelta(days=1))
    return (*found, (first, last)) if first <= last else tuple(found)
