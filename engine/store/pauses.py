"""Whether the site sends anything at all: a person, or the brake, may stop every letter."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from engine.store.database import Transaction
from engine.store.encoding import instant, read_instant


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
