"""The tables about the site itself: its workers, its counters, and the schema's version."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint
from sqlmodel import Field

from engine.store.description.constraints import Row, metadata

__all__ = ["metadata"]


class Heartbeat(Row, table=True):
    """A worker that runs: when it was last heard of, and how often it should be."""

    worker: str = Field(primary_key=True)
    at: str
    doing: str
    interval_seconds: int
    settings: str


class Pass(Row, table=True):
    """One row: the business time of the last pass over the deadlines, to the day."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: int = Field(primary_key=True)
    at: str


class Counter(Row, table=True):
    year: int = Field(primary_key=True)
    last: int


class RegisterRevision(Row, table=True):
    """One row that counts up with every change of the parties, so that readers may keep them."""

    __tablename__ = "register_revision"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: int = Field(primary_key=True)
    revision: int


class SchemaVersion(Row, table=True):
    """One row: the schema's revision. Column and constraint are named as Alembic wants them."""

    __tablename__ = "schema_version"
    __table_args__ = (PrimaryKeyConstraint("version_num", name="schema_version_pkc"),)
    version_num: str = Field(primary_key=True, max_length=32)
