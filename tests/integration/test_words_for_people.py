"""Own words reach those whom they are for, and nobody else (INTERFACE §5.5)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from engine.service.deliver import deliver
from engine.service.letters.posting import envelope_of
from engine.service.morning.items import entries
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import (
    AT,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    new_office,
)

WITHHELD = "(teksten vises ikke: den kan inneholde et fødselsnummer)"
NAMES = {OWNER: "Kari Nordmann", EXPERTS: "Arne Foss", PLATFORM: "Gunhild Moe"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """People with names, and letters to others that wait a quarter of an hour."""
    there = new_office(tmp_path / "site", letters__undo_minutes="15")
    with closing(sqlite3.connect(there.site.folder / "kursdeling.db")) as database, database:
        for email, name in NAMES.items():
            database.execute("UPDATE contact SET name = ? WHERE email = ?", (name, email))
    return there


def wait(office: Office, minutes: int = 20) -> None:
    """Let the undo window pass, and send what waited."""
    office.later(minutes=minutes)
    deliver(office.site, office.at)


def opened(office: Office) -> str:
    number = office.open()
    wait(office)
    return number


def got(office: Office, who: str) -> list[str]:
    """The passed-on words that `who` has got, oldest first."""
    return [
        row.variables["extra"]["text"]
        for row in office.letters(who)
        if row.template == "words" and row.state == "sent"
    ]


def codes(office: Office) -> list[str]:
    return [reason.code for reason in office.seen[-1].reasons]


def waits_in_the_morning(office: Office) -> list[str]:
    with office.site.database.reading() as tx:
        return [
            entry.values("nb")["said"]
            for entry in entries(office.site, tx, office.at.date(), office.at)
            if entry.item.kind == "unclear"
        ]


def test_a_question_reaches_whoever_the_letter_is_from_and_the_answer_comes_back(
    office: Office,
) -> None:
    opened(office)

    assert office.reply(PLATFORM, "Hei!\n\nHvilket kurs gjelder dette?").verdict == "remark"
    receipt = office.text(PLATFORM)
    assert "Kari Nordmann (Sykehuset Innlandet) får kl. 10.35 det du skrev" in receipt
    assert "Svar ANGRE" in receipt
    assert got(office, OWNER) == []
    wait(office)
    assert got(office, OWNER) == ["Hvilket kurs gjelder dette?"]
    assert "Gunhild Moe (KS Læring) skriver:" in office.text(OWNER)

    office.reply(OWNER, "Det om fall i sykehjem.")
    wait(office)
    assert got(office, PLATFORM) == ["Det om fall i sykehjem."]

    office.reply(PLATFORM, "Ja")
    wait(office)
    assert got(office, OWNER)[-1] == "Ja"


def test_whoever_is_greeted_by_name_reads(office: Office) -> None:
    number = opened(office)

    office.mail(OWNER, number, "Hei Gunhild,\nvi har byttet bildet.")
    wait(office)

    assert got(office, PLATFORM) == ["vi har byttet bildet."]


def test_two_who_are_greeted_are_asked_about(office: Office) -> None:
    number = opened(office)

    office.mail(OWNER, number, "Hei Gunhild og Arne,\nvi har byttet bildet.")

    assert office.last(OWNER).template == "who_reads"


@pytest.mark.parametrize("writer", [EXPERTS, LIAISON])
def test_experts_and_cooperation_units_speak_to_their_own_opener_only(
    office: Office, writer: str
) -> None:
    number = opened(office)

    office.mail(writer, number, "Kan KS Læring vente til vi har lest kurset?")
    wait(office)

    assert got(office, OWNER) == ["Kan KS Læring vente til vi har lest kurset?"]
    assert got(office, PLATFORM) == []


def test_what_may_be_for_several_is_asked_about_and_goes_nowhere_meanwhile(
    office: Office,
) -> None:
    number = opened(office)

    office.mail(OWNER, number, "Vi har byttet bildet på forsiden.")
    wait(office)
    assert "Hvem skal ha dette?" in office.text(OWNER)
    assert [got(office, who) for who in (PLATFORM, EXPERTS, LIAISON)] == [[], [], []]

    offered = office.last(OWNER).variables["extra"]["choices"]
    place = 1 + next(n for n, one in enumerate(offered) if "Gunhild Moe" in one["who"])
    office.reply(OWNER, f"{place}")
    wait(office)
    assert got(office, PLATFORM) == ["Vi har byttet bildet på forsiden."]


@pytest.mark.parametrize("answer", ["Gunhild", "KS Læring, takk", "til Gunhild Moe"])
def test_the_choice_is_understood_by_name(office: Office, answer: str) -> None:
    number = opened(office)
    office.mail(OWNER, number, "Vi har byttet bildet på forsiden.")

    office.reply(OWNER, answer)
    wait(office)

    assert got(office, PLATFORM) == ["Vi har byttet bildet på forsiden."]


def test_the_coordinator_or_nobody_can_be_chosen(office: Office) -> None:
    number = opened(office)
    office.mail(OWNER, number, "Vi har byttet bildet på forsiden.")

    office.reply(OWNER, "ingen")
    assert "går ikke til noen" in office.text(OWNER)
    assert waits_in_the_morning(office) == []

    office.mail(OWNER, number, "Hvordan melder vi en ny kontakt?")
    assert office.last(OWNER).template == "who_reads"
    office.reply(OWNER, "koordinatoren")
    assert len(waits_in_the_morning(office)) == 1


def test_undo_stops_words_while_they_wait_and_corrects_them_afterwards(office: Office) -> None:
    number = opened(office)

    office.mail(OWNER, number, "Hei Gunhild,\nbildet er byttet.")
    office.reply(OWNER, "ANGRE")
    wait(office)
    assert got(office, PLATFORM) == []
    assert office.state(number) == "submitted"

    office.mail(OWNER, number, "Hei Gunhild,\nbildet er borte.")
    wait(office)
    office.reply(OWNER, "ANGRE")
    wait(office)
    assert got(office, PLATFORM) == ["bildet er borte.", "bildet er borte."]
    assert "tar tilbake dette" in office.text(PLATFORM)
    assert office.state(number) == "submitted"


def test_illness_is_read_back_and_goes_to_nobody(office: Office) -> None:
    opened(office)

    office.reply(PLATFORM, "Hvilket kurs gjelder dette?\nJeg er syk til mandag.")
    assert "Jeg er syk til mandag." in office.text(PLATFORM)
    wait(office)

    assert got(office, OWNER) == ["Hvilket kurs gjelder dette?"]


def test_an_identity_number_goes_to_nobody_and_the_morning_letter_leaves_it_out(
    office: Office,
) -> None:
    opened(office)

    office.reply(PLATFORM, "Gjelder dette 01019012345?")
    wait(office)

    assert got(office, OWNER) == []
    assert waits_in_the_morning(office) == [WITHHELD]
    assert not any("01019012345" in str(row.variables) for row in office.letters())


def test_thanks_are_kept_and_go_nowhere(office: Office) -> None:
    opened(office)

    assert office.reply(PLATFORM, "Tusen takk!").verdict == "remark"
    wait(office)

    assert got(office, OWNER) == []
    assert waits_in_the_morning(office) == []


def test_a_question_that_nobody_answers_stands_in_the_morning_letter_after_two_working_days(
    office: Office,
) -> None:
    opened(office)
    office.reply(PLATFORM, "Hvilket kurs gjelder dette?")
    wait(office)
    assert waits_in_the_morning(office) == []

    office.at = AT + timedelta(days=3)
    assert waits_in_the_morning(office) == ["Hvilket kurs gjelder dette?"]

    office.reply(OWNER, "Det om fall.")
    assert waits_in_the_morning(office) == []


def test_an_unanswered_question_who_reads_stands_there_too(office: Office) -> None:
    number = opened(office)
    office.mail(OWNER, number, "Vi har byttet bildet på forsiden.")

    office.at = AT + timedelta(days=3)

    assert waits_in_the_morning(office) == ["Vi har byttet bildet på forsiden."]


def test_whoever_had_the_mail_in_copy_does_not_get_it_again(office: Office) -> None:
    number = opened(office)

    office.mail(OWNER, number, "Hei Gunhild,\nhar dere fått bildet?", headers=f"Cc: {PLATFORM}\r\n")
    wait(office)

    assert got(office, PLATFORM) == []
    assert "direkte fra deg" in office.text(OWNER)


def test_no_more_than_a_set_number_is_passed_on_in_a_day(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", mail__passed_on_per_day="2")
    office.open()
    letter = office.last(PLATFORM)
    asked = [f"Hvilken modul gjelder punkt {n} i kurset?" for n in ("en", "to", "tre")]
    for text in asked:
        headers = f"In-Reply-To: {letter.message_id}\r\n"
        office.mail(PLATFORM, f"SV: {letter.subject}", text, headers=headers)

    assert got(office, OWNER) == asked[:2]
    assert codes(office) == ["words_too_many"]
    assert waits_in_the_morning(office) == [asked[2]]


def test_words_beside_a_command_go_with_its_letter(office: Office) -> None:
    opened(office)

    office.reply(PLATFORM, "MOTTATT\n\nFint kurs! Vi ser på det i uke 50.")
    assert "Du skrev også: «Fint kurs! Vi ser på det i uke 50.»" in office.text(PLATFORM)
    wait(office)

    text = office.text(OWNER)
    assert office.last(OWNER).template == "request_received"
    assert "Gunhild Moe (KS Læring) skriver:\n> Fint kurs! Vi ser på det i uke 50." in text


def test_a_question_whether_anything_is_to_be_done_is_answered_with_the_status(
    office: Office,
) -> None:
    number = opened(office)

    for text in ("Må eg gjere noko meir?", "Er denne fortsatt aktuell?"):
        assert office.mail(OWNER, number, text).verdict == "answered"
        assert "Vi venter på KS Læring" in office.text(OWNER)


def test_every_letter_says_who_reads_an_answer(office: Office) -> None:
    opened(office)
    assert "skriv med egne ord: svaret går til Kari Nordmann" in office.text(PLATFORM).replace(
        "Skriv", "skriv"
    )

    office.reply(PLATFORM, "MOTTATT")
    wait(office)
    assert "skriv med egne ord: svaret går til Gunhild Moe" in office.text(OWNER)
    assert not [row for row in office.letters() if "koordinatoren leser det" in _text(office, row)]


def _text(office: Office, row: LetterRow) -> str:
    return office.site.letters.text(envelope_of(row))


def test_words_beside_an_opening_go_with_its_letter(office: Office) -> None:
    office.mail(OWNER, SUBJECT, f"Hei!\n\nDette er det første kurset vårt.\n\n{form()}")
    assert "Du skrev også: «Dette er det første kurset vårt.»" in office.text(OWNER)
    wait(office)

    assert office.last(PLATFORM).template == "request_submitted"
    assert "> Dette er det første kurset vårt." in office.text(PLATFORM)


def test_an_identity_number_beside_a_command_goes_to_nobody_either(office: Office) -> None:
    opened(office)

    office.reply(PLATFORM, "MOTTATT\n\nFint kurs, sier 01019012345.")
    wait(office)

    assert "01019012345" not in office.text(OWNER)
    assert len(waits_in_the_morning(office)) == 1


def test_a_question_beside_a_command_waits_for_its_answer(office: Office) -> None:
    opened(office)
    office.reply(PLATFORM, "STATUS\n\nHar dere laget en quiz til kurset?")
    wait(office)
    assert got(office, OWNER) == ["Har dere laget en quiz til kurset?"]

    office.at = AT + timedelta(days=3)
    assert len(waits_in_the_morning(office)) == 1
