"""Who is writing, and how surely: what each sender may bring about."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.store.contacts import register
from tests.integration.office import (
    AT,
    OURS,
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


def test_an_opening_without_proof_waits_for_an_answer_from_the_registered_address(
    office: Office,
) -> None:
    asked = office.mail(OWNER, SUBJECT, form(), aligned=False)
    assert (asked.verdict, asked.request) == ("unconfirmed", "")
    assert "JA" in office.text(OWNER)
    opened = office.reply(OWNER, "JA", aligned=False)
    assert opened.verdict == "opened"
    assert office.state(opened.request) == "submitted"


@pytest.mark.parametrize("words", ["Nei, dette er ikke fra oss.", "Hva er dette?", "Sa vi ja?"])
def test_an_answer_that_is_no_yes_opens_nothing(office: Office, words: str) -> None:
    office.mail(OWNER, SUBJECT, form(), aligned=False)
    assert office.reply(OWNER, words, aligned=False).verdict == "unclear"
    assert office.reply(OWNER, "Ja, det er fra oss.", aligned=False).verdict == "opened"


def test_a_second_yes_opens_nothing_more(office: Office) -> None:
    office.mail(OWNER, SUBJECT, form(), aligned=False)
    letter = office.last(OWNER)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    first = office.mail(OWNER, "SV", "JA", headers=headers, aligned=False)
    second = office.mail(OWNER, "SV", "JA", headers=headers, aligned=False)
    assert (second.verdict, second.request) == ("already_done", first.request)


def test_a_reply_is_proof_only_from_the_letters_own_receiver(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    stolen = office.mail(OWNER, "SV", "TREKK", headers=headers, aligned=False)
    assert stolen.verdict == "unproved_sender"
    assert office.state(number) == "submitted"
    assert office.mail(PLATFORM, "SV", "MOTTATT", headers=headers, aligned=False).verdict == "fired"


def test_the_subjects_token_is_proof_when_the_mail_program_drops_references(
    office: Office,
) -> None:
    number = office.open()
    token = office.last(PLATFORM).token
    subject = f"SV: Ny sak [{number}.{token}]"
    assert office.mail(PLATFORM, subject, "MOTTATT", aligned=False).verdict == "fired"
    wrong = f"SV: Ny sak [{number}.00000000]"
    assert office.mail(PLATFORM, wrong, "GODTATT", aligned=False).verdict == "unproved_sender"


def test_an_aligned_mail_about_a_number_needs_no_token(office: Office) -> None:
    number = office.open()
    assert office.mail(PLATFORM, f"Om {number}", "GODTATT").verdict == "fired"


def test_an_alias_answers_for_its_contact(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="ks-laering",
            duty="ks_laering",
            email=PLATFORM,
            valid_from=AT.date(),
            aliases=["alias@ks.example"],
        )
    office.open()
    headers = f"In-Reply-To: {office.last(PLATFORM).message_id}\r\n"
    taken = office.mail("alias@ks.example", "SV", "MOTTATT", headers=headers, aligned=False)
    assert taken.verdict == "fired"
    assert office.last("alias@ks.example").template == "answer"


def test_somebody_of_another_duty_is_told_whose_it_is(office: Office) -> None:
    number = office.open()
    refused = office.mail("fag@si.example", f"Om {number}", "GODTATT")
    assert refused.verdict == "refused"
    assert [reason.code for reason in refused.reasons] == ["not_your_role"]
    assert "KS Læring" in office.text("fag@si.example")


def test_mail_to_somebody_else_is_not_ours(office: Office) -> None:
    raw = office.raw(OWNER, SUBJECT, form()).replace(OURS.encode(), b"andre@kursdeling.example")
    assert office.take(raw).verdict == "not_ours"


def test_machines_are_never_answered_and_move_nothing(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    headers = f"In-Reply-To: {letter.message_id}\r\nAuto-Submitted: auto-replied\r\n"
    count = len(office.letters())
    outcome = office.mail(PLATFORM, "Automatisk svar: Ny sak", "GODTATT", headers=headers)
    assert outcome.verdict == "automatic"
    assert office.state(number) == "submitted"
    assert len(office.letters()) == count


def test_a_routine_that_is_not_certain_is_asked_for(office: Office) -> None:
    outcome = office.mail(OWNER, "Et kurs", "Kan dere se på dette?")
    assert outcome.verdict == "unclear"
    assert office.last(OWNER).template == "not_understood"


def test_a_routine_can_be_named_in_the_mail(office: Office) -> None:
    outcome = office.mail(OWNER, "Et kurs", "Rutine: Deling til KS Læring\n" + form())
    assert outcome.verdict == "opened"
