"""The register's tables: parties and their people, agreements, and what we last heard from whom."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from engine.store.tables.constraints import Row, only, where


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
    main: int
    """Whether it gets the duty's letters alone."""
    at_once: int
    """Whether nothing is gathered for the person."""


class ContactAlias(Row, table=True):
    __tablename__ = "contact_alias"
    contact: int = Field(foreign_key="contact.id", primary_key=True)
    address: str = Field(primary_key=True, index=True)


class PartyDomain(Row, table=True):
    """A mail domain of a party; several parties may share one, and then it names neither."""

    __tablename__ = "party_domain"
    domain: str = Field(primary_key=True)
    party: str = Field(foreign_key="party.id", primary_key=True)


class Absence(Row, table=True):
    __table_args__ = (CheckConstraint("since <= until", name="period"),)
    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(index=True)
    since: str
    until: str
    substitute: str
    recorded_at: str


class Correspondent(Row, table=True):
    """What we last heard from an address that the register writes to."""

    address: str = Field(primary_key=True)
    seen_at: str
    asked_at: str | None
    confirmed_at: str | None
    automatic_at: str | None
    """When an automatic reply came; emptied when a person writes from the address."""


class Agreement(Row, table=True):
    __table_args__ = (CheckConstraint("since < until", name="period"),)
    id: int | None = Field(default=None, primary_key=True)
    since: str
    until: str
    recorded_at: str


class RegisterRevision(Row, table=True):
    """One row that counts up with every change of the parties, so that readers may keep them."""

    __tablename__ = "register_revision"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: int = Field(primary_key=True)
    revision: int


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
