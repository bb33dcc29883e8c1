"""SQLite: one file, one writer at a time, nothing lost at a power cut (WAL, synchronous=FULL)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

from engine.errors import ClaimTakenError, StoreError
from engine.store.database import Cursor, Database, Params, Transaction
from engine.store.statements import SQLITE, SQLITE_TABLES

BUSY_SECONDS = 10
_TAKEN = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


class SqliteDatabase(Database):
    """A SQLite database, open; threads take turns on its one connection."""

    definitions = SQLITE_TABLES

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._turn = RLock()
        self._connection = _connect(path)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """As `Database.transaction`; takes the write lock at once, so that what is read stands."""
        with self._block("BEGIN IMMEDIATE") as session:
            yield Transaction(session, SQLITE, writes=True, kept=self._kept)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """As `Database.reading`."""
        with self._turn:
            self._connection.execute("PRAGMA query_only=ON")
            try:
                with self._block("BEGIN") as session:
                    yield Transaction(session, SQLITE, writes=False, kept=self._kept)
            finally:
                self._connection.execute("PRAGMA query_only=OFF")

    def has_tables(self) -> bool:
        """As `Database.has_tables`."""
        sql = "SELECT 1 AS found FROM sqlite_master WHERE name = 'schema_version'"
        with self._turn:
            return _Session(self._connection, self._path).execute(sql, {}).fetchone() is not None

    def close(self) -> None:
        """As `Database.close`."""
        self._connection.close()

    def pragma(self, name: str) -> Any:
        """What the connection's pragma `name` is set to."""
        row = self._connection.execute(f"PRAGMA {name}").fetchone()
        return next(iter(row.values()))

    @contextmanager
    def _block(self, begin: str) -> Iterator[_Session]:
        with self._turn:
            if self._busy():
                raise StoreError("a transaction is open already: pass it on instead")
            session = _Session(self._connection, self._path)
            session.execute(begin, {})
            try:
                yield session
                session.execute("COMMIT", {})
            finally:
                # Whatever went wrong, a signal included, must not leave the lock behind.
                if self._busy():
                    self._connection.rollback()

    def _busy(self) -> bool:
        return self._connection.in_transaction


class _Session:
    __slots__ = ("_connection", "_path")

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._connection = connection
        self._path = path

    def execute(self, sql: str, params: Params) -> Cursor:
        try:
            return self._connection.execute(sql, params)
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def execute_many(self, sql: str, params: Sequence[Params]) -> None:
        try:
            self._connection.executemany(sql, params)
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def _ours(self, error: sqlite3.Error) -> StoreError:
        if getattr(error, "sqlite_errorname", "") in _TAKEN:
            return ClaimTakenError(str(error))
        return StoreError(f"{self._path}: {error}")


def _connect(path: str) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path}: {error}") from error
    connection.row_factory = _by_name
    return connection


def _by_name(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    names = [column[0] for column in cursor.description]
    return dict(zip(names, row, strict=True))
