"""The silent world: if nobody ever acts again, the timers alone end or escalate every wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import product

from engine.calendar import (
    Calendar,
    acts_at,
    add,
    date_of,
    days_of,
    end_of_day,
    morning_of,
    oslo_day,
    start_of_day,
    subtract,
)
from engine.check.findings import found
from engine.check.paths import way_to
from engine.check.waiting import ends_wait
from engine.definition.types import Span, Timer, Workflow
from engine.model import Problem

_MORNING = timedelta(hours=9)
_INSTANT = timedelta(microseconds=1)
_AHEAD = 4
"""The years before the calendar's end in which no silence is taken to begin."""


def silence(workflow: Workflow, calendar: Calendar) -> tuple[tuple[Problem, ...], int]:
    """Problems with silence, and the most days until a wait ends or escalates by itself.

    The days are the worst over every day on which the silence is taken to begin (`starts_of`).
    Raises ValueError when the calendar does not reach as far as the timers.
    """
    starts = starts_of(workflow, calendar)
    problems: list[Problem] = [*_late_warnings(workflow, calendar, starts)]
    longest = 0
    for state in workflow.states.values():
        if not state.waits_for:
            continue
        for start, answered in product(starts, (False, True) if state.then else (False,)):
            end, passed = end_of_silence(workflow, calendar, state.name, start, answered=answered)
            if end is None:
                problems += _endless(workflow, state.name, passed)
                break
            longest = max(longest, _days(start, end))
    return tuple(problems), 0 if problems else longest


def _days(start: datetime, end: datetime) -> int:
    # 24.00 belongs to the day that it ends, and a change of clocks is no day.
    return (oslo_day(end - _INSTANT) - oslo_day(start)).days


def starts_of(workflow: Workflow, calendar: Calendar) -> tuple[datetime, ...]:
    """Nine in the morning of every day of the first leap year that the calendar knows; for a
    routine that time opens, of a year from its opening on, and of each later day of opening.
    """
    years = sorted({day.year for day in calendar.holidays}) or [2000]
    # 29 February makes years and months as long as they get.
    year = next((y for y in years if y % 4 == 0 and (y % 100 or y % 400 == 0)), years[0])
    rule = workflow.opens_with.day
    month, day = (1, 1) if rule is None else (rule.month, rule.day)
    first = date(year, month, day)
    count = (date(year + 1, month, day) - first).days
    days = [first + timedelta(days=n) for n in range(count)]
    if rule is not None:
        # Dates fall on other days of the week each year, and weekends are spared.
        days += [date(later, month, day) for later in range(year + 1, years[-1] - _AHEAD)]
    return tuple(start_of_day(day) + _MORNING for day in days)


def days_from(workflow: Workflow, calendar: Calendar, start: datetime) -> Mapping[str, date]:
    """The days that a request keeps which time opened last before `start`, or just then."""
    opening, day = workflow.opens_with, oslo_day(start)
    year = day.year
    if opening.day is not None:
        year -= opening.day.years
        year -= date_of(opening.day, year) > day
    return days_of(calendar, opening.days, year)


def end_of_silence(
    workflow: Workflow, calendar: Calendar, state: str, start: datetime, *, answered: bool = False
) -> tuple[datetime | None, tuple[str, ...]]:
    """When silence from `start` ends, None if never, and the states that timers led through.

    With `answered`, all who are asked in `state` have answered by then.
    """
    passed: tuple[str, ...] = ()
    at, days = start, days_from(workflow, calendar, start)
    while state not in passed:
        passed = (*passed, state)
        ends = [
            (max(due, at), position, timer)
            for position, timer in enumerate(workflow.timers.get(state, ()))
            if timer.answered == answered
            and ends_wait(workflow, timer)
            and ((due := _due(workflow, calendar, timer, at, days)) > at or timer.action == "fire")
        ]
        if not ends:
            return None, passed
        at, _, timer = min(ends, key=lambda end: end[:2])
        if timer.action == "escalate":
            return at, passed
        state, answered = workflow.events[timer.target].target(state), False
        if not workflow.states[state].waits_for:
            return at, passed
    return None, (*passed, state)


def _due(
    workflow: Workflow,
    calendar: Calendar,
    timer: Timer,
    at: datetime,
    days: Mapping[str, date],
) -> datetime:
    if timer.of is None:
        return at if timer.after is None else acts_at(timer, add(calendar, at, timer.after))
    if timer.of in days:
        return _due_of_year(calendar, timer, days[timer.of])
    # A day can lie no further ahead than the events that keep it allow; the latest is the worst.
    latest = [oslo_day(add(calendar, at, span)) for span in _allowed(workflow, timer.of)]
    return end_of_day(max(latest, default=oslo_day(at)))


def _due_of_year(calendar: Calendar, timer: Timer, day: date) -> datetime:
    due = morning_of(day) if timer.morning else end_of_day(day)
    if timer.after is not None:
        return add(calendar, due, timer.after)
    return due if timer.before is None else subtract(calendar, due, timer.before)


def _allowed(workflow: Workflow, day: str | None) -> Iterator[Span]:
    for event in workflow.events.values():
        for keep in event.keeps:
            if keep.name == day and keep.within is not None:
                yield keep.within


def _endless(workflow: Workflow, state: str, passed: tuple[str, ...]) -> Iterator[Problem]:
    # That a state has no such timer at all is said by the proof of waiting.
    if len(passed) > 1:
        yield found(
            workflow,
            workflow.states[state].mark,
            "silence-never-ends",
            f"in a silent world, «{state}» goes round for ever: {' → '.join(passed)}"
            f"{way_to(workflow, state)}",
        )


def _late_warnings(
    workflow: Workflow, calendar: Calendar, starts: tuple[datetime, ...]
) -> Iterator[Problem]:
    for timers in workflow.timers.values():
        for timer in timers:
            if timer.warns_of is None or timer.before is None:
                continue
            fires = timers[timer.warns_of]
            if any(
                subtract(calendar, _due(workflow, calendar, fires, at, days), timer.before) <= at
                for at in starts[::30]
                for days in (days_from(workflow, calendar, at),)
            ):
                yield found(
                    workflow,
                    timer.mark,
                    "warns-too-late",
                    f"{timer.before} before «{fires.target}» is over when the wait begins",
                )
