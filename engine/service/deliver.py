"""Mail out: claim a letter, fix its bytes, hand it over, and record what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import takewhile

from engine.ports import Delivery, Envelope
from engine.service.site import Site, always
from engine.store import letters
from engine.store.database import Transaction
from engine.store.letters import LetterRow

BATCH = 100
FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(hours=6)
LEASE = timedelta(minutes=10)
"""A letter that stands as `sending` for longer belonged to a worker that is gone."""
GIVE_UP_AFTER = timedelta(days=5)
"""RFC 5321 §4.5.4.1: give up after four to five days."""


def deliver(site: Site, at: datetime, go_on: Callable[[], bool] = always) -> Counter[str]:
    """Hand over every letter that is due at `at`; how many ended in which state.

    A letter is `sending`, with its exact bytes stored, before the transport hears of it: what a
    crash leaves in `sending` goes again with the same bytes. It ends early, between two letters,
    when `go_on` says no; those that it had claimed wait again.
    """
    count: Counter[str] = Counter()
    while go_on() and (ready := _claimed(site, at)):
        rows = {row.id: row for row, _ in ready}
        messages = ((row.id, row.receiver, raw) for row, raw in ready)
        for identity, delivery in site.notifier().send(takewhile(lambda _: go_on(), messages)):
            count[_record(site, rows.pop(identity), delivery, at)] += 1
        if rows:
            with site.database.transaction() as tx:
                letters.give_back(tx, rows)
    return count


def _claimed(site: Site, at: datetime) -> list[tuple[LetterRow, bytes]]:
    """Letters that are ours to send now, each with the bytes of its first attempt."""
    with site.database.transaction() as tx:
        rows = letters.claim(tx, at, BATCH)
        rows += letters.reclaim(tx, at, lost_before=at - LEASE, limit=BATCH)
        return [(row, _fixed(site, tx, row)) for row in rows]


def _fixed(site: Site, tx: Transaction, row: LetterRow) -> bytes:
    stored = letters.stored_bytes(tx, row.id)
    if stored is not None:
        return stored
    envelope = envelope_of(row)
    return letters.store_bytes(
        tx, row.id, site.letters.render(envelope), site.letters.subject(envelope)
    )


def envelope_of(row: LetterRow) -> Envelope:
    """Everything that rendering the letter needs."""
    return Envelope(
        letter=row.id,
        number=row.request,
        token=row.token,
        to=row.receiver,
        role=row.role,
        language=row.language,
        template=row.template,
        variables=row.variables,
        message_id=row.message_id,
        in_reply_to=row.in_reply_to,
        references=(row.in_reply_to,) if row.in_reply_to else (),
        date=row.written_at,
    )


def _record(site: Site, row: LetterRow, delivery: Delivery, at: datetime) -> str:
    state = delivery.state
    if state == "retry" and at - row.written_at > GIVE_UP_AFTER:
        state = "dead"
    wait = min(FIRST_RETRY * 2**row.tries, LONGEST_RETRY)
    with site.database.transaction() as tx:
        letters.mark(
            tx,
            row.id,
            state,
            at=at,
            next_try=at + wait if state == "retry" else None,
            code=delivery.code,
            text=delivery.text,
        )
    return state
