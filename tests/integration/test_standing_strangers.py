"""Mail from addresses that the register does not know, and the narrow doors open to them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.service.register import contacts, domains
from engine.service.register.contact_check import checked
from engine.store.contacts import register
from tests.integration.office import AT, COORDINATOR, OWNER, PLATFORM, SUBJECT, Office, form
from tests.integration.office import new_office as office_in

COLLEAGUE = "vikarkollega@si.example"
ORDERED = "Bestilling av kurs: Fallforebygging"
ORDER = "Kurs: Fallforebygging i sykehjem\nKurseier: Sykehuset Innlandet"
OSLO = "bydelsbestiller@oslo.example"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = office_in(tmp_path / "site")
    domains.changed(made.site, "Oslo", ["oslo.example"])
    return made


def duties(office: Office, address: str) -> list[tuple[str, str]]:
    with office.site.database.reading() as tx:
        found = register.contacts_of_address(tx, address, AT.date())
    return [(contact.party, contact.duty) for contact in found]


def answer(office: Office, sender: str, to: str, body: str, *, aligned: bool = True) -> str:
    """A reply by `sender` to the last letter that went to `to`; its verdict."""
    letter = office.last(to)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    return office.mail(
        sender, f"SV: {letter.subject}", body, headers=headers, aligned=aligned
    ).verdict


def test_somebody_at_a_municipalitys_domain_may_order_at_once(office: Office) -> None:
    outcome = office.mail(OSLO, ORDERED, ORDER)
    assert outcome.verdict == "opened"
    assert office.events(outcome.request)[0] == "open"
    assert duties(office, OSLO) == [("0301", "municipality")]
    assert outcome.request in (office.last(OSLO).request, "")
    assert len(office.letters(OSLO)) == 1


def test_a_provisional_contact_is_shown_until_a_coordinator_has_looked(office: Office) -> None:
    office.mail(OSLO, ORDERED, ORDER)
    with office.site.database.reading() as tx:
        shown = [each.address for each in checked(office.site, tx, AT.date())]
    assert OSLO in shown
    holder = contacts.Holder(party="0301", duty="municipality", email=OSLO, name="Bestiller Beta")
    contacts.add(office.site, [holder], office.at)
    with office.site.database.reading() as tx:
        kinds = {each.kind for each in checked(office.site, tx, AT.date())}
    assert "provisional" not in kinds


def test_a_municipalitys_domain_opens_no_other_routine(office: Office) -> None:
    outcome = office.mail(OSLO, SUBJECT, form())
    assert (outcome.verdict, outcome.request) == ("newcomer", "")
    assert duties(office, OSLO) == []


def test_an_order_without_proof_is_never_answered(office: Office) -> None:
    outcome = office.mail(OSLO, ORDERED, ORDER, aligned=False)
    assert outcome.verdict == "unknown_sender"
    assert office.letters(OSLO) == []
    assert duties(office, OSLO) == []


def test_a_domain_of_two_municipalities_makes_nobody_a_contact(office: Office) -> None:
    domains.changed(office.site, "4626", ["oslo.example"])
    assert office.mail(OSLO, ORDERED, ORDER).verdict == "newcomer"


def test_a_trusts_domain_does_not_let_anybody_order(office: Office) -> None:
    domains.changed(office.site, "ous", ["ous.example"])
    assert office.mail("ukjent@ous.example", ORDERED, ORDER).verdict == "newcomer"


def test_other_aligned_strangers_get_one_receipt_a_day_each(office: Office) -> None:
    first = office.mail("nysgjerrig@annen.example", "Hei", "Hva er dette?")
    again = office.mail("nysgjerrig@annen.example", "Hei igjen", "Hallo?")
    other = office.mail("andre@annen.example", "Hei", "Hva er dette?")
    assert {first.verdict, again.verdict, other.verdict} == {"newcomer"}
    assert len(office.letters("nysgjerrig@annen.example")) == 1
    assert len(office.letters("andre@annen.example")) == 1
    office.later(days=1)
    office.mail("nysgjerrig@annen.example", "Hei", "Er det noen der?")
    assert len(office.letters("nysgjerrig@annen.example")) == 2


def test_the_receipt_tells_nothing_about_any_request(office: Office) -> None:
    number = office.open()
    outcome = office.mail("nysgjerrig@annen.example", f"Om {number}", "GODTATT")
    assert (outcome.verdict, outcome.events) == ("newcomer", ())
    assert "Fallforebygging" not in office.text("nysgjerrig@annen.example")
    assert number not in office.text("nysgjerrig@annen.example")


def test_a_colleague_who_answers_changes_nothing_until_the_holder_says_yes(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, "GODTATT")
    assert answer(office, COLLEAGUE, OWNER, "MERKET") == "delegate"
    assert office.state(number) == "accepted"
    asked = office.text(OWNER)
    assert f"{COLLEAGUE} har svart MERKET" in asked
    assert "Skal det gjelde?" in asked
    assert office.last(COLLEAGUE).template == "delegate_receipt"
    assert "Fallforebygging" not in office.text(COLLEAGUE)
    done = office.reply(OWNER, "JA", aligned=False)
    assert (done.verdict, office.state(number)) == ("fired", "shared")
    assert "MERKET" in office.text(OWNER)


def test_the_holders_yes_carries_the_colleagues_text(office: Office) -> None:
    number = office.open()
    colleague = "vakt@ks.example"
    assert answer(office, colleague, PLATFORM, "MANGLER: lenken i modul 2") == "delegate"
    assert "lenken i modul 2" in office.text(PLATFORM)
    done = office.reply(PLATFORM, "JA")
    assert [event for event, _, _ in done.events] == ["request_changes"]
    assert "lenken i modul 2" in office.text(OWNER)
    assert office.state(number) == "incomplete"


def test_a_holder_who_does_not_say_just_yes_fires_nothing(office: Office) -> None:
    number = office.open()
    answer(office, "vakt@ks.example", PLATFORM, "GODTATT")
    office.reply(PLATFORM, "Ja, men vent til mandag med det")
    assert office.state(number) == "submitted"


def test_the_holder_may_answer_something_else_instead(office: Office) -> None:
    number = office.open()
    answer(office, "vakt@ks.example", PLATFORM, "GODTATT")
    assert office.reply(PLATFORM, "MOTTATT").verdict == "fired"
    assert office.state(number) == "received"


def test_a_yes_that_comes_too_late_is_refused_with_the_reason(office: Office) -> None:
    number = office.open()
    answer(office, "vakt@ks.example", PLATFORM, "MOTTATT")
    office.mail(OWNER, f"Om {number}", "TREKK")
    asked = next(row for row in office.letters(PLATFORM) if row.template == "delegate")
    headers = f"In-Reply-To: {asked.message_id}\r\n"
    late = office.mail(PLATFORM, "SV", "JA", headers=headers)
    assert (late.verdict, office.state(number)) == ("refused", "withdrawn")


def test_the_same_answer_is_put_to_the_holder_once_a_day_another_one_at_once(
    office: Office,
) -> None:
    office.open()
    letter = office.last(PLATFORM)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    for word in ("MOTTATT", "MOTTATT", "GODTATT"):
        office.later(minutes=5)
        office.mail("vakt@ks.example", "SV", word, headers=headers)
    asked = [row for row in office.letters(PLATFORM) if row.template == "delegate"]
    assert [row.variables["extra"]["said"] for row in asked] == ["MOTTATT", "GODTATT"]
    assert len(office.letters("vakt@ks.example")) == 1


@pytest.mark.parametrize("sender", ["fremmed@annen.example", "vakt@underdomene.ks.example"])
def test_somebody_at_another_domain_is_no_delegate(office: Office, sender: str) -> None:
    number = office.open()
    assert answer(office, sender, PLATFORM, "GODTATT") == "newcomer"
    assert office.state(number) == "submitted"


def test_an_unproved_colleague_is_nobody(office: Office) -> None:
    office.open()
    assert answer(office, "vakt@ks.example", PLATFORM, "GODTATT", aligned=False) == "unknown_sender"
    assert office.letters("vakt@ks.example") == []


def test_a_colleague_without_a_command_goes_to_the_coordinators(office: Office) -> None:
    office.open()
    assert answer(office, "vakt@ks.example", PLATFORM, "Vi ser på dette.") == "newcomer"


def test_an_ended_contact_is_a_stranger(office: Office) -> None:
    number = office.open()
    contacts.end(office.site, PLATFORM, office.at)
    assert answer(office, PLATFORM, PLATFORM, "GODTATT") == "newcomer"
    assert answer(office, PLATFORM, PLATFORM, "GODTATT", aligned=False) == "unknown_sender"
    assert office.state(number) == "submitted"


def test_whoever_came_after_an_ended_contact_is_asked_about_their_answer(office: Office) -> None:
    number = office.open()
    contacts.end(office.site, PLATFORM, office.at)
    new = contacts.Holder(party="ks-laering", duty="ks_laering", email="ny@ks.example")
    contacts.add(office.site, [new], office.at)
    assert answer(office, PLATFORM, PLATFORM, "GODTATT") == "delegate"
    assert office.reply("ny@ks.example", "JA").verdict == "fired"
    assert office.state(number) == "accepted"


def test_validity_is_judged_by_the_day_in_oslo(office: Office) -> None:
    number = office.open()
    with office.site.database.transaction() as tx:
        register.end_contact(tx, PLATFORM, date(2026, 9, 7))
    office.at = AT.replace(hour=21, minute=59)
    assert office.mail(PLATFORM, f"Om {number}", "MOTTATT").verdict == "fired"
    office.at = AT.replace(hour=22, minute=0)
    assert office.mail(PLATFORM, f"Om {number}", "GODTATT").verdict == "newcomer"


def test_a_contact_that_is_not_valid_yet_is_a_stranger(office: Office) -> None:
    number = office.open()
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="ks-laering",
            duty="ks_laering",
            email="snart@annen.example",
            valid_from=date(2026, 9, 8),
        )
    assert office.mail("snart@annen.example", f"Om {number}", "MOTTATT").verdict == "newcomer"
    office.later(days=1)
    assert office.mail("snart@annen.example", f"Om {number}", "MOTTATT").verdict == "fired"


def test_coordinators_are_not_bothered_by_strangers_mail_one_by_one(office: Office) -> None:
    office.mail("nysgjerrig@annen.example", "Hei", "Hva er dette?")
    assert office.letters(COORDINATOR) == []
