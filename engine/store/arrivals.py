"""Where messages were fetched from, so that none is stored twice; how far mailboxes are read."""

from __future__ import annotations

from datetime import datetime

from engine.ports import Mark
from engine.store.database import Transaction
from engine.store.encoding import instant, read_instant


def arrived(tx: Transaction, source: str) -> int | None:
    """The inbox id of the message that was fetched from `source`; None when none was."""
    row = tx.one("arrival_by_source", {"source": source})
    return None if row is None else int(row["inbox"])


def known(tx: Transaction, mailbox: str, sha256: str) -> int | None:
    """The inbox id of a message with those very bytes from `mailbox`, whatever its number there."""
    row = tx.one("arrival_by_hash", {"mailbox": mailbox, "sha256": sha256})
    return None if row is None else int(row["inbox"])


def record(tx: Transaction, mailbox: str, source: str, mail: int) -> None:
    """Write down that message `mail` was fetched from `source`; ClaimTakenError when one was."""
    tx.run("arrival_insert", {"mailbox": mailbox, "source": source, "inbox": mail})


def mark_of(tx: Transaction, mailbox: str) -> tuple[Mark, datetime] | None:
    """How far `mailbox` has been read, and when that was; None before its first time."""
    row = tx.one("mailbox_mark", {"mailbox": mailbox})
    if row is None:
        return None
    return Mark(validity=row["validity"], last=row["last"]), read_instant(row["at"])


def set_mark(tx: Transaction, mailbox: str, mark: Mark, at: datetime) -> None:
    """Remember how far `mailbox` has been read."""
    tx.run(
        "mailbox_mark_set",
        {
            "mailbox": mailbox,
            "validity": mark.validity,
            "last": mark.last,
            "at": instant(at),
        },
    )
