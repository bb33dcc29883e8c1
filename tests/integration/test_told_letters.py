"""What only tells leaves once a day as one letter to each person (INTERFACE §5.6)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.app import open_site
from engine.calendar import oslo_time
from engine.service.deliver import deliver
from engine.service.site import Site
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from engine.store.encoding import instant
from engine.store.mail_out.letters import LetterRow
from tests.integration import postgres
from tests.integration.office import LIAISON, OWNER, PLATFORM, REQUESTER, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site", letters__digest="08.00")


def taken(office: Office, name: str) -> str:
    """A request that KS Læring has received and accepted, and that is labelled."""
    number = office.open(Kursets_kortnavn=name)
    office.reply(PLATFORM, "MOTTATT")
    return number


def labelled(office: Office, name: str) -> str:
    number = taken(office, name)
    for sender, word in ((PLATFORM, "GODTATT"), (OWNER, "MERKET")):
        office.fire(number, {"GODTATT": "accept", "MERKET": "confirm_label"}[word], sender)
    return number


def passed(office: Office, at: datetime) -> None:
    """One pass of the worker."""
    office.at = at
    sweep(office.site, office.at)
    deliver(office.site, office.at)


def told(office: Office, receiver: str) -> list[LetterRow]:
    return [row for row in office.letters(receiver) if row.template == "told"]


NEXT_MORNING = datetime(2026, 9, 8, 6, 0, tzinfo=UTC)
"""8.00 in Oslo."""


def test_what_asks_goes_at_once_and_what_tells_waits_for_the_morning(office: Office) -> None:
    number = taken(office, "SI-FALL1")
    received = office.last(OWNER)
    assert (received.template, received.state) == ("request_received", "waiting")
    assert received.not_before == NEXT_MORNING
    office.fire(number, "accept", PLATFORM)
    deliver(office.site, office.at)
    assert (office.last(OWNER).template, office.last(OWNER).state) == ("label_wanted", "sent")
    assert office.letters(OWNER)[-2].state == "waiting"


def test_one_persons_rows_leave_as_one_letter(office: Office) -> None:
    numbers = [taken(office, f"SI-FALL{n}") for n in range(3)]
    passed(office, datetime(2026, 9, 8, 5, 59, tzinfo=UTC))
    assert not told(office, OWNER)
    passed(office, NEXT_MORNING)
    (carrier,) = told(office, OWNER)
    assert (carrier.state, carrier.request) == ("sent", "")
    rows = [row for row in office.letters(OWNER) if row.template == "request_received"]
    assert {row.state for row in rows} == {"cancelled"}
    text = office.text(OWNER)
    for place, (number, row) in enumerate(zip(numbers, rows, strict=True), start=1):
        assert f"{place}. {number} – " in text
        assert f"[{number}.{row.token}]" in text
    passed(office, datetime(2026, 9, 9, 6, 0, tzinfo=UTC))
    assert len(told(office, OWNER)) == 1


def test_a_single_row_leaves_as_it_is(office: Office) -> None:
    taken(office, "SI-FALL1")
    passed(office, NEXT_MORNING)
    assert not told(office, OWNER)
    assert (office.last(OWNER).template, office.last(OWNER).state) == ("request_received", "sent")


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        pytest.param("2026-09-08T05:59", "2026-09-08T08:00", id="before the morning's letters"),
        pytest.param("2026-09-08T06:00", "2026-09-09T08:00", id="at the very moment"),
        pytest.param("2026-09-07T21:59", "2026-09-08T08:00", id="a minute before midnight"),
        pytest.param("2026-09-07T22:01", "2026-09-08T08:00", id="a minute after midnight"),
        pytest.param("2026-09-11T12:00", "2026-09-14T08:00", id="over a weekend"),
        pytest.param("2026-09-12T05:00", "2026-09-14T08:00", id="on a Saturday morning"),
        pytest.param("2026-10-23T12:00", "2026-10-26T08:00", id="over the end of summer time"),
        pytest.param("2026-12-23T12:00", "2026-12-24T08:00", id="before Christmas"),
        pytest.param("2026-12-24T12:00", "2026-12-28T08:00", id="over Christmas"),
        pytest.param("2027-03-24T12:00", "2027-03-30T08:00", id="over Easter and summer time"),
    ],
)
def test_the_morning_is_that_of_the_next_working_day(office: Office, at: str, leaves: str) -> None:
    number = office.open()
    office.at = datetime.fromisoformat(f"{at}+00:00")
    assert office.fire(number, "acknowledge", PLATFORM) is None
    row = office.last(OWNER)
    assert oslo_time(row.not_before).strftime("%Y-%m-%dT%H:%M") == leaves


def test_a_worker_that_was_away_sends_one_letter_all_the_same(office: Office) -> None:
    taken(office, "SI-FALL1")
    office.later(days=1)
    taken(office, "SI-FALL2")
    passed(office, datetime(2026, 9, 10, 12, 0, tzinfo=UTC))
    assert len(told(office, OWNER)) == 1


def test_an_answer_without_a_number_is_asked_which_and_one_with_it_counts(office: Office) -> None:
    first, second = taken(office, "SI-FALL1"), taken(office, "SI-FALL2")
    passed(office, NEXT_MORNING)
    (carrier,) = told(office, OWNER)
    headers = f"In-Reply-To: {carrier.message_id}\r\n"
    asked = office.mail(OWNER, "SV", "TREKK", headers=headers)
    assert (asked.verdict, asked.events) == ("unclear", ())
    assert "hvilken sak" in office.text(OWNER)
    done = office.reply(OWNER, "2 TREKK")
    assert (done.verdict, done.request) == ("fired", second)
    assert "withdraw" not in office.events(first)


def test_own_words_under_a_number_are_about_that_request(office: Office) -> None:
    _, second = taken(office, "SI-FALL1"), taken(office, "SI-FALL2")
    passed(office, NEXT_MORNING)
    outcome = office.reply(OWNER, "2: Når regner dere med å være ferdige?")
    assert outcome.request == second


@pytest.mark.parametrize(
    "said",
    [
        "2: Hei Turid, når blir kurset vurdert?",
        "2. Hei Turid,\nnår blir kurset vurdert?",
        "Hei Turid!\n\n2 Når blir kurset vurdert?",
        "1: Hei Gunhild, dette er bare til orientering.\n2: Hei Turid, når blir kurset vurdert?",
    ],
)
def test_whoever_is_greeted_after_the_number_reads(office: Office, said: str) -> None:
    named = [("Gunhild Moe", PLATFORM), ("Turid Lie", LIAISON)]
    with closing(sqlite3.connect(office.site.folder / "kursdeling.db")) as database, database:
        database.executemany("UPDATE contact SET name = ? WHERE email = ?", named)
    _, second = taken(office, "SI-FALL1"), taken(office, "SI-FALL2")
    passed(office, NEXT_MORNING)
    office.reply(OWNER, said)
    words = [row for row in office.letters(LIAISON) if row.template == "words"]
    assert [row.request for row in words] == [second]


def test_the_token_of_a_row_answers_it(office: Office) -> None:
    first, _ = taken(office, "SI-FALL1"), taken(office, "SI-FALL2")
    passed(office, NEXT_MORNING)
    row = next(row for row in office.letters(OWNER) if row.request == first and row.told)
    outcome = office.mail(OWNER, f"SV: [{first}.{row.token}]", "TREKK", aligned=False)
    assert (outcome.verdict, outcome.request) == ("fired", first)


def test_an_act_that_only_told_can_be_taken_back_until_the_morning(office: Office) -> None:
    number = taken(office, "SI-FALL1")
    assert "ANGRE" in office.text(PLATFORM)
    office.later(hours=5)
    assert office.reply(PLATFORM, "ANGRE").verdict == "fired"
    assert office.state(number) == "submitted"
    passed(office, NEXT_MORNING)
    assert office.last(OWNER).state == "cancelled"


def test_what_has_left_with_others_cannot_be_taken_back(office: Office) -> None:
    numbers = [taken(office, f"SI-FALL{n}") for n in range(2)]
    passed(office, NEXT_MORNING)
    for number in numbers:
        assert office.reply(PLATFORM, "ANGRE").verdict == "refused"
        assert office.state(number) == "received"


def test_refusals_withdrawals_and_near_endings_go_at_once(office: Office) -> None:
    refused = taken(office, "SI-FALL1")
    office.fire(refused, "reject", PLATFORM, note="Kurset finnes alt")
    withdrawn = taken(office, "SI-FALL2")
    office.fire(withdrawn, "withdraw", OWNER)
    near, far = labelled(office, "SI-FALL3"), labelled(office, "SI-FALL4")
    office.fire(near, "end_share", OWNER, ends_on="2026-09-10")
    office.fire(far, "end_share", OWNER, ends_on="2026-09-11")
    deliver(office.site, office.at)
    states = {(row.request, row.template, row.receiver): row.state for row in office.letters()}
    assert states[refused, "request_rejected", OWNER] == "sent"
    assert states[withdrawn, "request_withdrawn", PLATFORM] == "sent"
    assert states[near, "share_ends", LIAISON] == "sent"
    assert states[far, "share_ends", LIAISON] == "waiting"
    assert states[far, "share_ends", PLATFORM] == "sent"


def test_words_beside_a_command_go_at_once(office: Office) -> None:
    office.open(Kursets_kortnavn="SI-FALL1")
    office.reply(PLATFORM, "MOTTATT\n\nFint kurs! Vi ser på det i uke 50.")
    assert office.last(OWNER).template == "request_received"
    deliver(office.site, office.at)
    assert office.last(OWNER).state == "sent"
    assert "> Fint kurs! Vi ser på det i uke 50." in office.text(OWNER)


def test_a_gathered_letter_with_somebodys_words_is_never_dropped(office: Office) -> None:
    """As one that an earlier release let wait."""
    number = office.open(Kursets_kortnavn="SI-FALL1")
    office.reply(PLATFORM, "MOTTATT\n\nFint kurs! Vi ser på det i uke 50.")
    with closing(sqlite3.connect(office.site.folder / "kursdeling.db")) as database, database:
        waits = "UPDATE letter SET told = 1, not_before = ? WHERE id = ?"
        database.execute(waits, (instant(NEXT_MORNING), office.last(OWNER).id))
    office.fire(number, "accept", PLATFORM)
    deliver(office.site, office.at)
    passed(office, NEXT_MORNING)
    received = next(row for row in office.letters(OWNER) if row.template == "request_received")
    assert received.state == "sent"


def test_nobody_is_told_of_an_ending_that_has_been_taken_back(office: Office) -> None:
    number = labelled(office, "SI-FALL1")
    passed(office, NEXT_MORNING)
    office.fire(number, "end_share", OWNER, ends_on="2026-12-31")
    office.later(minutes=30)
    assert office.fire(number, "undo_ending", OWNER) is None
    assert office.state(number) == "shared"
    passed(office, datetime(2026, 9, 9, 6, 0, tzinfo=UTC))
    (ends,) = [row for row in office.letters(LIAISON) if row.template == "share_ends"]
    assert ends.state == "cancelled"
    (shared,) = [row for row in office.letters(LIAISON) if row.template == "now_shared"]
    assert shared.state == "sent"


def test_nobody_is_told_of_an_order_that_has_been_refused(office: Office) -> None:
    course = "Kurs: Fallforebygging i sykehjem\nKurseier: Sykehuset Innlandet\n"
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="3405",
            duty="municipality",
            email=REQUESTER,
            valid_from=office.at.date(),
        )
    number = office.mail(REQUESTER, "Bestilling av kurs: Fallforebygging", course).request
    copy = office.last(LIAISON)
    assert (copy.template, copy.state) == ("order_copy", "waiting")
    office.later(minutes=30)
    assert office.reply(OWNER, "AVSLÅTT: forfatteren sier nei").verdict == "fired"
    passed(office, NEXT_MORNING)
    (copy,) = [row for row in office.letters(LIAISON) if row.template == "order_copy"]
    assert (copy.request, copy.state) == (number, "cancelled")


def test_held_rows_are_held_as_one_letter(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__digest="08.00", letters__parties__si="hold")
    for n in range(2):
        number = office.open(Kursets_kortnavn=f"SI-FALL{n}")
        office.fire(number, "acknowledge", PLATFORM)
    passed(office, NEXT_MORNING)
    (carrier,) = told(office, OWNER)
    assert carrier.state == "held"


def test_two_workers_on_postgresql_write_one_letter(tmp_path: Path, postgresql_server: str) -> None:
    url = postgres.new_database(postgresql_server, "told")
    office = new_office(tmp_path / "site", database=url, letters__digest="08.00")
    for n in range(5):
        number = office.open(Kursets_kortnavn=f"SI-FALL{n}")
        office.fire(number, "acknowledge", PLATFORM)
    sites = [open_site(office.site.folder) for _ in range(2)]

    def work(site: Site) -> None:
        sweep(site, NEXT_MORNING)
        deliver(site, NEXT_MORNING)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, sites))
    for each in sites:
        each.database.close()
    states = Counter((row.template, row.state) for row in office.letters(OWNER))
    assert states["told", "sent"] == 1
    assert states["request_received", "cancelled"] == 5
    office.site.database.close()


def test_whoever_wants_letters_at_once_says_so_and_may_change_their_mind(office: Office) -> None:
    office.open(Kursets_kortnavn="SI-FALL1")
    assert office.reply(OWNER, "BREV: straks").verdict == "answered"
    assert "straks" in office.text(OWNER)
    taken(office, "SI-FALL2")
    assert (office.last(OWNER).template, office.last(OWNER).state) == ("request_received", "sent")
    office.reply(OWNER, "Brev: samlet")
    taken(office, "SI-FALL3")
    assert office.last(OWNER).state == "waiting"


def test_it_is_kept_for_the_person_in_every_duty_also_a_new_one(office: Office) -> None:
    office.open(Kursets_kortnavn="SI-FALL1")
    office.reply(OWNER, "BREV: straks")
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="ahus", duty="elearning", email=OWNER, valid_from=office.at.date()
        )
        held = [each for each in register.contacts(tx) if each.email == OWNER]
    assert [each.at_once for each in held] == [True, True]
