"""The smallest set of rows for one transition: the request, its history, and one letter to send.

The program writes more for the same (timers, a second letter, a hash chain); its peers need not.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

FORM = {f"point {n}": "Deltakeren kan forebygge fall i sykehjem." for n in range(11)}
AT = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
BEFORE, AFTER = "submitted", "received"
metadata = sa.MetaData()
request = sa.Table(
    "request",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("form", sa.JSON, nullable=False),
)
history = sa.Table(
    "history",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("request", sa.ForeignKey("request.id"), nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("from_state", sa.Text, nullable=False),
    sa.Column("to_state", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("request", sa.ForeignKey("request.id"), nullable=False),
    sa.Column("receiver", sa.Text, nullable=False),
    sa.Column("template", sa.Text, nullable=False),
    sa.Column("variables", sa.JSON, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)


def engine_of(url: str) -> sa.Engine:
    """An engine on the database; SQLite writes ahead and syncs fully, as the program does."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _promise)
    return engine


def fill(engine: sa.Engine, count: int, *, more: dict[str, Any] | None = None) -> None:
    """Make the tables anew, with so many requests that wait to be received."""
    metadata.drop_all(engine)
    metadata.create_all(engine)
    rows = [{"id": n, "state": BEFORE, "version": 0, "form": FORM} for n in range(1, count + 1)]
    with engine.begin() as connection:
        connection.execute(request.insert(), [{**row, **(more or {})} for row in rows])


def same_rows(engine: sa.Engine, count: int) -> None:
    """Every request must have moved once, with its history and its letter."""
    with engine.connect() as connection:
        moved = sa.select(sa.func.count()).select_from(request).where(request.c.state == AFTER)
        found = [connection.scalar(moved)]
        found += [
            connection.scalar(sa.select(sa.func.count()).select_from(each))
            for each in (history, outbox)
        ]
    assert found == [count] * 3, found


def without(place: str) -> None:
    """Remove what an earlier round left of the SQLite file at `place`."""
    for leftover in Path(place).parent.glob(f"{Path(place).name}*"):
        leftover.unlink()


def _promise(connection: Any, _: Any) -> None:
    # As DBOS sets it for itself: two writers wait for each other at the beginning, not at the end.
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA busy_timeout=30000")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
