"""Never too many letters, never to the wrong one: cap, brake, lease, and a site on trial."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.ports import Delivery, Draft, Entry, Message
from engine.service import receive
from engine.service.deliver import HAND_OVER_WITHIN, LEASE, deliver, keep
from engine.service.site import Pace
from engine.store.database import Database
from engine.store.mail_out import calendar_entries, departures, letters
from engine.store.opening import open_database
from notifiers.file import MemoryNotifier
from tests.integration.office import AT, OWNER, SUBJECT, Office, form, new_office
from tests.integration.store_site import AT as STORE_AT
from tests.integration.store_site import letter, opening, write

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = STORE_AT.date()


def busy_office(folder: Path, requests: int, **settings: str) -> Office:
    """An office where two letters of each request wait."""
    office = new_office(folder / "site", **settings)
    more_letters(office, requests)
    return office


def more_letters(office: Office, requests: int) -> None:
    for _ in range(requests):
        raw = office.raw(OWNER, SUBJECT, form(Kursets_kortnavn=f"SI-K{office.written}"))
        receive.handle(office.site, receive.take(office.site, raw, "test", office.at), office.at)


def paced(office: Office, **pace: int) -> Office:
    office.site = replace(office.site, pace=Pace(**pace), notifier=MemoryNotifier)
    return office


def test_no_more_letters_leave_in_a_minute_than_the_cap_allows(tmp_path: Path) -> None:
    office = paced(busy_office(tmp_path, 3), per_minute=4)
    assert deliver(office.site, AT) == {"sent": 4}
    assert deliver(office.site, AT) == {}
    assert deliver(office.site, AT + MINUTE / 2) == {}
    assert deliver(office.site, AT + MINUTE) == {"sent": 2}


def test_too_many_letters_in_an_hour_stop_all_of_them_until_somebody_lets_them_go(
    tmp_path: Path,
) -> None:
    office = paced(busy_office(tmp_path, 2), brake_per_hour=5)
    assert deliver(office.site, AT) == {"sent": 4}
    office.later(minutes=30)
    more_letters(office, 1)
    assert deliver(office.site, office.at) == {}
    with office.site.database.transaction() as tx:
        pause = departures.paused(tx)
    assert pause is not None
    assert (pause.since, pause.reason) == (
        office.at,
        "6 > letters.brake_per_hour = 5",
    )
    assert deliver(office.site, office.at + timedelta(days=1)) == {}
    with office.site.database.transaction() as tx:
        assert departures.resume(tx, office.at)
    assert deliver(office.site, office.at) == {"sent": 2}


def test_the_brake_forgets_what_left_more_than_an_hour_ago(tmp_path: Path) -> None:
    office = paced(busy_office(tmp_path, 2), brake_per_hour=5)
    assert deliver(office.site, AT) == {"sent": 4}
    office.later(minutes=60)
    more_letters(office, 1)
    assert deliver(office.site, office.at) == {"sent": 2}


def test_letters_that_are_tried_again_after_an_outage_do_not_pull_the_brake(
    tmp_path: Path,
) -> None:
    office = busy_office(tmp_path, 2)
    office.site = replace(office.site, pace=Pace(brake_per_hour=5), notifier=Refusing)
    assert deliver(office.site, AT) == {"retry": 4}
    office.later(hours=3)
    more_letters(office, 2)
    office.site = replace(office.site, notifier=MemoryNotifier)
    assert deliver(office.site, office.at) == {"sent": 8}


class Refusing:
    """A server that takes nothing now."""

    def send(self, messages: Iterator[Message]) -> Iterator[Sequence[tuple[int, Delivery]]]:
        for number, _, _ in messages:
            yield [(number, Delivery(state="retry", code=451, text="later"))]


def test_letters_that_are_paused_in_the_middle_of_a_pass_stop_there(tmp_path: Path) -> None:
    office = busy_office(tmp_path, 3)

    class Pausing(MemoryNotifier):
        def send(self, messages: Iterator[Message]) -> Iterator[Sequence[tuple[int, Delivery]]]:
            for outcomes in super().send(messages):
                with office.site.database.transaction() as tx:
                    departures.pause(tx, "", AT)
                yield outcomes

    office.site = replace(office.site, notifier=Pausing)
    assert deliver(office.site, AT) == {"sent": 1}
    assert [row.state for row in office.letters()] == ["sent", *["waiting"] * 5]
    assert {row.tries for row in office.letters()} == {0, 1}


class Slow:
    """A clock that goes on by so much whenever it is asked."""

    def __init__(self, step: timedelta) -> None:
        self.step = step
        self.time = AT

    def now(self) -> datetime:
        self.time += self.step
        return self.time


def test_a_claim_is_given_back_and_renewed_long_before_another_worker_takes_it_over(
    tmp_path: Path,
) -> None:
    office = busy_office(tmp_path, 3)
    claims: list[timedelta] = []
    clock = Slow(HAND_OVER_WITHIN / 3)
    post = MemoryNotifier()

    class Watching(MemoryNotifier):
        def send(self, messages: Iterator[Message]) -> Iterator[Sequence[tuple[int, Delivery]]]:
            for message in messages:
                with office.site.database.reading() as tx:
                    claimed_at = letters.get(tx, message[0]).claimed_at
                assert claimed_at is not None
                claims.append(clock.time - claimed_at)
                yield from post.send([message])

    office.site = replace(office.site, notifier=Watching, clock=clock)
    assert deliver(office.site, AT) == {"sent": 6}
    assert len(post.messages) == 6
    assert max(claims) < LEASE


def test_a_worker_that_was_thought_dead_cannot_put_off_what_another_one_carries(
    database: Database,
) -> None:
    write(database, opening(letters=(letter(),)))
    first, second = STORE_AT + HOUR, STORE_AT + HOUR + LEASE + MINUTE
    with database.transaction() as tx:
        letters.claim(tx, first, 10)
        assert letters.reclaim(tx, second, lost_before=second - LEASE, limit=10)
        next_try = second + HOUR
        assert not letters.mark(tx, 1, "retry", at=second, claimed_at=first, next_try=next_try)
        assert not letters.mark(tx, 1, "dead", at=second, claimed_at=first)
        assert letters.mark(tx, 1, "sent", at=second, claimed_at=first)


def test_letters_are_counted_alike_on_both_databases(url: str, database: Database) -> None:
    write(database, opening(letters=(letter(), letter("b@hf.example"), letter("c@hf.example"))))
    later = STORE_AT + HOUR
    with database.transaction() as tx:
        departures.take_turn(tx)
        assert departures.fresh(tx, since=STORE_AT, until=later) == 3
        (first,) = letters.claim(tx, later, 1)
        assert departures.left_since(tx, later - MINUTE) == 1
        assert departures.left_since(tx, later) == 0
        assert departures.fresh(tx, since=later - MINUTE, until=later) == 3
        assert departures.delayed_since(tx, first.id, later) == later
        assert departures.delayed_since(tx, first.id, later + HOUR) == later
        departures.forget_delay(tx, first.id)
        assert departures.delayed_since(tx, first.id, later + HOUR) == later + HOUR
        keep(tx, first.id, Draft(raw=b"raw", subject="Emne", entries=(Entry(kind="due", day=DAY),)))
        keep(tx, first.id, Draft(raw=b"", subject="", entries=(Entry(kind="end", day=DAY),)))
        standing = calendar_entries.standing(tx, [first])
        assert standing == {calendar_entries.whose(first): (Entry(kind="due", day=DAY),)}
        assert departures.bytes_of(tx, [1, 2, 3]) == {first.id: b"raw"}
    with open_database(url) as other, other.transaction() as tx:
        departures.take_turn(tx)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_on_trial_every_letter_goes_to_one_address_with_the_true_receiver_on_top(
    tmp_path: Path, language: str
) -> None:
    office = busy_office(tmp_path, 1, letters__everything_to="prove@kursdeling.example")
    with office.site.database.transaction() as tx:
        tx.define([f"UPDATE letter SET language = '{language}'"])  # noqa: S608 – our own two words
    post = MemoryNotifier()
    office.site = replace(office.site, notifier=lambda: post)
    assert deliver(office.site, AT) == {"sent": 2}
    rows = {row.id: row for row in office.letters()}
    for number, to, raw in post.messages:
        row = rows[number]
        message = message_from_bytes(raw, policy=policy.default)
        assert to == message["To"] == "prove@kursdeling.example"
        assert message["X-Kursdeling-True-Receiver"] == row.receiver
        assert message["Message-ID"] == row.message_id
        assert row.subject is not None
        assert message["Subject"] in {f"[til {row.receiver}] {row.subject}",
                                      f"[to {row.receiver}] {row.subject}"}  # fmt: skip
        for kind in ("plain", "html"):
            part = message.get_body((kind,))
            if part is None:
                continue
            assert row.receiver in part.get_content()[:3000].partition("Hei")[0]
            assert "\ufffd" not in part.get_content()
    with office.site.database.reading() as tx:
        stored = letters.stored_bytes(tx, 1)
    # What stands in the site is the true letter, so that the same bytes go again on the next day.
    assert stored is not None
    assert message_from_bytes(stored)["To"] == rows[1].receiver
    assert office.site.carried(rows[1].receiver, stored) == post.messages[0][1:]
