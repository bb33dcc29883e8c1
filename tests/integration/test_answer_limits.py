"""Nobody is answered without end: not a busy writer, and not a program that answers ours."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from engine.cli.program import run
from engine.service import receive
from engine.service.answering.answer_limits import IN_CIRCLES, MOVES, TO_AND_FRO, USED_UP, VARIED
from engine.service.mail.verdict import MailOutcome
from engine.service.morning.items import entries
from engine.store.contacts import register
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from tests.integration.office import (
    OURS,
    OWNER,
    PLATFORM,
    SERVER,
    SUBJECT,
    Office,
    form,
    new_office,
)

LIMIT = 4
WORDS = [
    "Takk for din henvendelse. Vi ser på saken så snart vi kan.",
    "Saken din er registrert.\n\nStatus: Åpen\n",
    "Hjelp",
    "Avslått: Ukjent avsender\n",
    "",
]
SAYS_IT_IS_A_PROGRAM = re.compile(
    rb"(?im)^(auto-submitted|x-[a-z0-9-]+|precedence):.*\r\n(?:[ \t].*\r\n)*"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


@pytest.fixture
def strict(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site", mail__answers_per_day=str(LIMIT))


def codes(outcome: MailOutcome) -> list[str]:
    return [reason.code for reason in outcome.reasons]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("threaded", [True, False], ids=["in the thread", "each by itself"])
def test_a_program_that_answers_every_letter_gets_three_at_most(
    office: Office,
    words: str,
    threaded: bool,
) -> None:
    office.open()
    asked = len(office.letters(PLATFORM))
    seen = 0
    while seen < len(office.letters(PLATFORM)) < asked + 10:
        seen = len(office.letters(PLATFORM))
        office.later(minutes=1)
        if threaded:
            office.reply(PLATFORM, words)
        else:
            office.mail(PLATFORM, "Takk for henvendelsen", words)

    assert 1 <= len(office.letters(PLATFORM)) - asked <= 3
    assert IN_CIRCLES in codes(office.seen[-1])


def test_two_sites_that_have_each_other_in_their_registers_fall_silent_at_once(
    tmp_path: Path,
) -> None:
    assert letters_between(*two_sites(tmp_path), stripped=False) == (1, 0)


def test_they_fall_silent_soon_even_where_a_server_between_them_takes_the_marks_away(
    tmp_path: Path,
) -> None:
    ours, theirs = letters_between(*two_sites(tmp_path), stripped=True)
    assert 1 <= ours <= 3
    assert 1 <= theirs <= 3


def two_sites(folder: Path) -> tuple[Office, Office]:
    """Two sites, each of which has the other in its register."""
    ours = new_office(folder / "en", mail__addresses="kursdeling@en.example")
    theirs = new_office(folder / "to", mail__addresses="kursdeling@to.example")
    for office, other in ((ours, theirs), (theirs, ours)):
        with office.site.database.transaction() as tx:
            register.add_contact(
                tx,
                party_id="ous",
                duty="elearning",
                email=other.site.addresses[0],
                valid_from=date(2026, 1, 1),
            )
    return ours, theirs


def letters_between(ours: Office, theirs: Office, *, stripped: bool) -> tuple[int, int]:
    """How many letters each writes to the other after one mail, all of them delivered."""
    first = ours.raw(theirs.site.addresses[0], "Hei", "Hva er dette?")
    ours.take(first.replace(OURS.encode(), ours.site.addresses[0].encode()))
    passed: dict[int, int] = {id(ours): 0, id(theirs): 0}
    for _ in range(10):
        for office, other in ((ours, theirs), (theirs, ours)):
            waiting = office.letters(other.site.addresses[0])[passed[id(office)] :]
            for letter in waiting:
                other.take(carried(office, letter, stripped=stripped))
            passed[id(office)] += len(waiting)
    return passed[id(ours)], passed[id(theirs)]


def carried(office: Office, letter: LetterRow, *, stripped: bool) -> bytes:
    """The letter as the other site gets it, vouched for by its own server."""
    with office.site.database.reading() as tx:
        raw = letters.stored_bytes(tx, letter.id)
    assert raw is not None
    domain = office.site.addresses[0].partition("@")[2]
    vouched = f"Authentication-Results: {SERVER}; dmarc=pass header.from={domain}\r\n".encode()
    return vouched + (SAYS_IT_IS_A_PROGRAM.sub(b"", raw) if stripped else raw)


def test_no_address_is_answered_more_than_the_set_number_of_times_a_day(strict: Office) -> None:
    strict.open()
    before = len(strict.letters(PLATFORM))
    for _ in range(LIMIT + 2):
        strict.later(hours=1)
        strict.mail(PLATFORM, "Status", "STATUS")

    assert [codes(each) for each in strict.seen[1:]] == [[]] * LIMIT + [[USED_UP]] * 2
    assert {each.verdict for each in strict.seen[1:]} == {"answered"}
    assert len(strict.letters(PLATFORM)) == before + LIMIT
    # Somebody else is answered, and so is whoever moves a request, and everybody the next day.
    assert codes(strict.mail(OWNER, "Status", "STATUS")) == []
    assert codes(strict.mail(OWNER, SUBJECT, form(Kursets_kortnavn="SI-FALL9"))) == []
    assert strict.last(OWNER).inbox == strict.seen[-1].mail
    strict.later(days=1)
    assert codes(strict.mail(PLATFORM, "Status", "STATUS")) == []


def test_whoever_moves_requests_always_hears_of_it(strict: Office) -> None:
    for n in range(LIMIT + 2):
        strict.mail(OWNER, SUBJECT, form(Kursets_kortnavn=f"SI-FALL{n}"))
    assert [each.verdict for each in strict.seen] == ["opened"] * (LIMIT + 2)
    assert len(strict.letters(OWNER)) == LIMIT + 2


def test_what_nobody_has_answered_waits_for_a_person_who_may_have_it_answered(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(4):
        office.mail(OWNER, "Status", "STATUS")
    last = office.seen[-1]
    assert (last.verdict, codes(last)) == ("answered", [IN_CIRCLES])
    before = len(office.letters(OWNER))
    assert waiting(office, capsys) == [last.mail]
    with office.site.database.reading() as tx:
        told = list(entries(office.site, tx, date(2026, 9, 8), office.at))
    assert [(e.item.kind, e.item.subject) for e in told] == [("unclear", str(last.mail))]

    again = receive.retry(office.site, last.mail, office.at)

    assert (again.verdict, codes(again)) == ("answered", [])
    assert len(office.letters(OWNER)) == before + 1
    assert waiting(office, capsys) == []


def waiting(office: Office, capsys: pytest.CaptureFixture[str]) -> list[int]:
    """The messages that `mail list --waiting` has."""
    assert run(["--site", str(office.site.folder), "--json", "mail", "list", "--waiting"]) == 0
    return [json.loads(line)["mail"] for line in capsys.readouterr().out.splitlines()]


def test_mails_that_say_this_and_that_are_not_answered_without_end_either(office: Office) -> None:
    office.open()
    before = len(office.letters(PLATFORM))
    for n in range(VARIED + 2):
        office.reply(PLATFORM, f"Vi ser på dette i {'uke ' * n} og tar det opp.")
    assert len(office.letters(PLATFORM)) == before + VARIED


def test_a_person_who_asks_now_and_then_is_always_answered(office: Office) -> None:
    for _ in range(6):
        office.later(minutes=25)
        assert office.mail(OWNER, "Status", "STATUS").verdict == "answered"
    office.open()
    for _ in range(5):
        letter = office.letters(PLATFORM)[0]
        headers = f"In-Reply-To: {letter.message_id}\r\n"
        assert office.mail(PLATFORM, "SV", "STATUS", headers=headers).verdict == "answered"


def test_a_mail_judged_at_an_earlier_time_than_the_last_one_is_answered_too(
    strict: Office,
) -> None:
    strict.mail(OWNER, "Status", "STATUS")
    strict.later(days=3)
    strict.mail(OWNER, "Status", "STATUS")
    strict.later(days=-3)
    assert strict.mail(OWNER, "Status", "STATUS").verdict == "answered"
    assert len(strict.letters(OWNER)) == 3


def test_two_programs_that_move_a_request_to_and_fro_come_to_an_end(office: Office) -> None:
    number = office.open()
    for _ in range(MOVES + 3):
        office.later(minutes=1)
        office.reply(PLATFORM, "Mangler: Vedlegg")
        office.later(minutes=1)
        office.reply(OWNER, "Send")

    moved = [each.events[0][0] for each in office.seen if each.verdict == "fired"]
    stopped = [each for each in office.seen if TO_AND_FRO in codes(each)]
    # The owner's mail that opened the request counts too.
    assert (moved.count("request_changes"), moved.count("resubmit")) == (MOVES, MOVES - 1)
    assert {each.verdict for each in stopped} == {"unclear"}
    assert {each.request for each in stopped} == {number}
    before = len(office.letters())
    last = office.reply(OWNER, "Send")
    assert (codes(last), len(office.letters())) == ([TO_AND_FRO], before)
    # A person may let it go on, and a day later everybody may.
    assert receive.retry(office.site, last.mail, office.at).verdict == "fired"
    office.later(days=1, minutes=1)
    assert office.reply(PLATFORM, "Mangler: Vedlegg").verdict == "fired"


def test_a_program_that_sends_the_form_again_in_answer_to_each_answer_falls_silent(
    office: Office,
) -> None:
    office.open()
    for _ in range(6):
        office.later(minutes=1)
        headers = f"In-Reply-To: {office.last(OWNER).message_id}\r\n"
        office.mail(OWNER, SUBJECT, form(), headers=headers)

    assert IN_CIRCLES in codes(office.seen[-1])
