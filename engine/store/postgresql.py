"""PostgreSQL: many machines, coordinated by the database's own row locks.

A transaction is one pipeline of psycopg's: what nobody waits for (BEGIN, rows that are written
together) is answered together with the statement after it. What goes wrong with such rows is told
by that statement, at the latest by COMMIT.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from threading import RLock
from time import monotonic
from typing import Any, Final

import psycopg
from psycopg.adapt import Dumper
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from engine.errors import ClaimTakenError, StaleRequestError, StoreError, UnwritableError
from engine.model import Reason
from engine.store.database import Database, Params, Row, Transaction, Work
from engine.store.faults import of_postgresql
from engine.store.statements import POSTGRESQL

Connection = psycopg.Connection[dict[str, Any]]
Cursor = psycopg.Cursor[dict[str, Any]]

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
_BEGIN = "BEGIN"
_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")
_PREPARED_AT_MOST: Final = 1000
"""More statements than the program has, so that none is forgotten."""
_TAKEN: Final = "23505"
_FIRST_COME: Final = ("40P01", "40001")
"""Deadlock and serialization failure: another was there first."""
_UNWRITABLE: Final = ("53", "58", "25006")
"""No room, a system error, a standby that only reads: classes and a code of SQLSTATE."""
_streams = count(1)


class PostgresqlDatabase(Database):
    """A PostgreSQL database; one connection, made again after the server has closed it."""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._turn = RLock()
        self._connection = _by_name(url)
        self._fresh = True
        self._within = False

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
        with self._turn, _own_errors():
            row = self._open().execute(sql.encode()).fetchone()
        return row or {}

    def _open(self) -> Connection:
        if self._connection.closed:
            self._connection = _by_name(self._url)
            self._fresh = True
        return self._connection

    @contextmanager
    def _block(self, begin: str, *, writes: bool) -> Iterator[Transaction]:
        with self._turn:
            if self._within:
                raise StoreError("a transaction is open already: pass it on instead")
            connection = self._open()
            self._within = True
            try:
                with _own_errors(), connection.pipeline() as pipeline:
                    session = Session(connection, pipeline)
                    session.run_together([(begin, [{}])])
                    tx = Transaction(session, POSTGRESQL, writes=writes, kept=self._kept)
                    self._ask_guard(tx)
                    yield tx
                    tx.settle()
                    session.commit()
            except BaseException:
                self._give_up()
                raise
            finally:
                self._within = False

    def _give_up(self) -> None:
        """Roll back whatever has begun."""
        try:
            self._connection.rollback()
        except psycopg.Error:
            # The server rolls back by itself when the connection goes.
            self._connection.close()

    def _ask_guard(self, tx: Transaction) -> None:
        # Whoever changes the tables closes every connection, so only a new one has to ask.
        if self.guard is not None and self._fresh:
            self.guard(tx)
            self._fresh = False


class Session:
    """As `database.Session`, for one transaction."""

    __slots__ = ("_come", "_connection", "_heard", "_pipeline")

    def __init__(self, connection: Connection, pipeline: psycopg.Pipeline) -> None:
        self._connection = connection
        self._pipeline = pipeline
        self._come: dict[Hashable, Cursor] = {}
        """The answers to questions that have been sent ahead and were not asked yet."""
        self._heard = monotonic()

    def ahead(self, sql: str, params: Params) -> None:
        with self._own_errors():
            self._come[_question(sql, params)] = self._sent(sql, [params])

    def all(self, sql: str, params: Params) -> list[Row]:
        with self._own_errors():
            return [*self._asked(sql, params).fetchall()]

    def first(self, sql: str, params: Params) -> Row | None:
        with self._own_errors():
            return self._asked(sql, params).fetchone()

    def stream(self, sql: str, params: Params, batch: int) -> Iterator[Row]:
        # Only a cursor of the server's own hands out its rows little by little.
        name = f"stream{next(_streams)}"
        with self._own_errors():
            self._sent(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", [params])
            while rows := self._answered(f"FETCH {batch} FROM {name}", [{}]).fetchall():
                yield from rows
            self._sent(f"CLOSE {name}", [{}])

    def run(self, sql: str, params: Params) -> int:
        return self.run_many(sql, [params])

    def run_many(self, sql: str, params: Sequence[Params]) -> int:
        self._come.clear()
        with self._own_errors():
            return self._answered(sql, params).rowcount

    def run_together(self, work: Work) -> None:
        self._come.clear()
        with self._own_errors():
            for sql, params in work:
                self._sent(sql, params)

    def commit(self) -> None:
        """Commit, with all that waits; StoreError when the server rolled back instead."""
        with self._own_errors():
            ended = self._answered("COMMIT", [{}]).statusmessage
        if ended != "COMMIT":
            # Somebody has swallowed an error.
            raise StoreError(f"PostgreSQL: the transaction ended with {ended}")

    def _asked(self, sql: str, params: Params) -> Cursor:
        """The answer that has come ahead, or a new one, with which come those to `ahead`."""
        if not sql.startswith("SELECT"):
            self._come.clear()
        come = self._come.pop(_question(sql, params), None) if self._come else None
        return self._answered(sql, [params]) if come is None else come

    def _answered(self, sql: str, params: Sequence[Params]) -> Cursor:
        cursor = self._sent(sql, params)
        # A mere fetch would leave the server in the midst of the pipeline, where it waits for a
        # client that hangs for ever.
        self._pipeline.sync()
        return cursor

    def _sent(self, sql: str, params: Sequence[Params]) -> Cursor:
        cursor = self._connection.cursor()
        if len(params) == 1:
            # Without parameters psycopg takes a `%` as it stands.
            return cursor.execute(sql.encode(), params[0] or None)
        cursor.executemany(sql.encode(), params)
        return cursor

    @contextmanager
    def _own_errors(self) -> Iterator[None]:
        stood_still = monotonic() - self._heard
        try:
            with _own_errors():
                yield
        except StoreError as error:
            if self._connection.closed and stood_still > STANDSTILL.total_seconds():
                # In a pipeline psycopg does not pass on why the server has closed the connection.
                raise StoreError("PostgreSQL: idle-in-transaction timeout") from error
            raise
        self._heard = monotonic()


class _Number(Dumper):
    """A whole number, of whatever size its column has: psycopg's own are of three types, and the
    server would prepare the same statement for each.
    """

    def dump(self, obj: Any) -> bytes:
        return b"%d" % obj


def _question(sql: str, params: Params) -> Hashable:
    return sql, tuple(params.items())


def connect(url: str, name: str = PROGRAM) -> psycopg.Connection[Any]:
    """The only way to a PostgreSQL database; the server knows the connection by `name`.

    StoreError when it does not answer.
    """
    try:
        patient = {**PATIENCE, **conninfo_to_dict(url), "application_name": name}
        connection = psycopg.connect(make_conninfo("", **patient), autocommit=True)
        connection.execute(_servers_patience(patient))
    except psycopg.Error as error:
        said = first_line(error)
        reason = Reason("db_unreached", {"text": said})
        raise StoreError(f"PostgreSQL: {said}", reason=reason) from error
    connection.autocommit = False
    return connection


def _servers_patience(patient: Mapping[str, Any]) -> bytes:
    found = {ours: int(patient[theirs]) for ours, theirs in SAME.items()}
    found["idle_in_transaction_session_timeout"] = STANDSTILL // timedelta(milliseconds=1)
    return "; ".join(f"SET {name} = {value}" for name, value in found.items()).encode()


def _by_name(url: str) -> Connection:
    # It would say on the terminal what went wrong after an error that is told as such.
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    connection = connect(url)
    connection.autocommit = True
    connection.row_factory = dict_row
    connection.prepare_threshold = 0
    connection.prepared_max = _PREPARED_AT_MOST
    for number in (int, bool):
        connection.adapters.register_dumper(number, _Number)
    return connection


@contextmanager
def _own_errors() -> Iterator[None]:
    """Every error of the driver as one of the program's own."""
    try:
        yield
    except psycopg.Error as error:
        raise _ours(error) from error


def _ours(error: psycopg.Error) -> StoreError:
    state, told = error.sqlstate or "", first_line(error)
    if state == _TAKEN:
        return ClaimTakenError(error.diag.constraint_name or told)
    if state in _FIRST_COME:
        return StaleRequestError(told)
    kind = UnwritableError if state.startswith(_UNWRITABLE) else StoreError
    return kind(f"PostgreSQL: {told}", reason=of_postgresql(state, told), place="PostgreSQL")


def first_line(message: object) -> str:
    """The first line of what the server says; the rest are hints."""
    return str(message).strip().partition("\n")[0]
