"""The tables about the site itself: its workers, its routines, its links, and the schema."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint
from sqlmodel import Field

from engine.store.tables.constraints import Row, only


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


class WorkflowVersion(Row, table=True):
    __tablename__ = "workflow_version"
    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    text: str
    sha256: str
    recorded_at: str


class SchemaVersion(Row, table=True):
    """One row: the schema's revision. Column and constraint are named as Alembic wants them."""

    __tablename__ = "schema_version"
    __table_args__ = (PrimaryKeyConstraint("version_num", name="schema_version_pkc"),)
    version_num: str = Field(primary_key=True, max_length=32)


class Tally(Row, table=True):
    """How many rows were ever written to a table of which none is removed; each process counts in
    a row of its own, so that none waits for another.
    """

    kind: str = Field(primary_key=True)
    stripe: int = Field(primary_key=True)
    written: int


class LinkCheck(Row, table=True):
    """What a link answered when it was last asked for, by business time."""

    __tablename__ = "link_check"
    __table_args__ = (only("state", "alive", "failing", "unknown"),)
    url: str = Field(primary_key=True)
    state: str
    why: str
    detail: str
    checked_at: str
    failing_since: str | None
    broken_since: str | None


class LinkHost(Row, table=True):
    """From when on, by the wall clock, a worker may ask the host for a page."""

    __tablename__ = "link_host"
    host: str = Field(primary_key=True)
    free_at: str
