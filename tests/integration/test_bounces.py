"""Letters that come back: tied to letter and request, counted, and sent to somebody else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.calendar import oslo_day
from engine.errors import NotFoundError
from engine.service.letters.posting import envelope_of
from engine.service.register import contacts
from engine.service.register.contact_check import checked
from engine.service.requests.why import why
from engine.service.time.sweep import sweep
from engine.store.contacts import addresses, register
from engine.store.mail_out import letters
from tests.integration.bounced import (
    FULL,
    GONE,
    SECOND,
    off,
    returned,
    templates,
    with_a_second_holder,
)
from tests.integration.office import COORDINATOR, LIAISON, OWNER, PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def test_a_bounce_is_tied_to_its_letter_and_request_and_moves_nothing(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    outcome = returned(office, letter)
    assert (outcome.verdict, outcome.request, outcome.events) == ("bounce", number, ())
    assert office.state(number) == "submitted"
    with office.site.database.reading() as tx:
        found = addresses.bounce_of(tx, letter.id)
        assert letters.get(tx, letter.id).state == "sent"
    assert found is not None
    assert (found.request, found.address, found.outcome) == (number, PLATFORM, "hard")
    assert (found.status, found.inbox) == (GONE, outcome.mail)


def test_why_says_that_the_letter_did_not_arrive(office: Office) -> None:
    number = office.open()
    returned(office, office.last(PLATFORM))
    because = why(office.site, number, office.at, "nb").because
    assert f"Brevet til {PLATFORM} kom ikke fram: adressen finnes ikke." in because[-1]
    assert "It did not work" in because[-1]


def test_an_address_that_does_not_exist_is_suspended_and_later_letters_pass_it_over(
    office: Office,
) -> None:
    number = office.open()
    returned(office, office.last(PLATFORM))
    assert off(office) == {PLATFORM}
    had = templates(office, PLATFORM)
    office.later(days=8)
    sweep(office.site, office.at)
    assert templates(office, PLATFORM) == had
    assert templates(office, COORDINATOR) == ["undelivered", "no_contact"]
    notice = next(row for row in office.letters(COORDINATOR) if row.template == "no_contact")
    text = office.site.letters.text(envelope_of(notice))
    assert f"Adressen til KS Læring virker ikke: {PLATFORM}." in text
    assert office.state(number) == "submitted"


def test_the_coordinator_hears_why_where_nobody_else_holds_the_duty(office: Office) -> None:
    number = office.open()
    returned(office, office.last(PLATFORM))
    letter, text = office.last(COORDINATOR), office.text(COORDINATOR)
    assert (letter.template, letter.request, letter.cause.kind) == ("undelivered", number, "mail")
    assert f"til {PLATFORM} kom ikke fram: adressen finnes ikke." in text
    assert f"kursdeling contact restore {PLATFORM}" in text


def test_somebody_who_came_after_the_letter_gets_it_instead_and_can_answer(office: Office) -> None:
    number = office.open()
    lost = office.last(PLATFORM)
    with_a_second_holder(office)
    returned(office, lost)
    letter = office.last(SECOND)
    assert (letter.template, letter.request, letter.role) == (lost.template, number, lost.role)
    assert letter.variables["extra"]["instead_of"] == [PLATFORM]
    assert letter.message_id != lost.message_id
    assert f"Dette brevet kom ikke fram til {PLATFORM}" in office.text(SECOND)
    assert templates(office, COORDINATOR) == []
    assert office.reply(SECOND, "MOTTATT").verdict == "fired"
    assert office.state(number) == "received"


def test_a_letter_that_comes_back_from_the_next_holder_too_goes_to_the_coordinators(
    office: Office,
) -> None:
    office.open()
    with_a_second_holder(office)
    returned(office, office.last(PLATFORM), FULL)
    returned(office, office.last(SECOND), FULL)
    assert templates(office, PLATFORM) == ["request_submitted"]
    assert templates(office, COORDINATOR) == ["undelivered"]


def test_a_colleague_who_has_the_same_letter_does_not_get_it_twice(office: Office) -> None:
    with_a_second_holder(office)
    office.open()
    returned(office, office.last(PLATFORM))
    assert templates(office, SECOND) == ["request_submitted"]
    assert templates(office, COORDINATOR) == []


def test_a_full_mailbox_counts_and_suspends_after_three_letters(office: Office) -> None:
    with_a_second_holder(office)
    for n in range(3):
        assert off(office) == set()
        office.open(Kursets_kortnavn=f"SI-FALL{n}", Fullt_navn_på_kurset=f"Fallkurs nummer {n}")
        office.later(days=1)
        lost = office.last(PLATFORM)
        returned(office, lost, FULL)
        returned(office, lost, FULL)
    assert off(office) == {PLATFORM}


def test_full_mailboxes_of_long_ago_do_not_count(office: Office) -> None:
    with_a_second_holder(office)
    for n in range(4):
        office.open(Kursets_kortnavn=f"SI-FALL{n}", Fullt_navn_på_kurset=f"Fallkurs nummer {n}")
        office.later(days=11)
        returned(office, office.last(PLATFORM), FULL)
        office.later(days=9)
    assert off(office) == set()


def test_a_delay_is_known_and_suspends_nobody(office: Office) -> None:
    number = office.open()
    letter = office.last(PLATFORM)
    returned(office, letter, "4.4.1", action="delayed")
    assert templates(office, COORDINATOR) == []
    assert "er forsinket" in why(office.site, number, office.at, "nb").because[-1]
    returned(office, letter)
    assert off(office) == {PLATFORM}
    assert templates(office, COORDINATOR) == ["undelivered"]


def test_the_same_bounce_by_two_routes_writes_one_letter(office: Office) -> None:
    office.open()
    letter = office.last(PLATFORM)
    returned(office, letter)
    returned(office, letter, "5.1.2")
    assert templates(office, COORDINATOR) == ["undelivered"]


def test_a_mail_from_the_address_with_proof_lets_letters_go_there_again(office: Office) -> None:
    number = office.open()
    returned(office, office.last(PLATFORM))
    office.later(days=1)
    assert office.mail(PLATFORM, f"Om {number}", "MOTTATT", aligned=False).verdict != "fired"
    assert off(office) == {PLATFORM}
    assert office.mail(PLATFORM, f"Om {number}", "MOTTATT").verdict == "fired"
    assert off(office) == set()
    assert office.mail(OWNER, f"Om {number}", "TREKK").verdict == "fired"
    assert templates(office, PLATFORM)[-1] == "request_withdrawn"


def test_a_coordinator_lets_letters_go_to_the_address_again(office: Office) -> None:
    office.open()
    returned(office, office.last(PLATFORM))
    with office.site.database.reading() as tx:
        faults = list(checked(office.site, tx, oslo_day(office.at)))
    (fault,) = [each for each in faults if each.kind == "suspended"]
    assert (fault.address, fault.party) == (PLATFORM, "ks-laering")
    assert f"contact restore {PLATFORM}" in fault.what
    assert contacts.restore(office.site, PLATFORM.upper(), office.at) == PLATFORM
    assert off(office) == set()
    with pytest.raises(NotFoundError):
        contacts.restore(office.site, PLATFORM, office.at)


def test_soft_bounces_from_before_it_was_restored_count_no_more(office: Office) -> None:
    with_a_second_holder(office)
    for n in range(5):
        office.open(Kursets_kortnavn=f"SI-FALL{n}", Fullt_navn_på_kurset=f"Fallkurs nummer {n}")
        office.later(minutes=5)
        returned(office, office.last(PLATFORM), FULL)
        office.later(minutes=5)
        if n == 2:
            contacts.restore(office.site, PLATFORM, office.at)
    assert off(office) == set()


def test_a_letter_about_a_step_that_is_past_goes_to_nobody_else(office: Office) -> None:
    with_a_second_holder(office)
    number = office.open()
    lost = office.last(PLATFORM)
    office.later(minutes=5)
    assert office.mail(SECOND, f"Om {number}", "MOTTATT").verdict == "fired"
    returned(office, lost)
    assert off(office) == {PLATFORM}
    assert templates(office, COORDINATOR) == []


def test_an_answer_that_comes_back_is_the_coordinators_and_not_a_colleagues(
    office: Office,
) -> None:
    number = office.open()
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="si", duty="elearning", email="to@si.example", valid_from=date(2020, 1, 1)
        )
    office.later(minutes=1)
    office.mail(OWNER, f"Om {number}", "STATUS")
    letter = office.last(OWNER)
    assert letter.template == "answer"
    returned(office, letter)
    assert templates(office, "to@si.example") == []
    assert templates(office, COORDINATOR) == ["undelivered"]
    assert LIAISON not in off(office)
