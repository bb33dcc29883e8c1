"""Runs the migrations that a database lacks: all in one transaction, or none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, NullPool, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from engine.errors import SchemaError, StoreError
from engine.model import Reason
from engine.store import postgresql
from engine.store.faults import of_postgresql, of_sqlite
from engine.store.opening import is_address
from engine.store.postgresql import PROGRAM
from engine.store.schema import SCHEMA, revision
from engine.store.sqlite import connect

VERSIONS: Final = Path(__file__).with_name("versions")
UPGRADE: Final = "kursdeling upgrade"
"""By this name the server knows an upgrade's connection, which no other upgrade ends."""
_VERSION_TABLE: Final = "schema_version"
_ONE_AT_A_TIME: Final = 0x6B7572736465  # an advisory lock's number, in the program's own letters


def upgrade(
    url: str, *, to: int = SCHEMA, folders: Sequence[Path] = (VERSIONS,)
) -> tuple[int | None, int]:
    """Bring the database to the schema `to`; (its schema before, None without tables, and after).

    What goes wrong leaves everything as it was: StoreError says what. SchemaError for a database
    that is newer. Other workers of PostgreSQL are cut off, wait, and then see the new schema.
    """
    config = _config(folders)
    with _told(url), _connected(url) as connection:
        before = _found(connection)
        if before is not None and before > to:
            raise SchemaError(
                f"the database has schema {before}, newer than the program's {to}: "
                "install the newer program",
                reason=Reason("db_newer", {"found": before, "wanted": to}),
            )
        if before != to:
            _run(connection, config, revision(to))
            _whole(connection)
    return before, to


def _config(folders: Sequence[Path]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(folder) for folder in folders))
    return config


def _run(connection: Connection, config: Config, target: str) -> None:
    scripts = ScriptDirectory.from_config(config)

    def steps(current: Any, _context: Any) -> Any:
        return scripts._upgrade_revs(target, current)  # noqa: SLF001 – Alembic's own commands do so

    with EnvironmentContext(config, scripts, fn=steps, destination_rev=target) as environment:
        environment.configure(
            connection=connection, version_table=_VERSION_TABLE, transactional_ddl=True
        )
        environment.run_migrations()


def _found(connection: Connection) -> int | None:
    if not connection.dialect.has_table(connection, _VERSION_TABLE):
        return None
    row = connection.execute(text("SELECT version_num FROM schema_version")).one_or_none()
    return None if row is None else int(row.version_num)


def _whole(connection: Connection) -> None:
    """Refuse what left a reference to nothing; PostgreSQL has looked after that by itself."""
    if connection.dialect.name == "sqlite":
        for table, _row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            raise StoreError(f"the migration left a row of {table} without its {parent}")


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """A connection in a transaction that nobody else writes beside."""
    address = is_address(url)
    database = create_engine(
        "postgresql+psycopg://" if address else "sqlite://",
        creator=_postgresql(url) if address else lambda: connect(url, foreign_keys=False),
        poolclass=NullPool,
    )
    if not address:
        event.listen(database, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    with database.begin() as connection:
        if address:
            _alone(connection)
        yield connection


def _postgresql(url: str) -> Callable[[], Any]:
    return lambda: postgresql.connect(url, UPGRADE)


def _alone(connection: Connection) -> None:
    """Keep other upgrades waiting, and end every connection of the program: whoever comes back
    is held until this transaction is over, and then sees what schema there is.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ONE_AT_A_TIME})
    if connection.dialect.has_table(connection, _VERSION_TABLE):
        connection.execute(text("LOCK TABLE schema_version IN ACCESS EXCLUSIVE MODE"))
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND datname = current_database() AND usename = current_user "
            "AND application_name = :program"
        ),
        {"program": PROGRAM},
    )


@contextmanager
def _told(url: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        cause: BaseException = getattr(error, "orig", None) or error
        where = "PostgreSQL" if is_address(url) else url
        said = str(cause).strip().partition("\n")[0]
        if isinstance(cause, sqlite3.Error):
            reason = of_sqlite(cause)
        else:
            reason = of_postgresql(getattr(cause, "sqlstate", None) or "", said)
        raise StoreError(f"{where}: {said}", reason=reason, place=where) from cause
    except CommandError as error:
        raise StoreError(f"no way from here to the wanted schema: {error}") from error
