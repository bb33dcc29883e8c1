"""Days of every year in words, «30. november året før», and what makes an event follow."""

from __future__ import annotations

from engine.definition.types import DayRule, Follows
from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.dates import month as month_name


def day_words(rule: DayRule, language: Language) -> str:
    """The date that `rule` names in words; empty for a rule that names none."""
    if rule.working_from:
        return ""
    dot = "" if language == "en" else "."
    return _of_year(f"{rule.day}{dot} {month_name(rule.month, language)}", rule.years, language)


def followed(follows: Follows, language: Language) -> str:
    """What an event follows, in words."""
    if follows.workflow == "network":
        return say("yearly.closed", language)
    what = _of_year(follows.workflow, follows.years, language)
    return say("yearly.followed", language, what=what, state=follows.state)


def _of_year(day: str, years: int, language: Language) -> str:
    """The day, of the year before or after where it is not of the year itself."""
    key = {-1: "yearly.before", 1: "yearly.after"}.get(years)
    return say(key, language, day=day) if key else day
