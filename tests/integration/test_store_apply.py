"""apply() writes plans whole, once, in order, on what was read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from engine.errors import ClaimTakenError, StaleRequestError, StoreError
from engine.model import Cause, Plan
from engine.store.apply import apply, recorded, recorded_of
from engine.store.cases import queries, timers
from engine.store.cases.requests import load_request
from engine.store.database import Database
from engine.store.mail_in import inbox
from engine.store.mail_out import letters
from tests.integration.store_site import (
    AT,
    DAY,
    OUTBOX,
    act,
    course,
    holder,
    letter,
    opening,
    read,
    step,
    timer,
    write,
)


def test_an_opened_request_stands_as_planned_under_the_first_number(database: Database) -> None:
    plan = opening()
    (outcome,) = write(database, plan)
    with database.reading() as tx:
        stored = load_request(tx, "KD-2026-0001")
    assert outcome.number == "KD-2026-0001"
    assert (outcome.event, outcome.from_state, outcome.to_state) == ("open", None, "draft")
    assert stored == replace(
        plan.after, id=outcome.request_id, number=outcome.number, course=1, seq=1, head=outcome.hash
    )


def test_the_number_counts_within_the_year_in_oslo(database: Database) -> None:
    new_year_in_oslo = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    first = write(database, opening("a", "A"))
    second = write(database, opening("b", "B"))
    third = write(database, opening("c", "C", at=new_year_in_oslo))
    numbers = [outcome.number for (outcome,) in (first, second, third)]
    assert numbers == ["KD-2026-0001", "KD-2026-0002", "KD-2027-0001"]


def test_a_follow_up_finds_the_request_that_was_opened_just_before_it(database: Database) -> None:
    first = opening()
    outcomes = write(database, first, step(first.after, "submit", "submitted", "open.1"))
    assert [(o.seq, o.number, o.to_state) for o in outcomes] == [
        (1, "KD-2026-0001", "draft"),
        (2, "KD-2026-0001", "submitted"),
    ]
    with database.reading() as tx:
        stored = load_request(tx, "KD-2026-0001")
    assert stored is not None
    assert (stored.state, stored.seq, stored.head, stored.course) == (
        "submitted",
        2,
        outcomes[1].hash,
        1,
    )


def test_two_plans_on_one_stored_request_follow_each_other(database: Database) -> None:
    write(database, opening())
    with database.transaction() as tx:
        before = load_request(tx, "KD-2026-0001")
        assert before is not None
        first = step(before, "submit", "submitted", "s")
        second = step(first.after, "acknowledge", "received", "a")
        outcomes = apply(tx, [first, second], recorded_at=AT, outbox=OUTBOX)
    assert [outcome.seq for outcome in outcomes] == [2, 3]


def test_a_request_that_changed_after_it_was_read_is_stale(database: Database) -> None:
    write(database, opening())
    with database.reading() as tx:
        before = load_request(tx, "KD-2026-0001")
    assert before is not None
    write(database, step(before, "submit", "submitted", "first"))
    with pytest.raises(StaleRequestError, match="KD-2026-0001"):
        write(database, step(before, "withdraw", "withdrawn", "second"))
    assert len(read(database, "history_all")) == 2


def test_a_repeated_key_gives_the_recorded_outcome_and_writes_nothing(database: Database) -> None:
    first = opening(letters=(letter(),))
    plans = [first, step(first.after, "submit", "submitted", "open.1")]
    once = write(database, *plans)
    again = write(database, *plans)
    assert again == tuple(replace(outcome, repeated=True) for outcome in once)
    assert len(read(database, "history_all")) == 2
    assert len(read(database, "requests_all")) == 1
    assert len(read(database, "letter_list", of_state="")) == 1
    assert read(database, "counters") == [{"year": 2026, "last": 1}]


def test_nothing_after_a_repeated_plan_is_written(database: Database) -> None:
    first = opening()
    write(database, first)
    later = step(first.after, "submit", "submitted", "something new")
    assert len(write(database, first, later)) == 1
    assert len(read(database, "history_all")) == 1


def test_what_a_key_or_a_cause_brought_about_can_be_asked_for(database: Database) -> None:
    first = opening()
    follow_up = replace(act("submit", "open.1"), cause=first.act.cause)
    write(database, first, step(first.after, "submit", "submitted", "", act=follow_up))
    with database.reading() as tx:
        assert recorded(tx, "cli:unknown") is None
        found = recorded(tx, "cli:open.1")
        both = recorded_of(tx, first.act.cause)
    assert found is not None
    assert found.event == "submit"
    assert [outcome.event for outcome in both] == ["open", "submit"]


def test_a_taken_short_name_rolls_everything_back(database: Database) -> None:
    write(database, opening("a", "AHUS-LEGUT"))
    with pytest.raises(ClaimTakenError):
        write(database, opening("b", "ahus-legut", letters=(letter(),)))
    assert len(read(database, "requests_all")) == 1
    assert read(database, "letter_list", of_state="") == []
    assert read(database, "counters") == [{"year": 2026, "last": 1}]


def test_a_short_name_that_is_let_go_can_be_taken_by_another(database: Database) -> None:
    write(database, opening("a"))
    with database.transaction() as tx:
        before = load_request(tx, "KD-2026-0001")
        assert before is not None
        plan = step(before, "withdraw", "withdrawn", "w", course=course(claimed=False))
        apply(tx, [plan], recorded_at=AT, outbox=OUTBOX)
    (outcome,) = write(database, opening("b"))
    assert outcome.number == "KD-2026-0002"


def test_a_share_starts_and_ends_with_its_request(database: Database) -> None:
    first = opening(share="start", direction="to_ks")
    write(database, first)
    with database.reading() as tx:
        (row,) = queries.catalogue(tx)
        shared = queries.case(tx, "KD-2026-0001")
    assert (row.owner, row.borrower, row.direction, row.since) == (
        "ahus",
        "ks-laering",
        "to_ks",
        AT,
    )
    assert shared.directions == ("to_ks",)
    end = step(shared.request, "end_date_reached", "ended", "e", share="end", direction="to_ks")
    write(database, end)
    with database.reading() as tx:
        assert queries.catalogue(tx) == ()
        assert queries.case(tx, "KD-2026-0001").directions == ()


@pytest.mark.parametrize(
    "wrong",
    [
        opening(course=None, share="start", direction="to_ks"),
        opening(share="end", direction="to_ks"),
    ],
    ids=["a share of no course", "the end of no share"],
)
def test_a_share_that_cannot_be_is_refused(database: Database, wrong: Plan) -> None:
    with pytest.raises(StoreError):
        write(database, wrong)
    assert read(database, "requests_all") == []


def test_a_step_of_no_stored_request_is_refused(database: Database) -> None:
    unstored = opening().after
    with pytest.raises(StoreError, match="no stored request"):
        write(database, step(unstored, "submit", "submitted", "s"))


def test_new_timers_take_the_place_of_the_armed_ones(database: Database) -> None:
    write(database, opening(timers=(timer(AT + timedelta(days=60)),)))
    with database.reading() as tx:
        before = load_request(tx, "KD-2026-0001")
    assert before is not None
    later = AT + timedelta(days=5)
    write(database, step(before, "submit", "submitted", "s", timers=(timer(later),)))
    with database.reading() as tx:
        (armed,) = timers.armed(tx, "KD-2026-0001")
        asked = load_request(tx, "KD-2026-0001")
    assert (armed.due_at, armed.state, armed.rule) == (later, "submitted", "after 60 days")
    assert armed.key == f"timer:{armed.id}:1"
    assert asked is not None
    write(database, step(asked, "fill_in", "submitted", "f"))
    with database.reading() as tx:
        assert [row.id for row in timers.armed(tx)] == [armed.id]


def test_a_timer_that_has_acted_is_done_or_due_again(database: Database) -> None:
    write(database, opening(timers=(timer(AT, action="remind"), timer(AT))))
    later = AT + timedelta(days=5)
    with database.transaction() as tx:
        first, second = timers.due(tx, AT, 10)
        assert timers.finish(tx, first.id, later)
        assert timers.finish(tx, second.id)
        assert not timers.finish(tx, second.id)
    with database.reading() as tx:
        assert timers.due(tx, AT, 10) == ()
        (again,) = timers.due(tx, later, 10)
    assert (again.id, again.key) == (first.id, f"timer:{first.id}:2")


def test_letters_wait_for_the_undo_window_unless_they_answer_the_one_who_acted(
    database: Database,
) -> None:
    drafts = (letter(at_once=True), letter("laering@ks.example"), letter(""))
    with database.transaction() as tx:
        mail = inbox.take(tx, b"x", "stdin", {}, received_at=AT, recorded_at=AT)
        by_mail = replace(act("open", "m"), cause=Cause("mail", str(mail)))
        apply(
            tx,
            [opening(act=by_mail, letters=drafts)],
            recorded_at=AT,
            outbox=replace(OUTBOX, in_reply_to="<theirs@ahus.example>"),
        )
        at_once, waiting, nobody = letters.of_request(tx, "KD-2026-0001")
        assert letters.of_mail(tx, mail) == (at_once, waiting, nobody)
    assert (at_once.not_before, at_once.in_reply_to) == (AT, "<theirs@ahus.example>")
    assert (waiting.not_before, waiting.in_reply_to) == (AT + timedelta(minutes=15), "")
    assert (nobody.state, nobody.error) == ("held", "no contact")
    assert at_once.cause == Cause("mail", str(mail))
    assert at_once.variables == {"due": DAY.isoformat()}


def test_history_names_the_duty_by_which_somebody_acted(database: Database) -> None:
    actor = holder(database, "kurs@ahus.example")
    write(database, opening(act=replace(act("open", "o"), actor=actor, note="Hei"), role="owner"))
    (row,) = read(database, "history_all")
    assert (row["actor"], row["contact"], row["party"], row["role"], row["note"]) == (
        "kurs@ahus.example",
        actor.contacts[0].id,
        "ahus",
        "owner",
        "Hei",
    )
