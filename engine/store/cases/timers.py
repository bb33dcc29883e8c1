"""Deadlines as rows: what is due, and what has been done about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from engine.model import TimerDraft
from engine.store.database import Row, Transaction
from engine.store.encoding import (
    canonical,
    instant,
    names_text,
    read_as,
    read_maybe_instant,
    structure,
)
from engine.store.seals import seal_of_row


class TimerRow(Struct, frozen=True, kw_only=True):
    """One armed timer of a request."""

    id: int
    request: str
    request_id: int
    workflow: str
    state: str
    position: int
    action: Literal["remind", "send", "escalate", "fire"]
    target: str
    roles: tuple[str, ...]
    due_at: datetime
    every: str
    at_most: int
    occurrence: int
    """How often it has acted before."""
    rule: str
    calendar: str
    armed: bool = True

    @property
    def key(self) -> str:
        """The idempotency key of what it does next."""
        return f"timer:{self.id}:{self.occurrence + 1}"

    def draft(self) -> TimerDraft:
        """The same, to be armed once more."""
        return TimerDraft(
            position=self.position,
            action=self.action,
            target=self.target,
            roles=self.roles,
            due_at=self.due_at,
            every=self.every,
            at_most=self.at_most,
            rule=self.rule,
            calendar=self.calendar,
            occurrence=self.occurrence,
        )


def due(
    tx: Transaction, at: datetime, limit: int, but: Collection[int] = ()
) -> tuple[TimerRow, ...]:
    """At most `limit` armed timers that are due at `at`, the longest overdue first.

    Those of the requests `but` are left out, and those of requests that have changed after `at`.
    In a writing transaction their requests are locked, and what another worker has locked is
    passed over.
    """
    name = "timers_due_locked" if tx.writes else "timers_due"
    params = {"at": instant(at), "at_most_rows": limit, "but": canonical(sorted(but))}
    return tuple(_read(row) for row in tx.all(name, params))


def of_request(tx: Transaction, request: int) -> tuple[TimerRow, ...]:
    """Every armed timer of one request, the earliest first."""
    return tuple(_read(row) for row in tx.all("timers_of_request", {"of_request": request}))


def of_requests(tx: Transaction, requests: Collection[int]) -> dict[int, list[TimerRow]]:
    """As `of_request`, for many requests at once, by their ids."""
    found: dict[int, list[TimerRow]] = {request: [] for request in requests}
    for row in tx.all("timers_of_requests", {"requests": canonical(sorted(requests))}):
        found[row["request"]].append(_read(row))
    return found


def of_stays(tx: Transaction, requests: Collection[int]) -> dict[int, list[TimerRow]]:
    """The timers of the present states of requests, the armed ones and those that are done."""
    found: dict[int, list[TimerRow]] = {request: [] for request in requests}
    for row in tx.all("timers_of_stays", {"requests": canonical(sorted(requests))}):
        found[row["request"]].append(_read(row))
    return found


def next_due(tx: Transaction) -> datetime | None:
    """When the next armed timer is due; None when none is armed."""
    row = tx.one("timers_next")
    return None if row is None else read_maybe_instant(row["at"])


def armed(tx: Transaction, number: str = "") -> tuple[TimerRow, ...]:
    """The armed timers of one request, or of all, the earliest first."""
    return tuple(_read(row) for row in tx.all("timers_armed", {"number": number}))


def arm(tx: Transaction, request: int, state: str, draft: TimerDraft) -> None:
    """Arm a timer of the request with that id, which stands in `state`."""
    tx.count("timer")
    tx.run("timer_insert", armed_row(request, state, draft))


def armed_row(request: int, state: str, draft: TimerDraft) -> dict[str, Any]:
    """The row of a timer that is armed for the request with that id, which stands in `state`."""
    row: dict[str, Any] = {
        "request": request,
        "state": state,
        "position": draft.position,
        "action": draft.action,
        "target": draft.target,
        "roles": names_text(draft.roles),
        "due_at": instant(draft.due_at),
        "every": draft.every,
        "at_most": draft.at_most,
        "occurrence": draft.occurrence,
        "rule": draft.rule,
        "calendar": draft.calendar,
        "status": draft.status,
    }
    row["seal"] = seal_of_row("timer", row)
    return row


def finish(tx: Transaction, timer: int, next_due: datetime | None = None) -> bool:
    """The timer has acted: it is done, or due again at `next_due`.

    False when it was no longer armed, as after the move that it caused itself.
    """
    if next_due is None:
        return tx.run("timer_finish", {"of_timer": timer}) == 1
    return tx.run("timer_rearm", {"of_timer": timer, "at": instant(next_due)}) == 1


def finish_all(tx: Transaction, acted: Sequence[tuple[int, datetime | None]]) -> None:
    """As `finish`, for many at once: (timer, when it acts next) each."""
    done = [{"of_timer": timer} for timer, next_due in acted if next_due is None]
    again = [
        {"of_timer": timer, "at": instant(next_due)}
        for timer, next_due in acted
        if next_due is not None
    ]
    tx.run_many("timer_finish", done)
    tx.run_many("timer_rearm", again)


def _read(row: Row) -> TimerRow:
    return read_as(
        TimerRow,
        row,
        request=row["number"],
        request_id=row["request"],
        roles=structure(row["roles"]),
        armed=row["status"] == "armed",
    )
