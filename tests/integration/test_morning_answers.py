"""A coordinator answers the morning letter line by line, and every line is answered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.service.deliver import deliver
from engine.service.mail.verdict import MailOutcome
from engine.service.morning.letter import write_morning
from engine.service.time.sweep import sweep
from engine.store.cases import timers
from engine.store.contacts import register
from engine.store.mail_in import inbox, sorting
from engine.store.mail_out import letters, mornings
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    Office,
    new_office,
)

STRANGER = "ny@si.example"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site", letters__mode="hold")


def morning(office: Office) -> dict[str, list[int]]:
    """The numbers of the next morning's letter by kind, once it has been sent."""
    office.at = datetime(2026, 9, office.at.day + 1, 5, 30, tzinfo=UTC)
    assert write_morning(office.site, office.at) == 1
    deliver(office.site, office.at)
    letter = office.last(COORDINATOR)
    assert letter.state == "sent"
    return numbers(office)


def numbers(office: Office) -> dict[str, list[int]]:
    """The numbers that the newest letter to the coordinator holds, by kind."""
    letter = office.last(COORDINATOR)
    found: dict[str, list[int]] = {}
    with office.site.database.reading() as tx:
        for number in letter.variables["extra"]["numbers"]:
            item = mornings.item_at(tx, number, letter.written_at)
            assert item is not None
            found.setdefault(item.kind, []).append(item.number)
    return found


def say(office: Office, *lines: str) -> MailOutcome:
    office.later(minutes=20)
    return office.reply(COORDINATOR, "\n".join(("Hei!", *lines, "Mvh", "K")))


def answer(office: Office) -> tuple[list[str], list[str]]:
    """(what was done, what was not), as the coordinator was told; the letter has left."""
    letter = office.last(COORDINATOR)
    assert (letter.template, letter.state) == ("morning_answer", "sent")
    return letter.variables["done"], letter.variables["not_done"]


def verdict(office: Office, mail: int) -> str | None:
    with office.site.database.reading() as tx:
        return inbox.get(tx, mail).verdict


def test_a_mail_is_tied_to_a_request_and_then_counts_as_its_writers_answer(office: Office) -> None:
    number = office.open()
    mail = office.mail(PLATFORM, "Kurset", "Kurset er fint, det.").mail
    (n,) = morning(office)["unclear"]
    outcome = say(office, f"{n} TIL {number}", f"{n} ER GODTATT")
    assert outcome.verdict == "answered"
    assert office.state(number) == "accepted"
    assert verdict(office, mail) == "fired"
    done, not_done = answer(office)
    assert done == [
        f"«{n} TIL {number}»: e-posten er knyttet til {number}.",
        f"«{n} ER GODTATT»: utført. Saken {number} står nå som «Godtatt».",
    ]
    assert not_done == []
    with office.site.database.reading() as tx:
        assert [row.action for row in sorting.of_mail(tx, mail)] == ["attach", "attach"]


def test_the_request_and_the_answer_may_stand_on_one_line_with_its_text(office: Office) -> None:
    number = office.open()
    office.mail(PLATFORM, "Kurset", "Ja det mangler vel noe.")
    (n,) = morning(office)["unclear"]
    assert say(office, f"{n} TIL {number}: MANGLER: kapittel 2").verdict == "answered"
    assert office.state(number) == "incomplete"
    assert "kapittel 2" in office.last(OWNER).variables["note"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{n} ER GODTATT", "Vi vet ikke hvilken sak"),
        ("{n} TIL KD-2026-0099", "Det finnes ingen sak «KD-2026-0099»"),
        ("{n} TIL saken", "Det finnes ingen sak «saken»"),
        ("{n} TIL {number} ER FINT", "«ER FINT» er ikke et svar"),
        ("{n} TIL {number} MERKET", "MERKET"),
        ("{n} FORKAST", "hvorfor"),
        ("{n} STOPP", "passer ikke"),
        ("{n} SLIPP", "passer ikke"),
        ("{n} hva er dette?", "Vi kjenner ikke ordet"),
        ("77 STOPP", "ingen linje 77"),
        ("{n} NY KONTAKT: sykehuset der", "part og rolle"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    office: Office, line: str, why: str
) -> None:
    number = office.open()
    mail = office.mail(PLATFORM, "Kurset", "Kurset er fint, det.").mail
    (n,) = morning(office)["unclear"]
    outcome = say(office, line.format(n=n, number=number))
    done, (not_done,) = answer(office)
    assert outcome.verdict == "refused"
    assert done == []
    assert why in not_done
    assert office.state(number) == "submitted"
    assert verdict(office, mail) == "unclear"
    with office.site.database.reading() as tx:
        assert sorting.of_mail(tx, mail) == ()


def test_a_mail_is_laid_aside_with_the_reason(office: Office) -> None:
    mail = office.mail("noen@annet.example", "Tilbud", "Kjøp nå.").mail
    (n,) = morning(office)["stranger"]
    say(office, f"{n} FORKAST: reklame")
    with office.site.database.reading() as tx:
        (row,) = sorting.of_mail(tx, mail)
    assert (row.action, row.note) == ("discard", "reklame")


def test_held_letters_go_one_by_one_or_all_that_the_letter_showed(office: Office) -> None:
    office.open()
    office.open(Kursets_kortnavn="SI-FALL2")
    held = morning(office)["held"]
    shown = [row.id for row in office.letters() if row.state == "held"]
    assert len(held) == len(shown) == 4
    office.open(Kursets_kortnavn="SI-FALL3")
    say(office, f"SLIPP {held[0]}", f"{held[1]} STOPP")
    done, not_done = answer(office)
    assert (len(done), not_done) == (2, [])
    states = {row.id: row.state for row in office.letters()}
    assert [states[letter] for letter in shown] == ["sent", "cancelled", "held", "held"]
    assert say(office, "SLIPP ALLE").verdict == "answered"
    states = {row.id: row.state for row in office.letters()}
    assert [states[letter] for letter in shown] == ["sent", "cancelled", "sent", "sent"]
    newer = [row for row in office.letters() if row.state == "held"]
    assert len(newer) == 2
    assert say(office, "SLEPP ALLE", f"{held[0]} SLIPP").verdict == "refused"


def test_a_reminder_is_passed_over_once(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open(Unntak=None)
    office.later(days=6)
    morning(office)
    say(office, "VIS RESTEN")
    (n,) = numbers(office)["chaser"]
    assert say(office, f"{n} STOPP").verdict == "answered"
    office.later(hours=8)
    assert sweep(office.site, office.at).reminded == 0
    assert not [row for row in office.letters(EXPERTS) if row.template == "remind"]
    assert say(office, f"{n} STOPP").verdict == "refused"
    office.later(days=7)
    sweep(office.site, office.at)
    assert [row for row in office.letters(EXPERTS) if row.template == "remind"]


def test_a_reminder_that_is_written_and_waits_is_cancelled(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__undo_minutes="60")
    office.open(Unntak=None)
    office.later(days=6)
    morning(office)
    say(office, "VIS RESTEN")
    (n,) = numbers(office)["chaser"]
    office.at = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
    assert sweep(office.site, office.at).reminded == 1
    assert say(office, f"{n} STOPP").verdict == "answered"
    chasers = [row for row in office.letters() if row.template == "remind"]
    assert {row.state for row in chasers} == {"cancelled"}
    assert {row.receiver for row in chasers} == {EXPERTS, LIAISON}


def test_a_colleague_who_answered_becomes_the_contact_that_the_case_says(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    number = office.open(Unntak=None)
    letter = office.last(EXPERTS)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    mail = office.mail(STRANGER, "SV: kurset", "Vi ser på det.", headers=headers).mail
    assert verdict(office, mail) == "newcomer"
    (n,) = morning(office)["stranger"]
    assert say(office, f"{n} NY KONTAKT").verdict == "answered"
    ((done,), _) = answer(office)
    assert f"{STRANGER} er registrert som fagmiljø ved Sykehuset Innlandet" in done
    assert done.endswith("e-posten er lest på nytt.")
    assert verdict(office, mail) == "remark"
    say(office, f"{n} ER INGEN MERKNADER")
    assert "give_opinion" in office.events(number)


def test_who_it_is_must_be_said_where_nothing_makes_it_certain(office: Office) -> None:
    office.mail("noen@gmail.example", "Hei", "Kan jeg være med?")
    (n,) = morning(office)["stranger"]
    assert say(office, f"{n} NY KONTAKT").verdict == "refused"
    assert "Skriv part og rolle" in answer(office)[1][0]
    assert say(office, f"{n} NY KONTAKT: Akershus universitetssykehus fagmiljø").verdict == (
        "answered"
    )
    with office.site.database.reading() as tx:
        (new,) = [c for c in register.contacts(tx) if c.email == "noen@gmail.example"]
    assert (new.party, new.duty) == ("ahus", "subject_experts")


def test_a_request_that_nobody_can_answer_gets_its_holder(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    office.open(Unntak=None)
    with office.site.database.transaction() as tx:
        register.end_contact(tx, EXPERTS, date(2026, 9, 7))
    (n,) = morning(office)["stuck"]
    assert say(office, f"{n} NY KONTAKT").verdict == "refused"
    assert say(office, f"{n} NY KONTAKT: Ny.Fag@si.example").verdict == "answered"
    with office.site.database.reading() as tx:
        held = {(c.party, c.duty, c.email) for c in register.contacts(tx, office.at.date())}
    assert ("si", "subject_experts", "ny.fag@si.example") in held


def test_letters_that_could_not_be_sent_are_tried_again_or_stopped(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__undo_minutes="60")
    office.open(Unntak=None)
    waiting = [row.id for row in office.letters() if row.state == "waiting"]
    with office.site.database.transaction() as tx:
        for row in letters.claim(tx, office.at.replace(hour=12), 9):
            letters.mark(tx, row.id, "dead", at=office.at, code=550, text="no such user")
    first, second = morning(office)["dead"]
    say(office, f"{first} PRØV IGJEN", f"{second} STOPP")
    states = {row.id: row.state for row in office.letters()}
    assert [states[letter] for letter in waiting] == ["sent", "cancelled"]


def test_nobody_but_the_receiver_and_no_former_coordinator_can_answer(office: Office) -> None:
    office.open()
    morning(office)
    letter = office.last(COORDINATOR)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    held = [row.id for row in office.letters() if row.state == "held"]
    assert office.mail(PLATFORM, "SV", "SLIPP ALLE", headers=headers).verdict == "unclear"
    outcome = office.mail("x@ond.example", "SV", "SLIPP ALLE", headers=headers)
    assert outcome.verdict == "newcomer"
    office.mail(COORDINATOR, "Slipp", "SLIPP ALLE", aligned=False)
    with office.site.database.transaction() as tx:
        register.end_contact(tx, COORDINATOR, date(2026, 9, 7))
        register.add_contact(
            tx, party_id="ks", duty="su", email=COORDINATOR, valid_from=date(2026, 9, 8)
        )
    assert office.mail(COORDINATOR, "SV", "SLIPP ALLE", headers=headers).verdict == "refused"
    states = {row.id: row.state for row in office.letters()}
    assert {states[letter] for letter in held} == {"held"}


def test_the_token_alone_names_the_letter_where_the_mail_program_drops_its_id(
    office: Office,
) -> None:
    office.open()
    morning(office)
    subject = f"SV: {office.last(COORDINATOR).subject}"
    assert office.mail(COORDINATOR, subject, "SLIPP ALLE").verdict == "answered"
    assert {row.state for row in office.letters()} == {"sent"}


def test_more_lines_may_answer_the_answer_and_old_letters_keep_their_numbers(
    office: Office,
) -> None:
    office.mail("noen@annet.example", "Hei", "Hva er dette?")
    (n,) = morning(office)["stranger"]
    first = office.last(COORDINATOR)
    office.mail("andre@annet.example", "Hei", "Hva er dette?")
    say(office, "99 STOPP")
    morning(office)
    headers = f"In-Reply-To: {first.message_id}\r\n"
    assert office.mail(COORDINATOR, "SV", f"{n} FORKAST: avklart", headers=headers).verdict == (
        "answered"
    )
    assert say(office, f"{n} FORKAST: avklart").verdict == "answered"
    with office.site.database.reading() as tx:
        assert sorting.settled(tx) == {1}


def test_an_answer_without_a_numbered_line_is_told_how(office: Office) -> None:
    office.open()
    morning(office)
    assert say(office, "Takk for brevet!").verdict == "unclear"
    assert "Vi fant ingen linjer" in office.text(COORDINATOR)
    assert {row.state for row in office.letters(PLATFORM)} == {"held"}


def test_absence_can_be_said_in_reply_to_the_morning_letter(office: Office) -> None:
    office.open()
    morning(office)
    assert say(office, "SPRÅK: nynorsk").verdict == "answered"
    with office.site.database.reading() as tx:
        (me,) = [c for c in register.contacts(tx) if c.email == COORDINATOR]
        assert me.language == "nn"
        assert timers.armed(tx)
