"""The chain of history: each row's hash covers its own canonical form and the row before.

Names and free text are covered by ids and digests only, so that they can be removed later.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from engine.store.database import Row
from engine.store.encoding import canonical_bytes

FORMAT = 1
"""The number of the canonical form; counted up when what the hash covers changes."""

_COVERED = (
    "request", "seq", "at", "recorded_at", "event", "from_state", "to_state", "role", "contact",
    "party", "cause_kind", "cause_ref", "key", "note_digest", "values_digest", "workflow",
    "version", "format", "previous",
)  # fmt: skip


def digest(value: Any) -> str:
    """The SHA-256 of the value's canonical form, in hexadecimal."""
    return sha256(canonical_bytes(value)).hexdigest()


NO_TEXT = digest("")
NO_VALUES = digest({})
"""What stands for nothing said, in most rows."""


def hash_of(row: Row) -> str:
    """The hash of a history row, from every column but `actor`, `note` and `hash` itself."""
    return digest({name: row[name] for name in _COVERED})
