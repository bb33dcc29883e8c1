"""What was sent again says what has changed since somebody asked for more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.office import OWNER, PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def test_the_letter_shows_the_rows_that_have_changed_and_no_other(office: Office) -> None:
    office.open()
    assert "siden sist" not in office.text(PLATFORM)
    office.reply(PLATFORM, "MANGLER: hvor lang tid det tar")
    office.reply(OWNER, "Tidsbruk: 90 minutter")
    text = office.text(PLATFORM).partition("Skjemaet slik det står nå")[0]
    assert "Dette er endret siden sist:\nTidsbruk: 90 minutter\n" in text
    assert "Studiekategori" not in text


def test_a_bare_send_says_that_the_form_is_as_it_was(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "MANGLER: bilde til forsiden")
    office.reply(OWNER, "SEND")
    assert "Ingenting i skjemaet er endret siden sist." in office.text(PLATFORM)
