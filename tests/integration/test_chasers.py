"""Several chasers to one person leave as one letter, and each request is answered by itself."""

from __future__ import annotations

import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from engine.app import open_site
from engine.service.deliver import deliver
from engine.service.letters.chasers import gather
from engine.service.time.sweep import sweep
from engine.store import statements
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from tests.integration import postgres
from tests.integration.office import EXPERTS, LIAISON, OWNER, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def opened(office: Office, count: int) -> list[str]:
    return [office.open(Kursets_kortnavn=f"SI-FALL{n}", Unntak=None) for n in range(count)]


def chased(office: Office) -> list[LetterRow]:
    """The chasers to the experts, a week later."""
    office.later(days=7)
    sweep(office.site, office.at)
    deliver(office.site, office.at)
    return [row for row in office.letters(EXPERTS) if row.template in ("remind", "reminders")]


def test_one_letter_lists_every_request_and_each_chaser_stays_a_row(office: Office) -> None:
    numbers = opened(office, 3)
    *inside, carrier = chased(office)
    assert [row.template for row in (*inside, carrier)] == ["remind"] * 3 + ["reminders"]
    assert [row.request for row in inside] == numbers
    assert {row.state for row in inside} == {"cancelled"}
    assert {row.error for row in inside} == {f"stands in letter {carrier.id}"}
    assert len({row.token for row in inside}) == 3
    assert carrier.state == "sent"
    text = office.text(EXPERTS)
    assert all(f"{n}. {number} – " in text for n, number in enumerate(numbers, start=1))
    assert "INGEN MERKNADER" in text


def test_a_single_chaser_leaves_as_it_is(office: Office) -> None:
    opened(office, 1)
    (alone,) = chased(office)
    assert (alone.template, alone.state) == ("remind", "sent")


def test_gathering_again_changes_nothing(office: Office) -> None:
    opened(office, 2)
    office.later(days=7)
    sweep(office.site, office.at)
    before = len(office.letters())
    assert gather(office.site, office.at) == 0
    sweep(office.site, office.at)
    assert len(office.letters()) == before


def test_what_is_held_is_gathered_apart_and_stays_held(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__workflows__hf_to_ks="hold")
    opened(office, 2)
    carrier = chased(office)[-1]
    assert (carrier.template, carrier.state) == ("reminders", "held")
    office.later(days=7)
    sweep(office.site, office.at)
    assert {row.state for row in office.letters(EXPERTS) if row.template == "reminders"} == {"held"}
    with office.site.database.transaction() as tx:
        letters.release(tx, carrier.id, office.at)
    assert deliver(office.site, office.at)["sent"] >= 1


def test_a_chaser_whose_site_is_in_shadow_is_left_alone(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__mode="shadow")
    opened(office, 2)
    assert {row.template for row in chased(office)} == {"remind"}


def test_an_answer_counts_for_the_request_whose_number_it_stands_under(office: Office) -> None:
    first, second, third = opened(office, 3)
    chased(office)
    outcome = office.reply(EXPERTS, f"Hei!\n2 INGEN MERKNADER\n{third}: UTTALELSE: Bra\nkurs\n")
    assert outcome.verdict == "fired"
    assert [event for event, _, _ in outcome.events] == ["give_opinion", "give_opinion"]
    assert "give_opinion" not in office.events(first)
    for number in (second, third):
        assert office.events(number)[-1] == "give_opinion"
    answers = office.letters(EXPERTS)[-2:]
    assert [row.request for row in answers] == [second, third]
    assert {row.state for row in answers} == {"sent"}
    again = office.reply(EXPERTS, "ANGRE")
    assert again.request == third


def test_an_answer_about_one_request_is_answered_in_its_own_thread(office: Office) -> None:
    _, second = opened(office, 2)
    chased(office)
    outcome = office.reply(LIAISON, f"{second} INGEN MERKNADER")
    assert (outcome.verdict, outcome.request) == ("fired", second)
    assert office.last(LIAISON).request == second


def test_an_answer_that_names_no_request_is_asked_about_and_may_then_name_it(
    office: Office,
) -> None:
    first, second = opened(office, 2)
    chased(office)
    for said in ("INGEN MERKNADER", "INGEN MERKNADER\n1 INGEN MERKNADER"):
        outcome = office.reply(EXPERTS, said)
        assert (outcome.verdict, outcome.events) == ("unclear", ())
    assert office.last(EXPERTS).template == "reminders"
    assert "hvilken sak" in office.text(EXPERTS)
    assert office.reply(EXPERTS, "1 INGEN MERKNADER").request == first
    assert "give_opinion" not in office.events(second)


def test_the_chaser_inside_keeps_a_token_of_its_own(office: Office) -> None:
    first, second = opened(office, 2)
    inside = chased(office)[0]
    subject = f"SV: [{inside.request}.{inside.token}]"
    outcome = office.mail(EXPERTS, subject, "INGEN MERKNADER", aligned=False)
    assert (outcome.verdict, outcome.request) == ("fired", first)
    assert "give_opinion" not in office.events(second)


def test_only_its_receiver_can_answer_it(office: Office) -> None:
    first, _ = opened(office, 2)
    carrier = chased(office)[-1]
    headers = f"In-Reply-To: {carrier.message_id}\r\n"
    office.mail(OWNER, "SV", "1 INGEN MERKNADER", headers=headers)
    office.mail("x@ond.example", "SV", "1 INGEN MERKNADER", headers=headers)
    office.mail(EXPERTS.replace("fag", "fog"), "SV", "1 INGEN MERKNADER", headers=headers)
    assert "give_opinion" not in office.events(first)


def test_older_chasers_of_a_request_are_made_needless_by_the_newest(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__undo_minutes="10080")
    opened(office, 1)
    office.later(days=7)
    sweep(office.site, office.at)
    office.at -= timedelta(days=1)
    office.open(Kursets_kortnavn="SI-FALL9", Unntak=None)
    office.later(days=8)
    sweep(office.site, office.at)
    rows = [row for row in office.letters(EXPERTS) if row.template in ("remind", "reminders")]
    carrier = rows[-1]
    assert carrier.template == "reminders"
    assert len(carrier.variables["extra"]["cases"]) == 2
    assert {row.state for row in rows[:-1]} == {"cancelled"}
    assert len(rows) == 4


def test_two_workers_on_postgresql_gather_once(tmp_path: Path, postgresql_server: str) -> None:
    url = postgres.new_database(postgresql_server, "gather")
    office = new_office(tmp_path / "site", database=url)
    opened(office, 3)
    office.later(days=7)
    sites = [open_site(office.site.folder) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda site: sweep(site, office.at), sites))
    for each in sites:
        each.database.close()
    chasers = [row for row in office.letters(EXPERTS) if row.template in ("remind", "reminders")]
    told = Counter(row.template for row in chasers if row.state != "cancelled")
    assert told["reminders"] <= 1
    inside = [row for row in chasers if row.template == "reminders"]
    listed = [case["number"] for row in inside for case in row.variables["extra"]["cases"]]
    alone = [row.request for row in chasers if row.template == "remind" and row.state == "waiting"]
    assert sorted([*listed, *alone]) == [f"KD-2026-000{n}" for n in (1, 2, 3)]
    office.site.database.close()


@pytest.mark.parametrize(
    ("name", "index"),
    [("letters_to_gather", "ix_letter_chasers"), ("letters_stopped", "ix_letter_stopped")],
)
def test_what_every_sweep_looks_for_is_found_by_an_index(
    name: str, index: str, office: Office
) -> None:
    plan = "EXPLAIN QUERY PLAN " + statements.SQLITE[name]
    with sqlite3.connect(office.site.folder / "kursdeling.db") as database:
        found = " ".join(str(row) for row in database.execute(plan, {"at": ""}))
    database.close()
    assert index in found
