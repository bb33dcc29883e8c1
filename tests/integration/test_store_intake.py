"""Where mail was fetched, what came along with it, and who took it in hand: on both databases."""

from __future__ import annotations

import pytest

from engine.errors import ClaimTakenError, NotFoundError
from engine.ports import Mark
from engine.store.database import Database
from engine.store.mail_in import arrivals, attachments, inbox, sorting
from engine.store.mail_in.attachments import AttachmentRow
from tests.integration.store_site import AT

BOX = "imap:deling@ks.example/INBOX"


def stored(database: Database, raw: bytes = b"a") -> int:
    with database.transaction() as tx:
        return inbox.take(tx, raw, "test", {"to": ["a@b.example"]}, received_at=AT, recorded_at=AT)


def test_a_message_is_fetched_from_one_place_once(database: Database) -> None:
    first, second = stored(database, b"a"), stored(database, b"b")
    with database.transaction() as tx:
        arrivals.record(tx, BOX, f"{BOX};1;7;x", first)
    with pytest.raises(ClaimTakenError), database.transaction() as tx:
        arrivals.record(tx, BOX, f"{BOX};1;7;x", second)

    with database.reading() as tx:
        digest = inbox.get(tx, first).sha256
        assert arrivals.arrived(tx, f"{BOX};1;7;x") == first
        assert arrivals.arrived(tx, f"{BOX};1;8;x") is None
        assert arrivals.known(tx, BOX, digest) == first
        assert arrivals.known(tx, "imap:annen@ks.example/INBOX", digest) is None


def test_a_mark_moves_on_and_holds_the_largest_numbers(database: Database) -> None:
    largest = 2**32 - 1
    with database.transaction() as tx:
        assert arrivals.mark_of(tx, BOX) is None
        arrivals.set_mark(tx, BOX, Mark(validity=1, last=2), AT)
        arrivals.set_mark(tx, BOX, Mark(validity=largest, last=largest), AT)
    with database.reading() as tx:
        assert arrivals.mark_of(tx, BOX) == (Mark(validity=largest, last=largest), AT)


def test_a_content_is_kept_once_and_for_as_long_as_a_message_has_it(database: Database) -> None:
    row = AttachmentRow(sha256="ab" * 32, name="a.pdf", type="application/pdf", size=3)
    mails = stored(database), stored(database)
    with database.transaction() as tx:
        for mail in (*mails, mails[0]):
            attachments.keep(tx, mail, [(row, b"\x00\xffa")])
    with database.transaction() as tx:
        assert attachments.of_mail(tx, mails[0]) == (row,)
        attachments.forget(tx, mails[0])
        assert attachments.content_of(tx, row.sha256) == b"\x00\xffa"
        attachments.forget(tx, mails[1])
        with pytest.raises(NotFoundError):
            attachments.content_of(tx, row.sha256)


def test_what_was_done_with_a_message_is_told_in_order(database: Database) -> None:
    mail, other = stored(database), stored(database)
    with database.transaction() as tx:
        for each, verdict in (("retry", None), ("discard", "unclear")):
            action: sorting.Action = "retry" if each == "retry" else "discard"
            sorting.record(tx, mail, action, verdict=verdict, note="n", at=AT, recorded_at=AT)
        sorting.record(tx, other, "retry", verdict=None, note="", at=AT, recorded_at=AT)
    with database.reading() as tx:
        assert [(row.action, row.verdict) for row in sorting.of_mail(tx, mail)] == [
            ("retry", None),
            ("discard", "unclear"),
        ]
        assert sorting.settled(tx) == {mail}


def test_what_is_forgotten_leaves_only_hashes(database: Database) -> None:
    mail = stored(database)
    with database.transaction() as tx:
        inbox.forget(tx, mail)
        row = inbox.get(tx, mail)
    assert (row.message_id, row.sender, row.subject, row.envelope) == ("", "", "", {})
    assert row.sha256
