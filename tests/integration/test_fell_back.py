"""A database that was put back from a backup is told of: it gives out numbers a second time."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from engine.cli.groups.tick import send_letters
from engine.service.upkeep.furthest import fell_back
from engine.service.upkeep.health import examined
from engine.store.backup import write_backup
from engine.store.opening import open_database
from tests.integration.office import new_office


def test_a_database_that_is_older_than_the_site_has_been_is_told_of(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="live", letters__undo_minutes="0")
    backup = tmp_path / "backup.db"
    write_backup(office.site.database, backup)
    office.open()
    send_letters(office.site, office.at)
    assert fell_back(office.site) == {}
    found = [each for each in examined(office.site, office.at.date()) if each.code == "fell_back"]
    assert found == []

    office.site.database.close()
    with open_database(str(backup)) as older:
        back = replace(office.site, database=older)
        lost = fell_back(back)
        assert lost["letter"] > 0
        found = [each for each in examined(back, office.at.date()) if each.code == "fell_back"]
        assert [each.state for each in found] == ["broken"]
        assert str(lost["letter"]) in found[0].in_words("nn")
        # A pass on what was put back does not forget it.
        send_letters(back, office.at)
        assert fell_back(back)["letter"] > 0
