"""The tables that prove what the others hold, and keep what each event was decided on."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from engine.store.description.constraints import Row, metadata

__all__ = ["metadata"]


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


class MailSeal(Row, table=True):
    """The digest of a message's row, of what is attached to it, and of how it was sorted."""

    __tablename__ = "mail_seal"
    inbox: int = Field(foreign_key="inbox.id", primary_key=True)
    seal: str
    attached: str
    sorted: str


class Tally(Row, table=True):
    """How many rows were ever written to a table of which none is removed; each process counts in
    a row of its own, so that none waits for another.
    """

    kind: str = Field(primary_key=True)
    stripe: int = Field(primary_key=True)
    written: int


class RegisterProof(Row, table=True):
    """What each table of the register came to when it was changed, in a chain of its own."""

    __tablename__ = "register_proof"
    __table_args__ = (CheckConstraint("revision >= 0", name="revision"),)
    revision: int = Field(primary_key=True)
    digests: str
    found: str
    """The tables that were not as the change before had left them."""
    previous: str
    hash: str
