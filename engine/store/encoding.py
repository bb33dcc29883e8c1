"""How values stand in the database: instants, days and structures as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

_OFFSET = len("+00:00")


def instant(at: datetime) -> str:
    """`at` as `YYYY-MM-DDTHH:MM:SSZ`: UTC, whole seconds; ValueError for a naive instant."""
    if at.tzinfo is None:
        raise ValueError(f"the instant {at} has no time zone")
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return f"{utc.isoformat(timespec='seconds')[:-_OFFSET]}Z"


def read_instant(text: str) -> datetime:
    """The aware UTC instant that `text` stands for."""
    return datetime.fromisoformat(text)


def maybe_instant(at: datetime | None) -> str | None:
    """As `instant`, with None for None."""
    return None if at is None else instant(at)


def read_maybe_instant(text: str | None) -> datetime | None:
    """As `read_instant`, with None for None."""
    return None if text is None else read_instant(text)


def maybe_day(day: date | None) -> str | None:
    """`day` as `YYYY-MM-DD`, with None for None."""
    return None if day is None else day.isoformat()


def read_maybe_day(text: str | None) -> date | None:
    """The day that `text` stands for, with None for None."""
    return None if text is None else date.fromisoformat(text)


def canonical(value: Any) -> str:
    """`value` as JSON in its one canonical form: sorted keys, no spaces, letters as they are.

    Mappings, sequences and sets become objects and arrays, instants and days their text.
    """
    return _ENCODER.encode(value)


def structure(text: str) -> Any:
    """The structure that JSON `text` stands for."""
    return json.loads(text)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"a {type(value).__name__} has no canonical form")


# Made once: json.dumps would make an encoder for each value.
_ENCODER = json.JSONEncoder(
    default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")
)
