"""The chain of history: each row's hash covers its own canonical form and the row before.

Names and free text are covered by ids and digests only, so that they can be removed later.
"""

from __future__ import annotations

import os
from hashlib import sha256

from engine.store.database import Row
from engine.store.encoding import json_text
from engine.store.seals import sealed

FORMAT = 2
"""The number of the canonical form; counted up when what the hash covers changes.

In format 1 the digests are of the note and the values alone. From format 2 on they are salted, and
that of the values covers all that stands beside the event in the table `grounds`, and its actor:
the salt goes with the text, so that nobody can guess what was removed.
"""
SALTED = 2
"""From this format on digests are salted."""

_COVERED = (
    "request", "seq", "at", "recorded_at", "event", "from_state", "to_state", "role", "contact",
    "party", "cause_kind", "cause_ref", "key", "note_digest", "values_digest", "workflow",
    "version", "format", "previous",
)  # fmt: skip


def digest(row: Row) -> str:
    """The SHA-256 of the row's canonical form, in hexadecimal."""
    return sha256(json_text(row).encode()).hexdigest()


def new_salt() -> str:
    """What nobody can guess, in hexadecimal."""
    return os.urandom(16).hex()


def note_digest(salt: str, note: str | None) -> str:
    """The salted digest of what was said with an act."""
    return sha256(f"{salt}\n{note or ''}".encode()).hexdigest()


def grounds_digest(grounds: Row, event: Row) -> str:
    """The salted digest of what an event was decided on, who acted and when, and what it left."""
    told = [event[name] for name in _TOLD]
    return sealed([*told, *(grounds[name] for name in ("salt", "said", "facts", "outcome"))])


_TOLD = (
    "actor", "at", "recorded_at", "cause_ref", "contact", "event", "key", "party", "role",
    "from_state", "to_state",
)  # fmt: skip


_STOOD = (
    "state", "since", "owner", "borrower", "requester", "course", "changed_at", "due_at", "form",
    "kept", "done", "last_act",
)  # fmt: skip
_COURSE = (
    "owner", "short_name", "short_name_key", "platform", "full_name", "licence", "link",
    "information",
)  # fmt: skip


def request_digest(row: Row) -> str:
    """The digest of a request's row as an event leaves it; what a deadline marks later is left
    out.
    """
    return sealed([row[name] for name in _STOOD])


def course_digest(row: Row) -> str:
    """The digest of a course's row but its id."""
    return sealed([row[name] for name in _COURSE])


def hash_of(row: Row) -> str:
    """The hash of a history row, from every column but `actor`, `note` and `hash` itself."""
    return digest({name: row[name] for name in _COVERED})
