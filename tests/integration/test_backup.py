"""A backup is one moment whole, made while others write, and a site again when put back."""

from __future__ import annotations

import shutil
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.app import open_site
from engine.errors import StoreError
from engine.service.site import Site
from engine.service.upkeep.backups import DailyBackup, last_backup
from engine.service.upkeep.health import examined
from engine.service.upkeep.verifying import verified
from engine.store.backup import backups, forget_old, write_backup
from engine.store.database import Database
from engine.store.opening import open_database
from engine.store.verifying.verify import heads
from tests.integration.office import OWNER, PLATFORM, Office, new_office
from tests.integration.schemas import contents
from tests.integration.store_site import fill, opening, write

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def all_heads(database: Database) -> list[tuple[str, int, str]]:
    with database.reading() as tx:
        return list(heads(tx))


@pytest.fixture
def office(tmp_path: Path, url: str) -> Office:
    office = new_office(tmp_path / "site", **({"database": url} if "://" in url else {}))
    office.open()
    office.reply(PLATFORM, "GODTATT")
    return office


def test_a_backup_put_back_is_the_site_again_and_goes_on(office: Office, tmp_path: Path) -> None:
    kept = all_heads(office.site.database)
    backup = tmp_path / "kept.db"
    assert write_backup(office.site.database, backup) == backup.stat().st_size
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    office.reply(OWNER, "MERKET")  # happens after it, and is lost with the machine
    office.site.database.close()

    restored = tmp_path / "restored"
    restored.mkdir()
    for name in ("kursdeling.toml", "signing.key"):
        shutil.copy(office.site.folder / name, restored)
    settings = (restored / "kursdeling.toml").read_text()
    lines = [line for line in settings.splitlines() if not line.startswith("database = ")]
    (restored / "kursdeling.toml").write_text("\n".join(['database = "kursdeling.db"', *lines]))
    shutil.copy(backup, restored / "kursdeling.db")

    again = Office(open_site(restored), at=office.at, written=90)
    assert all_heads(again.site.database) == kept
    assert verified(again.site).ok
    assert again.state("KD-2026-0001") == "accepted"
    again.reply(OWNER, "MERKET")
    assert again.state("KD-2026-0001") == "shared"
    assert again.open(Kursets_kortnavn="SI-NY") == "KD-2026-0002"
    assert verified(again.site).ok
    again.site.database.close()


def test_a_backup_is_one_moment_whoever_writes_meanwhile(
    database: Database, url: str, tmp_path: Path
) -> None:
    stop = threading.Event()
    written: list[str] = []

    def work() -> None:
        with open_database(url) as own:
            while not stop.is_set():
                number = len(written)
                written.append(write(own, opening(f"w{number}", f"KURS{number}"))[0].number)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(3):
            file = tmp_path / f"{number}.db"
            write_backup(database, file)
            with open_database(file) as copy:
                rows = {key: len(value) for key, value in contents(str(file)).items()}
                assert rows["request"] == rows["history"] == rows["course"]
                last = all_heads(copy)[-1:]
            assert not last or last[0][0] == f"KD-2026-{rows['request']:04d}"
    finally:
        stop.set()
        worker.join()
    assert len(written) > 3


def test_nothing_is_overwritten_unasked_and_nothing_half_done_is_left(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out" / "kept.db"
    with pytest.raises(StoreError, match="No such file"):
        write_backup(database, file)
    file.parent.mkdir()
    file.write_text("something else")
    with pytest.raises(StoreError, match="exists already"):
        write_backup(database, file)
    assert file.read_text() == "something else"
    write_backup(database, file, overwrite=True)
    before = file.read_bytes()

    monkeypatch.setattr("engine.store.backup._sound", lambda _file: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_backup(database, file, overwrite=True)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["kept.db"]


def test_what_is_left_of_a_database_that_was_there_is_not_taken_for_the_backups(
    tmp_path: Path,
) -> None:
    with open_database(tmp_path / "a.db") as database:
        from engine.store import schema

        schema.create(database)
        fill(database)
        (tmp_path / "b.db-wal").write_bytes(b"left")
        with pytest.raises(StoreError, match=r"b\.db-wal is left"):
            write_backup(database, tmp_path / "b.db")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


def test_the_worker_makes_one_a_day_and_keeps_so_many(tmp_path: Path) -> None:
    clock, site = Clock(), _small(tmp_path)
    daily = DailyBackup(site=replace(site, clock=clock))
    other = DailyBackup(site=replace(site, clock=clock))
    folder = site.backup_folder
    assert folder is not None
    for day in range(9):
        clock.at = NOW + timedelta(days=day)
        assert daily.make() is not None
        assert daily.make() is None
        assert other.make() is None
        clock.at += timedelta(hours=5)
        assert daily.make() is None
    assert [file.name for file in backups(folder)] == [
        f"kursdeling-2026-11-{day}T030000Z.db" for day in range(23, 30)
    ]
    assert last_backup(folder) == NOW + timedelta(days=8)
    assert len(forget_old(folder, 1)) == 6
    site.database.close()


def test_a_backup_that_cannot_be_made_is_told_and_tried_again_an_hour_later(
    tmp_path: Path,
) -> None:
    clock, site = Clock(), _small(tmp_path)
    (tmp_path / "file").write_text("no folder")
    daily = DailyBackup(site=replace(site, clock=clock, backup_folder=tmp_path / "file" / "in"))
    with pytest.raises(StoreError, match="Not a directory"):
        daily.make()
    assert daily.make() is None
    clock.at += timedelta(hours=1)
    with pytest.raises(StoreError):
        daily.make()
    assert DailyBackup(site=replace(site, backup_folder=None)).make() is None
    site.database.close()


def test_the_doctor_sees_a_backup_that_was_not_made(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open()
    clock = Clock()
    site = replace(office.site, clock=clock)

    def told() -> tuple[str, str]:
        found = next(each for each in examined(site, NOW.date()) if each.check == "backup")
        return found.state, found.what

    clock.at = office.site.clock.now()
    assert told() == ("ok", f"none yet in {site.backup_folder}")
    clock.at += timedelta(days=3)
    assert told()[0] == "warning"
    assert DailyBackup(site=site).make() is not None
    assert told()[0] == "ok"
    site.database.close()


def _small(tmp_path: Path) -> Site:
    return new_office(tmp_path / "site").site
