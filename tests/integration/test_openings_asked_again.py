"""A mail that is not understood at the second try either, and what its answers carry along
(INTERFACE §5.2).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model import Language
from engine.store.cases.requests import load_request
from engine.store.contacts import register
from tests.integration.office import FORM, LENDER, OWNER, PLATFORM, Office, lending_office

FILLED = list(FORM.items())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lending_office(tmp_path / "site")


def test_a_second_try_is_answered_with_other_words_and_other_help(office: Office) -> None:
    office.mail(LENDER, "Et spørsmål", "Hei! Vi lurer på noe vi så hos dere.\n\nMvh Solveig")
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


def test_whoever_answers_for_two_orders_is_asked_which(office: Office) -> None:
    office.mail(LENDER, "Bestilling av kurs", "Kurs: Trygg dusj\n\nKurs: Trygg seng")
    receipt = office.last(LENDER)
    headers = f"In-Reply-To: {receipt.message_id}\r\n"
    asked = office.mail(LENDER, f"SV: {receipt.subject}", "TREKK", headers=headers)
    assert (asked.verdict, asked.events) == ("unclear", ())
    assert "kan gjelde KD-2026-0001 og KD-2026-0002" in office.text(LENDER)
    assert office.reply(LENDER, "KD-2026-0002").verdict == "fired"
    assert [office.state(f"KD-2026-000{n}") for n in (1, 2)] == ["ordered", "withdrawn"]

    one = "Hei!\n\nKD-2026-0001: EIER: Sykehuset Innlandet\n\nMvh Solveig"
    named = office.mail(LENDER, f"SV: {receipt.subject}", one, headers=headers)
    assert (named.verdict, office.state("KD-2026-0001")) == ("fired", "received")
    listed = office.mail(LENDER, f"SV: {receipt.subject}", "Status?", headers=headers)
    assert listed.verdict == "answered"
    assert "«Trygg dusj»: Sak KD-2026-0001 står som «Mottatt»" in office.text(LENDER)


def test_what_is_asked_beside_two_orders_reaches_both_owners(office: Office) -> None:
    body = "Kurs: Trygg dusj\nKurseier: Ahus\n\nKurs: Trygg seng\nKurseier: SI\n\nHva koster det?"
    office.mail(LENDER, "Bestilling av kurs", body)
    for owner in ("elaering@ahus.example", OWNER):
        assert "> Hva koster det?" in office.text(owner)
    text = office.text(LENDER)
    assert text.count("Hva koster det?") == 1
    assert text.count("Samarbeidsrutinen setter ingen frist") == 1


def test_a_name_behind_a_word_ends_with_its_line(office: Office) -> None:
    number = office.mail(LENDER, "Bestilling av kurs: Trygg dusj", "Hei").request
    said = office.reply(LENDER, "EIER: SI\n\nFår vi hjelp med pålogginga da?")
    assert (said.verdict, office.state(number)) == ("suggested", "ordered")
    assert "> Får vi hjelp med pålogginga da?" in office.text(LENDER)
    assert office.reply(LENDER, "Ja").verdict == "fired"
    assert office.state(number) == "received"
    assert "SI Får vi" not in office.text(LENDER)


def test_ks_laering_that_orders_is_not_told_that_ks_laering_finds_out(office: Office) -> None:
    office.mail(PLATFORM, "Bestilling av kurs", "Kurs: Pallplan\n\nVet dere hvem som eier det?")
    text = office.text(PLATFORM)
    assert "KS Læring finner ut" not in text
    assert "trenger dere ikke gjøre noe" not in text
    assert text.count("EIER") == 2
    assert text.count("Vet dere hvem som eier det?") == 1


def test_an_order_whose_owner_is_not_found_is_not_asked_for_its_information(office: Office) -> None:
    office.mail(LENDER, "Bestilling av kurs", "Kurs: Trygg dusj\nKurseier: Helsetunet")
    text = office.text(LENDER)
    assert "kursinformasjonen" not in text
    assert "EIER" not in text
