"""What is done with whole tables, out of their own description: they are made, read and written.

SQLModel takes 0.4 s of processor time to load, so whoever does such work imports this when he does
it, and nothing of every day does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Dialect,
    Integer,
    LargeBinary,
    cast,
    insert,
    literal_column,
    null,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.ddl import DDLElement

from engine.store.tables import metadata

_DIALECTS: Final[Mapping[str, Dialect]] = {
    "sqlite": sqlite.dialect(paramstyle="named"),
    "postgresql": psycopg.dialect(),  # type: ignore[no-untyped-call]  # SQLAlchemy's own
}
TABLES: Final = tuple(table.name for table in metadata.sorted_tables)
"""Every table, those that others refer to first."""


@cache
def definitions(database: str) -> tuple[str, ...]:
    """What makes every table and index in an empty database of that kind."""
    made: list[DDLElement] = []
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [CreateTable(table), *(CreateIndex(index) for index in indexes)]
    return tuple(_compiled(element, database) for element in made)


@cache
def counting(database: str) -> tuple[str, ...]:
    """What makes generated ids go on after rows that were brought with theirs."""
    if database == "sqlite":
        return ()  # it looks for the highest one by itself
    made = []
    for table in metadata.sorted_tables:
        key = table.autoincrement_column
        if key is not None and isinstance(key.type, Integer):
            last = f"(SELECT coalesce(max({key.name}), 0) + 1 FROM {table.name})"  # noqa: S608 (our own)
            sequence = f"pg_get_serial_sequence('{table.name}', '{key.name}')"
            made.append(f"SELECT setval({sequence}, {last}, false)")
    return tuple(made)


@cache
def reading(database: str, table: str, *, with_bytes: bool = True) -> str:
    """What reads every row of a table; without the bytes of mails, letters and attachments, where
    a column that must hold something holds none.
    """
    columns: list[ColumnElement[Any]] = []
    for column in metadata.tables[table].columns:
        if with_bytes or not isinstance(column.type, LargeBinary):
            columns.append(column)
        else:
            none = null() if column.nullable else cast(literal_column("''"), LargeBinary)
            columns.append(none.label(column.name))
    return _compiled(select(*columns), database)


@cache
def writing(database: str, table: str) -> str:
    """What writes one row of a table, its id included."""
    return _compiled(insert(metadata.tables[table]).inline(), database)


def _compiled(element: ClauseElement, database: str) -> str:
    compiled = element.compile(dialect=_DIALECTS[database])
    text = str(compiled)
    # What is run without parameters is taken as it stands, so a `%` is not doubled there.
    return text if getattr(compiled, "params", None) else text.replace("%%", "%")
