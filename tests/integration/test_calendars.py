"""What letters put into people's calendars, and take out again when it no longer holds."""

from __future__ import annotations

import email
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from engine.service.deliver import deliver, envelope_in
from engine.service.letters.posting import envelope_of
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import OURS, OWNER, PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def entries(office: Office, row: LetterRow) -> list[tuple[str, Any]]:
    """Each entry that the letter carried, with the method of the file that it stood in."""
    with office.site.database.reading() as tx:
        raw = letters.stored_bytes(tx, row.id)
    assert raw is not None
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    found = []
    for part in message.iter_attachments():
        if part.get_content_type() == "text/calendar":
            calendar = Calendar.from_ical(part.get_content())
            method = str(calendar["METHOD"])
            assert part.get_param("method") == method
            found += [(method, event) for event in calendar.walk("VEVENT")]
    return found


def calendar(office: Office, receiver: str) -> dict[str, date]:
    """What stands in the calendar of somebody who adds every entry, as RFC 5546 tells programs."""
    standing: dict[str, tuple[int, date | None]] = {}
    for row in office.letters(receiver):
        for method, event in entries(office, row):
            uid, sequence = str(event["UID"]), int(event["SEQUENCE"])
            if sequence > standing.get(uid, (-1, None))[0]:
                day = event.decoded("DTSTART") if method == "PUBLISH" else None
                standing[uid] = (sequence, day)
    return {uid: day for uid, (_, day) in standing.items() if day is not None}


def kinds(office: Office, receiver: str) -> set[str]:
    return {uid.partition("@")[0].rpartition("-")[2] for uid in calendar(office, receiver)}


def test_a_deadline_leaves_the_calendar_with_the_letter_that_tells_of_the_next_step(
    office: Office,
) -> None:
    office.open()
    assert kinds(office, PLATFORM) == {"due"}
    ((_, asked),) = entries(office, office.last(PLATFORM))
    office.later(days=2)
    office.reply(PLATFORM, "GODTATT")
    ((method, event),) = entries(office, office.last(PLATFORM))
    assert (method, str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert event["UID"] == asked["UID"]
    assert event["SEQUENCE"] > asked["SEQUENCE"]
    assert event["ORGANIZER"] == asked["ORGANIZER"] == f"mailto:{OURS}"
    assert str(event["SUMMARY"]).startswith("Gjelder ikke lenger: Svar ønskes")
    assert calendar(office, PLATFORM) == {}
    assert kinds(office, OWNER) == {"due"}


def test_a_case_that_closes_leaves_nothing_in_anybodys_calendar(office: Office) -> None:
    number = office.open()
    office.later(days=2)
    office.reply(PLATFORM, "GODTATT")
    office.later(days=2)
    office.reply(OWNER, "TREKK")
    assert office.state(number) == "withdrawn"
    assert calendar(office, OWNER) == {}
    assert calendar(office, PLATFORM) == {}


def test_a_deadline_that_moves_is_moved_in_the_calendar(office: Office) -> None:
    office.open()
    (first,) = calendar(office, PLATFORM).values()
    office.later(days=2)
    office.reply(PLATFORM, "MANGLER: Studiekategori er feil")
    office.later(days=2)
    office.reply(OWNER, "Studiekategori: Pleie og omsorg")
    office.reply(OWNER, "SEND")
    (moved,) = calendar(office, PLATFORM).values()
    assert moved > first


def test_what_still_holds_is_left_alone(office: Office) -> None:
    office.open(Studiekategori=None, Tidsbruk=None)
    standing = calendar(office, OWNER)
    office.later(days=1)
    office.reply(OWNER, "Tidsbruk: 30 min")
    assert kinds(office, OWNER) == {"lapse"}
    assert calendar(office, OWNER) == standing
    told = [each for row in office.letters(OWNER) for each in entries(office, row)]
    assert {method for method, _ in told} == {"PUBLISH"}


def test_a_letter_that_does_not_know_how_the_request_stands_takes_nothing_out(
    office: Office,
) -> None:
    office.open()
    standing = calendar(office, PLATFORM)
    office.reply(PLATFORM, "HJELP")
    assert standing
    assert calendar(office, PLATFORM) == standing


def test_two_letters_of_one_pass_about_one_calendar_are_written_one_after_the_other(
    tmp_path: Path,
) -> None:
    office = new_office(tmp_path / "site", letters__mode="hold")
    number = office.open()
    assert office.fire(number, "withdraw", OWNER) is None
    with office.site.database.transaction() as tx:
        for row in letters.listed(tx, "held"):
            letters.release(tx, row.id, office.at)
    deliver(office.site, office.at)
    told = [method for row in office.letters(PLATFORM) for method, _ in entries(office, row)]
    assert told == ["PUBLISH", "CANCEL"]
    assert calendar(office, PLATFORM) == {}


def test_what_is_shown_of_a_letter_that_waits_is_what_goes(office: Office) -> None:
    number = office.open()
    assert office.fire(number, "withdraw", OWNER) is None
    waiting = office.last(PLATFORM)
    with office.site.database.reading() as tx:
        shown = office.site.letters.render(envelope_in(tx, waiting))
    deliver(office.site, office.at)
    with office.site.database.reading() as tx:
        assert letters.stored_bytes(tx, waiting.id) == shown
    assert shown != office.site.letters.render(envelope_of(waiting))
