"""Sentences about people: who is away, and what the register says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.dates import day
from engine.wording.names import all_of


def absence_kept(since: date, until: date, substitute: str, language: Language) -> str:
    """Return what was noted about an absence, and where letters go meanwhile."""
    key = "absent_that_day" if since == until else "absence_kept"
    noted = say(f"people.{key}", language, since=day(since, language), until=day(until, language))
    where = "substitute_kept" if substitute else "no_substitute"
    return f"{noted} {say(f'people.{where}', language, substitute=substitute)}"


def absence_withdrawn(periods: Sequence[tuple[date, date]], language: Language) -> str:
    """Return that absences were withdrawn; without any, that the receiver counts as being there."""
    if not periods:
        return say("people.here_again", language)
    told = tuple(
        " – ".join(day(each, language) for each in dict.fromkeys(period)) for period in periods
    )
    return say("people.absence_withdrawn", language, periods=all_of(told, language))
