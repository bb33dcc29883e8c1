"""How often somebody's mail has been answered lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from engine.store.database import Transaction
from engine.store.encoding import instant, read_instant, structure

KEPT: Final = timedelta(days=7)
"""How long it is kept that somebody was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer."""

    day: date
    number: int
    """Which of that day's answers to the address it was, from 1."""
    at: datetime
    moved: bool
    """Whether the mail that it answered moved a request."""


def lately(tx: Transaction, address: str, since: date, limit: int) -> tuple[AnswerRow, ...]:
    """The last answers to `address` on `since` or later, newest first, `limit` at most."""
    params = {"address": address, "since": since.isoformat(), "at_most_rows": limit}
    return tuple(
        AnswerRow(
            day=date.fromisoformat(row["day"]),
            number=row["number"],
            at=read_instant(row["at"]),
            moved=bool(structure(row["events"])),
        )
        for row in tx.all("answers_lately", params)
    )


def record(
    tx: Transaction, address: str, mail: int, *, day: date, number: int, at: datetime
) -> None:
    """Count the answer to message `mail`, number `number` of its day to `address`.

    ClaimTakenError when another worker has just given that one: read again.
    """
    row = {"address": address, "day": day.isoformat(), "number": number}
    tx.run("answer_insert", {**row, "inbox": mail, "at": instant(at)})
    if number == 1:
        tx.run("answers_forget", {"address": address, "before": (day - KEPT).isoformat()})
