"""A trust takes a course from KS Læring by mail: opinions, licence, link, label and end."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.time.sweep import sweep
from engine.store.cases import queries
from tests.integration.office import (
    EXPERTS,
    LENDER,
    LIAISON,
    OWNER,
    PLATFORM,
    Office,
    lending_office,
)

TRUST = OWNER
SUBJECT = "Deling fra KS Læring: Hygiene"
LOAN = (
    "Kurs: Hygiene i hjemmetjenesten\nKurseier: Kongsvinger kommune\n"
    "Lenke: https://kslaring.example/hygiene\n"
)
LICENSED = LOAN + "Lisens: CC BY 4.0\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lending_office(tmp_path / "site")


def opened(office: Office, body: str = LICENSED) -> str:
    outcome = office.mail(TRUST, SUBJECT, body)
    assert outcome.verdict == "opened", outcome
    return outcome.request


def submitted(office: Office, body: str = LICENSED) -> str:
    number = opened(office, body)
    office.reply(EXPERTS, "INGEN MERKNADER")
    office.reply(LIAISON, "INGEN MERKNADER")
    assert office.state(number) == "submitted"
    return number


def shared(office: Office) -> str:
    number = submitted(office)
    office.reply(PLATFORM, "GODTATT")
    office.reply(TRUST, "LENKE: https://portal.example/hygiene")
    office.reply(TRUST, "MERKET")
    assert office.state(number) == "shared"
    return number


def test_both_opinions_and_the_borrowers_word_send_it_to_ks_laering(office: Office) -> None:
    number = opened(office)
    assert office.state(number) == "consulting"
    assert office.last(EXPERTS).template == "opinion_wanted"
    office.reply(EXPERTS, "UTTALELSE: Dette kurset trenger vi.")
    assert office.state(number) == "consulting"
    office.reply(LIAISON, "INGEN MERKNADER")
    assert office.state(number) == "consulting"
    office.reply(TRUST, "SEND")
    assert office.state(number) == "submitted"
    assert office.last(PLATFORM).template == "borrowing_submitted"
    assert "Dette kurset trenger vi." not in office.text(PLATFORM)


def test_the_link_gets_its_label_and_the_owner_is_told(office: Office) -> None:
    number = submitted(office)
    assert office.reply(PLATFORM, "MOTTATT").verdict == "fired"
    office.reply(PLATFORM, "GODTATT")
    assert office.last(TRUST).template == "link_wanted"
    assert office.reply(TRUST, "LENKE: http://portal.example/hygiene").verdict == "refused"
    office.reply(TRUST, "LENKE: https://portal.example/hygiene")
    assert office.state(number) == "linked"
    assert "delt fra KS\n" in office.text(TRUST)
    office.reply(TRUST, "MERKET")
    assert office.state(number) == "shared"
    assert office.last(LENDER).template == "borrowed_from_you"
    assert office.last(EXPERTS).template == "now_shared"
    with office.site.database.reading() as tx:
        (row,) = queries.catalogue(tx)
    assert (row.direction, row.owner, row.borrower) == ("from_ks", "3401", "si")


@pytest.mark.parametrize("written", ["https://kslaring.example/fall", "kslaring.example/fall"])
def test_the_word_alone_means_the_link_of_the_form(office: Office, written: str) -> None:
    number = submitted(office, LICENSED.replace("https://kslaring.example/hygiene", written))
    office.reply(PLATFORM, "GODTATT")
    assert office.reply(TRUST, "LENKE").verdict == "fired"
    assert office.state(number) == "linked"


def test_without_a_licence_ks_laering_needs_one_or_the_owners_consent(office: Office) -> None:
    number = submitted(office, LOAN)
    assert office.reply(PLATFORM, "GODTATT").verdict == "refused"
    assert "det står ingen lisens" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "GODTATT: Lillehammer sa ja på telefon").verdict == "refused"
    assert "«GODTATT: samtykke fra kurseier»" in office.text(PLATFORM)
    assert office.reply(PLATFORM, "GODTATT: uten samtykke").verdict == "refused"
    assert office.reply(PLATFORM, "GODTATT: samtykke fra kurseier 3. mai").verdict == "fired"
    assert office.state(number) == "accepted"
    assert "> samtykke fra kurseier 3. mai" in office.text(TRUST)


def test_ks_laering_may_state_the_licence_and_accept_in_one_mail(office: Office) -> None:
    number = submitted(office, LOAN)
    assert office.reply(PLATFORM, "LISENS: CC BY-SA 4.0\nGODTATT").verdict == "fired"
    assert office.state(number) == "accepted"
    office.reply(TRUST, "LENKE")
    office.reply(TRUST, "MERKET")
    with office.site.database.reading() as tx:
        (row,) = queries.catalogue(tx)
    assert row.licence == "CC BY-SA 4.0"


def test_an_exception_counts_only_when_those_asked_have_had_their_time(office: Office) -> None:
    number = opened(office, LICENSED + "Unntak: Fagmiljøet er nedlagt\n")
    assert office.state(number) == "consulting"
    assert office.reply(TRUST, "SEND").verdict == "refused"
    office.later(days=13)
    assert office.reply(TRUST, "SEND").verdict == "refused"
    office.later(days=2)
    assert office.reply(TRUST, "Unntak: Fagmiljøet er nedlagt, og ingen svarer").verdict == "fired"
    assert office.state(number) == "submitted"


def test_the_offer_to_go_on_comes_when_the_wait_is_over(office: Office) -> None:
    number = opened(office)
    office.later(days=15)
    sweep(office.site, office.at)
    assert office.last(TRUST).template == "go_on_without_opinions"
    office.reply(TRUST, "Unntak: Ingen svarer")
    assert office.state(number) == "submitted"


def test_every_fault_of_the_first_mail_is_named_and_corrected_in_one_reply(office: Office) -> None:
    number = opened(
        office, "Kurs: Hygiene\nKurseier: Sykehuset Telemark\nLenke: http://x.example/1"
    )
    assert office.state(number) == "draft"
    letter = office.text(TRUST)
    assert office.last(TRUST).template == "form_faults"
    assert "må eies av en kommune" in letter
    assert "http://x.example/1" in letter
    office.reply(TRUST, "Kurseier: 3401\nLenke: https://kslaring.example/hygiene")
    assert office.state(number) == "consulting"


def test_an_unknown_owner_is_a_fault_with_the_nearest_name(office: Office) -> None:
    number = opened(office, LOAN.replace("Kongsvinger kommune", "Kongsvingr"))
    assert office.state(number) == "draft"
    assert "Mente du Kongsvinger kommune?" in office.text(TRUST)


def test_only_the_owner_ends_it_and_the_borrower_can_stop_using_it(office: Office) -> None:
    number = shared(office)
    assert office.reply(TRUST, "AVSLUTT").verdict == "refused"
    assert office.reply(LENDER, "AVSLUTT").verdict == "fired"
    assert office.last(TRUST).template == "share_ends"
    assert office.reply(TRUST, "BEKREFT").verdict == "fired"
    office.later(days=1)
    sweep(office.site, office.at)
    assert office.state(number) == "ended"
    assert "Fjern lenken og merket «delt fra KS»" in office.text(TRUST)
    assert office.last(LENDER).template == "link_share_ended"
    again = shared(office)
    assert office.reply(TRUST, "IKKE I BRUK").verdict == "fired"
    assert office.state(again) == "ending"
    assert office.last(LENDER).template == "link_no_longer_used"


def test_a_loan_that_is_there_already_opens_nothing_but_another_trust_may_borrow_too(
    office: Office,
) -> None:
    first = shared(office)
    outcome = office.mail(TRUST, SUBJECT, LICENSED)
    assert outcome.verdict == "refused"
    assert first in office.text(TRUST)
    assert office.mail("elaering@ahus.example", SUBJECT, LICENSED).verdict == "opened"


def test_a_short_name_of_ks_laering_is_claimed_by_no_loan(office: Office) -> None:
    opened(office, LICENSED + "Kortnavn: KS-HYG\n")
    other = office.mail("elaering@ahus.example", SUBJECT, LICENSED + "Kortnavn: KS-HYG\n")
    assert other.verdict == "opened"
    assert office.state(other.request) == "consulting"
