"""Lengths of time and rules of time in words: «5 arbeidsdager», «etter 5 arbeidsdager»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.model import Language
from engine.pattern import pattern

_UNITS: Final[Mapping[Language, Mapping[str, tuple[str, str]]]] = {
    # «arbeidsdag», not «virkedag»: in Norwegian law a virkedag may be a Saturday.
    "nb": {
        "hour": ("én time", "timer"),
        "working day": ("én arbeidsdag", "arbeidsdager"),
        "day": ("én dag", "dager"),
        "week": ("én uke", "uker"),
        "month": ("én måned", "måneder"),
        "year": ("ett år", "år"),
    },
    "nn": {
        "hour": ("éin time", "timar"),
        "working day": ("éin arbeidsdag", "arbeidsdagar"),
        "day": ("éin dag", "dagar"),
        "week": ("éi veke", "veker"),
        "month": ("éin månad", "månader"),
        "year": ("eitt år", "år"),
    },
    "en": {
        "hour": ("one hour", "hours"),
        "working day": ("one working day", "working days"),
        "day": ("one day", "days"),
        "week": ("one week", "weeks"),
        "month": ("one month", "months"),
        "year": ("one year", "years"),
    },
}

_CALENDARS: Final[Mapping[str, Mapping[Language, str]]] = {
    "no": {
        "nb": "Norges helligdager, utgave {version}",
        "nn": "heilagdagane i Noreg, utgåve {version}",
        "en": "the holidays of Norway, version {version}",
    }
}
_KEPT_DAYS: Final[Mapping[str, Mapping[Language, str]]] = {
    "ends_on": {"nb": "sluttdatoen", "nn": "sluttdatoen", "en": "the end date"},
    "deadline": {"nb": "fristen", "nn": "fristen", "en": "the deadline"},
    "late_after": {
        "nb": "siste dagen før det er forsinket",
        "nn": "siste dagen før det er forseinka",
        "en": "the last day before it is late",
    },
    "first_reminder": {
        "nb": "dagen for første påminnelse",
        "nn": "dagen for første påminning",
        "en": "the day of the first reminder",
    },
    "second_reminder": {
        "nb": "dagen for andre påminnelse",
        "nn": "dagen for andre påminning",
        "en": "the day of the second reminder",
    },
    "built": {
        "nb": "dagen da samlerapporten bygges",
        "nn": "dagen då samlerapporten blir bygd",
        "en": "the day on which the roll-up is built",
    },
    "year_ends": {"nb": "årsskiftet", "nn": "årsskiftet", "en": "the turn of the year"},
}

_PATTERNS: Final[Mapping[str, Mapping[Language, str]]] = {
    "after": {"nb": "etter {span}", "nn": "etter {span}", "en": "after {span}"},
    "every": {
        "nb": "hver gang det har gått {span}",
        "nn": "kvar gong det har gått {span}",
        "en": "every {span}",
    },
    "before": {"nb": "{span} før", "nn": "{span} før", "en": "{span} before"},
    "before_day": {"nb": "{span} før {day}", "nn": "{span} før {day}", "en": "{span} before {day}"},
    "after_day": {
        "nb": "{span} etter {day}",
        "nn": "{span} etter {day}",
        "en": "{span} after {day}",
    },
    "morning": {
        "nb": "om morgenen {day}",
        "nn": "om morgonen {day}",
        "en": "in the morning of {day}",
    },
    "end": {
        "nb": "ved utgangen av {day}",
        "nn": "ved utgangen av {day}",
        "en": "at the end of {day}",
    },
}

_RULE = pattern(
    r"(?P<word>after|every|before):? (?P<span>\d+ [a-z ]+?)(?:,? of:? (?P<day>\w+))?"
    r"|(?P<ahead>\d+ [a-z ]+?) before (?P<ahead_day>\w+)"
    r"|morning of (?:(?P<off>\d+ [a-z ]+?) (?P<way>before|after) )?(?P<morning_day>\w+)"
    r"|(?:at:? )?end of (?P<end_day>\w+)"
)


def span(text: str, language: Language) -> str:
    """Return a length of time in words: `5 working days` is «5 arbeidsdager».

    `text` is a Span as the file says it; another text raises ValueError.
    """
    amount, _, unit = text.partition(" ")
    words = _UNITS[language].get(unit.removesuffix("s"))
    if words is None or not amount.isdecimal():
        raise ValueError(f"not a length of time: {text!r}")
    one, many = words
    return one if int(amount) == 1 else f"{int(amount)} {many}"


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
    pattern = _PATTERNS[_shape(found, kept)][language]
    return pattern.format(
        span=span(length, language) if length else "",
        day=_day(kept, language, days or {}) if kept else "",
    )


def calendar_words(calendar: str, language: Language) -> str:
    """Return which days off a due instant was counted with: «Norges helligdager, utgave 7c53».

    `calendar` is a name and a version, as stands beside the instant; one without words is returned
    as it is.
    """
    name, _, version = calendar.partition(" ")
    words = _CALENDARS.get(name)
    return words[language].format(version=version) if words else calendar


def _shape(found: re.Match[str], kept: str | None) -> str:
    if found["morning_day"]:
        return f"{found['way']}_day" if found["way"] else "morning"
    word = found["word"] or ("before" if found["ahead"] else "end")
    return "before_day" if word == "before" and kept else word


def _day(kept: str, language: Language, days: Mapping[str, str]) -> str:
    return days.get(kept) or _KEPT_DAYS.get(kept, {}).get(language, kept)
