"""Mistakes mended on stored requests: one's own last act taken back, and a coordinator's
corrections.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from engine.definition.types import Event
from engine.model import UNDO, Act, Actor, Cause, Plan, Proof, Refusal
from engine.plan.case import Case
from engine.plan.common_events import mending
from engine.plan.letters import COORDINATOR
from engine.plan.possible import blockers
from engine.service.acts.acting import Step, case_of
from engine.service.acts.commands import Done, act_of, done_before, finish, run
from engine.service.register.fallback_receiver import PERSONAL
from engine.service.site import Site
from engine.store.cases import queries
from engine.store.cases.queries import HistoryRow
from engine.store.database import Transaction
from engine.store.mail_out import letters
from engine.store.mail_out.gathering import is_inside
from engine.store.mail_out.letters import LetterRow

NEEDS = frozenset({"history", "shares", "short_name", "parties"})
"""What must be known before a request is put where no event would take it."""


def undone(site: Site, tx: Transaction, case: Case, act: Act, at: datetime) -> Step:
    """Taking back the actor's own last act on the request in `case`, decided."""
    last = case.request.last_act
    if last is None or last.cause == act.cause:
        return _step(case, act, mending.undo(case, act, at, ()))
    # The short name to look up is the one that the request had before.
    case = case_of(site, tx, case.request.number, at, values=last.form, needs=NEEDS)
    return _step(case, act, mending.undo(case, act, at, _caused(tx, case)))


def means_undo(case: Case, event: Event | None, act: Act, at: datetime) -> bool:
    """Whether a word that takes back means the last act, rather than the workflow's own `event`.

    An event that is open to the actor goes first; where it is not, and the last act is not their
    own either, the event's refusal says more.
    """
    if event is None or case.table.target(case.request.state, event.name) is None:
        return True
    is_open = case.role_for(event, act.actor) is not None and not blockers(case, event, act, at)
    return not is_open and mending.is_own(case.request.last_act, act)


def undo(
    site: Site, number: str, *, email: str, at: datetime, key: str = "", dry_run: bool = False
) -> Done:
    """Taking back on behalf of `email`; RefusedError carries every reason, and NotFoundError
    says that there is no such request.
    """
    key = key or str(uuid.uuid4())

    def work(tx: Transaction) -> Done:
        before = done_before(tx, key)
        if before is not None:
            return before
        act = act_of(tx, UNDO, email=email, at=at, key=key)
        case = case_of(site, tx, number, at)
        return finish(site, tx, undone(site, tx, case, act, at), dry_run=dry_run)

    return run(site, work, dry_run=dry_run)


def correct(
    site: Site,
    number: str,
    state: str,
    *,
    reason: str,
    at: datetime,
    email: str = "",
    key: str = "",
    dry_run: bool = False,
) -> Done:
    """Request `number` moved to `state` by a coordinator, for `reason`; errors as for `undo`."""

    def decided(case: Case, act: Act) -> Plan | Refusal:
        return mending.correct(case, act, at, state)

    order = _Order(event=mending.CORRECT, number=number, reason=reason, email=email, key=key)
    return _mend(site, order, decided, at, dry_run=dry_run)


def reopen(
    site: Site,
    number: str,
    *,
    reason: str,
    at: datetime,
    email: str = "",
    key: str = "",
    dry_run: bool = False,
) -> Done:
    """The closed request `number` open again where it last was; errors as for `undo`."""

    def decided(case: Case, act: Act) -> Plan | Refusal:
        return mending.reopen(case, act, at)

    order = _Order(event=mending.REOPEN, number=number, reason=reason, email=email, key=key)
    return _mend(site, order, decided, at, dry_run=dry_run)


class _Order(Struct, frozen=True, kw_only=True):
    event: str
    number: str
    reason: str
    email: str
    key: str


def _mend(
    site: Site,
    order: _Order,
    decided: Callable[[Case, Act], Plan | Refusal],
    at: datetime,
    *,
    dry_run: bool,
) -> Done:
    key = order.key or str(uuid.uuid4())

    def work(tx: Transaction) -> Done:
        before = done_before(tx, key)
        if before is not None:
            return before
        act = _coordinators(tx, order, key, at)
        case = case_of(site, tx, order.number, at, needs=NEEDS)
        result = decided(case, act)
        if isinstance(result, Plan):
            result = replace(result, cancels=_no_longer_so(tx, result))
        return finish(site, tx, _step(case, act, result), dry_run=dry_run)

    return run(site, work, dry_run=dry_run)


def _no_longer_so(tx: Transaction, plan: Plan) -> tuple[int, ...]:
    """The letters to others that have not left and tell of what is no longer so.

    Everything that happened since the request last stood as it now does again; where it never
    did, only what was asked again and again in the state that it leaves.
    """
    number, rows = plan.after.number, queries.history(tx, plan.after.number)
    been = [place for place, row in enumerate(rows) if _moved_to(row, plan.after.state)]
    gone = rows[been[-1] + 1 :] if been else ()
    return tuple(
        row.id
        for row in letters.of_request(tx, number)
        if row.state in mending.STOPPABLE
        and row.template not in PERSONAL
        and not row.at_once
        and (row.cause.kind == "timer" or _tells_of(row, gone))
    )


def _moved_to(row: HistoryRow, state: str) -> bool:
    return row.to_state == state and row.from_state != state


def _tells_of(letter: LetterRow, gone: Sequence[HistoryRow]) -> bool:
    """Whether one of the events, or what followed it, caused the letter."""
    if not gone or letter.written_at < gone[0].at:
        return False
    events = {row.event for row in gone}
    return letter.written_at > gone[0].at or letter.variables.get("event") in events


def _coordinators(tx: Transaction, order: _Order, key: str, at: datetime) -> Act:
    """The act as a coordinator's: access to the site proves it, and a name may stand with it."""
    if order.email:
        return act_of(tx, order.event, email=order.email, at=at, key=key, note=order.reason)
    return Act(
        event=order.event,
        actor=Actor(name=COORDINATOR),
        proof=Proof.SITE,
        cause=Cause("command", key),
        key=f"cli:{key}",
        note=order.reason,
    )


def _step(case: Case, act: Act, result: Plan | Refusal) -> Step:
    if isinstance(result, Refusal):
        return Step(act=act, reasons=result.reasons)
    return Step(act=act, events=(result,), case=case.after(result))


def _caused(tx: Transaction, case: Case) -> tuple[mending.CausedLetter, ...]:
    """The letters that the request's last act caused."""
    last = case.request.last_act
    if last is None:
        return ()
    return tuple(
        mending.CausedLetter(
            id=row.id,
            # What stands in another letter has left with it, or is about to.
            state="sent" if is_inside(row) else row.state,
            to_others=bool(row.receiver) and not row.at_once,
        )
        for row in letters.of_request(tx, case.request.number)
        if row.cause == last.cause
    )
