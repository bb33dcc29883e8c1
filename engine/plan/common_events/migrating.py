"""A running request taken over by another version of its routine: it stands where it stood, and
only its deadlines are worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace

from engine.calendar import last_day
from engine.definition.types import Workflow
from engine.machine import Table
from engine.model import Act, Plan, Reason, Refusal, Request, TimerDraft
from engine.plan.case import Case, clock_behind
from engine.plan.common_events.mending import missing
from engine.plan.common_events.waiting import late_at
from engine.plan.letters import COORDINATOR
from engine.plan.possible import owed_by
from engine.plan.timing import BESIDE, due_of, next_occurrence, timers_at


class Standing(Protocol):
    """A timer of the present state: one that is armed, or one that has done all it had to do."""

    @property
    def action(self) -> str:
        """`remind`, `send`, `escalate` or `fire`."""

    @property
    def target(self) -> str:
        """The event, or the template."""

    @property
    def roles(self) -> tuple[str, ...]:
        """To whom it writes."""

    @property
    def due_at(self) -> datetime:
        """When it acts, or acted for the last time."""

    @property
    def every(self) -> str:
        """Its rhythm."""

    @property
    def occurrence(self) -> int:
        """How often it has acted."""

    @property
    def armed(self) -> bool:
        """Whether it will act."""

    def draft(self) -> TimerDraft:
        """The same, to be armed once more."""


def migrated(
    case: Case,
    routine: tuple[Workflow, Table],
    act: Act,
    at: datetime,
    *,
    state: str,
    timers: Sequence[Standing],
) -> Plan | Refusal:
    """The request under `routine` in `state`, which is the present one by its name there, or every
    reason why it has to stay where it is.

    What `timers` have done is not done again; nobody is written to; and what would end the request
    at once, or without a warning, is refused.
    """
    workflow, table = routine
    reasons = list(clock_behind(case, at))
    if any(timer.armed and timer.due_at <= at for timer in timers):
        reasons.append(Reason("migrate_sweep"))
    if state not in workflow.states:
        values = {"state": _titles(case, case.request.state), "version": workflow.version}
        return Refusal(act=act, reasons=(*reasons, Reason("migrate_no_state", values)))
    before = case.request
    stands = replace(
        before,
        version=workflow.version,
        state=state,
        changed_at=at,
        last_act=before.last_act if _comes_back(before, workflow) else None,
    )
    moved = replace(case, workflow=workflow, table=table, request=stands, known={})
    reasons += _against(case, moved)
    drafts = moved.timers
    armed = (*_carried(moved, drafts, timers, at), *_beside(workflow, timers))
    reasons += _ends_early(moved, armed, at)
    if reasons:
        return Refusal(act=act, reasons=tuple(reasons))
    after = replace(stands, due_at=late_at(stands, owed_by(moved), due_of(drafts)))
    return Plan(act=act, at=at, before=before, after=after, role=COORDINATOR, timers=armed)


def _comes_back(request: Request, workflow: Workflow) -> bool:
    """Whether the last act can be taken back under the other version, too."""
    last = request.last_act
    return last is not None and (not last.state or last.state in workflow.states)


def _titles(case: Case, state: str) -> object:
    return case.workflow.states[state].titles


def _against(case: Case, moved: Case) -> Iterator[Reason]:
    """What of the state there is no other name for the present one."""
    was = case.workflow.states[case.request.state]
    now = moved.workflow.states[moved.request.state]
    values = {"state": was.titles, "to": now.titles, "version": moved.workflow.version}
    if now.final or was.label != now.label:
        yield Reason("migrate_other", values)
    waited = {moved.workflow.roles[role].of for role in now.waits_for} - {None}
    lacking = [of for of in sorted(map(str, waited)) if moved.request.party_of(of) is None]
    for name in dict.fromkeys((*missing(moved, moved.request), *lacking)):
        yield Reason("state_needs", {"state": now.titles, "field": name})


def _carried(
    case: Case, drafts: Sequence[TimerDraft], timers: Sequence[Standing], at: datetime
) -> tuple[TimerDraft, ...]:
    """The timers to arm: each as often as it is still to act, and as spent what needs not act."""
    known = [timer for timer in timers if timer.target not in BESIDE]
    left = [_times(timer) for timer in known]
    calendar = case.rules.calendar
    spent, ahead = [], []
    for draft in sorted(drafts, key=lambda each: each.due_at):
        most, times = (draft.at_most if draft.every else 1), 0
        for place, timer in enumerate(known):
            if _does_the_same(timer, draft):
                taken = min(left[place], most - times) if most else left[place]
                left[place], times = left[place] - taken, times + taken
        done = replace(draft, occurrence=times)
        if done.status == "done":
            spent.append(done)
            continue
        due = draft.due_at
        for _ in range(times):
            due = next_occurrence(calendar, due, draft.every, due) or due
        ahead.append(replace(done, due_at=due))
    return (*spent, *timers_at(case.workflow, case.request, calendar, at, tuple(ahead)))


def _times(timer: Standing) -> int:
    """How often it has really acted: an event that was refused has not happened."""
    refused = timer.action == "fire" and timer.armed and not timer.every
    return 0 if refused else timer.occurrence


def _does_the_same(timer: Standing, draft: TimerDraft) -> bool:
    same = (timer.action, timer.target) == (draft.action, draft.target)
    return same and (timer.roles == draft.roles or not set(timer.roles).isdisjoint(draft.roles))


def _beside(workflow: Workflow, timers: Iterable[Standing]) -> Iterator[TimerDraft]:
    """What waits beside the state's own deadlines goes on."""
    for timer in timers:
        if timer.target in BESIDE and timer.armed and set(timer.roles) <= set(workflow.roles):
            yield timer.draft()


def _ends_early(case: Case, armed: Sequence[TimerDraft], at: datetime) -> Iterator[Reason]:
    """Where time would end the request at once, or with no warning though the routine has one."""
    rules = case.workflow.timers.get(case.request.state, ())
    there = {timer.position: timer for timer in armed if timer.target not in BESIDE}
    for position, timer in there.items():
        if timer.action != "fire" or timer.status != "armed":
            continue
        warnings = [place for place, rule in enumerate(rules) if rule.warns_of == position]
        if timer.due_at <= at or any(place not in there for place in warnings):
            day = last_day(timer.due_at)
            values = {"day": day, "version": case.workflow.version}
            yield Reason("migrate_ends", values)
