"""With no agreement in force: a true letter, no chasing, no closing, and what comes afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import RefusedError
from engine.service.acts import commands
from engine.service.letters.posting import envelope_of
from engine.service.register import agreements
from engine.service.requests.listing import lines
from engine.service.requests.show import request_document
from engine.service.requests.why import why
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store.contacts import register
from tests.integration.office import (
    AGREEMENT_ENDS,
    AT,
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    new_office,
)
from tests.unit.cases import LOAN

WORDS_OF_BLAME = ("må rettes", "stemmer", "har svart", "Ingen merknader", "1. ")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office on the day after the agreement has ended."""
    office = new_office(tmp_path / "site")
    office.at = datetime.combine(AGREEMENT_ENDS, AT.timetz())
    return office


def renewed(office: Office) -> None:
    day = office.at.date()
    agreements.add(office.site, day, day + timedelta(days=365), office.at)


def pass_days(office: Office, days: int) -> None:
    for _ in range(days):
        office.later(days=1)
        sweep(office.site, office.at)


def templates(office: Office, receiver: str) -> list[str]:
    found = [letter.template for letter in office.letters(receiver)]
    return [template for template in found if template not in ("morning", "register_confirm")]


def test_a_complete_request_gets_a_letter_of_its_own(office: Office) -> None:
    outcome = office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2028"))
    assert outcome.verdict == "opened"
    assert templates(office, OWNER) == ["on_hold"]
    text = office.text(OWNER)
    assert "ingen avtale om deling gjelder nå" in text
    assert "Det er ingenting å rette, og dere trenger ikke gjøre noe nå" in text
    assert "Vi venter på dem som eier avtalen" in text
    assert not [said for said in WORDS_OF_BLAME if said in text]
    assert "1. juli" not in office.last(OWNER).subject


def test_faults_are_told_without_the_agreement_among_them(office: Office) -> None:
    office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2028", Kursets_kortnavn=None))
    text = office.text(OWNER)
    assert templates(office, OWNER) == ["form_faults"]
    assert "Tolv av tretten felt er i orden og lagret. Ett mangler:" in text
    assert "2. " not in text
    assert "Ingen avtale om deling gjelder nå, så saken går ikke videre før det er en." in text
    assert "går saken videre av seg selv" not in text


@pytest.mark.parametrize("opinions", [True, False])
def test_nobody_is_chased_and_nothing_closed_until_there_is_an_agreement(
    office: Office, *, opinions: bool
) -> None:
    extra = {} if opinions else {"Unntak": None}
    number = office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2029", **extra)).request
    pass_days(office, 150)
    assert office.state(number) == "draft"
    assert templates(office, OWNER) == ["on_hold"]
    assert set(office.events(number)) == {"open", "on_hold"}
    assert verified(office.site).ok
    renewed(office)
    pass_days(office, 15)
    assert templates(office, OWNER) == ["on_hold", "held_back"]
    text = office.text(OWNER)
    assert "Ingenting hindrer lenger saken" in text
    assert "svar på denne e-posten med ett ord: SEND" in text
    assert "har svart" not in text
    subject = office.site.letters.subject(envelope_of(office.last(OWNER)))
    assert subject.startswith("Kan gå videre når dere vil: ")
    pass_days(office, 30)
    assert office.state(number) == "draft"
    told = next(row for row in office.letters(OWNER) if row.template == "held_back")
    lapses = date.fromisoformat(told.variables["lapses_on"])
    assert lapses - told.written_at.date() >= timedelta(days=40)
    assert office.reply(OWNER, "SEND").verdict == "fired"
    assert office.state(number) == ("submitted" if opinions else "consulting")
    assert verified(office.site).ok


def test_without_an_answer_after_the_renewal_the_request_closes_with_its_warning(
    office: Office,
) -> None:
    number = office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2029")).request
    pass_days(office, 100)
    renewed(office)
    pass_days(office, 62)
    assert office.state(number) == "withdrawn"
    assert templates(office, OWNER) == ["on_hold", "held_back", "lapse_warning", "request_lapsed"]


def test_an_order_waits_and_nobody_is_said_to_have_answered(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="3405",
            duty="municipality",
            email="kurs@lillehammer.example",
            valid_from=date(2016, 1, 1),
        )
    requester = "kurs@lillehammer.example"
    number = office.mail(
        requester, "Bestilling av kurs: Fall", "Kurs: Fall\nKurseier: Sykehuset Innlandet"
    ).request
    assert templates(office, requester) == ["on_hold"]
    assert "har svart" not in office.text(requester)
    assert "koordinatoren sende saken videre" in office.text(requester)
    pass_days(office, 25)
    assert (templates(office, PLATFORM), office.state(number)) == ([], "ordered")
    renewed(office)
    commands.fire(office.site, number, "register", email=OWNER, at=office.at)
    assert office.state(number) == "received"


def test_a_loan_waits_too(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="3401",
            duty="municipality",
            email="kurs@kongsvinger.example",
            valid_from=date(2016, 1, 1),
        )
    done = commands.open_by_command(
        office.site, "hf_shares_from_ks", email=OWNER, at=office.at, values=LOAN
    )
    assert templates(office, OWNER) == ["on_hold"]
    pass_days(office, 90)
    assert office.state(done.number) == "draft"
    renewed(office)
    commands.fire(office.site, done.number, "submit", email=OWNER, at=office.at)
    assert office.state(done.number) == "submitted"


def test_a_draft_that_only_an_agreement_keeps_is_escalated_after_three_months(
    office: Office,
) -> None:
    number = office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2028")).request
    assert office.state(number) == "draft"
    pass_days(office, 89)
    assert "escalation" not in templates(office, COORDINATOR)
    pass_days(office, 5)
    assert templates(office, COORDINATOR) == ["escalation"]
    assert office.state(number) == "draft"


def test_the_last_opinion_is_told_of_without_blame(office: Office) -> None:
    office.at -= timedelta(days=1)
    number = office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2028", Unntak=None)).request
    office.later(days=1)
    for person in (EXPERTS, LIAISON):
        commands.fire(office.site, number, "give_opinion", email=person, at=office.at)
    first, last = (
        office.site.letters.text(envelope_of(row))
        for row in office.letters(OWNER)
        if row.template == "opinion_given"
    )
    assert "går saken videre av seg selv" not in first
    assert "Dere trenger ikke gjøre noe nå." in last
    assert "Det er ingenting å rette." in last
    assert "Når en avtale gjelder, svar SEND, så går saken videre." in last
    pass_days(office, 100)
    assert templates(office, OWNER)[-1] == "opinion_given"
    assert templates(office, COORDINATOR) == ["escalation"]
    told = next(row for row in office.letters(COORDINATOR) if row.template == "escalation")
    assert "Vi venter på dem som eier avtalen" in office.site.letters.text(envelope_of(told))


def test_the_wait_for_an_agreement_is_told_by_status_and_why(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2028")).request
    assert office.reply(OWNER, "STATUS").verdict == "answered"
    assert "dem som eier avtalen" in office.text(OWNER)
    pass_days(office, 20)
    assert "ingen avtale gjaldt" in " ".join(why(office.site, number, office.at, "nb").because)


@pytest.mark.parametrize(
    ("since", "to", "why"),
    [
        (date(2026, 12, 31), date(2027, 12, 31), "agreement_overlaps"),
        (date(2025, 1, 1), date(2026, 1, 2), "agreement_overlaps"),
        (date(2025, 1, 1), date(2029, 1, 2), "agreement_overlaps"),
        (date(2027, 6, 30), date(2028, 7, 1), "agreement_overlaps"),
        (date(2027, 7, 1), date(2028, 7, 1), "agreement_backdated"),
        (date(2025, 1, 1), date(2026, 1, 1), "agreement_backdated"),
        (date(2027, 8, 1), date(2027, 8, 1), "agreement_backwards"),
    ],
)
def test_periods_neither_overlap_nor_are_backdated(
    office: Office, since: date, to: date, why: str
) -> None:
    office.later(days=10)
    with pytest.raises(RefusedError) as refused:
        agreements.add(office.site, since, to, office.at)
    assert [reason.code for reason in refused.value.reasons] == [why]


def test_a_renewal_may_begin_today_or_where_the_last_one_ends(office: Office) -> None:
    office.at -= timedelta(days=30)
    agreements.add(office.site, AGREEMENT_ENDS, date(2028, 7, 1), office.at)
    office.at = datetime(2028, 9, 1, 12, tzinfo=AT.tzinfo)
    agreements.add(office.site, date(2028, 9, 1), date(2029, 9, 1), office.at)


def test_a_list_says_that_the_agreement_is_waited_for_and_nobody_else(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2028")).request

    def duties() -> list[list[str]]:
        (line,) = lines(office.look(), office.at)
        shown = request_document(office.site, number, office.at)["waiting_on"]
        explained = why(office.site, number, office.at, "nb").waiting_on
        return [
            [duty for _, duty in line.owed],
            [each["duty"] for each in shown],
            [each.duty for each in explained],
        ]

    assert duties() == [["agreement_owner"]] * 3
    renewed(office)
    assert "agreement_owner" not in str(duties())


def test_a_request_with_faults_waits_for_its_opener_also_without_an_agreement(
    office: Office,
) -> None:
    office.mail(OWNER, SUBJECT, form(Dato_for_studiestart="1.3.2028", Kursets_kortnavn=None))
    (line,) = lines(office.look(), office.at)
    assert [duty for _, duty in line.owed] == ["elearning"]
