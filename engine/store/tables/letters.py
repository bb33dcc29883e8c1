"""The tables of mail out: letters, what became of them, and what coordinators are told."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from engine.store.tables.constraints import Row, only, where

LETTER_STATES = (
    "waiting", "held", "shadow", "sending", "sent", "retry", "dead", "cancelled",
)  # fmt: skip
UNSENT = "state IN ('waiting', 'held')"
OUTCOMES = ("delayed", "soft", "hard")


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
        where("ix_letter_told", f"told = 1 AND {UNSENT}", "not_before"),
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
    told: int
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


class LetterDelay(Row, table=True):
    """A letter that is tried again and again: its five days count from the first failure."""

    __tablename__ = "letter_delay"
    letter: int = Field(foreign_key="letter.id", primary_key=True)
    since: str


class CalendarEntry(Row, table=True):
    """A day that a letter has put into its receiver's calendar, or has taken out of it."""

    __tablename__ = "calendar_entry"
    letter: int = Field(foreign_key="letter.id", primary_key=True)
    kind: str = Field(primary_key=True)
    day: str
    stands: int


class Gathered(Row, table=True):
    """A letter that left inside another one, which holds several."""

    letter: int = Field(foreign_key="letter.id", primary_key=True)
    carrier: int = Field(foreign_key="letter.id", index=True)
    place: int


class Pause(Row, table=True):
    """A time in which nothing leaves the site; open until somebody lets letters go again."""

    __table_args__ = (where("ix_pause_open", "resumed_at IS NULL", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    reason: str
    since: str
    resumed_at: str | None


class Morning(Row, table=True):
    """A morning that has been seen to, whether or not there was anything to say."""

    day: str = Field(primary_key=True)
    at: str
    recorded_at: str


class MorningItem(Row, table=True):
    """What a number of the morning letters stands for, and who has seen to it."""

    __tablename__ = "morning_item"
    __table_args__ = (
        where("uq_morning_item_stands", "settled_at IS NULL", "kind", "subject", unique=True),
    )
    number: int = Field(primary_key=True)
    since: str = Field(primary_key=True)
    """When it got the number; another item has it later."""
    kind: str
    subject: str
    """A request's number, a party with a duty, or the id of a mail, a letter, or a timer with its
    occurrence.
    """
    settled_at: str | None
    """When somebody settled it, or nothing waited any more."""
    said_by: str
    """Who has written of it, and what; both empty until somebody has."""
    said: str


class Bounce(Row, table=True):
    """What is known of a letter that came back: the worst that was said of it."""

    __table_args__ = (only("outcome", *OUTCOMES),)
    letter: int = Field(foreign_key="letter.id", primary_key=True)
    address: str = Field(index=True)
    outcome: str
    status: str
    """The enhanced status code (RFC 3463), or the reply code of SMTP; empty where none is known."""
    reason: str
    inbox: int | None = Field(foreign_key="inbox.id")
    """The mail that said so; none where the server said it while the letter was handed over."""
    at: str
    recorded_at: str


class Suspension(Row, table=True):
    """An address that gets no more letters until it is lifted; kept afterwards."""

    __table_args__ = (where("ix_suspension_open", "lifted_at IS NULL", "address"),)
    address: str = Field(primary_key=True)
    since: str
    letter: int = Field(foreign_key="letter.id")
    """The letter that did not reach it; its bounce holds the reason."""
    lifted_at: str | None
