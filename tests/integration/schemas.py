"""What a database's tables are, and hold, as its own catalogue tells: for comparing two."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

from sqlalchemy import MetaData, NullPool, create_engine, select

from engine.store import schema
from engine.store.migrations.upgrading import VERSIONS
from engine.store.opening import is_address

_COLUMNS = """
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""
_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
_SQLITE = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1"


def catalogue(url: str) -> list[tuple[Any, ...]]:
    """Every table, column, constraint and index, as the database itself describes them."""
    queries = (_COLUMNS, _CONSTRAINTS, _INDEXES) if is_address(url) else (_SQLITE,)
    with _open(url).connect() as connection:
        rows = [tuple(row) for sql in queries for row in connection.exec_driver_sql(sql)]
    return [tuple(_plain(value) for value in row) for row in rows]


def contents(url: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the schema's version."""
    database = _open(url)
    found = MetaData()
    found.reflect(database)
    with database.connect() as connection:
        return {
            name: sorted(
                (dict(row) for row in connection.execute(select(table)).mappings()), key=str
            )
            for name, table in found.tables.items()
            if name != "schema_version"
        }


def _open(url: str) -> Any:
    address = url.replace("postgresql://", "postgresql+psycopg://")
    return create_engine(address if is_address(url) else f"sqlite:///{url}", poolclass=NullPool)


def _plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    # Alembic's CREATE TABLE and ours differ in blanks alone.
    return "".join(value.split())


NOW = schema.SCHEMA
NEXT = NOW + 1
"""The schema of a program newer than ours, which only tests have."""


def next_schema(folder: Path, body: str) -> tuple[Path, Path]:
    """Folders of migrations, the program's and one with the next schema made by `body`."""
    folder.mkdir(exist_ok=True)
    text = """
    import sqlalchemy as sa
    from alembic import op

    revision = "{}"
    down_revision = "{}"


    def upgrade() -> None:
    {}
    """
    lines = "\n".join(f"    {line}" for line in dedent(body).strip().splitlines())
    revision, before = schema.revision(NEXT), schema.revision(NOW)
    written = dedent(text).format(revision, before, lines)
    (folder / f"r{revision}_a_test.py").write_text(written, encoding="utf-8")
    return VERSIONS, folder
