"""Which message was judged first of all with its Message-ID: one rule for every worker at once."""

from __future__ import annotations

from msgspec import Struct

from engine.errors import ClaimTakenError
from engine.store.database import Transaction


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


def move(tx: Transaction, message_id: str, *, before: int, mail: int, digest: str) -> None:
    """Let message `mail` with its `digest` stand in for `before`; ClaimTakenError when another
    worker came first.
    """
    params = {"message_id": message_id, "before": before, "inbox": mail, "digest": digest}
    if tx.run("mail_claim_move", params) != 1:
        raise ClaimTakenError(f"mail {before} is no longer the first with {message_id}")
