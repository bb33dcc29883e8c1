"""Anybody can write a bounce: what is no answer to a letter of ours suspends nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.store.contacts import addresses
from engine.store.mail_out.letters import LetterRow
from tests.integration.bounced import off, report, returned, templates, with_a_second_holder
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    OWNER,
    PLATFORM,
    SERVER,
    Office,
    new_office,
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def forged(letter: LetterRow, message_id: str, subject: str = "Hei") -> bytes:
    """A bounce of `letter` that names another Message-ID and subject."""
    raw = report(letter, "5.1.1").decode()
    raw = raw.replace(f"Message-ID: {letter.message_id}", f"Message-ID: {message_id}")
    return raw.replace(f"Subject: {letter.subject}", f"Subject: {subject}").encode()


def test_a_bounce_without_our_message_id_suspends_nobody(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    local, _, domain = letter.message_id.strip("<>").partition("@")
    named = (
        ("<made-up@kursdeling.example>", f"Hei [{number}]"),
        (f"<{local[:-1]}x@{domain}>", f"Hei [{number}.AAAAAAAA]"),
        ("", f"[KD-2026-9999.{letter.token}]"),
    )
    for message_id, subject in named:
        outcome = office.take(forged(letter, message_id, subject))
        assert (outcome.verdict, outcome.request) == ("bounce", "")
    assert off(office) == set()
    assert templates(office, COORDINATOR) == []


def test_the_token_of_the_subject_alone_says_of_no_address_that_it_is_dead(
    office: Office,
) -> None:
    """Everybody who was sent a copy has read it."""
    office.open()
    letter = office.last(PLATFORM)
    assert letter.subject is not None
    outcome = office.take(forged(letter, "", letter.subject))
    assert (outcome.verdict, outcome.request) == ("bounce", letter.request)
    assert off(office) == set()
    with office.site.database.reading() as tx:
        noted = addresses.bounce_of(tx, letter.id)
    assert noted is not None
    assert noted.outcome == "soft"


def test_however_many_tokens_come_back_alone_no_address_is_suspended(office: Office) -> None:
    for n in range(4):
        office.open(Kursets_kortnavn=f"SI-FALL{n}")
        letter = office.last(PLATFORM)
        assert letter.subject is not None
        assert office.take(forged(letter, "", letter.subject)).verdict == "bounce"
        office.later(hours=1)
    assert off(office) == set()


def test_a_bounce_whose_sender_our_server_refutes_says_of_no_address_that_it_is_dead(
    office: Office,
) -> None:
    office.open()
    letter = office.last(PLATFORM)
    assert letter.subject is not None
    refuted = f"Authentication-Results: {SERVER}; dmarc=fail header.from=ks.example\r\n".encode()
    assert office.take(refuted + forged(letter, "", letter.subject)).verdict == "bounce"
    with office.site.database.reading() as tx:
        assert addresses.bounce_of(tx, letter.id) is None
    assert office.take(refuted + report(letter, "5.1.1", action="failed")).verdict == "bounce"
    assert off(office) == set()


def test_a_bounce_can_only_be_about_the_receiver_of_the_letter(office: Office) -> None:
    """Somebody who got a letter returns it as if another's address were gone."""
    office.open()
    with_a_second_holder(office)
    outcome = returned(office, office.last(PLATFORM), to=OWNER)
    assert outcome.verdict == "bounce"
    assert off(office) == set()


def test_a_bounce_of_a_letter_that_its_receiver_has_answered_is_not_believed(
    office: Office,
) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    office.later(minutes=5)
    assert office.reply(PLATFORM, "MOTTATT").verdict == "fired"
    office.later(minutes=5)
    outcome = returned(office, letter)
    assert (outcome.verdict, outcome.request) == ("bounce", "")
    assert off(office) == set()
    assert office.state(number) == "received"


def test_a_bounce_that_comes_weeks_after_the_letter_is_not_believed(office: Office) -> None:
    office.open()
    letter = office.last(PLATFORM)
    office.later(days=15)
    returned(office, letter)
    assert off(office) == set()


def test_a_letter_that_has_never_left_cannot_come_back(tmp_path: Path) -> None:
    office = new_office(tmp_path / "held", letters__mode="hold")
    office.open()
    letter = office.last(PLATFORM)
    assert letter.state == "held"
    returned(office, letter)
    assert off(office) == set()


def test_a_command_in_a_bounce_moves_nothing_whoever_seems_to_send_it(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    raw = report(letter, "5.1.1").decode()
    raw = raw.replace("Your message could not be delivered.", "GODTATT\r\nMOTTATT")
    raw = raw.replace("From: MAILER-DAEMON@mx.ks.example", f"From: <{PLATFORM}>")
    assert office.take(raw.encode()).verdict in ("bounce", "automatic")
    assert office.events(number) == ["open", "submit"]
    assert EXPERTS not in off(office)
