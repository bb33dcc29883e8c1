"""Every table of the site, described once; the SQL of `statements` comes from here.

Instants are TEXT `YYYY-MM-DDTHH:MM:SSZ`, days are TEXT `YYYY-MM-DD`, structures are JSON as TEXT:
the same on SQLite and PostgreSQL. Only `sources`, `generate` and tests import this module.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from engine.store.description.constraints import Row, only, where
from engine.store.description.tables_site import metadata

__all__ = ["DUTIES", "FOR_PEOPLE", "LETTER_STATES", "LOOKED_AT", "VERDICTS", "metadata"]

DUTIES = (
    "elearning", "subject_experts", "cooperation_unit", "ks_laering", "municipality",
    "contact_point", "coordinator", "network_leader", "network_deputy", "fousam", "su",
)  # fmt: skip
VERDICTS = (
    "opened", "fired", "already_done", "answered", "refused", "suggested", "delegate", "remark",
    "repeated", "unclear", "unconfirmed", "newcomer", "unknown_sender", "unproved_sender",
    "not_ours", "automatic", "bounce", "bulk", "loop", "unreadable", "oversize",
)  # fmt: skip
LETTER_STATES = (
    "waiting", "held", "shadow", "sending", "sent", "retry", "dead", "cancelled",
)  # fmt: skip
UNSENT = "state IN ('waiting', 'held')"
LOOKED_AT = (
    "unclear", "remark", "unreadable", "oversize", "newcomer", "unknown_sender",
    "unproved_sender", "bounce",
)  # fmt: skip
"""The verdicts on mail that a coordinator should look at."""
_LOOKED_AT = ", ".join(f"'{verdict}'" for verdict in LOOKED_AT)
FOR_PEOPLE = (
    f"(verdict IN ({_LOOKED_AT}) OR reasons LIKE '%\"answers_used_up\"%'"
    " OR reasons LIKE '%\"answers_in_circles\"%')"
)
"""Of mail with such a verdict, or whose answer was kept back for there had been enough."""


class Party(Row, table=True):
    __table_args__ = (
        only("side", "trust", "municipal", "joint"),
        only("written_standard", "nb", "nn", "neutral"),
    )
    id: str = Field(primary_key=True)
    kind: str
    side: str
    name: str
    written_standard: str
    organisation_number: str


class Contact(Row, table=True):
    __table_args__ = (
        only("duty", *DUTIES),
        only("language", "nb", "nn", "en"),
        only("proof", "site", "mail", "provisional"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
        UniqueConstraint("party", "duty", "email", "valid_from"),
        where(
            "uq_contact_point",
            "duty = 'contact_point' AND valid_until IS NULL",
            "party",
            unique=True,
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    party: str = Field(foreign_key="party.id", index=True)
    duty: str = Field(index=True)
    email: str = Field(index=True)
    name: str
    valid_from: str
    valid_until: str | None
    language: str | None
    proof: str


class ContactAlias(Row, table=True):
    __tablename__ = "contact_alias"
    contact: int = Field(foreign_key="contact.id", primary_key=True)
    address: str = Field(primary_key=True, index=True)


class Agreement(Row, table=True):
    __table_args__ = (CheckConstraint("since < until", name="period"),)
    id: int | None = Field(default=None, primary_key=True)
    since: str
    until: str
    recorded_at: str


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


class Inbox(Row, table=True):
    __table_args__ = (
        only("verdict", *VERDICTS),
        where("ix_inbox_message", "message_id <> ''", "message_id"),
        where("ix_inbox_undecided", "verdict IS NULL", "id"),
        where("ix_inbox_people", FOR_PEOPLE, "id"),
        Index("ix_inbox_sender", "sender", "received_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(index=True)
    source: str
    envelope: str
    received_at: str = Field(index=True)
    recorded_at: str
    message_id: str
    digest: str
    sender: str
    subject: str
    kind: str
    verdict: str | None
    decided_at: str | None
    request: int | None = Field(foreign_key="request.id", index=True)
    events: str
    reasons: str
    raw: bytes | None
    """The last, since SQLite comes to what stands behind it only by way of all its pages."""


class Letter(Row, table=True):
    __table_args__ = (
        only("state", *LETTER_STATES),
        only("language", "nb", "nn", "en"),
        only("cause_kind", "mail", "command", "timer"),
        # A short token may repeat between requests; within one it names one letter.
        UniqueConstraint("token", "request"),
        where("ix_letter_due", "state IN ('waiting', 'retry')", "not_before"),
        where("ix_letter_sending", "state = 'sending'", "claimed_at"),
        where("ix_letter_chasers", f"template = 'remind' AND {UNSENT}", "id"),
        where("ix_letter_stopped", "state IN ('dead', 'held')", "id"),
        where("ix_letter_claimed", "claimed_at IS NOT NULL", "claimed_at"),
        Index("ix_letter_receiver", "receiver", "written_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    request: int | None = Field(foreign_key="request.id", index=True)
    inbox: int | None = Field(foreign_key="inbox.id", index=True)
    cause_kind: str
    cause_ref: str
    role: str
    party: str | None = Field(foreign_key="party.id")
    receiver: str
    template: str
    language: str
    variables: str
    subject: str | None
    message_id: str = Field(unique=True)
    token: str
    in_reply_to: str
    at_once: int
    state: str
    not_before: str
    written_at: str
    recorded_at: str
    claimed_at: str | None
    sent_at: str | None
    tries: int
    code: int | None
    error: str
    seal: str
    """Two digests: of what never changes once a letter is written, and of how its row stands."""
    raw: bytes | None
    raw_sha256: str | None


class WorkflowVersion(Row, table=True):
    __tablename__ = "workflow_version"
    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    text: str
    sha256: str
    recorded_at: str
