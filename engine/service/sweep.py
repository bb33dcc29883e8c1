"""Deadlines: find the timers that are due, and let the plan decide what they bring about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model import TIME, Act, Cause, Proof
from engine.service.acting import act_on, case_of, in_transaction
from engine.service.site import Site
from engine.store import timers
from engine.store.apply import apply
from engine.store.database import Transaction


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
    """Fire every event whose timer is due at `at`, each in a transaction of its own.

    A sweep holds no rule: the plan decides, and a timer whose event is refused is finished and counted.
    """
    with site.database.reading() as tx:
        due = timers.due(tx, at, action="fire")
    if dry_run:
        return Swept(at=at, due=len(due))
    outcomes = [_fire(site, timer, at) for timer in due]
    return Swept(
        at=at,
        due=len(due),
        fired=outcomes.count("fired"),
        refused=outcomes.count("refused"),
    )


def _fire(site: Site, timer: timers.DueTimer, at: datetime) -> str:
    def work(tx: Transaction) -> str:
        if not timers.finish(tx, timer.id):
            return "gone"
        act = Act(
            event=timer.target,
            actor=TIME,
            proof=Proof.SITE,
            cause=Cause("timer", str(timer.id)),
            key=f"timer:{timer.id}:{timer.occurrence + 1}",
        )
        case = case_of(site, tx, timer.number, at, event=timer.target)
        step = act_on(case, act, at)
        if step.reasons:
            return "refused"
        apply(tx, step.events, recorded_at=site.clock.now(), outbox=site.outbox())
        return "fired"

    return in_transaction(site, work)
