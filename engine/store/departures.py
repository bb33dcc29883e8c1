"""Letters on their way out: how many leave, their fixed bytes, and those that are delayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.store.database import Transaction
from engine.store.encoding import canonical, instant, read_instant


def take_turn(tx: Transaction) -> None:
    """Wait until no other transaction has the turn; it lasts until this one ends.

    Whoever counts letters and then claims some must be alone in doing so.
    """
    tx.all("letters_turn")


def left_since(tx: Transaction, since: datetime) -> int:
    """How many letters have been claimed for delivery after `since`."""
    return _number(tx, "letters_left", {"since": instant(since)})


def fresh(tx: Transaction, *, since: datetime, until: datetime) -> int:
    """How many letters have left after `since` or are due to leave by `until`, each once.

    Those that were written before letters were last allowed to go on are left out, and so are
    those that have been tried in vain since before `since`.
    """
    left = _number(tx, "letters_left_fresh", {"since": instant(since)})
    return left + _number(tx, "letters_due_fresh", {"until": instant(until)})


def bytes_of(tx: Transaction, letters: Iterable[int]) -> Mapping[int, bytes]:
    """The bytes of those letters that have been tried before, by the letter's id."""
    rows = tx.all("letters_raw", {"ids": canonical(sorted(letters))})
    return {row["id"]: bytes(row["raw"]) for row in rows}


def delayed_since(tx: Transaction, letter: int, at: datetime) -> datetime:
    """When the letter could first not be handed over: `at`, unless that has happened before."""
    tx.run("letter_delay_insert", {"of_letter": letter, "since": instant(at)})
    row = tx.one("letter_delay_since", {"of_letter": letter})
    return at if row is None else read_instant(row["since"])


def forget_delay(tx: Transaction, letter: int) -> None:
    """Let the days in which the letter is tried begin anew."""
    tx.run("letter_delay_forget", {"of_letter": letter})


def _number(tx: Transaction, name: str, params: Mapping[str, str]) -> int:
    row = tx.one(name, params)
    return 0 if row is None else int(row["number"])
