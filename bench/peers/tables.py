"""The program's own tables, as SQLModel describes them, and how a peer opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from engine.store.tables.letters import Letter
from engine.store.tables.requests import Course, History, Request, Timer

__all__ = ["Course", "History", "Letter", "Request", "Timer", "asking", "copied", "engine_of"]


def engine_of(url: str) -> sa.Engine:
    """An engine on the database; SQLite writes ahead and syncs fully, as the program does."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _promise)
    return engine


def asking(engine: sa.Engine) -> Any:
    """What gives the one number that a statement asks for."""

    def ask(sql: str) -> int:
        with engine.connect() as connection:
            return int(connection.scalar(sa.text(sql)) or 0)

    return ask


def copied(prepared: str, path: str) -> None:
    """Put a copy of the prepared SQLite file where an earlier round left its own."""
    for leftover in Path(path).parent.glob(f"{Path(path).name}*"):
        leftover.unlink()
    Path(path).write_bytes(Path(prepared).read_bytes())


def _promise(connection: Any, _: Any) -> None:
    # As DBOS sets it for itself: two writers wait for each other at the beginning, not at the end.
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA busy_timeout=30000")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
