"""Not now: somebody who is waited for asks to be left in peace until a day (INTERFACE §5.4).

It holds back the chasers to them, and nothing else: what fires or escalates by time does so all the
same. So it stands beside the routine, and no deadline of a state is another for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from msgspec.structs import replace

from engine.calendar import last_day, morning_of, next_working_day, oslo_day
from engine.domain.later import day_meant
from engine.model import Act, LetterDraft, Plan, Reason, Refusal, Request, TimerDraft
from engine.plan.case import Case, Happening, clock_behind
from engine.plan.effects import stepped
from engine.plan.letters import role_letters, with_extra
from engine.plan.possible import owed_by
from engine.plan.timing import WAIT_OVER, lapse_of

WAIT: Final = "wait"
"""The name in history of it."""
WAIT_TOLD: Final = "wait_told"
"""The letter that tells the other side."""
LONGEST: Final = timedelta(days=60)
MOST: Final = 2
"""So often in one state."""
_KEPT: Final = "waits"
"""Under this name a request keeps the days, by role, with the state's beginning and how often."""


def waited(case: Case, act: Act, at: datetime) -> Plan | Refusal:
    """The request with no chaser to the actor's roles before the day that the act's note names, or
    every reason against it.
    """
    today = oslo_day(at)
    held = case.roles_of(act.actor)
    roles = tuple(role for role in owed_by(case) if role in held)
    day = day_meant(act.note, today, case.rules.calendar)
    times = max((_kept(case.request).get(role, ("", 0))[1] for role in roles), default=0)
    reasons = [*clock_behind(case, at), *day_faults(day, today)]
    if not may_wait(case):
        reasons.append(Reason("wait_agreed"))
    if not roles:
        reasons.append(Reason("wait_not_asked"))
    if times >= MOST:
        reasons.append(Reason("wait_twice"))
    if reasons or day is None:
        return Refusal(act=act, reasons=tuple(reasons))
    due = morning_of(next_working_day(case.rules.calendar, day))
    plan = stepped(
        case, act, roles[0], before=case.request, after=_after(case, roles, day, at), at=at
    )
    plan = replace(plan, beside=(_reminder(case, roles, due),))
    return replace(plan, letters=tuple(_told(case.after(plan), plan, roles, at)))


def may_wait(case: Case) -> bool:
    """Whether the routine knows waits: what time opens has days that its bodies have agreed on."""
    return not case.workflow.opens_with.by_time


def day_faults(day: date | None, today: date) -> Iterator[Reason]:
    """Why nobody can be waited for until `day`."""
    if day is None:
        yield Reason("wait_no_day")
    elif day <= today:
        yield Reason("wait_past", {"day": day})
    elif day > today + LONGEST:
        yield Reason("wait_too_far", {"day": day, "latest": today + LONGEST})


def waits_until(request: Request, role: str) -> date | None:
    """Until which day the role has asked to be waited for in the present state."""
    kept = _kept(request).get(role)
    return date.fromisoformat(kept[0]) if kept else None


def is_left_alone(request: Request, role: str, at: datetime) -> bool:
    """Whether no chaser goes to the role yet at `at`."""
    day = waits_until(request, role)
    return day is not None and oslo_day(at) < day


def standing(case: Case, at: datetime) -> tuple[tuple[str, date], ...]:
    """The roles that are waited for until a day yet to come, with that day."""
    found = ((role, waits_until(case.request, role)) for role in owed_by(case))
    return tuple((role, day) for role, day in found if day is not None and day > oslo_day(at))


def ends_anyhow(case: Case) -> date | None:
    """The last day before time closes the request, waited for or not; None where it never does."""
    ends, _ = lapse_of(case.timers)
    return None if ends is None else last_day(ends)


def _kept(request: Request) -> dict[str, tuple[str, int]]:
    kept: Any = request.kept.get(_KEPT, {})
    return dict(kept.get("of", {})) if kept.get("since") == request.since.isoformat() else {}


def _after(case: Case, roles: tuple[str, ...], day: date, at: datetime) -> Request:
    request = case.request
    of = _kept(request)
    of |= {role: (day.isoformat(), of.get(role, ("", 0))[1] + 1) for role in roles}
    kept = {**request.kept, _KEPT: {"since": request.since.isoformat(), "of": of}}
    after = replace(request, kept=kept, changed_at=at)
    return replace(after, due_at=late_at(after, owed_by(case), request.due_at))


def late_at(request: Request, owing: Sequence[str], due: datetime | None) -> datetime | None:
    """When the wait becomes late that is late at `due` by the state's deadlines: not before the
    day, where all who owe have asked for one.
    """
    days = [waits_until(request, role) for role in owing]
    known = [morning_of(day) for day in days if day is not None]
    return due if due is None or len(known) < len(days) else max(due, min(known, default=due))


def _reminder(case: Case, roles: tuple[str, ...], due: datetime) -> TimerDraft:
    calendar = case.rules.calendar
    return TimerDraft(
        position=0,
        action="remind",
        target=WAIT_OVER,
        roles=roles,
        due_at=due,
        every="",
        at_most=1,
        rule=WAIT_OVER,
        calendar=f"{calendar.name} {calendar.version}",
    )


def _told(case: Case, plan: Plan, roles: tuple[str, ...], at: datetime) -> Iterator[LetterDraft]:
    """The letter about it to whoever brought the request here, and to its opener."""
    happening = Happening(case=case, act=plan.act, role=plan.role, at=at)
    moved = next((e for e, start, to in reversed(case.facts.history) if start != to), "")
    by = case.workflow.events[moved].by if moved in case.workflow.events else ()
    written = set()
    for role in dict.fromkeys((*by, case.workflow.opens_with.by)):
        known = case.workflow.roles.get(role)
        if known is None or case.party_of(known) is None or role in roles:
            continue
        for letter in role_letters(happening, role, WAIT_TOLD):
            if letter.receiver not in written:
                written.add(letter.receiver)
                yield with_extra(letter, **_texts(case, plan, roles))


def _texts(case: Case, plan: Plan, roles: tuple[str, ...]) -> dict[str, object]:
    ends = ends_anyhow(case)
    day = waits_until(plan.after, roles[0])
    return {
        "until": day.isoformat() if day else "",
        "ends": ends.isoformat() if ends else "",
    }
