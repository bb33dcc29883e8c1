"""One open database and its transactions; SQLite by default, PostgreSQL by address.

SQL is named: a transaction runs statements of `statements` by name, with named parameters.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from engine.model import Reason

Row = Mapping[str, Any]
Params = Mapping[str, Any]
Work = Sequence[tuple[str, Sequence[Params]]]
"""Statements in the order in which they are to run, each with all its sets of parameters."""

NO_TABLES = "the database holds no tables: `kursdeling db upgrade` makes them"
STRIPES = 16
"""In how many rows a table's rows are counted, so that few workers wait for each other."""
BATCH = 500
"""How many rows are in memory at once while rows stream by."""


class Session(Protocol):
    """A driver's connection, wrapped so that every error is the program's own; rows are dicts."""

    def ahead(self, sql: str, params: Params) -> None:
        """Tell that this will be asked soon; a server may then be asked for it with the next."""

    def all(self, sql: str, params: Params) -> list[Row]:
        """Every row of one statement."""

    def first(self, sql: str, params: Params) -> Row | None:
        """The first row of one statement, or None."""

    def stream(self, sql: str, params: Params, batch: int) -> Iterator[Row]:
        """The rows of one statement, so many at a time."""

    def run(self, sql: str, params: Params) -> int:
        """Run one statement; how many rows it touched."""

    def run_many(self, sql: str, params: Sequence[Params]) -> int:
        """Run one statement once per set of parameters; how many rows it touched in all."""

    def run_together(self, work: Work) -> None:
        """Run statements that nobody waits for, in order, at the latest when the block ends."""


class Transaction:
    """What happens between begin and commit; only valid inside its `with` block."""

    __slots__ = ("_session", "_statements", "asked", "at_the_end", "kept", "writes", "written")

    def __init__(
        self,
        session: Session,
        statements: Mapping[str, str],
        *,
        writes: bool,
        kept: dict[Hashable, Any],
    ) -> None:
        self._session = session
        self._statements = statements
        self.kept = kept
        """What is known of the register since it last changed; see `known`."""
        self.asked = False
        """Whether this transaction has asked if that still stands."""
        self.writes = writes
        """Whether rows may be changed, and are locked when they are read for that."""
        self.written: dict[str, int] = {}
        """How many rows this transaction has written to tables that are counted."""
        self.at_the_end: Callable[[Transaction], None] | None = None
        """What is to be written last of all, once."""

    def count(self, table: str, rows: int = 1) -> None:
        """Let rows that were written to a table be counted, so that none can go missing."""
        self.written[table] = self.written.get(table, 0) + rows

    def settle(self) -> None:
        """Write what is known only at the end; nothing may be written after it."""
        if self.at_the_end is not None:
            self.at_the_end(self)
        # Last of all and in the same order for everybody: these rows are locked until the commit.
        counted = [
            {"kind": table, "stripe": os.getpid() % STRIPES, "more": self.written[table]}
            for table in sorted(self.written)
        ]
        if counted:
            self.run_together([("tally_add", counted)])
        self.written = {}

    def ahead(self, name: str, params: Params) -> None:
        """Let this question, which will be asked soon, travel to a server with the next one.

        It is answered right after that one, so nothing may be written in between.
        """
        self._session.ahead(self._statements[name], params)

    def all(self, name: str, params: Params | None = None) -> list[Row]:
        """Every row of the statement `name`; StoreError when the database cannot answer."""
        return self._session.all(self._statements[name], params or {})

    def stream(
        self, name: str, params: Params | None = None, *, batch: int = BATCH
    ) -> Iterator[Row]:
        """The rows of the statement `name` one by one, `batch` in memory; errors as for `all`."""
        return self._session.stream(self._statements[name], params or {}, batch)

    def one(self, name: str, params: Params | None = None) -> Row | None:
        """The first row of the statement `name`, or None."""
        return self._session.first(self._statements[name], params or {})

    def run(self, name: str, params: Params | None = None) -> int:
        """Run the statement `name`; the number of rows that it touched.

        ClaimTakenError when a UNIQUE rule is violated, StoreError for anything else.
        """
        return self._session.run(self._statements[name], params or {})

    def run_many(self, name: str, params: Sequence[Params]) -> int:
        """Run the statement `name` for each set of parameters; rows and errors as for `run`."""
        return self._session.run_many(self._statements[name], params) if params else 0

    def run_together(self, work: Work) -> None:
        """Run named statements in order, each once for each set of its parameters, before the next
        one. Errors as for `run`, but a server may tell of them as late as at the end of the block.
        """
        self._session.run_together([(self._statements[name], sets) for name, sets in work])

    def insert(self, name: str, params: Params) -> int:
        """Run an INSERT that returns its generated `id`; errors as for `run`."""
        (row,) = self._session.all(self._statements[name], params)
        return int(row["id"])

    def all_of(self, sql: str) -> list[Row]:
        """Every row of a statement that has no name, as whole tables are read; errors as `all`."""
        return self._session.all(sql, {})

    def stream_of(self, sql: str, *, batch: int) -> Iterator[Row]:
        """As `all_of`, one row by one, `batch` in memory."""
        return self._session.stream(sql, {}, batch)

    def write_all(self, sql: str, rows: Sequence[Params]) -> None:
        """Run a statement that has no name for each row; errors as for `run`."""
        if rows:
            self._session.run_many(sql, rows)

    def define(self, definitions: Sequence[str]) -> None:
        """Run definitions of tables and indexes, one after the other."""
        for sql in definitions:
            self._session.run(sql, {})


class Database(ABC):
    """An open database. One transaction at a time; a second one in the same thread is an error."""

    dialect: str
    """Whose SQL it takes: `sqlite` or `postgresql`."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}
        self.guard: Callable[[Transaction], None] | None = None
        """Asked first in the next transaction whenever the tables may have been changed, so that
        an upgrade while the program runs is noticed before anything is written.
        """

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
    def now(self) -> datetime:
        """The time by the clock of the machine that keeps the database."""

    @abstractmethod
    def durability(self) -> Sequence[str]:
        """What is set so that a power cut could lose what was committed; nothing, as it should."""

    def damage(self, tx: Transaction) -> Iterator[Reason]:
        """Damage to the file itself, and references to nothing, seen in the open transaction."""
        yield from ()

    @abstractmethod
    def close(self) -> None:
        """Close the connection; using the database afterwards is an error."""

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
