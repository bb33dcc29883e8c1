"""Mail in as rows: stored as it came, read once, judged once."""

from __future__ import annotations

import pytest

from engine.errors import NotFoundError, StoreError
from engine.store.database import Database
from engine.store.mail_in import inbox
from tests.integration.store_site import AT, opening, write

RAW = b"From: kurs@ahus.example\r\n\r\n\xe6\x00\xff"


def take(database: Database, message_id: str = "", digest: str = "") -> int:
    with database.transaction() as tx:
        mail = inbox.take(
            tx, RAW, "mail/1.eml", {"to": ["x@y.example"]}, received_at=AT, recorded_at=AT
        )
        inbox.set_reading(
            tx,
            mail,
            message_id=message_id,
            digest=digest,
            sender="kurs@ahus.example",
            subject="Kurs",
            kind="person",
        )
    return mail


def test_a_message_is_stored_byte_for_byte(database: Database) -> None:
    mail = take(database)
    with database.reading() as tx:
        assert inbox.raw_of(tx, mail) == RAW
        row = inbox.get(tx, mail)
    assert (row.source, row.envelope, row.received_at) == (
        "mail/1.eml",
        {"to": ["x@y.example"]},
        AT,
    )
    assert (row.sender, row.kind, row.verdict) == ("kurs@ahus.example", "person", None)


def test_a_message_that_was_never_judged_is_found_again(database: Database) -> None:
    first, second = take(database), take(database)
    (outcome,) = write(database, opening())
    with database.transaction() as tx:
        inbox.set_verdict(
            tx,
            first,
            "opened",
            at=AT,
            request=outcome.request_id,
            events=[{"event": "open", "from": None, "to": "draft"}],
            reasons=["short_name_missing"],
        )
        assert [row.id for row in inbox.undecided(tx)] == [second]
        (row,) = inbox.listed(tx, "opened")
        assert inbox.counts(tx) == {"": 1, "opened": 1}
    assert (row.id, row.request) == (first, "KD-2026-0001")
    assert row.events == ({"event": "open", "from": None, "to": "draft"},)
    assert row.reasons == ("short_name_missing",)


def test_a_verdict_takes_what_was_read_along_and_tells_the_next_worker(database: Database) -> None:
    mail = take(database)
    read = {
        "message_id": "<a@x.example>",
        "digest": "d",
        "sender": "a@x.example",
        "subject": "Hei",
        "kind": "bulk",
    }
    with database.transaction() as tx:
        assert inbox.judged(tx, mail) is None
        inbox.set_verdict(tx, mail, "bulk", at=AT, reading=read)
    with database.transaction() as tx:
        row = inbox.judged(tx, mail)
        with pytest.raises(NotFoundError):
            inbox.judged(tx, 9)
    assert row is not None
    assert (row.verdict, {name: getattr(row, name) for name in read}) == ("bulk", read)


def test_the_same_mail_again_is_told_from_other_content_under_its_message_id(
    database: Database,
) -> None:
    first, _ = take(database, "<a@x.example>", "one"), take(database, "<b@x.example>", "one")
    third = take(database, "<a@x.example>", "two")
    fourth = take(database, "<a@x.example>", "one")
    with database.reading() as tx:
        assert inbox.earlier_same(tx, first, "<a@x.example>", "one") is None
        other = inbox.earlier_same(tx, third, "<a@x.example>", "two")
        same = inbox.earlier_same(tx, fourth, "<a@x.example>", "one")
    assert other is not None
    assert (other.id, other.same) == (first, False)
    assert same is not None
    assert (same.id, same.same) == (first, True)


def test_mails_without_a_message_id_are_like_no_other(database: Database) -> None:
    take(database)
    second = take(database)
    with database.reading() as tx:
        assert inbox.earlier_same(tx, second, "", "") is None


def test_what_is_not_ours_keeps_only_its_hash(database: Database) -> None:
    mail = take(database)
    with database.transaction() as tx:
        inbox.set_verdict(tx, mail, "not_ours", at=AT)
        inbox.forget(tx, mail)
        row = inbox.get(tx, mail)
        assert inbox.raw_of(tx, mail) is None
    assert (row.sender, row.subject, row.verdict) == ("", "", "not_ours")
    assert len(row.sha256) == 64


def test_a_verdict_that_does_not_exist_is_refused(database: Database) -> None:
    mail = take(database)
    with pytest.raises(StoreError), database.transaction() as tx:
        inbox.set_verdict(tx, mail, "probably_fine", at=AT)


def test_an_unknown_mail_is_not_found(database: Database) -> None:
    with database.transaction() as tx:
        with pytest.raises(NotFoundError):
            inbox.get(tx, 9)
        with pytest.raises(NotFoundError):
            inbox.set_verdict(tx, 9, "opened", at=AT)
        assert inbox.raw_of(tx, 9) is None
