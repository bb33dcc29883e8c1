"""What follows from an event: the request after it, its course, its share, its timers and its
letters.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import RELATIONS, Event
from engine.domain.labels import SHARED_FROM_KS, direction_of
from engine.domain.request_information import information_of
from engine.model import Act, Course, CourseChange, LastAct, Plan, Request
from engine.plan.case import Case, Happening
from engine.plan.colleagues import told_to_colleagues
from engine.plan.facts_read import facts_read
from engine.plan.keeping import kept_after
from engine.plan.letters import letters_ordered
from engine.plan.timing import due_of, timers_at

ShareStep = Literal["start", "end"] | None
Direction = Literal["to_ks", "from_ks"] | None


def carried_out(case: Case, event: Event, act: Act, role: str, at: datetime) -> Plan:
    """The plan of `event` happening at `at`, brought about by `role`; every rule has been asked
    already.
    """
    before = case.request
    kept = kept_after(case, event, act, role, at)
    target = event.target(before.state)
    moved = event.to is not None and target != before.state
    after = replace(
        kept,
        state=target,
        changed_at=at,
        since=at if moved else before.since,
        done=() if moved else _done(before, kept, f"{role}:{event.name}"),
    )
    return planned(case, act, role, before=before, after=after, event=event, at=at)


def _done(before: Request, kept: Request, now: str) -> tuple[str, ...]:
    """What has been done in the state; an earlier act with other parties in the case is not."""
    same = all(before.party_of(each) == kept.party_of(each) for each in RELATIONS)
    return tuple(dict.fromkeys((*(before.done if same else ()), now)))


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
    plan = stepped(case, act, role, before=before, after=after, at=at)
    guards = case.workflow.opens_with.when if event is None else event.when
    if guards:
        plan = replace(plan, read=facts_read(case, guards))
    happening = Happening(case=case.after(plan), act=act, role=role, at=at)
    if event is None:
        return replace(plan, letters=letters_ordered(happening, case.workflow.opens_with.letters))
    letters = letters_ordered(happening, event.letters)
    return replace(plan, letters=(*letters, *told_to_colleagues(happening, event, letters)))


def stepped(
    case: Case, act: Act, role: str, *, before: Request | None, after: Request, at: datetime
) -> Plan:
    """The plan for a step from `before` to `after` without its letters."""
    last_act, timers = _last_act(before, after, act), None
    if before is None or before.state != after.state:
        calendar = case.rules.calendar
        drafts = case.timers_of(after)
        timers = timers_at(case.workflow, after, calendar, at, drafts)
        after = replace(after, last_act=last_act, due_at=due_of(drafts), escalated_at=None)
    else:
        after = replace(after, last_act=last_act)
    share, direction = _sharing(case, before, after)
    return Plan(
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


def _last_act(before: Request | None, after: Request, act: Act) -> LastAct | None:
    """What may be taken back now; all that one mail or command brings about is one act."""
    earlier = None if before is None else before.last_act
    if earlier is not None and earlier.cause == act.cause:
        return earlier
    if not act.actor.contacts:
        return None
    stood = before or after
    return LastAct(
        cause=act.cause,
        contacts=tuple(contact.id for contact in act.actor.contacts),
        state="" if before is None else before.state,
        since=stood.since,
        owner=stood.owner,
        borrower=stood.borrower,
        requester=stood.requester,
        due_at=stood.due_at,
        form=stood.form,
        kept=stood.kept,
        done=stood.done,
    )


def form_kept(case: Case, plan: Plan) -> str:
    """The name of the form that the plan's event corrects; the opening's own where it is none."""
    event = case.workflow.events.get(plan.act.event)
    keeps = event.keeps if event else ()
    named = next((keep.name for keep in keeps if keep.kind == "form"), None)
    return named or case.workflow.opens_with.form


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
    told = before is not None and (before.form, before.owner) == (after.form, after.owner)
    was_final = before is not None and case.workflow.states[before.state].final
    if case.workflow.opens_with.by_time:
        return None
    owner = after.owner or next(reversed(after.kept.get("earlier_owner", ())), None)
    if owner is None or (told and final == was_final):
        return None
    if told and final and case.facts.course is not None:
        return _let_go(case.facts.course, owner)
    form = case.workflow.opens_with.form
    valid = information_of(after, case.facts, oslo_day(at), form).values
    return CourseChange(
        owner=owner,
        short_name=valid.get("short_name", ""),
        full_name=valid.get("full_name", after.form.get("full_name", "")),
        claimed=bool(valid.get("short_name")) and not final and not is_there(case),
        licence=valid.get("licence", ""),
        link=valid.get("link", ""),
        information=valid,
    )


def _let_go(course: Course, owner: str) -> CourseChange:
    """The course as it stands, without a claim on its short name: an end says nothing new of it."""
    return CourseChange(
        owner=owner,
        short_name=course.short_name,
        full_name=course.full_name,
        claimed=False,
        licence=course.licence,
        link=course.link,
        information=course.information,
    )


def is_there(case: Case) -> bool:
    """Whether the routine is about courses that stand in KS Læring under their short names
    already, as what a trust borrows from there does.
    """
    return any(state.label == SHARED_FROM_KS for state in case.workflow.states.values())
