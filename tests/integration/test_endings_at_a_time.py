"""AVSLUTT with a time that is no readable day is asked about: without a day it counts at once."""

from __future__ import annotations

from pathlib import Path

from tests.integration.office import OWNER, PLATFORM, new_office

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
