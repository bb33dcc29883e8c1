"""SQLite: one file, one writer at a time, nothing lost at a power cut (WAL, synchronous=FULL)."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter
from pathlib import Path
from threading import RLock
from time import monotonic, sleep
from typing import Any, Final

from engine.errors import ClaimTakenError, SchemaError, StoreError, UnwritableError
from engine.model import Reason
from engine.store import faults
from engine.store.database import BATCH, NO_TABLES, Database, Params, Row, Transaction, Work
from engine.store.seals import seal
from engine.store.statements import SQLITE

BUSY_SECONDS = 10
IN_MEMORY: Final = ":memory:"
STATEMENTS_READY: Final = 512
"""How many statements stay prepared: all that the program has."""
FULL: Final = 2
"""What SQLite calls synchronous=FULL: a commit is on the disk before it is told of."""
_ASKING_EVERY: Final = (0.001, 0.005)
"""Seconds between two questions whether another writer has finished; not alike, so that workers
do not ask in step.
"""


class SqliteDatabase(Database):
    """A SQLite database, open; threads take turns on its one connection."""

    dialect = "sqlite"

    def __init__(self, path: str, *, must_exist: bool = False) -> None:
        super().__init__()
        self.path = path
        self._turn = RLock()
        self._connection = connect(path, must_exist=must_exist)
        self._session = Session(self._connection, path)
        self._patience: float = BUSY_SECONDS
        self._checked: int | None = None
        self._known: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """As `Database.transaction`; takes the write lock at once, so that what is read stands."""
        with self._block("BEGIN IMMEDIATE", writes=True) as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """As `Database.reading`."""
        with self._block("BEGIN", writes=False) as tx:
            yield tx

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

    def damage(self, tx: Transaction) -> Iterator[Reason]:
        """As `Database.damage`; a server looks after both by itself."""
        for row in self._session.all("PRAGMA integrity_check", {}):
            if row["integrity_check"] != "ok":
                yield Reason("file_damaged", {"text": row["integrity_check"]})
        for row in self._session.stream("PRAGMA foreign_key_check", {}, BATCH):
            place = "" if row["rowid"] is None else f" {row['rowid']}"
            yield Reason(
                "row_refers", {"table": row["table"], "place": place, "other": row["parent"]}
            )

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
            self._wait_at_most(BUSY_SECONDS)
            self._session.run("VACUUM INTO :file", {"file": str(file)})

    @contextmanager
    def _block(self, begin: str, *, writes: bool) -> Iterator[Transaction]:
        with self._turn:
            if self._busy():
                raise StoreError("a transaction is open already: pass it on instead")
            self._wait_at_most(0 if writes else BUSY_SECONDS)
            if writes:
                self._take_turn(begin)
            else:
                self._session.run(begin, {})
            changes = self._connection.total_changes
            try:
                tx = Transaction(self._session, SQLITE, writes=writes, kept=self._kept)
                seen = self._seen(tx)
                yield tx
                if writes:
                    tx.settle()
                # `PRAGMA query_only` would refuse it at once, but every change of it has all
                # statements prepared anew: half of what they cost.
                if not writes and self._connection.total_changes != changes:
                    raise StoreError(f"{self.path}: what only reads has changed rows")
                self._session.run("COMMIT" if writes else "ROLLBACK", {})
                # Whoever has changed the register itself has put `kept` away.
                self._known = seen if tx.asked and tx.kept is self._kept else None
            finally:
                # Whatever went wrong, a signal included, must not leave the lock behind.
                if self._busy():
                    with suppress(sqlite3.Error):  # what went wrong first is what is told
                        self._connection.rollback()

    def _take_turn(self, begin: str) -> None:
        """Take the write lock. SQLite itself soon asks but ten times a second, so that among busy
        workers one could wait for its turn until its time is over.
        """
        end = monotonic() + BUSY_SECONDS
        while not self._session.begun(begin, may_wait=monotonic() < end):
            sleep(random.uniform(*_ASKING_EVERY))  # noqa: S311 – nobody has anything from guessing it

    def _wait_at_most(self, seconds: float) -> None:
        """How long SQLite itself waits for others; said again only where it changes."""
        if seconds != self._patience:
            self._session.run(f"PRAGMA busy_timeout={int(1000 * seconds)}", {})
            self._patience = seconds

    def _seen(self, tx: Transaction) -> int:
        """SQLite's own number for what others have committed by the transaction's snapshot.

        While it is the same, the tables and the register are what they were: nobody asks again.
        """
        seen = int(self._session.value("PRAGMA data_version"))
        tx.asked = seen == self._known
        if seen != self._checked and self.guard is not None:
            self.guard(tx)
            self._checked = seen
        return seen

    def _busy(self) -> bool:
        return self._connection.in_transaction


def connect(
    path: str, *, must_exist: bool = False, foreign_keys: bool = True
) -> sqlite3.Connection:
    """The only way to a SQLite database: a connection that writes ahead and syncs fully.

    Tables are rebuilt without `foreign_keys`, which would else empty those that refer to them.
    StoreError when it cannot be opened, or does not promise that what is committed stays.
    """
    if must_exist:
        _see(Path(path))
    elif path != IN_MEMORY:
        _make(path)
    try:
        connection = sqlite3.connect(
            path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS_READY,
        )
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}", reason=faults.of_sqlite(error), place=path) from error
    try:
        connection.create_function("seal", -1, seal, deterministic=True)
        _promise(connection, path, foreign_keys=foreign_keys)
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path}: {error}", reason=faults.of_sqlite(error), place=path) from error
    except StoreError:
        connection.close()
        raise
    return connection


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


_NAMED: Final = re.compile(r":([a-z_0-9]+)")
_TAKEN: Final = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}

_UNWRITABLE: Final = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
}  # fmt: skip


@cache
def _by_place(sql: str) -> tuple[str, Callable[[Params], Any]]:
    """The statement with a `?` for each parameter, and what takes their values out of their names:
    the driver itself looks for each name anew for each row, which is half of what binding costs.
    """
    names = _NAMED.findall(sql)
    values = (
        itemgetter(*names) if len(names) > 1 else lambda params: [params[each] for each in names]
    )
    return _NAMED.sub("?", sql), values


class Session:
    """As `database.Session`."""

    __slots__ = ("_connection", "_names", "_path")

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._connection = connection
        self._path = path
        self._names: dict[str, tuple[str, ...]] = {}

    def begun(self, begin: str, *, may_wait: bool) -> bool:
        """Whether a transaction could begin; False where another one has the lock and there is
        time to wait for it.
        """
        try:
            self._connection.execute(begin)
        except sqlite3.Error as error:
            if may_wait and getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                return False
            raise self._ours(error) from error
        return True

    def ahead(self, sql: str, params: Params) -> None:
        """Nothing: there is no way to go for an answer."""

    def all(self, sql: str, params: Params) -> list[Row]:
        try:
            cursor = self._connection.execute(sql, params)
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            raise self._ours(error) from error
        names = self._columns(sql, cursor) if rows else ()
        return [dict(zip(names, row, strict=False)) for row in rows]

    def first(self, sql: str, params: Params) -> Row | None:
        try:
            cursor = self._connection.execute(sql, params)
            row = cursor.fetchone()
        except sqlite3.Error as error:
            raise self._ours(error) from error
        return None if row is None else dict(zip(self._columns(sql, cursor), row, strict=False))

    def value(self, sql: str) -> Any:
        """The one value that the statement gives."""
        try:
            return self._connection.execute(sql).fetchone()[0]
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def stream(self, sql: str, params: Params, batch: int) -> Iterator[Row]:
        try:
            cursor = self._connection.execute(sql, params)
            while rows := cursor.fetchmany(batch):
                names = self._columns(sql, cursor)
                yield from (dict(zip(names, row, strict=False)) for row in rows)
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def run(self, sql: str, params: Params) -> int:
        try:
            return self._connection.execute(sql, params).rowcount
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def run_many(self, sql: str, params: Sequence[Params]) -> int:
        try:
            text, values = _by_place(sql)
            return self._connection.executemany(text, map(values, params)).rowcount
        except sqlite3.Error as error:
            raise self._ours(error) from error

    def run_together(self, work: Work) -> None:
        for sql, params in work:
            self.run_many(sql, params)

    def _columns(self, sql: str, cursor: sqlite3.Cursor) -> tuple[str, ...]:
        # What a statement gives is always the same, and asking costs as much as a row.
        names = self._names.get(sql)
        if names is None:
            names = self._names[sql] = tuple(column[0] for column in cursor.description)
        return names

    def _ours(self, error: sqlite3.Error) -> StoreError:
        if getattr(error, "sqlite_errorname", "") in _TAKEN:
            return ClaimTakenError(str(error))
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNWRITABLE:
            kind: type[StoreError] = UnwritableError
        else:
            kind = StoreError
        said = f"{self._path}: {error}"
        return kind(said, reason=faults.of_sqlite(error), place=self._path)


def _make(path: str) -> None:
    """Make the file if it is missing, for its owner alone: it is to hold every mail.

    SQLite gives the files beside it the same mode. What is wrong is left for SQLite to say.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _see(file: Path) -> None:
    """StoreError unless the file is there, SchemaError when it is empty.

    SQLite would make what is missing, and write in what is empty.
    """
    if not file.exists():
        raise StoreError(
            f"{file} is gone: put it or a backup back; `kursdeling db upgrade` makes an empty one",
            reason=Reason("db_gone"),
            place=str(file),
        )
    if file.stat().st_size == 0:
        raise SchemaError(NO_TABLES, reason=Reason("db_no_tables"))
