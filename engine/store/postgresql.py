"""PostgreSQL: many machines, coordinated by the database's own row locks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

import psycopg
from psycopg.rows import dict_row

from engine.errors import ClaimTakenError, StaleRequestError, StoreError
from engine.store.database import Cursor, Database, Params, Transaction
from engine.store.statements import POSTGRESQL, POSTGRESQL_TABLES

_Connection = psycopg.Connection[dict[str, Any]]
_BEGIN = "BEGIN"
_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresqlDatabase(Database):
    """A PostgreSQL database; one connection, made again after the server has closed it."""

    definitions = POSTGRESQL_TABLES

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._turn = RLock()
        self._connection = _connect(url)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """As `Database.transaction`; rows that are read for a change are locked one by one."""
        with self._block(_BEGIN) as session:
            yield Transaction(session, POSTGRESQL, writes=True, kept=self._kept)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """As `Database.reading`."""
        with self._block(_BEGIN_READING) as session:
            yield Transaction(session, POSTGRESQL, writes=False, kept=self._kept)

    def has_tables(self) -> bool:
        """As `Database.has_tables`."""
        sql = "SELECT to_regclass('schema_version') IS NOT NULL AS found"
        with self._turn:
            return bool(_Session(self._open()).execute(sql, {}).fetchone()["found"])

    def close(self) -> None:
        """As `Database.close`."""
        self._connection.close()

    def _open(self) -> _Connection:
        if self._connection.closed:
            self._connection = _connect(self._url)
        return self._connection

    @contextmanager
    def _block(self, begin: str) -> Iterator[_Session]:
        with self._turn:
            connection = self._open()
            if connection.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE:
                raise StoreError("a transaction is open already: pass it on instead")
            session = _Session(connection)
            session.execute(begin, {})
            try:
                yield session
                session.execute("COMMIT", {})
            except BaseException:
                _give_up(connection)
                raise


def _give_up(connection: _Connection) -> None:
    try:
        connection.execute("ROLLBACK")
    except psycopg.Error:
        # The server rolls back by itself when the connection goes; the next block makes a new one.
        connection.close()


def _connect(url: str) -> _Connection:
    try:
        return psycopg.connect(url, autocommit=True, row_factory=dict_row)
    except psycopg.Error as error:
        raise StoreError(f"PostgreSQL: {_first_line(error)}") from error


class _Session:
    __slots__ = ("_connection",)

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, params: Params) -> Cursor:
        try:
            # Without parameters psycopg takes `%` as it stands and may run several statements.
            return self._connection.execute(sql.encode(), params or None)
        except psycopg.Error as error:
            raise _ours(error) from error

    def execute_many(self, sql: str, params: Sequence[Params]) -> None:
        try:
            with self._connection.cursor() as cursor:
                cursor.executemany(sql.encode(), params)
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
