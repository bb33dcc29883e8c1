"""The least that the same work can cost: the very rows that the program wrote, written by a bare
driver with prepared statements, in transactions of the same size and with the same durability.

It may read each request first, as anybody must who acts on how it stands; nothing else. What the
program writes is recorded while it writes it, so the two cannot differ in rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby
from pathlib import Path

from engine.store.database import Database, Params, Row, Transaction, Work
from engine.store.seals import seal
from engine.store.statements import SQLITE

Written = tuple[str, Params]
"""One statement that changed rows, with its parameters."""

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class Recording(Transaction):
    """A transaction that notes every statement that changes rows before it runs it."""

    __slots__ = ("_noted", "_statements_by_name", "_true")

    def __init__(self, true: Transaction, statements: Mapping[str, str]) -> None:
        self._true = true
        self._statements_by_name = statements
        self._noted: list[Written] = []
        self.kept, self.writes, self.asked = true.kept, true.writes, true.asked
        self.written, self.at_the_end = {}, None

    @property
    def noted(self) -> list[Written]:
        """What has been written, in order."""
        return self._noted

    def ahead(self, name: str, params: Params) -> None:
        """As `Transaction.ahead`."""
        self._true.ahead(name, params)

    def all(self, name: str, params: Params | None = None) -> list[Row]:
        """As `Transaction.all`."""
        self._note(name, [params or {}])
        return self._true.all(name, params)

    def one(self, name: str, params: Params | None = None) -> Row | None:
        """As `Transaction.one`."""
        self._note(name, [params or {}])
        return self._true.one(name, params)

    def run(self, name: str, params: Params | None = None) -> int:
        """As `Transaction.run`."""
        self._note(name, [params or {}])
        return self._true.run(name, params)

    def run_many(self, name: str, params: Sequence[Params]) -> int:
        """As `Transaction.run_many`."""
        self._note(name, params)
        return self._true.run_many(name, params)

    def run_together(self, work: Work) -> None:
        """As `Transaction.run_together`."""
        for name, params in work:
            self._note(name, params)
        self._true.run_together(work)

    def insert(self, name: str, params: Params) -> int:
        """As `Transaction.insert`."""
        self._note(name, [params])
        return self._true.insert(name, params)

    def _note(self, name: str, params: Sequence[Params]) -> None:
        sql = self._statements_by_name[name]
        if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
            self._noted += [(sql, each) for each in params]


class Recorder:
    """A database whose writing transactions are recorded, one list of statements each."""

    def __init__(self, true: Database, statements: Mapping[str, str]) -> None:
        self._true = true
        self._statements = statements
        self.written: list[list[Written]] = []

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """As `Database.transaction`."""
        with self._true.transaction() as true:
            recording = Recording(true, self._statements)
            yield recording
            recording.settle()
        self.written.append(recording.noted)

    def reading(self) -> AbstractContextManager[Transaction]:
        """As `Database.reading`."""
        return self._true.reading()


def sqlite(path: Path) -> sqlite3.Connection:
    """A bare connection with the program's durability."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    connection.create_function("seal", -1, seal, deterministic=True)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    return connection


def write(
    connection: sqlite3.Connection, work: Sequence[Written], numbers: Sequence[str] = ()
) -> None:
    """One transaction that reads the requests and writes the rows, a statement each."""
    connection.execute("BEGIN IMMEDIATE")
    _read(connection, numbers)
    for sql, params in work:
        connection.execute(sql, params)
    connection.execute("COMMIT")


def write_in_bulk(
    connection: sqlite3.Connection, work: Sequence[Written], numbers: Sequence[str] = ()
) -> None:
    """One transaction that reads the requests, and writes the rows by `executemany`, statement by
    statement.
    """
    connection.execute("BEGIN IMMEDIATE")
    _read(connection, numbers)
    for sql, params in grouped(work):
        # executemany takes no statement that gives rows back.
        connection.executemany(sql.partition("RETURNING")[0], params)
    connection.execute("COMMIT")


def _read(connection: sqlite3.Connection, numbers: Sequence[str]) -> None:
    for number in numbers:
        found = connection.execute(SQLITE["request_by_number"], {"number": number}).fetchall()
        assert len(found) == 1


def grouped(work: Sequence[Written]) -> Iterator[tuple[str, list[Params]]]:
    """The same statements side by side, in the order in which each was first needed."""
    order = {sql: place for place, sql in enumerate(dict.fromkeys(sql for sql, _ in work))}
    beside = sorted(work, key=lambda each: order[each[0]])
    for sql, same in groupby(beside, key=lambda each: each[0]):
        yield sql, [params for _, params in same]


def counted(connection: sqlite3.Connection) -> Mapping[str, int]:
    """How many rows stand in each table that a transition writes, and what they add up to."""
    found = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("history", "timer", "letter", "course", "share")
    }
    (found["seq"],) = connection.execute("SELECT sum(seq) FROM request").fetchone()
    (found["void"],) = connection.execute(
        "SELECT count(*) FROM timer WHERE status = 'void'"
    ).fetchone()
    return found
