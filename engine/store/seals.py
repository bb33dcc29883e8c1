"""Seals: digests that stand beside what may change, so that a change by hand does not fit them.

A statement that changes a sealed row makes its seal anew; in SQL by the function `seal`, which
gives the same as here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from engine.store.database import Row

SEPARATOR = "\x1f"
"""Between two values; no text that is kept holds it."""
NOTHING = "-"
THERE = "="
"""Before each value, so that none and an empty one differ."""
SEALED: Final[Mapping[str, tuple[str, ...]]] = {
    "timer": (
        "action", "at_most", "calendar", "due_at", "every", "occurrence", "position", "request",
        "roles", "rule", "state", "status", "target",
    ),
    "letter": (
        "at_once", "cause_kind", "cause_ref", "claimed_at", "code", "error", "in_reply_to", "inbox",
        "language", "message_id", "not_before", "party", "raw_sha256", "receiver", "recorded_at",
        "request", "role", "sent_at", "state", "subject", "template", "token", "told", "tries",
        "variables", "written_at",
    ),
    "inbox": (
        "decided_at", "digest", "envelope", "events", "kind", "message_id", "reasons",
        "received_at", "recorded_at", "request", "sender", "sha256", "source", "subject", "verdict",
    ),
}  # fmt: skip
"""What a seal covers, in that order: all but ids that the database gives, and bytes that have a
hash.
"""


def seal(*values: object) -> str:
    """The SHA-256 of the values in their order, in hexadecimal; the database's own function too."""
    return sealed(values)


def sealed(values: Iterable[object]) -> str:
    """As `seal`, of the values that are given one by one."""
    parts = [NOTHING if value is None else f"{THERE}{value}" for value in values]
    return sha256(SEPARATOR.join(parts).encode()).hexdigest()


def seal_of_row(table: str, row: Row) -> str:
    """The seal of a row of a sealed table, whatever seal it bears."""
    return sealed([row[name] for name in SEALED[table]])


def seal_of_mail(row: Row) -> str:
    """The seal of a message's row, in which `no_raw` tells whether its bytes were removed."""
    return sealed([*(row[name] for name in SEALED["inbox"]), int(row["no_raw"])])


def seal_on_postgresql(values: Iterable[str]) -> str:
    """What `seal` is on PostgreSQL, in its own SQL, of values that are SQL themselves."""
    parts = (f"coalesce('{THERE}' || CAST({value} AS TEXT), '{NOTHING}')" for value in values)
    text = f" || chr({ord(SEPARATOR)}) || ".join(parts)
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"
