"""An old letter proves nothing by itself: its receiver is asked, and JA does what was meant."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.service.morning.letter import write_morning
from engine.store.contacts import people, register
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import (
    COORDINATOR,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    new_office,
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def shared(office: Office) -> tuple[str, LetterRow]:
    """A shared course, for which nobody is waited, and the last letter to its owner."""
    number = office.open()
    for sender, word in ((PLATFORM, "MOTTATT"), (PLATFORM, "GODTATT"), (OWNER, "MERKET")):
        assert office.reply(sender, word).verdict == "fired"
    assert office.state(number) == "shared"
    return number, office.last(OWNER)


def under(office: Office, letter: LetterRow, body: str, *, aligned: bool = False) -> str:
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    return office.mail(
        letter.receiver, f"SV: {letter.subject}", body, headers=headers, aligned=aligned
    ).verdict


@pytest.mark.parametrize("aligned", [False, True])
def test_sixty_days_after_the_last_move_an_answer_is_asked_about_and_yes_does_it(
    office: Office, aligned: bool
) -> None:
    number, letter = shared(office)
    office.later(days=60, minutes=1)
    assert under(office, letter, "AVSLUTT", aligned=aligned) == "unproved_sender"
    assert office.state(number) == "shared"
    question = office.last(OWNER)
    assert question.template == "confirm_answer"
    assert "«AVSLUTT»" in office.text(OWNER)
    # One of the two must be vouched for: the end of a share needs that.
    assert office.reply(OWNER, "JA", aligned=not aligned).verdict == "fired"
    assert office.state(number) in {"ending", "ended"}
    assert office.mail(
        OWNER, "SV", "JA", headers=f"In-Reply-To: {question.message_id}\r\n", aligned=False
    ).verdict == "already_done"  # fmt: skip


def test_until_then_it_counts(office: Office) -> None:
    number, letter = shared(office)
    office.later(days=60)
    assert under(office, letter, "AVSLUTT", aligned=True) == "fired"
    assert office.state(number) in {"ending", "ended"}


def test_the_token_of_the_subject_ends_with_its_letter(office: Office) -> None:
    number, letter = shared(office)
    office.later(days=61)
    outcome = office.mail(OWNER, f"SV: {letter.subject}", "AVSLUTT", aligned=False)
    assert outcome.verdict == "unproved_sender"
    assert office.state(number) == "shared"


def test_a_letter_whose_receiver_is_waited_for_never_ends(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    office.later(days=75)
    assert under(office, letter, "MOTTATT") == "fired"
    assert office.state(number) == "received"


def test_without_a_server_that_vouches_one_question_a_day_is_enough(office: Office) -> None:
    _, letter = shared(office)
    office.later(days=61)
    for words in ("AVSLUTT", "STATUS", "HJELP"):
        assert under(office, letter, words) == "unproved_sender"
    after = [row.template for row in office.letters(OWNER) if row.id > letter.id]
    assert after == ["confirm_answer"]


def test_what_only_asks_is_answered_where_a_server_vouches_for_the_asker(office: Office) -> None:
    _, letter = shared(office)
    office.later(days=61)
    assert under(office, letter, "STATUS", aligned=True) == "answered"
    assert under(office, letter, "STATUS\n\nAVSLUTT", aligned=True) == "unproved_sender"


def test_a_stranger_learns_nothing_from_a_letter_that_has_ended(office: Office) -> None:
    _, letter = shared(office)
    office.later(days=61)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    outcome = office.mail("ny@si.example", f"SV: {letter.subject}", "AVSLUTT", headers=headers)
    assert outcome.verdict == "newcomer"
    assert office.last(OWNER).id == letter.id


def test_a_morning_letter_can_be_answered_for_seven_days(office: Office) -> None:
    office.mail("fremmed@evil.example", "Hei", "Hva er dette?")
    office.later(days=1)
    write_morning(office.site, office.at)
    morning = office.last(COORDINATOR)
    office.later(days=7, minutes=1)
    said = "1 FORKAST: ikke til oss"
    assert under(office, morning, said, aligned=True) == "unproved_sender"
    assert office.last(COORDINATOR).template == "confirm_answer"
    assert office.reply(COORDINATOR, "JA").verdict == "answered"
    assert office.last(COORDINATOR).template == "morning_answer"


def test_the_morning_letter_is_answered_only_by_whom_a_server_vouches_for(office: Office) -> None:
    office.mail("fremmed@evil.example", "Hei", "Hva er dette?")
    office.later(days=1)
    write_morning(office.site, office.at)
    morning = office.last(COORDINATOR)
    for said in ("1 NY KONTAKT: ahus elearning", "SLIPP ALLE"):
        assert under(office, morning, said) == "unproved_sender"
    assert under(office, morning, "STATUS") == "answered"
    assert under(office, morning, "1 FORKAST: ikke til oss", aligned=True) == "answered"


def test_a_substitute_is_let_in_only_by_whom_a_server_vouches_for(office: Office) -> None:
    office.open()
    later = (office.at + timedelta(days=5)).date()
    said = "FRAVÆR 8.9.2026–20.9.2026 VIKAR: ny@si.example"
    outcome = office.reply(OWNER, said, aligned=False)
    assert [reason.code for reason in outcome.reasons] == ["needs_aligned"]
    with office.site.database.reading() as tx:
        assert not people.away(tx, later)
        assert "ny@si.example" not in {each.email for each in register.contacts(tx, later)}
    office.reply(OWNER, "FRAVÆR 8.9.2026–20.9.2026", aligned=False)
    with office.site.database.reading() as tx:
        assert people.away(tx, later) == {OWNER}


def test_a_confirmed_opening_lets_in_no_substitute(office: Office) -> None:
    body = "FRAVÆR 8.9.2026–20.9.2026 VIKAR: ny@si.example\n\n" + form()
    assert office.mail(OWNER, SUBJECT, body, aligned=False).verdict == "unconfirmed"
    assert office.reply(OWNER, "JA", aligned=False).verdict == "opened"
    later = (office.at + timedelta(days=5)).date()
    with office.site.database.reading() as tx:
        assert "ny@si.example" not in {each.email for each in register.contacts(tx, later)}


def test_a_site_without_a_trusted_server_goes_on_by_its_letters(tmp_path: Path) -> None:
    office = new_office(tmp_path / "other", mail__trusted_servers="")
    office.mail(OWNER, "Hei", "STATUS", aligned=False)
    said = "FRAVÆR 8.9.2026–20.9.2026 VIKAR: ny@si.example"
    office.reply(OWNER, said, aligned=False)
    later = (office.at + timedelta(days=5)).date()
    with office.site.database.reading() as tx:
        assert "ny@si.example" in {each.email for each in register.contacts(tx, later)}
