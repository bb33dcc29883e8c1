"""A mail that is not understood at the second try either, and what its answers carry along
(INTERFACE §5.2).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model import Language
from engine.store.cases.requests import load_request
from engine.store.contacts import register
from tests.integration.office import FORM, LENDER, OWNER, Office, lending_office

FILLED = list(FORM.items())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lending_office(tmp_path / "site")


def test_a_second_try_is_answered_with_other_words_and_other_help(office: Office) -> None:
    office.mail(LENDER, "Et spørsmål", "Hei! Hvem snakker vi med om kursene deres?\n\nMvh Solveig")
    first = office.text(LENDER)
    again = office.reply(LENDER, "Vet ikke hva dere mener med rutine, sorry.")

    assert again.verdict == "unclear"
    second = office.text(LENDER)
    assert len(second) < len(first)
    assert "koordinatoren leser alt du har skrevet om dette" in second
    assert "Rutine:" not in second
    assert "SKJEMA: du får skjemaet" in second
    kept = {line for line in first.splitlines() if line} & set(second.splitlines())
    assert kept == {"Hei!", first.strip().splitlines()[-1]}


def test_whoever_may_open_nothing_is_offered_nothing_to_open(office: Office) -> None:
    office.mail("fag@si.example", "Hei", "Lurer på noe om et opplegg vi har snakket om.")
    assert "Rutine:" not in office.text("fag@si.example")
    office.reply("fag@si.example", "Det er det opplegget fra i vår.")
    assert "SKJEMA" not in office.text("fag@si.example")


def test_what_was_written_at_every_try_is_read_with_the_answer(office: Office) -> None:
    office.mail(OWNER, "Et ønske", "Hei!\n\nTidsbruk: 20 min\n\nVi håper på oppstart til høsten.")
    office.reply(OWNER, "Kurset heter noe med ernæring.\n\nForutsetninger: Ingen")
    outcome = office.reply(OWNER, "Rutine: Deling til KS Læring\nKurs: Sondeernæring")

    assert outcome.verdict == "opened"
    with office.site.database.reading() as tx:
        request = load_request(tx, outcome.request)
    assert request is not None
    given = {"full_name": "Sondeernæring", "time_needed": "20 min", "prerequisites": "Ingen"}
    assert given.items() <= request.form.items()
    text = office.text(OWNER)
    assert "Vi håper på oppstart til høsten." in text
    assert "Kurset heter noe med ernæring." in text


def test_the_word_status_lists_the_cases_of_whoever_asks(office: Office) -> None:
    office.mail(LENDER, "Bestilling av kurs", "Kurs: Trygg dusj")
    office.mail(LENDER, "Hei", "Hva nå?")
    office.reply(LENDER, "Status")
    assert "Sak KD-2026-0001 står som «Bestilt»" in office.text(LENDER)
    office.mail("fag@si.example", "Hei", "STATUS")
    assert "Ingen sak som du har del i, venter på noe nå." in office.text("fag@si.example")


@pytest.mark.parametrize("subject", ["Deling fra KS", "Delt fra KS: Trygg dusj", "Deling frå KS"])
def test_the_label_is_a_name_of_its_routine_and_of_no_owner(office: Office, subject: str) -> None:
    outcome = office.mail(OWNER, subject, "Hei, vi vil gjerne ta kurset i bruk.")
    with office.site.database.reading() as tx:
        request = load_request(tx, outcome.request)
    assert request is not None
    assert (request.workflow, request.owner) == ("hf_shares_from_ks", None)


@pytest.mark.parametrize(
    ("language", "points", "told"),
    [
        ("nn", 1, "Eitt av tretten felt er i orden og lagra. Tolv manglar."),
        ("nn", 12, "Tolv av tretten felt er i orden og lagra. Eitt manglar:"),
        ("nb", 1, "Ett av tretten felt er i orden og lagret. Tolv mangler."),
        ("nb", 9, "Ni av tretten felt er i orden og lagret. Fire mangler:"),
        ("nb", 0, "Tretten felt mangler."),
    ],
)
def test_what_is_counted_are_the_rows_that_are_read(
    office: Office, language: Language, points: int, told: str
) -> None:
    with office.site.database.transaction() as tx:
        register.set_language(tx, OWNER, language)
    rows = [f"{label}: {value}" for label, value in FILLED[:points]]
    office.mail(OWNER, "Deling til KS Læring", "\n".join(rows) or "Hei, vi vil dele et kurs.")
    text = office.text(OWNER)
    assert told in text
    below = text.rpartition("Skjemaet slik det står")[2]
    assert sum(line.endswith(":") for line in below.splitlines()) == 13 - points


def test_a_receipt_says_who_is_waited_for_and_until_when(office: Office) -> None:
    loan = "Kurs: Trygg dusj\nKurseier: Kongsvinger\nLenke: kslaring.no/dusj"
    office.mail(OWNER, "Deling fra KS Læring", loan)
    text = office.text(OWNER)
    waits = "Vi venter på fagmiljøet og samhandlingsenheten ved Sykehuset Innlandet, som er bedt om"
    assert f"{waits} å svare innen mandag 14. september 2026." in text
    assert "Du trenger ikke gjøre noe nå.\nBlir det ikke noe av? Svar TREKK." in text
    assert "Du kan nå svare" not in text
