"""Several letters to one person that leave as one; each stays a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.store.database import Transaction
from engine.store.encoding import canonical, instant
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow

INSIDE = "stands in letter"
"""How the error of a letter begins that leaves inside another."""


def untried(tx: Transaction, at: datetime | None = None) -> tuple[LetterRow, ...]:
    """Chasers with a receiver that nobody has tried to send, oldest first; only those that could
    not leave before `at`, where it is given.
    """
    params = {"at": "" if at is None else instant(at)}
    ids = [row["id"] for row in tx.all("letters_to_gather", params)]
    rows = tx.all("letters_by_ids", {"ids": canonical(ids)}) if ids else []
    return tuple(letters.read(row) for row in rows)


def told(tx: Transaction, at: datetime) -> tuple[LetterRow, ...]:
    """What only tells and is to leave by `at`, oldest first."""
    ids = [row["id"] for row in tx.all("letters_told", {"at": instant(at)})]
    rows = tx.all("letters_by_ids", {"ids": canonical(ids)}) if ids else ()
    return tuple(letters.read(row) for row in rows)


def alone(tx: Transaction, rows: Sequence[LetterRow]) -> None:
    """Let what has nothing to be gathered with leave as any other letter."""
    if rows:
        tx.run("letters_told_alone", {"ids": canonical([row.id for row in rows])})


def gather(tx: Transaction, carrier: int, held: Sequence[LetterRow]) -> bool:
    """Let the letters `held` leave inside the letter `carrier`; False when one has left since.

    Each then stands as cancelled: as a letter of its own it never leaves.
    """
    for place, row in enumerate(held, start=1):
        inside = {"of_letter": row.id, "error": f"{INSIDE} {carrier}"}
        if tx.run("letter_gathered", inside) != 1:
            return False
        tx.run("gathered_insert", {"letter": row.id, "carrier": carrier, "place": place})
    return True


def held_in(tx: Transaction, carrier: int) -> tuple[tuple[int, LetterRow], ...]:
    """(place, letter) for each letter that leaves inside the letter `carrier`."""
    rows = tx.all("gathered_in", {"of_letter": carrier})
    return tuple((row["place"], letters.get(tx, row["letter"])) for row in rows)


def is_inside(row: LetterRow) -> bool:
    """Whether the letter leaves inside another."""
    return row.state == "cancelled" and row.error.startswith(INSIDE)
