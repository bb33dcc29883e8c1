"""The tables about mail's way in: what coordinators did with a message."""

from __future__ import annotations

from sqlmodel import Field

from engine.store.constraints import Row, metadata, only

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
