"""AVSLUTT with a time that is no readable day is asked about: without a day it counts at once."""

from __future__ import annotations

from pathlib import Path

from engine.store.cases import timers
from engine.store.cases.requests import load_request
from tests.integration.office import OWNER, PLATFORM, Office, new_office

UNREAD = (
    "AVSLUTT: 31.",
    "AVSLUTT: uke 2",
    "AVSLUTT: om 14 dager",
    "AVSLUTT: nei",
    "AVSLUTT: hvis KS er enig",
    "AVSLUTT 1. januar – 1. februar",
    "AVSLUTT. Etter jul.",
    "AVSLUTT. I januar.",
    "AVSLUTT. Neste fredag",
    "AVSLUTT. Ta det ned 31. desember.",
    "AVSLUTT\n31. desember",
    "AVSLUTT\nGjerne fra 1. mars.",
)


def test_a_time_that_cannot_be_read_ends_nothing_tonight(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    number = office.open()
    assert office.reply(PLATFORM, "GODTATT: hvis kapittel 3 rettes").verdict == "suggested"
    assert office.reply(PLATFORM, "GODTATT").verdict == "fired"
    assert office.reply(OWNER, "MERKET").verdict == "fired"

    verdicts = {text: office.reply(OWNER, text).verdict for text in UNREAD}

    assert verdicts == dict.fromkeys(UNREAD, "suggested")
    assert office.state(number) == "shared"
    assert office.reply(OWNER, "AVSLUTT. Kurset er utdatert.").verdict == "fired"
    assert "i kveld kl. 24.00. Skal det være senere, svar AVSLUTT" in office.text(OWNER)


def test_another_day_moves_an_ending_and_a_day_that_cannot_be_leaves_it(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    number = office.open()
    for who, word in ((PLATFORM, "GODTATT"), (OWNER, "MERKET"), (OWNER, "AVSLUTT 1. oktober")):
        assert office.reply(who, word).verdict == "fired"

    for same in ("AVSLUTT 1. oktober 2026", "AVSLUTT 1. oktober 2020", "AVSLUTT"):
        assert office.reply(OWNER, same).verdict == "already_done"
    assert kept_day(office, number) == "2026-10-01"
    assert office.reply(PLATFORM, "AVSLUTT 1. desember 2026").verdict != "fired"

    outcome = office.reply(OWNER, "AVSLUTT 1. desember 2026\n\nKommunene får tid til å fullføre.")
    assert [event for event, *_ in outcome.events] == ["undo_ending", "end_share"]
    assert (office.state(number), kept_day(office, number)) == ("ending", "2026-12-01")
    assert "1. desember 2026" in office.text(PLATFORM)
    assert "Det gjelder fra tirsdag 1. desember 2026 kl. 24.00." in office.text(OWNER)
    assert "ANGRE»: utført" not in office.text(OWNER)
    with office.site.database.reading() as tx:
        due = {each.due_at.date().isoformat() for each in timers.armed(tx, number)}
    assert "2026-12-01" in due
    assert "2026-10-01" not in due


def kept_day(office: Office, number: str) -> str:
    with office.site.database.reading() as tx:
        request = load_request(tx, number)
    assert request is not None
    return str(request.kept["ends_on"])
