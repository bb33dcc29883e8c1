"""SpiffWorkflow with saved state: restore the instance, complete its task, save it, and commit.

The library runs in memory; its documentation has the instance written as JSON and kept between two
steps (`serialize_json`, `deserialize_json`), as is done here, in a table of its own beside the very
rows that the others write. What is restored is a request of the whole routine, with its form and
what happened before. The rows are written by bare sqlite3, the quickest way.
"""

from __future__ import annotations

import io
import json
import sqlite3
import sys
import time
from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from bench.peers.answering import Work, rounds
from bench.peers.given import EVENT, Counting, Given, Move
from bench.peers.routine_bpmn import PROCESS, bpmn
from bench.peers.tables import copied

_VOID = "UPDATE timer SET status = 'void' WHERE request = ? AND status = 'armed'"


class Spiff:
    """The routine, and instances of it as text."""

    def __init__(self, given: Given) -> None:
        self._before = given.before
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(io.BytesIO(bpmn(given.routine))))
        self._spec = parser.get_spec(PROCESS)

    def begun(self, request: Mapping[str, Any]) -> str:
        """An instance that stands where the request stands, with what is known of it."""
        workflow = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        known = {name: request[name] for name in ("number", "owner", "borrower", "opened_at")}
        _waiting(workflow).data.update({**known, "form": json.loads(request["form"])})
        for event in self._before:
            _moved(workflow, event)
        assert _waiting(workflow).task_spec.name == request["state"]
        return self._serializer.serialize_json(workflow)

    def moved(self, saved: str, event: str) -> tuple[str, str]:
        """(the state after the event, the instance as it stands then)."""
        workflow = self._serializer.deserialize_json(saved)
        _moved(workflow, event)
        return _waiting(workflow).task_spec.name, self._serializer.serialize_json(workflow)


def prepared(file: str, database: str, path: str, count: int) -> Work:
    """The work: that many transitions of as many instances, a commit each, of which the first is
    outside the clock.
    """
    given = Given(file)
    spiff = Spiff(given)
    first, *rest = given.moves[:count]

    def work(_: str) -> float:
        copied(database, path)
        connection = _opened(path)
        _fill(connection, spiff, [first, *rest])
        counting = Counting(lambda sql: connection.execute(sql).fetchone()[0] or 0)
        _move(connection, spiff, first)
        began = time.perf_counter()
        for move in rest:
            _move(connection, spiff, move)
        spent = time.perf_counter() - began
        counting.check([first, *rest])
        connection.close()
        return len(rest) / spent

    return work


def _moved(workflow: BpmnWorkflow, event: str) -> None:
    task = _waiting(workflow)
    task.data["event"] = event
    task.run()
    workflow.do_engine_steps()


def _waiting(workflow: BpmnWorkflow) -> Task:
    (task,) = workflow.get_tasks(state=TaskState.READY)
    return task


def _opened(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _fill(connection: sqlite3.Connection, spiff: Spiff, moves: list[Move]) -> None:
    connection.execute(
        "CREATE TABLE instance (request INTEGER PRIMARY KEY REFERENCES request(id),"
        " saved TEXT NOT NULL)"
    )
    connection.execute("BEGIN")
    for move in moves:
        (request,) = connection.execute("SELECT * FROM request WHERE id = ?", (move.request,))
        values = (move.request, spiff.begun(request))
        connection.execute("INSERT INTO instance VALUES (?, ?)", values)
    connection.execute("COMMIT")


def _move(connection: sqlite3.Connection, spiff: Spiff, move: Move) -> None:
    connection.execute("BEGIN IMMEDIATE")
    of = (move.request,)
    request = connection.execute(
        "SELECT request.*, instance.saved FROM request JOIN instance ON request = id WHERE id = ?",
        of,
    ).fetchone()
    connection.execute("SELECT * FROM course WHERE id = ?", (request["course"],)).fetchone()
    state, saved = spiff.moved(request["saved"], EVENT)
    rows = move.rows(**{name: request[name] for name in ("state", "seq", "head", "form", "kept")})
    changed = {**rows.request, "state": state}
    names = ", ".join(f"{name} = :{name}" for name in changed)
    moved = connection.execute(
        f"UPDATE request SET {names} WHERE id = :id AND seq = :seq - 1",
        {**changed, "id": move.request},
    )
    assert moved.rowcount == 1
    connection.execute("UPDATE instance SET saved = ? WHERE request = ?", (saved, move.request))
    connection.execute(_VOID, of)
    _insert(connection, "history", [rows.history])
    _insert(connection, "timer", rows.timers)
    _insert(connection, "letter", rows.letters)
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, table: str, rows: Any) -> None:
    names = list(rows[0])
    values = ", ".join(f":{name}" for name in names)
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})", rows)


if __name__ == "__main__":
    rounds(lambda: prepared(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
