"""PostgreSQL: many machines, coordinated by the database's own row locks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import RLock
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from engine.errors import StoreError
from engine.model import Reason
from engine.store.database import Database, Row, Transaction
from engine.store.postgresql_session import Session, first_line
from engine.store.postgresql_statement import Connection
from engine.store.statements import POSTGRESQL

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


class PostgresqlDatabase(Database):
    """A PostgreSQL database; one connection, made again after the server has closed it."""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._turn = RLock()
        self._connection = _by_name(url)
        self._session = Session(self._connection)
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
        with self._turn:
            (row,) = self._open().all(sql, {})
        return row

    def _open(self) -> Session:
        if self._connection.closed:
            self._connection = _by_name(self._url)
            self._session = Session(self._connection)
            self._fresh = True
        return self._session

    @contextmanager
    def _block(self, begin: str, *, writes: bool) -> Iterator[Transaction]:
        with self._turn:
            if self._within:
                raise StoreError("a transaction is open already: pass it on instead")
            session = self._open()
            self._within = True
            try:
                session.later(begin, {})
                tx = Transaction(session, POSTGRESQL, writes=writes, kept=self._kept)
                self._ask_guard(tx)
                yield tx
                tx.settle()
                session.commit()
            except BaseException:
                session.give_up()
                raise
            finally:
                self._within = False

    def _ask_guard(self, tx: Transaction) -> None:
        # Whoever changes the tables closes every connection, so only a new one has to ask.
        if self.guard is not None and self._fresh:
            self.guard(tx)
            self._fresh = False


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
    connection = connect(url)
    connection.autocommit = True
    connection.row_factory = dict_row
    # The driver would let the server forget the session's own statements together with its own.
    connection.prepare_threshold = None
    return connection
