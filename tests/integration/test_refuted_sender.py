"""What our own mail server says is forged proves nothing, whatever the mail knows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.service.mail.verdict import MailOutcome
from engine.service.morning.letter import write_morning
from engine.store.contacts import people, register
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    OWNER,
    PLATFORM,
    SERVER,
    SUBJECT,
    Office,
    form,
    new_office,
)

FAILED = f"Authentication-Results: {SERVER}; dkim=none; dmarc=fail header.from="


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def forged(office: Office, sender: str, body: str, *, headers: str = "") -> MailOutcome:
    """An answer to the sender's last letter by somebody who has seen all of it."""
    letter = office.last(sender)
    raw = office.raw(
        sender, f"SV: {letter.subject}", body, aligned=False,
        headers=f"In-Reply-To: {letter.message_id}\r\n{headers}",
    )  # fmt: skip
    return office.take(f"{FAILED}{sender.rpartition('@')[2]}\r\n".encode() + raw)


@pytest.mark.parametrize(
    "body", ["MOTTATT", "MANGLER: alt", "STATUS", "FRAVÆR 8.9.2026–20.9.2026", "Ja, vi tar det."]
)
def test_nothing_is_done_in_the_name_of_a_refuted_sender(office: Office, body: str) -> None:
    number = office.open()
    before = office.events(number)
    outcome = forged(office, PLATFORM, body)
    assert outcome.verdict == "unproved_sender"
    assert outcome.request == number
    assert [reason.code for reason in outcome.reasons] == ["refuted_sender"]
    assert office.events(number) == before


def test_a_refuted_sender_opens_nothing_and_registers_nobody(office: Office) -> None:
    office.open()
    raw = office.raw(OWNER, SUBJECT, form(Kursets_kortnavn="SI-2"), aligned=False)
    assert office.take(f"{FAILED}si.example\r\n".encode() + raw).verdict == "unproved_sender"
    said = "FRAVÆR 8.9.2026–20.9.2026 VIKAR: ny@si.example"
    assert forged(office, OWNER, said).verdict == "unproved_sender"
    with office.site.database.reading() as tx:
        assert not people.away(tx, (office.at + timedelta(days=5)).date())
        held = register.contacts(tx, (office.at + timedelta(days=5)).date())
    assert "ny@si.example" not in {contact.email for contact in held}


def test_a_forged_automatic_answer_marks_nobody_as_away(office: Office) -> None:
    office.open()
    outcome = forged(office, PLATFORM, "Jeg er borte.", headers="Auto-Submitted: auto-replied\r\n")
    assert outcome.verdict == "automatic"
    with office.site.database.reading() as tx:
        assert PLATFORM not in people.away(tx, office.at.date())


def test_the_morning_letter_names_refuted_senders_apart_and_lets_them_count(
    office: Office,
) -> None:
    number = office.open()
    office.mail("fremmed@evil.example", "Hei", "Hva er dette?")
    forged(office, PLATFORM, "MOTTATT")
    office.later(days=1)
    write_morning(office.site, office.at)
    text = office.text(COORDINATOR)
    (apart,) = [each for each in text.splitlines() if "forfalsket (dmarc=fail)" in each]
    assert f"i navnet til {PLATFORM} om {number}" in apart
    assert "fremmed@evil.example" not in apart
    line = apart.split(".")[0].strip()
    assert office.reply(COORDINATOR, f"{line} ER MOTTATT").verdict == "answered"
    assert office.state(number) == "received"


def test_who_is_refuted_cannot_answer_the_morning_letter(office: Office) -> None:
    office.open()
    office.mail("fremmed@evil.example", "Hei", "Hva er dette?")
    office.later(days=1)
    write_morning(office.site, office.at)
    outcome = forged(office, COORDINATOR, "1 NY KONTAKT: ahus elearning\nSLIPP ALLE")
    assert outcome.verdict == "unproved_sender"
    with office.site.database.reading() as tx:
        held = {contact.email for contact in register.contacts(tx, office.at.date())}
    assert "fremmed@evil.example" not in held
    assert EXPERTS in held
