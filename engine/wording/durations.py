"""Lengths of time and rules of time in words: «5 arbeidsdager», «etter 5 arbeidsdager»."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.model import Language
from engine.wording.catalogue import say, texts

_RULE = re.compile(
    r"(?P<word>after|every|before):? (?P<span>\d+ [a-z ]+?)(?:,? of:? (?P<day>\w+))?"
    r"|(?P<ahead>\d+ [a-z ]+?) before (?P<ahead_day>\w+)"
    r"|morning of (?:(?P<off>\d+ [a-z ]+?) (?P<way>before|after) )?(?P<morning_day>\w+)"
    r"|(?:at:? )?end of (?P<end_day>\w+)"
)


def span(length: str, language: Language) -> str:
    """Return a length of time in words: `5 working days` is «5 arbeidsdager».

    `length` is a Span as the file says it; another text raises ValueError.
    """
    amount, _, unit = length.partition(" ")
    name = unit.removesuffix("s").replace(" ", "_")
    if name not in texts("spans", language) or not amount.isdecimal():
        raise ValueError(f"not a length of time: {length!r}")
    return say(f"spans.{name}", language, n=int(amount))


def describe(rule: str, language: Language, days: Mapping[str, str] | None = None) -> str:
    """Return a timer's rule in words: `after 5 working days` is «etter 5 arbeidsdager».

    `days` says what a routine calls the days that it keeps. A rule of another shape raises
    ValueError.
    """
    found = _RULE.fullmatch(rule.strip())
    if found is None:
        raise ValueError(f"not a rule of time: {rule!r}")
    length = found["span"] or found["ahead"] or found["off"]
    kept = found["day"] or found["ahead_day"] or found["morning_day"] or found["end_day"]
    return say(
        f"time_rules.{_shape(found, kept)}",
        language,
        span=span(length, language) if length else "",
        day=_day(kept, language, days or {}) if kept else "",
    )


def calendar_words(calendar: str, language: Language) -> str:
    """Return which days off a due instant was counted with: «Norges helligdager, utgave 7c53».

    `calendar` is a name and a version, as stands beside the instant; one without words is returned
    as it is.
    """
    name, _, version = calendar.partition(" ")
    known = name in texts("calendars", language)
    return say(f"calendars.{name}", language, version=version) if known else calendar


def _shape(found: re.Match[str], kept: str | None) -> str:
    if found["morning_day"]:
        return f"{found['way']}_day" if found["way"] else "morning"
    word = found["word"] or ("before" if found["ahead"] else "end")
    return "before_day" if word == "before" and kept else word


def _day(kept: str, language: Language, days: Mapping[str, str]) -> str:
    return days.get(kept) or texts("kept_days", language).get(kept, kept)
