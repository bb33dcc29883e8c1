"""The schema's version: makes the tables, and refuses a database of another version."""

from __future__ import annotations

from collections.abc import Callable

from engine.errors import SchemaError
from engine.model import Reason
from engine.store.database import NO_TABLES, Database, Transaction

SCHEMA = 2
"""Counted up with every change of the tables since a release; each has its migration."""


def create(database: Database, fill: Callable[[Transaction], object] = lambda _: None) -> None:
    """Make every table in an empty database, and let `fill` write into them: all or nothing;
    SchemaError when it holds tables already.

    The same as all migrations, one after the other, and quicker.
    """
    from engine.store.tables import whole

    if database.has_tables():
        raise SchemaError("the database holds the program's tables already")
    with database.transaction() as tx:
        tx.define(whole.definitions(database.dialect))
        tx.run("schema_version_insert", {"version_num": revision(SCHEMA)})
        fill(tx)


def revision(schema: int) -> str:
    """The name of a schema's migration: `0001`."""
    return f"{schema:04d}"


def version(database: Database) -> int | None:
    """The schema's version of the database; None when it holds no tables."""
    if not database.has_tables():
        return None
    with database.reading() as tx:
        return _version(tx)


def check(database: Database) -> None:
    """Refuse a database that the program does not fit: SchemaError names both versions.

    From now on, the database refuses as well when its tables are changed while it is open.
    """
    _refuse(version(database))
    database.guard = lambda tx: _refuse(_version(tx))


def _version(tx: Transaction) -> int | None:
    row = tx.one("schema_version")
    return None if row is None else int(row["version_num"])


def _refuse(found: int | None) -> None:
    if found is None:
        raise SchemaError(NO_TABLES, reason=Reason("db_no_tables"))
    if found < SCHEMA:
        raise SchemaError(
            f"the database has schema {found}, the program needs {SCHEMA}: `kursdeling db upgrade`",
            reason=Reason("db_older", {"found": found, "wanted": SCHEMA}),
        )
    if found > SCHEMA:
        raise SchemaError(
            f"the database has schema {found}, newer than the program's {SCHEMA}: "
            "install the newer program",
            reason=Reason("db_newer", {"found": found, "wanted": SCHEMA}),
        )
