"""Every road to the present schema leads to the same tables with what they held, or nowhere."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import NullPool, create_engine

from engine.errors import KursdelingError, SchemaError, StoreError
from engine.store import schema
from engine.store.database import Database
from engine.store.migrations.upgrading import upgrade
from engine.store.opening import is_address, open_database
from engine.store.tables import metadata
from tests.integration.schemas import NEXT, NOW, catalogue, contents, next_schema
from tests.integration.store_site import AT, fill, letter, opening, step, timer, write

SECOND = """
op.add_column("course", sa.Column("language", sa.String(), nullable=False, server_default="nb"))
with op.batch_alter_table("party") as batch:
    batch.alter_column("name", new_column_name="title")
op.create_table(
    "holder",
    sa.Column("email", sa.String(), nullable=False),
    sa.PrimaryKeyConstraint("email", name="pk_holder"),
)
op.execute("INSERT INTO holder SELECT DISTINCT email FROM contact")
"""
LOSES = "op.execute(\"UPDATE request SET state = 'lost'\")"
REPEATS = 'op.execute("INSERT INTO holder SELECT email FROM contact")'
BROKEN = "\n".join((SECOND, LOSES, REPEATS))


def furnish(url: str) -> None:
    """Tables of today's schema, with something in most of them."""
    with open_database(url) as database:
        schema.create(database)
        fill(database)
        (first,) = write(
            database, opening(letters=(letter(),), timers=(timer(AT + timedelta(days=60)),))
        )
        write(database, opening("b", "ANNET"))
        assert first.number == "KD-2026-0001"


def test_the_migrations_end_where_the_tables_begin(url: str, tmp_path: Path) -> None:
    assert upgrade(url) == (None, NOW)

    address = url.replace("postgresql://", "postgresql+psycopg://")
    made = create_engine(address if is_address(url) else f"sqlite:///{url}", poolclass=NullPool)
    with made.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_what_the_migrations_make_and_what_init_makes_cannot_be_told_apart(
    url: str, request: pytest.FixtureRequest
) -> None:
    upgrade(url)
    migrated = catalogue(url)
    with open_database(url) as database:
        schema.check(database)
        _emptied(database, url)
        schema.create(database)
    assert catalogue(url) == migrated


def _emptied(database: Database, url: str) -> None:
    with database.transaction() as tx:
        if is_address(url):
            tx.define(["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"])
        else:
            tx.define(["PRAGMA defer_foreign_keys=ON"])
            tx.define([f"DROP TABLE {table.name}" for table in reversed(metadata.sorted_tables)])
    database.guard = None


def test_an_upgrade_with_nothing_to_do_changes_nothing(url: str) -> None:
    furnish(url)
    before = (catalogue(url), contents(url))
    assert upgrade(url) == (NOW, NOW)
    assert (catalogue(url), contents(url)) == before


def test_an_upgrade_keeps_every_row(url: str, tmp_path: Path) -> None:
    furnish(url)
    before = contents(url)

    assert upgrade(url, to=NEXT, folders=next_schema(tmp_path / "more", SECOND)) == (NOW, NEXT)

    after = contents(url)
    assert {row["email"] for row in after.pop("holder")} == {
        row["email"] for row in before["contact"]
    }
    assert [row.pop("language") for row in after["course"]] == ["nb", "nb"]
    for row in after["party"]:
        row["name"] = row.pop("title")
    assert {name: _sorted(rows) for name, rows in after.items()} == {
        name: _sorted(rows) for name, rows in before.items()
    }
    with open_database(url) as database, pytest.raises(SchemaError, match="newer"):
        schema.check(database)


def _sorted(rows: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    return sorted((sorted(row.items()) for row in rows), key=str)


def test_an_upgrade_that_fails_in_the_middle_leaves_everything_as_it_was(
    url: str, tmp_path: Path
) -> None:
    furnish(url)
    before = (catalogue(url), contents(url))
    with pytest.raises(StoreError, match="holder"):
        upgrade(url, to=NEXT, folders=next_schema(tmp_path / "more", BROKEN))
    assert (catalogue(url), contents(url)) == before
    with open_database(url) as database:
        schema.check(database)
        write(database, opening("c", "TREDJE"))


def test_a_migration_that_leaves_a_reference_to_nothing_is_taken_back(
    url: str, tmp_path: Path
) -> None:
    furnish(url)
    before = contents(url)
    with pytest.raises(StoreError, match="party"):
        upgrade(
            url,
            to=NEXT,
            folders=next_schema(
                tmp_path / "more", "op.execute(\"DELETE FROM party WHERE id = 'ahus'\")"
            ),
        )
    assert contents(url) == before


def test_a_newer_database_is_left_alone(url: str, tmp_path: Path) -> None:
    furnish(url)
    upgrade(url, to=NEXT, folders=next_schema(tmp_path / "more", SECOND))
    before = (catalogue(url), contents(url))
    with pytest.raises(SchemaError, match=f"schema {NEXT}, newer than the program's {NOW}"):
        upgrade(url)
    assert (catalogue(url), contents(url)) == before


def test_a_program_that_runs_while_its_database_is_upgraded_writes_nothing_more(
    url: str, tmp_path: Path
) -> None:
    furnish(url)
    with open_database(url) as running:
        schema.check(running)
        (opened,) = write(running, opening("c", "TREDJE"))
        upgrade(url, to=NEXT, folders=next_schema(tmp_path / "more", SECOND))
        before = contents(url)
        refused: list[str] = []
        for _ in range(3):
            try:
                write(running, opening("d", "FJERDE"))
            except KursdelingError as error:
                refused.append(str(error))
        assert len(refused) == 3
        assert all("newer than the program's" in reason for reason in refused[1:])
        with pytest.raises(SchemaError), running.reading():
            pass
    assert contents(url) == before
    assert opened.number == "KD-2026-0003"


def test_of_two_upgrades_at_once_one_waits_for_the_other(url: str, tmp_path: Path) -> None:
    furnish(url)
    folders = next_schema(tmp_path / "more", SECOND)
    found: list[tuple[int | None, int]] = []
    threads = [
        threading.Thread(target=lambda: found.append(upgrade(url, to=NEXT, folders=folders)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(str(pair) for pair in found) == [str((NOW, NEXT)), str((NEXT, NEXT))]


def test_history_goes_on_after_an_upgrade(url: str) -> None:
    assert upgrade(url) == (None, NOW)
    with open_database(url) as database:
        schema.check(database)
        fill(database)
        plan = opening()
        write(database, plan, step(plan.after, "submit", "submitted", "b"))
        with database.reading() as tx:
            assert [row["seq"] for row in tx.stream("history_all")] == [1, 2]
