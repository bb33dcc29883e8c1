"""What a perfect request costs in letters that leave, each of them named (INTERFACE §5.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.calendar import add as added_to
from engine.calendar import morning_of, oslo_day
from engine.definition.types import Span
from engine.service.deliver import deliver
from engine.service.register.contacts import Holder, add
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import (
    EXPERTS,
    LENDER,
    LIAISON,
    OWNER,
    PLATFORM,
    REQUESTER,
    SUBJECT,
    Office,
    form,
    new_office,
)

NAMES = {
    OWNER: "trust",
    EXPERTS: "experts",
    LIAISON: "liaison",
    PLATFORM: "KS Læring",
    REQUESTER: "municipality",
    LENDER: "lender",
}
DAY = Span(1, "working days")
Act = tuple[str, str]
"""Who writes, and what; an empty line is answered by nothing."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_at(tmp_path / "site")


def office_at(folder: Path) -> Office:
    there = new_office(folder, letters__digest="08.00")
    with there.site.database.transaction() as tx:
        for party, email in (("3401", LENDER), ("3405", REQUESTER)):
            register.add_contact(
                tx, party_id=party, duty="municipality", email=email, valid_from=date(2016, 1, 1)
            )
    return there


def passed(office: Office) -> None:
    sweep(office.site, office.at)
    deliver(office.site, office.at)


def answer(office: Office, sender: str, text: str, number: str = "") -> None:
    """An answer to the newest letter that has reached the sender, about the request if one is."""
    theirs = [row for row in office.letters(sender) if row.state == "sent"]
    letter = [row for row in theirs if number in ("", row.request)][-1]
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    place = "1 " if letter.template == "told" else ""
    outcome = office.mail(sender, f"SV: {letter.subject}", place + text, headers=headers)
    assert outcome.verdict == "fired", (sender, text, outcome)


def next_day(office: Office) -> None:
    """The morning's letters, and then ten o'clock."""
    calendar = office.site.rules.calendar
    day = oslo_day(added_to(calendar, office.at, DAY))
    ten = morning_of(day) + timedelta(hours=2)
    while office.at < ten:
        office.at += timedelta(hours=1)
        passed(office)


def played(office: Office, acts: Sequence[Act], *, a_day_each: bool) -> None:
    for sender, text in acts:
        if a_day_each:
            next_day(office)
        answer(office, sender, text)


def left(office: Office) -> list[str]:
    """Every mail that has left, as `receiver: template`."""
    return [f"{NAMES[row.receiver]}: {row.template}" for row in sent(office)]


def sent(office: Office) -> list[LetterRow]:
    return [row for row in office.letters() if row.state == "sent" and row.receiver in NAMES]


OPENED = ["experts: opinion_wanted", "liaison: opinion_wanted", "trust: answer"]
ADVISED = ["experts: answer", "liaison: answer"]
ACCEPTED = ["KS Læring: answer", "trust: label_wanted"]
ENDED = [
    "trust: answer",
    "KS Læring: share_ends",
    "liaison: share_ends",
    "trust: share_ended",
    "KS Læring: share_ended",
]


def shared_to_ks(office: Office, *, a_day_each: bool) -> None:
    office.mail(OWNER, SUBJECT, form(Unntak=None))
    advised = [(EXPERTS, "INGEN MERKNADER"), (LIAISON, "INGEN MERKNADER")]
    accepted = [(PLATFORM, "MOTTATT"), (PLATFORM, "GODTATT"), (OWNER, "MERKET")]
    played(office, [*advised, *accepted], a_day_each=a_day_each)
    if not a_day_each:
        next_day(office)
    played(office, [(OWNER, "AVSLUTT")], a_day_each=a_day_each)
    next_day(office)
    next_day(office)
    assert office.state("KD-2026-0001") == "ended"


def ordered(office: Office, *, a_day_each: bool) -> None:
    course = "Kurs: Fallforebygging i sykehjem\nKurseier: Sykehuset Innlandet\n"
    office.mail(REQUESTER, "Bestilling av kurs: Fallforebygging", course)
    given = [(OWNER, "TILLATT"), (OWNER, form(Unntak=None))]
    placed = [(PLATFORM, "GODTATT\nLENKE: https://kslaring.example/fall"), (OWNER, "MERKET")]
    played(office, [*given, *placed], a_day_each=a_day_each)
    next_day(office)
    assert office.state("KD-2026-0001") == "shared"


def borrowed(office: Office, *, a_day_each: bool) -> None:
    course = "Kurs: Hygiene\nKurseier: Kongsvinger kommune\nLisens: CC BY 4.0\n"
    link = "Lenke: https://kslaring.example/hygiene\n"
    office.mail(OWNER, "Deling fra KS Læring: Hygiene", course + link)
    advised = [(EXPERTS, "INGEN MERKNADER"), (LIAISON, "INGEN MERKNADER")]
    placed = [(PLATFORM, "GODTATT"), (OWNER, "LENKE: https://portal.example/hygiene\nMERKET")]
    played(office, [*advised, *placed], a_day_each=a_day_each)
    next_day(office)
    assert office.state("KD-2026-0001") == "shared"


def test_a_course_to_ks_laering_costs_17_letters_in_a_day_and_its_ending(office: Office) -> None:
    shared_to_ks(office, a_day_each=False)
    told = ["KS Læring: now_shared", "liaison: now_shared"]
    by_ks = ["KS Læring: request_submitted", "KS Læring: answer", *ACCEPTED, "trust: answer"]
    assert sorted(left(office)) == sorted([*OPENED, *ADVISED, *by_ks, *told, *ENDED])
    assert len(left(office)) <= 18


def test_and_20_letters_over_eight_working_days(office: Office) -> None:
    shared_to_ks(office, a_day_each=True)
    told = ["KS Læring: now_shared", "liaison: now_shared"]
    by_day = ["trust: opinion_given", "trust: told", "trust: request_received"]
    by_ks = ["KS Læring: request_submitted", "KS Læring: answer", *ACCEPTED, "trust: answer"]
    assert sorted(left(office)) == sorted([*OPENED, *ADVISED, *by_day, *by_ks, *told, *ENDED])
    assert len(left(office)) <= 22


ORDERED = [
    "municipality: order_received",
    "trust: order_wanted",
    "trust: information_wanted",
    "trust: sent_receipt",
    "KS Læring: ordered_course_sent",
    *ACCEPTED,
    "trust: answer",
    "municipality: course_ready",
    "KS Læring: now_shared",
]


def test_an_order_costs_11_letters_to_the_label(office: Office) -> None:
    ordered(office, a_day_each=False)
    assert sorted(left(office)) == sorted([*ORDERED, "liaison: told"])
    assert len(left(office)) <= 11


def test_and_13_letters_over_eight_working_days(office: Office) -> None:
    ordered(office, a_day_each=True)
    told = ["KS Læring: order_copy", "liaison: order_copy", "liaison: now_shared"]
    assert sorted(left(office)) == sorted([*ORDERED, *told])
    assert len(left(office)) <= 14


BORROWED = [
    "KS Læring: borrowing_submitted",
    "KS Læring: answer",
    "trust: link_wanted",
    "trust: answer",
    "lender: borrowed_from_you",
    "KS Læring: now_shared",
    "experts: now_shared",
    "liaison: now_shared",
]


def test_a_course_from_ks_laering_costs_13_letters_to_the_label(office: Office) -> None:
    borrowed(office, a_day_each=False)
    assert sorted(left(office)) == sorted([*OPENED, *ADVISED, *BORROWED])
    assert len(left(office)) <= 13


def test_and_15_letters_over_eight_working_days(office: Office) -> None:
    borrowed(office, a_day_each=True)
    by_day = ["trust: opinion_given", "trust: told"]
    assert sorted(left(office)) == sorted([*OPENED, *ADVISED, *BORROWED, *by_day])
    assert len(left(office)) <= 17


def test_a_month_of_ten_cases_costs_two_holders_in_ks_laering_at_most_40_letters(
    tmp_path: Path,
) -> None:
    """One of the two is the main address, and answers half of them by hand."""
    there = office_at(tmp_path / "site")
    main = "post-kslaring@ks.example"
    add(
        there.site, [Holder(party="ks-laering", duty="ks_laering", email=main, main=True)], there.at
    )
    for case in range(10):
        number = there.open(Kursets_kortnavn=f"SI-FALL{case}")
        next_day(there)
        answer(there, main, "MOTTATT", number)
        next_day(there)
        accepts = PLATFORM if case % 2 else main
        assert there.fire(number, "accept", accepts) is None
        assert there.fire(number, "confirm_label", OWNER) is None
    next_day(there)
    to_ks = [row for row in there.letters() if row.receiver in (PLATFORM, main)]
    assert len([row for row in to_ks if row.state == "sent"]) <= 40
