"""What acts have brought about, as history has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from engine.model import Cause
from engine.store.database import Row, Transaction
from engine.store.encoding import canonical


class Applied(Struct, frozen=True, kw_only=True):
    """One event as history has it."""

    number: str
    request_id: int
    seq: int
    hash: str
    event: str
    from_state: str | None
    to_state: str
    repeated: bool = False
    """Whether the key stood already, so that nothing was written now."""


def recorded(tx: Transaction, key: str) -> Applied | None:
    """What the act with that idempotency key brought about; None when it never happened."""
    row = tx.one("history_by_key", {"key": key})
    return None if row is None else _recorded(row)


def recorded_among(tx: Transaction, keys: Sequence[str]) -> Mapping[str, Applied]:
    """What those of the acts that have happened already brought about, by their keys."""
    if not keys:
        return {}
    if len(keys) == 1:
        found = recorded(tx, keys[0])
        return {} if found is None else {keys[0]: found}
    rows = tx.all("history_by_keys", {"keys": canonical(keys)})
    return {row["key"]: _recorded(row) for row in rows}


def recorded_of(tx: Transaction, cause: Cause) -> tuple[Applied, ...]:
    """Every event that a mail, command or timer brought about, oldest first per request."""
    rows = tx.all("history_by_cause", {"cause_kind": cause.kind, "cause_ref": cause.ref})
    return tuple(_recorded(row) for row in rows)


def _recorded(row: Row) -> Applied:
    return Applied(
        number=row["number"],
        request_id=row["request"],
        seq=row["seq"],
        hash=row["hash"],
        event=row["event"],
        from_state=row["from_state"],
        to_state=row["to_state"],
        repeated=True,
    )
