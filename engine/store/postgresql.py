"""PostgreSQL: many machines, coordinated by the database's own row locks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from threading import RLock
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from engine.errors import ClaimTakenError, StaleRequestError, StoreError
from engine.store.database import Database, Params, Row, Transaction, Work
from engine.store.statements import POSTGRESQL, POSTGRESQL_COUNTING, POSTGRESQL_TABLES

PROGRAM = "kursdeling"
"""By this name the server knows the program's connections."""
PATIENCE: Mapping[str, str] = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
"""A server that has fallen silent is given up after half a minute; an address may say otherwise."""
SAME: Final[Mapping[str, str]] = {
    "tcp_keepalives_idle": "keepalives_idle",
    "tcp_keepalives_interval": "keepalives_interval",
    "tcp_keepalives_count": "keepalives_count",
    # Keepalives are not sent to a client that has not taken an answer yet.
    "tcp_user_timeout": "tcp_user_timeout",
}
"""The server gives a silent client up as soon, and lets go of what it had locked."""
STANDSTILL: Final = timedelta(minutes=5)
"""A client that leaves its transaction open for so long hangs: the server ends it."""
_Connection = psycopg.Connection[dict[str, Any]]
_BEGIN = "BEGIN"
_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_streams = count(1)
_UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")


class PostgresqlDatabase(Database):
    """A PostgreSQL database; one connection, made again after the server has closed it."""

    definitions = POSTGRESQL_TABLES
    counting = POSTGRESQL_COUNTING

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._turn = RLock()
        self._connection = _by_name(url)
        self._fresh = True

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """As `Database.transaction`; rows that are read for a change are locked one by one."""
        with self._block(_BEGIN, writes=True) as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """As `Database.reading`."""
        with self._block(_BEGIN_READING, writes=False) as tx:
            yield tx

    def has_tables(self) -> bool:
        """As `Database.has_tables`."""
        row = self._ask("SELECT to_regclass('schema_version') IS NOT NULL AS found")
        return bool(row["found"])

    def now(self) -> datetime:
        """As `Database.now`: the server's clock."""
        found: datetime = self._ask("SELECT clock_timestamp() AS now")["now"]
        return found

    def durability(self) -> Sequence[str]:
        """As `Database.durability`."""
        found = {name: self._ask(f"SHOW {name}")[name] for name in _UNSAFE}
        return [
            f"{name} is {value} on the server" for name, value in found.items() if value == "off"
        ]

    def close(self) -> None:
        """As `Database.close`."""
        self._connection.close()

    def _ask(self, sql: str) -> Row:
        with self._turn:
            (row,) = _Session(self._open()).all(sql, {})
        return row

    def _open(self) -> _Connection:
        if self._connection.closed:
            self._connection = _by_name(self._url)
            self._fresh = True
        return self._connection

    @contextmanager
    def _block(self, begin: str, *, writes: bool) -> Iterator[Transaction]:
        with self._turn:
            connection = self._open()
            if connection.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE:
                raise StoreError("a transaction is open already: pass it on instead")
            session = _Session(connection)
            session.run(begin, {})
            try:
                tx = Transaction(session, POSTGRESQL, writes=writes, kept=self._kept)
                self._ask_guard(tx)
                yield tx
                session.run("COMMIT", {})
            except BaseException:
                _give_up(connection)
                raise

    def _ask_guard(self, tx: Transaction) -> None:
        # Whoever changes the tables closes every connection, so only a new one has to ask.
        if self.guard is not None and self._fresh:
            self.guard(tx)
            self._fresh = False


def _give_up(connection: _Connection) -> None:
    try:
        connection.execute("ROLLBACK")
    except psycopg.Error:
        # The server rolls back by itself when the connection goes; the next block makes a new one.
        connection.close()


def connect(url: str, name: str = PROGRAM) -> psycopg.Connection[Any]:
    """The only way to a PostgreSQL database; the server knows the connection by `name`.

    StoreError when it does not answer.
    """
    try:
        patient = {**PATIENCE, **conninfo_to_dict(url), "application_name": name}
        connection = psycopg.connect(make_conninfo("", **patient), autocommit=True)
        connection.execute(_servers_patience(patient))
    except psycopg.Error as error:
        raise StoreError(f"PostgreSQL: {_first_line(error)}") from error
    connection.autocommit = False
    return connection


def _servers_patience(patient: Mapping[str, Any]) -> bytes:
    found = {ours: int(patient[theirs]) for ours, theirs in SAME.items()}
    found["idle_in_transaction_session_timeout"] = STANDSTILL // timedelta(milliseconds=1)
    return "; ".join(f"SET {name} = {value}" for name, value in found.items()).encode()


def _by_name(url: str) -> _Connection:
    connection = connect(url)
    connection.autocommit = True
    connection.row_factory = dict_row
    return connection


class _Session:
    __slots__ = ("_connection",)

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection

    def all(self, sql: str, params: Params) -> list[Row]:
        try:
            # Without parameters psycopg takes `%` as it stands and may run several statements.
            found: list[Any] = self._connection.execute(sql.encode(), params or None).fetchall()
        except psycopg.Error as error:
            raise _ours(error) from error
        return found

    def first(self, sql: str, params: Params) -> Row | None:
        try:
            return self._connection.execute(sql.encode(), params or None).fetchone()
        except psycopg.Error as error:
            raise _ours(error) from error

    def stream(self, sql: str, params: Params, batch: int) -> Iterator[Row]:
        # Only a cursor of the server's own hands out its rows little by little.
        try:
            with self._connection.cursor(f"stream{next(_streams)}") as cursor:
                cursor.itersize = batch
                yield from cursor.execute(sql.encode(), params or None)
        except psycopg.Error as error:
            raise _ours(error) from error

    def run(self, sql: str, params: Params) -> int:
        try:
            return self._connection.execute(sql.encode(), params or None).rowcount
        except psycopg.Error as error:
            raise _ours(error) from error

    def run_many(self, sql: str, params: Sequence[Params]) -> int:
        return sum(self.run_together([(sql, params)]))

    def run_together(self, work: Work) -> list[int]:
        # One way to the server and back for all of them, and not one for each.
        try:
            with self._connection.pipeline():
                running = [
                    [self._connection.execute(text, each) for each in params]
                    for text, params in ((sql.encode(), params) for sql, params in work)
                ]
            return [sum(cursor.rowcount for cursor in cursors) for cursors in running]
        except psycopg.Error as error:
            raise _ours(error) from error


def _ours(error: psycopg.Error) -> StoreError:
    if isinstance(error, psycopg.errors.UniqueViolation):
        return ClaimTakenError(error.diag.constraint_name or _first_line(error))
    if isinstance(error, psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure):
        return StaleRequestError(_first_line(error))
    return StoreError(f"PostgreSQL: {_first_line(error)}")


def _first_line(error: psycopg.Error) -> str:
    return str(error).strip().partition("\n")[0]
