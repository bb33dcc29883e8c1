"""The tables of requests: courses, shares, history with its grounds, and timers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from engine.store.tables.constraints import Row, only, where


class Course(Row, table=True):
    __table_args__ = (
        UniqueConstraint("platform", "short_name_key"),
        CheckConstraint("platform IS NULL OR short_name_key <> ''", name="claim"),
    )
    id: int | None = Field(default=None, primary_key=True)
    owner: str = Field(foreign_key="party.id")
    short_name: str
    short_name_key: str
    platform: str | None = Field(foreign_key="party.id")
    full_name: str
    licence: str
    link: str
    information: str


class Request(Row, table=True):
    __table_args__ = (where("ix_request_escalated", "escalated_at IS NOT NULL", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    number: str | None = Field(unique=True)
    workflow: str = Field(index=True)
    version: int
    state: str
    since: str
    owner: str | None = Field(foreign_key="party.id")
    borrower: str | None = Field(foreign_key="party.id")
    requester: str | None = Field(foreign_key="party.id")
    course: int | None = Field(foreign_key="course.id", index=True)
    opened_at: str
    changed_at: str
    due_at: str | None
    escalated_at: str | None
    form: str
    kept: str
    done: str
    seq: int
    head: str
    last_act: str | None


class Share(Row, table=True):
    __table_args__ = (
        only("direction", "to_ks", "from_ks"),
        where(
            "uq_share_active",
            "ended_at IS NULL",
            "course",
            "direction",
            "borrower",
            unique=True,
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    course: int = Field(foreign_key="course.id")
    direction: str
    lender: str = Field(foreign_key="party.id")
    borrower: str = Field(foreign_key="party.id")
    since: str
    ended_at: str | None
    request: int = Field(foreign_key="request.id", index=True)


class History(Row, table=True):
    """Append-only; `actor` and `note` may be emptied later without breaking the chain."""

    __table_args__ = (
        only("cause_kind", "mail", "command", "timer"),
        Index("ix_history_cause", "cause_kind", "cause_ref"),
        {"sqlite_with_rowid": False},
    )
    request: int = Field(foreign_key="request.id", primary_key=True)
    seq: int = Field(primary_key=True)
    at: str
    recorded_at: str
    event: str
    from_state: str | None
    to_state: str
    role: str
    contact: int | None = Field(foreign_key="contact.id")
    party: str | None = Field(foreign_key="party.id")
    actor: str | None
    cause_kind: str
    cause_ref: str
    key: str = Field(unique=True)
    note: str | None
    note_digest: str
    values_digest: str
    workflow: str
    version: int
    format: int
    previous: str
    hash: str


class Grounds(Row, table=True):
    """What an event was decided on and left behind; covered by the chain through its salt, so that
    a row can be removed without breaking the chain, and nobody can guess what it held.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)
    request: int = Field(foreign_key="request.id", primary_key=True)
    seq: int = Field(primary_key=True)
    salt: str
    said: str
    """The values that came with the act."""
    facts: str
    """What its guards read."""
    outcome: str
    """Digests of the request, its course and its share as the event left them."""


class Timer(Row, table=True):
    __table_args__ = (
        only("action", "remind", "send", "escalate", "fire"),
        only("status", "armed", "done", "void"),
        where("ix_timer_due", "status = 'armed'", "due_at"),
        where("ix_timer_request", "status = 'armed'", "request"),
    )
    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id")
    state: str
    position: int
    action: str
    target: str
    roles: str
    due_at: str
    every: str
    at_most: int
    occurrence: int
    """How often it has acted; the key of the next act is `timer:<id>:<occurrence + 1>`."""
    rule: str
    calendar: str
    status: str
    seal: str
    """The digest of all of the above, made anew with every change."""


class Counter(Row, table=True):
    year: int = Field(primary_key=True)
    last: int
