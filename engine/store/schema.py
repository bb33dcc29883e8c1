"""The schema's version: makes the tables, and refuses a database of another version."""

from __future__ import annotations

from engine.errors import SchemaError
from engine.store.database import Database

SCHEMA = 1
"""Counted up with every change of the tables."""


def create(database: Database) -> None:
    """Make every table in an empty database; SchemaError when it holds tables already."""
    if database.has_tables():
        raise SchemaError("the database holds the program's tables already")
    with database.transaction() as tx:
        tx.define(database.definitions)
        tx.run("schema_version_insert", {"id": 1, "version": SCHEMA})


def version(database: Database) -> int | None:
    """The schema's version of the database; None when it holds no tables."""
    if not database.has_tables():
        return None
    with database.reading() as tx:
        row = tx.one("schema_version")
    return None if row is None else int(row["version"])


def check(database: Database) -> None:
    """Refuse a database that the program does not fit: SchemaError names both versions."""
    found = version(database)
    if found is None:
        raise SchemaError("the database holds no tables: `kursdeling init` makes them")
    if found < SCHEMA:
        raise SchemaError(
            f"the database has schema {found}, the program needs {SCHEMA}: `kursdeling db upgrade`"
        )
    if found > SCHEMA:
        raise SchemaError(
            f"the database has schema {found}, newer than the program's {SCHEMA}: "
            "install the newer program"
        )
