"""One open database and its transactions; SQLite by default, PostgreSQL by address.

SQL is named: a transaction runs statements of `statements` by name, with named parameters.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

Row = Mapping[str, Any]
Params = Mapping[str, Any]


class Cursor(Protocol):
    """What both drivers' cursors can do here; rows are dicts by column name."""

    @property
    def rowcount(self) -> int:
        """How many rows the statement touched."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""


class Session(Protocol):
    """A driver's connection, wrapped so that its errors are the program's own."""

    def execute(self, sql: str, params: Params) -> Cursor:
        """Run one statement."""

    def execute_many(self, sql: str, params: Sequence[Params]) -> None:
        """Run one statement once per set of parameters."""


class Transaction:
    """What happens between begin and commit; only valid inside its `with` block."""

    __slots__ = ("_session", "_statements", "kept", "writes")

    def __init__(
        self,
        session: Session,
        statements: Mapping[str, str],
        *,
        writes: bool,
        kept: dict[str, Any],
    ) -> None:
        self._session = session
        self._statements = statements
        self.kept = kept
        """What may be kept between transactions, each beside the revision that it is true of."""
        self.writes = writes
        """Whether rows may be changed, and are locked when they are read for that."""

    def all(self, name: str, params: Params | None = None) -> list[Row]:
        """Every row of the statement `name`; StoreError when the database cannot answer."""
        return self._session.execute(self._statements[name], params or {}).fetchall()

    def one(self, name: str, params: Params | None = None) -> Row | None:
        """The first row of the statement `name`, or None."""
        row: Row | None = self._session.execute(self._statements[name], params or {}).fetchone()
        return row

    def run(self, name: str, params: Params | None = None) -> int:
        """Run the statement `name`; the number of rows that it touched.

        ClaimTakenError when a UNIQUE rule is violated, StoreError for anything else.
        """
        return self._session.execute(self._statements[name], params or {}).rowcount

    def run_many(self, name: str, params: Sequence[Params]) -> None:
        """Run the statement `name` once for each set of parameters; errors as for `run`."""
        if params:
            self._session.execute_many(self._statements[name], params)

    def insert(self, name: str, params: Params) -> int:
        """Run an INSERT that returns its generated `id`; errors as for `run`."""
        row = self._session.execute(self._statements[name], params).fetchone()
        return int(row["id"])

    def define(self, definitions: Sequence[str]) -> None:
        """Run definitions of tables and indexes, one after the other."""
        for sql in definitions:
            self._session.execute(sql, {})


class Database(ABC):
    """An open database. One transaction at a time; a second one in the same thread is an error."""

    definitions: Sequence[str]
    """What makes every table and index in an empty database."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Transaction]:
        """A writing transaction: commit at the end of the block, roll back on any exception."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Transaction]:
        """A transaction that sees one moment and can change nothing."""

    @abstractmethod
    def has_tables(self) -> bool:
        """Whether the database holds the table of the schema's version."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection; using the database afterwards is an error."""

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def open_database(url: str | Path) -> Database:
    """The database at a path, or at an address that begins with `postgresql://`.

    A missing SQLite file is made, empty; `schema.check` tells whether it holds tables.
    StoreError when it cannot be opened.
    """
    if isinstance(url, str) and url.startswith(("postgresql://", "postgres://")):
        # psycopg takes half a second to import, which only its users should pay.
        from engine.store.postgresql import PostgresqlDatabase

        return PostgresqlDatabase(url)
    from engine.store.sqlite import SqliteDatabase

    return SqliteDatabase(str(url))


def memory() -> Database:
    """A new SQLite database in memory, with every table: for simulation and tests."""
    from engine.store import schema
    from engine.store.sqlite import SqliteDatabase

    database = SqliteDatabase(":memory:")
    schema.create(database)
    return database
