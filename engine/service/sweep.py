"""Deadlines: find the timers that are due, and let the plan decide what they bring about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from engine.calendar import add
from engine.model import TIME, Act, Cause, Proof
from engine.plan.case import Case
from engine.plan.reminding import letters_due
from engine.service.acting import act_on, case_of, in_transaction
from engine.service.site import Site
from engine.store import timers
from engine.store.apply import apply
from engine.store.database import Transaction
from engine.store.letters import write_letter
from engine.store.timers import TimerRow

BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What one sweep found and did."""

    at: datetime
    due: int = 0
    fired: int = 0
    reminded: int = 0
    escalated: int = 0
    refused: int = 0


def sweep(site: Site, at: datetime, *, dry_run: bool = False) -> Swept:
    """Do what every timer that is due at `at` asks for, each in a transaction of its own.

    A sweep holds no rule: the plan decides. A timer whose event is refused is finished and counted.
    """
    if dry_run:
        with site.database.reading() as tx:
            return Swept(at=at, due=len(timers.due(tx, at, BATCH)))
    count: Counter[str] = Counter()
    while (outcome := in_transaction(site, lambda tx: _next(site, tx, at))) is not None:
        count[outcome] += 1
    return Swept(
        at=at,
        due=count.total(),
        fired=count["fire"],
        reminded=count["remind"] + count["send"],
        escalated=count["escalate"],
        refused=count["refused"],
    )


def _next(site: Site, tx: Transaction, at: datetime) -> str | None:
    """Handle the timer that has been due the longest; what it came to, or None when none is due."""
    due = timers.due(tx, at, 1)
    if not due:
        return None
    timer = due[0]
    case = case_of(site, tx, timer.request, at, event=timer.target)
    timers.finish(tx, timer.id, _again(case, timer, at))
    if timer.action == "fire":
        return _fire(site, tx, case, timer, at)
    _write(site, tx, case, timer, at)
    return timer.action


def _fire(site: Site, tx: Transaction, case: Case, timer: TimerRow, at: datetime) -> str:
    act = Act(
        event=timer.target,
        actor=TIME,
        proof=Proof.SITE,
        cause=Cause("timer", str(timer.id)),
        key=timer.key,
    )
    step = act_on(case, act, at)
    if step.reasons:
        return "refused"
    apply(tx, step.events, recorded_at=site.clock.now(), outbox=site.outbox())
    return "fire"


def _write(site: Site, tx: Transaction, case: Case, timer: TimerRow, at: datetime) -> None:
    drafts = letters_due(case, timer.action, timer.target, timer.roles, at)
    for n, draft in enumerate(drafts):
        write_letter(
            tx,
            draft,
            seed=f"{timer.key}|{n}|{draft.receiver}",
            request_id=timer.request_id,
            inbox_id=None,
            cause=Cause("timer", str(timer.id)),
            at=at,
            recorded_at=site.clock.now(),
            outbox=site.outbox(),
            workflow=timer.workflow,
        )


def _again(case: Case, timer: TimerRow, at: datetime) -> datetime | None:
    """When the timer acts next: the first instant of its rhythm after `at`, so that an outage
    costs one act.
    """
    if timer.at_most and timer.occurrence + 1 >= timer.at_most:
        return None
    span = case.workflow.timers[timer.state][timer.position].every
    if span is None:
        return None
    due = add(case.rules.calendar, timer.due_at, span)
    while due <= at:
        due = add(case.rules.calendar, due, span)
    return due
