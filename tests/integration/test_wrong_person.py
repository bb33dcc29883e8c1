"""FEIL PERSON: who is written to by mistake gets no more letters, and somebody is asked instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.service.requests.show import history_documents, one
from engine.service.requests.why import why
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from tests.integration.office import COORDINATOR, EXPERTS, OWNER, PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def test_it_ends_letters_asks_the_opener_and_stands_in_the_morning_letter(office: Office) -> None:
    number = office.open()
    outcome = office.reply(PLATFORM, "FEIL PERSON: Kari Nordmann, kari@ks.example")

    assert outcome.events == (("wrong_person", "submitted", "submitted"),)
    asked = office.text(OWNER)
    assert f"{PLATFORM} har svart FEIL PERSON" in asked
    assert "> Kari Nordmann, kari@ks.example" in asked
    assert history_documents(office.site, number)[-1]["event"] == "wrong_person"
    told = why(office.site, number, office.at, "nb").because
    assert any(f"{PLATFORM} har svart FEIL PERSON" in each for each in told)
    before = len(office.letters(PLATFORM))
    for _ in range(12):
        office.later(days=1)
        sweep(office.site, office.at)
    assert len(office.letters(PLATFORM)) == before
    assert any(number in office_text(office, row.id) for row in office.letters(COORDINATOR))


def office_text(office: Office, letter: int) -> str:
    found = next(row for row in office.letters(COORDINATOR) if row.id == letter)
    return f"{found.subject} {found.variables}"


def test_another_holder_of_the_duty_goes_on(office: Office) -> None:
    second = "redaksjon2@ks.example"
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="ks-laering", duty="ks_laering", email=second, valid_from=date(2016, 1, 1)
        )
    number = office.open()
    assert office.reply(PLATFORM, "Feil person").verdict == "fired"
    assert one(office.site, number).request.escalated_at is None
    assert office.reply(PLATFORM, "FEIL PERSON").verdict == "already_done"
    assert office.reply(second, "MOTTATT").verdict == "fired"


@pytest.mark.parametrize(
    "body",
    [
        "Hei, jeg har dessverre sluttet her.",
        "Dette er ikke mitt bord.",
        "Eg jobbar ikkje med dette lenger.",
        "Feil mottaker, jeg jobber ikke med dette.",
        "I no longer work here.",
    ],
)
def test_it_is_asked_about_in_own_words(office: Office, body: str) -> None:
    number = office.open(Unntak=None)
    outcome = office.reply(EXPERTS, body)
    assert (outcome.verdict, outcome.understood) == ("suggested", "wrong_person")
    assert "Vi forstår svaret som FEIL PERSON. Svar JA" in office.text(EXPERTS)
    assert office.state(number) == "consulting"
    done = office.reply(EXPERTS, "JA")
    assert done.events == (("wrong_person", "consulting", "consulting"),)


@pytest.mark.parametrize(
    "body", ["Kari har sluttet.", "Er det feil person?", "Jeg har ikke sluttet.", "Feil kurs."]
)
def test_words_about_others_are_not(office: Office, body: str) -> None:
    office.open()
    assert office.reply(PLATFORM, body).understood is None


def test_the_receipt_says_that_letters_stop_and_offers_nothing(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "FEIL PERSON: Kari Nordmann, kari@ks.example")

    receipt = office.text(PLATFORM)
    assert "Du får ikke flere brev i denne saken" in receipt
    assert "er spurt om hvem som skal svare" in receipt
    assert "Du kan nå svare" not in receipt


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("Det er Per Hansen som skal svare", "Per Hansen"),
        ("Send dette til Per@ks.example", "per@ks.example"),
        ("Per Hansen overtar saken.", "Per Hansen"),
        ("Hei!\n\nSpør heller Åse Moe-Lie. God helg!", "Åse Moe-Lie"),
        ("Det er per@ks.example som svarer på slikt.", "per@ks.example"),
        ("FEIL PERSON. Prøv Kari.", "Kari"),
        ("Jeg har sluttet. Prøv Hilde Berg.", "Hilde Berg"),
    ],
)
def test_who_answers_instead_is_asked_about_and_told_to_the_opener(
    office: Office, body: str, who: str
) -> None:
    office.open()
    assert office.reply(PLATFORM, body).understood == "wrong_person"
    assert f"Vi forstår svaret som FEIL PERSON: {who}." in office.text(PLATFORM)
    assert office.reply(PLATFORM, "JA").verdict == "fired"
    assert f"> {who}" in office.text(OWNER)


@pytest.mark.parametrize(
    "body",
    [
        "Samhandlingsenheten svarer på dette.",
        "Er det Per Hansen som skal svare?",
        "Kontakt Per Hansen ved spørsmål.",
        "Vi svarer i morgen.",
        "Det er ikke Per Hansen som svarer.",
        "Kapittel 2 har feil doser. Spør Kari Berg om kilden.",
    ],
)
def test_nobody_else_is_named(office: Office, body: str) -> None:
    office.open()
    assert office.reply(PLATFORM, body).understood != "wrong_person"


def test_a_colleague_whom_a_correction_names_is_asked(office: Office) -> None:
    office.open(Unntak=None)
    assert office.reply(EXPERTS, "FEIL PERSON").verdict == "fired"
    colleague = "ny.fag@si.example"
    assert office.reply(OWNER, f"Fagmiljø: {colleague}").verdict == "fired"
    assert [each.template for each in office.letters(colleague)] == ["opinion_wanted"]
    assert office.reply(OWNER, f"Fagmiljø: {colleague}\nTidsbruk: 50 min").verdict == "fired"
    assert len(office.letters(colleague)) == 1
    assert office.reply(colleague, "INGEN MERKNADER").verdict == "fired"


def test_nobody_is_asked_where_the_role_has_answered(office: Office) -> None:
    office.open(Unntak=None)
    office.reply(EXPERTS, "INGEN MERKNADER")
    assert office.reply(OWNER, "Fagmiljø: ny.fag@si.example").verdict == "fired"
    assert not office.letters("ny.fag@si.example")
