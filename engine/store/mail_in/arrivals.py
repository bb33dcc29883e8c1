"""A message on its way in: where it came from, whose its Message-ID is, how it was signed, and how
often somebody has begun to judge it.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from engine.errors import ClaimTakenError
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


class Claim(Struct, frozen=True, kw_only=True):
    """The message that was judged first."""

    inbox: int
    digest: str
    verdict: str | None


def claim_of(tx: Transaction, message_id: str) -> Claim | None:
    """The message that was judged first with that Message-ID; None when none was.

    A message without a Message-ID is like no other.
    """
    row = tx.one("mail_claim", {"message_id": message_id}) if message_id else None
    if row is None:
        return None
    return Claim(inbox=row["inbox"], digest=row["digest"], verdict=row["verdict"])


def claim(tx: Transaction, message_id: str, digest: str, mail: int) -> None:
    """Let message `mail` be the first with its Message-ID.

    ClaimTakenError when another worker judges one at this moment: read again.
    """
    if message_id:
        tx.run("mail_claim_insert", {"message_id": message_id, "digest": digest, "inbox": mail})


def move_claim(tx: Transaction, message_id: str, *, before: int, mail: int, digest: str) -> None:
    """Let message `mail` with its `digest` stand in for `before`; ClaimTakenError when another
    worker came first.
    """
    params = {"message_id": message_id, "before": before, "inbox": mail, "digest": digest}
    if tx.run("mail_claim_move", params) != 1:
        raise ClaimTakenError(f"mail {before} is no longer the first with {message_id}")


def signature_found(tx: Transaction, mail: int, domain: str) -> bool | None:
    """Whether message `mail` was signed by `domain`; None where that was never looked at."""
    row = tx.one("signature_check", {"of_mail": mail})
    return None if row is None or row["domain"] != domain else bool(row["signed"])


def keep_signature(tx: Transaction, mail: int, domain: str, *, signed: bool, at: datetime) -> None:
    """Keep what was found; ClaimTakenError when another worker has just looked."""
    row = {"inbox": mail, "domain": domain, "signed": int(signed), "at": instant(at)}
    tx.run("signature_check_insert", row)


def begin_judging(tx: Transaction, mail: int) -> int:
    """Keep that message `mail` is taken in hand; how often it was before, and no end came.

    ClaimTakenError when another worker takes it for the first time at this moment.
    """
    row = tx.one("mail_attempt", {"of_mail": mail})
    if row is None:
        tx.run("mail_attempt_insert", {"inbox": mail, "begun": 1})
        return 0
    tx.run("mail_attempt_again", {"of_mail": mail})
    return int(row["begun"])


def end_judging(tx: Transaction, mail: int) -> None:
    """Keep that whoever had the message in hand has come to an end with it."""
    tx.run("mail_attempt_end", {"of_mail": mail})
