"""SpiffWorkflow with saved state: restore the instance, complete its task, save it, and commit.

The library runs in memory; its own example application keeps the serialized instance in a
database between two steps, as is done here, beside the same history and letter as all have.
"""

from __future__ import annotations

import io
import json
import sqlite3
import sys
import time

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.peers.answering import Work, rounds

FORM = {f"point_{n}": "Deltakeren kan forebygge fall i sykehjem." for n in range(11)}
BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="share" targetNamespace="share">
  <process id="share" isExecutable="true">
    <startEvent id="start"><outgoing>f1</outgoing></startEvent>
    <userTask id="submitted" name="submitted"><incoming>f1</incoming><outgoing>f2</outgoing></userTask>
    <exclusiveGateway id="guard" default="f4"><incoming>f2</incoming><outgoing>f3</outgoing><outgoing>f4</outgoing></exclusiveGateway>
    <userTask id="received" name="received"><incoming>f3</incoming><outgoing>f5</outgoing></userTask>
    <endEvent id="refused"><incoming>f4</incoming></endEvent>
    <endEvent id="shared"><incoming>f5</incoming></endEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="submitted"/>
    <sequenceFlow id="f2" sourceRef="submitted" targetRef="guard"/>
    <sequenceFlow id="f3" sourceRef="guard" targetRef="received">
      <conditionExpression xsi:type="tFormalExpression">word == "MOTTATT"</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="f4" sourceRef="guard" targetRef="refused"/>
    <sequenceFlow id="f5" sourceRef="received" targetRef="shared"/>
  </process>
</definitions>"""  # noqa: E501 – a file of another language, which no line break may stand in
TABLES = """
CREATE TABLE request (id INTEGER PRIMARY KEY, state TEXT NOT NULL, version INTEGER NOT NULL,
  instance TEXT NOT NULL);
CREATE TABLE history (id INTEGER PRIMARY KEY, request INTEGER NOT NULL REFERENCES request(id),
  event TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL, actor TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE, at TEXT NOT NULL);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, request INTEGER NOT NULL REFERENCES request(id),
  receiver TEXT NOT NULL, template TEXT NOT NULL, variables TEXT NOT NULL, state TEXT NOT NULL);
"""


def prepared(path: str, count: int) -> Work:
    """The work: that many transitions of as many instances, a commit each."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(BPMN.encode())))
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    workflow = BpmnWorkflow(parser.get_spec("share"))
    workflow.do_engine_steps()
    (task,) = workflow.get_tasks(state=TaskState.READY)
    task.data.update(FORM)
    first = serializer.serialize_json(workflow)

    def work(_: str) -> float:
        connection = _filled(path, first, count)
        _received(connection, serializer, count)
        began = time.perf_counter()
        for n in range(1, count):
            _received(connection, serializer, n)
        spent = time.perf_counter() - began
        moved = "SELECT count(*) FROM request WHERE state = 'received' AND version = 1"
        found = [connection.execute(moved).fetchone()[0]]
        for table in ("history", "outbox"):
            found += connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert found == [count] * 3, found
        connection.close()
        return (count - 1) / spent

    return work


def _filled(path: str, first: str, count: int) -> sqlite3.Connection:
    from bench.peers.tables import without

    without(path)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    rows = [(n, "submitted", 0, first) for n in range(1, count + 1)]
    connection.executemany("INSERT INTO request VALUES (?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    return connection


def _received(
    connection: sqlite3.Connection, serializer: BpmnWorkflowSerializer, number: int
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    sql = "SELECT state, version, instance FROM request WHERE id = ?"
    state, version, instance = connection.execute(sql, (number,)).fetchone()
    workflow = serializer.deserialize_json(instance)
    (task,) = workflow.get_tasks(state=TaskState.READY)
    task.data["word"] = "MOTTATT"
    task.run()
    workflow.do_engine_steps()
    (task,) = workflow.get_tasks(state=TaskState.READY)
    after = task.task_spec.name
    moved = connection.execute(
        "UPDATE request SET state = ?, version = version + 1, instance = ?"
        " WHERE id = ? AND version = ?",
        (after, serializer.serialize_json(workflow), number, version),
    )
    assert moved.rowcount == 1
    connection.execute(
        "INSERT INTO history (request, event, from_state, to_state, actor, key, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            "acknowledge",
            state,
            after,
            "kslaring@ks.example",
            f"key {number}",
            "2026-09-07T08:00:00Z",
        ),
    )
    connection.execute(
        "INSERT INTO outbox (request, receiver, template, variables, state) VALUES (?, ?, ?, ?, ?)",
        (number, "elaering@si.example", "request_received", json.dumps(task.data), "waiting"),
    )
    connection.execute("COMMIT")


if __name__ == "__main__":
    rounds(lambda: prepared(sys.argv[1], int(sys.argv[2])))
