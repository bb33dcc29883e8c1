"""The tables about mail's way in: where it was fetched, and what coordinators did with it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column
from sqlmodel import Field

from engine.store.description.constraints import Row, metadata, only

__all__ = ["metadata"]


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
