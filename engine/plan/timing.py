"""Timer rules of a state, turned into instants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, cast

from msgspec.structs import replace

from engine.calendar import Calendar, acts_at, add, end_of_day, morning_of, oslo_day, subtract
from engine.definition.types import Span, Timer, Unit, Workflow
from engine.model import Request, TimerDraft

WAITS_FROM: Final = "waits_from"
"""Under this name a request keeps from when a wait counts that the missing agreement held up."""

UNANSWERED: Final = "suggestion_unanswered"
"""The letter to the coordinators, and the target of the timer that writes it."""
NETWORK_QUESTION: Final = "network_question"
"""The letter that asks FOUSAM whether a mail delivers, and the target of the timer that asks it
again.
"""
WAIT_OVER: Final = "wait_over"
"""The target of the timer that reminds whoever asked to be waited for, on the day."""
BESIDE: Final = frozenset({UNANSWERED, NETWORK_QUESTION, WAIT_OVER})
"""The timers that no routine has, since they follow from what somebody wrote."""


def waits_from(request: Request) -> datetime:
    """When the present wait began to count: with the state, or later where it was held up."""
    kept = request.kept.get(WAITS_FROM)
    return max(request.since, datetime.fromisoformat(kept)) if kept else request.since


def is_answered(workflow: Workflow, request: Request) -> bool:
    """Whether all who are asked in the present state have answered, so that it waits for the role
    that stands under `then`; never in a state without one.
    """
    state = workflow.states[request.state]
    return state.then is not None and all(
        f"{role}:{state.owes}" in request.done for role in state.waits_for
    )


def timers_at(
    workflow: Workflow,
    request: Request,
    calendar: Calendar,
    at: datetime,
    drafts: tuple[TimerDraft, ...] | None = None,
) -> tuple[TimerDraft, ...]:
    """The timers to arm at `at` for a state that may have been entered earlier, from `drafts` where
    the state's timers are worked out already.

    What they should have done by then is left undone: a repeating one goes on in its rhythm, with
    as many times less; one that fires an event is armed however late it is.
    """
    rules = workflow.timers.get(request.state, ())
    if drafts is None:
        drafts = timers_for(workflow, request, calendar)
    entered = request.since == at
    return tuple(
        moved
        for draft in drafts
        if (moved := _from_now(draft, rules[draft.position], calendar, at, entered=entered))
    )


def _from_now(
    draft: TimerDraft, rule: Timer, calendar: Calendar, at: datetime, *, entered: bool
) -> TimerDraft | None:
    if draft.action == "fire" or draft.due_at > at:
        return draft
    # Whoever looks only once a day comes to a state hours after the morning of its first day.
    if entered and rule.morning and oslo_day(draft.due_at) == oslo_day(at):
        return draft
    every = rule.every
    due, times = draft.due_at, 0
    while every is not None and due <= at:
        due, times = add(calendar, due, every), times + 1
    if every is None or 0 < draft.at_most <= draft.occurrence + times:
        return None
    return replace(draft, due_at=due, at_most=max(draft.at_most - times, 0))


def timers_for(workflow: Workflow, request: Request, calendar: Calendar) -> tuple[TimerDraft, ...]:
    """The timers to arm now that `request` has entered its state.

    Instants that are past already are left out, except those that fire an event (DESIGN §4) and
    those that go on in a rhythm from a day of the year.
    """
    rules, answered = workflow.timers.get(request.state, ()), is_answered(workflow, request)
    instants: list[datetime | None] = []
    for rule in rules:
        instants.append(_instant(rule, request, calendar, instants))
    return tuple(
        _draft(position, rule, acts_at(rule, due), calendar)
        for position, (rule, due) in enumerate(zip(rules, instants, strict=True))
        if due is not None
        and rule.answered == answered
        and _stands(rule, due, _begun(rule, request))
    )


def _stands(rule: Timer, due: datetime, since: datetime) -> bool:
    """Whether the rule has anything to do in a state that was entered at `since`."""
    if due > since or rule.action == "fire":
        return True
    # A rhythm that begins on a day of the year goes on, however late the state came.
    return rule.morning and (rule.every is not None or oslo_day(due) == oslo_day(since))


def passed_by(timers: tuple[TimerDraft, ...], at: datetime) -> frozenset[str]:
    """The letters and events of the present state's timers whose instant has come by `at`.

    A guard can so ask for a wait without knowing how long the file makes it.
    """
    return frozenset(timer.target for timer in timers if timer.target and timer.due_at <= at)


def _instant(
    rule: Timer, request: Request, calendar: Calendar, earlier: list[datetime | None]
) -> datetime | None:
    if rule.warns_of is not None:
        start = earlier[rule.warns_of]
    elif rule.of is not None:
        day = request.kept.get(rule.of)
        start = None if day is None else _tied(rule, date.fromisoformat(day))
    else:
        start = _begun(rule, request)
    if start is None:
        return None
    if rule.after is not None:
        return add(calendar, start, rule.after)
    return start if rule.before is None else subtract(calendar, start, rule.before)


def _begun(rule: Timer, request: Request) -> datetime:
    # Who is told of a long wait is told of all of it.
    return request.since if rule.action == "escalate" else waits_from(request)


def _tied(rule: Timer, day: date) -> datetime:
    return morning_of(day) if rule.morning else end_of_day(day)


def _draft(position: int, rule: Timer, due: datetime, calendar: Calendar) -> TimerDraft:
    return TimerDraft(
        position=position,
        action=rule.action,
        target=rule.target,
        roles=rule.roles,
        due_at=due,
        every="" if rule.every is None else str(rule.every),
        at_most=rule.at_most,
        rule=rule.rule,
        calendar=f"{calendar.name} {calendar.version}",
    )


def next_occurrence(calendar: Calendar, due: datetime, every: str, at: datetime) -> datetime | None:
    """The first instant after `at` of the rhythm `every` (`5 working days`) that began at `due`.

    An outage so costs one act, however many it missed. None where there is no rhythm.
    """
    if not every:
        return None
    amount, _, unit = every.partition(" ")
    plural = unit if unit.endswith("s") else f"{unit}s"
    span = Span(int(amount), cast("Unit", plural))
    while due <= at:
        due = add(calendar, due, span)
    return due


def due_of(timers: tuple[TimerDraft, ...]) -> datetime | None:
    """When the wait becomes late: the first reminder, else the first timer that ends or escalates
    it.
    """
    reminders = [timer.due_at for timer in timers if timer.action == "remind"]
    others = [timer.due_at for timer in timers if timer.action in ("fire", "escalate")]
    return min(reminders or others, default=None)


def lapse_of(timers: tuple[TimerDraft, ...]) -> tuple[datetime | None, datetime | None]:
    """(when the request is closed without an answer, when that is warned of), where the state has
    such a rule.
    """
    ends = [timer.due_at for timer in timers if timer.action == "fire"]
    warnings = [timer.due_at for timer in timers if timer.target == "lapse_warning"]
    return min(ends, default=None), min(warnings, default=None)
