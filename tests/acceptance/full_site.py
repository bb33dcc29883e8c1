"""The site that the demo leaves, with at least one row in every table, whichever there are."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Table

from engine.store.contacts.register_proof import proof_row, standing
from engine.store.opening import open_database
from engine.store.tables import metadata

AT: Final = "2026-11-30T11:00:00Z"
"""The business time of the tests: the hour at which the demo is played (`DEMO_ENDS`)."""
ROWS: Final[Mapping[str, Mapping[str, Any]]] = {
    "absence": {"since": "2026-11-01", "until": "2026-12-24"},
    "network_task": {"since": "2026-11-01"},
    "link_check": {"state": "failing", "why": "link_not_yet", "detail": ""},
}
"""What a table's columns say where their names and rules do not tell."""
_ALLOWED = re.compile(r"(\w+) IN \('([^']*)'")


def fill(database: Path) -> None:
    """Give every empty table of the database one row, made of its own columns and rules."""
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for table in metadata.sorted_tables:
            if not connection.execute(f'SELECT 1 FROM "{table.name}"').fetchone():  # noqa: S608 – our own names
                _insert(connection, table)
    connection.close()
    _prove(database)


def _prove(database: Path) -> None:
    """Let the register stand as the program would have left it, and not as changed by hand."""
    with open_database(str(database)) as opened, opened.transaction() as tx:
        last = tx.one("register_proof_last")
        tx.run("register_changed")
        number = (tx.one("register_revision") or {})["revision"]
        tx.run("register_proof_insert", proof_row(last, number, standing(tx), ()))


def empty_tables(database: Path) -> set[str]:
    """The tables in which nothing stands."""
    with sqlite3.connect(database) as connection:
        names = [table.name for table in metadata.sorted_tables]
        found = {
            name
            for name in names
            if not connection.execute(f'SELECT 1 FROM "{name}"').fetchone()  # noqa: S608 – as above
        }
    connection.close()
    return found


def _insert(connection: sqlite3.Connection, table: Table) -> None:
    given = ROWS.get(table.name, {})
    row = {
        column.name: given.get(column.name, _value(connection, table, column))
        for column in table.columns
    }
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    connection.execute(
        f'INSERT INTO "{table.name}" ({names}) VALUES ({places})',  # noqa: S608 – as above
        list(row.values()),
    )


def _value(connection: sqlite3.Connection, table: Table, column: Column[Any]) -> Any:
    if column.nullable and not column.primary_key:
        return None
    for key in column.foreign_keys:
        other = key.column
        (value,) = connection.execute(
            f'SELECT "{other.name}" FROM "{other.table.name}" ORDER BY 1 LIMIT 1'  # noqa: S608 – as above
        ).fetchone()
        return value
    allowed = _allowed(table, column.name)
    if allowed is not None:
        return allowed
    return _usual(column)


def _usual(column: Column[Any]) -> Any:
    """What may stand in a column of its type and name."""
    if isinstance(column.type, LargeBinary):
        return b"x"
    if isinstance(column.type, Integer):
        return 1
    if column.name.endswith("_on"):
        return AT[:10]
    moments = ("at", "since", "until")
    return AT if column.name in moments or column.name.endswith("_at") else "x"


def _allowed(table: Table, column: str) -> str | None:
    """The first text that the table's rules allow in the column; None where any is."""
    for rule in table.constraints:
        if isinstance(rule, CheckConstraint):
            found = _ALLOWED.search(str(rule.sqltext))
            if found is not None and found[1] == column:
                return found[2]
    return None
