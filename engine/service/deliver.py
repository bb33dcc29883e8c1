"""Mail out: claim a letter, fix its bytes, hand it over, and record what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from engine.ports import Delivery, Envelope
from engine.service.site import Site
from engine.store import letters
from engine.store.letters import LetterRow

BATCH = 100
FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(days=5)
"""RFC 5321 §4.5.4.1: give up after four to five days."""


def deliver(site: Site, at: datetime) -> Counter[str]:
    """Hand over every letter that is due at `at`; how many ended in which state.

    A letter is `sending`, with its exact bytes stored, before the transport hears of it: what a crash leaves
    in `sending` goes again with the same bytes.
    """
    count: Counter[str] = Counter()
    while True:
        with site.database.transaction() as tx:
            claimed = letters.claim(tx, at, limit=BATCH)
            ready = [(row, _fixed(site, row)) for row in claimed]
            for row, raw in ready:
                if row.raw is None:
                    letters.store_bytes(tx, row.id, raw)
        if not ready:
            return count
        rows = {row.id: row for row, _ in ready}
        messages = _messages(ready)
        for identity, delivery in site.notifier().send(messages):
            count[_record(site, rows[identity], delivery, at)] += 1


def _messages(ready: list[tuple[LetterRow, bytes]]) -> Iterator[tuple[int, str, bytes]]:
    for row, raw in ready:
        yield row.id, row.receiver, raw


def _fixed(site: Site, row: LetterRow) -> bytes:
    return row.raw if row.raw is not None else site.letters.render(envelope_of(row))


def envelope_of(row: LetterRow) -> Envelope:
    """Everything that rendering the letter needs."""
    return Envelope(
        letter=row.id,
        number=row.number,
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
            error="" if state == "sent" else delivery.text,
        )
    return state
