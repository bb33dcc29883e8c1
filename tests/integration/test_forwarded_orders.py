"""An order that a trust or KS Læring forwards waits for the municipality that wrote it (INTERFACE
§5.2).
"""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.service.time.sweep import sweep
from engine.store.cases.requests import load_request
from engine.store.contacts import people, register
from engine.store.mail_out import mornings
from tests.integration.office import (
    LENDER,
    OURS,
    OWNER,
    PLATFORM,
    SERVER,
    Office,
    lending_office,
)

AHUS = "elaering@ahus.example"
ORDER = (
    "Hei!\n\nVi trenger dette til nyansatte.\n\nKurs: Trygg dusj\nKurseier: Ahus\n\nMvh\nSolveig"
)
OUTLOOK = f"""Fra: Kurs <{LENDER}>
Sendt: mandag 7. september 2026 09:12
Til: E-læring <{OWNER}>
Emne: Bestilling av kurs

{ORDER}"""
GMAIL = f"""---------- Forwarded message ---------
Fra: Kurs <{LENDER}>
Date: man. 7. sep. 2026 kl. 09:12
Subject: Bestilling av kurs
To: <{OWNER}>


{ORDER}"""
HEADERS = f"Fra: {LENDER}\nEmne: Tinging av kurs\nDato: 7. sep.\nTil: {OWNER}"
MARKED = "Start på videresendt melding:\n\n" + "\n".join(
    f"> {line}" for line in f"{HEADERS}\n\n{ORDER}".split("\n")
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lending_office(tmp_path / "site")


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (OWNER, "VS: Bestilling av kurs", f"Kan dere ta denne?\n\n{OUTLOOK}"),
        (PLATFORM, "Fwd: Bestilling av kurs", GMAIL),
        (OWNER, "Videresendt: kurs", f"Til dere\n\n________________\n{OUTLOOK}"),
        (PLATFORM, "Noe til dere", MARKED),
    ],
)
def test_it_opens_for_the_municipality_and_the_owner_hears_nothing_until_that_confirms(
    office: Office, sender: str, subject: str, text: str
) -> None:
    outcome = office.mail(sender, subject, text)

    assert (outcome.verdict, office.state(outcome.request)) == ("opened", "ordered")
    with office.site.database.reading() as tx:
        found = load_request(tx, outcome.request)
    assert found is not None
    assert (found.requester, found.owner, found.form["full_name"]) == ("3401", "ahus", "Trygg dusj")
    assert found.kept["said"] == "Vi trenger dette til nyansatte."
    assert office.letters(AHUS) == []
    assert "Kongsvinger kommune må bekrefte den" in office.text(sender)
    assert f"{sender} har videresendt en bestilling" in office.text(LENDER)
    assert "Kan dere ta denne?" not in office.text(LENDER)

    assert office.reply(LENDER, "Ja, det stemmer!").verdict == "fired"
    assert office.state(outcome.request) == "received"
    assert "> Vi trenger dette til nyansatte." in office.text(AHUS)


@pytest.mark.parametrize("word", ["SPRÅK: nynorsk", "FRAVÆR 8.9.2026–20.9.2026"])
def test_words_in_what_is_forwarded_are_not_the_forwarders(office: Office, word: str) -> None:
    there = OUTLOOK.replace("Mvh", f"{word}\n\nMvh")
    assert office.mail(OWNER, "VS: Bestilling av kurs", there).verdict == "opened"
    assert "Kongsvinger kommune må bekrefte den" in office.text(OWNER)
    with office.site.database.reading() as tx:
        held = register.contacts_of_address(tx, OWNER, office.at.date())
        away = people.absences(tx)
    assert [each.language for each in held] == [None]
    assert not away


def test_an_attached_mail_is_forwarded_too(office: Office) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = f"Kurs <{LENDER}>", "Tinging av kurs: Trygg seng"
    inner.set_content("Hei!\nKan me få låne det?\n")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = OWNER, OURS, "En kommune spør"
    mail["Message-ID"] = "<attached@si.example>"
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from=si.example"
    mail.set_content("Se vedlegget.\n")
    mail.add_attachment(inner)

    outcome = office.take(mail.as_bytes())

    assert (outcome.verdict, office.state(outcome.request)) == ("opened", "ordered")
    assert office.last(LENDER).template == "order_to_confirm"
    assert office.letters(PLATFORM) == []
    office.reply(LENDER, "BEKREFT")
    assert office.last(PLATFORM).template == "owner_wanted"


def test_unconfirmed_it_is_asked_about_again_and_closed_after_20_working_days(
    office: Office,
) -> None:
    number = office.mail(OWNER, "VS: Bestilling av kurs", OUTLOOK).request
    for _ in range(27):
        office.later(days=1)
        sweep(office.site, office.at)
    assert office.state(number) == "ordered"
    assert len(office.letters(LENDER)) > 1
    office.later(days=2)
    sweep(office.site, office.at)
    assert office.state(number) == "withdrawn"
    assert office.last(LENDER).template == "order_not_confirmed"
    assert office.letters(AHUS) == office.letters(PLATFORM) == []


def test_an_order_that_needs_no_confirmation_is_not_closed_for_want_of_one(office: Office) -> None:
    number = office.mail(LENDER, "Bestilling av kurs: Trygg dusj", "Hei").request
    assert office.reply(LENDER, "BEKREFT").verdict != "fired"
    for _ in range(32):
        office.later(days=1)
        sweep(office.site, office.at)
    assert office.state(number) == "ordered"


def test_the_forwarder_is_asked_where_the_writer_is_no_contact_of_a_municipality(
    office: Office,
) -> None:
    text = OUTLOOK.replace(LENDER, "turid@ukjent.example")
    outcome = office.mail(OWNER, "VS: Bestilling av kurs", text)
    assert (outcome.verdict, outcome.request) == ("unclear", "")
    assert "Hvilken kommune" in office.last(OWNER).subject

    outcome = office.reply(OWNER, "Det er Kongsvinger.\nKongsvinger kommune")
    assert outcome.verdict == "opened"
    assert office.last(LENDER).template == "order_to_confirm"


def test_who_answers_a_municipality_with_us_in_the_quote_forwards_nothing(office: Office) -> None:
    outcome = office.mail(OWNER, "SV: Bestilling av kurs", f"Hei, det ordner vi.\n\n{OUTLOOK}")
    assert outcome.request == ""
    assert office.letters(LENDER) == []


def test_a_subject_alone_forwards_nothing(office: Office) -> None:
    assert office.mail(LENDER, "Fwd: Bestilling av kurs: Dusj", "Hei").verdict == "opened"


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (OWNER, "VS: Tinging av kurs", f"{{said}}\n\nMvh\nKari\n\n{OUTLOOK}"),
        (PLATFORM, "Fwd: Bestilling av kurs", f"{{said}}\n\n{GMAIL}"),
        (PLATFORM, "Noe til dere", f"{{said}}\n\n{MARKED}"),
    ],
)
def test_a_coordinator_reads_what_the_forwarder_says_and_the_forwarder_is_told_so(
    office: Office, sender: str, subject: str, text: str
) -> None:
    said = "Denne havnet hos oss. Hvem skal kommunen skrive til neste gang?"
    outcome = office.mail(sender, subject, text.format(said=said))
    assert outcome.verdict == "opened"
    assert "words_beside_opening" in [reason.code for reason in outcome.reasons]
    assert f"Koordinatoren leser det du skrev: «{said}»" in office.text(sender)
    assert said not in office.text(LENDER)
    office.later(minutes=5)
    office.reply(LENDER, "BEKREFT")
    with office.site.database.reading() as tx:
        assert outcome.mail in [each.id for each in mornings.for_people(tx)]


def test_a_forward_without_words_of_its_own_waits_for_no_coordinator(office: Office) -> None:
    office.mail(OWNER, "VS: Bestilling av kurs", f"Hei!\n\nMvh\nKari\n\n{OUTLOOK}")
    with office.site.database.reading() as tx:
        assert mornings.for_people(tx) == ()


def test_a_forwarder_who_does_not_know_is_answered_once_more_and_may_say_it_later(
    office: Office,
) -> None:
    text = OUTLOOK.replace(LENDER, "turid@ukjent.example")
    office.mail(OWNER, "VS: Bestilling av kurs", text)
    said = office.reply(OWNER, "Det vet jeg dessverre ikke, beklager.")
    assert said.verdict == "unclear"
    assert "koordinatoren leser det du har skrevet" in office.text(OWNER)
    assert "ikke registrert" not in office.text(OWNER)
    assert office.reply(OWNER, "Nå vet jeg det:\nKongsvinger kommune").verdict == "opened"
    assert "> Vi trenger dette til nyansatte." in office.text(LENDER)
