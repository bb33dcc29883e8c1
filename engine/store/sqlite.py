"""SQLite: one file, one writer at a time, nothing lost at a power cut (WAL, synchronous=FULL)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Final

from engine.errors import ClaimTakenError, SchemaError, StoreError
from engine.store.database import BATCH, NO_TABLES, Database, Params, Row, Transaction
from engine.store.statements import SQLITE, SQLITE_TABLES

BUSY_SECONDS = 10
IN_MEMORY: Final = ":memory:"
FULL: Final = 2
"""What SQLite calls synchronous=FULL: a commit is on the disk before it is told of."""
_TAKEN = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


class SqliteDatabase(Database):
    """A SQLite database, open; threads take turns on its one connection."""

    definitions = SQLITE_TABLES

    def __init__(self, path: str, *, must_exist: bool = False) -> None:
        super().__init__()
        self.path = path
        self._turn = RLock()
        self._connection = connect(path, must_exist=must_exist)
        self._connection.row_factory = _by_name
        self._plain = self._connection.cursor()
        self._plain.row_factory = None
        self._session = _Session(self._connection, path)
        self._tables_of: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """As `Database.transaction`; takes the write lock at once, so that what is read stands."""
        with self._block("BEGIN IMMEDIATE", writes=True) as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """As `Database.reading`."""
        with self._turn:
            self._session.run("PRAGMA query_only=ON", {})
            try:
                with self._block("BEGIN", writes=False) as tx:
                    yield tx
            finally:
                with suppress(StoreError):  # the database is gone, and that has been said
                    self._session.run("PRAGMA query_only=OFF", {})

    def has_tables(self) -> bool:
        """As `Database.has_tables`."""
        sql = "SELECT 1 AS found FROM sqlite_master WHERE name = 'schema_version'"
        with self._turn:
            return self._session.first(sql, {}) is not None

    def now(self) -> datetime:
        """As `Database.now`: the clock of this machine."""
        return datetime.now(UTC)

    def durability(self) -> Sequence[str]:
        """As `Database.durability`."""
        found = self.pragma("synchronous")
        return () if found == FULL else (f"synchronous is {found}, not FULL",)

    def damage(self, tx: Transaction) -> Iterator[str]:
        """As `Database.damage`; a server looks after both by itself."""
        for row in self._session.all("PRAGMA integrity_check", {}):
            if row["integrity_check"] != "ok":
                yield f"the file is damaged: {row['integrity_check']}"
        for row in self._session.stream("PRAGMA foreign_key_check", {}, BATCH):
            place = "" if row["rowid"] is None else f" {row['rowid']}"
            yield f"{row['table']}{place} refers to a {row['parent']} that is gone"

    def close(self) -> None:
        """As `Database.close`."""
        self._connection.close()

    def pragma(self, name: str) -> Any:
        """What the connection's pragma `name` is set to, or its first answer."""
        with self._turn:
            row = self._session.first(f"PRAGMA {name}", {})
        return None if row is None else next(iter(row.values()))

    def write_copy(self, file: Path) -> None:
        """Write the database as it stands at one moment into `file`, which is missing or empty.

        Nobody waits meanwhile. What was removed is not in the copy.
        """
        with self._turn:
            self._session.run("VACUUM INTO :file", {"file": str(file)})

    @contextmanager
    def _block(self, begin: str, *, writes: bool) -> Iterator[Transaction]:
        with self._turn:
            if self._busy():
                raise StoreError("a transaction is open already: pass it on instead")
            self._session.run(begin, {})
            try:
                tx = Transaction(self._session, SQLITE, writes=writes, kept=self._kept)
                self._ask_guard(tx)
                yield tx
                self._session.run("COMMIT", {})
            finally:
                # Whatever went wrong, a signal included, must not leave the lock behind.
                if self._busy():
                    with suppress(sqlite3.Error):  # what went wrong first is what is told
                        self._connection.rollback()

    def _ask_guard(self, tx: Transaction) -> None:
        if self.guard is None:
            return
        # SQLite's own count of changes to the tables, read from the transaction's snapshot.
        ((tables,),) = self._plain.execute("PRAGMA schema_version").fetchall()
        if tables != self._tables_of:
            self.guard(tx)
            self._tables_of = tables

    def _busy(self) -> bool:
        return self._connection.in_transaction


class _Session:
    __slots__ = ("_connection", "_path")

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._connection = connection
        self._path = path

    def all(self, sql: str, params: Params) -> list[Row]:
        try:
            return self._connection.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def first(self, sql: str, params: Params) -> Row | None:
        try:
            row: Row | None = self._connection.execute(sql, params).fetchone()
        except sqlite3.Error as error:
            raise self._ours(error) from error
        return row

    def stream(self, sql: str, params: Params, batch: int) -> Iterator[Row]:
        try:
            cursor = self._connection.execute(sql, params)
            while rows := cursor.fetchmany(batch):
                yield from rows
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def run(self, sql: str, params: Params) -> int:
        try:
            return self._connection.execute(sql, params).rowcount
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def run_many(self, sql: str, params: Sequence[Params]) -> None:
        try:
            self._connection.executemany(sql, params)
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def _ours(self, error: sqlite3.Error) -> StoreError:
        if getattr(error, "sqlite_errorname", "") in _TAKEN:
            return ClaimTakenError(str(error))
        return StoreError(f"{self._path}: {error}")


def connect(
    path: str, *, must_exist: bool = False, foreign_keys: bool = True
) -> sqlite3.Connection:
    """The only way to a SQLite database: a connection that writes ahead and syncs fully.

    Tables are rebuilt without `foreign_keys`, which would else empty those that refer to them.
    StoreError when it cannot be opened, or does not promise that what is committed stays.
    """
    if must_exist:
        _see(Path(path))
    try:
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
    try:
        _promise(connection, path, foreign_keys=foreign_keys)
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path}: {error}") from error
    except StoreError:
        connection.close()
        raise
    return connection


def _see(file: Path) -> None:
    # SQLite would make what is missing, and write in what is empty.
    if not file.exists():
        raise StoreError(
            f"{file} is gone: put it or a backup back; `kursdeling db upgrade` makes an empty one"
        )
    if file.stat().st_size == 0:
        raise SchemaError(NO_TABLES)


def _promise(connection: sqlite3.Connection, path: str, *, foreign_keys: bool) -> None:
    wanted = (
        ("journal_mode", "WAL", "memory" if path == IN_MEMORY else "wal"),
        ("synchronous", "FULL", FULL),
        ("foreign_keys", "ON" if foreign_keys else "OFF", int(foreign_keys)),
    )
    for name, value, answer in wanted:
        connection.execute(f"PRAGMA {name}={value}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != answer:
            raise StoreError(f"{path}: {name} is {found} and cannot be {value} here")


def _by_name(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    names = [column[0] for column in cursor.description]
    return dict(zip(names, row, strict=True))
