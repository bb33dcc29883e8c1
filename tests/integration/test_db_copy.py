"""A site moves from SQLite to PostgreSQL and back with every row, or not at all."""

from __future__ import annotations

import itertools
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import LargeBinary

from engine.errors import KursdelingError, StoreError
from engine.service.upkeep.backups import moved
from engine.service.upkeep.heartbeat import begin
from engine.service.upkeep.verifying import verified
from engine.store import moving, schema
from engine.store.copying import MADE_WITH_TABLES
from engine.store.migrations.upgrading import upgrade
from engine.store.opening import open_database
from engine.store.tables import metadata
from tests.integration.office import AT, OWNER, PLATFORM, Office, new_office
from tests.integration.postgres import new_database
from tests.integration.schemas import NEXT, catalogue, contents, next_schema
from tests.integration.store_site import fill, opening, write

_names = itertools.count(1)


@pytest.fixture
def empty(postgresql_server: str) -> str:
    """The address of a new, empty PostgreSQL database."""
    return new_database(postgresql_server, f"copy{next(_names)}")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A site in which most tables hold something, øæå, bytes and attachments included."""
    office = new_office(tmp_path / "site")
    office.open(Kurssammendrag="Øvelse gjør mester – «på 30 %»")
    office.reply(PLATFORM, "MANGLER: tidsbruk")
    office.mail("en.fremmed@ukjent.example", "Hei", "Hva er dette?", aligned=False)
    return office


def copy(source: str, target: str) -> moving.Moved:
    return moved(source, target, AT, lambda _table, _count: None, anyway=False)


def test_every_table_is_moved_but_what_is_made_anew() -> None:
    everything = {table.name for table in metadata.sorted_tables}
    assert everything - set(moving.tables()) == {MADE_WITH_TABLES, "heartbeat"}
    assert {
        table.name
        for table in metadata.sorted_tables
        if any(isinstance(column.type, LargeBinary) for column in table.columns)
    } == moving.WITH_BYTES


def test_a_site_moves_to_postgresql_works_there_and_moves_back(
    office: Office, empty: str, tmp_path: Path
) -> None:
    home, back = str(office.site.folder / "kursdeling.db"), str(tmp_path / "back.db")
    before = contents(home)

    there = copy(home, empty)
    assert there.rows["request"] == there.heads == 1
    assert there.rows == {name: len(rows) for name, rows in before.items() if name != "heartbeat"}
    assert contents(empty) == before

    office.site.database.close()
    with open_database(empty) as database:
        moved_office = Office(replace(office.site, database=database), at=office.at, written=50)
        moved_office.later(hours=1)
        moved_office.reply(OWNER, "Tidsbruk: 30 min")
        moved_office.reply(PLATFORM, "GODTATT")
        # Generated ids go on where the old database's ended.
        assert moved_office.open(Kursets_kortnavn="SI-NY") == "KD-2026-0002"
        assert verified(moved_office.site).broken == ()

    after = contents(empty)
    copy(empty, back)
    assert contents(back) == after
    with open_database(back) as database:
        at_home = Office(replace(office.site, database=database), at=moved_office.at, written=70)
        at_home.reply(PLATFORM, "GODTATT")
        assert at_home.state("KD-2026-0002") == "accepted"
        assert verified(at_home.site).broken == ()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_that_holds_anything_is_not_copied_to(
    office: Office, kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    home = str(office.site.folder / "kursdeling.db")
    full = str(tmp_path / "full.db") if kind == "sqlite" else request.getfixturevalue("empty")
    with open_database(full) as database:
        schema.create(database)
        with database.transaction() as tx:
            tx.run("register_changed")
    before = contents(full)
    with pytest.raises(StoreError, match="holds something already: register_revision"):
        copy(home, full)
    assert contents(full) == before


def test_what_comes_out_otherwise_is_not_kept(
    office: Office, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = str(office.site.folder / "kursdeling.db")
    with open_database(empty) as database:
        schema.create(database)
        with database.transaction() as tx:
            tx.define(
                [
                    "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN NEW.subject = 'spoilt'; RETURN NEW; END $$",
                    "CREATE TRIGGER spoil BEFORE INSERT ON inbox "
                    "FOR EACH ROW EXECUTE FUNCTION spoil()",
                ]
            )
    with pytest.raises(StoreError, match="inbox came out otherwise"):
        copy(home, empty)
    assert not any(contents(empty).values())


def test_a_letter_that_postgresql_cannot_hold_stops_the_copy_whole(
    office: Office, empty: str
) -> None:
    home = str(office.site.folder / "kursdeling.db")
    with office.site.database.transaction() as tx:
        tx.define(["UPDATE inbox SET subject = 'a' || char(0) || 'b' WHERE id = 1"])
    with pytest.raises(StoreError, match="NUL"):
        copy(home, empty)
    assert not any(contents(empty).values())


def test_a_site_that_is_worked_on_is_not_moved(office: Office, tmp_path: Path) -> None:
    home, target = str(office.site.folder / "kursdeling.db"), str(tmp_path / "new.db")
    worker = begin(office.site, timedelta(seconds=30))
    now = office.site.clock.now()
    with pytest.raises(StoreError, match=f"{worker.name} still works on it"):
        moved(home, target, now, lambda _table, _count: None, anyway=False)
    assert not Path(target).exists()
    moved(home, target, now, lambda _table, _count: None, anyway=True)
    assert contents(target)["heartbeat"] == []


def test_a_database_of_another_schema_is_neither_copied_nor_copied_to(
    office: Office, tmp_path: Path
) -> None:
    home, newer = str(office.site.folder / "kursdeling.db"), str(tmp_path / "newer.db")
    upgrade(newer, to=NEXT, folders=next_schema(tmp_path / "more", "op.execute('SELECT 1')"))
    before = catalogue(newer)
    for source, target in ((newer, str(tmp_path / "x.db")), (home, newer)):
        with pytest.raises(KursdelingError, match="newer than the program's"):
            copy(source, target)
    assert catalogue(newer) == before
    assert not any(contents(newer).values())


def test_a_large_site_does_not_fill_the_memory(tmp_path: Path) -> None:
    source = str(tmp_path / "large.db")
    with open_database(source) as database:
        schema.create(database)
        fill(database)
        write(database, *(opening(f"n{n}", f"KURS{n}") for n in range(300)))
        with database.transaction() as tx:
            insert = "INSERT INTO attachment SELECT '{}', '', 1, zeroblob(400000)"
            tx.define([insert.format(n) for n in range(40)])
    tracemalloc.start()
    moved(source, str(tmp_path / "new.db"), AT, lambda _table, _count: None, anyway=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
