"""What coordinators did with stored messages; append-only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from engine.store.database import Row, Transaction
from engine.store.encoding import instant, read_as
from engine.store.seals import sealed

Action = Literal["retry", "attach", "discard"]


class SortingRow(Struct, frozen=True, kw_only=True):
    """One message taken in hand once."""

    action: Action
    verdict: str | None
    """The verdict that the message had before; None where it had not been judged."""
    note: str
    at: datetime


def record(
    tx: Transaction,
    mail: int,
    action: Action,
    *,
    verdict: str | None,
    note: str,
    at: datetime,
    recorded_at: datetime,
) -> None:
    """Write down that the message was taken in hand, and the `verdict` that it had until then."""
    tx.insert(
        "sorting_insert",
        {
            "inbox": mail,
            "action": action,
            "verdict": verdict,
            "note": note,
            "at": instant(at),
            "recorded_at": instant(recorded_at),
        },
    )
    rows = tx.all("sorted_of_mail", {"of_mail": mail})
    tx.run("mail_seal_sorted", {"of_mail": mail, "digest": digest_of(rows)})


def digest_of(rows: Iterable[Row]) -> str:
    """The digest of all that was done with one message, in order; empty where nothing was."""
    values = [row[name] for row in rows for name in _DIGESTED]
    return sealed(values) if values else ""


_DIGESTED = ("action", "verdict", "note", "at", "recorded_at")


def of_mail(tx: Transaction, mail: int) -> tuple[SortingRow, ...]:
    """Everything that was done with the message, oldest first."""
    return tuple(read_as(SortingRow, row) for row in tx.all("sorting_of_mail", {"of_mail": mail}))


def settled(tx: Transaction) -> frozenset[int]:
    """The ids of the messages that nobody needs to look at any more: attached or discarded."""
    return frozenset(row["inbox"] for row in tx.all("sorting_settled"))
