"""Which messages somebody has begun to judge, and how often nobody came to an end with one."""

from __future__ import annotations

from engine.store.database import Transaction


def begin(tx: Transaction, mail: int) -> int:
    """Keep that message `mail` is taken in hand; how often it was before, and no end came.

    ClaimTakenError when another worker takes it for the first time at this moment.
    """
    row = tx.one("mail_attempt", {"of_mail": mail})
    if row is None:
        tx.run("mail_attempt_insert", {"inbox": mail, "begun": 1})
        return 0
    tx.run("mail_attempt_again", {"of_mail": mail})
    return int(row["begun"])


def end(tx: Transaction, mail: int) -> None:
    """Keep that whoever had the message in hand has come to an end with it."""
    tx.run("mail_attempt_end", {"of_mail": mail})
