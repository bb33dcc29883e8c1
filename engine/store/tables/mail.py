"""The tables of mail in: messages, where they came from, and what coordinators did with them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field

from engine.store.tables.constraints import Row, only, where

VERDICTS = (
    "opened", "fired", "already_done", "answered", "refused", "suggested", "delegate", "remark",
    "repeated", "unclear", "unconfirmed", "newcomer", "unknown_sender", "unproved_sender",
    "not_ours", "automatic", "bounce", "bulk", "loop", "unreadable", "oversize",
)  # fmt: skip
LOOKED_AT = (
    "unclear", "remark", "unreadable", "oversize", "newcomer", "unknown_sender",
    "unproved_sender", "bounce",
)  # fmt: skip
"""The verdicts on mail that a coordinator should look at."""
_LOOKED_AT = ", ".join(f"'{verdict}'" for verdict in LOOKED_AT)
FOR_PEOPLE = (
    f"(verdict IN ({_LOOKED_AT}) OR reasons LIKE '%\"answers_used_up\"%'"
    " OR reasons LIKE '%\"answers_in_circles\"%'"
    " OR reasons LIKE '%\"must_not_wait\"%'"
    " OR reasons LIKE '%\"words_%')"
)
"""Of mail with such a verdict, whose answer was kept back for there had been enough, that must
not wait, or whose own words are for people.
"""


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


class MailSeal(Row, table=True):
    """The digest of a message's row, of what is attached to it, and of how it was sorted."""

    __tablename__ = "mail_seal"
    inbox: int = Field(foreign_key="inbox.id", primary_key=True)
    seal: str
    attached: str
    sorted: str


class Sorting(Row, table=True):
    """Append-only: a message that somebody took in hand, and the verdict that it had before."""

    __table_args__ = (only("action", "retry", "attach", "discard"),)
    id: int | None = Field(default=None, primary_key=True)
    inbox: int = Field(foreign_key="inbox.id", index=True)
    action: str
    verdict: str | None
    """The verdict before; none where the message had not been judged."""
    note: str
    at: str
    recorded_at: str


class Arrival(Row, table=True):
    """A message that was fetched from a mailbox; `source` names its place there for ever."""

    source: str = Field(primary_key=True)
    mailbox: str
    inbox: int = Field(foreign_key="inbox.id", index=True)


class MailClaim(Row, table=True):
    """The message that was judged first of all that bear its Message-ID."""

    __tablename__ = "mail_claim"
    message_id: str = Field(primary_key=True)
    digest: str
    inbox: int = Field(foreign_key="inbox.id", index=True)


class SignatureCheck(Row, table=True):
    """Whether a message was signed by its sender's domain, as it was found when it was first read;
    its key may be gone tomorrow.
    """

    __tablename__ = "signature_check"
    inbox: int = Field(foreign_key="inbox.id", primary_key=True)
    domain: str
    signed: int
    at: str


class MailAttempt(Row, table=True):
    """A message that somebody has begun to judge, how often, and no end came."""

    __tablename__ = "mail_attempt"
    inbox: int = Field(foreign_key="inbox.id", primary_key=True)
    begun: int


class AnswerGiven(Row, table=True):
    """An answer to a mail that moved nothing; those of one day are numbered, to be bounded."""

    __tablename__ = "answer_given"
    address: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    inbox: int = Field(foreign_key="inbox.id", index=True)
    words: str
    """A digest of what the mail said: programs say the same again and again."""
    at: str


class MailboxMark(Row, table=True):
    """How far a mailbox that people read too has been read."""

    __tablename__ = "mailbox_mark"
    mailbox: str = Field(primary_key=True)
    # Numbers of messages go up to 2^32 (RFC 3501 §2.3.1.1).
    validity: int = Field(sa_column=Column(BigInteger, nullable=False))
    last: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: str


class Attachment(Row, table=True):
    """The content of an attachment, kept once however often it comes."""

    sha256: str = Field(primary_key=True)
    type: str
    size: int
    content: bytes


class Attached(Row, table=True):
    """What came along with a message, in its order; the name is only for showing."""

    inbox: int = Field(foreign_key="inbox.id", primary_key=True)
    place: int = Field(primary_key=True)
    sha256: str = Field(foreign_key="attachment.sha256", index=True)
    name: str
