"""Days of every year in words, «30. november året før», and what makes an event follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.definition.types import DayRule, Follows
from engine.model import Language
from engine.wording.dates import month as month_name

_YEARS: Final[Mapping[int, Mapping[Language, str]]] = {
    -1: {"nb": " året før", "nn": " året før", "en": " of the year before"},
    0: {"nb": "", "nn": "", "en": ""},
    1: {"nb": " året etter", "nn": " året etter", "en": " of the year after"},
}
_CLOSED: Final[Mapping[Language, str]] = {
    "nb": "når nettverket er avviklet",
    "nn": "når nettverket er avvikla",
    "en": "when the network is closed",
}
_FOLLOWED: Final[Mapping[Language, str]] = {
    "nb": "når {what} står i «{state}»",
    "nn": "når {what} står i «{state}»",
    "en": "when {what} stands in “{state}”",
}


def day_words(rule: DayRule, language: Language) -> str:
    """The date that `rule` names in words; empty for a rule that names none."""
    if rule.working_from:
        return ""
    month = month_name(rule.month, language)
    dot = "" if language == "en" else "."
    return f"{rule.day}{dot} {month}{_YEARS[rule.years][language]}"


def followed(follows: Follows, language: Language) -> str:
    """What an event follows, in words."""
    if follows.workflow == "network":
        return _CLOSED[language]
    what = f"{follows.workflow}{_YEARS[follows.years][language]}"
    return _FOLLOWED[language].format(what=what, state=follows.state)
