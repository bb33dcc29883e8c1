"""How many letters have left, which could not be handed over, and when nothing leaves at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

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


class Pause(Struct, frozen=True, kw_only=True):
    """Since when nothing leaves the site, and why."""

    since: datetime
    reason: str


def paused(tx: Transaction) -> Pause | None:
    """The pause that stands, the first of them where several do; None when letters may leave."""
    rows = tx.all("pauses_open")
    if not rows:
        return None
    return Pause(since=read_instant(rows[0]["since"]), reason=rows[0]["reason"])


def pause(tx: Transaction, reason: str, at: datetime) -> bool:
    """Let nothing leave the site from `at` on; False when that is so already."""
    if paused(tx) is not None:
        return False
    tx.insert("pause_insert", {"reason": reason, "since": instant(at), "resumed_at": None})
    return True


def resume(tx: Transaction, at: datetime) -> bool:
    """Let letters leave again from `at` on; False when nothing kept them back."""
    return tx.run("pauses_end", {"at": instant(at)}) > 0
