"""The tables of the year of the networks: areas, networks, their seats, and what SU decides."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from engine.store.tables.constraints import Row, only


class Area(Row, table=True):
    """An area of cooperation, which is a party too: a trust, its municipalities, FOUSAM and SU."""

    id: str = Field(primary_key=True, foreign_key="party.id")
    trust: str = Field(foreign_key="party.id")
    fousam: str
    """What people there call the body that gathers plans and reports."""
    su: str


class AreaMember(Row, table=True):
    __tablename__ = "area_member"
    area: str = Field(foreign_key="area.id", primary_key=True)
    party: str = Field(foreign_key="party.id", primary_key=True)


class PriorityArea(Row, table=True):
    """What SU has decided that a year's plans shall be about (R79)."""

    __tablename__ = "priority_area"
    area: str = Field(foreign_key="area.id", primary_key=True)
    year: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    name: str


class Network(Row, table=True):
    """A professional network, which is a party too; its duties are contacts of that party."""

    __table_args__ = (
        CheckConstraint("closed_on IS NULL OR closed_on >= since", name="period"),
        CheckConstraint("decided_on <> ''", name="decided"),
    )
    id: str = Field(primary_key=True, foreign_key="party.id")
    area: str = Field(foreign_key="area.id", index=True)
    mandate: str
    decided_on: str
    """When SU set it up (R68)."""
    since: str
    """The first day on which the site follows its year."""
    closed_on: str | None


class NetworkMember(Row, table=True):
    __tablename__ = "network_member"
    network: str = Field(foreign_key="network.id", primary_key=True)
    party: str = Field(foreign_key="party.id", primary_key=True)
    named: str
    """Whom the party has named; empty while it has named nobody (R70)."""


class NetworkSeat(Row, table=True):
    """For which organisation a leader or a deputy sits: the two come from opposite sides (R90)."""

    __tablename__ = "network_seat"
    contact: int = Field(foreign_key="contact.id", primary_key=True)
    organisation: str = Field(foreign_key="party.id")


class NetworkTask(Row, table=True):
    """What SU asks of a network through FOUSAM (R80), and work groups with their end (R75)."""

    __tablename__ = "network_task"
    __table_args__ = (only("kind", "assignment", "work_group"),)
    id: int | None = Field(default=None, primary_key=True)
    network: str = Field(foreign_key="network.id", index=True)
    kind: str
    text: str
    since: str
    ends_on: str
    done_on: str | None
