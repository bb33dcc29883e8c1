"""Seals over rows, made by the very statement that changes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, Text, case, cast, func, literal_column, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Update

from engine.store.description.tables import metadata

BESIDE: Final[Mapping[str, frozenset[str]]] = {
    "timer": frozenset({"id", "seal"}),
    "letter": frozenset({"id", "seal", "raw"}),
    "inbox": frozenset({"id", "raw"}),
}
"""What no seal of a table covers: ids that the database gives, and bytes that have a hash."""


def sealed_columns(table: str) -> tuple[str, ...]:
    """What a table's seal covers, in that order."""
    names = {column.name for column in metadata.tables[table].columns}
    return tuple(sorted(names - BESIDE[table]))


class Seal(ColumnElement[str]):
    """The digest of the values, as `engine.store.seals` makes it."""

    inherit_cache = False
    type = Text()

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values


@compiles(Seal, "sqlite")
def _seal_sqlite(element: Seal, compiler: SQLCompiler, **options: Any) -> str:
    return f"seal({', '.join(compiler.process(each, **options) for each in element.values)})"


@compiles(Seal, "postgresql")
def _seal_postgresql(element: Seal, compiler: SQLCompiler, **options: Any) -> str:
    parts = (
        f"coalesce('=' || CAST({compiler.process(each, **options)} AS TEXT), '-')"
        for each in element.values
    )
    text = " || chr(31) || ".join(parts)
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"


def seal_over(table: Table, changed: Mapping[str, Any]) -> Seal:
    """The seal of a row in which the columns in `changed` get those values."""
    values = [changed.get(name, table.c[name]) for name in sealed_columns(table.name)]
    if table.name == "inbox":
        # A message whose bytes were removed says so.
        values.append(case((table.c.raw.is_(None), literal_column("1")), else_=literal_column("0")))
    return Seal(values)


def changing(table: Table, **values: Any) -> Update:
    """UPDATE of a sealed table that sets the columns to the values, and the seal to theirs."""
    made: ColumnElement[str] = seal_over(table, values)
    if table.name == "letter":
        # The first half is of what never changes, and stays.
        first = func.substr(cast(values.get("seal", table.c.seal), Text), _FROM, _HEXADECIMAL)
        made = first.op("||")(literal_column("':'")).op("||")(made)
    return update(table).values({**values, "seal": made})


_FROM: Final[ColumnElement[int]] = literal_column("1")
_HEXADECIMAL: Final[ColumnElement[int]] = literal_column("64")
