"""Letters that came back, and addresses that get no more of them until they work again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from engine.store.contacts.known import changed, known
from engine.store.database import Row, Transaction
from engine.store.encoding import instant, read_as

Outcome = Literal["delayed", "soft", "hard"]
"""On its way still, not arrived, and not arrived because the address does not work."""


class BounceRow(Struct, frozen=True, kw_only=True):
    """A letter that did not arrive, or is late: the worst that was said of it."""

    letter: int
    request: str
    """The request's number; empty for a letter about no request."""
    address: str
    outcome: Outcome
    status: str
    reason: str
    inbox: int | None
    """The mail that said so; None where the server said it at once."""
    at: datetime

    def lost(self, sent_at: datetime | None) -> bool:
        """Whether the letter that left at `sent_at`, the last time, has not arrived."""
        return self.outcome != "delayed" and self.stands(sent_at)

    def stands(self, sent_at: datetime | None) -> bool:
        """Whether this was said of the last time that the letter left."""
        return sent_at is None or self.at >= sent_at


class Suspension(Struct, frozen=True, kw_only=True):
    """An address that gets no letters for the time being, and why."""

    address: str
    since: datetime
    letter: int
    """The letter that did not reach it."""
    status: str
    reason: str


def keep(tx: Transaction, bounce: BounceRow, *, recorded_at: datetime) -> None:
    """Record what was said of a letter, in place of what was said of it before."""
    changed(tx)
    tx.run(
        "bounce_keep",
        {
            "letter": bounce.letter,
            "address": bounce.address,
            "outcome": bounce.outcome,
            "status": bounce.status,
            "reason": bounce.reason,
            "inbox": bounce.inbox,
            "at": instant(bounce.at),
            "recorded_at": instant(recorded_at),
        },
    )


def bounce_of(tx: Transaction, letter: int) -> BounceRow | None:
    """What was said of the letter; None when nothing was."""
    row = tx.one("bounce_of_letter", {"of_letter": letter})
    return None if row is None else _bounce(row)


def bounces(
    tx: Transaction, *, request: str = "", since: datetime | None = None
) -> tuple[BounceRow, ...]:
    """Every letter that came back, or those about one request, or since an instant; oldest
    first.
    """
    params = {"of_request": request, "since": "" if since is None else instant(since)}
    return tuple(_bounce(row) for row in tx.all("bounces", params))


def counted(tx: Transaction, address: str, since: datetime) -> int:
    """How many letters have not reached `address` since then, or since it last began to work."""
    row = tx.one("bounces_counted", {"of_address": address, "since": instant(since)})
    return 0 if row is None else int(row["number"])


def suspend(tx: Transaction, address: str, letter: int, at: datetime) -> None:
    """Let no more letters go to `address`; `letter`, whose bounce is recorded, is the reason."""
    changed(tx)
    tx.run(
        "suspension_keep",
        {"address": address, "since": instant(at), "letter": letter, "lifted_at": None},
    )


def lift(tx: Transaction, address: str, at: datetime) -> bool:
    """Let letters go to `address` again; False when nothing kept them back."""
    if address not in suspended(tx):
        return False
    changed(tx)
    return tx.run("suspension_lift", {"of_address": address, "at": instant(at)}) == 1


def suspended(tx: Transaction) -> Mapping[str, Suspension]:
    """Every address that gets no letters now, since the longest time first."""

    def read() -> Mapping[str, Suspension]:
        return {row["address"]: read_as(Suspension, row) for row in tx.all("suspensions")}

    return known(tx, "suspended", read)


def heard_from(tx: Transaction, address: str, since: datetime) -> bool:
    """Whether somebody has surely written from `address` after `since`."""
    params = {"of_address": address, "since": instant(since)}
    return tx.one("heard_from_since", params) is not None


def _bounce(row: Row) -> BounceRow:
    return read_as(BounceRow, row, request=row["number"] or "")
