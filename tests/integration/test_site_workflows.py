"""A routine that changes gets a new version; requests keep the one that they were opened under."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from engine.app import open_site
from engine.errors import DefinitionError
from tests.integration.office import OWNER, PLATFORM, SUBJECT, Office, form, new_office

SHIPPED = files("workflows").joinpath("hf_to_ks.yaml").read_text(encoding="utf-8")
SECOND = SHIPPED.replace("version: 2", "version: 3").replace(
    "says: {nb: [MOTTATT]", "says: {nb: [SETT]"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def own_file(office: Office, text: str) -> None:
    folder = office.site.folder / "workflows"
    folder.mkdir(exist_ok=True)
    (folder / "hf_to_ks.yaml").write_text(text, encoding="utf-8")


def reopened(office: Office) -> Office:
    office.site.database.close()
    return Office(open_site(office.site.folder), written=office.written)


def test_a_changed_file_without_a_new_version_is_refused(office: Office) -> None:
    own_file(office, SHIPPED.replace("title:", "title: # changed", 1))
    with pytest.raises(DefinitionError, match="give it version 3"):
        open_site(office.site.folder)


def test_a_new_version_is_proved_before_it_runs(office: Office) -> None:
    own_file(office, SECOND.replace("to: accepted", "to: rejected"))
    with pytest.raises(DefinitionError):
        open_site(office.site.folder)


def test_a_request_keeps_the_version_that_it_was_opened_under(office: Office) -> None:
    old = office.open()
    own_file(office, SECOND)
    office = reopened(office)
    new = office.mail(OWNER, SUBJECT, form(Kursets_kortnavn="SI-FALL2")).request
    assert office.mail(PLATFORM, f"Om {old}", "MOTTATT").verdict == "fired"
    assert office.mail(PLATFORM, f"Om {new}", "MOTTATT").verdict != "fired"
    assert office.mail(PLATFORM, f"Om {new}", "SETT").verdict == "fired"
    assert (office.state(old), office.state(new)) == ("received", "received")
