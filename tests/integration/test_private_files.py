"""What holds personal data is for the site's owner alone, and `doctor` sees when it is not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import log
from engine.app import make_site
from engine.ports import Message
from engine.service.site import Site
from engine.service.upkeep.health_store import stored
from engine.store.backup import write_backup
from notifiers.file import FileNotifier

LETTER: Message = (1, "ks@ks.example", b"Subject: Hei\r\n\r\nHei\r\n")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """What most machines are set to: new files can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site that has written one of everything."""
    made = make_site(tmp_path / "site", {"backup.folder": str(tmp_path / "site")})
    list(FileNotifier(made.folder / "outbox").send([LETTER]))
    with log.configure(made.folder) as logs:
        logs.personal("mail", sender="ks@ks.example")
    write_backup(made.database, made.folder / "kursdeling-2026-03-05T100000Z.db")
    with made.database:
        yield made


def mode(path: Path) -> int:
    """The permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def told(site: Site) -> tuple[str, str]:
    """(state, text) of what is found about the site's files."""
    return next((each.state, each.what) for each in stored(site) if each.check == "files")


def test_nobody_else_may_read_what_holds_personal_data(site: Site) -> None:
    private = {
        "kursdeling.db": 0o600,
        "kursdeling.db-wal": 0o600,
        "kursdeling.db-shm": 0o600,
        "kursdeling-2026-03-05T100000Z.db": 0o600,
        "log/personal.log": 0o600,
        "log/kursdeling.log": 0o640,
        "outbox": 0o700,
        "outbox/000001.eml": 0o600,
        "signing.key": 0o600,
    }

    assert {name: mode(site.folder / name) for name in private} == private
    assert told(site) == ("ok", "others on the machine cannot read personal data")


@pytest.mark.parametrize(
    "name", ["kursdeling.db", "kursdeling.db-wal", "log/personal.log", "outbox"]
)
def test_doctor_names_what_others_may_read(site: Site, name: str) -> None:
    path = site.folder / name
    path.chmod(mode(path) | 0o055)

    state, what = told(site)
    assert state == "warning"
    assert Path(name).name in what


def test_doctor_is_content_where_nobody_else_may_enter_the_folder(site: Site) -> None:
    (site.folder / "kursdeling.db").chmod(0o644)
    site.folder.chmod(0o700)

    assert told(site)[0] == "ok"


def test_a_database_keeps_the_mode_that_its_owner_gave_it(site: Site) -> None:
    (site.folder / "kursdeling.db").chmod(0o660)
    with make_site(site.folder.parent / "other", {"database": "new.db"}).database:
        pass

    assert mode(site.folder / "kursdeling.db") == 0o660
