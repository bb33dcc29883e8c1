"""What was read of the register before and still stands, so that it is not read for every letter.

The register has a revision. Whoever changes it says so in the same transaction, and whoever wants
something of it asks for the revision once a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from engine.store.contacts import register_proof
from engine.store.database import Transaction

Known = TypeVar("Known")
MOST = 2_000
"""How many answers are kept at the most; then all are forgotten."""
_REVISION = "revision"


def changed(tx: Transaction) -> None:
    """Let everybody read the register anew from this transaction on; said before it is changed."""
    # What this transaction reads may be rolled back, so others must not keep it.
    tx.kept = {}
    tx.run("register_changed")
    register_proof.begin(tx)


def known(tx: Transaction, key: Hashable, read: Callable[[], Known]) -> Known:
    """What `read` gives for `key`, or gave since the register last changed."""
    if not tx.asked:
        row = tx.one("register_revision")
        revision = 0 if row is None else row["revision"]
        if tx.kept.get(_REVISION) != revision or len(tx.kept) > MOST:
            tx.kept.clear()
            tx.kept[_REVISION] = revision
        tx.asked = True
    if key not in tx.kept:
        tx.kept[key] = read()
    return cast("Known", tx.kept[key])
