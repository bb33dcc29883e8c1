"""The one function that changes a request and writes history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.errors import StaleRequestError, StoreError
from engine.model import PLATFORM, Cause, Contact, LetterDraft, Plan
from engine.store.cases.requests import moving_params, request_params
from engine.store.cases.timers import armed_row
from engine.store.chain import (
    FORMAT,
    course_digest,
    grounds_digest,
    hash_of,
    new_salt,
    note_digest,
    request_digest,
)
from engine.store.database import Params, Row, Transaction
from engine.store.encoding import canonical, instant, json_text, read_as
from engine.store.mail_out.outbox import Outbox, entitle, letter_row, stop


class Applied(Struct, frozen=True, kw_only=True):
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


def recorded(tx: Transaction, key: str) -> Applied | None:
    """What the act with that idempotency key brought about; None when it never happened."""
    row = tx.one("history_by_key", {"key": key})
    return None if row is None else _recorded(row)


def recorded_among(tx: Transaction, keys: Sequence[str]) -> Mapping[str, Applied]:
    """What those of the acts that have happened already brought about, by their keys."""
    if not keys:
        return {}
    if len(keys) == 1:
        found = recorded(tx, keys[0])
        return {} if found is None else {keys[0]: found}
    rows = tx.all("history_by_keys", {"keys": canonical(keys)})
    return {row["key"]: _recorded(row) for row in rows}


def recorded_of(tx: Transaction, cause: Cause) -> tuple[Applied, ...]:
    """Every event that a mail, command or timer brought about, oldest first per request."""
    rows = tx.all("history_by_cause", {"cause_kind": cause.kind, "cause_ref": cause.ref})
    return tuple(_recorded(row) for row in rows)


def _recorded(row: Row) -> Applied:
    return read_as(Applied, row, request_id=row["request"], repeated=True)


__all__ = ["Applied", "apply", "recorded", "recorded_of"]

_TOGETHER: Final = (
    "history_insert", "grounds_insert", "timers_void", "timers_replaced", "timer_insert",
    "letters_insert",
)  # fmt: skip
"""What is written for many plans at once, in this order, after the requests themselves."""
_COUNTED: Final = {
    "history_insert": "history", "timer_insert": "timer", "letters_insert": "letter",
}  # fmt: skip
"""The tables whose rows are counted."""


def apply(
    tx: Transaction, plans: Sequence[Plan], *, recorded_at: datetime, outbox: Outbox
) -> tuple[Applied, ...]:
    """Write the plans whole, in order: state, course, share, timers, letters and history.

    A plan whose key stands already gives the recorded outcome, and neither it nor any after it
    is written. StaleRequestError when a request has changed since it was read, ClaimTakenError
    when another holds the short name or the key: roll back, read again, plan again.
    """
    writing = _Writing(tx, recorded_at, outbox)
    standing = recorded_among(tx, [plan.act.key for plan in plans])
    applied: list[Applied] = []
    for place, plan in enumerate(plans):
        if plan.act.key in standing:
            later = (standing.get(each.act.key) for each in plans[place:])
            applied += [outcome for outcome in later if outcome is not None]
            break
        applied.append(writing.write(plan))
    writing.flush()
    numbers = writing.number_the_opened()
    if not numbers:
        return tuple(applied)
    return tuple(
        replace(outcome, number=numbers.get(outcome.request_id, outcome.number))
        for outcome in applied
    )


class _Stand(Struct, kw_only=True):
    """Where a request stands while several plans are written on top of each other."""

    id: int
    number: str
    seq: int
    head: str
    course: int | None


class _Writing:
    """Plans on their way into rows.

    A statement costs more to begin than its row to write, and a row that nobody waits for can go
    with others: so what many plans write alike is gathered, and each statement is run once for all
    of it. What later rows need an id of, or what may take a name (requests that are opened,
    courses, shares), is written at once, after the names that plans before it have let go.
    """

    def __init__(self, tx: Transaction, recorded_at: datetime, outbox: Outbox) -> None:
        self._tx = tx
        self._recorded_at = recorded_at
        self._recorded_text = instant(recorded_at)
        self._outbox = outbox
        self._stands: dict[int, _Stand] = {}
        self._opened: dict[int, datetime] = {}
        self._of_opened: dict[int, list[tuple[dict[str, Any], LetterDraft]]] = {}
        """Letters whose subjects wait for the number of their request."""
        self._let_go: list[Params] = []
        self._moved: list[Params] = []
        self._gathered: dict[str, list[Params]] = {name: [] for name in _TOGETHER}
        self._unwritten: set[int] = set()
        self._mails: dict[str, str | None] = {}

    def write(self, plan: Plan) -> Applied:
        """Take a plan up; its rows stand after the next `flush`."""
        stand = self._stand(plan)
        if stand.id in self._unwritten:
            # A second step of the same request builds on the rows of the first.
            self.flush()
        self._unwritten.add(stand.id)
        outcome: dict[str, Any] = {}
        stand.course = self._course(plan, stand, outcome)
        after = moving_params(plan.after)
        after["course"] = stand.course
        outcome["letters"] = self._letters(plan, stand)
        entry = self._entry(plan, stand, after, outcome)
        self._move(stand, entry, after)
        self._share(plan, stand)
        self._timers(plan, stand)
        self._cancel(plan)
        return Applied(
            number=stand.number,
            request_id=stand.id,
            seq=stand.seq,
            hash=stand.head,
            event=plan.act.event,
            from_state=entry["from_state"],
            to_state=plan.after.state,
        )

    def flush(self) -> None:
        """Write what is gathered; StaleRequestError when a request is not as it was read."""
        self._free_names()
        if self._tx.run_many("request_update", self._moved) != len(self._moved):
            numbers = ", ".join(self._stands[each].number for each in sorted(self._unwritten))
            raise StaleRequestError(f"{numbers} has changed since it was read")
        work = [(name, rows) for name, rows in self._gathered.items() if rows]
        if work:
            self._tx.run_together(work)
        for name, rows in work:
            if name in _COUNTED:
                self._tx.count(_COUNTED[name], len(rows))
        self._moved = []
        self._gathered = {name: [] for name in _TOGETHER}
        self._unwritten.clear()

    def number_the_opened(self) -> dict[int, str]:
        """Give each opened request its number; last, so that the counter is locked briefly."""
        numbers = {}
        for request, opened_at in self._opened.items():
            year = oslo_day(opened_at).year
            (row,) = self._tx.all("counter_next", {"year": year})
            numbers[request] = f"KD-{year}-{row['last']:04d}"
            self._tx.run("request_number", {"number": numbers[request], "of_request": request})
            letters = self._of_opened.pop(request, [])
            for row, draft in letters:
                entitle(row, draft, numbers[request], self._outbox)
            self._tx.run_many("letters_insert", [row for row, _ in letters])
            self._tx.count("letter", len(letters))
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

    def _course(self, plan: Plan, stand: _Stand, outcome: dict[str, Any]) -> int | None:
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
            self._free_names()
            course = self._tx.insert("course_insert", params)
            outcome["course"] = [course, course_digest(params)]
            return course
        outcome["course"] = [course, course_digest(params)]
        update = {**params, "of_course": course}
        if change.claimed:
            self._free_names()
            self._tx.run("course_update", update)
        else:
            self._let_go.append(update)
        return course

    def _free_names(self) -> None:
        """Write the courses that hold no name any more, before another one may take it."""
        self._tx.run_many("course_update", self._let_go)
        self._let_go = []

    def _entry(
        self, plan: Plan, stand: _Stand, after: Params, outcome: dict[str, Any]
    ) -> dict[str, Any]:
        act, contact = plan.act, _acting_contact(plan)
        grounds = self._grounds(plan, stand, after, outcome)
        entry: dict[str, Any] = {
            "request": stand.id,
            "seq": stand.seq + 1,
            "at": instant(plan.at),
            "recorded_at": self._recorded_text,
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
            "note": act.told or None,
            "note_digest": note_digest(grounds["salt"], act.told),
            "workflow": plan.after.workflow,
            "version": plan.after.version,
            "format": FORMAT,
            "previous": stand.head,
        }
        entry["values_digest"] = grounds_digest(grounds, entry)
        entry["hash"] = hash_of(entry)
        return entry

    def _grounds(
        self, plan: Plan, stand: _Stand, after: Params, outcome: dict[str, Any]
    ) -> dict[str, Any]:
        outcome["request"] = request_digest(after)
        if plan.act.cause.kind == "mail":
            outcome["mail"] = self._mail(plan.act.cause.ref)
        if plan.act.actor.acts_for:
            outcome["for"] = plan.act.actor.acts_for
        if stand.number:
            outcome["number"] = stand.number
        if plan.share is not None:
            outcome["share"] = [stand.course, plan.after.owner, plan.after.borrower]
        grounds = {
            "request": stand.id,
            "seq": stand.seq + 1,
            "salt": new_salt(),
            "said": json_text(plan.act.values),
            "facts": canonical(plan.read),
            "outcome": json_text(outcome),
        }
        self._gathered["grounds_insert"].append(grounds)
        return grounds

    def _move(self, stand: _Stand, entry: dict[str, Any], params: dict[str, Any]) -> None:
        params["of_request"], params["of_seq"] = stand.id, stand.seq
        params["seq"] = stand.seq = entry["seq"]
        params["head"] = stand.head = entry["hash"]
        self._moved.append(params)
        self._gathered["history_insert"].append(entry)

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
        if plan.timers is not None and plan.before is not None:
            same = plan.before.version == plan.after.version
            name = "timers_void" if same else "timers_replaced"
            self._gathered[name].append({"of_request": stand.id})
        state = plan.after.state
        self._gathered["timer_insert"] += [
            armed_row(stand.id, state, draft) for draft in (*(plan.timers or ()), *plan.beside)
        ]

    def _cancel(self, plan: Plan) -> None:
        for letter in plan.cancels:
            if not stop(self._tx, letter):
                raise StaleRequestError(f"letter {letter} has left since it was read")

    def _letters(self, plan: Plan, stand: _Stand) -> list[str]:
        """Take up the plan's letters; their tokens, each of which is one letter of the request."""
        cause = plan.act.cause
        rows = [
            letter_row(
                draft,
                seed=f"{plan.act.key}|{index}|{draft.receiver}",
                request_id=stand.id,
                inbox_id=int(cause.ref) if cause.kind == "mail" else None,
                cause=cause,
                at=plan.told_at or plan.at,
                recorded_at=self._recorded_at,
                outbox=self._outbox,
                workflow=plan.after.workflow,
            )
            for index, draft in enumerate(plan.letters)
        ]
        if stand.id in self._opened:
            self._of_opened.setdefault(stand.id, []).extend(zip(rows, plan.letters, strict=True))
        else:
            for row, draft in zip(rows, plan.letters, strict=True):
                entitle(row, draft, stand.number, self._outbox)
            self._gathered["letters_insert"] += rows
        return [row["token"] for row in rows]

    def _mail(self, mail: str) -> str | None:
        """The hash of the stored mail that brings the events about."""
        if mail not in self._mails:
            row = self._tx.one("inbox_sha256", {"of_mail": int(mail)})
            self._mails[mail] = None if row is None else row["sha256"]
        return self._mails[mail]


def _acting_contact(plan: Plan) -> Contact | None:
    """The duty by which the actor acts: one at a party of the request, else its first."""
    contacts = plan.act.actor.contacts
    near = {plan.after.owner, plan.after.borrower, plan.after.requester}
    return next((c for c in contacts if c.party in near), contacts[0] if contacts else None)
