"""The tables about people: mail domains, absences, and what we last heard from whom."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from engine.store.description.constraints import Row, metadata

__all__ = ["metadata"]


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
