"""What was found of a message's own signature when it was first read."""

from __future__ import annotations

from datetime import datetime

from engine.store.database import Transaction
from engine.store.encoding import instant


def found(tx: Transaction, mail: int, domain: str) -> bool | None:
    """Whether message `mail` was signed by `domain`; None where that was never looked at."""
    row = tx.one("signature_check", {"of_mail": mail})
    return None if row is None or row["domain"] != domain else bool(row["signed"])


def keep(tx: Transaction, mail: int, domain: str, *, signed: bool, at: datetime) -> None:
    """Keep what was found; ClaimTakenError when another worker has just looked."""
    row = {"inbox": mail, "domain": domain, "signed": int(signed), "at": instant(at)}
    tx.run("signature_check_insert", row)
