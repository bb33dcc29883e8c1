"""The statements as SQLAlchemy constructs over `tables`; `generate` turns them into SQL text.

Every value is a named parameter. A list of ids is one parameter that holds a JSON array.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Table, bindparam, literal_column
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import Integer, Text

from engine.store.description.tables import metadata

party = metadata.tables["party"]
contact = metadata.tables["contact"]
contact_alias = metadata.tables["contact_alias"]
agreement = metadata.tables["agreement"]
course = metadata.tables["course"]
request = metadata.tables["request"]
share = metadata.tables["share"]
history = metadata.tables["history"]
timer = metadata.tables["timer"]
inbox = metadata.tables["inbox"]
letter = metadata.tables["letter"]
workflow_version = metadata.tables["workflow_version"]
counter = metadata.tables["counter"]
schema_version = metadata.tables["schema_version"]
register_revision = metadata.tables["register_revision"]
heartbeat = metadata.tables["heartbeat"]


class Listed(ColumnElement[Any]):
    """The members of a JSON array that is given as the parameter `name`."""

    inherit_cache = False

    def __init__(self, name: str, *, numbers: bool = False) -> None:
        self.parameter = bindparam(name, type_=Text())
        self.numbers = numbers


@compiles(Listed, "sqlite")
def _listed_sqlite(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    array = compiler.process(element.parameter, **options)
    return f"(SELECT value FROM json_each({array}))"  # noqa: S608 (a parameter's placeholder)


@compiles(Listed, "postgresql")
def _listed_postgresql(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    array = compiler.process(element.parameter, **options)
    member = "value::INTEGER" if element.numbers else "value"
    return f"(SELECT {member} FROM json_array_elements_text(({array})::JSON))"  # noqa: S608 (as above)


def among(column: ColumnElement[Any], name: str, *, numbers: bool = False) -> ColumnElement[bool]:
    """Whether `column` is in the JSON array given as the parameter `name`."""
    return column.bool_op("IN")(Listed(name, numbers=numbers))


NO_TEXT: ColumnElement[Any] = literal_column("''")
"""The empty text, which as a parameter stands for "no filter"."""


def param(name: str) -> BindParameter[Any]:
    """The text parameter `name`."""
    return bindparam(name, type_=Text())


def number(name: str) -> BindParameter[Any]:
    """The whole-number parameter `name`."""
    return bindparam(name, type_=Integer())


def inserted(table: Table, *, returning: str = "", generated: str = "") -> UpdateBase:
    """INSERT of one row with every column as a parameter; a generated key is left out, and only
    given back when it is `returning`: rows that give something back cannot be written many at once.
    """
    values = {
        column.name: bindparam(column.name, type_=column.type)
        for column in table.columns
        if column.name not in (returning, generated)
    }
    statement = plain_insert(table).values(values)
    if generated:
        return statement.inline()
    return statement.returning(table.c[returning]) if returning else statement


def upserted(table: Table, *keys: str) -> UpdateBase:
    """INSERT of one row, or UPDATE of every other column where the keys stand already."""
    values = {each.name: bindparam(each.name, type_=each.type) for each in table.columns}
    statement = insert(table).values(values)
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys
    }
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changed)


NOTHING_SKIPPED: ColumnElement[Any] = literal_column("0")
"""OFFSET is always written, since SQLite's dialect adds it to any LIMIT that is a parameter."""
