"""A request that only a missing agreement holds up: its deadlines stop until there is one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from engine.model import TIME, Act, Cause, Plan, Proof
from engine.plan.case import Case
from engine.plan.timing import WAITS_FROM, due_of, timers_at

HELD: Final = "on_hold"
"""What history calls it when a wait begins anew because no agreement is in force."""


def put_off(case: Case, cause: Cause, key: str, at: datetime) -> Plan:
    """The plan by which the request's wait counts from `at`, with its deadlines worked out anew.

    Asked whenever one of them is due while the request is on hold, so that nothing is overdue on
    the day that an agreement is in force again: every deadline then still has its whole length.
    """
    kept: Mapping[str, object] = {**case.request.kept, WAITS_FROM: at.isoformat()}
    after = replace(case.request, kept=kept, changed_at=at, last_act=None)
    drafts = case.timers_of(after)
    return Plan(
        act=Act(event=HELD, actor=TIME, proof=Proof.SITE, cause=cause, key=key),
        at=at,
        before=case.request,
        after=replace(after, due_at=due_of(drafts)),
        role=TIME.name,
        timers=timers_at(case.workflow, after, case.rules.calendar, at, drafts),
    )
