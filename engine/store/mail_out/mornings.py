"""Morning letters as rows: which days have been seen to, and what the numbers stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from engine.store.database import Transaction
from engine.store.encoding import (
    instant,
    maybe_instant,
    read_as,
    read_instant,
    read_maybe_instant,
)


class ItemRow(Struct, frozen=True, kw_only=True):
    """What a number of the morning letters stands for."""

    number: int
    since: datetime
    kind: str
    subject: str
    settled_at: datetime | None
    said_by: str
    """The address of whoever wrote of it last; empty where nobody has."""
    said: str


class ForPeople(Struct, frozen=True, kw_only=True):
    """A mail that a person should look at."""

    id: int
    verdict: str
    refuted: bool
    """Whether our server says that its sender did not write it."""
    urgent: bool
    """Whether it must not wait."""
    received_at: datetime
    sender: str
    request: str | None
    """The number of the request that it is about."""


def last(tx: Transaction) -> tuple[date, datetime] | None:
    """The last morning that was seen to, and when it was; None before the first."""
    row = tx.one("morning_last")
    return None if row is None else (date.fromisoformat(row["day"]), read_instant(row["at"]))


def last_to(tx: Transaction, receiver: str) -> datetime | None:
    """When `receiver` was last written a morning letter; None before the first."""
    row = tx.one("morning_letter_last", {"of_receiver": receiver})
    return None if row is None else read_instant(row["at"])


def last_mail(tx: Transaction) -> datetime | None:
    """When the last mail came; None before the first."""
    row = tx.one("mail_last")
    return None if row is None else read_instant(row["at"])


def for_people(tx: Transaction, asked_before: datetime | None = None) -> tuple[ForPeople, ...]:
    """Each mail that a person should look at, by its verdict or since its answer was kept back.

    Not what somebody has attached or discarded, what its case has left behind since, and what its
    writer has mended by acting since. Of the words that wait for somebody's answer those that came
    before `asked_before`.
    """
    before = "" if asked_before is None else instant(asked_before)
    rows = tx.all("mail_for_people", {"asked_before": before})
    return tuple(
        read_as(ForPeople, {**row, **{name: bool(row[name]) for name in ("refuted", "urgent")}})
        for row in rows
    )


def counted_since(tx: Transaction, since: datetime | None) -> dict[str, int]:
    """How many mails that came at `since` or later got each verdict; the empty one is none yet."""
    rows = tx.all("mail_counted_since", {"since": "" if since is None else instant(since)})
    return {row["verdict"]: row["number"] for row in rows}


class Standing(Struct, frozen=True, kw_only=True):
    """As much of a request as tells whether a coordinator should look at it."""

    number: str
    workflow: str
    version: int
    state: str
    parties: Mapping[str, str | None]
    """The ids of owner, borrower and requester."""
    since: datetime
    escalated_at: datetime | None


def standing(tx: Transaction) -> Iterator[Standing]:
    """Every request in which somebody may be waited for, oldest first, a few in memory at once."""
    for row in tx.stream("requests_standing"):
        yield Standing(
            number=row["number"],
            workflow=row["workflow"],
            version=row["version"],
            state=row["state"],
            parties={name: row[name] for name in ("owner", "borrower", "requester")},
            since=read_instant(row["since"]),
            escalated_at=read_maybe_instant(row["escalated_at"]),
        )


class Stopped(Struct, frozen=True, kw_only=True):
    """A letter with a receiver that is held or could not be sent."""

    id: int
    state: str
    written_at: datetime
    party: str | None
    request: str | None
    """The number of the request that it is about."""


def stopped(tx: Transaction) -> tuple[Stopped, ...]:
    """Each letter that is held, or could not be sent and is about a step that is not past."""
    return tuple(read_as(Stopped, row) for row in tx.all("letters_stopped"))


class Chaser(Struct, frozen=True, kw_only=True):
    """A reminder that is to come."""

    id: int
    occurrence: int
    due_at: datetime
    request: str


def chasers(tx: Transaction, after: datetime, until: datetime) -> tuple[Chaser, ...]:
    """Each reminder that is due between the two instants."""
    params = {"after": instant(after), "until": instant(until)}
    return tuple(read_as(Chaser, row) for row in tx.all("chasers_between", params))


def seen_to(tx: Transaction, day: date, at: datetime, *, recorded_at: datetime) -> None:
    """Keep that the morning of `day` has been seen to; ClaimTakenError when it was already."""
    params = {"day": day.isoformat(), "at": instant(at), "recorded_at": instant(recorded_at)}
    tx.run("morning_insert", params)


def number(tx: Transaction, items: Mapping[int, tuple[str, str]], at: datetime) -> None:
    """Give each (kind, subject) its number from `at` on."""
    rows = [
        {"number": n, "since": instant(at), "kind": kind, "subject": subject}
        for n, (kind, subject) in items.items()
    ]
    tx.run_many("morning_item_insert", rows)


def items(tx: Transaction) -> tuple[ItemRow, ...]:
    """Everything that has a number and is not settled."""
    return tuple(read_as(ItemRow, row) for row in tx.all("morning_items_standing"))


def numbers_since(tx: Transaction, since: datetime) -> frozenset[int]:
    """The numbers of what was settled after `since`."""
    rows = tx.all("morning_numbers_since", {"since": instant(since)})
    return frozenset(row["number"] for row in rows)


def item_at(tx: Transaction, number: int, at: datetime) -> ItemRow | None:
    """What `number` stood for at that moment; None where it stood for nothing."""
    row = tx.one("morning_item_at", {"number": number, "at": instant(at)})
    return None if row is None else read_as(ItemRow, row)


def spoken_of(
    tx: Transaction, item: ItemRow, by: str, said: str, settled_at: datetime | None
) -> None:
    """Keep who wrote of the item and what, and when that settled it, if it did."""
    params = {"said_by": by, "said": said, "settled_at": maybe_instant(settled_at)}
    tx.run("morning_item_said", {**params, **_key(item)})


def gone(tx: Transaction, found: Iterable[ItemRow], at: datetime) -> None:
    """Let items be settled at `at`, since nothing waits any more."""
    tx.run_many("morning_item_gone", [{"at": instant(at), **_key(item)} for item in found])


def _key(item: ItemRow) -> Mapping[str, Any]:
    return {"number": item.number, "since": instant(item.since)}


def life_began(tx: Transaction) -> datetime | None:
    """When the first mail came or the first letter was written; None on a site without either."""
    rows = (tx.one("life_begins_mail"), tx.one("life_begins_letter"))
    found = [read_instant(row["at"]) for row in rows if row is not None]
    return min(found, default=None)
