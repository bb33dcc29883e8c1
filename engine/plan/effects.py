"""What follows from an event: the request after it, its course, its share, its timers and its
letters.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from engine.definition.types import Event
from engine.domain.labels import direction_of
from engine.domain.request_information import information_of
from engine.model import Act, CourseChange, Plan, Request
from engine.plan.case import Case, Happening
from engine.plan.keeping import kept_after
from engine.plan.letters import event_letters
from engine.plan.timing import due_of, timers_for

ShareStep = Literal["start", "end"] | None
Direction = Literal["to_ks", "from_ks"] | None


def carried_out(case: Case, event: Event, act: Act, role: str, at: datetime) -> Plan:
    """The plan of `event` happening at `at`, brought about by `role`; every rule has been asked
    already.
    """
    before = case.request
    form, kept = kept_after(event, act, role, before, at)
    target = event.target(before.state)
    moved = event.to is not None and target != before.state
    after = replace(
        before,
        state=target,
        form=form,
        kept=kept,
        changed_at=at,
        since=at if moved else before.since,
        done=() if moved else tuple(dict.fromkeys((*before.done, f"{role}:{event.name}"))),
    )
    return planned(case, act, role, before=before, after=after, event=event, at=at)


def planned(
    case: Case,
    act: Act,
    role: str,
    *,
    before: Request | None,
    after: Request,
    event: Event | None,
    at: datetime,
) -> Plan:
    """The whole plan for a step from `before` (None: opening) to `after`."""
    moved = before is None or before.state != after.state
    timers = timers_for(case.workflow, after, case.rules.calendar) if moved else None
    if timers is not None:
        after = replace(after, due_at=due_of(timers))
    share, direction = _sharing(case, before, after)
    plan = Plan(
        act=act,
        at=at,
        before=before,
        after=after,
        role=role,
        course=course_change(case, before, after, act, at),
        share=share,
        direction=direction,
        timers=timers,
    )
    if event is None:
        return plan
    happening = Happening(case=case.after(plan), act=act, role=role, at=at)
    return replace(plan, letters=event_letters(happening, event))


def _sharing(case: Case, before: Request | None, after: Request) -> tuple[ShareStep, Direction]:
    states = case.workflow.states
    was = None if before is None else states[before.state].label
    now = states[after.state].label
    if was == now:
        return None, None
    return ("start" if now else "end"), direction_of(now or was or "")


def course_change(
    case: Case, before: Request | None, after: Request, act: Act, at: datetime
) -> CourseChange | None:
    """The course as the request's form now describes it; None where the form says nothing new.

    The first request to name a free short name holds it, until the request ends in a final state.
    """
    final = case.workflow.states[after.state].final
    if before is not None and before.form == after.form and not final:
        return None
    if after.owner is None:
        return None
    situation = replace(case, request=after).situation(act, at)
    valid = information_of(after, case.facts, situation.today, case.workflow.opens_with.form).values
    return CourseChange(
        owner=after.owner,
        short_name=valid.get("short_name", ""),
        full_name=valid.get("full_name", after.form.get("full_name", "")),
        claimed=bool(valid.get("short_name")) and not final,
        licence=valid.get("licence", ""),
        link=valid.get("link", ""),
        information=valid,
    )
