"""Modes per site, routine and party, decided in the transaction that writes the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.app import open_site
from engine.errors import SettingsError
from engine.service.deliver import deliver
from engine.service.upkeep.health import examined
from engine.store.mail_out import departures, letters
from tests.integration.office import EXPERTS, LIAISON, OWNER, PLATFORM, Office, new_office


def states(office: Office, receiver: str) -> set[str]:
    return {row.state for row in office.letters(receiver)}


def test_a_party_in_shadow_is_written_to_and_never_sent_to(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", **{"letters__parties__ks-laering": "shadow"})
    number = office.open()
    assert office.state(number) == "submitted"
    assert states(office, PLATFORM) == {"shadow"}
    assert states(office, OWNER) == {"sent"}


def test_a_held_routine_holds_its_letters_back_and_no_others(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__workflows__hf_to_ks="hold")
    office.open(Unntak=None)
    assert states(office, EXPERTS) == states(office, LIAISON) == states(office, OWNER) == {"held"}
    office.mail(PLATFORM, "Hva er dette?", "HJELP")
    assert states(office, PLATFORM) == {"sent"}


def test_a_live_routine_on_a_site_that_holds_is_held(tmp_path: Path) -> None:
    office = new_office(
        tmp_path / "site", letters__mode="hold", letters__workflows__hf_to_ks="live"
    )
    office.open()
    assert {row.state for row in office.letters()} == {"held"}


def test_a_released_letter_leaves_and_a_change_of_mode_does_not_touch_those_written(
    tmp_path: Path,
) -> None:
    office = new_office(tmp_path / "site", letters__mode="hold")
    office.open()
    file = office.site.folder / "kursdeling.toml"
    text = file.read_text(encoding="utf-8").replace('mode = "hold"', 'mode = "live"')
    file.write_text(text, encoding="utf-8")
    office.site.database.close()
    office.site = open_site(office.site.folder)
    assert deliver(office.site, office.at) == {}
    held = office.last(PLATFORM)
    with office.site.database.transaction() as tx:
        letters.release(tx, held.id, office.at)
    assert deliver(office.site, office.at) == {"sent": 1}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("letters__workflows__hf_til_ks", "letters.workflows.hf_til_ks: .*mean hf_to_ks"),
        ("letters__parties__ahsu", "letters.parties.ahsu: .*mean ahus"),
    ],
)
def test_a_routine_or_party_that_there_is_not_is_refused(
    key: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=said):
        new_office(tmp_path / "site", **{key: "shadow"})


def test_a_pause_stands_until_somebody_ends_it(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    with office.site.database.transaction() as tx:
        assert departures.paused(tx) is None
        assert departures.pause(tx, "feil lenke", office.at)
        assert not departures.pause(tx, "igjen", office.at)
        standing = departures.paused(tx)
        assert standing is not None
        assert (standing.reason, standing.since) == ("feil lenke", office.at)
    office.open()
    assert {row.state for row in office.letters()} == {"waiting"}
    told = [each for each in examined(office.site, office.at.date()) if each.state == "broken"]
    assert [each.check for each in told] == ["letters"]
    assert "feil lenke" in told[0].what
    with office.site.database.transaction() as tx:
        assert departures.resume(tx, office.at)
        assert not departures.resume(tx, office.at)
        assert departures.paused(tx) is None
    assert deliver(office.site, office.at) == {"sent": 2}
