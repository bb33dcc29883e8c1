"""What a workflow file says of opening by time: for what, on which day, and the days to keep."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from typing import Final, Literal, cast

from engine.definition import keys
from engine.definition.problems import Problems, shown
from engine.definition.reader import NAME, Entry, Known, named
from engine.definition.source import Node
from engine.definition.types import DayRule, LetterOrder, Opening
from engine.model import Proof

EACH: Final = ("network", "area")
"""For what time can open a request each year."""
GIVEN: Final = ("network", "area")
"""What the parties of such a request can be: the network itself, or the area that it serves."""
YEARS: Final = {"": 0, " of the year before": -1, " of the year after": 1}
MONTHS: Final = tuple(month_name)[1:]
DATE: Final = re.compile(
    rf"(?P<day>[1-9]|[12]\d|3[01]) (?P<month>{'|'.join(MONTHS)})"
    r"(?P<years>| of the year before| of the year after)"
)
WORKING_DAY: Final = re.compile(rf"working day from (?P<of>{NAME.pattern})")
_LEAP: Final = 2000


def opening_by_time(
    entry: Entry,
    parties: dict[str, str],
    letters: tuple[LetterOrder, ...],
    known: Known,
    problems: Problems,
) -> Opening:
    """The opening of a routine that no mail opens: one request for each network or area a year."""
    on, days = entry.node("day"), entry.node("days")
    for key, value in parties.items():
        if value not in GIVEN:
            choice = " or ".join(f"«{each}»" for each in GIVEN)
            message = f"«{key}» must be {choice}, since no mail opens"
            problems.add(entry.key_mark("parties"), "party-not-given", message)
    found = {} if days is None else _days(days, problems)
    rule = None if on is None else _rule(on, problems)
    if rule is not None and rule.working_from:
        problems.add(entry.key_mark("day"), "not-a-date", "the day of opening must be a date")
    return Opening(
        by=keys.BY_TIME,
        proof=Proof.SITE,
        subject={},
        form="",
        state=entry.name("state", known.states, "state"),
        parties=parties,
        letters=letters,
        each=cast(Literal["network", "area"], entry.name("each", EACH, "kind") or EACH[0]),
        day=rule,
        days=found,
        mark=entry.mark,
    )


def _days(node: Node, problems: Problems) -> dict[str, DayRule]:
    found: dict[str, DayRule] = {}
    for key, (scalar, value) in named(node, "«days»", problems):
        if not NAME.fullmatch(key):
            problems.add(scalar.mark, "bad-name", f"{shown(key)} is no name of a day")
            continue
        rule = _rule(value, problems)
        if rule is None:
            continue
        if rule.working_from and rule.working_from not in found:
            problems.add(
                value.mark, "unknown-day", f"«{rule.working_from}» must stand before «{key}»"
            )
            continue
        found[key] = rule
    return found


def _rule(node: Node, problems: Problems) -> DayRule | None:
    text = getattr(node, "text", "")
    date = DATE.fullmatch(text)
    if date is not None:
        month, day = MONTHS.index(date["month"]) + 1, int(date["day"])
        # A day that only leap years have would be missed in the others.
        if day <= monthrange(_LEAP + 1, month)[1]:
            return DayRule(month=month, day=day, years=YEARS[date["years"]], text=text)
    working = WORKING_DAY.fullmatch(text)
    if working is not None:
        return DayRule(working_from=working["of"], text=text)
    problems.add(
        node.mark,
        "not-a-day",
        f"{shown(text)} is no day of every year, like «30 November of the year before»"
        " or «working day from deadline»",
    )
    return None
