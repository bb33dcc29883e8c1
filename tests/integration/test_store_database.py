"""Opening databases, transactions, and the pragmas that keep SQLite's promises."""

from __future__ import annotations

import sqlite3
import tracemalloc
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.errors import SchemaError, StoreError
from engine.store import schema
from engine.store.backup import write_backup
from engine.store.contacts import register
from engine.store.database import Database
from engine.store.encoding import canonical, instant
from engine.store.migrations.upgrading import upgrade
from engine.store.moving import move
from engine.store.opening import memory, open_database
from engine.store.sqlite import SqliteDatabase, connect
from tests.integration.schemas import NEXT
from tests.integration.store_site import AT, DAY, opening, read, write

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "engine"


def test_every_sqlite_connection_writes_ahead_and_syncs_fully(tmp_path: Path) -> None:
    for _ in range(2):
        with open_database(tmp_path / "kursdeling.db") as database:
            assert isinstance(database, SqliteDatabase)
            found = [
                database.pragma(name)
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
        assert found == ["wal", 2, 1, 10_000]


def test_there_is_one_way_to_a_sqlite_file_and_one_to_a_server() -> None:
    wanted = {"sqlite3.connect(": "store/sqlite.py", "psycopg.connect(": "store/postgresql.py"}
    for call, place in wanted.items():
        found = [
            file.relative_to(ENGINE).as_posix()
            for package in (ENGINE, ROOT / "config", ROOT / "notifiers", ROOT / "workflows")
            for file in package.rglob("*.py")
            if call in file.read_text(encoding="utf-8")
        ]
        assert found == [place]


def test_every_other_way_to_open_one_syncs_fully_too(tmp_path: Path) -> None:
    seen: list[int] = []

    def watched(path: str, **options: bool) -> sqlite3.Connection:
        connection = connect(path, **options)
        seen.append(connection.execute("PRAGMA synchronous").fetchone()[0])
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.store.sqlite.connect", watched)
        patch.setattr("engine.store.migrations.upgrading.connect", watched)
        upgrade(str(tmp_path / "a.db"))
        with open_database(tmp_path / "a.db") as database:
            write_backup(database, tmp_path / "b.db")
            with open_database(tmp_path / "c.db") as target:
                move(database, target)
        memory().close()
    assert len(seen) >= 5
    assert set(seen) == {2}


def test_a_file_system_that_cannot_write_ahead_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Network(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            return super().execute(sql.replace("journal_mode=WAL", "journal_mode=DELETE"), *values)

    plain = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **o: plain(*a, factory=Network, **o))
    with pytest.raises(StoreError, match="journal_mode is delete and cannot be WAL here"):
        open_database(tmp_path / "kursdeling.db")


def test_a_writing_transaction_takes_the_lock_at_once(tmp_path: Path) -> None:
    path = tmp_path / "kursdeling.db"
    with open_database(path) as database:
        schema.create(database)
        with (
            database.transaction(),
            closing(sqlite3.connect(path, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


def test_an_exception_rolls_back_and_the_database_can_be_used_on(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as tx:
            register.add_agreement(tx, DAY, DAY.replace(year=2030), recorded_at=AT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert len(read(database, "agreements")) == 1
    write(database, opening())


def test_a_transaction_inside_another_is_refused(database: Database) -> None:
    with database.transaction(), pytest.raises(StoreError, match="open already"):
        database.reading().__enter__()
    assert len(read(database, "agreements")) == 1


def test_reading_can_change_nothing(database: Database) -> None:
    with pytest.raises(StoreError), database.reading() as tx:
        register.add_agreement(tx, DAY, DAY.replace(year=2030), recorded_at=AT)
    write(database, opening())


def test_reading_sees_one_moment(url: str, database: Database) -> None:
    with open_database(url) as other, database.reading() as tx:
        assert tx.all("requests_all") == []
        write(other, opening())
        assert tx.all("requests_all") == []
    assert len(read(database, "requests_all")) == 1


def test_rows_stream_by_without_filling_the_memory(database: Database) -> None:
    rows = (
        "INSERT INTO counter WITH RECURSIVE n(i) AS "
        "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT i, i FROM n"
    )
    with database.transaction() as tx:
        tx.define([rows])
    tracemalloc.start()
    with database.reading() as tx:
        beside = tx.stream("counters")
        assert next(beside)["year"] == 1
        assert sum(row["last"] for row in tx.stream("counters")) == 40000 * 40001 // 2
        assert next(beside)["year"] == 2
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000  # all of them at once are 10 MB


def test_a_foreign_key_to_nothing_is_refused(database: Database) -> None:
    plan = opening()
    with pytest.raises(StoreError):
        write(database, replace(plan, after=replace(plan.after, owner="nobody")))


def test_the_schema_is_made_once_and_fits(url: str) -> None:
    with open_database(url) as database:
        assert schema.version(database) is None
        with pytest.raises(SchemaError, match="no tables"):
            schema.check(database)
        schema.create(database)
        schema.check(database)
        with pytest.raises(SchemaError, match="already"):
            schema.create(database)


@pytest.mark.parametrize(("found", "words"), [(0, "db upgrade"), (NEXT, "newer")])
def test_a_database_of_another_schema_is_refused_by_number(
    tmp_path: Path, found: int, words: str
) -> None:
    path = tmp_path / "kursdeling.db"
    with open_database(path) as database:
        schema.create(database)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE schema_version SET version_num = ?", (f"{found:04d}",))
        connection.commit()
    with open_database(path) as database, pytest.raises(SchemaError, match=words) as refused:
        schema.check(database)
    assert f"schema {found}" in str(refused.value)


def test_a_database_that_cannot_be_opened_says_which(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"this is not a database, whatever its name says" * 50)
    with pytest.raises(StoreError, match=r"no\.db: file is not a database"):
        open_database(tmp_path / "no.db")
    with pytest.raises(StoreError, match="unable to open"):
        open_database(tmp_path / "no folder" / "kursdeling.db")


def test_a_server_that_does_not_answer_is_a_clear_error() -> None:
    with pytest.raises(StoreError, match="PostgreSQL: "):
        open_database("postgresql://nobody@127.0.0.1:1/nothing")


def test_a_connection_that_the_server_closed_is_made_again(postgresql_server: str) -> None:
    with (
        open_database(f"{postgresql_server}/postgres") as database,
        open_database(f"{postgresql_server}/postgres") as other,
    ):
        with other.transaction() as tx:
            tx.define(["SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                       "WHERE pid <> pg_backend_pid() AND usename = 'kursdeling'"])  # fmt: skip
        with pytest.raises(StoreError, match="PostgreSQL: "):
            database.has_tables()
        assert not database.has_tables()


def test_a_database_in_memory_is_ready_and_its_own() -> None:
    with memory() as first, memory() as second:
        schema.check(first)
        with first.transaction() as tx:
            register.add_agreement(tx, DAY, DAY.replace(year=2030), recorded_at=AT)
        assert len(read(first, "agreements")) == 1
        assert read(second, "agreements") == []


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        instant(datetime(2026, 9, 7, 8, 15))  # noqa: DTZ001 (the fault that is tested)


def test_values_have_one_canonical_text() -> None:
    value = {"b": frozenset({"ø", "a"}), "a": (AT, DAY), "c": {"x": None}}
    assert canonical(value) == (
        '{"a":["2026-09-07T08:15:00Z","2026-09-07"],"b":["a","ø"],"c":{"x":null}}'
    )
    with pytest.raises(TypeError, match="object"):
        canonical(object())
