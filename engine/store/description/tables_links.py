"""The tables about the links of shared courses: what each last answered, and whose turn it is."""

from __future__ import annotations

from sqlmodel import Field

from engine.store.description.constraints import Row, metadata, only

__all__ = ["metadata"]


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
