"""Opening a database: a file of SQLite, or an address of PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from engine.store import schema
from engine.store.database import Database
from engine.store.sqlite import IN_MEMORY, SqliteDatabase


def is_address(url: str | Path) -> bool:
    """Whether it is the address of a PostgreSQL database, and no path of a file."""
    return isinstance(url, str) and url.startswith(("postgresql://", "postgres://"))


def open_database(url: str | Path, *, must_exist: bool = False) -> Database:
    """The database at a path, or at an address that begins with `postgresql://`.

    A missing SQLite file is made, empty, unless it `must_exist`; `schema.check` tells whether it
    holds tables. StoreError when it cannot be opened.
    """
    if is_address(url):
        # psycopg takes half a second to import, which only its users should pay.
        from engine.store.postgresql import PostgresqlDatabase

        return PostgresqlDatabase(str(url))
    return SqliteDatabase(str(url), must_exist=must_exist)


def memory() -> Database:
    """A new SQLite database in memory, with every table: for simulation and tests."""
    database = SqliteDatabase(IN_MEMORY)
    schema.create(database)
    return database
