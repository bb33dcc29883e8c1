"""`mail learn`: own words, what was meant in the end, and phrases that catch it the next time."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from engine.app import open_site
from engine.cli.program import run
from engine.errors import SettingsError
from engine.service.acts.commands import fire
from engine.service.deliver import deliver
from engine.service.mail.learning import learned
from tests.integration.office import OWNER, PLATFORM, Office, new_office

SAID = "Hei. Pakka er trygt innenfor døra."
OTHER = "Kaffemaskinen virker, pakka er grei."


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def acknowledged(office: Office, name: str, said: str) -> None:
    number = office.open(Kursets_kortnavn=name)
    assert office.reply(PLATFORM, said).verdict == "remark"
    office.later(minutes=5)
    fire(office.site, number, "acknowledge", email=PLATFORM, at=office.at)
    deliver(office.site, office.at)


def test_it_tells_what_was_written_what_was_done_and_which_phrases_say_it(office: Office) -> None:
    acknowledged(office, "SI-1", SAID)
    office.open(Kursets_kortnavn="SI-2")
    office.reply(PLATFORM, OTHER)
    office.reply(OWNER, "Her er det stille.")
    first, other, stray = learned(office.site)
    assert (first.state, first.asked, first.meant) == ("submitted", "", "acknowledge")
    assert first.phrases
    assert all(phrase not in OTHER.casefold() for phrase in first.phrases)
    assert [(each.meant, each.phrases) for each in (other, stray)] == [("", ()), ("", ())]


def test_its_last_lines_are_a_file_of_the_site_that_catches_it_the_next_time(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    acknowledged(office, "SI-1", SAID)
    assert run(["--site", str(office.site.folder), "--lang", "nb", "mail", "learn"]) == 0
    text = capsys.readouterr().out.partition("\n\n")[2]
    assert set(tomllib.loads(text)) == {"acknowledge"}
    own = office.site.folder / "workflows"
    own.mkdir()
    (own / "phrases.toml").write_text(text, encoding="utf-8")
    office.site.database.close()
    office.site = open_site(office.site.folder)
    office.open(Kursets_kortnavn="SI-2")
    assert office.reply(PLATFORM, "God dag! Den er trygt innenfor døra nå.").verdict == "suggested"
    assert office.reply(PLATFORM, "Ja").events[0][0] == "acknowledge"


def test_a_wait_and_what_was_asked_rightly_are_told_without_phrases(office: Office) -> None:
    office.open()
    assert office.reply(PLATFORM, "Vi kommer tilbake neste uke.").verdict == "suggested"
    office.later(minutes=5)
    assert office.reply(PLATFORM, "JA").verdict == "fired"
    assert [(e.asked, e.meant, e.phrases) for e in learned(office.site)] == [
        ("wait", "not_now", ())
    ]


def test_what_people_wrote_stands_in_no_log(office: Office) -> None:
    acknowledged(office, "SI-1", SAID)
    before = {file: file.read_bytes() for file in (office.site.folder / "logs").glob("*")}
    assert run(["--site", str(office.site.folder), "mail", "learn"]) == 0
    assert {file: file.read_bytes() for file in (office.site.folder / "logs").glob("*")} == before


@pytest.mark.parametrize("text", ["accept = 'ja'", "accept = [1]", "accept = [''", "accept = ['']"])
def test_a_file_of_phrases_that_is_none_is_told(office: Office, text: str) -> None:
    own = office.site.folder / "workflows"
    own.mkdir()
    (own / "phrases.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"phrases\.toml"):
        open_site(office.site.folder)
