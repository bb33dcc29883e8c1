"""No letter says what is not so: those of the demo, and those of a year of many endings."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.app import open_site
from engine.calendar import oslo_day
from engine.cli.program import run
from engine.service.acts import commands
from engine.service.letters.posting import envelope_of
from engine.service.register import agreements
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import (
    AGREEMENT_ENDS,
    FORM,
    OWNER,
    PLATFORM,
    REQUESTER,
    SUBJECT,
    Office,
    form,
    new_office,
)
from tests.integration.true_letters import untruths
from tests.unit.cases import LOAN

NYNORSK = "kurs@vinje.example"
TELEMARK = "elaering@sthf.example"
TEXTS = {
    "MANGLER": "mål", "AVSLÅTT": "passer ikke", "UTTALELSE": "Fint kurs.", "EIER": "si",
    "MISSING": "aims", "REJECTED": "does not fit", "OPINION": "A fine course.", "OWNER": "si",
}  # fmt: skip
LINK = "https://kurs.example/fall"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = new_office(tmp_path / "site")
    with office.site.database.transaction() as tx:
        for party, duty, email in (
            ("3405", "municipality", REQUESTER),
            ("4030", "municipality", NYNORSK),
            ("sthf", "elearning", TELEMARK),
            ("sthf", "subject_experts", "fag@sthf.example"),
            ("sthf", "cooperation_unit", "samhandling@sthf.example"),
        ):
            register.add_contact(
                tx, party_id=party, duty=duty, email=email, valid_from=date(2016, 1, 1)
            )
    return office


def opened(office: Office, n: int, chance: random.Random) -> None:
    """A mail that opens something: whole, half, empty, with faults; an order; a loan."""
    start = (office.at + timedelta(days=200)).date().isoformat()
    course = {
        "Fullt_navn_på_kurset": f"Kurs {n}",
        "Kursets_kortnavn": f"SI-K{n}",
        "Dato_for_studiestart": start,
    }
    less: dict[str, str | None] = dict.fromkeys(
        chance.sample(["Mål", "Innhold", "Tidsbruk", "Forutsetninger", "Kurssammendrag"], 2)
    )
    loan = f"Kurs: Lån {n}\nKurseier: Lillehammer kommune\nLenke: {LINK}/{n}\nLisens: CC BY 4.0"
    kinds = {
        "whole": (OWNER, SUBJECT, form(**course)),
        "asking": (OWNER, SUBJECT, form(**course, Unntak=None)),
        "half": (OWNER, SUBJECT, form(**course, **less)),
        "odd licence": (OWNER, SUBJECT, form(**course, Lisens="CC")),
        "empty": (OWNER, SUBJECT, "Hei, her kommer et kurs."),
        "order": (REQUESTER, "Bestilling av kurs", f"Kurs: Kurs {n}\nKurseier: SI"),
        "order of nobody": (NYNORSK, "Tinging av kurs", f"Kurs: Kurs {n}"),
        "loan": (TELEMARK, "Deling fra KS Læring", loan),
    }
    sender, subject, body = kinds[list(kinds)[n % len(kinds)]]
    office.mail(sender, subject, body)


def answered(office: Office, letter: LetterRow, chance: random.Random) -> None:
    """What the receiver answers: a word that is open to them, two of them, lines, or own words."""
    answers = [each for each in letter.variables.get("answers", ()) if each["event"] != "withdraw"]
    labels = letter.variables.get("fault_labels", ())
    lines = [f"{label}: {FORM.get(label, 'Ingen')}" for label in labels]
    words = [f"{each['word']}: {TEXTS.get(each['word'], LINK)}" if each["reason"] or "text" in each
             else each["word"] for each in answers]  # fmt: skip
    said = chance.choice([*words, "\n".join(words[:2]), "\n".join(lines), "STATUS", "TREKK"])
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    if said:
        office.mail(letter.receiver, "SV: Kurset", said, headers=headers)


@pytest.mark.parametrize(("seed", "english"), [(1, False), (2, False), (3, True)])
def test_no_letter_of_a_year_says_what_is_not_so(office: Office, seed: int, english: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 – the same year each time
    seen = 0
    if english:
        with office.site.database.transaction() as tx:
            for contact in register.contacts(tx, oslo_day(office.at)):
                register.set_language(tx, contact.email, "en")
    for n in range(110):
        office.later(days=chance.choice([1, 2, 3, 6]), hours=chance.choice([0, 1, 25]))
        sweep(office.site, office.at)
        if n < 32:
            opened(office, n, chance)
        if n == 100:
            day = max(oslo_day(office.at), AGREEMENT_ENDS)
            agreements.add(office.site, day, day + timedelta(days=365), office.at)
        new = [each for each in office.letters() if each.id > seen and each.request]
        seen = max([seen, *(each.id for each in new)])
        for letter in new:
            if letter.receiver and chance.random() < 0.45:
                office.later(minutes=5)
                answered(office, letter, chance)
    written = {each.template for each in office.letters()}
    assert len(written) >= 25, written
    assert english == ("en" in {each.language for each in office.letters()})
    assert untruths(office.site) == []


def test_no_letter_of_the_demo_says_what_is_not_so(tmp_path: Path) -> None:
    place = tmp_path / "demo"
    assert run(["--at", "2026-11-30T12:00:00Z", "demo", "--keep", str(place)]) == 0
    assert untruths(open_site(place)) == []


def test_a_form_that_never_came_is_not_thanked_for(office: Office) -> None:
    office.mail(OWNER, SUBJECT, "Hei, her kommer et kurs.")
    text = office.text(OWNER)
    assert "Takk for skjemaet" not in text
    assert "Vi trenger kursinformasjonen" in text
    assert text.count("Forutsetninger:") == 1
    assert "«»" not in text


def test_points_that_are_all_in_order_are_not_to_be_corrected(office: Office) -> None:
    office.mail(OWNER, SUBJECT, form(Lisens="CC"))
    text = office.text(OWNER)
    assert "De tretten feltene er i orden og lagret, men dette må også på plass:" in text
    subject = office.site.letters.subject(envelope_of(office.last(OWNER)))
    assert subject.startswith("Noe gjenstår: ")


def test_a_word_that_is_done_is_not_asked_for_in_the_same_letter(office: Office) -> None:
    done = commands.open_by_command(
        office.site, "hf_shares_from_ks", email=OWNER, at=office.at, values=LOAN
    )
    office.reply(PLATFORM, "MOTTATT\nGODTATT")
    told = [each.template for each in office.letters(OWNER)]
    assert "request_received" not in told
    assert told[-1] == "link_wanted"
    office.reply(OWNER, f"LENKE: {LINK}\nMERKET")
    assert office.state(done.number) == "shared"
    text = office.text(OWNER)
    assert "Svaret «MERKET»: utført" in text
    assert "med ett ord: MERKET" not in text


def test_days_to_answer_by_are_working_days(office: Office) -> None:
    while (office.at + timedelta(days=60)).weekday() != 5:
        office.later(days=1)
    office.open(Kursets_kortnavn=None)
    told = office.last(OWNER).variables
    lapses = (office.at + timedelta(days=60)).date()
    assert told["lapses_on"] == (lapses - timedelta(days=1)).isoformat()
