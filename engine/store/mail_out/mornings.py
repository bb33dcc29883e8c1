"""Morning letters as rows: which days have been seen to, and what their numbers stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from engine.store.database import Transaction
from engine.store.encoding import instant, read_instant, read_maybe_instant


class ItemRow(Struct, frozen=True, kw_only=True):
    """One numbered line of a morning letter."""

    number: int
    kind: str
    subject: str
    """A request's number, or the id of a mail, a letter, or a timer with its occurrence."""


def last(tx: Transaction) -> tuple[date, datetime] | None:
    """The last morning that was seen to, and when it was; None before the first."""
    row = tx.one("morning_last")
    return None if row is None else (date.fromisoformat(row["day"]), read_instant(row["at"]))


def for_people(tx: Transaction) -> tuple[tuple[int, str, bool], ...]:
    """(id, verdict, whether our server refuted its sender) of each mail that a coordinator should
    look at, by its verdict or since its answer was kept back, and that nobody has attached or
    discarded.
    """
    rows = tx.all("mail_for_people")
    return tuple((row["id"], row["verdict"], bool(row["refuted"])) for row in rows)


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
    due_at: datetime | None
    escalated: bool


def standing(tx: Transaction) -> Iterator[Standing]:
    """Every request in which somebody may be waited for, oldest first, a few in memory at once."""
    for row in tx.stream("requests_standing"):
        yield Standing(
            number=row["number"],
            workflow=row["workflow"],
            version=row["version"],
            state=row["state"],
            parties={name: row[name] for name in ("owner", "borrower", "requester")},
            due_at=read_maybe_instant(row["due_at"]),
            escalated=row["escalated_at"] is not None,
        )


def stopped(tx: Transaction) -> tuple[tuple[int, str], ...]:
    """(id, state) of each letter with a receiver that is held or could not be sent."""
    return tuple((row["id"], row["state"]) for row in tx.all("letters_stopped"))


def chasers(tx: Transaction, after: datetime, until: datetime) -> tuple[tuple[int, int], ...]:
    """(timer, how often it has acted) of each reminder that is due between the two instants."""
    params = {"after": instant(after), "until": instant(until)}
    return tuple((row["id"], row["occurrence"]) for row in tx.all("chasers_between", params))


def seen_to(tx: Transaction, day: date, at: datetime, *, recorded_at: datetime) -> None:
    """Keep that the morning of `day` has been seen to; ClaimTakenError when it was already."""
    params = {"day": day.isoformat(), "at": instant(at), "recorded_at": instant(recorded_at)}
    tx.run("morning_insert", params)


def number(tx: Transaction, letter: int, items: Iterable[ItemRow]) -> None:
    """Keep what each number in the letter stands for."""
    for item in items:
        row = {"number": item.number, "kind": item.kind, "subject": item.subject}
        tx.run("morning_item_insert", {"letter": letter, **row})


def items(tx: Transaction, letter: int) -> tuple[ItemRow, ...]:
    """What the numbers in the letter stand for, in their order."""
    return tuple(
        ItemRow(number=row["number"], kind=row["kind"], subject=row["subject"])
        for row in tx.all("morning_items", {"of_letter": letter})
    )


def life_began(tx: Transaction) -> datetime | None:
    """When the first mail came or the first letter was written; None on a site without either."""
    rows = (tx.one("life_begins_mail"), tx.one("life_begins_letter"))
    found = [read_instant(row["at"]) for row in rows if row is not None]
    return min(found, default=None)
