"""SQLite's driver, wrapped: rows as mappings, and every error the program's own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Final

from engine.errors import ClaimTakenError, StoreError, UnwritableError
from engine.store import faults
from engine.store.database import Params, Row, Work

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
