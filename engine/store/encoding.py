"""How values stand in the database: instants, days and structures as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import orjson

_OFFSET = len("+00:00")


@lru_cache(maxsize=1024)
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


class Kept(dict[str, Any]):
    """A structure read from the database, with its canonical text: most are written back as they
    were. Like every value it is never changed, only replaced.
    """

    __slots__ = ("text",)

    def __init__(self, structure: Mapping[str, Any], text: str) -> None:
        super().__init__(structure)
        self.text = text


def canonical(value: Any) -> str:
    """`value` as JSON in its one canonical form: sorted keys, no spaces, letters as they are.

    Mappings, sequences and sets become objects and arrays, instants and days their text. TypeError
    for what has no such form.
    """
    return value.text if type(value) is Kept else canonical_bytes(value).decode()


def canonical_bytes(value: Any) -> bytes:
    """As `canonical`, in UTF-8."""
    return orjson.dumps(value, _plain, _FORM)


def as_it_stands(value: Any) -> Any:
    """The structure as a part of another one: by its text, where that is known."""
    return orjson.Fragment(value.text) if type(value) is Kept else value


@lru_cache(maxsize=256)
def names_text(names: tuple[str, ...]) -> str:
    """As `canonical`, for a few names that come again and again."""
    return canonical(names)


def structure(text: str) -> Any:
    """The structure that JSON `text` stands for; ValueError when it stands for none."""
    return orjson.loads(text)


def kept(text: str) -> Kept:
    """The object that canonical JSON `text` stands for."""
    return Kept(structure(text), text)


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


_FORM: Final = (
    orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
)
