"""What whoever runs a site is told of mail out: where it goes, whether it can, why it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from config.settings import Settings, write_default
from engine.app import open_site
from engine.cli.groups.tick import paused, send_letters
from engine.errors import SettingsError
from engine.service.site import Pace, Site
from engine.service.upkeep.health import examined
from engine.store.mail_out import departures
from tests.integration import smtp_server
from tests.integration.office import AT, SUBJECT, form, new_office
from tests.integration.smtp_server import MailServer


def told(site: Site, check: str) -> list[tuple[str, str]]:
    return [(each.state, each.what) for each in examined(site, AT.date()) if each.check == check]


def test_doctor_tries_whether_letters_can_leave(tmp_path: Path) -> None:
    port = smtp_server.free_port()
    smtp = {"letters__transport": "smtp", "smtp__host": "127.0.0.1", "smtp__port": str(port)}
    site = new_office(tmp_path / "site", **smtp).site
    ((state, what),) = told(site, "transport")
    assert state == "broken"
    assert "no connection to the mail server" in what
    server = MailServer()
    with smtp_server.listening(server, port):
        assert told(site, "transport") == [("ok", f"letters go to 127.0.0.1:{port}")]
    assert server.heard == []


def test_doctor_says_that_a_site_is_on_trial(tmp_path: Path) -> None:
    site = new_office(tmp_path / "site", letters__everything_to="prove@ks.example").site
    (trial, files) = told(site, "transport")
    assert trial == (
        "warning",
        "every letter goes to prove@ks.example: letters.everything_to is set",
    )
    assert files == ("ok", f"letters go to {site.folder / 'outbox'}")


def test_whoever_runs_the_site_is_told_once_when_the_brake_is_pulled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = new_office(tmp_path / "site")
    site = office.site = replace(office.site, pace=Pace(brake_per_hour=1))
    office.mail("elaering@si.example", SUBJECT, form())
    with site.database.transaction() as tx:
        departures.resume(tx, AT.replace(year=2025))
    assert paused(site) == ""
    assert send_letters(site, AT) == {}
    said = "Brev er stanset (2 > letters.brake_per_hour = 1)."
    assert capsys.readouterr().err == f"{said} «letter resume» slipper dem.\n"
    assert send_letters(site, AT) == {}
    assert capsys.readouterr().err == ""
    assert told(site, "letters")[0][0] == "broken"


@pytest.mark.parametrize("address", ["prove", "a@b@c", "Prøve <a@b.example>"])
def test_a_trial_needs_one_bare_address(tmp_path: Path, address: str) -> None:
    write_default(tmp_path, {"letters.everything_to": address})
    with pytest.raises(SettingsError, match=r"letters\.everything_to"):
        Settings.load(tmp_path, {})


def test_the_settings_of_mail_out_reach_the_site(tmp_path: Path) -> None:
    set_to = {
        "letters__transport": "smtp",
        "smtp__per_minute": "30",
        "letters__brake_per_hour": "7",
    }
    site = new_office(tmp_path / "site", **set_to).site
    assert site.pace == Pace(per_minute=30, brake_per_hour=7)
    assert open_site(site.folder).pace == site.pace
