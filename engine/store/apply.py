"""The one function that changes a request and writes history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.calendar import oslo_day
from engine.errors import StaleRequestError, StoreError
from engine.model import PLATFORM, Cause, Contact, Plan
from engine.store import timers
from engine.store.chain import FORMAT, digest, hash_of
from engine.store.database import Row, Transaction
from engine.store.encoding import canonical, instant
from engine.store.outbox import Outbox, stop, write_letter
from engine.store.requests import request_params


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """One event as history has it."""

    number: str
    request_id: int
    seq: int
    hash: str
    event: str
    from_state: str | None
    to_state: str
    repeated: bool = False
    """Whether the key stood already, so that nothing was written now."""


def apply(
    tx: Transaction, plans: Sequence[Plan], *, recorded_at: datetime, outbox: Outbox
) -> tuple[Applied, ...]:
    """Write the plans whole, in order: state, course, share, timers, letters and history.

    A plan whose key stands already gives the recorded outcome, and neither it nor any after it
    is written. StaleRequestError when a request has changed since it was read, ClaimTakenError
    when another holds the short name or the key: roll back, read again, plan again.
    """
    writing = _Writing(tx, recorded_at, outbox)
    applied: list[Applied] = []
    for place, plan in enumerate(plans):
        if recorded(tx, plan.act.key) is not None:
            standing = (recorded(tx, later.act.key) for later in plans[place:])
            applied += [outcome for outcome in standing if outcome is not None]
            break
        applied.append(writing.write(plan))
    numbers = writing.number_the_opened()
    return tuple(
        replace(outcome, number=numbers.get(outcome.request_id, outcome.number))
        for outcome in applied
    )


def recorded(tx: Transaction, key: str) -> Applied | None:
    """What the act with that idempotency key brought about; None when it never happened."""
    row = tx.one("history_by_key", {"key": key})
    return None if row is None else _recorded(row)


def recorded_of(tx: Transaction, cause: Cause) -> tuple[Applied, ...]:
    """Every event that a mail, command or timer brought about, oldest first per request."""
    rows = tx.all("history_by_cause", {"cause_kind": cause.kind, "cause_ref": cause.ref})
    return tuple(_recorded(row) for row in rows)


def _recorded(row: Row) -> Applied:
    return Applied(
        number=row["number"],
        request_id=row["request"],
        seq=row["seq"],
        hash=row["hash"],
        event=row["event"],
        from_state=row["from_state"],
        to_state=row["to_state"],
        repeated=True,
    )


@dataclass(slots=True, kw_only=True)
class _Stand:
    """Where a request stands while several plans are written on top of each other."""

    id: int
    number: str
    seq: int
    head: str
    course: int | None


class _Writing:
    def __init__(self, tx: Transaction, recorded_at: datetime, outbox: Outbox) -> None:
        self._tx = tx
        self._recorded_at = recorded_at
        self._outbox = outbox
        self._stands: dict[int, _Stand] = {}
        self._opened: dict[int, datetime] = {}

    def write(self, plan: Plan) -> Applied:
        stand = self._stand(plan)
        stand.course = self._course(plan, stand)
        entry = self._entry(plan, stand)
        self._move(plan, stand, entry)
        self._tx.run("history_insert", entry)
        self._share(plan, stand)
        self._timers(plan, stand)
        self._cancel(plan)
        self._letters(plan, stand)
        return Applied(
            number=stand.number,
            request_id=stand.id,
            seq=stand.seq,
            hash=stand.head,
            event=plan.act.event,
            from_state=entry["from_state"],
            to_state=plan.after.state,
        )

    def number_the_opened(self) -> dict[int, str]:
        """Give each opened request its number; last, so that the counter is locked briefly."""
        numbers = {}
        for request, opened_at in self._opened.items():
            year = oslo_day(opened_at).year
            (row,) = self._tx.all("counter_next", {"year": year})
            numbers[request] = f"KD-{year}-{row['last']:04d}"
            self._tx.run("request_number", {"number": numbers[request], "of_request": request})
        return numbers

    def _stand(self, plan: Plan) -> _Stand:
        before = plan.before
        if before is None:
            unnumbered = replace(plan.after, number="", course=None, seq=0, head="")
            request = self._tx.insert("request_insert", request_params(unnumbered))
            self._opened[request] = plan.at
            self._stands[request] = _Stand(id=request, number="", seq=0, head="", course=None)
            return self._stands[request]
        request = before.id or next(reversed(self._opened), 0)
        if not request:
            raise StoreError(f"the plan of {plan.act.event} is about no stored request")
        fresh = _Stand(
            id=request, number=before.number, seq=before.seq, head=before.head, course=before.course
        )
        return self._stands.setdefault(request, fresh)

    def _course(self, plan: Plan, stand: _Stand) -> int | None:
        change = plan.course
        course = plan.after.course or stand.course
        if change is None:
            return course
        params = {
            "owner": change.owner,
            "short_name": change.short_name,
            "short_name_key": change.short_name.casefold(),
            "platform": PLATFORM if change.claimed else None,
            "full_name": change.full_name,
            "licence": change.licence,
            "link": change.link,
            "information": canonical(change.information),
        }
        if course is None:
            return self._tx.insert("course_insert", params)
        self._tx.run("course_update", {**params, "of_course": course})
        return course

    def _entry(self, plan: Plan, stand: _Stand) -> dict[str, Any]:
        act, contact = plan.act, _acting_contact(plan)
        entry: dict[str, Any] = {
            "request": stand.id,
            "seq": stand.seq + 1,
            "at": instant(plan.at),
            "recorded_at": instant(self._recorded_at),
            "event": act.event,
            "from_state": None if plan.before is None else plan.before.state,
            "to_state": plan.after.state,
            "role": plan.role,
            "contact": None if contact is None else contact.id,
            "party": None if contact is None else contact.party,
            "actor": act.actor.name,
            "cause_kind": act.cause.kind,
            "cause_ref": act.cause.ref,
            "key": act.key,
            "note": act.note or None,
            "note_digest": digest(act.note),
            "values_digest": digest(act.values),
            "workflow": plan.after.workflow,
            "version": plan.after.version,
            "format": FORMAT,
            "previous": stand.head,
        }
        return {**entry, "hash": hash_of(entry)}

    def _move(self, plan: Plan, stand: _Stand, entry: Row) -> None:
        after = replace(plan.after, course=stand.course, seq=entry["seq"], head=entry["hash"])
        where = {"of_request": stand.id, "of_seq": stand.seq}
        if self._tx.run("request_update", {**request_params(after), **where}) != 1:
            raise StaleRequestError(f"{stand.number} has changed since it was read")
        stand.seq, stand.head = after.seq, after.head

    def _share(self, plan: Plan, stand: _Stand) -> None:
        if plan.share == "end":
            if self._tx.run("share_end", {"at": instant(plan.at), "of_request": stand.id}) != 1:
                raise StoreError(f"{stand.number} has no share that {plan.act.event} could end")
        elif plan.share == "start":
            if stand.course is None or plan.direction is None:
                raise StoreError(f"{plan.act.event} shares no course in no direction")
            self._tx.insert(
                "share_insert",
                {
                    "course": stand.course,
                    "direction": plan.direction,
                    "lender": plan.after.owner,
                    "borrower": plan.after.borrower,
                    "since": instant(plan.after.since),
                    "ended_at": None,
                    "request": stand.id,
                },
            )

    def _timers(self, plan: Plan, stand: _Stand) -> None:
        if plan.timers is None:
            return
        self._tx.run("timers_void", {"of_request": stand.id})
        for draft in plan.timers:
            timers.arm(self._tx, stand.id, plan.after.state, draft)

    def _cancel(self, plan: Plan) -> None:
        for letter in plan.cancels:
            if not stop(self._tx, letter):
                raise StaleRequestError(f"letter {letter} has left since it was read")

    def _letters(self, plan: Plan, stand: _Stand) -> None:
        cause = plan.act.cause
        for index, draft in enumerate(plan.letters):
            write_letter(
                self._tx,
                draft,
                seed=f"{plan.act.key}|{index}|{draft.receiver}",
                request_id=stand.id,
                inbox_id=int(cause.ref) if cause.kind == "mail" else None,
                cause=cause,
                at=plan.at,
                recorded_at=self._recorded_at,
                outbox=self._outbox,
                workflow=plan.after.workflow,
            )


def _acting_contact(plan: Plan) -> Contact | None:
    """The duty by which the actor acts: one at a party of the request, else its first."""
    contacts = plan.act.actor.contacts
    near = {plan.after.owner, plan.after.borrower, plan.after.requester}
    return next((c for c in contacts if c.party in near), contacts[0] if contacts else None)
