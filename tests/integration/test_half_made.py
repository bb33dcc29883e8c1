"""A site that could not be made leaves nothing, and one that is not whole is never called well."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.app import make_site, open_site, upgrade_site
from engine.errors import KursdelingError, SettingsError
from engine.service.site import Site
from engine.service.upkeep.health import examined
from engine.store.contacts import register
from engine.store.opening import open_database
from engine.store.schema import create

IMPOSSIBLE = [
    {"letters.parties.nobody": "hold"},
    {"letters.workflows.no_such_routine": "shadow"},
    {"mail.trusted_servers": "https://mx.example.org"},
    {"mail.trusted_servers": "mx.example.org:25"},
    {"mail.tenant_domains": "http://kurs.example/"},
    {"mail.domain": "kurs example"},
    {"smtp.host": "smtp://smtp.example.org", "smtp.security": "tls"},
    {"imap.host": "https://outlook.example.org", "imap.user": "x"},
    {"mail.lmtp": "0.0.0.0:25"},
    {"database": "no/such/folder/kursdeling.db"},
    {"database": "postgresql://kursdeling@127.0.0.1:1/none"},
]


def everything(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*")}


@pytest.mark.parametrize("settings", IMPOSSIBLE, ids=str)
def test_a_site_that_is_refused_leaves_nothing(tmp_path: Path, settings: dict[str, str]) -> None:
    with pytest.raises(KursdelingError):
        make_site(tmp_path / "new" / "site", settings)
    assert everything(tmp_path) == set()
    (tmp_path / "kept").write_text("mine", encoding="utf-8")
    with pytest.raises(KursdelingError):
        make_site(tmp_path, settings)
    assert everything(tmp_path) == {"kept"}


def test_what_stood_there_before_stays(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {})
    site.database.close()
    before = {file: file.read_bytes() for file in site.folder.iterdir() if file.is_file()}
    with pytest.raises(SettingsError):
        make_site(site.folder, {})
    (site.folder / "kursdeling.toml").unlink()
    with pytest.raises(KursdelingError):
        make_site(site.folder, {})  # the database holds tables already
    del before[site.folder / "kursdeling.toml"]
    assert {file: file.read_bytes() for file in before} == before


def codes(site: Site) -> dict[str, str]:
    day = site.clock.now().date()
    return {each.code: each.state for each in examined(site, day)}


def test_an_empty_register_is_no_well_site_and_is_filled(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {})
    assert "register_empty" not in codes(site)
    site.database.close()
    for file in site.folder.glob("kursdeling.db*"):
        file.unlink()
    upgrade_site(site.folder)
    with open_site(site.folder).database as database, database.reading() as tx:
        assert len(register.parties(tx)) > 357
    for file in site.folder.glob("kursdeling.db*"):
        file.unlink()
    with open_database(str(site.folder / "kursdeling.db")) as database:
        create(database)
    half = open_site(site.folder)
    assert codes(half)["register_empty"] == "broken"
    half.database.close()


def test_a_backup_folder_that_cannot_be_read_ends_no_look(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {})
    (site.folder / "backups").write_text("no folder", encoding="utf-8")
    found = codes(site)
    assert found["unreadable"] == "broken"
    assert "history_whole" in found
    site.database.close()
