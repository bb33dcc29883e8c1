"""PostgreSQL's driver, wrapped: rows as mappings, and every error the program's own.

Every statement of a transition passes here, and psycopg's cursors cost more than the server takes
to answer them: a cursor is made, the text looked at, and the socket written to and asked, for each
statement, in a pipeline too (1.3 ms of processor time per transition, where this takes 0.4). So
what is sent goes by way of `psycopg.pq`, the wrapper of libpq that psycopg documents for this:

- each statement is prepared when it is first used on the connection, in the same message;
- a question that will be asked soon (`ahead`) goes with the one before it, and its answer is kept
  until it is asked, or something is written;
- what nobody waits for (BEGIN, rows that are written together, COMMIT) waits for the statement
  after it, and travels with it: one way to the server and back for all of them. What goes wrong
  with such rows is told by the statement that they travelled with, at the latest by COMMIT.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import count
from typing import Any, Final

import psycopg
from psycopg.generators import fetch_many, send
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from engine.errors import ClaimTakenError, StaleRequestError, StoreError, UnwritableError
from engine.store.database import Params, Row, Work
from engine.store.faults import of_postgresql
from engine.store.postgresql_statement import Connection, Message, Prepared, Question, question

_GIVES_NO_ANSWER: Final = (ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED)
_TAKEN: Final = "23505"
_FIRST_COME: Final = ("40P01", "40001")
"""Deadlock and serialization failure: another was there first."""
_UNWRITABLE: Final = ("53", "58", "25006")
"""No room, a system error, a standby that only reads: classes and a code of SQLSTATE."""
_streams = count(1)


class Session:
    """As `database.Session`, for as long as the connection lasts."""

    __slots__ = ("_ahead", "_come", "_connection", "_prepared", "_waiting")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._prepared: dict[str, Prepared] = {}
        self._waiting: list[Message] = []
        self._ahead: list[Message] = []
        self._come: dict[Question, PGresult] = {}
        """The answers to questions that have been sent ahead and were not asked yet."""

    def ahead(self, sql: str, params: Params) -> None:
        self._ahead.append(self._message(sql, params))

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
        self._forget_answers()
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
        self._forget_answers()
        self._waiting.append(self._message(sql, params))

    def commit(self) -> None:
        """Commit, with all that waits; StoreError when the server rolled back instead."""
        self.later("COMMIT", {})
        done = self._exchange()[-1].command_status
        if done != b"COMMIT":
            raise StoreError(f"PostgreSQL: the transaction ended with {done!r}")

    def give_up(self) -> None:
        """Roll back whatever has begun, and forget what waits."""
        self._waiting.clear()
        self._forget_answers()
        if self._connection.info.transaction_status is TransactionStatus.IDLE:
            return
        try:
            self.later("ROLLBACK", {})
            self._exchange()
        except StoreError:
            # The server rolls back by itself when the connection goes.
            self._connection.close()

    def _asked(self, sql: str, params: Params) -> tuple[Prepared, PGresult]:
        """The answer that has come ahead, or a new one, with which come those to `ahead`."""
        message = self._message(sql, params)
        prepared = message[0]
        if not prepared.reads:
            self._forget_answers()
        answer = self._come.pop(question(message), None) if self._come else None
        if answer is None:
            place = len(self._waiting)
            ahead, self._ahead = self._ahead, []
            self._waiting += [message, *ahead]
            answer, *more = self._exchange()[place:]
            self._come.update(zip(map(question, ahead), more, strict=True))
        return prepared, answer

    def _message(self, sql: str, params: Params) -> Message:
        prepared = self._prepared.get(sql)
        if prepared is None:
            prepared = self._prepared[sql] = Prepared(sql, f"s{len(self._prepared)}".encode())
        return prepared, prepared.values(params), prepared.formats(params)

    def _forget_answers(self) -> None:
        self._ahead.clear()
        self._come.clear()

    def _rows(self, prepared: Prepared, result: PGresult, wanted: int) -> list[Row]:
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
            return self._answers(work)
        except psycopg.Error as error:
            self._connection.close()
            raise _ours(error) from error
        except StoreError:
            raise
        except BaseException:
            # Answers may still be on their way, which nobody could tell from the next ones.
            self._connection.close()
            raise

    def _answers(self, work: Sequence[Message]) -> list[PGresult]:
        libpq = self._connection.pgconn
        libpq.enter_pipeline_mode()
        preparing: dict[int, Prepared] = {}
        sent = 0
        for prepared, values, formats in work:
            if not prepared.sent and prepared not in preparing.values():
                libpq.send_prepare(prepared.name, prepared.text)
                preparing[sent] = prepared
                sent += 1
            libpq.send_query_prepared(prepared.name, values, formats)
            sent += 1
        libpq.pipeline_sync()
        answers: list[PGresult] = []
        try:
            # One more than was sent: what tells that the server is in step again.
            self._connection.wait(_gathered(libpq, sent + 1, answers))
        except psycopg.Error as error:
            # A server that closes the connection tells why before it does.
            failed = _failed(answers)
            if failed is None:
                raise
            self._connection.close()
            raise _ours_of(failed) from error
        libpq.exit_pipeline_mode()
        for place, prepared in preparing.items():
            prepared.sent = answers[place].status == ExecStatus.COMMAND_OK
        failed = _failed(answers)
        if failed is not None:
            raise _ours_of(failed)
        return [each for place, each in enumerate(answers[:sent]) if place not in preparing]


def _gathered(libpq: Any, wanted: int, found: list[PGresult]) -> Generator[Any, Any, None]:
    yield from send(libpq)
    for _ in range(wanted):
        found += yield from fetch_many(libpq)


def _failed(answers: Sequence[PGresult]) -> PGresult | None:
    return next((each for each in answers if each.status in _GIVES_NO_ANSWER), None)


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
    kind = UnwritableError if state.startswith(_UNWRITABLE) else StoreError
    reason = of_postgresql(state, told)
    return kind(f"PostgreSQL: {told}", reason=reason, place="PostgreSQL")


def first_line(message: object) -> str:
    """The first line of what the server says; the rest are hints."""
    return str(message).strip().partition("\n")[0]
