"""PostgreSQL's driver, wrapped: rows as mappings, and every error the program's own.

Every statement of a transition passes here, and psycopg's cursors cost more than the server takes
to answer them: a cursor is made, the text looked at, and the socket written to and asked, for each
statement, in a pipeline too (1.3 ms of processor time per transition, where this takes 0.4). So
what is sent goes by way of `psycopg.pq`, the wrapper of libpq that psycopg documents for this:

- each statement is prepared when it is first used on the connection, in the same message;
- what nobody waits for (BEGIN, rows that are written together, COMMIT) waits for the statement
  after it, and travels with it: one way to the server and back for all of them. What goes wrong
  with such rows is told by the statement that they travelled with, at the latest by COMMIT.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Final

import psycopg
from psycopg.generators import fetch_many, send
from psycopg.pq import DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

from engine.errors import ClaimTakenError, StaleRequestError, StoreError
from engine.store.database import Params, Row, Work

Connection = psycopg.Connection[dict[str, Any]]
_Load = Callable[[bytes], Any]
_GIVES_NO_ANSWER: Final = (ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED)
_PARAMETER: Final = re.compile(r"%\((\w+)\)s|%%")
_TAKEN: Final = "23505"
_FIRST_COME: Final = ("40P01", "40001")
"""Deadlock and serialization failure: another was there first."""
_streams = count(1)


class _Prepared:
    """One statement on one connection."""

    __slots__ = ("_columns", "_names", "name", "sent", "text")

    def __init__(self, sql: str, name: bytes) -> None:
        self.text, self._names = _numbered(sql)
        self.name = name
        self.sent = False
        """Whether the server knows it by its name."""
        self._columns: tuple[tuple[str, _Load], ...] = ()

    def values(self, params: Params) -> list[bytes | None]:
        """The parameters in the statement's order, as the server reads them."""
        return [_encoded(params[name]) for name in self._names]

    def formats(self, params: Params) -> list[Format] | None:
        """How each is encoded; None where all are text."""
        if not any(isinstance(value, bytes) for value in params.values()):
            return None
        return [
            Format.BINARY if isinstance(params[name], bytes) else Format.TEXT
            for name in self._names
        ]

    def columns(self, result: PGresult, connection: Connection) -> tuple[tuple[str, _Load], ...]:
        """Each column's name, and what reads its values; looked up once."""
        if not self._columns:
            self._columns = tuple(
                (_name(result, place), _loading(connection, result.ftype(place)))
                for place in range(result.nfields)
            )
        return self._columns


_Message = tuple[_Prepared, list[bytes | None], list[Format] | None]
"""A statement with its parameters, and how these are encoded."""


class Session:
    """As `database.Session`, for as long as the connection lasts."""

    __slots__ = ("_connection", "_prepared", "_waiting")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._prepared: dict[str, _Prepared] = {}
        self._waiting: list[_Message] = []

    def all(self, sql: str, params: Params) -> list[Row]:
        prepared, result = self._asked(sql, params)
        return self._rows(prepared, result, result.ntuples)

    def first(self, sql: str, params: Params) -> Row | None:
        prepared, result = self._asked(sql, params)
        rows = self._rows(prepared, result, min(result.ntuples, 1))
        return rows[0] if rows else None

    def stream(self, sql: str, params: Params, batch: int) -> Iterator[Row]:
        # Only a cursor of the server's own hands out its rows little by little.
        self._exchange()
        try:
            with self._connection.cursor(f"stream{next(_streams)}") as cursor:
                cursor.itersize = batch
                yield from cursor.execute(sql.encode(), params or None)
        except psycopg.Error as error:
            raise _ours(error) from error

    def run(self, sql: str, params: Params) -> int:
        if params:
            return self._asked(sql, params)[1].command_tuples or 0
        # Without parameters the driver takes `%` as it stands and may run several statements.
        self._exchange()
        try:
            return self._connection.execute(sql.encode()).rowcount
        except psycopg.Error as error:
            raise _ours(error) from error

    def run_many(self, sql: str, params: Sequence[Params]) -> int:
        for each in params:
            self.later(sql, each)
        own = self._exchange()[-len(params) :]
        return sum(result.command_tuples or 0 for result in own)

    def run_together(self, work: Work) -> None:
        for sql, params in work:
            for each in params:
                self.later(sql, each)

    def later(self, sql: str, params: Params) -> None:
        """Let the statement travel with the next one whose answer somebody waits for."""
        prepared = self._prepared.get(sql)
        if prepared is None:
            prepared = self._prepared[sql] = _Prepared(sql, f"s{len(self._prepared)}".encode())
        self._waiting.append((prepared, prepared.values(params), prepared.formats(params)))

    def commit(self) -> None:
        """Commit, with all that waits; StoreError when the server rolled back instead."""
        self.later("COMMIT", {})
        done = self._exchange()[-1].command_status
        if done != b"COMMIT":
            raise StoreError(f"PostgreSQL: the transaction ended with {done!r}")

    def give_up(self) -> None:
        """Roll back whatever has begun, and forget what waits."""
        self._waiting.clear()
        if self._connection.info.transaction_status is TransactionStatus.IDLE:
            return
        try:
            self.later("ROLLBACK", {})
            self._exchange()
        except StoreError:
            # The server rolls back by itself when the connection goes.
            self._connection.close()

    def _asked(self, sql: str, params: Params) -> tuple[_Prepared, PGresult]:
        self.later(sql, params)
        prepared = self._prepared[sql]
        return prepared, self._exchange()[-1]

    def _rows(self, prepared: _Prepared, result: PGresult, wanted: int) -> list[Row]:
        if not wanted:
            return []
        columns = prepared.columns(result, self._connection)
        value = result.get_value
        return [
            {
                name: None if (found := value(row, place)) is None else load(found)
                for place, (name, load) in enumerate(columns)
            }
            for row in range(wanted)
        ]

    def _exchange(self) -> list[PGresult]:
        """Send all that waits in one go; the answer to each statement, in order."""
        work, self._waiting = self._waiting, []
        if not work:
            return []
        try:
            answers = self._answers(work)
        except psycopg.Error as error:
            self._connection.close()
            raise _ours(error) from error
        except BaseException:
            # Answers may still be on their way, which nobody could tell from the next ones.
            self._connection.close()
            raise
        for answer in answers:
            if answer.status in _GIVES_NO_ANSWER:
                raise _ours_of(answer)
        return answers

    def _answers(self, work: Sequence[_Message]) -> list[PGresult]:
        libpq = self._connection.pgconn
        libpq.enter_pipeline_mode()
        preparing: dict[int, _Prepared] = {}
        sent = 0
        for prepared, values, formats in work:
            if not prepared.sent and prepared not in preparing.values():
                libpq.send_prepare(prepared.name, prepared.text)
                preparing[sent] = prepared
                sent += 1
            libpq.send_query_prepared(prepared.name, values, formats)
            sent += 1
        libpq.pipeline_sync()
        # One more than was sent: what tells that the server is in step again.
        answers = self._connection.wait(_gathered(libpq, sent + 1))[:sent]
        libpq.exit_pipeline_mode()
        for place, prepared in preparing.items():
            prepared.sent = answers[place].status == ExecStatus.COMMAND_OK
        failed = [each for each in answers if each.status in _GIVES_NO_ANSWER]
        return failed or [each for place, each in enumerate(answers) if place not in preparing]


def _gathered(libpq: Any, wanted: int) -> Generator[Any, Any, list[PGresult]]:
    yield from send(libpq)
    found = []
    for _ in range(wanted):
        found += yield from fetch_many(libpq)
    return found


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1` for the first parameter and so on, and the parameters' names."""
    places: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        name = found[1]
        return "%" if name is None else f"${places.setdefault(name, len(places) + 1)}"

    # Where a statement has no parameters, a `%` is not doubled.
    text = _PARAMETER.sub(numbered, sql) if "%(" in sql else sql
    return text.encode(), tuple(places)


def _encoded(value: Any) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, str):
        found = value.encode()
        if b"\0" in found:
            # libpq would end the text there.
            raise StoreError("PostgreSQL: text cannot hold a NUL character")
        return found
    if isinstance(value, int):
        return b"%d" % value
    raise TypeError(f"no column holds a {type(value).__name__}")


def _name(result: PGresult, place: int) -> str:
    return (result.fname(place) or b"").decode()


def _loading(connection: Connection, kind: int) -> _Load:
    loader = connection.adapters.get_loader(kind, Format.TEXT)
    if loader is None:
        return bytes.decode
    return loader(kind, connection).load


def _ours_of(answer: PGresult) -> StoreError:
    state = (answer.error_field(DiagnosticField.SQLSTATE) or b"").decode()
    constraint = answer.error_field(DiagnosticField.CONSTRAINT_NAME) or b""
    return _told(state, constraint.decode(), answer.get_error_message())


def _ours(error: psycopg.Error) -> StoreError:
    return _told(error.sqlstate or "", error.diag.constraint_name or "", str(error))


def _told(state: str, constraint: str, message: str) -> StoreError:
    told = first_line(message)
    if state == _TAKEN:
        return ClaimTakenError(constraint or told)
    if state in _FIRST_COME:
        return StaleRequestError(told)
    return StoreError(f"PostgreSQL: {told}")


def first_line(message: object) -> str:
    """The first line of what the server says; the rest are hints."""
    return str(message).strip().partition("\n")[0]
