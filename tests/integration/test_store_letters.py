"""Letters as rows: claimed once, sent again with the same bytes, held, released, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from engine.errors import ClaimTakenError, NotFoundError, StoreError
from engine.model import Cause
from engine.store.database import Database
from engine.store.mail_out import letters
from tests.integration.store_site import AT, OUTBOX, letter, opening, write

LATER = AT + timedelta(hours=1)


@pytest.fixture
def one(database: Database) -> int:
    """A letter that waits until 08.30."""
    write(database, opening(letters=(letter(),)))
    return 1


def claimed(database: Database, at: datetime = LATER) -> tuple[int, ...]:
    with database.transaction() as tx:
        return tuple(row.id for row in letters.claim(tx, at, 10))


def test_a_letter_is_claimed_when_its_time_has_come_and_only_once(
    database: Database, one: int
) -> None:
    assert claimed(database, AT) == ()
    assert claimed(database) == (one,)
    assert claimed(database) == ()
    with database.reading() as tx:
        row = letters.get(tx, one)
    assert (row.state, row.tries, row.claimed_at) == ("sending", 1, LATER)


def test_a_letter_that_was_never_reported_on_is_taken_over(database: Database, one: int) -> None:
    claimed(database)
    now = LATER + timedelta(minutes=10)
    with database.transaction() as tx:
        assert letters.reclaim(tx, now, lost_before=LATER, limit=10) == ()
        (row,) = letters.reclaim(tx, now, lost_before=now, limit=10)
    assert (row.id, row.claimed_at) == (one, now)


def test_every_attempt_sends_the_bytes_of_the_first(database: Database, one: int) -> None:
    with database.transaction() as tx:
        assert letters.stored_bytes(tx, one) is None
        assert letters.store_bytes(tx, one, b"first\r\n\xe6", "Emne") == b"first\r\n\xe6"
        assert letters.store_bytes(tx, one, b"second", "Annet emne") == b"first\r\n\xe6"
        assert letters.get(tx, one).subject == "Emne"


def test_what_became_of_a_letter_is_kept_once(database: Database, one: int) -> None:
    claimed(database)
    with database.transaction() as tx:
        assert letters.mark(tx, one, "sent", at=LATER, code=250, text="ok")
        assert not letters.mark(tx, one, "dead", at=LATER, code=550, text="no such user")
        row = letters.get(tx, one)
    assert (row.state, row.sent_at, row.code, row.error) == ("sent", LATER, 250, "")


def test_a_letter_to_try_again_waits_for_its_next_time(database: Database, one: int) -> None:
    claimed(database)
    next_try = LATER + timedelta(minutes=30)
    with database.transaction() as tx:
        letters.mark(tx, one, "retry", at=LATER, code=451, text="later", next_try=next_try)
        row = letters.get(tx, one)
    assert (row.state, row.not_before, row.error) == ("retry", next_try, "later")
    assert claimed(database) == ()
    assert claimed(database, next_try) == (one,)


def test_a_retry_without_a_time_is_a_mistake_of_the_caller(database: Database, one: int) -> None:
    with database.transaction() as tx, pytest.raises(ValueError, match="next try"):
        letters.mark(tx, one, "retry", at=LATER)


def test_a_held_letter_leaves_when_it_is_released(database: Database, one: int) -> None:
    with database.transaction() as tx:
        letters.hold(tx, one)
    assert claimed(database) == ()
    with database.transaction() as tx:
        letters.release(tx, one, LATER)
    assert claimed(database) == (one,)


def test_a_letter_to_nobody_cannot_be_released(database: Database) -> None:
    write(database, opening(letters=(letter(""),)))
    with database.transaction() as tx, pytest.raises(StoreError, match="nobody"):
        letters.release(tx, 1, LATER)


def test_a_cancelled_letter_never_leaves(database: Database, one: int) -> None:
    with database.transaction() as tx:
        letters.cancel(tx, one)
        assert letters.counts(tx) == {"cancelled": 1}
    assert claimed(database) == ()


@pytest.mark.parametrize(
    "move",
    [
        letters.hold,
        letters.cancel,
        lambda tx, one: letters.release(tx, one, LATER),
        lambda tx, one: letters.retry(tx, one, LATER),
    ],
    ids=["hold", "cancel", "release", "retry"],
)
def test_a_letter_that_is_leaving_cannot_be_moved(
    database: Database, one: int, move: Callable[..., None]
) -> None:
    claimed(database)
    with database.transaction() as tx, pytest.raises(StoreError, match="letter 1 is sending"):
        move(tx, one)


def test_a_dead_letter_can_be_tried_again(database: Database, one: int) -> None:
    claimed(database)
    with database.transaction() as tx:
        letters.mark(tx, one, "dead", at=LATER, code=550, text="no such user")
        letters.retry(tx, one, LATER)
    assert claimed(database) == (one,)


def test_our_letters_are_known_by_message_id_and_by_token(database: Database) -> None:
    write(database, opening(letters=(letter(), letter("laering@ks.example"))))
    with database.reading() as tx:
        first, second = letters.listed(tx, "waiting")
        wanted = [second.message_id, "<unknown@x.example>", first.message_id, second.message_id]
        assert [row.id for row in letters.by_message_ids(tx, wanted)] == [second.id, first.id]
        assert letters.by_message_ids(tx, []) == ()
        assert letters.by_token(tx, "KD-2026-0001", first.token) == first
        assert letters.by_token(tx, "KD-2026-0009", first.token) is None


def test_a_letter_about_no_request_is_written_once_for_its_seed(database: Database) -> None:
    def send() -> int:
        with database.transaction() as tx:
            return letters.write_letter(
                tx,
                letter(party=None, at_once=True),
                seed="newcomer|1",
                request_id=None,
                inbox_id=None,
                cause=Cause("command", "x"),
                at=AT,
                recorded_at=AT,
                outbox=OUTBOX,
            )

    letter_id = send()
    with database.reading() as tx:
        row = letters.get(tx, letter_id)
        assert (row.request, row.workflow, row.party) == ("", "", None)
        assert letters.by_token(tx, "", row.token) == row
    with pytest.raises(ClaimTakenError):
        send()


def test_an_unknown_letter_is_not_found(database: Database) -> None:
    with database.reading() as tx, pytest.raises(NotFoundError, match="no letter 7"):
        letters.get(tx, 7)
