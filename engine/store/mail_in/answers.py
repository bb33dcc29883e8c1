"""How often somebody's mail that moved nothing has been answered lately."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from engine.store.database import Transaction
from engine.store.encoding import instant, read_as

KEPT: Final = timedelta(days=7)
"""How long it is kept that somebody was answered."""


class AnswerRow(Struct, frozen=True, kw_only=True):
    """One answer to a mail that moved nothing."""

    day: date
    number: int
    """Which of that day's such answers to the address it was, from 1."""
    words: str
    """A digest of what the mail said."""
    at: datetime


def lately(tx: Transaction, address: str, day: date, limit: int) -> tuple[AnswerRow, ...]:
    """The last answers to `address` on `day` and the day before, newest first, `limit` at most."""
    params = {
        "address": address,
        "since": (day - timedelta(days=1)).isoformat(),
        "until": day.isoformat(),
        "at_most_rows": limit,
    }
    return tuple(read_as(AnswerRow, row) for row in tx.all("answers_lately", params))


def record(tx: Transaction, address: str, mail: int, row: AnswerRow) -> None:
    """Count the answer to message `mail`.

    ClaimTakenError when another worker has just given one of that number: read again.
    """
    key = {"address": address, "day": row.day.isoformat(), "number": row.number}
    tx.run("answer_insert", {**key, "inbox": mail, "words": row.words, "at": instant(row.at)})
    if row.number == 1:
        before = (row.day - KEPT).isoformat()
        tx.run("answers_forget", {"address": address, "before": before})
